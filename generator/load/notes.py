"""Footnotes: marks in a text, and the notes below it, linked to each other by ids of their own."""

import re
from collections.abc import Sequence

from generator.load.marks import NOTE
from generator.records.body import ANCHOR_PREFIX


def write_notes(body: str, notes: Sequence[str], name: str) -> str:
    """Write the marks in sanitised HTML as links, and the notes, in order of their marks, below it.

    Marks and notes link to each other; a note without a mark comes last.
    `name` makes the ids unique.
    """
    stem = f"{ANCHOR_PREFIX}note-{name}"
    order: list[int] = []
    numbers: dict[int, int] = {}
    times = [0] * len(notes)

    def number_of(place: int) -> int:
        if place not in numbers:
            order.append(place)
            numbers[place] = len(order)
        return numbers[place]

    def link(html: str) -> str:
        def write(match: re.Match[str]) -> str:
            place, number = int(match[1]), number_of(int(match[1]))
            times[place] += 1
            ref = _name_mark(stem, number, times[place])
            return f'<sup id="{ref}"><a href="#{stem}-{number}" role="doc-noteref">{number}</a></sup>'

        return NOTE.sub(write, html)

    text = link(body)
    unmarked = iter(range(len(notes)))
    written: list[str] = []
    while len(written) < len(notes):
        if len(written) == len(order):  # all notes with marks are written
            number_of(next(place for place in unmarked if place not in numbers))
        written.append(link(notes[order[len(written)]]))
    items = "\n".join(
        f'<li id="{stem}-{number}">{_lead_back(note.strip(), stem, number, times[order[number - 1]])}</li>'
        for number, note in enumerate(written, 1)
    )
    return f'{text}\n<section class="footnotes">\n<ol>\n{items}\n</ol>\n</section>'


def _name_mark(stem: str, number: int, time: int) -> str:
    return f"{stem}-{number}-mark" + (f"-{time}" if time > 1 else "")


def _lead_back(note: str, stem: str, number: int, times: int) -> str:
    """A note with links back to all its marks, in its last paragraph."""
    links = " ".join(
        f'<a href="#{_name_mark(stem, number, time)}" role="doc-backlink">↑{time if times > 1 else ""}</a>'
        for time in range(1, times + 1)
    )
    if not links:
        return note
    return f"{note.removesuffix('</p>')} {links}</p>" if note.endswith("</p>") else f"{note}\n<p>{links}</p>"
