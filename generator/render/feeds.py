"""Views of feeds → RSS 2.0 and Atom 1.0, written by feedgen, JSON Feed 1.1, and OPML 2.0."""

import re
from collections.abc import Callable
from copy import deepcopy
from datetime import timedelta
from html import escape
from typing import Any

from generator.digest import digest_bytes, digest_of
from generator.media import FEED_TYPES
from generator.names import Digest
from generator.outputs.feeds import Feed, FeedItem, Opml
from generator.render.absolute import ReadBody
from generator.render.passages import write_item

_PLAIN_TEXT = re.compile(rb"<(title|description|category|copyright|source)( [^<>]*)?>[^<]*</\1>")


def render_feed(feed: Feed, read_body: ReadBody) -> bytes:
    """Render a feed in its format."""
    match feed.format:
        case "rss":
            return render_rss(feed, read_body)
        case "atom":
            return render_atom(feed, read_body)
        case "json_feed":
            from generator.render.jsonfeed import render_json_feed

            return render_json_feed(feed, read_body)


def render_rss(feed: Feed, read_body: ReadBody) -> bytes:
    """Render an RSS 2.0 feed; every time in it comes from the view.

    Source: RSS 2.0 "Required channel elements"; RSS Best Practices Profile, "atom:link".
    """
    generator = _open_generator(feed)
    generator.description(_escape_text(feed.description))
    generator.docs("https://www.rssboard.org/rss-specification")
    _add_items(generator, feed, _write_rss, read_body)
    data: bytes = generator.rss_str(pretty=True)
    # `&` and `<` as the RSS Best Practices Profile asks for in plain text ("Character Data").
    return _PLAIN_TEXT.sub(lambda plain: plain[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;"), data)


def render_atom(feed: Feed, read_body: ReadBody) -> bytes:
    """Render an Atom 1.0 feed (RFC 4287); every time in it comes from the view."""
    generator = _open_generator(feed)
    generator.id(feed.id)
    generator.subtitle(feed.description)
    generator.author(name=feed.site_title, uri=feed.site_url)
    _add_items(generator, feed, _write_atom, read_body)
    data: bytes = generator.atom_str(pretty=True)
    return data


def render_opml(opml: Opml) -> bytes:
    """Render a list of feeds (OPML 2.0, "Subscription lists")."""
    from lxml import etree

    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = opml.title
    body = etree.SubElement(root, "body")
    for group in opml.groups:
        outer = etree.SubElement(body, "outline", text=group.title, title=group.title)
        for one in group.outlines:
            texts = {"type": "rss", "text": one.title, "title": one.title}
            etree.SubElement(outer, "outline", texts | {"xmlUrl": one.feed_url, "htmlUrl": one.page_url})
    return etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True)


def _open_generator(feed: Feed) -> Any:
    """A generator of feedgen with what both formats share."""
    from feedgen.feed import FeedGenerator

    from generator.render.history import DocumentExtension, ItemExtension

    generator = FeedGenerator()
    generator.load_extension("dc")
    generator.load_extension("media")
    generator.register_extension("document", DocumentExtension, ItemExtension)
    generator.document.feed = feed
    generator.title(feed.title)
    page = {"href": feed.url, "rel": "alternate", "type": "text/html"}
    generator.link([{"href": feed.self_url, "rel": "self", "type": FEED_TYPES[feed.format]}, page])
    generator.language(feed.language)
    generator.updated(feed.updated)
    generator.generator("Newsprint")
    if feed.copyright:
        generator.rights(feed.copyright)
    return generator


class _Entry:
    """An entry for a generator of feedgen whose XML exists already."""

    def __init__(self, xml: Any) -> None:
        self._xml = xml

    def register_extension(self, *_: object) -> None:
        """Ignore extensions: the XML has them already."""

    def rss_entry(self) -> Any:
        """A copy of the XML, which moves into its feed."""
        return deepcopy(self._xml)

    atom_entry = rss_entry


_MOST_MADE = 1000  # cached entries: an article is in many feeds
_made: dict[Digest, _Entry] = {}


def _add_items(generator: Any, feed: Feed, write: Callable[[FeedItem, str], Any], read_body: ReadBody) -> None:
    """Add the items of a feed; an item has the same XML in all feeds of a format."""
    for item in feed.items:
        key = digest_of([feed.format, feed.site_url, feed.language, item])
        entry = _made.get(key)
        if entry is None:
            if len(_made) >= _MOST_MADE:
                _made.clear()
            entry = _made[key] = _Entry(write(item, write_item(item, feed, read_body)))
        generator.add_entry(entry, order="append")


def _write_rss(item: FeedItem, html: str) -> Any:
    entry = _make_entry(item)
    entry.guid(item.guid, permalink=False)
    entry.description(_escape_text(item.summary))
    if item.language:
        entry.dc.dc_language(item.language)
    entry.dc.dc_creator([author.text for author in item.authors])
    if item.source and item.source.href:
        entry.source(url=item.source.href, title=item.source.text)
    if html:
        entry.content(html)
    return entry.rss_entry()


def _write_atom(item: FeedItem, html: str) -> Any:
    entry = _make_entry(item)
    entry.id(item.atom_id)
    # Add a fraction of a second, because all entries of a feed should have different times (Feed Validator).
    entry.updated(item.updated + timedelta(microseconds=int(digest_bytes(item.guid.encode())[:8], 16) % 1_000_000))
    entry.summary(item.summary)
    entry.author([{"name": one.text} | ({"uri": one.href} if one.href else {}) for one in item.authors])
    if html:
        entry.content(html, type="html")
    return entry.atom_entry()


def _make_entry(item: FeedItem) -> Any:
    """An entry of feedgen with what both formats share."""
    from feedgen.entry import FeedEntry
    from feedgen.ext.dc import DcEntryExtension
    from feedgen.ext.media import MediaEntryExtension

    from generator.render.history import ItemExtension

    entry = FeedEntry()
    for name, extension in (("dc", DcEntryExtension), ("media", MediaEntryExtension), ("document", ItemExtension)):
        entry.register_extension(name, extension)
    entry.title(item.title)
    entry.document.item = item
    entry.link(href=item.url, rel="alternate", type="text/html")
    entry.published(item.published)
    entry.updated(item.updated)
    for category in item.categories:
        entry.category(term=category)
    if image := item.image:
        entry.link(href=image.url, rel="enclosure", type=image.type, length=str(image.length))
        size = {"width": str(image.width), "height": str(image.height)}
        if image.length:
            size["fileSize"] = str(image.length)
        entry.media.content(url=image.url, type=image.type, medium="image", group=None, **size)
    return entry


def _escape_text(text: str) -> str:
    """Plain text for a description, which readers parse as HTML: it is escaped once more than XML needs."""
    return escape(text, quote=False)
