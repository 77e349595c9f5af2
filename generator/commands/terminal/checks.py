"""What `newsprint check` prints."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.check import CheckReport, Counts, OutsideReport
from generator.commands.terminal.lines import count, count_up, print_json, print_problems
from generator.commands.terminal.reporter import Reporter
from generator.errors import LocatedProblem


class CheckReporter(Reporter):
    """Reports a check: problems and a summary, annotations for GitHub, or one JSON document."""

    def __init__(self, site: Path, *, is_strict: bool, quiet: bool, github: bool, as_json: bool) -> None:
        """Take the site's folder as given, whether warnings fail the check, and the options for output."""
        super().__init__(site, as_json=as_json, quiet=quiet)
        self._is_strict = is_strict
        self._github = github

    def checked(self, found: CheckReport, asked: OutsideReport | None) -> None:
        """Report the results; external links never change the exit status."""
        self.end()
        self.status = int(any(problem.is_error or self._is_strict for problem in found.problems))
        if self._as_json:
            outside = {"outside": asked} if asked else {}
            said = {"passed": not self.status, "problems": found.problems, **outside}
            print_json({**said, "checked": found.counts, "seconds": round(self.seconds, 3)})
            return
        self._print_problems(found.problems)
        self._print_problems(asked.problems if asked else ())
        if self._quiet:
            return
        looked = [count(getattr(found.counts, name), name[:-1]) for name in found.counts.__struct_fields__]
        print(f"Checked {', '.join(looked)}: {_sum_up(found.problems)} in {self.seconds:.1f} s.")
        if asked:
            waiting = f"; {asked.waiting:,} are left for next time" if asked.waiting else ""
            asks = f"{count(asked.links, 'link')} to other sites, {asked.known:,} known"
            print(f"{asks}: {_sum_up(asked.problems)}{waiting}.")

    def refused(self, problems: Sequence[LocatedProblem], unchecked: Sequence[str] = ()) -> None:
        """Report problems that leave no pages to check."""
        super().refused(problems, unchecked)
        if not self._as_json:
            print(f"{_sum_up(problems)}. There are no pages to check until they are fixed.", file=sys.stderr)

    def _refusal(self, problems: Sequence[LocatedProblem], unchecked: Sequence[str]) -> dict[str, Any]:  # noqa: ARG002
        counts = Counts(records=0, pages=0, feeds=0, links=0)
        return {"passed": False, "problems": problems, "checked": counts, "seconds": round(self.seconds, 3)}

    def _failure(self) -> dict[str, Any]:
        return self._refusal((), ())

    def _print_problems(self, problems: Sequence[LocatedProblem]) -> None:
        if not self._github:
            print_problems(problems)
            return
        for problem in problems:
            print(annotate(problem, self._root))


def annotate(problem: LocatedProblem, site: Path) -> str:
    """A problem as a workflow command of GitHub; its file is relative to the current folder.

    Source: GitHub Actions, "Workflow commands", "Setting an error message"; the toolkit's `escapeData`.
    """
    file = site / problem.file
    properties = {"title": problem.code}
    if file.is_file():
        place = {"file": Path(os.path.relpath(file)).as_posix()}
        properties = place | ({"line": str(problem.line)} if problem.line else {}) | properties
    else:
        properties["title"] = f"{problem.code} ({problem.file})"
    said = ",".join(f"{name}={_escape(value, ':,')}" for name, value in properties.items())
    parts = (problem.message, problem.expected and f"expected: {problem.expected}", problem.hint)
    return f"::{problem.severity} {said}::{_escape(chr(10).join(filter(None, parts)))}"


def _escape(text: str, more: str = "") -> str:
    return "".join(f"%{ord(c):02X}" if c in f"%\r\n{more}" else c for c in text)


def _sum_up(problems: Sequence[LocatedProblem]) -> str:
    return count_up(problems) or "no problems"
