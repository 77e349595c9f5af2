"""What is counted of topics, sources, entities and the whole site, by hand."""

from datetime import timedelta
from typing import Any

import pytest

from generator.names import RecordId
from generator.outputs.pages import InsightsPage
from generator.outputs.parts import Link, MonthCount, Profile, StoryScore
from generator.plan.pages.insights import plan_insights
from generator.plan.profiles import entity_profile, mix_row, months, source_profile, tones, topic_profile
from generator.records import Article, Entity, EntityRole, Record, Source, Story
from generator.records.article import SentimentFields
from generator.records.story import Fact
from materials import Newsroom, day, make_article, make_context, make_newsroom, make_record, views_of

WIRE, POST = RecordId("wire"), RecordId("post")


def roles(*names: str) -> tuple[EntityRole, ...]:
    return tuple(EntityRole(entity=RecordId(name)) for name in names)


def scored(name: str, on: int, score: float | None, **fields: Any) -> Article:
    return make_article(name, day(on), sentiment=SentimentFields(label="mixed", score=score), **fields)


def mix_of(*sources: str) -> list[tuple[str, int]]:
    """The mix of parts, one of each that is named."""
    context = make_context(*(make_record(Source, name.lower(), title=name) for name in {*sources}))
    row = mix_row(context, Link(text="Chips"), map(RecordId, map(str.lower, sources)), "sources")
    return [(part.name.text, part.count) for part in row.parts] if row else []


# Mixes


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        ("a", [("a", 1)]),
        ("abb", [("b", 2), ("a", 1)]),
        ("ccbbaa", [("a", 2), ("b", 2), ("c", 2)]),
        ("BaC", [("a", 1), ("B", 1), ("C", 1)]),
        ("aaaabbbccdde", [("a", 4), ("b", 3), ("c", 2), ("d", 2), ("e", 1)]),
        ("aabbccddeef", [("a", 2), ("b", 2), ("c", 2), ("d", 2), ("e", 2), ("Others", 1)]),
        ("hgfedcba", [("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 1), ("Others", 3)]),
        ("gggfffedcbazz", [("f", 3), ("g", 3), ("z", 2), ("a", 1), ("b", 1), ("Others", 3)]),
        ("", []),
    ],
)
def test_a_mix_has_its_five_largest_parts_ties_by_name_and_the_rest_as_one(
    sources: str, expected: list[tuple[str, int]]
) -> None:
    assert mix_of(*sources) == expected


def test_two_sources_of_one_name_are_two_parts() -> None:
    context, *_ = make_newsroom(make_record(Source, "post", title="The Wire"))
    row = mix_row(context, Link(text="Chips"), [WIRE, POST, WIRE], "sources")
    assert row is not None
    assert [(part.name.href, part.count) for part in row.parts] == [("/sources/wire/", 2), ("/sources/post/", 1)]
    assert len({part.series for part in row.parts}) == 2


# Months


def month(name: str, count: int, most: int, path: str) -> MonthCount:
    return MonthCount(month=Link(text=name, href=f"/archive/{path}/"), count=count, most=most)


def test_months_stand_newest_first_and_those_without_articles_are_not_skipped() -> None:
    context, snapshot, _ = make_newsroom(
        make_article("a1", day(1)), make_article("a2", day(31)), make_article("a3", day(-60))
    )
    assert months(context, snapshot.articles) == (
        month("May 2026", 2, 2, "2026/05"),
        MonthCount(month=Link(text="April 2026"), count=0, most=2),
        month("March 2026", 1, 2, "2026/03"),
    )
    assert months(context, ()) == ()


def test_a_month_begins_in_the_time_zone_of_the_site() -> None:
    late = make_article("a1", day(31, hour=23))
    for zone, name in (("UTC", "May 2026"), ("Europe/Berlin", "June 2026")):
        context, snapshot, _ = make_newsroom(late, site={"time_zone": zone})
        assert [one.month.text for one in months(context, snapshot.articles)] == [name]


def test_the_newest_twelve_months_are_shown_and_only_they_decide_which_is_the_most() -> None:
    articles = [make_article(f"a{number}", day(5) - timedelta(days=30.5 * number)) for number in range(14)]
    articles += [make_article(f"old{number}", day(5) - timedelta(days=30.5 * 13)) for number in range(9)]
    context, snapshot, _ = make_newsroom(*articles)
    found = months(context, snapshot.articles)
    assert len(found) == 12
    assert found[0].month.text == "May 2026"
    assert {(one.count, one.most) for one in found} == {(1, 1)}


def test_a_profile_has_its_months_if_three_of_them_brought_articles() -> None:
    acme = make_record(Entity, "acme")
    articles = [make_article(f"a{number}", day(1 - 30 * number), entities=roles("acme")) for number in range(3)]
    assert profile_of_entity(acme, *articles[:2]).months == ()
    assert [one.count for one in profile_of_entity(acme, *articles).months] == [1, 1, 1]


# Tones


def test_tones_stand_oldest_first_and_articles_without_a_score_are_left_out() -> None:
    context, snapshot, _ = make_newsroom(
        *(scored("a1", 3, 0.5), scored("a2", 1, -1), scored("a3", 2, None), make_article("a4")),
        *(scored(f"b{place}", 4 + place, 0) for place in range(3)),
    )
    found = tones(context, snapshot.articles)
    assert len(found) == 5
    assert [(tone.at, tone.score, tone.article) for tone in found[:2]] == [
        (day(1), -1, Link(text="A2", href="/news/chips/a2/")),
        (day(3), 0.5, Link(text="A1", href="/news/chips/a1/")),
    ]


@pytest.mark.parametrize("scores", [(), (0.5,), (None, *[0.5] * 4)])
def test_below_five_scores_there_are_no_tones(scores: tuple[float | None, ...]) -> None:
    context, snapshot, _ = make_newsroom(*(scored(f"a{place}", 1, score) for place, score in enumerate(scores)))
    assert tones(context, snapshot.articles) == ()


def test_a_score_of_zero_is_a_score() -> None:
    context, snapshot, _ = make_newsroom(*(scored(f"a{place}", place, 0) for place in range(1, 6)))
    assert [tone.score for tone in tones(context, snapshot.articles)] == [0] * 5


# Topics


def test_a_topic_is_shown_with_its_sources_and_stories() -> None:
    context, snapshot, _ = make_newsroom(
        make_record(Source, "post"),
        make_record(Story, "event"),
        make_record(Story, "elsewhere"),
        make_article("a1", story="event"),
        make_article("a2", source="post"),
        make_article("a3", source="post", topic="space", also=("chips",)),
        make_article("a4", topic="space", story="elsewhere"),
    )
    articles = snapshot.articles_by_topic[RecordId("chips")]
    found = topic_profile(context, articles, snapshot.stories_covered_in(articles))
    assert found.mix is not None
    assert [(part.name.text, part.count) for part in found.mix.parts] == [("Post", 2), ("The Wire", 1)]
    assert [card.title for card in found.stories] == ["Event"]


def test_a_topic_without_articles_has_nothing_to_show() -> None:
    found = topic_profile(make_context(make_record(Story, "event")), (), ())
    assert (found.mix, found.tones, found.stories) == (None, (), ())


# Sources


def profile_of_source(newsroom: Newsroom, source: Source) -> Profile:
    context, snapshot, _ = newsroom
    articles = snapshot.articles_by_source[source.id]
    return source_profile(context, source, articles, snapshot.stories_covered_in(articles))


def fact(*sources: RecordId) -> Fact:
    return Fact(text="A fact.", sources=sources)


def test_a_source_is_shown_with_its_facts_its_topics_and_how_completely_it_told_stories() -> None:
    wire = make_record(
        Source, "wire", title="The Wire", homepage="https://wire.example/", country="GB", owner="Us", licence=""
    )
    newsroom = make_newsroom(
        wire,
        make_record(Source, "post"),
        make_record(Story, "event", facts=(fact(WIRE, POST), fact(POST), fact(WIRE))),
        make_record(Story, "no-facts"),
        make_record(Story, "of-others", facts=(fact(WIRE),)),
        make_article("a1", day(1), story="event"),
        make_article("a2", day(2), story="no-facts", topic="space"),
        make_article("a3", day(3), story="event", topic="space"),
        make_article("a4", day(4), source="post", story="of-others"),
    )
    found = profile_of_source(newsroom, wire)
    assert found.facts == (("Country", "United Kingdom"), ("Owner", "Us"))
    assert found.links == (Link(text="Website", href="https://wire.example/"),)
    assert found.mix is not None
    assert [(part.name.text, part.count) for part in found.mix.parts] == [("Space", 2), ("Chips", 1)]
    assert found.months == ()
    assert found.scores == (
        StoryScore(
            name=Link(text="Event", href="/stories/event/"),
            told=2,
            known=3,
            series=newsroom.context.standing.looks["sources"][WIRE],
        ),
    )


def test_scores_of_two_sources_of_one_name_are_kept_apart_without_links_too() -> None:
    twin = [make_record(Source, name, title="News") for name in ("wire", "post")]
    newsroom = make_newsroom(
        *twin,
        make_record(Story, "event", facts=(fact(WIRE), fact(WIRE, POST))),
        make_article("a1", day(1), story="event"),
        make_article("a2", day(2), source="post", story="event"),
        outputs={"sources": False},
    )
    for source, told in zip(twin, (2, 1), strict=True):
        found = profile_of_source(newsroom, source)
        assert [(score.told, score.known) for score in found.scores] == [(told, 2)]


def test_a_source_without_articles_has_only_its_facts() -> None:
    found = source_profile(make_context(), make_record(Source, "post", language="en"), (), ())
    assert found.facts == (("Language", "English"),)
    assert (found.links, found.mix, found.months, found.scores) == ((), None, (), ())


# Entities


def profile_of_entity(entity: Entity, *records: Record) -> Profile:
    context, snapshot, _ = make_newsroom(entity, *records)
    articles = snapshot.articles_by_entity.get(entity.id, ())
    return entity_profile(context, entity, articles, snapshot.stories_covered_in(articles, entity=entity.id))


def test_an_entity_is_shown_with_its_facts_and_whom_it_appears_with() -> None:
    acme = make_record(
        Entity,
        "acme",
        ticker="ACME",
        homepage="https://acme.example/",
        same_as=("https://social.example/acme", "https://acme.example/"),
    )
    others = [make_record(Entity, name, title=name.capitalize()) for name in ("ada", "bob", "zed", "eve")]
    found = profile_of_entity(
        acme,
        *others,
        make_article("a1", entities=roles("acme", "zed", "bob")),
        make_article("a2", entities=roles("zed", "acme", "zed")),
        make_article("a3", entities=roles("ada", "acme")),
        make_article("a4", entities=roles("eve", "ada")),
    )
    assert found.facts == (("Type", "Company"), ("Ticker", "ACME"))
    assert [(link.text, link.href) for link in found.links] == [
        ("Website", "https://acme.example/"),
        ("social.example", "https://social.example/acme"),
    ]
    assert [(part.name.text, part.count) for part in found.together] == [("Zed", 2), ("Ada", 1), ("Bob", 1)]
    assert found.together[0].name.href == "/entities/zed/"


def test_of_those_beside_an_entity_the_first_eight_are_shown() -> None:
    others = [f"e{number}" for number in range(9)]
    found = profile_of_entity(
        make_record(Entity, "acme"),
        *(make_record(Entity, name) for name in others),
        make_article("a1", entities=roles("acme", *others)),
        make_article("a2", entities=roles("acme", "e8")),
    )
    assert [part.name.text for part in found.together] == ["E8", *(f"E{number}" for number in range(7))]


def test_the_stories_of_an_entity_are_those_of_its_articles_and_those_that_name_it() -> None:
    found = profile_of_entity(
        make_record(Entity, "acme"),
        make_record(Story, "by-article", published=day(1)),
        make_record(Story, "by-record", published=day(2), entities=roles("acme")),
        make_record(Story, "other", published=day(3)),
        make_article("a1", story="by-article", entities=roles("acme")),
        make_article("a2", story="other"),
    )
    assert [card.title for card in found.stories] == ["By record", "By article"]


def test_an_entity_without_articles_has_only_its_facts() -> None:
    found = profile_of_entity(make_record(Entity, "acme", type="law"), make_record(Story, "event"))
    assert found.facts == (("Type", "Law"),)
    assert (found.links, found.months, found.tones, found.together, found.stories) == ((), (), (), (), ())


# Insights


def insights(*records: Record) -> InsightsPage:
    planned = views_of(plan_insights, make_newsroom(*records))
    assert set(planned) == {"insights/index.html"}
    page = planned["insights/index.html"]
    assert isinstance(page, InsightsPage)
    return page


def test_insights_gather_the_mixes_of_topics_the_tones_the_months_and_stories_with_facts() -> None:
    page = insights(
        make_record(Source, "post"),
        make_record(Story, "event", facts=(fact(WIRE), fact(POST))),
        make_record(Story, "no-facts"),
        scored("a1", 1, 0.5, story="event"),
        scored("a2", 2, -0.5, source="post", story="event"),
        *(scored(f"b{place}", 3, 0, story="event") for place in range(3)),
        make_article("a3", day(-5), source="post"),
    )
    assert [(mix.name.text, [(part.name.text, part.count) for part in mix.parts]) for mix in page.mixes] == [
        ("Chips", [("The Wire", 4), ("Post", 2)])
    ]
    assert [tone.score for tone in page.tones] == [0.5, -0.5, 0, 0, 0]
    assert [(one.month.text, one.count, one.most) for one in page.months] == [("May 2026", 5, 5), ("April 2026", 1, 5)]
    assert [(card.title, [(score.name.text, score.told) for score in scores]) for card, scores in page.stories] == [
        ("Event", [("The Wire", 1), ("Post", 1)])
    ]


def test_there_are_no_insights_without_articles() -> None:
    assert views_of(plan_insights, make_newsroom(make_record(Story, "event", facts=(fact(WIRE),)))) == {}


def test_of_many_tones_the_newest_are_shown_so_that_no_page_grows_with_the_site() -> None:
    context, snapshot, _ = make_newsroom(*(scored(f"a{number:03}", 1 + number % 28, 0.5) for number in range(90)))
    found = tones(context, snapshot.articles)
    newest = [article.published for article in snapshot.articles[:60]]
    assert [tone.at for tone in found] == list(reversed(newest))
