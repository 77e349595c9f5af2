"""Records near each other in time."""

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")

MORE_ITEMS = 4


def nearest(listing: Sequence[Item], place: int, *, count: int = MORE_ITEMS) -> list[Item]:
    """The items around a place of a listing: half before and half after it, filled up from either side.

    A new item at the listing's head changes this for the newest few places only.
    """
    after = len(listing) - place - 1
    from_after = min(after, max(count - count // 2, count - place))
    from_before = min(place, count - from_after)
    return [*listing[place - from_before : place], *listing[place + 1 : place + 1 + from_after]]
