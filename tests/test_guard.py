"""Work that ends its process: it costs itself, and nothing else."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Sequence

import pytest

from generator.guard import Guard, Loss, limited
from generator.workers import Workers

PATIENT = Guard(is_large=lambda _: True, lost=lambda item, loss: f"{item}: {loss.name}", wall_seconds=60)
"""Sends every item to a process of its own."""

LIBRARY = Guard(is_large=lambda _: False, lost=lambda item, loss: f"{item}: {loss.name}", wall_seconds=60)
"""Sends none there before it has ended its process."""


def live(items: Sequence[str]) -> list[str]:
    """Work that most items survive."""
    made = []
    for item in items:
        with limited(cpu_seconds=0.5, memory_bytes=200_000_000):
            match item:
                case "endless":  # inside one call into C, which no signal handler of Python interrupts
                    re.match(r"(a|a)*b", "a" * 60)
                case "loop":
                    while True:
                        pass
                case "large":
                    bytearray(10**9)
                case "crash":
                    os.abort()
                case "exit":
                    os._exit(7)
                case "sleep":
                    time.sleep(600)
        made.append(item.upper())
    return made


@pytest.mark.parametrize(
    ("item", "loss"),
    [
        ("endless", Loss.TIME),
        ("loop", Loss.TIME),
        ("large", Loss.MEMORY),
        ("crash", Loss.CRASH),
        ("exit", Loss.CRASH),
    ],
)
def test_an_item_that_ends_its_process_costs_itself(item: str, loss: Loss) -> None:
    with Workers(1) as workers:
        made = [one for chunk in workers.run(live, ["a", item, "b"], guard=PATIENT) for one in chunk]
    assert made == ["A", f"{item}: {loss.name}", "B"]


def test_an_item_that_waits_for_ever_is_ended_too() -> None:
    with Workers(1) as workers:
        assert list(workers.run(live, ["sleep"], guard=PATIENT._replace(wall_seconds=1))) == [["sleep: TIME"]]
        assert list(workers.run(live, ["b"], guard=PATIENT)) == [["B"]]


def test_it_costs_neither_its_chunk_nor_the_pool() -> None:
    items = [f"item {number}" for number in range(400)]
    items[50], items[120], items[399] = "crash", "loop", "exit"
    lost = {50: "crash: CRASH", 120: "loop: TIME", 399: "exit: CRASH"}
    with Workers(2) as workers:
        made = [one for chunk in workers.run(live, items, guard=LIBRARY) for one in chunk]
        assert made == [lost.get(place, item.upper()) for place, item in enumerate(items)]
        assert [one for chunk in workers.run(live, items[200:399] * 2) for one in chunk] == [
            item.upper() for item in items[200:399] * 2
        ]


def test_small_items_of_a_small_run_start_no_process() -> None:
    with Workers(4) as workers:
        made = [one for chunk in workers.run(name_process, ["a", "b"], guard=LIBRARY) for one in chunk]
    assert set(made) == {str(os.getpid())}


def test_nothing_ends_a_process_that_is_not_a_worker() -> None:
    with limited(cpu_seconds=0.000001, memory_bytes=1):
        assert len(bytearray(10**7)) == sum(1 for _ in range(10**7))


def test_a_process_that_is_not_a_worker_prints_where_it_was_before_it_ends() -> None:
    code = "import re\nfrom generator.guard import limited\ndef stuck(): re.match('(a|a)*b', 'a' * 60)\n"
    code += "with limited(cpu_seconds=0.05, memory_bytes=10**9, anywhere=True): stuck()\n"
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ended.returncode == -signal.SIGPROF
    assert 'File "<string>", line 3 in stuck' in ended.stderr


def test_memory_is_limited_beyond_what_the_process_has() -> None:
    with pytest.raises(MemoryError), limited(cpu_seconds=60, memory_bytes=2 * 10**7, anywhere=True):
        bytearray(10**8)
    grown = bytearray(10**8)
    with limited(cpu_seconds=60, memory_bytes=2 * 10**7, anywhere=True):
        assert len(bytearray(10**7)) < len(grown)


def name_process(items: Sequence[str]) -> list[str]:
    return [str(os.getpid()) for _ in items]
