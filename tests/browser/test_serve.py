"""The preview in a real browser: the page follows the files without anybody loading it again."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from previewing import Preview

from sitebench import SiteBench, article
from waiting import wait_until

ARTICLE = "content/articles/a1.md"


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A preview of a site whose theme forbids all scripts; its name makes all of its pages anew."""
    from sitebench import SMALL

    bench = SiteBench(tmp_path_factory.mktemp("preview")).write_all(SMALL)
    for number in range(60):
        bench.write(f"content/articles/b{number}.md", article(f"More {number}", 1 + number % 28))
    bench.write("themes/still/theme.toml", 'title = "Still"\nextends = "broadsheet"\n[options]\nscript = false\n')
    bench.edit("site.toml", '"base"', '"still"').edit("site.toml", "bench.example", "bench.example/news")
    with Preview(bench.write(ARTICLE, article("First", 30))) as running:
        yield running


@pytest.fixture
def page(chromium: Browser, preview: Preview) -> Iterator[Page]:
    """The page of an article, opened; but that there is none its console says nothing."""
    preview.bench.write(ARTICLE, article("First", 30))
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda line: said.append(line.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    wait_until(lambda: "<h1>First" in preview.ask("/news/news/chips/a1/")[1])
    page.goto(f"{preview.url}news/chips/a1/")
    yield page
    context.close()
    assert [line for line in said if "404 (Not Found)" not in line] == []


def test_an_edit_is_shown(preview: Preview, page: Page) -> None:
    preview.bench.edit(ARTICLE, "title: First", "title: Second")
    expect(page.get_by_role("heading", level=1)).to_have_text("Second", timeout=60_000)


def test_a_fault_is_shown_over_the_page_until_it_is_fixed(preview: Preview, page: Page) -> None:
    preview.bench.edit(ARTICLE, "topic: chips", "topic: <img src=x>")
    overlay = page.get_by_role("alertdialog", name="1 error")
    expect(overlay).to_be_visible(timeout=60_000)
    expect(overlay.get_by_role("listitem")).to_contain_text(f"{ARTICLE}:6")
    expect(overlay).to_contain_text("no topic '<img src=x>'")
    expect(overlay.get_by_role("button", name="Close")).to_be_focused()
    page.keyboard.press("Escape")
    expect(overlay).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_have_text("First")
    page.get_by_role("button", name="1 error").click()
    expect(overlay).to_be_visible()
    preview.bench.edit(ARTICLE, "topic: <img src=x>", "topic: chips")
    expect(page.locator("newsprint-preview")).to_have_count(0, timeout=60_000)
    expect(page.get_by_role("heading", level=1)).to_have_text("First")


def test_warnings_are_shown_in_the_corner(preview: Preview, page: Page) -> None:
    preview.bench.write(ARTICLE, article("First", 30, tags=[]))
    note = page.get_by_role("button", name="1 warning")
    expect(note).to_be_visible(timeout=60_000)
    expect(page.get_by_role("alertdialog")).to_be_hidden()
    note.click()
    expect(page.get_by_role("alertdialog")).to_contain_text("'tags' is empty")


def test_a_page_that_is_gone_and_comes_again_is_followed(preview: Preview, page: Page) -> None:
    preview.bench.remove(ARTICLE)
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found", timeout=60_000)
    preview.bench.write(ARTICLE, article("Back", 30))
    expect(page.get_by_role("heading", level=1)).to_have_text("Back", timeout=60_000)


def test_edits_during_a_build_end_in_the_state_of_the_last(preview: Preview, page: Page) -> None:
    staging = preview.folder / ".newsprint-staging"
    preview.bench.edit("site.toml", "News for tests.", "News for tests, again.")
    wait_until(staging.exists)  # all pages are rendered anew, and the records are read already
    preview.bench.edit(ARTICLE, "title: First", "title: Second")
    preview.bench.edit(ARTICLE, "title: Second", "title: Third")
    expect(page.get_by_role("heading", level=1)).to_have_text("Third", timeout=60_000)
    wait_until(lambda: "again" in preview.ask("/news/")[1])
