"""Plans the page of each story, which compares its sources, and the index of stories."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from generator.names import OutputPath, RecordId
from generator.outputs import Draft, pages
from generator.outputs.parts import Link, Meta, Moment
from generator.plan import parts
from generator.plan.collections import Collection
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.files.social import social_card
from generator.plan.keys import keyed_draft
from generator.plan.meta import Head, feeds_of, frame_of, page_meta
from generator.plan.stories import compare, facts_by_source, status_of, story_card, story_scores, summary_of
from generator.plan.techniques import find_term, term_link
from generator.plan.timeline import timeline_of
from generator.plan.urls import Links
from generator.records import Article, Story
from generator.records.story import TechniqueFields
from generator.site import (
    MOST_PAIRED,
    Comparison,
    DatedChange,
    Pair,
    StoryCoverage,
    mark_own_words,
    pairs_apart,
    pairs_of,
)

FEWEST_PAIRED = 3
"""Two sources are a pair already."""

NEWEST_CHANGES = 4
"""How many changes a story's page shows; all of them have a page of their own."""


def plan_stories(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan a page per story."""
    for one in material.collections.of("stories"):
        assert isinstance(one.record, Story)
        changes = material.collections.changes_of(one.record)
        yield keyed_draft(context, one.path, pages.StoryPage, one.owner, _story_page, one, changes)


def plan_story_index(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan the index of stories; none if there are no stories."""
    snapshot = material.snapshot
    if snapshot.stories:
        path = context.urls.index_path("stories")
        stories = tuple(map(snapshot.coverage_of, snapshot.stories))
        yield keyed_draft(context, path, pages.StoriesPage, "the index of stories", _stories_page, stories)


def _stories_page(context: PlanContext, path: OutputPath, told: tuple[StoryCoverage, ...]) -> pages.StoriesPage:
    cards = (story_card(context, one) for one in told)
    stories = tuple(sorted(cards, key=lambda card: (-card.latest.timestamp(), card.title)))
    frame = frame_of(context, path, context.say("stories"), context.say("stories_description"), cards=stories)
    return pages.StoriesPage(**frame, stories=stories)


def _story_page(
    context: PlanContext, path: OutputPath, collection: Collection, changes: tuple[DatedChange, ...]
) -> pages.StoryPage:
    story, links = collection.record, collection.links
    assert isinstance(story, Story)
    coverage = StoryCoverage(story, collection.articles)
    comparison = compare(context, coverage)
    changes_href = context.urls.changes_href(story) if changes else None
    crumbs = (parts.home_link(context), parts.index_link(context, "stories"), Link(text=story.title))
    cards = parts.cards_of(context, comparison.articles)
    meta = _meta(context, path, collection, Head(story.title, summary_of(story), crumbs, cards), changes)
    facts, differences = (
        tuple(_facts(story, comparison, changes)),
        tuple(_differences(context, story, comparison, links)),
    )
    # The page shows facts and disputes elsewhere.
    newest = (parts.change_line(context, one) for one in changes if one.kind not in ("fact", "dispute"))
    return pages.StoryPage(
        meta=meta,
        crumbs=crumbs,
        headline=story.title,
        standfirst=summary_of(story),
        status=status_of(story),
        topic=parts.record_link(context, "topics", story.topic),
        colour=context.standing.topics[story.topic].colour,
        tags=story.tags,
        entities=parts.mentions_of(context, story.entities),
        published=story.published,
        updated=meta.updated or story.published,
        image=parts.image_of(context, story),
        verdict=parts.text_at(context, story, "verdict", links),
        text=parts.text_of(context, story, links),
        sources=parts.source_links(context, comparison.sources),
        headlines=tuple(_headlines(context, comparison.articles)),
        latest=comparison.articles[-1].published if comparison.articles else None,
        agreed=tuple(
            pages.AgreedFact(text=story.facts[place].text, told=comparison.tellings[place].count("told"))
            for place in comparison.agreed
        ),
        facts=facts,
        differences=differences,
        pairs=_pairs(len(comparison.sources), facts, differences),
        coverage=tuple(_coverage(context, story, source) for source in comparison.sources if source in story.coverage),
        scores=story_scores(context, coverage),
        reports=tuple(_report(context, article) for article in comparison.articles),
        own=parts.cards_of(context, comparison.own),
        origins=parts.source_links(context, comparison.origins),
        has_more_origins=comparison.has_more_origins,
        chart=timeline_of(context, comparison),
        timeline=moments_of(story),
        is_draft=story.draft,
        is_scheduled=context.is_scheduled(story),
        changes=tuple(islice(newest, NEWEST_CHANGES)) if changes_href else (),
        changes_href=changes_href,
        revisions=parts.revisions_of(story),
        corrections_href=parts.corrections_href(context, story),
    )


def _meta(
    context: PlanContext, path: OutputPath, collection: Collection, head: Head, changes: Sequence[DatedChange]
) -> Meta:
    """The metadata of a story's page; its update is the newest change of the story or of one of its articles."""
    story = collection.record
    assert isinstance(story, Story)
    is_out = context.is_out(story)
    meta = page_meta(context, path, head._replace(feeds=feeds_of(context, collection), is_indexed=is_out))
    newest = (change.at for change in changes[:1])
    facts = facts_by_source(context, StoryCoverage(story, collection.articles)).values()
    told = (context.say("labelled", label=one.source, text=one.words) for one in facts)
    return msgspec.structs.replace(
        meta,
        image=(social_card(context, path, story.title, alt=" · ".join((story.title, *told))) if is_out else None)
        or parts.image_of(context, story)
        or meta.image,
        updated=max((story.updated or story.published, *map(parts.changed_at, collection.articles), *newest)),
    )


def moments_of(story: Story) -> tuple[Moment, ...]:
    """The steps of the event, oldest first."""
    return tuple(parts.mirror(one, Moment) for one in sorted(story.timeline, key=lambda one: one.at))


def _facts(story: Story, comparison: Comparison, changes: Sequence[DatedChange]) -> Iterator[pages.FactRow]:
    """The facts; two sources differ in one if one is known to have told or disputed it, and the other did not."""
    marks: dict[str, list[str]] = {}
    for change in changes:
        if change.kind in ("fact", "dispute"):
            marks.setdefault(change.text, []).append(change.anchor)
    for fact, states in zip(story.facts, comparison.tellings, strict=True):
        stances = [state if state in ("told", "disputed") else None for state in states]
        yield pages.FactRow(
            text=fact.text,
            tellings=states,
            apart=_written(pairs_apart(stances)),
            marks=tuple(marks.get(" ".join(fact.text.split()), ())),
        )


def _pairs(count: int, facts: Sequence[pages.FactRow], differences: Sequence[pages.Difference]) -> pages.Pairs | None:
    if count < FEWEST_PAIRED or not (facts or differences):
        return None
    every = _written(pairs_of(count))
    return pages.Pairs(
        sources=min(count, MOST_PAIRED),
        alike_in_facts=_alike(every, facts),
        alike_in_aspects=_alike(every, differences),
    )


def _alike(pairs: Sequence[str], things: Sequence[pages.FactRow] | Sequence[pages.Difference]) -> tuple[str, ...]:
    return tuple(pair for pair in pairs if not any(pair in one.apart for one in things))


def _written(pairs: Iterable[Pair]) -> tuple[str, ...]:
    return tuple(f"{one + 1}-{other + 1}" for one, other in pairs)


def _differences(
    context: PlanContext, story: Story, comparison: Comparison, links: Links
) -> Iterator[pages.Difference]:
    for place, difference in enumerate(story.differences):
        key = f"differences.{place}.views"
        views = tuple(
            pages.SourceView(
                source=parts.record_link(context, "sources", source),
                text=parts.text_at(context, story, f"{key}.{source}", links),
            )
            for source in comparison.sources
        )
        apart = _written(pairs_apart([view.text for view in views]))
        yield pages.Difference(aspect=difference.aspect, views=views, apart=apart)


def _coverage(context: PlanContext, story: Story, source: RecordId) -> pages.Coverage:
    found = story.coverage[source]
    return pages.Coverage(
        source=parts.record_link(context, "sources", source),
        seen=found.seen,
        framing=found.framing,
        tone=found.tone,
        techniques=tuple(_technique(context, one) for one in found.techniques),
        note=found.note,
    )


def _technique(context: PlanContext, technique: TechniqueFields) -> pages.Technique:
    term = find_term(context, technique)
    return pages.Technique(
        name=technique.name,
        kind=term_link(context, term) if term else None,
        definition=term.definition if term else "",
        explanation=technique.explanation,
        quotes=technique.quotes,
    )


def _headlines(context: PlanContext, articles: Sequence[Article]) -> Iterator[pages.OriginalHeadline]:
    """The first headline of each source, with its own words marked against those of the same language."""
    first: dict[RecordId, Article] = {}
    for article in articles:
        if article.source_title:
            first.setdefault(article.source, article)
    if len(first) < 2:
        return
    by_language: dict[str | None, list[Article]] = {}
    for article in first.values():
        by_language.setdefault(parts.original_language(context, article), []).append(article)
    pieces = {
        article.id: marked
        for alike in by_language.values()
        for article, marked in zip(alike, mark_own_words([one.source_title for one in alike]), strict=True)
    }
    for article in first.values():
        yield pages.OriginalHeadline(
            source=parts.record_link(context, "sources", article.source),
            original=_original(context, article),
            pieces=tuple((piece.text, piece.is_own) for piece in pieces[article.id]),
        )


def _report(context: PlanContext, article: Article) -> pages.StoryReport:
    return pages.StoryReport(
        source=parts.record_link(context, "sources", article.source),
        article=parts.article_link(context, article),
        original=_original(context, article),
        published=article.published,
        via=parts.source_links(context, article.via),
    )


def _original(context: PlanContext, article: Article) -> Link:
    return Link(text=article.source_title, href=article.source_url, language=parts.original_language(context, article))
