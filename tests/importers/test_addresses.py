"""Old addresses: in one spelling, out of patterns, and only where nothing of ours stands."""

from datetime import UTC, datetime

import pytest

from conftest import ROOT
from generator.importers.addresses import KEPT, KEPT_FILES, alias_of, date_tokens, fill_pattern, old_path
from sitebench import SiteBench, article

AT = datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/a/b/", "/a/b"),
        ("a//b", "/a/b"),
        ("https://x.example/a/index.html?y#z", "/a"),
        ("/a%20b/", "/a b"),
        ("/sub/a/", "/a"),
        ("/sub", "/"),
        ("/subway", "/subway"),
        ("", "/"),
        ("/index.html", "/"),
        ("/a.html#b", "/a.html"),
    ],
)
def test_an_address_has_one_spelling(address: str, path: str) -> None:
    assert old_path(address, "/sub/") == path


@pytest.mark.parametrize(
    ("address", "alias"),
    [
        ("/a/b", "/a/b/"),
        ("/a.html", "/a.html"),
        ("/2021/03/é", "/2021/03/é/"),
        ("/A", "/A/"),
        ("/a b", "/a b/"),
        ("/a%b", "/a%25b/"),
        ("/c++", "/c++/"),
        ("/?p=12", "/?p=12"),
        ("/a/index.php?id=4", "/a/index.php?id=4"),
        ("/a.HTML", "/a.HTML"),
        ("/a/feed.xml", None),
        ("/../a", None),
        ("/", None),
        ("", None),
        ("/a.htm", "/a.htm"),
        ("/" + "a" * 201, "/" + "a" * 201 + "/"),
        ("/" + "/".join("abcdefgh" for _ in range(60)), None),
        ("/page/2/", None),
        ("/page/two/", "/page/two/"),
        *((f"/{name}/x", None) for name in sorted(KEPT)),
        *((f"/{name}", None) for name in sorted(KEPT_FILES)),
    ],
)
def test_an_alias_is_a_path_that_a_record_may_have(address: str, alias: str | None) -> None:
    assert alias_of(address) == alias


@pytest.mark.parametrize(
    ("pattern", "path"),
    [
        ("/:year/:month/:day/:title/", "/2021/03/04/a/"),
        (":year/:i_month/:short_year/:y_day", "/2021/3/21/063"),
        ("/:none/:title", None),
        ("/:empty/:title.html", "/a.html"),
        ("/[year]/:title", "/2021/a"),
        ("/fixed/", "/fixed/"),
    ],
)
def test_a_pattern_is_filled_in(pattern: str, path: str | None) -> None:
    assert fill_pattern(pattern, {"title": lambda: "a", "empty": lambda: "", **date_tokens(AT)}) == path


def test_a_pattern_with_a_day_has_no_address_without_one() -> None:
    assert fill_pattern("/:year/a", date_tokens(None)) is None


def test_all_folders_that_a_build_makes_are_kept_from_aliases(bench: SiteBench) -> None:
    bench.write("content/media/wafer.webp", (ROOT / "content/media/wafer.webp").read_bytes())
    bench.edit("site.toml", "cards = false", "cards = true\n[outputs]\napi = true")
    bench.write("content/stories/s.md", "---\ntitle: S\npublished: 2026-05-01\ntopic: chips\n---\n")
    correction = [{"at": "2026-05-09T08:00:00Z", "note": "Mended.", "significant": True}]
    more = {"tags": ["a"], "story": "s", "entities": [{"entity": "acme"}], "revisions": correction}
    bench.write("content/articles/b.md", article("B", 8, body="![w](wafer.webp)", **more))
    sponsor = "---\nsponsor: L\nhomepage: https://l.example/\nheadline: H\nstarts: 2026-05-01\n---\n"
    bench.write("content/sponsors/l.md", sponsor).build().expect_built()
    made = {path.split("/")[0] for path in bench.files() if "/" in path}
    assert made - {"news", "about"} == KEPT
    files = {path for path in bench.files() if "/" not in path and alias_of(f"/{path}")}
    assert files == set()
