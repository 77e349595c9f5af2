"""Plans the feeds: of the site and of each collection that has some, with their archives."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from generator.digest import digest_of
from generator.names import Digest, FeedFormat, OutputPath, RecordId
from generator.outputs import Draft, SlotDecision
from generator.outputs.feeds import FEED_NAMES, Feed, FeedItem
from generator.plan.collections import Collection
from generator.plan.context import LinkedArticle, PlanContext, PlanMaterial
from generator.plan.feeds.items import article_item, change_item, sponsored_item
from generator.plan.keys import DigestedIngredient, key_parts, keyed_draft
from generator.plan.meta import feed_title
from generator.plan.routes import archive_path
from generator.plan.slots import Spot, decide_slot
from generator.records import Article
from generator.site import DatedChange, SlotTime

SPONSOR_FREE = "sponsor-free"


class Channel(NamedTuple):
    """What all documents of a feed share in one format; `kind` is the name of the family."""

    kind: str
    id: str
    format: FeedFormat
    title: str
    description: str
    listing: OutputPath
    has_articles: bool
    is_full: bool


class _Place(NamedTuple):
    """The place of a document in its feed: its variant, and the numbers of its neighbours; 0 for none."""

    variant: str = ""
    older: int = 0
    newer: int = 0
    is_archive: bool = False


def split_archives(count: int, max_items: int) -> tuple[int, int, int]:
    """Split a feed of `count` items: the items of the feed itself, the number of archives, and the items of each."""
    size = max(max_items // 2, min(max_items, 2))  # with one article each, two archives would change with every article
    archives = max(0, -(-(count - max_items) // size))
    return count - archives * size, archives, size


def plan_feeds(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan each feed in each format that is on, with its archives; none if there are no articles."""
    time, entries = material.snapshot.slot_time, dict[RecordId, tuple[Digest, LinkedArticle]]()
    for collection in material.collections.with_feeds():
        held, max_items = collection.held, context.config.feeds.max_items
        newest, archives, size = split_archives(len(held), max_items)
        if not context.config.outputs.feed_archives:
            newest, archives = min(len(held), max_items), 0
        latest, ends = (
            _digest_held(material, entries, held[:newest]),
            range(len(held), len(held) - archives * size, -size),
        )
        older = [_digest_held(material, entries, held[end - size : end]) for end in ends]
        is_linked = newest > max_items - size + 1
        for form in context.config.feed_formats:
            channel = _channel(context, collection, form)
            path, owner = _path(context, channel), f"the feed '{channel.title}'"
            yield keyed_draft(context, path, Feed, owner, _feed, channel, latest, _Place(older=archives), time)
            if is_sponsored(context, collection):
                path = _path(context, channel, SPONSOR_FREE)
                place = _Place(SPONSOR_FREE, older=archives)
                yield keyed_draft(context, path, Feed, owner, _feed, channel, latest, place, None)
            for number, batch in enumerate(older, 1):
                path = _archive_path(channel, number)
                newer = number + 1 if number + 1 < archives or (number + 1 == archives and is_linked) else 0
                place = _Place(older=number - 1, newer=newer, is_archive=True)
                yield keyed_draft(context, path, Feed, owner, _feed, channel, batch, place, None)


def is_sponsored(context: PlanContext, collection: Collection) -> bool:
    """Whether the feeds of a collection may have sponsored items: those of articles only."""
    return context.has_feed_campaigns and not collection.changes


def _digest_held(
    material: PlanMaterial,
    entries: dict[RecordId, tuple[Digest, LinkedArticle]],
    held: Sequence[Article | DatedChange],
) -> DigestedIngredient:
    """The contents of a document, in its order; `entries` caches articles, because each is in many documents."""
    found: list[tuple[Digest, LinkedArticle | DatedChange]] = []
    for one in held:
        if isinstance(one, DatedChange):
            found.append((digest_of(key_parts((one,))), one))
            continue
        if one.id not in entries:
            given = material.with_links(one)
            entries[one.id] = digest_of(key_parts(given)), given
        found.append(entries[one.id])
    return DigestedIngredient(digest_of([digest for digest, _ in found]), tuple([entry for _, entry in found]))


def _channel(context: PlanContext, collection: Collection, form: FeedFormat) -> Channel:
    is_site = collection.family.name == "site"
    title = collection.title if is_site else feed_title(context, collection.title)
    return Channel(
        kind=collection.family.name,
        id=collection.id,
        format=form,
        title=title,
        description=collection.description or title,
        listing=collection.path,
        has_articles=not collection.changes,
        is_full=context.config.feed_content(collection.family.name) == "full",
    )


def _feed(
    context: PlanContext,
    path: OutputPath,
    channel: Channel,
    held: DigestedIngredient,
    place: _Place,
    time: SlotTime | None,
) -> Feed:
    """Make a document of a feed; it has sponsored messages if it gets a time."""
    items: tuple[FeedItem, ...] = tuple(
        article_item(context, one, is_full=channel.is_full)
        if isinstance(one, LinkedArticle)
        else change_item(context, one, is_full=channel.is_full)
        for one in held.value
    )
    openings: tuple[SlotDecision, ...] = ()
    if time is not None:
        items, openings = _sponsor(context, channel, items, held.value, time)
    site, urls = context.config.site, context.urls
    names = (channel.kind, quote(channel.id), place.variant)
    return Feed(
        format=channel.format,
        id=":".join([f"tag:{context.config.feed_authority},{_MINTED}:feed", *filter(None, names)]),
        title=channel.title,
        description=channel.description,
        url=urls.absolute(channel.listing),
        self_url=urls.absolute(path),
        site_title=site.title,
        site_url=urls.absolute(urls.front_path()),
        language=site.language,
        updated=max(item.updated for item in items if not item.is_sponsored),
        copyright=site.copyright,
        hub=None if place.is_archive else context.config.feeds.hub,
        items=items,
        current=urls.absolute(_path(context, channel)) if place.is_archive else None,
        older=urls.absolute(_archive_path(channel, place.older)) if place.older else None,
        newer=urls.absolute(_archive_path(channel, place.newer)) if place.newer else None,
        openings=openings,
    )


_MINTED = "2026"
"""The year of the `tag:` URIs of all feeds (RFC 4151); a feed has no date of its own."""


def _sponsor(
    context: PlanContext,
    channel: Channel,
    items: Sequence[FeedItem],
    held: Sequence[LinkedArticle | DatedChange],
    time: SlotTime,
) -> tuple[tuple[FeedItem, ...], tuple[SlotDecision, ...]]:
    """Put a sponsored message after every `sponsor_every` articles, none twice, as long as there are eligible ones."""
    every = context.config.feeds.sponsor_every if channel.has_articles and context.has_campaigns else 0
    topics = (RecordId(channel.id),) if channel.kind == "topics" else ()
    mixed: list[FeedItem] = []
    openings: list[SlotDecision] = []
    taken: set[RecordId] = set()
    for place, item in enumerate(items, 1):
        mixed.append(item)
        if not every or place % every:
            continue
        path = context.urls.feed_path(channel.listing, "rss", str(place))
        beside = [one.article for one in held[place - 1 : place + 1] if one.article]
        opening = decide_slot(context, Spot(path, "feed", topics, beside, frozenset(taken)), time)
        assert opening is not None
        openings.append(opening)
        if opening.chosen is not None:
            chosen = RecordId(opening.chosen)
            taken.add(chosen)
            mixed.append(sponsored_item(context, chosen, is_full=channel.is_full))
    return tuple(mixed), tuple(openings)


def _path(context: PlanContext, channel: Channel, *folders: str) -> OutputPath:
    return context.urls.feed_path(channel.listing, channel.format, *folders)


def _archive_path(channel: Channel, number: int) -> OutputPath:
    return archive_path(channel.listing, number, FEED_NAMES[channel.format])
