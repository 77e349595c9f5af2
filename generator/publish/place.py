"""Where a site goes, as publishing sees it, and the one kind of place that every host has: a folder."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from generator.errors import PublishError
from generator.names import OutputPath
from generator.outputs import Phase
from generator.publish.lock import Waiting, lock_output
from generator.publish.manifest import Manifest, site_of, stat_outputs

STAGING = ".newsprint-staging"
"""Beside the outputs, so that moving a file is one atomic rename on one file system."""

NEW = "new/"
"""In the staging folder, above what comes into a new folder: that lies at its path, so that the folder moves whole."""


class Staging(msgspec.Struct, frozen=True):
    """Where outputs wait until all of them are there.

    `output` is the output folder that they are for, None where they are for a store.
    """

    folder: Path
    output: Path | None


class FileMove(NamedTuple):
    """A file or folder that moves into place: from its path in the staging folder to its path there."""

    phase: Phase
    source: str
    goal: str


class Place(Protocol):
    """Where a site goes.

    `name` is how reports call it, `seen_from_site` how the manifest does; in `state` lie the manifest and the journal.
    """

    @property
    def name(self) -> str: ...  # noqa: D102 - see the class
    @property
    def seen_from_site(self) -> str: ...  # noqa: D102 - see the class
    @property
    def state(self) -> Path: ...  # noqa: D102 - see the class
    @property
    def staging(self) -> Staging: ...  # noqa: D102 - see the class

    def lock(self, waiting: Waiting) -> AbstractContextManager[None]:
        """Keep other builds away; while one is there it is waited for."""

    def stat(self, paths: Collection[OutputPath]) -> dict[OutputPath, tuple[int, int]]:
        """Size and time of change of each output that is there, as the manifest has them."""

    def read(self, path: OutputPath) -> bytes | None:
        """The bytes of an output; None where it is not there."""

    def refuse_strangers(self, paths: Iterable[OutputPath], cleared: Sequence[OutputPath]) -> None:
        """Refuse where something is in the way of an output that is not ours, nor will be cleared."""

    def order(self, moved: Sequence[tuple[Phase, OutputPath]], sources: Mapping[OutputPath, str]) -> Iterator[FileMove]:
        """What moves where, in the order of what moved: its phase, and its path."""

    def put(self, moves: Sequence[FileMove], *, is_resumed: bool) -> None:
        """Move one phase into place. Where it is resumed, what is staged no more is in place."""

    def remove(self, paths: Sequence[OutputPath]) -> None:
        """Remove outputs, those that are there."""

    def mark(self, manifest: Manifest, moves: Sequence[FileMove]) -> Manifest:
        """The manifest with what only the place knows of the outputs that came."""


class Folder:
    """An output folder."""

    def __init__(self, output: Path, state: Path) -> None:
        """Take the folder, and where its manifest and journal lie."""
        self.name = str(output)
        self.seen_from_site = os.fsencode(os.path.relpath(output, site_of(state))).decode(errors="replace")
        self.state = state
        self.staging = Staging(output / STAGING, output)
        self._output = output

    def lock(self, waiting: Waiting) -> AbstractContextManager[None]:
        """Make the folder and hold its lock."""
        return lock_output(self._output, waiting)

    def stat(self, paths: Collection[OutputPath]) -> dict[OutputPath, tuple[int, int]]:
        """Size in bytes and time of change in ns of each output that is there."""
        return stat_outputs(self._output, paths)

    def read(self, path: OutputPath) -> bytes | None:
        """The bytes of an output; None where it is not there."""
        file = self._output / path
        if file.is_symlink():  # no build made it, and it may lead anywhere
            return None
        try:
            return file.read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def refuse_strangers(self, paths: Iterable[OutputPath], cleared: Sequence[OutputPath]) -> None:
        """Refuse where a foreign file or folder is in the way."""
        files = set(cleared)
        folders = {folder for path in cleared for folder in folders_above(path)}
        seen: set[str] = set()
        for path in paths:
            for folder in folders_above(path):
                if folder in seen:
                    break
                seen.add(folder)
                there = f"{self._output}/{folder}"
                if (os.path.islink(there) or os.path.isfile(there)) and folder not in files:
                    raise PublishError(there, "a file or link that newsprint did not create is in the way")
            target = f"{self._output}/{path}"
            if path not in folders and os.path.isdir(target) and not os.path.islink(target):
                raise PublishError(target, "a folder that newsprint did not create is in the way")

    def order(self, moved: Sequence[tuple[Phase, OutputPath]], sources: Mapping[OutputPath, str]) -> Iterator[FileMove]:
        """What moves where; a new folder moves whole where all in it is of one phase."""
        phases: dict[str, set[Phase]] = {}
        for phase, path in moved:
            if sources[path].startswith(NEW):
                for folder in folders_above(path):
                    phases.setdefault(folder, set()).add(phase)
        whole = {
            folder
            for folder, held in phases.items()
            if len(held) == 1 and not os.path.exists(f"{self._output}/{folder}")
        }
        gone: set[str] = set()
        for phase, path in moved:
            source = sources[path]
            above = folders_above(path) if source.startswith(NEW) else []
            if (topmost := next((folder for folder in reversed(above) if folder in whole), None)) is None:
                yield FileMove(phase, source, path)
            elif topmost not in gone:
                gone.add(topmost)
                yield FileMove(phase, NEW + topmost, topmost)

    def put(self, moves: Sequence[FileMove], *, is_resumed: bool) -> None:
        """Move one after the other."""
        for move in moves:
            source, target = f"{self.staging.folder}/{move.source}", f"{self._output}/{move.goal}"
            if is_resumed and not os.path.exists(source):
                continue
            try:
                os.replace(source, target)
            except FileNotFoundError:
                os.makedirs(os.path.dirname(target), exist_ok=True)
                os.replace(source, target)

    def remove(self, paths: Sequence[OutputPath]) -> None:
        """Remove files, and the folders that they leave empty."""
        for path in paths:
            target = self._output / path
            with suppress(FileNotFoundError, IsADirectoryError, NotADirectoryError):
                target.unlink()
            for folder in target.parents:
                if folder == self._output:
                    break
                try:
                    folder.rmdir()
                except OSError:  # not empty, or gone
                    break

    def mark(self, manifest: Manifest, moves: Sequence[FileMove]) -> Manifest:  # noqa: ARG002 - a move keeps a file's time
        """The manifest as it is."""
        return manifest


def folders_above(path: str) -> list[str]:
    """`a/b/c.html` → `a/b`, `a`."""
    folders = []
    while "/" in path:
        path = path.rpartition("/")[0]
        folders.append(path)
    return folders
