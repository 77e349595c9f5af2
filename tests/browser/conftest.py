"""The browser and the servers that tests of pages share."""

import http.server
import threading
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from browsing import BASE_PATH, Builds, Handler, Reader, Serve, Served, Welcome
from conftest import Share
from sitebench import SiteBench
from tools import require_chromium

FEWER_PROCESSES = ["--disable-gpu", "--disable-extensions", "--process-per-site", "--disable-features=RenderDocument"]
"""One process draws and another one shows all pages of a site, which takes a fifth off the time to open one."""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = require_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FEWER_PROCESSES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def builds(share: Share, golden_site: Path, built_demo: Callable[[Path], SiteBench]) -> Builds:
    return Builds(share, golden_site, built_demo)


@pytest.fixture(scope="session")
def serve(builds: Builds) -> Iterator[Serve]:
    """Builds the golden site or the demonstration site in a theme, and serves it; each once."""
    servers = []

    @cache
    def start(site: str, theme: str) -> Served:
        folder = builds.find(site, theme)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return Served(folder, f"http://127.0.0.1:{server.server_port}{BASE_PATH}/")

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


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
