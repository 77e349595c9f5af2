"""The views of HTML pages, and the parts that only they have."""

from datetime import datetime
from typing import ClassVar

from generator.outputs import parts
from generator.outputs.charts import Timeline
from generator.outputs.feeds import FeedGroup, FeedList
from generator.outputs.view import LAST_PHASES, PAGE_PHASES, Part, View


class TocEntry(Part, frozen=True, kw_only=True):
    """A line of a table of contents."""

    text: str
    anchor: str


class FactRow(Part, frozen=True, kw_only=True):
    """A fact and, for each source of the page in its order, what it did.

    `told`, `disputed` or `silent`, if it could know the fact; else `early`, if its reports are older than the fact, or
    `unseen`, if we do not have its whole text. `apart` are the pairs of sources that differ in it (`Pairs`).
    `marks` are the anchors of its changes: that it became known, and that it was disputed.
    """

    text: str
    tellings: tuple[str, ...]
    apart: tuple[str, ...]
    marks: tuple[str, ...] = ()


class AgreedFact(Part, frozen=True, kw_only=True):
    """A fact that all sources told that could know it, and how many these are."""

    text: str
    told: int


class SourceView(Part, frozen=True, kw_only=True):
    """One source's way of telling an aspect; None where it does not touch it."""

    source: parts.Link
    text: parts.Text | None


class Difference(Part, frozen=True, kw_only=True):
    """An aspect that the sources tell differently; a view per source, always in the page's order.

    `apart` are the pairs of sources that differ in it (`Pairs`).
    """

    aspect: str
    views: tuple[SourceView, ...]
    apart: tuple[str, ...]


class Pairs(Part, frozen=True, kw_only=True):
    """What two sources can be compared in: the first `sources` of the page, and the pairs that are alike in a part.

    A pair is the places of both, from 1, as `1-3`.
    """

    sources: int
    alike_in_facts: tuple[str, ...]
    alike_in_aspects: tuple[str, ...]


class Technique(Part, frozen=True, kw_only=True):
    """A way of telling, explained, with the words that show it; `kind` leads to what the vocabulary says of it."""

    name: str
    kind: parts.Link | None
    definition: str
    explanation: str
    quotes: tuple[str, ...]


class Coverage(Part, frozen=True, kw_only=True):
    """How one source told the story; `seen` is how we know its text: `full`, `extract` or `second-hand`."""

    source: parts.Link
    seen: str
    framing: str
    tone: str
    techniques: tuple[Technique, ...]
    note: str


class OriginalHeadline(Part, frozen=True, kw_only=True):
    """The headline of an original, in pieces: each a text, and whether no other headline has its words."""

    source: parts.Link
    original: parts.Link
    pieces: tuple[tuple[str, bool], ...]


class StoryReport(Part, frozen=True, kw_only=True):
    """A report of the story: ours, the original's headline and address, and where its source has it from."""

    source: parts.Link
    article: parts.Link
    original: parts.Link
    published: datetime
    via: tuple[parts.Link, ...]


class ChangeLine(Part, frozen=True, kw_only=True):
    """Something that changed: `kind` is `source`, `fact`, `dispute`, `correction` or `status`.

    `anchor` is its id on the page that lists it.
    `text` is the fact, the note of a correction, or the status; empty of a new source.
    `article` is the report that brought it, or the article that was corrected; `story` is a story that was corrected.
    A correction of a title replaced `old_title` by `new_title`.
    """

    anchor: str
    at: datetime
    kind: str
    text: str
    sources: tuple[parts.Link, ...]
    article: parts.Link | None
    story: parts.Link | None
    old_title: str = ""
    new_title: str = ""


class PageView(View, frozen=True, kw_only=True):
    """An HTML page: its metadata, the links that lead to it, and its sponsored slot.

    `opening` says how the slot was decided, also if it stays empty; None if the page has none.
    """

    meta: parts.Meta
    crumbs: tuple[parts.Link, ...] = ()
    slot: parts.Slot | None = None
    opening: parts.SlotDecision | None = None


class Section(Part, frozen=True, kw_only=True):
    """A part of the front page: a topic and its newest articles."""

    title: str
    href: str | None
    colour: str | None
    cards: tuple[parts.Card, ...]


class FrontPage(PageView, frozen=True, kw_only=True):
    """The front page: no card is in two of lead, secondary, latest, grid and sections."""

    template: ClassVar = "front.html"
    phases: ClassVar = LAST_PHASES
    noun: ClassVar = "front page"

    lead: parts.Card | None
    secondary: tuple[parts.Card, ...]
    grid: tuple[parts.Card, ...]
    sections: tuple[Section, ...]
    latest: tuple[parts.Card, ...]
    latest_href: str | None
    stories: tuple[parts.StoryCard, ...]
    stories_href: str | None


class ArticlePage(PageView, frozen=True, kw_only=True):
    """One article. `reading_minutes` is at least 1; `more` are the nearest in its topic.

    `source_language` is that of `source_title`, where it is another than the site's.
    One of its texts has code, a table or the like if it `is_rich`.
    """

    template: ClassVar = "article.html"
    phases: ClassVar = PAGE_PHASES
    noun: ClassVar = "pages of articles"

    id: str
    headline: str
    standfirst: str
    badge: str | None
    is_draft: bool
    is_scheduled: bool = False
    language: str | None
    topic: parts.Link
    colour: str | None = None
    topics: tuple[parts.Link, ...]
    tags: tuple[parts.Link, ...]
    source: parts.Link
    source_title: str
    source_language: str | None
    source_url: str | None
    authors: tuple[parts.Link, ...]
    via: tuple[parts.Link, ...]
    published: datetime
    updated: datetime | None
    corrected: datetime | None
    reading_minutes: int
    image: parts.Picture | None
    text: parts.Text | None
    verified: parts.Verified | None
    changes: tuple[parts.Change, ...]
    more: tuple[parts.Card, ...]
    form: str
    translated_from: str | None
    sentiment: parts.Sentiment | None
    entities: tuple[parts.EntityMention, ...]
    story: parts.StoryBox | None
    brief: parts.Brief | None
    teaser: parts.Text | None
    teaser_minutes: int
    words: int
    teaser_words: int
    disclaimer: parts.Text | None
    contents: tuple[TocEntry, ...]
    pull_quotes: tuple[str, ...]
    corrections_href: str | None
    is_rich: bool


class ListingPage(PageView, frozen=True, kw_only=True):
    """Cards of one topic, source, tag, month or of all; newest first. `number` is None on the listing itself."""

    template: ClassVar = "listing.html"
    noun: ClassVar = "lists of articles"

    kind: str
    heading: str
    description: str
    cards: tuple[parts.Card, ...]
    number: int | None = None
    older: str | None = None
    newest: str | None = None
    feed: str | None = None
    text: parts.Text | None = None
    colour: str | None = None
    links: tuple[parts.Link, ...] = ()
    profile: parts.Profile | None = None
    numbers: tuple[parts.PageNumber, ...] = ()
    earlier: parts.Link | None = None
    later: parts.Link | None = None
    calendar: parts.Calendar | None = None
    weeks: tuple[parts.Link, ...] = ()
    is_draft: bool = False
    is_scheduled: bool = False


class DayOfWeek(Part, frozen=True, kw_only=True):
    """The articles of one day, newest first; `at` is the time of one of them, `anchor` the id of its heading."""

    anchor: str
    at: datetime
    cards: tuple[parts.Card, ...]


class WeekDate(Part, frozen=True, kw_only=True):
    """A day of a week from Monday on, and how many articles the page has of it.

    The page has its anchor in any case, so that calendars lead there whatever came or went since.
    """

    anchor: str
    name: str
    count: int


class WeekPage(PageView, frozen=True, kw_only=True):
    """What came in an ISO week, of all or of a topic; newest first. `number` is None on its first page.

    `first` and `last` are the beginnings of its Monday and its Sunday.
    """

    template: ClassVar = "week.html"
    noun: ClassVar = "pages of weeks"

    heading: str
    first: datetime
    last: datetime
    days: tuple[DayOfWeek, ...]
    dates: tuple[WeekDate, ...]
    topic: parts.Link | None = None
    number: int | None = None
    older: str | None = None
    newest: str | None = None
    numbers: tuple[parts.PageNumber, ...] = ()
    earlier: parts.Link | None = None
    later: parts.Link | None = None


class IndexPage(PageView, frozen=True, kw_only=True):
    """The topics, sources, tags or months of the site; of months also the calendar of the newest, and the weeks."""

    template: ClassVar = "index.html"
    noun: ClassVar = "indexes"

    kind: str
    heading: str
    description: str
    groups: tuple[parts.Group, ...]
    calendar: parts.Calendar | None = None
    weeks: tuple[parts.Link, ...] = ()


class StoryPage(PageView, frozen=True, kw_only=True):
    """One event and how the sources told it. `sources` is the order in which every part names them.

    `headlines` are those of the originals; none if fewer than two are known. `latest` is when the last report came.
    `pairs` is None if there are not three sources, and neither facts nor differences.
    `scores` rank the sources by the share of facts told; those that may have told more come last.
    `own` are the site's own articles, which retell others. `origins` are the sources that the reports go back to; there
    may be further ones if `has_more_origins`.
    `changes` are the newest of all that `changes_href` leads to, but for facts, which the page names itself.
    """

    template: ClassVar = "story.html"
    phases: ClassVar = PAGE_PHASES
    noun: ClassVar = "pages of stories"

    headline: str
    standfirst: str
    status: str
    topic: parts.Link
    colour: str | None = None
    tags: tuple[str, ...]
    entities: tuple[parts.EntityMention, ...]
    published: datetime
    updated: datetime
    image: parts.Picture | None
    verdict: parts.Text | None
    text: parts.Text | None
    sources: tuple[parts.Link, ...]
    headlines: tuple[OriginalHeadline, ...]
    latest: datetime | None
    agreed: tuple[AgreedFact, ...]
    facts: tuple[FactRow, ...]
    differences: tuple[Difference, ...]
    pairs: Pairs | None
    coverage: tuple[Coverage, ...]
    scores: tuple[parts.StoryScore, ...]
    reports: tuple[StoryReport, ...]
    own: tuple[parts.Card, ...]
    origins: tuple[parts.Link, ...]
    has_more_origins: bool
    chart: Timeline | None
    timeline: tuple[parts.Moment, ...]
    is_draft: bool
    is_scheduled: bool = False
    changes: tuple[ChangeLine, ...]
    changes_href: str | None
    revisions: tuple[parts.Change, ...]
    corrections_href: str | None


class StoriesPage(PageView, frozen=True, kw_only=True):
    """All stories, those with the newest reports first."""

    template: ClassVar = "stories.html"
    noun: ClassVar = "index of stories"

    heading: str
    stories: tuple[parts.StoryCard, ...]


class ChangesPage(PageView, frozen=True, kw_only=True):
    """What changed in a story, or what was corrected on the whole site; newest first, at least one.

    `kind` is `story` or `corrections`. Corrections are paged as listings are: `number` is None on the first page.
    """

    template: ClassVar = "changes.html"
    noun: ClassVar = "pages of changes"

    kind: str
    heading: str
    description: str
    changes: tuple[ChangeLine, ...]
    story: parts.Link | None = None
    number: int | None = None
    older: str | None = None
    newest: str | None = None
    numbers: tuple[parts.PageNumber, ...] = ()
    feed: str | None = None


class InsightsPage(PageView, frozen=True, kw_only=True):
    """What the whole of the site's articles shows."""

    template: ClassVar = "insights.html"
    noun: ClassVar = "insights"

    heading: str
    mixes: tuple[parts.MixRow, ...]
    tones: tuple[parts.Tone, ...]
    months: tuple[parts.MonthCount, ...]
    techniques: tuple[parts.TechniqueCount, ...]
    stories: tuple[tuple[parts.StoryCard, tuple[parts.StoryScore, ...]], ...]


class FeedsPage(PageView, frozen=True, kw_only=True):
    """All feeds of the site, or of one kind. `opml` leads to the list of them for feed readers.

    `apart` are the kinds with pages of their own, `numbers` the parts of such a page, if it has several.
    """

    template: ClassVar = "feeds.html"
    noun: ClassVar = "index of feeds"

    heading: str
    groups: tuple[FeedGroup, ...]
    apart: tuple[FeedList, ...] = ()
    numbers: tuple[parts.PageNumber, ...] = ()
    opml: str | None = None


class SponsorsPage(PageView, frozen=True, kw_only=True):
    """The ledger of campaigns: those that run, and those that are over. `document` leads to the same as JSON."""

    template: ClassVar = "sponsors.html"
    noun: ClassVar = "page of sponsors"

    heading: str
    running: tuple[parts.CampaignLine, ...]
    past: tuple[parts.CampaignLine, ...]
    document: str


class TextPage(PageView, frozen=True, kw_only=True):
    """A plain page; `language` is its own, where that is another than the site's."""

    template: ClassVar = "page.html"
    phases: ClassVar = PAGE_PHASES
    noun: ClassVar = "plain pages"

    heading: str
    text: parts.Text | None
    language: str | None = None
    is_draft: bool = False
    is_scheduled: bool = False


class Follow(Part, frozen=True, kw_only=True):
    """Something that can be followed: its page and its feed."""

    title: str
    href: str
    feed: str


class FollowGroup(Part, frozen=True, kw_only=True):
    """The topics or sources that can be followed; `all` leads to all of them if some are left out."""

    kind: str
    entries: tuple[Follow, ...]
    all: parts.Link | None


class ForYouPage(PageView, frozen=True, kw_only=True):
    """What a reader follows and mutes, put together in the browser.

    `groups` is what can be followed, and `names` what can be muted besides any word. Days are those of `time_zone`.
    """

    template: ClassVar = "for-you.html"
    noun: ClassVar = "page of follows"

    heading: str
    groups: tuple[FollowGroup, ...]
    names: tuple[str, ...]
    time_zone: str


class NotFoundPage(PageView, frozen=True, kw_only=True):
    """What a server shows where there is nothing."""

    template: ClassVar = "404.html"
    phases: ClassVar = LAST_PHASES
    noun: ClassVar = "404 page"

    topics: tuple[parts.Link, ...]
    latest: tuple[parts.Card, ...]


class RedirectPage(PageView, frozen=True, kw_only=True):
    """What stands at an old address of a record: where it is now."""

    template: ClassVar = "redirect.html"
    phases: ClassVar = PAGE_PHASES
    noun: ClassVar = "pages at old addresses"

    heading: str
    target: parts.Link
