"""Extensions of feedgen: the links of RFC 5005 and WebSub, originals in RSS, and languages in Atom."""

from collections.abc import Iterator
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from generator.outputs.feeds import Feed, FeedItem

# feedgen writes the elements of Atom without a namespace, and adds that to the root element.
_LINK_IN_ATOM = "link"
_LINK_IN_RSS = "{http://www.w3.org/2005/Atom}link"
_HISTORY = "http://purl.org/syndication/history/1.0"


class DocumentExtension(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Adds the hub and the links to archives to a feed (RFC 5005, section 4; WebSub, section 4)."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        """The namespace of `fh:archive`, if the feed is an archive."""
        return {"fh": _HISTORY} if self.feed.current else {}

    def extend_rss(self, rss_feed: Any) -> None:
        """Add to the channel."""
        self._extend(rss_feed[0], _LINK_IN_RSS)

    def extend_atom(self, feed: Any) -> None:
        """Add to the feed."""
        self._extend(feed, _LINK_IN_ATOM)

    def _extend(self, feed: Any, link: str) -> None:
        own = self.feed
        if own.current:
            etree.SubElement(feed, f"{{{_HISTORY}}}archive")
        links = {"hub": own.hub, "current": own.current, "prev-archive": own.older, "next-archive": own.newer}
        for rel, url in links.items():
            if url:
                etree.SubElement(feed, link, rel=rel, href=url)


class ItemExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Adds the link to the original to an item, and its language to an entry of Atom."""

    item: FeedItem

    def extend_rss(self, item: Any) -> None:
        """Add a link to the original."""
        if self.item.original:
            etree.SubElement(item, _LINK_IN_RSS, rel="via", href=self.item.original)

    def extend_atom(self, entry: Any) -> None:
        """Replace all links, because feedgen 1.0 loses their relations, and add a language other than the feed's."""
        if self.item.language:
            entry.set("{http://www.w3.org/XML/1998/namespace}lang", self.item.language)
        for forgetful in entry.findall(_LINK_IN_ATOM):
            entry.remove(forgetful)
        for link in _links_of(self.item):
            etree.SubElement(entry, _LINK_IN_ATOM, link)


def _links_of(item: FeedItem) -> Iterator[dict[str, str]]:
    yield {"rel": "alternate", "type": "text/html", "href": item.url}
    if item.original:
        title = {"title": item.source.text} if item.source else {}
        yield {"rel": "via", "href": item.original, **title}
    if image := item.image:
        yield {"rel": "enclosure", "type": image.type, "href": image.url, "length": str(image.length)}
