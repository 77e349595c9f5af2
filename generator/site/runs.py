"""What campaigns should get and do get over their whole run, in pages × turns."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from generator.errors import Problem
from generator.names import RecordId
from generator.records import Sponsor
from generator.site.rotation import Cycle
from generator.site.slots import Opening, Rota, Stretch

LOOK_AHEAD = timedelta(days=30)
"""How much of the run of a campaign without `ends` is counted."""

_INSTANT = timedelta(microseconds=1)


class Run(NamedTuple):
    """What a campaign gets of all slots together: each slot counts once for each turn.

    `promised` is its share by weight among all that fit the same slots, even if some exclude others.
    `given` is what it gets. A turn in which the campaigns of a slot change counts before and after the change.
    """

    promised: float
    given: int


def count_runs(rota: Rota, slots: Iterable[Opening], now: datetime) -> dict[RecordId, Run]:
    """Count what each campaign gets in its run, by id, except those that are over.

    Args:
        rota: The campaigns.
        slots: The present slots of the site; each counts since its page was published.
        now: Aware UTC time: a run without `starts` begins then, one without `ends` is looked at for `LOOK_AHEAD`.
    """
    counted = [one for one in rota.campaigns.values() if one.ends is None or one.ends > now]
    spans = {one.id: span_of(one, now) for one in counted}
    promised = dict.fromkeys(spans, 0.0)
    given = dict.fromkeys(spans, 0)
    known: dict[int, list[_Share]] = {}
    for slot in slots:
        stretches = rota.stretches(slot)
        if id(stretches) not in known:
            known[id(stretches)] = [one for stretch in stretches for one in _share(rota, stretch, spans)]
        came = rota.turn_at(slot.since) if slot.since else None
        cycle: tuple[int, Cycle] | None = None
        of: Stretch | None = None
        for stretch, campaign, who, part, first, last in known[id(stretches)]:
            begins = first if came is None else max(first, came)
            if begins > last:
                continue
            promised[campaign] += (last + 1 - begins) * part
            if who is None:
                continue
            if len(stretch.lineup) == 1:
                given[campaign] += last + 1 - begins
                continue
            if of is not stretch:
                of, cycle = stretch, rota.cycle(slot, stretch)
            assert cycle is not None
            start, turns = cycle
            given[campaign] += turns.taken_by(who, last + 1 - start) - turns.taken_by(who, begins - start)
    return {one: Run(promised[one], given[one]) for one in spans}


class _Share(NamedTuple):
    """A campaign in a stretch: its place in the lineup, the part that is promised, its first turn and its last."""

    stretch: Stretch
    campaign: RecordId
    who: int | None
    part: float
    first: int
    last: int


def _share(rota: Rota, stretch: Stretch, spans: Mapping[RecordId, tuple[datetime, datetime]]) -> Iterator[_Share]:
    weights = sum(one.weight for one in stretch.running)
    for campaign in stretch.running:
        if campaign.id not in spans:
            continue
        begins, over = spans[campaign.id]
        starts = max(stretch.starts or begins, begins)
        ends = min(stretch.ends or over, over)
        if starts < ends:
            who = stretch.lineup.index(campaign) if campaign in stretch.lineup else None
            first, last = rota.turn_at(starts), rota.turn_at(ends - _INSTANT)
            yield _Share(stretch, campaign.id, who, campaign.weight / weights, first, last)


def span_of(campaign: Sponsor, now: datetime) -> tuple[datetime, datetime]:
    """The begin and end (aware UTC) of the counted run of a campaign."""
    starts = campaign.starts or min(now, campaign.ends or now)
    return starts, campaign.ends or max(starts, now) + LOOK_AHEAD


def warn_of_short(
    campaigns: Iterable[Sponsor], runs: Mapping[RecordId, tuple[float, int]], now: datetime
) -> Iterator[Problem]:
    """Warn of each campaign that gets nothing, or less than half of its share, and is not over; by id."""
    for campaign in sorted(campaigns, key=lambda one: one.id):
        if campaign.id not in runs or (campaign.ends is not None and campaign.ends <= now):
            continue
        promised, given = runs[campaign.id]
        if given and given * 2 >= promised:
            continue
        starts, ends = span_of(campaign, now)
        span = f"from {starts:%Y-%m-%dT%H:%MZ} until {ends:%Y-%m-%dT%H:%MZ}"
        hint = "other campaigns have priority, or its run is too short for its 'weight'; see 'newsprint sponsors'"
        if not promised:
            hint = "no page is eligible: check 'places', 'topics', 'starts' and 'not_beside'"
        yield Problem(
            file=campaign.file,
            code="short-campaign",
            key=("weight",),
            message=f"the campaign gets {f'{given:,} turns on pages' if given else 'nothing'} {span}",
            expected=f"{promised:,.1f} turns, by its weight" if promised else "turns on pages",
            hint=hint,
        )
