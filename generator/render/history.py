"""What feedgen does not write: the links of RFC 5005 and of WebSub, originals in RSS and languages in Atom."""

from collections.abc import Iterator
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from generator.outputs.views import Feed

_ATOM = "{http://www.w3.org/2005/Atom}"
_HISTORY = "http://purl.org/syndication/history/1.0"


class DocumentExtension(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Adds to a feed its hub, and its place among its archives (RFC 5005, section 4; WebSub, section 4)."""

    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        """The namespace of `fh:archive`, where there is one."""
        return {"fh": _HISTORY} if self.feed.current else {}

    def extend_rss(self, rss_feed: Any) -> None:
        """Add to the channel."""
        self.extend_atom(rss_feed[0])

    def extend_atom(self, feed: Any) -> None:
        """Add to the feed."""
        if self.feed.current:
            etree.SubElement(feed, f"{{{_HISTORY}}}archive")
        for rel, url in self._links():
            etree.SubElement(feed, f"{_ATOM}link", rel=rel, href=url)

    def _links(self) -> Iterator[tuple[str, str]]:
        if self.feed.hub and not self.feed.current:
            yield "hub", self.feed.hub
        for rel, url in (
            ("current", self.feed.current),
            ("prev-archive", self.feed.older),
            ("next-archive", self.feed.newer),
        ):
            if url:
                yield rel, url


class ItemExtension(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Adds to an item where its original stands (RSS), and its language (Atom)."""

    original: str | None = None
    language: str | None = None

    def extend_rss(self, item: Any) -> None:
        """Add a link to the original."""
        if self.original:
            etree.SubElement(item, f"{_ATOM}link", rel="via", href=self.original)

    def extend_atom(self, entry: Any) -> None:
        """Name the language, where it is another than the feed's."""
        if self.language:
            entry.set("{http://www.w3.org/XML/1998/namespace}lang", self.language)
