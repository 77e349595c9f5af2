"""What of a site is to be seen at one moment."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.records import Article, Page, Source, Story, Topic
from generator.site import Edition, Tag
from materials import day, make_article, make_campaign, make_edition, make_record
from sitebench import NOW

SECOND = timedelta(seconds=1)


def ids(records: tuple[object, ...]) -> list[str]:
    return [record.id for record in records]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("fields", "now", "is_visible"),
    [
        ({"published": NOW}, NOW, True),
        ({"published": NOW}, NOW - SECOND, False),
        ({"published": day(1), "expires": NOW}, NOW - SECOND, True),
        ({"published": day(1), "expires": NOW}, NOW, False),
        ({"published": day(1), "draft": True}, NOW, False),
    ],
)
def test_an_article_is_seen_from_its_publication_until_just_before_it_expires(
    fields: dict[str, object], now: datetime, is_visible: bool
) -> None:
    edition = make_edition(make_article("a1", **fields), now=now)
    assert ids(edition.articles) == (["a1"] if is_visible else [])
    assert set(edition.article_by_id) == set(ids(edition.articles))


@pytest.mark.parametrize(
    ("fields", "is_visible"),
    [({}, True), ({"published": NOW}, True), ({"published": NOW + SECOND}, False), ({"draft": True}, False)],
)
def test_a_story_is_seen_from_its_publication_on(fields: dict[str, object], is_visible: bool) -> None:
    edition = make_edition(make_record(Story, "s", **fields))
    assert ids(edition.stories) == (["s"] if is_visible else [])
    assert set(edition.story_by_id) == ({"s"} if is_visible else set())


@pytest.mark.parametrize(
    ("fields", "is_running"),
    [
        ({}, True),
        ({"starts": NOW}, True),
        ({"starts": NOW + SECOND}, False),
        ({"ends": NOW}, False),
        ({"ends": NOW + SECOND}, True),
        ({"draft": True}, False),
    ],
)
def test_a_campaign_runs_from_its_start_until_just_before_its_end(fields: dict[str, object], is_running: bool) -> None:
    assert ids(make_edition(make_campaign("c", **fields)).campaigns) == (["c"] if is_running else [])


def test_drafts_are_seen_where_they_are_asked_for() -> None:
    records = make_article("a1", draft=True), make_record(Story, "s", draft=True), make_campaign("c", draft=True)
    edition = make_edition(*records, drafts=True)
    assert ids((*edition.articles, *edition.stories, *edition.campaigns)) == ["a1", "s", "c"]


def test_a_draft_that_waits_is_not_seen_even_then() -> None:
    assert make_edition(make_article("a1", NOW + SECOND, draft=True), drafts=True).articles == ()


ARTICLES = st.lists(
    st.builds(
        make_article,
        st.integers(0, 99).map("a{}".format),
        st.integers(0, 5).map(lambda number: day(number + 1)),
        topic=st.sampled_from(["chips", "space"]),
        also=st.lists(st.sampled_from(["chips", "space"]), max_size=2).map(tuple),
        tags=st.lists(st.sampled_from(["AI", "ai", "C++", "C plus plus"]), max_size=3).map(tuple),
    ),
    unique_by=lambda article: article.id,
    max_size=8,
)


@given(ARTICLES, st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(articles: list[Article], chance: object) -> None:
    shuffled = articles.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert make_edition(*shuffled) == make_edition(*articles)


@given(ARTICLES)
def test_everything_stands_newest_first_and_ties_have_an_order(articles: list[Article]) -> None:
    edition = make_edition(*articles)
    assert sorted(ids(edition.articles)) == sorted(ids(tuple(articles)))
    for listed in listings(edition):
        keys = [(article.published, article.id) for article in listed]
        assert keys == sorted(keys, reverse=True)
        assert len(set(keys)) == len(keys)


def listings(edition: Edition) -> list[tuple[Article, ...]]:
    indexes = (
        *edition.articles_by_topic.values(),
        *edition.articles_by_source.values(),
        *edition.articles_by_tag.values(),
        *edition.articles_by_month.values(),
    )
    return [edition.articles, *indexes]


@given(ARTICLES)
def test_indexes_hold_exactly_what_belongs_to_them(articles: list[Article]) -> None:
    edition = make_edition(*articles)
    for topic, listed in edition.articles_by_topic.items():
        assert set(ids(listed)) == {one.id for one in articles if topic in (one.topic, *one.also)}
    for slug, listed in edition.articles_by_tag.items():
        words = {"ai": {"AI", "ai"}, "c-plus-plus": {"C++", "C plus plus"}}[slug]
        assert set(ids(listed)) == {one.id for one in articles if words & set(one.tags)}
    assert all(listings(edition)[1:])
    assert [tag.slug for tag in edition.tags] == sorted(edition.articles_by_tag)


def test_a_tag_is_spelt_as_its_oldest_article_spells_it() -> None:
    old, new = make_article("a1", day(1), tags=("C++", "ai")), make_article("a2", day(2), tags=("c plus plus",))
    assert make_edition(old, new).tags == (Tag("ai", "ai"), Tag("c-plus-plus", "C++"))


def test_months_are_those_of_the_sites_calendar() -> None:
    article = make_article("a1", datetime.fromisoformat("2026-04-30T23:00:00Z"))
    assert list(make_edition(article).articles_by_month) == [(2026, 4)]
    berlin = make_edition(article, site={"time_zone": "Europe/Berlin"})
    assert list(berlin.articles_by_month) == [(2026, 5)]


def test_topics_sources_and_pages_have_orders_of_their_own() -> None:
    edition = make_edition(
        make_record(Topic, "zoo", order=1, title="Aardvarks"),
        make_record(Topic, "law", order=-1),
        make_record(Source, "zebra", title="apex"),
        make_record(Source, "post", title="The Post"),
        make_record(Page, "terms"),
        make_record(Page, "about", order=5),
    )
    assert ids(edition.topics) == ["law", "zoo", "chips", "space"]
    assert ids(edition.sources) == ["zebra", "post", "wire"]
    assert ids(edition.pages) == ["terms", "about"]
