"""Releases of a site: one folder per build beside the output folder, whose name is a link to the live one.

`public` is a link to `public.releases/12`. Unchanged files are hard links to those of the release before, so no file
is ever written in place. A release is complete when it has its copy of the manifest and no staging folder any more.
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from generator.errors import PublishError
from generator.names import OutputPath
from generator.publish.durable import sync_folder
from generator.publish.exchange import exchange
from generator.publish.folders import OpenFolders
from generator.publish.linked import find_files, is_same, link_files
from generator.publish.manifest import FORMER_NAME, MANIFEST_NAME, Manifest, read_kept, state_folder, write_draft
from generator.publish.place import COPY_NAME, STAGING, Folder
from generator.publish.recovery import read_copy_in
from generator.publish.stamp import STAMP_NAME
from generator.publish.writer import JOURNAL_NAME, clear_staging

_NUMBER = re.compile(r"[1-9][0-9]{0,9}")
_NEXT = "next"
"""In the folder of releases: the link that is about to replace the live one."""

_OF_ONE_RELEASE = {MANIFEST_NAME, FORMER_NAME, f"{MANIFEST_NAME}.new", JOURNAL_NAME, STAMP_NAME}
"""The files of the state that describe one release; the others describe what readers know."""


class Release(msgspec.Struct, frozen=True):
    """A complete release; `built` is the time of its build, None if it is unknown, and `size` is in bytes."""

    number: int
    built: datetime | None
    outputs: int
    size: int
    is_live: bool


class Releases:
    """The releases at the name of an output folder.

    `link` is that name, links of others followed; it is a link, a folder, or missing. `folder` has the releases.
    """

    def __init__(self, output: Path, root: Path) -> None:
        """Take the output folder, and the site's folder, which is resolved."""
        output = output.resolve() if output.name in ("", "..") else output
        while output.is_symlink() and _read_number(output) is None:
            output = output.parent / output.readlink()
        self.link = output.parent.resolve() / output.name
        self.folder = self.link.with_name(f"{self.link.name}.releases")
        self._root = root

    @property
    def live(self) -> int | None:
        """The number of the live release; None if the name is not a link to one."""
        return _read_number(self.link)

    @property
    def numbers(self) -> list[int]:
        """The numbers of the complete releases, ascending."""
        live = self.live
        return [one for one in self._find_folders() if self._is_complete(one, is_live=one == live)]

    @property
    def is_held(self) -> bool:
        """Whether the live release is not the last one: then a person chose it, and builds publish nothing."""
        live = self.live
        return live is not None and any(number > live for number in self.numbers)

    def find_next(self) -> int:
        """The number of the next release; one before it is free for a folder that becomes a release."""
        taken = [int(name) for name in self._list_names() if _NUMBER.fullmatch(name)]
        has_files = _is_folder(self.link) and any(name != STAGING for name in os.listdir(self.link))
        return max([*taken, self.live or 0]) + (2 if has_files else 1)

    def locate(self, number: int | None) -> Path:
        """The folder of a release; without a number, the folder in the place of the link."""
        return self.link if number is None else self.folder / str(number)

    def find_state(self, number: int | None) -> Path:
        """The folder of a release's manifest and journal."""
        return state_folder(self._root, self.locate(number))

    def open(self, number: int | None, *, adopt: bool = False) -> Folder:
        """A release as an output folder."""
        return Folder(self.locate(number), self.find_state(number), name=self.link, adopt=adopt)

    def describe(self) -> Iterator[Release]:
        """The complete releases, the last one first."""
        live = self.live
        for number in reversed(self.numbers):
            if (copy := read_copy_in(self.open(number))) is not None:
                size = sum(size for size, _ in copy.files.values())
                yield Release(number, _read_time(copy.built_s), len(copy.files), size, number == live)

    def begin(self, number: int) -> None:
        """Make a release that has the files of the live site, and the staged ones.

        Raises:
            OSError: the system refuses.
        """
        live, folder, state = self.live, self.locate(number), self.find_state(number)
        folder.mkdir()
        shutil.rmtree(state, ignore_errors=True)
        (self.locate(live) / STAGING).replace(folder / STAGING)
        link_files(self.locate(live), folder)
        _carry(self.find_state(live), state)

    def switch(self, number: int) -> None:
        """Let the name lead to another release, in one step; a folder that has it becomes the release before.

        Raises:
            OSError: the system refuses.
        """
        with suppress(OSError):  # it is a link, or a folder with files
            self.link.rmdir()
        former = number - 1 if _is_folder(self.link) else None
        draft = self.folder / (str(former) if former else _NEXT)
        draft.unlink(missing_ok=True)
        draft.symlink_to(f"{self.folder.name}/{number}")
        if former is None:
            draft.replace(self.link)
        else:
            _copy_state(self.find_state(None), self.find_state(former))
            exchange(draft, self.link)
            shutil.rmtree(self.find_state(None), ignore_errors=True)
        sync_folder(self.link.parent)

    def restore_folder(self) -> None:
        """Put the live release itself in the place of the link.

        Raises:
            OSError: the system refuses.
        """
        number = self.live
        if number is None:
            return
        folder = self.locate(number)
        if not _is_folder(folder):
            self.link.unlink()
            return
        _copy_state(self.find_state(number), self.find_state(None))
        exchange(self.link, folder)
        folder.unlink()
        shutil.rmtree(self.find_state(number), ignore_errors=True)
        sync_folder(self.link.parent)

    def roll_back(self, number: int) -> None:
        """Let the name lead to an earlier release, with what readers know since.

        Raises:
            PublishError: files of the release are missing or changed.
        """
        release = self.open(number)
        copy = read_copy_in(release)
        there = release.stat(copy.files) if copy else {}
        lost = [path for path, (size, _) in copy.files.items() if there.get(path, (-1, 0))[0] != size] if copy else []
        if copy is None or lost:
            what = f"'{lost[0]}'" if lost else "the list of its files"
            raise PublishError(str(self.locate(number)), f"{what} is missing or changed")
        _carry(self.find_state(self.live), release.state)
        self.switch(number)

    def remove_unfinished(self) -> None:
        """Remove what a killed build left of a release that was not live."""
        for name in self._list_names():
            if (_NUMBER.fullmatch(name) or name == _NEXT) and _read_number(self.folder / name, self.folder.name):
                (self.folder / name).unlink()
        live = self.live
        for number in self._find_folders():
            if number == live or self._is_complete(number, is_live=False):
                continue
            folder = self.locate(number)
            if (folder / STAGING).is_dir() or self.find_state(number).is_dir():
                self.remove(number)
            else:
                with suppress(OSError):  # it is not empty
                    folder.rmdir()

    def remove_dead_link(self) -> None:
        """Remove the link if its release no longer exists."""
        if self.live is not None and not self.link.exists():
            self.link.unlink()

    def prune(self, keep: int) -> Iterator[str]:
        """Remove complete releases but the last ones and the live one; yields sentences about files that stay."""
        for number in self.numbers[:-keep]:
            if left := self.remove(number):
                folder = f"{self.folder.name}/{number}"
                yield f"{folder} has files that newsprint did not write, such as '{left[0]}', so they stay there"

    def remove(self, number: int) -> list[str]:
        """Remove a release unless it is live; returns the paths of files that stay.

        These are files that newsprint did not write and that are not in the live release, too.
        """
        live = self.live
        if number == live:
            return []
        release, folder, readers_have = self.open(number), self.locate(number), self.locate(live)
        clear_staging(release.staging)
        ours = self._find_ours(release)
        files = list(find_files(folder))
        stay = [path for path in files if path not in ours and not is_same(folder / path, readers_have / path)]
        with OpenFolders(folder) as folders:
            for path in sorted({*files} - {*stay}):
                above, name = folders.enter(path)
                os.unlink(name, dir_fd=above)
        release.remove_copy()
        for one, _, _ in os.walk(folder, topdown=False):
            with suppress(OSError):  # it is not empty
                if one == str(folder):
                    shutil.rmtree(release.state, ignore_errors=True)
                os.rmdir(one)
        return stay

    def _find_ours(self, release: Folder) -> set[OutputPath]:
        """The paths that a build wrote, or was about to write, into a release."""
        copy = read_copy_in(release)
        ours = set(copy.files) if copy else set()
        for name in (MANIFEST_NAME, f"{MANIFEST_NAME}.new"):
            if (kept := read_kept(release.state / name, Manifest)) is not None:
                ours |= kept.entries.keys()
        return ours

    def _is_complete(self, number: int, *, is_live: bool) -> bool:
        folder = self.locate(number)
        return (folder / COPY_NAME).is_file() and (is_live or not (folder / STAGING).exists())

    def _find_folders(self) -> list[int]:
        """The numbers that folders have as names, ascending."""
        return sorted(
            int(name) for name in self._list_names() if _NUMBER.fullmatch(name) and _is_folder(self.folder / name)
        )

    def _list_names(self) -> list[str]:
        try:
            return sorted(os.listdir(self.folder))
        except (FileNotFoundError, NotADirectoryError):
            return []


def _read_number(link: Path, folder: str = "") -> int | None:
    """The number of the release that a link leads to; None if it is no link of ours."""
    try:
        above, _, name = os.readlink(link).rpartition("/")
    except OSError:
        return None
    return int(name) if _NUMBER.fullmatch(name) and above == (folder or f"{link.name}.releases") else None


def _read_time(built_s: int) -> datetime | None:
    with suppress(OverflowError, ValueError, OSError):  # newsprint may not have written it
        return datetime.fromtimestamp(built_s, UTC) if built_s else None
    return None


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _carry(state: Path, goal: Path) -> None:
    """Copy what describes what readers know, such as their addresses, to the state of another release."""
    goal.mkdir(parents=True, exist_ok=True)
    for file in sorted(state.iterdir()) if state.is_dir() else []:
        if file.name not in _OF_ONE_RELEASE and file.is_file():
            write_draft(goal / file.name, file.read_bytes()).replace(goal / file.name)


def _copy_state(state: Path, goal: Path) -> None:
    shutil.rmtree(goal, ignore_errors=True)
    if state.is_dir():
        shutil.copytree(state, goal)
