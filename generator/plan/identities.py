"""Lists what feed readers know items by, so that a build can tell when that changes."""

from collections.abc import Iterator

from generator.outputs import Identities, Identity
from generator.plan.desk import Desk
from generator.records import Article, Sponsor
from generator.site import (
    Change,
    Snapshot,
    article_identity,
    campaign_identity,
    change_identity,
    corrections,
    tag_uri,
)


def list_identities(desk: Desk, snapshot: Snapshot) -> Identities:
    """The identities of all that feeds can hold; none where no format of feeds is on."""
    if not desk.config.feed_formats:
        return Identities()
    authority = desk.feed_authority
    items = {f"article:{article.id}": _of_article(desk, article) for article in snapshot.articles}
    for campaign in _campaigns(desk, snapshot):
        identity = Identity(campaign_identity(campaign, authority), campaign.file, "", campaign.headline)
        items[f"sponsor:{campaign.id}"] = identity
    for change in _changes(desk, snapshot):
        record = change.story or change.article
        assert record is not None, "a change is of an article or a story"
        items[f"change:{change.key}"] = Identity(
            change_identity(record, change.key, authority), record.file, "", record.title
        )
    former = {
        f"article:{article.id}": guid
        for article in snapshot.articles
        if article.minted and not article.guid and (guid := _former_identity(article, authority))
    }
    return Identities(authority, desk.config.feeds.identity_zone, items, former)


def _of_article(desk: Desk, article: Article) -> Identity:
    guid = article_identity(article, desk.feed_authority)
    return Identity(guid, article.file, desk.urls.article_path(article), article.title)


def _former_identity(article: Article, authority: str) -> str:
    """What programs before `identity_zone` gave; empty where that is what it has."""
    former = tag_uri(authority, article.published, "article", article.id)
    return former if former != article_identity(article, authority) else ""


def _campaigns(desk: Desk, snapshot: Snapshot) -> Iterator[Sponsor]:
    if desk.config.feeds.sponsor_every:
        yield from (one for one in snapshot.campaigns if one.starts and "feed" in one.places)


def _changes(desk: Desk, snapshot: Snapshot) -> Iterator[Change]:
    outputs = desk.config.outputs
    if outputs.stories and outputs.changes and outputs.change_feeds:
        for story in snapshot.stories:
            yield from desk.changes(snapshot.coverage_of(story))
    if outputs.corrections and outputs.correction_feeds:
        yield from corrections(snapshot.articles, snapshot.stories)
