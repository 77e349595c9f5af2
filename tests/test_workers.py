"""Work over many items, in this process or in several."""

import _thread
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.workers import Workers


def double(chunk: Sequence[int]) -> list[int]:
    return [2 * item for item in chunk]


def name_process(chunk: Sequence[int]) -> list[int]:
    return [os.getpid()] * len(chunk)


inherited: list[int] = []


def look_at_inherited(chunk: Sequence[int]) -> list[int]:
    return list(inherited)


def refuse(chunk: Sequence[int]) -> list[int]:
    raise LookupError(chunk[0])


class AtOnce(Executor):
    """An executor of another's making, that does everything at once."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


def run(workers: Workers, count: int) -> list[int]:
    return [made for chunk in workers.run(double, range(count)) for made in chunk]


@given(st.integers(0, 500), st.integers(1, 16))
def test_every_item_is_done_once_and_in_order(count: int, processes: int) -> None:
    workers = Workers(processes, executor=AtOnce())
    assert run(workers, count) == [2 * item for item in range(count)]


@given(st.integers(1, 2000), st.integers(1, 16))
def test_chunks_hold_at_most_forty_whatever_the_number_of_items(count: int, processes: int) -> None:
    sizes = [len(chunk) for chunk in Workers(processes, executor=AtOnce()).run(double, range(count))]
    assert sizes[:-1] == [40] * (len(sizes) - 1)
    assert 0 < sizes[-1] <= 40


@given(st.integers(1, 2000), st.integers(1, 16), st.booleans())
def test_items_are_taken_only_some_chunks_ahead_of_the_results(count: int, processes: int, is_ours: bool) -> None:
    taken = 0

    def items() -> Iterator[int]:
        nonlocal taken
        for item in range(count):
            taken += 1
            yield item

    workers = Workers(1) if is_ours else Workers(processes, executor=AtOnce())
    ahead = 150 if is_ours else 40 * (3 * processes + 1)
    done = 0
    for chunk in workers.run(double, items()):
        assert taken <= done + max(len(chunk), ahead)
        done += len(chunk)
    assert done == taken == count


def test_one_worker_starts_no_process() -> None:
    with Workers(1) as workers:
        assert {made for chunk in workers.run(name_process, range(400)) for made in chunk} == {os.getpid()}


def test_few_items_start_no_process() -> None:
    with Workers(4) as workers:
        assert {made for chunk in workers.run(name_process, range(100)) for made in chunk} == {os.getpid()}


def test_many_items_are_done_in_other_processes_and_in_order() -> None:
    with Workers(2) as workers:
        assert run(workers, 400) == [2 * item for item in range(400)]
        assert os.getpid() not in {made for chunk in workers.run(name_process, range(400)) for made in chunk}


def test_a_fault_in_another_process_comes_back() -> None:
    with Workers(2) as workers, pytest.raises(LookupError):
        list(workers.run(refuse, range(400)))


def test_another_ones_executor_is_used_and_left_open() -> None:
    with ThreadPoolExecutor(2) as executor:
        with Workers(2, executor=executor) as workers:
            assert run(workers, 5) == [0, 2, 4, 6, 8]
        assert executor.submit(double, [1]).result() == [2]


def test_without_items_nothing_is_called() -> None:
    with Workers(2) as workers:
        assert list(workers.run(refuse, [])) == []


def test_the_wanted_number_of_processes_counts_where_the_system_cannot_bind_cores(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(os, "sched_getaffinity")
    with Workers(1) as workers:
        assert {made for chunk in workers.run(name_process, range(400)) for made in chunk} == {os.getpid()}
    with Workers() as workers:
        assert run(workers, 3) == [0, 2, 4]


def test_beside_threads_processes_begin_anew_and_are_no_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "inherited", [1])
    is_over = threading.Event()
    thread = threading.Thread(target=is_over.wait)
    thread.start()
    try:
        with Workers(2) as workers:
            assert run(workers, 400) == [2 * item for item in range(400)]
            assert os.getpid() not in {made for chunk in workers.run(name_process, range(400)) for made in chunk}
            assert [made for chunk in workers.run(look_at_inherited, range(400)) for made in chunk] == []
    finally:
        is_over.set()
        thread.join()


def test_beside_threads_that_python_does_not_count_workers_are_no_forks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "inherited", [1])
    is_over = _thread.allocate_lock()
    is_over.acquire()
    _thread.start_new_thread(is_over.acquire, ())
    try:
        with Workers(2) as workers:
            assert [made for chunk in workers.run(look_at_inherited, range(400)) for made in chunk] == []
    finally:
        is_over.release()
