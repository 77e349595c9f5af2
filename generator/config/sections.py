"""The tables and keys of `site.toml`, with their defaults."""

from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

import msgspec

from generator.limits import Limits
from generator.names import FeedFormat, Form, Language, RecordId, SiteUrl

_FEED_FORMATS: tuple[FeedFormat, ...] = get_args(FeedFormat)

Text = Annotated[str, msgspec.Meta(min_length=1, pattern=r"\S", description="text")]

SitePath = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^(/.*)?$(?!\n)", description="an address of this site, such as '/topics/chips/', or '' for none"
    ),
]

WebSite = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^https?://[^/?#@\s]+(/[A-Za-z0-9_~\-][A-Za-z0-9._~\-]*)*/?$(?!\n)",
        description="an http(s) URL without query, such as 'https://example.org/news'",
    ),
]

HostName = Annotated[
    str, msgspec.Meta(pattern=r"^[a-z0-9\-]+(\.[a-z0-9\-]+)*$(?!\n)", description="a host name you own")
]

HubUrl = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^https?://[^/?#@\s]+[^#\s]*$(?!\n)",
        description="an http(s) URL of a WebSub hub, without user or password, such as 'https://hub.example.org/'",
    ),
]

Items = Annotated[int, msgspec.Meta(ge=1, le=500, description="a whole number from 1 to 500")]

EngineName = Literal["python-markdown", "commonmark"]

Content = Literal["full", "summary"]

Rotation = Literal["hour", "day", "week", "never"]

ENGINE_LIBRARIES: dict[EngineName, str] = {"python-markdown": "markdown", "commonmark": "pyromark"}
"""The module and distribution of each engine of markdown."""


class ConfigSection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A table of `site.toml`."""


class SiteSection(ConfigSection, frozen=True, kw_only=True):
    """`[site]`: the name and address of the site."""

    title: Text
    url: WebSite
    description: str = ""
    tagline: str = ""
    language: Language = "en"
    time_zone: Text = "UTC"
    source: RecordId | None = None
    copyright: str = ""


class ThemeSection(ConfigSection, frozen=True, kw_only=True):
    """`[theme]`: the theme, and the site's values for its options and tokens."""

    name: Text = "broadsheet"
    sandbox: bool = False
    options: dict[str, Any] = {}
    tokens: dict[str, Any] = {}


class OutputsSection(ConfigSection, frozen=True, kw_only=True):
    """`[outputs]`: the families of pages and files, each on or off."""

    latest: bool = True
    topics: bool = True
    sources: bool = True
    stories: bool = True
    changes: bool = True
    entities: bool = True
    insights: bool = True
    corrections: bool = True
    sponsors: bool = True
    tags: bool = True
    archive: bool = True
    weeks: bool = True
    topic_weeks: bool = False
    feeds: bool = True
    rss: bool = True
    atom: bool = True
    json_feed: bool = True
    topic_feeds: bool = True
    source_feeds: bool = True
    entity_feeds: bool = True
    story_feeds: bool = True
    tag_feeds: bool = True
    change_feeds: bool = True
    correction_feeds: bool = True
    feed_archives: bool = True
    opml: bool = True
    for_you: bool = True
    sitemap: bool = True
    robots: bool = True
    news_sitemap: bool = True
    llms: bool = True
    markdown: bool = False
    api: bool = False
    redirects: bool = True
    headers: bool = True


class ListingsSection(ConfigSection, frozen=True, kw_only=True):
    """`[listings]`."""

    page_items: Items = 24


class StoriesSection(ConfigSection, frozen=True, kw_only=True):
    """`[stories]`: the days after its last report for which a story counts as developing; 0 for no end."""

    developing_days: Annotated[int, msgspec.Meta(ge=0, le=3650, description="a whole number from 0 to 3650")] = 14


class FrontSection(ConfigSection, frozen=True, kw_only=True):
    """`[front]`: how many cards each part of the front page holds."""

    grid_items: Annotated[int, msgspec.Meta(ge=0, le=60, description="a whole number from 0 to 60")] = 8
    section_items: Annotated[int, msgspec.Meta(ge=0, le=20, description="a whole number from 0 to 20")] = 4
    latest_items: Annotated[int, msgspec.Meta(ge=0, le=50, description="a whole number from 0 to 50")] = 10


class FeedContents(ConfigSection, frozen=True, kw_only=True):
    """`[feeds.content_by_kind]`: kinds of feeds whose contents differ from `[feeds] content`."""

    site: Content | None = None
    topics: Content | None = None
    sources: Content | None = None
    entities: Content | None = None
    stories: Content | None = None
    tags: Content | None = None
    changes: Content | None = None
    corrections: Content | None = None


class FeedsSection(ConfigSection, frozen=True, kw_only=True):
    """`[feeds]`: the contents and number of items in feeds.

    A topic, source, entity or tag with fewer than `min_items` articles has no feed.
    `sponsor_every` is the number of articles between sponsored items; 0 for none.
    `authority` replaces the host in the identities of items, so that they survive a move to another host.
    `identity_zone` is the zone of times without one in identities; `hub` is a WebSub hub.
    """

    content: Content = "full"
    content_by_kind: FeedContents = FeedContents()
    max_items: Items = 50
    min_items: Items = 1
    sponsor_every: Annotated[int, msgspec.Meta(ge=0, le=500, description="a whole number from 0 to 500")] = 10
    authority: HostName | None = None
    identity_zone: Text = "UTC"
    hub: HubUrl | None = None


class SponsorsSection(ConfigSection, frozen=True, kw_only=True):
    """`[sponsors]`: how long a sponsored slot shows one campaign, and the page with the site's policy."""

    rotate: Rotation = "day"
    policy: RecordId | None = None


class ImagesSection(ConfigSection, frozen=True, kw_only=True):
    """`[images]`: widths (pixels) and formats of pictures, and social cards; `card_font` is in `content/media/`."""

    widths: tuple[Annotated[int, msgspec.Meta(ge=16, le=8192, description="a whole number from 16 to 8192")], ...] = (
        *(320, 480, 640, 960, 1280, 1920),
    )
    quality: Annotated[int, msgspec.Meta(ge=1, le=100, description="a whole number from 1 to 100")] = 80
    webp: bool = True
    cards: bool = True
    card_font: Text | None = None


class MarkdownSection(ConfigSection, frozen=True, kw_only=True):
    """`[markdown]`: the library that converts the texts of records."""

    engine: EngineName = "python-markdown"


class TypographySection(ConfigSection, frozen=True, kw_only=True):
    """`[typography]`: the signs that are written in texts by their language."""

    quotes: bool = True
    dashes: bool = True


class MetadataSection(ConfigSection, frozen=True, kw_only=True):
    """`[metadata]`: the forms of articles that search engines are asked to ignore."""

    noindex_forms: tuple[Form, ...] = ()


MenuFamily = Literal[
    "latest", "topics", "stories", "sources", "entities", "tags", "archive", "insights", "corrections", "sponsors",
    "feeds", "for_you",
]  # fmt: skip
"""The families of pages that a menu can lead to: those with an index."""


class MenuItem(ConfigSection, frozen=True, kw_only=True):
    """`[[menu.header]]`: an entry of a menu.

    `to` is a family of pages, a record (`topic:chips`), or an address of this site (`/files/`) or of another.
    `title` is its text, which addresses need; others have that of the record or family.
    """

    to: Text
    title: Text | None = None


class FooterItem(MenuItem, frozen=True, kw_only=True):
    """`[[menu.footer]]`: an entry at the foot of all pages, in a group with a heading."""

    group: Text | None = None


class MenuSection(ConfigSection, frozen=True, kw_only=True):
    """`[menu]`: what all pages lead to at the top and at the foot; None for what every site has there."""

    header: tuple[MenuItem, ...] | None = None
    footer: tuple[FooterItem, ...] | None = None


Origin = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^https://[a-z0-9\-]+(\.[a-z0-9\-]+)*(:[0-9]{1,5})?$(?!\n)",
        description="the origin of a site: https:// and a host, such as 'https://forms.example'",
    ),
]


class AllowSection(ConfigSection, frozen=True, kw_only=True):
    """`[security.allow]`: the other sites that pages may use, by what for."""

    form: tuple[Origin, ...] = ()
    image: tuple[Origin, ...] = ()
    script: tuple[Origin, ...] = ()
    connect: tuple[Origin, ...] = ()
    frame: tuple[Origin, ...] = ()


class SecuritySection(ConfigSection, frozen=True, kw_only=True):
    """`[security]`: what the Content-Security-Policy of all pages allows besides the site's own files."""

    allow: AllowSection = AllowSection()


Weight = Annotated[int, msgspec.Meta(ge=1000, le=100_000_000, description="a whole number of bytes, at least 1000")]


class BudgetsSection(ConfigSection, frozen=True, kw_only=True):
    """`[budgets]`: how much a reader loads before there is something to read, in bytes.

    An article of usual length counts uncompressed, the front page compressed with gzip: about what a server sends
    before the first acknowledgement, ten packets of 1,460 bytes (RFC 6928).
    """

    article_bytes: Weight = 40 * 1024
    front_bytes: Weight = 14 * 1024


class ContentSection(ConfigSection, frozen=True, kw_only=True):
    """`[content]`: the folders and files outside of the site that links in it may lead to."""

    allow_links: tuple[Text, ...] = ()


class PublishSection(ConfigSection, frozen=True, kw_only=True):
    """`[publish]`: whether a build changes the output folder or makes a new release, and how many of these are kept."""

    mode: Literal["folder", "release"] = "folder"
    keep: Annotated[int, msgspec.Meta(ge=2, le=1000, description="a whole number from 2 to 1000")] = 5


class Config(ConfigSection, frozen=True, kw_only=True):
    """The whole of `site.toml`, checked.

    `disclaimers` are texts (markdown) by name, for the `disclaimer` key of articles.
    `redirects` maps old addresses that no record has to addresses of the site, or to '' if they are gone.
    `techniques` are definitions (text) by name, for the `techniques` of stories.
    `strings` replaces words of the theme: texts, or texts by plural category.
    """

    site: SiteSection
    theme: ThemeSection = ThemeSection()
    outputs: OutputsSection = OutputsSection()
    listings: ListingsSection = ListingsSection()
    front: FrontSection = FrontSection()
    stories: StoriesSection = StoriesSection()
    feeds: FeedsSection = FeedsSection()
    sponsors: SponsorsSection = SponsorsSection()
    images: ImagesSection = ImagesSection()
    markdown: MarkdownSection = MarkdownSection()
    typography: TypographySection = TypographySection()
    metadata: MetadataSection = MetadataSection()
    menu: MenuSection = MenuSection()
    security: SecuritySection = SecuritySection()
    budgets: BudgetsSection = BudgetsSection()
    content: ContentSection = ContentSection()
    publish: PublishSection = PublishSection()
    limits: Limits = Limits()
    disclaimers: dict[str, str] = {}
    techniques: dict[str, Text] = {}
    redirects: dict[str, SitePath] = {}
    strings: dict[str, str | dict[str, str]] = {}

    @property
    def feed_formats(self) -> tuple[FeedFormat, ...]:
        """The formats of feeds that are on."""
        return tuple(one for one in _FEED_FORMATS if getattr(self.outputs, one))

    def feed_content(self, kind: str) -> Content:
        """How much of an article the feeds of a kind hold."""
        return getattr(self.feeds.content_by_kind, kind, None) or self.feeds.content

    @property
    def url(self) -> SiteUrl:
        """The address of the site."""
        return SiteUrl(self.site.url.rstrip("/"))

    @property
    def feed_authority(self) -> str:
        """The authority in the identities of feeds and their items."""
        return self.feeds.authority or self.url.host

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of times without one, and of the times that pages show."""
        return ZoneInfo(self.site.time_zone)
