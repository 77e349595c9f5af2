"""The moments at which the passing of time alone changes what is to be seen of a site."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from generator.records import Addressed, Article, Sponsor, Story
from generator.site.site import Site

NEWS_SPAN = timedelta(days=2)
"""How long an article is news (Google, "Create a news sitemap")."""

TurnKind = Literal[
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


class Turn(NamedTuple):
    """A moment (aware UTC), what happens then, and to which record."""

    at: datetime
    kind: TurnKind
    record: Addressed | Sponsor


def turns_of(site: Site) -> Iterator[Turn]:
    """Every moment at which an edition of the site may change, past ones too, in no order; but for turns of campaigns.

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


def _visibility_turns(record: Addressed) -> Iterator[Turn]:
    if record.published is not None:
        yield Turn(record.published, "published", record)
    if record.expires is not None:
        yield Turn(record.expires, "expires", record)


def _article_turns(article: Article) -> Iterator[Turn]:
    yield Turn(article.published + NEWS_SPAN, "news-ends", article)
    if article.updated is not None:
        yield Turn(article.updated, "updated", article)
    if article.badge_until is not None:
        yield Turn(article.badge_until, "badge-ends", article)
    for change in article.revisions:
        yield Turn(change.at, "revised", article)


def _story_turns(story: Story) -> Iterator[Turn]:
    if story.updated is not None:
        yield Turn(story.updated, "updated", story)
    if story.status_at is not None:
        yield Turn(story.status_at, "status", story)
    for change in story.revisions:
        yield Turn(change.at, "revised", story)
    for fact in story.facts:
        if fact.at is not None:
            yield Turn(fact.at, "fact", story)
        if fact.disputed_at is not None:
            yield Turn(fact.disputed_at, "dispute", story)


def _campaign_turns(campaign: Sponsor) -> Iterator[Turn]:
    if campaign.starts is not None:
        yield Turn(campaign.starts, "campaign-starts", campaign)
    if campaign.ends is not None:
        yield Turn(campaign.ends, "campaign-ends", campaign)
