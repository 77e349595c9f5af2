"""Parts that views of several kinds share."""

from datetime import datetime

from generator.names import Digest
from generator.outputs.view import Part, Time


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


class SourceFacts(Part, frozen=True, kw_only=True):
    """What one source did with each fact of a story, in the states of `FactRow`, and how many in words."""

    source: str
    states: tuple[str, ...]
    words: str


class OtherReport(Part, frozen=True, kw_only=True):
    """How another source told the article's story; `language` is the headline's, where it is not the site's.

    `facts` is what its source told, in lists that show it.
    """

    source: Link
    headline: str
    href: str
    published: datetime
    badge: str | None = None
    language: str | None = None
    facts: SourceFacts | None = None


class StoryBox(Part, frozen=True, kw_only=True):
    """The story of an article, and how others told it, oldest first.

    `reports` and `sources` count the article, too, if it is a report.
    The site's own articles are none (`StoryPage.own`). `facts` is what the article's source told, in lists.
    """

    title: str
    href: str | None
    reports: int
    sources: int
    others: tuple[OtherReport, ...]
    facts: SourceFacts | None = None


class Card(Part, frozen=True, kw_only=True):
    """An article in a list. `story` is what it leads there: its event, of which it is the first card of the list.

    `corrected` is when it was last corrected.
    `language` is that of headline and standfirst, where it is another than the site's.
    """

    headline: str
    href: str
    standfirst: str
    source: Link
    topic: Link
    colour: str | None = None
    published: datetime
    corrected: datetime | None = None
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


class SlotDecision(Part, frozen=True, kw_only=False, array_like=True):
    """A sponsored slot of an output, and what was decided for it; ids of campaigns.

    `spot` is the path that it was decided for: that of the page, also in what says the same for programs,
    or one of its own for each slot of a feed, whatever the feed's format. `place` is `front`, `topic` and so on,
    `topics` are those of the page, `since` is when that came (aware UTC), None where it was always there.
    `kept_away` would fit, were it not for what is told beside them; the same feed shows those `taken` before.
    """

    spot: str
    place: str
    chosen: str | None
    topics: tuple[str, ...] = ()
    kept_away: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    since: datetime | None = None


class MenuGroup(Part, frozen=True, kw_only=True):
    """Links at the foot of all pages, at least one, under a heading."""

    heading: str
    links: tuple[Link, ...]


class Allowed(Part, frozen=True, kw_only=True):
    """The origins of other sites that pages may send forms to, show pictures and frames of, run and ask."""

    form: tuple[str, ...] = ()
    image: tuple[str, ...] = ()
    script: tuple[str, ...] = ()
    connect: tuple[str, ...] = ()
    frame: tuple[str, ...] = ()


class Chrome(Part, frozen=True, kw_only=True):
    """What surrounds every page: small and slow-moving. `feed` and `for_you` are links, None if there is none."""

    title: str
    tagline: str
    language: str
    direction: str = "ltr"
    home: str
    base_path: str
    topics: tuple[Link, ...] = ()
    header: tuple[Link, ...] = ()
    footer: tuple[MenuGroup, ...] = ()
    feed: str | None = None
    for_you: str | None = None
    copyright: str = ""
    allow: Allowed = Allowed()


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
    """A part of a brief with a label of its own: the scope of a market effect, or the stance of a perspective.

    `direction` is that of a market effect, as sentiments are labelled; empty if it is not known.
    """

    label: str
    text: Text
    direction: str = ""


class Brief(Part, frozen=True, kw_only=True):
    """The parts of a brief, each empty where the record has none."""

    takeaways: tuple[Text, ...]
    background: Text | None
    why_it_matters: Text | None
    market_relevance: Text | None
    market_effects: tuple[Effect, ...]
    perspectives: tuple[Effect, ...]
    outlook: Text | None


class StoryCard(Part, frozen=True, kw_only=True):
    """A story in a list: how many sources told it in how many reports, the newest of them at `latest`.

    `facts` has an entry per source, in the order of the story's page; none if the story has no facts.
    """

    title: str
    href: str | None
    summary: str
    status: str
    topic: Link
    colour: str | None = None
    sources: int
    reports: int
    latest: datetime
    facts: tuple[SourceFacts, ...] = ()
    image: Picture | None = None
    is_draft: bool = False
    is_scheduled: bool = False


class Tone(Part, frozen=True, kw_only=True):
    """The sentiment score of one article, from -1 to 1."""

    at: datetime
    score: float
    article: Link


class MixPart(Part, frozen=True, kw_only=True):
    """How many articles one source (or topic, or all others together) has.

    `series` is how a source, or a topic, looks in all charts: from 1 to 14; 0 is for all others.
    """

    name: Link
    count: int
    series: int = 0


class MixRow(Part, frozen=True, kw_only=True):
    """What the articles of one topic or source are made of, the largest part first; never empty."""

    name: Link
    parts: tuple[MixPart, ...]


class MonthCount(Part, frozen=True, kw_only=True):
    """How many articles one month brought, out of the most that any month of the list brought."""

    month: Link
    count: int
    most: int


class PageNumber(Part, frozen=True, kw_only=True):
    """A numbered page of a listing; it leads nowhere if it is the page itself."""

    number: int
    href: str | None


class CalendarDay(Part, frozen=True, kw_only=True):
    """A day and how many articles it brought; `level` is its part of the most of any day of the month, from 0 to 4."""

    day: int
    count: int
    level: int
    href: str | None = None


class CalendarWeek(Part, frozen=True, kw_only=True):
    """An ISO week, from Monday; its days in other months are none."""

    number: int
    href: str | None
    days: tuple[CalendarDay | None, ...]


class Calendar(Part, frozen=True, kw_only=True):
    """The days of a month. `weekdays` are the short and the long names of Monday to Sunday."""

    title: str
    href: str | None
    weekdays: tuple[tuple[str, str], ...]
    weeks: tuple[CalendarWeek, ...]


class TechniqueCount(Part, frozen=True, kw_only=True):
    """How often stories show a technique, out of the most that any has, and in how many stories; `anchor` is its id."""

    name: str
    anchor: str
    definition: str
    count: int
    most: int
    stories: int


class StoryScore(Part, frozen=True, kw_only=True):
    """How many facts of a story a source told of those that it could know; with `is_least`, it may have told more.

    `series` is how the source looks (`MixPart`).
    """

    name: Link
    told: int
    known: int
    is_least: bool = False
    series: int = 0


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


class Moment(Part, frozen=True, kw_only=True):
    """A step of the event."""

    at: Time
    text: str


class Verified(Part, frozen=True, kw_only=True):
    """Who checked an article, how, and when."""

    by: str
    how: str
    at: Time


class Change(Part, frozen=True, kw_only=True):
    """A revision of an article or story; a significant one is a correction.

    `old_title` is the title that it replaced by `new_title`; both are empty if the title did not change.
    """

    at: Time
    note: str
    is_significant: bool
    old_title: str = ""
    new_title: str = ""


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


class Entry(Part, frozen=True, kw_only=True):
    """A line of an index: where it leads, how many articles are there, the newest of them."""

    title: str
    href: str
    count: int
    description: str = ""
    colour: str | None = None
    newest: Link | None = None
    newest_at: datetime | None = None


class MonthCell(Part, frozen=True, kw_only=True):
    """A month of a year and how many articles it brought; `level` is its part of the most of any month, from 0 to 4."""

    name: str
    count: int
    level: int
    href: str | None = None


class Group(Part, frozen=True, kw_only=True):
    """Entries of an index under one heading; the heading may be empty. A year of the archive has its twelve months."""

    heading: str
    entries: tuple[Entry, ...]
    months: tuple[MonthCell, ...] = ()
