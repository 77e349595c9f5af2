"""The one table of media types and of the formats of pictures."""

from pathlib import PurePosixPath
from typing import Literal, NamedTuple

RenditionFormat = Literal["jpg", "png", "webp"]
"""The formats of renditions, by their suffix."""

FEED_TYPES = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json_feed": "application/feed+json"}
"""The media types of feeds by format; they do not follow from the suffix."""


class PictureFormat(NamedTuple):
    """A format of pictures: its names in Pillow, its suffixes (that of outputs first), the format of its renditions.

    `moves` is whether a file with several pictures is an animation.
    """

    names: tuple[str, ...]
    suffixes: tuple[str, ...]
    rendered: RenditionFormat
    moves: bool = False


PICTURES = (
    PictureFormat(("PNG",), (".png",), "png", moves=True),
    # An MPO is a JPEG with more pictures after the first, as made by phones.
    PictureFormat(("JPEG", "MPO"), (".jpg", ".jpeg"), "jpg"),
    PictureFormat(("GIF",), (".gif",), "png", moves=True),  # a still picture is smaller as PNG
    PictureFormat(("WEBP",), (".webp",), "webp", moves=True),
    PictureFormat(("AVIF",), (".avif",), "webp"),  # encoding AVIF takes seconds
)
"""The formats of pictures in content."""

PICTURE_NAMES = tuple(one.names[0] for one in PICTURES)
PICTURES_BY_NAME = {name: one for one in PICTURES for name in one.names}
PICTURES_BY_SUFFIX = {suffix: one for one in PICTURES for suffix in one.suffixes}
DRAWING = ".svg"
"""The suffix of drawings, which browsers show but Pillow cannot read."""

MEDIA_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".gif": "image/gif",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".opml": "text/x-opml",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
"""Media types by suffix; those of texts without their charset, which is UTF-8."""


def pillow_name(suffix: str) -> str:
    """Pillow's name of the format with a suffix."""
    return PICTURES_BY_SUFFIX[suffix].names[0]


def media_type(path: str) -> str:
    """The media type of an output by its suffix, as a `Content-Type`."""
    kind = MEDIA_TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def is_text(path: str) -> bool:
    """Whether an output is read line by line; `_redirects` and `_headers` have no suffix."""
    suffix = PurePosixPath(path).suffix
    return not suffix or MEDIA_TYPES.get(suffix, "").startswith("text/") or suffix in _XML_OR_JSON


_XML_OR_JSON = {suffix for suffix, kind in MEDIA_TYPES.items() if kind.endswith(("xml", "json"))}
