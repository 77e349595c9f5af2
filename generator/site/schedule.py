"""The moments at which time alone changes what a site shows."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from generator.names import RecordId
from generator.records import Addressed, Article, Sponsor, Story
from generator.site.site import Site

NEWS_SPAN = timedelta(days=2)
"""How long an article is news (Google, "Create a news sitemap")."""

ScheduledChangeKind = Literal[
    "published",
    "updated",
    "revised",
    "expires",
    "badge-ends",
    "news-ends",
    "fact",
    "dispute",
    "status",
    "quiet",
    "campaign-starts",
    "campaign-ends",
    "campaign-turn",
]


class ScheduledChange(NamedTuple):
    """A moment (aware UTC), what happens then, and to which record."""

    at: datetime
    kind: ScheduledChangeKind
    record: Addressed | Sponsor


def scheduled_changes(site: Site, *, after: datetime) -> Iterator[ScheduledChange]:
    """Every moment after another, in any order, at which a snapshot of the site can change, except turns of campaigns.

    Some are without effect: those of drafts, and of what is on no page.
    """
    for record in site.all_records:
        for kind, at in _moments_of(record):
            if at is not None and at > after:
                yield ScheduledChange(at, kind, record)
    if site.quiet_after:
        yield from (change for change in _when_quiet(site) if change.at > after)


def _when_quiet(site: Site) -> Iterator[ScheduledChange]:
    """When each story may become quiet: after each article without another one in time that surely stays."""
    reports = gather_reports(site.stories, site.articles.values())
    for name, story in site.stories.items():
        lasting = sorted(one.published for one in reports[name] if not one.draft and one.expires is None)
        for signal in {story.published, *(one.published for one in reports[name]), story.status_at or story.published}:
            at = signal + site.quiet_after
            if story.is_developing_at(at) and bisect_right(lasting, signal) == bisect_right(lasting, at):
                yield ScheduledChange(at, "quiet", story)


def gather_reports(stories: Iterable[RecordId], articles: Iterable[Article]) -> dict[RecordId, list[Article]]:
    """The articles of each of some stories, in their order."""
    reports: dict[RecordId, list[Article]] = {story: [] for story in stories}
    for article in articles:
        if article.story in reports:
            reports[article.story].append(article)
    return reports


def is_quiet(story: Story, reports: Iterable[Article], now: datetime, after: timedelta) -> bool:
    """Whether a story that may develop has had no sign of it for so long: a report, else itself, and its status."""
    if not after or not story.is_developing_at(now):
        return False
    signals = [one.published for one in reports] or [story.published]
    if story.status_at is not None and story.status_at <= now:
        signals.append(story.status_at)
    return max(signals) + after <= now


def _moments_of(record: Addressed | Sponsor) -> list[tuple[ScheduledChangeKind, datetime | None]]:
    if isinstance(record, Sponsor):
        return [("campaign-starts", record.starts), ("campaign-ends", record.ends)]
    moments: list[tuple[ScheduledChangeKind, datetime | None]] = [
        ("published", record.published),
        ("expires", record.expires),
    ]
    if isinstance(record, Article):
        moments += ("news-ends", record.published + NEWS_SPAN), ("badge-ends", record.badge_until)
    if isinstance(record, Story):
        moments.append(("status", record.status_at))
        for fact in record.facts:
            moments += ("fact", fact.at), ("dispute", fact.disputed_at)
    if isinstance(record, Article | Story):
        moments.append(("updated", record.updated))
        moments += [("revised", change.at) for change in record.revisions]
    return moments
