"""Which feeds there are, what is in them, and when they changed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.names import RecordId
from generator.outputs.feeds import Feed, FeedItem
from generator.outputs.pages import FeedsPage
from generator.outputs.parts import Link
from generator.plan.feeds.feeds import plan_feeds, split_archives
from generator.plan.pages.feeds import plan_feed_directory
from generator.records import Entity, EntityRole, Source, Sponsor, Story, Topic
from generator.records.article import AuthorFields
from generator.records.fields import Revision
from generator.records.story import Fact
from generator.site import article_identity
from materials import (
    day,
    make_article,
    make_articles,
    make_body,
    make_campaign,
    make_context,
    make_newsroom,
    make_record,
    views_of,
)
from sitebench import NOW


def feeds(*records: Any, outputs: dict[str, bool] | None = None, **options: Any) -> dict[str, Feed]:
    """All feeds, of which RSS ones only where nothing else is asked for."""
    outputs = {"atom": False, "json_feed": False} | (outputs or {})
    planned = views_of(plan_feeds, make_newsroom(*records, outputs=outputs, **options))
    assert all(isinstance(view, Feed) for view in planned.values())
    return planned  # type: ignore[return-value]


def test_the_site_and_each_topic_and_source_with_articles_have_a_feed() -> None:
    planned = feeds(make_article("a1", also=("space",)), make_record(Topic, "law"), make_record(Source, "post"))
    assert set(planned) == {"feed.xml", "topics/chips/feed.xml", "topics/space/feed.xml", "sources/wire/feed.xml"}


def test_without_articles_there_is_no_feed() -> None:
    assert feeds() == {}
    assert feeds(make_article("a1", draft=True)) == {}


def test_a_story_without_articles_has_no_feed_even_where_it_was_corrected() -> None:
    corrected = make_record(Story, "storm", revisions=(Revision(at=day(2), note="Not rain.", significant=True),))
    assert feeds(corrected) == {}
    assert views_of(plan_feed_directory, make_newsroom(corrected)) == {}


@pytest.mark.parametrize(
    ("off", "expected"),
    [
        ("rss", set()),
        ("topics", {"feed.xml", "sources/wire/feed.xml"}),
        ("sources", {"feed.xml", "topics/chips/feed.xml"}),
    ],
)
def test_what_is_switched_off_has_no_feed(off: str, expected: set[str]) -> None:
    assert set(feeds(make_article("a1"), outputs={off: False})) == expected


def test_a_feed_says_what_it_is_of() -> None:
    topic = make_record(Topic, "chips", description="All on chips.", order=1)
    planned = feeds(make_article("a1"), topic, site={"url": "https://bench.example/news", "language": "en-GB"})
    site, chips = planned["feed.xml"], planned["topics/chips/feed.xml"]
    assert (site.title, site.description, site.language) == ("Bench News", "News for tests.", "en-GB")
    assert (site.url, site.self_url) == ("https://bench.example/news/", "https://bench.example/news/feed.xml")
    assert (chips.title, chips.description) == ("Bench News: Chips", "All on chips.")
    assert chips.url == "https://bench.example/news/topics/chips/"
    assert chips.self_url == "https://bench.example/news/topics/chips/feed.xml"


def test_an_item_names_its_language_where_it_is_not_the_feeds() -> None:
    said = {"a1": None, "a2": "en", "a3": "de"}
    articles = [make_article(name, language=language) for name, language in said.items()]
    planned = feeds(*articles, site={"language": "en"})
    assert {item.title: item.language for item in planned["feed.xml"].items} == {"A1": None, "A2": None, "A3": "de"}


def test_the_feed_of_a_source_holds_what_it_published_and_says_who_it_is() -> None:
    post = make_record(Source, "post", title="The Post", body=make_body("A paper."))
    planned = feeds(make_article("a1"), make_article("a2", source="post"), post)
    assert [item.title for item in planned["sources/post/feed.xml"].items] == ["A2"]
    said = {path: (feed.title, feed.description) for path, feed in planned.items() if path.startswith("sources/")}
    assert said == {
        "sources/post/feed.xml": ("Bench News: The Post", "A paper."),
        "sources/wire/feed.xml": ("Bench News: The Wire", "Bench News: The Wire"),
    }


# Archives


def guids(feed: Feed) -> list[str]:
    return [item.guid for item in feed.items]


def walk(planned: dict[str, Feed], start: str = "feed.xml") -> Iterator[FeedItem]:
    """All items, as a reader finds them that follows the links to older archives."""
    by_url = {feed.self_url: feed for feed in planned.values()}
    at: Feed | None = planned.get(start)
    while at is not None:
        yield from at.items
        at = by_url[at.older] if at.older else None


@pytest.mark.parametrize("count", [0, 1, 49, 50, 51, 75, 76, 1000])
def test_a_reader_that_follows_the_archives_gets_every_record_once(count: int) -> None:
    articles = [make_article(f"a{number}", day(1) + timedelta(minutes=number)) for number in range(1, count + 1)]
    planned = feeds(*articles, outputs={"topics": False, "sources": False})
    assert [item.title for item in walk(planned)] == [f"A{number}" for number in range(count, 0, -1)]


@given(st.integers(1, 300), st.integers(1, 60))
def test_a_feed_holds_no_more_than_its_limit_and_archives_are_full(count: int, max_items: int) -> None:
    newest, archives, size = split_archives(count, max_items)
    assert newest + archives * size == count
    assert 1 <= newest <= max_items
    assert size == max(max_items // 2, min(max_items, 2))
    assert archives == 0 or newest > max_items - size


def test_archives_know_their_neighbours_and_what_they_belong_to() -> None:
    planned = feeds(*make_articles(9), feeds={"max_items": 4}, outputs={"topics": False, "sources": False})
    site = "https://bench.example"
    assert {path: (one.current, one.older, one.newer) for path, one in planned.items()} == {
        "feed.xml": (None, f"{site}/feed/3/feed.xml", None),
        "feed/1/feed.xml": (f"{site}/feed.xml", None, f"{site}/feed/2/feed.xml"),
        "feed/2/feed.xml": (f"{site}/feed.xml", f"{site}/feed/1/feed.xml", None),
        "feed/3/feed.xml": (f"{site}/feed.xml", f"{site}/feed/2/feed.xml", None),
    }
    assert len({one.id for one in planned.values()}) == 1


@pytest.mark.parametrize("max_items", [2, 3, 6, 7])
def test_an_article_changes_the_feed_and_at_most_one_archive(max_items: int) -> None:
    before: dict[str, Feed] = {}
    for count in range(1, 40):
        only_site = {"topics": False, "sources": False}
        planned = feeds(*make_articles(count), feeds={"max_items": max_items}, outputs=only_site)
        touched = {path for path, view in planned.items() if before.get(path) != view}
        assert "feed.xml" in touched
        assert len(touched) <= 2
        assert all(guids(before[path]) == guids(planned[path]) for path in before if path != "feed.xml")
        before = planned


def test_archives_can_be_off() -> None:
    planned = feeds(*make_articles(9), feeds={"max_items": 4}, outputs={"feed_archives": False})
    assert [item.title for item in planned["feed.xml"].items] == ["A9", "A8", "A7", "A6"]
    assert planned["feed.xml"].older is None
    assert not [path for path in planned if "feed/" in path]


def test_few_articles_are_no_feed_where_the_site_says_so() -> None:
    records = (make_article("a1", tags=("AI",)), make_article("a2", topic="space"))
    assert set(feeds(*records, feeds={"min_items": 2})) == {"feed.xml", "sources/wire/feed.xml"}
    assert set(feeds(records[0], feeds={"min_items": 2})) == {"feed.xml"}


def test_entities_stories_and_tags_have_feeds() -> None:
    told = make_article("a1", tags=("AI",), story="event", entities=(EntityRole(entity=RecordId("acme")),))
    planned = feeds(told, make_article("a2"), make_record(Story, "event"), make_record(Entity, "acme"))
    for path in ("entities/acme/feed.xml", "stories/event/feed.xml", "tags/ai/feed.xml"):
        assert [item.title for item in planned[path].items] == ["A1"]


def test_every_format_holds_the_same() -> None:
    planned = feeds(make_article("a1"), outputs={"atom": True, "json_feed": True})
    same = {"format": "rss", "self_url": ""}
    rss, atom, json = (planned[name] for name in ("feed.xml", "atom.xml", "feed.json"))
    assert (atom.format, json.format) == ("atom", "json_feed")
    assert msgspec.structs.replace(atom, **same) == msgspec.structs.replace(json, **same)
    assert msgspec.structs.replace(rss, **same) == msgspec.structs.replace(json, **same)


# What is in an item


def test_an_item_names_its_origin() -> None:
    article = make_article(
        "a1", day(1), authors=(AuthorFields(name="J. Doe"),), summary="Short.", tags=("AI", "chips"), also=("space",)
    )
    item = feeds(article)["feed.xml"].items[0]
    assert (item.title, item.summary, item.authors[0].text, item.published) == ("A1", "Short.", "J. Doe", day(1))
    assert item.url == "https://bench.example/news/chips/a1/"
    assert item.source == Link(text="The Wire", href="https://wire.example/")
    assert item.original == "https://wire.example/1"
    assert item.categories == ("Chips", "Space", "AI", "chips")


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "https://bench.example/"),
        ({"homepage": "https://desk.example/"}, "https://desk.example/"),
        ({"homepage": "https://desk.example/", "feeds": ("https://desk.example/rss",)}, "https://desk.example/rss"),
    ],
)
def test_a_source_is_known_by_its_feed_else_its_home_else_ours(fields: dict[str, Any], expected: str) -> None:
    own = make_article("a1", source="desk", source_url=None)
    item = feeds(own, make_record(Source, "desk", **fields))["feed.xml"].items[0]
    assert (item.source, item.original) == (Link(text="Desk", href=expected), None)


@pytest.mark.parametrize(("content", "is_full"), [("full", True), ("summary", False)])
def test_a_feed_holds_the_whole_text_or_the_summary(content: str, is_full: bool) -> None:
    item = feeds(make_article("a1", body=make_body("x")), feeds={"content": content})["feed.xml"].items[0]
    assert bool(item.passages) is is_full


# The directory of feeds


def directory(*records: Any, **options: Any) -> FeedsPage | None:
    planned = views_of(plan_feed_directory, make_newsroom(*records, **options))
    assert set(planned) <= {"feeds/index.html"}
    page = planned.get("feeds/index.html")
    assert page is None or isinstance(page, FeedsPage)
    return page


@given(
    st.lists(st.sampled_from(["chips", "space", "law"]), max_size=4),
    st.fixed_dictionaries({"topics": st.booleans(), "rss": st.booleans()}),
)
def test_the_directory_names_every_feed_and_no_other(topics: list[str], outputs: dict[str, bool]) -> None:
    outputs = {"atom": True, "json_feed": outputs["rss"]} | outputs
    law = make_record(Topic, "law"), campaign()
    articles = [make_article(f"a{place}", topic=topic) for place, topic in enumerate(topics)]
    page = directory(*law, *articles, outputs=outputs)
    entries = [one for group in page.groups for one in group.entries] if page else []
    named = [link.href for one in entries for link in (*one.formats, *one.sponsor_free)]
    assert sorted(named) == sorted(f"/{path}" for path in feeds(*law, *articles, outputs=outputs))


def test_the_directory_says_what_each_feed_holds() -> None:
    topic = make_record(Topic, "chips", description="All on chips.", order=1)
    elsewhere = make_article("b1", topic="space")
    page = directory(topic, *make_articles(5), elsewhere, feeds={"max_items": 3, "content": "summary"})
    assert page is not None
    assert [
        (group.kind, [(one.title, one.href, one.description, one.count) for one in group.entries])
        for group in page.groups
    ] == [
        ("site", [("Bench News", "/", "News for tests.", 6)]),
        ("topics", [("Chips", "/topics/chips/", "All on chips.", 5), ("Space", "/topics/space/", "", 1)]),
        ("sources", [("The Wire", "/sources/wire/", "", 6)]),
    ]
    assert {group.content for group in page.groups} == {"summary"}


def test_kinds_with_many_feeds_have_pages_of_their_own() -> None:
    tagged = [make_article(f"a{number}", tags=(f"t{number:03}",)) for number in range(230)]
    planned = views_of(plan_feed_directory, make_newsroom(*tagged))
    assert list(planned) == [
        *("feeds/index.html", "feeds/tags/index.html", "feeds/tags/page/2/index.html", "feeds/tags/page/3/index.html")
    ]
    assert all(isinstance(page, FeedsPage) for page in planned.values())
    whole, first, *_, last = planned.values()
    assert [group.kind for group in whole.groups] == ["site", "topics", "sources"]  # type: ignore[attr-defined]
    assert [(one.kind, one.count, one.href) for one in whole.apart] == [("tags", 230, "/feeds/tags/")]  # type: ignore[attr-defined]
    assert [len(page.groups[0].entries) for page in (first, last)] == [80, 70]  # type: ignore[attr-defined]
    assert [one.href for one in last.numbers] == ["/feeds/tags/", "/feeds/tags/page/2/", None]  # type: ignore[attr-defined]
    assert first.meta.title == "Feeds: Tags – Bench News"  # type: ignore[attr-defined]


# Sponsored items


def campaign(record_id: str = "lantern", **fields: Any) -> Sponsor:
    return make_campaign(record_id, **{"places": ("feed",), "starts": day(1), **fields})


def sponsored(feed: Feed) -> list[int]:
    return [place for place, item in enumerate(feed.items) if item.is_sponsored]


def test_a_sponsored_item_comes_after_so_many_articles_and_says_what_it_is() -> None:
    planned = feeds(*make_articles(9), campaign(label="Advert"), feeds={"sponsor_every": 4})
    assert sponsored(planned["feed.xml"]) == [4]
    item = planned["feed.xml"].items[4]
    assert item.title == "Advert: Slow light"
    assert item.categories == ("Advert",)
    assert item.summary.startswith("Advert: Lantern.")
    assert item.passages[0].label == "Advert"
    assert item.guid == "tag:bench.example,2026-05-01:sponsor:lantern"
    assert item.url == "https://lantern.example/"


def test_no_message_stands_twice_in_a_feed() -> None:
    planned = feeds(*make_articles(40), campaign(), campaign("other"), feeds={"sponsor_every": 5})
    assert sponsored(planned["feed.xml"]) == [5, 11]
    assert len({item.guid for item in planned["feed.xml"].items}) == 42


@pytest.mark.parametrize(
    ("fields", "options"),
    [
        ({"places": ("front",)}, {}),
        ({"starts": None}, {}),
        ({}, {"sponsor_every": 0}),
        ({}, {"sponsor_every": 10}),
        ({"ends": day(2)}, {}),
        ({"topics": (RecordId("space"),)}, {}),
        ({"not_beside": (RecordId("acme"),)}, {}),
    ],
)
def test_a_message_stays_away_where_it_may_not_stand(fields: dict[str, Any], options: dict[str, int]) -> None:
    articles = make_articles(9, entities=(EntityRole(entity=RecordId("acme")),))
    planned = feeds(*articles, make_record(Entity, "acme"), campaign(**fields), feeds={"sponsor_every": 4} | options)
    assert not any(item.is_sponsored for feed in planned.values() for item in feed.items)


def test_each_feed_has_a_twin_without_sponsored_items_and_archives_have_none() -> None:
    planned = feeds(*make_articles(30), campaign(), feeds={"sponsor_every": 4, "max_items": 10})
    twin = planned["sponsor-free/feed.xml"]
    assert sponsored(twin) == []
    assert [item for item in planned["feed.xml"].items if not item.is_sponsored] == [*twin.items]
    assert twin.older == planned["feed.xml"].older
    assert twin.id == "tag:bench.example,2026:feed:site:site:sponsor-free"
    assert not any(item.is_sponsored for path, feed in planned.items() if "/feed/" in f"/{path}" for item in feed.items)


def test_the_twin_stays_when_no_campaign_runs() -> None:
    assert "sponsor-free/feed.xml" in feeds(*make_articles(3), campaign(ends=day(2)))
    assert "sponsor-free/feed.xml" not in feeds(*make_articles(3), campaign(places=("front",)))


# Changes


def correction(number: int) -> Revision:
    return Revision(at=day(number), note=f"It was {number}.", significant=True)


def test_what_changed_in_a_story_is_a_feed_of_its_own() -> None:
    fact = Fact(text="It rained.", sources=(RecordId("wire"),))
    story = make_record(Story, "flood", published=day(1), facts=(fact,), status_at=day(5))
    told = make_article("a1", day(2), story="flood", revisions=(correction(4),))
    feed = feeds(told, story, campaign(), feeds={"sponsor_every": 1})["stories/flood/changes/feed.xml"]
    page = "https://bench.example/stories/flood/changes/"
    assert feed.url == page
    assert [(item.title, item.published, item.categories) for item in feed.items] == [
        ("Status: Developing", day(5), ("Status",)),
        ("Correction: A1", day(4), ("Correction",)),
        ("New source: The Wire", day(2), ("New source",)),
        ("New fact: It rained.", day(2), ("New fact",)),
    ]
    assert [item.url.startswith(f"{page}#c-") for item in feed.items] == [True, False, True, True]
    assert feed.items[1].url == "https://bench.example/news/chips/a1/#changes"
    assert feed.items[2].guid == "tag:bench.example,2026-05-01:change:source:flood:wire"
    assert "stories/flood/changes/sponsor-free/feed.xml" not in feeds(told, story, campaign())


def test_corrections_of_the_site_are_a_feed_with_archives() -> None:
    records = [make_article(f"a{number}", day(1), revisions=(correction(number + 1),)) for number in range(1, 8)]
    planned = feeds(*records, feeds={"max_items": 4})
    assert [item.title for item in walk(planned, "corrections/feed.xml")] == [
        f"Correction: A{number}" for number in range(7, 0, -1)
    ]
    assert planned["corrections/feed.xml"].items[0].summary == "Correction: It was 8. (The Wire)"


@pytest.mark.parametrize("off", ["changes", "change_feeds", "corrections", "correction_feeds"])
def test_feeds_of_changes_can_be_off(off: str) -> None:
    told = make_article("a1", day(2), story="flood", revisions=(correction(4),))
    planned = feeds(told, make_record(Story, "flood", published=day(1)), outputs={off: False})
    found = {path for path in planned if "changes/" in path or "corrections/" in path}
    assert found == {"corrections/feed.xml" if off.startswith("change") else "stories/flood/changes/feed.xml"}


# When it changed


def revision(number: int, **fields: Any) -> Revision:
    return Revision(at=day(number), note="n", **fields)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, day(2)),
        ({"updated": day(20)}, day(2)),
        ({"revisions": (revision(9),)}, day(2)),
        ({"revisions": (revision(9, significant=True), revision(5, significant=True))}, day(9)),
        ({"revisions": (revision(100, significant=True),)}, day(2)),
    ],
)
def test_a_feed_changed_with_its_newest_article_or_significant_revision(
    fields: dict[str, Any], expected: object
) -> None:
    records = make_article("a1", day(1), **fields), make_article("a2", day(2))
    assert feeds(*records)["feed.xml"].updated == expected


def test_the_time_of_the_build_is_in_no_feed() -> None:
    records = make_articles(3)
    assert feeds(*records, now=NOW) == feeds(*records, now=NOW + timedelta(days=300))


# Guids


def test_a_guid_is_a_tag_uri_of_host_day_and_id() -> None:
    article = make_article("art-1", day(1, hour=23))
    context = make_context(article, site={"url": "https://bench.example:8000/news", "time_zone": "Asia/Tokyo"})
    assert article_identity(article, context.config.feed_authority) == "tag:bench.example,2026-05-01:article:art-1"


@pytest.mark.parametrize(
    "fields", [{"slug": "renamed"}, {"topic": "space"}, {"title": "Other"}, {"updated": day(9)}, {"source": "post"}]
)
def test_a_guid_outlives_renames_and_moves(fields: dict[str, Any]) -> None:
    renamed, before = make_article("a1", day(1), **fields), make_article("a1", day(1))
    assert article_identity(renamed, "bench.example") == article_identity(before, "bench.example")


def test_an_id_in_another_script_makes_a_uri_all_the_same() -> None:
    guid = article_identity(make_article("köln", day(1)), "bench.example")
    assert guid == "tag:bench.example,2026-05-01:article:k%C3%B6ln"
