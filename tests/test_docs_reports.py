"""The reports that docs/problems.md shows are what the program says: each is made anew and compared."""

import errno
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from conftest import ROOT
from generator.errors import CODES
from sitebench import SITE_TOML, SMALL, SiteBench, article

ARTICLE = "content/articles/2026/new-chip.md"
NAMED_THEME = SITE_TOML.replace('"base"', '"night"')
SANDBOXED = NAMED_THEME.replace('"night"', '"night"\nsandbox = true')
NIGHT = {"site.toml": NAMED_THEME, "themes/night/theme.toml": 'title = "Night"\nextends = "base"\n'}
STORY = """\
---
title: The race of the chips
published: 2026-05-04
topic: chips
coverage:
  wire:
    techniques:
      - name: Loaded language
        explanation: There is only one winner.
        quotes: ["{quote}"]
---
"""
CAMPAIGN = """\
---
sponsor: {name}
homepage: https://{id}.example/
headline: {name} for all
places: [front, article]
---
"""
NO_FILE = None
FOLDER = "a folder"


def one(old: str = "", new: str = "", *, body: str = "A new chip is out today.", **matter: object) -> dict[str, str]:
    """One article, some of its text replaced."""
    text = article("A new chip is out", 3, body=body, **matter)
    assert old in text
    return {ARTICLE: text.replace(old, new, 1)}


def night(template: str, text: str) -> dict[str, str]:
    """A theme of the site's own with one template."""
    return {**one(), **NIGHT, f"themes/night/templates/{template}": text}


def campaign(name: str, **matter: object) -> dict[str, str]:
    """A campaign, with lines of its own before the end of its front matter."""
    lines = "".join(f"{key}: {value}\n" for key, value in matter.items())
    text = CAMPAIGN.format(name=name, id=name.lower()).removesuffix("---\n")
    return {f"content/sponsors/{name.lower()}.md": f"{text}{lines}---\n"}


EXAMPLES: dict[str, dict[str, str | bytes | Path | None]] = {
    "bad-toml": {"site.toml": '[site]\ntitle = Chip News\nurl = "https://chips.example"\n'},
    "bad-yaml": {**one("title: A new chip is out", "title: Chips: a new one is out")},
    "broken-font": {
        "site.toml": SITE_TOML.replace("cards = false", 'card_font = "serif.ttf"'),
        "content/media/serif.ttf": "no font",
    },
    "broken-image": {
        **one(image={"src": "wafer.png", "alt": "A wafer"}),
        "content/media/wafer.png": b"<html>404 Not Found</html>",
    },
    "contradictory-keys": {**one(author="Ada Writer", authors=["Ada Writer", "Bo Reader"])},
    "contradictory-times": {**one(updated="2025-05-03T10:00:00Z")},
    "control-character": {**one(body="A new chip is\x0bout today.")},
    "cut-text": {**one("title: A new chip is out", "title: Chip of the week # 12")},
    "dead-link": {**one(body="As [we reported](article:new-chpi), a chip is out.")},
    "duplicate-anchor": {**one(body="## Chips {#chips}\n\nA new one.\n\n## More {#chips}\n\nAnother one.")},
    "duplicate-guid": {
        ARTICLE: article("A new chip is out", 3, guid="1234"),
        "content/articles/2026/second.md": article("Another new chip", 4, guid="1234"),
    },
    "duplicate-id": {**one(), "content/articles/2025/new-chip.md": article("Another new chip", 1)},
    "duplicate-key": {**one("topic: chips\n", "topic: chips\ntopic: space\n")},
    "dynamic-template": {
        **night("page.html", '{% extends "parent:page.html" %}\n{% include page.heading ~ ".html" %}\n')
    },
    "empty-field": {**one(tags=[])},
    "empty-file": {ARTICLE: "\n"},
    "exclusive-clash": {
        **campaign("Anvil", exclusive="true", starts="2026-06-01", ends="2026-07-01"),
        **campaign("Lantern", exclusive="true", starts="2026-06-15", ends="2026-07-15"),
    },
    "external-image": {**one(body="![A wafer](https://wire.example/wafer.jpg)")},
    "glued-label": {**one(body="A new chip is out today.\n\nRisk disclaimerPrices may fall.")},
    "identity-changed": {**one("2026-05-03", "2026-05-04")},
    "idle-redirect": {"site.toml": SITE_TOML + "\n" * 3 + '[redirects]\n"/old/" = "/abuot/"\n'},
    "ignored-file": {**one(), "content/articles/2026/new-chip.markdown": article("A new chip is out", 3)},
    "long-extract": {
        **one(body="They say it is the fastest chip ever sold.", quotes=["It is the fastest chip ever sold."]),
        "content/sources/wire.md": "---\ntitle: The Wire\nextract_words: 5\n---\n",
    },
    "loop": {
        "content/topics/chips.md": "---\ntitle: Chips\nparent: hardware\n---\n",
        "content/topics/hardware.md": "---\ntitle: Hardware\nparent: chips\n---\n",
    },
    "low-contrast": {"site.toml": SITE_TOML + '[theme.tokens]\naccent = "#5a9bff"\n'},
    "markdown-failed": {**one(body="- " * 500 + "deep")},
    "missing-extra": {"site.toml": SITE_TOML + '[markdown]\nengine = "commonmark"\n'},
    "missing-file": {"site.toml": NO_FILE},
    "missing-image": {**one(body="![A wafer](wafre.webp)")},
    "missing-key": {**one("topic: chips\n")},
    "name-clash": {"content/media/gr\u00f6ße.png": b"one", "content/media/gro\u0308ße.png": b"other"},
    "lost-words": {**one(body="| Chip | Price |\n|---|---|\n| A1 | 20 | sold out |")},
    "newsletter-plug": {**one(body="A new chip is out today.\n\nSign up for our newsletter to read more.")},
    "no-front-matter": {ARTICLE: "title: A new chip is out\n\nA new chip is out today.\n"},
    "not-a-mapping": {ARTICLE: "---\n- A new chip is out\n- wire\n---\nA new chip is out today.\n"},
    "not-utf8": {ARTICLE: one(body="A new chip is out in Zürich.")[ARTICLE].encode("latin-1")},
    "outside-file": {ARTICLE: Path("../../../../secret.env")},
    "over-limit": {**one(tags=["chips", "silicon", "wafers"]), "site.toml": f"{SITE_TOML}\n[limits]\ntags = 2\n"},
    "path-taken": {
        **one(slug="new-chip"),
        "content/articles/2026/second.md": article("Another new chip", 4, slug="new-chip"),
    },
    "placeholder": {
        "content/sponsors/lantern.md": CAMPAIGN.format(name="Lantern", id="lantern").replace(
            "https://lantern.example/", "https://original.invalid/"
        )
    },
    "repeated-paragraph": {**one(body="\n\n".join(["The maker says that it is the fastest."] * 2))},
    "similar-name": {"content/media/Logo.png": b"one", "content/media/logo.png": b"other"},
    "several-authors": {**one(author="Ada Alpha and Bo Beta")},
    "short-campaign": {
        **one(),
        **campaign("Anvil", exclusive="true", starts="2026-06-01", ends="2026-07-01"),
        **campaign("Lantern", starts="2026-06-15", ends="2026-06-22", weight=10),
    },
    "template-failed": {**night("page.html", "<time>{{ page.meta.updated.year }}</time>\n")},
    "template-syntax": {**night("page.html", "{% if page.text %}\n<h1>{{ page.heading }}</h1>\n")},
    "unclosed-front-matter": {ARTICLE: "---\ntitle: A new chip is out\n\nA new chip is out today.\n"},
    "unfounded-quote": {
        **one(story="race", quotes=["It is the fastest chip by far."]),
        "content/stories/race.md": STORY.format(quote="by far the fastest chip"),
    },
    "unknown-asset": {**night("page.html", '<link rel="stylesheet" href="{{ asset("styles.css") }}">\n')},
    "unknown-folder": {**one(), "content/article/new-chip.md": article("A new chip is out", 3)},
    "unknown-key": {**one(publishd="2026-05-03")},
    "unknown-name": {**night("page.html", "{{ page.crumbs[0].txt }}\n")},
    "unknown-reference": {**one("topic: chips", "topic: chip")},
    "unknown-string": {**night("page.html", '<h1>{{ t("lastest") }}</h1>\n')},
    "unknown-technique": {
        **one(story="race", quotes=["It is the fastest chip by far."]),
        "content/stories/race.md": STORY.format(quote="the fastest chip").replace("Loaded language", "Loaded words"),
    },
    "unknown-template": {**night("page.html", '{% extends "layuot.html" %}\n')},
    "unknown-theme": {"site.toml": SITE_TOML.replace('"base"', '"broadshet"')},
    "unreadable-file": {"site.toml": FOLDER},
    "unknown-syntax": {**one(body="{{< tweet 1 >}} and {{< tweet 2 >}}")},
    "unsafe-theme": {**night("page.html", "{{ t.__globals__ }}\n"), "site.toml": SANDBOXED},
    "unusable-html": {**one(body='<audio src="https://wire.example/12.mp3"></audio>')},
    "unusable-link": {**one(body="More [about us](/about/).")},
    "unusable-name": {"content/articles/2026/New Chip.md": article("A new chip is out", 3)},
    "unwritable-card": {
        **one("title: A new chip is out", "title: 新芯片今天上市"),
        "site.toml": SITE_TOML.replace("cards = false", "cards = true"),
    },
    "vanished-address": {**one(slug="npu")},
    "wrong-value": {**one("title: A new chip is out", "title: 2026")},
    "yaml-alias": {**one("title: A new chip is out", "title: A new chip is out\nsource_title: *name")},
}


def report(bench: SiteBench, files: Mapping[str, str | bytes | Path | None]) -> str:
    """What the command prints of a site with these files."""
    bench.write_all(SMALL).write("content/media/wafer.webp", (ROOT / "content/media/wafer.webp").read_bytes())
    for path, text in files.items():
        if text is NO_FILE or text is FOLDER:
            bench.remove(path)
            if text is FOLDER:
                (bench.root / path).mkdir()
        elif isinstance(text, Path):
            bench.write(path, "").remove(path)
            (bench.root / path).symlink_to(text)
        else:
            bench.write(path, text)
    said = bench.build().problems.replace(str(bench.root), "/srv/news")
    # Root reads whatever it likes, so a folder stands in for the file that one may not read.
    return said.replace(os.strerror(errno.EISDIR), os.strerror(errno.EACCES))


BEFORE = {"identity-changed": one(), "vanished-address": one()}
"""What is built first, for reports that only a later build makes."""


def section(code: str) -> str:
    text = (ROOT / "docs" / "problems.md").read_text()
    found = re.search(rf"^### {code}$(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"docs/problems.md has no heading '### {code}'"
    return found[1]


def test_every_code_has_an_example() -> None:
    assert set(EXAMPLES) == set(CODES)


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_the_report_in_the_docs_is_what_the_program_says(
    code: str, empty_bench: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    if code == "missing-extra":
        monkeypatch.setitem(sys.modules, "pyromark", None)
    if code in BEFORE:
        report(empty_bench, BEFORE[code])
    said = report(empty_bench, EXAMPLES[code])
    assert f"[{code}]" in said
    assert f"```text\n{said}```" in section(code)
