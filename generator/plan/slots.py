"""Sponsored slots: which campaign each one shows, and how its message is shown."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec

from generator.names import OutputPath, RecordId
from generator.outputs import SlotDecision
from generator.outputs.parts import Link, Slot
from generator.plan.context import PlanContext
from generator.plan.parts import image_of, page_link, text_of
from generator.records import Article, Sponsor
from generator.records.sponsor import Place
from generator.site import SlotTime


class Spot(NamedTuple):
    """The place of a slot: the path that it is decided for, the kind of place, and the topics of its page.

    `beside` are the articles next to it, `taken` the campaigns that the same feed already shows.
    `since` is when the page was published (aware UTC), None if it was always there.
    """

    path: OutputPath
    place: Place
    topics: tuple[RecordId, ...] = ()
    beside: Sequence[Article] = ()
    taken: Collection[RecordId] = ()
    since: datetime | None = None


def decide_slot(context: PlanContext, spot: Spot, time: SlotTime) -> SlotDecision | None:
    """Decide which campaign a slot shows at a time; None if the site has no campaigns.

    The time is an ingredient, so that it is part of the key.
    A site that has a campaign has slots even while none runs.
    """
    if not context.has_campaigns:
        return None
    entities = [context.standing.entities[part.entity] for article in spot.beside for part in article.entities]
    away = context.standing.rota.keep_away(spot.place, spot.topics, entities)
    slot = SlotDecision(spot.path, spot.place, None, spot.topics, away, tuple(sorted(spot.taken)), spot.since)
    chosen = context.standing.rota.decide(slot, time)
    return msgspec.structs.replace(slot, chosen=chosen.id) if chosen else slot


def article_slot(
    context: PlanContext, path: OutputPath, article: Article, topics: tuple[RecordId, ...], time: SlotTime
) -> SlotDecision | None:
    """Decide the slot of an article's page."""
    return decide_slot(context, Spot(path, "article", topics, [article], since=article.published), time)


def slot_of(context: PlanContext, decision: SlotDecision | None) -> Slot | None:
    """The message that a page shows in its slot; None if it stays empty."""
    if decision is None or decision.chosen is None:
        return None
    campaign = context.standing.campaigns[RecordId(decision.chosen)]
    return Slot(
        label=label_of(context, campaign),
        sponsor=campaign.sponsor,
        homepage=campaign.homepage,
        policy=policy_link(context),
        tagline=campaign.tagline,
        proof=campaign.proof,
        headline=campaign.headline,
        creative=campaign.creative.rstrip("\n"),
        note=campaign.note,
        text=text_of(context, campaign, context.standing.campaign_links[campaign.id]),
        actions=tuple(Link(text=action.text, href=action.url) for action in campaign.actions),
        image=image_of(context, campaign),
    )


def label_of(context: PlanContext, campaign: Sponsor) -> str:
    """What a sponsored message is, and who pays for it; the campaign's own words if it has some."""
    return campaign.label or context.say("paid_for", label=context.say("sponsored"), sponsor=campaign.sponsor)


def policy_link(context: PlanContext) -> Link | None:
    """The page that explains how the site deals with sponsors; None if it names none."""
    return page_link(context, context.policy) if context.policy else None
