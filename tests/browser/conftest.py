"""The browser and the servers that tests of pages share."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from serving import Server

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
    with ExitStack() as servers:

        @cache
        def start(site: str, theme: str) -> Served:
            folder = builds.find(site, theme)
            server = servers.enter_context(Server(partial(Handler, directory=str(folder))))
            return Served(folder, f"{server.url}{BASE_PATH}/")

        yield start


@pytest.fixture(scope="session")
def find_reader(chromium: Browser) -> Iterator[Callable[..., Reader]]:
    """Gives a reader with a browser of some options, always the same: starting one costs as much as four pages."""
    contexts = []

    @cache
    def find(**options: Any) -> Reader:
        contexts.append(chromium.new_context(**options))
        return Reader(contexts[-1])

    yield find
    for context in contexts:
        context.close()


@pytest.fixture
def welcome(find_reader: Callable[..., Reader]) -> Iterator[Welcome]:
    """Gives a site a reader; what its pages do and must not do fails the test."""
    readers: set[Reader] = set()

    def start(served: Served, width: int = 1280, **options: Any) -> Reader:
        reader = find_reader(**options)
        readers.add(reader)
        reader.enter(served.url)
        reader.page.set_viewport_size({"width": width, "height": 800})
        return reader

    yield start
    assert [fault for reader in readers for fault in reader.leave()] == []
