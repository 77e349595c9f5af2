"""Small types that every room shares, and the only function that makes output paths."""

import functools
import re
import unicodedata
from typing import Annotated, Literal, NewType
from urllib.parse import quote, urlsplit

import msgspec

RecordId = NewType("RecordId", str)
"""Identity of a record within its kind: the file's stem, unless the front matter says `id`."""

ContentPath = NewType("ContentPath", str)
"""Path of a file of the site, relative to the folder with `site.toml`, `/`-separated."""

OutputPath = NewType("OutputPath", str)
"""Path of a built file, relative to the output folder, `/`-separated; made by `output_path` only."""

Digest = NewType("Digest", str)
"""32 hexadecimal digits: BLAKE2b of 16 bytes."""

Kind = Literal["article", "story", "topic", "source", "entity", "sponsor", "page"]

Form = Literal["report", "brief", "explainer", "feature"]
"""The shape of an article's page."""

FeedFormat = Literal["rss", "atom", "json_feed"]

_TAG = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*"
Language = Annotated[str, msgspec.Meta(pattern=rf"^{_TAG}$(?!\n)", description="a BCP 47 language tag, such as 'en'")]

YEARS = range(1900, 9999)
"""Feeds and sitemaps need four digits, and zones may move a time by a day."""

STATE_FOLDER = ".newsprint"
"""The folder for the state of builds, beside `site.toml`."""

STATIC_FOLDER = "static"
"""The folder of files that are published as they are, beside `site.toml`."""

MAX_SEGMENT_BYTES = 200
"""The maximum length of a name, which leaves room for a digest or a suffix."""

_MAX_FILE_BYTES = 255  # the limit of file systems

NOT_IN_FILE_NAMES = r'/ \ < > : " | ? * # %'
"""Characters that systems or addresses treat in their own ways."""

_FILE_NAME = re.compile(rf"(?!\.{{1,2}}$|\.newsprint)[^{re.escape(NOT_IN_FILE_NAMES.replace(' ', ''))}]+")
_SEGMENT = r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_-])?"
_ASCII_SEGMENT = re.compile(_SEGMENT)
_ASCII_PATH = re.compile(f"{_SEGMENT}(?:/{_SEGMENT})*")
_PASSWORD = re.compile(r"(?<=://)([^/@:]*):[^/@]*@")
_WORDS_FOR_SIGNS = str.maketrans({"+": " plus ", "#": " sharp ", "&": " and ", "@": " at "})
_NO_SLUG = re.compile(r"[^a-z0-9]+")


def is_segment(text: str) -> bool:
    """Whether a text can be a segment of an output path.

    Lower-case letters and digits of any script, `-`, `_` and `.`; it does not begin with `.` or `-` or end with `.`;
    in Unicode form NFC; at most `MAX_SEGMENT_BYTES` bytes.
    """
    return _is_segment(text, MAX_SEGMENT_BYTES)


def _is_segment(text: str, max_bytes: int) -> bool:
    if text.isascii():
        return len(text) <= max_bytes and _ASCII_SEGMENT.fullmatch(text) is not None
    return (
        0 < len(text.encode()) <= max_bytes
        and text[0] not in ".-"
        and text[-1] != "."
        and all(c in "-_." or (c.isalnum() and c == c.lower()) or unicodedata.category(c)[0] == "M" for c in text)
        and unicodedata.is_normalized("NFC", text)
    )


def is_file_name(text: str) -> bool:
    """Whether a text can be the name of a file or folder that is published as it is: more than a segment, no path.

    Printable characters in form NFC but `NOT_IN_FILE_NAMES`; it is none of ours, which begin with `.newsprint`.
    """
    return (
        _FILE_NAME.fullmatch(text) is not None
        and text.isprintable()
        and len(text.encode()) <= _MAX_FILE_BYTES
        and unicodedata.is_normalized("NFC", text)
    )


@functools.lru_cache(maxsize=4096)
def slugify(text: str) -> str:
    """Turn a text into a path segment: `C++ & Rust` → `c-plus-plus-and-rust`; empty if nothing is left."""
    spelled = unicodedata.normalize("NFKC", text).translate(_WORDS_FOR_SIGNS)
    if spelled.isascii():
        return _NO_SLUG.sub("-", spelled.lower()).strip("-")[:MAX_SEGMENT_BYTES]
    folded = unicodedata.normalize("NFC", spelled.lower())
    kept = "".join(c if c.isalnum() or unicodedata.category(c)[0] == "M" else "-" for c in folded)
    slug = "-".join(part for part in kept.split("-") if part)[:MAX_SEGMENT_BYTES]
    while len(slug.encode()) > MAX_SEGMENT_BYTES:
        slug = slug[:-1].rstrip("-")
    return slug if is_segment(slug) else ""


@functools.lru_cache(maxsize=16_384)
def output_path(*segments: str, any_case: bool = False, as_is: bool = False) -> OutputPath:
    """Join segments to the path of a built file; only old addresses may have capitals (`any_case`).

    Files that are published under their own names may have whatever `is_file_name` allows (`as_is`).

    Raises:
        ValueError: a segment is not valid, so no text of a record can leave the output folder.
    """
    path = "/".join(segments)
    is_plain = len(path) <= _MAX_FILE_BYTES and path.count("/") < len(segments) and _ASCII_PATH.fullmatch(path)
    if not is_plain:
        for segment in segments:
            if as_is:
                is_valid = is_file_name(segment)
            else:
                is_valid = _is_segment(segment.lower() if any_case else segment, _MAX_FILE_BYTES)
            if not is_valid:
                raise ValueError(segment)
    return OutputPath(path)


def is_output_path(path: str) -> bool:
    """Whether `output_path` can have made a path, so that it leads nowhere outside of the output folder."""
    try:
        output_path(*path.split("/"), as_is=True)
    except ValueError:
        return False
    return True


def compose(text: str) -> str:
    """The text in Unicode form NFC; some systems decompose file names."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def is_language(tag: str) -> bool:
    """Whether a text is a language tag."""
    return re.fullmatch(_TAG, tag) is not None


def make_printable(text: str) -> str:
    """The text on one line, without characters that a terminal obeys or UTF-8 does not allow."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def hide_password(url: str) -> str:
    """A URL without its password, for reports."""
    return _PASSWORD.sub(r"\1@", url)


class SiteUrl(msgspec.Struct, frozen=True, dict=True):
    """The address of the site: `[site] url`, without a slash at its end."""

    url: str

    @functools.cached_property
    def base_path(self) -> str:
        """The URL's path without a slash at its end: `` or `/news`."""
        return urlsplit(self.url).path.rstrip("/")

    @property
    def host(self) -> str:
        """Host name, without a port."""
        return urlsplit(self.url).hostname or ""

    def href(self, path: OutputPath) -> str:
        """The link to a built file in pages: from the host's root, with folders instead of `index.html`."""
        return self.base_path + page_path(path)

    def absolute(self, path: OutputPath) -> str:
        """The full URL of a built file."""
        return self.url.rstrip("/") + page_path(path)

    def full(self, href: str) -> str:
        """A link of this site as a full URL."""
        return self._origin + href

    @functools.cached_property
    def _origin(self) -> str:
        scheme, host, *_ = urlsplit(self.url)
        return f"{scheme}://{host}"


def served_path(path: str) -> str:
    """The output for a decoded path below the site's address: `topics/` → `topics/index.html`."""
    return f"{path}index.html" if not path or path.endswith("/") else path


def page_path(path: OutputPath) -> str:
    """`topics/chips/index.html` → `/topics/chips/`, percent-encoded; the ASCII of output paths needs no encoding."""
    shown = path.removesuffix("index.html") if path.endswith("/index.html") or path == "index.html" else path
    return "/" + (shown if shown.isascii() else quote(shown))
