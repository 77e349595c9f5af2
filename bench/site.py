"""A site of ours made of a corpus: for the comparison with peers, or with everything on."""

import shutil
from pathlib import Path

from bench.corpus import Corpus

THEME = Path(__file__).parent / "theme"
PAGE_ITEMS = 30
FEED_ITEMS = 20

SITE_TOML = """\
[site]
title = "Bench News"
tagline = "News to measure with"
description = "News that nobody reported."
url = "https://bench.example"
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


def write_site(folder: Path, corpus: Corpus, *, profile: str, engine: str | None = None) -> None:
    """Write a whole site into a new folder.

    Args:
        folder: Made here, with site.toml, content/ and themes/.
        corpus: Its records.
        profile: `peers` for one page per article, paged listings, feeds and sitemap in the theme whose markup the
            peers write, too; `full` for every family, in the theme broadsheet.
        engine: What renders markdown; by default the program's own choice.
    """
    corpus.write(folder / "content")
    toml = SITE_TOML + (PEERS_TOML if profile == "peers" else FULL_TOML)
    if engine:
        toml += f'\n[markdown]\nengine = "{engine}"\n'
    (folder / "site.toml").write_text(toml)
    if profile == "peers":
        shutil.copytree(THEME, folder / "themes/bench")
        return
    for path, text in EVENING.items():
        file = folder / "themes/evening" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
