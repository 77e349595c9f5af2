"""Finds files by the paths that people write for them.

A name may be stored with its accents apart from their letters (Unicode form NFD, as macOS does) and written with both
in one (NFC), or percent-encoded: it means the same file.
"""

import os
import posixpath
from pathlib import Path
from urllib.parse import unquote

from generator.names import compose


class Spellings:
    """The files below one folder; each of its folders is listed once at most."""

    def __init__(self, root: Path) -> None:
        """Take the folder that all paths are relative to."""
        self._root = root
        self._names: dict[str, dict[str, list[str]]] = {}

    def find(self, written: str, *, beside: str, within: str) -> str | None:
        """The path of the file that someone means, as it is stored; None where there is none.

        Args:
            written: A relative path: as it is stored, else in another normal form, else percent-encoded.
            beside: The folder that it begins at.
            within: The folder that it must not leave.
        """
        for form in dict.fromkeys((written, unquote(written))):
            path = posixpath.normpath(posixpath.join(beside, form))
            if path.startswith(f"{within}/") and not form.startswith("/") and "\\" not in path:
                stored = self._find_stored(path)
                if stored is not None:
                    return stored
        return None

    def _find_stored(self, path: str) -> str | None:
        if _is_file(self._root / path):
            return path
        if path.isascii():
            return None
        places = [""]
        for segment in path.split("/"):
            places = [f"{place}{name}/" for place in places for name in self._spellings_of(segment, place)]
        return next((place[:-1] for place in places if _is_file(self._root / place[:-1])), None)

    def _spellings_of(self, segment: str, folder: str) -> list[str]:
        """The names in a folder that are a segment of a path in some normal form, sorted."""
        if segment.isascii():
            return [segment]
        if folder not in self._names:
            names = self._names[folder] = {}
            for name in _list_names(self._root / folder):
                names.setdefault(compose(name), []).append(name)
        return self._names[folder].get(compose(segment), [])


def _is_file(file: Path) -> bool:
    try:
        return file.is_file()
    except (OSError, ValueError):  # a name that no file system takes
        return False


def _list_names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(folder) if not entry.name.isascii())
    except (OSError, ValueError):
        return []
