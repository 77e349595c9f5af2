"""What `newsprint stats` prints, and the page that it writes."""

from pathlib import Path

from generator.commands.terminal.builds import show_withheld
from generator.commands.terminal.lines import count
from generator.commands.terminal.reporter import Reporter
from generator.commands.terminal.tables import print_line, print_table
from generator.errors import os_errors_at
from generator.inspect import Span, Stats

_SHOWN = 8  # of the slowest things of each kind
_TEMPLATE = "profile.html"
_STEPS = {
    "reading": "Reading records",
    "preparing": "Preparing what outputs show",
    "rendering": "Rendering outputs",
}


class StatsReporter(Reporter):
    """Reports the figures of a site: tables or a JSON document, and an HTML page if requested."""

    def __init__(self, site: Path, html_file: Path | None, *, as_json: bool) -> None:
        """Take the site's folder, the file of the page, and the format."""
        super().__init__(site, as_json=as_json)
        self._html_file = html_file

    def progressed(self, done: int, total: int) -> None:
        """Move the bar, but rarely, because that takes time, too."""
        if not self._as_json and done % 50 == 0:
            self._bar.show("Measuring", done, total)

    def measured(self, stats: Stats) -> None:
        """Report the figures.

        Raises:
            PublishError: the page cannot be written.
        """
        self.end()
        if self._html_file:
            with os_errors_at(self._html_file):
                self._html_file.write_text(render_profile(stats))
        super().report(stats, lambda: _print_stats(stats))


def _print_stats(stats: Stats) -> None:
    print_table(("records", ""), [(kind, f"{number:,}") for kind, number in stats.records.items()], right={1})
    records = f"{count(sum(stats.records.values()), 'record')}{show_withheld(stats.withheld)}"
    print_line(f"{records}; {count(stats.words, 'word')}")
    if stats.faulty:
        have = "has errors and is" if len(stats.faulty) == 1 else "have errors and are"
        print_line(f"{count(len(stats.faulty), 'record')} {have} not counted; 'newsprint build' lists them.")
    print()
    rows = [(kind, f"{number:,}", f"{stats.sizes[kind]:,}") for kind, number in stats.outputs.items()]
    print_table(("outputs", "", "bytes"), rows, right={1, 2})
    print_line(f"{count(sum(stats.outputs.values()), 'output')}; {count(sum(stats.sizes.values()), 'byte')}\n")
    _print_profile(stats.profile)


def _print_profile(profile: Span) -> None:
    for step in profile.parts:
        print_line(f"{_STEPS[step.name]}: {step.seconds:.2f} s for {step.count:,}")
        rows = [(part.name, f"{part.count:,}", f"{part.seconds:.3f}", _each(part)) for part in step.parts]
        print_table(("", "number", "seconds", "ms each"), rows, right={1, 2, 3})
        named = [one for part in step.parts for one in part.parts if one.count == 1]
        slowest = sorted(named, key=lambda one: (-one.seconds, one.name))[:_SHOWN]
        print_table(("slowest", "ms"), [(one.name, f"{one.seconds * 1000:.1f}") for one in slowest], right={1})
        print()
    print_line(f"{profile.name}, on one core: {profile.seconds:.2f} s")


def _each(span: Span) -> str:
    return f"{span.seconds / span.count * 1000:.2f}"


def render_profile(stats: Stats) -> str:
    """The page of a profile: nested blocks, each as wide as its time, and tables with the same figures."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("generator.commands.terminal", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def grow(seconds: float) -> int:
        return max(1, round(seconds * 1_000_000))  # CSS needs integers whose sum fills the row

    least = stats.profile.seconds / 400
    return environment.get_template(_TEMPLATE).render(stats=stats, each=_each, grow=grow, least=least)
