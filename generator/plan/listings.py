"""Plans listings, whose pages keep still, and the indexes of listings."""

from collections.abc import Iterator, Sequence

import msgspec

from generator.names import MONTHS, OutputPath, output_path
from generator.outputs import Output
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
    Slot,
    Text,
)
from generator.plan.desk import Desk
from generator.plan.meta import feed_link, page_meta, site_feeds
from generator.plan.profiles import entity_profile, source_profile, topic_profile
from generator.records import Article, Topic

ENTITY_HEADINGS = {
    "company": "Companies",
    "person": "People",
    "product": "Products",
    "organisation": "Organisations",
    "law": "Laws",
    "place": "Places",
}


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What a planner says of a listing; `articles` stand newest first.

    From `slot` on: what its first page alone shows.
    """

    kind: str
    path: OutputPath
    heading: str
    owner: str
    articles: Sequence[Article]
    crumbs: tuple[Link, ...]
    description: str = ""
    feeds: tuple[FeedLink, ...] = ()
    slot: Slot | None = None
    text: Text | None = None
    colour: str | None = None
    links: tuple[Link, ...] = ()
    profile: Profile | None = None


def split_pages(count: int, page_items: int) -> tuple[int, int]:
    """How a listing of so many items is cut.

    Pages are numbered from the oldest and never change once full.
    The listing itself shows the newest full page and all that has come since.

    Returns:
        How many of the newest items the listing itself shows, and how many full pages lie below it.
    """
    full = count // page_items
    below = max(0, full - 1)
    return count - below * page_items, below


def plan_latest(desk: Desk) -> Iterator[Output]:
    """Plan `/latest/` and its pages: everything, newest first."""
    path = desk.urls.index_path("latest")
    listing = Listing(
        kind="latest",
        path=path,
        heading="Latest",
        owner="the latest",
        articles=desk.edition.articles,
        crumbs=(desk.home_link(), Link(text="Latest")),
        description=f"Everything on {desk.config.site.title}, newest first.",
        feeds=site_feeds(desk),
    )
    yield from _plan_listing(desk, listing)


def plan_topics(desk: Desk) -> Iterator[Output]:
    """Plan `/topics/` and a listing per topic; a topic without articles has its page, too."""
    entries = []
    for topic in desk.edition.topics:
        articles = desk.edition.articles_by_topic.get(topic.id, ())
        path = desk.urls.topic_path(topic.id)
        crumbs = (*_crumbs(desk, "topics", "Topics"), *_above(desk, topic), Link(text=topic.title))
        listing = Listing(
            kind="topic",
            path=path,
            heading=topic.title,
            owner=topic.file,
            articles=articles,
            crumbs=crumbs,
            description=topic.description,
            feeds=feed_link(desk, path, f"{desk.config.site.title}: {topic.title}") if articles else (),
            slot=desk.slot(path, "topic", topics=(topic.id,)),
            text=desk.text(topic),
            colour=topic.colour,
            profile=topic_profile(desk, articles),
            links=tuple(desk.topic_link(other.id) for other in desk.edition.topics if other.parent == topic.id),
        )
        yield from _plan_listing(desk, listing)
        entries.append(_entry(desk, topic.title, path, articles, description=topic.description, colour=topic.colour))
    yield _plan_index(desk, "topics", "Topics", (Group(heading="", entries=tuple(entries)),))


def plan_sources(desk: Desk) -> Iterator[Output]:
    """Plan `/sources/` and a listing per source."""
    entries = []
    for source in desk.edition.sources:
        articles = desk.edition.articles_by_source.get(source.id, ())
        path = desk.urls.source_path(source.id)
        listing = Listing(
            kind="source",
            path=path,
            heading=source.title,
            owner=source.file,
            articles=articles,
            crumbs=(*_crumbs(desk, "sources", "Sources"), Link(text=source.title)),
            description=source.body.lead,
            text=desk.text(source),
            profile=source_profile(desk, source, articles),
        )
        yield from _plan_listing(desk, listing)
        entries.append(_entry(desk, source.title, path, articles, description=source.body.lead))
    yield _plan_index(desk, "sources", "Sources", (Group(heading="", entries=tuple(entries)),))


def plan_entities(desk: Desk) -> Iterator[Output]:
    """Plan `/entities/`, grouped by type, and a page per entity; one without articles has its page, too."""
    groups: dict[str, list[Entry]] = {}
    for entity in desk.edition.entities:
        articles = desk.edition.articles_by_entity.get(entity.id, ())
        path = desk.urls.entity_path(entity.id)
        listing = Listing(
            kind="entity",
            path=path,
            heading=entity.title,
            owner=entity.file,
            articles=articles,
            crumbs=(*_crumbs(desk, "entities", "Entities"), Link(text=entity.title)),
            description=entity.description,
            text=desk.text(entity),
            profile=entity_profile(desk, entity, articles),
        )
        yield from _plan_listing(desk, listing)
        entry = _entry(desk, entity.title, path, articles, description=entity.description)
        groups.setdefault(ENTITY_HEADINGS[entity.type], []).append(entry)
    if groups:
        ordered = (
            Group(heading=name, entries=tuple(groups[name])) for name in ENTITY_HEADINGS.values() if name in groups
        )
        yield _plan_index(desk, "entities", "Entities", tuple(ordered))


def plan_tags(desk: Desk) -> Iterator[Output]:
    """Plan `/tags/` and a listing per tag."""
    entries = []
    for tag in desk.edition.tags:
        articles = desk.edition.articles_by_tag[tag.slug]
        path = desk.urls.tag_path(tag)
        listing = Listing(
            kind="tag",
            path=path,
            heading=tag.label,
            owner=f"the tag '{tag.label}' of {articles[0].file}",
            articles=articles,
            crumbs=(*_crumbs(desk, "tags", "Tags"), Link(text=tag.label)),
            description=f"Articles tagged {tag.label}.",
        )
        yield from _plan_listing(desk, listing)
        entries.append(_entry(desk, tag.label, path, articles))
    if entries:
        entries.sort(key=lambda entry: (entry.title.casefold(), entry.href))
        yield _plan_index(desk, "tags", "Tags", (Group(heading="", entries=tuple(entries)),))


def plan_archive(desk: Desk) -> Iterator[Output]:
    """Plan `/archive/` and a listing per month in which something was published."""
    groups: dict[int, list[Entry]] = {}
    for month, articles in desk.edition.articles_by_month.items():
        path = desk.urls.month_path(month)
        heading = f"{MONTHS[month[1] - 1]} {month[0]}"
        listing = Listing(
            kind="month",
            path=path,
            heading=heading,
            owner=f"the archive of {heading}",
            articles=articles,
            crumbs=(*_crumbs(desk, "archive", "Archive"), Link(text=heading)),
            description=f"What {desk.config.site.title} published in {heading}.",
        )
        yield from _plan_listing(desk, listing)
        groups.setdefault(month[0], []).append(_entry(desk, MONTHS[month[1] - 1], path, articles))
    years = tuple(Group(heading=str(year), entries=tuple(entries)) for year, entries in groups.items())
    if years:
        yield _plan_index(desk, "archive", "Archive", years)


def _plan_listing(desk: Desk, listing: Listing) -> Iterator[Output]:
    on_first, below = split_pages(len(listing.articles), desk.config.listings.page_items)
    cards = desk.cards(listing.articles[:on_first])
    view = ListingPage(
        meta=_listing_meta(desk, listing, listing.path, listing.heading, listing.crumbs, cards),
        crumbs=listing.crumbs,
        slot=listing.slot,
        kind=listing.kind,
        heading=listing.heading,
        description=listing.description,
        cards=cards,
        older=_page_href(desk, listing.path, below),
        feed=listing.feeds[0].href if listing.feeds else None,
        text=listing.text,
        colour=listing.colour,
        links=listing.links,
        profile=listing.profile,
    )
    yield Output(listing.path, view, listing.owner)
    for number in range(1, below + 1):
        yield _plan_page(desk, listing, number)


def _plan_page(desk: Desk, listing: Listing, number: int) -> Output:
    """A full page of a listing, which never changes again: it links to older pages and to the listing only."""
    size = desk.config.listings.page_items
    path = _page_path(listing.path, number)
    newest = desk.urls.href(listing.path)
    end = len(listing.articles) - (number - 1) * size
    cards = desk.cards(listing.articles[end - size : end])
    crumbs = (*listing.crumbs[:-1], Link(text=listing.heading, href=newest), Link(text=f"Page {number}"))
    view = ListingPage(
        meta=_listing_meta(desk, listing, path, f"{listing.heading}, page {number}", crumbs, cards),
        crumbs=crumbs,
        kind=listing.kind,
        heading=listing.heading,
        description=listing.description,
        cards=cards,
        number=number,
        older=_page_href(desk, listing.path, number - 1),
        newest=newest,
        feed=listing.feeds[0].href if listing.feeds else None,
    )
    return Output(path, view, listing.owner)


def _listing_meta(
    desk: Desk, listing: Listing, path: OutputPath, heading: str, crumbs: Sequence[Link], cards: Sequence[Card]
) -> Meta:
    title = f"{heading} as a source" if listing.kind == "source" else heading  # who publishes may be an entity, too
    return page_meta(desk, path, title, listing.description, crumbs=crumbs, cards=cards, feeds=listing.feeds)


def _page_href(desk: Desk, listing: OutputPath, number: int) -> str | None:
    return desk.urls.href(_page_path(listing, number)) if number else None


def _page_path(listing: OutputPath, number: int) -> OutputPath:
    return output_path(*listing.split("/")[:-1], "page", str(number), "index.html")


def _plan_index(desk: Desk, family: str, heading: str, groups: tuple[Group, ...]) -> Output:
    path = desk.urls.index_path(family)
    crumbs = (desk.home_link(), Link(text=heading))
    description = f"{heading} on {desk.config.site.title}."
    view = IndexPage(
        meta=page_meta(desk, path, heading, description, crumbs=crumbs),
        crumbs=crumbs,
        kind=family,
        heading=heading,
        description="",
        groups=groups,
    )
    return Output(path, view, f"the index of {family}")


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
        newest=Link(text=newest.title, href=desk.urls.article_href(newest)) if newest else None,
        newest_at=newest.published if newest else None,
    )


def _crumbs(desk: Desk, family: str, title: str) -> tuple[Link, ...]:
    return desk.home_link(), Link(text=title, href=desk.urls.index_href(family))


def _above(desk: Desk, topic: Topic) -> list[Link]:
    above: list[Link] = []
    while topic.parent is not None:
        topic = desk.site.topics[topic.parent]
        above.insert(0, desk.topic_link(topic.id))
    return above
