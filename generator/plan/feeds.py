"""Plans the RSS feeds of the site and of each topic."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from urllib.parse import quote

from generator.names import OutputPath
from generator.outputs import Output
from generator.outputs.views import FeedItem, RssFeed
from generator.plan.desk import Desk, standfirst
from generator.records import Article


def plan_feeds(desk: Desk) -> Iterator[Output]:
    """Plan `/feed.xml` and, where topics are on, `/topics/<id>/feed.xml`; none where there is nothing to read."""
    site = desk.config.site
    description = site.description or site.title
    yield from _plan_feed(desk, desk.urls.front_path(), site.title, description, desk.edition.articles)
    for topic in desk.edition.topics if desk.config.outputs.topics else ():
        articles = desk.edition.articles_by_topic.get(topic.id, ())
        title = f"{site.title}: {topic.title}"
        yield from _plan_feed(desk, desk.urls.topic_path(topic.id), title, topic.description or title, articles)


def guid(desk: Desk, article: Article) -> str:
    """A `tag:` URI of the site's host, the article's day of publication and its id (RFC 4151, section 2.1).

    It outlives renames of the slug and moves to another topic.
    """
    day = article.published.strftime("%Y-%m-%d")
    return f"tag:{desk.urls.site.host},{day}:article:{quote(article.id)}"


def _plan_feed(
    desk: Desk, listing: OutputPath, title: str, description: str, articles: Sequence[Article]
) -> Iterator[Output]:
    path = desk.urls.feed_path(listing)
    chosen = articles[: desk.config.feeds.max_items]
    if path is None or not chosen:
        return
    view = RssFeed(
        title=title,
        description=description,
        url=desk.urls.absolute(listing),
        self_url=desk.urls.absolute(path),
        site_url=desk.urls.absolute(desk.urls.front_path()),
        language=desk.config.site.language,
        updated=max(_changed_at(article, desk.edition.now) for article in chosen),
        copyright=desk.config.site.copyright,
        items=tuple(_item(desk, article) for article in chosen),
    )
    yield Output(path, view, f"the feed '{title}'")


def _changed_at(article: Article, now: datetime) -> datetime:
    significant = (change.at for change in article.revisions if change.significant and change.at <= now)
    return max((article.published, *significant))


def _item(desk: Desk, article: Article) -> FeedItem:
    source = desk.site.sources[article.source]
    topics = [desk.site.topics[topic].title for topic in dict.fromkeys((article.topic, *article.also))]
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
        categories=tuple(dict.fromkeys([*topics, *(tag.text for tag in desk.tag_links(article))])),
        content=desk.text(article) if desk.config.feeds.content == "full" else None,
    )
