"""`newsprint check`."""

import gc
import time
from pathlib import Path

from generator.build import Request
from generator.check import check_outside, check_site
from generator.commands.build import read_now
from generator.commands.report.checks import CheckReporter
from generator.commands.report.lines import WaitingReporter
from generator.errors import PublishError, RefusalError


def run_check(
    site: Path,
    *,
    now: str | None,
    drafts: bool,
    future: bool,
    workers: int | None,
    links: bool,
    strict: bool,
    quiet: bool,
    github: bool,
    as_json: bool,
) -> int:
    """Check a site and report it; the exit status.

    Raises:
        click.UsageError: `now` is no time.
    """
    started = time.monotonic()
    request = Request(
        root=site,
        output=site,
        now=read_now(now),
        drafts=drafts,
        future=future,
        workers=workers,
        command="newsprint check",
    )
    reporter = CheckReporter(site, strict=strict, quiet=quiet, github=github, as_json=as_json)
    gc.disable()  # as in a build
    try:
        checked = check_site(request, progress=reporter.progress, waiting=WaitingReporter())
        asked = check_outside(checked, progress=reporter.progress) if links else None
    except RefusalError as fault:
        return reporter.refused(fault.problems, unchecked=fault.unchecked, seconds=time.monotonic() - started)
    except PublishError as fault:
        return reporter.failed(str(fault), seconds=time.monotonic() - started)
    finally:
        gc.enable()
    return reporter.done(checked, asked, seconds=time.monotonic() - started)
