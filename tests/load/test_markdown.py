"""Markdown → safe HTML with facts about it."""

import re
from itertools import pairwise

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import html as lxml_html

from generator.config import EngineName
from generator.digest import digest_bytes
from generator.load.markdown import ATTRIBUTES, CompiledText, Compiler, Role
from generator.load.tags import TAGS
from generator.records import Body, Heading
from generator.records.body import plain_text, resolve_refs
from generator.shape import CONTROL

COMPILERS: dict[EngineName, Compiler] = {"python-markdown": Compiler(), "commonmark": Compiler("commonmark")}
PLACEHOLDER = re.compile(' (?:href|src)="\x02([^\x02\x03]*)\x03"')


class Using:
    """The engine that the tests of this module are run with, one after the other."""

    engine: EngineName = "python-markdown"


@pytest.fixture(autouse=True, scope="module", params=COMPILERS)
def using(request: pytest.FixtureRequest) -> None:
    Using.engine = request.param


def compile_text(text: str, *, role: Role = "body") -> CompiledText:
    return COMPILERS[Using.engine].compile(text, file="a.md", role=role)


def body_of(text: str) -> Body:
    return compile_text(text).body


def tree_of(compiled: CompiledText) -> lxml_html.HtmlElement:
    return lxml_html.fragment_fromstring(compiled.html, create_parent="main")


def warnings_of(text: str) -> list[str]:
    problems = compile_text(text).problems
    assert not any(problem.is_error for problem in problems)
    return [f"{problem.code}: {problem.message}" for problem in problems]


# Headings


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("# a", [2]),
        ("###### a", [2]),
        ("# a\n\n## b\n\n### c", [2, 2, 3]),
        ("## a\n\n#### b\n\n###### c\n\n## d", [2, 3, 4, 2]),
        ("#### a\n\n## b\n\n#### c", [2, 2, 3]),
        ("a\n=\n\nb\n-", [2, 2]),
        ("<h5>a</h5>\n\n<h6>b</h6>", [2, 3]),
    ],
)
def test_headings_start_at_level_2_and_leave_no_gap(text: str, levels: list[int]) -> None:
    compiled = compile_text(text)
    assert [heading.level for heading in compiled.body.headings] == levels
    assert [int(node.tag[1]) for node in tree_of(compiled).iter("h1", "h2", "h3", "h4", "h5", "h6")] == levels


def test_each_heading_has_an_anchor_of_its_own() -> None:
    compiled = compile_text("## Part\n\n## Part\n\n### Part 2\n\n## Part\n\n## 🙂\n\n## *C++* & <b>more</b>")
    assert compiled.body.headings == (
        Heading(2, "s-part", "Part"),
        Heading(2, "s-part-2", "Part"),
        Heading(3, "s-part-2-2", "Part 2"),
        Heading(2, "s-part-3", "Part"),
        Heading(2, "s-section", "🙂"),
        Heading(2, "s-c-plus-plus-and-more", "C++ & more"),
    )
    assert tree_of(compiled).xpath("//@id") == [heading.anchor for heading in compiled.body.headings]


def test_an_empty_heading_is_left_out() -> None:
    compiled = compile_text("##\n\n## ![](a.png)\n\n## b")
    assert [heading.text for heading in compiled.body.headings] == ["b"]
    assert compiled.html.strip() == '<h2 id="s-b">b</h2>'


@pytest.mark.parametrize("inner", ["h1", "h2", "h3", "h6"])
def test_a_heading_in_a_heading_becomes_its_text(inner: str) -> None:
    compiled = compile_text(f"<h2><em>a <{inner}>b</{inner}></em></h2>\n\n## c")
    assert compiled.html.replace("\n", "") == '<h2 id="s-a-b"><em>a b</em></h2><h2 id="s-c">c</h2>'


@pytest.mark.parametrize("role", ["text", "sponsored"])
def test_in_the_small_texts_of_a_record_and_in_sponsored_ones_headings_are_plain_text(role: Role) -> None:
    compiled = compile_text("# a\n\nb", role=role)
    assert compiled.html == "a\n<p>b</p>"
    assert compiled.body.headings == ()


def test_a_link_to_a_heading_is_resolved_at_once() -> None:
    compiled = compile_text("[to](#part) [exact](#s-part)\n\n## Part")
    assert tree_of(compiled).xpath("//a/@href") == ["#s-part", "#s-part"]
    assert compiled.body.links == ()


def test_a_link_to_no_heading_becomes_its_text_and_a_warning() -> None:
    assert compile_text("[to](#prat)\n\n## Part").html == '<p>to</p>\n<h2 id="s-part">Part</h2>'
    (problem,) = compile_text("[to](#prat)\n\n## Part").problems
    assert problem.message == "the link '#prat' is removed: no such heading"
    assert problem.hint == "did you mean 's-part'?"


# Links and pictures


def test_links_to_records_are_collected_once_and_wait_to_be_resolved() -> None:
    text = "[a](article:a1) [b](topic:chips) [a](article:a1) [c](page:about#s-more) [w](https://w.example/?a=1&b=2)"
    compiled = compile_text(text)
    assert compiled.body.links == ("article:a1", "topic:chips", "page:about#s-more")
    assert PLACEHOLDER.findall(compiled.html) == ["article:a1", "topic:chips", "article:a1", "page:about#s-more"]
    assert 'href="https://w.example/?a=1&amp;b=2"' in compiled.html


@pytest.mark.parametrize("kind", ["article", "story", "topic", "source", "entity", "sponsor", "page"])
def test_every_kind_of_record_can_be_linked(kind: str) -> None:
    assert body_of(f"[x]({kind}:some-id)").links == (f"{kind}:some-id",)


@pytest.mark.parametrize("url", ["https://w.example/", "https://w.example/it's?a=%20&b#c", "mailto:desk@w.example"])
def test_web_addresses_stay(url: str) -> None:
    assert tree_of(compile_text(f"[x]({url})")).xpath("//a/@href") == [url]


@pytest.mark.parametrize(
    ("written", "goes_out"),
    [
        ("HTTP://W.example", "http://w.example"),
        ("//w.example/x", "https://w.example/x"),
        ("https://bücher.example/ü?q=ö#ä", "https://xn--bcher-kva.example/%C3%BC?q=%C3%B6#%C3%A4"),
        ("https://w.example/a|b", "https://w.example/a%7Cb"),
        ("https://w.example/100%", "https://w.example/100%25"),
        ("https://w.example/%C3%BC", "https://w.example/%C3%BC"),
        ("https://w.example/a b", "https://w.example/a%20b"),
    ],
)
def test_a_web_address_is_written_as_it_goes_out(written: str, goes_out: str) -> None:
    compiled = compile_text(f"[x](<{written}>)")
    assert tree_of(compiled).xpath("//a/@href") == [goes_out]
    assert compiled.problems == ()


@pytest.mark.parametrize("url", ["http:foo", "https:///x", "//", "https://a:b@w.example/"])
def test_a_malformed_web_address_is_no_link_and_a_warning(url: str) -> None:
    compiled = compile_text(f"[the text](<{url}>)")
    assert compiled.html == "<p>the text</p>"
    assert [problem.code for problem in compiled.problems] == ["unusable-link"]
    assert url in compiled.problems[0].message


@pytest.mark.parametrize(
    "url",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "vbscript:x",
            "data:text/html,x",
            "file:///etc/passwd",
            "tel:1",
        ),
        *("Article:a1", "articles:a1", "news/chips/a1/", "a1.md", "///evil.example", "?q", "x y"),
    ],
)
def test_what_is_neither_a_web_address_nor_a_record_is_no_link_and_a_warning(url: str) -> None:
    compiled = compile_text(f"[the text](<{url}>)")
    assert compiled.html == "<p>the text</p>"
    assert [problem.code for problem in compiled.problems] == ["unusable-link"]
    assert compiled.problems[0].severity == "warning"


def test_links_of_a_sponsored_text_say_so() -> None:
    tree = tree_of(
        compile_text('[a](https://w.example/) <a href="https://w.example/" rel="me">b</a>', role="sponsored")
    )
    assert tree.xpath("//a/@rel") == ["sponsored noopener"] * 2
    assert compile_text("[a](nowhere)", role="sponsored").html == "<p>a</p>"
    assert not tree_of(compile_text('<a href="https://w.example/" rel="me">b</a>')).xpath("//@rel")


def test_a_misspelt_kind_is_suggested() -> None:
    (problem,) = compile_text("[x](artcle:a1)").problems
    assert problem.message == "the link 'artcle:a1' is removed: no scheme 'artcle:'"
    assert problem.hint == "did you mean 'article'?"
    assert problem.needle in "[x](artcle:a1)"


def test_local_pictures_are_collected_once_as_they_are_written() -> None:
    compiled = compile_text('![A chip](chip.png) ![](a-b.webp)\n\n![Again](chip.png "T")\n\n![n](<a\u00a0b.png>)')
    assert compiled.body.images == ("chip.png", "a-b.webp", "a\u00a0b.png")
    assert tree_of(compiled).xpath("//img/@alt") == ["A chip", "", "Again", "n"]


def test_each_picture_that_was_collected_is_asked_for_by_the_same_name() -> None:
    asked: list[str] = []
    compiled = compile_text('![](<a\u00a0b.png>) ![](a&amp;b.png) ![](<a"b<c>.png>) <img src="&lt;x&gt;.png">')
    resolve_refs(compiled.html, lambda _, ref: asked.append(ref) or "")  # type: ignore[func-returns-value]
    assert tuple(asked) == compiled.body.images


@pytest.mark.parametrize("src", ["https://evil.example/x.png", "//evil.example/x.png", "HTTP://evil.example/x.png"])
def test_a_picture_of_another_host_is_taken_out_with_a_warning(src: str) -> None:
    compiled = compile_text(f"a ![x]({src}) b")
    assert compiled.html == "<p>a  b</p>"
    assert [problem.code for problem in compiled.problems] == ["external-image"]
    assert compiled.body.images == ()


@pytest.mark.parametrize("src", ["data:image/png;base64,AAAA", "article:a1", "javascript:x"])
def test_what_is_no_picture_at_all_is_taken_out(src: str) -> None:
    assert "<img" not in compile_text(f"![x]({src})").html


@pytest.mark.parametrize("tag", ['<img alt="A chip">', '<img data-src="a.png" alt="x">', '<img src="" alt="x">'])
@pytest.mark.parametrize("engine", COMPILERS)
def test_a_picture_that_names_none_is_told(engine: EngineName, tag: str) -> None:
    compiled = COMPILERS[engine].compile(f"First.\n\nThen {tag} here.", file="a.md")
    assert [(one.code, one.needle) for one in compiled.problems] == [("unusable-html", tag)]


@pytest.mark.parametrize("engine", COMPILERS)
def test_a_link_around_a_picture_that_is_taken_out_has_its_description_for_words(engine: EngineName) -> None:
    compiled = COMPILERS[engine].compile("[![A chip](https://o.example/i.png)](https://w.example/)", file="a.md")
    assert compiled.html == '<p><a href="https://w.example/">A chip</a></p>'
    assert [problem.code for problem in compiled.problems] == ["external-image"]


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("[](https://w.example/)", "the link 'https://w.example/' is removed: it has no text"),
        ("[ ](https://w.example/)", "the link 'https://w.example/' is removed: it has no text"),
        (
            '<a href="https://w.example/"><span></span></a>',
            "the link 'https://w.example/' is removed: it has no text",
        ),
        ("[](article:a1)", "the link 'article:a1' is removed: it has no text"),
    ],
)
@pytest.mark.parametrize("engine", COMPILERS)
def test_a_link_that_nobody_sees_is_told(engine: EngineName, written: str, told: str) -> None:
    compiled = COMPILERS[engine].compile(f"First.\n\nThen {written} here.", file="a.md")
    assert [(one.code, one.message) for one in compiled.problems] == [("unusable-link", told)]
    assert "<a " not in compiled.html


@pytest.mark.parametrize("engine", COMPILERS)
def test_addresses_of_ipv6_and_with_spaces_around_them_are_links(engine: EngineName) -> None:
    compiled = COMPILERS[engine].compile('[a](https://[::1]:80/x) <a href=" https://w.example/ ">b</a>', file="a.md")
    assert tree_of(compiled).xpath("//a/@href") == ["https://[::1]:80/x", "https://w.example/"]
    assert compiled.problems == ()


# Lost words


@pytest.mark.parametrize(
    ("row", "lost"),
    [("| yes | no | yes |", "'yes'"), ("| no | `yes` | <b>no</b> |", "'no'"), ("| a | b | yes no |", "'yes', 'no'")],
)
@pytest.mark.parametrize("engine", COMPILERS)
def test_a_cell_beyond_its_table_is_told_with_its_row_though_its_words_stand_elsewhere(
    engine: EngineName, row: str, lost: str
) -> None:
    compiled = COMPILERS[engine].compile(f"Is it yes or no?\n\n| a | b |\n|---|---|\n| yes | no |\n{row}", file="a.md")
    assert [(one.message, one.needle) for one in compiled.problems] == [(f"these words are not shown: {lost}", row)]


@pytest.mark.parametrize(
    "text",
    [
        *("<span>O</span>nce upon", "請<span>閱讀</span>我們", "脆弱性[CVE][1]への対応 <b>x</b>\n\n[1]: /rel/x"),
        *("請閱讀我們的[快速入門](/x)頁面 <b>a</b>", "un[believ](/x)able <b>x</b>", "a<div>b</div>c"),
    ],
)
@pytest.mark.parametrize("engine", COMPILERS)
def test_words_that_grow_together_where_something_is_taken_out_are_not_lost(engine: EngineName, text: str) -> None:
    assert "lost-words" not in {one.code for one in COMPILERS[engine].compile(text, file="a.md").problems}


# Tables, code, text


def test_tables_can_be_scrolled_and_their_cells_are_aligned_by_classes() -> None:
    compiled = compile_text("a | b | c | d\n:-- | :-: | --: | ---\n1 | 2 | 3 | 4")
    tree = tree_of(compiled)
    assert tree.xpath("//div[@class='table-scroll'][@tabindex='0']/table")
    assert tree.xpath("//th/@class") == tree.xpath("//td/@class") == ["left", "center", "right"]
    assert not tree.xpath("//@align | //@style")


def test_code_is_highlighted_by_classes() -> None:
    compiled = compile_text("```python\ndef f():\n    return '<b>'\n```")
    assert compiled.html.startswith('<pre class="highlight" tabindex="0"><code class="language-python">')
    assert '<span class="k">def</span>' in compiled.html
    assert "style=" not in compiled.html
    assert tree_of(compiled).text_content() == "def f():\n    return '<b>'\n"


def test_code_in_a_language_that_nobody_knows_is_plain() -> None:
    compiled = compile_text("```klingon\nif a < b & c:\n```")
    assert compiled.html == (
        '<pre class="highlight" tabindex="0"><code class="language-klingon">if a &lt; b &amp; c:\n</code></pre>'
    )


def test_code_without_a_language_stays_as_it_is() -> None:
    assert compile_text("    x < 1\n").html == "<pre><code>x &lt; 1\n</code></pre>"
    assert compile_text("```\nx\n```").html == "<pre><code>x\n</code></pre>"
    assert compile_text("a `x < 1` b").html == "<p>a <code>x &lt; 1</code> b</p>"


@pytest.mark.parametrize("language", ["c++", "c#", "objective-c", "asp.net"])
def test_languages_with_signs_in_their_names_are_languages(language: str) -> None:
    assert f'class="language-{language}"' in compile_text(f"```{language}\nx\n```").html


def test_tags_in_highlighted_code_are_not_code() -> None:
    text = '<pre><code class="language-python"><a href="page:about">x</a> <img src="a.png"> = <b>1</b></code></pre>'
    compiled = compile_text(text)
    assert tree_of(compiled).text_content() == "x  = 1\n"
    assert not CONTROL.search(compiled.html)


def test_words_are_counted_without_markup() -> None:
    assert body_of("One *two* [three four](https://w.example/)\n\n- five\n\n```python\nsix\n```").words == 6


def test_the_lead_is_the_first_paragraph_that_has_words() -> None:
    assert (
        body_of("## A\n\n![x](a.png)\n\nThe *first* &amp;\nthe `best`.\n\nThe second.").lead == "The first & the best."
    )
    assert body_of("- only\n- a list").lead == ""


@pytest.mark.parametrize("text", ["", " \n\t\n"])
def test_an_empty_text_has_an_empty_body(text: str) -> None:
    compiled = compile_text(text)
    assert compiled.html == ""
    assert compiled.body.is_empty
    assert compiled.body.digest == digest_bytes(b"")


def test_a_body_of_one_picture_is_not_empty() -> None:
    assert not body_of("![](a.png)").is_empty


def test_the_digest_is_that_of_the_html_and_no_text_leaves_a_trace_in_the_next() -> None:
    first = compile_text("[a]: https://a.example/\n\n## A\n\n[x][a] [^1]")
    between = compile_text("## A\n\n[x][a] ![y](b.png) [z](artcle:1)")
    assert between.body.headings[0].anchor == "s-a"
    assert "a.example" not in between.html
    assert compile_text("[a]: https://a.example/\n\n## A\n\n[x][a] [^1]") == first
    assert first.body.digest == digest_bytes(first.html.encode())


def test_character_references_are_kept_but_for_control_characters() -> None:
    assert compile_text("&copy; &#169; &#x1F600; &#8212;").html == "<p>© © 😀 —</p>"
    assert compile_text("&#150;&#x80;").html == "<p>–€</p>"
    for reference in ("&#2;", "&#x2;", "&#0000003;", "&#X000003;", "&#127;", "&#13;", "&#x81;", "&#65534;"):
        assert compile_text(f"a{reference} b").body.lead == "a\ufffd b", reference


def test_plain_text_is_without_tags_and_references() -> None:
    assert plain_text('a <a href="x" title="&gt;>">b</a>\n  &lt;c&gt; &amp;amp;') == "a b <c> &amp;"


@pytest.mark.parametrize(
    "text", ["<b>" * 3000, "> " * 2000 + "x", "- " * 2000, "[" * 1000, "<h2>" * 3000, "<blockquote>" * 5000]
)
def test_endless_nesting_neither_hangs_nor_crashes(text: str) -> None:
    assert compile_text(text).body.digest


# Hostile text

FRAGMENTS = [
    *(
        "word",
        " ",
        "\n",
        "\n\n",
        "\n    ",
        "# ",
        "#### ",
        "- ",
        "1. ",
        "> ",
        "| a | b |\n|:-:|---|\n| c | d |\n",
        "***",
    ),
    *(
        "```python\n",
        "```\n",
        "`",
        "*",
        "_",
        "[",
        "]",
        "(",
        ")",
        "![",
        "](",
        "<",
        ">",
        '"',
        "'",
        "&",
        ";",
        "\\",
        "=",
        "]]>",
    ),
    *(
        "article:a1",
        "page:about#s-x",
        "javascript:alert(1)",
        "java&#10;script:x",
        "https://w.example/",
        "//e.example/x.png",
    ),
    *(
        "#s-word",
        "a.png",
        "data:text/html,x",
        "&#2;",
        "&#x3;",
        "&#",
        "2;",
        "&#0;",
        "&nbsp;",
        "&lt;script&gt;",
        "&quot;",
    ),
    *(
        "<script>alert(1)</script>",
        "<script",
        "</script>",
        "<style>p{}</style>",
        "<svg onload=x>",
        "<math><mi>",
        "</p>",
    ),
    *('<img src=x onerror="alert(1)">', '<a href="javascript:x" onclick=y>', "</a>", '<p style="color:red" id="a">'),
    *("<h1>", "</h1>", "<h4>", "<h2><em>", "</em></h2>", '<code class="language-python">', "<pre>", "</code></pre>"),
    *(
        '<a href="page:about" title="',
        '<a title=">',
        '<td align="left">',
        "<table>",
        "<tr><td>",
        '<ol start="3">',
        "<!--",
    ),
    *(
        "<iframe srcdoc='<b>'>",
        "<form action=x>",
        "<input>",
        "<base href=//e.example>",
        "<meta http-equiv=refresh>",
        "-->",
    ),
    *("[^1]", "\n\n[^1]: ", "[^1]: word\n\n", "- [ ] ", "- [x] word ", "~~", "~", "\n\nword\n: ", ":   word\n"),
    *('<input type="checkbox" disabled="">', '<sup class="footnote-reference"><a href="#1">1</a></sup>', "</section>"),
    *('<div class="footnote-definition" id="1"><sup class="footnote-definition-label">1</sup>', "</div>", "<label>"),
    *("{#word}", "{#s-note}", "::: word\n", "{{< word >}}", "<List>", "<template>", "<details>", "    ```\n"),
    *(' href="', ' src="', "<template>", "<noscript>", "<textarea>", "<title>", "<xmp>", "<plaintext>", "<![CDATA["),
]
HOSTILE = st.lists(
    st.sampled_from(FRAGMENTS) | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=3), max_size=25
)
OURS = {
    "*": {"class", "id", "tabindex", "rel"},
    "a": {"rel", "role"},
    "input": {"type", "disabled", "checked"},
    "label": set(),
}
"""Attributes that no writer can write."""
NOTE_ID = re.compile(r"s-note-[0-9a-f]{8}-[0-9]+(-mark(-[0-9]+)?)?")
CLASSES = re.compile(r"highlight|footnotes|task|table-scroll|left|right|center|language-[\w+#.\-]{1,30}|[a-z0-9]{1,3}")


@given(HOSTILE.map("".join), st.sampled_from(["body", "text", "sponsored"]))
@example("[^1]\n\n[^1]: <b>\n\n<ol><li>", "body")
@example('- [x] <p>a</p> <a href="page:about">b\n\n</label> c', "body")
@example("<p>&#&#2;2; href=&#34;&#2;javascript:x&#3;&#34;</p>", "body")
@example('<pre><code class="language-python"><a href="page:about">x</a></code></pre>', "body")
@example('[x](article:a1 "\\" onclick=alert(1) \\"")', "body")
def test_nothing_alive_comes_through(text: str, role: Role) -> None:
    compiled = compile_text(text, role=role)
    refs = PLACEHOLDER.findall(compiled.html)
    rest = PLACEHOLDER.sub("", compiled.html)
    assert not CONTROL.search(rest), "a placeholder that is no attribute's"
    assert set(refs) <= {*map(escaped, compiled.body.links), *map(escaped, compiled.body.images)}

    tree = html5lib.parseFragment(rest, namespaceHTMLElements=False)
    for node in tree.iter():
        assert node.tag in TAGS | {"div", "span", "section", "label", "input", "DOCUMENT_FRAGMENT"}, node.tag
        for name, value in node.attrib.items():
            assert name in ATTRIBUTES.get(node.tag, set()) | OURS.get(node.tag, OURS["*"]), (node.tag, name)
            if name == "class":
                assert CLASSES.fullmatch(value)
            if name == "href":
                assert re.match(r"(?i)(https?|mailto):|#s-", value)
            if name == "rel":
                assert (role, node.tag, value) == ("sponsored", "a", "sponsored noopener")
            assert name != "src"

    levels = [int(node.tag[1]) for node in tree.iter() if re.fullmatch("h[1-6]", str(node.tag))]
    assert levels == [heading.level for heading in compiled.body.headings]
    assert all(after <= before + 1 for before, after in pairwise([1, *levels]))
    assert 1 not in levels
    ids = [node.attrib["id"] for node in tree.iter() if "id" in node.attrib]
    assert [one for one in ids if not NOTE_ID.fullmatch(one)] == [heading.anchor for heading in compiled.body.headings]
    assert len(set(ids)) == len(ids)
    assert {node.attrib["href"][1:] for node in tree.iter("a") if node.attrib.get("role")} <= set(ids)


def escaped(ref: str) -> str:
    """A ref as the sanitiser writes it into an attribute."""
    signs = {"&": "&amp;", "\u00a0": "&nbsp;", '"': "&quot;", "<": "&lt;", ">": "&gt;"}
    return "".join(signs.get(sign, sign) for sign in ref)


@pytest.mark.fuzz
@given(HOSTILE.map("".join))
def test_compiling_is_a_function_of_the_text_alone(text: str) -> None:
    assert compile_text(text) == Compiler(Using.engine).compile(text, file="a.md")


# Bounds


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (f"{'|a' * 300}\n{'|-' * 300}\n" + "|\n" * 170, "a table of up to 51,600 cells"),
        ("word " * 10_001, "more than 50,000 characters without an empty line"),
        ("a\n\n" + "- item\n" * 7200, "more than 50,000 characters without an empty line"),
        ("a\n\n" + "[" * 501, "more than 500 '[' are open at once"),
        ("[" * 20_000, "more than 500 '[' are open at once"),
        ("[x](" * 10_000, "more than 500 '(' are open at once"),
        ("<a " * 10_000, "more than 500 '<' are open at once"),
        ("[" * 501 + "]" * 501, "more than 500 '[' are open at once"),
        ("> " * 101 + "x", "more than 100 nested quotations"),
        ("x\n" + ">" * 101, "more than 100 nested quotations"),
    ],
)
def test_what_no_author_writes_is_refused_before_it_takes_minutes(text: str, why: str) -> None:
    (problem,) = compile_text(text).problems
    assert (problem.code, problem.message) == ("markdown-failed", f"markdown cannot be compiled: {why}")
    assert problem.is_error
    assert problem.needle in text


@pytest.mark.parametrize(
    "text",
    [
        "word " * 9_999,
        "word\n\n" * 20_000,
        "| a | b |\n|---|---|\n" + "| [a](page:a) | (b) |\n" * 1000,
        "[a](page:a) (see <b>b</b>)\n" * 1000,
        "[0m red\n\n" * 2000,
        "[" * 500,
        "> " * 100 + "x",
        "a > b\n" * 1000,
    ],
)
def test_a_long_text_is_no_fault(text: str) -> None:
    assert [problem.code for problem in compile_text(text).problems if problem.is_error] == []
