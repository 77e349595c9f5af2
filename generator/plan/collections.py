"""Collections: articles that belong together and have a page; made once from a snapshot."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import msgspec

from generator.config import Config
from generator.names import OutputPath, RecordId
from generator.plan.families import FAMILIES, Family
from generator.plan.routes import ROUTES
from generator.plan.urls import NO_LINKS, Directory, Links, Urls
from generator.records import Article, Entity, Source, Story, Topic
from generator.site import DatedChange, Snapshot, Tag, corrections, story_changes
from generator.strings import Strings


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """The contents of one listing, its feeds and its documents.

    `id` is unique in its family, `path` is its page, `owner` the file of its record or another name for reports.
    `articles` are sorted newest first; a collection of changes has `changes` instead, newest first.
    `record` is the record that it is about, if any; `links` are the targets of the links in its texts.
    `short_title` is its title in the index, if that differs.
    """

    family: Family
    id: str
    title: str
    description: str
    path: OutputPath
    owner: str
    articles: tuple[Article, ...] = ()
    changes: tuple[DatedChange, ...] = ()
    record: Topic | Source | Entity | Story | None = None
    links: Links = NO_LINKS
    has_feed: bool = False
    short_title: str = ""

    @property
    def held(self) -> tuple[Article, ...] | tuple[DatedChange, ...]:
        """Its articles or changes."""
        return self.changes or self.articles


class Collections:
    """All collections of a snapshot by family; those of a family are made on first use."""

    def __init__(self, snapshot: Snapshot, directory: Directory, urls: Urls, config: Config, strings: Strings) -> None:
        self._snapshot = snapshot
        self._directory = directory
        self._urls = urls
        self._config = config
        self._strings = strings
        self._made: dict[str, tuple[Collection, ...]] = {}
        self._changes: dict[RecordId, tuple[DatedChange, ...]] = {}

    def of(self, family: str) -> tuple[Collection, ...]:
        """The collections of a family in the order of its index, including empty ones."""
        if family not in self._made:
            self._made[family] = tuple(self._collect(FAMILIES[family]))
        return self._made[family]

    def with_feeds(self) -> Iterator[Collection]:
        """The collections with feeds: the site, then family by family."""
        for family in FAMILIES.values() if self._config.feed_formats else ():
            if self._urls.has_feeds(family):
                yield from (one for one in self.of(family.name) if one.has_feed)

    def changes_of(self, story: Story) -> tuple[DatedChange, ...]:
        """The changes of a visible story, newest first."""
        if story.id not in self._changes:
            coverage = self._snapshot.coverage_of(story)
            self._changes[story.id] = story_changes(coverage, own_source=self._config.site.source)
        return self._changes[story.id]

    def _collect(self, family: Family) -> Iterator[Collection]:
        snapshot, say, name = self._snapshot, self._strings.say, self._config.site.title
        match family.name:
            case "site":
                yield self._whole(family, name, self._config.site.description, articles=snapshot.articles)
            case "latest":
                description = say("latest_description", site=name)
                yield self._whole(family, say("latest"), description, articles=snapshot.articles)
            case "corrections":
                found = corrections(snapshot.articles, snapshot.stories)
                description = say("corrections_description", site=name)
                yield self._whole(family, say("corrections"), description, changes=found)
            case "changes":
                yield from map(self._of_changes, snapshot.stories)
            case "tags":
                yield from map(self._of_tag, snapshot.tags)
            case "weeks":
                yield from (self._of_week(family, None, week) for week in snapshot.articles_by_week)
            case "topic_weeks":
                topics = {topic.id: topic for topic in snapshot.topics}
                named = (name for name in snapshot.articles_by_topic_week if name[0] in topics)
                yield from (self._of_week(family, topics[topic], week) for topic, week in named)
            case "archive":
                yield from map(self._of_month, snapshot.articles_by_month)
            case _:
                assert family.groups is not None
                grouped = family.groups(snapshot)
                for record in family.members(snapshot):
                    yield self._of_record(family, record, grouped.get(record.id, ()))

    def _whole(self, family: Family, title: str, description: str, **held: Any) -> Collection:
        path, owner = family.index_path if family.has_index else self._urls.front_path(), f"the {family.name}"
        return self._make(family, "site", title=title, description=description, path=path, owner=owner, **held)

    def _of_record(
        self, family: Family, record: Topic | Source | Entity | Story, articles: tuple[Article, ...]
    ) -> Collection:
        key = "summary" if isinstance(record, Story) else "description"
        description = record.body.lead if isinstance(record, Source) else getattr(record, key)
        return self._make(
            family,
            record.id,
            title=record.title,
            description=description,
            path=self._urls.record_path(record),
            owner=record.file,
            articles=articles,
            record=record,
            links=self._directory.links_of(record),
        )

    def _of_changes(self, story: Story) -> Collection:
        say = self._strings.say
        return self._make(
            FAMILIES["changes"],
            story.id,
            title=say("changes_heading", story=story.title),
            description=say("changes_description", story=story.title),
            path=self._urls.changes_path(story),
            owner=story.file,
            changes=self.changes_of(story),
            record=story,
        )

    def _of_tag(self, tag: Tag) -> Collection:
        articles = self._snapshot.articles_by_tag[tag.slug]
        return self._make(
            FAMILIES["tags"],
            tag.slug,
            title=tag.label,
            description=self._strings.say("tag_description", tag=tag.label),
            path=ROUTES["tags"].path(tag.slug),
            owner=f"the tag '{tag.label}' of {articles[0].file}",
            articles=articles,
        )

    def _of_month(self, month: tuple[int, int]) -> Collection:
        strings, name = self._strings, self._config.site.title
        title = strings.month(*month, "month_title")
        return self._make(
            FAMILIES["archive"],
            f"{month[0]}-{month[1]}",
            title=title,
            short_title=strings.month(*month, "month_name"),
            description=strings.say("month_description", site=name, month=strings.month(*month)),
            path=ROUTES["archive"].path(f"{month[0]:04}", f"{month[1]:02}"),
            owner=f"the archive of {title}",
            articles=self._snapshot.articles_by_month[month],
        )

    def _of_week(self, family: Family, topic: Topic | None, week: str) -> Collection:
        """A week of all articles, or of those of a topic."""
        strings, snapshot, name = self._strings, self._snapshot, self._config.site.title
        year, number = week.split("-w")
        monday = datetime.fromisocalendar(int(year), int(number), 1)
        first, last = strings.day(monday), strings.day(monday + timedelta(days=6))
        own = strings.say("week_title", week=int(number), year=year)
        if topic:
            title = strings.say("topic_week_title", topic=topic.title, week=int(number), year=year)
            description = strings.say("topic_week_description", site=name, topic=topic.title, first=first, last=last)
            names: tuple[str, ...] = (topic.id, week)
            articles = snapshot.articles_by_topic_week[topic.id, week]
        else:
            title, names, articles = own, (week,), snapshot.articles_by_week[week]
            description = strings.say("week_description", site=name, first=first, last=last)
        return self._make(
            family,
            "/".join(names),
            title=title,
            short_title=own,
            description=description,
            path=ROUTES[family.name].path(*names),
            owner=f"the archive of {title}",
            articles=articles,
            record=topic,
        )

    def _make(self, family: Family, name: str, **fields: Any) -> Collection:
        held = fields.get("articles") or fields.get("changes") or ()
        return Collection(family=family, id=name, has_feed=self._urls.has_feed(family, len(held)), **fields)
