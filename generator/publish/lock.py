"""One build at a time: exclusive locks on a site and on an output folder."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from generator.errors import PublishError, os_errors_at
from generator.names import STATE_FOLDER
from generator.reading import read_regular

PATIENCE_SECONDS = 600.0
"""The longest wait for a lock; the system releases a lock when its holder ends."""

HOLDER_NAME = "holder"
"""The file in `.newsprint/` with the process and the command that hold the lock of the site."""

_MAX_BYTES = 10_000
_PAUSE_SECONDS = 0.05
_UNTOLD_SECONDS = 0.5  # a preview that follows an edit holds it for less

Waiting = Callable[[str], None]
"""Called repeatedly with the holder of a lock while a command waits; an exception of it ends the wait."""


def wait_silently(_who: str) -> None:
    """Do not report the wait."""


@contextmanager
def lock_site(root: Path, *, by: str = "", waiting: Waiting = wait_silently) -> Iterator[None]:
    """Hold the lock of the site in `root` for the command `by`.

    Raises:
        PublishError: another command holds it for too long, or the folder cannot be written.
    """
    folder = root / STATE_FOLDER
    holder = folder / HOLDER_NAME
    with _lock_folder(folder, lambda: _name_holder(holder), waiting):
        with suppress(OSError):  # a full disk: waiting commands do not show the holder
            holder.unlink(missing_ok=True)  # whatever it is, or leads to
            holder.write_text(f"{os.getpid()} {by}")
        try:
            yield
        finally:
            with suppress(OSError):
                holder.unlink()


@contextmanager
def lock_output(output: Path, waiting: Waiting = wait_silently) -> Iterator[None]:
    """Create an output folder and hold its lock, so that two sites cannot be built into it at once.

    The folder is removed if it is empty in the end.

    Raises:
        PublishError: another build holds it for too long, or the folder cannot be made.
    """
    with _lock_folder(output, lambda: f"the build of another site is writing into {output}", waiting):
        try:
            yield
        finally:
            with suppress(OSError):  # it is not empty
                output.rmdir()


def _name_holder(file: Path) -> str:
    """The holder of the lock of a site, as a sentence."""
    with suppress(OSError, UnicodeDecodeError):
        process, _, command = read_regular(file, max_bytes=_MAX_BYTES).decode().partition(" ")
        if command:
            return f"'{command}' (process {process}) is running on this site"
    return "another build of this site is running"


@contextmanager
def _lock_folder(folder: Path, name_holder: Callable[[], str], waiting: Waiting) -> Iterator[None]:
    """Create a folder and hold its lock."""
    began = time.monotonic()
    while (held := _try_lock(folder)) is None:
        waited, who = time.monotonic() - began, name_holder()
        if waited > _UNTOLD_SECONDS:
            waiting(who)
        if waited > PATIENCE_SECONDS:
            minutes = f"{PATIENCE_SECONDS / 60:.0f} minutes"
            raise PublishError(str(folder), f"{who}; waited for {minutes}: stop it, or try again when it is done")
        time.sleep(_PAUSE_SECONDS)
    try:
        yield
    finally:
        os.close(held)


def _try_lock(folder: Path) -> int | None:
    """The descriptor of a folder that is now locked; None if another process holds the lock."""
    with os_errors_at(folder), suppress(FileNotFoundError):  # its holder removed it just now
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as closing:
            held = os.open(folder, os.O_RDONLY)
            closing.callback(os.close, held)
            with suppress(BlockingIOError):
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if os.path.samestat(os.fstat(held), folder.stat()):
                    closing.pop_all()
                    return held
    return None
