"""What pages tell machines: titles, canonical addresses, Open Graph, JSON-LD."""

from collections.abc import Sequence
from typing import Any

import msgspec

from generator.names import OutputPath
from generator.outputs.views import FEED_TYPES, Card, FeedLink, Link, Meta
from generator.plan.desk import Desk, shorten, standfirst
from generator.records import Article
from generator.site import Tag


def page_meta(
    desk: Desk,
    path: OutputPath,
    title: str,
    description: str,
    *,
    crumbs: Sequence[Link] = (),
    cards: Sequence[Card] = (),
    feeds: tuple[FeedLink, ...] = (),
    is_indexed: bool = True,
) -> Meta:
    """The metadata of a page that is no article.

    Args:
        desk: The build's desk.
        path: The page's path.
        title: Its heading; the site's title on the front page.
        description: One or two sentences; the site's own where it is empty.
        crumbs: What leads to it; JSON-LD `BreadcrumbList`.
        cards: What it lists; JSON-LD `ItemList`.
        feeds: The feeds that show the same.
        is_indexed: Whether search engines may list it.
    """
    site = desk.config.site
    url = desk.urls.absolute(path)
    is_front = path == desk.urls.front_path()
    graph: list[dict[str, Any]] = []
    if is_front:
        graph.append(
            {"@type": "WebSite", "url": url, "name": site.title, "inLanguage": site.language}
            | ({"description": site.description} if site.description else {})
        )
    if crumbs:
        graph.append(_breadcrumbs(desk, crumbs, url))
    if cards:
        items = [
            {"@type": "ListItem", "position": place, "url": desk.urls.site.full(card.href)}
            for place, card in enumerate(cards, 1)
        ]
        graph.append({"@type": "ItemList", "itemListElement": items})
    return Meta(
        title=title if is_front else desk.say("page_title", page=title, site=site.title),
        description=shorten(description or site.description),
        canonical=url,
        feeds=feeds,
        is_indexed=is_indexed,
        structured=_encode(graph) if graph else "",
    )


def article_meta(desk: Desk, path: OutputPath, article: Article, tags: Sequence[Tag], crumbs: Sequence[Link]) -> Meta:
    """The metadata of an article: JSON-LD `NewsArticle` with `isBasedOn` the original."""
    site = desk.config.site
    url = desk.urls.absolute(path)
    source = desk.sources[article.source]
    topic = desk.topics[article.topic]
    image = desk.image(article)
    is_indexed = not article.noindex and not article.draft
    publisher = {"@type": "Organization", "name": site.title, "url": desk.urls.absolute(desk.urls.front_path())}
    author: dict[str, Any] = {"@type": "Organization", "name": source.title}
    if article.author:
        author = {"@type": "Person", "name": article.author}
    elif source.homepage:
        author["url"] = source.homepage
    updated = article.updated or article.published
    news: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title,
        "description": shorten(standfirst(article)),
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": article.published,
        "dateModified": updated,
        "inLanguage": article.language or site.language,
        "articleSection": topic.title,
        "author": author,
        "publisher": publisher,
    }
    if tags:
        news["keywords"] = [tag.label for tag in tags]
    if article.source_url:
        news["isBasedOn"] = article.source_url
    if image:
        news["image"] = {"@type": "ImageObject", "url": image.url, "width": image.width, "height": image.height}
    return Meta(
        title=desk.say("page_title", page=article.title, site=site.title),
        description=shorten(standfirst(article)),
        canonical=url,
        kind="article",
        image=(is_indexed and desk.social_card(path, f"{source.title}: {article.title}")) or image,
        published=article.published,
        updated=article.updated,
        section=topic.title,
        feeds=topic_feeds(desk, article),
        is_indexed=is_indexed,
        structured=_encode([news, _breadcrumbs(desk, crumbs, url)]),
    )


def part_feeds(desk: Desk, kind: str, listing: OutputPath, name: str, count: int) -> tuple[FeedLink, ...]:
    """The feeds of a topic, story and so on with so many articles or changes; `kind` is its family."""
    return _feed_links(desk, listing, feed_title(desk, name)) if desk.urls.has_feed(kind, count) else ()


def rss_of(feeds: Sequence[FeedLink]) -> str | None:
    """The link to the RSS feed among those that a page announces."""
    return next((feed.href for feed in feeds if feed.type == FEED_TYPES["rss"]), None)


def feed_title(desk: Desk, name: str) -> str:
    """The title of the feed of a topic, source and so on."""
    return desk.say("feed_title", site=desk.config.site.title, name=name)


def _feed_links(desk: Desk, listing: OutputPath, title: str) -> tuple[FeedLink, ...]:
    return tuple(
        FeedLink(title=title, type=FEED_TYPES[form], href=desk.urls.href(desk.urls.feed_path(listing, form)))
        for form in desk.config.feed_formats
    )


def site_feeds(desk: Desk) -> tuple[FeedLink, ...]:
    """The site's feeds; empty where there is nothing to read."""
    return _feed_links(desk, desk.urls.front_path(), desk.config.site.title) if desk.urls.has_articles else ()


def topic_feeds(desk: Desk, article: Article) -> tuple[FeedLink, ...]:
    """The feeds of an article's topic; those of the site where it has none."""
    if article.topic not in desk.urls.fed_topics:
        return site_feeds(desk)
    return _feed_links(desk, desk.urls.topic_path(article.topic), feed_title(desk, desk.topics[article.topic].title))


def _breadcrumbs(desk: Desk, crumbs: Sequence[Link], url: str) -> dict[str, Any]:
    items = []
    for place, crumb in enumerate(crumbs, 1):
        item = {"@type": "ListItem", "position": place, "name": crumb.text}
        is_last = place == len(crumbs)
        if crumb.href or is_last:
            item["item"] = url if is_last or not crumb.href else desk.urls.site.full(crumb.href)
        items.append(item)
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _encode(graph: list[dict[str, Any]]) -> str:
    return msgspec.json.encode({"@context": "https://schema.org", "@graph": graph}).decode()
