"""Plans `/feeds/` for people and `/feeds.opml` for feed readers, which list every feed."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from generator.digest import digest_of
from generator.names import FeedFormat, OutputPath
from generator.outputs import Draft
from generator.outputs.feeds import FeedEntry, FeedGroup, Opml, OpmlGroup, OpmlOutline
from generator.outputs.pages import FeedsPage
from generator.outputs.parts import Link
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.feeds.feeds import SPONSOR_FREE, is_sponsored
from generator.plan.keys import DigestedIngredient, keyed_draft
from generator.plan.meta import feed_title, frame_of, site_feeds
from generator.plan.routes import ROUTES

FORMAT_NAMES: dict[FeedFormat, str] = {"rss": "RSS", "atom": "Atom", "json_feed": "JSON Feed"}


class Row(NamedTuple):
    """What a list of feeds shows of a collection; `kind` is its family, and `held` how much it holds."""

    kind: str
    listing: OutputPath
    title: str
    description: str
    held: int
    is_sponsored: bool


def plan_feed_directory(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/feeds/`; none if there is no feed."""
    rows = _rows(context, material)
    if rows.value:
        path = context.urls.index_path("feeds")
        yield keyed_draft(context, path, FeedsPage, "the directory of feeds", _feeds_page, rows)


def plan_opml(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/feeds.opml`; none if there is no feed that a list of this format can name."""
    rows = _rows(context, material)
    if rows.value and _opml_format(context):
        yield keyed_draft(context, ROUTES["opml"].path(), Opml, "the list of feeds", _opml, rows)


def _rows(context: PlanContext, material: PlanMaterial) -> DigestedIngredient:
    rows = tuple(
        Row(one.family.name, one.path, one.title, one.description, len(one.held), is_sponsored(context, one))
        for one in material.collections.with_feeds()
    )
    return DigestedIngredient(digest_of(rows), rows)


def _by_kind(rows: DigestedIngredient) -> Iterable[tuple[str, Iterable[Row]]]:
    return groupby(rows.value, key=lambda one: one.kind)


def _feeds_page(context: PlanContext, path: OutputPath, rows: DigestedIngredient) -> FeedsPage:
    description = context.say("feeds_description", site=context.config.site.title)
    has_opml = context.config.outputs.opml and _opml_format(context)
    return FeedsPage(
        **frame_of(context, path, context.say("feeds"), description, feeds=site_feeds(context)),
        groups=tuple(
            FeedGroup(
                kind=kind,
                content=context.config.feed_content(kind),
                entries=tuple(_feed_entry(context, one) for one in of_kind),
            )
            for kind, of_kind in _by_kind(rows)
        ),
        opml=context.urls.href(ROUTES["opml"].path()) if has_opml else None,
    )


def _feed_entry(context: PlanContext, row: Row) -> FeedEntry:
    return FeedEntry(
        title=row.title,
        href=context.urls.href(row.listing),
        description=row.description,
        count=row.held,
        formats=_format_links(context, row),
        sponsor_free=_format_links(context, row, SPONSOR_FREE) if row.is_sponsored else (),
    )


def _format_links(context: PlanContext, row: Row, *folders: str) -> tuple[Link, ...]:
    return tuple(
        Link(text=FORMAT_NAMES[form], href=context.urls.href(context.urls.feed_path(row.listing, form, *folders)))
        for form in context.config.feed_formats
    )


def _opml_format(context: PlanContext) -> FeedFormat | None:
    """The format of the feeds that the list for readers names: of those that are on, the one most readers take."""
    return next((form for form in context.config.feed_formats if form != "json_feed"), None)


def _opml(context: PlanContext, _path: OutputPath, rows: DigestedIngredient) -> Opml:
    form = _opml_format(context)
    assert form is not None
    return Opml(
        title=context.say("feeds_description", site=context.config.site.title),
        groups=tuple(
            OpmlGroup(
                title=context.config.site.title if kind == "site" else context.say(kind),
                outlines=tuple(
                    OpmlOutline(
                        title=one.title if kind == "site" else feed_title(context, one.title),
                        feed_url=context.urls.absolute(context.urls.feed_path(one.listing, form)),
                        page_url=context.urls.absolute(one.listing),
                    )
                    for one in of_kind
                ),
            )
            for kind, of_kind in _by_kind(rows)
        ),
    )
