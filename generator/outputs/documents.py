"""The views of the documents of the API. Their docstrings are the descriptions in its schemas."""

from typing import ClassVar, Literal

import msgspec

from generator.outputs.parts import Brief, Change, Moment, Sentiment, Text, Verified
from generator.outputs.view import PAGE_PHASES, Address, Part, Time, View


class Document(View, frozen=True, kw_only=True):
    """A document of the API.

    `schema` is the address of its JSON Schema, `version` that of the API, `url` the page that shows the same.
    Every key is there in every document; what there is nothing to say of is null or empty.
    """

    family: ClassVar[str] = ""

    schema: Address = msgspec.field(name="$schema")
    version: Literal[1]
    url: Address


class Named(Part, frozen=True, kw_only=True):
    """Another record: its page and its document, each null where its family is switched off."""

    id: str
    title: str
    url: Address | None
    api_url: Address | None


class NamedEntity(Named, frozen=True, kw_only=True):
    """An entity, what it is, and its role in the record."""

    entity_type: str
    role: str


class Image(Part, frozen=True, kw_only=True):
    """A picture of moderate size; width and height are its pixels."""

    url: Address
    alt: str
    credit: str
    width: int
    height: int


class Action(Part, frozen=True, kw_only=True):
    """A link of a sponsored message."""

    text: str
    url: str


class SponsoredSlot(Part, frozen=True, kw_only=True):
    """The sponsored message of the page; who shows it shows the label first."""

    label: str
    sponsored: Literal[True]
    sponsor: str
    homepage: str
    policy_url: Address | None
    tagline: str
    headline: str
    proof: str
    creative: str
    note: str
    text_html: Text | None
    actions: tuple[Action, ...]
    image: Image | None


class ArticleEntry(Part, frozen=True, kw_only=True):
    """An article in a list; `source` and `topic` are ids."""

    id: str
    title: str
    url: Address
    api_url: Address
    language: str
    published: Time
    updated: Time | None
    source: str
    topic: str


class Author(Part, frozen=True, kw_only=True):
    """Who wrote an article, and a page about them."""

    name: str
    url: str | None


class ArticleDocument(Document, frozen=True, kw_only=True, tag="article"):
    """One report by one source. `topics` has the primary one, `topic`, first.

    `changes` are all that was changed after publication, `corrections` the significant ones of them; newest first.

    `content_html`, `brief` and `teaser_html` are null where the site's feeds hold summaries only.
    """

    family: ClassVar = "articles"
    phases: ClassVar = PAGE_PHASES

    id: str
    title: str
    summary: str
    form: str
    badge: str | None
    language: str
    translated_from: str | None
    source: Named
    source_url: str | None
    source_title: str
    authors: tuple[Author, ...]
    via: tuple[Named, ...]
    published: Time
    updated: Time | None
    changes: tuple[Change, ...]
    corrections: tuple[Change, ...]
    topic: Named
    topics: tuple[Named, ...]
    tags: tuple[Named, ...]
    story: Named | None
    entities: tuple[NamedEntity, ...]
    sentiment: Sentiment | None
    verified: Verified | None
    image: Image | None
    content_html: Text | None
    brief: Brief | None
    teaser_html: Text | None
    disclaimer_html: Text | None
    slot: SponsoredSlot | None


class StoryFact(Part, frozen=True, kw_only=True):
    """A fact, and the ids of the sources that told it and of those that dispute it.

    Of the other sources, those in `too_early_for` wrote before the fact, and of those in `unseen_of` we do not know the
    whole text.
    """

    text: str
    told_by: tuple[str, ...]
    disputed_by: tuple[str, ...]
    too_early_for: tuple[str, ...]
    unseen_of: tuple[str, ...]


class StoryViewpoint(Part, frozen=True, kw_only=True):
    """How one source, by its id, tells an aspect."""

    source: str
    text_html: Text


class StoryDifference(Part, frozen=True, kw_only=True):
    """An aspect that the sources tell differently."""

    aspect: str
    views: tuple[StoryViewpoint, ...]


class StoryCompleteness(Part, frozen=True, kw_only=True):
    """How many facts a source, by its id, told of those that it could know; with `is_least`, it may have told more."""

    source: str
    told: int
    known: int
    is_least: bool


class StoryTechnique(Part, frozen=True, kw_only=True):
    """A way of telling, with the words that show it; `kind` is its name in the vocabulary, null if it has none."""

    name: str
    kind: str | None
    definition: str
    explanation: str
    quotes: tuple[str, ...]


class StoryTelling(Part, frozen=True, kw_only=True):
    """How one source, by its id, told the story; `seen` is how we know its text."""

    source: str
    seen: Literal["full", "extract", "second-hand"]
    framing: str
    tone: str
    note: str
    techniques: tuple[StoryTechnique, ...]


class StoryDocument(Document, frozen=True, kw_only=True, tag="story"):
    """One event, and how the sources told it: `sources` by their first report, `articles` newest first.

    `origins` are the ids of the sources that the reports go back to.
    """

    family: ClassVar = "stories"

    id: str
    title: str
    summary: str
    status: str
    published: Time
    updated: Time | None
    topic: Named
    entities: tuple[NamedEntity, ...]
    image: Image | None
    verdict_html: Text | None
    text_html: Text | None
    sources: tuple[Named, ...]
    facts: tuple[StoryFact, ...]
    differences: tuple[StoryDifference, ...]
    completeness: tuple[StoryCompleteness, ...]
    coverage: tuple[StoryTelling, ...]
    origins: tuple[str, ...]
    timeline: tuple[Moment, ...]
    articles: tuple[ArticleEntry, ...]


class TopicDocument(Document, frozen=True, kw_only=True, tag="topic"):
    """A topic and its newest articles; `older` is the document with those before them."""

    family: ClassVar = "topics"

    id: str
    title: str
    description: str
    parent: Named | None
    text_html: Text | None
    slot: SponsoredSlot | None
    count: int
    articles: tuple[ArticleEntry, ...]
    older: Address | None


class SourceDocument(Document, frozen=True, kw_only=True, tag="source"):
    """A source and its newest articles; `older` is the document with those before them."""

    family: ClassVar = "sources"

    id: str
    title: str
    homepage: str | None
    country: str | None
    language: str | None
    owner: str
    licence: str
    text_html: Text | None
    count: int
    articles: tuple[ArticleEntry, ...]
    older: Address | None


class EntityDocument(Document, frozen=True, kw_only=True, tag="entity"):
    """An entity and its newest articles; `older` is the document with those before them."""

    family: ClassVar = "entities"

    id: str
    title: str
    entity_type: str
    ticker: str
    homepage: str | None
    same_as: tuple[str, ...]
    description: str
    text_html: Text | None
    count: int
    articles: tuple[ArticleEntry, ...]
    older: Address | None


class TagDocument(Document, frozen=True, kw_only=True, tag="tag"):
    """A tag and its newest articles; `older` is the document with those before them."""

    family: ClassVar = "tags"

    id: str
    title: str
    count: int
    articles: tuple[ArticleEntry, ...]
    older: Address | None


class ArticlesDocument(Document, frozen=True, kw_only=True, tag="articles"):
    """A part of a list of articles, newest first.

    `number` counts the full parts from the oldest; null at the head of all articles.
    `older` is the document with those before them, `newest` that at the head of the list.
    """

    number: int | None
    articles: tuple[ArticleEntry, ...]
    older: Address | None
    newest: Address


class ListedRecord(Part, frozen=True, kw_only=True):
    """A record of a collection, and how many articles it has."""

    id: str
    title: str
    url: Address
    api_url: Address
    count: int


class ListDocument(Document, frozen=True, kw_only=True, tag="list"):
    """All records of a collection but articles, such as `topics`."""

    collection: str
    records: tuple[ListedRecord, ...]


class ListedCollection(Part, frozen=True, kw_only=True):
    """A collection: its list, its documents as a URI template (RFC 6570) of their `id`, and the schemas of both."""

    name: str
    count: int
    list_url: Address
    list_schema: Address
    document_template: str
    document_schema: Address


ListedCollection.__name__ = "Collection"  # its name in published schemas


class FeedAddress(Part, frozen=True, kw_only=True):
    """A feed of the site: its title, media type and address."""

    title: str
    type: str
    url: Address


class IndexDocument(Document, frozen=True, kw_only=True, tag="index"):
    """Where everything is; `updated` is when the newest article was published."""

    title: str
    description: str
    language: str
    updated: Time | None
    collections: tuple[ListedCollection, ...]
    feeds: tuple[FeedAddress, ...]


class Schema(View, frozen=True, kw_only=True):
    """The JSON Schema of the documents whose `type` is `document`; `url` is its address."""

    noun: ClassVar = "schemas of the API"

    document: str
    url: str
