"""Builds a preview whenever a file of the site changed, or time changes it. There is no build but `build()`."""

import gc
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import msgspec

from generator.build import Progress, Report, Request, build, warm_up
from generator.config import PUBLIC_FOLDER
from generator.errors import LocatedProblem, PublishError, RefusalError
from generator.publish import PREVIEW_FOLDER, Waiting, read_manifest, state_folder, wait_silently
from generator.serve.watch import watch_site

_TRY_AGAIN = timedelta(seconds=1)  # where a disk is full, or another build does not end


def be_silent(step: str, done: int, total: int) -> None:
    """Report progress to nobody."""


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be shown: `root` is the site's folder, resolved.

    With `published` it is what readers see; else with drafts and what waits for its time.
    `now` is an aware time, None for the present; `workers` as a build takes it.
    """

    root: Path
    published: bool = False
    now: datetime | None = None
    workers: int | None = None

    @property
    def folder(self) -> Path:
        """Where it is built: not where a site is deployed from, for drafts are in it."""
        return self.root / PREVIEW_FOLDER

    @property
    def meanwhile(self) -> Path | None:
        """The site as it was published last, to be shown until there is a preview; None where there is none."""
        public = self.root / PUBLIC_FOLDER
        entries = read_manifest(state_folder(self.root, public)).entries
        return public if "index.html" in entries and (public / "index.html").is_file() else None

    def request(self) -> Request:
        """What a build is asked for now."""
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
    """What became of one build that ended `at` a time.

    `changed` are the files that it was made for, seen from the site's folder; none for the first, and where time did.
    `report` is None where nothing was published: then `problems` or `failure` say why,
    and `unchecked` what could not be checked because of that.
    """

    at: datetime
    seconds: float
    changed: tuple[str, ...] = ()
    report: Report | None = None
    problems: tuple[LocatedProblem, ...] = ()
    unchecked: tuple[str, ...] = ()
    failure: str = ""

    def until(self) -> datetime | None:
        """When to build again though no file changed."""
        if self.failure:
            return self.at + _TRY_AGAIN
        return self.report.until if self.report else None


def keep_building(
    preview: Preview, stop: Event, *, progress: Progress = be_silent, waiting: Waiting = wait_silently
) -> Iterator[Outcome]:
    """Build, and build again, until told to stop.

    What changes during a build leads to one more.

    Args:
        preview: What is built.
        stop: Ends it, a build that is at work or waits for its turn, too.
        progress: Told how far a build is.
        waiting: Told of whoever is at work on the site, while that lasts.

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
    """A build was cut off. It leaves the site as it was, and no worker."""


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
    told: dict[str, Any] = {}
    gc.disable()
    try:
        report = build(preview.request(), progress=look_up, waiting=wait)
        told = {"report": report, "problems": report.problems}
    except RefusalError as fault:
        told = {"problems": fault.problems, "unchecked": fault.unchecked}
    except PublishError as fault:
        told = {"failure": str(fault)}
    finally:
        gc.enable()
    return Outcome(at=datetime.now(UTC), seconds=time.monotonic() - started, changed=changed, **told)


def _is_over(outcome: Outcome, preview: Preview) -> bool:
    until = outcome.until()
    if until is None or (preview.now and not outcome.failure):
        return False
    return until <= datetime.now(UTC)
