"""`newsprint theme check`."""

from collections.abc import Sequence
from pathlib import Path

from generator.commands.report.themes import ThemeReporter
from generator.commands.theme import refuse_unknown
from generator.errors import PublishError, RefusalError
from generator.theme_check import check_themes


def run_theme_check(names: Sequence[str], *, site: Path, every: bool, output: Path | None, as_json: bool) -> int:
    """Hold themes against the contract and report it; the exit status.

    Raises:
        click.UsageError: there is no such theme.
    """
    refuse_unknown(names, site)
    reporter = ThemeReporter(as_json=as_json)
    try:
        for report in check_themes(site, names, every=every, output=output):
            reporter.done(report)
    except RefusalError as fault:
        reporter.refused(fault.problems)
    except PublishError as fault:
        reporter.failed(str(fault))
    return reporter.end()
