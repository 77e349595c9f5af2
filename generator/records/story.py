"""story: one event, and how the sources cover it (`content/stories/`)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from generator.records import fields


class Fact(fields.Fields, frozen=True, kw_only=True):
    """Something that is known of the event, who told it and who disputes it, since when."""

    text: fields.Title
    sources: tuple[fields.Id, ...] = ()
    at: fields.Time | None = None
    disputed_by: tuple[fields.Id, ...] = ()
    disputed_at: fields.Time | None = None


class DifferenceFields(fields.Fields, frozen=True, kw_only=True):
    """An aspect that the sources tell differently, with each source's way."""

    aspect: fields.Title
    views: dict[fields.Id, fields.Markdown]


class TechniqueFields(fields.Fields, frozen=True, kw_only=True):
    """A way of telling, explained, with the words that show it; `kind` is its name in the vocabulary, if it differs."""

    name: fields.Title
    kind: str = ""
    explanation: fields.Title
    quotes: tuple[fields.Text, ...] = ()


class CoverageFields(fields.Fields, frozen=True, kw_only=True):
    """How one source told the event, and how much of its text we know: `second-hand` is what others say of it."""

    seen: Literal["full", "extract", "second-hand"] = "full"
    framing: fields.Prose = ""
    tone: fields.Prose = ""
    techniques: tuple[TechniqueFields, ...] = ()
    note: fields.Prose = ""


class MomentFields(fields.Fields, frozen=True, kw_only=True):
    """A step of the event."""

    at: fields.Time
    text: fields.Title


class Story(fields.Record, frozen=True, kw_only=True):
    """One event; its articles are those whose `story` names it.

    `is_quiet` comes from the snapshot: it is developing, but the last report is long ago.
    """

    title: fields.Title
    summary: fields.Prose = ""
    published: fields.Time
    updated: fields.Time | None = None
    expires: fields.Time | None = None
    topic: fields.Id
    also: tuple[fields.Id, ...] = ()
    tags: tuple[fields.Text, ...] = ()
    entities: tuple[fields.EntityRole, ...] = ()
    image: fields.ImageRef | None = None
    status: Literal["developing", "settled"] = "developing"
    status_at: fields.Time | None = None
    verdict: fields.Markdown | None = None
    facts: tuple[Fact, ...] = ()
    differences: tuple[DifferenceFields, ...] = ()
    coverage: dict[fields.Id, CoverageFields] = {}
    timeline: tuple[MomentFields, ...] = ()
    revisions: tuple[fields.Revision, ...] = ()
    slug: fields.Slug | None = None
    aliases: tuple[fields.SitePath, ...] = ()
    draft: bool = False
    is_quiet: bool = False

    def is_developing_at(self, moment: datetime) -> bool:
        """Whether it is not settled yet at a moment."""
        return self.status == "developing" or (self.status_at is not None and self.status_at > moment)

    def references(self) -> Iterator[fields.Reference]:
        """Topics, entities, and the sources of facts, differences and coverage."""
        yield from fields.refer(("topic",), "topic", self.topic)
        yield from fields.refer(("also",), "topic", self.also)
        yield from fields.refer_entities(self.entities)
        for place, fact in enumerate(self.facts):
            yield from fields.refer(("facts", place, "sources"), "source", fact.sources)
            yield from fields.refer(("facts", place, "disputed_by"), "source", fact.disputed_by)
        for place, difference in enumerate(self.differences):
            yield from fields.refer(("differences", place, "views"), "source", difference.views)
        yield from fields.refer(("coverage",), "source", self.coverage)
