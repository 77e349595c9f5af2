"""Markdown → raw HTML: what every engine does, and texts that none gets.

Nothing here makes HTML safe.
"""

import re
from itertools import accumulate
from typing import NamedTuple, Protocol


class Conversion(NamedTuple):
    """The HTML of a text, and that of each of its footnotes, in the order of the numbers in their marks."""

    html: str
    notes: tuple[str, ...] = ()


class Engine(Protocol):
    """Turns one text after the other into HTML; not for use by two threads.

    Links and pictures are in `href` and `src` as written, the alignment of cells in `align`, and the language of code
    in `class="language-…"`. Control characters occur only as references.
    Footnotes and tasks, for which engines differ, are written as `marks`.
    """

    def convert(self, text: str) -> Conversion:
        """The HTML of a text, as unsafe as the text; ConversionError if the library gives up."""


class ConversionError(Exception):
    """A text cannot be converted; the message is the reason. `needle` is the place in the text, if it is known."""

    def __init__(self, why: str, *, needle: str = "", hint: str = "look for deeply nested lists or quotes") -> None:
        self.needle = needle
        self.hint = hint
        super().__init__(why)


# No author reaches these limits. Beyond them Python-Markdown, whose time grows with their square, takes minutes.
# Nested quotations exhaust Python's stack, whose size differs between processes.
_MOST_IN_BLOCK = 50_000  # characters
_MOST_BLOCKS = 20_000
_MOST_WORK = 100_000_000  # lines × characters of a block: some blocks are cut line by line, and copied at each cut
_MOST_CELLS = 50_000  # of a table, whose short lines get empty cells
_MOST_OPEN = 500
_MOST_QUOTED = 100
_PAIRS = ("[]", "()", "<>")
_DEEP_QUOTATION = re.compile(rf"^(?:[ \t]*>){{{_MOST_QUOTED + 1}}}", re.MULTILINE)


def refuse_excess(text: str) -> None:
    """Raise ConversionError for a block (up to an empty line) of excessive length, or with excessive nesting."""
    if (blocks := text.count("\n\n")) > _MOST_BLOCKS:
        hint = "split the record, or remove empty lines"
        raise ConversionError(f"{blocks:,} empty lines: more than {_MOST_BLOCKS:,} paragraphs", hint=hint)
    is_long = len(text) > _MOST_IN_BLOCK
    pairs = [pair for pair in _PAIRS if text.count(pair[0]) > _MOST_OPEN]
    has_many_lines = text.count("\n") * len(text) > _MOST_WORK
    has_tables = text.count("|") * text.count("\n") > _MOST_CELLS
    for block in text.split("\n\n") if is_long or pairs or has_many_lines or has_tables else ():
        why = hint = ""
        if len(block) > _MOST_IN_BLOCK:
            why = f"more than {_MOST_IN_BLOCK:,} characters without an empty line"
            hint = "put empty lines between paragraphs, or split the list or table"
        elif (lines := block.count("\n")) * len(block) > _MOST_WORK:
            why = f"{lines:,} lines, with {len(block):,} characters, without an empty line"
            hint = "put empty lines between them, or split the list or table"
        elif has_tables and (cells := lines * max(line.count("|") for line in block.split("\n"))) > _MOST_CELLS:
            why = f"a table of up to {cells:,} cells"
            hint = "split the table"
        for pair in pairs:
            if _most_open(block, pair) > _MOST_OPEN:
                why = f"more than {_MOST_OPEN} '{pair[0]}' are open at once"
                hint = f"close them, or write '\\{pair[0]}'"
        if why:
            raise ConversionError(why, needle=block.strip().partition("\n")[0][:60], hint=hint)
    if text.count(">") > _MOST_QUOTED and (found := _DEEP_QUOTATION.search(text)):
        raise ConversionError(f"more than {_MOST_QUOTED} nested quotations", needle=found[0][:60])


def _most_open(block: str, pair: str) -> int:
    """The largest number of brackets of a pair that are open at once."""
    steps = (1 if sign == pair[0] else -1 for sign in block if sign in pair)
    return max(accumulate(steps, lambda opened, step: max(0, opened + step), initial=0))
