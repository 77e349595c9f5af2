"""Feeds as real readers see them, fetched over HTTP: all tell the same of the same articles."""

import json
import os
import sqlite3
import subprocess
from calendar import timegm
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import feedparser
import pytest
from feedsite import RELATIVE, FeedFile, build_feeds, find_feeds, media_type
from serving import Quiet, Server

from tools import TOOLS, require_newsboat, require_npm

RSS_PARSER = """
const Parser = require("rss-parser");
const urls = JSON.parse(require("fs").readFileSync(0));
(async () => {
  const feeds = {};
  for (const url of urls) feeds[url] = (await new Parser().parseURL(url)).items;
  console.log(JSON.stringify(feeds));
})();
"""


class Seen(NamedTuple):
    """What a reader shows of an item."""

    title: str
    link: str
    id: str
    at: int


class Served(NamedTuple):
    """The site of feeds, and where it is served."""

    output: Path
    url: str
    feeds: list[FeedFile]

    def pick(self, *formats: str) -> dict[str, FeedFile]:
        """Feeds of some formats by their addresses."""
        return {self.url + feed.path: feed for feed in self.feeds if feed.format in formats}


class Handler(Quiet):
    """Serves feeds with their media types."""

    def guess_type(self, path: Any) -> str:
        return media_type(str(path))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    output = build_feeds(tmp_path_factory.mktemp("feeds") / "site")
    with Server(partial(Handler, directory=str(output))) as server:
        yield Served(output, f"{server.url}/", find_feeds(output))


def seconds(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def told(served: Served, feed: FeedFile) -> list[Seen]:
    """What the JSON Feed beside a feed says, which all readers shall see."""
    beside = feed.path.rpartition("/")[0]
    twin = next(one for one in served.feeds if one.format == "json_feed" and one.path.rpartition("/")[0] == beside)
    return [
        Seen(item["title"], item["url"], item["id"], seconds(item["date_published"])) for item in twin.document["items"]
    ]


def test_there_is_something_to_read(served: Served) -> None:
    assert len(served.feeds) > 60
    assert any("/feed/1/" in f"/{feed.path}" for feed in served.feeds)
    assert any("sponsor-free/" in feed.path for feed in served.feeds)
    assert {feed.format for feed in served.feeds} == {"rss", "atom", "json_feed"}


def test_feedparser_sees_every_item(served: Served) -> None:
    for url, feed in served.pick("rss", "atom").items():
        parsed = feedparser.parse(url, sanitize_html=False, resolve_relative_uris=False)
        assert not parsed.bozo, (url, parsed.get("bozo_exception"))
        assert parsed.version == {"rss": "rss20", "atom": "atom10"}[feed.format]
        seen = [Seen(one.title, one.link, one.id, timegm(one.published_parsed)) for one in parsed.entries]
        assert seen == told(served, feed), url
        for one in parsed.entries:
            for content in one.get("content", ()):
                assert not RELATIVE.search(content.value), (url, one.title)


def test_rss_parser_sees_every_item(served: Served, node: str) -> None:
    require_npm("rss-parser", "package.json")
    feeds = served.pick("rss", "atom")
    ran = subprocess.run(
        [node, "-e", RSS_PARSER],
        input=json.dumps([*feeds]),
        env={**os.environ, "NODE_PATH": str(TOOLS / "node_modules")},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    for url, items in json.loads(ran.stdout).items():
        guid = "guid" if feeds[url].format == "rss" else "id"
        seen = [Seen(one["title"], one["link"], one[guid], seconds(one["isoDate"])) for one in items]
        assert seen == told(served, feeds[url]), url


def test_newsboat_sees_every_item(served: Served, tmp_path: Path) -> None:
    newsboat = require_newsboat()
    (tmp_path / "config").write_text("max-items 0\nkeep-articles-days 0\n")
    wanted = ("feed.xml", "atom.xml", "feed/1/feed.xml", "feed/1/atom.xml", "topics/chips/feed.xml")
    for place, path in enumerate(wanted):
        (feed,) = (one for one in served.feeds if one.path == path)
        (tmp_path / "urls").write_text(served.url + path + "\n")
        cache = tmp_path / f"{place}.db"  # one for each: a cache keeps an item once, in whatever feed it comes
        files = ["-u", str(tmp_path / "urls"), "-c", str(cache), "-C", str(tmp_path / "config")]
        environment = {**os.environ, "HOME": str(tmp_path), "TERM": "dumb", "LC_ALL": "C.UTF-8"}
        subprocess.run([newsboat, "-q", *files, "-x", "reload"], env=environment, timeout=60, check=True)
        with sqlite3.connect(cache) as connection:
            rows = connection.execute("SELECT title, url, guid, pubDate FROM rss_item")
            assert sorted(map(Seen._make, rows)) == sorted(told(served, feed)), path


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_reader_that_follows_the_archives_gets_every_article_once(served: Served, form: str) -> None:
    name = {"rss": "feed.xml", "atom": "atom.xml"}[form]
    public = "https://golden.example/news/"
    at: str | None = name
    ids: list[str] = []
    while at is not None:
        parsed = feedparser.parse(served.url + at)
        ids += [one.id for one in parsed.entries if ":sponsor:" not in one.id]
        older = [link.href for link in parsed.feed.links if link.rel == "prev-archive"]
        at = older[0].removeprefix(public) if older else None
    assert len(ids) == len(set(ids)) == len([*served.output.glob("news/*/*/index.html")]) > 24
