"""Rules for how much a reader has to load before there is something to read."""

import gzip
from collections.abc import Iterator

import msgspec

from generator.contract.built import Built
from generator.contract.page import Fault, GoldenPage

TYPICAL = "typical-report"
"""The id of the golden article of typical length."""

ARTICLE = "article-weight"
FRONT = "front-weight"

_FRONT = "front.html"
_GZIP_LEVEL = 6  # that servers use


class Weight(msgspec.Struct, frozen=True):
    """Bytes, and how many they may be."""

    bytes: int
    most: int


def check_article_weight(page: GoldenPage) -> Iterator[Fault]:
    """HTML and CSS of an article of usual length keep to `[budgets] article_bytes`, 40 KB by default, uncompressed."""
    if page.facts.id == TYPICAL:
        yield from _compare(
            "HTML and CSS of an article are too large", _article_parts(page), page.built.budgets[ARTICLE]
        )


def check_front_weight(page: GoldenPage) -> Iterator[Fault]:
    """HTML of the front page and the CSS for its first paint keep to `front_bytes`, 14 KB by default, gzipped."""
    if page.facts.template == _FRONT:
        message = "HTML and CSS of the front page are too large, compressed with gzip"
        yield from _compare(message, _front_parts(page), page.built.budgets[FRONT])


def weigh(built: Built) -> dict[str, Weight]:
    """What the rules of this file measured, by their codes."""
    weights = {}
    for path, facts in built.facts.items():
        if facts.id == TYPICAL:
            weights[ARTICLE] = Weight(_total(_article_parts(GoldenPage(path, built))), built.budgets[ARTICLE])
        elif facts.template == _FRONT:
            weights[FRONT] = Weight(_total(_front_parts(GoldenPage(path, built))), built.budgets[FRONT])
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
        hint = "shorten the style sheet or the templates, or raise the budget in [budgets] of site.toml"
        yield Fault(message, found=f"{found} = {total:,} bytes", expected=f"at most {most:,} bytes", hint=hint)
