"""Plans the RSS feeds of the site, of each topic and of each source."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import quote

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.views import FeedItem, RssFeed
from generator.plan.desk import Desk, standfirst
from generator.plan.urls import Directory, Links
from generator.records import Article
from generator.site import Edition, Tag

Entry = tuple[Article, tuple[Tag, ...], Links]
"""An article of a feed, its tags, and where its links lead."""


def plan_feeds(desk: Desk, edition: Edition, directory: Directory) -> Iterator[Draft]:
    """Plan `/feed.xml` and that of each topic and source whose family is on; none where there is nothing to read."""

    def plan(listing: OutputPath, title: str, description: str, articles: Sequence[Article]) -> Iterator[Draft]:
        path = desk.urls.feed_path(listing)
        chosen = articles[: desk.config.feeds.max_items]
        if path is not None and chosen:
            entries = tuple((one, edition.tags_of(one), directory.links_of(one)) for one in chosen)
            owner = f"the feed '{title}'"
            yield desk.keyed_draft(path, RssFeed, owner, _feed, listing, title, description, entries)

    site = desk.config.site
    yield from plan(desk.urls.front_path(), site.title, site.description or site.title, edition.articles)
    for topic in edition.topics if desk.config.outputs.topics else ():
        articles = edition.articles_by_topic.get(topic.id, ())
        title = f"{site.title}: {topic.title}"
        yield from plan(desk.urls.topic_path(topic.id), title, topic.description or title, articles)
    for source in edition.sources if desk.config.outputs.sources else ():
        articles = edition.articles_by_source.get(source.id, ())
        title = f"{site.title}: {source.title}"
        yield from plan(desk.urls.source_path(source.id), title, source.body.lead or title, articles)


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
