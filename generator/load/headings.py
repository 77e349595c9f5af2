"""The headings of a text: their levels, and the anchors that links lead to."""

import re
from typing import NamedTuple

from generator.load.marks import NOTE
from generator.names import compose, slugify
from generator.records import Heading
from generator.records.body import ANCHOR_PREFIX, plain_text

_TAG = re.compile(r"<(/?)h[1-6]>")
_HEADING = re.compile(r"<h([1-6])>(.*?)</h\1>", re.DOTALL)
_OWN_ID = re.compile(r"(?<![^\s>])(?:#{1,6}\s{1,9})?\{:?\s{0,9}#([\w.:-]{1,200})(?:\s([^{}<>]{0,500}))?\}\s*\Z")


class HeadingAnchors(NamedTuple):
    """HTML whose headings have anchors, the headings, and what had no effect.

    `ignored` is the text beside an id in braces, `repeated` are ids that another heading has.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    ignored: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()


def anchor_headings(clean: str) -> HeadingAnchors:
    """Give each heading of sanitised HTML its level, from 2 without gaps, and its anchor.

    The anchor is the id in braces at its end, as in `## The rest {#rest}`, else made of its words.
    """
    flat = _flatten(clean)
    own = {_read(inner)[1] for _, inner in _HEADING.findall(flat) if "}" in inner}
    taken: set[str] = set()
    headings: list[Heading] = []
    ignored: list[str] = []
    repeated: list[str] = []

    def anchor(match: re.Match[str]) -> str:
        inner, own_id, rest = _read(match[2])
        if rest:
            ignored.append(rest)
        text = plain_text(NOTE.sub("", inner))
        if not text:
            return ""
        level = max(2, min(int(match[1]), (headings[-1].level if headings else 1) + 1))
        stem = own_id or slugify(text) or "section"
        if own_id and own_id in taken:
            repeated.append(own_id)
        name, count = stem, 1
        while name in taken or (name in own and name != own_id):
            count += 1
            name = f"{stem}-{count}"
        taken.add(name)
        headings.append(Heading(level, ANCHOR_PREFIX + name, text))
        return f'<h{level} id="{ANCHOR_PREFIX}{name}">{inner}</h{level}>'

    return HeadingAnchors(_HEADING.sub(anchor, flat), tuple(headings), tuple(ignored), tuple(repeated))


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
