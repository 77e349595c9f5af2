"""Plans the RSS feeds of the site, of each topic and of each source, and the page that lists all feeds."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import NamedTuple
from urllib.parse import quote

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.views import FeedEntry, FeedGroup, FeedItem, FeedsPage, Link, RssFeed
from generator.plan.desk import Desk, standfirst
from generator.plan.meta import feed_title, page_meta, site_feeds
from generator.plan.urls import Directory, Links
from generator.records import Article
from generator.site import Edition, Tag

Entry = tuple[Article, tuple[Tag, ...], Links]
"""An article of a feed, its tags, and where its links lead."""


class Channel(NamedTuple):
    """What a feed shows, and the page that lists the same; `kind` is `site` or a family, such as `topics`."""

    kind: str
    listing: OutputPath
    path: OutputPath
    title: str
    description: str
    articles: Sequence[Article]


def plan_feeds(desk: Desk, edition: Edition, directory: Directory) -> Iterator[Draft]:
    """Plan `/feed.xml` and that of each topic and source whose family is on; none where there is nothing to read."""
    for one in _channels(desk, edition):
        title = one.title if one.kind == "site" else feed_title(desk, one.title)
        entries = tuple((article, edition.tags_of(article), directory.links_of(article)) for article in one.articles)
        owner = f"the feed '{title}'"
        yield desk.keyed_draft(one.path, RssFeed, owner, _feed, one.listing, title, one.description or title, entries)


def plan_feed_directory(desk: Desk, edition: Edition, _directory: Directory) -> Iterator[Draft]:
    """Plan `/feeds/`, which lists every feed for people; none where there is no feed."""
    channels = tuple(_channels(desk, edition))
    if channels:
        path = desk.urls.index_path("feeds")
        yield desk.draft(path, FeedsPage, "the directory of feeds", partial(_feeds_page, desk, path, channels))


def _channels(desk: Desk, edition: Edition) -> Iterator[Channel]:
    """Every feed that holds something, kind by kind, the site's first."""
    site, urls = desk.config.site, desk.urls
    listed = [("site", urls.front_path(), site.title, site.description, edition.articles)]
    for topic in edition.topics if desk.config.outputs.topics else ():
        articles = edition.articles_by_topic.get(topic.id, ())
        listed.append(("topics", urls.topic_path(topic.id), topic.title, topic.description, articles))
    for source in edition.sources if desk.config.outputs.sources else ():
        articles = edition.articles_by_source.get(source.id, ())
        listed.append(("sources", urls.source_path(source.id), source.title, source.body.lead, articles))
    for kind, listing, title, description, articles in listed:
        path = urls.feed_path(listing)
        if path is not None and articles:
            yield Channel(kind, listing, path, title, description, articles[: desk.config.feeds.max_items])


def _feeds_page(desk: Desk, path: OutputPath, channels: Sequence[Channel]) -> FeedsPage:
    heading = desk.say("feeds")
    crumbs = (desk.home_link(), Link(text=heading))
    description = desk.say("feeds_description", site=desk.config.site.title)
    return FeedsPage(
        meta=page_meta(desk, path, heading, description, crumbs=crumbs, feeds=site_feeds(desk)),
        crumbs=crumbs,
        heading=heading,
        content=desk.config.feeds.content,
        groups=tuple(
            FeedGroup(kind=kind, entries=tuple(_feed_entry(desk, one) for one in of_kind))
            for kind, of_kind in groupby(channels, key=lambda one: one.kind)
        ),
    )


def _feed_entry(desk: Desk, channel: Channel) -> FeedEntry:
    return FeedEntry(
        title=channel.title,
        href=desk.urls.href(channel.listing),
        description=channel.description,
        count=len(channel.articles),
        formats=(Link(text="RSS", href=desk.urls.href(channel.path)),),
    )


def guid(desk: Desk, article: Article) -> str:
    """A `tag:` URI of the site's host, the article's day of publication and its id (RFC 4151, section 2.1).

    It outlives renames of the slug and moves to another topic.
    """
    day = article.published.strftime("%Y-%m-%d")
    return f"tag:{desk.urls.site.host},{day}:article:{quote(article.id)}"


def _feed(
    desk: Desk, path: OutputPath, listing: OutputPath, title: str, description: str, entries: tuple[Entry, ...]
) -> RssFeed:
    return RssFeed(
        title=title,
        description=description,
        url=desk.urls.absolute(listing),
        self_url=desk.urls.absolute(path),
        site_url=desk.urls.absolute(desk.urls.front_path()),
        language=desk.config.site.language,
        updated=max(_changed_at(article) for article, _, _ in entries),
        copyright=desk.config.site.copyright,
        items=tuple(_item(desk, *entry) for entry in entries),
    )


def _changed_at(article: Article) -> datetime:
    return max((article.published, *(change.at for change in article.revisions if change.significant)))


def _item(desk: Desk, article: Article, tags: Sequence[Tag], links: Links) -> FeedItem:
    source = desk.sources[article.source]
    topics = [desk.topics[topic].title for topic in dict.fromkeys((article.topic, *article.also))]
    home = desk.urls.absolute(desk.urls.front_path())
    return FeedItem(
        guid=guid(desk, article),
        title=article.title,
        url=desk.urls.absolute(desk.urls.article_path(article)),
        summary=standfirst(article),
        published=article.published,
        source_title=source.title,
        source_url=article.source_url or source.homepage or home,
        author=article.author or source.title,
        categories=tuple(dict.fromkeys([*topics, *(tag.label for tag in tags)])),
        content=desk.text(article, links) if desk.config.feeds.content == "full" else None,
    )
