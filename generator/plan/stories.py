"""Plans the stories: how the sources told one event."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import msgspec

from generator.names import OutputPath, RecordId
from generator.outputs import Draft
from generator.outputs.views import (
    Card,
    Coverage,
    Difference,
    FactRow,
    Link,
    Moment,
    OtherReport,
    SourceView,
    StoriesPage,
    StoryBox,
    StoryCard,
    StoryPage,
    StoryReport,
    StoryScore,
    Technique,
    TimelineRow,
)
from generator.plan.changes import change_line, corrections_href, revisions_of
from generator.plan.desk import Desk, changed_at
from generator.plan.meta import page_meta, part_feeds
from generator.plan.urls import Directory, Links
from generator.records import Article, Story
from generator.site import Change, Comparison, Snapshot, StoryCoverage

NEWEST_CHANGES = 4
"""How many changes a story's page shows; all of them have a page of their own."""


def plan_stories(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    """Plan `/stories/` and a page per story; no index where there are none."""
    for story in snapshot.stories:
        path, told = desk.urls.story_path(story), snapshot.coverage_of(story)
        yield desk.keyed_draft(path, StoryPage, story.file, _story_page, told, directory.links_of(story))
    if snapshot.stories:
        path = desk.urls.index_path("stories")
        told_stories = tuple(map(snapshot.coverage_of, snapshot.stories))
        yield desk.keyed_draft(path, StoriesPage, "the index of stories", _stories_page, told_stories)


def story_card(desk: Desk, told: StoryCoverage) -> StoryCard:
    """A story in a list."""
    story, articles = told.story, desk.compare(told).articles
    return StoryCard(
        title=story.title,
        href=desk.urls.story_href(story),
        summary=_summary(story),
        status=story.status,
        topic=desk.topic_link(story.topic),
        sources=len({article.source for article in articles}),
        reports=len(articles),
        latest=max((story.published, *(article.published for article in articles))),
        image=desk.image(story),
        is_draft=story.draft,
        is_scheduled=desk.is_scheduled(story),
    )


def most_covered(desk: Desk, snapshot: Snapshot, count: int) -> tuple[StoryCard, ...]:
    """The stories with reports, those that most sources tell first, then the newest."""
    cards = [story_card(desk, snapshot.coverage_of(story)) for story in snapshot.stories]
    ranked = sorted(cards, key=lambda card: (-card.sources, -card.latest.timestamp(), card.title))
    return tuple(card for card in ranked if card.sources)[:count]


def story_scores(desk: Desk, told: StoryCoverage) -> tuple[StoryScore, ...]:
    """How many of the known facts each source told, most first; empty where no facts are known."""
    return tuple(
        StoryScore(name=desk.source_link(score.source), told=score.told, known=score.known)
        for score in desk.compare(told).ranking
    )


def story_box(desk: Desk, article: Article, told: StoryCoverage | None) -> StoryBox | None:
    """The story of an article and how others told it; None where it belongs to none that is visible."""
    if told is None:
        return None
    reports = desk.compare(told).articles
    return StoryBox(
        title=told.story.title,
        href=desk.urls.story_href(told.story),
        others=tuple(
            OtherReport(
                source=desk.source_link(one.source),
                headline=one.title,
                href=desk.urls.article_href(one),
                published=one.published,
                language=desk.foreign(one.language),
            )
            for one in reports
            if one.id != article.id
        ),
        reports=len(reports),
        sources=len({one.source for one in reports}),
    )


def lead_cards(desk: Desk, articles: Iterable[Article], stories: Iterable[StoryCoverage]) -> tuple[Card, ...]:
    """A card for each article, in their order; the first of each story that others told leads it.

    Args:
        desk: The build's desk.
        articles: What a list shows.
        stories: Those of the articles' stories that are visible, and perhaps others.
    """
    waiting = {told.story.id: told for told in stories}

    def lead(article: Article) -> Card:
        box = story_box(desk, article, waiting.pop(article.story, None)) if article.story else None
        card = desk.card(article)
        return msgspec.structs.replace(card, story=box) if box and box.others else card

    return tuple(map(lead, articles))


def _stories_page(desk: Desk, path: OutputPath, told_stories: tuple[StoryCoverage, ...]) -> StoriesPage:
    crumbs = (desk.home_link(), Link(text=desk.say("stories")))
    description = desk.say("stories_description")
    cards = (story_card(desk, told) for told in told_stories)
    stories = tuple(sorted(cards, key=lambda card: (-card.latest.timestamp(), card.title)))
    return StoriesPage(
        meta=page_meta(desk, path, desk.say("stories"), description, crumbs=crumbs, cards=stories),
        crumbs=crumbs,
        heading=desk.say("stories"),
        stories=stories,
    )


def _story_page(desk: Desk, path: OutputPath, told: StoryCoverage, links: Links) -> StoryPage:
    story, comparison = told.story, desk.compare(told)
    changes = desk.changes(told)
    changes_href = desk.urls.changes_href(story) if changes else None
    crumbs = (
        desk.home_link(),
        Link(text=desk.say("stories"), href=desk.urls.index_href("stories")),
        Link(text=story.title),
    )
    sources = {source: desk.source_link(source) for source in comparison.sources}
    image = desk.image(story)
    newest = (change.at for change in changes[:1])
    updated = max((story.updated or story.published, *map(changed_at, told.articles), *newest))
    meta = page_meta(
        desk,
        path,
        story.title,
        _summary(story),
        crumbs=crumbs,
        cards=desk.cards(comparison.articles),
        feeds=part_feeds(desk, "stories", path, story.title, len(told.articles)),
        is_indexed=desk.is_out(story),
    )
    shared = (desk.social_card(path, story.title) if desk.is_out(story) else None) or image or meta.image
    return StoryPage(
        meta=msgspec.structs.replace(meta, image=shared, updated=updated),
        crumbs=crumbs,
        headline=story.title,
        standfirst=_summary(story),
        status=story.status,
        topic=desk.topic_link(story.topic),
        tags=story.tags,
        entities=desk.parties(story.entities),
        published=story.published,
        updated=updated,
        image=image,
        verdict=desk.text_at(story, "verdict", links),
        text=desk.text(story, links),
        sources=tuple(sources.values()),
        agreed=tuple(story.facts[place].text for place in comparison.agreed),
        facts=tuple(
            FactRow(text=fact.text, tellings=row) for fact, row in zip(story.facts, comparison.tellings, strict=True)
        ),
        differences=tuple(
            _difference(desk, story, place, comparison, links) for place in range(len(story.differences))
        ),
        coverage=tuple(_coverage(desk, story, source) for source in comparison.sources if source in story.coverage),
        scores=tuple(
            StoryScore(name=sources[score.source], told=score.told, known=score.known) for score in comparison.ranking
        ),
        reports=tuple(_report(desk, article) for article in comparison.articles),
        own=desk.cards(comparison.own),
        origins=tuple(desk.source_link(source) for source in comparison.origins),
        chart=_chart(desk, comparison),
        timeline=tuple(
            Moment(at=moment.at, text=moment.text) for moment in sorted(story.timeline, key=lambda one: one.at)
        ),
        is_draft=story.draft,
        is_scheduled=desk.is_scheduled(story),
        changes=tuple(change_line(desk, change) for change in _told_once(changes)) if changes_href else (),
        changes_href=changes_href,
        revisions=revisions_of(story),
        corrections_href=corrections_href(desk, story),
    )


def _summary(story: Story) -> str:
    return " ".join(story.summary.split()) or story.body.lead


def _difference(desk: Desk, story: Story, place: int, comparison: Comparison, links: Links) -> Difference:
    key = f"differences.{place}.views"
    return Difference(
        aspect=story.differences[place].aspect,
        views=tuple(
            SourceView(source=desk.source_link(source), text=desk.text_at(story, f"{key}.{source}", links))
            for source in comparison.sources
        ),
    )


def _coverage(desk: Desk, story: Story, source: RecordId) -> Coverage:
    told = story.coverage[source]
    return Coverage(
        source=desk.source_link(source),
        framing=told.framing,
        tone=told.tone,
        techniques=tuple(
            Technique(name=one.name, explanation=one.explanation, quotes=one.quotes) for one in told.techniques
        ),
        note=told.note,
    )


def _report(desk: Desk, article: Article) -> StoryReport:
    return StoryReport(
        source=desk.source_link(article.source),
        article=desk.article_link(article),
        original=Link(text=article.source_title, href=article.source_url, language=desk.original_language(article)),
        published=article.published,
        via=tuple(desk.source_link(source) for source in article.via),
    )


def _chart(desk: Desk, comparison: Comparison) -> tuple[TimelineRow, ...]:
    """When each source reported; empty below two reports, which no picture is needed for."""
    if len(comparison.articles) < 2:
        return ()
    return tuple(
        TimelineRow(label=desk.sources[source].title, times=times)
        for source in comparison.sources
        if (times := tuple(article.published for article in comparison.articles if article.source == source))
    )


def _told_once(changes: Sequence[Change]) -> Iterator[Change]:
    """The newest changes but facts and who disputes them: the page names those itself."""
    return islice((change for change in changes if change.kind not in ("fact", "dispute")), NEWEST_CHANGES)
