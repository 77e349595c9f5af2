"""Numbers → small inline SVG with the theme's CSS classes.

Every chart repeats a table or list, so it is hidden from assistive technology; only a barcode has its words itself.
Horizontal positions are in percent, so that text keeps its size on every screen.
"""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup, escape

from generator.outputs.pages import TimelineRow
from generator.outputs.parts import MixRow, Tone
from generator.render import barcode
from generator.strings import Strings

_ROW = 44
_RADIUS = 6
_MOST_YEARS = 10  # more ticks are a comb
_ROOM = 0.2  # of the width, for the days at the ends
SERIES = 6
"""The number of colours of a mix, classes `series-1` and so on; the last is for all others."""


class Charts:
    """Draws charts with the days, signs and direction of one language."""

    def __init__(self, strings: Strings) -> None:
        """Take the words of the site."""
        self._strings = strings
        self._is_mirrored = strings.direction == "rtl"

    def draw_bar(self, value: int, of: int, is_least: bool = False) -> Markup:  # noqa: FBT001, FBT002 - for templates
        """A bar for a part of a number; an empty track if one of them is 0. What may be more is hatched."""
        shapes = '<rect class="track" width="100%" height="12"/>'
        if is_least and of:
            x1, x2 = self._x(value / of), self._x(1)
            shapes += (
                f'<line class="hatch" x1="{x1}" y1="6" x2="{x2}" y2="6" stroke-width="12" stroke-dasharray="2 4"/>'
            )
        if value and of:
            width = _percent(value / of)
            x = f' x="{_percent(1 - value / of)}"' if self._is_mirrored else ""
            shapes += f'<rect class="bar"{x} width="{width}" height="12"/>'
        return self._svg("chart chart-bar", 12, shapes)

    def draw_timeline(self, rows: Sequence[TimelineRow]) -> Markup:
        """A line per source and a dot per report, from the first report to the last."""
        times = [time for row in rows for time in row.times]
        if not times:
            return Markup()
        first, last = min(times), max(times)
        shapes = []
        for place, row in enumerate(rows):
            y = place * _ROW + 30
            shapes.append(self._text(row.label, 0, y - 14))
            shapes.append(f'<line class="grid" x1="0%" y1="{y}" x2="100%" y2="{y}"/>')
            shapes += [
                f'<circle class="dot" cx="{self._place(time, first, last)}" cy="{y}" r="{_RADIUS}"/>'
                for time in row.times
            ]
        height = len(rows) * _ROW + 18
        shapes += self._axis(first, last, height - 4)
        return self._svg("chart chart-timeline", height, "".join(shapes))

    def draw_sentiment(self, tones: Sequence[Tone]) -> Markup:
        """A dot per article between -1 (negative, below) and 1 (positive, above), in order of time."""
        if not tones:
            return Markup()
        middle, reach = 72, 60
        times = [tone.at for tone in tones]
        first, last = min(times), max(times)
        start = 0.1
        shapes = []
        for label, y in ((self._one("plus"), middle - reach), ("0", middle), (self._one("minus"), middle + reach)):
            shapes.append(self._text(label, 0, y + 4))
            x1, x2 = self._x(start), self._x(1)
            shapes.append(f'<line class="grid" x1="{x1}" y1="{y}" x2="{x2}" y2="{y}"/>')
        for tone in tones:
            x = self._place(tone.at, first, last, start=start)
            y = middle - round(reach * tone.score)
            side = "positive" if tone.score > 0 else "negative" if tone.score < 0 else "neutral"
            shapes.append(f'<line class="stem {side}" x1="{x}" y1="{middle}" x2="{x}" y2="{y}"/>')
            shapes.append(f'<circle class="dot {side}" cx="{x}" cy="{y}" r="{_RADIUS}"/>')
        height = middle + reach + 30
        shapes += self._axis(first, last, height - 4, start=start)
        return self._svg("chart chart-sentiment", height, "".join(shapes))

    def draw_mix(self, row: MixRow) -> Markup:
        """A bar with a part per source, the largest first; the last colour is for all others."""
        total = sum(part.count for part in row.parts)
        shapes, done = [], 0
        for place, part in enumerate(row.parts, 1):
            begin, end = done / total, (done + part.count) / total
            x, width = self._x(end if self._is_mirrored else begin), _percent(part.count / total)
            shapes.append(f'<rect class="series-{min(place, SERIES)}" x="{x}" width="{width}" height="18"/>')
            done += part.count
        return self._svg("chart chart-mix", 18, "".join(shapes))

    def draw_barcode(self, states: Sequence[str], label: str) -> Markup:
        """A cell per fact of what one source did with it; the label says the same in words."""
        cells: dict[str, str] = {}
        for place, state in enumerate(reversed(states) if self._is_mirrored else states):
            x = place * barcode.CELL + 2
            strokes = (f"M{x} {top}V{bottom}" for top, bottom in barcode.STROKES[state])
            cells[state] = cells.get(state, "") + "".join(strokes)
        width = len(states) * barcode.CELL - 2
        paths = "".join(f'<path class="{state}" d="{strokes}"/>' for state, strokes in cells.items())
        return Markup(  # noqa: S704 - numbers, names of states, and the label escaped
            f'<svg class="barcode" viewBox="0 0 {width} {barcode.HEIGHT}" width="{width}" height="{barcode.HEIGHT}"'
            f' stroke="currentcolor" stroke-width="4" role="img" aria-label="{escape(label)}">{paths}</svg>'
        )

    def _one(self, sign: str) -> str:
        return self._strings.find(sign) + "1"

    def _place(self, time: datetime, first: datetime, last: datetime, *, start: float = 0) -> str:
        """The x of a time between the first and the last; the middle if they are equal."""
        return self._x(self._share(time, first, last, start=start))

    def _share(self, time: datetime, first: datetime, last: datetime, *, start: float) -> float:
        margin = 0.02
        span = (last - first).total_seconds()
        share = (time - first).total_seconds() / span if span else 0.5
        return start + margin + (1 - start - 2 * margin) * share

    def _axis(self, first: datetime, last: datetime, y: int, *, start: float = 0) -> list[str]:
        """The days at both ends, or one in the middle if they are equal."""
        days = [self._strings.day(time, "date_short") for time in (first, last)]
        if days[0] == days[1]:
            return [self._text(days[0], (1 + start) / 2, y, anchor="middle")]
        ends = [self._text(days[0], start, y), self._text(days[1], 1, y, anchor="end")]
        return [*ends, *self._years(first, last, y, start=start)]

    def _years(self, first: datetime, last: datetime, y: int, *, start: float) -> list[str]:
        """A tick where each year begins, and its number where no end of the axis stands."""
        ticks, years = [], range(first.year + 1, last.year + 1)
        for year in years if len(years) <= _MOST_YEARS else ():
            share = self._share(first.replace(year=year, month=1, day=1), first, last, start=start)
            x = self._x(share)
            ticks.append(f'<line class="grid" x1="{x}" y1="{y - 22}" x2="{x}" y2="{y - 12}"/>')
            if start + _ROOM < share < 1 - _ROOM:
                ticks.append(self._text(str(year), share, y, anchor="middle"))
        return ticks

    def _x(self, share: float) -> str:
        """A position, counted from the beginning of lines."""
        return _percent(1 - share if self._is_mirrored else share)

    def _text(self, text: str, share: float, y: int, *, anchor: str = "start") -> str:
        return f'<text x="{self._x(share)}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'

    def _svg(self, names: str, height: int, shapes: str) -> Markup:
        direction = ' direction="rtl"' if self._is_mirrored else ""
        return Markup(  # noqa: S704 - numbers, and texts escaped above
            f'<svg class="{names}" width="100%" height="{height}"{direction} aria-hidden="true" focusable="false">'
            f"{shapes}</svg>"
        )


def _percent(share: float) -> str:
    """A share of the width, rounded to a tenth of a percent."""
    return f"{100 * share:.1f}".removesuffix(".0") + "%"
