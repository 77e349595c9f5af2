"""Plans the feeds of articles and of changes, and the pages that list them.

A feed holds the newest articles, and archive documents hold all others (RFC 5005, section 4).
They are numbered from the oldest and hold half as many articles as a feed may, but two at least: once written they
only get a link to the next one, with the article after the one that brought that, so that no article changes two.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from generator.digest import digest_of
from generator.names import Digest, FeedFormat, OutputPath, RecordId, output_path
from generator.outputs import Draft
from generator.outputs.views import (
    Feed,
    FeedEntry,
    FeedGroup,
    FeedItem,
    FeedsPage,
    Link,
    Opml,
    OpmlGroup,
    OpmlOutline,
)
from generator.plan.desk import Desk, Digested, brief
from generator.plan.items import article_item, change_item, sponsored_item
from generator.plan.meta import feed_title, page_meta, site_feeds
from generator.plan.urls import Directory, Links
from generator.records import Article
from generator.site import Change, SlotTime, Snapshot, Tag, corrections

OPML = output_path("feeds.opml")
SPONSOR_FREE = "sponsor-free"
FORMAT_NAMES: dict[FeedFormat, str] = {"rss": "RSS", "atom": "Atom", "json_feed": "JSON Feed"}


class Entry(NamedTuple):
    """An article of a feed, its tags, and where its links lead."""

    article: Article
    tags: tuple[Tag, ...]
    links: Links


class Channel(NamedTuple):
    """What feeds are of, and the page that lists the same; `kind` is `site` or a family, such as `topics`.

    `told` is what they hold, newest first.
    """

    kind: str
    id: str
    listing: OutputPath
    title: str
    description: str
    told: Sequence[Article | Change]


class Row(NamedTuple):
    """What a list of feeds says of a channel; `held` is how much it holds."""

    kind: str
    listing: OutputPath
    title: str
    description: str
    held: int
    is_sponsored: bool


class Head(NamedTuple):
    """What all documents of a channel share in one format."""

    kind: str
    id: str
    format: FeedFormat
    title: str
    description: str
    listing: OutputPath


def split_archives(count: int, max_items: int) -> tuple[int, int, int]:
    """How many of so many articles a feed holds itself, and how many archives of how many articles lie below it."""
    size = max(max_items // 2, min(max_items, 2))  # of one article each, two would change with every article
    archives = max(0, -(-(count - max_items) // size))
    return count - archives * size, archives, size


def plan_feeds(desk: Desk, snapshot: Snapshot, directory: Directory) -> Iterator[Draft]:
    """Plan each feed in each format that is on, with its archives; none where there is nothing to read."""
    batches = _Batches(snapshot, directory)
    for channel in _channels(desk, snapshot):
        title = channel.title if channel.kind == "site" else feed_title(desk, channel.title)
        owner = f"the feed '{title}'"
        newest, archives, size = split_archives(len(channel.told), desk.config.feeds.max_items)
        if not desk.config.outputs.feed_archives:
            newest, archives = min(len(channel.told), desk.config.feeds.max_items), 0
        latest = batches.of(channel.told[:newest])
        older = [
            batches.of(channel.told[end - size : end])
            for end in range(len(channel.told), len(channel.told) - archives * size, -size)
        ]
        is_linked = newest > desk.config.feeds.max_items - size + 1
        for form in desk.config.feed_formats:
            head = Head(channel.kind, channel.id, form, title, channel.description or title, channel.listing)
            yield desk.keyed_draft(_path(desk, head), Feed, owner, _feed, head, latest, archives, snapshot.slot_time)
            if _is_sponsored(desk, channel):
                path = _path(desk, head, SPONSOR_FREE)
                yield desk.keyed_draft(path, Feed, owner, _sponsor_free_feed, head, latest, archives)
            for number, held in enumerate(older, 1):
                path = _path(desk, head, "feed", str(number))
                newer = number + 1 if number + 1 < archives or (number + 1 == archives and is_linked) else 0
                yield desk.keyed_draft(path, Feed, owner, _archive, head, held, number, newer)


def plan_feed_directory(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan `/feeds/`, which lists every feed for people; none where there is no feed."""
    if rows := _rows(desk, snapshot):
        path = desk.urls.index_path("feeds")
        yield desk.keyed_draft(path, FeedsPage, "the directory of feeds", _feeds_page, Digested(digest_of(rows), rows))


def plan_opml(desk: Desk, snapshot: Snapshot, _directory: Directory) -> Iterator[Draft]:
    """Plan `/feeds.opml`, which lists every feed for feed readers; none where there is no feed."""
    rows = _rows(desk, snapshot)
    if rows and _opml_format(desk):
        yield desk.keyed_draft(OPML, Opml, "the list of feeds", _opml, Digested(digest_of(rows), rows))


class _Batches:
    """Puts together what documents hold; what is known of each article is digested once."""

    def __init__(self, snapshot: Snapshot, directory: Directory) -> None:
        self._snapshot = snapshot
        self._directory = directory
        self._entries: dict[RecordId, tuple[Digest, Entry]] = {}

    def of(self, told: Sequence[Article | Change]) -> Digested:
        """What a document is made of, in its order."""
        known = self._entries
        found = [
            known.get(one.id) or self._enter(one) if isinstance(one, Article) else (digest_of(brief([one])), one)
            for one in told
        ]
        return Digested(digest_of([digest for digest, _ in found]), tuple([entry for _, entry in found]))

    def _enter(self, article: Article) -> tuple[Digest, Entry]:
        entry = Entry(article, self._snapshot.tags_of(article), self._directory.links_of(article))
        found = self._entries[article.id] = digest_of([article.digest, entry.tags, entry.links]), entry
        return found


def _rows(desk: Desk, snapshot: Snapshot) -> tuple[Row, ...]:
    """All that has feeds, as lists of feeds show it."""
    return tuple(
        Row(one.kind, one.listing, one.title, one.description, len(one.told), _is_sponsored(desk, one))
        for one in _channels(desk, snapshot)
    )


def _channels(desk: Desk, snapshot: Snapshot) -> tuple[Channel, ...]:
    """All that has feeds, kind by kind, the site first."""
    channels: tuple[Channel, ...] = desk.once(Channel, lambda: tuple(_find_channels(desk, snapshot)))
    return channels


def _find_channels(desk: Desk, snapshot: Snapshot) -> Iterator[Channel]:
    if not desk.config.feed_formats:
        return
    site, urls = desk.config.site, desk.urls
    all_of = [Channel("site", "site", urls.front_path(), site.title, site.description, snapshot.articles)]
    for topic in snapshot.topics:
        articles = snapshot.articles_by_topic.get(topic.id, ())
        all_of.append(Channel("topics", topic.id, urls.topic_path(topic.id), topic.title, topic.description, articles))
    for story in snapshot.stories:
        articles = snapshot.articles_by_story.get(story.id, ())
        all_of.append(Channel("stories", story.id, urls.story_path(story), story.title, story.summary, articles))
    for source in snapshot.sources:
        articles = snapshot.articles_by_source.get(source.id, ())
        path = urls.source_path(source.id)
        all_of.append(Channel("sources", source.id, path, source.title, source.body.lead, articles))
    for entity in snapshot.entities:
        articles = snapshot.articles_by_entity.get(entity.id, ())
        path = urls.entity_path(entity.id)
        all_of.append(Channel("entities", entity.id, path, entity.title, entity.description, articles))
    for tag in snapshot.tags:
        articles = snapshot.articles_by_tag[tag.slug]
        description = desk.say("tag_description", tag=tag.label)
        all_of.append(Channel("tags", tag.slug, urls.tag_path(tag), tag.label, description, articles))
    all_of += _channels_of_changes(desk, snapshot)
    yield from (channel for channel in all_of if urls.has_feed(channel.kind, len(channel.told)))


def _channels_of_changes(desk: Desk, snapshot: Snapshot) -> Iterator[Channel]:
    if desk.config.outputs.stories:
        for story in snapshot.stories:
            title = desk.say("changes_heading", story=story.title)
            description = desk.say("changes_description", story=story.title)
            changes = desk.changes(snapshot.coverage_of(story))
            yield Channel("changes", story.id, desk.urls.changes_path(story), title, description, changes)
    description = desk.say("corrections_description", site=desk.config.site.title)
    found, path = corrections(snapshot.articles, snapshot.stories), desk.urls.index_path("corrections")
    yield Channel("corrections", "site", path, desk.say("corrections"), description, found)


def _is_sponsored(desk: Desk, channel: Channel) -> bool:
    """Whether sponsored items may stand in its feeds: among articles only."""
    return desk.has_sponsored_feeds and channel.kind not in _OF_CHANGES


_OF_CHANGES = ("changes", "corrections")


def _feed(desk: Desk, path: OutputPath, head: Head, latest: Digested, archives: int, time: SlotTime) -> Feed:
    items = _sponsor(desk, head, latest.value, _items(desk, head, latest.value), time)
    return _document(desk, path, head, items, older=archives)


def _sponsor_free_feed(desk: Desk, path: OutputPath, head: Head, latest: Digested, archives: int) -> Feed:
    return _document(desk, path, head, _items(desk, head, latest.value), variant=SPONSOR_FREE, older=archives)


def _archive(desk: Desk, path: OutputPath, head: Head, held: Digested, number: int, newer: int) -> Feed:
    return _document(
        desk,
        path,
        head,
        _items(desk, head, held.value),
        current=desk.urls.absolute(_path(desk, head)),
        older=number - 1,
        newer=newer,
    )


def _document(
    desk: Desk,
    path: OutputPath,
    head: Head,
    items: tuple[FeedItem, ...],
    *,
    variant: str = "",
    current: str | None = None,
    older: int = 0,
    newer: int = 0,
) -> Feed:
    site = desk.config.site
    return Feed(
        format=head.format,
        id=":".join([f"tag:{desk.feed_authority},{_MINTED}:feed", *filter(None, [head.kind, quote(head.id), variant])]),
        title=head.title,
        description=head.description,
        url=desk.urls.absolute(head.listing),
        self_url=desk.urls.absolute(path),
        site_title=site.title,
        site_url=desk.urls.absolute(desk.urls.front_path()),
        language=site.language,
        updated=max(item.updated for item in items if not item.is_sponsored),
        copyright=site.copyright,
        hub=None if current else desk.config.feeds.hub,
        items=items,
        current=current,
        older=desk.urls.absolute(_path(desk, head, "feed", str(older))) if older else None,
        newer=desk.urls.absolute(_path(desk, head, "feed", str(newer))) if newer else None,
    )


_MINTED = "2026"
"""When the `tag:` URIs of feeds were minted (RFC 4151): one year for all of them, for a feed has none of its own."""


def _items(desk: Desk, head: Head, told: Sequence[Entry | Change]) -> tuple[FeedItem, ...]:
    is_full = desk.config.feed_content(head.kind) == "full"
    return tuple(
        article_item(desk, one.article, one.tags, one.links, is_full=is_full)
        if isinstance(one, Entry)
        else change_item(desk, one, is_full=is_full)
        for one in told
    )


def _sponsor(
    desk: Desk, head: Head, told: Sequence[Entry | Change], items: Sequence[FeedItem], time: SlotTime
) -> tuple[FeedItem, ...]:
    """Put a sponsored message after each so many articles, none twice, while there are some that may stand there."""
    every = desk.config.feeds.sponsor_every if head.kind not in _OF_CHANGES else 0
    is_full = desk.config.feed_content(head.kind) == "full"
    topics = (RecordId(head.id),) if head.kind == "topics" else ()
    mixed: list[FeedItem] = []
    taken: set[RecordId] = set()
    for place, item in enumerate(items, 1):
        mixed.append(item)
        if every and place % every == 0:
            spot = desk.urls.feed_path(head.listing, "rss", str(place))
            beside = [one.article for one in told[place - 1 : place + 1] if one.article]
            campaign = desk.campaign(spot, "feed", time, topics=topics, beside=beside, taken=taken)
            if campaign is not None:
                taken.add(campaign.id)
                mixed.append(sponsored_item(desk, campaign, desk.campaign_links[campaign.id], is_full=is_full))
    return tuple(mixed)


def _path(desk: Desk, head: Head, *folders: str) -> OutputPath:
    return desk.urls.feed_path(head.listing, head.format, *folders)


def _feeds_page(desk: Desk, path: OutputPath, rows: Digested) -> FeedsPage:
    heading = desk.say("feeds")
    crumbs = (desk.home_link(), Link(text=heading))
    description = desk.say("feeds_description", site=desk.config.site.title)
    has_opml = desk.config.outputs.opml and _opml_format(desk)
    return FeedsPage(
        meta=page_meta(desk, path, heading, description, crumbs=crumbs, feeds=site_feeds(desk)),
        crumbs=crumbs,
        heading=heading,
        groups=tuple(
            FeedGroup(
                kind=kind,
                content=desk.config.feed_content(kind),
                entries=tuple(_feed_entry(desk, one) for one in of_kind),
            )
            for kind, of_kind in groupby(rows.value, key=lambda one: one.kind)
        ),
        opml=desk.urls.href(OPML) if has_opml else None,
    )


def _feed_entry(desk: Desk, row: Row) -> FeedEntry:
    return FeedEntry(
        title=row.title,
        href=desk.urls.href(row.listing),
        description=row.description,
        count=row.held,
        formats=_format_links(desk, row),
        sponsor_free=_format_links(desk, row, SPONSOR_FREE) if row.is_sponsored else (),
    )


def _format_links(desk: Desk, row: Row, *folders: str) -> tuple[Link, ...]:
    return tuple(
        Link(text=FORMAT_NAMES[form], href=desk.urls.href(desk.urls.feed_path(row.listing, form, *folders)))
        for form in desk.config.feed_formats
    )


def _opml_format(desk: Desk) -> FeedFormat | None:
    """The format of the feeds that the list for readers names: of those that are on, the one most readers take."""
    return next((form for form in desk.config.feed_formats if form != "json_feed"), None)


def _opml(desk: Desk, _path: OutputPath, rows: Digested) -> Opml:
    form = _opml_format(desk)
    assert form is not None
    return Opml(
        title=desk.say("feeds_description", site=desk.config.site.title),
        groups=tuple(
            OpmlGroup(
                title=desk.config.site.title if kind == "site" else desk.say(kind),
                outlines=tuple(
                    OpmlOutline(
                        title=one.title if kind == "site" else feed_title(desk, one.title),
                        feed_url=desk.urls.absolute(desk.urls.feed_path(one.listing, form)),
                        page_url=desk.urls.absolute(one.listing),
                    )
                    for one in of_kind
                ),
            )
            for kind, of_kind in groupby(rows.value, key=lambda one: one.kind)
        ),
    )
