"""The theme broadsheet: which style sheets a page has, and what paper gets."""

import re

import pytest

from conftest import ROOT
from sitebench import SMALL, SiteBench, article

ASSETS = ROOT / "themes/broadsheet/assets"
PHYSICAL = r"(?:^|[{;]\s*|\n\s*)((?:margin|padding|border)-(?:left|right)\b|(?:left|right)\s*:|float\b)"
STORY = "---\ntitle: An event\npublished: 2026-05-02\ntopic: chips\n---\n"
SHEETS = {
    "index.html": ["style", "front", "print"],
    "news/chips/a1/index.html": ["style", "article", "print"],
    "stories/event/index.html": ["style", "article", "data", "print", "compare"],
    "topics/chips/index.html": ["style", "article", "pages", "data", "print"],
    "stories/index.html": ["style", "article", "pages", "data", "print"],
    "insights/index.html": ["style", "article", "pages", "data", "print"],
    "topics/index.html": ["style", "pages", "print"],
    "feeds/index.html": ["style", "pages", "print"],
    "about/index.html": ["style", "article", "pages", "print"],
    "404.html": ["style", "front", "pages", "print"],
}


@pytest.fixture
def built(bench: SiteBench) -> SiteBench:
    bench.write_all(SMALL).edit("site.toml", 'name = "base"', 'name = "broadsheet"')
    bench.write("content/stories/event.md", STORY)
    return bench.write("content/articles/a1.md", article("One", 1, story="event")).build().expect_built()


def sheets(page: str) -> list[tuple[str, str | None]]:
    """The names and media of a page's style sheets, less those of the tokens and of pictures."""
    found = re.findall(r'<link rel="stylesheet"(?: media="(\w+)")? href="/assets/(\w+)\.', page)
    return [(name, media or None) for media, name in found if name not in ("tokens", "pictures")]


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
    assert set(names) == {file.stem for file in ASSETS.glob("*.css")}


def rules(sheet: str) -> dict[str, str]:
    """The declarations of a flat sheet by each of its selectors."""
    plain = re.sub(r"/\*.*?\*/", "", (ASSETS / sheet).read_text(), flags=re.DOTALL)
    found: dict[str, str] = {}
    for selectors, declarations in re.findall(r"([^{}]+)\{([^{}]*)\}", plain):
        for selector in re.split(r",(?![^(]*\))", selectors):
            found[selector.strip()] = found.get(selector.strip(), "") + declarations
    return found


def test_on_paper_there_is_no_navigation_and_links_tell_their_addresses() -> None:
    on_paper = rules("print.css")
    assert all("display: none" in on_paper[one] for one in ("nav", ".skip", ".site-footer"))
    assert "attr(href)" in on_paper['.prose a[href]:not([href^="#"])::after']
    assert "attr(href)" in on_paper[':is(.about, .reports) a[href^="http"]::after']


def test_on_paper_the_sponsor_is_labelled() -> None:
    hidden = [selector for selector, said in rules("print.css").items() if "display: none" in said]
    assert not [selector for selector in hidden if "slot" in selector and selector != ".slot-creative::before"]
    assert "color: #000" in rules("print.css")[".slot-label"]


def test_paper_is_white_in_either_scheme() -> None:
    """Three times `:root` outweighs `:root:not([data-scheme])`, where the dark scheme is set."""
    reset = rules("print.css")[":root:root:root"]
    assert "color-scheme: light" in reset
    assert "--paper: #fff" in reset
    assert "--ink: #000" in reset


@pytest.mark.parametrize("sheet", sorted(file.name for file in ASSETS.glob("*.css")))
def test_every_side_is_named_by_the_way_of_writing(sheet: str) -> None:
    assert not re.findall(PHYSICAL, (ASSETS / sheet).read_text())


def test_sizes_of_text_come_from_the_scale() -> None:
    """Else they are relative to the text that they stand in, or points on paper."""
    sizes = re.findall(r"font-size: ([^;]+);", "".join(file.read_text() for file in ASSETS.glob("*.css")))
    assert len(sizes) > 30
    odd = {one for one in sizes if "var(--" not in one and not one.endswith(("em", "pt")) and one != "inherit"}
    assert odd == set()
