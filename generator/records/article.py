"""article: one report by one source (`content/articles/`)."""

from collections.abc import Iterator
from typing import Annotated, Literal

from generator.names import Form, Language
from generator.records.fields import (
    NAMED,
    Badge,
    EntityRole,
    Fields,
    Guid,
    Id,
    ImageRef,
    Markdown,
    Record,
    Reference,
    Revision,
    Score,
    SitePath,
    Slug,
    Text,
    Time,
    WebUrl,
    refer,
    refer_entities,
)


class AuthorFields(Fields, frozen=True, kw_only=True):
    """Who wrote it, and a page about them."""

    name: Text
    url: WebUrl | None = None


class SentimentFields(Fields, frozen=True, kw_only=True):
    """How the article sounds: a label, a score, and who judged."""

    label: Literal["negative", "neutral", "positive", "mixed"]
    score: Score | None = None
    by: str = ""


class Verification(Fields, frozen=True, kw_only=True):
    """Who checked the article, how, and when."""

    by: Text
    how: Text
    at: Time


class MarketEffect(Fields, frozen=True, kw_only=True):
    """An effect on the market and how far it reaches."""

    scope: Literal["sector", "region", "global"]
    text: Markdown


class Perspective(Fields, frozen=True, kw_only=True):
    """A view for, against or beside the article's."""

    stance: Literal["for", "against", "other"]
    text: Markdown


class BriefFields(Fields, frozen=True, kw_only=True):
    """The parts of an article with `form: brief`."""

    takeaways: tuple[Markdown, ...] = ()
    background: Markdown | None = None
    why_it_matters: Markdown | None = None
    market_relevance: Markdown | None = None
    market_effects: tuple[MarketEffect, ...] = ()
    perspectives: tuple[Perspective, ...] = ()
    outlook: Markdown | None = None


class Article(Record, frozen=True, kw_only=True):
    """One report by one source, as the aggregator shows it.

    `author` and `author_url` are how a file may write one of `authors`; the loader leaves them empty.
    """

    title: Text
    source: Id
    source_url: WebUrl | None = None
    source_title: str = ""
    author: str = ""
    author_url: WebUrl | None = None
    authors: tuple[Annotated[AuthorFields, NAMED], ...] = ()
    published: Time
    updated: Time | None = None
    expires: Time | None = None
    topic: Id
    also: tuple[Id, ...] = ()
    tags: tuple[Text, ...] = ()
    summary: str = ""
    form: Form = "report"
    story: Id | None = None
    entities: tuple[EntityRole, ...] = ()
    sentiment: SentimentFields | None = None
    verified: Verification | None = None
    via: tuple[Id, ...] = ()
    image: ImageRef | None = None
    language: Language | None = None
    translated_from: Language | None = None
    slug: Slug | None = None
    aliases: tuple[SitePath, ...] = ()
    guid: Guid | None = None
    teaser: Markdown | None = None
    brief: BriefFields | None = None
    disclaimer: Markdown | None = None
    revisions: tuple[Revision, ...] = ()
    badge: Badge | None = None
    badge_until: Time | None = None
    quotes: tuple[Text, ...] = ()
    pinned: bool = False
    noindex: bool = False
    draft: bool = False

    def references(self) -> Iterator[Reference]:
        """Source, topics, story, entities and the sources it has it from."""
        yield Reference(("source",), "source", self.source)
        yield Reference(("topic",), "topic", self.topic)
        if self.story is not None:
            yield Reference(("story",), "story", self.story)
        yield from refer(("also",), "topic", self.also)
        yield from refer(("via",), "source", self.via)
        yield from refer_entities(self.entities)
