"""Addresses on the old site: patterns of permalinks, paths in one spelling, and which can be an alias."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import quote, unquote

from generator.addresses import AddressError
from generator.aliases import read_alias

_SHOWN = "!$&'()*+,;=:@~"

KEPT = frozenset(
    {
        *("archive", "api", "assets", "cards", "corrections", "entities", "feeds", "for-you", "insights"),
        *("latest", "media", "sources", "sponsor-free", "sponsors", "stories", "tags", "topics"),
    }
)
"""Folders at the root of a site that builds write into; nothing else can be there."""

KEPT_FILES = frozenset(
    {
        *("404.html", "_headers", "_redirects", "feeds.opml", "index.html", "llms.txt", "news-sitemap.xml"),
        *("robots.txt", "sitemap.xml"),
    }
)
"""Files at the root of a site that builds write."""

_COMES_WITH_TIME = re.compile(r"/(page|feed)/\d+/")
"""Further pages of the front page, and archives of its feed."""

_MOST_SIGNS = 10_000
"""Of an address."""

_TOKEN = re.compile(r":([a-z_]+)|\[:?([a-z_]+)\]")


def old_path(address: str, base: str = "") -> str:
    """One spelling of a path or URL: `/a/b`, decoded, without the base, a slash at its end and `index.html`."""
    local = re.sub(r"^[a-z][a-z0-9+.-]*://[^/?#]*", "", address, flags=re.IGNORECASE)
    path = unquote(local.partition("?")[0].partition("#")[0])
    path = "/" + "/".join(part for part in path.split("/") if part not in {"", "."})
    base = base.rstrip("/")
    if base and (path == base or path.startswith(base + "/")):
        path = path[len(base) :] or "/"
    return re.sub(r"/index\.html?$", "", path) or "/"


def old_address(address: str) -> str:
    """An old address in one spelling, with its query, such as `/?p=12`."""
    query = address.partition("#")[0].partition("?")[2]
    return old_path(address) + (f"?{query}" if query else "")


def alias_of(address: str) -> str | None:
    """An old address as an alias of a record; None if it is the front page or cannot be one."""
    path, _, query = address.partition("?")
    segments = [part for part in path.split("/") if part]
    written = "/".join(
        quote(part, safe=_SHOWN) if "%" in part or "#" in part or "?" in part else part for part in segments
    )
    is_file = bool(query) or path.lower().endswith((".html", ".htm"))
    alias = f"/{written}{'' if is_file or not segments else '/'}" + (f"?{query}" if query else "")
    try:
        old = read_alias(alias)
    except AddressError:
        return None
    is_kept = (bool(segments) and segments[0].lower() in KEPT | KEPT_FILES) or _COMES_WITH_TIME.match(alias)
    return None if is_kept or old.feed_format or not (segments or query) else alias


def fill_pattern(pattern: str, values: Mapping[str, Callable[[], str]]) -> str | None:
    """A permalink's pattern, such as `/:year/:title/`, with its words filled in; None if one is not known.

    A part of the path whose words are all empty is dropped.
    """

    def fill(match: re.Match[str]) -> str:
        return values[match[1] or match[2]]()

    filled = fill_in(_TOKEN, pattern, fill)
    return None if filled is None else re.sub(r"/{2,}", "/", "/" + filled)


def fill_in(token: re.Pattern[str], pattern: str, fill: Callable[[re.Match[str]], str]) -> str | None:
    """A pattern of addresses with its tokens filled in; None if one is not known, or if no address is so long."""
    room = _MOST_SIGNS - len(pattern)

    def take(match: re.Match[str]) -> str:
        nonlocal room
        filled = fill(match)
        room -= len(filled)
        if room < 0:
            raise LookupError
        return filled

    try:
        return token.sub(take, pattern) if room >= 0 else None
    except LookupError:
        return None


def date_tokens(at: datetime | None) -> dict[str, Callable[[], str]]:
    """The words of dates in patterns; for a text without a date they raise LookupError."""

    def write(form: str) -> str:
        if at is None:
            raise LookupError(form)
        return at.strftime(form) if form[0] == "%" else str(int(at.strftime("%" + form)))

    forms = {"year": "%Y", "month": "%m", "day": "%d", "monthname": "%B", "yearday": "j", "weekday": "w"}
    more = {"i_month": "m", "i_day": "d", "short_year": "%y", "y_day": "%j", "hour": "%H", "minute": "%M"}
    return {name: partial(write, form) for name, form in (forms | more | {"second": "%S"}).items()}
