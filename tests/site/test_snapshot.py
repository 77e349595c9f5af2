"""What of a site is to be seen at one moment."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.names import RecordId, slugify
from generator.records import Article, Entity, EntityRole, Page, Record, Source, Story, Topic
from generator.records.fields import Revision
from generator.records.story import Fact
from generator.site import Snapshot, Tag
from materials import day, make_article, make_campaign, make_record, make_snapshot
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
    snapshot = make_snapshot(make_article("a1", **fields), now=now)
    assert ids(snapshot.articles) == (["a1"] if is_visible else [])
    assert set(snapshot.article_by_id) == set(ids(snapshot.articles))


@pytest.mark.parametrize(
    ("fields", "is_visible"),
    [({}, True), ({"published": NOW}, True), ({"published": NOW + SECOND}, False), ({"draft": True}, False)],
)
def test_a_story_is_seen_from_its_publication_on(fields: dict[str, object], is_visible: bool) -> None:
    snapshot = make_snapshot(make_record(Story, "s", **fields))
    assert ids(snapshot.stories) == (["s"] if is_visible else [])
    assert set(snapshot.story_by_id) == ({"s"} if is_visible else set())


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
    assert ids(make_snapshot(make_campaign("c", **fields)).campaigns) == (["c"] if is_running else [])


def test_drafts_are_seen_where_they_are_asked_for() -> None:
    records = make_article("a1", draft=True), make_record(Story, "s", draft=True), make_campaign("c", draft=True)
    snapshot = make_snapshot(*records, drafts=True)
    assert ids((*snapshot.articles, *snapshot.stories, *snapshot.campaigns)) == ["a1", "s", "c"]


def test_a_draft_that_waits_is_not_seen_even_then() -> None:
    assert make_snapshot(make_article("a1", NOW + SECOND, draft=True), drafts=True).articles == ()


def test_what_waits_is_seen_where_it_is_asked_for_and_told_from_what_is_out() -> None:
    records = make_article("a1"), make_article("a2", NOW + SECOND), make_record(Story, "s", published=NOW + SECOND)
    snapshot = make_snapshot(*records, future=True)
    assert ids((*snapshot.articles, *snapshot.stories)) == ["a2", "a1", "s"]
    assert snapshot.waiting == {snapshot.articles[0].digest, snapshot.stories[0].digest}


def test_what_waits_has_another_digest_until_its_time_has_come() -> None:
    records = make_article("a1", NOW + SECOND), make_record(Story, "s", published=NOW + SECOND)
    early, late = (make_snapshot(*records, future=True, now=now) for now in (NOW, NOW + SECOND))
    assert early.articles[0].digest != late.articles[0].digest == records[0].digest
    assert early.stories[0].digest != late.stories[0].digest == records[1].digest
    assert (early.until, late.waiting) == (NOW + SECOND, frozenset())


def test_a_draft_that_waits_is_seen_where_both_are_asked_for_and_what_expired_is_gone_all_the_same() -> None:
    gone = make_article("a2", day(1), expires=NOW)
    snapshot = make_snapshot(make_article("a1", NOW + SECOND, draft=True), gone, drafts=True, future=True)
    assert ids(snapshot.articles) == ["a1"]


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
    assert make_snapshot(*shuffled) == make_snapshot(*articles)


@given(ARTICLES)
def test_everything_stands_newest_first_and_ties_have_an_order(articles: list[Article]) -> None:
    snapshot = make_snapshot(*articles)
    assert sorted(ids(snapshot.articles)) == sorted(ids(tuple(articles)))
    for listed in listings(snapshot):
        keys = [(article.published, article.id) for article in listed]
        assert keys == sorted(keys, reverse=True)
        assert len(set(keys)) == len(keys)


def listings(snapshot: Snapshot) -> list[tuple[Article, ...]]:
    indexes = (
        *snapshot.articles_by_topic.values(),
        *snapshot.articles_by_source.values(),
        *snapshot.articles_by_tag.values(),
        *snapshot.articles_by_month.values(),
    )
    return [snapshot.articles, *indexes]


@given(ARTICLES)
def test_indexes_hold_exactly_what_belongs_to_them(articles: list[Article]) -> None:
    snapshot = make_snapshot(*articles)
    for topic, listed in snapshot.articles_by_topic.items():
        assert set(ids(listed)) == {one.id for one in articles if topic in (one.topic, *one.also)}
    for slug, listed in snapshot.articles_by_tag.items():
        words = {"ai": {"AI", "ai"}, "c-plus-plus": {"C++", "C plus plus"}}[slug]
        assert set(ids(listed)) == {one.id for one in articles if words & set(one.tags)}
    assert all(listings(snapshot)[1:])
    assert [tag.slug for tag in snapshot.tags] == sorted(snapshot.articles_by_tag)


def test_a_tag_is_spelt_as_its_oldest_article_spells_it() -> None:
    old, new = make_article("a1", day(1), tags=("C++", "ai")), make_article("a2", day(2), tags=("c plus plus",))
    assert make_snapshot(old, new).tags == (Tag("ai", "ai"), Tag("c-plus-plus", "C++"))


def test_months_are_those_of_the_sites_calendar() -> None:
    article = make_article("a1", datetime.fromisoformat("2026-04-30T23:00:00Z"))
    assert list(make_snapshot(article).articles_by_month) == [(2026, 4)]
    berlin = make_snapshot(article, site={"time_zone": "Europe/Berlin"})
    assert list(berlin.articles_by_month) == [(2026, 5)]


def test_topics_sources_and_pages_have_orders_of_their_own() -> None:
    snapshot = make_snapshot(
        make_record(Topic, "zoo", order=1, title="Aardvarks"),
        make_record(Topic, "law", order=-1),
        make_record(Source, "zebra", title="apex"),
        make_record(Source, "post", title="The Post"),
        make_record(Page, "terms"),
        make_record(Page, "about", order=5),
    )
    assert ids(snapshot.topics) == ["law", "zoo", "chips", "space"]
    assert ids(snapshot.sources) == ["zebra", "post", "wire"]
    assert ids(snapshot.pages) == ["terms", "about"]


# As seen


@pytest.mark.parametrize(
    ("fields", "seen"),
    [
        ({"badge": "live"}, {"badge": "live"}),
        ({"badge": "live", "badge_until": NOW + SECOND}, {"badge": "live"}),
        ({"badge": "live", "badge_until": NOW}, {"badge": None}),
        ({"updated": NOW}, {"updated": NOW}),
        ({"updated": NOW + SECOND}, {"updated": None}),
    ],
)
def test_an_article_is_seen_without_what_is_over_or_to_come(fields: dict[str, object], seen: dict[str, object]) -> None:
    article = make_article("a1", day(1), **fields)
    (found,) = make_snapshot(article).articles
    assert {key: getattr(found, key) for key in seen} == seen
    is_whole = all(fields[key] == value for key, value in seen.items())
    assert (found == article, found.digest == article.digest) == (is_whole, is_whole)


def test_revisions_that_are_to_come_are_not_seen() -> None:
    revisions = tuple(Revision(at=NOW + number * SECOND, note=str(number)) for number in (-1, 0, 1))
    (found,) = make_snapshot(make_article("a1", day(1), revisions=revisions)).articles
    assert found.revisions == revisions[:2]


def test_a_story_is_seen_without_an_update_that_is_to_come() -> None:
    story = make_record(Story, "s", updated=NOW)
    (before,), (after,) = (make_snapshot(story, now=now).stories for now in (NOW - SECOND, NOW))
    assert (before.updated, after.updated) == (None, NOW)
    assert before.digest != after.digest == story.digest


def test_facts_disputes_status_and_revisions_of_a_story_wait_for_their_time() -> None:
    facts = (
        Fact(text="Known.", at=NOW - SECOND, sources=(RecordId("wire"),)),
        Fact(text="Now.", at=NOW, disputed_by=(RecordId("wire"),), disputed_at=NOW),
    )
    revisions = tuple(Revision(at=NOW + number * SECOND, note=str(number)) for number in (-1, 0))
    story = make_record(Story, "s", facts=facts, revisions=revisions, status="settled", status_at=NOW)
    early, late = NOW - SECOND, NOW
    (before,), (after,) = (make_snapshot(story, now=now).stories for now in (early, late))
    assert (before.facts, before.revisions, before.status, before.status_at) == (
        facts[:1],
        revisions[:1],
        "developing",
        None,
    )
    assert after is story
    assert before.digest != after.digest


def test_a_dispute_that_is_to_come_leaves_the_fact_undisputed() -> None:
    fact = Fact(text="F.", disputed_by=(RecordId("wire"),), disputed_at=NOW + SECOND)
    (found,) = make_snapshot(make_record(Story, "s", facts=(fact,))).stories
    assert found.facts == (Fact(text="F."),)


def test_a_developing_story_is_quiet_some_days_after_its_last_report() -> None:
    story = make_record(Story, "s", published=day(1))
    reports = [make_article(f"a{number}", day(number), story="s") for number in (2, 3)]
    (before,), (after,) = (make_snapshot(story, *reports, now=now).stories for now in (day(17) - SECOND, day(17)))
    assert before is story
    assert (after.is_quiet, after.status) == (True, "developing")
    assert after.digest != story.digest
    late = make_article("a4", day(16), story="s")
    (again,) = make_snapshot(story, *reports, late, now=day(17)).stories
    assert again is story
    assert make_snapshot(story, *reports, now=day(16)).until == day(17)


@pytest.mark.parametrize(
    ("matter", "days", "quiet_on"),
    [
        ({}, 14, 15),
        ({}, 3, 4),
        ({}, 0, None),
        ({"status": "settled"}, 14, None),
        ({"status": "settled", "status_at": day(20)}, 14, 15),
        ({"status_at": day(5)}, 14, 19),
    ],
)
def test_a_story_without_reports_is_quiet_by_its_own_times(
    matter: dict[str, Any], days: int, quiet_on: int | None
) -> None:
    story = make_record(Story, "s", published=day(1), **matter)
    snapshots = {
        number: make_snapshot(story, now=day(number), stories={"developing_days": days}) for number in range(1, 20)
    }
    quiet = [number for number, snapshot in snapshots.items() if snapshot.stories[0].is_quiet]
    assert (quiet[0] if quiet else None) == quiet_on
    if quiet_on:
        assert snapshots[quiet_on - 1].until == day(quiet_on)


# Until


MOMENTS = st.none() | st.integers(0, 12).map(lambda hours: day(1) + timedelta(hours=hours))


def timed(kind: str, number: int, first: datetime | None, second: datetime | None, third: datetime | None) -> Record:
    """A record of a kind with some of its times given; of an article another one each time."""
    published = first or day(1)
    if kind == "story":
        fact = Fact(text="F.", at=third, disputed_by=(RecordId("wire"),), disputed_at=second)
        revisions = (Revision(at=third, note="n"),) if third else ()
        times = (
            {"updated": second},
            {"status": "settled", "status_at": third},
            {"facts": (fact,)},
            {"revisions": revisions},
        )
        made: Record = make_record(Story, f"s{number}", published=published, **times[number % 4])
        return made
    if kind == "campaign":
        return make_campaign(f"c{number}", starts=first, ends=second)
    if kind == "report":
        times = {"expires": second, "draft": number == 3, "story": f"s{number % 2}"}
        return make_article(f"r{number}", published - timedelta(days=14), **times)
    key = ("expires", "updated", "badge_until", "revisions")[number % 4]
    value = (Revision(at=second, note="n"),) if key == "revisions" and second else second
    return make_article(
        f"a{number}", published, **{"expires": third, "badge": "live"} | ({key: value} if value else {})
    )


KINDS = st.sampled_from(["article", "story", "campaign", "report"])
OLD_STORIES = tuple(make_record(Story, f"s{number}", published=day(1) - timedelta(days=30)) for number in (0, 1))
"""Those of the reports, whose times are a span of quiet before the others; a drawn story can replace one."""
RECORDS = st.lists(
    st.tuples(KINDS, st.integers(0, 7), MOMENTS, MOMENTS, MOMENTS), unique_by=lambda one: one[:2], max_size=6
).map(lambda made: [*OLD_STORIES, *(timed(*one) for one in made)])


@given(RECORDS, st.integers(-1, 13), st.integers(0, 999))
def test_an_edition_is_the_same_until_the_moment_that_it_names(records: list[Record], hour: int, part: int) -> None:
    now = day(1) + timedelta(hours=hour)
    snapshot = make_snapshot(*records, now=now)
    until = snapshot.until or now + timedelta(days=9999)
    assert until > now
    assert make_snapshot(*records, now=now + (until - now) * part / 1000) == snapshot
    assert make_snapshot(*records, now=until - SECOND) == snapshot


@given(RECORDS)
def test_an_edition_that_changes_names_a_moment(records: list[Record]) -> None:
    turns = [day(1) + timedelta(hours=hours) for hours in range(-1, 14)]
    snapshots = [make_snapshot(*records, now=turn) for turn in turns]
    for turn, before, after in zip(turns[1:], snapshots, snapshots[1:], strict=False):
        if before != after:
            assert before.until == turn


# Stories and tags


def test_stories_are_told_by_their_visible_articles_newest_first() -> None:
    story = make_record(Story, "s", published=day(1))
    articles = [make_article(f"a{number}", day(number), story=RecordId("s")) for number in (1, 3, 2)]
    waits = make_article("waits", NOW + SECOND, story=RecordId("s"))
    snapshot = make_snapshot(story, waits, *articles)
    told = snapshot.coverage_of(story)
    assert (told.story, ids(told.articles)) == (story, ["a3", "a2", "a1"])
    assert make_snapshot(story).coverage_of(story).articles == ()


def test_the_stories_told_in_articles_are_those_that_are_seen_each_once_newest_first() -> None:
    stories = [make_record(Story, f"s{number}", published=day(number)) for number in (1, 2, 3)]
    draft = make_record(Story, "draft", draft=True, entities=(EntityRole(entity=RecordId("acme")),))
    named = make_record(Story, "named", published=day(9), entities=(EntityRole(entity=RecordId("acme")),) * 2)
    articles = [
        make_article(f"a{place}", story=RecordId(story) if story else None)
        for place, story in enumerate(("s1", "s3", "s1", "draft", None))
    ]
    snapshot = make_snapshot(*stories, draft, named, make_record(Entity, "acme"), *articles)
    assert [told.story.id for told in snapshot.stories_covered_in(snapshot.articles)] == ["s3", "s1"]
    both = snapshot.stories_covered_in(snapshot.articles, entity=RecordId("acme"))
    assert [told.story.id for told in both] == ["named", "s3", "s1"]
    assert snapshot.stories_covered_in(()) == ()


@given(ARTICLES)
def test_each_tag_of_an_article_stands_once_in_its_order(articles: list[Article]) -> None:
    snapshot = make_snapshot(*articles)
    by_slug = {tag.slug: tag for tag in snapshot.tags}
    for article in snapshot.articles:
        assert snapshot.tags_of(article) == tuple(by_slug[slug] for slug in dict.fromkeys(map(slugify, article.tags)))
