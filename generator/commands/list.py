"""`newsprint list`."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

from generator.build import PlannedSite
from generator.commands.inspection import inspect
from generator.commands.report.inquiries import report_list
from generator.inspect import Listed, ListName, list_records


def run_list(name: ListName | Literal["all"], *, site: Path, now: str | None, as_json: bool) -> int:
    """List records and report them; the exit status."""

    def ask(known: PlannedSite, moment: datetime) -> tuple[Listed, ...]:
        return list_records(known, name, now=moment)

    return inspect(site, ask, partial(report_list, name=name, as_json=as_json), now=now, as_json=as_json)
