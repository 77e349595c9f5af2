"""How a command reports progress, results, problems and failures: in lines or as one JSON document."""

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import click

from generator.commands.terminal.lines import print_json, print_problems
from generator.errors import LocatedProblem, PlaceError, RefusalError, SiteError, UsageError
from generator.names import make_printable

_MANY = 100  # steps of work that are worth a bar


class Reporter:
    """Reports one run of a command; as a context manager it also reports the exceptions of its work.

    `status` is the exit status.
    """

    def __init__(self, root: Path = Path(), *, as_json: bool = False, quiet: bool = False) -> None:
        """Take the site's folder and the options for output."""
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
        """Move the bar if there is much to do."""
        if not self._as_json and not self._quiet and total >= _MANY:
            self._bar.show(step, done, total)

    def wait(self, who: str) -> None:
        """Report once, on standard error, which command this one waits for."""
        if who != self._waits_for:
            self._waits_for = who
            print(f"Waiting: {make_printable(who)}.", file=sys.stderr, flush=True)

    def report(self, document: object, show: Callable[[], None]) -> None:
        """Report a result: print the document as JSON, or show it."""
        self.end()
        if self._as_json:
            print_json(document)
        else:
            show()

    def done(self, document: object, *lines: str) -> None:
        """Report what was done: print the document as JSON, or the lines."""
        self.report(document, lambda: print(*lines, sep="\n"))

    def refused(self, problems: Sequence[LocatedProblem], unchecked: Sequence[str] = ()) -> None:
        """Report problems that end the command, and what could not be checked because of them."""
        self.status = 1
        if self._as_json:
            print_json(self._refusal(problems, unchecked))
            return
        self._print_problems(problems)
        print_unchecked(unchecked)

    def failed(self, message: str) -> None:
        """Report a failure of the system or of another host."""
        self.status = 1
        if self._as_json:
            print_json({**self._failure(), "failure": message})
        else:
            print(f"newsprint: {message}", file=sys.stderr)

    def end(self) -> None:
        """Remove the bar."""
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
        """Report the exception that ended the work; a bug passes through."""
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
    """Print, on standard error, what could not be checked because of problems."""
    if unchecked:
        print(f"Not checked because of this: {'; '.join(unchecked)}.", file=sys.stderr)


class _Bar:
    """The progress bar of one step after the other; only on a terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._step = ""

    def show(self, step: str, done: int, total: int) -> None:
        """Move the bar; another step begins a new one."""
        if not sys.stderr.isatty():
            return
        if self._step != step:
            from rich.console import Console
            from rich.progress import Progress

            self.end()
            # Without its refreshing thread, so that no process is forked while a thread runs.
            self._bar = Progress(console=Console(stderr=True), auto_refresh=False, transient=True)
            self._bar.start()
            self._bar.add_task(step, total=total)
            self._step = step
        self._bar.update(0, completed=done)
        self._bar.refresh()

    def end(self) -> None:
        """Remove the bar."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None
            self._step = ""
