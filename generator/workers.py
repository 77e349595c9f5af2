"""Runs a function over many items, in this process or in several: the seam for the two heavy steps."""

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

# Below this many items a pool of processes costs more time than it saves (measured: about 0.1 s to start one).
_FEWEST_FOR_POOL = 150
_MOST_IN_CHUNK = 100
_WATCH_SECONDS = 0.2


class Workers:
    """The processes of one build, started when the first large step needs them and ended with the build.

    Functions and items are plain picklable data, so any `concurrent.futures.Executor` fits as `executor`.
    """

    def __init__(self, count: int | None = None, executor: Executor | None = None) -> None:
        """Take the number of processes (default: one per usable core), or another's executor."""
        self._count = count or _count_cores()
        self._executor = executor
        self._is_ours = executor is None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._executor is not None and self._is_ours:
            self._executor.shutdown(cancel_futures=True)

    def run(self, work: Callable[[Sequence[Item]], list[Made]], items: Sequence[Item]) -> Iterator[list[Made]]:
        """Apply a function to chunks of items.

        Args:
            work: Takes a chunk, returns one result per item; a module's function or a partial of one.
            items: All items; order is kept.

        Yields:
            The results of one chunk after the other, in order.
        """
        size = max(1, min(_MOST_IN_CHUNK, -(-len(items) // (self._count * 4))))
        chunks = [items[start : start + size] for start in range(0, len(items), size)]
        if self._is_ours and (self._count == 1 or len(items) < _FEWEST_FOR_POOL):
            yield from map(work, chunks)
            return
        if self._executor is None:
            self._executor = ProcessPoolExecutor(self._count, initializer=_start_worker, initargs=(os.getpid(),))
        yield from self._executor.map(work, chunks)


def _start_worker(parent: int) -> None:
    """Leave interrupts to the parent, and end when it has ended, however it did: its lock must not outlive it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


def _count_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
