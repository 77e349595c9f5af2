"""Builds a preview with `build()` whenever a file of the site or time changes it."""

import gc
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import msgspec

from generator.build import Progress, Report, Request, build, show_nothing, warm_up
from generator.config import PUBLIC_FOLDER
from generator.errors import LocatedProblem, PublishError, RefusalError
from generator.publish import PREVIEW_FOLDER, Waiting, read_manifest, state_folder, wait_silently
from generator.serve.watch import watch_site

_TRY_AGAIN = timedelta(seconds=1)  # if a disk is full, or another build does not end


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """A preview: `root` is the site's folder, resolved.

    With `published` it shows what readers see, else drafts and scheduled records, too.
    `now` is an aware time, None for the present; `workers` is that of a build.
    """

    root: Path
    published: bool = False
    now: datetime | None = None
    workers: int | None = None

    @property
    def folder(self) -> Path:
        """The folder where it is built; it is never deployed, because it has drafts."""
        return self.root / PREVIEW_FOLDER

    @property
    def meanwhile(self) -> Path | None:
        """The published site, which is shown until there is a preview; None if there is none."""
        public = self.root / PUBLIC_FOLDER
        entries = read_manifest(state_folder(self.root, public.resolve())).entries
        return public if "index.html" in entries and (public / "index.html").is_file() else None

    def request(self) -> Request:
        """The request of the next build."""
        return Request(
            root=self.root,
            output=self.folder,
            now=self.now or datetime.now(UTC).replace(microsecond=0),
            drafts=not self.published,
            future=not self.published,
            workers=self.workers,
            explain=True,
            command="newsprint serve",
        )


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """The outcome of a build that ended `at` a time.

    `changed` are the files that caused it, relative to the site's folder; none for the first build, and for time.
    `report` is None if nothing was published; then `problems` or `failure` are the reason,
    and `unchecked` is what could not be checked because of that.
    """

    at: datetime
    seconds: float
    changed: tuple[str, ...] = ()
    report: Report | None = None
    problems: tuple[LocatedProblem, ...] = ()
    unchecked: tuple[str, ...] = ()
    failure: str = ""

    def until(self) -> datetime | None:
        """When to build again even if no file changed."""
        if self.failure:
            return self.at + _TRY_AGAIN
        return self.report.until if self.report else None


def keep_building(
    preview: Preview, stop: Event, *, progress: Progress = show_nothing, waiting: Waiting = wait_silently
) -> Iterator[Outcome]:
    """Build after each change until `stop` is set, which also ends a running build.

    A change during a build leads to another build.

    Raises:
        PublishError: the site's folders cannot be watched.
    """
    outcome: Outcome | None = None
    for changed in watch_site(preview.root, stop):
        if changed or outcome is None or _is_over(outcome, preview):
            try:
                outcome = _build(preview, changed, stop, progress, waiting)
            except _EndedError:
                return
            yield outcome
            warm_up()


class _EndedError(Exception):
    """A build was stopped; the site is unchanged and no worker is left."""


def _build(preview: Preview, changed: tuple[str, ...], stop: Event, progress: Progress, waiting: Waiting) -> Outcome:
    def look_up(step: str, done: int, total: int) -> None:
        if stop.is_set():
            raise _EndedError
        progress(step, done, total)

    def wait(who: str) -> None:
        if stop.is_set():
            raise _EndedError
        waiting(who)

    started = time.monotonic()
    result: dict[str, Any]
    gc.disable()
    try:
        report = build(preview.request(), progress=look_up, waiting=wait)
        result = {"report": report, "problems": report.problems}
    except RefusalError as fault:
        result = {"problems": fault.problems, "unchecked": fault.unchecked}
    except PublishError as fault:
        result = {"failure": str(fault)}
    finally:
        gc.enable()
    return Outcome(at=datetime.now(UTC), seconds=time.monotonic() - started, changed=changed, **result)


def _is_over(outcome: Outcome, preview: Preview) -> bool:
    until = outcome.until()
    if until is None or (preview.now and not outcome.failure):
        return False
    return until <= datetime.now(UTC)
