"""The metadata of pages: titles, canonical addresses, Open Graph, feeds; JSON-LD is in `structured`."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from generator.media import FEED_TYPES
from generator.names import OutputPath
from generator.outputs.parts import Card, Entry, FeedLink, Link, Meta, StoryCard
from generator.plan.collections import Collection
from generator.plan.context import PlanContext
from generator.plan.files.social import site_card, social_card
from generator.plan.parts import author_links, changed_at, home_link, image_of, shorten, standfirst
from generator.plan.routes import ROUTES
from generator.plan.structured import ListLine, News, describe_article, describe_page
from generator.records import Article

_TIMES: dict[type[ListLine], str] = {Card: "published", Entry: "newest_at", StoryCard: "latest"}
"""The field of each kind of line with the time of its last change."""


class Head(NamedTuple):
    """What the metadata of a page is made of.

    `title` is its heading; the site's title on the front page.
    `description` is one or two sentences; the site's own if it is empty.
    `crumbs` lead to the page, and `cards` are what it lists.
    `feeds` show the same; `is_indexed` says whether search engines may list it.
    """

    title: str
    description: str
    crumbs: Sequence[Link] = ()
    cards: Sequence[ListLine] = ()
    feeds: tuple[FeedLink, ...] = ()
    is_indexed: bool = True


def page_meta(context: PlanContext, path: OutputPath, head: Head) -> Meta:
    """The metadata of a page that is not an article: it changed last with the newest that it lists."""
    is_front = path == context.urls.front_path()
    site = context.config.site
    description = _describe(context, head.description)
    return Meta(
        title=head.title if is_front else context.say("page_title", page=head.title, site=site.title),
        description=description,
        canonical=context.urls.absolute(path),
        image=site_card(context) if head.is_indexed else None,
        updated=max(filter(None, (getattr(card, _TIMES[type(card)]) for card in head.cards)), default=None),
        feeds=head.feeds,
        is_indexed=head.is_indexed,
        structured=describe_page(context, path, head.title, description, head.crumbs, head.cards),
    )


def frame_of(context: PlanContext, path: OutputPath, heading: str, description: str, **head: Any) -> dict[str, Any]:
    """What a page right below the front page begins with: metadata, crumbs and heading; `head` are fields of Head."""
    crumbs = (home_link(context), Link(text=heading))
    meta = page_meta(context, path, Head(heading, description, crumbs, **head))
    return {"meta": meta, "crumbs": crumbs, "heading": heading}


def article_meta(context: PlanContext, path: OutputPath, news: News) -> Meta:
    """The metadata of an article."""
    article, image = news.article, image_of(context, news.article)
    source, topic = context.standing.sources[article.source], context.standing.topics[article.topic]
    is_indexed = context.is_indexed(article)
    card = social_card(context, path, article.title, alt=f"{source.title}: {article.title}") if is_indexed else None
    description = _describe(context, standfirst(article) or article.title)
    changed = changed_at(article)
    has_markdown = is_indexed and context.config.outputs.markdown
    return Meta(
        title=context.say("page_title", page=article.title, site=context.config.site.title),
        description=description,
        canonical=context.urls.absolute(path),
        kind="article",
        image=card or image or (site_card(context) if is_indexed else None),
        published=article.published,
        updated=changed if changed > article.published else None,
        section=topic.title,
        language=context.foreign(article.language),
        authors=author_links(article),
        feeds=topic_feeds(context, article),
        is_indexed=is_indexed,
        structured=describe_article(context, path, news, description, image or card),
        markdown=context.urls.href(context.urls.markdown_path(article)) if has_markdown else None,
    )


def _describe(context: PlanContext, text: str) -> str:
    """A description that is never empty: the text, else the site's own."""
    site = context.config.site
    return shorten(next(filter(str.strip, (text, site.description, site.tagline)), site.title))


def feeds_of(context: PlanContext, collection: Collection) -> tuple[FeedLink, ...]:
    """The feeds that show what a collection holds; those of the site for all articles."""
    if collection.family.name in ("site", "latest"):
        return site_feeds(context)
    return _feed_links(context, collection.path, feed_title(context, collection.title)) if collection.has_feed else ()


def numbered_title(context: PlanContext, part: Collection, number: int) -> tuple[str, str | None, tuple[Link, ...]]:
    """The title of a numbered page, the link to its listing, and its last crumbs; 0 is the listing itself."""
    if not number:
        return part.title, None, (Link(text=part.title),)
    newest, crumb = context.urls.href(part.path), Link(text=context.say("page_crumb", number=number))
    title = context.say("heading_page", heading=part.title, number=number)
    return title, newest, (Link(text=part.title, href=newest), crumb)


def rss_of(feeds: Sequence[FeedLink]) -> str | None:
    """The link to the RSS feed among those that a page announces."""
    return next((feed.href for feed in feeds if feed.type == FEED_TYPES["rss"]), None)


def feed_title(context: PlanContext, name: str) -> str:
    """The title of the feed of a topic, source and so on."""
    return context.say("feed_title", site=context.config.site.title, name=name)


def _feed_links(context: PlanContext, listing: OutputPath, title: str) -> tuple[FeedLink, ...]:
    return tuple(
        FeedLink(title=title, type=FEED_TYPES[form], href=context.urls.href(context.urls.feed_path(listing, form)))
        for form in context.config.feed_formats
    )


def site_feeds(context: PlanContext) -> tuple[FeedLink, ...]:
    """The site's feeds; empty if there is nothing to read."""
    front, title = context.urls.front_path(), context.config.site.title
    return _feed_links(context, front, title) if context.urls.has_articles else ()


def topic_feeds(context: PlanContext, article: Article) -> tuple[FeedLink, ...]:
    """The feeds of an article's topic; those of the site if it has none."""
    if not context.urls.has_topic_feed(article.topic):
        return site_feeds(context)
    title = feed_title(context, context.standing.topics[article.topic].title)
    return _feed_links(context, ROUTES["topics"].path(article.topic), title)
