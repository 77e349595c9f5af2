"""Reports which files of a site change.

Folders are watched one by one, because builds write below the site's folder, too.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

from watchfiles import Change, watch
from watchfiles._rust_notify import WatchfilesRustInternalError

from generator.config import CONFIG_NAME
from generator.errors import PublishError
from generator.names import STATIC_FOLDER
from generator.reading import is_left_behind

FOLDERS = ("content", "themes", STATIC_FOLDER)
TICK_MS = 100
"""The longest time between two reports, even if nothing changed."""

_STEP_MS = 15  # quiet time before a change is reported: editors do several things to save a file
_LONGEST_MS = 50  # the longest delay of a report
_PASSING = ("~", ".swp", ".swx", ".tmp", ".bak", "___jb_tmp___", "___jb_old___")  # temporary files of editors
_PROBE = "4913"  # the file with which Vim tests whether it can write


def watch_site(root: Path, stop: Event) -> Iterator[tuple[str, ...]]:
    """Report the changes of a site until `stop` is set.

    Yields:
        The files that changed, relative to the folder, sorted; empty if nothing did for `TICK_MS`.
        After the first report, everything is watched.

    Raises:
        PublishError: the system does not allow so many watched folders.
    """
    changed: set[str] = set()
    while not stop.is_set():
        folders = list_folders(root)
        try:
            for found in _watch_folders(folders, root, stop):
                changed |= {os.path.relpath(path, root) for _, path in found}
                if any(kind is not Change.modified for kind, _ in found) and list_folders(root) != folders:
                    break  # report it when the new ones are watched, too
                yield tuple(sorted(changed))
                changed.clear()
        except FileNotFoundError:  # a folder was removed before it was watched
            stop.wait(TICK_MS / 1000)
            yield tuple(sorted(changed))
            changed.clear()
        except WatchfilesRustInternalError as fault:
            why = f"its folders cannot be watched: {fault}; with WATCHFILES_FORCE_POLLING=1 they are polled"
            raise PublishError(str(root), why) from fault


def list_folders(root: Path) -> list[Path]:
    """The site's folder and all folders with its files, including linked ones that a build follows."""
    found = [root]
    for name in FOLDERS:
        top = root / name
        waiting = [str(top)]
        waiting += [entry.path for entry in os.scandir(top) if entry.is_symlink()] if top.is_dir() else []
        while waiting:
            folder = waiting.pop()
            with suppress(OSError):  # it is no folder, is gone, or nests too deeply
                inner = (entry for entry in os.scandir(folder) if not _is_hidden(name, entry.name))
                waiting += [entry.path for entry in inner if entry.is_dir(follow_symlinks=False)]
                found.append(Path(folder))
    return found


def is_source(path: str) -> bool:
    """Whether a build may read a file, by its path relative to the site's folder."""
    parts = Path(path).parts or (".",)  # the site's folder itself, if it is removed
    if parts[-1] == _PROBE or path.endswith(_PASSING) or any(_is_hidden(parts[0], part) for part in parts):
        return False
    return path == CONFIG_NAME or parts[0] in FOLDERS


def _is_hidden(top: str, name: str) -> bool:
    """Whether a file or folder below a folder of the site is hidden; those of `static/` are published."""
    return is_left_behind(name) if top == STATIC_FOLDER else name.startswith((".", "#"))


def _watch_folders(folders: list[Path], root: Path, stop: Event) -> Iterator[set[tuple[Change, str]]]:
    return watch(
        *folders,
        watch_filter=lambda _, path: is_source(os.path.relpath(path, root)),
        debounce=_LONGEST_MS,
        step=_STEP_MS,
        stop_event=stop,
        rust_timeout=TICK_MS,
        yield_on_timeout=True,
        raise_interrupt=False,
        recursive=False,
        ignore_permission_denied=True,
    )
