"""The real `newsprint serve` and `newsprint build --watch`, each in a process of its own."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from threading import Thread
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode, urlsplit

from sitebench import SiteBench
from waiting import wait_until


class Running:
    """A command that runs until it is ended, and what it says."""

    def __init__(self, bench: SiteBench, *words: str) -> None:
        self.bench = bench.lend_theme()
        self.lines: list[str] = []
        command = [sys.executable, "-m", "generator", *words, "--site", str(bench.root), "--workers", "1"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self._reader = Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as said:
            self.lines.extend(line.rstrip("\n") for line in said)

    def expect_line(self, pattern: str) -> None:
        wait_until(lambda: any(re.search(pattern, line) for line in list(self.lines)))

    def end(self, sign: signal.Signals = signal.SIGINT) -> int:
        """Interrupt it; its exit status."""
        self.process.send_signal(sign)
        status = self.process.wait(60)
        self._reader.join()
        return status

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.end()


class Preview(Running):
    """A running preview: where it is."""

    def __init__(self, bench: SiteBench, *words: str) -> None:
        super().__init__(bench, "serve", "--port", "0", *words)
        wait_until(lambda: len(self.lines) > 1)
        self.url = self.lines[0].split()[4]

    @property
    def folder(self) -> Path:
        return self.bench.root / ".newsprint/preview"

    def ask(self, path: str) -> tuple[int, str]:
        answer = ask(self.url, path)
        return answer.status, answer.text


class Answer(NamedTuple):
    status: int
    headers: Message
    text: str


def ask(url: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask a server for exactly this path."""
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=60)) as connection:
        connection.putrequest(method, path, skip_host="Host" in headers)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read().decode())


@contextmanager
def listening(url: str, **question: Any) -> Iterator[Callable[[], tuple[str, str]]]:
    """Gives one event after the other: its kind, and what it says."""
    with closing(HTTPConnection(urlsplit(url).netloc, timeout=60)) as connection:
        connection.request("GET", f"/-newsprint/events?{urlencode(question)}")
        response = connection.getresponse()

        def read_event() -> tuple[str, str]:
            kind, data, _ = (response.readline().decode().rstrip("\n") for _ in range(3))
            return kind.removeprefix("event: "), data.removeprefix("data: ")

        yield read_event
        response.close()
