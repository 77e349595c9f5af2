"""The characters that fonts can write, for planning social cards and for drawing them."""

import functools
import struct
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.names import compose

_PROGRAM_FONT = Path(__file__).parent / "render" / "fonts" / "DejaVuSansCondensed-Bold.ttf"

_UNICODE_TABLES = {(3, 10): 2, (0, 6): 2, (0, 4): 2, (3, 1): 1, (0, 3): 1, (0, 2): 1, (0, 1): 1, (0, 0): 1}
"""Platform and encoding of character maps for Unicode, with a rank by how much of it they can contain."""

_UNWRITTEN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
"""General categories of invisible characters."""


_LAM = "\u0644"
_LAM_WITH_ALEF = tuple(map(chr, range(0xFEF5, 0xFEFD)))


@functools.cache
def program_font() -> bytes:
    """The font of the program, for characters that the site's font lacks."""
    return _PROGRAM_FONT.read_bytes()


@functools.cache
def program_characters() -> frozenset[str]:
    """The characters of the program's font."""
    return read_characters(program_font())


def read_characters(data: bytes) -> frozenset[str]:
    """The characters that a TrueType or OpenType font has a glyph for.

    Raises:
        ValueError: it has no readable table of them.

    Source: OpenType 1.9, "cmap", formats 4 and 12.
    """
    try:
        place = _find_table(data)
        kind = struct.unpack_from(">H", data, place)[0]
        return frozenset(_read_segments(data, place) if kind == 4 else _read_groups(data, place, kind))
    except (struct.error, OverflowError) as fault:
        raise ValueError("no font with a character map") from fault


def _find_table(data: bytes) -> int:
    """Where the largest character map for Unicode begins; in a collection, that of the first font."""
    start = struct.unpack_from(">I", data, 12)[0] if data[:4] == b"ttcf" else 0
    tables = struct.unpack_from(">H", data, start + 4)[0]
    heads = (struct.unpack_from(">4s4xI", data, start + 12 + 16 * number) for number in range(tables))
    maps = next((place for tag, place in heads if tag == b"cmap"), None)
    if maps is None:
        raise ValueError("no character map")
    count = struct.unpack_from(">H", data, maps + 2)[0]
    records = (struct.unpack_from(">HHI", data, maps + 4 + 8 * number) for number in range(count))
    found = [(_UNICODE_TABLES.get((platform, encoding), 0), maps + offset) for platform, encoding, offset in records]
    reach, place = max(found, default=(0, 0))
    if not reach:
        raise ValueError("no character map for Unicode")
    return place


def _read_segments(data: bytes, place: int) -> Iterator[str]:
    count = struct.unpack_from(">H", data, place + 6)[0] // 2
    ends, starts, deltas, offsets = (
        struct.unpack_from(f">{count}H", data, place + 14 + column * 2 * count + (2 if column else 0))
        for column in range(4)
    )
    offsets_place = place + 16 + 6 * count
    if any(end < start or start <= before for start, end, before in zip(starts, ends, (-1, *ends), strict=False)):
        raise ValueError("a character map that is broken")  # which would take forever to read
    for number in range(count):
        for code in range(starts[number], min(ends[number], 0xFFFE) + 1):
            if offsets[number]:
                at = offsets_place + 2 * number + offsets[number] + 2 * (code - starts[number])
                has_glyph = struct.unpack_from(">H", data, at)[0] != 0
            else:
                has_glyph = (code + deltas[number]) & 0xFFFF != 0
            if has_glyph:
                yield chr(code)


def _read_groups(data: bytes, place: int, kind: int) -> Iterator[str]:
    if kind != 12:
        raise ValueError("a character map of another kind")
    count = struct.unpack_from(">I", data, place + 12)[0]
    before = -1
    for first, last, glyph in struct.iter_unpack(">III", data[place + 16 : place + 16 + 12 * count]):
        if not before < first <= last <= 0x10FFFF:
            raise ValueError("a character map that is broken")
        before = last
        yield from map(chr, range(first + (glyph == 0), last + 1))


class Lettering:
    """Tests whether one of some fonts can write a text; results are cached."""

    def __init__(self, fonts: Sequence[frozenset[str]]) -> None:
        """Take what each font can write."""
        self._fonts = [(font, set[str]()) for font in fonts]

    def lacks(self, text: str) -> str:
        """The characters that the best font for a text cannot write, each once; empty if it writes all."""
        composed = compose(text)
        lacking = (self._lacks(font, known, composed) for font, known in self._fonts)
        return min(lacking, key=len)

    def _lacks(self, font: frozenset[str], known: set[str], text: str) -> str:
        if known.issuperset(text):
            return ""
        lacking = [character for character in dict.fromkeys(text) if not _writes(font, character)]
        known.update(set(text).difference(lacking))
        return "".join(lacking)


def _writes(font: frozenset[str], character: str) -> bool:
    """Whether a font has a character, in each form that it takes beside others."""
    is_selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    if is_selector or unicodedata.category(character) in _UNWRITTEN:
        return True
    return character in font and font.issuperset(_forms_of(character))


def _forms_of(character: str) -> tuple[str, ...]:
    """The forms in which an Arabic letter joins others; empty for other characters."""
    if not "\u0600" <= character <= "\u08ff":
        return ()
    from arabic_reshaper.letters import LETTERS_ARABIC

    forms = tuple(filter(None, LETTERS_ARABIC.get(character, ())))
    return (*forms, *_LAM_WITH_ALEF) if character == _LAM else forms
