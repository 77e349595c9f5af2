"""Story pages, the index of stories, and stories on other pages: counted by hand."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import msgspec

from generator.digest import digest_bytes
from generator.names import RecordId
from generator.outputs.charts import AxisPart, Timeline, TimelineRow
from generator.outputs.pages import (
    AgreedFact,
    ArticlePage,
    Coverage,
    Difference,
    FactRow,
    FrontPage,
    ListingPage,
    Pairs,
    SourceView,
    StoriesPage,
    StoryPage,
    Technique,
)
from generator.outputs.parts import Card, EntityMention, Link, Moment, OtherReport, StoryBox, StoryScore, Text
from generator.plan.pages.article import plan_articles
from generator.plan.pages.front import plan_front
from generator.plan.pages.story import plan_stories, plan_story_index
from generator.plan.parts import cards_of
from generator.plan.stories import facts_by_source, lead_cards, most_covered, story_card, story_scores
from generator.records import Article, Entity, EntityRole, Record, Source, Story, Topic, story
from materials import Newsroom, day, listings_of, make_article, make_body, make_newsroom, make_record, views_of
from sitebench import NOW

WIRE, POST, ECHO = map(RecordId, ("wire", "post", "echo"))
LINKS = {
    WIRE: Link(text="The Wire", href="/sources/wire/"),
    POST: Link(text="Post", href="/sources/post/"),
    ECHO: Link(text="Echo", href="/sources/echo/"),
}
SOURCES = (make_record(Source, "post"), make_record(Source, "echo"))


def make_story(name: str = "event", **fields: Any) -> Story:
    made: Story = make_record(Story, name, **{"published": day(3), **fields})
    return made


def told(name: str, on: int, source: str, *, event: str = "event", **fields: Any) -> Article:
    return make_article(name, day(on), source=source, story=RecordId(event), **fields)


def newsroom_of(*records: Record, **tables: Any) -> Newsroom:
    return make_newsroom(*SOURCES, *records, **tables)


def box_of(newsroom: Newsroom, article: str) -> StoryBox | None:
    """What the page of an article shows of its story."""
    page = views_of(plan_articles, newsroom)[f"news/chips/{article}/index.html"]
    assert isinstance(page, ArticlePage)
    return page.story


def page_of(*records: Record, path: str = "stories/event/index.html", **tables: Any) -> StoryPage:
    view = views_of(plan_stories, newsroom_of(*records, **tables))[path]
    assert isinstance(view, StoryPage)
    return view


FACTS = (
    story.Fact(text="One.", sources=(WIRE, POST, ECHO)),
    story.Fact(text="Two.", sources=(POST,), disputed_by=(WIRE,)),
    story.Fact(text="Three.", sources=(POST, ECHO)),
    story.Fact(text="Four."),
)
REPORTS = (
    told("a1", 4, "post", source_title="The post's own", source_url="https://post.example/1", via=(ECHO,)),
    told("a2", 2, "wire"),
    told("a3", 5, "wire", updated=day(6)),
)


# Story pages


def test_every_part_of_a_story_page_is_counted_from_its_record_and_its_articles() -> None:
    page = page_of(make_story(facts=FACTS), *REPORTS)
    assert page.sources == (LINKS[WIRE], LINKS[POST], LINKS[ECHO])
    assert page.agreed == (AgreedFact(text="One.", told=3),)
    assert tuple(msgspec.structs.replace(fact, marks=()) for fact in page.facts) == (
        FactRow(text="One.", tellings=("told", "told", "told"), apart=()),
        FactRow(text="Two.", tellings=("disputed", "told", "silent"), apart=("1-2", "1-3", "2-3")),
        FactRow(text="Three.", tellings=("silent", "told", "told"), apart=("1-2", "1-3")),
        FactRow(text="Four.", tellings=("silent", "silent", "silent"), apart=()),
    )
    assert [len(fact.marks) for fact in page.facts] == [1, 2, 1, 0]
    assert page.pairs == Pairs(sources=3, alike_in_facts=(), alike_in_aspects=("1-2", "1-3", "2-3"))
    assert tuple(msgspec.structs.replace(score, series=0) for score in page.scores) == (
        StoryScore(name=LINKS[POST], told=3, known=4),
        StoryScore(name=LINKS[ECHO], told=2, known=4),
        StoryScore(name=LINKS[WIRE], told=1, known=4),
    )
    assert page.origins == (LINKS[WIRE], LINKS[ECHO])
    assert page.updated == day(6)


def test_reports_stand_by_time_with_the_originals_headline_and_address() -> None:
    page = page_of(make_story(), *REPORTS)
    assert [report.article.href for report in page.reports] == [f"/news/chips/{name}/" for name in ("a2", "a1", "a3")]
    assert [report.published for report in page.reports] == [day(2), day(4), day(5)]
    assert page.reports[1].source == LINKS[POST]
    assert page.reports[1].article == Link(text="A1", href="/news/chips/a1/")
    assert page.reports[1].original == Link(text="The post's own", href="https://post.example/1")
    assert page.reports[1].via == (LINKS[ECHO],)
    assert page.reports[0].original == Link(text="", href="https://wire.example/1")


def test_every_difference_names_all_sources_in_the_order_of_the_page() -> None:
    view = make_body("In watts.")
    page = page_of(
        make_story(
            differences=(story.DifferenceFields(aspect="Who leads", views={ECHO: "In watts."}),),
            texts={"differences.0.views.echo": view},
        ),
        *REPORTS,
    )
    assert page.differences == (
        Difference(
            aspect="Who leads",
            apart=("1-3", "2-3"),
            views=(
                SourceView(source=LINKS[WIRE], text=None),
                SourceView(source=LINKS[POST], text=None),
                SourceView(source=LINKS[ECHO], text=Text(digest=digest_bytes(b"In watts."))),
            ),
        ),
    )


def test_sources_that_could_not_know_a_fact_do_not_differ_from_those_that_left_it_out() -> None:
    late = story.Fact(text="Late.", at=day(5), sources=(WIRE,))
    page = page_of(make_story(facts=(late,), coverage={ECHO: story.CoverageFields(seen="extract")}), *REPORTS)
    assert [(fact.tellings, fact.apart) for fact in page.facts] == [(("told", "early", "unseen"), ("1-2", "1-3"))]
    assert page.pairs == Pairs(sources=3, alike_in_facts=("2-3",), alike_in_aspects=("1-2", "1-3", "2-3"))


def test_two_sources_are_a_pair_already_and_nothing_to_compare_needs_no_choice() -> None:
    assert page_of(make_story(facts=(story.Fact(text="One.", sources=(WIRE, POST)),)), *REPORTS[:2]).pairs is None
    assert page_of(make_story(coverage={ECHO: story.CoverageFields(framing="A race.")}), *REPORTS).pairs is None


def test_coverage_stands_in_the_order_of_the_page_for_sources_that_have_some() -> None:
    technique = {"name": "Superlatives", "explanation": "There is one winner.", "quotes": ("by far",)}
    page = page_of(
        make_story(
            coverage={
                ECHO: story.CoverageFields(framing="A race.", techniques=(story.TechniqueFields(**technique),)),
                WIRE: story.CoverageFields(tone="sober", note="Tells one."),
            }
        ),
        *REPORTS,
    )
    assert page.coverage == (
        Coverage(source=LINKS[WIRE], seen="full", framing="", tone="sober", techniques=(), note="Tells one."),
        Coverage(
            source=LINKS[ECHO],
            seen="full",
            framing="A race.",
            tone="",
            techniques=(Technique(**technique, kind=None, definition=""),),
            note="",
        ),
    )


def test_what_the_record_says_is_shown_and_the_steps_stand_by_time() -> None:
    page = page_of(
        make_story(
            title="The event",
            summary="In  short.",
            status="settled",
            tags=("npu",),
            entities=(EntityRole(entity=RecordId("acme"), role="leads"),),
            verdict="They differ.",
            texts={"verdict": make_body("They differ.")},
            body=make_body("More."),
            timeline=(story.MomentFields(at=day(2), text="Then."), story.MomentFields(at=day(1), text="First.")),
        ),
        make_record(Entity, "acme", ticker="ACME"),
    )
    assert (page.headline, page.standfirst, page.status, page.tags) == ("The event", "In short.", "settled", ("npu",))
    assert page.topic == Link(text="Chips", href="/topics/chips/")
    acme = Link(text="Acme", href="/entities/acme/")
    assert page.entities == (EntityMention(name=acme, type="company", ticker="ACME", role="leads"),)
    assert page.verdict == Text(digest=digest_bytes(b"They differ."))
    assert page.text == Text(digest=digest_bytes(b"More."))
    assert page.timeline == (Moment(at=day(1), text="First."), Moment(at=day(2), text="Then."))
    assert [crumb.text for crumb in page.crumbs] == ["Home", "Stories", "The event"]
    assert page.meta.description == "In short."


def test_without_a_summary_the_first_paragraph_stands_for_it() -> None:
    assert page_of(make_story(body=make_body("It began so."))).standfirst == "It began so."


def test_a_story_of_which_nothing_is_known_has_its_page_with_empty_parts() -> None:
    page = page_of(make_story())
    assert (page.sources, page.agreed, page.facts, page.scores, page.reports) == ((), (), (), (), ())
    assert (page.origins, page.chart, page.own, page.coverage, page.differences) == ((), None, (), (), ())
    assert page.updated == page.published == day(3)


def test_a_timeline_has_a_row_per_source_from_five_reports_on() -> None:
    more = [told(f"b{place}", 20 + place, "echo") for place in range(2)]
    assert page_of(make_story(facts=FACTS), *REPORTS, more[0]).chart is None
    newsroom = newsroom_of(make_story(facts=FACTS), *REPORTS, *more)
    page = views_of(plan_stories, newsroom)["stories/event/index.html"]
    assert isinstance(page, StoryPage)
    looks = newsroom.context.standing.looks["sources"]
    assert page.chart == Timeline(
        rows=(
            TimelineRow(label="The Wire", times=(day(2), day(5)), series=looks[WIRE]),
            TimelineRow(label="Post", times=(day(4),), series=looks[POST]),
            TimelineRow(label="Echo", times=(day(20), day(21)), series=looks[ECHO]),
        ),
        axis=(AxisPart(first=day(2), last=day(21)),),
    )
    assert [(score.name, score.series) for score in page.scores] == [
        (LINKS[source], looks[source]) for source in (POST, ECHO, WIRE)
    ]


def test_articles_that_wait_or_are_drafts_do_not_count() -> None:
    page = page_of(
        make_story(),
        told("a1", 1, "wire"),
        told("draft", 2, "post", draft=True),
        make_article("waits", NOW + timedelta(days=1), source="post", story="event"),
        told("gone", 2, "post", expires=day(3)),
    )
    assert page.sources == (LINKS[WIRE],)
    assert len(page.reports) == 1


def test_the_sites_own_articles_stand_apart() -> None:
    page = page_of(make_story(), *REPORTS, site={"source": "post"})
    assert [card.headline for card in page.own] == ["A1"]
    assert [report.article.text for report in page.reports] == ["A2", "A3"]
    assert page.origins == (LINKS[WIRE],)


def test_what_is_switched_off_is_named_without_a_link() -> None:
    page = page_of(make_story(), *REPORTS, outputs={"sources": False, "topics": False})
    assert page.sources == (Link(text="The Wire"), Link(text="Post"), Link(text="Echo"))[: len(page.sources)]
    assert page.topic == Link(text="Chips")


# Stories in lists


def test_the_index_begins_with_the_story_whose_latest_report_is_newest() -> None:
    newsroom = newsroom_of(
        make_story("quiet", published=day(8)),
        make_story("old", published=day(1)),
        make_story("event", published=day(2)),
        make_story("also", published=day(1), title="Also event"),
        told("a1", 9, "wire"),
        told("a2", 9, "wire", event="also"),
        told("a3", 2, "wire", event="old"),
    )
    index = views_of(plan_story_index, newsroom)["stories/index.html"]
    assert isinstance(index, StoriesPage)
    assert [card.title for card in index.stories] == ["Also event", "Event", "Quiet", "Old"]
    assert [card.latest for card in index.stories] == [day(9), day(9), day(8), day(2)]


def test_what_keeps_a_story_from_readers_is_marked_on_its_card() -> None:
    context, snapshot, _ = newsroom_of(
        make_story("idea", draft=True),
        make_story("soon", published=day(99)),
        make_story("event"),
        drafts=True,
        future=True,
    )
    cards = {one.id: story_card(context, snapshot.coverage_of(one)) for one in snapshot.stories}
    marks = {name: (card.is_draft, card.is_scheduled) for name, card in cards.items()}
    assert marks == {"idea": (True, False), "soon": (False, True), "event": (False, False)}


def test_a_card_counts_sources_and_reports() -> None:
    context, snapshot, _ = newsroom_of(make_story(summary="In\nshort."), *REPORTS)
    card = story_card(context, snapshot.coverage_of(snapshot.stories[0]))
    assert (card.sources, card.reports, card.latest) == (2, 3, day(5))
    assert (card.summary, card.href, card.status) == ("In short.", "/stories/event/", "quiet")


def test_most_covered_stand_by_sources_then_by_time_then_by_title_and_never_without_reports() -> None:
    context, snapshot, _ = newsroom_of(
        *(make_story(name) for name in ("two", "one-b", "one-a", "one-new", "none")),
        told("a1", 1, "wire", event="two"),
        told("a2", 2, "post", event="two"),
        told("a3", 4, "wire", event="one-b"),
        told("a4", 4, "wire", event="one-a"),
        told("a5", 3, "wire", event="one-a"),
        told("a6", 9, "echo", event="one-new"),
    )
    titles = [card.title for card in most_covered(context, snapshot, 9)]
    assert titles == ["Two", "One new", "One a", "One b"]
    assert [card.title for card in most_covered(context, snapshot, 2)] == titles[:2]


def test_the_front_page_shows_four_stories_other_than_its_first_and_the_way_to_all() -> None:
    stories = [make_story(f"s{number}", published=day(0)) for number in range(10)]
    reports = [told(f"a{number}", number, "wire", event=f"s{number}") for number in range(1, 10)]
    (view,) = views_of(plan_front, newsroom_of(*stories, *reports)).values()
    assert isinstance(view, FrontPage)
    assert [card.title for card in view.stories] == ["S5", "S4", "S3", "S2"]
    assert view.stories_href == "/stories/"
    (view,) = views_of(plan_front, newsroom_of(*reports[:0])).values()
    assert isinstance(view, FrontPage)
    assert (view.stories, view.stories_href) == ((), None)


def test_there_is_no_index_where_there_are_no_stories() -> None:
    assert views_of(plan_stories, newsroom_of(make_article("a1"))) == {}
    assert views_of(plan_story_index, newsroom_of(make_article("a1"))) == {}


# Stories on cards


def led(cards: Iterable[Card]) -> dict[str, tuple[str, ...]]:
    """What the cards that lead an event name beside it."""
    return {card.headline: tuple(one.headline for one in card.story.others) for card in cards if card.story}


def test_the_first_card_of_an_event_leads_it() -> None:
    context, snapshot, _ = newsroom_of(make_story(), *REPORTS)
    stories = [snapshot.coverage_of(snapshot.stories[0])]
    cards = lead_cards(context, snapshot.articles, stories)
    assert [card.headline for card in cards] == ["A3", "A1", "A2"]
    assert led(cards) == {"A3": ("A2", "A1")}
    assert cards[0].story is not None
    assert (cards[0].story.sources, cards[0].story.reports, cards[0].story.href) == (2, 3, "/stories/event/")
    assert led(lead_cards(context, snapshot.articles[1:], stories)) == {"A1": ("A2", "A3")}
    assert led(lead_cards(context, snapshot.articles, [])) == {}
    assert led(cards_of(context, snapshot.articles)) == {}


def test_a_card_leads_nothing_where_nobody_else_told_it() -> None:
    context, snapshot, _ = newsroom_of(make_story(), REPORTS[0], make_article("a9"))
    assert led(lead_cards(context, snapshot.articles, [snapshot.coverage_of(snapshot.stories[0])])) == {}


def test_the_sites_own_article_leads_to_the_reports_of_others() -> None:
    context, snapshot, _ = newsroom_of(make_story(), *REPORTS[:2], site={"source": "post"})
    (own, _other) = lead_cards(context, snapshot.articles, [snapshot.coverage_of(snapshot.stories[0])])
    assert own.story is not None
    assert (own.headline, own.story.sources, [one.headline for one in own.story.others]) == ("A1", 1, ["A2"])


def test_the_front_page_has_one_head_of_each_event_wherever_it_stands() -> None:
    topics = (make_record(Topic, "space", featured=True), make_record(Topic, "law", featured=True))
    reports = [told(f"s{on}", on, "wire", topic="space") for on in range(1, 9)]
    other = [told("l1", 1, "wire", event="trial", topic="law"), told("l2", 2, "post", event="trial", topic="law")]
    newsroom = newsroom_of(
        make_story(),
        make_story("trial"),
        *topics,
        *reports,
        *other,
        front={"grid_items": 1, "section_items": 3, "latest_items": 1},
    )
    (view,) = views_of(plan_front, newsroom).values()
    assert isinstance(view, FrontPage)
    assert view.lead is not None
    below = [card for section in view.sections for card in section.cards]
    assert led([view.lead]).keys() == {"S8"}
    assert led([*view.secondary, *view.latest, *view.grid, *below]) == {"L2": ("L1",)}


def test_the_first_page_of_a_listing_has_heads_and_the_others_keep_still() -> None:
    reports = [told(f"r{on}", on, "wire" if on % 2 else "post") for on in range(1, 8)]
    newsroom = newsroom_of(make_story(), *reports, listings={"page_items": 2})
    for family, first in (("latest", "latest"), ("topics", "topics/chips"), ("sources", "sources/wire")):
        views = listings_of(family, newsroom)
        page = views[f"{first}/index.html"]
        assert isinstance(page, ListingPage)
        assert led(page.cards).keys() == {"R7"}
        old = views[f"{first}/page/1/index.html"]
        assert isinstance(old, ListingPage)
        assert led(old.cards) == {}


# Stories on articles


def test_an_article_shows_how_others_told_it_oldest_first() -> None:
    box = box_of(newsroom_of(make_story(), *REPORTS), "a1")
    assert box is not None
    assert (box.title, box.href, box.reports, box.sources) == ("Event", "/stories/event/", 3, 2)
    assert box.others == (
        OtherReport(source=LINKS[WIRE], headline="A2", href="/news/chips/a2/", published=day(2)),
        OtherReport(source=LINKS[WIRE], headline="A3", href="/news/chips/a3/", published=day(5)),
    )


def test_an_article_without_a_visible_story_has_no_box_and_a_lone_one_has_no_others() -> None:
    newsroom = newsroom_of(
        make_story("draft", draft=True),
        make_story(),
        make_article("a1"),
        told("a2", 1, "wire", event="draft"),
        REPORTS[2],
    )
    assert box_of(newsroom, "a1") is None
    assert box_of(newsroom, "a2") is None
    box = box_of(newsroom, "a3")
    assert box is not None
    assert box.others == ()


def test_the_sites_own_article_is_no_report_and_leads_to_all_reports() -> None:
    newsroom = newsroom_of(make_story(), *REPORTS, site={"source": "post"})
    own, other = (box_of(newsroom, name) for name in ("a1", "a2"))
    assert own is not None
    assert other is not None
    assert (own.reports, [one.headline for one in own.others]) == (2, ["A2", "A3"])
    assert (other.reports, [one.headline for one in other.others]) == (2, ["A3"])


def test_what_each_source_told_of_the_facts_is_counted_in_words() -> None:
    facts = (
        *FACTS,
        story.Fact(text="Five.", at=day(5), sources=(WIRE,)),
        story.Fact(text="Six.", at=day(5), disputed_by=(WIRE,)),
    )
    record = make_story(facts=facts, coverage={ECHO: story.CoverageFields(seen="extract")})
    context, snapshot, _ = newsroom_of(record, *REPORTS)
    found = facts_by_source(context, snapshot.coverage_of(snapshot.stories[0]))
    assert {source: one.states for source, one in found.items()} == {
        WIRE: ("told", "disputed", "silent", "silent", "told", "disputed"),
        POST: ("told", "told", "told", "silent", "early", "early"),
        ECHO: ("told", "unseen", "told", "unseen", "unseen", "unseen"),
    }
    assert {one.source: one.words for one in found.values()} == {
        "The Wire": "reported 2 of 6 facts, 2 disputed",
        "Post": "reported 3 of 4 facts, 2 newer than its reports",
        "Echo": "reported at least 2 of 6 facts, 4 unknown (text not seen)",
    }
    assert story_card(context, snapshot.coverage_of(snapshot.stories[0])).facts == tuple(found.values())


def test_a_source_that_could_know_no_fact_has_only_those_that_are_newer() -> None:
    record = make_story(facts=(story.Fact(text="One.", at=day(5), sources=(WIRE,)),))
    context, snapshot, _ = newsroom_of(record, *REPORTS)
    found = facts_by_source(context, snapshot.coverage_of(snapshot.stories[0]))
    assert found[POST].words == "1 newer than its reports"


def test_the_reports_below_a_head_have_what_their_sources_told() -> None:
    context, snapshot, _ = newsroom_of(make_story(facts=FACTS), *REPORTS)
    stories = [snapshot.coverage_of(snapshot.stories[0])]
    (card, *_) = lead_cards(context, snapshot.articles, stories)
    assert card.story is not None
    facts = facts_by_source(context, stories[0])
    assert card.story.facts == facts[WIRE]
    assert [one.facts for one in card.story.others] == [facts[WIRE], facts[POST]]


def test_scores_of_a_story_without_facts_are_empty() -> None:
    context, snapshot, _ = newsroom_of(make_story(), *REPORTS)
    assert story_scores(context, snapshot.coverage_of(snapshot.stories[0])) == ()
