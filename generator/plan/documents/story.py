"""Plans the document of each story."""

from collections.abc import Iterator, Sequence

from generator.names import OutputPath, RecordId
from generator.outputs import Draft
from generator.outputs import documents as views
from generator.plan.collections import Collection
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.documents import references
from generator.plan.keys import keyed_draft
from generator.plan.pages.story import moments_of
from generator.plan.parts import image_of, mirror, text_at, text_of
from generator.plan.routes import ROUTES
from generator.plan.stories import compare, summary_of
from generator.plan.techniques import find_term
from generator.plan.urls import Links
from generator.records import Story
from generator.records.story import CoverageFields
from generator.site import Comparison, StoryCoverage


def plan_story_documents(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan a document per story."""
    for one in material.collections.of("stories"):
        path = ROUTES["api_records"].path("stories", one.id)
        yield keyed_draft(context, path, views.StoryDocument, one.owner, _story_document, one)


def _story_document(context: PlanContext, _path: OutputPath, collection: Collection) -> views.StoryDocument:
    story, links = collection.record, collection.links
    assert isinstance(story, Story)
    comparison, image = compare(context, StoryCoverage(story, collection.articles)), image_of(context, story)
    return views.StoryDocument(
        **references.head_of(context, views.StoryDocument, collection.path),
        id=story.id,
        title=story.title,
        summary=summary_of(story),
        status=story.status,
        published=story.published,
        updated=story.updated,
        topic=references.named_record(context, "topics", story.topic),
        entities=references.named_entities(context, story.entities),
        image=mirror(image, views.Image) if image else None,
        verdict_html=text_at(context, story, "verdict", links),
        text_html=text_of(context, story, links),
        sources=tuple(references.named_record(context, "sources", source) for source in comparison.sources),
        facts=_facts(story, comparison),
        differences=tuple(
            views.StoryDifference(
                aspect=difference.aspect,
                views=tuple(_viewpoints(context, story, f"differences.{place}.views", comparison, links)),
            )
            for place, difference in enumerate(story.differences)
        ),
        completeness=tuple(mirror(one, views.StoryCompleteness) for one in comparison.ranking),
        coverage=tuple(
            _telling(context, source, story.coverage[source])
            for source in comparison.sources
            if source in story.coverage
        ),
        origins=comparison.origins,
        timeline=moments_of(story),
        articles=references.entries_of(context, collection.articles),
    )


def _facts(story: Story, comparison: Comparison) -> tuple[views.StoryFact, ...]:
    def those(row: Sequence[str], status: str) -> tuple[str, ...]:
        return tuple(source for source, one in zip(comparison.sources, row, strict=True) if one == status)

    return tuple(
        views.StoryFact(
            text=fact.text,
            told_by=those(row, "told"),
            disputed_by=those(row, "disputed"),
            too_early_for=those(row, "early"),
            unseen_of=those(row, "unseen"),
        )
        for fact, row in zip(story.facts, comparison.tellings, strict=True)
    )


def _telling(context: PlanContext, source: RecordId, told: CoverageFields) -> views.StoryTelling:
    return views.StoryTelling(
        source=source,
        seen=told.seen,
        framing=told.framing,
        tone=told.tone,
        note=told.note,
        techniques=tuple(
            views.StoryTechnique(
                name=one.name,
                kind=term.label if (term := find_term(context, one)) else None,
                definition=term.definition if term else "",
                explanation=one.explanation,
                quotes=one.quotes,
            )
            for one in told.techniques
        ),
    )


def _viewpoints(
    context: PlanContext, story: Story, key: str, comparison: Comparison, links: Links
) -> Iterator[views.StoryViewpoint]:
    for source in comparison.sources:
        text = text_at(context, story, f"{key}.{source}", links)
        if text is not None:
            yield views.StoryViewpoint(source=source, text_html=text)
