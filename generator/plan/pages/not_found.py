"""Plans the 404 page."""

from collections.abc import Iterator
from functools import partial

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.pages import NotFoundPage
from generator.outputs.parts import Meta
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.meta import Head, page_meta
from generator.plan.parts import cards_of, topic_link
from generator.plan.routes import ROUTES
from generator.site import Snapshot

NOT_FOUND_ITEMS = 6


def plan_not_found(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/404.html`, which a server shows for any path: it has no canonical address and is not indexed."""
    path = ROUTES["not_found"].path()
    make = partial(_not_found_page, context, path, material.snapshot)
    yield Draft(path, NotFoundPage, "the 404 page", make)


def _not_found_page(context: PlanContext, path: OutputPath, snapshot: Snapshot) -> NotFoundPage:
    meta = page_meta(context, path, Head(context.say("page_not_found"), context.say("page_not_found_description")))
    topics = (topic_link(context, topic.id) for topic in snapshot.topics)
    return NotFoundPage(
        meta=Meta(title=meta.title, description=meta.description, canonical=None, is_indexed=False),
        topics=tuple(link for link in topics if link.href),
        latest=cards_of(context, snapshot.articles[:NOT_FOUND_ITEMS]),
    )
