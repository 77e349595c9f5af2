"""What all makers of views may know: config, words, addresses, topics, sources, entities and campaigns.

The context has no articles and no stories: a maker gets those as ingredients, so that they are part of its key.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple, TypeVar

import msgspec

from generator.config import CONFIG_NAME, Config
from generator.digest import digest_of, program_digest
from generator.glyphs import Lettering, program_characters
from generator.names import Digest, OutputPath
from generator.outputs import Home
from generator.plan.collections import Collections
from generator.plan.standing import Standing
from generator.plan.urls import Directory, Links, Urls
from generator.records import Addressed, Article, Asset, Page, hrefs_of
from generator.site import Site, Snapshot, Tag
from generator.strings import Strings

Made = TypeVar("Made")

NO_SIZES: Mapping[OutputPath, int] = {}

_MOST_REMEMBERED = 20_000  # parts of views, such as cards, at once


class PlanContext(msgspec.Struct, frozen=True, dict=True, kw_only=True):
    """What makers of views get.

    `standing` are topics, sources, entities and campaigns, which a maker asks for by name; `policy` is the page about
    sponsors.
    `pictures` are assets by the record's file and the `src` in it; `card_font` is the font of `site.toml`.
    `sizes` are the bytes of renditions in feeds; `logo` is the `href` of the site's logo.
    `waiting` are the digests of the records that are shown before their time.
    `made` is the cache of `once`.
    """

    config: Config
    strings: Strings
    urls: Urls
    standing: Standing
    policy: Page | None
    has_campaigns: bool
    has_feed_campaigns: bool
    waiting: frozenset[Digest]
    pictures: Mapping[tuple[str, str], Asset]
    card_font: Asset | None
    lettering: Lettering
    sizes: Mapping[OutputPath, int]
    logo: str | None
    made: dict[Hashable, Any]

    @cached_property
    def digest(self) -> Digest:
        """Digest of all but `standing`. Pictures are in the digests of the records that name them."""
        return digest_of(
            [
                program_digest(),
                self.config,
                self.card_font,
                self.logo,
                self.strings.digest,
                [sorted(self.urls.filled), self.urls.has_articles],
                self.has_campaigns,
                self.policy and self.policy.digest,
            ]
        )

    def say(self, key: str, **values: Any) -> str:
        """A text of the interface in the site's language."""
        return self.strings.say(key, **values)

    def once(self, name: Hashable, make: Callable[[], Made]) -> Made:
        """A part of many views, made once for all of them."""
        asked = self.standing.asked
        found: tuple[Made, frozenset[str]] | None = self.made.get(name)
        if found is None:
            if len(self.made) >= _MOST_REMEMBERED:
                self.made.clear()
            found = self.made[name] = asked.during(make)
        made, names = found
        asked.names |= names
        return made

    def is_scheduled(self, record: Addressed) -> bool:
        """Whether a record is shown before its time; its digest differs then, and so do the keys with it."""
        return record.digest in self.waiting

    def is_out(self, record: Addressed) -> bool:
        """Whether readers see a record: it is not a draft, and its time has come."""
        return not record.draft and not self.is_scheduled(record)

    def is_indexed(self, article: Article) -> bool:
        """Whether search engines may list an article: it, its source and its form allow that, and it is out."""
        is_kept = article.noindex or not self.is_out(article) or self.standing.sources[article.source].noindex
        return not is_kept and article.form not in self.config.metadata.noindex_forms

    def foreign(self, language: str | None) -> str | None:
        """A language if it is not the site's."""
        return language if language and language.casefold() != self.config.site.language.casefold() else None


class LinkedArticle(NamedTuple):
    """An article, its tags, and the targets of the links in its texts."""

    article: Article
    tags: tuple[Tag, ...]
    links: Links


class PlanMaterial(NamedTuple):
    """What planners choose from: the visible records, their collections, and the targets of links."""

    snapshot: Snapshot
    collections: Collections
    directory: Directory

    def with_links(self, article: Article) -> LinkedArticle:
        """A visible article with its tags and links."""
        return LinkedArticle(article, self.snapshot.tags_of(article), self.directory.links_of(article))


def _find_nobody(_path: str) -> Home | None:
    return None


class PlanSupplies(NamedTuple):
    """What a plan is made of besides the records.

    `assets` are pictures by the record's file and the `src` in it, and the font of `site.toml`.
    `theme_assets` are the files of the theme; all of them are published.
    `has_script` is whether the theme has the script that `/for-you/` needs.
    `sizes` are the bytes of renditions in feeds; a missing one is written as 0, as RSS requires.
    `logo` is the `href` of the site's logo, if the theme shows one.
    `card_characters` are the characters of the site's font for social cards; None if it has no font.
    `find_home` says whose an address was in the last build; `kept` are those of records that are left out, with their
    files.
    `static` are the files of `static/`; all of them are published, too.
    """

    strings: Strings
    assets: Mapping[tuple[str, str], Asset] = {}
    theme_assets: Iterable[Asset] = ()
    has_script: bool = False
    sizes: Mapping[OutputPath, int] = NO_SIZES
    logo: str | None = None
    card_characters: frozenset[str] | None = None
    find_home: Callable[[str], Home | None] = _find_nobody
    kept: Mapping[OutputPath, str] = {}
    static: Iterable[Asset] = ()


def open_context(
    site: Site, snapshot: Snapshot, config: Config, supplies: PlanSupplies
) -> tuple[PlanContext, PlanMaterial]:
    """Make what planners and makers work with at one moment."""
    urls = Urls(snapshot, config)
    directory = Directory(snapshot, urls, hrefs_of(supplies.static, config.url))
    fonts = [program_characters()]
    if supplies.card_characters is not None:
        fonts.insert(0, supplies.card_characters)
    is_for_feeds = any("feed" in one.places and one.starts is not None for one in site.sponsors.values())
    context = PlanContext(
        config=config,
        strings=supplies.strings,
        urls=urls,
        standing=Standing(site, snapshot, urls, directory),
        policy=next((page for page in snapshot.pages if page.id == config.sponsors.policy), None),
        has_campaigns=bool(site.sponsors),
        has_feed_campaigns=is_for_feeds and config.feeds.sponsor_every > 0,
        waiting=snapshot.waiting,
        pictures={name: asset for name, asset in supplies.assets.items() if asset.width},
        card_font=supplies.assets.get((CONFIG_NAME, config.images.card_font or "")),
        lettering=Lettering(tuple(fonts)),
        sizes=supplies.sizes,
        logo=supplies.logo,
        made={},
    )
    return context, PlanMaterial(snapshot, Collections(snapshot, directory, urls, config, supplies.strings), directory)
