"""Views of feeds → RSS 2.0, written by feedgen."""

from collections.abc import Callable
from html import escape

from generator.names import Digest
from generator.outputs.views import FeedItem, RssFeed
from generator.render.absolute import write_absolute


def render_rss(feed: RssFeed, read_body: Callable[[Digest], str]) -> bytes:
    """Render an RSS 2.0 feed; every time in it comes from the view.

    Source: RSS 2.0 "Required channel elements"; RSS Best Practices Profile, "atom:link".
    """
    from feedgen.feed import FeedGenerator

    generator = FeedGenerator()
    generator.load_extension("dc")
    generator.title(feed.title)
    generator.description(_escape_text(feed.description))
    generator.link([{"href": feed.self_url, "rel": "self", "type": "application/rss+xml"}, {"href": feed.url}])
    generator.language(feed.language)
    generator.lastBuildDate(feed.updated)
    generator.generator("Newsprint")
    generator.docs("https://www.rssboard.org/rss-specification")
    if feed.copyright:
        generator.copyright(feed.copyright)
    for item in feed.items:
        _add_item(generator, item, feed.site_url, read_body)
    data: bytes = generator.rss_str(pretty=True)
    return data


def _add_item(generator: object, item: FeedItem, site_url: str, read_body: Callable[[Digest], str]) -> None:
    entry = generator.add_entry(order="append")  # type: ignore[attr-defined]  # feedgen has no types
    entry.guid(item.guid, permalink=False)
    entry.title(item.title)
    entry.link(href=item.url)
    entry.description(_escape_text(item.summary))
    entry.published(item.published)
    entry.updated(item.published)
    entry.source(url=item.source_url, title=item.source_title)
    entry.dc.dc_creator(item.author)
    for category in item.categories:
        entry.category(term=category)
    if item.content is not None:
        entry.content(write_absolute(item.content, item.url, site_url, read_body), type="CDATA")


def _escape_text(text: str) -> str:
    """Plain text for a description: readers take it for HTML, so it is escaped once more than XML needs."""
    return escape(text, quote=False)
