"""Every output of a site, one to a path."""

from datetime import timedelta
from fnmatch import fnmatch
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import OutputsSection
from generator.digest import digest_bytes
from generator.errors import PlanError
from generator.names import RecordId, is_segment
from generator.outputs import Plan
from generator.outputs.files import Copy, Rendition, Robots, Sitemap, SitemapIndex
from generator.outputs.pages import ArticlePage, FrontPage, ListingPage
from generator.plan import PlanSupplies, plan_outputs
from generator.plan.files import sitemaps
from generator.records import Asset, Entity, EntityRole, ImageRef, Page, Story, Topic
from generator.records.fields import Revision
from materials import day, english, make_article, make_articles, make_body, make_config, make_record, make_site
from sitebench import NOW

INDEXES = ("Latest", "Topics", "Sources", "Archive", "Insights", "Feeds")
STYLE = Asset(name="style.css", file="theme:style.css", digest=digest_bytes(b"css"))


def plan(
    *records: Any, now: Any = NOW, drafts: bool = False, assets: Any = None, has_script: bool = True, **tables: Any
) -> Plan:
    config = make_config(**tables)
    site = make_site(*records, config=config)
    supplies = PlanSupplies(english(), assets or {}, [STYLE], has_script)
    return plan_outputs(site, supplies, config, now=now, drafts=drafts)


def views(plan: Plan) -> dict[str, Any]:
    """The views of all outputs by path, those made from the facts of others last."""
    made = {draft.path: (draft, draft.make()) for draft in plan.drafts}
    completed = plan.complete({path: draft.read_metadata(view) for path, (draft, view) in made.items()})
    return {path: view for path, (_, view) in made.items()} | {draft.path: draft.make() for draft in completed}


def content(plan: Plan) -> tuple[Any, ...]:
    """All that a plan comes to: its views, keys and owners, its chrome, and how long it holds."""
    return views(plan), [(draft.path, draft.key, draft.owner) for draft in plan.drafts], plan.chrome, plan.until


def paths(plan: Plan) -> set[str]:
    return set(views(plan))


def view(plan: Plan, path: str) -> Any:
    return views(plan)[path]


def test_the_plan_of_a_small_site_is_whole() -> None:
    planned = plan(make_article("a1", day(1), tags=("AI",)), make_record(Page, "about"))
    folders = ("", "topics/chips/", "sources/wire/", "tags/ai/")
    assert paths(planned) == {
        *("index.html", "404.html", "robots.txt", "feeds.opml", "llms.txt", "_headers"),
        *("sitemap.xml", "sitemap-1.xml", "sitemap-2026-05.xml"),
        *(f"{folder}{name}" for folder in folders for name in ("feed.xml", "atom.xml", "feed.json")),
        *("latest/index.html", "news/chips/a1/index.html", "about/index.html"),
        *("topics/index.html", "topics/chips/index.html", "topics/space/index.html", "archive/2026-w18/index.html"),
        *("sources/index.html", "sources/wire/index.html"),
        *("tags/index.html", "tags/ai/index.html", "for-you/index.html"),
        *("archive/index.html", "archive/2026/05/index.html", "insights/index.html", "feeds/index.html"),
        *(f"assets/style.{STYLE.digest[:10]}.css", "cards/card.png", "cards/news/chips/a1/card.png"),
    }


def test_outputs_are_sorted_by_path_and_every_path_is_safe() -> None:
    planned = plan(*make_articles(9), listings={"page_items": 2})
    drafts = [draft.path for draft in planned.drafts]
    assert drafts == sorted(set(drafts))
    assert all(is_segment(part) for path in paths(planned) for part in path.split("/"))


def test_a_site_without_articles_has_its_pages_all_the_same() -> None:
    planned = plan()
    front = view(planned, "index.html")
    assert isinstance(front, FrontPage)
    assert (front.lead, front.grid, front.latest) == (None, (), ())
    assert "feed.xml" not in paths(planned)
    assert (planned.chrome.feed, planned.chrome.for_you) == (None, None)
    assert "for-you/index.html" not in paths(planned)


@pytest.mark.parametrize("family", [field.name for field in msgspec.structs.fields(OutputsSection)])
def test_a_family_that_is_off_leaves_no_output_and_no_link(family: str) -> None:
    told = make_article(
        "a1", tags=("AI",), story="event", aliases=("/old/",), entities=(EntityRole(entity=RecordId("acme")),)
    )
    planned = plan(told, make_record(Story, "event"), make_record(Entity, "acme"), outputs={family: False})
    patterns = {
        "rss": "feed.xml",
        "atom": "atom.xml",
        "json_feed": "feed.json",
        "opml": "feeds.opml",
        "news_sitemap": "news-sitemap.xml",
        "llms": "llms.txt",
        "headers": "_headers",
        "redirects": "_redirects",
        "markdown": "*/index.md",
        "sitemap": "sitemap*",
        "robots": "robots.txt",
        "for_you": "for-you/*",
        "feed_archives": "feed/*",
        "topic_feeds": "topics/*/feed.*",
        "source_feeds": "sources/*/feed.*",
        "entity_feeds": "entities/*/feed.*",
        "story_feeds": "stories/event/feed.*",
        "tag_feeds": "tags/*/feed.*",
    }
    assert not [path for path in paths(planned) if fnmatch(path, patterns.get(family, f"{family}/*"))]
    hrefs = [
        link.href
        for link in (
            *planned.chrome.topics,
            *planned.chrome.header,
            *(one for group in planned.chrome.footer for one in group.links),
        )
    ]
    assert f"/{family}/" not in hrefs
    assert (planned.chrome.for_you is None) is (family in ("rss", "for_you"))
    assert None not in hrefs


def test_follows_need_the_script_and_something_to_follow() -> None:
    told = make_article("a1")
    page = view(plan(told), "for-you/index.html")
    offered = {group.kind: [one.feed for one in group.entries] for group in page.groups}
    assert offered == {"topics": ["/topics/chips/feed.xml"], "sources": ["/sources/wire/feed.xml"]}
    without = view(plan(told, outputs={"topics": False}), "for-you/index.html")
    assert [group.kind for group in without.groups] == ["sources"]
    assert without.names == ("The Wire",)
    assert not page.meta.is_indexed
    for planned in (plan(told, has_script=False), plan(told, outputs={"topics": False, "sources": False})):
        assert "for-you/index.html" not in paths(planned)
        assert planned.chrome.for_you is None


def test_stories_and_entities_have_their_indexes_where_there_are_any() -> None:
    told = (make_article("a1", story="event"), make_record(Story, "event"), make_record(Entity, "acme"))
    pages = {path for path in paths(plan(*told)) if path.endswith(".html")}
    assert {path for path in pages if path.startswith(("stories/", "entities/", "insights/"))} == {
        *("stories/index.html", "stories/event/index.html", "entities/index.html", "entities/acme/index.html"),
        *("stories/event/changes/index.html", "insights/index.html"),
    }
    assert not [path for path in paths(plan()) if path.startswith(("stories/", "entities/", "insights/"))]


@pytest.mark.parametrize(
    ("fields", "marks"), [({"draft": True}, (True, False)), ({"published": NOW + timedelta(days=1)}, (False, True))]
)
def test_a_story_that_is_a_draft_or_waits_is_marked_and_not_indexed(
    fields: dict[str, Any], marks: tuple[bool, bool]
) -> None:
    story = make_record(Story, "event", **fields)
    assert "stories/event/index.html" not in paths(plan(story))
    planned = plan_outputs(make_site(story), PlanSupplies(english()), make_config(), now=NOW, drafts=True, future=True)
    page = view(planned, "stories/event/index.html")
    assert (page.is_draft, page.is_scheduled) == marks
    assert not page.meta.is_indexed
    assert "/stories/event/" not in str([one for one in views(planned).values() if isinstance(one, Sitemap)])


def test_robots_name_the_sitemap_where_there_is_one() -> None:
    assert view(plan(), "robots.txt") == Robots(sitemap_url="https://bench.example/sitemap.xml")
    assert view(plan(outputs={"sitemap": False}), "robots.txt") == Robots(sitemap_url=None)


# The chrome


def test_the_chrome_leads_to_topics_pages_and_indexes() -> None:
    chrome = plan(
        make_article("a1"),
        make_record(Page, "about", navigation="header"),
        make_record(Page, "terms", navigation="footer", order=2),
        make_record(Page, "imprint", navigation="footer", order=1),
        make_record(Page, "hidden"),
        make_record(Topic, "npu", parent="chips"),
        site={"tagline": "Tests", "copyright": "© Us"},
    ).chrome
    assert [link.text for link in chrome.topics] == ["Chips", "Space"]
    assert [link.href for link in chrome.header] == ["/latest/", "/about/", "/for-you/"]
    assert [(group.heading, [link.text for link in group.links]) for group in chrome.footer] == [
        ("Browse", [*INDEXES]),
        ("Follow", ["RSS feed"]),
        ("About", ["Imprint", "Terms"]),
    ]
    assert (chrome.home, chrome.feed, chrome.tagline, chrome.copyright) == ("/", "/feed.xml", "Tests", "© Us")


def test_a_new_article_does_not_change_the_chrome() -> None:
    assert plan(make_article("a1")).chrome == plan(make_article("a1"), make_article("a2", title="New")).chrome


# The front page


def front(*records: Any, **tables: Any) -> FrontPage:
    found = view(plan(*records, **tables), "index.html")
    assert isinstance(found, FrontPage)
    return found


def headlines(cards: Any) -> list[str]:
    return [card.headline for card in cards]


def test_the_front_page_leads_with_what_is_pinned_then_with_the_newest() -> None:
    pinned = make_article("pinned", day(1), pinned=True)
    found = front(*make_articles(12), pinned, front={"grid_items": 2, "section_items": 3, "latest_items": 5})
    assert found.lead is not None
    assert found.lead.headline == "Pinned"
    assert headlines(found.secondary) == ["A12", "A11", "A10"]
    assert headlines(found.latest) == ["A9", "A8", "A7", "A6", "A5"]
    assert headlines(found.grid) == ["A4", "A3"]
    assert [(section.title, headlines(section.cards)) for section in found.sections] == [("Chips", ["A2", "A1"])]


@given(
    st.lists(st.tuples(st.sampled_from(["chips", "space"]), st.booleans(), st.booleans()), max_size=14),
    st.integers(0, 4),
    st.integers(0, 3),
)
def test_no_card_stands_twice_on_the_front_page(
    articles: list[tuple[str, bool, bool]], grid: int, section: int
) -> None:
    records = [
        make_article(f"a{number}", day(number), topic=topic, also=("space",) if is_also else (), pinned=is_pinned)
        for number, (topic, is_also, is_pinned) in enumerate(articles, 1)
    ]
    featured = make_record(Topic, "space", order=2, featured=True)
    found = front(*records, featured, front={"grid_items": grid, "section_items": section, "latest_items": 2})
    shown = [
        *([found.lead] if found.lead else []),
        *(*found.secondary, *found.latest, *found.grid),
        *(card for part in found.sections for card in part.cards),
    ]
    assert len({card.href for card in shown}) == len(shown)
    assert (found.lead is None) is (not articles)


# Articles


def test_an_article_leads_to_the_nearest_of_its_topic() -> None:
    elsewhere = make_article("other", day(1), topic="space")
    page = view(plan(*make_articles(9), elsewhere), "news/chips/a5/index.html")
    assert isinstance(page, ArticlePage)
    assert headlines(page.more) == ["A7", "A6", "A4", "A3"]


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (26, 1), (89, 1), (91, 2), (600, 10)])
def test_reading_takes_at_least_a_minute(seconds: int, minutes: int) -> None:
    page = view(plan(make_article("a1", body=make_body("x", seconds=seconds))), "news/chips/a1/index.html")
    assert page.reading_minutes == minutes


def test_a_summary_is_shown_above_the_text_but_its_first_paragraph_is_not_shown_twice() -> None:
    planned = plan(make_article("a1", summary="Short."), make_article("a2", body=make_body("First.")))
    assert view(planned, "news/chips/a1/index.html").standfirst == "Short."
    assert view(planned, "news/chips/a2/index.html").standfirst == ""


def test_topics_of_an_article_are_named_once_the_primary_first() -> None:
    page = view(plan(make_article("a1", also=("space", "chips"))), "news/chips/a1/index.html")
    assert [link.text for link in page.topics] == ["Chips", "Space"]


def test_changes_of_an_article_stand_newest_first() -> None:
    revisions = Revision(at=day(2), note="first"), Revision(at=day(3), note="second", significant=True)
    page = view(plan(make_article("a1", day(1), revisions=revisions)), "news/chips/a1/index.html")
    assert [(change.note, change.is_significant) for change in page.changes] == [("second", True), ("first", False)]


def test_pictures_of_visible_records_are_rendered_and_no_others() -> None:
    picture = Asset(name="chip.png", file="content/media/chip.png", digest=digest_bytes(b"chip"), width=1, height=1)
    shown = make_article("a1", image=ImageRef(src="chip.png", alt="A"))
    draft = make_article("a2", draft=True, image=ImageRef(src="draft.png", alt="A"))
    assets = {(shown.file, "chip.png"): picture, (draft.file, "draft.png"): picture}
    planned = plan(shown, draft, assets=assets)
    made = {type(view): view.asset.file for view in views(planned).values() if isinstance(view, Copy | Rendition)}
    assert made == {Copy: "theme:style.css", Rendition: "content/media/chip.png"}


# The sitemap


def test_the_sitemap_names_what_may_be_indexed_with_dates_of_records() -> None:
    revisions = (Revision(at=day(5), note="x", significant=True), Revision(at=day(6), note="a comma"))
    planned = plan(make_article("a1", day(1), revisions=revisions), make_article("a2", day(2), noindex=True))
    listed = [url for path in ("sitemap-1.xml", "sitemap-2026-05.xml") for url in view(planned, path).urls]
    dates = {url.url.removeprefix("https://bench.example"): url.updated for url in listed}
    assert dates["/news/chips/a1/"] == day(5)
    assert dates["/"] == dates["/latest/"] == dates["/topics/"] == dates["/topics/chips/"] == day(2)
    assert dates["/topics/space/"] is dates["/insights/"] is None
    assert not {"/news/chips/a2/", "/404.html", "/feed.xml"} & set(dates)
    assert len(dates) == len(listed)
    parts = {part.url.rpartition("/")[2]: part.updated for part in view(planned, "sitemap.xml").urls}
    assert parts == {"sitemap-1.xml": day(5), "sitemap-2026-05.xml": day(5)}


def test_a_sitemap_is_cut_at_its_greatest_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "MAX_URLS", 7)
    planned = plan(*make_articles(9))
    index = view(planned, "sitemap.xml")
    assert isinstance(index, SitemapIndex)
    made = views(planned)
    names = [url.url.removeprefix("https://bench.example/") for url in index.urls]
    parts = {name: [url.url for url in made[name].urls] for name in names}
    assert [name for name in names if "2026" in name] == ["sitemap-2026-05.xml", "sitemap-2026-05-2.xml"]
    assert [len(parts[name]) for name in names if "2026" in name] == [7, 2]
    assert len({url for part in parts.values() for url in part}) == sum(map(len, parts.values()))


def test_a_new_article_changes_the_part_of_its_month() -> None:
    old = [make_article("a1", day(1)), make_article("a2", day(1).replace(year=2025, month=3))]
    before, after = views(plan(*old)), views(plan(*old, make_article("a3", day(2))))
    assert before["sitemap-2025-03.xml"] == after["sitemap-2025-03.xml"]
    assert before["sitemap-2026-05.xml"] != after["sitemap-2026-05.xml"]


# One output to a path


def refusal(*records: Any, **tables: Any) -> list[tuple[str, str]]:
    with pytest.raises(PlanError) as caught:
        plan(*records, **tables)
    assert {problem.code for problem in caught.value.problems} == {"path-taken"}
    return [(problem.file, problem.message) for problem in caught.value.problems]


def test_two_records_on_one_path_are_both_named() -> None:
    assert refusal(make_article("a1", slug="x"), make_article("a2", slug="x")) == [
        (
            "content/articles/a2.md",
            "the path 'news/chips/x/index.html' is taken by content/articles/a1.md",
        )
    ]


def test_a_path_is_taken_by_a_record_that_waits_for_its_day_too() -> None:
    waiting = make_article("a2", day(1).replace(year=2031), slug="x")
    ((file, message),) = refusal(make_article("a1", slug="x"), waiting)
    assert (file, "taken by content/articles/a1.md" in message) == ("content/articles/a2.md", True)


@pytest.mark.parametrize("slug", ["latest", "topics", "sources", "archive"])
def test_a_page_on_the_path_of_a_family_is_the_one_at_fault(slug: str) -> None:
    ((file, message),) = refusal(make_record(Page, "about", slug=slug), make_article("a1"))
    assert file == "content/pages/about.md"
    assert message.startswith(f"the path '{slug}/index.html' is taken by the ")


def test_a_path_may_be_taken_where_its_family_is_off() -> None:
    planned = plan(make_record(Page, "about", slug="latest"), outputs={"latest": False})
    assert not isinstance(view(planned, "latest/index.html"), ListingPage)


@pytest.mark.parametrize("slug", ["404.html", "robots.txt", "feed.xml", "sitemap.xml"])
def test_a_folder_on_the_path_of_a_file_is_refused(slug: str) -> None:
    ((file, message),) = refusal(make_record(Page, "about", slug=slug), make_article("a1"))
    assert file == "content/pages/about.md"
    assert message.startswith(f"the path '{slug}/index.html' lies in '{slug}', a file of ")


# Time


def test_the_same_moment_and_records_give_the_same_plan() -> None:
    records = make_articles(5)
    assert content(plan(*records)) == content(plan(*reversed(records)))


def test_time_alone_changes_nothing_where_nothing_waits_or_ends() -> None:
    records = make_articles(5)
    assert content(plan(*records, now=NOW)) == content(plan(*records, now=NOW + timedelta(days=1000)))
    assert plan(*records, now=NOW).until is None
