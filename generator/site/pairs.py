"""Which two of several sources differ."""

from collections.abc import Hashable, Sequence
from itertools import combinations

MOST_PAIRED = 8
"""How many sources, the first of a story, can be compared in pairs: style sheets have a rule for each pair."""

Pair = tuple[int, int]
"""The places of two sources, the earlier one first."""


def pairs_of(count: int) -> tuple[Pair, ...]:
    """All pairs of so many sources, as far as they can be compared in pairs."""
    return tuple(combinations(range(min(count, MOST_PAIRED)), 2))


def pairs_apart(stances: Sequence[Hashable]) -> tuple[Pair, ...]:
    """The pairs of sources whose stances differ; each source has one."""
    return tuple((one, other) for one, other in pairs_of(len(stances)) if stances[one] != stances[other])
