"""How a command reports: how far it is, what it did, what it refuses, what failed; in lines or as one JSON document."""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import click

from generator.commands.terminal.lines import print_json, print_problems
from generator.errors import LocatedProblem, PlaceError, RefusalError, SiteError, UsageError
from generator.names import make_printable

_MANY = 100  # steps of work that are worth a bar


class Reporter:
    """Reports one run of a command; around its work it reports what is refused or fails, too.

    `status` is the exit status.
    """

    def __init__(self, root: Path = Path(), *, as_json: bool = False, quiet: bool = False) -> None:
        """Take the site's folder, and how to speak."""
        self.status = 0
        self._root = root
        self._as_json = as_json
        self._quiet = quiet
        self._started = time.monotonic()
        self._bar = _Bar()
        self._waits_for = ""

    @property
    def seconds(self) -> float:
        """How long the command has run."""
        return time.monotonic() - self._started

    def progress(self, step: str, done: int, total: int) -> None:
        """Move the bar; only on a terminal, only if there is much to do."""
        if not self._as_json and not self._quiet and total >= _MANY:
            self._bar.show(step, done, total)

    def wait(self, who: str) -> None:
        """Report, once, for whom the command waits; on standard error, so that a document is alone on the other."""
        if who != self._waits_for:
            self._waits_for = who
            print(f"Waiting: {make_printable(who)}.", file=sys.stderr, flush=True)

    def done(self, document: dict[str, Any], *lines: str) -> None:
        """Report what was done: the document, or the lines."""
        self.end()
        if self._as_json:
            print_json(document)
            return
        for line in lines:
            print(line)

    def refused(self, problems: Sequence[LocatedProblem], unchecked: Sequence[str] = ()) -> None:
        """Report why there is nothing to show, and what could not be checked because of it."""
        self.status = 1
        if self._as_json:
            print_json(self._refusal(problems, unchecked))
            return
        self._print_problems(problems)
        print_unchecked(unchecked)

    def failed(self, message: str) -> None:
        """Report that files or hosts kept the command from its work."""
        self.status = 1
        if self._as_json:
            print_json({**self._failure(), "failure": message})
        else:
            print(f"newsprint: {message}", file=sys.stderr)

    def end(self) -> None:
        """Take the bar away."""
        self._bar.end()

    def _refusal(self, problems: Sequence[LocatedProblem], unchecked: Sequence[str]) -> dict[str, Any]:
        return {"problems": problems, **({"unchecked": unchecked} if unchecked else {})}

    def _failure(self) -> dict[str, Any]:
        return {}

    def _print_problems(self, problems: Sequence[LocatedProblem]) -> None:
        print_problems(problems)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _: object, fault: BaseException | None, trace: TracebackType | None) -> bool:
        """Report the fault that ended the work; one of ours passes by."""
        self.end()
        match fault:
            case UsageError():
                raise click.UsageError(str(fault)) from None
            case SiteError():
                from generator.load.locate import locate_problems

                self.refused(locate_problems(fault.problems, self._root), fault.unchecked)
            case RefusalError():
                self.refused(fault.problems, fault.unchecked)
            case PlaceError():
                self.failed(str(fault))
            case _:
                return False
        return True


def print_unchecked(unchecked: Sequence[str]) -> None:
    """Print, on standard error, what could not be checked because of Problems."""
    if unchecked:
        print(f"Not checked because of this: {'; '.join(unchecked)}.", file=sys.stderr)


class _Bar:
    """The bar that shows how far long work is, for one step after the other; only on a terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._step = ""

    def show(self, step: str, done: int, total: int) -> None:
        """Move the bar; a step that was not shown before begins a new one."""
        if not sys.stderr.isatty():
            return
        if self._step != step:
            self.end()
            self._begin(step, total)
        self._bar.update(0, completed=done)
        self._bar.refresh()

    def end(self) -> None:
        """Take the bar away."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
            self._step = ""

    def _begin(self, step: str, total: int) -> None:
        from rich.console import Console
        from rich.progress import Progress

        # Without its refreshing thread, so that no process is forked while a thread runs.
        self._bar = Progress(console=Console(stderr=True), auto_refresh=False, transient=True)
        self._bar.start()
        self._bar.add_task(step, total=total)
        self._step = step
