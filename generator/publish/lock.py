"""One build at a time: exclusive locks on a site and on an output folder."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.errors import PublishError
from generator.publish.ledger import MEMORY_FOLDER

PATIENCE_SECONDS = 2.0
"""How long a lock is waited for: a preview that follows an edit holds it for less."""

_PAUSE_SECONDS = 0.05


@contextmanager
def lock_site(root: Path) -> Iterator[None]:
    """Hold the lock of a site; the system lets it go when the process ends, however it ends.

    Raises:
        PublishError: another build holds it, or the folder cannot be written.
    """
    folder = root / MEMORY_FOLDER
    try:
        folder.mkdir(exist_ok=True)
    except OSError as fault:
        raise PublishError(str(folder), fault.strerror or str(fault)) from fault
    with _lock_folder(folder, "another build of this site is running; try again when it is done"):
        yield


@contextmanager
def lock_output(output: Path) -> Iterator[None]:
    """Make an output folder and hold its lock, so that two sites cannot be built into one folder at once.

    A folder that is empty in the end is removed again.

    Raises:
        PublishError: another build holds it, or the folder cannot be made.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise PublishError(str(fault.filename or output), fault.strerror or str(fault)) from fault
    try:
        with _lock_folder(output, "another build writes there; try again when it is done"):
            yield
    finally:
        with suppress(OSError):  # it is not empty
            output.rmdir()


@contextmanager
def _lock_folder(folder: Path, why: str) -> Iterator[None]:
    try:
        held = os.open(folder, os.O_RDONLY)
    except OSError as fault:
        raise PublishError(str(folder), fault.strerror or str(fault)) from fault
    try:
        patience = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError as fault:
                if time.monotonic() > patience:
                    raise PublishError(str(folder), why) from fault
                time.sleep(_PAUSE_SECONDS)
        yield
    finally:
        os.close(held)
