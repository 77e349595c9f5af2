"""A limit of time inside of a process: what takes too long is stopped, and nothing else is."""

import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from generator.stopwatch import OvertimeError, Stopwatch
from waiting import wait_until

BRIEF = 0.02  # seconds


def loop() -> None:
    while True:
        pass


def hold_on() -> None:
    """Catch it the first time."""
    try:
        loop()
    except OvertimeError:
        loop()


@pytest.mark.parametrize("work", [loop, hold_on])
def test_what_takes_too_long_is_stopped_where_it_is(work: Callable[[], None]) -> None:
    with pytest.raises(OvertimeError) as caught:
        Stopwatch(BRIEF).run(work)
    assert caught.traceback[-1].name == "loop"


def test_it_is_stopped_in_any_thread() -> None:
    with ThreadPoolExecutor(1) as pool, pytest.raises(OvertimeError):
        pool.submit(Stopwatch(BRIEF).run, loop).result()


def test_what_comes_after_it_goes_on() -> None:
    watch = Stopwatch(BRIEF)
    for _ in range(3):
        with pytest.raises(OvertimeError):
            watch.run(loop)
        assert watch.run(lambda: sum(range(1000))) == 499_500


def test_short_calls_may_take_long_together() -> None:
    watch = Stopwatch(10 * BRIEF)
    assert sum(watch.run(lambda: len([*range(10_000)])) for _ in range(1000)) == 10_000_000


def test_waiting_takes_no_time() -> None:
    Stopwatch(BRIEF).run(lambda: threading.Event().wait(5 * BRIEF))


def test_nobody_looks_at_the_clock_for_longer_than_needed() -> None:
    before = threading.active_count()
    Stopwatch(BRIEF).run(lambda: None)
    wait_until(lambda: threading.active_count() <= before)


PROFILED = """
import sys
from generator.stopwatch import Stopwatch
watch = Stopwatch(60)
def work():
    watch._running.is_stopped = True  # as if it had been raised in here
watch.run(work)
sys.setprofile(lambda *event: None)
print(sum(map(lambda number: number, range(9))))
"""


def test_python_has_nothing_left_to_check_after_a_call_that_was_stopped() -> None:
    run = subprocess.run([sys.executable, "-c", PROFILED], capture_output=True, text=True, check=True, timeout=60)
    assert run.stdout == "36\n"
