"""The two engines of markdown: where they agree, and where they do not."""

import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from conftest import ROOT
from generator.config import ENGINE_LIBRARIES, Config, EngineName
from generator.digest import _LIBRARIES
from generator.load import cache_key
from generator.load.markdown import CompiledText, Compiler, _open_engine
from generator.load.python_markdown import PythonMarkdown
from sitebench import SMALL, SiteBench, article

SITE = {"site": {"title": "A", "url": "https://a.example"}}
PYTHON_MARKDOWN, COMMONMARK = Compiler("python-markdown"), Compiler("commonmark")
PYTHON_MARKDOWN._engine = PythonMarkdown()  # also for what is plain

_BLOCKS = "blockquote|br|dd|div|dl|dt|figcaption|figure|h[1-6]|hr|li|ol|p|pre|section|table|tbody|td|th|thead|tr|ul"
_BLOCK_TAG = re.compile(rf" ?(</?(?:{_BLOCKS})\b[^>]*>) ?")
_TAG = re.compile(r'<(\w+)((?: [a-z]+="[^"]*")+)>')
_ATTRIBUTE = re.compile(r' [a-z]+="[^"]*"')


def settle(html: str) -> str:
    """HTML with its spaces folded, gone beside blocks, and its attributes in order."""
    ordered = _TAG.sub(lambda tag: f"<{tag[1]}{''.join(sorted(_ATTRIBUTE.findall(tag[2])))}>", html)
    return _BLOCK_TAG.sub(r"\1", re.sub(r"\s+", " ", ordered)).strip()


def compile_by_both(text: str) -> tuple[CompiledText, CompiledText]:
    return PYTHON_MARKDOWN.compile(text, file="a.md"), COMMONMARK.compile(text, file="a.md")


def facts(compiled: CompiledText) -> object:
    body = compiled.body
    return body.words, body.lead, body.headings, body.links, body.images, compiled.problems


# What bodies of news are made of

COMMON = {
    "paragraphs": "The first\nof two lines.\n\nThe second.\n\n\n\nThe third.",
    "emphasis": "*a* **b** _c_ __d__ **a *b* c** *a **b** c* word*in*word **`code`** *a\nb*",
    "no emphasis": "5 * 3 * 2, snake_case_word, foo__bar__baz, __init__, * and _, *a, **b, a_b_ c",
    "code in a line": "`x < 1 & y`, `` a ` b ``, ` a `, `*a*`, `&amp;`, `\\`, `a\nb`",
    "links": "[a](https://w.example/ 'T') [b](https://w.example/?a=1&b=2) [*c*](article:a1 \"t\")\n[d](page:d#s-x)",
    "links by reference": '[a][r], [A][R], [r][], [r] and [none].\n\n[r]: https://w.example/ "T"\n[s]: <page:p>\n\n[s]',
    "links in angle brackets": "<https://w.example/a_b?c=1&d=2> <desk@w.example>, [a](<https://w.example/x>)",
    "links with brackets": "[a](https://w.example/a_(b)) ([b](https://w.example/)) a[c](page:c)d",
    "links to headings": "## One part\n\n[a](#one-part) [b](#s-one-part)\n\n## Größe\n\n[c](#größe) [d](#no-part)",
    "links to records beyond ascii": "[a](article:größe) [b](topic:日本)",
    "what is no link": "[a](/about/) [b](javascript:x) [c](artcle:a1) [d] (e) [f]: g",
    "bare addresses": "https://w.example/a_b_c, www.w.example and desk@w.example",
    "pictures": '![A chip](chip.png) ![](a.webp) ![A "b"](../media/c.png "T")\n\n![n](<ä b.png>) ![x](https://w.example/x.png)',
    "pictures by reference and in links": "![a][p] [![b](b.png)](https://w.example/)\n\n[p]: a.png 'T'",
    "headings": "# A #\n\n## B *b* `c`\n\n#### D\n\n##\n\n## B [x](page:x)",
    "headings between lines of text": "a\n# B\nc\n## D\n### E\nf",
    "underlined headings": "A\n=\n\nB *b*\n---\n\nc",
    "headings with braces": "# A {#b}",
    "quotations": "> **A**\n> b\nc\n\nd\n\n> # E\n>\n> f\n>\n> - g\n> - h\n\ni\n\n> > j",
    "lists": "- a\n- *b*\n- [c](page:c): d\n\ntext\n\n* e\n* f\n\ntext\n\n+ g",
    "ordered lists": "1. a\n2. b\n\ntext\n\n3. c\n4. d\n\ntext\n\n1. e\n1. f\n\ntext\n\n0. g\n\n1986\\. A year.",
    "lists in lists": "- a\n    - b\n        - c\n    - d\n- e\n    1. f\n    2. g",
    "ordered lists in lists": "1. a\n    1. b\n    2. c\n2. d\n    - e",
    "lists of paragraphs": "- a\n\n    b\n\n- c\n\ntext\n\n1. d\n\n    e\n\n2. f",
    "lists with lazy lines": "- a\nb\n- c\n  d",
    "lists with quotations and headings": "- > a\n- # b",
    "what is no list": "-a\n\n1.a\n\n5 - 3",
    "tables": "A | B | C | D\n:-- | :-: | --: | ---\n*a* | `b` | [c](page:c) | d\n1 | | 3 |\n4 | 5",
    "tables with borders": "text\n\n| A | B |\n|---|--:|\n| a \\| b | <b>c</b> |\n\ntext",
    "tables of one column": "| A |\n|---|\n| a |",
    "what is no table": "a | b\n\na | b\nc | d\n\n| a",
    "fenced code": "```\n<b> & *a*\n\n    b\n```\n\ntext\n\n~~~ python\nx = '`'\n~~~",
    "fenced code in a language": "```python\nf = '<b>'\n```\n\n``` c++\nx;\n```\n\n```klingon\nü < b\n```",
    "indented code": "text\n\n    x < 1\n\n    - y &amp;\n\ntext",
    "lines": "a\n\n***\n\n---\n\n___\n\n* * *\n\nb\n***\nc",
    "breaks": "a  \nb   \nc<br>d\ne",
    "signs": "a & b < c > d \"e\" 'f' AT&T 1 < 2 > 3 & <> < a > #a1 @b",
    "references": "&amp; &lt;b&gt; &copy; &#169; &#x1F600; &nbsp;&mdash; &#150; &#2; &#0; &#13; &none;",
    "backslashes": "\\*a\\* \\_b\\_ \\`c\\` \\[d\\](e) \\# \\! \\\\ \\a",
    "backslashes before lists and headings": "\\# a\n\n\\- b\n\n1\\. c",
    "typography": "“a” ‘b’ «c» – — … -- --- ... é ß 日本語 🙂 a\u00a0b a\u200bb",
    "HTML in a line": 'H<sub>2</sub>O <kbd>Ctrl</kbd> <abbr title="a &amp; b">NPU</abbr> <b>*c*</b> <!-- e --> <i>f',
    "HTML blocks": "<div>\n*a*\n</div>\n\n<p>b</p>\n\n<script>alert(1)</script>\n\n<!-- c -->\n\n<dl><dt>d<dd>e</dl>",
    "HTML tables": '<table>\n<tr><td align="right">a</td></tr>\n<tr><th>b</th></tr>\n</table>',
    "figures": '<figure>\n<img src="a.png" alt="b" width="3">\n<figcaption>c</figcaption>\n</figure>',
    "what means nothing here": "==b== a[^1] x^2^ H~2~O $a$ :smile: - [ ] c",
    "what is struck out": "~~a~~ ~b~ a~~b~~c ~~ d~~ ~~e ~~ ~~*f*~~ ~~g\nh~~ \\~~i~~ ~~~~ ~5 and ~6 ~~`j`~~ **~~k~~**",
    "tasks": "- [ ] a *b*\n- [x] [c](page:c)\n    - [X] d\n- [y] e\n- [ ]f\n\n1. [ ] g\n\n    h\n\n2. [x] i\n\n[x] j",
    "footnotes": "a[^1] b[^n] *c*[^1]\n\n[^1]: One\n    goes on\n\n    - and *on*\n\n[^n]: 2[^z]\n[^z]: <b>x</b>\n\nd",
    "footnotes in quotations and headings": "# a[^1]\n\n> b[^c d]\n>\n> [^1]: e\n\n[^c d]: ```\n    <b>\n    ```",
    "footnotes of one name, and without marks": "[^a]: b\n\n[^a]: c\n\nd[^a]\n\n[^e]: f",
    "definition lists": "A *b* `c`\n:   d\n:   e\n    f\n\nG\n:   - h\n    - i\n\nText: k\n\n> L\n> : m",
    "hostile": "<img src=x onerror=alert(1)> <a href='javascript:x'>a</a> <iframe src=x></iframe> <b onclick=x>b</b>",
}


@pytest.mark.parametrize("text", COMMON.values(), ids=COMMON)
def test_both_engines_give_the_same_html_but_for_spaces(text: str) -> None:
    one, other = compile_by_both(text)
    assert settle(one.html) == settle(other.html)
    assert facts(one) == facts(other)


@pytest.mark.parametrize("file", sorted(ROOT.glob("content/**/*.md")), ids=lambda file: file.stem)
def test_both_engines_read_the_demonstration_site_alike(file: Path) -> None:
    one, other = compile_by_both(file.read_text().split("\n---\n", 1)[1])
    assert settle(one.html) == settle(other.html)
    assert facts(one) == facts(other)


# Where they differ: each case is a row of the table in the docs

PICTURE = '<img alt="{alt}" src="\x02{src}\x03">'
CODE = '<pre class="highlight" tabindex="0"><code class="language-python"><span class="n">x</span> </code></pre>'
TABLE = (
    '<div class="table-scroll" tabindex="0"><table><thead><tr><th>{}</th><th>{}</th></tr></thead>'
    "<tbody><tr><td>{}</td><td>{}</td></tr></tbody></table></div>"
)
DIFFERENCES: dict[str, tuple[str, str, str]] = {
    "a list in a list, indented by two or three spaces": (
        "- a\n  - b",
        "<ul><li>a</li><li>b</li></ul>",
        "<ul><li>a<ul><li>b</li></ul></li></ul>",
    ),
    "a second paragraph in a list, indented by two or three spaces": (
        "- a\n\n  b",
        "<ul><li>a</li></ul><p>b</p>",
        "<ul><li><p>a</p><p>b</p></li></ul>",
    ),
    "a list with an empty line between two of its items": (
        "- a\n- b\n\n- c",
        "<ul><li>a</li><li><p>b</p></li><li><p>c</p></li></ul>",
        "<ul><li><p>a</p></li><li><p>b</p></li><li><p>c</p></li></ul>",
    ),
    "a list right below a line of text": ("a\n- b", "<p>a - b</p>", "<p>a</p><ul><li>b</li></ul>"),
    "`1)` before an item": ("1) a", "<p>1) a</p>", "<ol><li>a</li></ol>"),
    "a list that changes from `*` to `-`": (
        "* a\n- b",
        "<ul><li>a</li><li>b</li></ul>",
        "<ul><li>a</li></ul><ul><li>b</li></ul>",
    ),
    "a table with borders right below a line of text": (
        "a\n| b | c |\n|---|---|\n| d | e |",
        "<p>a | b | c | |---|---| | d | e |</p>",
        "<p>a</p>" + TABLE.format("b", "c", "d", "e"),
    ),
    "`|` in code in a table": (
        "a | b\n--|--\n`c|d` | e",
        TABLE.format("a", "b", "<code>c|d</code>", "e"),
        TABLE.format("a", "b", "`c", "d`"),
    ),
    "two quotations with an empty line between them": (
        "> a\n\n> b",
        "<blockquote><p>a</p><p>b</p></blockquote>",
        "<blockquote><p>a</p></blockquote><blockquote><p>b</p></blockquote>",
    ),
    "`#` without a space after it": ("#a", '<h2 id="s-a">a</h2>', "<p>#a</p>"),
    "two lines of text above a line of `=`": ("a\nb\n=", "<p>a b =</p>", '<h2 id="s-a-b">a b</h2>'),
    "two lines of text above a line of `-`": ("a\nb\n---", "<p>a b</p><hr>", '<h2 id="s-a-b">a b</h2>'),
    "a line of `-` right below a list": ("- a\n---", '<h2 id="s-a">- a</h2>', "<ul><li>a</li></ul><hr>"),
    "a backslash at the end of a line": ("a\\\nb", "<p>a\\ b</p>", "<p>a<br>b</p>"),
    'a backslash before `"`, `:` or another sign without a meaning': ('\\"a\\"', '<p>\\"a\\"</p>', '<p>"a"</p>'),
    "fenced code that does not end": ("```\nx", "<p>``` x</p>", "<pre><code>x</code></pre>"),
    "a definition of two paragraphs beside others": (
        "a\n:   b\n\nc\n:   d\n\n    e",
        "<dl><dt>a</dt><dd>b</dd><dt>c</dt><dd><p>d</p><p>e</p></dd></dl>",
        "<dl><dt>a</dt><dd><p>b</p></dd><dt>c</dt><dd><p>d</p><p>e</p></dd></dl>",
    ),
    "two terms of one definition": (
        "a\nb\n: c",
        "<dl><dt>a</dt><dt>b</dt><dd>c</dd></dl>",
        "<dl><dt>a b</dt><dd>c</dd></dl>",
    ),
    "a language in braces: `{.python}`": ("```{.python}\nx\n```", CODE, "<pre><code>x </code></pre>"),
    "`***both***`": ("***a***", "<p><strong><em>a</em></strong></p>", "<p><em><strong>a</strong></em></p>"),
    "`[words] [name]`, with a space": (
        "[a] [b]\n\n[b]: page:b",
        '<p><a href="\x02page:b\x03">a</a></p>',
        '<p>[a] <a href="\x02page:b\x03">b</a></p>',
    ),
    "`[name]: address` right below a line of text": (
        "a\n[b]: page:b\n\n[b]",
        '<p>a</p><p><a href="\x02page:b\x03">b</a></p>',
        "<p>a [b]: page:b</p><p>[b]</p>",
    ),
    "spaces in an address": (
        "![a](b c.png)",
        f"<p>{PICTURE.format(alt='a', src='b c.png')}</p>",
        "<p>![a](b c.png)</p>",
    ),
    "`%20` and the like in the path of a picture": (
        "![a](b%20c.png)",
        f"<p>{PICTURE.format(alt='a', src='b%20c.png')}</p>",
        f"<p>{PICTURE.format(alt='a', src='b c.png')}</p>",
    ),
    "`<mailto:desk@wire.example>`": (
        "<mailto:desk@wire.example>",
        '<p><a href="mailto:desk@wire.example">desk@wire.example</a></p>',
        '<p><a href="mailto:desk@wire.example">mailto:desk@wire.example</a></p>',
    ),
    "emphasis in the words for a picture": (
        "![a *b*](c.png)",
        f"<p>{PICTURE.format(alt='a *b*', src='c.png')}</p>",
        f"<p>{PICTURE.format(alt='a b', src='c.png')}</p>",
    ),
    "`&#169` without a semicolon": ("&#169 a", "<p>© a</p>", "<p>&amp;#169 a</p>"),
    "markdown after an empty line in HTML other than `<div>`, `<details>`, `<section>` and the like": (
        "<p>a\n\n*b*\n</p>",
        "<p>a *b*</p>",
        "<p>a</p><p><em>b</em></p><p></p>",
    ),
    "lists that nest hundreds deep": ("- " * 500 + "a", "", "<ul><li>" * 500 + "a" + "</li></ul>" * 500),
}


@pytest.mark.parametrize(("text", "one", "other"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_the_engines_differ_as_the_docs_say(text: str, one: str, other: str) -> None:
    assert tuple(settle(compiled.html) for compiled in compile_by_both(text)) == (one, other)
    assert one != other


@pytest.mark.parametrize("reference", ["&#2", "&#X0000000003;"])
def test_a_control_character_written_as_python_markdown_alone_reads_it_is_replaced_there(reference: str) -> None:
    one, other = compile_by_both(f"a{reference} b")
    assert (one.body.lead, other.body.lead) == ("a\ufffd b", f"a{reference} b")


def test_the_docs_name_these_differences_and_no_others() -> None:
    section = (ROOT / "docs/records.md").read_text().partition("### Engines of markdown\n")[2].partition("\n## ")[0]
    cells = [
        line.split(" | ")[0].removeprefix("| ").replace("\\|", "|") for line in section.splitlines() if line[:2] == "| "
    ]
    assert cells[1:] == list(DIFFERENCES)


# One library at a time


def test_each_engine_has_its_library() -> None:
    assert set(ENGINE_LIBRARIES) == set(get_args(EngineName))
    for name in ENGINE_LIBRARIES:
        assert _open_engine(name).convert("*a*").html == "<p><em>a</em></p>"


@pytest.mark.parametrize(
    ("engine", "text", "imported"),
    [
        ("python-markdown", "Plain *news*.", ["pyromark"]),
        ("python-markdown", "News, [by][reference].", ["markdown", "pyromark"]),
        ("commonmark", "News, [by][reference].", ["pyromark"]),
    ],
)
def test_a_build_imports_the_libraries_that_its_texts_need(
    engine: EngineName, text: str, imported: list[str], empty_bench: SiteBench
) -> None:
    empty_bench.write_all(SMALL).write("content/articles/a1.md", article("News", 1, body=text))
    empty_bench.write("site.toml", f'{SMALL["site.toml"]}\n[markdown]\nengine = "{engine}"\n')
    program = (
        "import sys; from click.testing import CliRunner; from generator.cli import newsprint;"
        "done = CliRunner().invoke(newsprint, sys.argv[1:]); assert done.exit_code == 0, done.output;"
        "print(*sorted({'markdown', 'pyromark'} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "build", str(empty_bench.root), "--workers", "1"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == imported


def test_each_engine_has_a_memory_of_its_own_that_counts_the_version_of_its_library() -> None:
    keys = {cache_key(msgspec.convert(SITE | {"markdown": {"engine": name}}, Config)) for name in ENGINE_LIBRARIES}
    assert len(keys) == len(ENGINE_LIBRARIES)
    assert set(ENGINE_LIBRARIES.values()) <= set(_LIBRARIES)


def test_what_makes_python_markdown_give_up_leaves_no_trace_in_the_next_text() -> None:
    text = "# A\n\n*b* [c](article:a1) ![d](d.png)\n\n- e"
    compiler = Compiler("python-markdown")
    before = compiler.compile(text, file="a.md")
    failed = compiler.compile("- " * 500 + "deep", file="a.md")
    assert [problem.code for problem in failed.problems] == ["markdown-failed"]
    assert compiler.compile(text, file="a.md") == before
