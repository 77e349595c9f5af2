"""The place of a site as publishing sees it, and the place that every host has: a folder."""

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
"""In the output folder, so that moving a file is one atomic rename on one file system."""

NEW = "new/"
"""The part of the staging folder for files of new folders, which can move as a whole."""


class Staging(msgspec.Struct, frozen=True):
    """The staging folder; `output` is the output folder that it is for, None for a store."""

    folder: Path
    output: Path | None


class FileMove(NamedTuple):
    """The move of a file or folder from its path in the staging folder to its path in the place."""

    phase: Phase
    source: str
    goal: str


class Place(Protocol):
    """The place of a site.

    `name` is its name in reports, `seen_from_site` its name in the manifest; `state` has the manifest and the journal.
    """

    name: str
    seen_from_site: str
    state: Path
    staging: Staging

    def lock(self, waiting: Waiting) -> AbstractContextManager[None]:
        """Lock the place; waits for another build."""

    def stat(self, paths: Collection[OutputPath]) -> dict[OutputPath, tuple[int, int]]:
        """Size and modification time of each output that is there, as in the manifest."""

    def read(self, path: OutputPath) -> bytes | None:
        """The bytes of an output; None if it does not exist."""

    def refuse_strangers(self, paths: Iterable[OutputPath], cleared: Sequence[OutputPath]) -> None:
        """Refuse if a foreign file is in the way of an output and will not be cleared."""

    def order(self, moved: Sequence[tuple[Phase, OutputPath]], sources: Mapping[OutputPath, str]) -> Iterator[FileMove]:
        """The moves of the files in `moved`, in their order."""

    def put(self, moves: Sequence[FileMove], *, is_resumed: bool) -> None:
        """Move one phase into place; if it is resumed, files that are not staged any more are in place."""

    def remove(self, paths: Sequence[OutputPath]) -> None:
        """Remove the outputs that exist."""

    def mark(self, manifest: Manifest, moves: Sequence[FileMove]) -> Manifest:
        """The manifest with what only the place knows of new outputs."""


class Folder:
    """An output folder."""

    def __init__(self, output: Path, state: Path) -> None:
        """Take the folder, and the folder of its manifest and journal."""
        self.name = str(output)
        self.seen_from_site = os.fsencode(os.path.relpath(output, site_of(state))).decode(errors="replace")
        self.state = state
        self.staging = Staging(output / STAGING, output)
        self._output = output

    def lock(self, waiting: Waiting) -> AbstractContextManager[None]:
        """Create the folder and hold its lock."""
        return lock_output(self._output, waiting)

    def stat(self, paths: Collection[OutputPath]) -> dict[OutputPath, tuple[int, int]]:
        """Size in bytes and modification time in ns of each output that is there."""
        return stat_outputs(self._output, paths)

    def read(self, path: OutputPath) -> bytes | None:
        """The bytes of an output; None if it does not exist."""
        file = self._output / path
        if file.is_symlink():  # no build created it, and it may lead anywhere
            return None
        try:
            return file.read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def refuse_strangers(self, paths: Iterable[OutputPath], cleared: Sequence[OutputPath]) -> None:
        """Refuse if a foreign file or folder is in the way."""
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
        """The moves; a new folder moves as a whole if all its files are of one phase."""
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
