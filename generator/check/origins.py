"""Finds the file that a maintainer has to edit because of the contents of an output."""

import html
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from generator.config import CONFIG_NAME
from generator.names import OutputPath
from generator.theme import THEMES

_SHORTEST = 8  # characters that are searched for everywhere
_MOST_OWNERS = 50
_SUFFIXES = (".html", ".css", ".js", ".md", ".toml")


class Origin(NamedTuple):
    """A file and the text in it; the text is empty if it was not found."""

    file: str
    needle: str


class Origins:
    """Finds the source files of the contents of outputs."""

    def __init__(self, root: Path, owners: Mapping[OutputPath, str], records: Sequence[str]) -> None:
        """Take the site's folder, the owner of each output, and the files of all records."""
        self._root = root
        self._owners = owners
        self._records = records
        self._is_record = frozenset(records)

    def file_of(self, path: OutputPath) -> str:
        """The file of the record that owns an output; else the output itself."""
        owner = self._owners.get(path, path)
        return owner if owner in self._is_record else path

    def find(self, written: str, paths: Iterable[OutputPath]) -> Origin:
        """Find the source of a link in some outputs.

        It is searched in their records, then in all records, in `site.toml` and in the site's themes.
        """
        paths = list(paths)
        if not written:
            return Origin(self.file_of(paths[0]), "")
        owners = dict.fromkeys(owner for path in paths if (owner := self.file_of(path)) in self._is_record)
        needles = _list_needles(written)
        for file in list(owners)[:_MOST_OWNERS]:
            if needle := _find(needles, self._read(file)):
                return Origin(file, needle)
        if len(written) >= _SHORTEST:
            for file, text in self._texts.items():
                if needle := _find(needles, text):
                    return Origin(file, needle)
        return Origin(self.file_of(paths[0]), "")

    @cached_property
    def _texts(self) -> dict[str, str]:
        found = sorted((self._root / THEMES).rglob("*"))
        themes = (file for file in found if file.suffix in _SUFFIXES and file.is_file())
        inside = (file.relative_to(self._root).as_posix() for file in themes)
        return {file: self._read(file) for file in (*self._records, CONFIG_NAME, *inside)}

    def _read(self, file: str) -> str:
        try:
            return (self._root / file).read_text(encoding="utf-8", errors="replace")
        except (OSError, ValueError):
            return ""


def _list_needles(written: str) -> list[str]:
    """The forms of a link in a source: first in delimiters, so that no longer link matches."""
    forms = dict.fromkeys((written, html.escape(written), unquote(written)))
    return [f"{before}{form}{after}" for before, after in ("()", '""', "<>", ("", "")) for form in forms]


def _find(needles: Sequence[str], text: str) -> str:
    return next((needle for needle in needles if needle in text), "")
