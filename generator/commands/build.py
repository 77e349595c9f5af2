"""`newsprint build`."""

import gc
import re
import time
from datetime import UTC, datetime
from pathlib import Path

import click

from generator.build import Request, build
from generator.commands.report.builds import BuildReporter
from generator.commands.report.lines import WaitingReporter
from generator.config import PUBLIC_FOLDER
from generator.errors import ClusterError, PublishError, RefusalError, UsageError


def run_build(
    site: Path,
    *,
    output: str | None,
    now: str | None,
    drafts: bool,
    future: bool,
    workers: int | None,
    executor: str | None,
    force: bool,
    strict: bool,
    keep_going: bool,
    explain: bool,
    quiet: bool,
    as_json: bool,
) -> int:
    """Build a site and report it; the exit status.

    Raises:
        click.UsageError: `now` is no time, or `executor` no cluster.
    """
    started = time.monotonic()
    request = Request(
        root=site,
        output=read_output(output) if output else site / PUBLIC_FOLDER,
        now=read_now(now),
        drafts=drafts,
        future=future,
        workers=workers,
        executor=_check_executor(executor),
        force=force,
        strict=strict,
        keep_going=keep_going,
        explain=explain,
    )
    reporter = BuildReporter(request.output, explain=explain, quiet=quiet, as_json=as_json)
    gc.disable()  # what a build makes holds no circles, and looking for some takes a tenth of its time
    try:
        report = build(request, progress=reporter.progress, waiting=WaitingReporter())
    except RefusalError as fault:
        reporter.refused(fault.problems, unchecked=fault.unchecked, seconds=time.monotonic() - started)
        return 1
    except (PublishError, ClusterError) as fault:
        reporter.failed(str(fault), seconds=time.monotonic() - started)
        return 1
    finally:
        gc.enable()
    reporter.done(report, seconds=time.monotonic() - started)
    return 0


def read_output(text: str) -> Path | str:
    """A folder, or the URL of a store."""
    return text if re.match(r"[a-z][a-z0-9+.-]*://", text) else Path(text)


def _check_executor(url: str | None) -> str | None:
    if url is not None:
        from generator.cluster import read_scheduler

        try:
            read_scheduler(url)
        except UsageError as fault:
            raise click.BadParameter(str(fault), param_hint="--executor") from None
    return url


def read_now(text: str | None) -> datetime:
    """The time that `--now` means, the present where it says none."""
    if text is None:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        now = datetime.fromisoformat(text)
        return now.astimezone(UTC) if now.tzinfo else now.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        message = f"'{text}' is no time; write one such as 2026-06-03T09:30:00Z (UTC where it names no zone)"
        raise click.BadParameter(message, param_hint="--now") from None
