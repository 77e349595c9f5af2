"""Newsprint under measure: a site of ours made of a corpus, and the edits of its owner."""

import re
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from random import Random

from bench.corpus import NOW, Corpus
from bench.measure import SCENARIOS

THEME = Path(__file__).parent / "theme"
PAGE_ITEMS = 30
FEED_ITEMS = 20

SITE_TOML = """\
[site]
title = "Bench News"
tagline = "News to measure with"
description = "News that nobody reported."
url = "https://bench.example"

[images]
cards = false  # no peer draws any
"""

PEERS_TOML = f"""
[theme]
name = "bench"

[outputs]
sources = false
stories = false
entities = false
insights = false
tags = false
archive = false
changes = false
corrections = false
feeds = false
atom = false
json_feed = false
feed_archives = false
opml = false
news_sitemap = false
llms = false
redirects = false
headers = false

[listings]
page_items = {PAGE_ITEMS}

[front]
grid_items = {PAGE_ITEMS - 4}
section_items = 0
latest_items = 0

[feeds]
max_items = {FEED_ITEMS}
"""

FULL_TOML = """
[theme]
name = "evening"
"""

EVENING = {
    "theme.toml": 'title = "Evening"\nextends = "broadsheet"\n',
    "templates/footer.html": '{% include "parent:footer.html" %}\n<p class="wrap">Printed on no paper</p>\n',
}
"""A theme of the full site's own, for there is no editing the one that comes with the program."""


@dataclass(frozen=True)
class Newsprint:
    """Newsprint building one profile with one engine.

    Attributes:
        profile: `peers` for a page per article, paged listings, feeds and sitemap in the theme whose markup the
            peers write, too; `full` for every family, in the theme broadsheet.
        engine: What renders markdown; empty for the program's own choice.
    """

    profile: str = "peers"
    engine: str = ""
    scenarios = frozenset(SCENARIOS)
    leftovers = ("public", ".newsprint")

    @property
    def name(self) -> str:
        """Such as `newsprint full commonmark`: what is not the default is named."""
        return " ".join(["newsprint", *(["full"] if self.profile == "full" else []), *self.engine.split()])

    @property
    def version(self) -> str:
        """That of the package."""
        return version("newsprint")

    def write(self, folder: Path, corpus: Corpus) -> None:
        """Write site.toml, content/ and themes/ into a new folder."""
        corpus.write(folder / "content")
        toml = SITE_TOML + (FULL_TOML if self.profile == "full" else PEERS_TOML)
        if self.engine:
            toml += f'\n[markdown]\nengine = "{self.engine}"\n'
        (folder / "site.toml").write_text(toml, encoding="utf-8")
        if self.profile == "peers":
            shutil.copytree(THEME, folder / "themes/bench")
        else:
            for path, text in EVENING.items():
                file = folder / "themes/evening" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")

    def command(self, folder: Path, *, is_cold: bool) -> list[str]:  # noqa: ARG002
        """The whole command, as a user runs it."""
        return [sys.executable, "-m", "generator", "build", str(folder), "--now", NOW.isoformat()]

    def edit(self, folder: Path, corpus: Corpus, scenario: str, number: int) -> None:
        """Do what the owner of the site does in a scenario."""
        if scenario == "article":
            record = corpus.newcomer(number)
            file = folder / "content" / record.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(record.text(), encoding="utf-8")
            return
        pattern, text = {
            "title": (r"^title: .*$", f'title: "Another headline, number {number}"'),
            "body": (r"\Z", f"\nOne more paragraph, number {number} of those that were added.\n"),
            "theme": (r"\Z", f"<!-- Edition {number} -->\n"),
            "config": (r"^tagline = .*$", f'tagline = "The news of day {number}"'),
        }[scenario]
        if scenario == "theme":
            file = next(folder.glob("themes/*/templates/layout.html"), None) or next(
                folder.glob("themes/*/templates/*")
            )
        elif scenario == "config":
            file = folder / "site.toml"
        else:
            head = Random(number).choice(corpus.heads)
            file = folder / f"content/articles/{head.published:%Y/%m}/{head.id}.md"
        file.write_text(re.sub(pattern, text, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE))
