"""Items of feeds → HTML."""

from collections.abc import Iterator
from html import escape

import msgspec

from generator.outputs.feeds import Enclosure, Feed, FeedItem
from generator.outputs.parts import Passage
from generator.render.absolute import ReadBody, write_absolute
from generator.strings import direction_of

_MOST_WRITTEN = 300  # cached items: an article is in many feeds, and in each format of a feed in a row
_written: dict[bytes, str] = {}


def write_item(item: FeedItem, feed: Feed, read_body: ReadBody) -> str:
    """The full text of an item with full addresses; empty if the feed has summaries.

    An item in another language than its feed has that language and its direction; our own words in it have ours.
    """
    if not item.passages:
        return ""
    languages = (item.language, feed.language if item.language else "")
    key = msgspec.msgpack.encode((item.passages, item.image, item.url, item.is_sponsored, feed.site_url, languages))
    html = _written.get(key)
    if html is None:
        if len(_written) >= _MOST_WRITTEN:
            _written.clear()
        picture = _write_picture(item.image) if item.image else ""
        html = picture + "".join(part for one in item.passages for part in _write_passage(one, item, feed, read_body))
        html = _written[key] = f"<div{_language_attributes(item.language)}>\n{html}</div>\n" if item.language else html
    return html


def _language_attributes(language: str | None) -> str:
    """The attributes of an element in a language; empty for None."""
    return f' lang="{escape(language)}" dir="{direction_of(language)}"' if language else ""


def _write_passage(passage: Passage, item: FeedItem, feed: Feed, read_body: ReadBody) -> Iterator[str]:
    ours = _language_attributes(feed.language if item.language else None)
    if passage.heading:
        yield f"<h2{ours}>{escape(passage.heading, quote=False)}</h2>\n"
    label = f"<strong{ours}>{escape(passage.label, quote=False)}</strong>" if passage.label else ""
    text = escape(passage.text, quote=False)
    if passage.href:
        is_paid = item.is_sponsored and not passage.href.startswith(feed.site_url.rstrip("/") + "/")
        rel = ' rel="sponsored noopener"' if is_paid else ""
        text = f'<a href="{escape(passage.href)}"{rel}{_language_attributes(passage.language)}>{text}</a>'
    if label or text:
        yield f"<p>{' '.join(filter(None, [label, text]))}</p>\n"
    if passage.code:
        yield f"<pre><code>{escape(passage.code, quote=False)}</code></pre>\n"
    texts = [write_absolute(one, item.url, feed.site_url, read_body) for one in passage.texts]
    if passage.is_list:
        yield "<ul>\n" + "".join(f"<li>{one.strip()}</li>\n" for one in texts) + "</ul>\n"
    else:
        yield from (f"{one.rstrip()}\n" for one in texts)


def _write_picture(image: Enclosure) -> str:
    size = f'width="{image.width}" height="{image.height}"'
    credit = f"<figcaption>{escape(image.credit, quote=False)}</figcaption>" if image.credit else ""
    return f'<figure><img src="{escape(image.url)}" alt="{escape(image.alt)}" {size}>{credit}</figure>\n'
