"""The ids of headings in the old system, written or generated; records name headings by their words alone."""

import re
import unicodedata

from generator.importers.html import read_attributes
from generator.importers.markup import Edits, Mark, read_marks
from generator.names import slugify

_ID = re.compile(rb"\{:?[ \t]*#([\w.:-]{1,200})[^{}\n]*\}[ \t]*+#*+[ \t]*+")
_ANCHOR = re.compile(r"<a\s([^<>]*)>", re.IGNORECASE)
_TITLED = re.compile(r"<h[1-6](\s[^<>]*)?>([^<>]*)", re.IGNORECASE)


def name_headings(text: str) -> tuple[str, dict[str, str]]:
    """Remove the ids of headings; the text, and the new fragment by each one that led to a heading."""
    edits = Edits(text)
    written: dict[str, str] = {}
    titles: list[str] = []
    waiting: list[str] = []  # ids of anchors in, or right before, the next heading
    words: list[str] = []
    is_heading = False
    for mark in read_marks(text):
        if mark.name == "Heading" and not mark.is_end:
            words, is_heading = [], True
        elif mark.name == "Heading":
            title = "".join(words)
            if place := _find_id(edits.source, mark):
                begin, end, own = place
                title = title[: title.rfind("{")]
                waiting.append(own)
                edits.replace(begin, end, "")
            titles.append(title)
            written |= dict.fromkeys(waiting, slugify(title))
            waiting, is_heading = [], False
        elif mark.name in {"InlineHtml", "Html"}:
            for match in _ANCHOR.finditer(mark.data):
                attributes = read_attributes(match[1])
                waiting += filter(None, (attributes.get("id"), attributes.get("name")))
            for match in _TITLED.finditer(mark.data):
                titles.append(title := match[2].strip())
                name = read_attributes(match[1] or "").get("id")
                written |= {name: slugify(title)} if name else {}
        elif mark.name in {"Text", "Code"}:
            words.append(mark.data)
            waiting = waiting if is_heading else []
    return edits.apply(), _name_by_words(titles) | written


def _name_by_words(titles: list[str]) -> dict[str, str]:
    """The ids that GitHub, Goldmark and kramdown generate for headings; equal ones are numbered."""
    found: dict[str, str] = {}
    counts: dict[tuple[str, str], int] = {}
    for title in titles:
        ours = slugify(title) or "section"
        number = counts["", ours] = counts.get(("", ours), 0) + 1
        new = ours if number == 1 else f"{ours}-{number}"
        for way, name in (("github", _fold(title)), ("kramdown", _fold(title, is_ascii=True))):
            before = counts.get((way, name), 0)
            counts[way, name] = before + 1
            found.setdefault(f"{name}-{before}" if before else name, new)
    return found


def _fold(title: str, *, is_ascii: bool = False) -> str:
    """Lower case, hyphens for spaces, no other signs but `-` and `_`; kramdown begins with the first letter."""
    kept = "".join(sign for sign in title.lower() if sign in " -_" or unicodedata.category(sign)[0] in "LNM")
    if is_ascii:
        kept = re.sub(r"[^a-z0-9 -]", "", kept).lstrip(" -0123456789")
    return kept.strip().replace(" ", "-")


def _find_id(source: bytes, mark: Mark) -> tuple[int, int, str] | None:
    """The begin and end of a heading's id, with the space before it, and the id."""
    line_end = mark.begin + len(_first_lines(source[mark.begin : mark.end]))
    opening = source.rfind(b"{", mark.begin, line_end)
    match = _ID.fullmatch(source, opening, line_end) if opening >= 0 else None
    if match is None:
        return None
    begin = mark.begin + len(source[mark.begin : opening].rstrip(b" \t"))
    return begin, line_end, match[1].decode()


def _first_lines(heading: bytes) -> bytes:
    """A heading without the line of signs below it."""
    text = heading.rstrip(b"\n")
    above, _, last = text.rpartition(b"\n")
    return above if above and not last.strip(b" \t=-") else text
