"""The parts of a markdown text, and where they are in UTF-8: CommonMark with what GitHub, kramdown and Goldmark add.

Source: spec.commonmark.org; pyromark, `events_with_range` and `reference_definitions`.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, AnyStr, NamedTuple

from pyromark import Options, events_with_range, reference_definitions

from generator.load.commonmark import OPTIONS


class Mark(NamedTuple):
    """A part of a text: what it is, where it begins and ends, and its data from the parser.

    `name` is that of the event, such as `Link`, `Code` or `Text`.
    What holds other parts has two marks with the same begin and end; the second one `is_end`.
    """

    name: str
    begin: int
    end: int
    is_end: bool
    data: Any


class Definition(NamedTuple):
    """A definition of a link's reference: `[name]: target "title"`."""

    begin: int
    end: int
    target: str
    title: str


def read_marks(text: str, *, has_dashes: bool = False) -> list[Mark]:
    """All parts of a text in order; with dashes, `--` is a part of its own whose text is a dash."""
    options = OPTIONS | Options.ENABLE_SMART_PUNCTUATION if has_dashes else OPTIONS
    return [_make_mark(event, place) for event, place in events_with_range(text, options=options)]


def read_definitions(text: str) -> dict[str, Definition]:
    """The references of a text by their folded names; the first of a name counts."""
    found: dict[str, Definition] = {}
    for name, one in reference_definitions(text, options=OPTIONS).items():
        span = one["span"]
        found.setdefault(fold_name(name), Definition(span["start"], span["end"], one["dest"] or "", one["title"] or ""))
    return found


def fold_name(name: str) -> str:
    """The name of a reference in the form in which names are compared."""
    return " ".join(name.casefold().split())


def _make_mark(event: Any, place: Any) -> Mark:
    begin, end = place["start"], place["end"]
    if isinstance(event, str):
        return Mark(event, begin, end, is_end=False, data=None)
    ((name, data),) = event.items()
    if name not in {"Start", "End"}:
        return Mark(name, begin, end, is_end=False, data=data)
    if isinstance(data, dict):
        ((inner, inner_data),) = data.items()
        return Mark(inner, begin, end, is_end=name == "End", data=inner_data)
    return Mark(data, begin, end, is_end=name == "End", data=None)


class Edits:
    """Changes to be made in separate parts of a text."""

    def __init__(self, text: str) -> None:
        self.source = text.encode()
        self._changes: list[tuple[int, int, bytes]] = []

    def replace(self, begin: int, end: int, new: str) -> None:
        """Replace a part; of two changes at one place the first comes first."""
        self._changes.append((begin, end, new.encode()))

    def read(self, begin: int, end: int) -> str:
        """A part of the text as it was."""
        return self.source[begin:end].decode()

    def apply(self) -> str:
        """The text with all changes; one inside of another is dropped."""
        return splice(self.source, sorted(self._changes, key=lambda change: change[:2])).decode()


def splice(text: AnyStr, changes: Iterable[tuple[int, int, AnyStr]]) -> AnyStr:
    """A text with parts replaced, in order; a change that begins inside of the one before is dropped."""
    pieces: list[AnyStr] = []
    at = 0
    for begin, end, new in changes:
        if begin >= at:
            pieces += text[at:begin], new
            at = end
    pieces.append(text[at:])
    return text[:0].join(pieces)


def find_code(marks: Iterable[Mark]) -> Iterator[tuple[int, int]]:
    """Where blocks and spans of code begin and end."""
    return ((mark.begin, mark.end) for mark in marks if mark.name in {"Code", "CodeBlock"} and not mark.is_end)


def flag_parts(parts: Iterable[tuple[int, int]], length: int) -> bytearray:
    """A byte for each byte of a text of this length: 1 in the parts that begin and end there, else 0."""
    flags = bytearray(length)
    for begin, end in parts:
        flags[begin:end] = b"\1" * (end - begin)
    return flags


def map_outside_code(text: str, change: Callable[[str], str]) -> str:
    """Change the text outside of blocks and spans of code."""
    source = text.encode()
    pieces: list[str] = []
    at = 0
    for begin, end in find_code(read_marks(text)):
        pieces += change(source[at:begin].decode()), source[begin:end].decode()
        at = end
    return "".join([*pieces, change(source[at:].decode())])
