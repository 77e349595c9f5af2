"""What becomes of a command whose output nobody reads any more."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from sitebench import SiteBench

pytestmark = pytest.mark.slow

WORDS = (
    ("--help",),
    ("build", "--explain"),
    ("diff", "--all"),
    ("diff", "--json"),
    ("list", "all"),
    ("stats",),
    ("schema", "config"),
    ("completion", "bash"),
    ("theme", "options"),
    ("explain", "/"),
)


@pytest.mark.parametrize(("words", "stream"), [*((words, "stdout") for words in WORDS), (("build",), "stderr")])
def test_a_command_that_nobody_reads_ends_quietly(bench: SiteBench, words: tuple[str, ...], stream: str) -> None:
    if stream == "stderr":
        bench.edit("content/articles/a1.md", "topic: chips", "topic: chps")
    unread, closed = os.pipe()
    os.close(unread)
    bench.lend_theme()
    command = [sys.executable, "-m", "generator", *words]
    other = "stderr" if stream == "stdout" else "stdout"
    streams = {stream: closed, other: subprocess.PIPE}
    done = subprocess.run(command, cwd=bench.root, check=False, text=True, **streams)  # type: ignore[call-overload]
    os.close(closed)
    assert (done.returncode, getattr(done, other)) == (141, "")
    assert not (bench.root / ".newsprint/holder").exists()


def test_a_site_that_was_built_when_nobody_read_on_is_whole(bench: SiteBench) -> None:
    script = f"'{sys.executable}' -m generator build --explain | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", script], cwd=bench.root, capture_output=True, text=True, check=False)
    assert (done.returncode in (0, 141), done.stderr, done.stdout.count("\n")) == (True, "", 1)
    assert (bench.output / "index.html").exists()
    assert not list(Path(bench.output).glob(".newsprint-staging*"))
