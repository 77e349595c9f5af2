"""`newsprint clean`."""

from pathlib import Path

import click

from generator.clean import Cleaning
from generator.commands.build import read_output
from generator.commands.report.cleanings import report_cleaned, report_leavings
from generator.commands.report.lines import WaitingReporter, report_failure, report_fault
from generator.config import CONFIG_NAME
from generator.errors import ConfigError, Problem, PublishError


def run_clean(site: Path, *, output: str | None, yes: bool, as_json: bool) -> int:
    """Remove what builds of a site left, after asking; the exit status."""
    if not (site / CONFIG_NAME).exists():
        hint = "name the folder of a site: newsprint clean SITE"
        problem = Problem(file=CONFIG_NAME, code="missing-file", message=f"no {CONFIG_NAME} here", hint=hint)
        return report_fault(ConfigError([problem]), site, as_json=as_json)
    try:
        cleaning = Cleaning(site, read_output(output) if output else None)
        if not yes:
            found = cleaning.find()
            report_leavings(found)
            if found.is_empty:
                return 0
            if not click.confirm("Remove all of it?"):
                return 1
        report_cleaned(cleaning.remove(waiting=WaitingReporter()), as_json=as_json)
    except PublishError as fault:
        report_failure(str(fault), as_json=as_json)
        return 1
    return 0
