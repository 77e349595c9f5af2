"""The moments at which the passing of time alone changes what is to be seen of a site."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

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
    "campaign-starts",
    "campaign-ends",
    "campaign-turn",
]


class ScheduledChange(NamedTuple):
    """A moment (aware UTC), what happens then, and to which record."""

    at: datetime
    kind: ScheduledChangeKind
    record: Addressed | Sponsor


def scheduled_changes(site: Site) -> Iterator[ScheduledChange]:
    """Every moment at which a snapshot of the site may change, past ones too, in no order; but for turns of campaigns.

    At some of them nothing is to be seen: of a draft, or where what changes is on no page.
    """
    for record in site.addressed:
        yield from _visibility_turns(record)
    for article in site.articles.values():
        yield from _article_turns(article)
    for story in site.stories.values():
        yield from _story_turns(story)
    for campaign in site.sponsors.values():
        yield from _campaign_turns(campaign)


def _visibility_turns(record: Addressed) -> Iterator[ScheduledChange]:
    if record.published is not None:
        yield ScheduledChange(record.published, "published", record)
    if record.expires is not None:
        yield ScheduledChange(record.expires, "expires", record)


def _article_turns(article: Article) -> Iterator[ScheduledChange]:
    yield ScheduledChange(article.published + NEWS_SPAN, "news-ends", article)
    if article.updated is not None:
        yield ScheduledChange(article.updated, "updated", article)
    if article.badge_until is not None:
        yield ScheduledChange(article.badge_until, "badge-ends", article)
    for change in article.revisions:
        yield ScheduledChange(change.at, "revised", article)


def _story_turns(story: Story) -> Iterator[ScheduledChange]:
    if story.updated is not None:
        yield ScheduledChange(story.updated, "updated", story)
    if story.status_at is not None:
        yield ScheduledChange(story.status_at, "status", story)
    for change in story.revisions:
        yield ScheduledChange(change.at, "revised", story)
    for fact in story.facts:
        if fact.at is not None:
            yield ScheduledChange(fact.at, "fact", story)
        if fact.disputed_at is not None:
            yield ScheduledChange(fact.disputed_at, "dispute", story)


def _campaign_turns(campaign: Sponsor) -> Iterator[ScheduledChange]:
    if campaign.starts is not None:
        yield ScheduledChange(campaign.starts, "campaign-starts", campaign)
    if campaign.ends is not None:
        yield ScheduledChange(campaign.ends, "campaign-ends", campaign)
