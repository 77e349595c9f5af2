"""What each campaign got: its places, its share, and what kept it away."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import get_args

import msgspec

from generator.build import Survey
from generator.names import ContentPath, RecordId
from generator.outputs import Slotted, distinct_slots
from generator.publish import decide, share
from generator.records import Sponsor
from generator.records.sponsor import Place
from generator.site import CampaignState, state_of

PLACES: tuple[Place, ...] = get_args(Place)
"""Where slots are."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """A campaign and what it got. Times are aware UTC.

    `slots` counts the sponsored slots that show it, by place.
    `kept_away` counts those that it would fit, were it not for whom the page is about.
    Of the slots that it may stand in, those and no others, it has the part `share`;
    `due` is the part that its weight gives it, beside those that may stand there too; both from 0 to 1.
    `conflicts` says in words what keeps it from where it might stand.
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
    conflicts: tuple[str, ...]


class Accounts(msgspec.Struct, frozen=True):
    """All campaigns, by id; the sponsored slots of the site, and those of them that stay empty, by place."""

    accounts: tuple[Account, ...]
    slots: dict[str, int]
    empty: dict[str, int]


def account_sponsors(known: Survey, *, now: datetime, drafts: bool) -> Accounts:
    """Count what each campaign got.

    Args:
        known: The survey of a build at `now`; what the last build left spares most of the work.
        now: Aware UTC time.
        drafts: Whether drafts run, too.
    """
    plan, place = known.prepared.plan, known.place
    on_disk = place.stat(known.before.entries)
    verdicts = decide(plan, share(plan, known.prepared.theme), known.before, on_disk)
    slots = distinct_slots(verdict.facts for verdict, _ in verdicts)
    campaigns = known.prepared.site.sponsors
    weights = {campaign.id: campaign.weight for campaign in campaigns.values()}
    states = {one.id: state_of(one, now, drafts=drafts) for one in campaigns.values()}
    same = Counter(one.sponsor for one in campaigns.values() if states[one.id] == "runs")
    return Accounts(
        tuple(
            _account(one, states[one.id], slots, weights, rivals=same[one.sponsor])
            for _, one in sorted(campaigns.items())
        ),
        _count_places(slots),
        _count_places(slot for slot in slots if slot.chosen is None),
    )


def _account(
    campaign: Sponsor, state: CampaignState, slots: list[Slotted], weights: dict[RecordId, int], *, rivals: int
) -> Account:
    fitting = [slot for slot in slots if campaign.id in slot.fitting]
    shown = [slot for slot in fitting if slot.chosen == campaign.id]
    kept_away = sum(campaign.id in slot.kept_away for slot in slots)
    due = sum(campaign.weight / sum(weights[RecordId(one)] for one in slot.fitting) for slot in fitting)
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
        conflicts=tuple(_conflicts(campaign, state, fitting, shown, kept_away, rivals)),
    )


def _conflicts(
    campaign: Sponsor,
    state: CampaignState,
    fitting: list[Slotted],
    shown: list[Slotted],
    kept_away: int,
    rivals: int,
) -> Iterable[str]:
    if state != "runs":
        return
    if not fitting and not kept_away:
        yield "no page of this site has a slot that it may stand in"
    elif not fitting:
        yield "every slot that it may stand in is beside what is about its sponsor, or about whom it must not stand by"
    elif not shown:
        yield "others got every slot that it may stand in"
    if kept_away and fitting:
        yield f"kept from {kept_away} of {kept_away + len(fitting)} slots by whom the page is about"
    if "feed" in campaign.places and campaign.starts is None:
        yield "stands in no feed: a feed dates every item, and it has no 'starts'"
    if rivals > 1:
        yield f"{rivals} campaigns of this sponsor run at once"


def _count_places(slots: Iterable[Slotted]) -> dict[str, int]:
    return dict(sorted(Counter(slot.place for slot in slots).items()))
