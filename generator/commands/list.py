"""`newsprint list`."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Literal

from generator.build import Survey
from generator.commands.inquiry import inquire
from generator.commands.report.inquiries import report_list
from generator.inquire import Listed, ListName, list_records


def run_list(name: ListName | Literal["all"], *, site: Path, now: str | None, as_json: bool) -> int:
    """List records and report them; the exit status."""

    def ask(known: Survey, moment: datetime) -> tuple[Listed, ...]:
        return list_records(known, name, now=moment)

    return inquire(site, ask, partial(report_list, name=name, as_json=as_json), now=now, as_json=as_json)
