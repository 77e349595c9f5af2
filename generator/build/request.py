"""The request and the report of a build."""

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from generator.errors import LocatedProblem
from generator.names import OutputPath
from generator.publish import Reason


class Progress(Protocol):
    """Shows the current step, and how many of its items are done."""

    def __call__(self, step: str, done: int, total: int) -> None:
        """Show it."""


class Viewer(Protocol):
    """Somebody who looks at pages of a site while it is built: a preview."""

    def list_viewed(self) -> Collection[str]:
        """The paths of the outputs that are looked at."""

    def show(self, path: OutputPath, page: bytes) -> None:
        """Show a page as it will be if the build succeeds."""


def show_nothing(step: str, done: int, total: int) -> None:
    """Show no progress."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """The request of a build.

    `root` is the folder with `site.toml`, `output` a folder or the URL of a store; `now` is an aware time.
    `workers` is the number of processes, None for one per core.
    `executor` is the address of a cluster instead of them: `dask://HOST:PORT`.
    `drafts` and `future` also publish drafts and scheduled records, marked as such.
    `verify` reads all outputs, and renders those again whose bytes are not the ones that were written.
    `adopt` overwrites files of others in the output folder.
    `allow_shrink` publishes even if most records of the last build are gone; `resume` publishes after a rollback.
    `allow_links` are places that links may lead to besides those of `[content] allow_links`.
    With `explain` the report has reasons; `command` is shown to those who wait for the build.
    """

    root: Path
    output: Path | str
    now: datetime
    drafts: bool = False
    future: bool = False
    workers: int | None = None
    executor: str | None = None
    force: bool = False
    verify: bool = False
    strict: bool = False
    keep_going: bool = False
    adopt: bool = False
    allow_shrink: bool = False
    resume: bool = False
    allow_links: tuple[str, ...] = ()
    explain: bool = False
    command: str = "newsprint build"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """The report of a build. `read` counts records, the other numbers count outputs.

    `withheld` counts the records that readers do not see: `drafts`, `scheduled` and `expired`, including campaigns.
    `problems` are the warnings and, with `keep_going`, the errors of the records in `left_out`, located.
    `left_out` are the files of those records, sorted.
    `reasons` has what happened to each output and why, if that was requested.
    `until` is when time alone changes the site, None if it never does.
    `base_path` is the base path of the site, such as `/news`.
    `healed` are sentences about what earlier builds kept, was damaged, and is made again.
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
    healed: tuple[str, ...] = ()
