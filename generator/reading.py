"""Reads the files of others: regular ones only, and no more of them than a limit."""

import errno
import os
import stat
from pathlib import Path

_PIECE = 65_536  # bytes


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
        data = os.read(descriptor, min(found.st_size, max_bytes) + 1)
        while len(data) <= max_bytes and (more := os.read(descriptor, _PIECE)):
            data += more
        if len(data) > max_bytes:
            raise LargeFileError(errno.EFBIG, f"it has more than {max_bytes:,} bytes", str(file))
        return data
    finally:
        os.close(descriptor)
