"""Folders below an output folder, opened one by one, so that nothing is written or removed through a link."""

import errno
import os
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_LINK_FAULTS = {errno.ELOOP, errno.EMLINK, errno.ENOTDIR}
"""What systems report of a link that must not be followed."""


class OpenFolders:
    """Opens the folders of paths below a root; those of the last path stay open."""

    def __init__(self, root: Path) -> None:
        """Open the root.

        Raises:
            OSError: it does not exist, or is a link or a file.
        """
        self._open: list[tuple[str, int]] = [("", _open_folder(str(root), None))]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _, descriptor in self._open:
            os.close(descriptor)

    def enter(self, path: str, *, is_made: bool = False) -> tuple[int, str]:
        """Open the folder that a path is in; returns its descriptor and the path's last segment.

        With `is_made`, folders that do not exist are made.

        Raises:
            OSError: a folder does not exist, or is a link or a file.
        """
        *folders, name = path.split("/")
        shared = 0
        while shared < len(folders) and shared + 1 < len(self._open) and self._open[shared + 1][0] == folders[shared]:
            shared += 1
        self._leave(shared + 1)
        for folder in folders[shared:]:
            above = self._open[-1][1]
            try:
                descriptor = _open_folder(folder, above)
            except FileNotFoundError:
                if not is_made:
                    raise
                with suppress(FileExistsError):
                    os.mkdir(folder, dir_fd=above)
                descriptor = _open_folder(folder, above)
            self._open.append((folder, descriptor))
        return self._open[-1][1], name

    def remove_empty(self) -> None:
        """Remove the folders of the last path that are empty."""
        while len(self._open) > 1:
            name = self._open[-1][0]
            self._leave(len(self._open) - 1)
            try:
                os.rmdir(name, dir_fd=self._open[-1][1])
            except OSError:  # it is not empty
                return

    def _leave(self, depth: int) -> None:
        while len(self._open) > depth:
            os.close(self._open.pop()[1])


def _open_folder(name: str, above: int | None) -> int:
    try:
        return os.open(name, _FOLDER, dir_fd=above)
    except OSError as fault:
        if fault.errno in _LINK_FAULTS:
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), name) from fault
        raise
