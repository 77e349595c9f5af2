"""A small whole site on disk, built and looked at: the fluent test bench."""

import re
import shutil
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import msgspec
from lxml import html

from generator.build import Memory, Report, Request, build
from generator.build.themes import try_theme
from generator.commands.terminal.lines import format_problem
from generator.config import read_config
from generator.errors import ConfigError, RefusalError
from generator.load import CACHE_NAME, BuildCache, cache_key
from generator.names import STATE_FOLDER
from generator.publish import ADDRESSES_NAME
from generator.publish.place import COPY_NAME

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 6, 10, 12, tzinfo=UTC)
DEMO_NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
GOLDEN = ROOT / "generator/golden"
GOLDEN_OPTIONS = {"now": datetime(2031, 6, 10, 12, tzinfo=UTC), "drafts": True, "future": True}
"""How `newsprint theme check` builds the golden records."""

SITE_TOML = """\
[site]
title = "Bench News"
description = "News for tests."
url = "https://bench.example"

[theme]
name = "base"

[listings]
page_items = 3

[front]
grid_items = 2
section_items = 2
latest_items = 3

[images]
cards = false
"""

SMALL = {
    "site.toml": SITE_TOML,
    "content/topics/chips.md": "---\ntitle: Chips\norder: 1\nfeatured: true\n---\n",
    "content/topics/space.md": "---\ntitle: Space\norder: 2\n---\n",
    "content/sources/wire.md": "---\ntitle: The Wire\nhomepage: https://wire.example/\n---\nA wire service.\n",
    "content/sources/post.md": "---\ntitle: The Post\n---\n",
    "content/entities/acme.md": "---\ntitle: Acme\ntype: company\nhomepage: https://acme.example/\n---\n",
    "content/pages/about.md": "---\ntitle: About\nnavigation: header\n---\nWho we are.\n",
}


def article(title: str, day: int, *, body: str = "A body of a few words.", **matter: Any) -> str:
    """The text of an article's file, published on a day of May 2026."""
    fields = {
        "title": title,
        "source": "wire",
        "source_url": "https://wire.example/1",
        "published": f"2026-05-{day:02}T08:00:00Z",
        "topic": "chips",
        "summary": f"{title}, in short.",
        **matter,
    }
    return "---\n" + msgspec.yaml.encode(fields).decode() + "---\n" + body + "\n"


class Page:
    """A built page, parsed by lxml."""

    def __init__(self, data: bytes) -> None:
        self.text = data.decode()
        self.tree = html.document_fromstring(self.text)

    def texts(self, xpath: str) -> list[str]:
        """The texts of what an XPath finds, spaces folded."""
        return [" ".join(node.text_content().split()) for node in self.tree.xpath(xpath)]

    @property
    def headlines(self) -> list[str]:
        """The headlines of the page's main list of cards."""
        return self.texts("//main//li//a[ancestor::h2 or ancestor::h3]")


_OF_THE_PAST = ("[identity-changed]", "[vanished-address]")


def _without_the_past(problems: str) -> str:
    """A report without what only a build knows that has another before it."""
    told = re.split(r"(?m)^(?=\S)", problems)
    return "".join(one for one in told if not one.partition("\n")[0].endswith(_OF_THE_PAST))


class SiteBench:
    """One site in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.output = root / "public"
        self.report: Report | None = None
        self.problems: str = ""
        self.memory: Memory | None = None

    def write(self, path: str, text: str | bytes) -> Self:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return self

    def write_all(self, files: dict[str, str]) -> Self:
        for path, text in files.items():
            self.write(path, text)
        return self

    def edit(self, path: str, old: str, new: str) -> Self:
        text = (self.root / path).read_text()
        assert old in text, f"{old!r} is not in {path}"
        return self.write(path, text.replace(old, new))

    def remove(self, path: str) -> Self:
        (self.root / path).unlink()
        return self

    def rename(self, old: str, new: str) -> Self:
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)
        return self

    def build(self, **options: Any) -> Self:
        """Build; a refusal is kept as the text that the command would print."""
        usual = {"now": NOW, "output": self.output, "workers": 1, "explain": True, "allow_shrink": True}
        self.report, self.problems = None, ""
        try:
            self.report = build(Request(root=self.root, **(usual | options)), memory=self.memory)
            found = self.report.problems
        except RefusalError as fault:
            found = fault.problems
        self.problems = "".join(format_problem(problem) + "\n" for problem in found)
        return self

    def lend_theme(self) -> Self:
        """Let a build in another process know what this one knows of the theme: finding it takes longer than all else.

        If the site is at fault, nothing is lent.
        """
        with suppress(ConfigError):
            config = read_config(self.root)
            with closing(BuildCache(self.root / STATE_FOLDER / CACHE_NAME, cache_key(config))) as cache:
                try_theme(self.root, config, cache)
        return self

    @property
    def rendered(self) -> set[str]:
        """The paths that the last build rendered."""
        assert self.report is not None, self.problems
        return {path for path, (fate, _) in self.report.reasons.items() if fate == "rendered"}

    def page(self, path: str) -> Page:
        return Page((self.output / path).read_bytes())

    def listed(self) -> list[str]:
        """The addresses of pages in all parts of the sitemap, in their order."""
        parts = [data.decode() for path, data in sorted(self.files().items()) if path.startswith("sitemap-")]
        return [address for part in parts for address in re.findall(r"<loc>([^<]+)</loc>", part)]

    def files(self) -> dict[str, bytes]:
        """Every file of the output by path, without the copy of the manifest."""
        found = (file for file in self.output.rglob("*") if not file.is_dir() and file.name != COPY_NAME)
        return {file.relative_to(self.output).as_posix(): file.read_bytes() for file in sorted(found)}

    def expect_built(self) -> Self:
        assert self.report is not None, self.problems
        return self

    def expect_refused(self) -> Self:
        assert self.report is None, "the build was expected to be refused"
        return self

    def expect_rendered(self, *paths: str) -> Self:
        """Exactly these outputs were rendered."""
        assert self.rendered == set(paths)
        return self

    def expect_report(self, text: str) -> Self:
        assert self.problems == text
        return self

    def expect_same_as_clean_build(self, **options: Any) -> Self:
        """The output equals that of the same files built elsewhere from nothing.

        If records claim one id or address, the clean build knows which of them stood before.
        """
        clean = SiteBench(self.root.parent / f"{self.root.name}-clean")
        shutil.rmtree(clean.root, ignore_errors=True)
        shutil.copytree(self.root, clean.root, ignore=shutil.ignore_patterns("public*", ".newsprint"))
        if " is taken by " in self.problems or " is already used by " in self.problems:
            for book in (self.root / STATE_FOLDER).glob(f"outputs/*/{ADDRESSES_NAME}"):
                clean.write(book.relative_to(self.root).as_posix(), book.read_bytes())
        clean.build(**options)
        assert _without_the_past(clean.problems) == _without_the_past(self.problems)
        if clean.report is not None:
            assert self.files() == clean.files()
        return self


def copy_demo(folder: Path) -> SiteBench:
    """A copy of the demonstration site, with the bundled themes as its own."""
    bench = SiteBench(folder)
    for name in ("content", "themes"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "site.toml", folder / "site.toml")
    return bench


def copy_golden(folder: Path, theme: str = "base") -> SiteBench:
    """The golden records as a site of their own."""
    shutil.copytree(GOLDEN / "content", folder / "content")
    text = (GOLDEN / "site.toml").read_text()
    return SiteBench(folder).write("site.toml", f'{text}\n[theme]\nname = "{theme}"\n')
