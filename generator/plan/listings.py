"""Plans listings, whose pages keep still, and the indexes of listings."""

from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.views import (
    Card,
    Entry,
    FeedLink,
    Group,
    IndexPage,
    Link,
    ListingPage,
    Meta,
    Profile,
)
from generator.plan.desk import Desk
from generator.plan.meta import page_meta, part_feeds, rss_of, site_feeds
from generator.plan.paging import numbered_href, numbered_path, split_pages
from generator.plan.profiles import entity_profile, source_profile, topic_profile
from generator.plan.stories import lead_cards
from generator.plan.urls import NO_LINKS, Directory, Links
from generator.records import Article, Entity, Source, Topic
from generator.site import SlotTime, Snapshot, StoryCoverage

ENTITY_TYPES = ("company", "person", "product", "organisation", "law", "place")
"""The order of the groups of entities."""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What all pages of a listing share; `kind` is the family in the singular, or `latest`."""

    kind: str
    path: OutputPath
    heading: str
    crumbs: tuple[Link, ...]
    description: str = ""
    feeds: tuple[FeedLink, ...] = ()
    is_indexed: bool = True


def plan_latest(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan `/latest/` and its pages: everything, newest first."""
    head = Head(
        kind="latest",
        path=desk.urls.index_path("latest"),
        heading=desk.say("latest"),
        crumbs=(desk.home_link(), Link(text=desk.say("latest"))),
        description=desk.say("latest_description", site=desk.config.site.title),
        feeds=site_feeds(desk),
    )
    on_first, _ = split_pages(len(snapshot.articles), desk.config.listings.page_items)
    stories = snapshot.stories_covered_in(snapshot.articles[:on_first])
    yield from _plan_listing(desk, head, "the latest", snapshot.articles, stories=stories)


def plan_topics(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    """Plan `/topics/` and a listing per topic; a topic without articles has its page, too."""
    entries = []
    for topic in desk.ordered_topics:
        articles = snapshot.articles_by_topic.get(topic.id, ())
        path = desk.urls.topic_path(topic.id)
        head = Head(
            kind="topic",
            path=path,
            heading=topic.title,
            crumbs=(*_crumbs(desk, "topics"), *_above(desk, topic), Link(text=topic.title)),
            description=topic.description,
            feeds=part_feeds(desk, "topics", path, topic.title, len(articles)),
            is_indexed=desk.is_out(topic),
        )
        about = (topic, directory.links_of(topic), snapshot.stories_covered_in(articles))
        yield from _plan_listing(desk, head, topic.file, articles, *about, snapshot.slot_time)
        entries.append(_entry(desk, topic.title, path, articles, description=topic.description, colour=topic.colour))
    yield _plan_index(desk, "topics", (Group(heading="", entries=tuple(entries)),))


def plan_sources(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    """Plan `/sources/` and a listing per source."""
    entries = []
    for source in snapshot.sources:
        articles = snapshot.articles_by_source.get(source.id, ())
        path = desk.urls.source_path(source.id)
        head = Head(
            kind="source",
            path=path,
            heading=source.title,
            crumbs=(*_crumbs(desk, "sources"), Link(text=source.title)),
            description=source.body.lead,
            feeds=part_feeds(desk, "sources", path, source.title, len(articles)),
            is_indexed=not source.noindex and desk.is_out(source),
        )
        about = (source, directory.links_of(source), snapshot.stories_covered_in(articles))
        yield from _plan_listing(desk, head, source.file, articles, *about)
        entries.append(_entry(desk, source.title, path, articles, description=source.body.lead))
    yield _plan_index(desk, "sources", (Group(heading="", entries=tuple(entries)),))


def plan_entities(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    """Plan `/entities/`, grouped by type, and a page per entity; one without articles has its page, too."""
    groups: dict[str, list[Entry]] = {}
    for entity in snapshot.entities:
        articles = snapshot.articles_by_entity.get(entity.id, ())
        path = desk.urls.entity_path(entity.id)
        head = Head(
            kind="entity",
            path=path,
            heading=entity.title,
            crumbs=(*_crumbs(desk, "entities"), Link(text=entity.title)),
            description=entity.description,
            feeds=part_feeds(desk, "entities", path, entity.title, len(articles)),
            is_indexed=desk.is_out(entity),
        )
        about = (entity, directory.links_of(entity), snapshot.stories_covered_in(articles, entity=entity.id))
        yield from _plan_listing(desk, head, entity.file, articles, *about)
        entry = _entry(desk, entity.title, path, articles, description=entity.description)
        groups.setdefault(entity.type, []).append(entry)
    if groups:
        ordered = (
            Group(heading=desk.say(f"entities_{kind}"), entries=tuple(groups[kind]))
            for kind in ENTITY_TYPES
            if kind in groups
        )
        yield _plan_index(desk, "entities", tuple(ordered))


def plan_tags(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan `/tags/` and a listing per tag."""
    entries = []
    for tag in snapshot.tags:
        articles = snapshot.articles_by_tag[tag.slug]
        path = desk.urls.tag_path(tag)
        head = Head(
            kind="tag",
            path=path,
            heading=tag.label,
            crumbs=(*_crumbs(desk, "tags"), Link(text=tag.label)),
            description=desk.say("tag_description", tag=tag.label),
            feeds=part_feeds(desk, "tags", path, tag.label, len(articles)),
        )
        yield from _plan_listing(desk, head, f"the tag '{tag.label}' of {articles[0].file}", articles)
        entries.append(_entry(desk, tag.label, path, articles))
    if entries:
        entries.sort(key=lambda entry: (entry.title.casefold(), entry.href))
        yield _plan_index(desk, "tags", (Group(heading="", entries=tuple(entries)),))


def plan_archive(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan `/archive/` and a listing per month in which something was published."""
    groups: dict[int, list[Entry]] = {}
    for month, articles in snapshot.articles_by_month.items():
        path = desk.urls.month_path(month)
        heading = desk.strings.month(*month, "month_title")
        head = Head(
            kind="month",
            path=path,
            heading=heading,
            crumbs=(*_crumbs(desk, "archive"), Link(text=heading)),
            description=desk.say("month_description", site=desk.config.site.title, month=desk.strings.month(*month)),
        )
        yield from _plan_listing(desk, head, f"the archive of {heading}", articles)
        groups.setdefault(month[0], []).append(_entry(desk, desk.strings.month(*month, "month_name"), path, articles))
    years = tuple(Group(heading=str(year), entries=tuple(entries)) for year, entries in groups.items())
    if years:
        yield _plan_index(desk, "archive", years)


def _plan_listing(
    desk: Desk,
    head: Head,
    owner: str,
    articles: tuple[Article, ...],
    record: Topic | Source | Entity | None = None,
    links: Links = NO_LINKS,
    stories: tuple[StoryCoverage, ...] = (),
    time: SlotTime | None = None,
) -> Iterator[Draft]:
    """Plan the pages of a listing; `articles` stand newest first.

    `record` is whom the first page is about, with where its links lead.
    `stories` are those that the first page's articles tell and those in which the record takes part.
    `time` decides what a topic's sponsored slot shows.
    """
    yield desk.keyed_draft(head.path, ListingPage, owner, _first_page, head, articles, record, links, stories, time)
    size = desk.config.listings.page_items
    _, below = split_pages(len(articles), size)
    for number in range(1, below + 1):
        end = len(articles) - (number - 1) * size
        path = numbered_path(head.path, number)
        yield desk.keyed_draft(path, ListingPage, owner, _full_page, head, number, articles[end - size : end])


def _first_page(
    desk: Desk,
    path: OutputPath,
    head: Head,
    articles: tuple[Article, ...],
    record: Topic | Source | Entity | None,
    links: Links,
    stories: tuple[StoryCoverage, ...],
    time: SlotTime | None,
) -> ListingPage:
    on_first, below = split_pages(len(articles), desk.config.listings.page_items)
    cards = lead_cards(desk, articles[:on_first], stories)
    profile: Profile | None = None
    match record:
        case Topic():
            profile = topic_profile(desk, articles, stories)
        case Source():
            profile = source_profile(desk, record, articles, stories)
        case Entity():
            profile = entity_profile(desk, record, articles, stories)
    topic = record if isinstance(record, Topic) else None
    below_topic = (one for one in desk.ordered_topics if topic and one.parent == topic.id)
    return ListingPage(
        meta=_listing_meta(desk, head, path, head.heading, head.crumbs, cards),
        crumbs=head.crumbs,
        slot=desk.slot(path, "topic", time, topics=(topic.id,)) if topic and time else None,
        kind=head.kind,
        heading=head.heading,
        description=head.description,
        cards=cards,
        older=numbered_href(desk.urls, head.path, below),
        feed=rss_of(head.feeds),
        text=desk.text(record, links) if record else None,
        colour=topic.colour if topic else None,
        links=tuple(desk.topic_link(one.id) for one in below_topic),
        profile=profile,
        is_draft=record.draft if record else False,
        is_scheduled=desk.is_scheduled(record) if record else False,
    )


def _full_page(desk: Desk, path: OutputPath, head: Head, number: int, articles: tuple[Article, ...]) -> ListingPage:
    """A full page of a listing, which never changes again: it links to older pages and to the listing only."""
    newest = desk.urls.href(head.path)
    cards = desk.cards(articles)
    title = desk.say("heading_page", heading=head.heading, number=number)
    crumbs = (*head.crumbs[:-1], Link(text=head.heading, href=newest), Link(text=desk.say("page_crumb", number=number)))
    return ListingPage(
        meta=_listing_meta(desk, head, path, title, crumbs, cards),
        crumbs=crumbs,
        kind=head.kind,
        heading=head.heading,
        description=head.description,
        cards=cards,
        number=number,
        older=numbered_href(desk.urls, head.path, number - 1),
        newest=newest,
        feed=rss_of(head.feeds),
    )


def _listing_meta(
    desk: Desk, head: Head, path: OutputPath, heading: str, crumbs: Sequence[Link], cards: Sequence[Card]
) -> Meta:
    is_source = head.kind == "source"  # who publishes may be an entity, too
    title = desk.say("source_heading", source=heading) if is_source else heading
    return page_meta(
        desk,
        path,
        title,
        head.description,
        crumbs=crumbs,
        cards=cards,
        feeds=head.feeds,
        is_indexed=head.is_indexed,
    )


def _plan_index(desk: Desk, family: str, groups: tuple[Group, ...]) -> Draft:
    path = desk.urls.index_path(family)
    owner = f"the index of {family}"
    return desk.draft(path, IndexPage, owner, partial(_index_page, desk, path, family, groups))


def _index_page(desk: Desk, path: OutputPath, family: str, groups: tuple[Group, ...]) -> IndexPage:
    heading = desk.say(family)
    crumbs = (desk.home_link(), Link(text=heading))
    description = desk.say("index_description", heading=heading, site=desk.config.site.title)
    entries = [entry for group in groups for entry in group.entries]
    return IndexPage(
        meta=page_meta(desk, path, heading, description, crumbs=crumbs, cards=entries),
        crumbs=crumbs,
        kind=family,
        heading=heading,
        description="",
        groups=groups,
    )


def _entry(
    desk: Desk,
    title: str,
    path: OutputPath,
    articles: Sequence[Article],
    *,
    description: str = "",
    colour: str | None = None,
) -> Entry:
    newest = articles[0] if articles else None
    return Entry(
        title=title,
        href=desk.urls.href(path),
        count=len(articles),
        description=description,
        colour=colour,
        newest=desk.article_link(newest) if newest else None,
        newest_at=newest.published if newest else None,
    )


def _crumbs(desk: Desk, family: str) -> tuple[Link, ...]:
    return desk.home_link(), Link(text=desk.say(family), href=desk.urls.index_href(family))


def _above(desk: Desk, topic: Topic) -> list[Link]:
    above: list[Link] = []
    while topic.parent is not None:
        topic = desk.topics[topic.parent]
        above.insert(0, desk.topic_link(topic.id))
    return above
