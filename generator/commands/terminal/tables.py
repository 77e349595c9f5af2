"""Tables that fit the width of the terminal; programs get them in full width."""

import os
import sys
from collections.abc import Collection, Iterator, Sequence
from itertools import zip_longest

from generator.commands.terminal.lines import show_line

_GAP = 2  # columns of the terminal between two of the table
_NARROWEST = 12  # the minimum width of a column of words, unless it needs less
_UNKNOWN_WIDTH = 80  # if the terminal does not report it

Line = Sequence[str]


def print_table(header: Line, rows: Sequence[Line], *, right: Collection[int] = ()) -> None:
    """Print columns two spaces apart; those of `right` are aligned right.

    If the terminal is too narrow, the widest columns are wrapped; if it is far too narrow, each row becomes a list.
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
    """Print a line; if the terminal is too narrow, it is wrapped and indented."""
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
    """The number of columns of the terminal; None if there is no terminal."""
    if not sys.stdout.isatty():
        return None
    if (given := os.environ.get("COLUMNS", "")).isdecimal() and int(given) > 0:
        return int(given)
    try:
        return os.get_terminal_size(sys.stdout.fileno()).columns or _UNKNOWN_WIDTH
    except OSError:
        return _UNKNOWN_WIDTH


def _fit(natural: Sequence[int], room: int, right: Collection[int]) -> list[int] | None:
    """The widths of columns that fit the room, with the widest reduced first; None if the room is too small."""
    floors = [width if place in right else min(width, _NARROWEST) for place, width in enumerate(natural)]
    if sum(floors) > room:
        return None
    widths = list(natural)
    while sum(widths) > room:
        place = max((one for one in range(len(widths)) if widths[one] > floors[one]), key=lambda one: widths[one])
        widths[place] -= 1
    return widths


def _wrap(text: str, width: int) -> list[str]:
    """Wrap a text to a width: between words, or inside a word that is wider."""
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
    """Print each row as a list of cells, with an empty line between rows."""
    header, *rows = lines
    for place, row in enumerate(rows):
        if place:
            print()
        for name, cell in zip(header, row, strict=True):
            print_line(f"{name}: {cell}" if name else cell)
