"""`newsprint stats`."""

from datetime import datetime
from pathlib import Path

from generator.build import PlannedSite
from generator.commands.inspection import inspect
from generator.commands.report.profile import StatsReporter
from generator.inspect import Stats, measure_site


def run_stats(site: Path, *, now: str | None, drafts: bool, html_file: Path | None, as_json: bool) -> int:
    """Measure a site and report it; the exit status."""
    reporter = StatsReporter(html_file, as_json=as_json)

    def ask(known: PlannedSite, _moment: datetime) -> Stats:
        return measure_site(known, progress=reporter.progress)

    try:
        return inspect(site, ask, reporter.done, now=now, drafts=drafts, keep_going=True, as_json=as_json)
    finally:
        reporter.end()
