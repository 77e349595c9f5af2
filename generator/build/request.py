"""What a build is asked for, and what it reports."""

from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from generator.errors import LocatedProblem
from generator.publish import Reason


class Progress(Protocol):
    """Shows what is done now, how many of them are done, of how many."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show it."""


def show_nothing(step: str, done: int, total: int) -> None:
    """Show progress to nobody."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is asked for.

    `root` is the folder with `site.toml`, `output` where the site goes, a folder or the URL of a store;
    `now` is an aware time.
    `workers` is the number of processes, None for one per core;
    `executor` the address of a cluster that works in their place, as `dask://HOST:PORT`.
    `drafts` and `future` publish what readers are not to see, or not yet, marked as such.
    With `explain` the report gives reasons.
    `command` is what others are shown who wait until it is done.
    """

    root: Path
    output: Path | str
    now: datetime
    drafts: bool = False
    future: bool = False
    workers: int | None = None
    executor: str | None = None
    force: bool = False
    strict: bool = False
    keep_going: bool = False
    explain: bool = False
    command: str = "newsprint build"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did. `read` counts records; the others outputs.

    `withheld` counts the records that readers do not see: `drafts`, `scheduled` and `expired`, campaigns among them.
    `problems` are the warnings and, with `keep_going`, the errors of what was left out, located.
    `left_out` are the files of those records, sorted.
    `reasons` gives for each output what became of it and why, if that was asked for.
    `until` is when the passing of time alone changes the site, None if it never does.
    `base_path` is the path that the site lives under, such as `/news`.
    """

    read: int
    withheld: dict[str, int]
    rendered: int
    written: int
    kept: int
    removed: int
    problems: tuple[LocatedProblem, ...]
    left_out: tuple[str, ...]
    reasons: dict[str, tuple[str, Reason]]
    until: datetime | None
    base_path: str
