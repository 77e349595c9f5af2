"""The composition of the front page: which blocks it has, in what order, and what stands beside what."""

from itertools import permutations, takewhile

import msgspec
import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from conftest import ROOT
from generator.config import ThemeSection
from generator.digest import digest_bytes
from generator.limits import Limits
from generator.outputs import Output
from generator.outputs.pages import FrontPage
from generator.outputs.parts import Chrome
from generator.plan.pages.front import plan_front
from generator.records import Asset, ImageRef, Record, Story
from generator.render.pages import PageRenderer
from generator.theme import open_theme
from materials import day, make_article, make_articles, make_campaign, make_config, make_newsroom, make_record, views_of

pytestmark = pytest.mark.slow

CHROME = Chrome(title="Bench News", tagline="", language="en", home="/", base_path="")
BLOCKS = ["lead", "secondary", "latest", "covered", "grid", "slot", "sections"]
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
PICTURE = Asset(name="chip.png", file="content/media/chip.png", digest=digest_bytes(b"chip"), width=8, height=4)
PICTURED = make_article("lead", pinned=True, image=ImageRef(src="chip.png", alt="A chip"))
EVERYTHING = (
    *make_articles(20),
    make_article("told", day(1), story="event"),
    make_record(Story, "event"),
    make_campaign("c1"),
)


def front(*records: Record, blocks: list[str] | None = None) -> HtmlElement:
    config = make_config(theme=msgspec.to_builtins(ThemeSection(name="base")), front={"grid_items": 4})
    theme = open_theme(ROOT, config)
    options = theme.options if blocks is None else {**theme.options, "front_blocks": blocks}
    (view,) = views_of(
        plan_front, make_newsroom(*records, assets={(PICTURED.file, "chip.png"): PICTURE}, front={"grid_items": 4})
    ).values()
    assert isinstance(view, FrontPage)
    renderer = PageRenderer(msgspec.structs.replace(theme, options=options), CHROME, Limits())
    (path,) = views_of(plan_front, make_newsroom())
    page = renderer.render(Output(path, view, "the front page"), lambda _: "")  # type: ignore[arg-type]
    return lxml_html.document_fromstring(page.decode())


def shown(node: HtmlElement) -> list[str]:
    """The blocks of a page or rail in their order."""
    kinds = [one.get("class", "").split()[:1] for one in node.iter("section", "aside", "div")]
    return [MARKS[kind[0]] for kind in kinds if kind and kind[0] in MARKS]


def beside(page: HtmlElement) -> list[str]:
    """The blocks beside the lead or below it."""
    return [name for place in page.find_class("beside") for name in shown(place)]


def texts(page: HtmlElement, block: str) -> list[str]:
    """The headlines of a block."""
    return [link.text_content() for part in page.find_class(block) for link in part.iterfind(".//h3/a")]


def test_every_block_stands_in_its_usual_order() -> None:
    page = front(*EVERYTHING)
    assert shown(page) == BLOCKS
    assert beside(page) == ["secondary", "latest"]


@pytest.mark.parametrize("blocks", [list(reversed(BLOCKS)), ["sections", "lead"], ["slot"], []])
def test_the_option_chooses_the_blocks_and_their_order(blocks: list[str]) -> None:
    assert shown(front(*EVERYTHING, blocks=blocks)) == blocks


@pytest.mark.parametrize("blocks", [*permutations(["lead", "secondary", "latest", "covered"])], ids=" ".join)
def test_what_follows_the_lead_stands_beside_it(blocks: tuple[str, ...]) -> None:
    after = blocks[blocks.index("lead") + 1 :]
    wanted = takewhile(lambda name: name != "covered", after)
    page = front(*EVERYTHING, blocks=list(blocks))
    assert beside(page) == list(wanted)
    assert sorted(shown(page)) == sorted(blocks)


def test_what_has_nothing_to_show_is_left_out() -> None:
    assert shown(front()) == []
    assert shown(front(make_article("a1"))) == ["lead"]
    assert not front(make_article("a1")).find_class("beside")


def test_the_latest_have_as_much_room_as_the_lead_and_the_rest_is_among_the_other_news() -> None:
    articles = [make_article(f"a{number}", title=f"A{number} " + "word " * 6) for number in range(20)]
    pictured = front(*articles, PICTURED)
    few = texts(pictured, "latest")
    assert 0 < len(few) < len(texts(front(*articles), "latest"))
    assert len({*texts(pictured, "latest"), *texts(pictured, "more")}) == len(few) + len(texts(pictured, "more"))


def test_without_their_block_the_latest_are_among_the_other_news() -> None:
    with_block, without = front(*EVERYTHING), front(*EVERYTHING, blocks=["lead", "secondary", "grid"])
    assert texts(without, "more") == [*texts(with_block, "latest"), *texts(with_block, "more")]


def test_one_picture_does_not_wait_whatever_the_order() -> None:
    for blocks in (BLOCKS, list(reversed(BLOCKS))):
        page = front(*EVERYTHING, blocks=blocks)
        assert len(page.xpath("//img[@fetchpriority='high']")) <= 1
        assert [node.tag for node in page.iter("h1")] == ["h1"]
