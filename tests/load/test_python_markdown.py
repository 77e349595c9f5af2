"""The lean Python-Markdown writes what the whole one writes."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown import Markdown

from conftest import ROOT
from generator.load.python_markdown import make_lean, make_markdown

SIGNS = "`\\[]()!<>&;:*_#-+=|~{}'\"/@.^%1 \n\tab\u00e9\u2028\u0660"
PARTS = [
    *(
        "word",
        "Words of a sentence, ",
        "snake_case_word ",
        "\u201cquoted\u201d ",
        "5 * 3 < 2 & 1 ",
        "2026. ",
        "\u65e5\u672c ",
    ),
    *("\n", "\n\n", "\n    ", "\n  ", "  \n", "\t", " ", "\n\n\n", "\n \n"),
    *("# ", "## a #", "\n===\n", "\n---\n", "***\n", "- ", "* ", "+ ", "1. ", "3. ", "    - ", "> ", ">", "    > "),
    *("| a | b |\n", "|:-:|---|\n", "a | b\n", "--|--\n", "|", "`|`", "\\|"),
    *("*", "**", "***", "_", "__", "___", "*a*", "__b__", "**a *b***", "a*b", "_a_ "),
    *("`", "``", "`a`", "`` ` ``", "```\n", "```python\n", "~~~\n", "``` {.a}\n", "\\`", "\\\\`", "\\\\\\`"),
    *(
        "[",
        "]",
        "[a]",
        "[a][b]",
        "[a] [b]",
        "![",
        "![a]",
        "![a][b]",
        "](",
        "](x)",
        "[a](b)",
        "[a](<b c> 't')",
        '[a](b "c")',
    ),
    *(
        "[a]: b\n",
        "[b]: <c> 't'\n",
        "  [a]:\n  b\n",
        '[word]: x "y"\n',
        "[ a ]: b",
        "[a](b(c)",
        "[![a](b)](c)",
        "[a](b 'c\"d')",
    ),
    *(
        "<",
        ">",
        "<b>",
        "</b>",
        "<br>",
        "<div>",
        "</div>",
        "\n<p>\n",
        "</p>\n",
        "<!-- a -->",
        "<!--",
        "-->",
        "<?a?>",
        "<![CDATA[a]]>",
    ),
    *(
        "<https://a.example>",
        "<a@b.example>",
        '<a href="b">',
        "<a title='*a*'>",
        "<!",
        "<hr>",
        "<pre>\n",
        "</pre>",
        "<script>",
    ),
    *("&", "&amp;", "&copy", "&#169;", "&#169", "&#x1F600;", "&nbsp;", "&;"),
    *("\\", "\\\\", "\\*", "\\_", "\\[", "\\]", "\\<", "\\&", "\\#", "\\\n", "\\a"),
    *(
        "\x02",
        "\x03",
        "\x02klzzwxh:0000\x03",
        "\x02wzxhzdk:0\x03",
        "\x0292\x03",
        "klzzwxh:0001",
        "\x0b",
        "\r\n",
        "\x1e",
        "\u2029",
    ),
]
TEXTS = st.lists(st.sampled_from(PARTS) | st.text(st.sampled_from(SIGNS), max_size=6), max_size=30).map("".join)


def convert(markdown: Markdown, text: str) -> str:
    """The HTML of a text, or the name of the fault; an instance that failed goes on as it is, as both do."""
    try:
        return markdown.reset().convert(text)
    except (RecursionError, ValueError, IndexError, AttributeError) as fault:
        markdown.parser.state.clear()
        return type(fault).__name__


WHOLE, LEAN = make_markdown(), make_lean(make_markdown())


@given(TEXTS)
@example("a [b\\](c) ](d)")
@example("[a]\n\n[a]: b")
@example("![a]\n\n- c\n\n    [a]: b")
@example("a\\*b `c\\` *d*")
@example("word\n===\n\nword\n---\nword")
@example("word\n| a | b |\n|---|---|")
@example("a | b\n--|--\n\\*c\\* | d")
@example("\u0661. a\n\n\u00b2. b")
@example("Line one  \nline two")
def test_what_is_spared_changes_no_byte(text: str) -> None:
    assert convert(LEAN, text) == convert(WHOLE, text)


@pytest.mark.parametrize("file", sorted(ROOT.glob("content/**/*.md")) + sorted(ROOT.glob("docs/**/*.md")), ids=str)
def test_real_texts_come_out_alike(file: object) -> None:
    text = file.read_text()  # type: ignore[attr-defined]
    assert convert(LEAN, text) == convert(WHOLE, text)
    assert convert(LEAN, text.replace("\n\n", "\n")) == convert(WHOLE, text.replace("\n\n", "\n"))


def test_every_inline_pattern_that_is_named_is_there() -> None:
    from generator.load.python_markdown import _SIGNS

    assert all(name in WHOLE.inlinePatterns for name in _SIGNS)
    assert len(WHOLE.inlinePatterns) == len(_SIGNS)
