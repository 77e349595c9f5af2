"""Plans the plain pages, and those that are made for whoever reads them: `/for-you/` and the 404 page."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain

import msgspec

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.pages import Follow, FollowGroup, ForYouPage, NotFoundPage, TextPage
from generator.outputs.parts import Link, Meta
from generator.plan.collections import Collection, Collections
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.families import FAMILIES
from generator.plan.keys import keyed_draft
from generator.plan.meta import Head, frame_of, page_meta
from generator.plan.parts import cards_of, home_link, index_link, record_link, text_of
from generator.plan.routes import ROUTES
from generator.plan.urls import Links
from generator.records import Page
from generator.site import Snapshot

NOT_FOUND_ITEMS = 6


def plan_pages(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan the plain pages."""
    for page in material.snapshot.pages:
        path, links = context.urls.record_path(page), material.directory.links_of(page)
        yield keyed_draft(context, path, TextPage, page.file, _text_page, page, links)


def _text_page(context: PlanContext, path: OutputPath, page: Page, links: Links) -> TextPage:
    language = context.foreign(page.language)
    crumbs = (home_link(context), Link(text=page.title, language=language))
    meta = page_meta(context, path, Head(page.title, page.body.lead, crumbs, is_indexed=context.is_out(page)))
    return TextPage(
        meta=msgspec.structs.replace(meta, language=language),
        crumbs=crumbs,
        heading=page.title,
        text=text_of(context, page, links),
        language=language,
        is_draft=page.draft,
        is_scheduled=context.is_scheduled(page),
    )


_MOST_CHOICES = 200  # topics, and sources, on the page of follows: with their addresses, 200 take about 30 KB
_MOST_NAMES = 500


def plan_for_you(context: PlanContext, material: PlanMaterial) -> Draft:
    """Plan `/for-you/`, which differs for each reader, so search engines must not list it."""
    path = ROUTES["for_you"].path()
    return Draft(path, ForYouPage, "the page of follows", partial(_for_you_page, context, path, material.collections))


def _for_you_page(context: PlanContext, path: OutputPath, collections: Collections) -> ForYouPage:
    fed = {
        family: [one for one in collections.of(family) if one.has_feed]
        for family in ("topics", "sources")
        if context.urls.has_feeds(FAMILIES[family])
    }
    named = [*chain.from_iterable(fed.values()), *collections.of("entities")]
    return ForYouPage(
        **frame_of(context, path, context.say("for_you"), context.say("for_you_description"), is_indexed=False),
        groups=tuple(_follow_group(context, family, listed) for family, listed in fed.items() if listed),
        names=tuple(dict.fromkeys(one.title for one in named))[:_MOST_NAMES],
        time_zone=context.config.site.time_zone,
    )


def _follow_group(context: PlanContext, family: str, listed: Sequence[Collection]) -> FollowGroup:
    """The members of a family that can be followed: those with the most articles, in the order of their index."""
    most = sorted(listed, key=lambda one: -len(one.articles))[:_MOST_CHOICES]
    names = {one.id for one in most}
    return FollowGroup(
        kind=family,
        entries=tuple(
            Follow(
                title=one.title,
                href=context.urls.href(one.path),
                feed=context.urls.href(context.urls.feed_path(one.path, "rss")),
            )
            for one in listed
            if one.id in names
        ),
        all=index_link(context, family) if len(listed) > _MOST_CHOICES else None,
    )


def plan_not_found(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/404.html`, which a server shows for any path: it has no canonical address and is not indexed."""
    path = ROUTES["not_found"].path()
    make = partial(_not_found_page, context, path, material.snapshot)
    yield Draft(path, NotFoundPage, "the 404 page", make)


def _not_found_page(context: PlanContext, path: OutputPath, snapshot: Snapshot) -> NotFoundPage:
    meta = page_meta(context, path, Head(context.say("page_not_found"), context.say("page_not_found_description")))
    topics = (record_link(context, "topics", topic.id) for topic in snapshot.topics)
    return NotFoundPage(
        meta=Meta(title=meta.title, description=meta.description, canonical=None, is_indexed=False),
        topics=tuple(link for link in topics if link.href),
        latest=cards_of(context, snapshot.articles[:NOT_FOUND_ITEMS]),
    )
