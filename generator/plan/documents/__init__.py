"""Plans the documents of the API, by which programs read the site, and their schemas."""

from collections.abc import Iterator
from functools import partial

from generator.names import OutputPath
from generator.outputs import DOCUMENTS, Draft
from generator.outputs import documents as views
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.documents.article import plan_article_documents
from generator.plan.documents.collection import plan_articles_documents, plan_collection_documents
from generator.plan.documents.references import head_of, record_url, schema_url, type_of
from generator.plan.documents.story import plan_story_documents
from generator.plan.meta import site_feeds
from generator.plan.routes import ROUTES

_OF_FAMILIES = {kind.family: kind for kind in DOCUMENTS if kind.family}
"""The documents of records by their families, in the order of the index of the API."""


def plan_api(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan documents of articles and of the records of each family that is on, their lists, an index and schemas."""
    yield from plan_article_documents(context, material)
    yield from plan_articles_documents(context, material)
    for family in _families(context):
        if family == "stories":
            yield from plan_story_documents(context, material)
        else:
            yield from plan_collection_documents(context, material, family)
        path, make = ROUTES["api_lists"].path(family), partial(_list_document, context, material, family)
        yield Draft(path, views.ListDocument, "the API", make)
    index = partial(_index_document, context, material)
    yield Draft(ROUTES["api_index"].path(), views.IndexDocument, "the API", index)
    for kind in DOCUMENTS:
        name, url = type_of(kind), schema_url(context, kind)
        yield Draft(
            ROUTES["api_schemas"].path(name), views.Schema, "the API", partial(views.Schema, document=name, url=url)
        )


def _families(context: PlanContext) -> list[str]:
    """The families of records, besides articles, that are on."""
    return [family for family in _OF_FAMILIES if family != "articles" and getattr(context.config.outputs, family)]


def _list_document(context: PlanContext, material: PlanMaterial, family: str) -> views.ListDocument:
    urls = context.urls
    page = urls.index_path(family) if urls.index_href(family) else urls.front_path()
    return views.ListDocument(
        **head_of(context, views.ListDocument, page),
        collection=family,
        records=tuple(
            views.ListedRecord(
                id=one.id,
                title=one.title,
                url=urls.absolute(one.path),
                api_url=record_url(context, family, one.id),
                count=len(one.articles),
            )
            for one in material.collections.of(family)
        ),
    )


def _index_document(context: PlanContext, material: PlanMaterial) -> views.IndexDocument:
    site, snapshot = context.config.site, material.snapshot
    counts = {family: len(material.collections.of(family)) for family in _families(context)}
    return views.IndexDocument(
        **head_of(context, views.IndexDocument, context.urls.front_path()),
        title=site.title,
        description=site.description,
        language=site.language,
        updated=snapshot.articles[0].published if snapshot.articles else None,
        collections=(
            _collection(context, "articles", len(snapshot.articles), views.ArticlesDocument),
            *(_collection(context, family, count, views.ListDocument) for family, count in counts.items()),
        ),
        feeds=tuple(
            views.FeedAddress(title=feed.title, type=feed.type, url=context.urls.site.full(feed.href))
            for feed in site_feeds(context)
        ),
    )


def _collection(
    context: PlanContext, family: str, count: int, listed_by: type[views.Document]
) -> views.ListedCollection:
    listed: OutputPath = ROUTES["api_lists"].path(family)
    folder = context.urls.absolute(listed).removesuffix(".json")
    return views.ListedCollection(
        name=family,
        count=count,
        list_url=context.urls.absolute(listed),
        list_schema=schema_url(context, listed_by),
        document_template=f"{folder}/{{id}}.json",
        document_schema=schema_url(context, _OF_FAMILIES[family]),
    )
