"""Results as a picture: bars on a logarithmic scale, in light and in dark."""

import math
from html import escape

from bench.results import OURS, Results, in_order, short

SHOWN = {"cold": "cold build", "article": "one new article", "theme": "theme edited", "unchanged": "nothing changed"}

_WIDTH = 820
_LEFT, _RIGHT = 310, 80
_ROW, _GAP, _HEADING, _TOP = 22, 8, 34, 8
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
    sizes = {size: _groups(results, size) for size in sorted(results.sizes)}
    rows_of = {size: [row for group in groups for row in group] for size, groups in sizes.items()}
    seconds = [row[2] for rows in rows_of.values() for row in rows] or [1.0]
    low, high = math.floor(math.log10(min(seconds)) - 0.1), math.ceil(math.log10(max(seconds)))
    high = max(high, low + 1)
    unit = (_WIDTH - _LEFT - _RIGHT) / (high - low)
    body: list[str] = []
    y = _TOP
    for size, groups in sizes.items():
        body.append(f'<text class="size" x="0" y="{y + 20}">{size:,} articles</text>')
        y += _HEADING
        for group in groups:
            for kind, label, value in group:
                length = round((math.log10(value) - low) * unit, 1)
                body += [
                    f'<text x="{_LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(label)}</text>',
                    f'<rect class="{kind}" x="{_LEFT}" y="{y + 2}" width="{length}" height="{_ROW - 7}" rx="2"/>',
                    f'<text class="value" x="{_LEFT + length + 6}" y="{y + 13}">{short(value)} s</text>',
                ]
                y += _ROW
            y += _GAP
    grid = [
        f'<line class="grid" x1="{x}" x2="{x}" y1="{_TOP + 8}" y2="{y + 2}"/>'
        f'<text class="tick" x="{x}" y="{y + 18}">{10.0**power:g} s</text>'
        for power in range(low, high + 1)
        for x in [round(_LEFT + (power - low) * unit, 1)]
    ]
    height = y + 28
    said = "; ".join(
        f"{size:,} articles: " + ", ".join(f"{row[1]} {short(row[2])} s" for row in rows)
        for size, rows in rows_of.items()
    )
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" '
        'role="img" aria-labelledby="title desc">'
    )
    title = '<title id="title">How long builds take, in seconds on a logarithmic scale</title>'
    desc = f'<desc id="desc">{escape(said)}</desc>'
    return "\n".join([head, title, desc, f"<style>\n{_STYLE}\n</style>", *grid, *body, "</svg>"]) + "\n"


def _groups(results: Results, size: int) -> list[list[Row]]:
    """The bars of each scenario that anyone was measured in."""
    tools = in_order(results.sizes[size])
    groups = [
        [
            ("ours" if tool.startswith(OURS) else "peer", f"{tool}, {text}", figures.wall)
            for tool in tools
            if (figures := results.figures(size, tool, scenario))
        ]
        for scenario, text in SHOWN.items()
    ]
    return [group for group in groups if group]
