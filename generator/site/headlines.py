"""The words that one headline has and no other of the same story."""

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+(?:[.'\u2019\-\u2011][^\W_]+)*")
_FEWEST_LETTERS = 3
"""Shorter words, such as articles, say little about how headlines differ."""


class HeadlinePart(NamedTuple):
    """A part of a headline; `is_own` if its words are in no other headline."""

    text: str
    is_own: bool


def mark_own_words(headlines: Sequence[str]) -> list[tuple[HeadlinePart, ...]]:
    """Divide each headline into words of its own and words that others have, too, in any case of letters."""
    headline_count = Counter(word for headline in headlines for word in {one.casefold() for one in _words(headline)})
    return [tuple(_divide(headline, headline_count)) for headline in headlines]


def _words(headline: str) -> list[str]:
    return _WORD.findall(headline)


def _divide(headline: str, headline_count: Counter[str]) -> list[HeadlinePart]:
    """The pieces; words of its own that only spaces divide are one piece."""
    pieces: list[HeadlinePart] = []
    done = 0
    for found in _WORD.finditer(headline):
        if len(found[0]) < _FEWEST_LETTERS or headline_count[found[0].casefold()] > 1:
            continue
        between = headline[done : found.start()]
        if pieces and not between.strip():
            pieces[-1] = HeadlinePart(pieces[-1].text + between + found[0], is_own=True)
        else:
            pieces += [*([HeadlinePart(between, is_own=False)] if between else []), HeadlinePart(found[0], is_own=True)]
        done = found.end()
    return [*pieces, HeadlinePart(headline[done:], is_own=False)] if headline[done:] else pieces
