"""What the planners of one build share: the edition, the config, the urls, and small parts of views."""

import functools
from collections.abc import Sequence
from datetime import datetime

from generator.config import Config
from generator.names import MONTHS, OutputPath, RecordId, slugify
from generator.outputs.views import Card, Link, Party, Picture, Slot, Text
from generator.plan.urls import Urls
from generator.records import Article, Asset, Body, EntityRole, Record, Story
from generator.records.sponsor import Place, Sponsor
from generator.site import Comparison, Edition, Site, choose_campaign, compare_coverage, month_of

_MAX_STANDFIRST = 280  # characters
_LEAST_STANDFIRST = 80  # a shorter "sentence" most likely ends with an abbreviation
_SENTENCE_ENDS = (". ", "! ", "? ", "… ", "。")


class Desk:
    """Makes cards, pictures, texts and slots for all planners; each thing once."""

    def __init__(
        self, site: Site, edition: Edition, assets: dict[tuple[str, str], Asset], config: Config, urls: Urls
    ) -> None:
        """Take what the build knows. `assets` are pictures by the record's file and the `src` it wrote."""
        self.site = site
        self.edition = edition
        self.config = config
        self.urls = urls
        self.zone = config.zone
        self._assets = assets
        self.pictures: dict[OutputPath, Asset] = {}
        self._tags = {tag.slug: tag for tag in edition.tags}
        self.card = functools.cache(self._make_card)
        self.comparison = functools.cache(self._compare)

    def cards(self, articles: Sequence[Article]) -> tuple[Card, ...]:
        """A card for each article, in their order."""
        return tuple(self.card(article.id) for article in articles)

    def picture(self, record: Record, src: str, *, alt: str = "", credit: str = "") -> Picture:
        """A picture that a record names, and note that it goes into the site."""
        asset = self._assets[record.file, src]
        path = self.urls.media_path(asset)
        self.pictures[path] = asset
        return Picture(
            href=self.urls.href(path),
            url=self.urls.absolute(path),
            width=asset.width,
            height=asset.height,
            alt=alt,
            credit=credit,
        )

    def image(self, record: Article | Story | Sponsor) -> Picture | None:
        """The picture of a record's `image` key."""
        if record.image is None:
            return None
        return self.picture(record, record.image.src, alt=record.image.alt, credit=record.image.credit)

    def text(self, record: Record) -> Text | None:
        """A record's main text with its links resolved; None where it is empty."""
        return self._text(record, record.body)

    def text_at(self, record: Record, key: str) -> Text | None:
        """A smaller text of a record by its key path, such as `brief.takeaways.0`; None where there is none."""
        return self._text(record, record.texts[key]) if key in record.texts else None

    def _text(self, record: Record, body: Body) -> Text | None:
        if body.is_empty:
            return None
        pictures = {src: self.picture(record, src) for src in body.images}
        return Text(digest=body.digest, hrefs=self.urls.resolve(body), pictures=pictures)

    def home_link(self) -> Link:
        """The first crumb."""
        return Link(text="Home", href=self.urls.href(self.urls.front_path()))

    def topic_link(self, topic: RecordId) -> Link:
        """A topic's title and listing."""
        return Link(text=self.site.topics[topic].title, href=self.urls.topic_href(topic))

    def source_link(self, source: RecordId) -> Link:
        """A source's title and listing."""
        return Link(text=self.site.sources[source].title, href=self.urls.source_href(source))

    def entity_link(self, entity: RecordId) -> Link:
        """An entity's title and page."""
        return Link(text=self.site.entities[entity].title, href=self.urls.entity_href(entity))

    def parties(self, entities: Sequence[EntityRole]) -> tuple[Party, ...]:
        """The entities of a record, in its order."""
        return tuple(
            Party(
                name=self.entity_link(part.entity),
                type=self.site.entities[part.entity].type,
                ticker=self.site.entities[part.entity].ticker,
                role=part.role,
            )
            for part in entities
        )

    def month_of(self, article: Article) -> tuple[int, int]:
        """The year and month of publication in the site's time zone."""
        return month_of(article, self.zone)

    def month_link(self, month: tuple[int, int]) -> Link:
        """A month's name and its place in the archive."""
        return Link(text=f"{MONTHS[month[1] - 1]} {month[0]}", href=self.urls.month_href(month))

    def tag_links(self, article: Article) -> tuple[Link, ...]:
        """The tags of an article, each once, in its order."""
        slugs = dict.fromkeys(slugify(tag) for tag in article.tags)
        return tuple(Link(text=self._tags[slug].label, href=self.urls.tag_href(self._tags[slug])) for slug in slugs)

    def updated(self, article: Article) -> datetime | None:
        """When an article was updated, as far as the edition knows."""
        return article.updated if article.updated and article.updated <= self.edition.now else None

    def badge(self, article: Article) -> str | None:
        """The badge that an article wears at the edition's moment."""
        until: datetime | None = article.badge_until
        return article.badge if until is None or self.edition.now < until else None

    def slot(
        self, path: OutputPath, place: Place, *, topics: Sequence[RecordId] = (), article: Article | None = None
    ) -> Slot | None:
        """The sponsored slot of a page; None where no campaign may stand there."""
        entities = [self.site.entities[part.entity] for part in article.entities] if article else []
        campaign = choose_campaign(self.edition.campaigns, path, place, topics=topics, entities=entities)
        if campaign is None:
            return None
        return Slot(
            label=campaign.label,
            sponsor=campaign.sponsor,
            homepage=campaign.homepage,
            tagline=campaign.tagline,
            proof=campaign.proof,
            headline=campaign.headline,
            creative=campaign.creative.rstrip("\n"),
            note=campaign.note,
            text=self.text(campaign),
            actions=tuple(Link(text=action.text, href=action.url) for action in campaign.actions),
            image=self.image(campaign),
        )

    def _compare(self, story: RecordId) -> Comparison:
        articles = self.edition.articles_by_story.get(story, ())
        return compare_coverage(
            self.edition.story_by_id[story], articles, self.site.sources, own_source=self.config.site.source
        )

    def _make_card(self, article_id: RecordId) -> Card:
        article = self.edition.article_by_id[article_id]
        return Card(
            headline=article.title,
            href=self.urls.article_href(article),
            standfirst=standfirst(article),
            source=self.source_link(article.source),
            topic=self.topic_link(article.topic),
            published=article.published,
            badge=self.badge(article),
            image=self.image(article),
            is_draft=article.draft,
        )


def standfirst(article: Article) -> str:
    """The article's `summary`; else its first paragraph, cut at a sentence, at most 280 characters."""
    if article.summary:
        return " ".join(article.summary.split())
    return shorten(article.body.lead)


def shorten(text: str) -> str:
    """Cut a text to 280 characters: after the last sentence that fits, else after the last word."""
    if len(text) <= _MAX_STANDFIRST:
        return text
    end = max(text.rfind(mark, 0, _MAX_STANDFIRST - 1 + len(mark)) for mark in _SENTENCE_ENDS)
    if end >= _LEAST_STANDFIRST:
        return text[: end + 1]
    return text[: _MAX_STANDFIRST - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"
