"""The views of feeds, and of their list for feed readers."""

from datetime import datetime
from typing import ClassVar, Literal

from generator.outputs.parts import Link, Passage, SlotDecision
from generator.outputs.view import Part, View


class Enclosure(Part, frozen=True, kw_only=True):
    """The picture of an item: full address, media type, length in bytes, width and height in pixels."""

    url: str
    type: str
    length: int
    width: int
    height: int
    alt: str
    credit: str


class FeedItem(Part, frozen=True, kw_only=True):
    """An article, a sponsored message or a change in a feed.

    `guid` is what readers know it by: a `tag:` URI (RFC 4151), or what another system gave the article;
    `atom_id` is that as Atom has it, an IRI.
    `source` is who published the article, with the address of its feed or its own; `original` is where it stands there.
    `summary` is plain text; `passages` are empty where the feed holds summaries.
    """

    guid: str
    atom_id: str
    title: str
    url: str
    summary: str
    published: datetime
    updated: datetime
    authors: tuple[Link, ...]
    source: Link | None = None
    original: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None
    image: Enclosure | None = None
    passages: tuple[Passage, ...] = ()
    is_sponsored: bool = False


class Feed(View, frozen=True, kw_only=True):
    """A feed, newest items first; at least one. `updated` is the newest time of its items.

    `id` is a `tag:` URI, the same in all formats and archives.
    In an archive (RFC 5005, section 4) `current` is the address of the feed that it belongs to.
    `openings` are its sponsored slots, also those that stayed empty.
    """

    noun: ClassVar = "feeds"

    format: Literal["rss", "atom", "json_feed"]
    id: str
    title: str
    description: str
    url: str
    self_url: str
    site_title: str
    site_url: str
    language: str
    updated: datetime
    copyright: str
    hub: str | None
    items: tuple[FeedItem, ...]
    current: str | None = None
    older: str | None = None
    newer: str | None = None
    openings: tuple[SlotDecision, ...] = ()


FEED_NAMES = {"rss": "feed.xml", "atom": "atom.xml", "json_feed": "feed.json"}
"""The files of feeds by their formats."""


class OpmlOutline(Part, frozen=True, kw_only=True):
    """A feed for a feed reader's list, by full addresses."""

    title: str
    feed_url: str
    page_url: str


class OpmlGroup(Part, frozen=True, kw_only=True):
    """Feeds of one kind."""

    title: str
    outlines: tuple[OpmlOutline, ...]


class Opml(View, frozen=True, kw_only=True):
    """All feeds, for feed readers (OPML 2.0)."""

    noun: ClassVar = "feeds.opml"

    title: str
    groups: tuple[OpmlGroup, ...]


class FeedEntry(Part, frozen=True, kw_only=True):
    """A feed: what it is of and the page that shows the same, how many articles it holds, a link per format.

    `sponsor_free` leads to the same feeds without sponsored items; empty where there are none such anywhere.
    """

    title: str
    href: str | None
    description: str
    count: int
    formats: tuple[Link, ...]
    sponsor_free: tuple[Link, ...] = ()


class FeedGroup(Part, frozen=True, kw_only=True):
    """Feeds of one kind, `site` or a family such as `topics`; at least one.

    `content` is `full` or `summary`, what an article in them holds.
    """

    kind: str
    content: str
    entries: tuple[FeedEntry, ...]


class FeedList(Part, frozen=True, kw_only=True):
    """A kind of feeds that has a page of its own."""

    kind: str
    count: int
    href: str
