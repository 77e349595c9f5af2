"""`newsprint diff`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from generator.build import PlannedSite
from generator.commands.inspection import inspect
from generator.commands.report.inquiries import report_differences
from generator.errors import LocatedProblem
from generator.inspect import Difference, compare_outputs, foresee_losses


def run_diff(
    site: Path, *, output: str | None, now: str | None, drafts: bool, patch: bool, every: bool, as_json: bool
) -> int:
    """Compare what a build would make with what is there, and report it; the exit status."""

    def ask(known: PlannedSite, _moment: datetime) -> tuple[Iterable[Difference], Sequence[LocatedProblem]]:
        return compare_outputs(known, has_patches=patch), foresee_losses(known)

    report = partial(report_differences, is_folded=not (every or patch), as_json=as_json)
    return inspect(site, ask, report, output=output, now=now, drafts=drafts, as_json=as_json)
