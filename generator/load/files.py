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
    """What tells a changed file from an unchanged one: size in bytes, time of change in ns, inode."""

    size: int
    changed_ns: int
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
    for entry in folders:
        if entry.name in FOLDERS and entry.is_dir():
            for path, stat in _walk(entry.path, f"{CONTENT}/{entry.name}"):
                if path.endswith(".md"):
                    found.append(Found(ContentPath(path), FOLDERS[entry.name], stat))
        elif entry.name != MEDIA_FOLDER and not entry.name.startswith("."):
            problems.append(_unknown(entry))
    usable = []
    for file in found:
        try:
            file.path.encode()
            usable.append(file)
        except UnicodeEncodeError:
            shown = file.path.encode(errors="replace").decode()
            problems.append(
                Problem(file=shown, code="unusable-name", message="the file's name is not UTF-8", hint="rename it")
            )
    return sorted(usable, key=lambda file: file.path), problems


def stat_file(file: Path) -> Stat:
    """Stat one file, following links; OSError where that fails."""
    return _stat(file.stat())


def _walk(folder: str, path: str) -> Iterator[tuple[str, Stat]]:
    for entry in os.scandir(folder):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, f"{path}/{entry.name}")
        elif entry.is_file():
            yield f"{path}/{entry.name}", _stat(entry.stat())


def _stat(result: os.stat_result) -> Stat:
    return Stat(result.st_size, result.st_mtime_ns, result.st_ino)


def _unknown(entry: os.DirEntry[str]) -> Problem:
    name = entry.name.encode(errors="replace").decode()
    hint = suggest(name, FOLDERS, otherwise=f"the folders of content/ are {', '.join(FOLDERS)} and {MEDIA_FOLDER}.")
    message = f"'{name}' belongs to no kind of record and is not read"
    return Problem(file=f"{CONTENT}/{name}", code="unknown-folder", severity="warning", message=message, hint=hint)
