"""The composition of the front page: which blocks it has, in what order, and what stands beside what."""

from itertools import permutations

import msgspec
import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from conftest import ROOT
from generator.config import ThemeSection
from generator.limits import Limits
from generator.outputs import Output
from generator.outputs.pages import FrontPage
from generator.outputs.parts import Chrome
from generator.plan.pages.front import plan_front
from generator.records import Record, Story
from generator.render.pages import PageRenderer
from generator.theme import open_theme
from materials import make_article, make_articles, make_campaign, make_config, make_newsroom, make_record, views_of

pytestmark = pytest.mark.slow

CHROME = Chrome(title="Bench News", tagline="", language="en", home="/", base_path="")
BLOCKS = ["lead", "secondary", "grid", "covered", "latest", "slot", "sections"]
MARKS = {
    "lead": "lead",
    "secondary": "secondary",
    "more": "grid",
    "covered": "covered",
    "latest": "latest",
    "slot": "slot",
    "topic-sections": "sections",
}
"""Blocks by the class of their element."""
EVERYTHING = (
    *make_articles(20),
    make_article("told", story="event"),
    make_record(Story, "event"),
    make_campaign("c1"),
)


def front(*records: Record, blocks: list[str] | None = None) -> HtmlElement:
    config = make_config(theme=msgspec.to_builtins(ThemeSection(name="base")), front={"grid_items": 4})
    theme = open_theme(ROOT, config)
    options = theme.options if blocks is None else {**theme.options, "front_blocks": blocks}
    (view,) = views_of(plan_front, make_newsroom(*records, front={"grid_items": 4})).values()
    assert isinstance(view, FrontPage)
    renderer = PageRenderer(msgspec.structs.replace(theme, options=options), CHROME, Limits())
    (path,) = views_of(plan_front, make_newsroom())
    page = renderer.render(Output(path, view, "the front page"), lambda _: "")  # type: ignore[arg-type]
    return lxml_html.document_fromstring(page.decode())


def shown(node: HtmlElement) -> list[str]:
    """The blocks of a page or rail in their order."""
    kinds = [one.get("class", "").split()[:1] for one in node.iter("section", "aside", "div")]
    return [MARKS[kind[0]] for kind in kinds if kind and kind[0] in MARKS]


def rails(page: HtmlElement) -> list[list[str]]:
    return [shown(rail) for rail in page.iterfind(".//main/div[@class='rail']")]


def test_every_block_stands_in_its_usual_order_with_the_rail_after_the_grid() -> None:
    page = front(*EVERYTHING)
    assert shown(page) == BLOCKS
    assert rails(page) == [["covered", "latest"]]
    before = page.find(".//main/div[@class='rail']").getprevious()
    assert before.get("class") == "more before-rail"


@pytest.mark.parametrize("blocks", [list(reversed(BLOCKS)), ["sections", "lead"], ["slot"], []])
def test_the_option_chooses_the_blocks_and_their_order(blocks: list[str]) -> None:
    assert shown(front(*EVERYTHING, blocks=blocks)) == blocks


@pytest.mark.parametrize("blocks", [*permutations(["covered", "grid", "latest"])], ids=" ".join)
def test_only_neighbours_share_a_rail(blocks: tuple[str, ...]) -> None:
    found = rails(front(*EVERYTHING, blocks=list(blocks)))
    wanted = [["covered"], ["latest"]] if blocks[1] == "grid" else [[one for one in blocks if one != "grid"]]
    assert sorted(found) == sorted(wanted)


def test_what_has_nothing_to_show_is_left_out() -> None:
    assert shown(front()) == []
    assert shown(front(make_article("a1"))) == ["lead", "latest"]


def test_a_block_without_anything_parts_no_rail() -> None:
    told = [one for one in EVERYTHING if "sponsors" not in one.file]
    assert rails(front(*told, blocks=["covered", "slot", "latest"])) == [["covered", "latest"]]


def test_one_picture_does_not_wait_whatever_the_order() -> None:
    for blocks in (BLOCKS, list(reversed(BLOCKS))):
        page = front(*EVERYTHING, blocks=blocks)
        assert len(page.xpath("//img[@fetchpriority='high']")) <= 1
        assert [node.tag for node in page.iter("h1")] == ["h1"]
