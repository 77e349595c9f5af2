"""What each campaign gets: its places, its share, and what keeps it away."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import get_args

import msgspec

from generator.build import PlannedSite
from generator.errors import Problem
from generator.names import ContentPath, RecordId
from generator.outputs import SlotDecision, distinct_slots
from generator.publish import Decision, decide, share
from generator.records import Sponsor
from generator.records.sponsor import Place
from generator.site import CampaignState, Rota, Run, count_runs, open_rota, state_of, warn_of_short

PLACES: tuple[Place, ...] = get_args(Place)
"""The places of slots."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A campaign and what it gets. Times are aware UTC.

    `slots` counts the sponsored slots that show it, by place.
    `kept_away` counts the slots that it fits except for the entities on their pages.
    `share` is its part of the slots that it may have now, `due` the part that its weight gives it; both from 0 to 1.
    `promised` and `given` are its turns on pages over its whole run; None if it is over or a draft.
    `conflicts` are sentences about what keeps it from slots.
    """

    id: RecordId
    file: ContentPath
    sponsor: str
    headline: str
    state: CampaignState
    starts: datetime | None
    ends: datetime | None
    weight: int
    places: tuple[Place, ...]
    slots: dict[str, int]
    kept_away: int
    share: float
    due: float
    promised: float | None
    given: int | None
    conflicts: tuple[str, ...]


class Accounts(msgspec.Struct, frozen=True):
    """All campaigns, sorted by id; the sponsored slots of the site and the empty ones, by place."""

    accounts: tuple[Account, ...]
    slots: dict[str, int]
    empty: dict[str, int]


def account_sponsors(known: PlannedSite) -> Accounts:
    """Count what each campaign gets."""
    slots, campaigns, rota = find_slots(known), known.prepared.site.sponsors, rota_of(known)
    now = known.request.now
    changed = rota.time_at(now).changed
    open_slots = [(slot, rota.stretch_at(slot, changed).running) for slot in slots]
    runs = count_runs(rota, slots, now)
    short = {one.file: one for one in warn_of_short(campaigns.values(), runs, now)}
    states = {one.id: state_of(one, now, drafts=known.request.drafts) for one in campaigns.values()}
    same = Counter(one.sponsor for one in campaigns.values() if states[one.id] == "runs")
    return Accounts(
        tuple(
            _account(one, states[one.id], open_slots, runs.get(one.id), short.get(one.file), rivals=same[one.sponsor])
            for _, one in sorted(campaigns.items())
        ),
        _count_places(slots),
        _count_places(slot for slot in slots if slot.chosen is None),
    )


def rota_of(known: PlannedSite) -> Rota:
    """The rota of the campaigns that run in a build."""
    site, config, request = known.prepared.site, known.config, known.request
    return open_rota(site, rotate=config.sponsors.rotate, zone=config.zone, drafts=request.drafts)


def find_slots(known: PlannedSite) -> tuple[SlotDecision, ...]:
    """All sponsored slots of the site as a build decides them."""
    return distinct_slots(one.metadata for one in decide_all(known)) if known.prepared.site.sponsors else ()


def decide_all(known: PlannedSite) -> Iterator[Decision]:
    """What a build would do with each output; metadata of unchanged outputs comes from the last build."""
    plan, on_disk = known.prepared.plan, known.place.stat(known.before.entries)
    return (one for one, _ in decide(plan, share(plan, known.prepared.theme), known.before, on_disk))


def _account(
    campaign: Sponsor,
    state: CampaignState,
    slots: list[tuple[SlotDecision, tuple[Sponsor, ...]]],
    run: Run | None,
    short: Problem | None,
    *,
    rivals: int,
) -> Account:
    fitting = [(slot, running) for slot, running in slots if campaign in running]
    shown = [slot for slot, _ in fitting if slot.chosen == campaign.id]
    kept_away = sum(campaign.id in slot.kept_away for slot, _ in slots) if state == "runs" else 0
    due = sum(campaign.weight / sum(one.weight for one in running) for _, running in fitting)
    conflicts = _conflicts(campaign, fitting, kept_away, rivals) if state == "runs" else ()
    return Account(
        id=campaign.id,
        file=campaign.file,
        sponsor=campaign.sponsor,
        headline=campaign.headline,
        state=state,
        starts=campaign.starts,
        ends=campaign.ends,
        weight=campaign.weight,
        places=campaign.places,
        slots=_count_places(shown),
        kept_away=kept_away,
        share=round(len(shown) / len(fitting), 4) if fitting else 0.0,
        due=round(due / len(fitting), 4) if fitting else 0.0,
        promised=round(run.promised, 1) if run else None,
        given=run.given if run else None,
        conflicts=(*conflicts, *([short.message] if short else [])),
    )


def _conflicts(campaign: Sponsor, fitting: Collection[object], kept_away: int, rivals: int) -> Iterable[str]:
    """What keeps a running campaign from slots."""
    if not fitting and not kept_away:
        yield "no page of this site has an eligible slot"
    elif not fitting:
        yield "every eligible slot is on a page about its sponsor, or about an entity in 'not_beside'"
    if kept_away and fitting:
        yield f"kept from {kept_away} of {kept_away + len(fitting)} slots by the entities on their pages"
    if "feed" in campaign.places and campaign.starts is None:
        yield "appears in no feed: every feed item needs a date, and it has no 'starts'"
    if rivals > 1:
        yield f"{rivals} campaigns of this sponsor run at the same time"


def _count_places(slots: Iterable[SlotDecision]) -> dict[str, int]:
    return dict(sorted(Counter(slot.place for slot in slots).items()))
