"""The visible part of a Site at one moment, with its orders and indexes."""

import functools
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from itertools import takewhile
from operator import attrgetter
from typing import Any, Literal, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

import msgspec

from generator.config import Rotation
from generator.digest import digest_of
from generator.names import Digest, RecordId, slugify
from generator.records import Addressed, Article, Entity, Page, Source, Sponsor, Story, Topic
from generator.records.story import Fact
from generator.site.schedule import NEWS_SPAN, gather_reports, is_quiet, scheduled_changes
from generator.site.site import Site
from generator.site.slots import Rota, SlotTime, runs_at
from generator.site.withheld import find_withheld

Key = TypeVar("Key")
Shown = TypeVar("Shown", bound=Addressed)
Reported = TypeVar("Reported", Article, Story)
CampaignState = Literal["runs", "waits", "over", "draft"]


class Tag(NamedTuple):
    """A tag: the part of its path, and the spelling of its oldest article, so that new articles do not change it."""

    slug: str
    label: str


class StoryCoverage(msgspec.Struct, frozen=True):
    """A story and its visible articles, newest first."""

    story: Story
    articles: tuple[Article, ...]


class Snapshot(msgspec.Struct, frozen=True, dict=True):
    """The records that are visible at one moment, in the form that they have then.

    Articles and stories are sorted newest first (by publication time, then id), also in indexes.
    Every key of an index has articles. `articles_by_topic` includes `also`; months are `(year, month)`.
    `campaigns` are running, `past_campaigns` are over, `booked` are these and future ones.
    `slot_time` decides which of them a slot shows.
    `news` are the articles of the last two days.
    A topic whose parent is not visible is below the next visible one above.
    `waiting` are the digests of records that are shown before their time.
    `until` is the time of the next snapshot, None if this one is the last: only records can change it.
    """

    articles: tuple[Article, ...]
    stories: tuple[Story, ...]
    topics: tuple[Topic, ...]
    sources: tuple[Source, ...]
    entities: tuple[Entity, ...]
    pages: tuple[Page, ...]
    campaigns: tuple[Sponsor, ...]
    past_campaigns: tuple[Sponsor, ...]
    booked: tuple[Sponsor, ...]
    rotate: Rotation
    slot_time: SlotTime
    news: tuple[Article, ...]
    waiting: frozenset[Digest]
    until: datetime | None
    zone: ZoneInfo

    @property
    def addressed(self) -> tuple[Addressed, ...]:
        """All records with pages, kind by kind."""
        return (*self.articles, *self.stories, *self.topics, *self.sources, *self.entities, *self.pages)

    @cached_property
    def rota(self) -> Rota:
        """The rota of the booked campaigns."""
        return Rota(self.booked, rotate=self.rotate, zone=self.zone)

    @cached_property
    def article_by_id(self) -> dict[RecordId, Article]:
        """Articles by id."""
        return {article.id: article for article in self.articles}

    @cached_property
    def story_by_id(self) -> dict[RecordId, Story]:
        """Stories by id."""
        return {story.id: story for story in self.stories}

    @cached_property
    def articles_by_topic(self) -> dict[RecordId, tuple[Article, ...]]:
        """Articles by topic."""
        return _index(self.articles, lambda article: {article.topic: None, **dict.fromkeys(article.also)})

    @cached_property
    def articles_by_source(self) -> dict[RecordId, tuple[Article, ...]]:
        """Articles by source."""
        return _index(self.articles, lambda article: (article.source,))

    @cached_property
    def articles_by_tag(self) -> dict[str, tuple[Article, ...]]:
        """Articles by the part of a tag's path."""
        return _index(self.articles, lambda article: dict.fromkeys(map(slugify, article.tags)))

    @cached_property
    def articles_by_story(self) -> dict[RecordId, tuple[Article, ...]]:
        """Articles by story."""
        return _index(self.articles, lambda article: (article.story,) if article.story else ())

    @cached_property
    def articles_by_entity(self) -> dict[RecordId, tuple[Article, ...]]:
        """Articles by entity."""
        return _index(self.articles, lambda article: dict.fromkeys(part.entity for part in article.entities))

    @cached_property
    def articles_by_month(self) -> dict[tuple[int, int], tuple[Article, ...]]:
        """Articles by month of publication."""
        days = self.day_by_article
        return _index(self.articles, lambda article: ((days[article.id].year, days[article.id].month),))

    @cached_property
    def articles_by_week(self) -> dict[str, tuple[Article, ...]]:
        """Articles by ISO week of publication: `2026-w22`."""
        return _index(self.articles, lambda article: (self._week_by_article[article.id],))

    @cached_property
    def articles_by_topic_week(self) -> dict[tuple[RecordId, str], tuple[Article, ...]]:
        """Articles by topic and ISO week."""
        weeks = self._week_by_article
        return _index(
            self.articles,
            lambda article: ((topic, weeks[article.id]) for topic in dict.fromkeys((article.topic, *article.also))),
        )

    @cached_property
    def day_by_article(self) -> dict[RecordId, date]:
        """The day of publication of each article, in the zone."""
        return {article.id: article.published.astimezone(self.zone).date() for article in self.articles}

    @cached_property
    def _week_by_article(self) -> dict[RecordId, str]:
        return {name: name_week(day) for name, day in self.day_by_article.items()}

    @cached_property
    def tag_by_spelling(self) -> dict[str, Tag]:
        """Tags by each of their spellings in articles."""
        tags: dict[str, Tag] = {}
        by_spelling: dict[str, Tag] = {}
        for article in reversed(self.articles):
            for spelling in article.tags:
                if spelling not in by_spelling:
                    slug = slugify(spelling)
                    by_spelling[spelling] = tags.setdefault(slug, Tag(slug, spelling))
        return by_spelling

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """All tags, in order of their paths."""
        return tuple(sorted(set(self.tag_by_spelling.values()), key=lambda tag: tag.slug))

    def tags_of(self, article: Article) -> tuple[Tag, ...]:
        """The tags of an article, each once, in its order."""
        return tuple(dict.fromkeys(map(self.tag_by_spelling.__getitem__, article.tags)))

    @cached_property
    def _stories_by_entity(self) -> dict[RecordId, set[RecordId]]:
        found: dict[RecordId, set[RecordId]] = {}
        for story in self.stories:
            for part in story.entities:
                found.setdefault(part.entity, set()).add(story.id)
        return found

    def stories_covered_in(
        self, articles: Iterable[Article], *, entity: RecordId | None = None
    ) -> tuple[StoryCoverage, ...]:
        """The visible stories of some articles, and those that name an entity, newest first."""
        named = {article.story for article in articles if article.story}
        if entity is not None:
            named |= self._stories_by_entity.get(entity, set())
        found = [self.story_by_id[story] for story in named if story in self.story_by_id]
        return tuple(map(self.coverage_of, sorted(found, key=_by_time, reverse=True)))

    def coverage_of(self, story: Story) -> StoryCoverage:
        """A story with its articles."""
        return StoryCoverage(story, self.articles_by_story.get(story.id, ()))


def open_snapshot(
    site: Site, *, now: datetime, zone: ZoneInfo, rotate: Rotation = "day", drafts: bool = False, future: bool = False
) -> Snapshot:
    """Select what is visible, without the parts that are not yet, or no longer, visible.

    Args:
        site: All records.
        now: Aware UTC time: later records wait, expired ones are gone, campaigns run or do not.
        zone: For the months, and the turns of campaigns.
        rotate: The length of a turn.
        drafts: Whether drafts count as published.
        future: Whether scheduled records count as published.
    """

    def select(records: Mapping[RecordId, Shown]) -> list[Shown]:
        visible = (one for one in records.values() if not find_withheld(one, now, drafts=drafts, future=future))
        return [one if one.published is None or one.published <= now else _mark_waiting(one) for one in visible]

    articles = [_as_seen(article, now) for article in select(site.articles)]
    stories = _mark_quiet(site, [_as_seen(story, now) for story in select(site.stories)], articles, now)
    topics = _raise_topics(select(site.topics), site.topics)
    sources, entities, pages = select(site.sources), select(site.entities), select(site.pages)
    shown: tuple[Addressed, ...] = (*articles, *stories, *topics, *sources, *entities, *pages)
    newest_first = tuple(sorted(articles, key=_by_time, reverse=True))
    campaigns = [(one, state_of(one, now, drafts=drafts)) for _, one in sorted(site.sponsors.items())]
    rota = open_rota(site, rotate=rotate, zone=zone, drafts=drafts)
    changes = [turn.at for turn in scheduled_changes(site, after=now)]
    running = tuple(one for one, state in campaigns if state == "runs")
    if len(running) > 1 and (change := rota.next_turn(now)) is not None:
        changes.append(change)
    return Snapshot(
        articles=newest_first,
        stories=tuple(sorted(stories, key=_by_time, reverse=True)),
        topics=tuple(sorted(topics, key=lambda topic: (topic.order, topic.title, topic.id))),
        sources=tuple(sorted(sources, key=lambda source: (source.title.casefold(), source.id))),
        entities=tuple(sorted(entities, key=lambda entity: (entity.title.casefold(), entity.id))),
        pages=tuple(sorted(pages, key=lambda page: (page.order, page.title, page.id))),
        campaigns=running,
        past_campaigns=tuple(one for one, state in campaigns if state == "over" and not one.draft),
        booked=tuple(rota.campaigns.values()),
        rotate=rotate,
        slot_time=rota.time_at(now),
        news=tuple(takewhile(lambda article: now < article.published + NEWS_SPAN, newest_first)),
        waiting=frozenset(record.digest for record in shown if record.published and record.published > now),
        until=min(changes, default=None),
        zone=zone,
    )


_by_time = attrgetter("published", "id")


def has_expired(record: Addressed, now: datetime) -> bool:
    """Whether a record is gone for good."""
    return record.expires is not None and record.expires <= now


def _raise_topics(visible: list[Topic], known: Mapping[RecordId, Topic]) -> list[Topic]:
    """Topics below visible parents; their digests include that."""
    names = {topic.id for topic in visible}

    def stand(topic: Topic) -> Topic:
        parent = topic.parent
        while parent is not None and parent not in names:
            parent = known[parent].parent
        if parent == topic.parent:
            return topic
        return msgspec.structs.replace(topic, parent=parent, digest=digest_of([topic.digest, parent]))

    return [stand(topic) for topic in visible]


def open_rota(site: Site, *, rotate: Rotation, zone: ZoneInfo, drafts: bool) -> Rota:
    """The rota of a site's campaigns, with drafts or without."""
    return Rota((one for one in site.sponsors.values() if drafts or not one.draft), rotate=rotate, zone=zone)


def state_of(campaign: Sponsor, now: datetime, *, drafts: bool) -> CampaignState:
    """Whether a campaign runs at a moment, and why not."""
    if campaign.draft and not drafts:
        return "draft"
    if campaign.starts is not None and campaign.starts > now:
        return "waits"
    return "runs" if runs_at(campaign, now) else "over"


def _as_seen(record: Reported, now: datetime) -> Reported:
    """The record without an expired badge, and without future updates, revisions, facts, disputes and status."""
    seen: dict[str, Any] = {
        "updated": record.updated if record.updated and record.updated <= now else None,
        "revisions": tuple(change for change in record.revisions if change.at <= now),
    }
    if isinstance(record, Story):
        facts = (fact for fact in record.facts if fact.at is None or fact.at <= now)
        seen["facts"] = tuple(_fact_as_seen(fact, now) for fact in facts)
        if record.status_at is not None and record.status_at > now:
            seen |= {"status": "developing", "status_at": None}
    elif record.badge_until is not None and record.badge_until <= now:
        seen["badge"] = None
    if all(getattr(record, key) == value for key, value in seen.items()):
        return record
    return msgspec.structs.replace(record, **seen, digest=digest_of([record.digest, seen]))


def _mark_quiet(site: Site, stories: list[Story], articles: Iterable[Article], now: datetime) -> list[Story]:
    """The stories, the quiet ones marked; their digests include that."""
    reports = gather_reports((story.id for story in stories), articles)
    return [
        msgspec.structs.replace(story, is_quiet=True, digest=digest_of([story.digest, "quiet"]))
        if is_quiet(story, reports[story.id], now, site.quiet_after)
        else story
        for story in stories
    ]


def _mark_waiting(record: Shown) -> Shown:
    """The record with another digest, as its page has a mark, and keys contain digests."""
    return msgspec.structs.replace(record, digest=digest_of([record.digest, "waiting"]))


def _fact_as_seen(fact: Fact, now: datetime) -> Fact:
    """The fact without a future dispute."""
    if fact.disputed_at is None or fact.disputed_at <= now:
        return fact
    return msgspec.structs.replace(fact, disputed_by=(), disputed_at=None)


def _index(articles: tuple[Article, ...], keys: Callable[[Article], Iterable[Key]]) -> dict[Key, tuple[Article, ...]]:
    index: dict[Key, list[Article]] = {}
    for article in articles:
        for key in keys(article):
            index.setdefault(key, []).append(article)
    return {key: tuple(listed) for key, listed in index.items()}


@functools.cache
def name_week(day: date) -> str:
    """The name of the ISO week of a day: `2026-w22`."""
    year, week, _ = day.isocalendar()
    return f"{year:04}-w{week:02}"


def month_of(article: Article, zone: ZoneInfo) -> tuple[int, int]:
    """The year and month of publication in a time zone."""
    local = article.published.astimezone(zone)
    return local.year, local.month
