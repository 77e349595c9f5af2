"""A real browser, and the sites that it opens: served over HTTP under their path, in each bundled theme."""

import http.server
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from conftest import ROOT
from generator.rehearse import rehearse
from sitebench import SiteBench
from test_demo import DEMO_NOW, copy_demo
from tools import require_chromium

BASE_PATH = "/news"


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves a folder under `BASE_PATH`, pictures only after a while."""

    def translate_path(self, path: str) -> str:
        inner = path.removeprefix(BASE_PATH)
        return super().translate_path(inner if inner != path else "/outside-of-the-site")

    def do_GET(self) -> None:
        if "/media/" in self.path:
            time.sleep(0.05)
        super().do_GET()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = require_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()


class Served(NamedTuple):
    """A built site and where it is served, with a slash at its end."""

    folder: Path
    url: str


Serve = Callable[[str, str], Served]


@pytest.fixture(scope="session")
def serve(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serve]:
    """Builds the golden site or the demonstration site in a theme, and serves it; each once."""
    servers = []

    @cache
    def start(site: str, theme: str) -> Served:
        folder = build_site(site, theme, tmp_path_factory.mktemp(f"{site}-{theme}"))
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return Served(folder, f"http://127.0.0.1:{server.server_port}{BASE_PATH}/")

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def build_site(site: str, theme: str, folder: Path) -> Path:
    """The folder of a built site."""
    if site == "golden":
        (rehearsal,) = rehearse(ROOT, [theme], output=folder)
        assert rehearsal.pages, rehearsal.problems
        return folder / theme
    bench: SiteBench = copy_demo(folder / "site")
    bench.edit("site.toml", 'name = "broadsheet"', f'name = "{theme}"')
    bench.edit("site.toml", "https://newsprint.example", f"https://newsprint.example{BASE_PATH}")
    return bench.build(now=DEMO_NOW).expect_built().output


class Reader:
    """Somebody with a browser. `faults` is what pages did and must not do."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.context = context
        self.url = url
        self.faults: list[str] = []
        context.on("console", lambda said: self._note(said.text, is_fault=said.type in ("error", "warning")))
        context.on("weberror", lambda error: self._note(str(error.error)))
        context.on("requestfailed", lambda request: self._note(f"not loaded: {request.url}"))
        context.on("request", lambda request: self._note(f"asked for {request.url}", is_fault=not self._is_own(request.url)))
        self.page: Page = context.new_page()

    def open(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def _is_own(self, address: str) -> bool:
        return address.startswith((self.url, "data:", "blob:"))

    def _note(self, what: str, *, is_fault: bool = True) -> None:
        if is_fault:
            self.faults.append(f"{self.page.url.removeprefix(self.url)}: {what}")


Welcome = Callable[..., Reader]


@pytest.fixture
def welcome(chromium: Browser) -> Iterator[Welcome]:
    """Gives a site a reader; what its pages do and must not do fails the test."""
    readers: list[Reader] = []

    def start(served: Served, **options: Any) -> Reader:
        readers.append(Reader(chromium.new_context(**options), served.url))
        return readers[-1]

    yield start
    for reader in readers:
        reader.context.close()
    assert [fault for reader in readers for fault in reader.faults] == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
