"""What the coverage of a story comes to, counted by hand."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.names import RecordId
from generator.records import Article, Source, Story
from generator.records.story import CoverageFields, DifferenceFields, Fact
from generator.site import Comparison, compare_coverage
from materials import day, make_article, make_record

# The order of the titles is not that of the ids: daily, gazette, wire, post, "the echo".
TITLES = {"post": "The Post", "wire": "Aaa Wire", "daily": "A Daily", "echo": "the Echo", "gazette": "Aaa Gazette"}
SOURCES: dict[RecordId, Source] = {
    RecordId(source): make_record(Source, source, title=title) for source, title in TITLES.items()
}


def fact(*sources: str, disputed_by: tuple[str, ...] = (), known_on: int | None = None) -> Fact:
    at = None if known_on is None else day(known_on)
    return Fact(text="A fact.", sources=ids(*sources), disputed_by=ids(*disputed_by), at=at)


def ids(*names: str) -> tuple[RecordId, ...]:
    return tuple(map(RecordId, names))


def story(*facts: Fact, **fields: Any) -> Story:
    made: Story = make_record(Story, "event", facts=facts, **fields)
    return made


def report(source: str, on: int, *via: str, name: str = "") -> Article:
    """A report of a source on a day of May, which says that it has it from others."""
    return make_article(name or f"{source}-{on}", day(on), source=source, story="event", via=ids(*via))


def compare(told: Story, *articles: Article, own_source: str | None = None) -> Comparison:
    return compare_coverage(told, articles, SOURCES, own_source=RecordId(own_source) if own_source else None)


def ranking(found: Comparison) -> list[tuple[str, int, int]]:
    return [(one.source, one.told, one.known) for one in found.ranking]


# Who tells anything


def test_sources_stand_in_the_order_of_their_first_article_whatever_order_the_articles_come_in() -> None:
    reports = [report("wire", 3), report("post", 2), report("wire", 1), report("echo", 4), report("post", 5)]
    for articles in (reports, reports[::-1]):
        found = compare(story(), *articles)
        assert found.sources == ("wire", "post", "echo")
        assert [article.id for article in found.articles] == ["wire-1", "post-2", "wire-3", "echo-4", "post-5"]


def test_reports_of_one_moment_stand_by_id() -> None:
    found = compare(story(), report("wire", 1, name="b"), report("post", 1, name="a"))
    assert [article.id for article in found.articles] == ["a", "b"]
    assert found.sources == ("post", "wire")


def test_sources_without_an_article_follow_by_title() -> None:
    told = story(
        fact("post"),
        fact("wire", disputed_by=("echo",)),
        differences=(DifferenceFields(aspect="Who leads", views={RecordId("gazette"): "One."}),),
        coverage={RecordId("daily"): CoverageFields(framing="A race.")},
    )
    assert compare(told).sources == ("daily", "gazette", "wire", "echo", "post")
    assert compare(told, report("post", 1)).sources == ("post", "daily", "gazette", "wire", "echo")


def test_a_source_that_tells_nothing_does_not_count() -> None:
    assert compare(story(fact("wire")), report("wire", 1)).sources == ("wire",)


# OutputMetadata


def test_cells_and_counts_of_three_sources_and_four_facts() -> None:
    found = compare(
        story(
            fact("wire", "post", "echo"),
            fact("wire", "post"),
            fact("post", disputed_by=("wire",)),
            fact("echo", "post"),
        ),
        report("wire", 1),
        report("post", 2),
        report("echo", 3),
    )
    assert found.tellings == (
        ("told", "told", "told"),
        ("told", "told", "silent"),
        ("disputed", "told", "silent"),
        ("silent", "told", "told"),
    )
    assert found.agreed == (0,)
    assert ranking(found) == [("post", 4, 4), ("wire", 2, 4), ("echo", 2, 4)]


def test_ties_of_the_ranking_keep_the_order_of_the_page() -> None:
    reports = [report("echo", 1), report("wire", 2), report("post", 3)]
    found = compare(story(fact("wire"), fact("post"), fact("echo")), *reports)
    assert ranking(found) == [("echo", 1, 3), ("wire", 1, 3), ("post", 1, 3)]
    found = compare(story(fact("wire", "post"), fact("post", "wire")), *reports)
    assert ranking(found) == [("wire", 2, 2), ("post", 2, 2), ("echo", 0, 2)]


def test_who_disputes_a_fact_has_not_told_it_even_where_the_record_says_both() -> None:
    found = compare(story(fact("wire", "post", disputed_by=("post",))), report("wire", 1), report("post", 2))
    assert found.tellings == (("told", "disputed"),)
    assert found.agreed == ()
    assert ranking(found) == [("wire", 1, 1), ("post", 0, 1)]


def test_a_fact_is_agreed_only_where_every_source_told_it() -> None:
    facts = (fact("wire", "post"), fact("wire"), fact(), fact("post", "wire"))
    reports = [report("wire", 1), report("post", 2)]
    assert compare(story(*facts), *reports).agreed == (0, 3)
    assert compare(story(*facts), *reports, report("echo", 3)).agreed == ()


def test_a_fact_that_nobody_told_counts_as_known() -> None:
    assert ranking(compare(story(fact("wire"), fact()), report("wire", 1))) == [("wire", 1, 2)]


def test_without_facts_there_is_no_ranking() -> None:
    found = compare(story(), report("wire", 1), report("post", 2))
    assert (found.tellings, found.agreed, found.ranking) == ((), (), ())
    assert found.sources == ("wire", "post")


def test_one_source_agrees_with_itself() -> None:
    found = compare(story(fact("wire"), fact("wire"), fact()), report("wire", 1))
    assert found.agreed == (0, 1)
    assert ranking(found) == [("wire", 2, 3)]
    assert found.origins == ("wire",)


def test_a_story_without_articles_is_compared_by_its_record() -> None:
    found = compare(story(fact("wire", "post"), fact("post")))
    assert found.sources == ("wire", "post")
    assert found.articles == ()
    assert found.agreed == (0,)
    assert ranking(found) == [("post", 2, 2), ("wire", 1, 2)]
    assert found.origins == ()


def test_a_story_of_which_nothing_is_known_is_empty() -> None:
    assert compare(story()) == Comparison((), (), (), (), (), (), ())


def test_a_fact_without_any_source_has_a_row_without_cells_and_is_not_agreed() -> None:
    found = compare(story(fact()))
    assert (found.tellings, found.agreed, found.ranking) == (((),), (), ())


# What a source could not know


def test_a_fact_does_not_count_against_a_source_whose_last_report_is_older() -> None:
    facts = (fact("wire", "post", known_on=5), fact("wire", known_on=4), fact("post"))
    reports = [report("echo", 2), report("echo", 3), report("wire", 4), report("post", 6)]
    found = compare(story(*facts), *reports)
    assert found.sources == ("echo", "wire", "post")
    assert found.tellings == (("early", "told", "told"), ("early", "told", "silent"), ("silent", "silent", "told"))
    assert found.agreed == (0,)
    assert ranking(found) == [("wire", 2, 3), ("post", 2, 3), ("echo", 0, 1)]


def test_a_source_that_could_know_nothing_has_no_place_in_the_ranking() -> None:
    found = compare(story(fact("wire", known_on=5)), report("echo", 2), report("wire", 6))
    assert found.tellings == (("early", "told"),)
    assert ranking(found) == [("wire", 1, 1)]
    assert found.agreed == ()


def test_an_update_after_the_fact_could_have_told_it() -> None:
    updated = make_article("echo-2", day(2), source="echo", story="event", updated=day(6))
    found = compare(story(fact("wire", known_on=5)), updated, report("wire", 5))
    assert found.tellings == (("silent", "told"),)


@pytest.mark.parametrize("seen", ["extract", "second-hand"])
def test_what_is_not_known_in_full_is_a_lower_bound_without_a_rank(seen: Any) -> None:
    coverage = {RecordId("post"): CoverageFields(seen=seen)}
    facts = (fact("wire", "post"), fact("wire"), fact("wire", "echo", disputed_by=("post",)), fact("wire", "echo"))
    found = compare(story(*facts, coverage=coverage), report("post", 1), report("wire", 2), report("echo", 3))
    assert [row[0] for row in found.tellings] == ["told", "unseen", "disputed", "unseen"]
    assert [(one.source, one.told, one.known, one.is_least) for one in found.ranking] == [
        ("wire", 4, 4, False),
        ("echo", 2, 4, False),
        ("post", 1, 4, True),
    ]
    assert found.agreed == (3,)
    assert found.has_more_origins
    assert not compare(story(coverage=coverage), report("post", 1, "wire"), report("wire", 2)).has_more_origins


def test_all_agree_only_where_at_least_two_could_know() -> None:
    coverage = {RecordId("post"): CoverageFields(seen="extract")}
    found = compare(story(fact("wire"), coverage=coverage), report("post", 1), report("wire", 2))
    assert found.agreed == ()


# The site's own articles


def test_the_sites_own_articles_stand_apart() -> None:
    found = compare(story(fact("wire")), report("post", 2), report("wire", 1), report("post", 1), own_source="post")
    assert found.sources == ("wire",)
    assert [article.id for article in found.articles] == ["wire-1"]
    assert [article.id for article in found.own] == ["post-1", "post-2"]
    assert found.agreed == (0,)
    assert found.origins == ("wire",)


def test_the_site_is_compared_where_the_story_names_it() -> None:
    found = compare(story(fact("wire", "post")), report("post", 2), report("wire", 1), own_source="post")
    assert found.sources == ("wire", "post")
    assert found.own == ()


# Origins


ORIGINS: dict[str, tuple[list[Article], tuple[str, ...]]] = {
    "each its own": ([report("wire", 1), report("post", 2)], ("wire", "post")),
    "one from the other": ([report("wire", 1), report("post", 2, "wire")], ("wire",)),
    "both from one without a report": ([report("wire", 1, "echo"), report("post", 2, "echo")], ("echo",)),
    "a chain": ([report("wire", 1, "echo"), report("post", 2, "wire"), report("daily", 3, "post")], ("echo",)),
    "a chain, the last link first": (
        [report("daily", 1, "post"), report("post", 2, "wire"), report("wire", 3, "echo")],
        ("echo",),
    ),
    "several at once": ([report("wire", 1, "echo", "gazette")], ("echo", "gazette")),
    "several, in the order of the first report": (
        [report("wire", 1, "gazette"), report("post", 2, "echo", "gazette")],
        ("gazette", "echo"),
    ),
    "several, one of them a chain": (
        [report("wire", 1, "echo"), report("post", 2, "wire", "gazette")],
        ("echo", "gazette"),
    ),
    "a chain that divides": (
        [report("wire", 1, "echo", "gazette"), report("post", 2, "wire")],
        ("echo", "gazette"),
    ),
    "two from each other": ([report("wire", 1, "post"), report("post", 2, "wire")], ("post", "wire")),
    "two from each other, a third from one of them": (
        [report("wire", 1, "post"), report("post", 2, "wire"), report("daily", 3, "post")],
        ("post", "wire"),
    ),
    "two from each other, and one of them from a third": (
        [report("wire", 1, "post"), report("post", 2, "wire", "echo")],
        ("echo",),
    ),
    "two from each other, and one of them has an own report": (
        [report("wire", 1, "post"), report("post", 2, "wire"), report("post", 3)],
        ("post",),
    ),
    "three in a circle": (
        [report("wire", 1, "post"), report("post", 2, "echo"), report("echo", 3, "wire")],
        ("post", "echo", "wire"),
    ),
    "from itself": ([report("wire", 1, "wire")], ("wire",)),
    "another from one that has it from itself": (
        [report("wire", 1, "wire"), report("post", 2, "wire")],
        ("wire",),
    ),
    "an own report and then one from another": ([report("wire", 1), report("wire", 2, "echo")], ("wire", "echo")),
    "from one that has an own report, too": (
        [report("echo", 1, "gazette"), report("echo", 2), report("wire", 3, "echo")],
        ("gazette", "echo"),
    ),
    "no report": ([], ()),
}


@pytest.mark.parametrize("case", ORIGINS)
def test_origins_are_where_the_reports_go_back_to(case: str) -> None:
    reports, expected = ORIGINS[case]
    assert compare(story(), *reports).origins == expected


NAMES = st.sampled_from(sorted(TITLES))
REPORTS = st.lists(st.tuples(NAMES, st.integers(1, 20), st.lists(NAMES, max_size=3)), max_size=8).map(
    lambda made: [report(source, on, *via, name=f"a{place}") for place, (source, on, via) in enumerate(made)]
)
FACTS = st.lists(
    st.builds(lambda told, disputed: fact(*told, disputed_by=tuple(disputed)), st.sets(NAMES), st.sets(NAMES)),
    max_size=6,
)


@given(FACTS, REPORTS)
def test_what_holds_of_every_comparison(facts: list[Fact], reports: list[Article]) -> None:
    found = compare(story(*facts), *reports)
    assert len(set(found.sources)) == len(found.sources)
    assert all(len(row) == len(found.sources) for row in found.tellings)
    assert sorted(found.articles, key=lambda one: one.id) == sorted(reports, key=lambda one: one.id)
    if facts:
        assert sorted(one.source for one in found.ranking) == sorted(found.sources)
    for one in found.ranking:
        cells = [row[found.sources.index(one.source)] for row in found.tellings]
        assert (one.told, one.known) == (cells.count("told"), len(facts))
    shares = [one.told / one.known for one in found.ranking]
    assert shares == sorted(shares, reverse=True)
    assert len(set(found.origins)) == len(found.origins)
    assert bool(found.origins) == bool(reports)


@given(REPORTS)
def test_whoever_has_it_from_nobody_is_an_origin(reports: list[Article]) -> None:
    assert {one.source for one in reports if not one.via} <= set(compare(story(), *reports).origins)


@given(FACTS, REPORTS.flatmap(lambda reports: st.tuples(st.just(reports), st.permutations(reports))))
def test_the_order_of_articles_changes_nothing(facts: list[Fact], orders: tuple[list[Article], list[Article]]) -> None:
    told = story(*facts)
    assert compare(told, *orders[0]) == compare(told, *orders[1])
