"""Who waits for whom."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from click.testing import CliRunner

from generator.build import Request, build
from generator.cli import newsprint
from generator.errors import PublishError
from generator.publish import lock, lock_site
from generator.publish.lock import lock_output
from sitebench import NOW, SiteBench

HOLD = """
import sys, time
from pathlib import Path
from generator.publish import lock_site
with lock_site(Path(sys.argv[1]), by="newsprint serve"):
    print("held", flush=True)
    time.sleep(600)
"""


@contextmanager
def holding(root: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the lock of a site."""
    words = [sys.executable, "-c", HOLD, str(root)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def test_a_build_waits_until_the_other_is_done_and_knows_for_whom(bench: SiteBench) -> None:
    told: list[str] = []
    is_held, may_end = Event(), Event()

    def hold_here() -> None:
        with lock_site(bench.root, by="newsprint serve"):
            is_held.set()
            may_end.wait(60)

    def wait(who: str) -> None:
        told.append(who)
        may_end.set()

    thread = Thread(target=hold_here)
    thread.start()
    assert is_held.wait(60)
    report = build(Request(root=bench.root, output=bench.output, now=NOW, workers=1), waiting=wait)
    thread.join()
    assert report.written > 10
    assert set(told) == {f"'newsprint serve' (process {os.getpid()}) is running on this site"}


def test_the_command_says_for_whom_it_waits_and_prints_its_document_alone(bench: SiteBench) -> None:
    words = [sys.executable, "-m", "generator", "build", str(bench.root), "--json", "--workers", "1"]
    with (
        holding(bench.root) as other,
        subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as waiting,
    ):
        assert waiting.stderr is not None
        said = waiting.stderr.readline()
        assert said == f"Waiting: 'newsprint serve' (process {other.pid}) is running on this site.\n"
        other.kill()
        said, more = waiting.communicate(timeout=300)
    assert (waiting.returncode, more) == (0, "")
    assert said.startswith('{"published":true')


def test_whoever_was_killed_is_not_waited_for(bench: SiteBench) -> None:
    with holding(bench.root) as other:
        """It is killed at the end."""
    assert (bench.root / ".newsprint/holder").read_text() == f"{other.pid} newsprint serve"
    told: list[str] = []
    build(Request(root=bench.root, output=bench.output, now=NOW, workers=1), waiting=told.append)
    assert told == []
    assert not (bench.root / ".newsprint/holder").exists()


@pytest.mark.parametrize("words", [["build"], ["check"], ["list", "drafts"]])
def test_nobody_waits_for_ever(bench: SiteBench, monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    monkeypatch.setattr(lock, "PATIENCE_SECONDS", 0.0)
    with lock_site(bench.root, by="newsprint serve"):
        result = CliRunner().invoke(newsprint, [*words, "--site", str(bench.root)])
    assert result.exit_code == 1
    who = f"'newsprint serve' (process {os.getpid()}) is running on this site; waited for 0 minutes"
    assert f"{who}: stop it, or try again when it is done" in result.stderr


def test_two_sites_do_not_build_into_one_folder_at_once(bench: SiteBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_SECONDS", 0.0)
    with lock_output(bench.output), pytest.raises(PublishError, match="the build of another site is writing into"):
        bench.build()
    assert not bench.output.exists()


def test_a_folder_that_its_holder_removed_is_locked_anew(tmp_path: Path) -> None:
    """Who waits may have opened the folder that is gone: to lock that would keep nobody away."""
    folder = tmp_path / "public"

    def remove(_who: str) -> None:
        if not (tmp_path / "gone").exists():
            folder.rename(tmp_path / "gone")

    with lock_output(folder), lock_output(folder, remove):
        assert lock._try_lock(folder) is None
