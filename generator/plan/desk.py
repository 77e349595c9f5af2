"""What the makers of views share: the config, the urls, the standing records, and small parts of views.

The desk knows no article and no story: a maker that needs some is given them, and the key of its draft shows which.
"""

from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import datetime
from functools import cached_property, partial
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec

from generator.config import CONFIG_NAME, Config
from generator.digest import digest_of, program_digest
from generator.glyphs import Lettering, program_characters
from generator.names import Digest, OutputPath, RecordId
from generator.outputs import Draft, Made, OutputMetadata, SlotDecision
from generator.outputs.views import (
    CARD_SIZE,
    AnyView,
    ArticlePage,
    Card,
    EntityMention,
    Feed,
    Link,
    Page,
    Picture,
    SitemapUrl,
    Slot,
    StoryPage,
    Text,
)
from generator.plan.renditions import Placed, Renditions, place_renditions
from generator.plan.urls import Directory, Links, Urls
from generator.records import KINDS, Addressed, Article, Asset, Body, EntityRole, Record, Story
from generator.records.page import Page as PageRecord
from generator.records.sponsor import Place, Sponsor
from generator.site import (
    Change,
    Comparison,
    Site,
    SlotTime,
    Snapshot,
    StoryCoverage,
    Tag,
    compare_coverage,
    month_of,
    story_changes,
)
from generator.strings import Strings

NO_LENGTHS: Mapping[OutputPath, int] = {}

_MAX_STANDFIRST = 280  # characters
_LEAST_STANDFIRST = 80  # a shorter "sentence" most likely ends with an abbreviation
_SENTENCE_ENDS = (". ", "! ", "? ", "… ", "؟ ", "۔ ", "। ", "။", "។", "。", "！", "？")
_MOST_REMEMBERED = 20_000  # parts of views, such as cards, at once


class Digested(NamedTuple):
    """An ingredient that stands in keys by a digest of all that is made of it."""

    digest: Digest
    value: Any


class Desk:
    """Makes cards, pictures, texts and slots for all views; each thing once."""

    def __init__(
        self,
        site: Site,
        snapshot: Snapshot,
        assets: dict[tuple[str, str], Asset],
        config: Config,
        strings: Strings,
        lengths: Mapping[OutputPath, int] = NO_LENGTHS,
        logo: str | None = None,
        card_characters: frozenset[str] | None = None,
    ) -> None:
        """Take what the build knows.

        `assets` are pictures by the record's file and the `src` it wrote; with them the font that `site.toml` names.
        `lengths` are the bytes of renditions that feeds name; what is not there is given as 0, as RSS wants it.
        `logo` is the `href` of the site's logo.
        `card_characters` are those of the font that `site.toml` names.
        """
        self.config = config
        self.strings = strings
        self.say = strings.say
        self.zone = config.zone
        self.logo = logo
        self.urls = Urls(snapshot, config)
        self.topics = site.topics | {topic.id: topic for topic in snapshot.topics}
        self.ordered_topics = snapshot.topics
        self.sources = site.sources
        self.entities = site.entities
        self.lengths = lengths
        self.feed_authority = config.feed_authority
        self.has_sponsored_feeds = config.feeds.sponsor_every > 0 and any(
            "feed" in campaign.places and campaign.starts for campaign in site.sponsors.values()
        )
        self._visible = [
            [one.id for one in records] for records in (snapshot.topics, snapshot.sources, snapshot.entities)
        ]
        self.rota = snapshot.rota
        self._has_slots = bool(site.sponsors)
        self._policy = next((page for page in snapshot.pages if page.id == config.sponsors.policy), None)
        self._waiting = snapshot.waiting
        directory = Directory(snapshot, self.urls)
        self.campaign_links = {campaign.id: directory.links_of(campaign) for campaign in snapshot.campaigns}
        self.pictures = {name: asset for name, asset in assets.items() if asset.width}
        self.card_font = assets.get((CONFIG_NAME, config.images.card_font or ""))
        fonts = (card_characters, program_characters()) if card_characters is not None else (program_characters(),)
        self.lettering = Lettering(fonts)
        self._renditions: dict[tuple[str, Digest], Renditions] = {}
        self._pictures: dict[tuple[str, Digest], Picture] = {}
        self._once: dict[Hashable, tuple[Any, frozenset[str]]] = {}
        self._comparisons: dict[RecordId, Comparison] = {}
        self._changes: dict[RecordId, tuple[Change, ...]] = {}
        self._shown: set[str] = set()
        self._slotted: list[SlotDecision] = []
        self._keyed_maker = self._make_keyed  # one bound method for the drafts of all articles

    @cached_property
    def digest(self) -> Digest:
        """Digest of all that the desk knows. Pictures are in the digests of the records that name them."""
        standing = (self.topics, self.sources, self.entities)
        return digest_of(
            [
                program_digest(),
                self.config,
                self.card_font,
                self.logo,
                self.strings.digest,
                [sorted(self.urls.filled), self.urls.has_articles, sorted(self.urls.fed_topics)],
                [[record.digest for record in records.values()] for records in standing],
                self._visible,
                [(one.digest, self.campaign_links.get(one.id)) for one in self.rota.campaigns.values()],
                self._has_slots,
                self._policy and self._policy.digest,
            ]
        )

    def draft(self, path: OutputPath, kind: type[AnyView], owner: str, make: Callable[[], AnyView]) -> Draft:
        """A draft of what is made anew in each build."""
        return Draft(path, kind, owner, partial(self._make, make))

    def ready_draft(self, path: OutputPath, owner: str, view: AnyView) -> Draft:
        """A draft of a view that is made already."""
        return self.draft(path, type(view), owner, partial(_same, view))

    def keyed_draft(
        self, path: OutputPath, kind: type[AnyView], owner: str, make: Callable[..., AnyView], *ingredients: Any
    ) -> Draft:
        """A draft with a key: `make` is given the desk, the path and the ingredients, and knows nothing else."""
        key = digest_of([self.digest, *brief(ingredients)])
        return Draft(path, kind, owner, partial(self._keyed_maker, make, path, *ingredients), key)

    def _make_keyed(self, make: Callable[..., AnyView], path: OutputPath, *ingredients: Any) -> Made:
        return self._make(partial(make, self, path, *ingredients))

    def _make(self, make: Callable[[], AnyView]) -> Made:
        self._shown = set()
        self._slotted = []
        view = make()
        listed = None
        if isinstance(view, Page) and view.meta.is_indexed and view.meta.canonical:
            listed = _list_page(view, view.meta.canonical)
        feed = view.self_url if isinstance(view, Feed) and not view.current else None
        return Made(view, OutputMetadata(listed, tuple(sorted(self._shown)), feed, tuple(self._slotted)))

    def cards(self, articles: Sequence[Article]) -> tuple[Card, ...]:
        """A card for each article, in their order."""
        return tuple(map(self.card, articles))

    def card(self, article: Article) -> Card:
        """The card of an article."""
        card: Card = self.once((Card, article.id), partial(self._make_card, article))
        return card

    def once(self, name: Hashable, make: Callable[[], Any]) -> Any:
        """What is part of many views, made once for all of them, and note the pictures that it shows."""
        found = self._once.get(name)
        if found is None:
            if len(self._once) >= _MOST_REMEMBERED:
                self._once.clear()
            outer, self._shown = self._shown, set()
            found = self._once[name] = make(), frozenset(self._shown)
            self._shown = outer
        self._shown |= found[1]
        return found[0]

    def compare(self, told: StoryCoverage) -> Comparison:
        """How the sources told a story."""
        story = told.story
        if story.id not in self._comparisons:
            own = self.config.site.source
            self._comparisons[story.id] = compare_coverage(story, told.articles, self.sources, own_source=own)
        return self._comparisons[story.id]

    def changes(self, told: StoryCoverage) -> tuple[Change, ...]:
        """What changed in a story, newest first."""
        story = told.story
        if story.id not in self._changes:
            self._changes[story.id] = story_changes(told, own_source=self.config.site.source)
        return self._changes[story.id]

    def picture(self, record: Record, src: str, *, alt: str = "", credit: str = "") -> Picture:
        """A picture that a record names, and note that it goes into the site."""
        asset = self.pictures[record.file, src]
        key = (asset.name, asset.digest)
        if key not in self._pictures:
            self._pictures[key] = self._make_picture(asset)
        picture = self._pictures[key]
        self._shown.add(picture.href)
        return msgspec.structs.replace(picture, alt=alt, credit=credit)

    def renditions(self, asset: Asset) -> Renditions:
        """In which sizes and formats a picture is published."""
        key = (asset.name, asset.digest)
        if key not in self._renditions:
            self._renditions[key] = place_renditions(asset, self.config.images)
        return self._renditions[key]

    def _make_picture(self, asset: Asset) -> Picture:
        renditions = self.renditions(asset)
        path, plain = renditions.plain
        return Picture(
            href=self.urls.href(path),
            url=self.urls.absolute(path),
            width=plain.width,
            height=plain.height,
            alt="",
            srcset=self._srcset(renditions.own) if len(renditions.own) > 1 else "",
            webp=self._srcset(renditions.webp),
            colour=asset.colour,
        )

    def _srcset(self, placed: Sequence[Placed]) -> str:
        """The renditions as HTML's `srcset` takes them; no address of ours holds a comma or a space."""
        return ", ".join(f"{self.urls.href(one.path)} {one.view.width}w" for one in placed)

    def has_card(self, headline: str) -> bool:
        """Whether there is a social card with a headline: cards are on, and a font writes every letter of it."""
        return self.config.images.cards and not any(map(str.isalnum, self.lettering.lacks(headline)))

    def social_card(self, page: OutputPath, headline: str, *, alt: str = "") -> Picture | None:
        """The card that is shown where a page's link is shared; None where it has none (`has_card`)."""
        if not self.has_card(headline):
            return None
        path = self.urls.card_path(page)
        width, height = CARD_SIZE
        href, url = self.urls.href(path), self.urls.absolute(path)
        return Picture(href=href, url=url, width=width, height=height, alt=alt or headline)

    def site_card(self) -> Picture | None:
        """The card of all pages that have none of their own."""
        return self.social_card(self.urls.front_path(), self.config.site.title)

    def is_scheduled(self, record: Addressed) -> bool:
        """Whether a record is shown before its time. Its digest says so, too, and with it each key that it is in."""
        return record.digest in self._waiting

    def is_out(self, record: Addressed) -> bool:
        """Whether readers see a record: it is no draft, and its time has come."""
        return not record.draft and not self.is_scheduled(record)

    def is_indexed(self, article: Article) -> bool:
        """Whether search engines may list an article: it is out, and it, its source and its form are not kept back."""
        is_kept = article.noindex or not self.is_out(article) or self.sources[article.source].noindex
        return not is_kept and article.form not in self.config.metadata.noindex_forms

    def image(self, record: Article | Story | Sponsor) -> Picture | None:
        """The picture of a record's `image` key."""
        if record.image is None:
            return None
        return self.picture(record, record.image.src, alt=record.image.alt, credit=record.image.credit)

    def text(self, record: Record, links: Links) -> Text | None:
        """A record's main text with its links resolved; None where it is empty."""
        return self._text(record, record.body, links)

    def text_at(self, record: Record, key: str, links: Links) -> Text | None:
        """A smaller text of a record by its key path, such as `brief.takeaways.0`; None where there is none."""
        return self._text(record, record.texts[key], links) if key in record.texts else None

    def _text(self, record: Record, body: Body, links: Links) -> Text | None:
        if body.is_empty:
            return None
        pictures = {src: self.picture(record, src) for src in body.images}
        hrefs = {link: links[link] for link in body.links if link in links}
        return Text(digest=body.digest, hrefs=hrefs, pictures=pictures)

    def home_link(self) -> Link:
        """The first crumb."""
        return Link(text=self.say("home"), href=self.urls.href(self.urls.front_path()))

    def topic_link(self, topic: RecordId) -> Link:
        """A topic's title and listing."""
        return Link(text=self.topics[topic].title, href=self.urls.topic_href(topic))

    def source_link(self, source: RecordId) -> Link:
        """A source's title and listing."""
        return Link(text=self.sources[source].title, href=self.urls.source_href(source))

    def article_link(self, article: Article) -> Link:
        """An article's title and page."""
        href = self.urls.article_href(article)
        return Link(text=article.title, href=href, language=self.foreign(article.language))

    def foreign(self, language: str | None) -> str | None:
        """A language, where it is another than the site's."""
        return language if language and language.casefold() != self.config.site.language.casefold() else None

    def original_language(self, article: Article) -> str | None:
        """The language of what an article tells of, where it is another than the site's."""
        return self.foreign(article.translated_from or article.language or self.sources[article.source].language)

    def entity_link(self, entity: RecordId) -> Link:
        """An entity's title and page."""
        return Link(text=self.entities[entity].title, href=self.urls.entity_href(entity))

    def parties(self, entities: Sequence[EntityRole]) -> tuple[EntityMention, ...]:
        """The entities of a record, in its order."""
        return tuple(
            EntityMention(
                name=self.entity_link(part.entity),
                type=self.entities[part.entity].type,
                ticker=self.entities[part.entity].ticker,
                role=part.role,
            )
            for part in entities
        )

    def month_of(self, article: Article) -> tuple[int, int]:
        """The year and month of publication in the site's time zone."""
        return month_of(article, self.zone)

    def month_link(self, month: tuple[int, int]) -> Link:
        """A month's name and its place in the archive."""
        return Link(text=self.strings.month(*month, "month_title"), href=self.urls.month_href(month))

    def tag_links(self, tags: Sequence[Tag]) -> tuple[Link, ...]:
        """The tags of an article."""
        return tuple(Link(text=tag.label, href=self.urls.tag_href(tag)) for tag in tags)

    def campaign(
        self,
        path: OutputPath,
        place: Place,
        time: SlotTime,
        *,
        topics: tuple[RecordId, ...] = (),
        beside: Sequence[Article] = (),
        taken: Collection[RecordId] = (),
        since: datetime | None = None,
    ) -> Sponsor | None:
        """The campaign that a place shows: none of those that are taken, and none that is told of beside it.

        `since` is when the page came. A maker is given the time, for no key has it otherwise.
        A site that has a campaign has slots, also while none runs; in one without any nothing is decided.
        """
        if not self._has_slots:
            return None
        entities = [self.entities[part.entity] for article in beside for part in article.entities]
        away = self.rota.keep_away(place, topics, entities)
        slot = SlotDecision(path, place, None, topics, away, tuple(sorted(taken)), since)
        chosen = self.rota.decide(slot, time)
        self._slotted.append(msgspec.structs.replace(slot, chosen=chosen.id if chosen else None))
        return chosen

    def slot(
        self,
        path: OutputPath,
        place: Place,
        time: SlotTime,
        *,
        topics: tuple[RecordId, ...] = (),
        article: Article | None = None,
    ) -> Slot | None:
        """The sponsored slot of a page; None where no campaign may stand there."""
        beside, since = ([article], article.published) if article else ([], None)
        campaign = self.campaign(path, place, time, topics=topics, beside=beside, since=since)
        if campaign is None:
            return None
        return Slot(
            label=self.label(campaign),
            sponsor=campaign.sponsor,
            homepage=campaign.homepage,
            policy=self.policy_link(),
            tagline=campaign.tagline,
            proof=campaign.proof,
            headline=campaign.headline,
            creative=campaign.creative.rstrip("\n"),
            note=campaign.note,
            text=self.text(campaign, self.campaign_links[campaign.id]),
            actions=tuple(Link(text=action.text, href=action.url) for action in campaign.actions),
            image=self.image(campaign),
        )

    def label(self, campaign: Sponsor) -> str:
        """What a sponsored message is, and who pays for it; its own words where it has some."""
        return campaign.label or self.say("paid_for", label=self.say("sponsored"), sponsor=campaign.sponsor)

    def policy_link(self) -> Link | None:
        """The page that says how the site deals with sponsors; None where it names none."""
        return self.page_link(self._policy) if self._policy else None

    def page_link(self, page: PageRecord) -> Link:
        """The link to a plain page."""
        href = self.urls.href(self.urls.page_path(page))
        return Link(text=page.title, href=href, language=self.foreign(page.language))

    def _make_card(self, article: Article) -> Card:
        return Card(
            headline=article.title,
            href=self.urls.article_href(article),
            standfirst=standfirst(article),
            source=self.source_link(article.source),
            topic=self.topic_link(article.topic),
            published=article.published,
            badge=article.badge,
            image=self.image(article),
            is_draft=article.draft,
            is_scheduled=self.is_scheduled(article),
            language=self.foreign(article.language),
        )


def standfirst(article: Article) -> str:
    """The article's `summary`; else its first paragraph, cut at a sentence, at most 280 characters."""
    if article.summary:
        return " ".join(article.summary.split())
    return shorten(article.body.lead)


def author_links(article: Article) -> tuple[Link, ...]:
    """Who wrote an article, and where pages about them are."""
    return tuple(Link(text=author.name, href=author.url) for author in article.authors)


def shorten(text: str) -> str:
    """Cut a text to 280 characters: after the last sentence that fits, else after the last word."""
    if len(text) <= _MAX_STANDFIRST:
        return text
    end = max(text.rfind(mark, 0, _MAX_STANDFIRST - 1 + len(mark)) for mark in _SENTENCE_ENDS)
    if end >= _LEAST_STANDFIRST:
        return text[: end + 1]
    kept = text[: _MAX_STANDFIRST - 1]
    end = kept.rfind(" ")
    return kept[: end if end >= _LEAST_STANDFIRST else None].rstrip(" ,;:–—-、，؛،") + "…"


def _same(view: AnyView) -> AnyView:
    return view


def corrected_at(article: Article) -> datetime:
    """When an article was published or last corrected; other revisions and `updated` are not significant."""
    return max((article.published, *(change.at for change in article.revisions if change.significant)))


def changed_at(article: Article) -> datetime:
    """When an article changed last in what matters: its publication, its update or a correction."""
    return max(corrected_at(article), article.updated or article.published)


def _list_page(page: Page, url: str) -> SitemapUrl:
    """A page's line in the sitemap."""
    image = page.image.url if isinstance(page, ArticlePage | StoryPage) and page.image else None
    return SitemapUrl(url=url, updated=page.meta.updated or page.meta.published, image=image)


def brief(ingredients: Sequence[Any]) -> list[Any]:
    """What stands for ingredients in a key: the digests of records, all other values themselves."""
    return [write(one) if (write := _BRIEFS.get(type(one))) else one for one in ingredients]


_BRIEFS: dict[type, Callable[[Any], Any]] = {
    **dict.fromkeys(KINDS.values(), attrgetter("digest")),
    StoryCoverage: lambda told: [told.story.digest, *[article.digest for article in told.articles]],
    Digested: attrgetter("digest"),
    Change: lambda change: brief(msgspec.structs.astuple(change)),
    tuple: brief,
}
