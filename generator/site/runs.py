"""What campaigns are promised and get over their whole run, in pages × turns."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from generator.errors import Problem
from generator.names import RecordId
from generator.records import Sponsor
from generator.site.rotation import Cycle
from generator.site.slots import Opening, Rota, Stretch

LOOK_AHEAD = timedelta(days=30)
"""How far the run of a campaign without `ends` is looked at."""

_INSTANT = timedelta(microseconds=1)


class Run(NamedTuple):
    """What a campaign gets of all slots together: each slot counts once for each turn.

    `promised` is what its weight gives it beside all that run for the same slots, whoever goes before whom;
    `given` is what it gets. A turn in which the campaigns of a slot change counts before and after the change.
    """

    promised: float
    given: int


def count_runs(rota: Rota, slots: Iterable[Opening], now: datetime) -> dict[RecordId, Run]:
    """Count what each campaign gets in its run, by id.

    Args:
        rota: The campaigns.
        slots: The slots that the site has now; each counts since its page came.
        now: Aware UTC time: a run without `starts` begins then, one without `ends` is looked at for `LOOK_AHEAD`.
    """
    spans = {one.id: span_of(one, now) for one in rota.campaigns.values()}
    promised = dict.fromkeys(spans, 0.0)
    given = dict.fromkeys(spans, 0)
    for slot in slots:
        for stretch in rota.stretches(slot):
            if not stretch.running:
                continue
            weights = sum(one.weight for one in stretch.running)
            turning: tuple[int, Cycle] | None = rota.cycle(slot, stretch) if len(stretch.lineup) > 1 else None
            for campaign in stretch.running:
                found = _turns(rota, stretch, slot.since, spans[campaign.id])
                if found is None:
                    continue
                first, last = found
                promised[campaign.id] += (last - first + 1) * campaign.weight / weights
                if campaign not in stretch.lineup:
                    continue
                if turning is None:
                    given[campaign.id] += last - first + 1
                else:
                    start, cycle = turning
                    who = stretch.lineup.index(campaign)
                    given[campaign.id] += cycle.taken_by(who, last + 1 - start) - cycle.taken_by(who, first - start)
    return {one: Run(promised[one], given[one]) for one in spans}


def span_of(campaign: Sponsor, now: datetime) -> tuple[datetime, datetime]:
    """From when until just before when a campaign's run is counted (aware UTC)."""
    starts = campaign.starts or min(now, campaign.ends or now)
    return starts, campaign.ends or max(starts, now) + LOOK_AHEAD


def _turns(
    rota: Rota, stretch: Stretch, since: datetime | None, span: tuple[datetime, datetime]
) -> tuple[int, int] | None:
    """The first and the last turn of a stretch in which the slot is there and the span lasts."""
    starts = max(filter(None, (stretch.starts, since, span[0])))
    ends = min(filter(None, (stretch.ends, span[1])))
    return (rota.turn_at(starts), rota.turn_at(ends - _INSTANT)) if starts < ends else None


def warn_of_short(
    campaigns: Iterable[Sponsor], runs: Mapping[RecordId, tuple[float, int]], now: datetime
) -> Iterator[Problem]:
    """Warn of each campaign that is not over and gets nothing, or less than half of what its weight promises; by id."""
    for campaign in sorted(campaigns, key=lambda one: one.id):
        if campaign.id not in runs or (campaign.ends is not None and campaign.ends <= now):
            continue
        promised, given = runs[campaign.id]
        if given and given * 2 >= promised:
            continue
        starts, ends = span_of(campaign, now)
        span = f"from {starts:%Y-%m-%dT%H:%MZ} until {ends:%Y-%m-%dT%H:%MZ}"
        hint = "others go before it, or its run is too short for its 'weight'; see 'newsprint sponsors'"
        if not promised:
            hint = "there is no page where it may stand: look at 'places', 'topics', 'starts' and 'not_beside'"
        yield Problem(
            file=campaign.file,
            code="short-campaign",
            severity="warning",
            key=("weight",),
            message=f"the campaign gets {f'{given:,} turns on pages' if given else 'nothing'} {span}",
            expected=f"{promised:,.1f} turns, by its weight" if promised else "turns on pages",
            hint=hint,
        )
