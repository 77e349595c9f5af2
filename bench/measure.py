"""Tools in, figures out: whole processes timed side by side, round by round."""

import math
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from bench.corpus import Corpus

SCENARIOS = {
    "cold": "cold: no output, no memory",
    "unchanged": "nothing changed",
    "article": "one new article",
    "newcomer": "one new article with a new entity",
    "title": "one title changed",
    "body": "one body changed",
    "source": "one source renamed",
    "topic": "one topic described anew",
    "entity": "one entity renamed",
    "campaign": "one campaign edited",
    "theme": "theme edited",
    "config": "site's tagline edited",
}
"""What is measured, in this order: the cold builds leave the output that the others start from."""

REPLACING = {"theme", "config"}
"""Scenarios in which every file of the output is replaced."""

OURS_ALONE = {"newcomer", "entity", "campaign"}
"""Scenarios of what no other tool has; they show on no page of the site beside peers."""

_SAMPLE_SECONDS = 0.02
_MANY_ARTICLES = 5_000
_REST_SECONDS = 65
"""ext4 passes over inodes that were freed within a minute, one by one, whenever it makes a file."""


class Globs(NamedTuple):
    """Where a tool's pages and feeds are in its output."""

    articles: str = "news/*/*/index.html"
    pages: str = "**/index.html"
    feeds: str = "**/feed.xml"


class Tool(Protocol):
    """A generator under measure."""

    @property
    def name(self) -> str:
        """What the results call it."""

    @property
    def version(self) -> str:
        """Which one it is."""

    @property
    def scenarios(self) -> frozenset[str]:
        """Those that differ for it; whoever builds everything each time has few."""

    @property
    def leftovers(self) -> tuple[str, ...]:
        """What its builds leave in the site's folder, `public` the first; without them a build is cold."""

    @property
    def globs(self) -> Globs:
        """Where its outputs are."""

    def write(self, folder: Path, corpus: Corpus) -> None:
        """Write its site into a new folder."""

    def command(self, folder: Path, *, is_cold: bool) -> list[str]:
        """What builds the site, run in its folder."""

    def edit(self, folder: Path, corpus: Corpus, scenario: str, number: int) -> None:
        """Make the edit of a scenario, another one for each number (0–300)."""


class BuildError(Exception):
    """A tool did not build its site."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What one process and all its children took together."""

    wall_seconds: float
    cpu_seconds: float
    peak_bytes: int | None = None


@dataclass(slots=True)
class Figures:
    """What the runs of one scenario took; memory is watched in a run of its own, for watching costs time."""

    wall_seconds: list[float] = field(default_factory=list)
    cpu_seconds: list[float] = field(default_factory=list)
    peak_bytes: int | None = None
    session: str = ""
    """The session of measuring that they come from: only figures of one session compare well."""

    @property
    def wall(self) -> float:
        """The median, in seconds."""
        return statistics.median(self.wall_seconds)

    @property
    def cpu(self) -> float:
        """The median, in seconds."""
        return statistics.median(self.cpu_seconds)

    def add(self, sample: Sample) -> None:
        """Take in one more run."""
        if sample.peak_bytes is None:
            self.wall_seconds.append(sample.wall_seconds)
            self.cpu_seconds.append(sample.cpu_seconds)
        else:
            self.peak_bytes = sample.peak_bytes


@dataclass(frozen=True, slots=True)
class Counts:
    """What a build wrote: whether all tools did the same work."""

    articles: int
    listings: int
    feeds: int
    sitemaps: int
    article_bytes: int
    """The mean of an article's page."""


def run(command: Sequence[str], folder: Path, *, watch_memory: bool = False) -> Sample:
    """Run a whole process in a folder.

    Args:
        command: The program and its arguments.
        folder: Where it runs.
        watch_memory: Sample the memory of all its processes; time is not worth much then.

    Raises:
        BuildError: Its exit status is not 0; with what it said.
    """
    log_file = folder / "bench.log"
    # With that variable, Python would compile modules that are not compiled yet in every run.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    with log_file.open("wb") as log:
        started = time.perf_counter()
        # A session of its own tells its processes from all others, also those whose parent has gone.
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True)
        peak = _watch(process.pid) if watch_memory else None
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        said = log_file.read_text(errors="replace")[-2000:]
        raise BuildError(f"{' '.join(command)} ended with {process.returncode}:\n{said}")
    return Sample(wall, usage.ru_utime + usage.ru_stime, peak)


def memory_kind() -> str:
    """How memory is counted here: PSS shares a page among those who share it, RSS counts it for each; else empty."""
    if Path("/proc/self/smaps_rollup").exists():
        return "PSS"
    return "RSS" if Path("/proc/self/statm").exists() else ""


def memory_of(session: int) -> int:
    """The bytes of memory that all processes of a session hold together."""
    return sum(map(_held_bytes, _processes_of(session)))


def _watch(session: int) -> int | None:
    """The peak until the session's leader ends, which is left to be waited for."""
    if not memory_kind():
        return None
    peak = 0
    while not os.waitid(os.P_PID, session, os.WEXITED | os.WNOHANG | os.WNOWAIT):
        peak = max(peak, memory_of(session))
        time.sleep(_SAMPLE_SECONDS)
    return peak


def _processes_of(session: int) -> Iterator[Path]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):
                # pid (name) state ppid pgrp session; the name may hold anything.
                fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
                if int(fields[3]) == session:
                    yield folder


def _held_bytes(folder: Path) -> int:
    with suppress(OSError):
        if memory_kind() == "PSS":
            for line in (folder / "smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    return int(line.split()[1]) * 1024
        else:
            return int((folder / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0


def count_output(output: Path, globs: Globs) -> Counts:
    """Count what a build wrote."""
    articles = [file.stat().st_size for file in output.glob(globs.articles)]
    pages = sum(1 for _ in output.glob(globs.pages))
    return Counts(
        articles=len(articles),
        listings=pages - len(articles),
        feeds=sum(1 for _ in output.glob(globs.feeds)),
        sitemaps=int((output / "sitemap.xml").exists()),
        article_bytes=round(statistics.fmean(articles)) if articles else 0,
    )


class Rounds:
    """Sites of several tools, built in turns, so that what else the machine does hits all of them alike."""

    def __init__(
        self,
        tools: Sequence[Tool],
        corpus: Corpus,
        work: Path,
        *,
        tell: Callable[[str], None],
        settle: Callable[[], None] = os.sync,
    ) -> None:
        """Write the sites.

        Args:
            tools: Who takes part.
            corpus: What their sites are made of.
            work: A new folder for the sites, and for what builds wrote: on some file systems, files are made far
                slower for a while after many were removed, so nothing is removed until all is measured.
            tell: Is told each thing done, in a line.
            settle: Brings the machine to rest before each run.
        """
        self.corpus = corpus
        self.counts: dict[str, Counts] = {}
        """What each tool wrote in the first scenario that was measured."""
        self._work = work
        self._tell = tell
        self._settle = settle
        self._folders = {tool.name: work / tool.name.replace(" ", "-") for tool in tools}
        self._tools = list(tools)
        self._is_warm = False
        self._trashed = 0
        self._edits = 0
        self._replaced_at = -math.inf
        for tool in tools:
            tell(f"writing {corpus.size:,} articles for {tool.name}")
            tool.write(self._folders[tool.name], corpus)

    def measure(self, scenario: str, *, runs: int) -> dict[str, Figures]:
        """Run a scenario so many times with each tool that has it, and once more to watch memory."""
        tools = [tool for tool in self._tools if scenario in tool.scenarios]
        figures = {tool.name: Figures() for tool in tools}
        if scenario != "cold":
            self._warm_up()
        for number in range(runs + 1):
            turn = number % len(tools) if tools else 0
            for tool in tools[turn:] + tools[:turn]:
                sample = self._run(tool, scenario, watch_memory=number == runs)
                figures[tool.name].add(sample)
                self._tell(f"{scenario} {tool.name} {sample.wall_seconds:.2f} s")
            self._edits += 1
        for tool in tools:
            if tool.name not in self.counts:
                self.counts[tool.name] = count_output(self._folders[tool.name] / tool.leftovers[0], tool.globs)
        return figures

    def _run(self, tool: Tool, scenario: str, *, watch_memory: bool) -> Sample:
        folder = self._folders[tool.name]
        if scenario == "cold":
            self._trash(folder, tool.leftovers)
        self._settle()
        if not watch_memory:
            time.sleep(max(0.0, self._replaced_at + _REST_SECONDS - time.monotonic()))
        if scenario not in {"cold", "unchanged"}:
            tool.edit(folder, self.corpus, scenario, self._edits)
        sample = run(tool.command(folder, is_cold=scenario == "cold"), folder, watch_memory=watch_memory)
        if scenario in REPLACING and self.corpus.size >= _MANY_ARTICLES:
            self._replaced_at = time.monotonic()
        return sample

    def _warm_up(self) -> None:
        """Build once without measuring: there may have been no cold build, and caches may want filling."""
        if not self._is_warm:
            for tool in self._tools:
                self._tell(f"warming up {tool.name}")
                run(tool.command(self._folders[tool.name], is_cold=False), self._folders[tool.name])
            self._is_warm = True

    def _trash(self, folder: Path, names: Sequence[str]) -> None:
        for name in names:
            if (folder / name).exists():
                trash = self._work / "trash"
                trash.mkdir(exist_ok=True)
                (folder / name).rename(trash / str(self._trashed))
                self._trashed += 1
