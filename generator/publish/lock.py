"""One build at a time: exclusive locks on a site and on an output folder."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.errors import PublishError
from generator.names import STATE_FOLDER

PATIENCE_SECONDS = 600.0
"""How long a lock is waited for. The system lets a lock go when its holder ends, so a dead one is not waited for."""

HOLDER_NAME = "holder"
"""The file in `.newsprint/` that says who holds the lock of the site: the number of the process, and its command."""

_PAUSE_SECONDS = 0.05
_UNTOLD_SECONDS = 0.5  # a preview that follows an edit holds it for less

Waiting = Callable[[str], None]
"""StoryCoverage, over and over, who is waited for, unless it is done at once; what it raises ends the waiting."""


def wait_silently(_who: str) -> None:
    """Report the waiting to nobody."""


@contextmanager
def lock_site(root: Path, *, by: str = "", waiting: Waiting = wait_silently) -> Iterator[None]:
    """Hold the lock of a site; the system lets it go when the process ends, however it ends.

    Args:
        root: The site's folder.
        by: The command that asks, for those who wait for it.
        waiting: Told while another one holds it.

    Raises:
        PublishError: another one holds it for too long, or the folder cannot be written.
    """
    folder = root / STATE_FOLDER
    holder = folder / HOLDER_NAME
    with _lock_folder(folder, lambda: _name_holder(holder), waiting):
        with suppress(OSError):  # a full disk: then those who wait are not told for whom
            holder.write_text(f"{os.getpid()} {by}")
        try:
            yield
        finally:
            with suppress(OSError):
                holder.unlink()


@contextmanager
def lock_output(output: Path, waiting: Waiting = wait_silently) -> Iterator[None]:
    """Make an output folder and hold its lock, so that two sites cannot be built into one folder at once.

    A folder that is empty in the end is removed again.

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
    """Who holds the lock of a site, as the sentence that waiting begins with."""
    with suppress(OSError, UnicodeDecodeError):
        process, _, command = file.read_text().partition(" ")
        if command:
            return f"'{command}' (process {process}) is running on this site"
    return "another build of this site is running"


@contextmanager
def _lock_folder(folder: Path, name_holder: Callable[[], str], waiting: Waiting) -> Iterator[None]:
    """Make a folder and hold its lock."""
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
    """The descriptor of a folder that is locked now; None where another one holds it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        held = os.open(folder, os.O_RDONLY)
    except FileNotFoundError:  # who held it removed it in between
        return None
    except OSError as fault:
        raise PublishError(str(fault.filename or folder), fault.strerror or str(fault)) from fault
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(held), folder.stat()):
            return held
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError as fault:
        os.close(held)
        raise PublishError(str(folder), fault.strerror or str(fault)) from fault
    os.close(held)
    return None
