"""What changed in a story, and what was corrected: dated by hand, and laws for any record."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.names import RecordId
from generator.records import Article, Source, Story
from generator.records.fields import Revision
from generator.records.story import Fact
from generator.site import DatedChange, StoryCoverage, corrections, story_changes
from materials import day, make_article, make_record, make_snapshot

SOURCES = ("wire", "post", "echo")


def ids(*names: str) -> tuple[RecordId, ...]:
    return tuple(map(RecordId, names))


def fact(text: str, *sources: str, disputed_by: tuple[str, ...] = (), **fields: Any) -> Fact:
    return Fact(text=text, sources=ids(*sources), disputed_by=ids(*disputed_by), **fields)


def story(*facts: Fact, **fields: Any) -> Story:
    made: Story = make_record(Story, "event", facts=facts, **{"published": day(1), **fields})
    return made


def report(source: str, on: int, name: str = "", **fields: Any) -> Article:
    return make_article(name or f"{source}-{on}", day(on), source=source, story="event", **fields)


def changes(told: Story, *articles: Article, own_source: str | None = None) -> tuple[DatedChange, ...]:
    return story_changes(StoryCoverage(told, articles), own_source=RecordId(own_source) if own_source else None)


def said(found: Sequence[DatedChange]) -> list[tuple[str, datetime, str, str]]:
    return [(one.kind, one.at, one.text, " ".join(one.sources)) for one in found]


# Dates


def test_a_story_grows_by_sources_facts_disputes_corrections_and_its_status() -> None:
    found = changes(
        story(
            fact("It happened.", "wire", "post"),
            fact("It rained.", "post", disputed_by=("echo",)),
            status="settled",
            status_at=day(8),
            revisions=(Revision(at=day(7), note="The day was wrong.", significant=True),),
        ),
        report("wire", 2),
        report("post", 3, revisions=(Revision(at=day(6), note="The hour was wrong.", significant=True),)),
        report("echo", 5),
        report("wire", 6),
    )
    assert said(found) == [
        ("status", day(8), "settled", ""),
        ("correction", day(7), "The day was wrong.", ""),
        ("correction", day(6), "The hour was wrong.", "post"),
        ("source", day(5), "", "echo"),
        ("dispute", day(5), "It rained.", "echo"),
        ("source", day(3), "", "post"),
        ("fact", day(3), "It rained.", "post"),
        ("source", day(2), "", "wire"),
        ("fact", day(2), "It happened.", "wire"),
    ]
    articles = [one.article.id if one.article else None for one in found]
    assert articles == [None, None, "post-3", "echo-5", "echo-5", "post-3", "post-3", "wire-2", "wire-2"]


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (fact("F.", "wire"), [("fact", 2, "wire")]),
        (fact("F.", "wire", at=day(4)), [("fact", 4, "wire")]),
        (fact("F.", "wire", "post"), [("fact", 2, "wire")]),
        (fact("F.", "wire", "post", at=day(3)), [("fact", 3, "wire post")]),
        (fact("F.", "echo"), []),
        (fact("F.", "echo", at=day(1)), [("fact", 1, "echo")]),
        (fact("F."), []),
        (fact("F.", at=day(1)), [("fact", 1, "")]),
        (fact("F.", "post", disputed_by=("wire",)), [("fact", 3, "post"), ("dispute", 3, "wire")]),
        (
            fact("F.", "wire", disputed_by=("post",), disputed_at=day(5)),
            [("dispute", 5, "post"), ("fact", 2, "wire")],
        ),
        (fact("F.", "echo", disputed_by=("post",)), []),
        (fact("F.", "echo", disputed_by=("post",), disputed_at=day(3)), [("dispute", 3, "post")]),
        (fact("F.", "wire", disputed_by=("echo",)), [("fact", 2, "wire")]),
    ],
)
def test_a_fact_and_its_dispute_have_the_times_of_the_record_or_of_reports(
    told: Fact, expected: list[tuple[str, int, str]]
) -> None:
    found = changes(story(told), report("wire", 2), report("post", 3))
    grown = [(one.kind, one.at, " ".join(one.sources)) for one in found if one.kind in ("fact", "dispute")]
    assert grown == [(kind, day(on), sources) for kind, on, sources in expected]


def test_a_later_report_leaves_an_old_change_as_it_was() -> None:
    told = story(fact("F.", "wire", "post"))
    first = changes(told, report("wire", 2))
    assert changes(told, report("wire", 2), report("post", 3))[-len(first) :] == first


def test_a_fact_that_stands_twice_is_one() -> None:
    found = changes(
        story(fact("It  rained.", "post"), fact("It rained.\n", "wire")), report("wire", 2), report("post", 3)
    )
    assert [one.at for one in found if one.kind == "fact"] == [day(2)]


def test_the_sites_own_articles_are_no_new_source_but_their_corrections_count() -> None:
    own = report("post", 3, revisions=(Revision(at=day(4), note="N.", significant=True),))
    assert [one.kind for one in changes(story(), own, own_source="post")] == ["correction"]
    named = story(fact("F.", "post"))
    assert [one.kind for one in changes(named, own, own_source="post")] == ["correction", "source", "fact"]


def test_a_status_without_a_time_and_a_small_revision_are_no_changes() -> None:
    assert changes(story(status="settled", revisions=(Revision(at=day(2), note="A comma."),))) == ()


def test_a_correction_of_a_title_has_the_one_that_came_next_be_it_by_a_small_revision() -> None:
    retitled = (
        Revision(at=day(2), note="A name.", significant=True, old_title="Firts"),
        Revision(at=day(4), note="A number.", significant=True),
        Revision(at=day(5), note="Shorter.", old_title="Second"),
    )
    found = corrections([make_article("a1", day(1), title="Third", revisions=retitled)], [])
    assert [(one.text, one.old_title, one.new_title) for one in found] == [
        ("A number.", "", ""),
        ("A name.", "Firts", "Second"),
    ]


def test_corrections_of_one_moment_are_told_apart() -> None:
    twice = tuple(Revision(at=day(2), note=note, significant=True) for note in ("B.", "A."))
    found = corrections([make_article("a1", day(1), revisions=twice)], [story(revisions=twice)])
    assert [(one.text, bool(one.story)) for one in found] == [("A.", False), ("B.", False), ("A.", True), ("B.", True)]
    assert len({one.anchor for one in found}) == 4


def test_anchors_stay_from_version_to_version() -> None:
    """Others keep links to them: if this fails, every feed reader shows every change anew."""
    found = changes(story(fact("It happened.", "wire")), report("wire", 2))
    assert [one.key for one in found] == ["source:event:wire", "fact:event:ebe8c1456f9af92a"]
    assert [one.anchor for one in found] == ["c-c32780200d569406", "c-1d8367c654b76db1"]


# Laws

MOMENTS = st.integers(0, 12).map(lambda hours: day(1) + timedelta(hours=hours))
NAMES = st.lists(st.sampled_from(SOURCES), max_size=3, unique=True).map(tuple)


def keep_to_the_rules(fact: Fact) -> Fact:
    """A fact that a record can have: somebody disputes it, and not before it was known."""
    if fact.disputed_at is None or not fact.disputed_by:
        return msgspec.structs.replace(fact, disputed_at=None)
    return msgspec.structs.replace(fact, disputed_at=max(fact.disputed_at, fact.at or fact.disputed_at))


REVISIONS = st.lists(
    st.builds(Revision, at=MOMENTS, note=st.sampled_from(["a", "b", "c"]), significant=st.booleans()), max_size=3
).map(tuple)
FACTS = st.lists(
    st.builds(
        Fact,
        text=st.sampled_from(["one", "two", "three", "four"]),
        sources=NAMES,
        at=st.none() | MOMENTS,
        disputed_by=NAMES,
        disputed_at=st.none() | MOMENTS,
    ).map(keep_to_the_rules),
    max_size=5,
)
STORIES = st.builds(
    lambda facts, revisions, status, at: story(*facts, revisions=revisions, status=status, status_at=at),
    FACTS,
    REVISIONS,
    st.sampled_from(["developing", "settled"]),
    st.none() | MOMENTS,
)
REPORTS = st.lists(st.tuples(st.sampled_from(SOURCES), MOMENTS, REVISIONS), max_size=5).map(
    lambda made: tuple(
        make_article(f"a{place}", at, source=source, story="event", revisions=revisions)
        for place, (source, at, revisions) in enumerate(made)
    )
)


@given(STORIES, REPORTS, st.none() | st.sampled_from(SOURCES))
def test_changes_stand_newest_first_and_no_key_or_anchor_twice(
    told: Story, reports: tuple[Article, ...], own: str | None
) -> None:
    found = changes(told, *reports, own_source=own)
    times = [one.at for one in found]
    assert times == sorted(times, reverse=True)
    assert len({one.key for one in found}) == len({one.anchor for one in found}) == len(found)
    assert {one.key for one in found if one.kind == "correction"} == {one.key for one in corrections(reports, [told])}


@given(STORIES, REPORTS, st.randoms(use_true_random=False))
def test_another_order_of_lists_and_articles_changes_no_key(
    told: Story, reports: tuple[Article, ...], chance: Any
) -> None:
    def shuffled(items: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(chance.sample(items, len(items)))

    other = msgspec.structs.replace(told, facts=shuffled(told.facts), revisions=shuffled(told.revisions))
    others = [msgspec.structs.replace(one, revisions=shuffled(one.revisions)) for one in shuffled(reports)]
    before, after = changes(told, *reports), changes(other, *others)
    assert {(one.key, one.at, one.kind, one.text) for one in before} == {
        (one.key, one.at, one.kind, one.text) for one in after
    }
    assert said(changes(told, *shuffled(reports))) == said(before)


@given(STORIES, REPORTS, st.integers(0, 12))
def test_what_is_to_come_is_hidden_and_what_was_stays(told: Story, reports: tuple[Article, ...], hour: int) -> None:
    def seen_at(now: datetime) -> tuple[DatedChange, ...]:
        sources = [make_record(Source, name) for name in SOURCES if name != "wire"]
        snapshot = make_snapshot(*sources, told, *reports, now=now)
        return story_changes(snapshot.coverage_of(snapshot.stories[0]))

    now = day(1) + timedelta(hours=hour)
    before, after = seen_at(now), seen_at(now + timedelta(days=1))
    assert all(one.at <= now for one in before)
    keyed = [{(one.key, *line) for one, line in zip(found, said(found), strict=True)} for found in (before, after)]
    assert keyed[0] <= keyed[1]
