"""Which campaign a sponsored slot shows: a pure function of the slot, the turn and the campaigns.

An exclusive campaign excludes all others, and campaigns with topics exclude those without; the rest take turns by
weight. The first turn is drawn by rendezvous hashing with weights (Schindelhauer and Schomaker, 2005): each campaign
scores `-weight / ln(h)` on a place, and the highest score wins.
"""

import hashlib
import math
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum, auto
from functools import partial
from itertools import pairwise
from operator import attrgetter, itemgetter
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from generator.config import Rotation
from generator.names import RecordId
from generator.records import Entity, Sponsor
from generator.site.rotation import Cycle, begin_cycle, next_turn, turn_at


class Opening(Protocol):
    """A slot to be filled.

    `spot` is its path, `place` its kind, `topics` are those of its page, and `since` is the page's time (aware).
    `kept_away` are campaigns that must not appear beside the content of the page.
    `taken` are those that the same feed has already.
    """

    @property
    def spot(self) -> str: ...  # noqa: D102
    @property
    def place(self) -> str: ...  # noqa: D102
    @property
    def topics(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def kept_away(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def taken(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def since(self) -> datetime | None: ...  # noqa: D102


class SlotTime(NamedTuple):
    """What of a moment decides what slots show: its turn, and when a campaign last began or ended before it.

    The turn is 0 if fewer than two campaigns run.
    """

    changed: datetime | None
    turn: int


class Bar(Enum):
    """Why a campaign cannot have a slot, in the order of the checks."""

    LATER = auto()
    OVER = auto()
    BESIDE = auto()
    PLACE = auto()
    UNDATED = auto()
    TAKEN = auto()
    TOPICS = auto()
    EXCLUSIVE = auto()
    BOUND = auto()


class Candidate(NamedTuple):
    """A campaign, and its bar from a slot; those without one take turns.

    EXCLUSIVE and BOUND bar campaigns that other campaigns exclude.
    """

    campaign: Sponsor
    bar: Bar | None

    @property
    def may_stand(self) -> bool:
        """Whether the campaign fits the slot, even if another one excludes it."""
        return self.bar in (None, Bar.EXCLUSIVE, Bar.BOUND)


def judge_candidates(campaigns: Iterable[Sponsor], slot: Opening, moment: datetime | None) -> tuple[Candidate, ...]:
    """Decide which campaigns fit a slot; nothing else decides that.

    An exclusive campaign excludes all others, even if the same feed has it already; campaigns with topics exclude
    those without. The moment is None for the time before any campaign begins or ends.
    """
    barred = [Candidate(one, _find_bar(one, slot, moment)) for one in campaigns]
    if any(one.campaign.exclusive for one in barred if one.bar in (None, Bar.TAKEN)):
        behind, goes_first = Bar.EXCLUSIVE, attrgetter("exclusive")
    elif any(one.campaign.topics for one in barred if one.bar is None):
        behind, goes_first = Bar.BOUND, attrgetter("topics")
    else:
        return tuple(barred)
    return tuple(
        Candidate(one.campaign, behind) if one.bar is None and not goes_first(one.campaign) else one for one in barred
    )


def _find_bar(campaign: Sponsor, slot: Opening, moment: datetime | None) -> Bar | None:
    """The bar of a campaign from a slot, regardless of other campaigns."""
    bars = {
        Bar.LATER: campaign.starts is not None and (moment is None or campaign.starts > moment),
        Bar.OVER: moment is not None and campaign.ends is not None and campaign.ends <= moment,
        Bar.BESIDE: campaign.id in slot.kept_away,
        Bar.PLACE: slot.place not in campaign.places,
        Bar.UNDATED: slot.place == "feed" and not campaign.starts,  # feeds date every item
        Bar.TAKEN: campaign.id in slot.taken,
        Bar.TOPICS: not _is_about(campaign, slot.topics),
    }
    return next((bar for bar, holds in bars.items() if holds), None)


def _is_about(campaign: Sponsor, topics: Iterable[str]) -> bool:
    """Whether a campaign fits some topics: it has none, or one of them."""
    return not campaign.topics or any(topic in campaign.topics for topic in topics)


class Stretch(NamedTuple):
    """A time in which the same campaigns run for a slot, from `starts` until just before `ends`; None without a bound.

    `running` fit the slot; those of `lineup` take turns, since `settled`. Both are by id.
    """

    starts: datetime | None
    ends: datetime | None
    running: tuple[Sponsor, ...]
    lineup: tuple[Sponsor, ...]
    settled: datetime | None


class Rota:
    """Decides for all slots of a site, at any time."""

    def __init__(self, campaigns: Iterable[Sponsor], *, rotate: Rotation, zone: ZoneInfo) -> None:
        """Take all campaigns, past and future ones too, in any order, and the calendar of turns."""
        self.campaigns = {one.id: one for one in sorted(campaigns, key=lambda one: one.id)}
        self.turn_at: Callable[[datetime], int] = partial(turn_at, rotate=rotate, zone=zone)
        self.next_turn: Callable[[datetime], datetime | None] = partial(next_turn, rotate=rotate, zone=zone)
        self._changes = _bounds(self.campaigns.values())
        self._stretches: dict[tuple[object, ...], tuple[Stretch, ...]] = {}

    def time_at(self, moment: datetime) -> SlotTime:
        """The slot time of a moment (aware UTC)."""
        place = bisect_right(self._changes, moment)
        is_turning = sum(runs_at(one, moment) for one in self.campaigns.values()) > 1
        return SlotTime(self._changes[place - 1] if place else None, self.turn_at(moment) if is_turning else 0)

    def open_to(self, place: str, topics: Sequence[str]) -> Iterator[Sponsor]:
        """The campaigns that can ever fit such a slot, by id; items of feeds need a date, so `starts`."""
        for campaign in self.campaigns.values():
            if place in campaign.places and _is_about(campaign, topics) and (campaign.starts or place != "feed"):
                yield campaign

    def keep_away(self, place: str, topics: Sequence[str], entities: Sequence[Entity]) -> tuple[RecordId, ...]:
        """Those of them that must not appear beside content about these entities."""
        if not entities:
            return ()
        campaigns = self.open_to(place, topics)
        return tuple(one.id for one in campaigns if any(is_kept_from(one, entity) for entity in entities))

    def stretches(self, slot: Opening) -> tuple[Stretch, ...]:
        """The stretches of a slot, in order and without gaps; at least one."""
        key = (slot.place, slot.topics, slot.kept_away, slot.taken)
        if key not in self._stretches:
            free = [one for one in self.open_to(slot.place, slot.topics) if one.id not in slot.kept_away]
            self._stretches[key] = tuple(_stretch(free, slot))
        return self._stretches[key]

    def candidates(self, slot: Opening, time: SlotTime) -> tuple[Candidate, ...]:
        """All campaigns, by id, with the bar of each from a slot at a time."""
        return judge_candidates(self.campaigns.values(), slot, time.changed)

    def decide(self, slot: Opening, time: SlotTime) -> Sponsor | None:
        """The campaign that a slot shows at a time; None if no running one fits."""
        stretch = self.stretch_at(slot, time.changed)
        if len(stretch.lineup) < 2:
            return stretch.lineup[0] if stretch.lineup else None
        first, cycle = self.cycle(slot, stretch)
        return stretch.lineup[cycle.taker(time.turn - first)]

    def stretch_at(self, slot: Opening, moment: datetime | None) -> Stretch:
        """The stretch of a slot that a moment is in; for None the one without a beginning."""
        found = self.stretches(slot)
        if moment is None:
            return found[0]
        return found[bisect_right(found[1:], moment, key=itemgetter(0))]

    def cycle(self, slot: Opening, stretch: Stretch) -> tuple[int, Cycle]:
        """The first turn of a stretch's lineup, of at least two, in a slot, and the cycle that begins with it."""
        begins = max(filter(None, (stretch.settled, slot.since)), default=None)
        first = self.turn_at(begins) if begins else 0
        spot = f"{slot.spot}\n{first}"
        opener = max(stretch.lineup, key=lambda one: (score(one, spot), one.id))
        weights = tuple(one.weight for one in stretch.lineup)
        return first, begin_cycle(weights, stretch.lineup.index(opener), _hash(spot))


def _stretch(campaigns: Sequence[Sponsor], slot: Opening) -> Iterator[Stretch]:
    settled: datetime | None = None
    before: tuple[Sponsor, ...] | None = None
    for starts, ends in pairwise([None, *_bounds(campaigns), None]):
        found = judge_candidates(campaigns, slot, starts)
        running = tuple(one.campaign for one in found if one.may_stand)
        lineup = tuple(one.campaign for one in found if one.bar is None)
        settled = settled if lineup == before else starts
        before = lineup
        yield Stretch(starts, ends, running, lineup, settled)


def runs_at(campaign: Sponsor, moment: datetime) -> bool:
    """Whether a campaign, maybe a draft, runs at a moment."""
    is_over = campaign.ends is not None and campaign.ends <= moment
    return not is_over and (campaign.starts is None or campaign.starts <= moment)


def _bounds(campaigns: Iterable[Sponsor]) -> list[datetime]:
    return sorted({bound for one in campaigns for bound in (one.starts, one.ends) if bound is not None})


def score(campaign: Sponsor, spot: str) -> float:
    """The campaign's score on a spot; its share of spots grows with its weight."""
    return -campaign.weight / math.log((_hash(f"{campaign.id}\n{spot}") + 0.5) / 2**64)


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())


def is_kept_from(campaign: Sponsor, entity: Entity) -> bool:
    """Whether a campaign must not appear beside content about an entity: one that it names, or its sponsor."""
    return (
        entity.id in campaign.not_beside
        or campaign.sponsor.casefold() in (entity.title.casefold(), entity.id.replace("-", " "))
        or (entity.homepage is not None and _host(entity.homepage) == _host(campaign.homepage))
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # an invalid host, such as one with half a bracket
        return url
