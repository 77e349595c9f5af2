"""Old addresses of every kind, in every form that other systems have: a file, a line, or both; and feeds at theirs."""

import subprocess
from functools import partial
from pathlib import Path
from typing import Any

import feedparser
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import Quiet, Server

from checking import found
from generator.addresses import AddressError
from generator.aliases import MAX_ALIAS_BYTES, read_alias
from generator.names import output_path
from sitebench import SiteBench, article
from tools import require_newsboat

pytestmark = pytest.mark.slow

RECORDS = {
    "article": ("content/articles/a1.md", "/news/chips/a1/"),
    "story": ("content/stories/s.md", "/stories/s/"),
    "topic": ("content/topics/chips.md", "/topics/chips/"),
    "source": ("content/sources/wire.md", "/sources/wire/"),
    "entity": ("content/entities/acme.md", "/entities/acme/"),
    "page": ("content/pages/about.md", "/about/"),
}
FEED_NAMES = ("feed.xml", "atom.xml", "feed.json")


def give(bench: SiteBench, kind: str, *aliases: str) -> str:
    """Give a record of a kind old addresses; its own address."""
    if kind == "story":
        bench.write("content/stories/s.md", "---\ntitle: S\npublished: 2026-05-01\ntopic: chips\n---\n")
        bench.write("content/articles/a9.md", article("Nine", 9, story="s", entities=[{"entity": "acme"}]))
    elif kind == "entity":
        bench.write("content/articles/a9.md", article("Nine", 9, entities=[{"entity": "acme"}]))
    file, address = RECORDS[kind]
    said = msgspec.yaml.encode({"aliases": list(aliases)}).decode()
    bench.edit(file, "---\ntitle:", f"---\n{said}title:")
    return address


def rules(bench: SiteBench) -> dict[str, str]:
    """What leads where: an address, with its conditions, and the new one."""
    lines = [line.split(" ") for line in (bench.output / "_redirects").read_text().splitlines()]
    assert all(line[-1] == "301" and len(line) >= 3 for line in lines)
    return {"?".join(filter(None, (line[0], "&".join(line[1:-2])))): line[-2] for line in lines}


@pytest.mark.parametrize("kind", ["article", "topic"])
def test_old_pages_of_families_may_have_capitals(bench: SiteBench, kind: str) -> None:
    old = [f"/{family}/{name}/" for family in ("topics", "sources", "stories") for name in ("CHIPS", "%C3%9Cber")]
    new = give(bench, kind, *old)
    bench.build().expect_built()
    assert [rules(bench)[address] for address in old] == [new] * len(old)


def test_of_old_addresses_that_differ_in_capitals_only_the_small_one_has_the_file(bench: SiteBench) -> None:
    give(bench, "article", "/Old/")
    new = give(bench, "source", "/old/")
    bench.build().expect_built()
    assert bench.page("old/index.html").tree.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={new}"]
    assert not (bench.output / "Old").exists()
    assert {"/Old", "/Old/", "/old", "/old/"} <= rules(bench).keys()


@pytest.mark.parametrize("kind", ["article", "page", "topic"])
def test_the_old_address_of_a_feed_on_a_record_without_one_is_told(bench: SiteBench, kind: str) -> None:
    old = ["/feed/", "/blog/feed", "/rss.xml", "/index.rss", "/blog/feed.json"]
    give(bench, kind, *old, "/science/atom/")
    said = "the old address '{}' looks like a feed's, but leads feed readers to a page [idle-redirect]"
    told = bench.build().problems
    assert [said.format(one) in told for one in old] == [kind != "topic"] * len(old)
    assert told.count("[idle-redirect]") == (0 if kind == "topic" else len(old))


@pytest.mark.parametrize("kind", RECORDS)
def test_every_kind_has_old_addresses(bench: SiteBench, kind: str) -> None:
    new = give(bench, kind, "/2019/05/Old_Place.html", "/was/here", "/?p=12", "/index.php?id=4&x=a b")
    bench.build().expect_built()
    for path in ("2019/05/Old_Place.html", "was/here/index.html"):
        assert bench.page(path).tree.xpath("//meta[@http-equiv='refresh']/@content") == [f"0; url={new}"]
    named = {"/2019/05/Old_Place.html", "/was/here", "/was/here/", "/?p=12", "/index.php?id=4&x=a%20b"}
    assert {old for old, to in rules(bench).items() if to == new} == named
    assert not (bench.output / "index.php").exists()
    assert "case-clash" not in found(bench)
    assert "broken-link" not in found(bench)
    bench.build().expect_same_as_clean_build()


@pytest.mark.parametrize(
    ("alias", "file", "lines"),
    [
        ("/Old/", "Old/index.html", ["/Old", "/Old/"]),
        ("/News/Chips/A1/", None, ["/News/Chips/A1", "/News/Chips/A1/"]),
        ("/a%20b.html", None, ["/a%20b.html"]),
        ("/a b/", None, ["/a%20b", "/a%20b/"]),
        ("/%C3%A4pfel/", "äpfel/index.html", ["/%C3%A4pfel", "/%C3%A4pfel/"]),
        ("/old.htm", "old.htm", ["/old.htm"]),
        ("/show.php", "show.php/index.html", ["/show.php", "/show.php/"]),
        ("/it's,(old)/", None, ["/it's,(old)", "/it's,(old)/"]),
        ("/*/:a;b/", None, ["/%2A/%3Aa%3Bb", "/%2A/%3Aa%3Bb/"]),
        ("/100%/", None, ["/100%25", "/100%25/"]),
        ("/?p=12", None, ["/?p=12"]),
        ("/?p=:x y", None, ["/?p=%3Ax%20y"]),
        ("/blog/?cat=1", None, ["/blog?cat=1", "/blog/?cat=1"]),
    ],
)
def test_what_a_file_can_do_is_a_file_and_all_is_a_line(
    bench: SiteBench, alias: str, file: str | None, lines: list[str]
) -> None:
    bench.build()
    before = bench.files().keys()
    give(bench, "article", alias)
    bench.build().expect_built()
    assert bench.files().keys() - before == {"_redirects", *([file] if file else [])}
    assert list(rules(bench)) == lines


@pytest.mark.parametrize(
    "alias",
    [
        *("/../x/", "/a/../../x", "//evil.example/", "/a//b/", "/%2e%2e/x/", "/a%2fb/", "/a\\b/", "/a%00b/", "/a%0ab/"),
        *(
            "/a\nb/",
            "/a\tb/",
            "/a#b",
            "/%e4/",
            "/\u202ea/",
            "/" + "x" * MAX_ALIAS_BYTES,
            "/",
            "",
            " ",
            "/ /",
            "/?p=a%0a",
        ),
    ],
)
def test_a_text_that_is_no_address_of_the_site_is_none(alias: str) -> None:
    with pytest.raises(AddressError, match=r"\w"):
        read_alias(alias)


@pytest.mark.parametrize("place", ["topic", "site.toml"])
def test_hostile_addresses_are_refused_where_they_stand(bench: SiteBench, place: str) -> None:
    hostile = ["/x\n/y/ /evil/ 301/", "/a/%2e%2e/b/"]
    if place == "site.toml":
        text = (bench.root / "site.toml").read_text()
        lines = "".join(f'{msgspec.json.encode(alias).decode()} = "/about/"\n' for alias in hostile)
        bench.write("site.toml", f"{text}\n[redirects]\n{lines}")
    else:
        give(bench, place, *hostile)
    bench.build().expect_refused()
    told = [line for line in bench.problems.splitlines() if "[unusable-name]" in line]
    assert len(told) == 2
    assert all(line.startswith(RECORDS[place][0] if place in RECORDS else "site.toml:") for line in told)


@given(st.text(max_size=60) | st.from_regex(r"/[a-zA-Z%?=&./*: ]{0,40}", fullmatch=True))
def test_no_text_makes_a_line_or_a_path_that_is_more_than_an_address(text: str) -> None:
    try:
        old = read_alias(text)
    except AddressError:
        return
    for of_feed in (True, False):
        words = [*old.spellings(of_feed=of_feed), *old.conditions]
        assert all(word.isascii() and word.isprintable() and not set(word) & set(' ;*"\\{}|<>`^') for word in words)
        assert all(spelling.startswith("/") and "//" not in spelling for spelling in old.spellings(of_feed=of_feed))
        path = old.path(of_feed=of_feed)
        assert path is None or output_path(*path.split("/"), any_case=True) == path


def test_two_records_cannot_have_one_old_address_however_it_is_written(bench: SiteBench) -> None:
    for one, other in (("/old/", "/old/index.html"), ("/?p=1", "?p=1"), ("/a b/", "/a%20b")):
        bench.write("content/articles/a1.md", article("One", 1, aliases=[one]))
        bench.write("content/articles/a2.md", article("Two", 2, aliases=[other])).build().expect_refused()
        assert "[path-taken]" in bench.problems


def test_the_address_of_what_expired_may_lead_elsewhere_but_not_that_of_a_draft(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("One", 1, expires="2026-06-01T00:00:00Z"))
    bench.write("content/articles/a2.md", article("Two", 2, aliases=["/news/chips/a1/"])).build().expect_built()
    assert rules(bench)["/news/chips/a1/"] == "/news/chips/a2/"
    bench.write("content/articles/a1.md", article("One", 1, draft=True)).build().expect_refused()


@pytest.mark.parametrize("kind", ["story", "topic", "source", "entity"])
def test_feeds_stay_where_they_were_for_readers_that_follow_no_page(bench: SiteBench, kind: str) -> None:
    new = give(bench, kind, "x")
    folder = new.strip("/").split("/")[0]
    bench.edit(RECORDS[kind][0], "- x", f"- /{folder}/gone/").build().expect_built()
    for name in FEED_NAMES:
        assert (bench.output / folder / "gone" / name).read_bytes() == (bench.output / new[1:] / name).read_bytes()
        assert rules(bench)[f"/{folder}/gone/{name}"] == f"{new}{name}"
    assert "[" not in found(bench).replace("[duplicate", "").replace("[unused", "").replace("[hidden", "")
    bench.write("content/articles/a8.md", article("Eight", 8, topic="chips")).build().expect_same_as_clean_build()


@pytest.mark.parametrize(
    ("old", "file", "new"),
    [
        ("/feed/", "feed/index.html", "feed.xml"),
        ("/feed", "feed/index.html", "feed.xml"),
        ("/rss.xml", "rss.xml", "feed.xml"),
        ("/index.xml", "index.xml", "feed.xml"),
        ("/blog/atom.xml", "blog/atom.xml", "atom.xml"),
        ("/Feed.RSS", "Feed.RSS", "feed.xml"),
        ("/feeds/posts/default", "feeds/posts/default/index.html", "feed.xml"),
        ("/old.json", "old.json", "feed.json"),
        ("/category/chips/feed/", "category/chips/feed/index.html", "topics/chips/feed.xml"),
        ("/?feed=rss2", None, "feed.xml"),
    ],
)
def test_feeds_of_an_older_system(bench: SiteBench, old: str, file: str | None, new: str, tmp_path: Path) -> None:
    text = (bench.root / "site.toml").read_text()
    bench.write("site.toml", f'{text}\n[redirects]\n"{old}" = "/{new}"\n').build().expect_built()
    assert rules(bench)[old] == f"/{new}"
    assert bench.problems == ""
    assert "faulty-feed" not in found(bench)
    assert "unreadable-output" not in found(bench)
    if file is None:
        return
    assert (bench.output / file).read_bytes() == (bench.output / new).read_bytes()
    if new.endswith(".xml"):
        with Server(partial(Quiet, directory=str(bench.output))) as server:
            assert len(feedparser.parse(server.url + "/" + file.removesuffix("index.html")).entries) == 5
    bench.write("content/articles/a9.md", article("Nine", 9)).build().expect_same_as_clean_build()
    assert (bench.output / file).read_bytes() == (bench.output / new).read_bytes()


def test_a_record_leads_the_old_addresses_of_its_feed_to_its_feed(bench: SiteBench) -> None:
    give(
        bench,
        "topic",
        "/category/chips/",
        "/category/chips/feed/",
        "/chips.xml",
        "/chips/atom.xml",
        "/?feed=rss2&cat=5",
    )
    give(bench, "source", "/?feed=atom&author=3", "/?feed=none")
    bench.build().expect_built()
    found_rules = rules(bench)
    assert found_rules["/?feed=rss2&cat=5"] == "/topics/chips/feed.xml"
    assert found_rules["/?feed=atom&author=3"] == "/sources/wire/atom.xml"
    assert found_rules["/?feed=none"] == "/sources/wire/"
    assert found_rules["/category/chips/"] == "/topics/chips/"
    assert found_rules["/category/chips/feed/"] == found_rules["/chips.xml"] == "/topics/chips/feed.xml"
    assert found_rules["/chips/atom.xml"] == "/topics/chips/atom.xml"
    assert (bench.output / "chips.xml").read_bytes() == (bench.output / "topics/chips/feed.xml").read_bytes()
    give(bench, "article", "/2019/one.xml")
    assert bench.build().page("2019/one.xml/index.html").tree.xpath("//meta[@http-equiv='refresh']")


def test_newsboat_follows_no_page_but_reads_the_copy(bench: SiteBench, tmp_path: Path) -> None:
    newsboat = require_newsboat()
    text = (bench.root / "site.toml").read_text()
    bench.write("site.toml", f'{text}\n[redirects]\n"/feed/" = "/feed.xml"\n').build().expect_built()
    (tmp_path / "config").write_text("")
    with Server(partial(Quiet, directory=str(bench.output))) as server:
        (tmp_path / "urls").write_text(f"{server.url}/feed/\n")
        command: list[Any] = [newsboat, "-u", tmp_path / "urls", "-C", tmp_path / "config", "-c", tmp_path / "c.db"]
        done = subprocess.run([*command, "-x", "reload", "print-unread"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("5 unread")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("/old/", "/nowhere/", "which does not exist"),
        ("/old/", "/abuot/", "did you mean '/about/'?"),
        ("/about/", "/latest/", "something is built there"),
    ],
)
def test_a_line_that_does_nothing_is_told(bench: SiteBench, old: str, new: str, said: str) -> None:
    text = (bench.root / "site.toml").read_text()
    bench.write("site.toml", f'{text}\n[redirects]\n"{old}" = "{new}"\n').build().expect_built()
    assert "[idle-redirect]" in bench.problems
    assert said in bench.problems
    assert "site.toml:" in bench.problems
    assert not (bench.output / "_redirects").exists()


def test_a_line_may_lead_to_an_old_address(bench: SiteBench) -> None:
    give(bench, "article", "/was/")
    text = (bench.root / "site.toml").read_text()
    bench.write("site.toml", f'{text}\n[redirects]\n"/older/" = "/was/"\n').build().expect_built()
    assert rules(bench)["/older/"] == "/news/chips/a1/"
