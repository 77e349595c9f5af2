"""Exchanges a link and a folder, so that a site changes between a folder and releases while readers have it."""

import os
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_HERE = -100  # AT_FDCWD
_EXCHANGE = 2  # RENAME_EXCHANGE


def exchange(link: Path, folder: Path) -> None:
    """Exchange the names of a symbolic link and a folder: in one step if the system can.

    Raises:
        OSError: one of them does not exist, or the system refuses.

    Source: Linux manual, "renameat2(2)".
    """
    rename = _find_rename()
    if rename is not None and rename(_HERE, os.fsencode(link), _HERE, os.fsencode(folder), _EXCHANGE) == 0:
        return
    target = link.readlink()
    link.unlink()
    folder.rename(link)
    folder.symlink_to(target)


@cache
def _find_rename() -> "Callable[..., Any] | None":
    """The system's `renameat2`, which Python does not have; None if the system does not have it either."""
    import ctypes  # it takes long to import, and few builds exchange anything

    try:
        return ctypes.CDLL(None).renameat2
    except (OSError, AttributeError):
        return None
