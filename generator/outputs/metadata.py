"""What others need to know of an output without its view: read from the view, by one walk."""

from collections.abc import Iterable

import msgspec

from generator.outputs.documents import Image
from generator.outputs.feeds import Enclosure, Feed
from generator.outputs.files import SitemapUrl
from generator.outputs.pages import ArticlePage, PageView, StoryPage
from generator.outputs.parts import Picture, SlotDecision, Text
from generator.outputs.view import View
from generator.outputs.walk import find_parts


class OutputMetadata(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What others need to know of an output without its view.

    A page has its line in the sitemap; a feed that is not an archive has its URL.
    `pictures` are the full URLs of the pictures that it shows, sorted.
    `slots` are the sponsored slots that were decided for it, the empty ones among them.
    """

    listed: SitemapUrl | None = None
    pictures: tuple[str, ...] = ()
    feed: str | None = None
    slots: tuple[SlotDecision, ...] = ()


def read_metadata(view: View) -> OutputMetadata:
    """Read the metadata of an output from its view."""
    pictures = tuple(sorted(_find_pictures(view)))
    match view:
        case PageView():
            return OutputMetadata(_list_page(view), pictures, slots=(view.opening,) if view.opening else ())
        case Feed():
            return OutputMetadata(None, pictures, None if view.current else view.self_url, view.openings)
        case _:
            return OutputMetadata(pictures=pictures)


def distinct_slots(outputs: Iterable[OutputMetadata]) -> tuple[SlotDecision, ...]:
    """The sponsored slots of all outputs, sorted by their spots; each once, even if several outputs show it."""
    return tuple(slot for _, slot in sorted({slot.spot: slot for one in outputs for slot in one.slots}.items()))


def _find_pictures(view: View) -> set[str]:
    urls: set[str] = set()
    for part in find_parts(view, (Picture, Text, Enclosure, Image)):
        if isinstance(part, Text):
            urls.update(picture.url for picture in part.pictures.values())
        else:
            urls.add(part.url)
    return urls


def _list_page(page: PageView) -> SitemapUrl | None:
    """A page's line in the sitemap; None if search engines must not list it."""
    if not page.meta.is_indexed or not page.meta.canonical:
        return None
    image = page.image.url if isinstance(page, ArticlePage | StoryPage) and page.image else None
    return SitemapUrl(url=page.meta.canonical, updated=page.meta.updated or page.meta.published, image=image)
