"""A real Dask cluster on this machine: a scheduler and workers, each a process of its own that sees no site."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Self

import msgspec

from waiting import wait_until

# What every worker runs first: from then on it cannot look into a folder of sites, however it tries.
BLINDFOLD = """\
import sys

def refuse(event, args):
    if event in ("open", "os.listdir", "os.scandir", "sqlite3.connect") and {folder!r} in str(args[0]):
        raise PermissionError(f"a worker looks at {{args[0]}}")

sys.addaudithook(refuse)
"""


class DaskCluster:
    """A scheduler and its workers; all of them end with the block that it is used in."""

    def __init__(self, folder: Path, *, sites: Path) -> None:
        self._folder = folder
        self._scheduler: subprocess.Popen[bytes]
        self.workers: list[subprocess.Popen[bytes]] = []
        folder.mkdir()
        (folder / "blindfold.py").write_text(BLINDFOLD.format(folder=str(sites)))

    def __enter__(self) -> Self:
        file = self._folder / "scheduler.json"
        self._scheduler = self._start("scheduler", "--port", "0", "--scheduler-file", file)
        wait_until(file.exists)
        wait_until(lambda: b"address" in file.read_bytes())
        self.address = msgspec.json.decode(file.read_bytes())["address"]
        return self

    def __exit__(self, *_: object) -> None:
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()

    @property
    def url(self) -> str:
        return self.address.replace("tcp://", "dask://")

    def add_worker(self, **environment: str) -> Self:
        words = ("--nthreads", "1", "--no-nanny", "--preload", self._folder / "blindfold.py")
        self.workers.append(self._start("worker", self.address, *words, **environment))
        return self

    def remove_worker(self) -> None:
        """Kill the worker that was there longest."""
        worker = self.workers.pop(0)
        worker.kill()
        worker.wait()

    def kill_scheduler(self) -> None:
        self._scheduler.kill()
        self._scheduler.wait()

    def _start(self, what: str, *words: object, **environment: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *map(str, words)]
        return subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--no-dashboard"],
            cwd=self._folder,
            env=os.environ | environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
