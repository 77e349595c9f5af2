"""A new user's way through the docs: every line for a shell is run, or named here with the reason why it is not."""

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest

from conftest import ROOT
from sitebench import SMALL, SiteBench, article

pytestmark = pytest.mark.slow

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^(```+)([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)

ELSEWHERE = {
    "CONTRIBUTING.md": "works on newsprint itself: CI runs `make test`",
    "docs/cluster.md": "takes hosts of a cluster: tests/test_cluster.py",
    "docs/hosting.md": "takes a server: tests/test_servers.py",
    "docs/performance.md": "takes an hour: tests/test_bench.py",
    "docs/stores.md": "takes a store: tests/test_store.py",
}
"""Pages whose commands are all run by other tests."""

NOT_RUN = {
    "make site": "makes an environment, from a package index",
    "make test": "runs this",
    "python3 -m venv": "makes an environment, from a package index: tests/test_wheel.py installs the wheel",
    'export PATH="$HOME/newsprint-env': "the environment of the tests is there already",
    "pip install": "asks a package index: tests/test_wheel.py installs the wheel",
    "pip wheel": "asks a package index: tests/test_wheel.py makes the wheel",
    "npm install": "asks a package registry",
    "npx remark": "asks a package registry",
    "aws s3 website": "takes an account",
    "while newsprint build /srv/news": "goes on for ever",
    "flock /srv/news": "takes a repository: tests/watch/test_watch.py holds the lock",
    "newsprint theme check": "takes long: tests/test_theme_check.py",
    "#!/bin/bash": "takes a repository: tests/test_deploying.py",
}
"""How lines begin that are not run, and why; a script and a loop are left out whole."""

WHOLE = ("#!/bin/bash", "while ")


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path) -> list[str]:
    """The blocks of a page for a shell."""
    return [match[3] for match in FENCE.finditer(page.read_text()) if match[2].split(" ")[0] in ("sh", "bash")]


def commands(block: str) -> Iterator[str]:
    """The commands of a block, without comments; a script or a loop is one."""
    if block.startswith(WHOLE):
        yield block
        return
    for line in block.replace("\\\n", " ").splitlines():
        if words := shlex.split(line, comments=True):
            yield re.sub(r"\s+#.*$", "", line) if words else line


def why_not(command: str) -> str | None:
    return next((why for start, why in NOT_RUN.items() if command.startswith(start)), None)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What stands around a new user: a site in the current folder, one in `my-site`, and an old one."""
    for site in (SiteBench(tmp_path / "here"), SiteBench(tmp_path / "here/my-site")):
        site.write_all(SMALL).write("content/articles/a1.md", article("News", 1))
        site.write("content/articles/first-chip.md", article("The first chip", 2)).build().expect_built()
        site.edit("site.toml", 'url = "https://bench.example"', 'url = "https://bench.example"\nsource = "wire"')
    old = SiteBench(tmp_path / "old-blog")
    old.write("_config.yml", "title: Old\n").write("hugo.toml", 'title = "Old"\n')
    old.write("_posts/2020-01-02-first.md", "---\ntitle: First\n---\nWords.\n")
    old.write("content/posts/first.md", "---\ntitle: First\ndate: 2020-01-02\n---\nWords.\n")
    (tmp_path / "newsprint/dist").mkdir(parents=True)
    (tmp_path / f"newsprint/dist/newsprint-{version('newsprint')}-py3-none-any.whl").touch()
    return tmp_path / "here"


EMPTY = ("README.md", "docs/getting-started.md", "docs/importing.md")
"""Pages that begin from nothing."""


class Shell:
    """A shell that keeps its folder from one command to the next."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._where = folder.parent / "where"
        path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
        self._environment = {**os.environ, "PATH": path, "EDITOR": "true", "VISUAL": "true", "HOME": str(folder)}

    def run(self, command: str) -> None:
        if command.startswith("newsprint serve"):
            self._run_until_built(f"{command} --port 0", "The preview is at http://127.0.0.1:")
            return
        if "--watch" in command:
            self._run_until_built(command, "The site goes to ")
            return
        script = f"set -eo pipefail\n{command}\npwd > '{self._where}'"
        run = ["bash", "-c", script]
        done = subprocess.run(run, cwd=self.folder, env=self._environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{command}\n{done.stdout}{done.stderr}"
        self.folder = Path(self._where.read_text().strip())

    def _run_until_built(self, command: str, first: str) -> None:
        """Run a command that does not end by itself until it built the site; `first` begins what it says."""
        with subprocess.Popen(
            shlex.split(command),
            cwd=self.folder,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            assert process.stdout is not None
            assert process.stdout.readline().startswith(first)
            for line in process.stdout:
                if re.search(r"\bbuilt: ", line):
                    break
            process.send_signal(signal.SIGINT)
        assert process.returncode == 0


RUN = [page for page in PAGES if blocks(page) and name_of(page) not in ELSEWHERE]


@pytest.mark.parametrize("page", RUN, ids=name_of)
def test_every_command_of_a_page_works_in_its_order(page: Path, folder: Path, tmp_path: Path) -> None:
    if name_of(page) in EMPTY:
        folder = tmp_path / "empty"
        folder.mkdir()
    shell = Shell(folder)
    for block in blocks(page):
        for command in commands(block):
            if why_not(command) is None:
                shell.run(command)


def test_no_reason_is_without_its_command() -> None:
    shown = [
        command for page in PAGES if name_of(page) not in ELSEWHERE for one in blocks(page) for command in commands(one)
    ]
    for start in NOT_RUN:
        assert any(command.startswith(start) for command in shown), start
    for name in ELSEWHERE:
        assert blocks(ROOT / name), name


def test_every_block_that_calls_the_command_says_that_it_is_for_a_shell() -> None:
    for page in PAGES:
        for _, language, text in FENCE.findall(page.read_text()):
            if re.match(r"(make|newsprint|pip) ", text):
                assert language.split(" ")[0] in ("sh", "bash", "text"), (page, text)
                assert language != "text" or text.startswith("newsprint "), (page, text)
