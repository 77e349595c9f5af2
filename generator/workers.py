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
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Generic, NamedTuple, Self, TypeVar

from generator.guard import Guard, GuardedPool, become_endable

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

    def __init__(self, count: int | None = None, executor: "Executor | None" = None) -> None:
        """Take the number of processes (default: one per usable core), or an executor."""
        self._count = count or _count_cores()
        self._executor = executor
        self._is_ours = executor is None
        self._guarded: GuardedPool | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._executor is not None and self._is_ours:
            self._executor.shutdown(cancel_futures=True)
        if self._guarded is not None:
            self._guarded.close()

    @property
    def are_elsewhere(self) -> bool:
        """Whether work runs in another's executor, without access to our files."""
        return not self._is_ours

    def run(
        self,
        work: Callable[[Sequence[Item]], list[Made]],
        items: Iterable[Item],
        *,
        guard: Guard[Item, Made] | None = None,
    ) -> Iterator[list[Made]]:
        """Apply a module's function, or a partial of one, to chunks of items, and yield the results in order.

        Items are taken only a few chunks ahead of the results.
        With a guard, an item that ends its process costs its own result only.

        Raises:
            WorkerLostError: a process was killed, and there is no guard.
        """
        coming = iter(items)
        first = list(islice(coming, _FEWEST_FOR_POOL)) if self._is_ours else []
        if self._is_ours and (self._count == 1 or len(first) < _FEWEST_FOR_POOL):
            yield from (self._run_here(work, chunk, guard) for chunk in _cut(chain(first, coming)))
            return
        ahead: deque[_Chunk[Item, Made]] = deque()
        for chunk in _cut(chain(first, coming)):
            ahead.append(self._submit(work, chunk, guard))
            if len(ahead) > self._count * _CHUNKS_AHEAD:
                yield self._finish(work, ahead.popleft(), guard)
        while ahead:
            yield self._finish(work, ahead.popleft(), guard)

    def _run_here(
        self, work: Callable[[Sequence[Item]], list[Made]], chunk: list[Item], guard: Guard[Item, Made] | None
    ) -> list[Made]:
        small, large = _split(chunk, guard)
        if guard is None or not large:
            return work(chunk)
        return _merge(chunk, work(small), self._run_guarded(work, large, guard), guard)

    def _run_guarded(
        self, work: Callable[[Sequence[Item]], list[Made]], items: list[Item], guard: Guard[Item, Made]
    ) -> Iterator[Made]:
        """Work on each item in a task of its own."""
        if self._guarded is None:
            self._guarded = GuardedPool(self._count if self._is_ours else _count_cores(), _start_worker, (os.getpid(),))
        return self._guarded.run(work, items, guard)

    def _submit(
        self, work: Callable[[Sequence[Item]], list[Made]], chunk: list[Item], guard: Guard[Item, Made] | None
    ) -> "_Chunk[Item, Made]":
        from concurrent.futures import BrokenExecutor

        small = chunk if self._is_ours else _split(chunk, guard)[0]
        executor = self._executor = self._executor or self._open_executor()
        try:
            return _Chunk(chunk, executor, executor.submit(work, small))
        except BrokenExecutor as fault:  # an item of another chunk ended a process
            if guard is None or not self._is_ours:
                raise WorkerLostError from fault
            executor = self._executor = self._open_executor()
            return _Chunk(chunk, executor, executor.submit(work, small))

    def _finish(
        self,
        work: Callable[[Sequence[Item]], list[Made]],
        chunk: "_Chunk[Item, Made]",
        guard: Guard[Item, Made] | None,
    ) -> list[Made]:
        from concurrent.futures import BrokenExecutor

        try:
            made = chunk.future.result()
        except BrokenExecutor as fault:
            if guard is None or not self._is_ours:
                raise WorkerLostError from fault
            if self._executor is chunk.executor:
                self._executor = None
            return list(self._run_guarded(work, chunk.items, guard))
        if guard is None or len(made) == len(chunk.items):
            return made
        return _merge(chunk.items, made, self._run_guarded(work, _split(chunk.items, guard)[1], guard), guard)

    def _open_executor(self) -> "Executor":
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        # Not "forkserver", the default of Python 3.14, because workers end with their parent.
        # Not "fork" beside threads: a lock that one of them holds would stay locked.
        context = get_context("fork" if sys.platform == "linux" and _count_threads() == 1 else "spawn")
        return ProcessPoolExecutor(self._count, context, _start_worker, (os.getpid(),))


class _Chunk(NamedTuple, Generic[Item, Made]):
    """Items, and the future results of those that are not too large for another's executor."""

    items: list[Item]
    executor: "Executor"
    future: "Future[list[Made]]"


def _split(chunk: list[Item], guard: Guard[Item, Made] | None) -> tuple[list[Item], list[Item]]:
    """The items that any process works on, and the large ones."""
    if guard is None:
        return chunk, []
    large = [item for item in chunk if guard.is_large(item)]
    return ([item for item in chunk if not guard.is_large(item)] if large else chunk), large


def _merge(chunk: list[Item], small: Iterable[Made], large: Iterable[Made], guard: Guard[Item, Made]) -> list[Made]:
    """The results in the order of the items."""
    of_small, of_large = iter(small), iter(large)
    return [next(of_large if guard.is_large(item) else of_small) for item in chunk]


def _cut(items: Iterator[Item]) -> Iterator[list[Item]]:
    while chunk := list(islice(items, _ITEMS_IN_CHUNK)):
        yield chunk


def _start_worker(parent: int) -> None:
    """Ignore interrupts, and end with the parent, so that its lock is released."""
    gc.freeze()  # keep the pages of the fork shared
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    become_endable()
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_WATCH_SECONDS)
    os._exit(1)


def _count_threads() -> int:
    """The threads of this process; also those that Python does not count, such as those of a store's client."""
    try:
        return len(list(Path("/proc/self/task").iterdir()))
    except OSError:
        return sys.maxsize


def _count_cores() -> int:
    """The cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
