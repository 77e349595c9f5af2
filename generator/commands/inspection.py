"""What the commands share that ask about a site and publish nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from generator.build import PlannedSite, Request, survey
from generator.commands.build import read_now, read_output
from generator.commands.report.lines import WaitingReporter, report_failure, report_refusal
from generator.config import PUBLIC_FOLDER
from generator.errors import ClusterError, PublishError, RefusalError

Answer = TypeVar("Answer")


def inspect(
    site: Path,
    ask: Callable[[PlannedSite, datetime], Answer],
    report: Callable[[Answer], None],
    *,
    as_json: bool,
    output: str | None = None,
    now: str | None = None,
    drafts: bool = False,
    keep_going: bool = False,
) -> int:
    """Ask a survey something and report the answer; the exit status.

    Args:
        site: The site's folder.
        ask: Given the survey, and the time that it is asked for.
        report: Given the answer, while the survey is still open.
        as_json: How to report what went wrong.
        output: Where the site is, as `--output` says.
        now: The time, as `--now` says.
        drafts: Whether drafts count as published.
        keep_going: Whether records that are at fault are left out.

    Raises:
        click.UsageError: `now` is no time.
    """
    moment = read_now(now)
    request = Request(
        root=site,
        output=read_output(output) if output else site / PUBLIC_FOLDER,
        now=moment,
        drafts=drafts,
        keep_going=keep_going,
        command=click.get_current_context().command_path,
    )
    try:
        with survey(request, waiting=WaitingReporter()) as known:
            report(ask(known, moment))
    except RefusalError as fault:
        report_refusal(fault.problems, as_json=as_json, unchecked=fault.unchecked)
        return 1
    except (PublishError, ClusterError) as fault:
        report_failure(str(fault), as_json=as_json)
        return 1
    return 0
