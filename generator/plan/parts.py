"""The parts that views of many kinds share: cards, links, pictures, texts."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import Literal, TypeVar

import msgspec

from generator.names import RecordId
from generator.outputs.pages import ChangeLine
from generator.outputs.parts import Card, Change, EntityMention, Link, Picture, Text
from generator.outputs.view import Part
from generator.plan.context import PlanContext
from generator.plan.files.renditions import PlacedRendition, Renditions, place_renditions
from generator.plan.urls import Links
from generator.records import Article, Asset, Body, EntityRole, Page, Record, Sponsor, Story
from generator.site import DatedChange, Tag, titles_of

Mirror = TypeVar("Mirror", bound=Part)

_MAX_STANDFIRST = 280  # characters
_LEAST_STANDFIRST = 80  # a shorter "sentence" most likely ends with an abbreviation
_SENTENCE_ENDS = (". ", "! ", "? ", "… ", "؟ ", "۔ ", "। ", "။", "។", "。", "！", "？")


def cards_of(context: PlanContext, articles: Sequence[Article]) -> tuple[Card, ...]:
    """A card for each article, in their order."""
    return tuple(card_of(context, article) for article in articles)


def card_of(context: PlanContext, article: Article) -> Card:
    """The card of an article."""
    return context.once((Card, article.id), partial(_make_card, context, article))


def _make_card(context: PlanContext, article: Article) -> Card:
    return Card(
        headline=article.title,
        href=context.urls.article_href(article),
        standfirst=standfirst(article),
        source=record_link(context, "sources", article.source),
        topic=record_link(context, "topics", article.topic),
        colour=context.standing.topics[article.topic].colour,
        published=article.published,
        corrected=last_correction(article),
        badge=article.badge,
        image=image_of(context, article),
        is_draft=article.draft,
        is_scheduled=context.is_scheduled(article),
        language=context.foreign(article.language),
    )


def picture_of(context: PlanContext, record: Record, src: str, *, alt: str = "", credit: str = "") -> Picture:
    """A picture that a record names."""
    asset = context.pictures[record.file, src]
    picture = context.once((Picture, asset.name, asset.digest), partial(_make_picture, context, asset))
    return msgspec.structs.replace(picture, alt=alt, credit=credit)


def renditions_of(context: PlanContext, asset: Asset) -> Renditions:
    """In which sizes and formats a picture is published."""
    make = partial(place_renditions, asset, context.config.images)
    return context.once((Renditions, asset.name, asset.digest), make)


def _make_picture(context: PlanContext, asset: Asset) -> Picture:
    renditions = renditions_of(context, asset)
    path, plain = renditions.plain
    return Picture(
        href=context.urls.href(path),
        url=context.urls.absolute(path),
        width=plain.width,
        height=plain.height,
        alt="",
        srcset=_srcset(context, renditions.own) if len(renditions.own) > 1 else "",
        webp=_srcset(context, renditions.webp),
        colour=asset.colour,
    )


def _srcset(context: PlanContext, placed: Sequence[PlacedRendition]) -> str:
    """The renditions as HTML's `srcset`; our addresses have no commas or spaces."""
    return ", ".join(f"{context.urls.href(one.path)} {one.view.width}w" for one in placed)


def image_of(context: PlanContext, record: Article | Story | Sponsor) -> Picture | None:
    """The picture of a record's `image` key."""
    if record.image is None:
        return None
    return picture_of(context, record, record.image.src, alt=record.image.alt, credit=record.image.credit)


def text_of(context: PlanContext, record: Record, links: Links) -> Text | None:
    """A record's main text with its links resolved; None if it is empty."""
    return _make_text(context, record, record.body, links)


def text_at(context: PlanContext, record: Record, key: str, links: Links) -> Text | None:
    """A smaller text of a record by its key path, such as `brief.takeaways.0`; None if there is none."""
    return _make_text(context, record, record.texts[key], links) if key in record.texts else None


def _make_text(context: PlanContext, record: Record, body: Body, links: Links) -> Text | None:
    if body.is_empty:
        return None
    pictures = {src: picture_of(context, record, src) for src in body.images}
    hrefs = {link: links[link] for link in (*body.links, *body.files) if link in links}
    return Text(digest=body.digest, hrefs=hrefs, pictures=pictures)


def home_link(context: PlanContext) -> Link:
    """The first crumb."""
    return Link(text=context.say("home"), href=context.urls.href(context.urls.front_path()))


def index_link(context: PlanContext, family: str) -> Link:
    """The heading of a family, and its index."""
    return Link(text=context.say(family), href=context.urls.index_href(family))


def record_link(context: PlanContext, family: Literal["topics", "sources", "entities"], record_id: RecordId) -> Link:
    """The title and listing of a topic, source or entity."""
    title = getattr(context.standing, family)[record_id].title
    return Link(text=title, href=context.urls.listing_href(family, record_id))


def source_links(context: PlanContext, sources: Sequence[RecordId]) -> tuple[Link, ...]:
    """The titles and listings of sources."""
    return tuple(record_link(context, "sources", source) for source in sources)


def article_link(context: PlanContext, article: Article) -> Link:
    """An article's title and page."""
    href = context.urls.article_href(article)
    return Link(text=article.title, href=href, language=context.foreign(article.language))


def story_link(context: PlanContext, story: Story) -> Link:
    """A story's title and page."""
    return Link(text=story.title, href=context.urls.story_href(story))


def page_link(context: PlanContext, page: Page) -> Link:
    """A plain page's title and address."""
    href = context.urls.href(context.urls.record_path(page))
    return Link(text=page.title, href=href, language=context.foreign(page.language))


def month_link(context: PlanContext, month: tuple[int, int], *, is_linked: bool = True) -> Link:
    """A month's name and, if something is there, its place in the archive."""
    href = context.urls.listing_href("archive", f"{month[0]:04}", f"{month[1]:02}") if is_linked else None
    return Link(text=context.strings.month(*month, "month_title"), href=href)


def tag_links(context: PlanContext, tags: Sequence[Tag]) -> tuple[Link, ...]:
    """The tags of an article."""
    return tuple(Link(text=tag.label, href=context.urls.listing_href("tags", tag.slug)) for tag in tags)


def mirror(part: msgspec.Struct, kind: type[Mirror]) -> Mirror:
    """A part of a view with the values of the same fields of another part, or of a part of a record."""
    return msgspec.convert(part, kind, from_attributes=True)


def author_links(article: Article) -> tuple[Link, ...]:
    """The authors of an article, with links to pages about them."""
    return tuple(Link(text=author.name, href=author.url) for author in article.authors)


def mentions_of(context: PlanContext, entities: Sequence[EntityRole]) -> tuple[EntityMention, ...]:
    """The entities of a record, in its order."""
    return tuple(
        EntityMention(
            name=record_link(context, "entities", part.entity),
            type=context.standing.entities[part.entity].type,
            ticker=context.standing.entities[part.entity].ticker,
            role=part.role,
        )
        for part in entities
    )


def original_language(context: PlanContext, article: Article) -> str | None:
    """The language of the report that an article is about, if it is not the site's."""
    source = context.standing.sources[article.source]
    return context.foreign(article.translated_from or article.language or source.language)


def change_line(context: PlanContext, change: DatedChange) -> ChangeLine:
    """A change in a list."""
    article, story = change.article, change.story if change.kind == "correction" else None
    return ChangeLine(
        anchor=change.anchor,
        at=change.at,
        kind=change.kind,
        text=change.text,
        sources=source_links(context, change.sources),
        article=article_link(context, article) if article else None,
        story=story_link(context, story) if story else None,
        old_title=change.old_title,
        new_title=change.new_title,
    )


def revisions_of(record: Article | Story) -> tuple[Change, ...]:
    """The revisions of a record, newest first."""
    return tuple(
        Change(at=one.at, note=one.note, is_significant=one.significant, old_title=one.old_title, new_title=title)
        for one, title in titles_of(record)
    )


def corrections_href(context: PlanContext, record: Article | Story) -> str | None:
    """The link from a record that was corrected to the corrections of the whole site."""
    return context.urls.index_href("corrections") if last_correction(record) else None


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
    kept = text[: _MAX_STANDFIRST - 1]
    end = kept.rfind(" ")
    return kept[: end if end >= _LEAST_STANDFIRST else None].rstrip(" ,;:–—-、，؛،") + "…"


def last_correction(record: Article | Story) -> datetime | None:
    """When an article or story was last corrected; None if it never was."""
    return max((change.at for change in record.revisions if change.significant), default=None)


def corrected_at(article: Article) -> datetime:
    """When an article was published or last corrected; other revisions and `updated` are not significant."""
    return max(article.published, last_correction(article) or article.published)


def changed_at(article: Article) -> datetime:
    """When an article changed last in what matters: its publication, its update or a correction."""
    return max(corrected_at(article), article.updated or article.published)
