"""`newsprint ping`."""

from pathlib import Path

from generator.commands.build import read_output
from generator.commands.report.lines import report_failure, report_refusal
from generator.commands.report.pings import report_pings
from generator.errors import PublishError, SiteError
from generator.load.locate import locate_problems
from generator.ping import ping_hub


def run_ping(site: Path, *, output: str | None, timeout: float, as_json: bool) -> int:
    """Tell the hub and report it; the exit status."""
    try:
        pings = ping_hub(site, read_output(output) if output else site / "public", timeout=timeout)
    except SiteError as fault:
        report_refusal(locate_problems(fault.problems, site), as_json=as_json)
        return 1
    except PublishError as fault:
        report_failure(str(fault), as_json=as_json)
        return 1
    report_pings(pings, as_json=as_json)
    return 0
