"""The theme broadsheet: which style sheets a page has, and how they are written."""

import re

import pytest

from conftest import ROOT
from sitebench import SMALL, SiteBench, article

ASSETS = ROOT / "themes/broadsheet/assets"
PHYSICAL = r"(?:^|[{;]\s*|\n\s*)((?:margin|padding|border)-(?:left|right)\b|(?:left|right)\s*:|float\b)"
STORY = "---\ntitle: An event\npublished: 2026-05-02\ntopic: chips\n---\n"
SHEETS = {
    "index.html": ["style", "cards", "front", "print"],
    "news/chips/a1/index.html": ["style", "article", "print"],
    "news/chips/a2/index.html": ["style", "article", "rich", "print"],
    "stories/event/index.html": ["style", "cards", "article", "rich", "data", "compare", "print"],
    "topics/chips/index.html": ["style", "cards", "article", "rich", "pages", "data", "barcode", "print"],
    "stories/index.html": ["style", "cards", "article", "rich", "pages", "data", "barcode", "print"],
    "insights/index.html": ["style", "cards", "article", "rich", "pages", "data", "print"],
    "topics/index.html": ["style", "pages", "print"],
    "feeds/index.html": ["style", "pages", "feeds", "print"],
    "about/index.html": ["style", "article", "rich", "pages", "print"],
    "404.html": ["style", "front", "pages", "print"],
}


@pytest.fixture
def built(bench: SiteBench) -> SiteBench:
    bench.write_all(SMALL).edit("site.toml", 'name = "base"', 'name = "broadsheet"')
    bench.write("content/stories/event.md", STORY)
    bench.write("content/articles/a1.md", article("One", 1, story="event"))
    return bench.write("content/articles/a2.md", article("Two", 2, body="It prints `None`.")).build().expect_built()


def sheets(page: str) -> list[tuple[str, str | None]]:
    """The names and media of a page's style sheets, less those of the tokens and of what all themes share."""
    found = re.findall(r'<link rel="stylesheet"(?: media="(\w+)")? href="/assets/(\w+)\.', page)
    return [(name, media or None) for media, name in found if name not in ("tokens", "ground")]


@pytest.mark.parametrize("path", SHEETS)
def test_a_page_links_the_sheets_that_its_kind_needs(built: SiteBench, path: str) -> None:
    found = sheets(built.page(path).text)
    assert [name for name, _ in found] == SHEETS[path]
    assert [name for name, media in found if media == "print"] == ["print"]


def test_a_kind_of_page_that_the_theme_does_not_know_has_all_sheets(bench: SiteBench) -> None:
    bench.write_all(SMALL).edit("site.toml", 'name = "base"', 'name = "mine"')
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "broadsheet"\n')
    bench.write("themes/mine/templates/page.html", '{% extends "layout.html" %}{% set kind = "mine" %}')
    bench.build().expect_built()
    names = [name for name, _ in sheets(bench.page("about/index.html").text)]
    assert set(names) == {file.stem for file in ASSETS.glob("*.css")} | {"print"}


@pytest.mark.parametrize("sheet", sorted(file.name for file in ASSETS.glob("*.css")))
def test_every_side_is_named_by_the_way_of_writing(sheet: str) -> None:
    assert not re.findall(PHYSICAL, (ASSETS / sheet).read_text())


def test_sizes_of_text_come_from_the_scale() -> None:
    """Else they are relative to the text that they stand in, or points on paper."""
    sizes = re.findall(r"font-size: ([^;]+);", "".join(file.read_text() for file in ASSETS.glob("*.css")))
    assert len(sizes) > 30
    odd = {one for one in sizes if "var(--" not in one and not one.endswith(("em", "pt")) and one != "inherit"}
    assert odd == set()
