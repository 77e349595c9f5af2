"""A build that finds nothing changed ends before it loads anything, and never where something did."""

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from PIL import Image

from generator.build import corridor
from generator.load import files
from generator.publish import BuildStamp, read_stamp, state_folder
from sitebench import NOW, SiteBench, article

pytestmark = pytest.mark.slow

SECOND = timedelta(seconds=1)
STANDING = BuildStamp(
    sources="s",  # type: ignore[arg-type]
    built=NOW,
    until=NOW + 9 * SECOND,
    read=1,
    withheld={},
    problems=(),
    left_out=(),
)


@pytest.mark.parametrize(
    ("sources", "later", "holds"),
    [("s", 0, True), ("s", 8, True), ("s", 9, False), ("s", -1, False), ("other", 0, False)],
)
def test_a_standing_holds_for_its_sources_from_its_build_until_time_changes_the_site(
    sources: str, later: int, holds: bool
) -> None:
    assert STANDING.holds(sources, NOW + later * SECOND) is holds  # type: ignore[arg-type]


def test_a_standing_without_an_end_holds_for_ever() -> None:
    endless = BuildStamp(sources=STANDING.sources, built=NOW, until=None, read=1, withheld={}, problems=(), left_out=())
    assert endless.holds(STANDING.sources, NOW + timedelta(days=99999))


def picture(colour: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", (8, 4), colour).save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def settle(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let so much time go by that the stats of files tell whether they changed; here 20 ms are enough."""
    monkeypatch.setattr(files, "RACY_NS", 20_000_000)
    return lambda: time.sleep(0.03)


@pytest.fixture
def settled(bench: SiteBench, settle: Callable[[], None]) -> SiteBench:
    """A site that was built after its files had come to rest."""
    bench.write("content/media/chip.png", picture("red"))
    bench.write("content/articles/a1.md", article("One", 1, image={"src": "chip.png", "alt": "A chip"}))
    bench.write("content/articles/waits.md", article("It waits", 1, published="2026-06-20T00:00:00Z"))
    bench.write("content/articles/a2.md", article("Two", 2, body="[x](article:a1#nowhere)"))
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n').edit("site.toml", '"base"', '"mine"')
    settle()
    return bench.build().expect_built()


def loads(bench: SiteBench, monkeypatch: pytest.MonkeyPatch, **options: object) -> bool:
    """Build, and say whether the records were loaded for it."""
    calls = []
    load = corridor.load_records

    def noted(*given: object) -> object:
        calls.append(given)
        return load(*given)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(corridor, "load_records", noted)
        bench.build(**options)
    return bool(calls)


def test_nothing_is_loaded_where_nothing_changed_and_the_report_is_the_same(
    settled: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, before, problems = settled.report, settled.files(), settled.problems
    assert not loads(settled, monkeypatch)
    assert first is not None
    assert settled.report is not None
    assert (settled.report.read, settled.report.kept, settled.report.rendered) == (first.read, len(before), 0)
    assert set(settled.report.reasons) == set(before)
    assert "[unusable-link]" in problems
    assert settled.problems == problems
    assert settled.files() == before


CHANGES: dict[str, Callable[[SiteBench], object]] = {
    "a record": lambda bench: bench.edit("content/articles/a2.md", "Two", "Too"),
    "a new record": lambda bench: bench.write("content/articles/a9.md", article("Nine", 9)),
    "a record gone": lambda bench: bench.remove("content/articles/a3.md"),
    "a picture": lambda bench: bench.write("content/media/chip.png", picture("blue")),
    "a picture beside the record": lambda bench: bench.write("content/articles/chip.png", picture("blue")),
    "the config": lambda bench: bench.edit("site.toml", "Bench News", "Other News"),
    "the theme": lambda bench: bench.write("themes/mine/assets/style.css", "b {}"),
    "a template": lambda bench: bench.write("themes/mine/templates/page.html", '{% extends "parent:page.html" %}'),
    "a folder of no kind": lambda bench: bench.write("content/artikles/a.md", "x"),
    "an output": lambda bench: (bench.output / "index.html").write_text("altered"),
    "an output gone": lambda bench: (bench.output / "index.html").unlink(),
    "the manifest gone": lambda bench: next(bench.root.glob(".newsprint/outputs/*/ledger")).unlink(),
}


@pytest.mark.parametrize("name", CHANGES)
def test_whatever_changed_is_seen(settled: SiteBench, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    CHANGES[name](settled)
    assert loads(settled, monkeypatch)
    settled.expect_built().expect_same_as_clean_build()


def test_an_edit_that_keeps_size_and_time_is_seen(settled: SiteBench, monkeypatch: pytest.MonkeyPatch) -> None:
    file = settled.root / "content/articles/a2.md"
    stat = file.stat()
    file.write_text(file.read_text().replace("Two", "Too"))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert loads(settled, monkeypatch)
    settled.expect_same_as_clean_build()


@pytest.mark.parametrize("options", [{"drafts": True}, {"future": True}, {"keep_going": True}, {"force": True}])
def test_another_request_is_another_build(
    settled: SiteBench, monkeypatch: pytest.MonkeyPatch, options: dict[str, bool]
) -> None:
    assert loads(settled, monkeypatch, **options)


def test_a_strict_build_refuses_what_another_let_pass(settled: SiteBench) -> None:
    settled.build(strict=True).expect_refused()


def test_time_that_changes_the_site_is_seen_and_no_other(settled: SiteBench, monkeypatch: pytest.MonkeyPatch) -> None:
    turn = datetime(2026, 6, 20, tzinfo=UTC)
    assert not loads(settled, monkeypatch, now=turn - SECOND)
    assert loads(settled, monkeypatch, now=turn)
    assert (settled.output / "news/chips/waits/index.html").exists()
    no_news = turn + timedelta(days=2)
    assert not loads(settled, monkeypatch, now=no_news - SECOND)
    assert loads(settled, monkeypatch, now=no_news)
    assert not (settled.output / "news-sitemap.xml").exists()
    assert not loads(settled, monkeypatch, now=turn + timedelta(days=9999))
    assert loads(settled, monkeypatch, now=turn - SECOND), "a clock that was put back"
    assert not (settled.output / "news/chips/waits").exists()


def test_files_that_just_changed_are_looked_at_again(bench: SiteBench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.build().expect_built()
    assert loads(bench, monkeypatch)


def test_a_refused_build_leaves_the_standing_of_the_site_that_is_there(
    settled: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = settled.root / "content/articles/a2.md"
    moved = file.rename(settled.root / "a2.md")
    settled.write("content/articles/a2.md", "no record").build().expect_refused()
    moved.rename(file)
    settled.build().expect_rendered().expect_same_as_clean_build()


@pytest.mark.parametrize("place", ["content/media/.hidden/new.png", "content/new.png", "content/other/new.png"])
def test_a_picture_that_comes_where_no_scan_looks_is_found_all_the_same(
    bench: SiteBench, settle: Callable[[], None], place: str
) -> None:
    src = os.path.relpath(place, "content/media" if "media" in place else "content/articles")
    bench.write("content/articles/a1.md", article("One", 1, image={"src": src, "alt": "A chip"}))
    (bench.root / place).parent.mkdir(parents=True, exist_ok=True)
    settle()
    bench.build(keep_going=True).expect_built()
    assert "[missing-image]" in bench.problems
    bench.write(place, picture("red")).build(keep_going=True)
    assert "[missing-image]" not in bench.problems
    settle()
    bench.build(keep_going=True)
    bench.write(place, picture("blue")).build(keep_going=True).expect_same_as_clean_build(keep_going=True)


def test_a_picture_behind_a_link_is_looked_at_in_every_build(bench: SiteBench, settle: Callable[[], None]) -> None:
    (bench.root / "pictures").mkdir()
    (bench.root / "pictures/chip.png").write_bytes(picture("red"))
    (bench.root / "content/media").mkdir()
    (bench.root / "content/media/linked").symlink_to(bench.root / "pictures")
    bench.write("content/articles/a1.md", article("One", 1, image={"src": "linked/chip.png", "alt": "A chip"}))
    settle()
    bench.build().expect_built()
    (bench.root / "pictures/chip.png").write_bytes(picture("blue"))
    bench.build().expect_built()
    assert "news/chips/a1/index.html" in bench.rendered


def test_a_picture_that_comes_into_a_linked_folder_is_found(bench: SiteBench, settle: Callable[[], None]) -> None:
    (bench.root / "pictures").mkdir()
    (bench.root / "content/articles/maps").symlink_to(bench.root / "pictures")
    bench.write("content/media/maps/chip.png", picture("red"))
    bench.write("content/articles/a1.md", article("One", 1, image={"src": "maps/chip.png", "alt": "A chip"}))
    settle()
    bench.build().expect_built()
    (bench.root / "pictures/chip.png").write_bytes(picture("blue"))
    bench.build().expect_built()
    assert "news/chips/a1/index.html" in bench.rendered


@pytest.mark.parametrize("place", ["content/media/caf\udce9.png", "content/caf\udce9"])
def test_files_whose_names_are_not_utf8_are_seen_too(bench: SiteBench, settle: Callable[[], None], place: str) -> None:
    try:
        bench.write(place, "x")
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    settle()
    bench.build().expect_built()
    problems = bench.problems
    bench.build().expect_rendered().expect_report(problems)
    (bench.root / place).unlink()
    bench.build().expect_rendered().expect_same_as_clean_build()


def test_a_build_that_finds_nothing_changed_clears_what_a_killed_one_staged(
    settled: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = settled.files()
    settled.write("public/.newsprint-staging/new/about/index.html", "half a page")
    assert not loads(settled, monkeypatch)
    assert settled.files() == before


@pytest.mark.parametrize("data", [b"", b"no standing", b"\xff" * 99, b"\x82\xa6ledger\xa4\xff\xff\xff\xff"])
def test_a_standing_that_cannot_be_read_is_none(settled: SiteBench, data: bytes) -> None:
    state = state_folder(settled.root, settled.output)
    assert read_stamp(state) is not None
    (state / "standing").write_bytes(data)
    assert read_stamp(state) is None
    settled.build().expect_rendered()


def test_each_output_folder_has_its_own_standing(settled: SiteBench, monkeypatch: pytest.MonkeyPatch) -> None:
    other = settled.root / "other"
    assert loads(settled, monkeypatch, output=other)
    assert not loads(settled, monkeypatch)
    assert not loads(settled, monkeypatch, output=other)
