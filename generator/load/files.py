"""Finds the files of `content/` without opening them."""

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.errors import Problem, suggest
from generator.names import ContentPath, Kind
from generator.records import FOLDERS, MEDIA_FOLDER

CONTENT = "content"


class Stat(msgspec.Struct, frozen=True, array_like=True):
    """What tells a changed file from an unchanged one.

    Size in bytes, time of the contents' and of the inode's last change in ns, inode.
    """

    size: int
    changed_ns: int
    inode_changed_ns: int
    inode: int


class Found(msgspec.Struct, frozen=True):
    """A record's file, not yet read."""

    path: ContentPath
    kind: Kind
    stat: Stat


def find_records(root: Path) -> tuple[list[Found], list[Problem]]:
    """List the record files of a site.

    Args:
        root: The folder with `site.toml`.

    Returns:
        The files, sorted by path; and warnings for folders that belong to no kind.
    """
    found: list[Found] = []
    problems: list[Problem] = []
    try:
        folders = sorted(os.scandir(root / CONTENT), key=lambda entry: entry.name)
    except FileNotFoundError:
        message = "the site has no folder content/"
        hint = "make it, with one folder per kind: " + ", ".join(FOLDERS)
        return [], [Problem(file=CONTENT, code="missing-file", message=message, hint=hint)]
    except OSError as fault:
        return [], [_unreadable(CONTENT, fault)]
    for entry in folders:
        if entry.name in FOLDERS and Path(entry.path).is_dir():  # unlike `entry`, it takes a link to itself for none
            kind = FOLDERS[entry.name]
            for path, stat in _walk(entry.path, f"{CONTENT}/{entry.name}", problems):
                found.append(Found(ContentPath(path), kind, stat))
        elif entry.name != MEDIA_FOLDER and not entry.name.startswith("."):
            problems.append(_unknown(entry))
    return sorted(found, key=lambda file: file.path), problems


def stat_file(file: Path) -> Stat:
    """Stat one file, following links; OSError where that fails."""
    return _stat(file.stat())


def _walk(folder: str, path: str, problems: list[Problem]) -> Iterator[tuple[str, Stat]]:
    """The record files below a folder, in any order; what stands in the way of one is added to the problems."""
    waiting = [(folder, path)]
    while waiting:
        folder, path = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as fault:
            problems.append(_unreadable(path, fault))
            continue
        for entry in entries:
            inner = f"{path}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, inner))
            elif entry.is_symlink() and Path(entry.path).is_dir():
                problems.append(_link_to_folder(inner))
            elif entry.name.endswith(".md"):
                if problem := _why_no_record(entry, inner):
                    problems.append(problem)
                else:
                    yield inner, _stat(entry.stat())


def _why_no_record(entry: os.DirEntry[str], path: str) -> Problem | None:
    """What keeps an entry with the name of a record from being read; None where nothing does."""
    try:
        path.encode()
    except UnicodeEncodeError:
        message = "the file's name is not UTF-8"
        return Problem(file=path, code="unusable-name", message=message, hint="rename it")
    if Path(entry.path).is_file() if entry.is_symlink() else entry.is_file():  # Path: a link to itself is no file
        return None
    message = "cannot be read: " + ("the link leads to no file" if entry.is_symlink() else "it is no file")
    return Problem(file=path, code="unreadable-file", message=message, hint="put the record there, or remove it")


def _stat(result: os.stat_result) -> Stat:
    return Stat(result.st_size, result.st_mtime_ns, result.st_ctime_ns, result.st_ino)


def _unreadable(path: str, fault: OSError) -> Problem:
    message = f"cannot be read: {fault.strerror}"
    return Problem(file=path, code="unreadable-file", message=message)


def _link_to_folder(path: str) -> Problem:
    message = "links to folders are not followed, so nothing in it is read"
    hint = "put the folder itself there"
    return Problem(file=path, code="unknown-folder", severity="warning", message=message, hint=hint)


def _unknown(entry: os.DirEntry[str]) -> Problem:
    name = entry.name
    message = f"'{name}' belongs to no kind of record and is not read"
    hint = suggest(name, FOLDERS, otherwise=f"the folders of content/ are {', '.join(FOLDERS)} and {MEDIA_FOLDER}.")
    if name in FOLDERS:
        message, hint = f"'{name}' is no folder and is not read", "make it a folder, with one file per record"
        return Problem(file=f"{CONTENT}/{name}", code="unknown-folder", message=message, hint=hint)
    return Problem(file=f"{CONTENT}/{name}", code="unknown-folder", severity="warning", message=message, hint=hint)
