"""When sponsored slots pass from one campaign to the next: the calendar of turns, and the order of those who take them.

In a turn of its own length (`[sponsors] rotate`) each slot shows one campaign.
The order is that of windows: among so many turns a campaign gets its share of them, rounded up or down, at every
moment since the first (R. Tijdeman, "The chairman assignment problem", 1980; the earliest deadline goes first).
"""

import functools
import math
from datetime import UTC, datetime, time, timedelta
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from generator.config import Rotation

_HOUR_S = 3600
_WEEK_DAYS = 7


def turn_at(moment: datetime, rotate: Rotation, zone: ZoneInfo) -> int:
    """The number of the turn that a moment (aware) is in; a later one has no smaller number.

    Days are those of the zone, weeks begin on its Mondays, hours are those of UTC. It is 0 if nothing rotates.
    """
    match rotate:
        case "never":
            return 0
        case "hour":
            return int(moment.timestamp() // _HOUR_S)
        case "day":
            return moment.astimezone(zone).toordinal()
        case "week":
            return (moment.astimezone(zone).toordinal() - 1) // _WEEK_DAYS


def next_turn(moment: datetime, rotate: Rotation, zone: ZoneInfo) -> datetime | None:
    """When the turn after that of a moment begins (aware UTC); None if nothing rotates.

    A midnight that the clocks leave out is the moment at which they leap.
    """
    if rotate == "never":
        return None
    if rotate == "hour":
        return datetime.fromtimestamp((moment.timestamp() // _HOUR_S + 1) * _HOUR_S, UTC)
    today = moment.astimezone(zone).date()
    days = 1 if rotate == "day" else _WEEK_DAYS - today.weekday()
    return datetime.combine(today + timedelta(days=days), time.min, zone).astimezone(UTC)


class Cycle(NamedTuple):
    """Turns that come again and again: who takes each, by place among the weights, and what each has had before it."""

    order: tuple[int, ...]
    before: tuple[tuple[int, ...], ...]

    def taker(self, turn: int) -> int:
        """Who takes a turn, counted from 0."""
        return self.order[turn % len(self.order)]

    def taken_by(self, who: int, turns: int) -> int:
        """How many of the first so many turns somebody takes."""
        rounds, rest = divmod(turns, len(self.order))
        return rounds * self.before[who][-1] + self.before[who][rest]


def begin_cycle(weights: tuple[int, ...], first: int, draw: int) -> Cycle:
    """A cycle of these weights that begins with somebody.

    At each moment of it everybody has had their share, less or more by less than one turn.
    Whoever draws the first by weight, and a number besides, takes the later turns by weight, too, or nearly.

    Args:
        weights: At least one.
        first: Who begins, by place among the weights.
        draw: Any number from 0; it chooses one of the cycles that there are.
    """
    places = _places_of(weights, first)
    return _make_cycle(weights, places[draw % len(places)])


@functools.lru_cache(maxsize=1024)
def _places_of(weights: tuple[int, ...], who: int) -> tuple[int, ...]:
    return tuple(place for place, taker in enumerate(_order(weights, ())) if taker == who)


@functools.lru_cache(maxsize=1024)
def _make_cycle(weights: tuple[int, ...], place: int) -> Cycle:
    common = _order(weights, ())
    order = _order(weights, common[place:] + common[:place])
    before = (tuple(accumulate((taker == who for taker in order), initial=0)) for who in range(len(weights)))
    return Cycle(order, tuple(before))


@functools.lru_cache(maxsize=1024)
def _order(weights: tuple[int, ...], wanted: tuple[int, ...]) -> tuple[int, ...]:
    """Who takes each turn of a cycle: who is wanted, where all others can still have theirs in time.

    In its stead it is the one who must have the next turn soonest, of those who may have it already.
    `spare` has for each number of turns how many of them are left when those that must be among them are taken.
    """
    divisor = math.gcd(*weights)
    shares = [weight // divisor for weight in weights]
    turns = sum(shares)
    spare = [turn - sum(turn * share // turns for share in shares) for turn in range(turns + 1)]
    due = [-(-turns // share) for share in shares]
    had = [0] * len(shares)
    order: list[int] = []
    for turn in range(1, turns + 1):
        taker = wanted[turn - 1] if wanted else -1
        if not wanted or had[taker] * turns >= turn * shares[taker] or not all(spare[turn : due[taker]]):
            waiting = [who for who, share in enumerate(shares) if had[who] * turns < turn * share]
            taker = min(waiting, key=lambda who: (due[who], who))
        for one in range(turn, due[taker]):
            spare[one] -= 1
        had[taker] += 1
        due[taker] = -(-(had[taker] + 1) * turns // shares[taker])
        order.append(taker)
    return tuple(order)
