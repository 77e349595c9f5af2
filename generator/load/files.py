"""Finds the files of `content/` without opening them."""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import NamedTuple, Self

import msgspec

from generator.errors import Problem, explain_unreadable
from generator.load.ignored import is_leftover, name_ignored, name_stranger
from generator.names import ContentPath, Kind, compose
from generator.reach import Reach
from generator.records import FOLDERS, MEDIA_FOLDER

CONTENT = "content"

# A file changed this shortly before it was read may change again within the same tick of the file system's clock,
# and then look unchanged (version-control systems call it racily clean). Such a file is hashed, not trusted.
RACY_NS = 2_000_000_000

_LARGEST = 2**63 - 1  # that SQLite stores; some file systems have larger inodes, and times after 2262


class Stat(NamedTuple):
    """By these a changed file is recognised.

    Size in bytes, time of the contents' and of the inode's last change in ns, inode.
    """

    size: int
    changed_ns: int
    inode_changed_ns: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> Self:
        """What the system reports of a file."""
        return cls(found.st_size, found.st_mtime_ns & _LARGEST, found.st_ctime_ns, found.st_ino & _LARGEST)


class SourceFile(NamedTuple):
    """A record's file, not yet read."""

    path: ContentPath
    kind: Kind
    stat: Stat


class Scan(NamedTuple):
    """The files in `content/`: those of records, sorted by path, all others, and warnings about those.

    `reach` is where links may lead.
    `stood` and `guids` are the files of records in the last build, by names such as `article:chip`, and by guids.
    `linked` are links to folders among the records: pictures in them can be used, but their changes are not seen.
    `static` are the files of `static/` by path, in order.
    """

    reach: Reach
    records: list[SourceFile]
    others: dict[str, Stat]
    problems: list[Problem]
    linked: list[str]
    stood: Mapping[str, str] = {}
    guids: Mapping[str, str] = {}
    static: Mapping[str, Stat] = {}

    def is_settled(self, now_ns: int) -> bool:
        """Whether every file changed long enough before a time on the wall clock to trust its stat (`RACY_NS`)."""
        stats = [*(file.stat for file in self.records), *self.others.values(), *self.static.values()]
        return all(stat.inode_changed_ns < now_ns - RACY_NS for stat in stats)


def scan_content(root: Path, allow_links: Iterable[str] = ()) -> Scan:
    """List the files of a site, whose root is the folder with `site.toml`; `allow_links` is that of `[content]`."""
    scan = Scan(Reach(root, allow_links), [], {}, [], [])
    if problem := scan.reach.check(CONTENT):
        return scan._replace(problems=[problem])
    try:
        folders = sorted(os.scandir(root / CONTENT), key=lambda entry: entry.name)
    except FileNotFoundError:
        message = "the site has no folder content/"
        hint = "create it, with one folder per kind: " + ", ".join(FOLDERS)
        if other := next((file.name for file in sorted(root.iterdir()) if file.name.casefold() == CONTENT), None):
            hint = f"folder names are in lower case: rename '{other}' to '{CONTENT}'"
        return scan._replace(problems=[Problem(file=CONTENT, code="missing-file", message=message, hint=hint)])
    except OSError as fault:
        return scan._replace(problems=[explain_unreadable(fault, file=CONTENT)])
    for entry in folders:
        kind = FOLDERS.get(entry.name)
        path, is_known = f"{CONTENT}/{entry.name}", kind or entry.name == MEDIA_FOLDER
        if entry.is_symlink() and not is_leftover(entry.name) and (problem := scan.reach.check(path)):
            scan.problems.append(problem if is_known else _ignore_outside(path, problem))
        elif is_known and Path(entry.path).is_dir():  # False for a link to itself, unlike `entry`
            _walk(entry.path, path, kind, scan)
        elif is_known:
            message = f"'{entry.name}' is not a folder and is not read"
            hint = "make it a folder, with one file per record"
            scan.problems.append(Problem(file=path, code="unreadable-file", message=message, hint=hint))
        elif not is_leftover(entry.name):
            scan.problems.append(name_stranger(entry, CONTENT))
    scan.records.sort()
    scan.problems.extend(name_ignored(scan.others))
    return scan


def find_clashes(paths: Iterable[str]) -> Iterator[Problem]:
    """Report each file whose path differs from another's by Unicode normal form or by case only.

    Two records whose names are one in form NFC have one id, which is reported by itself.
    """
    first: dict[str, str] = {}
    for path in sorted(paths, key=lambda path: (path != compose(path), path)):
        other = first.setdefault(_fold(path), path)
        if other == path:
            continue
        code, message = "similar-name", f"the name differs only by case from '{other}'"
        hint = "rename one of them: macOS and Windows cannot store both"
        if compose(other) == compose(path):
            if path.endswith(".md"):
                continue
            code, message = "name-clash", "another file has the same name in another Unicode normal form (NFC and NFD)"
            hint = "remove or rename one of them: they look the same, and macOS cannot store both"
        found = "" if path.isascii() else ascii(PurePosixPath(path).name)[1:-1]
        yield Problem(file=path, code=code, message=message, found=found, hint=hint)


def _fold(path: str) -> str:
    """A path as systems compare it that do not distinguish case; `straße` is `strasse` for them."""
    return path.lower() if path.isascii() else compose(compose(path).casefold())


def _walk(folder: str, path: str, kind: Kind | None, scan: Scan) -> None:
    """Add the files below a folder, in any order; if it has a kind, those that end with `.md` are records."""
    waiting = [(folder, path)]
    while waiting:
        folder, path = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as fault:
            problem = explain_unreadable(fault, file=path)
            scan.problems.append(problem if kind else msgspec.structs.replace(problem, code="ignored-file"))
            continue
        for entry in entries:
            inner = f"{path}/{entry.name}"
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append((entry.path, inner))
            else:
                _add(entry, inner, kind, scan)


def _add(entry: os.DirEntry[str], path: str, kind: Kind | None, scan: Scan) -> None:
    is_record = kind is not None and path.endswith(".md")
    is_plain = path.isascii() and entry.is_file(follow_symlinks=False)  # as nearly all are
    if kind and not is_plain and entry.is_symlink() and Path(entry.path).is_dir():
        message = "symbolic links to folders are not followed, so nothing in it is read"
        hint = "put the folder itself there"
        scan.problems.append(Problem(file=path, code="unknown-folder", message=message, hint=hint))
        scan.linked.append(path)
    elif entry.is_symlink() and (problem := scan.reach.check(path)):
        scan.problems.append(problem if is_record else _ignore_outside(path, problem))
    elif is_record and not is_plain and (problem := _why_no_record(entry, path)):
        scan.problems.append(problem)
    elif kind is not None and is_record:
        try:
            scan.records.append(SourceFile(ContentPath(path), kind, Stat.of(entry.stat())))
        except OSError as fault:
            scan.problems.append(explain_unreadable(fault, file=path))
    else:
        with suppress(OSError):  # a link that leads nowhere
            scan.others[path] = Stat.of(entry.stat())


def _ignore_outside(path: str, problem: Problem) -> Problem:
    """The warning about a link out of the site that is no record; a record that shows it is refused."""
    return Problem(file=path, code="ignored-file", message=f"{problem.message}, and is not read", hint=problem.hint)


def _why_no_record(entry: os.DirEntry[str], path: str) -> Problem | None:
    """Why an entry with the name of a record cannot be read; None if it can."""
    try:
        path.encode()
    except UnicodeEncodeError:
        message = "the file's name is not UTF-8"
        return Problem(file=path, code="unusable-name", message=message, hint="rename it")
    if Path(entry.path).is_file() if entry.is_symlink() else entry.is_file():  # Path: False for a link to itself
        return None
    message = "cannot be read: " + ("the symbolic link is broken" if entry.is_symlink() else "it is not a file")
    return Problem(file=path, code="unreadable-file", message=message, hint="put the record there, or remove it")
