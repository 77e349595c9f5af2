"""Which campaign a sponsored slot shows: a pure function of the slot's place and the campaigns that run.

Rendezvous hashing with weights (Schindelhauer and Schomaker, 2005): each campaign scores `-weight / ln(h)` on a place,
the highest score wins. So the start or end of one campaign changes only the places that it wins or had won.
"""

import hashlib
import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from generator.names import OutputPath, RecordId
from generator.records import Entity, Sponsor
from generator.records.sponsor import Place


class Decision(NamedTuple):
    """How a slot was decided: the campaign that it shows, and ids of others.

    It was drawn from `fitting`; `kept_away` are those that would fit, were it not for what is told beside the slot.
    """

    chosen: Sponsor | None
    fitting: tuple[RecordId, ...]
    kept_away: tuple[RecordId, ...]


def decide_slot(
    campaigns: Iterable[Sponsor],
    path: OutputPath,
    place: Place,
    *,
    topics: Sequence[RecordId] = (),
    entities: Sequence[Entity] = (),
) -> Decision:
    """Decide which campaign a slot shows; none where none may stand there.

    Args:
        campaigns: Those that run, in any order.
        path: The page's path.
        place: What kind of page it is.
        topics: The page's topics; a campaign bound to topics stands with one of them only.
        entities: Whom the page is about; no campaign stands beside its own sponsor, nor beside `not_beside`.
    """
    bound = [
        campaign
        for campaign in campaigns
        if place in campaign.places and (not campaign.topics or any(topic in campaign.topics for topic in topics))
    ]
    fitting = [campaign for campaign in bound if not any(is_kept_from(campaign, entity) for entity in entities)]
    chosen = max(fitting, key=lambda campaign: (score(campaign, path), campaign.id), default=None)
    held = tuple(campaign.id for campaign in fitting)
    return Decision(chosen, held, tuple(campaign.id for campaign in bound if campaign.id not in held))


def score(campaign: Sponsor, path: OutputPath) -> float:
    """The campaign's score on a place; its share of places grows with its weight."""
    hashed = hashlib.blake2b(f"{campaign.id}\n{path}".encode(), digest_size=8).digest()
    uniform = (int.from_bytes(hashed) + 0.5) / 2**64
    return -campaign.weight / math.log(uniform)


def is_kept_from(campaign: Sponsor, entity: Entity) -> bool:
    """Whether a campaign must not stand beside what is about an entity."""
    return entity.id in campaign.not_beside or _is_sponsor(entity, campaign)


def _is_sponsor(entity: Entity, campaign: Sponsor) -> bool:
    names = (entity.title.casefold(), entity.id.replace("-", " "))
    return campaign.sponsor.casefold() in names or (
        entity.homepage is not None and _host(entity.homepage) == _host(campaign.homepage)
    )


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # a host that no browser finds either, such as one with half a bracket
        return url
