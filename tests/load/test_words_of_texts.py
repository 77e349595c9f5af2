"""A law: what a reader sees has the words of its source, or a Problem names those that it has not.

The words of the source are told by converters that the program does not use: markdown-it-py for markdown,
Python's own parser for the HTML in it, and lxml's list of the names of HTML.
"""

import re
from html import unescape
from html.parser import HTMLParser

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml.html.defs import tags as names_of_html4
from markdown_it import MarkdownIt
from markdown_it.token import Token

from generator.config import ENGINE_LIBRARIES, EngineName
from generator.load.markdown import Compiler

COMPILERS: dict[EngineName, Compiler] = {"python-markdown": Compiler(), "commonmark": Compiler("commonmark")}
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
HTML_NAMES = {*names_of_html4, "template"}
WORD = re.compile(r"[^\W\d_]{3,}")


class HtmlText(HTMLParser):
    """The words of raw HTML that a reader sees; a name that HTML does not know is one of them."""

    def __init__(self) -> None:
        super().__init__()
        self.words: set[str] = set()
        self._hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as it calls it
        if tag not in HTML_NAMES:
            self.words |= words_in(self.get_starttag_text() or "")

    def handle_data(self, data: str) -> None:
        if self.lasttag not in {"script", "style"} or self.cdata_elem is None:
            self.words |= words_in(data)


def words_in(text: str) -> set[str]:
    return set(WORD.findall(text))


def words_of_source(text: str) -> set[str]:
    """The words that markdown and HTML make of a text for those who read it."""
    words: set[str] = set()
    html = HtmlText()

    def walk(tokens: list[Token]) -> None:
        for token in tokens:
            if token.type in {"html_inline", "html_block"}:
                html.feed(token.content)
            elif token.type in {"text", "code_inline", "code_block", "fence", "text_special"}:
                words.update(words_in(token.content))
            walk(token.children or [])

    walk(READER.parse(text))
    html.close()
    return words | html.words


def words_of_page(html: str, *, between_tags: str) -> set[str]:
    """The words of compiled HTML, read as browsers read it; `between_tags` says whether tags part words."""
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    alternatives = [node.attrib.get("alt", "") for node in tree.iter("img")]
    return words_in(between_tags.join(tree.itertext()) + " " + " ".join(alternatives))


NAMES = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron", "islet", "jetty", "knoll", "ledge")
PROSE = {*NAMES, "Result", "List", "Map", "Path", "View", "Text", "and", "svg", "math", "path", "here", "said", "more"}
"""All that is written below as a word; the rest is syntax, of which engines differ in what is text."""

WORDS = st.lists(st.sampled_from(NAMES), min_size=1, max_size=4).map(" ".join)

INLINE = st.one_of(
    WORDS,
    *(
        st.builds(form.format, WORDS, WORDS)
        for form in (
            *("*{0}*", "**{0}** {1}", "`{0}` {1}", "~~{0}~~", "[{0}](https://w.example/)", "[{0}](javascript:x) {1}"),
            *("[{0}](&#106;avascript:x)", "[{0}](https://)", "[{0}](https://w.example:99999/)", "![{0}](a.png)"),
            *("<b>{0}</b> {1}", "<span>{0}</span> {1}", "{0}<sub>{1}</sub>", "<kbd>{0}</kbd>", "<u>{0}</u> <s>{1}</s>"),
            *("Result<List> {0}", "Map<Path, View> {0}", "{0} <Text> {1}", "<and {0} in {1}", "{0} <and> {1}"),
            *("a <template> {0}", "a <script> {0}", "a <style> {0}", "a <title> {0}", "a <textarea> {0}", "<svg> {0}"),
            *("<math>{0}</math> {1}", "<path d='x'/> {0}", "{0} <!-- {1}", "{0} <? {1}", "{0} <![CDATA[ {1}", "{0} <"),
            *("<div> {0}", "</div> {0}", "</p> {0}", "<p> {0}", "<i> {0}", "</i> {0}", "<br> {0}", "{0}<br>{1}"),
            *(
                "<iframe src='x'>{0}</iframe> {1}",
                "<audio src='x'>{0}</audio>",
                "<video>{0}</video> {1}",
                "<embed src=x>",
            ),
            *(
                "<details><summary>{0}</summary>{1}</details>",
                "<form>{0} <button>{1}</button></form>",
                "<input name=x>",
            ),
            *("<select><option>{0}</option><option>{1}</option></select>", "<object data=x>{0}</object> {1}"),
            *("<a href='javascript:x'>{0}</a> {1}", "<a href=https://w.example/>{0}</a>", "<font size=2>{0}</font>"),
            *("&lt;{0}&gt; {1}", "{0} &amp; {1}", "\\<{0}> {1}", "\\*{0}\\*", "{{{{< {0} >}}}} {1}", "{{% {0} %}}"),
            *("{0} {{#x}} {1}", "<textarea>{0}</textarea> {1}", "<title>{0}</title> {1}", "<noscript>{0}</noscript>"),
        )
    ),
)
LINE = st.lists(INLINE, min_size=1, max_size=3).map(" ".join)


BLOCK = st.one_of(
    LINE,
    st.builds(lambda *lines: "\n".join(lines), LINE, LINE),
    *(
        st.builds(form.format, LINE, LINE)
        for form in (
            *("## {0}", "## `{0}` {{#x}}", "> {0}\n> {1}", "- {0}\n- {1}", "1. {0}\n2. {1}", "- [x] {0}\n- [ ] {1}"),
            *("- {0}\n\n    {1}", "| {0} | {1} |\n|---|---|\n| a | b |", "<div>\n{0}\n</div>\n\n{1}", "<p>{0}</p>"),
            *("<table><tr><td>{0}</td><td>{1}</td></tr></table>", "<ul><li>{0}<li>{1}</ul>", "<dl><dt>{0}<dd>{1}</dl>"),
            *(
                "<details>\n\n{0}\n\n</details>\n\n{1}",
                "<blockquote>\n{0}\n</blockquote>",
                "<section>{0}</section>\n\n{1}",
            ),
        )
    ),
    *(
        st.builds(form.format, WORDS, WORDS)
        for form in (
            *(
                "```html\n<{0}> <div> <!-- {1}\n```",
                "1. {1}\n\n   ```html\n   <script>{0}</script>\n   ```",
                "    {0}\n    <b>",
            ),
            *(
                "- {0}\n\n    ~~~\n    <List> {1}\n    ~~~",
                "> ```\n> <Path> {0}\n> ```\n\n{1}",
                "```js title=x\n{0} {1}\n```",
            ),
            *(
                "<script>\n{0}\n\n{1}\n</script>",
                "<style>{0}</style>\n\n{1}",
                "<!-- {0} -->\n\n{1}",
                "<!--\n{0}\n\n{1}",
            ),
            *(
                "<template>\n\n{0}\n\n</template>\n\n{1}",
                "<script>\n{0}\n\n{1}",
                "<?php {0}\n\n{1}",
                "<pre>{0}\n\n{1}</pre>",
            ),
            *("<svg>\n{0}\n</svg>\n\n{1}", "<video>\n{0}\n\n{1}", "<details>\n{0}\n\n{1}", "<textarea>\n\n{0}\n\n{1}"),
            *("{0}\n:   {1} more", "{0}[^1] here\n\n[^1]: that {1} said", "::: {0}\n\n{1}\n\n:::", "!!! {0}\n    {1}"),
            *(
                "| a | b |\n|---|---|\n| {0} | c | {1} |",
                "[{0}][x] {1}\n\n[x]: https://w.example/",
                "{0}\n---",
                "[{0}]",
            ),
        )
    ),
)
TEXT = st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join)


@pytest.mark.parametrize("engine", ENGINE_LIBRARIES)
@given(text=TEXT)
@example(text="Result<List> where\n\n- <View> and <Text> come\n\nin a <template> and wait\n\ngone, too")
@example(text="<script>\nrun\n\n</script>\n\nmore <iframe src=x>words</iframe>")
@example(text="| a | b |\n|---|---|\n| one | two | three |")
@example(text="amber <!-- birch\n\ncedar --> delta")
@example(text="<script>amber\n\n`</script>`\n\nbirch")
@example(text="<section>amber <!-- birch</section>\n\n*cedar*\n\n<!-- delta -->\n\nember")
@example(text="<ul><li>amber <style> birch</ul>\n\ncedar\n\n<style>delta</style>\n\nember")
def test_a_reader_sees_the_words_of_the_source_or_a_problem_names_them(engine: EngineName, text: str) -> None:
    compiled = COMPILERS[engine].compile(text, file="a.md")
    wanted = words_of_source(text) & PROSE
    seen = words_of_page(compiled.html, between_tags=" ")
    told = words_in(" ".join(f"{problem.message} {problem.needle}" for problem in compiled.problems))
    assert wanted - seen - words_of_page(compiled.html, between_tags="") <= told
    assert seen <= words_in(text) | words_in(unescape(text))
    assert all(problem.severity == "warning" and problem.needle for problem in compiled.problems)
