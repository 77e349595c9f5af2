"""Signs that stand in a text for what must come through engines and sanitiser unread; no text of a record holds them.

Control characters, written by engines and by `tags`, and read again where HTML is dressed.
"""

import re

from generator.records.body import TAG

HIDDEN = "\x06"
"""Stands for a `<` that begins no tag."""

OPEN_TASK, DONE_TASK = "\x0e", "\x0f"
"""Stand at the head of an item of a list that is a task."""

WRAPPER = "\x10"
"""Stands for a tag of a wrapper such as `<div>` that is removed."""

NOTE = re.compile("\x05([0-9]{1,9})\x05")
"""A mark of a footnote: the place of its text among those of the footnotes."""


def clean_marks(html: str) -> str:
    """Sanitised HTML whose attributes hold no marks of footnotes, where nothing can be written for them."""
    return TAG.sub(lambda tag: NOTE.sub("", tag[0]), html) if "\x05" in html else html


def mark_note(place: int) -> str:
    """The mark of a footnote, whose text has a place among the others."""
    return f"\x05{place}\x05"
