"""Tables of words and numbers, as wide as the terminal lets them be; a program that reads them gets all of it."""

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from generator.commands.terminal.lines import show_line

_GAP = 2  # columns of the terminal between two of the table
_NARROWEST = 12  # what a column of words is given at least, unless it needs less
_UNKNOWN_WIDTH = 80  # of a terminal that does not say

Line = Sequence[str]


def print_table(header: Line, rows: Sequence[Line], *, right: Collection[int] = ()) -> None:
    """Print columns, as wide as they need to be, two spaces apart; those of `right` end where their header ends.

    Where a terminal is too narrow the widest columns are folded; where that does not do, each row is a list of cells.
    """
    from rich.cells import cell_len

    lines = [[show_line(cell) for cell in line] for line in (header, *rows)]
    natural = [max(map(cell_len, column)) for column in zip(*lines, strict=True)]
    room = _room()
    widths = natural if room is None else _fit(natural, room - _GAP * (len(header) - 1), right)
    if widths is None:
        _print_cells(lines)
        return
    for line in lines:
        cells = (_wrap(cell, width) for cell, width in zip(line, widths, strict=True))
        for part in zip_longest(*cells, fillvalue=""):
            print((" " * _GAP).join(_pad(part, widths, right)).rstrip())


def print_line(text: str) -> None:
    """Print a line; what a terminal has no room for goes below it, further in."""
    room = _room()
    if room is None:
        print(text)
        return
    inner = text.lstrip(" ")
    indent = len(text) - len(inner)
    first, *more = _wrap(inner, room - indent - _GAP)
    print(" " * indent + first)
    for part in more:
        print(" " * (indent + _GAP) + part)


def _room() -> int | None:
    """How many columns the terminal has; None where there is none."""
    if not sys.stdout.isatty():
        return None
    if (given := os.environ.get("COLUMNS", "")).isdecimal() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _UNKNOWN_WIDTH
    except OSError:
        return _UNKNOWN_WIDTH


def _fit(natural: Sequence[int], room: int, right: Collection[int]) -> list[int] | None:
    """The widths of columns in so much room, the widest of words made narrower first; None where it is too little."""
    floors = [width if place in right else min(width, _NARROWEST) for place, width in enumerate(natural)]
    if sum(floors) > room:
        return None
    widths = list(natural)
    while sum(widths) > room:
        place = max((one for one in range(len(widths)) if widths[one] > floors[one]), key=lambda one: widths[one])
        widths[place] -= 1
    return widths


def _wrap(text: str, width: int) -> list[str]:
    """A text in lines of a width: broken between words, or inside of one that is wider."""
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return [text]
    from rich.console import Console
    from rich.text import Text

    lines = Text(text).wrap(Console(width=width, file=sys.stdout, color_system=None), width, overflow="fold")
    return [line.plain.rstrip() for line in lines]


def _pad(line: Line, widths: Sequence[int], right: Collection[int]) -> Iterator[str]:
    from rich.cells import cell_len

    for place, (cell, width) in enumerate(zip(line, widths, strict=True)):
        gap = " " * (width - cell_len(cell))
        yield gap + cell if place in right else cell + gap


def _print_cells(lines: Sequence[Line]) -> None:
    """Print each row as its cells, one below the other, an empty line between two rows."""
    header, *rows = lines
    for place, row in enumerate(rows):
        if place:
            print()
        for name, cell in zip(header, row, strict=True):
            print_line(f"{name}: {cell}" if name else cell)
