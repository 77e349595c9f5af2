"""Ids that headings were given in the old system, such as `## A heading {#id}`; records name headings by themselves."""

import re

from generator.migrate.markup import Edits, Mark, read_marks
from generator.names import slugify

_ID = re.compile(rb"\{:?[ \t]*#([\w.:-]{1,200})[^{}\n]*\}[ \t]*#*[ \t]*")


def name_headings(text: str) -> tuple[str, dict[str, str]]:
    """Take ids off headings; the text, and the new fragment by the old id."""
    if "#" not in text or "{" not in text:
        return text, {}
    edits = Edits(text)
    renamed: dict[str, str] = {}
    words: list[str] = []
    for mark in read_marks(text):
        if mark.name == "Heading" and not mark.is_end:
            words = []
        elif mark.name in {"Text", "Code"}:
            words.append(mark.said)
        elif mark.name == "Heading" and (place := _find_id(edits.source, mark)):
            begin, end, name = place
            said = "".join(words)
            renamed[name] = slugify(said[: said.rfind("{")])
            edits.replace(begin, end, "")
    return edits.apply(), renamed


def _find_id(source: bytes, mark: Mark) -> tuple[int, int, str] | None:
    """Where the id of a heading stands, with the space before it, and the id."""
    line_end = mark.begin + len(_first_lines(source[mark.begin : mark.end]))
    opening = source.rfind(b"{", mark.begin, line_end)
    match = _ID.fullmatch(source, opening, line_end) if opening >= 0 else None
    if match is None:
        return None
    begin = mark.begin + len(source[mark.begin : opening].rstrip(b" \t"))
    return begin, line_end, match[1].decode()


def _first_lines(heading: bytes) -> bytes:
    """A heading less the line that stands below it."""
    text = heading.rstrip(b"\n")
    above, _, last = text.rpartition(b"\n")
    return above if above and not last.strip(b" \t=-") else text
