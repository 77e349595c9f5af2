"""The comparison of a story's sources, in every theme that people see."""

import pytest
from playwright.sync_api import Page, expect

from browsing import Serve, Welcome

STORY = "stories/meta-model-capability-initiative/"
SOURCES = ("Reuters", "Firstpost", "The Information", "BBC News", "New York Post")
PHONE = 360
LATEST_START = 1600
"""How far down a phone's page the differences begin at most, in pixels."""


@pytest.fixture(params=["broadsheet", "river", "terminal"])
def theme(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


def top(page: Page, selector: str) -> float:
    found: float = page.eval_on_selector(selector, "node => node.getBoundingClientRect().top + scrollY")
    return found


def shown(page: Page, selector: str) -> list[str]:
    return [one for one in page.locator(f"{selector}:visible").all_inner_texts() if one]


def test_all_sources_of_an_aspect_are_side_by_side_and_two_can_be_chosen(
    serve: Serve, welcome: Welcome, theme: str
) -> None:
    page = welcome(serve("demo", theme), 1280).open(STORY)
    for views in page.locator(".views").all():
        places = views.locator(":scope > div").evaluate_all("nodes => nodes.map(node => node.offsetTop)")
        assert len(set(places)) == 1
        assert len(places) == len(SOURCES)

    first, second = (page.get_by_role("group", name=name) for name in ("Compare two sources", "with"))
    expect(second).to_be_hidden()
    assert shown(page, ".matrix thead th") == ["Fact", *SOURCES]
    first.get_by_label("All sources").focus()
    page.keyboard.press("ArrowRight")
    expect(first.get_by_label("Reuters")).to_be_checked()
    expect(second.get_by_label("Reuters")).to_be_hidden()
    assert shown(page, ".matrix thead th") == ["Fact", *SOURCES], "one source alone is no pair"
    page.keyboard.press("Tab")
    expect(second.get_by_label("Firstpost")).to_be_focused()
    page.keyboard.press("Space")
    assert shown(page, ".matrix thead th") == ["Fact", "Reuters", "Firstpost"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(second.get_by_label("BBC News")).to_be_checked()
    # Counted by hand: Reuters alone has the flyers and the slogan, the BBC alone has six others.
    assert len(shown(page, ".matrix tbody tr")) == 8
    assert len(shown(page, ".aspect")) == 5
    assert {len(views.locator("dt:visible").all()) for views in page.locator(".views").all()} == {2}
    expect(page.get_by_role("heading", name="What all sources agree on")).to_be_hidden()
    assert shown(page, ".alike") == []
    first.get_by_label("All sources").check()
    assert shown(page, ".matrix thead th") == ["Fact", *SOURCES]
    assert len(shown(page, ".matrix tbody tr")) == 18
    assert page.evaluate("document.documentElement.scrollWidth") <= 1280


def test_on_a_phone_the_differences_come_soon_and_every_source_has_a_chip(
    serve: Serve, welcome: Welcome, theme: str
) -> None:
    page = welcome(serve("demo", theme), PHONE).open(STORY)
    assert top(page, "#differences") <= LATEST_START
    for row in page.locator(".matrix tbody tr").all():
        chips = row.locator("td").evaluate_all(
            "nodes => nodes.map(node => [node.dataset.label, node.getBoundingClientRect().right])"
        )
        assert [name for name, _ in chips] == [*SOURCES]
        assert max(right for _, right in chips) <= PHONE
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE


def test_two_sources_that_do_not_differ_are_said_not_to(serve: Serve, welcome: Welcome, theme: str) -> None:
    page = welcome(serve("golden", theme), PHONE).open("stories/collision/")
    first, second = (page.get_by_role("group", name=name) for name in ("Compare two sources", "with"))
    names = first.locator("label").all_inner_texts()[1:]
    observer, courier, wirelet = (next(name for name in names if word in name) for word in ("Obs", "Cou", "Wir"))
    first.get_by_label(observer).check()
    second.get_by_label(courier).check()
    # The fuel: told by one and disputed by the other.
    assert len(shown(page, ".matrix tbody tr")) == 1
    assert len(shown(page, ".aspect")) == 1
    assert shown(page, ".alike") == []
    second.get_by_label(wirelet).check()
    assert len(shown(page, ".matrix tbody tr")) == 2
    first.get_by_label(wirelet).check()
    assert shown(page, ".alike") == [], "one source twice is no pair"
