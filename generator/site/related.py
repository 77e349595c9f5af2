"""Which records stand near each other in time."""

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")

MORE_ITEMS = 4


def nearest(listing: Sequence[Item], place: int, *, count: int = MORE_ITEMS) -> list[Item]:
    """The items around a place of a listing: half before and half after it, filled up from either side.

    A new item at the listing's head changes this for the newest few places only.
    """
    before, after = listing[:place], listing[place + 1 :]
    from_after = min(len(after), max(count - count // 2, count - len(before)))
    from_before = min(len(before), count - from_after)
    return [*before[len(before) - from_before :], *after[:from_after]]
