"""`newsprint explain`."""

from datetime import datetime
from functools import partial
from pathlib import Path

import click

from generator.build import PlannedSite
from generator.commands.inspection import inspect
from generator.commands.report.inquiries import report_makeup
from generator.errors import suggest
from generator.inspect import Makeup, UnknownOutputError, Unpublished, explain_output


def run_explain(path: str, *, site: Path, output: str | None, now: str | None, drafts: bool, as_json: bool) -> int:
    """Explain an output and report it; the exit status.

    Raises:
        click.UsageError: nothing is planned there.
    """

    def ask(known: PlannedSite, moment: datetime) -> tuple[Makeup | Unpublished, datetime]:
        return explain_output(known, path, now=moment, drafts=drafts), moment

    report = partial(report_makeup, as_json=as_json)
    try:
        return inspect(site, ask, report, output=output, now=now, drafts=drafts, as_json=as_json)
    except UnknownOutputError as fault:
        hint = fault.why or suggest(
            path.strip("/"), fault.paths, otherwise="'newsprint build --explain' lists all outputs"
        )
        raise click.BadParameter(f"no output '{path}': {hint}", param_hint="PATH") from None
