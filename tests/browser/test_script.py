"""The script of base in a real browser: relative times, the choice of colours, follows."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any, Self

import pytest
from lxml import etree
from playwright.sync_api import Browser, BrowserContext, Page, expect
from serving import Quiet, Server

from sitebench import NOW, SMALL, SiteBench, article

HOSTILE = "<img src=x onerror=alert(1)>"
NO_STORAGE = """
Object.defineProperty(window, "localStorage", { get() { throw new DOMException("no", "SecurityError"); } });
"""
SCHEME_AT_FIRST_SIGHT = """
new MutationObserver((_, observer) => {
  if (!document.body) return;
  window.schemeAtFirstSight = document.documentElement.dataset.scheme ?? "";
  observer.disconnect();
}).observe(document, { childList: true, subtree: true });
"""


def ago(**time: int) -> str:
    return f"{NOW - timedelta(**time):%Y-%m-%dT%H:%M:%SZ}"


NEWS = {
    "content/articles/now.md": article("Half an hour old", 1, published=ago(minutes=30)),
    "content/articles/today.md": article("Three hours old", 1, published=ago(hours=3), topic="space", source="post"),
    "content/articles/days.md": article("Two days old", 1, published=ago(days=2), also=["space"]),
    "content/articles/week.md": article("Seven days old", 1, published=ago(days=7), topic="space", source="post"),
    "content/articles/month.md": article("A month old", 1, source="post"),
}


Serve = Callable[[Path], str]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serves folders, each at an address of its own."""
    with ExitStack() as servers:
        yield lambda folder: servers.enter_context(Server(partial(Quiet, directory=str(folder)))).url


class Reader:
    """Somebody with a browser of their own. `faults` is all that a page did and must not do."""

    def __init__(self, chromium: Browser, host: str, **options: Any) -> None:
        self.context: BrowserContext = chromium.new_context(**options)
        self.context.clock.install(time=NOW)
        self.host = host
        self.faults: list[str] = []
        self.context.on("console", lambda message: self._note(message.text, message.type in ("error", "warning")))
        self.context.on("weberror", lambda error: self._note(str(error.error)))
        self.context.on("request", lambda request: self._note(request.url, not request.url.startswith((host, "blob:"))))

    def open(self, path: str) -> Page:
        """Open a page beside those that are open: the process that shows them ends with the last one."""
        page = self.context.new_page()
        page.goto(self.host + path)
        return page

    def follow(self, *paths: str) -> Self:
        for path in paths:
            self.open(path).locator("main .follow button").click()
        return self

    def remember(self, follows: str) -> None:
        """Let the site find this in the browser."""
        page = self.open("/latest/")
        page.evaluate("(follows) => localStorage.setItem('newsprint-follows:/for-you/', follows)", follows)

    def _note(self, what: str, is_fault: bool = True) -> None:
        if is_fault:
            self.faults.append(what)


@pytest.fixture
def news(tmp_path: Path) -> SiteBench:
    """A site with news of the last minutes, hours and days."""
    return SiteBench(tmp_path / "site").write_all(SMALL).write_all(NEWS)


Welcome = Callable[..., Reader]


@pytest.fixture
def welcome(chromium: Browser, serve: Serve) -> Iterator[Welcome]:
    """Builds a site and gives it a reader; whatever its pages did wrong fails the test."""
    readers: list[Reader] = []

    def start(bench: SiteBench, *, under: str = "", **options: Any) -> Reader:
        folder = bench.root.parent / f"host-{len(readers)}"
        bench.output = folder / under
        bench.build().expect_built()
        readers.append(Reader(chromium, serve(folder), **options))
        return readers[-1]

    yield start
    for reader in readers:
        reader.context.close()
    assert [fault for reader in readers for fault in reader.faults] == []


# Times


def times(page: Page) -> dict[str, str]:
    """The times in the main list of a page, by the headlines beside them."""
    return {
        card.locator("h2").inner_text(): card.locator("time").inner_text() for card in page.locator(".listed li").all()
    }


def test_times_of_the_last_days_are_relative_and_older_ones_stay(news: SiteBench, welcome: Welcome) -> None:
    page = welcome(news).open("/latest/")
    assert times(page) == {
        "Half an hour old": "30 minutes ago",
        "Three hours old": "3 hours ago",
        "Two days old": "2 days ago",
        "Seven days old": "3 June 2026",
        "A month old": "1 May 2026",
    }
    recent = page.locator("time", has_text="2 days ago")
    assert (recent.get_attribute("title"), recent.get_attribute("datetime")) == ("8 June 2026", ago(days=2))


def test_times_go_on_with_the_clock(news: SiteBench, welcome: Welcome) -> None:
    page = welcome(news).open("/latest/")
    page.clock.run_for(60_000)
    assert times(page)["Half an hour old"] == "31 minutes ago"
    page.clock.fast_forward("10:00:00")
    assert times(page)["Three hours old"] == "13 hours ago"
    page.clock.fast_forward(timedelta(days=7) // timedelta(milliseconds=1))
    assert times(page)["Three hours old"] == "10 June 2026"


def test_on_paper_times_are_absolute(news: SiteBench, welcome: Welcome) -> None:
    page = welcome(news).open("/latest/")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert times(page)["Half an hour old"] == "10 June 2026"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert times(page)["Half an hour old"] == "30 minutes ago"


@pytest.mark.parametrize(
    ("language", "said"), [("de-AT", "vor 3 Stunden"), ("fr", "il y a 3 heures"), ("tlh", "10 June 2026")]
)
def test_times_are_in_the_language_of_the_page_or_stay(
    news: SiteBench, welcome: Welcome, language: str, said: str
) -> None:
    news.edit("site.toml", "[theme]", f'language = "{language}"\n[theme]')
    assert times(welcome(news).open("/latest/"))["Three hours old"] == said


# Colours


def choose(page: Page, scheme: str) -> None:
    page.get_by_label("Colours").select_option(scheme)


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))


def test_chosen_colours_are_kept_for_every_page_and_worn_before_it_is_seen(news: SiteBench, welcome: Welcome) -> None:
    reader = welcome(news, color_scheme="light")
    reader.context.add_init_script(SCHEME_AT_FIRST_SIGHT)
    page = reader.open("/")
    light = ground(page)
    choose(page, "dark")
    dark = ground(page)
    assert dark != light
    page.reload()
    for seen in (page, reader.open("/topics/chips/")):
        assert seen.evaluate("schemeAtFirstSight") == "dark"
        assert ground(seen) == dark
        assert seen.get_by_label("Colours").input_value() == "dark"
    choose(page, "")
    assert ground(page) == light
    assert ground(reader.open("/")) == light


def test_light_can_be_chosen_if_the_system_is_dark(news: SiteBench, welcome: Welcome) -> None:
    page = welcome(news, color_scheme="dark").open("/")
    dark = ground(page)
    choose(page, "light")
    assert ground(page) != dark


def test_the_colour_of_the_browsers_bar_follows(news: SiteBench, welcome: Welcome) -> None:
    page = welcome(news.edit("site.toml", '"base"', '"broadsheet"'), color_scheme="light").open("/")

    def media() -> list[str | None]:
        return [meta.get_attribute("media") for meta in page.locator("meta[name='theme-color']").all()]

    own = media()
    choose(page, "dark")
    assert media() == ["not all", "all"]
    choose(page, "")
    assert media() == own


def test_another_open_page_changes_with_the_choice(news: SiteBench, welcome: Welcome) -> None:
    reader = welcome(news, color_scheme="light")
    first, second = reader.open("/"), reader.open("/latest/")
    choose(first, "dark")
    expect(second.get_by_label("Colours")).to_have_value("dark")
    expect(second.locator("html")).to_have_attribute("data-scheme", "dark")


# Follows


def shown(page: Page) -> list[str]:
    """The headlines on /for-you/, when all feeds are there."""
    expect(page.locator("[data-part='note']")).not_to_contain_text("Loading")
    return page.locator(".newest .headline").all_inner_texts()


def test_a_topic_is_followed_and_left_again(news: SiteBench, welcome: Welcome) -> None:
    reader = welcome(news)
    page = reader.open("/topics/chips/")
    button = page.get_by_role("button", name="Follow Chips")
    button.focus()
    expect(button).to_have_attribute("aria-pressed", "false")
    page.keyboard.press("Enter")
    following = page.get_by_role("button", name="Following Chips")
    expect(following).to_have_attribute("aria-pressed", "true")
    expect(following).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("You follow Chips.")
    page.reload()
    expect(following).to_be_visible()
    following.click()
    expect(page.get_by_role("status")).to_have_text("You no longer follow Chips.")
    assert page.evaluate("localStorage.length") == 0


def test_for_you_shows_the_newest_of_topics_and_sources_each_article_once(news: SiteBench, welcome: Welcome) -> None:
    reader = welcome(news).follow("/topics/space/", "/sources/post/")
    page = reader.open("/for-you/")
    assert shown(page) == ["Three hours old", "Two days old", "Seven days old", "A month old"]
    first = page.locator(".newest li").first
    assert first.locator("time").inner_text() == "3 hours ago"
    assert first.locator("span").inner_text() == "The Post"
    first.get_by_role("link").click()
    expect(page.locator("h1")).to_have_text("Three hours old")
    assert page.url == f"{reader.host}/news/space/today/"


def test_what_is_left_on_for_you_goes_at_once_and_can_be_taken_back(news: SiteBench, welcome: Welcome) -> None:
    page = welcome(news).follow("/topics/space/", "/sources/post/").open("/for-you/")
    page.get_by_role("button", name="Following The Post").click()
    expect(page.locator(".newest .headline")).to_have_text(["Three hours old", "Two days old", "Seven days old"])
    again = page.get_by_role("button", name="Follow The Post")
    expect(again).to_be_focused()
    again.click()
    expect(page.locator(".newest .headline")).to_have_count(4)
    page.get_by_role("button", name="Following The Post").click()
    page.reload()
    expect(page.locator(".followed li")).to_have_count(1)


def test_at_most_fifty_articles_are_shown(news: SiteBench, welcome: Welcome) -> None:
    for number in range(48):
        news.write(f"content/articles/n{number}.md", article(f"N{number}", 1, published=ago(days=9, minutes=number)))
    reader = welcome(news).follow("/topics/chips/", "/topics/space/", "/sources/post/", "/sources/wire/")
    headlines = shown(reader.open("/for-you/"))
    assert len(headlines) == len(set(headlines)) == 50
    assert headlines[:5] == ["Half an hour old", "Three hours old", "Two days old", "Seven days old", "N0"]


def test_a_reader_who_follows_nothing_is_shown_how(news: SiteBench, welcome: Welcome) -> None:
    page = welcome(news).open("/for-you/")
    expect(page.get_by_text("Nothing yet.")).to_be_visible()
    expect(page.locator(".newest")).to_be_hidden()
    expect(page.get_by_text("needs JavaScript")).to_have_count(0)


def test_a_feed_that_fails_is_named_and_the_others_are_shown(news: SiteBench, welcome: Welcome) -> None:
    reader = welcome(news).follow("/topics/space/", "/sources/post/")
    (news.output / "sources/post/feed.xml").write_text("<p>Moved")
    page = reader.open("/for-you/")
    assert shown(page) == ["Three hours old", "Two days old", "Seven days old"]
    expect(page.locator("[data-part='note']")).to_have_text("Could not be loaded: The Post.")


def test_forgetting_all_is_asked_for_and_leaves_nothing(news: SiteBench, welcome: Welcome) -> None:
    reader = welcome(news).follow("/topics/space/", "/sources/post/")
    page = reader.open("/for-you/")
    forget = page.get_by_role("button", name="Forget all")
    page.once("dialog", lambda dialog: dialog.dismiss())
    forget.click()
    assert len(shown(page)) == 4
    page.once("dialog", lambda dialog: dialog.accept())
    forget.click()
    expect(page.get_by_role("status").first).to_have_text("Everything has been forgotten.")
    expect(page.locator(".newest")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


def test_follows_go_out_as_opml_and_come_back(news: SiteBench, welcome: Welcome, tmp_path: Path) -> None:
    page = welcome(news).follow("/topics/space/", "/sources/post/").open("/for-you/")
    with page.expect_download() as caught:
        page.get_by_role("button", name="Export as OPML").click()
    assert caught.value.suggested_filename == "follows.opml"
    file = tmp_path / "follows.opml"
    caught.value.save_as(file)
    opml = etree.parse(file).getroot()
    assert (opml.tag, opml.get("version"), opml.findtext("head/title")) == ("opml", "2.0", "For you – Bench News")
    assert [dict(outline.attrib) for outline in opml.iterfind("body/outline")] == [
        {
            "type": "rss",
            "text": title,
            "title": title,
            "xmlUrl": f"https://bench.example/{path}feed.xml",
            "htmlUrl": f"https://bench.example/{path}",
        }
        for title, path in (("Space", "topics/space/"), ("The Post", "sources/post/"))
    ]
    other = welcome(news).open("/for-you/")
    other.locator("input[type='file']").set_input_files(file)
    expect(other.get_by_role("button", name="Following The Post")).to_be_visible()
    assert len(shown(other)) == 4


def test_a_file_with_nothing_of_this_site_brings_nothing(news: SiteBench, welcome: Welcome, tmp_path: Path) -> None:
    reader = welcome(news)
    for text in (
        "no XML",
        '<opml version="2.0"><body><outline text="x" xmlUrl="https://evil.example/feed.xml"/></body></opml>',
        '<opml version="2.0"><body><outline text="x" xmlUrl="javascript:alert(1)"/></body></opml>',
    ):
        (tmp_path / "x.opml").write_text(text)
        page = reader.open("/for-you/")
        page.locator("input[type='file']").set_input_files(tmp_path / "x.opml")
        expect(page.get_by_role("status").first).to_have_text("The file contains no feeds of this site.")
        expect(page.locator(".followed li")).to_have_count(0)


def test_everything_works_under_a_path(news: SiteBench, welcome: Welcome) -> None:
    news.edit("site.toml", "https://bench.example", "https://bench.example/some/path")
    reader = welcome(news, under="some/path").follow("/some/path/topics/space/")
    assert shown(reader.open("/some/path/for-you/")) == ["Three hours old", "Two days old", "Seven days old"]


# Strangers, and browsers that forbid


# Since you were here

STORY = """\
---
title: The race
published: 2026-06-01T08:00:00Z
topic: chips
facts:
  - {text: Three makers published figures., sources: [wire], at: 2026-06-02T08:00:00Z}
  - {text: One of them was measured., sources: [wire], at: 2026-06-02T08:00:00Z%s}
%s---
"""
DISPUTED = ", disputed_by: [post], disputed_at: 2026-06-03T08:00:00Z"
ADDED = """\
  - {text: A fourth maker is named., sources: [post], at: 2026-06-04T08:00:00Z}
revisions:
  - {at: 2026-06-05T08:00:00Z, note: Two were three., significant: true}
"""


def news_of(page: Page) -> tuple[list[str], int]:
    """What a story says is new: in its line, and how many bars there are."""
    return page.locator(".since").all_text_contents(), page.locator(".is-new").count()


def test_a_story_shows_what_is_new_since_the_last_visit(news: SiteBench, welcome: Welcome) -> None:
    reader = welcome(news.write("content/stories/race.md", STORY % ("", "")))
    for _ in range(2):
        assert news_of(reader.open("/stories/race/")) == ([], 0)
    news.write("content/stories/race.md", STORY % (DISPUTED, ADDED)).build().expect_built()
    page = reader.open("/stories/race/")
    assert news_of(page) == (["3 new since your last visit"], 3)
    assert page.locator("tr.is-new th").all_text_contents() == [
        "New: One of them was measured.",
        "New: A fourth maker is named.",
    ]
    expect(page.locator(".change-correction.is-new")).to_contain_text("Two were three.")
    page.locator(".since").click()
    expect(page.locator("tr.is-new").first).to_be_in_viewport()
    assert page.url.endswith("#since")
    assert news_of(reader.open("/stories/race/")) == ([], 0)
    for spoilt in ('{"/stories/race/": 1}', '[["/stories/race/"], 7, null]', "no JSON", "null"):
        page.evaluate("(text) => localStorage.setItem('newsprint-seen', text)", spoilt)
        assert news_of(reader.open("/stories/race/")) == ([], 0), spoilt
    page.evaluate("localStorage.setItem('newsprint-seen', '[[\"/stories/race/\", \"\"]]')")
    assert news_of(reader.open("/stories/race/"))[0] == ["5 new since your last visit"]


def test_a_story_says_nothing_of_visits_if_nothing_may_be_kept(news: SiteBench, welcome: Welcome) -> None:
    reader = welcome(news.write("content/stories/race.md", STORY % (DISPUTED, ADDED)))
    reader.context.add_init_script(NO_STORAGE)
    for _ in range(2):
        assert news_of(reader.open("/stories/race/")) == ([], 0)


@pytest.mark.parametrize("theme", ["base", "broadsheet"])
def test_hostile_titles_are_text(news: SiteBench, welcome: Welcome, theme: str) -> None:
    news.edit("site.toml", '"base"', f'"{theme}"')
    news.write("content/topics/space.md", f"---\ntitle: '{HOSTILE}'\n---\n")
    news.write("content/sources/post.md", f"---\ntitle: '{HOSTILE}'\n---\n")
    news.write("content/articles/today.md", article(HOSTILE, 1, published=ago(hours=3), topic="space", source="post"))
    reader = welcome(news)
    page = reader.follow("/topics/space/").open("/for-you/")
    assert shown(page)[0] == HOSTILE
    expect(page.get_by_role("button", name=f"Following {HOSTILE}", exact=True)).to_be_visible()
    expect(page.locator("main img")).to_have_count(0)


def test_what_we_did_not_keep_is_left_alone(news: SiteBench, welcome: Welcome) -> None:
    reader = welcome(news)
    for kept in (
        "no JSON",
        "{}",
        "[null, 1, []]",
        '[{"title": "x", "href": "javascript:alert(1)", "feed": "/feed.xml"}]',
        '[{"title": "x", "href": "/", "feed": "https://evil.example/feed.xml"}]',
    ):
        reader.remember(kept)
        expect(reader.open("/for-you/").locator(".followed li")).to_have_count(0)


def test_no_path_leads_to_another_host(news: SiteBench, welcome: Welcome) -> None:
    reader = welcome(news)
    for path in ("//evil.example/feed.xml", "/@evil.example/", "/\\\\evil.example/"):
        reader.remember(f'[{{"title": "x", "href": "{path}", "feed": "/feed.xml"}}]')
        page = reader.open("/for-you/")
        assert str(page.locator(".followed a").evaluate("(link) => link.href")).startswith(f"{reader.host}/")


def test_nothing_breaks_if_nothing_may_be_kept(news: SiteBench, welcome: Welcome) -> None:
    reader = welcome(news, color_scheme="light")
    reader.context.add_init_script(NO_STORAGE)
    page = reader.open("/topics/chips/")
    light = ground(page)
    choose(page, "dark")
    assert ground(page) != light
    page.get_by_role("button", name="Follow Chips").click()
    expect(page.get_by_role("status")).to_have_text("This browser does not store what you follow.")
    expect(reader.open("/for-you/").get_by_text("Nothing yet.")).to_be_visible()


@pytest.mark.parametrize("theme", ["base", "broadsheet"])
def test_without_javascript_nothing_shows_but_a_page_that_names_it(
    news: SiteBench, welcome: Welcome, theme: str
) -> None:
    reader = welcome(news.edit("site.toml", '"base"', f'"{theme}"'), java_script_enabled=False)
    for path in ("/", "/topics/chips/", "/for-you/"):
        page = reader.open(path)
        for control in page.locator("button, select, input, [role='status']").all():
            expect(control).to_be_hidden()
        assert "Follow Chips" not in page.locator("body").inner_text()
    expect(page.get_by_text("needs JavaScript")).to_be_visible()
    assert "10 June 2026" in reader.open("/latest/").locator("main").inner_text()


@pytest.mark.parametrize("theme", ["base", "broadsheet"])
def test_what_can_be_pressed_is_large_enough_and_nothing_hangs_over(
    news: SiteBench, welcome: Welcome, theme: str
) -> None:
    reader = welcome(news.edit("site.toml", '"base"', f'"{theme}"')).follow("/topics/space/")
    sizes = "(nodes) => nodes.map((node) => node.getBoundingClientRect()).map(({ width, height }) => [width, height])"
    for path in ("/", "/topics/chips/", "/for-you/"):
        page = reader.open(path)
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            boxes = page.locator("button, select").evaluate_all(sizes)
            assert boxes
            assert min(map(min, boxes)) >= 24, (path, width)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path


# Choices, mutes and days


def headlines(page: Page) -> Any:
    return page.locator(".newest .headline")


def test_every_topic_and_source_has_a_switch(news: SiteBench, welcome: Welcome) -> None:
    page = welcome(news).open("/for-you/")
    switch = page.get_by_role("switch", name="Follow Space")
    assert page.get_by_role("switch").count() == 4
    expect(switch).to_have_attribute("aria-checked", "false")
    switch.focus()
    page.keyboard.press("Space")
    expect(switch).to_have_attribute("aria-checked", "true")
    expect(switch).to_be_focused()
    expect(page.get_by_role("status").first).to_have_text("You follow Space.")
    expect(headlines(page)).to_have_count(3)
    page.get_by_role("button", name="Following Space").click()
    expect(switch).to_have_attribute("aria-checked", "false")


def test_what_is_muted_is_not_shown_and_comes_back(news: SiteBench, welcome: Welcome) -> None:
    news.write("content/articles/quote.md", article('It\'s "odd"', 1, published=ago(hours=1), topic="space"))
    reader = welcome(news).follow("/topics/space/", "/sources/post/")
    page = reader.open("/for-you/")
    expect(headlines(page)).to_have_count(5)
    term, mute = page.get_by_label("Word or name"), page.get_by_role("button", name="Mute", exact=True)
    for name, count in (("HOURS", 4), ("day", 4), ("the wire", 2), ("it's", 2)):
        term.fill(name)
        mute.click()
        expect(page.get_by_role("status").first).to_have_text(f"{name} is muted.")
        expect(headlines(page)).to_have_count(count)
    expect(page.locator("[data-part='hidden']")).to_have_text("Muted articles not shown: 3.")
    page.reload()
    expect(headlines(page)).to_have_count(2)
    page.get_by_role("button", name="Unmute HOURS").click()
    expect(headlines(page)).to_have_text(["Three hours old", "Seven days old", "A month old"])
    expect(term).to_be_focused()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget all").click()
    expect(page.locator("[data-part='mutes'] li")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_a_topic_is_muted_by_its_name_and_hostile_terms_are_text(news: SiteBench, welcome: Welcome) -> None:
    page = welcome(news).follow("/sources/post/", "/sources/wire/").open("/for-you/")
    expect(headlines(page)).to_have_count(5)
    term = page.get_by_label("Word or name")
    assert "Acme" in page.locator("datalist option").evaluate_all("(all) => all.map((one) => one.value)")
    for name, count in ((HOSTILE, 5), ("space", 2)):
        term.fill(name)
        term.press("Enter")
        expect(headlines(page)).to_have_count(count)
    expect(page.locator("[data-part='mutes'] span").first).to_have_text(HOSTILE)
    expect(page.locator("main img")).to_have_count(0)


@pytest.mark.parametrize(
    ("site", "day"),
    [
        ('language = "en"', "1 May 2026"),
        ('language = "de"\ntime_zone = "Pacific/Auckland"', "1. Mai 2026"),
        ('language = "ar"', "1 مايو 2026"),
        ('language = "tlh"', "1 May 2026"),
    ],
)
def test_days_are_written_as_the_site_writes_them(news: SiteBench, welcome: Welcome, site: str, day: str) -> None:
    news.edit("site.toml", "[theme]", f"{site}\n[theme]")
    reader = welcome(news).follow("/sources/post/")
    own = reader.open("/archive/2026/05/").locator(".listed time").first.inner_text()
    assert own == day
    page = reader.open("/for-you/")
    expect(page.locator(".newest time").last).to_have_text(day)


def test_without_javascript_the_topics_and_sources_are_listed(news: SiteBench, welcome: Welcome) -> None:
    page = welcome(news, java_script_enabled=False).open("/for-you/")
    assert page.locator(".choices a").all_inner_texts() == ["Chips", "Space", "The Post", "The Wire"]
