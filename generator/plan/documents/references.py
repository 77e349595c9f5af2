"""What documents of the API hold of other records: names, addresses, entries of lists, pictures and slots."""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import msgspec

from generator.names import OutputPath, RecordId
from generator.outputs import SlotDecision
from generator.outputs import documents as views
from generator.outputs.parts import Link
from generator.plan.context import PlanContext
from generator.plan.parts import mirror, record_link
from generator.plan.routes import ROUTES
from generator.plan.slots import slot_of
from generator.records import Article, EntityRole

VERSION = 1


def head_of(context: PlanContext, kind: type[views.Document], page: OutputPath) -> dict[str, Any]:
    """The keys that every document begins with; `page` shows the same."""
    return {"schema": schema_url(context, kind), "version": VERSION, "url": context.urls.absolute(page)}


def schema_url(context: PlanContext, kind: type[views.Document]) -> str:
    """The address of the schema of a kind of document."""
    return context.urls.absolute(ROUTES["api_schemas"].path(type_of(kind)))


def type_of(kind: type[views.Document]) -> str:
    """What a kind of document calls itself."""
    return str(kind.__struct_config__.tag)


def record_url(context: PlanContext, family: str, name: str) -> str:
    """The address of the document of a record or tag."""
    return context.urls.absolute(ROUTES["api_records"].path(family, name))


def entries_of(context: PlanContext, articles: Iterable[Article]) -> tuple[views.ArticleEntry, ...]:
    """Articles in a list."""
    return tuple(
        views.ArticleEntry(
            id=article.id,
            title=article.title,
            url=context.urls.site.full(context.urls.article_href(article)),
            api_url=record_url(context, "articles", article.id),
            language=article.language or context.config.site.language,
            published=article.published,
            updated=article.updated,
            source=article.source,
            topic=article.topic,
        )
        for article in articles
    )


def named(context: PlanContext, family: str, name: str, link: Link) -> views.Named:
    """Another record, by the link to its page, which leads nowhere if its family is off."""
    if link.href is None:
        return views.Named(id=name, title=link.text, url=None, api_url=None)
    url, api_url = context.urls.site.full(link.href), record_url(context, family, name)
    return views.Named(id=name, title=link.text, url=url, api_url=api_url)


def named_record(
    context: PlanContext, family: Literal["topics", "sources", "entities"], record_id: RecordId
) -> views.Named:
    """A topic, source or entity."""
    return named(context, family, record_id, record_link(context, family, record_id))


def named_entities(context: PlanContext, mentioned: Sequence[EntityRole]) -> tuple[views.NamedEntity, ...]:
    """The entities of a record, with their roles in it."""
    return tuple(
        views.NamedEntity(
            **msgspec.structs.asdict(named_record(context, "entities", part.entity)),
            entity_type=context.standing.entities[part.entity].type,
            role=part.role,
        )
        for part in mentioned
    )


def slot_document(context: PlanContext, opening: SlotDecision | None) -> views.SponsoredSlot | None:
    """The sponsored message of the page that shows the same."""
    slot = slot_of(context, opening)
    if slot is None:
        return None
    return views.SponsoredSlot(
        label=slot.label,
        sponsored=True,
        sponsor=slot.sponsor,
        homepage=slot.homepage,
        policy_url=context.urls.site.full(slot.policy.href) if slot.policy and slot.policy.href else None,
        tagline=slot.tagline,
        headline=slot.headline,
        proof=slot.proof,
        creative=slot.creative,
        note=slot.note,
        text_html=slot.text,
        actions=tuple(views.Action(text=action.text, url=action.href or "") for action in slot.actions),
        image=mirror(slot.image, views.Image) if slot.image else None,
    )
