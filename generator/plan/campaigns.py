"""Plans `/sponsors/`: who pays for messages on the site, where they stand, and for how long.

It counts what all other outputs show, and so is made last, from their facts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import get_args

from generator.names import OutputPath, RecordId, output_path
from generator.outputs import Draft, SlotDecision
from generator.outputs.views import CampaignLine, CampaignPlace, CampaignReport, Link, SitemapUrl, SponsorsPage
from generator.plan.desk import Desk
from generator.plan.meta import page_meta
from generator.records import Sponsor
from generator.records.sponsor import Place
from generator.site import Run, Snapshot

FAMILY = "sponsors"


def plan_ledger(
    desk: Desk, snapshot: Snapshot, slots: Sequence[SlotDecision], runs: Mapping[RecordId, Run]
) -> Iterator[Draft]:
    """Plan the page and the same as JSON.

    Args:
        desk: Makes small parts of views.
        snapshot: Campaigns that run, and those that are over; what waits is nobody's business yet.
        slots: All sponsored slots of the site, each once.
        runs: What each campaign gets in its run.
    """
    page, document = ledger_paths(desk)
    running, past = (
        tuple(_line(desk, campaign, slots, runs) for campaign in campaigns)
        for campaigns in (snapshot.campaigns, snapshot.past_campaigns)
    )
    yield desk.draft(page, SponsorsPage, "the ledger of campaigns", partial(_page, desk, page, running, past))
    ledger = CampaignReport(
        title=desk.config.site.title,
        url=desk.urls.absolute(page),
        slots=_count_places(slots),
        running=running,
        past=past,
    )
    yield desk.ready_draft(document, "the ledger of campaigns", ledger)


def ledger_paths(desk: Desk) -> tuple[OutputPath, OutputPath]:
    """`/sponsors/` and `/sponsors/index.json`."""
    return desk.urls.index_path(FAMILY), output_path(FAMILY, "index.json")


def list_ledger(desk: Desk) -> SitemapUrl:
    """The page's line in the sitemap."""
    return SitemapUrl(url=desk.urls.absolute(desk.urls.index_path(FAMILY)))


def _page(
    desk: Desk, path: OutputPath, running: tuple[CampaignLine, ...], past: tuple[CampaignLine, ...]
) -> SponsorsPage:
    heading = desk.say(FAMILY)
    crumbs = (desk.home_link(), Link(text=heading))
    description = desk.say("sponsors_description", site=desk.config.site.title)
    return SponsorsPage(
        meta=page_meta(desk, path, heading, description, crumbs=crumbs),
        crumbs=crumbs,
        heading=heading,
        running=running,
        past=past,
        document=desk.urls.href(ledger_paths(desk)[1]),
    )


def _line(desk: Desk, campaign: Sponsor, slots: Iterable[SlotDecision], runs: Mapping[RecordId, Run]) -> CampaignLine:
    run = runs.get(campaign.id) if campaign.starts and campaign.ends else None
    return CampaignLine(
        id=campaign.id,
        sponsor=campaign.sponsor,
        homepage=campaign.homepage,
        label=desk.label(campaign),
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
