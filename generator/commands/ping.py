"""`newsprint ping`."""

from pathlib import Path

from generator.commands.build import read_output
from generator.commands.report.lines import report_fault
from generator.commands.report.pings import report_pings
from generator.config import PUBLIC_FOLDER
from generator.errors import PublishError, SiteError
from generator.ping import ping_hub


def run_ping(site: Path, *, output: str | None, timeout: float, as_json: bool) -> int:
    """Tell the hub and report it; the exit status."""
    try:
        pings = ping_hub(site, read_output(output) if output else site / PUBLIC_FOLDER, timeout=timeout)
    except (SiteError, PublishError) as fault:
        return report_fault(fault, site, as_json=as_json)
    report_pings(pings, as_json=as_json)
    return 0
