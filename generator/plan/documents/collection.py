"""Plans the documents of topics, sources, entities and tags, and of all articles: each heads a list of articles.

The lists keep still as listings do: see `generator.plan.pages.listing`.
"""

from collections.abc import Iterator
from typing import Any

import msgspec

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs import documents as views
from generator.plan.collections import Collection
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.documents.references import entries_of, head_of, named_topic, slot_document
from generator.plan.keys import keyed_draft
from generator.plan.paging import full_pages, split_pages
from generator.plan.parts import text_of
from generator.plan.routes import ROUTES, api_part_path
from generator.plan.slots import Spot, decide_slot
from generator.records import Article, Entity, Source, Topic
from generator.site import SlotTime

_KINDS: dict[str, type[views.Document]] = {
    "topics": views.TopicDocument,
    "sources": views.SourceDocument,
    "entities": views.EntityDocument,
    "tags": views.TagDocument,
}


def plan_collection_documents(context: PlanContext, material: PlanMaterial, family: str) -> Iterator[Draft]:
    """Plan a document per collection of a family, and the full parts of its articles below."""
    time = material.snapshot.slot_time if family == "topics" else None
    for one in material.collections.of(family):
        path, count = ROUTES["api_records"].path(family, one.id), len(one.articles)
        on_first, _ = split_pages(count, context.config.listings.page_items)
        head = msgspec.structs.replace(one, articles=one.articles[:on_first])
        yield keyed_draft(context, path, _KINDS[family], one.owner, _document, head, count, time)
        yield from _plan_parts(context, path, one.articles, one.owner)


def plan_articles_documents(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan the list of all articles: its head, and the full parts below."""
    (whole,) = material.collections.of("latest")
    path, owner = ROUTES["api_lists"].path("articles"), "the API"
    on_first, below = split_pages(len(whole.articles), context.config.listings.page_items)
    first = whole.articles[:on_first]
    yield keyed_draft(context, path, views.ArticlesDocument, owner, _articles_document, path, None, first, below)
    yield from _plan_parts(context, path, whole.articles, owner)


def _plan_parts(context: PlanContext, head: OutputPath, articles: tuple[Article, ...], owner: str) -> Iterator[Draft]:
    """Plan the full parts of a list, which never change again: they lead to older parts and to the head only."""
    for number, shown in full_pages(articles, context.config.listings.page_items):
        path, older = api_part_path(head, number), number - 1
        yield keyed_draft(context, path, views.ArticlesDocument, owner, _articles_document, head, number, shown, older)


def _part_url(context: PlanContext, head: OutputPath, number: int) -> str | None:
    return context.urls.absolute(api_part_path(head, number)) if number else None


def _articles_document(
    context: PlanContext,
    _path: OutputPath,
    head: OutputPath,
    number: int | None,
    articles: tuple[Article, ...],
    older: int,
) -> views.ArticlesDocument:
    return views.ArticlesDocument(
        **head_of(context, views.ArticlesDocument, context.urls.front_path()),
        number=number,
        articles=entries_of(context, articles),
        older=_part_url(context, head, older),
        newest=context.urls.absolute(head),
    )


def _document(
    context: PlanContext, path: OutputPath, collection: Collection, count: int, time: SlotTime | None
) -> views.Document:
    kind: Any = _KINDS[collection.family.name]
    _, below = split_pages(count, context.config.listings.page_items)
    document: views.Document = kind(
        **head_of(context, kind, collection.path),
        id=collection.id,
        title=collection.title,
        **_own_keys(context, collection, time),
        count=count,
        articles=entries_of(context, collection.articles),
        older=_part_url(context, path, below),
    )
    return document


def _own_keys(context: PlanContext, collection: Collection, time: SlotTime | None) -> dict[str, Any]:
    """The keys of a document that those of other families do not have."""
    record = collection.record
    keys: dict[str, Any] = {"text_html": text_of(context, record, collection.links)} if record else {}
    match record:
        case Topic():
            opening = decide_slot(context, Spot(collection.path, "topic", (record.id,)), time) if time else None
            keys |= {
                "description": record.description,
                "parent": named_topic(context, record.parent) if record.parent else None,
                "slot": slot_document(context, opening),
            }
        case Source():
            keys |= {key: getattr(record, key) for key in ("homepage", "country", "language", "owner", "licence")}
        case Entity():
            keys |= {key: getattr(record, key) for key in ("ticker", "homepage", "same_as", "description")}
            keys["entity_type"] = record.type
    return keys
