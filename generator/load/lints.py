"""Warnings about the words of one record that are allowed but seldom meant."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from generator.errors import KeyPath, Problem
from generator.records.body import blocks_of
from generator.words import count_words, passage

_FEWEST_WORDS = 8  # shorter paragraphs may repeat on purpose
_MOST_WORDS_OF_PLUG = 60
_NEEDLE_WORDS = 4

_PLUG = re.compile(
    r"\b(?:sign(?:ing)?[ -]?up|subscrib(?:e|ing)|register)\b.{0,80}"
    r"\b(?:newsletters?|mailing list|inbox|alerts)\b"
    r"|\b(?:sign up|subscribe|register) here\b"
    r"|\b(?:newsletters?|mailing list)\b.{0,80}\b(?:sign up|subscribe|register)\b",
    re.IGNORECASE,
)
_GLUED_LABEL = re.compile(
    r"(?:(?:[Aa]lternative perspectives|[Bb]ackground|(?:[Rr]isk )?[Dd]isclaimer|[Kk]ey (?:entities|takeaways)"
    r"|[Mm]arket (?:relevance|effects)|[Oo]utlook|[Ss]ummary|[Ww]hy it matters)"
    r"|company|entity|law|organi[sz]ation|person|place|product)(?=[A-Z][a-z])"
)


def lint_record(
    matter: dict[str, Any], texts: Iterable[tuple[KeyPath, str]], *, file: str, is_from_elsewhere: bool
) -> Iterator[Problem]:
    """Warn of empty fields, repeated paragraphs, glued labels and the source's own plugs.

    `texts` are the compiled HTML of the record's smaller texts and of its body, each with its key; the body has none.
    """
    yield from _find_empty(matter, (), file)
    keyed = [(key, paragraph) for key, text in texts for paragraph in blocks_of(text)]
    paragraphs = [paragraph for _, paragraph in keyed]
    folded = [paragraph.casefold() for paragraph in paragraphs]
    seen: set[str] = set()
    may_be_plug = is_from_elsewhere and _may_hold_plug("\n".join(folded))
    for (key, paragraph), fold in zip(keyed, folded, strict=True):
        words = count_words(paragraph) if may_be_plug or fold in seen else 0
        if fold in seen and words >= _FEWEST_WORDS:
            start = _start_of(paragraph)
            message = f"the paragraph '{start} …' occurs twice"
            yield _warn(file, "repeated-paragraph", key, message, start, "keep one of them")
        seen.add(fold)
        if may_be_plug and words <= _MOST_WORDS_OF_PLUG and _PLUG.search(paragraph):
            start = _start_of(paragraph)
            message = f"'{start} …' looks like the source's own newsletter promotion"
            yield _warn(file, "newsletter-plug", key, message, start, "remove it")
        if glued := _GLUED_LABEL.match(paragraph):
            message = f"the label '{glued[0]}' runs into the text after it"
            hint = "make the label a heading, a list's term or a key of the front matter"
            yield _warn(file, "glued-label", key, message, glued[0], hint)


def _may_hold_plug(folded: str) -> bool:
    """Whether casefolded text has the parts of words that `_PLUG` requires."""
    # Parts without `i`: the pattern matches letters like it that folding keeps apart.
    has_verb = any(part in folded for part in ("gn", "subscr", "reg"))
    return has_verb and any(part in folded for part in ("newsletter", "ng l", "nbox", "alerts", " here"))


def _start_of(paragraph: str) -> str:
    return passage(paragraph, 0, _NEEDLE_WORDS)


def _find_empty(value: Any, key: KeyPath, file: str) -> Iterator[Problem]:
    if isinstance(value, str):
        is_empty = not value.strip()
    elif isinstance(value, dict | list):
        is_empty = not value
        for name, item in value.items() if isinstance(value, dict) else enumerate(value):
            if not isinstance(item, str) or not item.strip():
                yield from _find_empty(item, (*key, name), file)
    else:
        is_empty = value is None
    if is_empty and key:
        name = next((part for part in reversed(key) if isinstance(part, str)), "the front matter")
        yield _warn(file, "empty-field", key, f"'{name}' is empty", "", "fill it in or remove the line")


def _warn(file: str, code: str, key: KeyPath, message: str, needle: str, hint: str) -> Problem:
    return Problem(file=file, code=code, key=key, message=message, needle=needle, hint=hint)
