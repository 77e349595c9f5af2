"""What stands in angle brackets: mere text, HTML that texts hold, and HTML that they do not."""

import re
from html import unescape
from itertools import product

import pytest

from generator.config import EngineName
from generator.errors import Problem
from generator.load.markdown import CompiledText, Compiler
from generator.load.tags import KNOWN, TAGS, hide_mentions, settle_tags
from generator.records.body import plain_text

COMPILERS: dict[EngineName, Compiler] = {"python-markdown": Compiler(), "commonmark": Compiler("commonmark")}
pytestmark = pytest.mark.parametrize("engine", COMPILERS)


def compile_text(engine: EngineName, text: str) -> CompiledText:
    return COMPILERS[engine].compile(text, file="a.md")


def seen(compiled: CompiledText) -> str:
    """What a reader sees, spaces folded."""
    return plain_text(compiled.html)


# Mere text


FOOTNOTE = "x[^1]\n\n[^1]: Words "

MENTIONS = [
    *("Result<List> where", "Map<String, Vec<u8>> and", "a <and in, or not> b", "<Path>", "an <Image> here"),
    *("Promise<Object> is", "List<Button> and <Form> and <Link>", "impl<S> Service<S> for", "Foo<A, B>", "<T>"),
    *("<svg>", "<math> x", "<mi>x</mi>", "<svg viewBox='0 0 1 1'><path d='M0 0'/></svg>", "<my-element> x"),
    *("<template> x", "a <script> x", "a <style> x", "a <title> x", "a <textarea> x", "a <xmp> x", "<div> x"),
    *("a <plaintext> x", "a <iframe> x", "<noscript> x", "<select> x", "<table> x", "<b> x", "<h2> x", "<a> x"),
    *("</div> x", "</b> x", "</List> x", "</script> x", "<input> x", "<img> x", "<link> x", "<!-- x", "<? x"),
    *("<?php x ?>", "<![CDATA[ x", "<![CDATA[ x ]]>", "<!DOCTYPE html> x", "<! x", "<std::string>", "<a:b>"),
    *("<div class='x", '<a href="x', "<b", "</", "<1>", "< b>", "<>", "a<b", "<DIV> x", "</tr >x </DIV >"),
]


@pytest.mark.parametrize("before", ["", "Words. ", "- ", "> ", "Words.\n"])
def test_a_mention_is_shown_as_written_and_the_rest_of_the_text_is_markdown(engine: EngineName, before: str) -> None:
    for text in MENTIONS:
        compiled = compile_text(engine, f"{before}{text}\n\nThe *next* paragraph.\n\n- The last")
        assert text.replace("</tr >", "") in seen(compiled), text
        assert "<p>The <em>next</em> paragraph.</p>" in compiled.html, text
        assert re.search(r"<li>(<p>)?The last", compiled.html), text
        assert compiled.problems == (), text


@pytest.mark.parametrize(
    "text", ["Use the <{}> element", "Use the <{} hidden> element", "No </{}> here", "<{}>, as we know", "(a <{}/>)"]
)
def test_an_element_that_a_sentence_speaks_of_is_shown(engine: EngineName, text: str) -> None:
    for name, before in product(sorted(KNOWN - {"br", "hr"}), ("Words. ", "- ", "> Words ", "## Words ", FOOTNOTE)):
        if name in ("p", "wbr") and not text.startswith(("Use", "No")):
            continue  # these begin a paragraph there, or let a word break
        written = text.format(name)
        compiled = compile_text(engine, before + written)
        assert written in seen(compiled), before + written
        assert compiled.problems == (), before + written


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<ul><li>one<li>two</ul>", "<ul><li>one</li><li>two</li></ul>"),
        ("<dl><dt>one<dd>two</dl>", "<dl><dt>one</dt><dd>two</dd></dl>"),
        ("One.<p>Two.<p>\nThree.", "<p>One.</p><p>Two.</p><p>\nThree.</p>"),
        ("<table><tr><td>one<td>two</table>", "<tr><td>one</td><td>two</td></tr>"),
        ("one</br>two", "one<br>two"),
    ],
)
def test_elements_that_end_by_themselves_need_no_closing_tag_where_they_belong(
    engine: EngineName, text: str, html: str
) -> None:
    assert html in compile_text(engine, text).html


@pytest.mark.parametrize(
    "text",
    [
        *("<img src>", "<IMG SRC>", "<img alt src>", "<img src alt='x'>", "<img alt=x src>", "<img src=''>"),
        *(
            "Words <img src/> more.",
            "<picture><source srcset><img src></picture>",
            "<a href>words</a>",
            "<a href=''>x</a>",
        ),
        *("<video src></video>", "<iframe src></iframe>", "[x]()", "[x](<>)"),
    ],
)
def test_an_address_without_a_value_is_one_problem(engine: EngineName, text: str) -> None:
    (problem,) = compile_text(engine, text).problems
    assert problem.code in ("unknown-syntax", "unusable-html", "unusable-link")


def test_a_mention_of_the_tags_of_a_list_is_not_a_list(engine: EngineName) -> None:
    assert compile_text(engine, "The <ul> and <li> tags").html == "<p>The &lt;ul&gt; and &lt;li&gt; tags</p>"


@pytest.mark.parametrize("text", ["`<List>`", "```\n<List> & <div> <!-- <? &lt;\n```", "    <script>\n    <b>"])
def test_in_code_nothing_is_a_tag(engine: EngineName, text: str) -> None:
    compiled = compile_text(engine, f"A\n\n{text}\n\n<b>B</b>")
    code = re.search(r"<code>(.*?)\n?</code>", compiled.html, re.DOTALL)
    assert code
    assert unescape(code[1]) == text.strip("`\n").replace("    ", "")
    assert "<b>B</b>" in compiled.html


@pytest.mark.parametrize("code", ["`</template>`", "```\n</template>\n```"])
def test_a_closing_tag_in_code_closes_nothing(engine: EngineName, code: str) -> None:
    compiled = compile_text(engine, f"Wrap it in <template> and wait.\n\n{code}\n\nThe end.")
    assert "in <template> and wait." in seen(compiled)
    assert "The end." in seen(compiled)


def test_addresses_in_angle_brackets_are_links(engine: EngineName) -> None:
    text = "<https://w.example/> <desk@w.example> [a](<https://w.example/x y>)\n\n[b]\n\n[b]: <https://w.example/b>"
    assert compile_text(engine, text).html.count("<a href=") == 4


# HTML that texts do not hold


def test_the_words_in_an_element_that_is_taken_out_stay_apart(engine: EngineName) -> None:
    for name in sorted(KNOWN - TAGS - {"script", "style"}):
        written = f"Before\n\n<{name} class='x'>held</{name}>\n<{name} class='x'>apart</{name}>\n\nAfter *all*"
        compiled = compile_text(engine, written)
        assert {"Before", "held", "apart", "After"} <= set(re.findall(r"\w+", seen(compiled))), name
        assert "<p>After <em>all</em></p>" in compiled.html, name
        assert f"<{name}" not in compiled.html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<div>a</div><div>b</div>", "a b"),
        ("<p>x<select><option>a</option><option>b</option></select></p>", "x a b"),
        ("<details><summary>More</summary>\n\nof *it*\n\n</details>", "More of"),
        ("un<span>hap</span>py", "unhappy"),
        ("<template><p>a</p></template> b", "a b"),
    ],
)
def test_words_do_not_grow_together(engine: EngineName, text: str, shown: str) -> None:
    assert seen(compile_text(engine, text)).startswith(shown)


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("[証明書](#nowhere)はある", []),
        ("ה[תבנית](#nowhere)נחתם", []),
        ("un[do](foo:b)ing [a][b]c\n\n[b]: foo:b", []),
        ("a<span>b</span>c x<u>y</u>", []),
        ("| a |\n|---|\n| b |\n\n`f(&current)` &copyright &copy;2026 &amp;reg", []),
        ("[証明書](#nowhere)は\n\n| a |\n|---|\n| b | 明 |", ["明"]),
        ("a <b then c> d </b>", ["then", "c"]),
        ('<a href="https://a.example/" and so> d </a>', ["and", "so"]),
        ("<details open>d</details> <b hidden data-x v-if>e</b>", []),
    ],
)
def test_only_words_that_are_not_shown_are_lost(engine: EngineName, text: str, lost: list[str]) -> None:
    told = [one for one in compile_text(engine, text).problems if one.code == "lost-words"]
    assert re.findall("'(.*?)'", " ".join(one.message for one in told)) == lost


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("<div class='x'>A <b>b</b></div>\n\nC", ["A <b>b</b>", "C"]),
        ("A\n\n<div>B</div><div>C</div>", ["A", "B", "C"]),
        ("<details>\n<summary>A</summary>\n\nB\n\nC\n</details>\n\n![](a.png)", ["A", "B", "C", "<img>"]),
        ("<section><p>A</p>B<ul><li>C <div>D</div></li></ul>E</section>", ["A", "B", "E"]),
        ("<div><div><p>A</p></div></div>\n\nB", ["A", "B"]),
        ("<center>\n\n<hr>\n\nA\n</center>", ["A"]),
        ("<video>A</video>\n\nB", ["A", "B"]),
    ],
)
def test_what_a_wrapper_held_is_paragraphs(engine: EngineName, text: str, paragraphs: list[str]) -> None:
    compiled = compile_text(engine, text)
    found = re.findall(r"<p>(.*?)</p>", re.sub(r"<img[^>]*>", "<img>", compiled.html))
    assert [paragraph.strip() for paragraph in found] == paragraphs
    assert compiled.body.lead == plain_text(paragraphs[0])
    assert not re.search(r"</p>\s*\w|\x10", compiled.html)


def told(compiled: CompiledText) -> list[Problem]:
    assert {problem.severity for problem in compiled.problems} <= {"warning"}
    return list(compiled.problems)


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ('<audio src="https://w.example/12.mp3"></audio>', "audio", "https://w.example/12.mp3"),
        ('<video controls src="/a.mp4">Your browser has no video.</video>', "video", "/a.mp4"),
        ("<video><source src='a.mp4'></video>", "source", "a.mp4"),
        ('<iframe src="https://tube.example/1?a=1&amp;b=2"></iframe>', "iframe", "https://tube.example/1?a=1&b=2"),
        ("<object data=a.swf>Flash</object>", "object", "a.swf"),
        ("<embed src=a.svg>", "embed", "a.svg"),
        ("<script src='https://w.example/x.js'></script>", "script", "https://w.example/x.js"),
    ],
)
@pytest.mark.parametrize("before", ["", "Notes. "])
def test_what_would_load_something_is_reported_by_its_name_and_place(
    engine: EngineName, text: str, name: str, place: str, before: str
) -> None:
    problems = told(compile_text(engine, f"First.\n\n{before}{text}"))
    assert {problem.code for problem in problems} == {"unusable-html"}
    assert any(f"the <{name}> of '{place}' is removed" in problem.message for problem in problems)
    assert all(problem.needle in text for problem in problems)
    links = [problem.hint.removeprefix("link to it, such as ") for problem in problems if "link to it" in problem.hint]
    assert all(told(compile_text(engine, link)) == [] for link in links)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("<form action='/x'>Your name: <input name=n> <button>Send</button></form>", "form"),
        ("<textarea rows=2>words</textarea>", "textarea"),
        ("<link rel=stylesheet href=x.css>", "link"),
        ("<iframe>words</iframe>", "iframe"),
    ],
)
def test_what_readers_could_have_used_is_reported_once(engine: EngineName, text: str, name: str) -> None:
    messages = [problem.message for problem in told(compile_text(engine, f"{text}\n\n{text}"))]
    stays = "" if name == "link" else "; the text in it stays"
    assert messages.count(f"the <{name}> is removed{stays}") == 1


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<script>\nrun()\n\n'and <p>more</p>'\n</script>", "run() 'and <p>more</p>'"),
        ("a <style>p { color: red }</style> b", "p { color: red }"),
        ("<script type=module>run()</script>", "run()"),
    ],
)
def test_a_script_or_style_is_taken_out_with_what_is_in_it_and_is_reported(
    engine: EngineName, text: str, words: str
) -> None:
    compiled = compile_text(engine, f"{text}\n\nThe *end*.")
    (problem,) = told(compiled)
    assert problem.message.endswith(f"is removed, with the text in it: '{words}'")
    assert "run()" not in compiled.html
    assert "color" not in compiled.html
    assert compiled.html.endswith("<p>The <em>end</em>.</p>")


def test_a_script_that_two_paragraphs_mention_is_not_a_script(engine: EngineName) -> None:
    compiled = compile_text(engine, "First <script> opens.\n\nAll between.\n\nThen </script> closes.")
    assert seen(compiled) == "First <script> opens. All between. Then </script> closes."


def test_a_comment_is_left_out_with_what_is_in_it(engine: EngineName) -> None:
    compiled = compile_text(engine, "a <!-- <List> b --> c\n\n<!--\n\nd\n\n-->\n\ne")
    assert plain_text(compiled.html) == "a c e"
    assert compiled.problems == ()


# Pure functions


@pytest.mark.parametrize("text", ["a < b", "<b>a</b>", "<p>a", "a &lt; b", "<br>", "<https://w.example/>"])
def test_what_is_html_is_left_to_the_engine(engine: EngineName, text: str) -> None:
    assert hide_mentions(text) == text
    assert settle_tags(text.replace("< ", "&lt; ").replace("<https", "&lt;https"))[1] == []
