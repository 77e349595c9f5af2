"""article: one report by one source (`content/articles/`)."""

from collections.abc import Iterator
from typing import Annotated, Literal

from generator.names import Form, Language
from generator.records import fields

Direction = Literal["negative", "neutral", "positive", "mixed"]


class AuthorFields(fields.Fields, frozen=True, kw_only=True):
    """Who wrote it, and a page about them."""

    name: fields.Text
    url: fields.WebUrl | None = None


class SentimentFields(fields.Fields, frozen=True, kw_only=True):
    """How the article sounds: a label, a score, and who judged."""

    label: Direction
    score: fields.Score | None = None
    by: str = ""


class Verification(fields.Fields, frozen=True, kw_only=True):
    """Who checked the article, how, and when."""

    by: fields.Text
    how: fields.Title
    at: fields.Time


class MarketEffect(fields.Fields, frozen=True, kw_only=True):
    """An effect on the market, how far it reaches, and which way it goes."""

    scope: Literal["sector", "region", "global"]
    direction: Direction | None = None
    text: fields.Markdown


class Perspective(fields.Fields, frozen=True, kw_only=True):
    """A view for, against or beside the article's."""

    stance: Literal["for", "against", "other"]
    text: fields.Markdown


class BriefFields(fields.Fields, frozen=True, kw_only=True):
    """The parts of an article with `form: brief`."""

    takeaways: tuple[fields.Markdown, ...] = ()
    background: fields.Markdown | None = None
    why_it_matters: fields.Markdown | None = None
    market_relevance: fields.Markdown | None = None
    market_effects: tuple[MarketEffect, ...] = ()
    perspectives: tuple[Perspective, ...] = ()
    outlook: fields.Markdown | None = None


class Article(fields.Record, frozen=True, kw_only=True):
    """One report by one source, as the aggregator shows it.

    `author` and `author_url` are how a file may write one of `authors`; the loader leaves them empty.
    """

    title: fields.Title
    source: fields.Id
    source_url: fields.WebUrl | None = None
    source_title: str = ""
    author: str = ""
    author_url: fields.WebUrl | None = None
    authors: tuple[Annotated[AuthorFields, fields.NAMED], ...] = ()
    published: fields.Time
    updated: fields.Time | None = None
    expires: fields.Time | None = None
    topic: fields.Id
    also: tuple[fields.Id, ...] = ()
    tags: tuple[fields.Text, ...] = ()
    summary: fields.Prose = ""
    form: Form = "report"
    story: fields.Id | None = None
    entities: tuple[fields.EntityRole, ...] = ()
    sentiment: SentimentFields | None = None
    verified: Verification | None = None
    via: tuple[fields.Id, ...] = ()
    image: fields.ImageRef | None = None
    language: Language | None = None
    translated_from: Language | None = None
    slug: fields.Slug | None = None
    aliases: tuple[fields.SitePath, ...] = ()
    guid: fields.Guid | None = None
    teaser: fields.Markdown | None = None
    brief: BriefFields | None = None
    disclaimer: fields.Markdown | None = None
    revisions: tuple[fields.Revision, ...] = ()
    badge: fields.Badge | None = None
    badge_until: fields.Time | None = None
    pull_quotes: tuple[fields.Text, ...] = ()
    quotes: tuple[fields.Text, ...] = ()
    pinned: bool = False
    noindex: bool = False
    draft: bool = False

    def references(self) -> Iterator[fields.Reference]:
        """Source, topics, story, entities and the sources it has it from."""
        yield from fields.refer(("source",), "source", self.source)
        yield from fields.refer(("topic",), "topic", self.topic)
        yield from fields.refer(("story",), "story", self.story)
        yield from fields.refer(("also",), "topic", self.also)
        yield from fields.refer(("via",), "source", self.via)
        yield from fields.refer_entities(self.entities)
