"""The headings of a text: their levels, and the anchors that links lead to."""

import re
from collections.abc import Callable

from generator.load.marks import NOTE
from generator.names import compose, slugify
from generator.records import Heading
from generator.records.body import ANCHOR_PREFIX, plain_text

_TAG = re.compile(r"<(/?)h[1-6]>")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_ANCHORED = re.compile(r'<h([1-6]) id="([^"]*)">(.*?)</h\1>', re.DOTALL)
_OWN_ID = re.compile(r"(?<![^\s>])(?:#{1,6}\s{1,9})?\{:?\s{0,9}#([\w.:-]{1,200})(?:\s([^{}<>]{0,500}))?\}\s*\Z")


Warn = Callable[[str, str, str, str], None]
"""Takes the code, the message, the needle and the hint of a Problem."""


def anchor_headings(clean: str, warn: Warn) -> tuple[str, tuple[Heading, ...]]:
    """Give each heading of sanitised HTML its level, from 2 without gaps, and its anchor.

    The anchor is the id in braces at its end, as in `## The rest {#rest}`, else made of its words.
    """
    flat = _flatten(clean)
    own = {_read(inner)[1] for _, inner in _HEADING.findall(flat) if "}" in inner}
    taken: set[str] = set()
    counts: dict[str, int] = {}
    headings: list[Heading] = []

    def anchor(match: re.Match[str]) -> str:
        inner, own_id, rest = _read(match[2])
        if rest:
            message = f"'{rest}' has no effect here: in the braces of a heading, only an id is supported"
            warn("unknown-syntax", message, rest, "remove it")
        text = plain_text(NOTE.sub("", inner))
        if not text:
            return ""
        level = max(2, min(int(match[1]), (headings[-1].level if headings else 1) + 1))
        stem = own_id or slugify(text) or "section"
        if own_id and own_id in taken:
            message = f"two headings have the id '{own_id}': links lead to the first"
            warn("duplicate-anchor", message, f"#{own_id}", "give one of them another id")
        name, count = stem, counts.get(stem, 1)
        while name in taken or (name in own and name != own_id):
            count += 1
            name = f"{stem}-{count}"
        counts[stem] = count
        taken.add(name)
        headings.append(Heading(level, ANCHOR_PREFIX + name, text))
        return f'<h{level} id="{ANCHOR_PREFIX}{name}">{inner}</h{level}>'

    return _HEADING.sub(anchor, flat), tuple(headings)


def read_headings(html: str) -> tuple[Heading, ...]:
    """The headings of a text that `anchor_headings` gave their anchors."""
    found = _ANCHORED.findall(html)
    return tuple(Heading(int(level), anchor, plain_text(NOTE.sub("", inner))) for level, anchor, inner in found)


def drop_headings(clean: str) -> str:
    """Turn the headings of sanitised HTML into plain text."""
    return _HEADING.sub(lambda match: _read(match[2])[0], _flatten(clean))


def _read(inner: str) -> tuple[str, str, str]:
    """The text of a heading, and the id and the rest in the braces at its end."""
    own = _OWN_ID.search(inner) if inner.rstrip().endswith("}") else None
    if own is None:
        return inner, "", ""
    return inner[: own.start()].rstrip(), compose(own[1]), (own[2] or "").strip()


def _flatten(clean: str) -> str:
    """Remove headings inside of headings, which raw HTML can have."""
    signs = _TAG.findall(clean)
    if signs == ["", "/"] * (len(signs) // 2):
        return clean
    depth = 0

    def flatten(match: re.Match[str]) -> str:
        nonlocal depth
        depth += -1 if match[1] else 1
        return match[0] if depth == (0 if match[1] else 1) else ""

    return _TAG.sub(flatten, clean)
