"""Figures in; what is kept of them, ratios, goals and the page that shows them out."""

import math
import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from bench.measure import OURS_ALONE, SCENARIOS, Counts, Figures, memory_kind

OURS = "newsprint"
COMMONMARK = "newsprint commonmark"
_MEGABYTE = 1_000_000
_APART = "†"


@dataclass(frozen=True)
class Session:
    """Where and when a session of measuring was.

    `memory` says how memory was counted; `load` is the mean of processes that ran in the minute before it began.
    """

    date: str
    system: str
    processor: str
    cores: int
    ram_bytes: int
    python: str
    memory: str
    load: float = 0.0


@dataclass
class ToolResults:
    """What one tool took for sites of one size, by scenario."""

    version: str
    counts: Counts
    scenarios: dict[str, Figures] = field(default_factory=dict)

    @property
    def whole_build(self) -> Figures | None:
        """The faster of a cold build and a warm one: what a tool needs that builds everything each time."""
        found = [self.scenarios[name] for name in ("cold", "article") if name in self.scenarios]
        return min(found, key=lambda figures: figures.wall, default=None)


@dataclass
class Results:
    """All that was ever measured: of each size, tool and scenario the newest."""

    sessions: dict[str, Session] = field(default_factory=dict)
    sizes: dict[int, dict[str, ToolResults]] = field(default_factory=dict)

    def add(self, size: int, tool: str, results: ToolResults) -> None:
        """Keep these; scenarios that were not measured this time stay as they are."""
        tools = self.sizes.setdefault(size, {})
        before = tools[tool].scenarios if tool in tools else {}
        tools[tool] = ToolResults(results.version, results.counts, before | results.scenarios)
        used = {
            one.session for found in self.sizes.values() for tool in found.values() for one in tool.scenarios.values()
        }
        self.sessions = {name: session for name, session in self.sessions.items() if name in used}

    def figures(self, size: int, tool: str, scenario: str) -> Figures | None:
        """Those of a scenario, or of the whole build where `scenario` is `build`; none where nothing was measured."""
        found = self.sizes.get(size, {}).get(tool)
        if found is None:
            return None
        return found.whole_build if scenario == "build" else found.scenarios.get(scenario)


def read_results(file: Path) -> Results:
    """What the file keeps; nothing where there is no file."""
    return msgspec.json.decode(file.read_bytes(), type=Results) if file.exists() else Results()


def write_results(file: Path, results: Results) -> None:
    """Write them so that a change of one figure is a change of one line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(msgspec.json.format(msgspec.json.encode(results), indent=1) + b"\n")


def this_machine(date: str) -> Session:
    """The session of this machine, in the words of its own system."""
    return Session(
        date=date,
        system=f"{platform.system()} {platform.machine()}",
        processor=_processor(),
        cores=os.cpu_count() or 1,
        ram_bytes=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        python=platform.python_version(),
        memory=memory_kind(),
        load=round(os.getloadavg()[0], 2),
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


@dataclass(frozen=True, slots=True)
class Point:
    """One tool in one scenario at one size."""

    tool: str
    scenario: str
    size: int


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio that must not be above `most`; against nothing it is the figure itself."""

    text: str
    value: Point
    against: Point | None
    most: float
    unit: str = "×"
    measure: Callable[[Figures], float | None] = lambda figures: figures.wall

    def reach(self, results: Results) -> float | None:
        """The ratio, or none where a figure is missing."""
        value = self._measured(results, self.value)
        if self.against is None or value is None:
            return value
        against = self._measured(results, self.against)
        return value / against if against else None

    def is_apart(self, results: Results) -> bool:
        """Whether the two figures come from different sessions, though they are of one size."""
        if self.against is None or self.against.size != self.value.size:
            return False
        value, against = self._figures(results, self.value), self._figures(results, self.against)
        return bool(value and against and value.session != against.session)

    def _figures(self, results: Results, point: Point) -> Figures | None:
        return results.figures(point.size, point.tool, point.scenario)

    def _measured(self, results: Results, point: Point) -> float | None:
        figures = self._figures(results, point)
        return None if figures is None else self.measure(figures)


def _gigabytes(figures: Figures) -> float | None:
    return None if figures.peak_bytes is None else figures.peak_bytes / 1e9


def _goals() -> Iterator[Goal]:
    small, large = 10_000, 100_000
    cold, hugo_cold, hugo_build = (
        Point(OURS, "cold", small),
        Point("hugo", "cold", small),
        Point("hugo", "build", small),
    )
    article, hugo_large = Point(OURS, "article", large), Point("hugo", "build", large)
    yield Goal("cold build, of Hugo's", cold, hugo_cold, 1.0)
    yield Goal("cold build, of Pelican's", cold, Point("pelican", "cold", small), 0.33)
    yield Goal("cold build with commonmark, of Hugo's", Point(COMMONMARK, "cold", small), hugo_cold, 0.7)
    yield Goal("theme edited, of Hugo's build", Point(OURS, "theme", small), hugo_build, 0.5)
    yield Goal("one new article, of Hugo's build", Point(OURS, "article", small), hugo_build, 1 / 25)
    yield Goal("nothing changed, of Hugo's build", Point(OURS, "unchanged", small), hugo_build, 1 / 40)
    yield Goal("one new article, of Hugo's build", article, hugo_large, 0.015)
    yield Goal("nothing changed, of Hugo's build", Point(OURS, "unchanged", large), hugo_large, 0.008)
    yield Goal("memory of a cold build, of Hugo's", cold, hugo_cold, 0.35, measure=_gigabytes)
    yield Goal("memory of a cold build", Point(OURS, "cold", large), None, 1.0, unit=" GB", measure=_gigabytes)
    yield Goal("memory of one new article", article, None, 0.25, unit=" GB", measure=_gigabytes)


GOALS = list(_goals())


def judge(goal: Goal, results: Results) -> str:
    """`reached`, `not reached` or `not measured`."""
    reach = goal.reach(results)
    if reach is None:
        return "not measured"
    return "reached" if reach <= goal.most else "not reached"


def render_page(results: Results) -> str:
    """The results as a page of markdown."""
    parts = [_HEAD, _goal_table(results), _growth_table(results)]
    for size, tools in sorted(results.sizes.items()):
        parts += [f"## {size:,} articles\n", _time_table(results, size), _count_table(tools)]
    parts += ["## Where\n", _session_table(results)]
    return "\n".join(parts)


_HEAD = f"""\
# Results of the bench

`python -m bench` wrote this page; [docs/performance.md](../docs/performance.md) says what is measured, and how.

![Times by tool, size and scenario](results.svg)

Times are medians in seconds, with the fastest and the slowest run.
"× ours" is a tool's time divided by ours in the same scenario, "× Hugo" a time divided by that of Hugo's faster build.
{_APART} marks ratios whose two figures come from different sessions.

## Goals
"""


def _goal_table(results: Results) -> str:
    rows = ["| goal | articles | at most | measured | |", "|---|--:|--:|--:|---|"]
    for goal in GOALS:
        reach = goal.reach(results)
        apart = _APART if goal.is_apart(results) else ""
        cells = [
            goal.text,
            f"{goal.value.size:,}",
            short(goal.most) + goal.unit,
            "" if reach is None else short(reach) + goal.unit + apart,
            judge(goal, results),
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


@dataclass(frozen=True)
class Growth:
    """What one tool takes in one scenario, by size: at least two."""

    tool: str
    scenario: str
    figures: dict[int, Figures]

    @property
    def exponent(self) -> float:
        """The slope between the smallest and the largest size, both logarithmic: 1 where cost grows as size does."""
        (small, first), (large, last) = self._ends
        return math.log(last.wall / first.wall) / math.log(large / small)

    @property
    def milliseconds(self) -> float:
        """What each article more costs."""
        (small, first), (large, last) = self._ends
        return 1000 * (last.wall - first.wall) / (large - small)

    @property
    def mark(self) -> str:
        """Says whether the figures come from different sessions."""
        return _APART if len({one.session for one in self.figures.values()}) > 1 else ""

    @property
    def _ends(self) -> tuple[tuple[int, Figures], tuple[int, Figures]]:
        sizes = list(self.figures.items())
        return sizes[0], sizes[-1]


def growths(results: Results, scenario: str) -> list[Growth]:
    """Those of the tools that were measured at several sizes."""
    tools = in_order({tool: found for tools in results.sizes.values() for tool, found in tools.items()})
    found = [
        {size: figures for size in sorted(results.sizes) if (figures := results.figures(size, tool, scenario))}
        for tool in tools
    ]
    return [Growth(tool, scenario, sizes) for tool, sizes in zip(tools, found, strict=True) if len(sizes) > 1]


def _growth_table(results: Results) -> str:
    sizes = sorted(results.sizes)
    rows = [
        "| scenario | tool | " + " | ".join(f"{size:,}" for size in sizes) + " | exponent | ms an article |",
        "|---|---|" + "--:|" * (len(sizes) + 2),
    ]
    for scenario, text in SCENARIOS.items():
        for one in growths(results, scenario):
            cells = [_cost(one.figures.get(size)) for size in sizes]
            cells += [f"{one.exponent:.2f}{one.mark}", f"{short(one.milliseconds)}{one.mark}"]
            rows.append("| " + " | ".join([text, one.tool, *cells]) + " |")
    return "\n".join(["## Cost by size\n", _GROWTH, *rows]) + "\n" if len(rows) > 2 else ""


_GROWTH = """\
Seconds and peak memory by the number of articles.
The exponent is the slope between the smallest and the largest size on logarithmic scales:
1 means that ten times the articles cost ten times as much.
"""


def _cost(figures: Figures | None) -> str:
    if figures is None:
        return ""
    return f"{short(figures.wall)} s" + (f", {_memory(figures)}" if figures.peak_bytes else "")


def _memory(figures: Figures) -> str:
    return "" if figures.peak_bytes is None else f"{figures.peak_bytes / _MEGABYTE:,.0f} MB"


def _time_table(results: Results, size: int) -> str:
    tools = results.sizes[size]
    rows = [
        "| scenario | tool | seconds | fastest–slowest | CPU seconds | peak memory | × ours | × Hugo |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for scenario, text in SCENARIOS.items():
        for tool in in_order(tools):
            figures = results.figures(size, tool, scenario)
            if figures is None:
                continue
            cells = [
                text,
                tool,
                short(figures.wall),
                f"{short(min(figures.wall_seconds))}–{short(max(figures.wall_seconds))}",
                short(figures.cpu),
                _memory(figures),
                _ratio(figures, results.figures(size, OURS, scenario)),
                _ratio(figures, results.figures(size, "hugo", "build")),
            ]
            rows.append("| " + " | ".join(cells) + " |")
        if scenario in OURS_ALONE and any(scenario in found.scenarios for found in tools.values()):
            rows.append(f"| {text} | all others | no equal | | | | | |")
    return "\n".join(rows) + "\n"


def _count_table(tools: dict[str, ToolResults]) -> str:
    rows = [
        "| tool | version | article pages | bytes of one | other pages | feeds | sitemaps |",
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for tool in in_order(tools):
        found, counts = tools[tool], tools[tool].counts
        cells = [counts.articles, counts.article_bytes, counts.listings, counts.feeds, counts.sitemaps]
        rows.append(f"| {tool} | {found.version} | " + " | ".join(f"{cell:,}" for cell in cells) + " |")
    works = {(found.counts.articles, found.counts.feeds, found.counts.sitemaps) for found in tools.values()}
    verdict = "" if len(works) == 1 else "\nBEWARE: the tools did not write the same number of articles and feeds.\n"
    return "\n".join(rows) + "\n" + verdict


def _session_table(results: Results) -> str:
    rows = [
        "| date | machine | cores | memory | Python | memory counted as | load before |",
        "|---|---|--:|--:|---|---|--:|",
    ]
    for one in dict.fromkeys(session for _, session in sorted(results.sessions.items())):
        ram = f"{one.ram_bytes / 2**30:.0f} GiB"
        cells = [
            one.date,
            f"{one.processor}, {one.system}",
            str(one.cores),
            ram,
            one.python,
            one.memory,
            short(one.load),
        ]
        rows.append("| " + " | ".join(cells) + " |")
    return "\n".join(rows) + "\n"


def _ratio(value: Figures, against: Figures | None) -> str:
    if against is None:
        return ""
    return f"{short(value.wall / against.wall)}{_APART if value.session != against.session else ''}"


def in_order(tools: dict[str, ToolResults]) -> list[str]:
    """The names of tools: ours first, then the others by name."""
    return sorted(tools, key=lambda tool: (not tool.startswith(OURS), tool))


def short(number: float) -> str:
    """Three digits that count, and no fractions from 100 on."""
    return f"{number:,.0f}" if number >= 100 else f"{number:.3g}"
