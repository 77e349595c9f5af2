"""When sponsored slots change from one campaign to the next: the calendar of turns, and their order.

In each turn (`[sponsors] rotate`) a slot shows one campaign.
At every moment since the first turn a campaign has had its share of the turns, rounded up or down
(R. Tijdeman, "The chairman assignment problem", 1980; the earliest deadline goes first).
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
    """The number of the turn that a moment (aware) is in; it never decreases with time.

    Days are those of the zone, weeks begin on its Mondays, hours are those of UTC. It is 0 without rotation.
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
    """When the turn after that of a moment begins (aware UTC); None without rotation.

    A midnight that the clocks skip is the moment of the skip.
    """
    if rotate == "never":
        return None
    if rotate == "hour":
        return datetime.fromtimestamp((moment.timestamp() // _HOUR_S + 1) * _HOUR_S, UTC)
    today = moment.astimezone(zone).date()
    days = 1 if rotate == "day" else _WEEK_DAYS - today.weekday()
    return datetime.combine(today + timedelta(days=days), time.min, zone).astimezone(UTC)


class Cycle(NamedTuple):
    """Repeating turns: who takes each, by place among the weights, and how many each has had before it."""

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
    """A cycle with a given first taker (by place among the weights); `draw`, from 0, chooses one of those possible.

    At each moment of it everybody has had their share, give or take less than one turn.
    If the first taker is drawn by weight, and `draw` at random, later turns are by weight, too, or nearly.
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
    """Who takes each turn of a cycle: the wanted one, if all others can still have theirs in time.

    Else it is the one with the earliest deadline among those who may have the turn already.
    `spare` has for each number of turns how many of them are free after the turns that are due by then.
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
