"""Removes what builds of a site wrote, and their caches; files that others wrote or changed since stay."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

import msgspec

from generator.build import find_releases, open_place
from generator.errors import os_errors_at
from generator.names import STATE_FOLDER, OutputPath
from generator.publish import (
    HOLDER_NAME,
    Place,
    Waiting,
    hold_staging,
    lock_output,
    lock_site,
    read_manifest,
    wait_silently,
)

_OUTPUTS = "outputs"
_OWN = ("memory.sqlite*", "renditions", "links", "preview", "check", HOLDER_NAME)
"""The files of the cache's folder, besides `outputs/`."""


class WrittenOutputs(msgspec.Struct, frozen=True):
    """The outputs of builds in one place: the unchanged ones, and those that someone changed since; sorted."""

    place: str
    outputs: tuple[OutputPath, ...]
    changed: tuple[OutputPath, ...]


class Leavings(msgspec.Struct, frozen=True):
    """What builds of a site left behind.

    The unchanged outputs of `written` are removed, and the files and folders of `.newsprint/` in `cache`.
    `elsewhere` are places outside of the site's folder; they stay, together with their manifests.
    `strangers` are files of `.newsprint/` that newsprint did not write. All are sorted.
    """

    written: tuple[WrittenOutputs, ...]
    cache: tuple[str, ...]
    elsewhere: tuple[str, ...]
    strangers: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is to be removed."""
        return not self.cache and not any(one.outputs for one in self.written)


class Cleaning:
    """The object of cleaning: all places in the site's folder and the cache, or one place and its manifest."""

    def __init__(self, root: Path, output: Path | str | None) -> None:
        """Take the site's folder and the one place, None for all of them.

        Raises:
            PublishError: it cannot be one.
        """
        self._root = root.resolve()
        self._folder = self._root / STATE_FOLDER
        self._is_whole = output is None
        chosen = self._known_folders() if output is None else [output]
        self._releases = [find_releases(one, self._root) for one in chosen if isinstance(one, Path)]
        former = [one.locate(number) for one in self._releases for number in one.numbers if number != one.live]
        self._places: list[Place] = [open_place(one, self._root) for one in (*former, *chosen)]

    def find(self) -> Leavings:
        """Find what builds left.

        Raises:
            PublishError: a manifest cannot be read.
        """
        places = {state: read_manifest(state).place for state in _list_in(self._folder / _OUTPUTS)}
        mine = {place.state for place in self._places}
        elsewhere = {state: place for state, place in places.items() if state not in mine and not _is_inside(place)}
        own = {file for pattern in _OWN for file in self._folder.glob(pattern)}
        every = set(_list_in(self._folder)) - {self._folder / _OUTPUTS}
        gone = (places.keys() - elsewhere.keys()) | own if self._is_whole else places.keys() & mine
        return Leavings(
            written=tuple(map(_find_written, self._places)),
            cache=tuple(sorted(one.relative_to(self._folder).as_posix() for one in gone if one.name != HOLDER_NAME)),
            elsewhere=tuple(sorted(set(elsewhere.values()))),
            strangers=tuple(sorted(file.name for file in every - own)),
        )

    def remove(self, *, waiting: Waiting = wait_silently) -> Leavings:
        """Remove it when no build is running; returns what was removed, and what stays.

        Args:
            waiting: Called with the running process while it lasts.

        Raises:
            PublishError: something cannot be removed, or a build does not end.
        """
        if not self._folder.is_dir():
            return self.find()
        with lock_site(self._root, by="newsprint clean", waiting=waiting):
            found = self._remove(waiting)
            for one in self._releases:
                one.remove_dead_link()
        with suppress(OSError):  # it has other files
            self._folder.rmdir()
        return found

    def _remove(self, waiting: Waiting) -> Leavings:
        with ExitStack() as locks:
            for one in self._releases:
                locks.enter_context(lock_output(one.folder, waiting))
                one.remove_unfinished()
            for place in self._places:
                locks.enter_context(place.lock(waiting))
                locks.enter_context(hold_staging(place))
            found, former = self.find(), [(one, number) for one in self._releases for number in one.numbers]
            for place, written in zip(self._places, found.written, strict=True):
                place.remove(written.outputs)
                place.remove_copy()
            for one, number in former:
                one.remove(number)
            for name in found.cache:
                _remove(self._folder / name)
            with suppress(OSError):  # it has manifests of other places
                (self._folder / _OUTPUTS).rmdir()
        return found

    def _known_folders(self) -> list[Path]:
        """The output folders in the site's folder, without its cache, that manifests name."""
        places = {read_manifest(state).place for state in _list_in(self._folder / _OUTPUTS)}
        inside = {self._root / place for place in places if place and _is_inside(place)}
        return sorted(one for one in inside if not one.is_relative_to(self._folder) and one.is_dir())


def _find_written(place: Place) -> WrittenOutputs:
    entries = read_manifest(place.state).entries
    there = place.stat(entries)
    intact = {path for path, found in there.items() if found == (entries[path].size, entries[path].changed_ns)}
    return WrittenOutputs(place.seen_from_site, tuple(sorted(intact)), tuple(sorted(there.keys() - intact)))


def _is_inside(place: str) -> bool:
    """Whether a place is in the site's folder; an unknown one is."""
    return place != ".." and not place.startswith(("../", "/")) and "://" not in place


def _list_in(folder: Path) -> Sequence[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _remove(file: Path) -> None:
    with os_errors_at(file):
        if file.is_dir() and not file.is_symlink():
            shutil.rmtree(file)
        else:
            file.unlink(missing_ok=True)
