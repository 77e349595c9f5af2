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
from generator.plan.meta import Head, feeds_of, numbered_title, page_meta, rss_of
from generator.plan.paging import numbered_href, pages_of
from generator.plan.parts import change_line, home_link, index_link, story_link
from generator.plan.periods import numbers_of
from generator.plan.routes import numbered_path
from generator.records import Story


def plan_changes(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/stories/<slug>/changes/` for each story in which anything changed; none if stories are off."""
    for one in material.collections.of("changes") if context.config.outputs.stories else ():
        if one.changes:
            yield keyed_draft(context, one.path, ChangesPage, one.owner, _changes_page, one)


def plan_corrections(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan `/corrections/` and its numbered pages; none if nothing was corrected."""
    (whole,) = material.collections.of("corrections")
    pages = pages_of(whole.changes, context.config.listings.page_items) if whole.changes else ()
    for number, shown, older in pages:
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


def _corrections_page(context: PlanContext, path: OutputPath, part: Collection, number: int, older: int) -> ChangesPage:
    title, newest, last_crumbs = numbered_title(context, part, number)
    crumbs, feeds = (home_link(context), *last_crumbs), feeds_of(context, part)
    meta = page_meta(context, path, Head(title, part.description, crumbs, feeds=feeds))
    return ChangesPage(
        meta=msgspec.structs.replace(meta, updated=part.changes[0].at),
        crumbs=crumbs,
        kind="corrections",
        heading=part.title,
        description=part.description,
        changes=tuple(change_line(context, change) for change in part.changes),
        number=number or None,
        older=numbered_href(context.urls, part.path, older),
        newest=newest,
        numbers=numbers_of(context, part.path, older, number),
        feed=rss_of(feeds),
    )
