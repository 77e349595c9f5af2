"""Footnotes, tasks, definition lists and what is struck out, in both engines, on pages and in feeds."""

import json
import re

import pytest
from lxml import html as lxml_html

from generator.config import ENGINE_LIBRARIES, EngineName
from generator.load.markdown import CompiledText, Compiler
from generator.load.notes import write_notes
from generator.records.body import blocks_of, plain_text
from generator.render.markdown import to_markdown
from sitebench import SiteBench, article

COMPILERS: dict[EngineName, Compiler] = {"python-markdown": Compiler(), "commonmark": Compiler("commonmark")}
ENGINES = pytest.mark.parametrize("engine", ENGINE_LIBRARIES)


def compile_text(engine: EngineName, text: str, *, key: str = "") -> CompiledText:
    return COMPILERS[engine].compile(text, file="a.md", key=key)


def tree_of(html: str) -> lxml_html.HtmlElement:
    return lxml_html.fragment_fromstring(html, create_parent="main")


def links_within(tree: lxml_html.HtmlElement) -> list[tuple[str, str]]:
    """The text of each link to a place of the same text, and that of the element there."""
    found = []
    for link in tree.xpath("//a[starts-with(@href, '#')]"):
        (place,) = tree.xpath("//*[@id=$id]", id=link.get("href")[1:])
        found.append((link.text_content(), " ".join(place.text_content().split())))
    return found


NOTES = "One[^a] two[^b] one[^a].\n\n[^b]: The *second* one,\n\n    in two.\n\n[^a]: The first[^c]\n\n[^c]: of all."


@ENGINES
def test_marks_lead_to_notes_in_the_order_of_the_marks_and_notes_lead_back(engine: EngineName) -> None:
    tree = tree_of(compile_text(engine, NOTES).html)
    assert links_within(tree) == [
        ("1", "The first3 ↑1 ↑2"),
        ("2", "The second one, in two. ↑"),
        ("1", "The first3 ↑1 ↑2"),
        ("3", "of all. ↑"),
        ("↑1", "1"),
        ("↑2", "1"),
        ("↑", "2"),
        ("↑", "3"),
    ]
    assert [link.get("role") for link in tree.xpath("//p[1]/sup/a")][:3] == ["doc-noteref"] * 3
    assert tree.xpath("count(//section[@class='footnotes']/ol/li)") == 3


@ENGINES
def test_marks_and_ways_back_are_no_words(engine: EngineName) -> None:
    compiled = compile_text(engine, f"## Head[^a]\n\n{NOTES}")
    assert compiled.body.lead == "One two one."
    assert compiled.body.headings[0].text == "Head"
    assert compiled.body.words == 13
    assert list(blocks_of(compiled.html)) == [
        "Head",
        "One two one.",
        "The first",
        "The second one,",
        "in two.",
        "of all.",
    ]


@ENGINES
def test_a_note_without_a_mark_stands_last_and_a_mark_without_a_note_is_told(engine: EngineName) -> None:
    compiled = compile_text(engine, "a[^1] b[^none]\n\n[^0]: zero\n\n[^1]: one")
    assert re.findall(r"<li [^>]*><p>(\w+)", compiled.html) == ["one", "zero"]
    assert plain_text(compiled.html).startswith("a b[^none]")
    (problem,) = compiled.problems
    assert (problem.code, problem.needle, problem.severity) == ("unknown-syntax", "[^none]", "warning")


@ENGINES
def test_what_is_not_closed_in_a_note_or_in_the_text_ends_with_it(engine: EngineName) -> None:
    compiled = compile_text(engine, "<blockquote>a[^1]\n\nb\n\n[^1]: <em>c\n\n[^2]: </em> d</div></li></section>")
    tree = tree_of(compiled.html)
    assert len(tree.xpath("/main/section/ol/li")) == 2 or len(tree.xpath("./section/ol/li")) == 2


@ENGINES
def test_the_ids_of_two_texts_are_never_the_same(engine: EngineName) -> None:
    ids = [
        re.findall(r' id="([^"]+)"', compiled.html)
        for compiled in (
            compile_text(engine, "a[^1]\n\n[^1]: b"),
            compile_text(engine, "a[^1]\n\n[^1]: b", key="disclaimer"),
            COMPILERS[engine].compile("a[^1]\n\n[^1]: b", file="b.md"),
        )
    ]
    assert all(len(one) == 2 for one in ids)
    assert len({name for one in ids for name in one}) == 6


def test_thousands_of_notes_are_written_in_order() -> None:
    html = write_notes("", [str(number) for number in range(3000)], "x")
    assert re.findall(r"<li [^>]*>(\d+)</li>", html) == [str(number) for number in range(3000)]


@ENGINES
def test_footnotes_of_several_texts_stand_on_one_page_and_in_feeds(bench: SiteBench, engine: str) -> None:
    bench.write("site.toml", f'{(bench.root / "site.toml").read_text()}\n[markdown]\nengine = "{engine}"\n')
    for name in ("n1", "n2"):
        text = article(name, 20, body=f"Of {name}[^1]\n\n[^1]: noted", disclaimer="Beware[^1]\n\n[^1]: twice")
        bench.write(f"content/articles/{name}.md", text)
    bench.edit("site.toml", "[front]", "[outputs]\nmarkdown = true\n\n[front]").build(strict=True).expect_built()
    page = bench.page("news/chips/n1/index.html")
    ids = page.tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    for href in page.tree.xpath("//a[@role]/@href"):
        assert href[1:] in ids
    assert len(page.tree.xpath("//a[@role='doc-noteref']")) == 2
    items = json.loads((bench.output / "feed.json").read_bytes())["items"]
    told = next(item["content_html"] for item in items if item["url"].endswith("/n1/"))
    assert "noted" in told
    for href in re.findall(r'<a href="([^"]+)" role="doc-', told):
        assert href.startswith("https://bench.example/news/chips/n1/#s-note-")
        assert href.partition("#")[2] in ids
    assert "noted" in (bench.output / "news/chips/n1/index.md").read_text()


# Tasks

TASKS = "- [ ] open *one*\n- [x] done [two](https://w.example/)\n    - [X] three\n- four"


@ENGINES
def test_a_task_is_a_box_that_its_words_label(engine: EngineName) -> None:
    tree = tree_of(compile_text(engine, TASKS).html)
    labels = [(" ".join(one.text_content().split()), "checked" in one[0].attrib) for one in tree.xpath("//li/label")]
    assert labels == [("open one", False), ("done two", True), ("three", True)]
    assert len(tree.xpath("//li[@class='task']/label/input[@type='checkbox'][@disabled]")) == 3
    assert not tree.xpath("//label//li")


@ENGINES
@pytest.mark.parametrize("text", ["[x] a", "- [y] a", "- [x]a", "- a [x] b", "<ul><li>[x] a</li></ul>"])
def test_what_is_no_task_stays_text(engine: EngineName, text: str) -> None:
    assert "<input" not in compile_text(engine, text).html


@ENGINES
def test_feeds_have_signs_for_boxes(bench: SiteBench, engine: str) -> None:
    bench.write("site.toml", f'{(bench.root / "site.toml").read_text()}\n[markdown]\nengine = "{engine}"\n')
    bench.write("content/articles/t.md", article("Tasks", 20, body=TASKS)).build(strict=True).expect_built()
    items = json.loads((bench.output / "feed.json").read_bytes())["items"]
    told = next(item["content_html"] for item in items if item["url"].endswith("/t/"))
    assert "☐ open <em>one</em>" in told
    assert "☑ done" in told
    assert not re.search("<(input|label)", told)
    assert "☑ three" in to_markdown(told)


# Definitions, and what is struck out


@ENGINES
def test_terms_and_their_definitions_are_a_list(engine: EngineName) -> None:
    tree = tree_of(compile_text(engine, "A *b*\n:   c\n:   d\n\nE\n:   f").html)
    assert [(one.tag, one.text_content().strip()) for one in tree.xpath("//dl/*")] == [
        ("dt", "A b"),
        ("dd", "c"),
        ("dd", "d"),
        ("dt", "E"),
        ("dd", "f"),
    ]


@ENGINES
def test_tildes_strike_out(engine: EngineName) -> None:
    assert compile_text(engine, "a ~~b *c*~~ d").html == "<p>a <del>b <em>c</em></del> d</p>"
