"""The contents of outputs, as far as they are checked."""

from datetime import datetime

import msgspec


class ReadEnclosure(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An enclosure of a feed item; `length` is in bytes as the feed gives it, None if it gives none."""

    href: str
    length: int | None


class ReadItem(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An item of a feed as a reader sees it; `at` is when it was published, None if it has no valid date."""

    id: str
    title: str
    link: str
    at: datetime | None
    enclosures: tuple[ReadEnclosure, ...] = ()


class FeedText(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A feed as a reader sees it, its items in order. `lacks` are required parts that are missing."""

    lacks: tuple[str, ...]
    items: tuple[ReadItem, ...]


class PageText(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What search engines and browsers read of a page.

    `is_indexed` is whether search engines may list it; redirect pages are not listed.
    `bare` are the tags of pictures with their missing attributes.
    """

    title: str
    description: str
    canonical: str
    is_indexed: bool
    anchors: tuple[str, ...]
    bare: tuple[tuple[str, str], ...] = ()


class OutputText(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The contents of an output: its links as written, sorted, and its page or feed.

    `base` is the base of relative links if the output sets one; `fault` is why it cannot be read.
    """

    links: tuple[str, ...] = ()
    base: str = ""
    page: PageText | None = None
    feed: FeedText | None = None
    fault: str = ""
