"""Authors as other systems name them, with markdown and HTML in their names → plain names, and where they lead."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from generator.addresses import AddressError, write_address
from generator.importers.html import read_attributes
from generator.importers.markup import read_marks
from generator.scaffold import fold_text

_MARKUP = re.compile(r"[\[<*_`&\\]")
_BETWEEN = re.compile(r"(?<=\)),\s+(?:and\s+)?|(?<=\))\s+(?:and|&)\s+")
"""What separates authors who have a link each: `Ada ([@ada](…)), Bo ([@bo](…)), and Cy ([@cy](…))`."""
_TAG = re.compile(r"<a\s([^<>]{0,2000})>", re.IGNORECASE)


class Byline(NamedTuple):
    """An author: a plain name, and the web addresses in it."""

    name: str
    links: tuple[str, ...]


def read_byline(written: str) -> Byline:
    """A name less its markup."""
    if not _MARKUP.search(written):
        return Byline(fold_text(written), ())
    words: list[str] = []
    links: list[str] = []
    for mark in read_marks(written):
        if mark.name in {"Text", "Code"}:
            words.append(mark.data)
        elif mark.name == "Link" and not mark.is_end:
            links.append(mark.data["dest_url"])
        elif mark.name in {"InlineHtml", "Html"} and (tag := _TAG.match(mark.data)):
            links.append(read_attributes(tag[1]).get("href", ""))
    name = fold_text("".join(words))
    return Byline(name or fold_text(written), tuple(dict.fromkeys(filter(_is_web, links))))


def read_bylines(written: Iterable[str]) -> list[Byline]:
    """All names, each once."""
    found: dict[str, Byline] = {}
    for text in written:
        parts = _BETWEEN.split(text)
        for name in parts if all(part.count("](") == 1 for part in parts) else [text]:
            one = read_byline(name)
            found.setdefault(one.name, one)
    return list(found.values())


def _is_web(address: str) -> bool:
    try:
        return bool(write_address(address))
    except AddressError:
        return False
