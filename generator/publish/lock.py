"""One build at a time: an exclusive lock on the site's folder."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.errors import PublishError
from generator.publish.ledger import MEMORY_FOLDER


@contextmanager
def lock_site(root: Path) -> Iterator[None]:
    """Hold the lock of a site; the system lets it go when the process ends, however it ends.

    Raises:
        PublishError: another build holds it, or the folder cannot be written.
    """
    folder = root / MEMORY_FOLDER
    try:
        folder.mkdir(exist_ok=True)
        stream = (folder / "lock").open("w")
    except OSError as fault:
        raise PublishError(str(folder), fault.strerror or str(fault)) from fault
    with stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise PublishError(str(root), "another build of this site is running; try again when it is done") from fault
        yield
