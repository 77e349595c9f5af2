"""`newsprint init`."""

from datetime import UTC, datetime
from pathlib import Path

import click

from generator.commands.report.lines import report_failure
from generator.commands.report.records import report_new_site
from generator.errors import PublishError, UsageError
from generator.scaffold import make_site


def run_init(folder: Path, *, title: str, url: str, as_json: bool) -> int:
    """Make a new site; the exit status.

    Raises:
        click.UsageError: the folder holds a site, or the title or the URL will not do.
    """
    try:
        made = make_site(folder, title=title, url=url, now=datetime.now(UTC))
    except UsageError as fault:
        raise click.UsageError(str(fault)) from None
    except PublishError as fault:
        report_failure(str(fault), as_json=as_json)
        return 1
    report_new_site(folder, made, as_json=as_json)
    return 0
