"""Articles on paper: printed to PDF by a real browser, in each bundled theme."""

import re

import pytest

from browsing import Serve, Welcome
from conftest import THEMES

STORY = "stories/meta-model-capability-initiative/"
FEATURE = "news/artificial-intelligence/half-an-hour-of-privacy/"

SHOWN = """
(names) => names.filter((name) => [...document.querySelectorAll(name)].some((node) => node.checkVisibility()))
"""
NOTES = """
() => [
  new Set([...document.querySelectorAll("[data-note]")].map((node) => Number(node.dataset.note))).size,
  document.querySelectorAll(".printed li").length,
]
"""
ONLY_ON_SCREEN = ["nav", ".slot", ".related", ".site-footer", ".story-box", ".entities", ".skip", ".scheme"]


def sheets(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


@pytest.mark.parametrize("theme", THEMES)
def test_a_feature_of_three_minutes_is_printed_on_two_sheets(serve: Serve, welcome: Welcome, theme: str) -> None:
    page = welcome(serve("demo", theme)).open(FEATURE)
    assert page.get_by_text("3 min read").first.is_visible()
    assert not page.locator(".printed").is_visible()
    assert sheets(page.pdf(format="A4")) <= 2
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN, ONLY_ON_SCREEN) == []
    assert page.locator(".printed").inner_text().startswith(f"https://newsprint.example/news/{FEATURE}, 5 June 2026")
    numbers, notes = page.evaluate(NOTES)
    assert numbers == notes > 5
    page.emulate_media(media="null")


@pytest.mark.parametrize("theme", THEMES)
def test_a_story_of_five_sources_is_printed_on_a_spread(serve: Serve, welcome: Welcome, theme: str) -> None:
    page = welcome(serve("demo", theme)).open(STORY)
    assert sheets(page.pdf(format="A4")) <= 2
    page.emulate_media(media="print")
    assert page.evaluate(SHOWN, ["nav", ".slot", ".pick", ".since", ".site-footer"]) == []
    parts = [".matrix td", ".views dd", ".techniques li", ".reports th", ".timeline li", ".change"]
    assert page.evaluate(SHOWN, parts) == parts
    page.emulate_media(media="null")
