"""Builds a site with `build()` whenever one of its files or time changes it."""

import gc
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Event
from typing import Any

import msgspec

from generator.build import Memory, Progress, Report, Request, Viewer, build, show_nothing, warm_up
from generator.errors import LocatedProblem, PlaceError, RefusalError
from generator.publish import Waiting, wait_silently
from generator.watch.changes import watch_site

_SHARE = 4  # of the time that a failing build takes, if a disk is full, or another build does not end
_LEAST_SECONDS = 1
_MOST_SECONDS = 60


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
            return self.at + timedelta(seconds=min(max(self.seconds * _SHARE, _LEAST_SECONDS), _MOST_SECONDS))
        return self.report.until if self.report else None


def keep_building(
    request: Request,
    stop: Event,
    *,
    is_timeless: bool = False,
    progress: Progress = show_nothing,
    waiting: Waiting = wait_silently,
    viewer: Viewer | None = None,
) -> Iterator[Outcome]:
    """Build after each change until `stop` is set, which also ends a build that has not begun to publish.

    A change during a build leads to another build.

    Args:
        request: What is asked for. `root` is resolved; `now` is that of each build, if `is_timeless`, else the present.
        stop: Ends the builds.
        is_timeless: Whether the site does not change with time.
        progress: Called during a build, as by `build`.
        waiting: Called while another command works on the site or the output folder.
        viewer: Gets pages early, as from `build`, if only records changed: other files may not be in place yet.

    Raises:
        PublishError: the site's folders cannot be watched.
    """
    outcome: Outcome | None = None
    build_now = partial(build, memory=Memory())
    for changed in watch_site(request.root, stop):
        if changed or outcome is None or _is_over(outcome, is_timeless=is_timeless):
            if not is_timeless:
                request = msgspec.structs.replace(request, now=datetime.now(UTC).replace(microsecond=0))
            may_show = bool(changed) and all(path.endswith(".md") for path in changed)
            try:
                run = partial(build_now, request, viewer=viewer if may_show else None)
                outcome = _build(run, changed, stop, progress, waiting)
            except _EndedError:
                return
            yield outcome
            warm_up()


class _EndedError(Exception):
    """A build was stopped; the site is unchanged and no worker is left."""


def _build(
    build_now: Callable[..., Report], changed: tuple[str, ...], stop: Event, progress: Progress, waiting: Waiting
) -> Outcome:
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
        report = build_now(progress=look_up, waiting=wait)
        result = {"report": report, "problems": report.problems}
    except RefusalError as fault:
        result = {"problems": fault.problems, "unchecked": fault.unchecked}
    except PlaceError as fault:
        if stop.is_set():  # whoever ended it may have ended its workers first
            raise _EndedError from fault
        result = {"failure": str(fault)}
    finally:
        gc.enable()
    return Outcome(at=datetime.now(UTC), seconds=time.monotonic() - started, changed=changed, **result)


def _is_over(outcome: Outcome, *, is_timeless: bool) -> bool:
    until = outcome.until()
    if until is None or (is_timeless and not outcome.failure):
        return False
    return until <= datetime.now(UTC)
