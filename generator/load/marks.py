"""Signs that pass engines and sanitiser unchanged, and the HTML that replaces them afterwards.

They are control characters, which no text of a record has; engines and `tags` write them.
"""

import re

from generator.records.body import TAG

HIDDEN = "\x06"
"""A `<` that does not begin a tag."""

OPEN_TASK, DONE_TASK = "\x0e", "\x0f"
"""At the beginning of an item of a list: a task."""

WRAPPER = "\x10"
"""A tag of a wrapper such as `<div>` that is removed."""

NOTE = re.compile("\x05([0-9]{1,9})\x05")
"""A mark of a footnote: the place of its text among those of the footnotes."""


def clean_marks(html: str) -> str:
    """Remove marks of footnotes from the attributes of sanitised HTML."""
    return TAG.sub(lambda tag: NOTE.sub("", tag[0]), html) if "\x05" in html else html


def mark_note(place: int) -> str:
    """The mark of a footnote, by the place of its text among the others."""
    return f"\x05{place}\x05"


_TASK = re.compile(
    rf"<li>(\s*(?:<p>\s*)?)([{OPEN_TASK}{DONE_TASK}])\s*(.*?)"
    r"(?=\s*(?:</?(?:blockquote|dl|div|figure|h[1-6]|li|ol|p|pre|table|ul)\b|<hr>|\Z))",
    re.DOTALL,
)
_SIGNS = str.maketrans({OPEN_TASK: "☐ ", DONE_TASK: "☑ "})


def write_tasks(html: str) -> str:
    """Write the tasks of sanitised HTML as disabled boxes, each labelled by the words of its item."""

    def write(match: re.Match[str]) -> str:
        box = f'<input type="checkbox" disabled{" checked" if match[2] == DONE_TASK else ""}>'
        return f'<li class="task">{match[1]}<label>{box} {match[3]}</label>'

    return _TASK.sub(write, html).translate(_SIGNS)


_BLOCK = re.compile(r"<(/?)(?:blockquote|dl|figure|h[1-6]|ol|p|pre|table|ul)\b[^>]*>?|<hr>")
_BREAK = re.compile(rf"{WRAPPER}|\n\s*\n")


def write_paragraphs(html: str) -> str:
    """Put all words of sanitised HTML that are in no block into paragraphs; a wrapper's edge ends one."""
    pieces: list[str] = []
    at = depth = 0
    for match in _BLOCK.finditer(html):
        if depth == 0:
            pieces.append(_write(html[at : match.start()]))
            at = match.start()
        if match[1] is not None:
            depth += -1 if match[1] else 1
        if depth == 0:
            pieces.append(html[at : match.end()].replace(WRAPPER, " "))
            at = match.end()
    return "".join([*pieces, _write(html[at:])]).strip()


def _write(loose: str) -> str:
    parts = (part.strip() for part in _BREAK.split(loose))
    return "\n".join(["", *(f"<p>{part}</p>" for part in parts if part), ""])
