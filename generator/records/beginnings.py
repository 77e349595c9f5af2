"""What a new record begins with: comments on optional keys, keys and texts of its kind and form to be replaced.

`newsprint new` writes it. Each text of two or more words, and each address below `.invalid`, is a placeholder, which
only a draft can have.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from generator.names import Kind

ADDRESS = "https://original.invalid/"
"""A placeholder for the address of the original (RFC 2606)."""

NOTES: dict[Kind, str] = {
    "article": """\
# summary: "The standfirst, in a sentence or two"
# author: "Who wrote the original"   # or a list: authors: [Ada Writer, Bo Reader]
# source_title: "The original's headline"
# updated: $published
# tags: [npu, benchmarks]
# also: [another-topic]
# entities:
#   - entity: acme
#     role: "What it does in this report"
# via: [another-source]              # the sources that its source cites
# image:
#   src: wafer.webp
#   alt: "What the picture shows"
# verified:
#   by: "Who checked it"
#   how: "How it was checked"
#   at: $published
# badge: breaking                    # or live, exclusive, opinion
# badge_until: 2099-01-01T12:00
# expires: 2099-01-01T12:00
# pinned: true                       # first on the front page
""",
    "story": """\
# summary: "The event in a sentence or two"
# tags: [npu, benchmarks]
# entities:
#   - entity: acme
#     role: "What it does in this event"
# status: settled                    # or developing, the default
# verdict: "How the coverage differs, in a paragraph"
# facts:
#   - text: "What is known, in a sentence"
#     sources: [wire, post]
#     disputed_by: [paper]
# differences:
#   - aspect: "What the sources differ in"
#     views:
#       wire: "What one source says about it"
#       post: "What the other source says about it"
# coverage:
#   wire:
#     framing: "How it frames the event"
#     tone: "sober"
# timeline:
#   - at: 2026-06-01
#     text: "What happened on that day"
""",
    "topic": """\
# description: "What belongs to it, in a sentence or two"
# order: 1                           # its position in the navigation; lower numbers first
# colour: "#2255aa"
# featured: true                     # a section on the front page
# parent: another-topic
""",
    "source": """\
# homepage: https://source.invalid/
# country: "GB"                      # in quotation marks: NO would be false
# language: en
# owner: "Who owns it"
# licence: "The terms for its texts"
# extract_words: 100                 # copying more consecutive words gives a warning
# noindex: true                      # asks search engines not to list its articles
""",
    "entity": """\
# One type of: company, person, product, organisation, law, place.
# description: "Who or what it is, in a sentence or two"
# ticker: "ACME"
# homepage: https://entity.invalid/
# same_as:
#   - https://profile.invalid/
""",
    "sponsor": """\
# label: "Advertorial"               # instead of the site's own label
# tagline: "A line below the name"
# proof: "A line of social proof"
# actions:
#   - text: "What the link says"
#     url: https://action.invalid/
# note: "Price and terms"
# image:
#   src: lamp.webp
#   alt: "What the picture shows"
# ends: 2099-01-01
# places: [front, topic, article, feed]
# topics: [a-topic]                  # only on their pages
# not_beside: [an-entity]
# weight: 10                         # its share of turns, relative to other campaigns, 1 to 100
# exclusive: true                    # no other campaign beside it
""",
    "page": """\
# navigation: footer                 # or header
# order: 1                           # its position in the navigation; lower numbers first
# slug: "the last part of its address"
""",
}
"""Per kind, with `$published` for the time of the record."""

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
def placeholder_texts(kind: Kind) -> frozenset[str]:
    """The placeholders in the front matter of a kind."""
    given: list[Any] = [KIND_KEYS.get(kind), *(FORM_KEYS.values() if kind == "article" else ())]
    texts = (*_QUOTED.findall(NOTES[kind]), *(text for _, text in texts_in(given)))
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
