"""Plans what changed in each story, and the corrections of the whole site."""

from collections.abc import Iterator, Sequence

import msgspec

from generator.names import OutputPath
from generator.outputs import Draft, views
from generator.outputs.views import ChangeLine, ChangesPage, Link
from generator.plan.desk import Desk
from generator.plan.meta import page_meta, part_feeds, rss_of
from generator.plan.paging import numbered_href, numbered_path, split_pages
from generator.plan.urls import Directory
from generator.records import Article, Story
from generator.site import Change, Snapshot, StoryCoverage, corrections


def plan_changes(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan `/stories/<slug>/changes/` for each story in which anything changed; none where stories are off."""
    for story in snapshot.stories if desk.config.outputs.stories else ():
        told = snapshot.coverage_of(story)
        if desk.changes(told):
            yield desk.keyed_draft(desk.urls.changes_path(story), ChangesPage, story.file, _changes_page, told)


def plan_corrections(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan `/corrections/` and its numbered pages, which keep still as those of listings do."""
    found = corrections(snapshot.articles, snapshot.stories)
    if not found:
        return
    listing, owner = desk.urls.index_path("corrections"), "the corrections"
    size = desk.config.listings.page_items
    on_first, below = split_pages(len(found), size)
    yield desk.keyed_draft(listing, ChangesPage, owner, _corrections_page, listing, found[:on_first], None, below)
    for number in range(1, below + 1):
        end = len(found) - (number - 1) * size
        path, shown = numbered_path(listing, number), found[end - size : end]
        yield desk.keyed_draft(path, ChangesPage, owner, _corrections_page, listing, shown, number, number - 1)


def change_line(desk: Desk, change: Change) -> ChangeLine:
    """A change in a list."""
    article, story = change.article, change.story if change.kind == "correction" else None
    return ChangeLine(
        anchor=change.anchor,
        at=change.at,
        kind=change.kind,
        text=change.text,
        sources=tuple(map(desk.source_link, change.sources)),
        article=desk.article_link(article) if article else None,
        story=Link(text=story.title, href=desk.urls.story_href(story)) if story else None,
    )


def revisions_of(record: Article | Story) -> tuple[views.Change, ...]:
    """The revisions of a record, newest first."""
    return tuple(
        views.Change(at=change.at, note=change.note, is_significant=change.significant)
        for change in sorted(record.revisions, key=lambda change: change.at, reverse=True)
    )


def corrections_href(desk: Desk, record: Article | Story) -> str | None:
    """The link from a record that was corrected to the corrections of the whole site."""
    is_corrected = any(change.significant for change in record.revisions)
    return desk.urls.index_href("corrections") if is_corrected else None


def _changes_page(desk: Desk, path: OutputPath, told: StoryCoverage) -> ChangesPage:
    story = told.story
    heading = desk.say("changes_heading", story=story.title)
    description = desk.say("changes_description", story=story.title)
    crumbs = (
        desk.home_link(),
        Link(text=desk.say("stories"), href=desk.urls.index_href("stories")),
        to_story := Link(text=story.title, href=desk.urls.story_href(story)),
        Link(text=desk.say("changes")),
    )
    feeds = part_feeds(desk, "changes", path, heading, 1)
    changes = desk.changes(told)
    meta = page_meta(desk, path, heading, description, crumbs=crumbs, feeds=feeds, is_indexed=desk.is_out(story))
    return ChangesPage(
        meta=msgspec.structs.replace(meta, updated=changes[0].at),
        crumbs=crumbs,
        kind="story",
        heading=heading,
        description=desk.say("changes_intro"),
        changes=tuple(change_line(desk, change) for change in changes),
        story=to_story,
        feed=rss_of(feeds),
    )


def _corrections_page(
    desk: Desk, path: OutputPath, listing: OutputPath, shown: Sequence[Change], number: int | None, below: int
) -> ChangesPage:
    heading = title = desk.say("corrections")
    description = desk.say("corrections_description", site=desk.config.site.title)
    newest = desk.urls.href(listing) if number else None
    crumbs: tuple[Link, ...] = (desk.home_link(), Link(text=heading, href=newest))
    if number:
        title = desk.say("heading_page", heading=heading, number=number)
        crumbs = (*crumbs, Link(text=desk.say("page_crumb", number=number)))
    feeds = part_feeds(desk, "corrections", listing, heading, 1)
    meta = page_meta(desk, path, title, description, crumbs=crumbs, feeds=feeds)
    return ChangesPage(
        meta=msgspec.structs.replace(meta, updated=shown[0].at),
        crumbs=crumbs,
        kind="corrections",
        heading=heading,
        description=description,
        changes=tuple(change_line(desk, change) for change in shown),
        number=number,
        older=numbered_href(desk.urls, listing, below),
        newest=newest,
        feed=rss_of(feeds),
    )
