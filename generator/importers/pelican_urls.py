"""The slugs and addresses that Pelican makes for texts by its settings.

Source: docs.getpelican.com, "Settings", "URL settings", and the settings whose names end in `_SUBSTITUTIONS`.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from functools import partial
from html import unescape
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from generator.importers.addresses import fill_in
from generator.importers.matter import text_in

_SUBSTITUTIONS = ((r"[^\w\s-]", ""), (r"(?u)\A\s*", ""), (r"(?u)\s*\Z", ""), (r"[-\s]+", "-"))
_WORD = re.compile(r"\{(\w+)(?::([^{}]*))?\}")
_TAG = re.compile(r"<[^<>]*>")
_CLASS = re.compile(r"\\.|\[(?:\\.|[^\]\\]){0,100}+\]")
_SPELLED = str.maketrans(
    {"ß": "ss", "ẞ": "SS", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D"}
    | {"ð": "d", "Ð": "D", "þ": "th", "Þ": "Th", "ł": "l", "Ł": "L", "\u0131": "i", "\u2010": "-", "\u2011": "-"}
    | {"\u2013": "-", "\u2014": "--", "\u20ac": "EUR", "\u00b0": "deg"}
)
"""Signs that Unicode does not decompose into Latin letters, as Pelican spells them."""

_MOST_SUBSTITUTIONS = 1000
_MOST_TITLE = 500  # characters that patterns of a stranger are run over


class UrlParts(NamedTuple):
    """The parts of a text's address."""

    slug: str | None
    at: datetime | None
    category: str
    author: str
    language: str


class PelicanUrls:
    """Makes slugs and addresses by the settings."""

    def __init__(self, settings: Mapping[str, Any], *, language: str) -> None:
        self._settings = settings
        self._language = language

    def slugify(self, text: str, kind: str = "") -> str | None:
        """The slug of a title, or of a name of a `kind` such as `CATEGORY`; None if it is not known."""
        written = unicodedata.normalize("NFKC", _TAG.sub("", unescape(text)))[:_MOST_TITLE]
        if self._settings.get("SLUGIFY_USE_UNICODE") is not True:
            folded = unicodedata.normalize("NFKD", written.translate(_SPELLED))
            written = "".join(sign for sign in folded if unicodedata.category(sign)[0] != "M")
            if not written.isascii() and any(sign.isalnum() and not sign.isascii() for sign in written):
                return None  # Pelican spells it out in Latin letters, by tables of its own
            written = written.encode("ascii", "ignore").decode()
        substitutions = self._substitutions(kind)
        if len(substitutions) > _MOST_SUBSTITUTIONS:
            return None
        for pattern, new in substitutions:
            if not is_simple(pattern):
                return None
            try:
                written = re.sub(pattern, new, written, flags=re.IGNORECASE)
            except (re.error, IndexError):
                return None
            if len(written) > _MOST_TITLE:
                return None
        written = written if self._settings.get("SLUGIFY_PRESERVE_CASE") is True else written.lower()
        return written.strip() or None

    def address(self, named: UrlParts, *, is_page: bool) -> str | None:
        """The address of a text; None if it cannot be computed."""
        kind, folder = ("PAGE", "pages/") if is_page else ("ARTICLE", "")
        is_other = named.language and self._language and named.language.lower() != self._language.lower()
        if is_other:
            kind = f"{kind}_LANG"
        default = f"{folder}{{slug}}-{{lang}}.html" if is_other else f"{folder}{{slug}}.html"
        setting = partial(text_in, self._settings)
        pattern = setting(f"{kind}_URL") or setting(f"{kind}_SAVE_AS") or default
        words = {
            "slug": named.slug,
            "lang": named.language or self._language,
            "category": self.slugify(named.category or setting("DEFAULT_CATEGORY") or "misc", "CATEGORY"),
            "author": self.slugify(named.author, "AUTHOR") if named.author else None,
        }

        def fill(match: re.Match[str]) -> str:
            if match[1] == "date" and named.at is not None:
                return named.at.strftime(match[2] or "%Y-%m-%d")
            value = words.get(match[1])
            if value is None:
                raise LookupError(match[1])
            return value

        filled = fill_in(_WORD, pattern, fill)
        return None if filled is None or "{" in filled else f"/{filled.lstrip('/')}"

    def _substitutions(self, kind: str) -> list[tuple[str, str]]:
        own = self._settings.get(f"{kind or 'ARTICLE'}_REGEX_SUBSTITUTIONS")
        chosen = own or self._settings.get("SLUG_REGEX_SUBSTITUTIONS") or _SUBSTITUTIONS
        pairs = [(str(one[0]), str(one[1])) for one in chosen if isinstance(one, list | tuple) and len(one) == 2]
        older = self._settings.get("SLUG_SUBSTITUTIONS") or ()
        plain = [(str(one[0]), str(one[1])) for one in older if isinstance(one, list | tuple) and len(one) > 1]
        return [*((re.escape(old), new) for old, new in plain), *pairs]


def tag_uri(site: str, address: str, at: datetime) -> str:
    """The identity of an article in Pelican's feeds: the host, its day and its path; "" without a host.

    Source: taguri.org; the library feedgenerator, which Pelican writes feeds with.
    """
    parts = urlsplit(site)
    path = f"{parts.path.rstrip('/')}/{address.lstrip('/')}"
    return f"tag:{parts.hostname},{at:%Y-%m-%d}:{path}" if parts.hostname else ""


def is_simple(pattern: str, *, most: int = 1) -> bool:
    """Whether a pattern from the settings runs in linear time: it repeats one sign at a time, once.

    For texts as short as the name of a file it may do so `most` times.
    """
    plain = _CLASS.sub("x", pattern)
    repeats = len(re.findall(r"[*+]|\{\d*,", plain))
    return repeats <= most and not re.search(r"\)[*+{?]", plain)
