"""Finds duplicates: titles, descriptions, addresses, and reports of one original."""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

from generator.check.origins import Origins
from generator.check.reading import OutputText
from generator.errors import KeyPath, Problem
from generator.names import OutputPath
from generator.records import Article

_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_hsenc|_hsmi", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"/page/\d+/index\.html$")
_WORDS = {"title": "title", "description": "description", "canonical": "canonical address"}
_KEYS: dict[str, KeyPath] = {"title": ("title",), "description": ("summary",)}
_MOST_NAMED = 3

Thing = TypeVar("Thing")


def check_articles(articles: Sequence[Article]) -> list[Problem]:
    """Warn of visible articles with the same title, and of those with the same original."""
    return [
        *_warn_of_articles(articles, "title", lambda one: _fold(one.title), "duplicate-title"),
        *_warn_of_articles(articles, "source_url", lambda one: fold_url(one.source_url), "duplicate-original"),
    ]


def check_pages(texts: Mapping[OutputPath, OutputText], origins: Origins, reported: Iterable[str]) -> Iterator[Problem]:
    """Warn of pages that search engines cannot distinguish, except those of the files that are `reported` already."""
    known = set(reported)
    pages = {
        path: one.page
        for path, one in texts.items()
        if one.page and one.page.is_indexed and origins.file_of(path) not in known
    }
    yield from _warn_of_pages("title", {path: page.title for path, page in pages.items()}, origins)
    # All pages of a listing have the same description.
    firsts = {path: page.description for path, page in pages.items() if not _PAGE_NUMBER.search(path)}
    yield from _warn_of_pages("description", firsts, origins)
    yield from _warn_of_pages("canonical", {path: page.canonical for path, page in pages.items()}, origins)


def _warn_of_pages(what: str, texts: Mapping[OutputPath, str], origins: Origins) -> Iterator[Problem]:
    for alike in _group(texts, lambda path: _fold(texts[path])):
        yield Problem(
            file=origins.file_of(alike[0]),
            code=f"duplicate-{what}",
            message=f"{len(alike)} pages have the same {_WORDS[what]}: {_name(alike)}",
            key=_KEYS.get(what, ()),
            found=texts[alike[0]],
            hint=f"give each page a {_WORDS[what]} of its own",
        )


def check_paths(paths: Iterable[OutputPath], origins: Origins) -> list[Problem]:
    """Refuse outputs whose paths differ only in case: they are one file on macOS and Windows."""
    return [
        Problem(
            file=origins.file_of(alike[-1]),
            code="case-clash",
            message=f"'{alike[-1]}' and '{alike[0]}' are the same file if case is ignored",
            hint="give one of the records another id or slug",
        )
        for alike in _group(sorted(paths), str.casefold)
    ]


def fold_url(url: str | None) -> str:
    """An address without scheme, `www.`, tracking parameters, last slash and fragment."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return url
    kept = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(name)]  # noqa: FBT003 - blank values
    return f"{host}{parts.path.rstrip('/')}?{urlencode(kept)}"


def _warn_of_articles(
    articles: Sequence[Article], key: str, read: Callable[[Article], str], code: str
) -> Iterable[Problem]:
    oldest_first = sorted(articles, key=lambda one: (one.published, one.id))
    for first, *others in _group(oldest_first, read):
        for other in others:
            yield Problem(
                file=other.file,
                code=code,
                key=(key,),
                message=f"{first.file} has the same '{key}'",
                hint="remove one of them" if key == "source_url" else "say what is new in this one",
            )


def _group(things: Iterable[Thing], read: Callable[[Thing], Hashable]) -> list[list[Thing]]:
    """Groups of two or more things with the same value; empty values do not count."""
    groups: dict[Hashable, list[Thing]] = {}
    for thing in things:
        if value := read(thing):
            groups.setdefault(value, []).append(thing)
    return [group for group in groups.values() if len(group) > 1]


def _name(paths: Sequence[str]) -> str:
    more = len(paths) - _MOST_NAMED
    return ", ".join(paths[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _fold(text: str) -> str:
    return " ".join(text.split()).casefold()
