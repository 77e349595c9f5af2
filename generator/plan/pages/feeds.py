"""Plans `/feeds/` for people and `/feeds.opml` for feed readers, which list every feed."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from generator.digest import digest_of
from generator.names import FeedFormat, OutputPath
from generator.outputs import Draft
from generator.outputs.feeds import FeedEntry, FeedGroup, FeedList, Opml, OpmlGroup, OpmlOutline
from generator.outputs.pages import FeedsPage
from generator.outputs.parts import Link, PageNumber
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.feeds.feeds import SPONSOR_FREE, is_sponsored
from generator.plan.keys import DigestedIngredient, keyed_draft
from generator.plan.meta import Head, feed_title, frame_of, page_meta, site_feeds
from generator.plan.parts import home_link
from generator.plan.routes import ROUTES, numbered_path

FORMAT_NAMES: dict[FeedFormat, str] = {"rss": "RSS", "atom": "Atom", "json_feed": "JSON Feed"}


class Row(NamedTuple):
    """What a list of feeds shows of a collection; `kind` is its family, and `held` how much it holds."""

    kind: str
    listing: OutputPath
    title: str
    description: str
    held: int
    is_sponsored: bool


MOST_ROWS = 80
"""Feeds on a page: 80 with their links and descriptions take up to 80 KB."""


def plan_feed_directory(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/feeds/`; none if there is no feed.

    It names at most `MOST_ROWS` feeds: the kinds with the most feeds have pages of their own.
    """
    rows = _rows(context, material)
    if not rows.value:
        return
    path, owner = context.urls.index_path("feeds"), "the directory of feeds"
    apart = _kinds_apart(Counter(row.kind for row in rows.value))
    here = [row for row in rows.value if row.kind not in apart]
    yield keyed_draft(context, path, FeedsPage, owner, _feeds_page, _digested(here), tuple(apart.items()))
    for kind in apart:
        of_kind = [row for row in rows.value if row.kind == kind]
        parts = [of_kind[start : start + MOST_ROWS] for start in range(0, len(of_kind), MOST_ROWS)]
        for number, part in enumerate(parts, 1):
            place = _part_path(kind, number)
            yield keyed_draft(context, place, FeedsPage, owner, _part_page, _digested(part), kind, number, len(parts))


def _kinds_apart(counts: Counter[str]) -> dict[str, int]:
    """The kinds with pages of their own, and how many feeds each has, in the order of the page."""
    here, apart = dict(counts), set()
    while sum(here.values()) > MOST_ROWS and len(here) > 1:
        most = max(here, key=lambda kind: here[kind])
        apart.add(most)
        del here[most]
    return {kind: count for kind, count in counts.items() if kind in apart}


def _part_path(kind: str, number: int) -> OutputPath:
    first = ROUTES["feed_lists"].path(kind)
    return first if number == 1 else numbered_path(first, number)


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
    return _digested(rows)


def _digested(rows: Sequence[Row]) -> DigestedIngredient:
    return DigestedIngredient(digest_of(rows), rows)


def _by_kind(rows: DigestedIngredient) -> Iterable[tuple[str, Iterable[Row]]]:
    return groupby(rows.value, key=lambda one: one.kind)


def _feeds_page(
    context: PlanContext, path: OutputPath, rows: DigestedIngredient, apart: tuple[tuple[str, int], ...]
) -> FeedsPage:
    description = context.say("feeds_description", site=context.config.site.title)
    has_opml = context.config.outputs.opml and _opml_format(context)
    return FeedsPage(
        **frame_of(context, path, context.say("feeds"), description, feeds=site_feeds(context)),
        groups=_groups(context, rows),
        apart=tuple(
            FeedList(kind=kind, count=count, href=context.urls.href(_part_path(kind, 1))) for kind, count in apart
        ),
        opml=context.urls.href(ROUTES["opml"].path()) if has_opml else None,
    )


def _groups(context: PlanContext, rows: DigestedIngredient) -> tuple[FeedGroup, ...]:
    return tuple(
        FeedGroup(
            kind=kind,
            content=context.config.feed_content(kind),
            entries=tuple(_feed_entry(context, one) for one in of_kind),
        )
        for kind, of_kind in _by_kind(rows)
    )


def _part_page(
    context: PlanContext, path: OutputPath, rows: DigestedIngredient, kind: str, number: int, count: int
) -> FeedsPage:
    """A part of the feeds of one kind, with links to all parts."""
    heading = context.say("feeds_of", name=context.say(kind))
    title = context.say("heading_page", heading=heading, number=number) if number > 1 else heading
    to_all = Link(text=context.say("feeds"), href=context.urls.index_href("feeds"))
    crumbs = (home_link(context), to_all, Link(text=title))
    description = context.say("feeds_description", site=context.config.site.title)
    hrefs = {one: None if one == number else context.urls.href(_part_path(kind, one)) for one in range(1, count + 1)}
    return FeedsPage(
        meta=page_meta(context, path, Head(title, description, crumbs, is_indexed=False)),
        crumbs=crumbs,
        heading=heading,
        groups=_groups(context, rows),
        numbers=tuple(PageNumber(number=one, href=href) for one, href in hrefs.items()) if count > 1 else (),
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
