"""Views of feeds → JSON Feed 1.1."""

from datetime import datetime

import msgspec

from generator.outputs.feeds import Feed, FeedItem
from generator.outputs.parts import Link
from generator.render.passages import ReadBody, write_item

VERSION = "https://jsonfeed.org/version/1.1"


class Part(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a feed, whose empty fields are left out."""


class Author(Part, frozen=True, kw_only=True):
    """Who wrote."""

    name: str
    url: str | None = None


class Attachment(Part, frozen=True, kw_only=True):
    """A picture of an item."""

    url: str
    mime_type: str
    size_in_bytes: int


class Item(Part, frozen=True, kw_only=True):
    """An item. Of text and HTML it has one."""

    id: str
    url: str
    external_url: str | None = None
    title: str
    content_html: str | None = None
    content_text: str | None = None
    summary: str
    image: str | None = None
    date_published: datetime
    date_modified: datetime
    authors: tuple[Author, ...]
    tags: tuple[str, ...] = ()
    language: str | None = None
    attachments: tuple[Attachment, ...] = ()


class Hub(Part, frozen=True, kw_only=True):
    """Who tells of new items."""

    type: str
    url: str


class Document(Part, frozen=True, kw_only=True):
    """A feed; `next_url` leads to older items."""

    version: str
    title: str
    home_page_url: str
    feed_url: str
    description: str
    next_url: str | None = None
    authors: tuple[Author, ...]
    language: str
    hubs: tuple[Hub, ...] = ()
    items: tuple[Item, ...]


def render_json_feed(feed: Feed, read_body: ReadBody) -> bytes:
    """Render a JSON Feed (jsonfeed.org, version 1.1); every time in it comes from the view."""
    document = Document(
        version=VERSION,
        title=feed.title,
        home_page_url=feed.url,
        feed_url=feed.self_url,
        description=feed.description,
        next_url=feed.older,
        authors=(Author(name=feed.site_title, url=feed.site_url),),
        language=feed.language,
        hubs=(Hub(type="WebSub", url=feed.hub),) if feed.hub else (),
        items=tuple(_make_item(item, feed, read_body) for item in feed.items),
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _make_item(item: FeedItem, feed: Feed, read_body: ReadBody) -> Item:
    html = write_item(item, feed, read_body)
    image = item.image
    return Item(
        id=item.guid,
        url=item.url,
        external_url=item.original,
        title=item.title,
        content_html=html or None,
        content_text=None if html else item.summary,
        summary=item.summary,
        image=image.url if image else None,
        date_published=item.published,
        date_modified=item.updated,
        authors=tuple(map(_author, item.authors)),
        tags=item.categories,
        language=item.language,
        attachments=(Attachment(url=image.url, mime_type=image.type, size_in_bytes=image.length),) if image else (),
    )


def _author(author: Link) -> Author:
    return Author(name=author.text, url=author.href)
