"""The quote lock: what a story quotes from a source must occur in the recorded texts of that source."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property

from generator.errors import Problem
from generator.names import RecordId
from generator.records import Article, Body, Story
from generator.site.alignment import nearest_window
from generator.words import find_words, mark_words, passage, split_pieces

ReadText = Callable[[Body], str]
"""Gives the plain text of a compiled body."""

_TYPOGRAPHY = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "\u00ad": "",
    }
)
_ELLIPSIS = re.compile(r"(?:(?<!\s)\s++)?+(?:\[\s*+(?:…|\.\.\.)\s*+\]|…|\.\.\.)\s*+")
_WRITTEN_APART = re.compile(r"«\s*+|(?<!\s)\s*+»|-{2,3}")
_SPACE = re.compile(r"\s+")
_PUNCTUATION = "\"'.,;:!?()[]-、。，．：；！？「」『』（）《》・"
_MAX_SHOWN = 160  # characters
_MAX_NEAREST = 20  # quotations of a story


def fold(text: str) -> str:
    """Text with plain quotation marks, dashes and spaces, as quotations are compared."""
    if "«" in text or "--" in text:
        text = _WRITTEN_APART.sub(lambda found: '"' if found[0].strip("-") else "-", text)
    return _SPACE.sub(" ", text.translate(_TYPOGRAPHY)).strip()


def bare_words(text: str) -> list[str]:
    """The pieces of a text, without typography, without the punctuation around them and in lower case."""
    pieces = split_pieces(text)
    bare = {piece: fold(piece).strip(_PUNCTUATION).casefold() for piece in {*pieces}}
    return [bare[piece] for piece in pieces]


def occurs(quote: str, texts: Iterable[str]) -> bool:
    """Whether a quotation occurs in one of the texts.

    Typography and the case of first letters do not matter; an ellipsis matches any words.
    """
    return _occurs(quote, map(_mark, texts))


def nearest_wording(quote: str, texts: Iterable[str]) -> str:
    """The most similar passage of about the length of a quotation; empty if none is similar."""
    wanted = bare_words(quote)
    best, best_likeness = "", 0.0
    for text in texts:
        window = nearest_window(wanted, bare_words(text))
        if window.likeness > best_likeness:
            best, best_likeness = passage(text, window.start, len(wanted)), window.likeness
    return best if best_likeness >= _LEAST_LIKENESS else ""


_LEAST_LIKENESS = 0.4  # less is only common words


def check_quotes(story: Story, articles: Sequence[Article], read_text: ReadText) -> Iterator[Problem]:
    """Report each quotation of a technique that no article of its source has, with the nearest real wording.

    The wording is searched for the first `_MAX_NEAREST` quotations.
    """
    left = _MAX_NEAREST
    for source, coverage in story.coverage.items():
        held = [article for article in articles if article.story == story.id and article.source == source]
        recorded = _Recorded(held, read_text)
        for place, technique in enumerate(coverage.techniques):
            for number, quote in enumerate(technique.quotes):
                if not _occurs(quote, recorded.marked_quotes) and not _occurs(quote, recorded.marked_bodies):
                    key = ("coverage", source, "techniques", place, "quotes", number)
                    nearest = nearest_wording(quote, recorded.texts) if left > 0 else ""
                    left -= 1
                    yield _missing(story, source, key, quote, nearest)


def check_pull_quotes(article: Article, read_text: ReadText) -> Iterator[Problem]:
    """Report each pull quote that the article's text does not have, with the nearest real wording."""
    text = read_text(article.body)
    marked = _mark(text)
    for place, quote in enumerate(article.pull_quotes):
        if not _occurs(quote, [marked]):
            nearest = nearest_wording(quote, [text]) if place < _MAX_NEAREST else ""
            yield Problem(
                file=article.file,
                code="unfounded-quote",
                key=("pull_quotes", place),
                message=f"the text does not contain the pull quote '{quote}'",
                expected="words from the text of the article",
                hint=_point_to(nearest) or "repeat the text word for word",
            )


class _Recorded:
    """The recorded texts of a source about a story, each prepared once, if a quotation needs it."""

    def __init__(self, articles: Sequence[Article], read_text: ReadText) -> None:
        self._articles, self._read_text = articles, read_text

    @cached_property
    def _bodies(self) -> list[str]:
        return [self._read_text(article.body) for article in self._articles]

    @cached_property
    def texts(self) -> list[str]:
        """The quotes of each article, followed by its text."""
        bodies = zip(self._articles, self._bodies, strict=True)
        return [text for article, body in bodies for text in (*article.quotes, body)]

    @cached_property
    def marked_quotes(self) -> list[str]:
        return [_mark(text) for article in self._articles for text in article.quotes]

    @cached_property
    def marked_bodies(self) -> list[str]:
        return [_mark(text) for text in self._bodies]


def _mark(text: str) -> str:
    return mark_words(fold(text))


def _occurs(quote: str, marked: Iterable[str]) -> bool:
    """Whether a quotation occurs in one of the texts whose words are marked."""
    parts = [part.strip(" \"'.,;:") for part in _ELLIPSIS.split(fold(quote))]
    wanted = [part for part in parts if part]
    return bool(wanted) and any(_stands_in(wanted, text) for text in marked)


def _stands_in(parts: Sequence[str], marked: str) -> bool:
    """Whether the parts occur in a marked text in this order, as whole words, their first letters in either case."""
    at = 0
    for part in parts:
        spellings = (first + part[1:] for first in {*part[0].lower(), *part[0].upper()})
        found = [span for spelling in spellings if (span := find_words(spelling, marked, at))]
        if not found:
            return False
        at = min(found)[1]
    return True


def _missing(story: Story, source: RecordId, key: tuple[str | int, ...], quote: str, nearest: str) -> Problem:
    return Problem(
        file=story.file,
        code="unfounded-quote",
        key=key,
        message=f"no recorded text of '{source}' contains '{quote}'",
        expected="words from the 'quotes' or the text of an article of that source in this story",
        hint=_point_to(nearest) or "quote the source word for word",
    )


def _point_to(nearest: str) -> str:
    return f"the nearest wording is: '{nearest[:_MAX_SHOWN]}'" if nearest else ""
