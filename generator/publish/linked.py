"""The files of a folder as hard links in another."""

import errno
import filecmp
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from generator.publish.place import COPY_NAME, STAGING

_NO_LINKS = {errno.EXDEV, errno.EMLINK, errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}
"""What systems report if a file cannot have another name there; then it is copied."""


def link_files(source: Path, goal: Path) -> None:
    """Link the files and folders of a folder into another, whoever made them; what only builds use is left out.

    Folders get the same permissions.

    Raises:
        OSError: the system refuses.
    """
    shutil.copymode(source, goal)
    for path, is_folder in _walk(source):
        if is_folder:
            os.mkdir(f"{goal}/{path}")
            shutil.copymode(f"{source}/{path}", f"{goal}/{path}")
        else:
            _link(f"{source}/{path}", f"{goal}/{path}")


def find_files(folder: Path) -> Iterator[str]:
    """The paths of all files and links below a folder, without what only builds use."""
    return (path for path, is_folder in _walk(folder) if not is_folder)


def is_same(one: Path, other: Path) -> bool:
    """Whether two paths are one file, or links or files with the same content."""
    try:
        if os.path.samestat(one.lstat(), other.lstat()):
            return True
        if one.is_symlink() or other.is_symlink():
            return os.readlink(one) == os.readlink(other)
        return one.is_file() and other.is_file() and filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False


def _walk(folder: Path) -> Iterator[tuple[str, bool]]:
    """Paths below a folder and whether they are folders, each folder before what is in it."""
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with os.scandir(f"{folder}/{above}") as entries:
            for entry in entries:
                if not above and entry.name in (STAGING, COPY_NAME):
                    continue
                is_folder = entry.is_dir(follow_symlinks=False)
                yield above + entry.name, is_folder
                if is_folder:
                    waiting.append(f"{above}{entry.name}/")


def _link(source: str, goal: str) -> None:
    try:
        os.link(source, goal, follow_symlinks=False)
    except OSError as fault:
        if fault.errno not in _NO_LINKS:
            raise
        shutil.copy2(source, goal, follow_symlinks=False)
