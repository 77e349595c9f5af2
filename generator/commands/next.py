"""`newsprint next`."""

from datetime import datetime
from functools import partial
from pathlib import Path

from generator.build import PlannedSite
from generator.commands.inspection import inspect
from generator.commands.report.inquiries import report_forecast
from generator.inspect import Forecast, forecast


def run_next(site: Path, *, now: str | None, drafts: bool, as_json: bool) -> int:
    """Find the next change and report it; the exit status."""

    def ask(known: PlannedSite, moment: datetime) -> tuple[Forecast, datetime]:
        return forecast(known, now=moment, drafts=drafts), moment

    return inspect(site, ask, partial(report_forecast, as_json=as_json), now=now, drafts=drafts, as_json=as_json)
