"""Results as a picture: bars on a logarithmic scale, in light and in dark."""

import math
from collections.abc import Iterator
from html import escape

from bench.results import OURS, Results, in_order

SHOWN = {"cold": "cold build", "article": "one new article", "theme": "theme edited", "unchanged": "nothing changed"}

_WIDTH = 820
_LEFT, _RIGHT = 310, 80
_ROW, _HEADING, _TOP = 22, 38, 8
_STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #1f2328 }
.size { font-weight: 600 }
.value, .tick { fill: #59636e }
.tick { font-size: 11px; text-anchor: middle }
.grid { stroke: #d1d9e0 }
.ours { fill: #1a6fb5 }
.peer { fill: #a3acb5 }
@media (prefers-color-scheme: dark) {
  text { fill: #f0f6fc }
  .value, .tick { fill: #9198a1 }
  .grid { stroke: #3d444d }
  .ours { fill: #58a6ff }
  .peer { fill: #6e7681 }
}"""

Row = tuple[str, str, float]
"""Class of the bar, label, and seconds."""


def render_chart(results: Results) -> str:
    """The results as SVG: for each size the bars of each scenario, ours and the peers' side by side."""
    groups = [(size, list(_rows(results, size))) for size in sorted(results.sizes)]
    seconds = [row[2] for _, rows in groups for row in rows] or [1.0]
    low, high = math.floor(math.log10(min(seconds)) - 0.1), math.ceil(math.log10(max(seconds)))
    high = max(high, low + 1)
    unit = (_WIDTH - _LEFT - _RIGHT) / (high - low)
    body: list[str] = []
    y = _TOP
    for size, rows in groups:
        body.append(f'<text class="size" x="0" y="{y + 20}">{size:,} articles</text>')
        y += _HEADING
        for kind, label, value in rows:
            length = round((math.log10(value) - low) * unit, 1)
            body += [
                f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(label)}</text>',
                f'<rect class="{kind}" x="{_LEFT}" y="{y + 2}" width="{length}" height="{_ROW - 7}" rx="2"/>',
                f'<text class="value" x="{_LEFT + length + 6}" y="{y + 13}">{value:.3g} s</text>',
            ]
            y += _ROW
    grid = [
        f'<line class="grid" x1="{x}" x2="{x}" y1="{_TOP + 8}" y2="{y + 2}"/>'
        f'<text class="tick" x="{x}" y="{y + 18}">{10.0**power:g} s</text>'
        for power in range(low, high + 1)
        for x in [round(_LEFT + (power - low) * unit, 1)]
    ]
    height = y + 28
    said = "; ".join(
        f"{size:,} articles: " + ", ".join(f"{row[1]} {row[2]:.3g} s" for row in rows) for size, rows in groups
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        'role="img" aria-labelledby="title desc">'
    )
    title = '<title id="title">How long builds take, in seconds on a logarithmic scale</title>'
    desc = f'<desc id="desc">{escape(said)}</desc>'
    return "\n".join([head, title, desc, f"<style>\n{_STYLE}\n</style>", *grid, *body, "</svg>"]) + "\n"


def _rows(results: Results, size: int) -> Iterator[Row]:
    tools = results.sizes[size]
    for scenario, text in SHOWN.items():
        for tool in in_order(tools):
            if figures := results.figures(size, tool, scenario):
                yield "ours" if tool.startswith(OURS) else "peer", f"{tool}, {text}", figures.wall
