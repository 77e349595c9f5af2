"""The records that readers do not see, and why: one rule for builds, lists and explanations."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NamedTuple, get_args

from generator.records import Addressed, Sponsor
from generator.site.site import Site

WithheldState = Literal["drafts", "scheduled", "expired"]


class Withheld(NamedTuple):
    """A record that is not published, and why.

    `comes` and `ends` (aware UTC) are the times of publication, also of a draft, and of its end; None if never.
    """

    record: Addressed | Sponsor
    state: WithheldState
    comes: datetime | None
    ends: datetime | None


def find_withheld(
    record: Addressed | Sponsor, now: datetime, *, drafts: bool = False, future: bool = False
) -> Withheld | None:
    """Why readers do not see a record, or a campaign, at a moment; None if they see it.

    Args:
        record: Of any kind.
        now: Aware UTC time.
        drafts: Whether drafts count as published.
        future: Whether scheduled records do, except campaigns.
    """
    is_campaign = isinstance(record, Sponsor)
    comes, ends = (record.starts, record.ends) if isinstance(record, Sponsor) else (record.published, record.expires)
    if record.draft and not drafts:
        return Withheld(record, "drafts", comes, ends)
    if ends is not None and ends <= now:
        return Withheld(record, "expired", comes, ends)
    if comes is not None and comes > now and (is_campaign or not future):
        return Withheld(record, "scheduled", comes, ends)
    return None


def all_withheld(site: Site, now: datetime, *, drafts: bool = False, future: bool = False) -> Iterator[Withheld]:
    """All records of a site that readers do not see at a moment, by kind and id."""
    found = (find_withheld(record, now, drafts=drafts, future=future) for record in site.all_records)
    return (one for one in found if one is not None)


def count_withheld(site: Site, now: datetime, *, drafts: bool, future: bool) -> dict[str, int]:
    """How many there are in each state; 0 if none."""
    counts = Counter[str](one.state for one in all_withheld(site, now, drafts=drafts, future=future))
    return {state: counts[state] for state in get_args(WithheldState)}
