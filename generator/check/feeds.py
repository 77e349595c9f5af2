"""Checks feeds that were read back: required parts, and whether the formats of one feed agree."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import pairwise

from generator.check.addresses import Addresses, Target
from generator.check.reading import FeedText, OutputText, ReadItem
from generator.errors import Problem
from generator.names import OutputPath
from generator.site import guid_of

_MOST_SHOWN = 120  # characters
_SPONSORED = ":sponsor:"
"""In the ids of sponsored messages, which are not sorted by time."""


def check_feeds(
    texts: Mapping[OutputPath, OutputText], sizes: Mapping[OutputPath, int], addresses: Addresses, *, now: datetime
) -> list[Problem]:
    """Check each feed, and compare its formats; `sizes` are the bytes of outputs, and no item is after `now`."""
    feeds = {path: one.feed for path, one in texts.items() if one.feed}
    problems = []
    for path, feed in feeds.items():
        faults = dict.fromkeys(_find_faults(path, feed, sizes, addresses, now))
        problems += [Problem(file=path, code="faulty-feed", message=fault, hint=_HINT) for fault in faults]
    return problems + list(_compare(feeds))


_HINT = "this is a bug in newsprint; please report it"


def _find_faults(
    path: OutputPath, feed: FeedText, sizes: Mapping[OutputPath, int], addresses: Addresses, now: datetime
) -> Iterator[str]:
    for name in feed.lacks:
        yield f"the feed has no {name}"
    seen: set[str] = set()
    for item in feed.items:
        name = (item.title or item.link or item.id)[:_MOST_SHOWN]
        for part in ("id", "link"):
            if not getattr(item, part):
                yield f"the item '{name}' has no {part}"
        if item.id in seen:
            yield f"two items have the id '{item.id[:_MOST_SHOWN]}'"
        seen.add(item.id)
        if item.at is None:
            yield f"the item '{name}' has no valid date"
        elif item.at > now:
            yield f"the item '{name}' has a date in the future"
        yield from _check_lengths(path, item, sizes, addresses)
    times = [item.at for item in feed.items if item.at and _SPONSORED not in item.id]
    if any(before < after for before, after in pairwise(times)):
        yield "the items are not sorted newest first"


def _check_lengths(
    path: OutputPath, item: ReadItem, sizes: Mapping[OutputPath, int], addresses: Addresses
) -> Iterator[str]:
    """Report enclosures with a wrong length; missing ones are broken links."""
    for enclosure in item.enclosures:
        try:
            target = addresses.resolve(enclosure.href, path)
        except ValueError:
            continue
        size = sizes.get(OutputPath(target.path)) if isinstance(target, Target) else None
        if size is not None and enclosure.length not in (size, None):
            yield f"'{enclosure.href[:_MOST_SHOWN]}' has {size} bytes, not {enclosure.length}"


_NAMES = ("feed.xml", "atom.xml", "feed.json")


def _compare(feeds: Mapping[OutputPath, FeedText]) -> Iterator[Problem]:
    """Compare the formats of each feed, which are in one folder."""
    beside: dict[str, dict[OutputPath, list[str]]] = {}
    for path, feed in feeds.items():
        if path.rpartition("/")[2] not in _NAMES:
            continue
        beside.setdefault(path.rpartition("/")[0], {})[path] = [guid_of(item.id) for item in feed.items]
    for formats in beside.values():
        (first, ids), *others = formats.items()
        for path, other in others:
            if other != ids:
                message = f"the items differ from those of {first}, or in another order"
                yield Problem(file=path, code="unequal-feeds", message=message, hint=_HINT)
