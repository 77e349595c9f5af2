"""Finding record files, whatever else lies there."""

import os
import subprocess
from pathlib import Path

import pytest
from nesting import nest_folders

from generator.load.files import RACY_NS, Scan, Stat, find_clashes, scan_content
from generator.reach import Reach


def found_in(root: Path) -> tuple[list[str], list[tuple[str, str, str]]]:
    """The paths of the records, and each problem's code, severity and message."""
    scan = scan_content(root)
    return [file.path for file in scan.records], [(one.code, one.severity, one.message) for one in scan.problems]


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "content" / "articles"
    folder.mkdir(parents=True)
    return folder


def test_records_are_found_at_any_depth_and_sorted_by_path(tmp_path: Path, articles: Path) -> None:
    for name in ("b.md", "a/z.md", "a/b/c.md", "a.md", "picture.png", ".hidden.md", ".git/x.md"):
        (articles / name).parent.mkdir(parents=True, exist_ok=True)
        (articles / name).write_text("x")
    paths = [f"content/articles/{name}" for name in ("a.md", "a/b/c.md", "a/z.md", "b.md")]
    assert found_in(tmp_path) == (paths, [])


def test_a_folder_may_be_named_like_a_record(tmp_path: Path, articles: Path) -> None:
    (articles / "x.md").mkdir()
    (articles / "x.md" / "y.md").write_text("x")
    assert found_in(tmp_path) == (["content/articles/x.md/y.md"], [])


def test_folders_may_nest_deeper_than_functions_can(tmp_path: Path, articles: Path) -> None:
    nest_folders(articles, "d", 1200)
    assert found_in(tmp_path) == ([], [])
    subprocess.run(["rm", "-rf", str(articles)], check=True)  # deeper than pytest's own clearing can go, too


def test_a_linked_record_is_read(tmp_path: Path, articles: Path) -> None:
    (tmp_path / "elsewhere.md").write_text("x")
    (articles / "a.md").symlink_to(tmp_path / "elsewhere.md")
    assert found_in(tmp_path) == (["content/articles/a.md"], [])


def test_a_link_that_leads_to_no_file_is_a_problem(tmp_path: Path, articles: Path) -> None:
    message = "cannot be read: the symbolic link is broken"
    (articles / "a.md").symlink_to(tmp_path / "nowhere.md")
    assert found_in(tmp_path) == ([], [("unreadable-file", "error", message)])


def test_what_is_no_file_is_a_problem(tmp_path: Path, articles: Path) -> None:
    os.mkfifo(articles / "a.md")
    assert found_in(tmp_path) == ([], [("unreadable-file", "error", "cannot be read: it is not a file")])


def test_a_link_to_a_folder_is_not_followed_and_said(tmp_path: Path, articles: Path) -> None:
    (articles / "loop").symlink_to("..")
    message = "symbolic links to folders are not followed, so nothing in it is read"
    assert found_in(tmp_path) == ([], [("unknown-folder", "warning", message)])


def test_a_kinds_folder_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "a.md").write_text("x")
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "articles").symlink_to(tmp_path / "notes")
    assert found_in(tmp_path) == (["content/articles/a.md"], [])


def test_a_name_that_is_not_utf8_is_a_problem(tmp_path: Path, articles: Path) -> None:
    try:
        (articles / os.fsdecode(b"caf\xe9.md")).write_text("x")
    except OSError:
        pytest.skip("this file system takes UTF-8 only")
    assert found_in(tmp_path) == ([], [("unusable-name", "error", "the file's name is not UTF-8")])


def test_a_link_to_itself_is_a_problem_and_no_crash(tmp_path: Path) -> None:
    folder = tmp_path / "content/articles"
    folder.mkdir(parents=True)
    (folder / "loop.md").symlink_to(folder / "loop.md")
    scan = scan_content(tmp_path)
    assert scan.records == []
    assert [problem.code for problem in scan.problems] == ["unreadable-file"]


@pytest.mark.parametrize("folder", ["content/articles", "content/media", "content/other"])
def test_folders_that_nest_deeper_than_the_system_allows_are_said(tmp_path: Path, folder: str) -> None:
    top = tmp_path / folder
    top.mkdir(parents=True)
    nest_folders(top, "d" * 250, 20)
    (problem,) = scan_content(tmp_path).problems
    assert problem.is_error == (folder == "content/articles")
    assert len(problem.file) < 300
    assert ("nest deeper" in problem.message) == (folder != "content/other")
    subprocess.run(["rm", "-rf", str(top)], check=True)


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (("Chip.png", "chip.png"), "similar-name"),
        (("straße.png", "strasse.png"), "similar-name"),
        (("STRASSE.png", "straße.png"), "similar-name"),
        (("größe.png", "grÖße.png"), "similar-name"),
        (("gro\u0308ße.png", "GRÖSSE.png"), "similar-name"),
        (("gro\u0308ße.png", "größe.png"), "name-clash"),
        (("gro\u0308ße.md", "größe.md"), None),
        (("strase.png", "strasse.png"), None),
    ],
)
def test_names_that_some_systems_take_for_one_are_said(names: tuple[str, str], code: str | None) -> None:
    for order in (names, names[::-1]):
        problems = list(find_clashes([f"content/media/{name}" for name in (*order, "other.png")]))
        assert [problem.code for problem in problems] == ([code] if code else [])


# What is no record


def test_all_other_files_of_known_folders_are_seen_too(tmp_path: Path, articles: Path) -> None:
    names = ("articles/chip.png", "articles/a/chip.png", "media/a/b/chip.png", "media/notes.md", "media/.hidden.png")
    for name in (*names, "articles/a.md", "other/chip.png"):
        (tmp_path / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / name).write_text("x")
    scan = scan_content(tmp_path)
    assert [file.path for file in scan.records] == ["content/articles/a.md"]
    assert scan.others == {f"content/{name}": Stat.of((tmp_path / "content" / name).stat()) for name in names[:-1]}


def test_a_link_beside_records_is_seen_as_what_it_leads_to(tmp_path: Path, articles: Path) -> None:
    (tmp_path / "elsewhere.png").write_text("picture")
    (articles / "a.png").symlink_to(tmp_path / "elsewhere.png")
    (articles / "gone.png").symlink_to(tmp_path / "nowhere.png")
    assert scan_content(tmp_path).others == {"content/articles/a.png": Stat.of((tmp_path / "elsewhere.png").stat())}


@pytest.mark.parametrize("name", ["articles/a.md", "media/chip.png"])
def test_a_scan_is_settled_when_every_file_changed_long_enough_ago(tmp_path: Path, name: str) -> None:
    file = tmp_path / "content" / name
    file.parent.mkdir(parents=True)
    file.write_text("x")
    scan, changed_ns = scan_content(tmp_path), Stat.of(file.stat()).inode_changed_ns
    assert not scan.is_settled(changed_ns)
    assert not scan.is_settled(changed_ns + RACY_NS)
    assert scan.is_settled(changed_ns + RACY_NS + 1)
    assert Scan(Reach(Path()), [], {}, [], []).is_settled(0)
