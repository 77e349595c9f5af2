"""Runs a function over many items, in this process or in several, for parsing and rendering."""

import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

Item = TypeVar("Item")
Made = TypeVar("Made")

# For fewer items, starting processes takes more time than it saves (about 0.1 s each).
_FEWEST_FOR_POOL = 150
_ITEMS_IN_CHUNK = 40
_CHUNKS_AHEAD = 3  # per process, so that it never waits for the next one
_WATCH_SECONDS = 0.2


class WorkerLostError(Exception):
    """A worker process was killed, such as for lack of memory."""


class Workers:
    """The processes of one build; they start with the first large step and end with the build.

    Functions and items are picklable, so any `concurrent.futures.Executor` can replace them.
    Such an executor may be remote, without access to our files (see `are_elsewhere`).
    """

    def __init__(
        self, count: int | None = None, executor: "Executor | None" = None, *, has_threads: bool = False
    ) -> None:
        """Take the number of processes (default: one per usable core), or an executor.

        If this process `has_threads` that Python does not count, such as those of a store's client,
        workers are not forked, because a lock that such a thread holds would stay locked.
        """
        self._count = count or _count_cores()
        self._executor = executor
        self._is_ours = executor is None
        self._has_threads = has_threads

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._executor is not None and self._is_ours:
            self._executor.shutdown(cancel_futures=True)

    @property
    def are_elsewhere(self) -> bool:
        """Whether work runs in another's executor, without access to our files."""
        return not self._is_ours

    def run(self, work: Callable[[Sequence[Item]], list[Made]], items: Iterable[Item]) -> Iterator[list[Made]]:
        """Apply a module's function, or a partial of one, to chunks of items, and yield the results in order.

        Items are taken only a few chunks ahead of the results.

        Raises:
            WorkerLostError: a process was killed.
        """
        coming = iter(items)
        first = list(islice(coming, _FEWEST_FOR_POOL)) if self._is_ours else []
        if self._is_ours and (self._count == 1 or len(first) < _FEWEST_FOR_POOL):
            yield from map(work, _cut(chain(first, coming)))
            return
        from concurrent.futures import BrokenExecutor

        try:
            yield from self._run_in_pool(work, chain(first, coming))
        except BrokenExecutor as fault:
            raise WorkerLostError from fault

    def _run_in_pool(self, work: Callable[[Sequence[Item]], list[Made]], items: Iterator[Item]) -> Iterator[list[Made]]:
        if self._executor is None:
            from concurrent.futures import ProcessPoolExecutor
            from multiprocessing import get_context

            # Not "forkserver", the default of Python 3.14, because workers end with their parent.
            is_alone = threading.active_count() == 1 and not self._has_threads
            context = get_context("fork" if sys.platform == "linux" and is_alone else "spawn")
            self._executor = ProcessPoolExecutor(self._count, context, _start_worker, (os.getpid(),))
        ahead: deque[Future[list[Made]]] = deque()
        for chunk in _cut(items):
            ahead.append(self._executor.submit(work, chunk))
            if len(ahead) > self._count * _CHUNKS_AHEAD:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _cut(items: Iterator[Item]) -> Iterator[list[Item]]:
    while chunk := list(islice(items, _ITEMS_IN_CHUNK)):
        yield chunk


def _start_worker(parent: int) -> None:
    """Ignore interrupts, and end with the parent, so that its lock is released."""
    gc.freeze()  # keep the pages of the fork shared
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


def _count_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
