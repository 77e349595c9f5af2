"""`newsprint sponsors`."""

from datetime import datetime
from functools import partial
from pathlib import Path

from generator.build import PlannedSite
from generator.commands.inspection import inspect
from generator.commands.report.inquiries import report_accounts
from generator.inspect import Accounts, account_sponsors


def run_sponsors(site: Path, *, output: str | None, now: str | None, drafts: bool, as_csv: bool, as_json: bool) -> int:
    """Count what campaigns get and report it; the exit status."""

    def ask(known: PlannedSite, moment: datetime) -> Accounts:
        return account_sponsors(known, now=moment, drafts=drafts)

    report = partial(report_accounts, as_csv=as_csv, as_json=as_json)
    return inspect(site, ask, report, output=output, now=now, drafts=drafts, as_json=as_json)
