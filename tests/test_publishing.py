"""Moving into place: whole or not at all, and no dead link at any instant."""

import errno
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from generator.build import Request, build
from generator.errors import PublishError
from generator.publish import lock, lock_site, state_folder, writer
from links import broken_links
from sitebench import NOW, SMALL, SiteBench, article
from waiting import wait_until

pytestmark = pytest.mark.slow

URL = "https://bench.example"


class CutOff(BaseException):
    """Stands for the process being killed: nothing catches it."""


def prepare(bench: SiteBench) -> SiteBench:
    """A built site, and then edits of every sort: add, rename, move, delete, a new look."""
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    bench.edit("site.toml", '"base"', '"mine"')
    bench.write("content/articles/a1.md", article("Chip news 1", 1, body="See [two](article:a2)."))
    bench.build().expect_built()
    bench.write("themes/mine/assets/style.css", "body { color: navy; }\n")
    bench.remove("content/articles/a2.md")
    bench.write("content/articles/a1.md", article("Chip news 1", 1, body="See [six](article:a6)."))
    bench.write("content/articles/a6.md", article("Chip news 6", 6, body="See [three](article:a3)."))
    bench.edit("content/articles/a3.md", "topic: chips", "topic: space")
    return bench.rename("content/articles/a4.md", "content/articles/renamed.md")


def test_at_every_instant_each_link_of_the_visible_site_resolves(
    bench: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepare(bench)
    seen: list[set[tuple[str, str]]] = []
    replace, unlink = os.replace, os.unlink

    def looked_at_replace(file: str | Path, target: str | Path, **folders: int) -> None:
        replace(file, target, **folders)
        seen.append(broken_links(bench.output, URL, start="index.html"))

    def looked_at_unlink(file: str | Path, **folders: int) -> None:
        unlink(file, **folders)
        seen.append(broken_links(bench.output, URL, start="index.html"))

    monkeypatch.setattr(os, "replace", looked_at_replace)
    monkeypatch.setattr(os, "unlink", looked_at_unlink)
    bench.build().expect_built()
    assert len(seen) > 20
    assert [broken for broken in seen if broken] == []


def test_a_build_cut_off_at_any_move_is_finished_by_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {**SMALL, **{f"content/articles/a{day}.md": article(f"Chip news {day}", day) for day in range(1, 6)}}
    files["site.toml"] += "[outputs]\natom = false\njson_feed = false\n"  # one format is enough to be cut off in
    prepared = prepare(SiteBench(tmp_path / "prepared").write_all(files))
    before = prepared.files()
    shutil.copytree(prepared.root, tmp_path / "clean", ignore=shutil.ignore_patterns("public", ".newsprint"))
    after = SiteBench(tmp_path / "clean").build().expect_built().files()
    replace = os.replace
    for cut in range(0, 200, 2):
        shutil.copytree(prepared.root, tmp_path / f"site{cut}")
        bench, left = SiteBench(tmp_path / f"site{cut}"), cut

        def cut_replace(file: str | Path, target: str | Path, **folders: int) -> None:
            nonlocal left
            if left == 0:
                raise CutOff
            left -= 1
            replace(file, target, **folders)

        monkeypatch.setattr(os, "replace", cut_replace)
        try:
            bench.build()
        except CutOff:
            monkeypatch.undo()
            assert broken_links(bench.output, URL, start="index.html") == set()
            if cut == 0:
                staged = {path for path in bench.files() if path.startswith(".newsprint-staging/")}
                assert {path: data for path, data in bench.files().items() if path not in staged} == before
            assert bench.build().expect_built().files() == after
            bench.build().expect_rendered()
        else:
            monkeypatch.undo()
            break
    assert 15 < cut < 199


def test_a_killed_build_leaves_a_good_site_and_the_next_one_is_right(bench: SiteBench) -> None:
    bench.build().expect_built()
    before = bench.files()
    for day in range(6, 28):
        bench.write(f"content/articles/b{day}.md", article(f"More {day}", day, body="Words. " * 2000))
    command = [sys.executable, "-m", "generator", "build", str(bench.root), "--now", "2026-06-10T12:00:00Z"]
    for wait_seconds in (0.15, 0.25, 0.35, 0.45, 0.6):
        process = subprocess.Popen([*command, "--force"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait_seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert broken_links(bench.output, URL, start="index.html") == set()
        assert set(before) - {"404.html"} <= set(bench.files())
    bench.build().expect_built().expect_same_as_clean_build()


def test_a_failing_template_publishes_nothing(bench: SiteBench) -> None:
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    bench.edit("site.toml", '"base"', '"mine"').build().expect_built()
    before = bench.files()
    bench.write("themes/mine/templates/page.html", "\n{{ page.nothing_like_it }}\n").build().expect_refused()
    assert bench.problems.startswith("themes/mine/templates/page.html:2: error: ")
    assert bench.files() == before


def test_a_second_build_is_refused_while_one_does_not_end(bench: SiteBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_SECONDS", 0.0)
    bench.build().expect_built()
    for folder in (bench.root / ".newsprint", bench.output):
        held = os.open(folder, os.O_RDONLY)
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(PublishError, match=r"another (build|site)"):
            bench.build()
        os.close(held)
    bench.build().expect_built()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the children of a process are looked up in /proc")
def test_workers_of_a_killed_build_let_go_of_its_lock(bench: SiteBench) -> None:
    for number in range(200):
        bench.write(f"content/articles/n{number}.md", article(f"N {number}", 1, body="Words. " * 3000))
    command = [sys.executable, "-m", "generator", "build", str(bench.root), "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    wait_until(lambda: children.read_text().split())
    process.kill()
    assert process.wait() == -signal.SIGKILL
    with lock_site(bench.root, by="a test"):
        """Nobody holds it any more."""


def test_another_sites_folder_is_no_output_folder(bench: SiteBench, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other/site.toml").write_text("")
    with pytest.raises(PublishError, match="another site"):
        bench.build(output=tmp_path / "other")


def test_a_link_in_the_output_folder_is_refused_before_anything_moves(bench: SiteBench, tmp_path: Path) -> None:
    bench.output.mkdir()
    (bench.output / "news").symlink_to(tmp_path / "nowhere")
    with pytest.raises(PublishError, match="in the way"):
        bench.build()
    assert not (bench.output / "index.html").exists()


def test_a_path_that_leads_to_itself_is_refused(bench: SiteBench) -> None:
    (bench.root / "loop").symlink_to(bench.root / "loop")
    with pytest.raises(PublishError, match="symbolic link to itself"):
        bench.build(output=bench.root / "loop")


def test_the_first_build_puts_up_the_front_page_when_all_it_links_to_is_there(
    bench: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[set[tuple[str, str]]] = []
    replace = os.replace

    def looked_at_replace(file: str | Path, target: str | Path, **folders: int) -> None:
        replace(file, target, **folders)
        if (bench.output / "index.html").exists():
            seen.append(broken_links(bench.output, URL, start="index.html"))

    monkeypatch.setattr(os, "replace", looked_at_replace)
    bench.build().expect_built()
    assert seen
    assert [broken for broken in seen if broken] == []


@pytest.mark.parametrize("output", [".", "..", "content", "content/articles", "themes/out", ".newsprint"])
def test_an_output_folder_among_the_sources_is_refused(bench: SiteBench, output: str) -> None:
    with pytest.raises(PublishError, match="output folder"):
        bench.build(output=bench.root / output)
    assert (bench.root / "content/articles/a1.md").exists()


def test_a_strangers_folder_in_the_way_is_refused_before_anything_moves(bench: SiteBench) -> None:
    bench.build().expect_built()
    before = bench.files()
    (bench.output / "contact").write_text("a stranger's file")
    bench.write("content/pages/contact.md", "---\ntitle: Contact\n---\nMail us.\n")
    with pytest.raises(PublishError, match="in the way"):
        bench.build()
    assert {path: data for path, data in bench.files().items() if path in before} == before
    (bench.output / "contact").unlink()
    bench.build().expect_built().expect_same_as_clean_build()


def test_a_folder_may_become_a_file_and_a_file_a_folder(bench: SiteBench) -> None:
    bench.write("content/pages/robots.txt.md", "---\ntitle: Robots\n---\nA page.\n")
    bench.edit("site.toml", "[front]", "[outputs]\nrobots = false\n\n[front]").build().expect_built()
    assert (bench.output / "robots.txt/index.html").exists()
    bench.remove("content/pages/robots.txt.md").edit("site.toml", "robots = false", "robots = true").build()
    assert (bench.output / "robots.txt").is_file()
    bench.write("content/pages/robots.txt.md", "---\ntitle: Robots\n---\nA page.\n")
    bench.edit("site.toml", "robots = true", "robots = false").build().expect_same_as_clean_build()


def test_each_output_folder_has_its_own_ledger(bench: SiteBench) -> None:
    bench.build().expect_built()
    other = bench.root / "other"
    bench.build(output=other).expect_built()
    assert bench.report is not None
    assert bench.report.kept == 0
    bench.build().expect_rendered()


def test_an_output_folder_that_cannot_be_made_is_reported(bench: SiteBench) -> None:
    bench.write("public", "a file where the folder should be")
    with pytest.raises(PublishError, match="public"):
        build(Request(root=bench.root, output=bench.output, now=NOW, workers=1))
    assert (bench.root / ".newsprint").is_dir()


def test_a_site_that_moved_keeps_its_ledger(bench: SiteBench, tmp_path: Path) -> None:
    bench.build().expect_built()
    bench.root.rename(tmp_path / "moved")
    moved = SiteBench(tmp_path / "moved")
    moved.remove("content/articles/a2.md").build().expect_built()
    assert "feed.xml" in moved.rendered
    assert "about/index.html" not in moved.rendered
    assert not (moved.output / "news/chips/a2").exists()


@pytest.mark.parametrize("name", ["journal", "ledger", "ledger.new", "standing", "memory.sqlite"])
def test_a_folder_where_a_file_of_ours_should_be_is_reported(bench: SiteBench, name: str) -> None:
    bench.build().expect_built()
    folder = bench.root / ".newsprint" if name == "memory.sqlite" else state_folder(bench.root, bench.output)
    (folder / name).unlink(missing_ok=True)
    (folder / name).mkdir()
    bench.edit("content/articles/a1.md", "Chip news 1", "Chip news one")
    with pytest.raises(PublishError, match=f"{name}: Is a directory"):
        bench.build()


def test_a_file_where_a_folder_of_ours_should_be_is_reported(bench: SiteBench) -> None:
    bench.write(".newsprint/outputs", "no folder")
    with pytest.raises(PublishError, match="Not a directory"):
        bench.build()


@pytest.mark.parametrize("name", ["ledger", "journal"])
def test_what_is_damaged_is_made_anew(bench: SiteBench, name: str) -> None:
    bench.build().expect_built()
    file = state_folder(bench.root, bench.output) / name
    file.write_bytes(b"\x84\xa7program\xa4\xff\xff\xff\xff")
    bench.build().expect_built().expect_same_as_clean_build()


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_the_system_refuses_is_reported_and_leaves_nothing_staged(bench: SiteBench, workers: int) -> None:
    for number in range(160):
        bench.write(f"content/articles/n{number}.md", article(f"N {number}", 1))
    bench.write("content/articles/long.md", article("Long", 1, slug="long" * 16))
    path = f"news/chips/{'long' * 16}/index.html"
    most = os.pathconf(bench.root, "PC_PATH_MAX") - 1
    deep = f"{bench.root}/{('deep' * 25 + '/') * 100}"
    output = Path(deep[: most - len(f"/{path}")])  # there is room for the page, and none to stage it
    output.parent.mkdir(parents=True)
    with pytest.raises(PublishError, match=r"\.newsprint-staging/new/.*: File name too long"):
        bench.build(workers=workers, output=output)
    assert not output.exists()


def test_a_disk_that_is_full_before_the_journal_leaves_nothing_staged(
    bench: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(file: Path, data: bytes) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(writer, "write_draft", refuse)
    with pytest.raises(PublishError, match=r"outputs/[0-9a-f]+: No space left"):
        bench.build()
    assert not bench.output.exists()
