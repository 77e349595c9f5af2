"""What `newsprint check` prints."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from generator.check import Asked, Checked, Counts
from generator.commands.report.bar import Bar
from generator.commands.report.lines import count, print_json, print_problems, print_unchecked
from generator.errors import LocatedProblem


class CheckReporter:
    """Reports a check: Problems and a line for people, annotations for GitHub, or one JSON document."""

    def __init__(self, site: Path, *, strict: bool, quiet: bool, github: bool, as_json: bool) -> None:
        """Take the site's folder as it was given, what counts as a failure, and how to speak."""
        self._site = site
        self._strict = strict
        self._quiet = quiet
        self._github = github
        self._as_json = as_json
        self._bar = Bar()

    def progress(self, step: str, done: int, total: int) -> None:
        """Move the bar; only where there is much to do."""
        if not self._as_json and not self._quiet and total >= 100:
            self._bar.show(step, done, total)

    def done(self, checked: Checked, asked: Asked | None, *, seconds: float) -> int:
        """Report what was found; the exit status, which links that lead out never change."""
        self._bar.end()
        has_passed = not any(problem.is_error or self._strict for problem in checked.problems)
        outside = asked.problems if asked else ()
        if self._as_json:
            document: dict[str, Any] = {"passed": has_passed, "problems": checked.problems}
            if asked:
                document["outside"] = asked
            print_json({**document, "checked": checked.counts, "seconds": round(seconds, 3)})
            return int(not has_passed)
        self._print(checked.problems)
        self._print(outside)
        if self._quiet:
            return int(not has_passed)
        looked = [count(getattr(checked.counts, name), name[:-1]) for name in checked.counts.__struct_fields__]
        print(f"Checked {', '.join(looked)}: {_count_up(checked.problems)} in {seconds:.1f} s.")
        if asked:
            waiting = f"; {asked.waiting:,} are left for the next time" if asked.waiting else ""
            asks = f"{count(asked.links, 'link')} lead{'s' if asked.links == 1 else ''} out, {asked.known:,} known"
            print(f"{asks}: {_count_up(outside)}{waiting}.")
        return int(not has_passed)

    def refused(self, problems: Sequence[LocatedProblem], *, unchecked: Sequence[str] = (), seconds: float) -> int:
        """Report why there are no pages to check; the exit status."""
        self._bar.end()
        if self._as_json:
            print_json(_nothing(problems, seconds))
        else:
            self._print(problems)
            print_unchecked(unchecked)
            print(f"{_count_up(problems)}. There are no pages to check until they are mended.", file=sys.stderr)
        return 1

    def failed(self, message: str, *, seconds: float) -> int:
        """Report that nothing could be checked; the exit status."""
        self._bar.end()
        if self._as_json:
            print_json({**_nothing((), seconds), "failure": message})
        else:
            print(f"newsprint: {message}", file=sys.stderr)
        return 1

    def _print(self, problems: Sequence[LocatedProblem]) -> None:
        if not self._github:
            print_problems(problems)
            return
        for problem in problems:
            print(annotate(problem, self._site))


def annotate(problem: LocatedProblem, site: Path) -> str:
    """A Problem as a workflow command of GitHub; its file is seen from the current folder.

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


def _count_up(problems: Sequence[LocatedProblem]) -> str:
    errors = sum(problem.is_error for problem in problems)
    counts = [count(errors, "error")] if errors else []
    if warnings := len(problems) - errors:
        counts.append(count(warnings, "warning"))
    return ", ".join(counts) or "no problems"


def _nothing(problems: Sequence[LocatedProblem], seconds: float) -> dict[str, Any]:
    counts = Counts(records=0, pages=0, feeds=0, links=0)
    return {"passed": False, "problems": problems, "checked": counts, "seconds": round(seconds, 3)}
