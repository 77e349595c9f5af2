"""Which feeds there are, what is in them, and when they changed."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.views import FeedsPage, RssFeed
from generator.plan.feeds import guid, plan_feed_directory, plan_feeds
from generator.records import Source, Topic
from generator.records.fields import Revision
from materials import day, make_article, make_articles, make_body, make_desk, make_newsroom, make_record, views_of
from sitebench import NOW


def feeds(*records: Any, **options: Any) -> dict[str, RssFeed]:
    planned = views_of(plan_feeds, make_newsroom(*records, **options))
    assert all(isinstance(view, RssFeed) for view in planned.values())
    return planned  # type: ignore[return-value]


def test_the_site_and_each_topic_and_source_with_articles_have_a_feed() -> None:
    planned = feeds(make_article("a1", also=("space",)), make_record(Topic, "law"), make_record(Source, "post"))
    assert set(planned) == {"feed.xml", "topics/chips/feed.xml", "topics/space/feed.xml", "sources/wire/feed.xml"}


def test_without_articles_there_is_no_feed() -> None:
    assert feeds() == {}
    assert feeds(make_article("a1", draft=True)) == {}


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


def test_the_feed_of_a_source_holds_what_it_published_and_says_who_it_is() -> None:
    post = make_record(Source, "post", title="The Post", body=make_body("A paper."))
    planned = feeds(make_article("a1"), make_article("a2", source="post"), post)
    assert [item.title for item in planned["sources/post/feed.xml"].items] == ["A2"]
    said = {path: (feed.title, feed.description) for path, feed in planned.items() if path.startswith("sources/")}
    assert said == {
        "sources/post/feed.xml": ("Bench News: The Post", "A paper."),
        "sources/wire/feed.xml": ("Bench News: The Wire", "Bench News: The Wire"),
    }


def test_a_feed_holds_the_newest_up_to_its_limit() -> None:
    planned = feeds(*make_articles(9), feeds={"max_items": 4})
    assert [item.title for item in planned["feed.xml"].items] == ["A9", "A8", "A7", "A6"]


def test_an_item_names_its_origin() -> None:
    article = make_article("a1", day(1), author="J. Doe", summary="Short.", tags=("AI", "chips"), also=("space",))
    item = feeds(article)["feed.xml"].items[0]
    assert (item.title, item.summary, item.author, item.published) == ("A1", "Short.", "J. Doe", day(1))
    assert item.url == "https://bench.example/news/chips/a1/"
    assert (item.source_title, item.source_url) == ("The Wire", "https://wire.example/1")
    assert item.categories == ("Chips", "Space", "AI", "chips")


def test_an_article_of_the_sites_own_leads_to_its_source_or_home() -> None:
    own = make_article("a1", source="desk", source_url=None)
    assert feeds(own, make_record(Source, "desk"))["feed.xml"].items[0].source_url == "https://bench.example/"
    desk = make_record(Source, "desk", homepage="https://desk.example/")
    assert feeds(own, desk)["feed.xml"].items[0].source_url == "https://desk.example/"


@pytest.mark.parametrize(("content", "is_full"), [("full", True), ("summary", False)])
def test_a_feed_holds_the_whole_text_or_the_summary(content: str, is_full: bool) -> None:
    item = feeds(make_article("a1", body=make_body("x")), feeds={"content": content})["feed.xml"].items[0]
    assert (item.content is not None) is is_full


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
    law = make_record(Topic, "law")
    articles = [make_article(f"a{place}", topic=topic) for place, topic in enumerate(topics)]
    page = directory(law, *articles, outputs=outputs)
    named = [link.href for group in page.groups for one in group.entries for link in one.formats] if page else []
    assert sorted(named) == sorted(f"/{path}" for path in feeds(law, *articles, outputs=outputs))


def test_the_directory_says_what_each_feed_holds() -> None:
    topic = make_record(Topic, "chips", description="All on chips.", order=1)
    elsewhere = make_article("b1", topic="space")
    page = directory(topic, *make_articles(5), elsewhere, feeds={"max_items": 3, "content": "summary"})
    assert page is not None
    assert [
        (group.kind, [(one.title, one.href, one.description, one.count) for one in group.entries])
        for group in page.groups
    ] == [
        ("site", [("Bench News", "/", "News for tests.", 3)]),
        ("topics", [("Chips", "/topics/chips/", "All on chips.", 3), ("Space", "/topics/space/", "", 1)]),
        ("sources", [("The Wire", "/sources/wire/", "", 3)]),
    ]
    assert page.content == "summary"


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
    desk = make_desk(article, site={"url": "https://bench.example:8000/news", "time_zone": "Asia/Tokyo"})
    assert guid(desk, article) == "tag:bench.example,2026-05-01:article:art-1"


@pytest.mark.parametrize(
    "fields", [{"slug": "renamed"}, {"topic": "space"}, {"title": "Other"}, {"updated": day(9)}, {"source": "post"}]
)
def test_a_guid_outlives_renames_and_moves(fields: dict[str, Any]) -> None:
    desk = make_desk()
    assert guid(desk, make_article("a1", day(1), **fields)) == guid(desk, make_article("a1", day(1)))


def test_an_id_in_another_script_makes_a_uri_all_the_same() -> None:
    assert guid(make_desk(), make_article("köln", day(1))) == "tag:bench.example,2026-05-01:article:k%C3%B6ln"
