"""Lists and reads the files of others: regular ones only, and no more of them than a limit."""

import errno
import os
import re
import stat
from pathlib import Path

_PIECE = 65_536  # bytes


_LEFTOVER = re.compile(
    r"\.DS_Store|\._.*|thumbs\.db|ehthumbs\.db|desktop\.ini|\.git(?:ignore|keep|attributes)?|\.hg|\.svn"
    r"|.*~|\.#.*|#.*#|\..*\.sw[op]|4913",
    re.IGNORECASE,
)
"""What systems, editors and version control leave behind; other hidden files, such as `.well-known`, are published."""


def is_left_behind(name: str) -> bool:
    """Whether a file or folder of `static/` is not published, by its name."""
    return _LEFTOVER.fullmatch(name) is not None


def list_files(folder: Path | str, faults: list[OSError] | None = None) -> list[str]:
    """The paths in a folder of the files below it, sorted, without hidden ones and links to folders.

    `faults` gets what the system refuses, such as folders that nest too deeply.
    """
    found, waiting = [], [""]
    while waiting:
        above = waiting.pop()
        try:
            with os.scandir(f"{folder}/{above}") as entries:
                for entry in entries:
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(f"{above}{entry.name}/")
                    elif entry.is_file(follow_symlinks=False) or os.path.isfile(entry.path):  # noqa: PTH113
                        found.append(f"{above}{entry.name}")
        except (FileNotFoundError, NotADirectoryError):
            continue
        except OSError as fault:
            if faults is not None:
                faults.append(fault)
    return sorted(found)


class LargeFileError(OSError):
    """A file is larger than it may be."""


def read_regular(file: Path | str, *, max_bytes: int) -> bytes:
    """The bytes of a regular file, or of one that a link leads to.

    Raises:
        LargeFileError: it is larger than `max_bytes`.
        OSError: it is a FIFO, a device or a folder, or the system refuses.
    """
    descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)  # else opening a FIFO waits for a writer
    try:
        found = os.fstat(descriptor)
        if stat.S_ISDIR(found.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(file))
        if not stat.S_ISREG(found.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(file))
        if found.st_size <= max_bytes:
            data = os.read(descriptor, found.st_size + 1)
            while len(data) <= max_bytes and (more := os.read(descriptor, _PIECE)):
                data += more
            if len(data) <= max_bytes:
                return data
        raise LargeFileError(errno.EFBIG, f"it has more than {max_bytes:,} bytes", str(file))
    finally:
        os.close(descriptor)
