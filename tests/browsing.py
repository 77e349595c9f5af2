"""A real browser, and the sites that it opens: served over HTTP under their path, in each bundled theme."""

import re
import shutil
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import BrowserContext, Page, Request, Response
from serving import Quiet

from conftest import Share
from sitebench import DEMO_NOW, GOLDEN_OPTIONS, SiteBench

BASE_PATH = "/news"
IN_PIECES = "?in-pieces"
BLANK = "about:blank"


class Handler(Quiet):
    """Serves a folder under `BASE_PATH`; if it is asked for, a page piece by piece and its pictures after a while.

    As a host does, it keeps connections, and lets browsers keep what has a digest in its name.
    """

    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        inner = path.removeprefix(BASE_PATH)
        return super().translate_path(inner if inner != path else "/outside-of-the-site")

    def do_GET(self) -> None:  # noqa: N802 - the library's
        if "/media/" in self.path and self.headers.get("Referer", "").endswith(IN_PIECES):
            time.sleep(0.05)
        super().do_GET()

    def end_headers(self) -> None:
        if self.path.startswith(f"{BASE_PATH}/assets/"):
            self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        super().end_headers()

    def copyfile(self, source: Any, outputfile: Any) -> None:
        if not self.path.endswith(IN_PIECES):
            super().copyfile(source, outputfile)
            return
        while piece := source.read(4000):
            outputfile.write(piece)
            time.sleep(0.02)


class Served(NamedTuple):
    """A built site and where it is served, with a slash at its end."""

    folder: Path
    url: str


Serve = Callable[[str, str], Served]


GERMAN = {
    "articles": [
        "Datenschutzfolgenabschätzung wird Pflicht",
        "Arbeitsplatzüberwachungssoftware: Betriebsräte gewinnen",
        "Bundesverfassungsgericht erklärt Vorratsdatenspeicherung der Telekommunikationsanbieter für unvereinbar",
        "Halbleiterfertigungsanlagenhersteller verlegt Forschungsabteilung",
        "RISC-V",
    ],
    "topics": ["Datenschutzgrundverordnung", "Telekommunikationsüberwachung", "Künstliche Intelligenz"],
    "sources": ["Wirtschaftswoche Technologieressort", "Bundesamt für Informationssicherheit", "Netzagentur"],
}
"""Titles with words that are longer than a narrow column, by the folder of their records."""


def name_in_german(content: Path) -> None:
    """Give the records of a golden site German titles."""
    for folder, titles in GERMAN.items():
        for file, title in zip(sorted((content / folder).glob("*.md")), cycle(titles), strict=False):
            text = file.read_text(encoding="utf-8")
            file.write_text(re.sub(r"(?m)^title: .*$", f"title: '{title}'", text, count=1), encoding="utf-8")


class Builds:
    """The sites that are opened, each built once in a theme."""

    def __init__(self, share: Share, golden_site: Path, built_demo: Callable[[Path], SiteBench]) -> None:
        self._share = share
        self._golden_site = golden_site
        self._built_demo = built_demo

    def find(self, site: str, theme: str) -> Path:
        """The folder of a built site: `golden`, `arabic`, `german` or `demo`."""
        return self._share(f"{site}-{theme}", lambda folder: self._build(site, theme, folder / "site"))

    def _build(self, site: str, theme: str, folder: Path) -> Path:
        if site == "demo":
            bench = self._built_demo(folder).edit("site.toml", 'name = "broadsheet"', f'name = "{theme}"')
            bench.edit("site.toml", "https://newsprint.example", f"https://newsprint.example{BASE_PATH}")
            return bench.build(now=DEMO_NOW).expect_built().output
        shutil.copytree(self._golden_site, folder)
        bench = SiteBench(folder).edit("site.toml", 'name = "base"', f'name = "{theme}"')
        if site == "arabic":
            bench.edit("site.toml", 'language = "en"', 'language = "ar"')
        if site == "german":
            bench.edit("site.toml", 'language = "en"', 'language = "de"')
            bench.edit("site.toml", "The Golden Record", "Oberösterreichische Netznachrichten")
            name_in_german(folder / "content")
        return bench.build(**GOLDEN_OPTIONS).expect_built().output


class Reader:
    """Somebody with a browser, at one site after the other. `faults` is what pages did and must not do."""

    def __init__(self, context: BrowserContext) -> None:
        context.set_default_timeout(120_000)
        self.url = ""
        self.faults: list[str] = []
        context.on("console", lambda said: self._note(said.text, is_fault=said.type in ("error", "warning")))
        context.on("weberror", lambda error: self._note(str(error.error)))
        context.on("response", self._note_response)
        context.on("request", self._note_request)
        self.page: Page = context.new_page()

    def enter(self, url: str) -> None:
        """Go on to another site: a picture of the last one that comes late is not asked for by this one."""
        if self.url != url:
            self.page.goto(BLANK)
        self.url = url

    def leave(self) -> list[str]:
        """Leave the site; the faults of its pages."""
        self.page.goto(BLANK)
        faults, self.faults = self.faults, []
        return faults

    def open(self, path: str) -> Page:
        self.page.goto(self.url + path)
        return self.page

    def open_tab(self, path: str) -> Page:
        """Open a page beside the one that is open."""
        page = self.page.context.new_page()
        page.set_viewport_size(self.page.viewport_size or {"width": 1280, "height": 800})
        page.goto(self.url + path)
        return page

    def _note_request(self, request: Request) -> None:
        is_foreign = not request.url.startswith((self.url, "data:", "blob:"))
        self._note(f"asked for {request.url}", is_fault=is_foreign, opens=request.is_navigation_request())

    def _note_response(self, answer: Response) -> None:
        opens = answer.request.is_navigation_request()
        self._note(f"{answer.status} of {answer.url}", is_fault=answer.status >= 400, opens=opens)

    def _note(self, what: str, *, is_fault: bool = True, opens: bool = False) -> None:
        """Note a fault; at an empty page only of what opens another, because icons of the last site may come late."""
        if is_fault and (opens or self.page.url != BLANK):
            self.faults.append(f"{self.page.url.removeprefix(self.url)}: {what}")


Welcome = Callable[..., Reader]
