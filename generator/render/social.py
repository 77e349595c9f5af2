"""A view → a social card: headline, source, topic and site.

Each pixel is one byte, a shade between paper and ink or the topic's colour, so cards are small and fast to draw.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

from generator.glyphs import program_font, read_characters
from generator.names import compose
from generator.outputs.files import CARD_SIZE, SocialCard
from generator.outputs.parts import SourceFacts
from generator.render import barcode

if TYPE_CHECKING:
    from arabic_reshaper import ArabicReshaper
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_PAPER, _INK_COLOUR = (251, 250, 247), (20, 20, 22)  # red, green, blue
_INK, _MUTED, _LINE = 239, 165, 50  # shades; ink and muted ink have a contrast above 4.5 : 1 with paper
_TOPIC = 240
_WIDTH, _HEIGHT = CARD_SIZE
_MARGIN = 80  # pixels, as all that follows
_BAND = 28
_SMALL = 34
_KICKER_BASE, _FOOT_BASE = 128, _HEIGHT - 66
_HEADLINE_TOP, _HEADLINE_BOTTOM = 164, _HEIGHT - 136
_SIZES = (84, 76, 68, 60, 54, 48)
_LEADING = 1.2
_FACTS_SIZE, _FACTS_ROW, _FACTS_HEIGHT, _FACTS_NAME = 24, 30, 20, 200
_FACTS_ROWS = 5  # in one column; more sources stand in two, and those that have no place there are left out
_FACTS_CELL = 32
_MEASURED_AT = 100  # advances are proportional to the size, so each is measured once
_MOST_CHARACTERS = 300

_IDEOGRAPHS = "\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
_PIECES = re.compile(rf"( ?)([{_IDEOGRAPHS}]|[^ {_IDEOGRAPHS}]+)")  # lines end at spaces, and between ideographs


class Face:
    """A font in all sizes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._fonts: dict[int, FreeTypeFont] = {}
        self.characters = read_characters(data) | {" "}

    def at(self, size: int) -> "FreeTypeFont":
        """The font in a size of pixels, with Pillow's basic layout, which needs no other libraries."""
        from PIL import ImageFont

        if size not in self._fonts:
            data, layout = BytesIO(self._data), ImageFont.Layout.BASIC
            self._fonts[size] = ImageFont.truetype(data, size, layout_engine=layout)
        return self._fonts[size]


class Piece(NamedTuple):
    """A part of a text that is not broken; its width in pixels at `_MEASURED_AT` includes the space before it."""

    text: str
    width: float


def draw_card(view: SocialCard, own_font: bytes | None) -> bytes:
    """Draw a card as PNG; the site's own font is used before the program's, and characters in neither are left out."""
    from PIL import Image, ImageDraw

    fonts = (own_font, program_font()) if own_font else (program_font(),)
    image = Image.new("L", CARD_SIZE, 0)
    pen = _Pen(ImageDraw.Draw(image), tuple(map(_open_face, fonts)), is_rtl=_is_rtl(view.headline))
    pen.write_headline(view.headline, pen.draw_facts(view.facts))
    pen.write(view.topic, _KICKER_BASE, _MUTED)
    pen.draw.line([(_MARGIN, _FOOT_BASE - 58), (_WIDTH - _MARGIN, _FOOT_BASE - 58)], fill=_LINE, width=2)
    half = (_WIDTH - 2 * _MARGIN) // 2 - _SMALL
    pen.write(view.told, _FOOT_BASE, _INK, width=half)
    if not pen.write(view.site, _FOOT_BASE, _MUTED, width=half, is_at_end=True):
        pen.write(view.host, _FOOT_BASE, _MUTED, width=half, is_at_end=True)
    pen.draw.rectangle([(0, 0), (_WIDTH, _BAND - 1)], fill=_TOPIC)
    image.putpalette(_palette(view.colour))
    data = BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


class _Pen:
    """Writes on a card; lines begin at the left, or at the right if the headline does."""

    def __init__(self, draw: "ImageDraw", faces: tuple[Face, ...], *, is_rtl: bool) -> None:
        self.draw = draw
        self._faces = faces
        self._is_rtl = is_rtl

    def write_headline(self, text: str, bottom: int) -> None:
        """Write the headline as large as possible above a line; if it does not fit at all, its beginning."""
        face, shaped = self._prepare(text)
        size, lines = _fit(_cut(shaped, face), _WIDTH - 2 * _MARGIN, bottom - _HEADLINE_TOP)
        for place, line in enumerate(lines):
            self._put(line, face, size, (0, round(_HEADLINE_TOP + size + place * size * _LEADING)), _INK)

    def draw_facts(self, facts: Sequence[SourceFacts]) -> int:
        """Draw a line per source, its name and a cell per fact, above the foot; returns where they begin."""
        columns = 1 if len(facts) <= _FACTS_ROWS else 2
        rows = min(_FACTS_ROWS, ceil(len(facts) / columns))
        top, width = _HEADLINE_BOTTOM - rows * _FACTS_ROW, (_WIDTH - 2 * _MARGIN) // columns
        for place, one in enumerate(facts[: rows * columns]):
            column, row = divmod(place, rows)
            face, shaped = self._prepare(one.source)
            name = _shorten(_cut(shaped, face), _FACTS_NAME * _MEASURED_AT / _FACTS_SIZE)
            left, base = column * width, top + (row + 1) * _FACTS_ROW
            self._put(name, face, _FACTS_SIZE, (left, base), _MUTED)
            self._draw_cells(one.states, left + _FACTS_NAME + _SMALL, base, width - _FACTS_NAME - 2 * _SMALL)
        return top if rows else _HEADLINE_BOTTOM

    def _draw_cells(self, states: Sequence[str], left: int, base: int, width: int) -> None:
        cell = min(_FACTS_CELL, width // len(states))
        scale = _FACTS_HEIGHT / barcode.HEIGHT
        for place, state in enumerate(states):
            x1 = _MARGIN + left + place * cell
            x2 = x1 + max(1, cell * 2 // 3) - 1
            begin, end = (_WIDTH - 1 - x2, _WIDTH - 1 - x1) if self._is_rtl else (x1, x2)
            for above, below in barcode.STROKES[state]:
                y1, y2 = (base - _FACTS_HEIGHT + round(y * scale) for y in (above, below))
                self.draw.rectangle([(begin, y1), (end, y2 - 1)], fill=_INK if state == "told" else _MUTED)

    def write(
        self, text: str, base: int, shade: int, *, width: int = _WIDTH - 2 * _MARGIN, is_at_end: bool = False
    ) -> bool:
        """Write one small line; returns whether it has any text."""
        face, shaped = self._prepare(text)
        line = _shorten(_cut(shaped, face), width * _MEASURED_AT / _SMALL)
        self._put(line, face, _SMALL, (0, base), shade, is_at_end=is_at_end)
        return bool(line)

    def _prepare(self, text: str) -> tuple[Face, str]:
        """The face with most characters of a text, and those characters, with Arabic letters joined."""
        cut = " ".join(compose(text[:_MOST_CHARACTERS]).split())
        shaped = cut if cut.isascii() else str(_reshaper().reshape(cut))
        face = max(self._faces, key=lambda one: sum(map(one.characters.__contains__, shaped)))
        kept = " ".join("".join(filter(face.characters.__contains__, shaped)).split())
        return face, kept if any(map(str.isalnum, kept)) else ""

    def _put(
        self, line: str, face: Face, size: int, place: tuple[int, int], shade: int, *, is_at_end: bool = False
    ) -> None:
        """Write a line at a place: how far it is in from the margin, and its base."""
        from bidi import get_display

        is_right = self._is_rtl != is_at_end
        shown = get_display(line, base_dir="R" if _is_rtl(line) else "L")
        indent, base = place
        x = _WIDTH - _MARGIN - indent if is_right else _MARGIN + indent
        self.draw.text((x, base), shown, fill=shade, font=face.at(size), anchor="rs" if is_right else "ls")


_open_face = functools.lru_cache(maxsize=2)(Face)


@functools.cache
def _reshaper() -> "ArabicReshaper":
    """Joins Arabic letters; the ligature for Allah is off, because many fonts lack it."""
    from arabic_reshaper import ArabicReshaper

    return ArabicReshaper({"ARABIC LIGATURE ALLAH": False})


def _is_rtl(text: str) -> bool:
    """Whether a text runs from right to left, by its first letter (UAX 9, rule P2)."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return next(strong, "L") != "L"


def _cut(text: str, face: Face) -> list[Piece]:
    """Split a text into pieces with the spaces before them; a piece longer than a line is split into letters."""
    font, pieces = face.at(_MEASURED_AT), []
    for space, word in _PIECES.findall(text):
        width = font.getlength(space + word)
        if width * _SIZES[-1] / _MEASURED_AT <= _WIDTH - 2 * _MARGIN:
            pieces.append(Piece(space + word, width))
        else:
            letters = (space + word[0], *word[1:])
            pieces += [Piece(letter, font.getlength(letter)) for letter in letters]
    return pieces


def _fit(pieces: Sequence[Piece], width: int, height: int) -> tuple[int, list[str]]:
    """The largest size in which all pieces fit, and their lines; at the smallest, as many lines as fit."""
    for size in _SIZES:
        lines = list(_break(pieces, width * _MEASURED_AT / size))
        most = int(height / (size * _LEADING))
        is_narrow = max((piece.width for piece in pieces), default=0) * size <= width * _MEASURED_AT
        if len(lines) <= most and is_narrow:
            return size, [_join(line) for line in lines]
    rest = [piece for line in lines[most - 1 :] for piece in line]
    return size, [*map(_join, lines[: most - 1]), _shorten(rest, width * _MEASURED_AT / size)]


def _break(pieces: Sequence[Piece], width: float) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    filled = 0.0
    for piece in pieces:
        if line and filled + piece.width > width:
            yield line
            line, filled = [], 0.0
        line.append(piece)
        filled += piece.width
    if line:
        yield line


def _shorten(pieces: Sequence[Piece], width: float) -> str:
    """The pieces that fit on one line, with an ellipsis if some do not."""
    lines = list(_break(pieces, width))
    if len(lines) <= 1:
        return _join(pieces)
    kept = lines[0]
    while len(kept) > 1 and sum(piece.width for piece in kept) > width - _MEASURED_AT:
        kept = kept[:-1]
    return f"{_join(kept)}…"


def _join(pieces: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in pieces).strip()


@functools.cache
def _palette(colour: str | None) -> bytes:
    """The shades from paper to ink, then the topic's colour, or ink if it has none."""
    steps = range(_INK + 1)
    pairs = list(zip(_PAPER, _INK_COLOUR, strict=True))
    ramp = [round(paper + (ink - paper) * step / _INK) for step in steps for paper, ink in pairs]
    return bytes(ramp) + (bytes.fromhex(colour[1:]) if colour else bytes(_INK_COLOUR))
