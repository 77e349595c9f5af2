"""Plans what changed in each story, and the corrections of the whole site."""

from collections.abc import Iterator

import msgspec

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.pages import ChangesPage
from generator.outputs.parts import Link
from generator.plan.collections import Collection
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.keys import keyed_draft
from generator.plan.meta import Head, feeds_of, page_meta, rss_of
from generator.plan.paging import full_pages, numbered_href, split_pages
from generator.plan.parts import change_line, home_link, index_link, story_link
from generator.plan.routes import numbered_path
from generator.records import Story
from generator.site import DatedChange


def plan_changes(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/stories/<slug>/changes/` for each story in which anything changed; none if stories are off."""
    for one in material.collections.of("changes") if context.config.outputs.stories else ():
        if one.changes:
            yield keyed_draft(context, one.path, ChangesPage, one.owner, _changes_page, one)


def plan_corrections(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/corrections/` and its numbered pages, which keep still as those of listings do."""
    (whole,) = material.collections.of("corrections")
    if not whole.changes:
        return
    size = context.config.listings.page_items
    on_first, below = split_pages(len(whole.changes), size)
    parts: list[tuple[int | None, tuple[DatedChange, ...], int]] = [(None, whole.changes[:on_first], below)]
    parts += [(number, shown, number - 1) for number, shown in full_pages(whole.changes, size)]
    for number, shown, older in parts:
        path = numbered_path(whole.path, number) if number else whole.path
        part = msgspec.structs.replace(whole, changes=shown)
        yield keyed_draft(context, path, ChangesPage, whole.owner, _corrections_page, part, number, older)


def _changes_page(context: PlanContext, path: OutputPath, collection: Collection) -> ChangesPage:
    story = collection.record
    assert isinstance(story, Story)
    to_story = story_link(context, story)
    crumbs = (home_link(context), index_link(context, "stories"), to_story, Link(text=context.say("changes")))
    feeds, is_indexed = feeds_of(context, collection), context.is_out(story)
    head = Head(collection.title, collection.description, crumbs, feeds=feeds, is_indexed=is_indexed)
    return ChangesPage(
        meta=msgspec.structs.replace(page_meta(context, path, head), updated=collection.changes[0].at),
        crumbs=crumbs,
        kind="story",
        heading=collection.title,
        description=context.say("changes_intro"),
        changes=tuple(change_line(context, change) for change in collection.changes),
        story=to_story,
        feed=rss_of(feeds),
    )


def _corrections_page(
    context: PlanContext, path: OutputPath, part: Collection, number: int | None, older: int
) -> ChangesPage:
    title = part.title
    newest = context.urls.href(part.path) if number else None
    crumbs: tuple[Link, ...] = (home_link(context), Link(text=part.title, href=newest))
    if number:
        title = context.say("heading_page", heading=part.title, number=number)
        crumbs = (*crumbs, Link(text=context.say("page_crumb", number=number)))
    feeds = feeds_of(context, part)
    meta = page_meta(context, path, Head(title, part.description, crumbs, feeds=feeds))
    return ChangesPage(
        meta=msgspec.structs.replace(meta, updated=part.changes[0].at),
        crumbs=crumbs,
        kind="corrections",
        heading=part.title,
        description=part.description,
        changes=tuple(change_line(context, change) for change in part.changes),
        number=number,
        older=numbered_href(context.urls, part.path, older),
        newest=newest,
        feed=rss_of(feeds),
    )
