"""Plans `/sponsors/`: who pays for messages on the site, where they are, and for how long.

It is made last, from the metadata of all other outputs.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import get_args

from generator.names import OutputPath, RecordId
from generator.outputs import Draft, SlotDecision
from generator.outputs.files import CampaignReport
from generator.outputs.pages import SponsorsPage
from generator.outputs.parts import CampaignLine, CampaignPlace
from generator.plan.context import PlanContext
from generator.plan.keys import ready_draft
from generator.plan.meta import frame_of
from generator.plan.routes import ROUTES
from generator.plan.slots import label_of
from generator.records import Sponsor
from generator.records.sponsor import Place
from generator.site import Run, Snapshot


def plan_campaigns(
    context: PlanContext, snapshot: Snapshot, slots: Sequence[SlotDecision], runs: Mapping[RecordId, Run]
) -> Iterator[Draft]:
    """Plan the page and the same as JSON: campaigns that run or are over; future ones are not public.

    `slots` are all sponsored slots of the site, each once; `runs` is what each campaign gets in its run.
    """
    page, document = campaign_paths(context)
    running, past = (
        tuple(_line(context, campaign, slots, runs) for campaign in campaigns)
        for campaigns in (snapshot.campaigns, snapshot.past_campaigns)
    )
    yield Draft(page, SponsorsPage, "the sponsors page", partial(_page, context, page, running, past))
    report = CampaignReport(
        title=context.config.site.title,
        url=context.urls.absolute(page),
        slots=_count_places(slots),
        running=running,
        past=past,
    )
    yield ready_draft(document, "the sponsors page", report)


def campaign_paths(context: PlanContext) -> tuple[OutputPath, OutputPath]:
    """`/sponsors/` and `/sponsors/index.json`."""
    return context.urls.index_path("sponsors"), ROUTES["sponsors_json"].path()


def _page(
    context: PlanContext, path: OutputPath, running: tuple[CampaignLine, ...], past: tuple[CampaignLine, ...]
) -> SponsorsPage:
    description = context.say("sponsors_description", site=context.config.site.title)
    return SponsorsPage(
        **frame_of(context, path, context.say("sponsors"), description),
        running=running,
        past=past,
        document=context.urls.href(campaign_paths(context)[1]),
    )


def _line(
    context: PlanContext, campaign: Sponsor, slots: Iterable[SlotDecision], runs: Mapping[RecordId, Run]
) -> CampaignLine:
    run = runs.get(campaign.id) if campaign.starts and campaign.ends else None
    return CampaignLine(
        id=campaign.id,
        sponsor=campaign.sponsor,
        homepage=campaign.homepage,
        label=label_of(context, campaign),
        headline=campaign.headline,
        starts=campaign.starts,
        ends=campaign.ends,
        places=_count_places(slot for slot in slots if slot.chosen == campaign.id),
        promised=round(run.promised) if run else None,
        given=run.given if run else None,
    )


def _count_places(slots: Iterable[SlotDecision]) -> tuple[CampaignPlace, ...]:
    counts = Counter(slot.place for slot in slots)
    return tuple(CampaignPlace(place=place, count=counts[place]) for place in get_args(Place) if counts[place])
