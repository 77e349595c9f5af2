"""Numbers → small inline SVG with the theme's CSS classes.

Every chart repeats a table or list, so it is hidden from assistive technology; only a barcode has its words itself.
Horizontal positions are in percent, so that text keeps its size on every screen.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from generator.outputs.charts import AxisPart, Timeline
from generator.outputs.parts import MixRow, Tone
from generator.render import barcode
from generator.render.axis import Axis, PlacedPart
from generator.strings import Strings

_ROW = 44
_LINE = 16
_RADIUS = 6
_STROKE = 0.008  # of the width, from the middle of a break to each of its strokes
_MOST_YEARS = 10  # more ticks are a comb
_ROOM = 0.2  # of the width, for the days at the ends
COLOURS = 7
"""The number of colours for sources or topics, classes `series-1` and so on; further ones have stripes, too."""


class Charts:
    """Draws charts with the days, signs and direction of one language."""

    def __init__(self, strings: Strings, zone: ZoneInfo) -> None:
        """Take the words of the site and its time zone."""
        self._strings = strings
        self._zone = zone
        self._is_mirrored = strings.direction == "rtl"

    def draw_bar(self, value: int, of: int, is_least: bool = False, series: int = 0) -> Markup:  # noqa: FBT001, FBT002 - for templates
        """A bar for a part of a number; an empty track if one of them is 0. What may be more is hatched."""
        shapes = '<rect class="track" width="100%" height="12"/>'
        if is_least and of:
            shapes += self._hatch("hatch", value / of, 1, 12)
        if value and of:
            look = f"bar {name_series(series).split()[0]}" if series else "bar"  # stripes would say "may be more"
            shapes += self._block(look, 0, value / of, 12)
        return self._svg("chart chart-bar", 12, shapes)

    def draw_timeline(self, timeline: Timeline) -> Markup:
        """A line per source and a dot per report. Where the axis is broken, so are the lines, with two strokes."""
        axis = Axis(timeline.axis)
        shapes = []
        for place, row in enumerate(timeline.rows):
            y = place * _ROW + 30
            shapes.append(self._text(row.label, 0, y - 14))
            shapes += self._line(axis, y)
            look = f"dot {name_series(row.series)}"
            shapes += [
                f'<circle class="{look}" cx="{self._x(axis.place(time))}" cy="{y}" r="{_RADIUS}"/>'
                for time in row.times
            ]
        height = len(timeline.rows) * _ROW + 18
        shapes += self._ticks(axis, height - 4)
        lines = max(_line_of(stretch, axis) for stretch in axis.stretches)
        return self._svg("chart chart-timeline", height + lines * _LINE, "".join(shapes))

    def draw_sentiment(self, tones: Sequence[Tone]) -> Markup:
        """A dot per article between -1 (negative, below) and 1 (positive, above), in order of time."""
        if not tones:
            return Markup()
        middle, reach = 72, 60
        times = [tone.at for tone in tones]
        start = 0.1
        axis = Axis([AxisPart(first=min(times), last=max(times))], start=start)
        shapes = []
        for label, y in ((self._one("plus"), middle - reach), ("0", middle), (self._one("minus"), middle + reach)):
            shapes.append(self._text(label, 0, y + 4))
            x1, x2 = self._x(start), self._x(1)
            shapes.append(f'<line class="grid" x1="{x1}" y1="{y}" x2="{x2}" y2="{y}"/>')
        for tone in tones:
            x = self._x(axis.place(tone.at))
            y = middle - round(reach * tone.score)
            side = "positive" if tone.score > 0 else "negative" if tone.score < 0 else "neutral"
            shapes.append(f'<line class="stem {side}" x1="{x}" y1="{middle}" x2="{x}" y2="{y}"/>')
            shapes.append(f'<circle class="dot {side}" cx="{x}" cy="{y}" r="{_RADIUS}"/>')
        height = middle + reach + 30
        shapes += self._ticks(axis, height - 4)
        return self._svg("chart chart-sentiment", height, "".join(shapes))

    def draw_mix(self, row: MixRow) -> Markup:
        """A bar with a part per source or topic, the largest first."""
        total = sum(part.count for part in row.parts)
        shapes, done = "", 0
        for part in row.parts:
            begin, end = done / total, (done + part.count) / total
            shapes += self._block(name_series(part.series), begin, end, 18)
            done += part.count
        return self._svg("chart chart-mix", 18, shapes)

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

    def _line(self, axis: Axis, y: int) -> Iterator[str]:
        """A line along the axis, and the mark of each break."""
        ends = [0.0, *(place + side for place in axis.breaks for side in (-_STROKE, _STROKE)), 1.0]
        for begin, end in zip(ends[::2], ends[1::2], strict=True):
            yield f'<line class="grid" x1="{self._x(begin)}" y1="{y}" x2="{self._x(end)}" y2="{y}"/>'
        for place in axis.breaks:
            for side in (-_STROKE, _STROKE):
                x1, x2 = self._x(place + side - 0.005), self._x(place + side + 0.005)
                yield f'<line class="break" x1="{x1}" y1="{y + 6}" x2="{x2}" y2="{y - 6}"/>'

    def _ticks(self, axis: Axis, y: int) -> Iterator[str]:
        """The hours and days below the axis."""
        for stretch in axis.stretches:
            for hour in stretch.part.hours:
                x = self._x(stretch.place(hour))
                yield f'<line class="grid" x1="{x}" y1="{y - 22}" x2="{x}" y2="{y - 12}"/>'
                clock = self._strings.clock(hour.astimezone(self._zone), "hour")
                yield self._text(clock, stretch.place(hour), y, anchor="middle")
            below = y + _line_of(stretch, axis) * _LINE
            if stretch.part.hours:
                yield self._text(self._days(stretch), stretch.middle, below, anchor="middle")
            elif len(axis.stretches) > 1:
                yield self._days_at_the_edge(stretch, axis, below)
                yield from self._years(stretch, axis, y)
            else:
                yield from self._ends(stretch, axis, y)

    def _days(self, stretch: PlacedPart) -> str:
        """The first and the last day, or one if they are equal."""
        first, last = (time.astimezone(self._zone) for time in (stretch.part.first, stretch.part.last))
        if stretch.part.hours:
            last -= timedelta(microseconds=1)  # the midnight after a day is not another one
        end = self._strings.day(last, "date_short")
        if first.date() == last.date():
            return end
        key = "date_short" if first.year != last.year else "day_month"
        return self._strings.say("date_range", first=self._strings.day(first, key), last=end)

    def _days_at_the_edge(self, stretch: PlacedPart, axis: Axis, y: int) -> str:
        """The days of what is far away; those of several are long, and begin or end with the axis."""
        if stretch.part.first == stretch.part.last:
            return self._text(self._days(stretch), stretch.middle, y, anchor="middle")
        share, anchor = (axis.start, "start") if stretch == axis.stretches[0] else (1.0, "end")
        return self._text(self._days(stretch), share, y, anchor=anchor)

    def _ends(self, stretch: PlacedPart, axis: Axis, y: int) -> Iterator[str]:
        """The days at both ends, or one in the middle if they are equal."""
        local = (time.astimezone(self._zone) for time in (stretch.part.first, stretch.part.last))
        first, last = (self._strings.day(time, "date_short") for time in local)
        if first == last:
            yield self._text(first, (1 + axis.start) / 2, y, anchor="middle")
            return
        yield self._text(first, axis.start, y)
        yield self._text(last, 1, y, anchor="end")
        yield from self._years(stretch, axis, y)

    def _years(self, stretch: PlacedPart, axis: Axis, y: int) -> Iterator[str]:
        """A tick where each year begins, and its number where no end of the axis stands."""
        first, last = (time.astimezone(self._zone) for time in (stretch.part.first, stretch.part.last))
        years = range(first.year + 1, last.year + 1)
        for year in years if len(years) <= _MOST_YEARS else ():
            share = stretch.place(datetime(year, 1, 1, tzinfo=self._zone))
            x = self._x(share)
            yield f'<line class="grid" x1="{x}" y1="{y - 22}" x2="{x}" y2="{y - 12}"/>'
            if len(axis.stretches) == 1 and axis.start + _ROOM < share < 1 - _ROOM:
                yield self._text(str(year), share, y, anchor="middle")

    def _block(self, look: str, begin: float, end: float, height: int) -> str:
        """A part of a bar, striped if its look is."""
        x = self._x(end if self._is_mirrored else begin)
        place = f' x="{x}"' if x != "0%" else ""
        block = f'<rect class="{look}"{place} width="{_percent(end - begin)}" height="{height}"/>'
        return block + (self._hatch("stripes", begin, end, height) if "striped" in look else "")

    def _hatch(self, name: str, begin: float, end: float, height: int) -> str:
        place = f'x1="{self._x(begin)}" y1="{height // 2}" x2="{self._x(end)}" y2="{height // 2}"'
        return f'<line class="{name}" {place} stroke-width="{height}" stroke-dasharray="2 4"/>'

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


def name_series(series: int) -> str:
    """The classes of the look of a source or topic; 0 is that of all others."""
    if not series:
        return "series-others"
    colour = (series - 1) % COLOURS + 1
    return f"series-{colour} striped" if series > COLOURS else f"series-{colour}"


def _line_of(stretch: PlacedPart, axis: Axis) -> int:
    """The line below the axis in which a stretch has its days: below hours; below their days, if there is no room."""
    if not any(one.part.hours for one in axis.stretches):
        return 0
    is_crowded = len(axis.stretches) > 2 or stretch.part.first != stretch.part.last
    return 2 if is_crowded and not stretch.part.hours else 1


def _percent(share: float) -> str:
    """A share of the width, rounded to a tenth of a percent."""
    return f"{100 * share:.1f}".removesuffix(".0") + "%"
