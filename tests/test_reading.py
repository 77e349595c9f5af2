"""Files of others: regular ones only, and no more of them than a limit."""

import difflib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from nesting import nest_folders

from generator.digest import digest_bytes
from generator.errors import PublishError, ThemeError, nearest
from generator.importers.folder import OldFolder
from generator.load import BuildCache
from generator.names import Digest, OutputPath
from generator.publish import Folder, read_kept, read_manifest, write_kept
from generator.publish.lock import HOLDER_NAME, lock_site
from generator.publish.writer import hold_staging
from generator.reach import Reach
from generator.reading import LargeFileError, list_files, read_regular
from generator.rendition_cache import RenditionCache
from generator.theme.chain import find_links_out, read_chain


@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 100_000])
def test_a_file_is_read_whole_or_not_at_all(tmp_path: Path, size: int) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)
    assert read_regular(tmp_path / "a", max_bytes=max(size, 1)) == b"x" * size
    if size:
        with pytest.raises(LargeFileError, match="more than"):
            read_regular(tmp_path / "a", max_bytes=size - 1)


def test_of_a_file_that_is_too_large_nothing_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "a").open("wb") as file:
        file.truncate(10**12)
    monkeypatch.setattr(os, "read", None)
    with pytest.raises(LargeFileError):
        read_regular(tmp_path / "a", max_bytes=10**9)


@pytest.mark.parametrize("place", ["/dev/zero", "fifo", "folder", "link"])
def test_nothing_but_a_regular_file_is_read(tmp_path: Path, place: str) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link").symlink_to("/dev/zero")
    with pytest.raises(OSError, match=r"regular file|directory"):
        read_regular(tmp_path / place, max_bytes=100)


def test_files_are_listed_at_any_depth_without_links_to_folders(tmp_path: Path) -> None:
    for name in ("b", "a/z", "a/b/c", ".hidden", ".git/x"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    for name, target in {"a/link": "../b", "a/loop": "loop", "a/up": "..", "a/gone": "nowhere"}.items():
        (tmp_path / name).symlink_to(target)
    os.mkfifo(tmp_path / "fifo")
    assert list_files(tmp_path) == ["a/b/c", "a/link", "a/z", "b"]
    assert list_files(tmp_path / "nowhere") == list_files(tmp_path / "b") == []


# A FIFO in the place of what a build reads; opening one waits for a writer


def read_ledger(state: Path) -> None:
    with pytest.raises(PublishError, match="not a regular file"):
        read_manifest(state)


def read_journal(state: Path) -> None:
    with pytest.raises(OSError, match="not a regular file"), hold_staging(Folder(state.parent / "public", state)):
        pass


def write_ledger(state: Path) -> None:
    write_kept(state / "ledger", 1)
    assert read_kept(state / "ledger", int) == 1


def read_output(state: Path) -> None:
    with pytest.raises(OSError, match="not a regular file"):
        Folder(state, state).read(OutputPath("index.html"))


def hold_lock(state: Path) -> None:
    with lock_site(state.parent, by="a build"):
        assert (state / HOLDER_NAME).is_file()


def open_cache(state: Path) -> None:
    cache = BuildCache(state / "memory.sqlite", Digest("x"))
    assert cache.is_remade
    cache.close()


def read_theme(state: Path) -> None:
    (state.parent / "themes/mine/templates").mkdir(parents=True)
    (state.parent / "themes/mine/theme.toml").write_text('title = "x"')
    os.mkfifo(state.parent / "themes/mine/templates/page.html")
    assert read_chain(Reach(state.parent), "mine")[0].templates == {}


def read_theme_file(state: Path) -> None:
    (state.parent / "themes/mine").mkdir(parents=True)
    os.mkfifo(state.parent / "themes/mine/theme.toml")
    with pytest.raises(ThemeError):
        read_chain(Reach(state.parent), "mine")


READERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "the manifest": ("ledger", read_ledger),
    "the draft of the manifest": ("ledger.new", write_ledger),
    "the journal": ("journal", read_journal),
    "an output": ("index.html", read_output),
    "the holder of the lock": ("holder", hold_lock),
    "the cache": ("memory.sqlite", open_cache),
    "the journal of the cache": ("memory.sqlite-journal", open_cache),
    "a rendition": (
        "renditions/" + digest_bytes(b"x"),
        lambda state: RenditionCache(state.parent).get(digest_bytes(b"x")),
    ),
    "a template": ("x", read_theme),
    "theme.toml": ("x", read_theme_file),
    "a file of another system": ("x", lambda state: OldFolder(state).read("x")),
}


@pytest.mark.parametrize("name", READERS)
def test_a_fifo_stops_no_build(tmp_path: Path, name: str) -> None:
    file, read = READERS[name]
    state = tmp_path / "site/.newsprint"
    (state / file).parent.mkdir(parents=True)
    os.mkfifo(state / file)
    read(state)


def test_a_theme_whose_folders_nest_too_deeply_is_refused(tmp_path: Path) -> None:
    top = tmp_path / "themes/mine/assets"
    top.mkdir(parents=True)
    (tmp_path / "themes/mine/theme.toml").write_text('title = "x"')
    nest_folders(top, "d" * 250, 20)
    with pytest.raises(ThemeError, match="nest deeper"):
        read_chain(Reach(tmp_path), "mine")


def test_folders_of_a_theme_may_nest_deeper_than_functions_can(tmp_path: Path) -> None:
    top = tmp_path / "themes/mine/assets"
    top.mkdir(parents=True)
    (tmp_path / "themes/mine/theme.toml").write_text('title = "x"')
    nest_folders(top, "d", 1200)
    layers = read_chain(Reach(tmp_path), "mine")
    assert list(find_links_out(layers, tmp_path)) == []
    subprocess.run(["rm", "-rf", str(top)], check=True)  # deeper than pytest's own clearing can go, too


def test_of_many_names_a_limited_number_is_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    compared, compare = [], difflib.get_close_matches

    def count(word: str, names: list[str], n: int, cutoff: float) -> list[str]:
        compared.append(len(names))
        return compare(word, names, n, cutoff)

    monkeypatch.setattr(difflib, "get_close_matches", count)
    assert nearest("picture-70000.jpg", [f"picture-{number}.png" for number in range(100_000)]) == "picture-70000.png"
    assert nearest("zzz", [f"picture-{number}.png" for number in range(100_000)]) is None
    assert max(compared) <= 1000
