"""The power fails at any moment of publishing: files on disk are whole, and the next build makes the site right.

`powercut.c` is loaded before the C library of a real build. It ends the process at an operation on files, and first
takes back what no sync reached: the data of files, or also their new, moved and removed names.
"""

import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import ROOT
from generator.publish import durable, state_folder
from sitebench import SMALL, SiteBench, article

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not sys.platform.startswith("linux") or not shutil.which("cc"), reason="needs Linux and cc"),
]

CUT_OFF = 99
CUTS = 5
STAGED = ".newsprint-staging/"


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("shim") / "powercut.so"
    source = ROOT / "tests/powercut.c"
    subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", made, source, "-ldl"], check=True)
    return made


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> SiteBench:
    """A built site, and then edits of every sort: add, rename, move, delete."""
    bench = SiteBench(tmp_path_factory.mktemp("power") / "site").write_all(SMALL)
    for day in range(1, 6):
        bench.write(f"content/articles/a{day}.md", article(f"Chip news {day}", day))
    bench.edit("site.toml", "[images]", "[outputs]\natom = false\njson_feed = false\n\n[images]").build().expect_built()
    bench.remove("content/articles/a2.md").edit("content/articles/a1.md", "Chip news 1", "Chip news one")
    bench.write("content/articles/a6.md", article("Chip news 6", 6))
    bench.edit("content/articles/a3.md", "topic: chips", "topic: space")
    return bench.rename("content/articles/a4.md", "content/articles/renamed.md").lend_theme()


@pytest.fixture(scope="module")
def after(prepared: SiteBench) -> dict[str, bytes]:
    clean = SiteBench(prepared.root.parent / "clean")
    shutil.copytree(prepared.root, clean.root, ignore=shutil.ignore_patterns("public", ".newsprint"))
    return clean.build().expect_built().files()


def build_until(bench: SiteBench, shim: Path, mode: str, cut: int) -> int | None:
    """Build in a process of its own; returns None if the power failed, else the number of operations on files."""
    grave, count = bench.root.parent / "grave", bench.root.parent / "count"
    grave.mkdir(exist_ok=True)
    roots = f"{bench.output}:{bench.output}.releases:{bench.root}/.newsprint/outputs"
    cutting = {"ROOTS": roots, "GRAVE": str(grave), "AT": str(cut), "MODE": mode, "COUNT": str(count)}
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", bench.root, "--workers", "1", "--now", "2026-06-10T12:00:00Z"],
        env={**os.environ, "LD_PRELOAD": str(shim), **{f"POWERCUT_{name}": value for name, value in cutting.items()}},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (0, CUT_OFF), done.stderr
    return int(count.read_text()) if done.returncode == 0 else None


def copies(prepared: SiteBench, folder: Path) -> Iterator[SiteBench]:
    for number in range(1000):
        shutil.copytree(prepared.root, folder / f"{number}/site", symlinks=True)
        yield SiteBench(folder / f"{number}/site")


@pytest.mark.parametrize("mode", ["data", "names"])
def test_a_power_cut_at_any_moment_leaves_whole_files_and_the_next_build_is_right(
    prepared: SiteBench, after: dict[str, bytes], shim: Path, tmp_path: Path, mode: str
) -> None:
    before = prepared.files()
    benches = copies(prepared, tmp_path)
    count = build_until(next(benches), shim, mode, -1)
    assert count is not None
    assert count > 60
    for cut in sorted({count - 1, count - 2, *random.Random(mode).sample(range(count), CUTS)}):
        bench = next(benches)
        assert build_until(bench, shim, mode, cut) is None
        for path, data in bench.files().items():
            assert path.startswith(STAGED) or data in (before.get(path), after.get(path)), f"{path} at {cut}"
        assert bench.build().expect_built().files() == after, cut
        bench.build().expect_rendered()


def test_a_power_cut_leaves_a_whole_release_live_and_the_next_build_is_right(
    prepared: SiteBench, after: dict[str, bytes], shim: Path, tmp_path: Path
) -> None:
    shutil.copytree(prepared.root, tmp_path / "site")
    base = SiteBench(tmp_path / "site").edit("site.toml", "[images]", '[publish]\nmode = "release"\n\n[images]')
    base.edit("content/articles/a1.md", "Chip news one", "Chip news 1").build().expect_built().lend_theme()
    base.edit("content/articles/a1.md", "Chip news 1", "Chip news one")
    before, benches = base.files(), copies(base, tmp_path)
    count = build_until(next(benches), shim, "names", -1)
    assert count is not None
    seen = set()
    for cut in (count // 2, count - 9, count - 2):
        bench = next(benches)
        assert build_until(bench, shim, "names", cut) is None
        seen.add(bench.output.readlink().name)
        assert bench.files() == (before if bench.output.readlink().name == "2" else after), cut
        assert bench.build().expect_built().files() == after, cut
        assert sorted(path.name for path in (bench.root / "public.releases").iterdir()) == ["1", "2", "3"]
    assert seen == {"2", "3"}


def test_a_first_build_that_the_power_cut_leaves_no_half_a_file(
    prepared: SiteBench, after: dict[str, bytes], shim: Path, tmp_path: Path
) -> None:
    benches = copies(prepared, tmp_path)
    for cut in (60, 80, 100):
        bench = next(benches)
        shutil.rmtree(bench.output)
        shutil.rmtree(state_folder(bench.root, bench.output))
        if build_until(bench, shim, "data", cut) is None:
            assert all(path.startswith(STAGED) or data == after[path] for path, data in bench.files().items())
        assert bench.build().expect_built().files() == after


def test_a_system_without_syncfs_syncs_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    called: list[None] = []
    monkeypatch.setattr(durable, "_find_syncfs", lambda: None)
    monkeypatch.setattr(os, "sync", lambda: called.append(None))
    durable.sync_file_system(tmp_path)
    assert called == [None]
