"""What of a site is watched, and what is told of it."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from generator.watch.changes import is_source, list_folders, watch_site
from sitebench import SiteBench


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("site.toml", True),
        ("content/articles/a.md", True),
        ("content/media/a.png", True),
        ("themes/mine/templates/page.html", True),
        ("themes", True),
        ("public/index.html", False),
        (".newsprint/preview/index.html", False),
        ("content/articles/.a.md.swp", False),
        ("content/articles/a.md~", False),
        ("content/articles/4913", False),
        ("content/articles/#a.md#", False),
        ("content/.git/index", False),
        ("content/articles/a.md___jb_tmp___", False),
        ("other/site.toml", False),
        (".", False),
    ],
)
def test_what_a_build_reads_is_told_from_what_editors_and_builds_leave(path: str, is_one: bool) -> None:
    assert is_source(path) == is_one


def test_folders_of_records_and_themes_are_watched_and_no_others(bench: SiteBench, tmp_path: Path) -> None:
    elsewhere = SiteBench(tmp_path / "theme").write("templates/page.html", "")
    bench.write("public/news/index.html", "").write(".newsprint/x", "").write("content/.git/x", "")
    bench.write("themes/mine/theme.toml", "")
    (bench.root / "themes/linked").symlink_to(elsewhere.root)
    (bench.root / "content/articles/round").symlink_to(bench.root / "content")
    kinds = ("articles", "entities", "pages", "sources", "topics")
    inner = ["content", *(f"content/{kind}" for kind in kinds)]
    themes = ["themes", "themes/mine", "themes/linked", "themes/linked/templates"]
    assert set(list_folders(bench.root)) == {bench.root, *(bench.root / path for path in (*inner, *themes))}


def replace_config(bench: SiteBench) -> None:
    bench.write("site.toml.new", "x").rename("site.toml.new", "site.toml")


def fill_new_folder(bench: SiteBench) -> None:
    bench.write("content/articles/2027/01/new.md", "x")


CHANGES: dict[str, tuple[Callable[[SiteBench], object], str]] = {
    "an edit": (lambda bench: bench.write("content/articles/a1.md", "x"), "content/articles/a1.md"),
    "a record gone": (lambda bench: bench.remove("content/articles/a2.md"), "content/articles/a2.md"),
    "a rename": (
        lambda bench: bench.rename("content/articles/a3.md", "content/articles/b.md"),
        "content/articles/b.md",
    ),
    "a config replaced": (replace_config, "site.toml"),
    "a folder gone": (lambda bench: shutil.rmtree(bench.root / "content/pages"), "content/pages"),
    "a theme that comes": (lambda bench: bench.write("themes/mine/theme.toml", "x"), "themes"),
    "a new folder": (fill_new_folder, "content/articles/2027"),
}


def told(changes: Iterator[tuple[str, ...]], path: str) -> bool:
    return any(path in next(changes) for _ in range(100))


@pytest.mark.parametrize("name", CHANGES)
def test_every_change_is_told(bench: SiteBench, name: str) -> None:
    change, path = CHANGES[name]
    changes = watch_site(bench.root, Event())
    assert next(changes) == ()
    change(bench)
    assert told(changes, path)


def test_what_comes_into_a_new_folder_later_is_told_too(bench: SiteBench) -> None:
    changes = watch_site(bench.root, Event())
    next(changes)
    fill_new_folder(bench)
    assert told(changes, "content/articles/2027")
    bench.write("content/articles/2027/01/new.md", "y")
    assert told(changes, "content/articles/2027/01/new.md")


def test_nothing_is_told_of_what_no_build_reads_and_all_ends_when_it_is_told_to(bench: SiteBench) -> None:
    stop = Event()
    changes = watch_site(bench.root, stop)
    next(changes)
    bench.write("content/articles/.a1.md.swp", "x").write("public/index.html", "x").write("notes.txt", "x")
    assert [next(changes) for _ in range(3)] == [()] * 3
    stop.set()
    assert list(changes) == []
