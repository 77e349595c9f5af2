"""Processes that can be ended: an item that takes too much time or memory, or crashes, costs itself only."""

import faulthandler
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from enum import Enum, auto
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if sys.platform != "win32":
    import resource

if TYPE_CHECKING:
    from pebble import ProcessPool

Item = TypeVar("Item")
Made = TypeVar("Made")


class Loss(Enum):
    """Why an item has no result."""

    TIME = auto()
    MEMORY = auto()
    CRASH = auto()


class Guard(NamedTuple, Generic[Item, Made]):
    """What to do with items that could end the process that works on them.

    `is_large` finds those that this process does not work on itself; `lost` gives the result of one that ended its
    process. `wall_seconds` is how long one may take, apart from the limits that the work sets itself (`guard.limited`).
    """

    is_large: Callable[[Item], bool]
    lost: Callable[[Item, Loss], Made]
    wall_seconds: float


_base_bytes: int | None = None  # the address space of a worker when it started, 0 if unknown; None: it is not a worker
_ERRORS = 2  # the file descriptor; Python's stream may be a test's


def become_endable() -> None:
    """Let `limited` end this process: it is a worker."""
    global _base_bytes  # noqa: PLW0603 - a property of the process
    _base_bytes = _address_space()
    if sys.platform != "win32":
        faulthandler.unregister(signal.SIGPROF)  # of the process that it was forked from


@contextmanager
def limited(*, cpu_seconds: float, memory_bytes: int, anywhere: bool = False) -> Iterator[None]:
    """Limit what runs inside: beyond the time the process ends, beyond the memory Python raises MemoryError.

    Memory is that beyond what a worker had when it started.
    With `anywhere`, it is beyond what the process has, whose libraries may have grown; and a process that is not a
    worker, which nothing limits otherwise, is limited, too. It prints where it was before it ends.
    On systems without such limits, nothing is limited.

    Source: POSIX, `setitimer` with ITIMER_PROF, `setrlimit` with RLIMIT_AS.
    """
    base = _base_bytes
    if anywhere and sys.platform != "win32":
        if base is None:
            _print_before_end(os.getpid())
        base = _address_space()
    if base is None:
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    if base:
        with suppress(ValueError, OSError):  # the limit of the system is lower
            resource.setrlimit(resource.RLIMIT_AS, (base + memory_bytes, before[1]))
    signal.setitimer(signal.ITIMER_PROF, cpu_seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_AS, before)


@lru_cache(maxsize=1)
def _print_before_end(_process: int) -> None:
    faulthandler.register(signal.SIGPROF, file=_ERRORS, chain=True)


def _address_space() -> int:
    """The bytes of address space of this process; 0 if the system does not report them."""
    with suppress(OSError, ValueError):
        return int(os.pread(_open_sizes(os.getpid()), 64, 0).split()[0]) * resource.getpagesize()
    return 0


@lru_cache(maxsize=1)
def _open_sizes(_process: int) -> int:
    """The sizes of this process as a file, which is its parent's after a fork."""
    return os.open("/proc/self/statm", os.O_RDONLY)


class GuardedPool:
    """Worker processes that are replaced when an item ends one."""

    def __init__(self, count: int, initializer: Callable[..., None], initargs: tuple[object, ...]) -> None:
        self._start = (count, initializer, initargs)
        self._pool: ProcessPool | None = None

    def run(
        self, work: Callable[[Sequence[Item]], list[Made]], items: Sequence[Item], guard: Guard[Item, Made]
    ) -> Iterator[Made]:
        """Apply a function to items, each in a task of its own, and yield the results in order."""
        from pebble import ProcessExpired

        pool = self._open()
        waiting = [(item, pool.schedule(work, args=([item],), timeout=guard.wall_seconds)) for item in items]
        for item, future in waiting:
            try:
                yield future.result()[0]
            except ProcessExpired as fault:
                yield guard.lost(item, Loss.TIME if fault.exitcode == -signal.SIGPROF else Loss.CRASH)
            except TimeoutError:
                yield guard.lost(item, Loss.TIME)
            except MemoryError:
                yield guard.lost(item, Loss.MEMORY)

    def _open(self) -> "ProcessPool":
        if self._pool is None:
            from multiprocessing import get_context

            from pebble import ProcessPool

            count, initializer, initargs = self._start
            # Not "fork": the threads of the pool start its processes.
            self._pool = ProcessPool(count, 0, initializer, initargs, get_context("spawn"))
        return self._pool

    def close(self) -> None:
        """End the processes."""
        if self._pool is not None:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
