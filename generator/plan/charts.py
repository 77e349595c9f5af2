"""What charts show: the look of each source and topic, and how many points make one."""

from collections import Counter
from collections.abc import Iterable

from generator.digest import digest_bytes
from generator.names import RecordId

COLOURS = 7
"""The number of colours for sources or topics. If there are more of these, the next have the same with stripes."""

FEWEST_POINTS = 5
"""Fewer dots show no course."""


def looks_of(ids: Iterable[RecordId]) -> dict[RecordId, int]:
    """The look of each source, or of each topic: a number from 1 to twice the colours.

    It depends on the ids only, so that one source looks the same in all charts, and no look is twice before all are
    once.
    """
    looks: dict[RecordId, int] = {}
    used: Counter[int] = Counter()
    for one in sorted(ids):
        wish = int(digest_bytes(one.encode())[:8], 16)
        looks[one] = min(
            range(2 * COLOURS), key=lambda place: (used[place], place // COLOURS, (place - wish) % COLOURS)
        )
        used[looks[one]] += 1
    return {one: place + 1 for one, place in looks.items()}
