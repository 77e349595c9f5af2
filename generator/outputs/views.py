"""Views: all that a renderer is told of one output.

A view is plain frozen data, so its digest is the complete list of what the output depends on beside the theme.
Every `href` is written as pages write it, None where what it would lead to is not built.
"""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

from generator.media import Rendered
from generator.names import Digest
from generator.records.asset import Asset

Time = Annotated[datetime, msgspec.Meta(tz=True)]
"""Aware UTC."""

Address = Annotated[str, msgspec.Meta(extra_json_schema={"format": "uri"})]
"""A full URL of this site."""


class View(msgspec.Struct, frozen=True, kw_only=True, tag=True, gc=False):
    """What one output shows; encoded with its class's name."""


class Part(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A part of a view."""


class Link(Part, frozen=True, kw_only=True):
    """A text and where it leads; `language` is the text's, where that is another than the site's."""

    text: str
    href: str | None = None
    language: str | None = None


class Picture(Part, frozen=True, kw_only=True):
    """A picture: `href` and `url` lead to a rendition of moderate size, of which width and height are the pixels.

    `srcset` names the renditions in the same format and `webp` those in WebP, each with its width;
    both are empty where there is nothing to choose from.
    `colour` is its average as `#rrggbb`; empty for a picture that can be seen through.
    """

    href: str
    url: str
    width: int
    height: int
    alt: str
    credit: str = ""
    srcset: str = ""
    webp: str = ""
    colour: str = ""


class Text(Part, frozen=True, kw_only=True):
    """A compiled body by its digest, with what its refs lead to.

    `hrefs` maps links (`article:art-1`) to where they lead; one that is missing becomes plain text.
    `pictures` maps the `src` of its pictures.
    """

    digest: Digest
    hrefs: dict[str, str] = {}
    pictures: dict[str, Picture] = {}


class FeedLink(Part, frozen=True, kw_only=True):
    """A feed that a page announces: its title, media type and address."""

    title: str
    type: str
    href: str


class Meta(Part, frozen=True, kw_only=True):
    """What a page tells machines: `structured` is JSON-LD, `kind` the Open Graph type, `image` for shared links.

    `updated` is when what the page shows changed last, None where that is `published` or nothing tells;
    `markdown` leads to the same as plain markdown; `language` is the page's, where that is another than the site's.
    """

    title: str
    description: str
    canonical: str | None
    kind: str = "website"
    image: Picture | None = None
    published: datetime | None = None
    updated: datetime | None = None
    section: str = ""
    language: str | None = None
    authors: tuple[Link, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    is_indexed: bool = True
    structured: str = ""
    markdown: str | None = None


class OtherReport(Part, frozen=True, kw_only=True):
    """How another source told the article's story; `language` is the headline's, where it is not the site's."""

    source: Link
    headline: str
    href: str
    published: datetime
    language: str | None = None


class StoryBox(Part, frozen=True, kw_only=True):
    """The story of an article, and how others told it, oldest first.

    `reports` and `sources` count the article, too, if it is a report.
    The site's own articles are none (`StoryPage.own`).
    """

    title: str
    href: str | None
    reports: int
    sources: int
    others: tuple[OtherReport, ...]


class Card(Part, frozen=True, kw_only=True):
    """An article in a list. `story` is what it leads there: its event, of which it is the first card of the list.

    `language` is that of headline and standfirst, where it is another than the site's.
    """

    headline: str
    href: str
    standfirst: str
    source: Link
    topic: Link
    published: datetime
    badge: str | None = None
    image: Picture | None = None
    is_draft: bool = False
    is_scheduled: bool = False
    story: StoryBox | None = None
    language: str | None = None


class Slot(Part, frozen=True, kw_only=True):
    """A sponsored message. Its label is the first thing that is read of it; `policy` leads to the site's."""

    label: str
    sponsor: str
    homepage: str
    policy: Link | None = None
    tagline: str
    proof: str
    headline: str
    creative: str
    note: str
    text: Text | None = None
    actions: tuple[Link, ...] = ()
    image: Picture | None = None


class Chrome(Part, frozen=True, kw_only=True):
    """What surrounds every page: small and slow-moving."""

    title: str
    tagline: str
    language: str
    direction: str = "ltr"
    home: str
    base_path: str
    topics: tuple[Link, ...] = ()
    header: tuple[Link, ...] = ()
    footer: tuple[Link, ...] = ()
    feed: str | None = None
    for_you: str | None = None
    copyright: str = ""


class EntityMention(Part, frozen=True, kw_only=True):
    """An entity of a record: who or what it is, and its role there."""

    name: Link
    type: str
    ticker: str
    role: str


class Sentiment(Part, frozen=True, kw_only=True):
    """How an article sounds: a label, a score from -1 to 1 if there is one, and who judged."""

    label: str
    score: float | None
    by: str


class Effect(Part, frozen=True, kw_only=True):
    """A part of a brief with a label of its own: the scope of a market effect, or the stance of a perspective."""

    label: str
    text: Text


class Brief(Part, frozen=True, kw_only=True):
    """The parts of a brief, each empty where the record has none."""

    takeaways: tuple[Text, ...]
    background: Text | None
    why_it_matters: Text | None
    market_relevance: Text | None
    market_effects: tuple[Effect, ...]
    perspectives: tuple[Effect, ...]
    outlook: Text | None


class TocEntry(Part, frozen=True, kw_only=True):
    """A line of a table of contents."""

    text: str
    anchor: str


class StoryCard(Part, frozen=True, kw_only=True):
    """A story in a list: how many sources told it in how many reports, the newest of them at `latest`."""

    title: str
    href: str | None
    summary: str
    status: str
    topic: Link
    sources: int
    reports: int
    latest: datetime
    image: Picture | None = None
    is_draft: bool = False
    is_scheduled: bool = False


class Tone(Part, frozen=True, kw_only=True):
    """The sentiment score of one article, from -1 to 1."""

    at: datetime
    score: float
    article: Link


class TimelineRow(Part, frozen=True, kw_only=True):
    """When one source reported."""

    label: str
    times: tuple[datetime, ...]


class MixPart(Part, frozen=True, kw_only=True):
    """How many articles one source (or topic, or all others together) has."""

    name: Link
    count: int


class MixRow(Part, frozen=True, kw_only=True):
    """What the articles of one topic or source are made of, the largest part first; never empty."""

    name: Link
    parts: tuple[MixPart, ...]


class MonthCount(Part, frozen=True, kw_only=True):
    """How many articles one month brought, out of the most that any month of the list brought."""

    month: Link
    count: int
    most: int


class StoryScore(Part, frozen=True, kw_only=True):
    """How many of a story's known facts a source told."""

    name: Link
    told: int
    known: int


class Profile(Part, frozen=True, kw_only=True):
    """What is known about a topic, source or entity beside its list of articles; each part may be empty."""

    facts: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    mix: MixRow | None = None
    mix_heading: str = ""
    months: tuple[MonthCount, ...] = ()
    tones: tuple[Tone, ...] = ()
    together: tuple[MixPart, ...] = ()
    stories: tuple[StoryCard, ...] = ()
    scores: tuple[StoryScore, ...] = ()


class FactRow(Part, frozen=True, kw_only=True):
    """A fact and, for each source of the page in its order, `told`, `disputed` or `silent`."""

    text: str
    tellings: tuple[str, ...]


class SourceView(Part, frozen=True, kw_only=True):
    """One source's way of telling an aspect; None where it does not touch it."""

    source: Link
    text: Text | None


class Difference(Part, frozen=True, kw_only=True):
    """An aspect that the sources tell differently; a view per source, always in the page's order."""

    aspect: str
    views: tuple[SourceView, ...]


class Technique(Part, frozen=True, kw_only=True):
    """A way of telling, explained, with the words that show it."""

    name: str
    explanation: str
    quotes: tuple[str, ...]


class Coverage(Part, frozen=True, kw_only=True):
    """How one source told the story."""

    source: Link
    framing: str
    tone: str
    techniques: tuple[Technique, ...]
    note: str


class StoryReport(Part, frozen=True, kw_only=True):
    """A report of the story: ours, the original's headline and address, and where its source has it from."""

    source: Link
    article: Link
    original: Link
    published: datetime
    via: tuple[Link, ...]


class Moment(Part, frozen=True, kw_only=True):
    """A step of the event."""

    at: Time
    text: str


class ChangeLine(Part, frozen=True, kw_only=True):
    """Something that changed: `kind` is `source`, `fact`, `dispute`, `correction` or `status`.

    `anchor` is its id on the page that lists it.
    `text` is the fact, the note of a correction, or the status; empty of a new source.
    `article` is the report that brought it, or the article that was corrected; `story` is a story that was corrected.
    """

    anchor: str
    at: datetime
    kind: str
    text: str
    sources: tuple[Link, ...]
    article: Link | None
    story: Link | None


class Page(View, frozen=True, kw_only=True):
    """An HTML page: its metadata, the links that lead to it, and its sponsored slot."""

    meta: Meta
    crumbs: tuple[Link, ...] = ()
    slot: Slot | None = None


class Section(Part, frozen=True, kw_only=True):
    """A part of the front page: a topic and its newest articles."""

    title: str
    href: str | None
    colour: str | None
    cards: tuple[Card, ...]


class FrontPage(Page, frozen=True, kw_only=True):
    """The front page: no card stands in two of lead, secondary, grid and sections."""

    lead: Card | None
    secondary: tuple[Card, ...]
    grid: tuple[Card, ...]
    sections: tuple[Section, ...]
    latest: tuple[Card, ...]
    latest_href: str | None
    stories: tuple[StoryCard, ...]
    stories_href: str | None


class Verified(Part, frozen=True, kw_only=True):
    """Who checked an article, how, and when."""

    by: str
    how: str
    at: Time


class Change(Part, frozen=True, kw_only=True):
    """A revision of an article or story; a significant one is a correction."""

    at: Time
    note: str
    is_significant: bool


class ArticlePage(Page, frozen=True, kw_only=True):
    """One article. `reading_minutes` is at least 1; `more` are the nearest in its topic.

    `source_language` is that of `source_title`, where it is another than the site's.
    """

    id: str
    headline: str
    standfirst: str
    badge: str | None
    is_draft: bool
    is_scheduled: bool = False
    language: str | None
    topic: Link
    topics: tuple[Link, ...]
    tags: tuple[Link, ...]
    source: Link
    source_title: str
    source_language: str | None
    source_url: str | None
    authors: tuple[Link, ...]
    via: tuple[Link, ...]
    published: datetime
    updated: datetime | None
    reading_minutes: int
    image: Picture | None
    text: Text | None
    verified: Verified | None
    changes: tuple[Change, ...]
    more: tuple[Card, ...]
    form: str
    translated_from: str | None
    sentiment: Sentiment | None
    entities: tuple[EntityMention, ...]
    story: StoryBox | None
    brief: Brief | None
    teaser: Text | None
    teaser_minutes: int
    disclaimer: Text | None
    contents: tuple[TocEntry, ...]
    corrections_href: str | None


class ListingPage(Page, frozen=True, kw_only=True):
    """Cards of one topic, source, tag, month or of all; newest first. `number` is None on the listing itself."""

    kind: str
    heading: str
    description: str
    cards: tuple[Card, ...]
    number: int | None = None
    older: str | None = None
    newest: str | None = None
    feed: str | None = None
    text: Text | None = None
    colour: str | None = None
    links: tuple[Link, ...] = ()
    profile: Profile | None = None
    is_draft: bool = False
    is_scheduled: bool = False


class Entry(Part, frozen=True, kw_only=True):
    """A line of an index: where it leads, how many articles are there, the newest of them."""

    title: str
    href: str
    count: int
    description: str = ""
    colour: str | None = None
    newest: Link | None = None
    newest_at: datetime | None = None


class Group(Part, frozen=True, kw_only=True):
    """Entries of an index under one heading; the heading may be empty."""

    heading: str
    entries: tuple[Entry, ...]


class IndexPage(Page, frozen=True, kw_only=True):
    """The topics, sources, tags or months of the site."""

    kind: str
    heading: str
    description: str
    groups: tuple[Group, ...]


class StoryPage(Page, frozen=True, kw_only=True):
    """One event and how the sources told it. `sources` is the order in which every part names them.

    `scores` rank the sources by facts told.
    `own` are the site's own articles, which retell others. `origins` are the sources that the reports go back to.
    `changes` are the newest of all that `changes_href` leads to, but for facts, which the page names itself.
    """

    headline: str
    standfirst: str
    status: str
    topic: Link
    tags: tuple[str, ...]
    entities: tuple[EntityMention, ...]
    published: datetime
    updated: datetime
    image: Picture | None
    verdict: Text | None
    text: Text | None
    sources: tuple[Link, ...]
    agreed: tuple[str, ...]
    facts: tuple[FactRow, ...]
    differences: tuple[Difference, ...]
    coverage: tuple[Coverage, ...]
    scores: tuple[StoryScore, ...]
    reports: tuple[StoryReport, ...]
    own: tuple[Card, ...]
    origins: tuple[Link, ...]
    chart: tuple[TimelineRow, ...]
    timeline: tuple[Moment, ...]
    is_draft: bool
    is_scheduled: bool = False
    changes: tuple[ChangeLine, ...]
    changes_href: str | None
    revisions: tuple[Change, ...]
    corrections_href: str | None


class StoriesPage(Page, frozen=True, kw_only=True):
    """All stories, those with the newest reports first."""

    heading: str
    stories: tuple[StoryCard, ...]


class ChangesPage(Page, frozen=True, kw_only=True):
    """What changed in a story, or what was corrected on the whole site; newest first, at least one.

    `kind` is `story` or `corrections`. Corrections are paged as listings are: `number` is None on the first page.
    """

    kind: str
    heading: str
    description: str
    changes: tuple[ChangeLine, ...]
    story: Link | None = None
    number: int | None = None
    older: str | None = None
    newest: str | None = None
    feed: str | None = None


class InsightsPage(Page, frozen=True, kw_only=True):
    """What the whole of the site's articles shows."""

    heading: str
    mixes: tuple[MixRow, ...]
    tones: tuple[Tone, ...]
    months: tuple[MonthCount, ...]
    stories: tuple[tuple[StoryCard, tuple[StoryScore, ...]], ...]


class FeedEntry(Part, frozen=True, kw_only=True):
    """A feed: what it is of and the page that shows the same, how many articles it holds, a link per format.

    `sponsor_free` leads to the same feeds without sponsored items; empty where there are none such anywhere.
    """

    title: str
    href: str | None
    description: str
    count: int
    formats: tuple[Link, ...]
    sponsor_free: tuple[Link, ...] = ()


class FeedGroup(Part, frozen=True, kw_only=True):
    """Feeds of one kind, `site` or a family such as `topics`; at least one.

    `content` is `full` or `summary`, what an article in them holds.
    """

    kind: str
    content: str
    entries: tuple[FeedEntry, ...]


class FeedsPage(Page, frozen=True, kw_only=True):
    """All feeds of the site. `opml` leads to the list of them for feed readers."""

    heading: str
    groups: tuple[FeedGroup, ...]
    opml: str | None = None


class CampaignPlace(Part, frozen=True, kw_only=True):
    """How many sponsored slots of a place (`front`, `topic`, `article` or `feed`) show a campaign; at least one."""

    place: str
    count: int


class CampaignLine(Part, frozen=True, kw_only=True):
    """A campaign in the ledger; `places` are empty where no slot shows it.

    Over its whole run slots show it in `given` turns, of those that its weight `promised`; None where the run
    is over, or has no end or no beginning.
    """

    id: str
    sponsor: str
    homepage: str
    label: str
    headline: str
    starts: datetime | None
    ends: datetime | None
    places: tuple[CampaignPlace, ...]
    promised: int | None
    given: int | None


class SponsorsPage(Page, frozen=True, kw_only=True):
    """The ledger of campaigns: those that run, and those that are over. `document` leads to the same as JSON."""

    heading: str
    running: tuple[CampaignLine, ...]
    past: tuple[CampaignLine, ...]
    document: str


class CampaignReport(View, frozen=True, kw_only=True):
    """The ledger of campaigns for programs. `slots` counts all sponsored slots of the site by place."""

    title: str
    url: str
    slots: tuple[CampaignPlace, ...]
    running: tuple[CampaignLine, ...]
    past: tuple[CampaignLine, ...]


class TextPage(Page, frozen=True, kw_only=True):
    """A plain page; `language` is its own, where that is another than the site's."""

    heading: str
    text: Text | None
    language: str | None = None
    is_draft: bool = False
    is_scheduled: bool = False


class ForYouPage(Page, frozen=True, kw_only=True):
    """What a reader follows, put together in the browser. `links` lead to what can be followed."""

    heading: str
    links: tuple[Link, ...]


class NotFoundPage(Page, frozen=True, kw_only=True):
    """What a server shows where there is nothing."""

    topics: tuple[Link, ...]
    latest: tuple[Card, ...]


class Enclosure(Part, frozen=True, kw_only=True):
    """The picture of an item: full address, media type, length in bytes, width and height in pixels."""

    url: str
    type: str
    length: int
    width: int
    height: int
    alt: str
    credit: str


class Passage(Part, frozen=True, kw_only=True):
    """A part of an article's or message's text, each field of which may be empty.

    `label` stands in bold before the plain `text`, which leads to `href`; `texts` follow, as a list where `is_list`.
    `code` is shown as it stands. `language` is that of `text`, where it is another than its item's.
    """

    heading: str = ""
    label: str = ""
    text: str = ""
    href: str = ""
    texts: tuple[Text, ...] = ()
    is_list: bool = False
    code: str = ""
    language: str | None = None


class FeedItem(Part, frozen=True, kw_only=True):
    """An article, a sponsored message or a change in a feed.

    `guid` is what readers know it by: a `tag:` URI (RFC 4151), or what another system gave the article;
    `atom_id` is that as Atom has it, an IRI.
    `source` is who published the article, with the address of its feed or its own; `original` is where it stands there.
    `summary` is plain text; `passages` are empty where the feed holds summaries.
    """

    guid: str
    atom_id: str
    title: str
    url: str
    summary: str
    published: datetime
    updated: datetime
    authors: tuple[Link, ...]
    source: Link | None = None
    original: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None
    image: Enclosure | None = None
    passages: tuple[Passage, ...] = ()
    is_sponsored: bool = False


class Feed(View, frozen=True, kw_only=True):
    """A feed, newest items first; at least one. `updated` is the newest time of its items.

    `id` is a `tag:` URI, the same in all formats and archives.
    In an archive (RFC 5005, section 4) `current` is the address of the feed that it belongs to.
    """

    format: Literal["rss", "atom", "json_feed"]
    id: str
    title: str
    description: str
    url: str
    self_url: str
    site_title: str
    site_url: str
    language: str
    updated: datetime
    copyright: str
    hub: str | None
    items: tuple[FeedItem, ...]
    current: str | None = None
    older: str | None = None
    newer: str | None = None


FEED_NAMES = {"rss": "feed.xml", "atom": "atom.xml", "json_feed": "feed.json"}
"""The files of feeds by their formats."""


class OpmlOutline(Part, frozen=True, kw_only=True):
    """A feed for a feed reader's list, by full addresses."""

    title: str
    feed_url: str
    page_url: str


class OpmlGroup(Part, frozen=True, kw_only=True):
    """Feeds of one kind."""

    title: str
    outlines: tuple[OpmlOutline, ...]


class Opml(View, frozen=True, kw_only=True):
    """All feeds, for feed readers (OPML 2.0)."""

    title: str
    groups: tuple[OpmlGroup, ...]


class SitemapUrl(Part, frozen=True, kw_only=True):
    """A page in a sitemap, and the address of its main picture."""

    url: str
    updated: datetime | None = None
    image: str | None = None


class Sitemap(View, frozen=True, kw_only=True):
    """A part of the sitemap: at most 50,000 URLs."""

    urls: tuple[SitemapUrl, ...]


class SitemapIndex(View, frozen=True, kw_only=True):
    """The list of sitemaps."""

    urls: tuple[SitemapUrl, ...]


class NewsUrl(Part, frozen=True, kw_only=True):
    """An article in the news sitemap."""

    url: str
    title: str
    published: datetime


class NewsSitemap(View, frozen=True, kw_only=True):
    """The articles of the last two days, newest first; at least one and at most 1,000.

    `language` is as the format wants it: ISO 639, or `zh-cn` or `zh-tw`.
    """

    publication: str
    language: str
    urls: tuple[NewsUrl, ...]


class LlmsEntry(Part, frozen=True, kw_only=True):
    """A page that programs may want, by its full address; the description may be empty."""

    title: str
    url: str
    description: str


class LlmsSection(Part, frozen=True, kw_only=True):
    """Entries under a heading; at least one."""

    heading: str
    entries: tuple[LlmsEntry, ...]


class LlmsTxt(View, frozen=True, kw_only=True):
    """`llms.txt`: what the site is and where its parts are."""

    title: str
    description: str
    sections: tuple[LlmsSection, ...]


class MarkdownAlternate(View, frozen=True, kw_only=True):
    """An article as plain markdown, without anything that is sponsored. `via` names the sources that its source has.

    `changes` are oldest first, each a time, what it is, and what was changed; `changes_heading` stands above them.
    """

    url: str
    site_url: str
    title: str
    standfirst: str
    source: str
    source_url: str | None
    authors: tuple[str, ...]
    via: tuple[str, ...]
    published: datetime
    updated: datetime | None
    language: str
    passages: tuple[Passage, ...]
    changes_heading: str
    changes: tuple[tuple[datetime, str, str], ...]


class Robots(View, frozen=True, kw_only=True):
    """`robots.txt`."""

    sitemap_url: str | None


class Copy(View, frozen=True, kw_only=True):
    """A file of the theme, which goes into the site as it is."""

    asset: Asset


class Rendition(View, frozen=True, kw_only=True):
    """A picture of the content in one size (pixels) and format, with nothing of the file but what is to be seen.

    `widest` is the width of the widest rendition that there is of it. `quality` is from 1 to 100.
    """

    asset: Asset
    width: int
    height: int
    widest: int
    format: Rendered
    quality: int


class Animation(View, frozen=True, kw_only=True):
    """A moving picture of the content, as it is but for its metadata."""

    asset: Asset
    width: int
    height: int


CARD_SIZE = (1200, 630)
"""Width and height of a social card in pixels, as most that show one ask for."""


class SocialCard(View, frozen=True, kw_only=True):
    """What is drawn for links that are shared.

    `told` is who published an article, or how many told a story; it may be empty.
    `host` is the site's; `font` is the site's own, if it has one.
    """

    headline: str
    topic: str
    colour: str | None
    told: str
    site: str
    host: str
    font: Asset | None = None


class RedirectPage(Page, frozen=True, kw_only=True):
    """What stands at an old address of a record: where it is now."""

    heading: str
    target: Link


class Redirect(Part, frozen=True, kw_only=True):
    """An old address and the new one, both as pages write links; `conditions` are of its query, such as `id=4`."""

    old: str
    new: str
    conditions: tuple[str, ...] = ()


class Redirects(View, frozen=True, kw_only=True):
    """`_redirects`, in order of the old addresses; at least one."""

    rules: tuple[Redirect, ...]


class HeaderRule(Part, frozen=True, kw_only=True):
    """What a host sends with the files of a path, in which `*` and `:name` stand for anything."""

    path: str
    headers: tuple[tuple[str, str], ...]


class Headers(View, frozen=True, kw_only=True):
    """`_headers`: `everywhere` goes with all files below `path`, and so does the theme's policy."""

    path: str
    everywhere: tuple[tuple[str, str], ...]
    rules: tuple[HeaderRule, ...]


class Document(View, frozen=True, kw_only=True):
    """A document of the API.

    `schema` is the address of its JSON Schema, `version` that of the API, `url` the page that shows the same.
    Every key is there in every document; what there is nothing to say of is null or empty.
    """

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
    """A fact, and the ids of the sources that told it and of those that dispute it."""

    text: str
    told_by: tuple[str, ...]
    disputed_by: tuple[str, ...]


class StoryViewpoint(Part, frozen=True, kw_only=True):
    """How one source, by its id, tells an aspect."""

    source: str
    text_html: Text


class StoryDifference(Part, frozen=True, kw_only=True):
    """An aspect that the sources tell differently."""

    aspect: str
    views: tuple[StoryViewpoint, ...]


class StoryCompleteness(Part, frozen=True, kw_only=True):
    """How many of the known facts a source, by its id, told."""

    source: str
    told: int
    known: int


class StoryDocument(Document, frozen=True, kw_only=True, tag="story"):
    """One event, and how the sources told it: `sources` by their first report, `articles` newest first.

    `origins` are the ids of the sources that the reports go back to.
    """

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
    origins: tuple[str, ...]
    timeline: tuple[Moment, ...]
    articles: tuple[ArticleEntry, ...]


class TopicDocument(Document, frozen=True, kw_only=True, tag="topic"):
    """A topic and its newest articles; `older` is the document with those before them."""

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


class Collection(Part, frozen=True, kw_only=True):
    """A collection: its list, its documents as a URI template (RFC 6570) of their `id`, and the schemas of both."""

    name: str
    count: int
    list_url: Address
    list_schema: Address
    document_template: str
    document_schema: Address


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
    collections: tuple[Collection, ...]
    feeds: tuple[FeedAddress, ...]


AnyDocument = (
    IndexDocument
    | ArticleDocument
    | StoryDocument
    | TopicDocument
    | SourceDocument
    | EntityDocument
    | TagDocument
    | ArticlesDocument
    | ListDocument
)


class Schema(View, frozen=True, kw_only=True):
    """The JSON Schema of the documents whose `type` is `document`; `url` is its address."""

    document: str
    url: str


AnyPage = (
    FrontPage
    | ArticlePage
    | ListingPage
    | IndexPage
    | StoryPage
    | StoriesPage
    | ChangesPage
    | InsightsPage
    | FeedsPage
    | SponsorsPage
    | TextPage
    | ForYouPage
    | NotFoundPage
    | RedirectPage
)
AnyView = (
    AnyPage
    | Feed
    | Opml
    | Sitemap
    | SitemapIndex
    | NewsSitemap
    | LlmsTxt
    | CampaignReport
    | MarkdownAlternate
    | Robots
    | Copy
    | Rendition
    | Animation
    | SocialCard
    | Redirects
    | Headers
    | AnyDocument
    | Schema
)

TEMPLATES: dict[type[Page], str] = {
    FrontPage: "front.html",
    ArticlePage: "article.html",
    ListingPage: "listing.html",
    IndexPage: "index.html",
    StoryPage: "story.html",
    StoriesPage: "stories.html",
    ChangesPage: "changes.html",
    InsightsPage: "insights.html",
    FeedsPage: "feeds.html",
    SponsorsPage: "sponsors.html",
    TextPage: "page.html",
    ForYouPage: "for-you.html",
    NotFoundPage: "404.html",
    RedirectPage: "redirect.html",
}
"""The template of each kind of page."""

POLICY = "policy.html"
"""The template of the Content-Security-Policy, which `_headers` sends and pages hold."""
