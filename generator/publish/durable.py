"""Waits until what was written is on disk, so that a power cut leaves whole files only."""

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def sync_file_system(folder: Path) -> None:
    """Wait for all files and folders of a folder's file system: one call for many files.

    Raises:
        OSError: the disk does not take them.

    Source: Linux manual, "syncfs(2)".
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if (syncfs := _find_syncfs()) is None:
            os.sync()
        elif syncfs(descriptor) != 0:
            import ctypes

            fault = ctypes.get_errno()
            raise OSError(fault, os.strerror(fault), str(folder))
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Wait for the names in a folder.

    Raises:
        OSError: the disk does not take them.
    """
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@cache
def _find_syncfs() -> "Callable[[int], Any] | None":
    """The system's `syncfs`, which Python does not have; None if the system does not have it either."""
    import ctypes  # it takes long to import, and most builds move nothing

    try:
        return ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return None
