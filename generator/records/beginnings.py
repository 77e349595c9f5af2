"""What a new record begins with: comments on optional keys, keys and texts of its kind and form to be replaced.

`newsprint new` writes it. Each text of two or more words, and each address below `.invalid`, is a placeholder, which
only a draft can have.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from generator.names import Kind

ADDRESS = "https://original.invalid/"
"""A placeholder for the address of the original (RFC 2606)."""

KIND_KEYS: dict[Kind, dict[str, Any]] = {"sponsor": {"homepage": ADDRESS, "headline": "The message in a line"}}
"""Keys that a kind requires, with values to be replaced."""

FORM_KEYS: dict[str, dict[str, Any]] = {
    "brief": {
        "brief": {
            "takeaways": ["What to keep of it.", "A second thing to keep."],
            "background": "What happened before.",
            "why_it_matters": "Why it matters.",
            "market_relevance": "What it means for the market.",
            "market_effects": [{"scope": "sector", "text": "What it does to the sector."}],
            "perspectives": [
                {"stance": "for", "text": "Who is for it, and why."},
                {"stance": "against", "text": "Who is against it, and why."},
            ],
            "outlook": "What comes next.",
        }
    },
    "explainer": {"teaser": "The quick read."},
}
"""Keys that only one form of articles has, with texts to be replaced."""

BODIES = {
    "explainer": "## The question\n\nThe answer, in a few paragraphs.\n",
    "feature": "How it begins, in a paragraph.\n\n## The first part\n\nHow it goes on, in a few paragraphs.\n",
}
"""The first text of articles, by form, if the form has parts."""

_QUOTED = re.compile(r'"([^"\n]+)"')


@cache
def read_notes(kind: Kind) -> str:
    """The comments on optional keys of a kind, with `$published` for the time of the record."""
    return files(__package__).joinpath("notes", f"{kind}.yaml").read_text(encoding="utf-8")


@cache
def placeholder_texts(kind: Kind) -> frozenset[str]:
    """The placeholders in the front matter of a kind."""
    given: list[Any] = [KIND_KEYS.get(kind), *(FORM_KEYS.values() if kind == "article" else ())]
    texts = (*_QUOTED.findall(read_notes(kind)), *(text for _, text in texts_in(given)))
    return frozenset(text for text in texts if " " in text)


@cache
def placeholder_lines(kind: Kind) -> frozenset[str]:
    """The placeholders in the text of a kind, without headings, which can stay."""
    lines = (line for body in BODIES.values() for line in body.splitlines()) if kind == "article" else ()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def texts_in(value: Any, key: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The texts in plain data, each with its key path."""
    if isinstance(value, str):
        yield key, value
    elif isinstance(value, dict | list):
        for name, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from texts_in(item, (*key, name))
