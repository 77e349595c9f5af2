"""Results as a picture: bars and lines on logarithmic scales, in light and in dark."""

import math
from collections import Counter
from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from bench.results import OURS, Growth, Results, growths, in_order, short

SHOWN = {"cold": "cold build", "article": "one new article", "theme": "theme edited", "unchanged": "nothing changed"}
GROWING = ("cold", "article")

_WIDTH = 820
_LEFT, _RIGHT = 310, 80
_ROW, _GAP, _HEADING, _TOP = 22, 8, 34, 8
_PANEL_LEFT, _PANEL_RIGHT, _PANEL_HEIGHT = 60, 310, 220
_DASHES = ["none", "8 3", "2 3", "10 3 2 3", "5 6"]
_STYLE = """\
svg { --ours: #1a6fb5; --peer: #a3acb5 }
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.size { font-weight: 600 }
.value, .tick { fill: #59636e }
.tick { font-size: 11px; text-anchor: middle }
.grid { stroke: #d1d9e0 }
.ours { fill: var(--ours) }
.peer { fill: var(--peer) }
.ours.line { fill: none; stroke: var(--ours); stroke-width: 2 }
.peer.line { fill: none; stroke: #6e7781; stroke-width: 2 }
@media (prefers-color-scheme: dark) {
  svg { --ours: #58a6ff; --peer: #6e7681 }
  text { fill: #f0f6fc }
  .value, .tick { fill: #9198a1 }
  .grid { stroke: #3d444d }
  .peer.line { stroke: #9198a1 }
}"""

Row = tuple[str, str, float]
"""Class of the bar, label, and seconds."""


class Scale(NamedTuple):
    """Powers of ten from `low` to `high`, drawn from `start` on, `unit` apart."""

    low: int
    high: int
    start: float
    unit: float

    def place(self, value: float) -> float:
        """Where a value is."""
        return round(self.start + (math.log10(value) - self.low) * self.unit, 1)

    def ticks(self) -> Iterator[tuple[float, float]]:
        """Each power of ten and its place."""
        return ((10.0**power, self.place(10.0**power)) for power in range(self.low, self.high + 1))


def render_chart(results: Results) -> str:
    """The results as SVG: bars of each size and scenario, and lines of what they cost by size."""
    sizes = {size: _groups(results, size) for size in sorted(results.sizes)}
    panels = [panel for scenario in GROWING if (panel := growths(results, scenario))]
    body, y = _bars(sizes)
    for panel in panels:
        body += _lines(panel, y)
        y += _HEADING + _PANEL_HEIGHT + 2 * _ROW
    said = [
        f"{size:,} articles: " + ", ".join(f"{row[1]} {short(row[2])} s" for group in groups for row in group)
        for size, groups in sizes.items()
    ] + [f"{SHOWN[one.scenario]} by size: {_growth_label(one)}" for panel in panels for one in panel]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" width="{_WIDTH}" height="{y}" '
        'role="img" aria-labelledby="title desc">'
    )
    title = '<title id="title">How long builds take, in seconds on a logarithmic scale</title>'
    desc = f'<desc id="desc">{escape("; ".join(said))}</desc>'
    return "\n".join([head, title, desc, f"<style>\n{_STYLE}\n</style>", *body, "</svg>"]) + "\n"


def _scale(values: list[float], start: float, length: float) -> Scale:
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    high = max(high, low + 1)
    return Scale(low, high, start, length / (high - low))


def _bars(sizes: dict[int, list[list[Row]]]) -> tuple[list[str], int]:
    """The bars, and where they end."""
    seconds = [row[2] for groups in sizes.values() for group in groups for row in group] or [1.0]
    scale = _scale([*seconds, 0.8 * min(seconds)], _LEFT, _WIDTH - _LEFT - _RIGHT)
    body: list[str] = []
    y = _TOP
    for size, groups in sizes.items():
        body.append(f'<text class="size" x="0" y="{y + 20}">{size:,} articles</text>')
        y += _HEADING
        for group in groups:
            for kind, label, value in group:
                end = scale.place(value)
                box = f'x="{_LEFT}" y="{y + 2}" width="{round(end - _LEFT, 1)}" height="{_ROW - 7}"'
                body += [
                    f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(label)}</text>',
                    f'<rect class="{kind}" {box} rx="2"/>',
                    f'<text class="value" x="{end + 6}" y="{y + 13}">{short(value)} s</text>',
                ]
                y += _ROW
            y += _GAP
    grid = [
        f'<line class="grid" x1="{x}" x2="{x}" y1="{_TOP + 8}" y2="{y + 2}"/>'
        f'<text class="tick" x="{x}" y="{y + 18}">{value:g} s</text>'
        for value, x in scale.ticks()
    ]
    return [*grid, *body], y + 28


def _lines(panel: list[Growth], top: int) -> list[str]:
    """One scenario's cost by size, a line for each tool, with a legend from the slowest to the fastest."""
    right = _WIDTH - _PANEL_RIGHT
    floor = top + _HEADING + _PANEL_HEIGHT
    across = _scale([size for one in panel for size in one.figures], _PANEL_LEFT, right - _PANEL_LEFT)
    up = _scale([figures.wall for one in panel for figures in one.figures.values()], floor, -_PANEL_HEIGHT)
    body = [f'<text class="size" x="0" y="{top + 20}">{SHOWN[panel[0].scenario].capitalize()}, by articles</text>']
    for value, x in across.ticks():
        body.append(f'<line class="grid" x1="{x}" x2="{x}" y1="{floor - _PANEL_HEIGHT}" y2="{floor}"/>')
        body.append(f'<text class="tick" x="{x}" y="{floor + 18}">{value:,.0f}</text>')
    for value, y in up.ticks():
        body.append(f'<line class="grid" x1="{_PANEL_LEFT}" x2="{right}" y1="{y}" y2="{y}"/>')
        body.append(f'<text class="tick" x="{_PANEL_LEFT - 28}" y="{y + 4}">{value:g} s</text>')
    used: Counter[str] = Counter()
    for row, one in enumerate(sorted(panel, key=lambda one: -max(figures.wall for figures in one.figures.values())), 1):
        kind, y = _kind(one.tool), floor - _PANEL_HEIGHT + row * _ROW
        style = f'class="{kind} line" stroke-dasharray="{_DASHES[used[kind] % len(_DASHES)]}"'
        used[kind] += 1
        points = " ".join(f"{across.place(size)},{up.place(figures.wall)}" for size, figures in one.figures.items())
        body.append(f'<polyline {style} points="{points}"/>')
        body.append(f'<line {style} x1="{right + 20}" x2="{right + 56}" y1="{y - 4}" y2="{y - 4}"/>')
        body.append(f'<text x="{right + 64}" y="{y}">{escape(_growth_label(one))}</text>')
    return body


def _growth_label(one: Growth) -> str:
    return f"{one.tool}, exponent {one.exponent:.2f}"


def _kind(tool: str) -> str:
    return "ours" if tool.startswith(OURS) else "peer"


def _groups(results: Results, size: int) -> list[list[Row]]:
    """The bars of each scenario that anyone was measured in."""
    tools = in_order(results.sizes[size])
    groups = [
        [
            (_kind(tool), f"{tool}, {text}", figures.wall)
            for tool in tools
            if (figures := results.figures(size, tool, scenario))
        ]
        for scenario, text in SHOWN.items()
    ]
    return [group for group in groups if group]
