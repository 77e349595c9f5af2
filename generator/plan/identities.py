"""Lists what feed readers know items by, so that a build can tell when that changes."""

from collections.abc import Iterator

from generator.outputs import Identities, Identity
from generator.plan.collections import Collections
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.families import FAMILIES
from generator.records import Article, Sponsor
from generator.site import (
    DatedChange,
    Snapshot,
    article_identity,
    campaign_identity,
    change_identity,
    tag_uri,
)


def list_identities(context: PlanContext, material: PlanMaterial) -> Identities:
    """The identities of all that feeds can hold; none if no format of feeds is on."""
    if not context.config.feed_formats:
        return Identities()
    snapshot, authority = material.snapshot, context.config.feed_authority
    items = {f"article:{article.id}": _of_article(context, article) for article in snapshot.articles}
    for campaign in _campaigns(context, snapshot):
        identity = Identity(campaign_identity(campaign, authority), campaign.file, "", campaign.headline)
        items[f"sponsor:{campaign.id}"] = identity
    for change in _changes(context, material.collections):
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
    return Identities(authority, context.config.feeds.identity_zone, items, former)


def _of_article(context: PlanContext, article: Article) -> Identity:
    guid = article_identity(article, context.config.feed_authority)
    return Identity(guid, article.file, context.urls.article_path(article), article.title)


def _former_identity(article: Article, authority: str) -> str:
    """What programs before `identity_zone` gave; empty where that is what it has."""
    former = tag_uri(authority, article.published, "article", article.id)
    return former if former != article_identity(article, authority) else ""


def _campaigns(context: PlanContext, snapshot: Snapshot) -> Iterator[Sponsor]:
    if context.config.feeds.sponsor_every:
        yield from (one for one in snapshot.campaigns if one.starts and "feed" in one.places)


def _changes(context: PlanContext, collections: Collections) -> Iterator[DatedChange]:
    for name in ("changes", "corrections"):
        if context.urls.has_feeds(FAMILIES[name]):
            for collection in collections.of(name):
                yield from collection.changes
