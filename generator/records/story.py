"""story: one event, and how the sources told it (`content/stories/`)."""

from collections.abc import Iterator
from typing import Literal

from generator.records.fields import (
    EntityRole,
    Fields,
    Id,
    ImageRef,
    Markdown,
    Record,
    Reference,
    Revision,
    SitePath,
    Slug,
    Text,
    Time,
    refer,
    refer_entities,
)


class Fact(Fields, frozen=True, kw_only=True):
    """Something that is known of the event, who told it and who disputes it, since when."""

    text: Text
    sources: tuple[Id, ...] = ()
    at: Time | None = None
    disputed_by: tuple[Id, ...] = ()
    disputed_at: Time | None = None


class DifferenceFields(Fields, frozen=True, kw_only=True):
    """An aspect that the sources tell differently, with each source's way."""

    aspect: Text
    views: dict[Id, Markdown]


class TechniqueFields(Fields, frozen=True, kw_only=True):
    """A way of telling, explained, with the words that show it."""

    name: Text
    explanation: Text
    quotes: tuple[Text, ...] = ()


class CoverageFields(Fields, frozen=True, kw_only=True):
    """How one source told the event."""

    framing: str = ""
    tone: str = ""
    techniques: tuple[TechniqueFields, ...] = ()
    note: str = ""


class MomentFields(Fields, frozen=True, kw_only=True):
    """A step of the event."""

    at: Time
    text: Text


class Story(Record, frozen=True, kw_only=True):
    """One event; its articles are those whose `story` names it."""

    title: Text
    summary: str = ""
    published: Time
    updated: Time | None = None
    expires: Time | None = None
    topic: Id
    also: tuple[Id, ...] = ()
    tags: tuple[Text, ...] = ()
    entities: tuple[EntityRole, ...] = ()
    image: ImageRef | None = None
    status: Literal["developing", "settled"] = "developing"
    status_at: Time | None = None
    verdict: Markdown | None = None
    facts: tuple[Fact, ...] = ()
    differences: tuple[DifferenceFields, ...] = ()
    coverage: dict[Id, CoverageFields] = {}
    timeline: tuple[MomentFields, ...] = ()
    revisions: tuple[Revision, ...] = ()
    slug: Slug | None = None
    aliases: tuple[SitePath, ...] = ()
    draft: bool = False

    def references(self) -> Iterator[Reference]:
        """Topics, entities, and the sources of facts, differences and coverage."""
        yield from refer(("topic",), "topic", self.topic)
        yield from refer(("also",), "topic", self.also)
        yield from refer_entities(self.entities)
        for place, fact in enumerate(self.facts):
            yield from refer(("facts", place, "sources"), "source", fact.sources)
            yield from refer(("facts", place, "disputed_by"), "source", fact.disputed_by)
        for place, difference in enumerate(self.differences):
            for source in difference.views:
                yield Reference(("differences", place, "views", source), "source", source)
        for source in self.coverage:
            yield Reference(("coverage", source), "source", source)
