"""Articles and the guide as plain markdown."""

from html import escape

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from generator.render.markdown import escape_markdown, to_markdown

PROSE = st.text(st.characters(exclude_categories=("C", "Zl", "Zp")), max_size=60).map(
    lambda text: " ".join(text.split())
)
SIGNS = st.text(st.sampled_from(list("#*_-+=`~<>[](){}!&;:|\\/.1a \"'")), max_size=40).map(
    lambda text: " ".join(text.split())
)


def read_back(markdown: str) -> tuple[str, set[str]]:
    """The text of markdown as CommonMark reads it, and the elements that it makes."""
    tree = lxml_html.fragment_fromstring(MarkdownIt("commonmark").enable("table").render(markdown), create_parent=True)
    return " ".join(tree.text_content().split()), {str(node.tag) for node in tree.iterdescendants()}


@given(PROSE | SIGNS)
def test_plain_text_stays_the_same_text(text: str) -> None:
    assert read_back(escape_markdown(text)) == (text, {"p"} if text else set())


@given(st.text(st.characters(codec="ascii", exclude_categories=("C",)), max_size=40), st.booleans())
def test_code_stays_the_same_code(code: str, is_block: bool) -> None:
    code = code.strip()
    html = f"<pre><code>{escape(code)}\n</code></pre>" if is_block else f"<p>a <code>{escape(code)}</code> b</p>"
    text, elements = read_back(to_markdown(html)) if code else ("", set())
    assert " ".join(code.split()) in text
    assert elements <= {"p", "code", "pre"}


def test_a_table_stays_a_table_and_a_list_a_list() -> None:
    rows = "<thead><tr><th>a|b</th></tr></thead><tbody><tr><td>c</td></tr></tbody>"
    html = f'<div class="table-scroll" tabindex="0"><table>{rows}</table></div><ul><li>x<ol><li>y</li></ol></li></ul>'
    text, elements = read_back(to_markdown(html))
    assert text.split() == ["a|b", "c", "x", "y"]
    assert elements == {"table", "thead", "tbody", "tr", "th", "td", "ul", "ol", "li"} | (elements & {"p"})


def test_a_block_of_code_keeps_its_language_and_a_word_its_hyphen() -> None:
    code = '<pre class="highlight"><code class="language-python"><span class="k">pass</span>\n</code></pre>'
    assert to_markdown(f"{code}<p>a-b, c_d, C#</p>") == "```python\npass\n```\n\na-b, c_d, C#"


@given(PROSE | SIGNS)
def test_text_in_a_body_stays_the_same_text(text: str) -> None:
    assert read_back(to_markdown(f"<p>{escape(text)}</p>")) == (text, {"p"} if text else set())
