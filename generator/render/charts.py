"""Numbers → small inline SVG: no library, no script, coloured by the theme's CSS classes.

Every chart is decoration beside a table or list that says the same, so it is hidden from assistive technology.
A chart is as wide as its place: across it is measured in percent, so that its text keeps its size on every screen.
"""

from collections.abc import Sequence
from datetime import datetime

from markupsafe import Markup, escape

from generator.names import MONTHS
from generator.outputs.views import MixRow, TimelineRow, Tone

_ROW = 44
_RADIUS = 6
SERIES = 6
"""How many colours a mix has, classes `series-1` …; the last is for all others."""


def draw_bar(value: int, of: int) -> Markup:
    """A bar of how many out of how many; an empty track where there is nothing to count."""
    shapes = '<rect class="track" width="100%" height="12"/>'
    if value and of:
        shapes += f'<rect class="bar" width="{_percent(value / of)}" height="12"/>'
    return _svg("chart chart-bar", 12, shapes)


def draw_timeline(rows: Sequence[TimelineRow]) -> Markup:
    """A line per source and a dot per report, from the first report to the last."""
    times = [time for row in rows for time in row.times]
    if not times:
        return Markup()
    first, last = min(times), max(times)
    shapes = []
    for place, row in enumerate(rows):
        y = place * _ROW + 30
        shapes.append(_text(row.label, "0%", y - 14))
        shapes.append(f'<line class="grid" x1="0%" y1="{y}" x2="100%" y2="{y}"/>')
        shapes += [
            f'<circle class="dot" cx="{_place(time, first, last)}" cy="{y}" r="{_RADIUS}"/>' for time in row.times
        ]
    height = len(rows) * _ROW + 18
    shapes += _axis(first, last, height - 4)
    return _svg("chart chart-timeline", height, "".join(shapes))


def draw_sentiment(tones: Sequence[Tone]) -> Markup:
    """A dot per article between -1 (negative, below) and 1 (positive, above), in order of time."""
    if not tones:
        return Markup()
    middle, reach = 72, 60
    times = [tone.at for tone in tones]
    first, last = min(times), max(times)
    left = 0.1
    shapes = []
    for label, y in (("+1", middle - reach), ("0", middle), ("−1", middle + reach)):
        shapes.append(_text(label, "0%", y + 4))
        shapes.append(f'<line class="grid" x1="{_percent(left)}" y1="{y}" x2="100%" y2="{y}"/>')
    for tone in tones:
        x = _place(tone.at, first, last, left=left)
        y = middle - round(reach * tone.score)
        side = "positive" if tone.score > 0 else "negative" if tone.score < 0 else "neutral"
        shapes.append(f'<line class="stem {side}" x1="{x}" y1="{middle}" x2="{x}" y2="{y}"/>')
        shapes.append(f'<circle class="dot {side}" cx="{x}" cy="{y}" r="{_RADIUS}"/>')
    height = middle + reach + 30
    shapes += _axis(first, last, height - 4, left=left)
    return _svg("chart chart-sentiment", height, "".join(shapes))


def draw_mix(row: MixRow) -> Markup:
    """One bar cut into a part per source, the largest first; the last colour is for all others together."""
    total = sum(part.count for part in row.parts)
    shapes, done = [], 0
    for place, part in enumerate(row.parts, 1):
        x, width = _percent(done / total), _percent(part.count / total)
        shapes.append(f'<rect class="series-{min(place, SERIES)}" x="{x}" width="{width}" height="18"/>')
        done += part.count
    return _svg("chart chart-mix", 18, "".join(shapes))


def _place(time: datetime, first: datetime, last: datetime, *, left: float = 0) -> str:
    """The x of a time between the first and the last; the middle where they are one."""
    margin = 0.02
    span = (last - first).total_seconds()
    share = (time - first).total_seconds() / span if span else 0.5
    return _percent(left + margin + (1 - left - 2 * margin) * share)


def _axis(first: datetime, last: datetime, y: int, *, left: float = 0) -> list[str]:
    """The days at both ends; one in the middle where they are one."""
    if _day(first) == _day(last):
        return [_text(_day(first), _percent((1 + left) / 2), y, anchor="middle")]
    return [_text(_day(first), _percent(left), y), _text(_day(last), "100%", y, anchor="end")]


def _day(time: datetime) -> str:
    return f"{time.day} {MONTHS[time.month - 1][:3]} {time.year}"


def _percent(share: float) -> str:
    """A share of the width, to a tenth of a percent so that one input gives one text."""
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


def _text(text: str, x: str, y: int, *, anchor: str = "start") -> str:
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _svg(names: str, height: int, shapes: str) -> Markup:
    return Markup(  # noqa: S704 - numbers, and texts escaped above
        f'<svg class="{names}" width="100%" height="{height}" aria-hidden="true" focusable="false">{shapes}</svg>'
    )
