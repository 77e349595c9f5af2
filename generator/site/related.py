"""Records near each other in time."""

from collections.abc import Callable, Sequence
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")

MORE_ITEMS = 4


def nearest(
    listing: Sequence[Item], place: int, *, count: int = MORE_ITEMS, fits: Callable[[Item], bool] | None = None
) -> list[Item]:
    """The items around a place of a listing that fit: half before and half after it, filled up from either side.

    A new item at the listing's head changes this for the newest few places only.
    """
    before, after = listing[max(0, place - count) : place][::-1], listing[place + 1 : place + 1 + count]
    if fits is not None:
        newer = (listing[other] for other in range(place - 1, -1, -1))
        older = (listing[other] for other in range(place + 1, len(listing)))
        before, after = (list(islice(filter(fits, items), count)) for items in (newer, older))
    from_after = min(len(after), max(count - count // 2, count - len(before)))
    return [*reversed(before[: count - from_after]), *after[:from_after]]
