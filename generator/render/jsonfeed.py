"""Views of feeds → JSON Feed 1.1."""

from typing import Any

import msgspec

from generator.outputs.feeds import Feed, FeedItem
from generator.render.absolute import ReadBody
from generator.render.passages import write_item

VERSION = "https://jsonfeed.org/version/1.1"


def render_json_feed(feed: Feed, read_body: ReadBody) -> bytes:
    """Render a JSON Feed (jsonfeed.org, version 1.1); every time in it comes from the view."""
    document = _without_none(
        version=VERSION,
        title=feed.title,
        home_page_url=feed.url,
        feed_url=feed.self_url,
        description=feed.description,
        next_url=feed.older,
        authors=[_without_none(name=feed.site_title, url=feed.site_url)],
        language=feed.language,
        hubs=[{"type": "WebSub", "url": feed.hub}] if feed.hub else None,
        items=[_make_item(item, feed, read_body) for item in feed.items],
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=1) + b"\n"


def _make_item(item: FeedItem, feed: Feed, read_body: ReadBody) -> dict[str, Any]:
    """An item; it has either text or HTML."""
    html = write_item(item, feed, read_body)
    image = item.image
    return _without_none(
        id=item.guid,
        url=item.url,
        external_url=item.original,
        title=item.title,
        content_html=html or None,
        content_text=None if html else item.summary,
        summary=item.summary,
        image=image.url if image else None,
        date_published=item.published,
        date_modified=item.updated,
        authors=[_without_none(name=author.text, url=author.href) for author in item.authors],
        tags=item.categories or None,
        language=item.language,
        attachments=[{"url": image.url, "mime_type": image.type, "size_in_bytes": image.length}] if image else None,
    )


def _without_none(**part: Any) -> dict[str, Any]:
    return {key: value for key, value in part.items() if value is not None}
