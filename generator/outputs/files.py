"""The views of all other files: sitemaps, robots.txt, markdown, pictures, and what hosts read."""

from datetime import datetime
from typing import ClassVar

from generator.media import RenditionFormat
from generator.outputs.parts import CampaignLine, CampaignPlace, Passage, SourceFacts
from generator.outputs.view import ASSET_PHASES, PAGE_PHASES, Part, View
from generator.records.asset import Asset


class CampaignReport(View, frozen=True, kw_only=True):
    """The ledger of campaigns for programs. `slots` counts all sponsored slots of the site by place."""

    noun: ClassVar = "sponsors as JSON"

    title: str
    url: str
    slots: tuple[CampaignPlace, ...]
    running: tuple[CampaignLine, ...]
    past: tuple[CampaignLine, ...]


class SitemapUrl(Part, frozen=True, kw_only=True):
    """A page in a sitemap, and the address of its main picture."""

    url: str
    updated: datetime | None = None
    image: str | None = None


class Sitemap(View, frozen=True, kw_only=True):
    """A part of the sitemap: at most 50,000 URLs."""

    noun: ClassVar = "sitemaps"

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

    noun: ClassVar = "llms.txt"

    title: str
    description: str
    sections: tuple[LlmsSection, ...]


class MarkdownAlternate(View, frozen=True, kw_only=True):
    """An article as plain markdown, without anything that is sponsored. `via` names the sources that its source has.

    `changes` are oldest first, each a time, what it is, and what was changed; `changes_heading` stands above them.
    """

    phases: ClassVar = PAGE_PHASES
    noun: ClassVar = "articles as markdown"

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

    noun: ClassVar = "robots.txt"

    sitemap_url: str | None


class Copy(View, frozen=True, kw_only=True):
    """A file of the theme or of `static/`, which goes into the site as it is."""

    phases: ClassVar = ASSET_PHASES
    noun: ClassVar = "files as they are"

    asset: Asset


class Rendition(View, frozen=True, kw_only=True):
    """A picture of the content in one size (pixels) and format, with nothing of the file but what is to be seen.

    `widest` is the width of the widest rendition that there is of it. `quality` is from 1 to 100.
    """

    phases: ClassVar = ASSET_PHASES
    noun: ClassVar = "pictures"

    asset: Asset
    width: int
    height: int
    widest: int
    format: RenditionFormat
    quality: int


class Animation(View, frozen=True, kw_only=True):
    """A moving picture of the content, as it is but for its metadata."""

    phases: ClassVar = ASSET_PHASES
    noun: ClassVar = "animations"

    asset: Asset
    width: int
    height: int


CARD_SIZE = (1200, 630)
"""Width and height of a social card in pixels, as most that show one ask for."""


class SocialCard(View, frozen=True, kw_only=True):
    """What is drawn for links that are shared.

    `told` is who published an article, or how many told a story; it may be empty.
    `facts` is what each source told of a story's facts; a card shows the first few.
    `host` is the site's; `font` is the site's own, if it has one.
    """

    phases: ClassVar = ASSET_PHASES
    noun: ClassVar = "social cards"

    headline: str
    topic: str
    colour: str | None
    told: str
    facts: tuple[SourceFacts, ...] = ()
    site: str
    host: str
    font: Asset | None = None


class Redirect(Part, frozen=True, kw_only=True):
    """An old address and the new one, both as pages write links; `conditions` are of its query, such as `id=4`."""

    old: str
    new: str
    conditions: tuple[str, ...] = ()


class Redirects(View, frozen=True, kw_only=True):
    """`_redirects`, in order of the old addresses; at least one."""

    noun: ClassVar = "_redirects"

    rules: tuple[Redirect, ...]


class HeaderRule(Part, frozen=True, kw_only=True):
    """What a host sends with the files of a path, in which `*` and `:name` stand for anything."""

    path: str
    headers: tuple[tuple[str, str], ...]


class Headers(View, frozen=True, kw_only=True):
    """`_headers`: `everywhere` goes with all files below `path`, and so does the theme's policy."""

    template: ClassVar = "policy.html"
    noun: ClassVar = "_headers"

    path: str
    everywhere: tuple[tuple[str, str], ...]
    rules: tuple[HeaderRule, ...]
