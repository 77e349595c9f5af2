"""The place of a site as publishing sees it, and the place that every host has: a folder."""

import os
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec

from generator.digest import digest_bytes
from generator.errors import PublishError
from generator.names import Digest, OutputPath, is_output_path
from generator.outputs import Phase
from generator.publish.durable import sync_file_system
from generator.publish.folders import OpenFolders
from generator.publish.lock import Waiting, lock_output
from generator.publish.manifest import MAX_BYTES, Manifest, site_of, stat_outputs
from generator.reading import read_regular

STAGING = ".newsprint-staging"
"""In the output folder, so that moving a file is one atomic rename on one file system."""

COPY_NAME = ".newsprint-written"
"""In the output folder: the list of what builds wrote there, for a site that lost its manifest."""

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

    def confirm(self, path: OutputPath, digest: Digest) -> Digest | None:
        """The digest of an output with the size that it was written with; None if it is not what was written."""

    def find_all(self) -> list[str]:
        """The paths of all files, whoever wrote them."""

    def read_copy(self) -> bytes | None:
        """The copy of what builds wrote here; None if there is none."""

    def write_copy(self, data: bytes) -> None:
        """Replace the copy."""

    def remove_copy(self) -> None:
        """Remove the copy."""

    def refuse_strangers(
        self, sources: Mapping[OutputPath, str], cleared: Sequence[OutputPath], ours: Container[OutputPath]
    ) -> None:
        """Refuse if a foreign file is in the way of an output; `ours` are the outputs that builds wrote here."""

    def sync(self) -> None:
        """Wait until what was staged or moved would outlast a power cut."""

    def order(self, moved: Sequence[tuple[Phase, OutputPath]], sources: Mapping[OutputPath, str]) -> Iterator[FileMove]:
        """The moves of the files in `moved`, in their order."""

    def put(self, moves: Sequence[FileMove], *, is_resumed: bool) -> None:
        """Move one phase into place; if it is resumed, files that are not staged any more are in place."""

    def remove(self, paths: Sequence[OutputPath]) -> None:
        """Remove the outputs that exist."""

    def mark(self, manifest: Manifest, moves: Sequence[FileMove]) -> Manifest:
        """The manifest with what only the place knows of new outputs."""

    def succeed(self, *, is_changed: bool) -> "AbstractContextManager[Place]":
        """The place to change: this one, or its next release, which is live in the end."""

    def tidy(self) -> list[str]:
        """Remove what a new release makes superfluous; returns sentences about what stays."""


class Folder:
    """An output folder."""

    def __init__(
        self, output: Path, state: Path, *, name: Path | None = None, adopt: bool = False, is_aside: bool = False
    ) -> None:
        """Take the folder, and the folder of its manifest and journal.

        `name` is its path in reports and in the manifest, if that is another. With `adopt`, files of others are
        overwritten. What `is_aside` is for nobody but this site's builds.
        """
        self._adopt = adopt or is_aside
        self.is_aside = is_aside
        self.name = str(name or output)
        self.seen_from_site = os.fsencode(os.path.relpath(self.name, site_of(state))).decode(errors="replace")
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
            return read_regular(file, max_bytes=MAX_BYTES)
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def confirm(self, path: OutputPath, digest: Digest) -> Digest | None:
        """The digest, if the bytes have it."""
        data = self.read(path)
        return digest if data is not None and digest_bytes(data) == digest else None

    def find_all(self) -> list[str]:
        """The paths of all files and links, sorted, without those that only builds use."""
        found: list[str] = []
        for folder, _, names in os.walk(self._output):
            above = os.path.relpath(folder, self._output)
            found += (name if above == "." else f"{above}/{name}" for name in names)
        return sorted(path for path in found if path != COPY_NAME and not path.startswith(f"{STAGING}/"))

    def read_copy(self) -> bytes | None:
        """The bytes of the copy."""
        return self.read(OutputPath(COPY_NAME))

    def write_copy(self, data: bytes) -> None:
        """Replace the copy in one step; it is staged first, because staging follows no link."""
        if self.is_aside:
            return
        if not self.staging.folder.is_dir() or self.staging.folder.is_symlink():
            self.staging.folder.mkdir()
        draft = self.staging.folder / COPY_NAME
        draft.write_bytes(data)
        draft.replace(self._output / COPY_NAME)

    def remove_copy(self) -> None:
        """Remove the copy."""
        (self._output / COPY_NAME).unlink(missing_ok=True)

    def sync(self) -> None:
        """Wait for the file system of the folder."""
        if not self.is_aside:
            sync_file_system(self._output)

    def refuse_strangers(
        self, sources: Mapping[OutputPath, str], cleared: Sequence[OutputPath], ours: Container[OutputPath]
    ) -> None:
        """Refuse if a foreign file or folder is in the way; a foreign file with the same bytes is taken over."""
        files = set(cleared)
        folders = {folder for path in cleared for folder in folders_above(path)}
        seen: set[str] = set()
        foreign: list[str] = []
        for path, source in sources.items():
            for folder in folders_above(path):
                if folder in seen:
                    break
                seen.add(folder)
                there = f"{self._output}/{folder}"
                if (os.path.islink(there) or os.path.isfile(there)) and folder not in files:
                    raise PublishError(there, "a file or link that newsprint did not create is in the way")
            if path in folders:
                continue
            target = f"{self._output}/{path}"
            if os.path.isdir(target) and not os.path.islink(target):
                raise PublishError(target, "a folder that newsprint did not create is in the way")
            if not self._adopt and path not in ours and self._is_foreign(path, source):
                foreign.append(target)
        if foreign:
            first, *others = sorted(foreign)
            more = f" (and {len(others):,} other files)" if others else ""
            why = f"newsprint did not write this file{more} and will not overwrite it; move it, or use --adopt"
            raise PublishError(first, why)

    def _is_foreign(self, path: OutputPath, source: str) -> bool:
        """Whether another file than the staged one is in its place; a folder that is new has none."""
        target = f"{self._output}/{path}"
        if source.startswith(NEW) or not os.path.lexists(target):
            return False
        return os.path.islink(target) or self.read(path) != (self.staging.folder / source).read_bytes()

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
        """Move one after the other, through no link.

        Raises:
            OSError: a link or a file is in the place of a folder.
        """
        if not moves or not self.staging.folder.is_dir():  # then all is in place already
            return
        with OpenFolders(self.staging.folder) as staged, OpenFolders(self._output) as goals:
            for move in moves:
                try:
                    source_folder, source = staged.enter(move.source)
                    goal_folder, goal = goals.enter(move.goal, is_made=True)
                    os.replace(source, goal, src_dir_fd=source_folder, dst_dir_fd=goal_folder)
                except OSError as fault:
                    if is_resumed and not os.path.lexists(f"{self.staging.folder}/{move.source}"):
                        continue
                    fault.filename, fault.filename2 = f"{self._output}/{move.goal}", None
                    raise

    def remove(self, paths: Sequence[OutputPath]) -> None:
        """Remove files, and the folders that they leave empty; what is beyond a link stays."""
        if not paths:
            return
        with OpenFolders(self._output) as folders:
            for path in filter(is_output_path, paths):
                with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
                    folder, name = folders.enter(path)
                    os.unlink(name, dir_fd=folder)
                folders.remove_empty()

    def mark(self, manifest: Manifest, moves: Sequence[FileMove]) -> Manifest:  # noqa: ARG002 - a move keeps a file's time
        """The manifest as it is."""
        return manifest

    def succeed(self, *, is_changed: bool) -> AbstractContextManager[Place]:  # noqa: ARG002 - as the other places
        """The folder itself."""
        return nullcontext(self)

    def tidy(self) -> list[str]:
        """Nothing is superfluous."""
        return []


def folders_above(path: str) -> list[str]:
    """`a/b/c.html` → `a/b`, `a`."""
    folders = []
    while "/" in path:
        path = path.rpartition("/")[0]
        folders.append(path)
    return folders
