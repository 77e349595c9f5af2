"""What `newsprint build` prints."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.build import Report
from generator.commands.report.bar import Bar
from generator.commands.report.lines import count, name_place, print_json, print_problems, print_unchecked, show_place
from generator.errors import LocatedProblem


class BuildReporter:
    """Reports one build: a bar on a terminal, plain lines elsewhere, or one JSON document."""

    def __init__(self, output: Path | str, *, explain: bool, quiet: bool, as_json: bool) -> None:
        """Take where the site goes and how to speak."""
        self._output = output
        self._explain = explain
        self._quiet = quiet
        self._as_json = as_json
        self._bar = Bar()

    def progress(self, step: str, done: int, total: int) -> None:
        """Move the bar; only on a terminal, only where there is much to do."""
        if not self._as_json and not self._quiet and total >= 100:
            self._bar.show(step, done, total)

    def done(self, report: Report, *, seconds: float) -> None:
        """Report a published site."""
        self._bar.end()
        if self._as_json:
            print_json(self._summary(report, seconds))
            return
        if self._explain:
            for path, (fate, reason) in report.reasons.items():
                print(f"{fate:<8}  {path}: {reason}")
        print_problems(report.problems)
        if self._quiet:
            return
        if report.left_out:
            print(f"Left out {count(len(report.left_out), 'record')}: {', '.join(report.left_out)}.")
        warnings = sum(not problem.is_error for problem in report.problems)
        withheld = tell_withheld(report.withheld)
        print(
            f"Read {count(report.read, 'record')}{withheld}; rendered {count(report.rendered, 'output')} "
            f"({report.written} written), kept {report.kept}, removed {report.removed}; "
            f"{count(warnings, 'warning') if warnings else 'no warnings'}; {seconds:.2f} s. "
            f"The site is in {show_place(self._output)}."
        )

    def refused(self, problems: Sequence[LocatedProblem], *, unchecked: Sequence[str] = (), seconds: float) -> None:
        """Report why the site's files cannot be published."""
        self._bar.end()
        if self._as_json:
            print_json({**self._nothing(problems, seconds), "unchecked": list(unchecked)})
            return
        print_problems(problems)
        print_unchecked(unchecked)
        errors = sum(problem.is_error for problem in problems)
        counts = [count(errors, "error")] if errors else []
        if warnings := len(problems) - errors:
            counts.append(count(warnings, "warning"))
        is_there = isinstance(self._output, str) or self._output.exists()
        there = f"the site in {show_place(self._output)} is untouched" if is_there else "there is no site yet"
        print(f"{', '.join(counts)}. Nothing was published; {there}.", file=sys.stderr)

    def failed(self, message: str, *, seconds: float) -> None:
        """Report that the output could not be written."""
        self._bar.end()
        if self._as_json:
            print_json({**self._nothing((), seconds), "failure": message})
            return
        print(f"newsprint: {message}", file=sys.stderr)

    def _summary(self, report: Report, seconds: float) -> dict[str, Any]:
        summary = {
            "published": True,
            "read": report.read,
            "rendered": report.rendered,
            "written": report.written,
            "kept": report.kept,
            "removed": report.removed,
            "warnings": sum(not problem.is_error for problem in report.problems),
            "problems": report.problems,
            "left_out": report.left_out,
            "withheld": report.withheld,
            "unchecked": [],
            "seconds": round(seconds, 3),
            "output": name_place(self._output),
        }
        if self._explain:
            summary["outputs"] = {path: {"fate": fate, "reason": why} for path, (fate, why) in report.reasons.items()}
        return summary

    def _nothing(self, problems: Sequence[LocatedProblem], seconds: float) -> dict[str, Any]:
        return {
            "published": False,
            "read": 0,
            "rendered": 0,
            "written": 0,
            "kept": 0,
            "removed": 0,
            "warnings": sum(not problem.is_error for problem in problems),
            "problems": problems,
            "left_out": [],
            "withheld": {},
            "unchecked": [],
            "seconds": round(seconds, 3),
            "output": name_place(self._output),
        }


def tell_withheld(withheld: Mapping[str, int]) -> str:
    """`, of which 2 drafts, 1 scheduled and 3 expired are not published`; nothing where all are."""
    named = {"drafts": "draft"} if withheld["drafts"] == 1 else {}
    counts = [f"{number:,} {named.get(state, state)}" for state, number in withheld.items() if number]
    if not counts:
        return ""
    *first, last = counts
    listed = f"{', '.join(first)} and {last}" if first else last
    return f", of which {listed} {'is' if sum(withheld.values()) == 1 else 'are'} not published"
