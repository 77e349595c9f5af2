"""Stops what takes too long in a thread of this process, in its own code, so that the place is known."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")

_TICKS = 4  # looks at the clock per time that is allowed
_LONGEST_TICK_SECONDS = 0.1


class OvertimeError(Exception):
    """What was timed took too much processor time; it is raised inside of it."""


class Stopwatch:
    """Limits the processor time of calls, one at a time.

    A thread looks at the clock now and then, and ends when there is nothing to time.
    So it works in any thread and on any system, and costs what is timed next to nothing.
    A call of a library that does not return to Python is stopped only when it does (see `guard.limited`).
    """

    def __init__(self, seconds: float) -> None:
        """Take the processor time that a call may take."""
        self._seconds = seconds
        self._lock = threading.Lock()
        self._running: _Call | None = None
        self._watcher: threading.Thread | None = None

    def run(self, work: Callable[[], Made]) -> Made:
        """Call a function.

        Raises:
            OvertimeError: it takes too long.
        """
        self._begin()
        try:
            return work()
        finally:
            try:
                self._end()
            except OvertimeError:  # on the way out, before the clock was stopped
                self._end()
                raise

    def _begin(self) -> None:
        with self._lock:
            self._running = _Call()
            if self._watcher is None or not self._watcher.is_alive():  # a fork does not copy threads
                self._watcher = threading.Thread(target=self._watch, daemon=True)
                self._watcher.start()

    def _end(self) -> None:
        with self._lock:
            running, self._running = self._running, None
        if running and running.is_stopped:
            try:  # noqa: SIM105 - it could be raised when `suppress` begins
                _check_for_exceptions()
            except OvertimeError:  # the call had ended just before
                pass

    def _watch(self) -> None:
        while True:
            time.sleep(min(_LONGEST_TICK_SECONDS, self._seconds / _TICKS))
            with self._lock:
                if self._running is None:
                    self._watcher = None
                    return
                self._running.look(self._seconds)


class _Call:
    """A call in this thread. Its clock begins at the first look, so that short calls pay for none."""

    __slots__ = ("_late", "is_stopped", "thread")

    def __init__(self) -> None:
        self.thread = threading.get_ident()
        self.is_stopped = False
        self._late = 0.0

    def look(self, seconds: float) -> None:
        """Raise an OvertimeError in the thread if the call is late, and later again if that did not stop it."""
        now = _read_clock(self.thread)
        if self._late and now > self._late:
            self.is_stopped = True
            _raise_in(self.thread, OvertimeError)
        if now > self._late:
            self._late = now + seconds


def _read_clock(thread: int) -> float:
    """The processor time of a thread, or on systems that do not count it, of this process."""
    if hasattr(time, "pthread_getcpuclockid"):
        return time.clock_gettime(time.pthread_getcpuclockid(thread))
    return time.process_time()


def _raise_in(thread: int, fault: type[Exception]) -> None:
    """Raise an exception in a thread, at its next check.

    It cannot be taken back: Python 3.11 would check without end for what it does not have, and hang in a profiler.
    """
    import ctypes

    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(fault))


def _check_for_exceptions() -> None:
    """Let Python raise what another thread asked for: it checks when a function begins, and when a loop jumps back."""
    for _ in range(2):
        pass
