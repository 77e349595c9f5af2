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


class Anchored(NamedTuple):
    """HTML whose headings have anchors, the headings, and what their writer wrote in vain.

    `ignored` is what stands beside an id in braces, `repeated` ids that another heading has.
    """

    html: str
    headings: tuple[Heading, ...] = ()
    ignored: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()


def anchor_headings(clean: str) -> Anchored:
    """Give each heading of sanitised HTML its level, from 2 without gaps, and its anchor.

    That is the id in braces at its end, as in `## The rest {#rest}`, else what its words make.
    """
    flat = _flatten(clean)
    found = [_read(match) for match in _HEADING.finditer(flat)]
    taken: set[str] = set()
    headings: list[Heading] = []
    repeated: list[str] = []
    own = {one.id for one in found if one.id}
    pieces: list[str] = []
    at = 0
    for one in found:
        pieces.append(flat[at : one.start])
        at = one.end
        text = plain_text(NOTE.sub("", one.inner))
        if not text:
            continue
        level = max(2, min(one.level, (headings[-1].level if headings else 1) + 1))
        stem = one.id or slugify(text) or "section"
        if one.id and ANCHOR_PREFIX + one.id in taken:
            repeated.append(one.id)
        name, count = stem, 1
        while ANCHOR_PREFIX + name in taken or (name in own and name != one.id):
            count += 1
            name = f"{stem}-{count}"
        taken.add(ANCHOR_PREFIX + name)
        headings.append(Heading(level, ANCHOR_PREFIX + name, text))
        pieces.append(f'<h{level} id="{ANCHOR_PREFIX}{name}">{one.inner}</h{level}>')
    pieces.append(flat[at:])
    return Anchored("".join(pieces), tuple(headings), tuple(one.rest for one in found if one.rest), tuple(repeated))


def drop_headings(clean: str) -> str:
    """Make plain text of the headings of sanitised HTML."""
    return _HEADING.sub(lambda match: _read(match).inner, _flatten(clean))


class _Written(NamedTuple):
    """A heading as it is written: where it stands, its level, what is in it, and what its braces say."""

    start: int
    end: int
    level: int
    inner: str
    id: str = ""
    rest: str = ""


def _read(match: re.Match[str]) -> _Written:
    written = _Written(match.start(), match.end(), int(match[1]), match[2])
    own = _OWN_ID.search(match[2]) if match[2].rstrip().endswith("}") else None
    if own is None:
        return written
    return written._replace(inner=match[2][: own.start()].rstrip(), id=compose(own[1]), rest=(own[2] or "").strip())


def _flatten(clean: str) -> str:
    """Raw HTML can hold a heading in a heading: the outer one stays."""
    depth = 0

    def flatten(match: re.Match[str]) -> str:
        nonlocal depth
        depth += -1 if match[1] else 1
        return match[0] if depth == (0 if match[1] else 1) else ""

    return _TAG.sub(flatten, clean)
