"""Plans the documents of topics, sources, entities and tags, and of all articles: each heads a list of articles."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs import documents as views
from generator.plan.collections import Collection
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.documents.references import entries_of, head_of, named_record, slot_document
from generator.plan.keys import keyed_draft
from generator.plan.paging import pages_of, split_pages
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
        path, pages = (
            ROUTES["api_records"].path(family, one.id),
            pages_of(one.articles, context.config.listings.page_items),
        )
        _, first, _ = next(pages)
        head = msgspec.structs.replace(one, articles=first)
        yield keyed_draft(context, path, _KINDS[family], one.owner, _document, head, len(one.articles), time)
        yield from _plan_parts(context, path, pages, one.owner)


def plan_articles_documents(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan the list of all articles: its head, and the full parts below."""
    (whole,) = material.collections.of("latest")
    pages = pages_of(whole.articles, context.config.listings.page_items)
    yield from _plan_parts(context, ROUTES["api_lists"].path("articles"), pages, "the API")


def _plan_parts(
    context: PlanContext, head: OutputPath, pages: Iterable[tuple[int, tuple[Article, ...], int]], owner: str
) -> Iterator[Draft]:
    """Plan the parts of a list; full ones never change again: they lead to older parts and to the head only."""
    for page in pages:
        path, kind = api_part_path(head, page[0]) if page[0] else head, views.ArticlesDocument
        yield keyed_draft(context, path, kind, owner, _articles_document, head, page)


def _part_url(context: PlanContext, head: OutputPath, number: int) -> str | None:
    return context.urls.absolute(api_part_path(head, number)) if number else None


def _articles_document(
    context: PlanContext, _path: OutputPath, head: OutputPath, page: tuple[int, tuple[Article, ...], int]
) -> views.ArticlesDocument:
    number, articles, older = page
    return views.ArticlesDocument(
        **head_of(context, views.ArticlesDocument, context.urls.front_path()),
        number=number or None,
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
                "parent": named_record(context, "topics", record.parent) if record.parent else None,
                "slot": slot_document(context, opening),
            }
        case Source():
            keys |= {key: getattr(record, key) for key in ("homepage", "country", "language", "owner", "licence")}
        case Entity():
            keys |= {key: getattr(record, key) for key in ("ticker", "homepage", "same_as", "description")}
            keys["entity_type"] = record.type
    return keys
