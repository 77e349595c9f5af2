"""What pages tell machines: titles, canonical addresses, Open Graph, JSON-LD."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from generator.media import FEED_TYPES
from generator.names import OutputPath, RecordId
from generator.outputs.views import Card, Entry, FeedLink, Link, Meta, StoryCard
from generator.plan.desk import Desk, author_links, changed_at, shorten, standfirst
from generator.records import Article
from generator.site import StoryCoverage, Tag

Listed = Card | Entry | StoryCard
"""What a page may list."""


def page_meta(
    desk: Desk,
    path: OutputPath,
    title: str,
    description: str,
    *,
    crumbs: Sequence[Link] = (),
    cards: Sequence[Listed] = (),
    feeds: tuple[FeedLink, ...] = (),
    is_indexed: bool = True,
) -> Meta:
    """The metadata of a page that is no article: it changed last with the newest that it lists.

    Args:
        desk: The build's desk.
        path: The page's path.
        title: Its heading; the site's title on the front page.
        description: One or two sentences; the site's own where it is empty.
        crumbs: What leads to it; JSON-LD `BreadcrumbList`.
        cards: What it lists; JSON-LD `CollectionPage` with an `ItemList`.
        feeds: The feeds that show the same.
        is_indexed: Whether search engines may list it.
    """
    site = desk.config.site
    url = desk.urls.absolute(path)
    is_front = path == desk.urls.front_path()
    said = _describe(desk, description)
    graph: list[dict[str, Any]] = []
    if is_front:
        graph += [_web_site(desk, url), _publisher(desk)]
        if cards:
            graph.append(_item_list(desk, cards))
    elif cards:
        told = {"@type": "CollectionPage", "url": url, "name": title, "description": said, "inLanguage": site.language}
        graph.append(told | {"isPartOf": {"@id": _site_id(desk)}, "mainEntity": _item_list(desk, cards)})
    if crumbs:
        graph.append(_breadcrumbs(desk, crumbs, url))
    return Meta(
        title=title if is_front else desk.say("page_title", page=title, site=site.title),
        description=said,
        canonical=url,
        image=desk.site_card() if is_indexed else None,
        updated=max(filter(None, map(_time_of, cards)), default=None),
        feeds=feeds,
        is_indexed=is_indexed,
        structured=_encode(graph) if graph else "",
    )


def article_meta(
    desk: Desk,
    path: OutputPath,
    article: Article,
    tags: Sequence[Tag],
    crumbs: Sequence[Link],
    told: StoryCoverage | None = None,
) -> Meta:
    """The metadata of an article: JSON-LD `NewsArticle` with `isBasedOn` the original."""
    site = desk.config.site
    url = desk.urls.absolute(path)
    source = desk.sources[article.source]
    topic = desk.topics[article.topic]
    image = desk.image(article)
    is_indexed = desk.is_indexed(article)
    card = desk.social_card(path, article.title, alt=f"{source.title}: {article.title}") if is_indexed else None
    description = _describe(desk, standfirst(article) or article.title)
    changed = changed_at(article)
    news: dict[str, Any] = {
        "@type": "NewsArticle",
        "headline": article.title,
        "description": description,
        "url": url,
        "mainEntityOfPage": url,
        "datePublished": article.published,
        "dateModified": changed,
        "inLanguage": article.language or site.language,
        "articleSection": topic.title,
        "author": _authors(article) or _organization(desk, article.source),
        "publisher": _publisher(desk),
    }
    if article.authors:
        news["sourceOrganization"] = _organization(desk, article.source)
    if tags:
        news["keywords"] = [tag.label for tag in tags]
    if article.source_url:
        news["isBasedOn"] = article.source_url
    if cited := _citations(desk, article, told):
        news["citation"] = cited
    if shown := image or card:
        news["image"] = [{"@type": "ImageObject", "url": shown.url, "width": shown.width, "height": shown.height}]
    corrections = sorted((one.at, one.note) for one in article.revisions if one.significant)
    if corrections:
        news["correction"] = [
            {"@type": "CorrectionComment", "text": note, "datePublished": at} for at, note in corrections
        ]
    has_markdown = is_indexed and desk.config.outputs.markdown
    return Meta(
        title=desk.say("page_title", page=article.title, site=site.title),
        description=description,
        canonical=url,
        kind="article",
        image=card or image or (desk.site_card() if is_indexed else None),
        published=article.published,
        updated=changed if changed > article.published else None,
        section=topic.title,
        language=desk.foreign(article.language),
        authors=author_links(article),
        feeds=topic_feeds(desk, article),
        is_indexed=is_indexed,
        structured=_encode([news, _breadcrumbs(desk, crumbs, url)]),
        markdown=desk.urls.href(desk.urls.markdown_path(article)) if has_markdown else None,
    )


def _describe(desk: Desk, text: str) -> str:
    """A description, which is never empty: that of the site where there is no other."""
    site = desk.config.site
    return shorten(next(filter(str.strip, (text, site.description, site.tagline)), site.title))


def _time_of(listed: Listed) -> datetime | None:
    match listed:
        case Card():
            return listed.published
        case Entry():
            return listed.newest_at
        case StoryCard():
            return listed.latest


def _item_list(desk: Desk, cards: Sequence[Listed]) -> dict[str, Any]:
    hrefs = (card.href for card in cards if card.href)
    items = [
        {"@type": "ListItem", "position": place, "url": desk.urls.site.full(href)}
        for place, href in enumerate(hrefs, 1)
    ]
    return {"@type": "ItemList", "itemListElement": items}


def _site_id(desk: Desk) -> str:
    """What JSON-LD of all pages calls the site."""
    return desk.urls.absolute(desk.urls.front_path()) + "#site"


def _web_site(desk: Desk, url: str) -> dict[str, Any]:
    site = desk.config.site
    told = {"@type": "WebSite", "@id": _site_id(desk), "url": url, "name": site.title, "inLanguage": site.language}
    if site.description:
        told["description"] = site.description
    return told | {"publisher": {"@id": _publisher_id(desk)}}


def _publisher_id(desk: Desk) -> str:
    return desk.urls.absolute(desk.urls.front_path()) + "#publisher"


def _publisher(desk: Desk) -> dict[str, Any]:
    """Who publishes the site."""
    home = desk.urls.absolute(desk.urls.front_path())
    told = {"@type": "Organization", "@id": _publisher_id(desk), "name": desk.config.site.title, "url": home}
    return told | ({"logo": desk.urls.site.full(desk.logo)} if desk.logo else {})


def _organization(desk: Desk, source: RecordId) -> dict[str, Any]:
    """A source: its own site, else its page here."""
    record, own = desk.sources[source], desk.config.site.source
    told = {"@type": "Organization", "name": record.title}
    href = desk.urls.href(desk.urls.front_path()) if source == own else desk.urls.source_href(source)
    url = record.homepage or (href and desk.urls.site.full(href))
    return told | ({"url": url} if url else {})


def _authors(article: Article) -> list[dict[str, Any]] | dict[str, Any]:
    """Those in the byline, of whom nothing is known but what the record says; one of them stands alone."""
    told = [
        {"@type": "Person", "name": author.name} | ({"url": author.url} if author.url else {})
        for author in article.authors
    ]
    return told[0] if len(told) == 1 else told


def _citations(desk: Desk, article: Article, told: StoryCoverage | None) -> list[Any]:
    """Whom the article cites: the sources in `via` and, in the site's own article, the originals of its story."""
    cited: list[Any] = []
    for source in dict.fromkeys(article.via):
        record = desk.sources[source]
        work = {"@type": "CreativeWork", "name": record.title}
        cited.append(work | ({"url": record.homepage} if record.homepage else {}))
    if told is not None and article.source == desk.config.site.source:
        reports = (report.source_url for report in desk.compare(told).articles if report.id != article.id)
        cited += dict.fromkeys(filter(None, reports))
    return cited


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
