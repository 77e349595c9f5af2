"""Files of `static/`: published as they are, under the paths that they have there."""

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from generator.digest import digest_bytes
from generator.errors import KeyPath, Problem, explain_unreadable, suggest
from generator.limits import Limits, exceed
from generator.load.cache import BuildCache, FileRow, make_row
from generator.load.files import Scan, Stat, find_clashes
from generator.names import NOT_IN_FILE_NAMES, STATIC_FOLDER, compose, is_file_name
from generator.reach import Reach
from generator.reading import LargeFileError, is_left_behind, read_regular
from generator.records import Asset, find_static


def scan_static(reach: Reach) -> tuple[dict[str, Stat], list[Problem]]:
    """List the files of `static/` without opening them, by their paths; a site need not have it."""
    found: dict[str, Stat] = {}
    if not (reach.root / STATIC_FOLDER).is_dir():
        return found, []
    if problem := reach.check(STATIC_FOLDER):
        return found, [problem]
    problems: list[Problem] = []
    waiting = [STATIC_FOLDER]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(reach.root / folder))
        except OSError as fault:
            problems.append(explain_unreadable(fault, file=folder))
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if is_left_behind(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif problem := _why_unusable(entry, path, reach):
                problems.append(problem)
            else:
                try:
                    found[path] = Stat.of(entry.stat())
                except OSError as fault:
                    problems.append(explain_unreadable(fault, file=path))
    return dict(sorted(found.items())), [*problems, *find_clashes(found)]


def _why_unusable(entry: os.DirEntry[str], path: str, reach: Reach) -> Problem | None:
    """Why an entry that is no folder cannot be published; None if it can."""
    if unfit := next((name for name in path.split("/") if not is_file_name(compose(name))), None):
        message, hint = (
            f"the name {unfit!a} cannot be published",
            f"rename it: no control characters, and none of {NOT_IN_FILE_NAMES}",
        )
        return Problem(file=path, code="unusable-name", message=message, hint=hint)
    if entry.is_symlink():
        if problem := reach.check(path):
            return problem
        if Path(entry.path).is_dir():
            message, hint = "symbolic links to folders are not followed", "put the folder itself there"
            return Problem(file=path, code="unreadable-file", message=message, hint=hint)
    if Path(entry.path).is_file():  # False for a link to itself
        return None
    return Problem(file=path, code="unreadable-file", message="it is not a file", hint="put a file there, or remove it")


def warn_of_missing(file: str, links: Iterable[tuple[KeyPath, str]], static: Mapping[str, str]) -> Iterator[Problem]:
    """Warn of links in a record's texts to addresses of this site at which `static` (`hrefs_of`) has no file."""
    for key, link in links:
        if find_static(link, static) is None:
            shown = link if len(link) <= _MOST_SHOWN else f"{link[:_MOST_SHOWN]}…"
            message = f"the link '{shown}' is removed: static/ has no such file"
            hint = suggest(link, static, otherwise=_HINT)
            yield Problem(file=file, code="unusable-link", key=key, needle=link, message=message, hint=hint)


_MOST_SHOWN = 100
_HINT = "write a record's kind and id, such as page:about, or put the file into static/"


class StaticFiles(NamedTuple):
    """The files of `static/`, sorted by path, new rows for the cache, and Problems."""

    assets: tuple[Asset, ...]
    learned: list[FileRow]
    problems: list[Problem]


def read_static(scan: Scan, cache: BuildCache, limits: Limits) -> StaticFiles:
    """Digest the files of `static/` that changed since the last build."""
    read = StaticFiles((), [], [])
    return read._replace(assets=tuple(_read_each(scan, cache, limits, read)))


def _read_each(scan: Scan, cache: BuildCache, limits: Limits, read: StaticFiles) -> Iterator[Asset]:
    for path, stat in scan.static.items():
        row = cache.row(path)
        if row and row.is_trusted(stat):
            digest = row.digest
        else:
            try:
                digest = digest_bytes(read_regular(scan.reach.root / path, max_bytes=limits.static_bytes))
            except LargeFileError:
                expected = f"at most {limits.static_bytes:,}"
                message, remedy = f"it has {stat.size:,} bytes", "make it smaller, put it on another host"
                read.problems.append(exceed(path, message, expected, "static_bytes", remedy=remedy))
                continue
            except OSError as fault:
                read.problems.append(explain_unreadable(fault, file=path))
                continue
            read.learned.append(make_row(path, stat, digest, b""))
        yield Asset(name=compose(path.removeprefix(f"{STATIC_FOLDER}/")), file=path, digest=digest)
