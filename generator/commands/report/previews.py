"""What `newsprint serve` prints."""

import sys
from typing import TYPE_CHECKING

from generator.build import Report
from generator.commands.report.bar import Bar
from generator.commands.report.lines import count, print_problems, print_unchecked
from generator.errors import LocatedProblem
from generator.names import make_printable

if TYPE_CHECKING:
    from generator.serve import Outcome, Preview


class PreviewReporter:
    """Reports the builds of a preview, a line for each; what is wrong is told once, while it stays as it is."""

    def __init__(self) -> None:
        """Begin with nothing told."""
        self._told: tuple[tuple[LocatedProblem, ...], str] = ((), "")
        self._bar = Bar()

    def serving(self, address: str, preview: "Preview", *, is_open: bool) -> None:
        """Report where the preview is, who can see it, and what it shows until it is built."""
        print(f"The preview is at {address} and follows your files. Ctrl-C ends it.", flush=True)
        if is_open:
            shown = "the site" if preview.published else "the site, drafts too"
            print(f"warning: everyone who can reach this machine sees {shown}.", file=sys.stderr, flush=True)
        if not (preview.folder / "index.html").exists() and preview.meanwhile:
            print("Until it is built it shows what is in public/.", flush=True)

    def progress(self, step: str, done: int, total: int) -> None:
        """Move the bar; only on a terminal, only where there is much to do."""
        if total >= 100:
            self._bar.show(step, done, total)

    def built(self, outcome: "Outcome") -> None:
        """Report one build."""
        self._bar.end()
        told = (outcome.problems, outcome.failure)
        is_news, self._told = told != self._told, told
        if outcome.failure and not is_news:  # it is tried again and again
            return
        if is_news:
            print_problems(outcome.problems)
            print_unchecked(outcome.unchecked)
        what = outcome.failure or _sum_up(outcome)
        line = f"{outcome.at.astimezone():%H:%M:%S} {_cause(outcome)}: {what}"
        print(line, file=sys.stdout if outcome.report else sys.stderr, flush=True)


def _cause(outcome: "Outcome") -> str:
    if not outcome.changed:
        return "built"
    first, *others = outcome.changed
    shown = make_printable(first)
    return f"{shown} and {count(len(others), 'other file')} changed" if others else f"{shown} changed"


def _sum_up(outcome: "Outcome") -> str:
    errors = sum(problem.is_error for problem in outcome.problems)
    warnings = len(outcome.problems) - errors
    counts = [count(number, noun) for number, noun in ((errors, "error"), (warnings, "warning")) if number]
    if outcome.report is None:
        return f"{', '.join(counts)}; the preview stays as it was"
    return ", ".join([_count_outputs(outcome.report), *counts]) + f" in {outcome.seconds:.2f} s"


def _count_outputs(report: Report) -> str:
    rendered = f"rendered {count(report.rendered, 'output')}" if report.rendered else "nothing to render"
    return f"{rendered}, removed {report.removed}" if report.removed else rendered
