"""What of a Site is to be seen at one moment, and its orders and indexes."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import msgspec

from generator.names import RecordId, slugify
from generator.records import Article, Entity, Page, Source, Sponsor, Story, Topic
from generator.site.site import Site

Key = TypeVar("Key")


class Tag(msgspec.Struct, frozen=True):
    """A tag: the part of its path, and how its oldest article spells it, so that a new article changes no old page."""

    slug: str
    label: str


class Edition(msgspec.Struct, frozen=True):
    """The records that are visible at `now`.

    Articles and stories stand newest first (by publication time, then id); so do those of each index.
    An index has no key without articles. `articles_by_topic` counts `also` in; months are `(year, month)`.
    """

    now: datetime
    articles: tuple[Article, ...]
    stories: tuple[Story, ...]
    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]
    pages: tuple[Page, ...]
    campaigns: tuple[Sponsor, ...]
    tags: tuple[Tag, ...]
    article_by_id: dict[RecordId, Article]
    story_by_id: dict[RecordId, Story]
    articles_by_topic: dict[RecordId, tuple[Article, ...]]
    articles_by_source: dict[RecordId, tuple[Article, ...]]
    articles_by_tag: dict[str, tuple[Article, ...]]
    articles_by_story: dict[RecordId, tuple[Article, ...]]
    articles_by_entity: dict[RecordId, tuple[Article, ...]]
    entities: tuple[Entity, ...]
    articles_by_month: dict[tuple[int, int], tuple[Article, ...]]


def open_edition(site: Site, *, now: datetime, zone: ZoneInfo, drafts: bool = False) -> Edition:
    """Select what is visible.

    Args:
        site: All records.
        now: Aware UTC time; what is published later waits, what expired is gone, campaigns run or do not.
        zone: Whose calendar the months are of.
        drafts: Whether drafts count as published.
    """
    articles = _newest_first(
        article
        for article in site.articles.values()
        if article.published <= now
        and (article.expires is None or now < article.expires)
        and (drafts or not article.draft)
    )
    stories = tuple(
        sorted(
            (story for story in site.stories.values() if story.published <= now and (drafts or not story.draft)),
            key=lambda story: (story.published, story.id),
            reverse=True,
        )
    )
    by_tag = _index(articles, lambda article: dict.fromkeys(slugify(tag) for tag in article.tags))
    return Edition(
        now=now,
        articles=articles,
        stories=stories,
        topics=tuple(sorted(site.topics.values(), key=lambda topic: (topic.order, topic.title, topic.id))),
        sources=tuple(sorted(site.sources.values(), key=lambda source: (source.title.casefold(), source.id))),
        pages=tuple(sorted(site.pages.values(), key=lambda page: (page.order, page.title, page.id))),
        campaigns=tuple(
            campaign
            for _, campaign in sorted(site.sponsors.items())
            if (campaign.starts is None or campaign.starts <= now)
            and (campaign.ends is None or now < campaign.ends)
            and (drafts or not campaign.draft)
        ),
        tags=tuple(Tag(slug, _label(slug, tagged)) for slug, tagged in sorted(by_tag.items())),
        article_by_id={article.id: article for article in articles},
        story_by_id={story.id: story for story in stories},
        articles_by_topic=_index(articles, lambda article: dict.fromkeys((article.topic, *article.also))),
        articles_by_source=_index(articles, lambda article: (article.source,)),
        articles_by_tag=by_tag,
        articles_by_story=_index(articles, lambda article: (article.story,) if article.story else ()),
        articles_by_entity=_index(articles, lambda article: dict.fromkeys(part.entity for part in article.entities)),
        entities=tuple(sorted(site.entities.values(), key=lambda entity: (entity.title.casefold(), entity.id))),
        articles_by_month=_index(articles, lambda article: (month_of(article, zone),)),
    )


def _newest_first(articles: Iterable[Article]) -> tuple[Article, ...]:
    return tuple(sorted(articles, key=lambda article: (article.published, article.id), reverse=True))


def _index(articles: tuple[Article, ...], keys: Callable[[Article], Iterable[Key]]) -> dict[Key, tuple[Article, ...]]:
    index: dict[Key, list[Article]] = {}
    for article in articles:
        for key in keys(article):
            index.setdefault(key, []).append(article)
    return {key: tuple(listed) for key, listed in index.items()}


def _label(slug: str, tagged: tuple[Article, ...]) -> str:
    return next(tag for tag in tagged[-1].tags if slugify(tag) == slug)


def month_of(article: Article, zone: ZoneInfo) -> tuple[int, int]:
    """The year and month of publication in a time zone."""
    local = article.published.astimezone(zone)
    return local.year, local.month
