"""What feed readers know items by: it stays, or a build tells before they get it."""

import json
from pathlib import Path
from typing import Any

import feedparser
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from checking import be_silent
from generator.build import Request
from generator.check import check_site
from generator.errors import LocatedProblem
from generator.publish.manifest import MANIFEST_NAME, Manifest, decode_kept, encode_kept
from generator.site import atom_id, guid_of
from sitebench import NOW, SITE_TOML, SMALL, SiteBench, article

pytestmark = pytest.mark.slow

FEEDS = ("feed.xml", "atom.xml", "feed.json")
WIRED = SITE_TOML + "\n[feeds]\nsponsor_every = 1\n"

STORY = """\
---
title: A flood
published: 2026-05-01
topic: chips
status: settled
status_at: 2026-05-04
facts:
  - text: The dam broke.
    sources: [wire]
revisions:
  - {at: 2026-05-05, note: Not the dam., significant: true}
---
"""
CAMPAIGN = (
    "---\nsponsor: Acme\nhomepage: https://acme.example/\nheadline: Buy\nstarts: 2026-05-01\nplaces: [feed]\n---\n"
)


def ids(data: bytes, path: str) -> list[str]:
    """As a reader sees them."""
    if path.endswith(".json"):
        return [item["id"] for item in json.loads(data)["items"]]
    return [entry.id for entry in feedparser.parse(data).entries]


def identities(site: SiteBench) -> dict[str, list[str]]:
    feeds = {path: data for path, data in site.files().items() if path.rpartition("/")[2] in FEEDS}
    assert len(feeds) > len(FEEDS)
    return {path: ids(data, path) for path, data in feeds.items()}


def anchors(site: SiteBench) -> list[str]:
    return site.page("stories/flood/changes/index.html").tree.xpath("//main//li/@id")


def written(title: str, published: str, **matter: Any) -> str:
    return article(title, 1, published=published, **matter)


@pytest.fixture
def site(tmp_path: Path) -> SiteBench:
    """A site with all kinds of items, whose times name a zone, name none, or are dates."""
    records = {
        "site.toml": WIRED,
        "content/articles/day.md": written("A day", "2026-05-02", story="flood"),
        "content/articles/early.md": written(
            "Early", "2026-05-03T00:30:00", revisions=[{"at": "2026-05-04", "note": "N.", "significant": True}]
        ),
        "content/articles/late.md": written("Late", "2026-05-03T23:30:00"),
        "content/articles/utc.md": written("In UTC", "2026-05-04T00:30:00Z"),
        "content/articles/there.md": written("There", "2026-05-05T00:30:00+09:00"),
        "content/stories/flood.md": STORY,
        "content/sponsors/acme.md": CAMPAIGN,
    }
    return SiteBench(tmp_path / "site").write_all(SMALL | records).build().expect_built()


def with_zone(site: SiteBench, zone: str) -> SiteBench:
    text = site.root.joinpath("site.toml").read_text()
    lines = [line for line in text.splitlines() if not line.startswith("time_zone")]
    return site.write("site.toml", "\n".join(lines).replace("[site]", f'[site]\ntime_zone = "{zone}"') + "\n")


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"])
def test_no_time_zone_renames_an_item(site: SiteBench, zone: str) -> None:
    before, marks = identities(site), anchors(site)
    with_zone(site, zone).build().expect_built().expect_report("")
    after = identities(site)
    assert {path: sorted(found) for path, found in after.items()} == {
        path: sorted(found) for path, found in before.items()
    }
    assert sorted(anchors(site)) == sorted(marks)
    site.expect_same_as_clean_build()


def test_identities_of_a_site_in_utc_are_as_they_were_ever(site: SiteBench) -> None:
    found = identities(site)
    assert sorted(found["feed.xml"]) == [
        "tag:bench.example,2026-05-01:sponsor:acme",
        "tag:bench.example,2026-05-02:article:day",
        "tag:bench.example,2026-05-03:article:early",
        "tag:bench.example,2026-05-03:article:late",
        "tag:bench.example,2026-05-04:article:there",
        "tag:bench.example,2026-05-04:article:utc",
    ]
    changes = found["stories/flood/changes/feed.xml"]
    assert "tag:bench.example,2026-05-01:change:status:flood:settled:2026-05-04T00:00:00%2B00:00" in changes
    assert found["corrections/feed.xml"] == [
        "tag:bench.example,2026-05-01:change:correction:story:flood:2026-05-05T00:00:00%2B00:00",
        "tag:bench.example,2026-05-03:change:correction:article:early:2026-05-04T00:00:00%2B00:00",
    ]


def test_a_site_with_another_zone_keeps_what_it_had_by_a_line(site: SiteBench) -> None:
    with_zone(site, "Europe/Berlin").edit(
        "site.toml", "sponsor_every", 'identity_zone = "Europe/Berlin"\nsponsor_every'
    )
    site.build()
    found = identities(site)["feed.xml"]
    assert "tag:bench.example,2026-05-01:article:day" in found
    assert "tag:bench.example,2026-05-02:article:early" in found
    assert "tag:bench.example,2026-05-03:article:late" in found


def forget_identities(site: SiteBench) -> None:
    """Leave a ledger as programs left it that kept none."""
    (file,) = (site.root / ".newsprint" / "outputs").glob(f"*/{MANIFEST_NAME}")
    ledger = msgspec.to_builtins(decode_kept(file.read_bytes(), Manifest))
    del ledger["identities"]
    file.write_bytes(encode_kept(ledger))
    kept = decode_kept(file.read_bytes(), Manifest)
    assert kept is not None
    assert kept.entries


def test_a_newer_program_tells_once_for_the_whole_site_what_its_zone_renames(site: SiteBench) -> None:
    with_zone(site, "Europe/Berlin").build()
    forget_identities(site)
    site.build(force=True)
    (problem,) = site.report.problems if site.report else ()
    assert (problem.file, problem.code, problem.line) == ("site.toml", "identity-changed", 2)
    assert "2 items" in problem.message
    assert problem.hint == 'to keep them, write identity_zone = "Europe/Berlin" in [feeds]'
    site.edit("site.toml", "sponsor_every", 'identity_zone = "Europe/Berlin"\nsponsor_every')
    forget_identities(site)
    site.build(force=True).expect_report("")


def test_a_newer_program_is_silent_on_a_site_in_utc(site: SiteBench) -> None:
    forget_identities(site)
    site.build(force=True).expect_report("")


def renamed(site: SiteBench) -> list[LocatedProblem]:
    """What the last build said of identities."""
    return [problem for problem in site.report.problems if problem.code == "identity-changed"] if site.report else []


@pytest.mark.parametrize(
    ("old", "new", "was"),
    [
        ("published: '2026-05-03T23:30:00'", "published: '2026-05-04T00:30:00'", "2026-05-03:article:late"),
        ("published: '2026-05-03T23:30:00'", "published: '2026-05-02'", "2026-05-03:article:late"),
        ("title: Late", "title: Late\nid: later", "2026-05-03:article:late"),
        ("title: Late", "title: Later still\nid: later", "2026-05-03:article:late"),
    ],
)
def test_what_renames_an_article_is_told_with_the_line_that_keeps_it(
    site: SiteBench, old: str, new: str, was: str
) -> None:
    before = identities(site)
    site.edit("content/articles/late.md", old, new).build().expect_built()
    (problem,) = renamed(site)
    assert problem.file == "content/articles/late.md"
    assert problem.line
    line = problem.hint.partition("add the line: ")[2]
    assert line == f'guid: "tag:bench.example,{was}"'

    site.edit("content/articles/late.md", "title:", f"{line}\ntitle:").build()
    assert {path: set(found) for path, found in identities(site).items()} == {
        path: set(found) for path, found in before.items()
    }


def test_a_file_that_is_renamed_is_told_too(site: SiteBench) -> None:
    site.rename("content/articles/late.md", "content/articles/2026/later.md").build().expect_built()
    (problem,) = renamed(site)
    assert problem.file == "content/articles/2026/later.md"
    assert problem.hint.endswith('guid: "tag:bench.example,2026-05-03:article:late"')


def test_what_renames_no_article_is_not_told(site: SiteBench) -> None:
    site.edit("content/articles/late.md", "23:30:00", "01:10:00")
    site.edit("content/articles/early.md", "title: Early", "title: Earlier\nslug: earlier")
    site.remove("content/articles/utc.md").write("content/articles/new.md", article("New", 9))
    site.rename("content/articles/day.md", "content/articles/2026/day.md")
    site.build().expect_built()
    assert renamed(site) == []


def test_a_strict_build_publishes_no_renamed_item(site: SiteBench) -> None:
    before = site.files()
    site.edit("content/articles/late.md", "2026-05-03T23", "2026-05-02T23").build(strict=True).expect_refused()
    assert site.files() == before


def test_it_is_told_until_something_else_is_built(site: SiteBench) -> None:
    site.edit("content/articles/late.md", "2026-05-03T23", "2026-05-02T23").build().expect_built()
    assert "identity-changed" in site.problems
    site.edit("content/articles/utc.md", "In UTC", "In the zone UTC").build().expect_built().expect_report("")


def test_changes_and_campaigns_that_are_renamed_are_told_once_per_record(site: SiteBench) -> None:
    site.edit("content/stories/flood.md", "published: 2026-05-01", "published: 2026-04-30")
    site.edit("content/sponsors/acme.md", "starts: 2026-05-01", "starts: 2026-05-02")
    site.build().expect_built()
    told = {problem.file: problem for problem in (site.report.problems if site.report else ())}
    assert set(told) == {"content/stories/flood.md", "content/sponsors/acme.md"}
    assert {problem.code for problem in told.values()} == {"identity-changed"}
    assert "set 'published' back" in told["content/stories/flood.md"].hint
    assert "set 'starts' back" in told["content/sponsors/acme.md"].hint


def test_another_host_is_told_once_for_the_whole_site(site: SiteBench) -> None:
    before = identities(site)
    site.edit("site.toml", "bench.example", "other.example").build().expect_built()
    (problem,) = site.report.problems if site.report else ()
    assert (problem.file, problem.code, problem.line) == ("site.toml", "identity-changed", 4)
    assert problem.hint == 'to keep them, add authority = "bench.example" to [feeds]'
    site.edit("site.toml", "sponsor_every", 'authority = "bench.example"\nsponsor_every').build()
    assert identities(site) == before


def test_a_check_and_a_preview_compare_with_what_readers_have(site: SiteBench) -> None:
    site.edit("content/articles/late.md", "2026-05-03T23", "2026-05-02T23")
    for _ in range(2):
        request = Request(root=site.root, output=site.root, now=NOW, workers=1)
        codes = [problem.code for problem in check_site(request, progress=be_silent).problems]
        assert codes.count("identity-changed") == 1
        site.build(output=site.root / ".newsprint/preview")
        assert "identity-changed" in site.problems
    site.build()
    site.build(output=site.root / ".newsprint/preview").expect_report("")


# Guids of other systems


GUIDS = {
    "https://old.example/2026/05/a.html": None,
    "https://old.example/?p=1&x='y'": None,
    "tag:old.example,2020-01-01:/a": None,
    "urn:uuid:60a76c80-d399-11d9-b93c-0003939e0af6": None,
    "http://old.example/ü": None,
    "1234": "tag:bench.example,2026:guid:1234",
    "post 12, <b>&amp;</b>": "tag:bench.example,2026:guid:post%2012%2C%20%3Cb%3E%26amp%3B%3C%2Fb%3E",
    "/2026/05/a": "tag:bench.example,2026:guid:%2F2026%2F05%2Fa",
    "例": "tag:bench.example,2026:guid:%E4%BE%8B",
    "https://old.example/a b|%": "tag:bench.example,2026:guid:https%3A%2F%2Fold.example%2Fa%20b%7C%25",
}


@pytest.mark.parametrize(("guid", "in_atom"), GUIDS.items())
def test_a_guid_goes_into_every_format_as_its_readers_take_it(tmp_path: Path, guid: str, in_atom: str | None) -> None:
    site = SiteBench(tmp_path / "site").write_all(SMALL)
    site.write("content/articles/a1.md", article("A", 1, guid=guid)).build(strict=True).expect_built()
    for path, found in identities(site).items():
        assert found == [in_atom or guid if path.endswith("atom.xml") else guid], path
    assert b'isPermaLink="false"' in site.files()["feed.xml"]
    checked = check_site(Request(root=site.root, output=site.root, now=NOW, workers=1), progress=be_silent)
    assert {"unequal-feeds", "faulty-feed", "broken-link"}.isdisjoint(one.code for one in checked.problems)


@pytest.mark.parametrize("guid", ["", " ", " a", "a ", "a\nb", "a\tb\n", 12, True, None, ["a"], "a\x00b", "a" * 2001])
def test_what_no_reader_could_keep_is_no_guid(tmp_path: Path, guid: object) -> None:
    site = SiteBench(tmp_path / "site").write_all(SMALL)
    site.write("content/articles/a1.md", article("A", 1, guid=guid)).build(strict=True).expect_refused()
    assert "content/articles/a1.md:" in site.problems


@pytest.mark.parametrize("guid", ["1234", "tag:bench.example,2026-05-02:article:b1"])
def test_no_two_articles_have_one_guid(tmp_path: Path, guid: str) -> None:
    site = SiteBench(tmp_path / "site").write_all(SMALL)
    site.write("content/articles/a1.md", article("A", 1, guid="1234", draft=True))
    site.write("content/articles/b1.md", article("B", 2))
    site.write("content/articles/c1.md", article("C", 3, guid=guid)).build().expect_refused()
    assert site.problems.startswith("content/articles/c1.md:")
    assert site.problems.count("[duplicate-guid]") == 1
    site.build(keep_going=True).expect_built()
    assert ids(site.files()["feed.xml"], "feed.xml") == ["tag:bench.example,2026-05-02:article:b1"]


@given(st.text(min_size=1))
def test_the_guid_can_be_read_from_what_atom_has(guid: str) -> None:
    if guid.encode(errors="ignore").decode() == guid and not guid.startswith("tag:"):
        assert guid_of(atom_id(guid, "w.example")) == guid
