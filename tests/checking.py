"""Checks of benches, and a web server on this host that answers as a test wants."""

import http.server
import threading
import time
from collections import Counter
from typing import Any, NamedTuple

from serving import Server

from generator.build import Request
from generator.check import CheckReport, check_site
from generator.commands.terminal.lines import format_problem
from generator.errors import LocatedProblem
from sitebench import NOW, SMALL, SiteBench, article


def be_silent(step: str, done: int, total: int) -> None:
    """Show no progress."""


def check(bench: SiteBench, **options: Any) -> CheckReport:
    request = Request(root=bench.root, output=bench.root, workers=1, **{"now": NOW, **options})
    return check_site(request, progress=be_silent)


def show(problems: tuple[LocatedProblem, ...] | list[LocatedProblem]) -> str:
    return "".join(f"{format_problem(problem)}\n" for problem in problems)


def found(bench: SiteBench, **options: Any) -> str:
    return show(check(bench, **options).problems)


class Reply(NamedTuple):
    """What is answered: `status_of_get` where a GET is answered otherwise; after `delay` seconds and `drips` of 0.1."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    status_of_get: int | None = None
    delay: float = 0.0
    drips: int = 0


class Web(Server):
    """A server that answers by `replies`; `asked` are the questions, `most` how many of a host waited at once."""

    def __init__(self) -> None:
        self.replies: dict[str, Reply] = {}
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.most: Counter[str] = Counter()
        self._waiting: Counter[str] = Counter()
        self._lock = threading.Lock()
        web = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_HEAD(self) -> None:
                web._answer(self)

            def do_GET(self) -> None:
                web._answer(self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's
                """Say nothing."""

        super().__init__(Handler)

    def _answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        host = handler.headers["Host"]
        reply = self.replies.get(handler.path, Reply())
        with self._lock:
            self.asked.append((handler.command, handler.path))
            self.agents.add(handler.headers["User-Agent"])
            for name in (host, "all"):
                self._waiting[name] += 1
                self.most[name] = max(self.most[name], self._waiting[name])
        time.sleep(reply.delay)
        with self._lock:
            self._waiting.subtract((host, "all"))
        try:
            for _ in range(reply.drips):
                handler.wfile.write(b"H")
                time.sleep(0.1)
            is_get = handler.command == "GET" and reply.status_of_get
            handler.send_response(reply.status_of_get if is_get and reply.status_of_get else reply.status)
            for name, value in reply.headers:
                handler.send_header(name, value)
            handler.end_headers()
        except OSError:  # whoever asked waits no longer
            return


def write_local_site(bench: SiteBench, web: Web, *, body: str = "A body.") -> SiteBench:
    """A site at the server's own address, with no link to any other host."""
    files = {path: text.replace("https://wire.example", web.url) for path, text in SMALL.items()}
    files = {path: text.replace("https://acme.example", web.url) for path, text in files.items()}
    files["site.toml"] = files["site.toml"].replace("https://bench.example", f"{web.url}/news")
    return bench.write_all(files).write(
        "content/articles/a1.md", article("Chip news", 1, source_url=f"{web.url}/1", body=body)
    )
