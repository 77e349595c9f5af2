"""What an output says, as far as it is checked."""

from datetime import datetime

import msgspec


class ReadEnclosure(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file that an item of a feed carries; `length` in bytes, as the feed says it, None where it says none."""

    href: str
    length: int | None


class ReadItem(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """An item of a feed as a reader sees it. `at` is when it was published, None where no date can be read."""

    id: str
    title: str
    link: str
    at: datetime | None
    enclosures: tuple[ReadEnclosure, ...] = ()


class FeedText(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A feed as a reader sees it, its items in order. `lacks` are the parts that must be there and are not."""

    lacks: tuple[str, ...]
    items: tuple[ReadItem, ...]


class PageText(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What search engines and browsers read of a page.

    `is_indexed` is whether it may be found: neither kept from search engines nor a page that only leads elsewhere.
    `bare` are the tags of pictures by what these lack.
    """

    title: str
    description: str
    canonical: str
    is_indexed: bool
    anchors: tuple[str, ...]
    bare: tuple[tuple[str, str], ...] = ()


class Said(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What an output says: its links as written, sorted, and what it is beside.

    `base` is what relative links start from, where the output says so itself.
    `fault` is why it cannot be read.
    """

    links: tuple[str, ...] = ()
    base: str = ""
    page: PageText | None = None
    feed: FeedText | None = None
    fault: str = ""
