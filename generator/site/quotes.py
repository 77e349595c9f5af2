"""The quote lock: what a story quotes from a source must occur in the recorded texts of that source."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from generator.errors import Problem
from generator.names import RecordId
from generator.records import Article, Body, Story
from generator.words import passage, split_pieces, stands_alone

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
_SPACE = re.compile(r"\s+")
_PUNCTUATION = "\"'.,;:!?()[]-、。，．：；！？「」『』（）《》・"
_MAX_SHOWN = 160  # characters


def fold(text: str) -> str:
    """Text with plain quotation marks, dashes and spaces, as quotations are compared."""
    return _SPACE.sub(" ", text.translate(_TYPOGRAPHY)).strip()


def bare_word(word: str) -> str:
    """A word without typography, without the punctuation around it and in lower case."""
    return fold(word).strip(_PUNCTUATION).casefold()


def occurs(quote: str, texts: Iterable[str]) -> bool:
    """Whether a quotation occurs in one of the texts.

    Typography and the case of first letters do not matter; an ellipsis matches any words.
    """
    parts = [part.strip(" \"'.,;:") for part in _ELLIPSIS.split(fold(quote))]
    wanted = [part for part in parts if part]
    return bool(wanted) and any(_stands_in(wanted, fold(text)) for text in texts)


def nearest_wording(quote: str, texts: Iterable[str]) -> str:
    """The most similar passage of about the length of a quotation; empty if none is similar."""
    from difflib import SequenceMatcher

    wanted = [bare_word(piece) for piece in split_pieces(quote)]
    best, best_ratio = "", 0.0
    for text in texts:
        bare = [bare_word(piece) for piece in split_pieces(text)]
        for start in range(max(1, len(bare) - len(wanted) + 1)):
            window = bare[start : start + len(wanted)]
            ratio = SequenceMatcher(None, wanted, window, autojunk=False).ratio()
            if ratio > best_ratio:
                best, best_ratio = passage(text, start, len(wanted)), ratio
    return best if best_ratio >= _LEAST_LIKENESS else ""


_LEAST_LIKENESS = 0.4  # less is only common words


def check_quotes(story: Story, articles: Sequence[Article], read_text: ReadText) -> Iterator[Problem]:
    """Report each quotation of a technique that no article of its source has, with the nearest real wording."""
    for source, coverage in story.coverage.items():
        held = [article for article in articles if article.story == story.id and article.source == source]
        for place, technique in enumerate(coverage.techniques):
            for number, quote in enumerate(technique.quotes):
                if not occurs(quote, (text for article in held for text in article.quotes)):
                    texts = [text for article in held for text in (*article.quotes, read_text(article.body))]
                    if not occurs(quote, texts):
                        key = ("coverage", source, "techniques", place, "quotes", number)
                        yield _missing(story, source, key, quote, texts)


def _stands_in(parts: Sequence[str], text: str) -> bool:
    """Whether the parts occur in a text in this order, as whole words, their first letters in either case."""
    at = 0
    for part in parts:
        first = f"[{re.escape(part[0].lower() + part[0].upper())}]"
        wording = re.compile(first + re.escape(part[1:]))
        found = wording.search(text, at)
        while found and not stands_alone(text, *found.span()):
            found = wording.search(text, found.start() + 1)
        if found is None:
            return False
        at = found.end()
    return True


def _missing(story: Story, source: RecordId, key: tuple[str | int, ...], quote: str, texts: Sequence[str]) -> Problem:
    nearest = nearest_wording(quote, texts)
    hint = f"the nearest wording is: '{nearest[:_MAX_SHOWN]}'" if nearest else "quote the source word for word"
    return Problem(
        file=story.file,
        code="unfounded-quote",
        key=key,
        message=f"no recorded text of '{source}' contains '{quote}'",
        expected="words from the 'quotes' or the text of an article of that source in this story",
        hint=hint,
    )
