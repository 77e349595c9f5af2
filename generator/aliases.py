"""Old addresses in records and `site.toml`: the files for them, and the redirects of hosts."""

import posixpath
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote

from generator.addresses import AddressError
from generator.names import FeedFormat, OutputPath, output_path

MAX_ALIAS_BYTES = 500
"""Percent-encoded, it still fits into a line of `_redirects` and into any output folder."""

_PAGES = (".html", ".htm")
"""Endings of pages that are files; any other page is a folder."""

_FEED_ENDINGS = (".xml", ".rss", ".atom", ".rdf")
_FEED_NAMES = frozenset({"feed", "feeds", "rss", "rss2", "atom", "rdf"})
_JSON_FEEDS = frozenset({"feed.json", "index.json", "rss.json"})

_UNUSABLE = "'//', '..', '#', a backslash, a slash as '%2F' and control characters"

_SAFE = "!&'()+,=@"
"""Characters that a path may have (RFC 3986, section 3.3), without a meaning in `_redirects` and nginx."""


class OldAddress(NamedTuple):
    """An old address; `segments` are the decoded parts of its path, `query` are names and values."""

    segments: tuple[str, ...]
    query: tuple[tuple[str, str], ...] = ()

    @property
    def feed_format(self) -> FeedFormat | None:
        """The format of the feed that it looks like; None if it looks like a page."""
        if self._last in _JSON_FEEDS:
            return "json_feed"
        stem, ending = posixpath.splitext(self._last)
        asked = dict(self.query).get("feed", "").lower()  # of WordPress without permalinks
        if asked in _FEED_NAMES:
            return "atom" if asked == "atom" else "rss"
        if ending in _FEED_ENDINGS or self._last in _FEED_NAMES:
            return "atom" if "atom" in (stem, ending[1:]) else "rss"
        return None

    @property
    def is_surely_a_feed(self) -> bool:
        """Whether it is certainly a feed; `atom` or `rss` can also be a page."""
        return self._last in _JSON_FEEDS or self._last == "feed" or self._last.endswith(_FEED_ENDINGS)

    def path(self, *, of_feed: bool = False) -> OutputPath | None:
        """The file for it; None if only a host can redirect it, because of a query or characters that no file has."""
        if self.query or not self.segments:
            return None
        index = () if self._is_file(of_feed=of_feed) else ("index.html",)
        try:
            return output_path(*self.segments, *index, any_case=True)
        except ValueError:
            return None

    def spellings(self, *, of_feed: bool = False) -> tuple[str, ...]:
        """Its path as hosts compare it; that of a folder with and without the last slash."""
        path = "/" + "/".join(quote(segment, safe=_SAFE) for segment in self.segments)
        return (path,) if not self.segments or self._is_file(of_feed=of_feed) else (path, f"{path}/")

    @property
    def conditions(self) -> tuple[str, ...]:
        """Its query as hosts compare it: `id=4`."""
        return tuple(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in self.query)

    @property
    def written(self) -> str:
        """Its path and query as in an alias, without the first slash: `a/index.php?id=4`."""
        return self.spellings()[-1].removeprefix("/") + (f"?{'&'.join(self.conditions)}" if self.query else "")

    def _is_file(self, *, of_feed: bool) -> bool:
        return self._last.endswith(_PAGES) or ("." in self._last and (of_feed or bool(self.query)))

    @property
    def _last(self) -> str:
        return self.segments[-1].lower() if self.segments else ""


@lru_cache(maxsize=1024)
def read_alias(alias: str) -> OldAddress:
    """Read an old address, such as `/old/place/`, `/2019/One%20post.html` or `/?p=12`.

    Raises:
        AddressError: it cannot be an address of this site; says what was expected.
    """
    if len(alias.encode(errors="replace")) > MAX_ALIAS_BYTES:
        raise AddressError(f"at most {MAX_ALIAS_BYTES} bytes")
    path, _, asked = alias.partition("?")
    query = tuple(parse_qsl(asked, keep_blank_values=True))
    inner = path.removeprefix("/").removesuffix("/")
    try:
        segments = tuple(unquote(part, errors="strict") for part in inner.split("/")) if inner or not query else ()
    except UnicodeDecodeError:
        raise AddressError("percent-encoded UTF-8") from None
    if len(segments) > 1 and segments[-1] == "index.html":
        segments = segments[:-1]
    texts = (*segments, *(part for pair in query for part in pair))
    if "#" in alias or not all(map(_is_plain, segments)) or not all(map(str.isprintable, texts)):
        raise AddressError(f"a path of this site, such as '/old/place/', without {_UNUSABLE}")
    return OldAddress(segments, query)


def _is_plain(segment: str) -> bool:
    return bool(segment.strip()) and segment not in (".", "..") and not {"/", "\\"} & set(segment)
