"""A built site with feeds of every kind, for tests that read them as programs elsewhere do."""

import re
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec
from lxml import etree

from generator.media import FEED_TYPES
from sitebench import GOLDEN_OPTIONS, copy_golden

FEEDS = """
[feeds]
max_items = 8
sponsor_every = 3
hub = "https://hub.example.org/"
"""

CAMPAIGN = """\
---
sponsor: Plumb & Bob <Tools>
homepage: https://plumb.example/
label: "Paid for by *Plumb*"
headline: A level that levels
creative: "$ level --check"
actions: [{text: See it, url: "https://plumb.example/level"}]
starts: 2031-05-01
places: [feed]
---
It [levels](https://plumb.example/why).
"""

RELATIVE = re.compile(r"""\b(?:href|src)=["'](?!https?:|mailto:)[^"']*""")
"""An address in HTML that is not a full one."""

ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"


class FeedFile(NamedTuple):
    """A feed as it lies on disk."""

    path: str
    format: str
    data: bytes

    @property
    def url(self) -> str:
        """Where the world finds it."""
        return "https://golden.example/news/" + quote(self.path)

    @property
    def tree(self) -> Any:
        """RSS's channel or Atom's feed."""
        root = etree.fromstring(self.data)
        return root[0] if self.format == "rss" else root

    @property
    def document(self) -> dict[str, Any]:
        """A JSON Feed."""
        found: dict[str, Any] = msgspec.json.decode(self.data)
        return found

    @property
    def links(self) -> dict[str, str]:
        """The addresses of the feed's `atom:link`s by their relation."""
        return {link.get("rel"): link.get("href") for link in self.tree.findall(f"{ATOM}link")}

    @property
    def entries(self) -> list[Any]:
        """Items of RSS or entries of Atom."""
        found: list[Any] = self.tree.findall("item" if self.format == "rss" else f"{ATOM}entry")
        return found


def build_feeds(folder: Path) -> Path:
    """Build the golden site with few items to a feed; the folder of its outputs."""
    bench = copy_golden(folder, "base")
    bench.write("content/sponsors/feed.md", CAMPAIGN)
    bench.write("site.toml", (folder / "site.toml").read_text() + FEEDS)
    return bench.build(now=GOLDEN_OPTIONS["now"]).expect_built().output


def find_feeds(output: Path) -> list[FeedFile]:
    """All feeds of a site, archives among them."""
    names = {"feed.xml": "rss", "atom.xml": "atom", "feed.json": "json_feed"}
    files = sorted(file for name in names for file in output.rglob(name))
    return [FeedFile(str(file.relative_to(output)), names[file.name], file.read_bytes()) for file in files]


def media_type(path: str) -> str:
    """As servers that are set up by our examples give it."""
    return FEED_TYPES[{"feed.xml": "rss", "atom.xml": "atom", "feed.json": "json_feed"}[path.rpartition("/")[2]]]
