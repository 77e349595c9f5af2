"""Newsprint under measure: a site of ours made of a corpus, and the edits of its owner."""

import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from bench.corpus import NOW, Corpus
from bench.measure import OURS_ALONE, SCENARIOS, Globs

ROOT = Path(__file__).parent.parent
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

CAMPAIGN = """\
---
sponsor: "Grobbel & Daughters Lanterns (invented)"
homepage: https://lanterns.example/
headline: "Lanterns that know when to be dark"
actions: [{{text: "Look at one", url: https://lanterns.example/one}}]
topics: [{topic}]
---
"""


def install(cache: Path) -> str:
    """Install the program as its users do, as a wheel with its locked libraries; returns its command."""
    venv = cache / "newsprint"
    python = venv / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    for what in (["--require-hashes", "--no-deps", "--requirement", str(ROOT / "requirements.txt")], _build(cache)):
        subprocess.run([*pip, *what], check=True)
    return str(venv / "bin/newsprint")


def _build(cache: Path) -> list[str]:
    wheels = cache / "wheel"
    shutil.rmtree(wheels, ignore_errors=True)
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", str(ROOT)]
    subprocess.run([*command, "--wheel-dir", str(wheels)], check=True)
    return ["--no-deps", "--force-reinstall", *map(str, wheels.glob("*.whl"))]


@dataclass(frozen=True)
class Newsprint:
    """Newsprint building one profile with one engine.

    Attributes:
        profile: `peers` for a page per article, paged listings, feeds and sitemap in the theme whose markup the
            peers write, too; `full` for every family, in the theme broadsheet.
        engine: What renders markdown; empty for the program's own choice.
        program: The installed command; empty for the program of this environment.
    """

    profile: str = "peers"
    engine: str = ""
    program: str = ""
    leftovers = ("public", ".newsprint")
    globs = Globs()

    @property
    def name(self) -> str:
        """Such as `newsprint full commonmark`: what is not the default is named."""
        return " ".join(["newsprint", *(["full"] if self.profile == "full" else []), *self.engine.split()])

    @property
    def scenarios(self) -> frozenset[str]:
        """All, but those of records that the profile does not show."""
        return frozenset(SCENARIOS) - (OURS_ALONE if self.profile == "peers" else set())

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
            campaign_file = folder / "content/sponsors/campaign.md"
            campaign_file.parent.mkdir(parents=True)
            campaign_file.write_text(CAMPAIGN.format(topic=corpus.topics[0][0]), encoding="utf-8")
            for path, text in EVENING.items():
                file = folder / "themes/evening" / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")

    def command(self, folder: Path, *, is_cold: bool) -> list[str]:  # noqa: ARG002
        """The whole command, as a user runs it."""
        program = [self.program] if self.program else [sys.executable, "-m", "generator"]
        return [*program, "build", str(folder), "--now", NOW.isoformat()]

    def edit(self, folder: Path, corpus: Corpus, scenario: str, number: int) -> None:
        """Do what the owner of the site does in a scenario."""
        if scenario in {"article", "newcomer"}:
            record = corpus.newcomer(number)
            if scenario == "newcomer":
                key = f"newcomer-{number}"
                record.matter["entities"] = [{"entity": key, "role": "Newcomer"}]
                entity_file = folder / f"content/entities/{key}.md"
                entity_file.write_text(f"---\ntitle: Newcomer {number}\ntype: company\n---\n", encoding="utf-8")
            file = folder / "content" / record.path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(record.text(), encoding="utf-8")
            return
        pattern, text = {
            "title": (r"^title: .*$", f'title: "Another headline, number {number}"'),
            "body": (r"\Z", f"\nOne more paragraph, number {number} of those that were added.\n"),
            "source": (r"^title: .*$", f'title: "The Daily Number {number}"'),
            "topic": (r"^description: .*$", f'description: "News of day {number}."'),
            "entity": (r"^title: .*$", f'title: "Renamed {number}"'),
            "campaign": (r"^headline: .*$", f'headline: "Lanterns of the year {number}"'),
            "theme": (r"\Z", f"<!-- Edition {number} -->\n"),
            "config": (r"^tagline = .*$", f'tagline = "The news of day {number}"'),
        }[scenario]
        if scenario == "theme":
            file = next(folder.glob("themes/*/templates/layout.html"), None) or next(
                folder.glob("themes/*/templates/*")
            )
        elif scenario == "config":
            file = folder / "site.toml"
        elif scenario == "campaign":
            file = folder / "content/sponsors/campaign.md"
        elif scenario == "entity":
            file = folder / f"content/entities/{corpus.entities[0][0]}.md"
        else:
            head = corpus.chosen(number)
            file = folder / {
                "source": f"content/sources/{head.source}.md",
                "topic": f"content/topics/{head.topic}.md",
            }.get(scenario, f"content/articles/{head.published:%Y/%m}/{head.id}.md")
        file.write_text(re.sub(pattern, text, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE))
