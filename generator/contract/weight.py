"""Rules for how much a reader has to load before there is something to read."""

import gzip
from collections.abc import Iterator

import msgspec

from generator.contract.built import Built
from generator.contract.page import Fault, GoldenPage

TYPICAL = "typical-report"
"""The id of the golden article of typical length."""

MAX_ARTICLE_BYTES = 40 * 1024
MAX_FRONT_BYTES = 14 * 1024
"""About what a server sends before the first acknowledgement: ten packets of 1,460 bytes (RFC 6928)."""

_FRONT = "front.html"
_GZIP_LEVEL = 6  # that servers use


class Weight(msgspec.Struct, frozen=True):
    """Bytes, and how many they may be."""

    bytes: int
    most: int


def check_article_weight(page: GoldenPage) -> Iterator[Fault]:
    """HTML and CSS of an article of usual length have at most 40 KB, uncompressed."""
    if page.facts.id == TYPICAL:
        yield from _compare("HTML and CSS of an article are too large", _article_parts(page), MAX_ARTICLE_BYTES)


def check_front_weight(page: GoldenPage) -> Iterator[Fault]:
    """HTML of the front page and the CSS for its first paint have at most 14 KB, compressed with gzip."""
    if page.facts.template == _FRONT:
        message = "HTML and CSS of the front page are too large, compressed with gzip"
        yield from _compare(message, _front_parts(page), MAX_FRONT_BYTES)


def weigh(built: Built) -> dict[str, Weight]:
    """What the rules of this file measured, by their codes."""
    weights = {}
    for path, facts in built.facts.items():
        if facts.id == TYPICAL:
            weights["article-weight"] = Weight(_total(_article_parts(GoldenPage(path, built))), MAX_ARTICLE_BYTES)
        elif facts.template == _FRONT:
            weights["front-weight"] = Weight(_total(_front_parts(GoldenPage(path, built))), MAX_FRONT_BYTES)
    return weights


def _article_parts(page: GoldenPage) -> dict[str, bytes]:
    """HTML and CSS of a page, by file."""
    return {page.path: page.built.files[page.path], **{path: data for _, path, data in page.sheets}}


def _front_parts(page: GoldenPage) -> dict[str, bytes]:
    """HTML of a page and the CSS that its first paint waits for, by file, compressed."""
    sheets = {path: data for media, path, data in page.sheets if not media.startswith("print")}
    parts = {page.path: page.built.files[page.path], **sheets}
    return {path: gzip.compress(data, _GZIP_LEVEL, mtime=0) for path, data in parts.items()}


def _total(parts: dict[str, bytes]) -> int:
    return sum(map(len, parts.values()))


def _compare(message: str, parts: dict[str, bytes], most: int) -> Iterator[Fault]:
    total = _total(parts)
    if total > most:
        found = " + ".join(f"{path.rpartition('/')[2]} {len(data):,}" for path, data in parts.items())
        hint = "shorten the style sheet or the templates"
        yield Fault(message, found=f"{found} = {total:,} bytes", expected=f"at most {most:,} bytes", hint=hint)
