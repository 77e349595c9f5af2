"""Reads feeds: RSS and Atom with feedparser, JSON Feed by its specification."""

from calendar import timegm
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec
from lxml import etree

from generator.check.reading.documents import local_name
from generator.check.reading.texts import FeedText, ReadEnclosure, ReadItem

_CONTENT_TYPE = {"content-type": "application/xml; charset=utf-8"}
_ATOM = "{http://www.w3.org/2005/Atom}"
_LOOKED_AT = frozenset(
    {"channel", "item", "entry", "title", "link", "id", "guid", "pubdate", "published", "updated", "enclosure"}
)
JSON_FEED = "https://jsonfeed.org/version/"


def is_xml_feed(root: Any) -> bool:
    """Whether XML is RSS or Atom."""
    return str(root.tag) in ("rss", _ATOM + "feed")


def is_json_feed(document: Any) -> bool:
    """Whether a JSON document is a feed."""
    return isinstance(document, dict) and str(document.get("version", "")).startswith(JSON_FEED)


def read_xml_feed(root: Any) -> FeedText:
    """Read RSS or Atom; the tree loses the elements that are not read.

    Raises:
        ValueError: feedparser rejects it.
    """
    import feedparser  # 0.1 s, and only if a feed changed

    _strip(root)
    data = etree.tostring(root, encoding="utf-8")
    feed = feedparser.parse(data, response_headers=_CONTENT_TYPE, sanitize_html=False, resolve_relative_uris=False)
    if feed.bozo:
        raise ValueError(f"not a feed: {feed.bozo_exception}")
    items = tuple(map(_read_entry, feed.entries))
    needed = ("title", "link", "id") if feed.version.startswith("atom") else ("title", "link")
    return FeedText(tuple(name for name in needed if not feed.feed.get(name)), items)


def read_json_feed(document: dict[str, Any]) -> FeedText:
    """Read a JSON Feed.

    Source: JSON Feed 1.1, "top-level", "items", "attachments".
    """
    items = document.get("items")
    lacks = [name for name in ("title", "home_page_url", "feed_url") if not document.get(name)]
    if not isinstance(items, list):
        return FeedText((*lacks, "items"), ())
    return FeedText(tuple(lacks), tuple(_read_item(item if isinstance(item, dict) else {}) for item in items))


def _strip(root: Any) -> None:
    """Remove elements that are not read: with them, feedparser takes four times as long."""
    for node in list(root.iter()):
        if node is not root and not (isinstance(node.tag, str) and local_name(node.tag) in _LOOKED_AT):
            node.getparent().remove(node)


def _read_entry(entry: Any) -> ReadItem:
    at = entry.get("published_parsed") or entry.get("updated_parsed")
    enclosures = ((one.get("href"), one.get("length")) for one in entry.get("enclosures", ()))
    return _make_item(entry, "link", datetime.fromtimestamp(timegm(at), UTC) if at else None, enclosures)


def _read_item(item: dict[str, Any]) -> ReadItem:
    found = item.get("attachments")
    attachments = [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []
    enclosures = ((one.get("url"), one.get("size_in_bytes")) for one in attachments)
    return _make_item(item, "url", _read_time(item.get("date_published")), enclosures)


def _make_item(item: Any, link: str, at: datetime | None, enclosures: Iterable[tuple[Any, Any]]) -> ReadItem:
    return ReadItem(
        id=str(item.get("id", "")),
        title=str(item.get("title", "")),
        link=str(item.get(link, "")),
        at=at,
        enclosures=tuple(ReadEnclosure(str(href or ""), _read_length(length)) for href, length in enclosures),
    )


def _read_time(text: Any) -> datetime | None:
    try:
        return msgspec.convert(text, datetime).astimezone(UTC)
    except (msgspec.ValidationError, OverflowError):
        return None


def _read_length(value: Any) -> int | None:
    try:
        return int(value)
    except (TypeError, ValueError):
        return None
