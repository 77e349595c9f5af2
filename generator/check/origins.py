"""Finds the file that a maintainer has to edit because of the contents of an output."""

import html
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple
from urllib.parse import unquote

from generator.config import CONFIG_NAME
from generator.names import OutputPath
from generator.reach import Reach
from generator.reading import list_files, read_regular
from generator.theme import THEMES

_SHORTEST = 8  # characters that are searched for everywhere
_MOST_OWNERS = 50
_MAX_BYTES = 50_000_000
_SUFFIXES = (".html", ".css", ".js", ".md", ".toml")


class Origin(NamedTuple):
    """A file and the text in it; the text is empty if it was not found."""

    file: str
    needle: str


class Origins:
    """Finds the source files of the contents of outputs."""

    def __init__(self, reach: Reach, owners: Mapping[OutputPath, str], records: Sequence[str]) -> None:
        """Take the site's files within reach, the owner of each output, and the files of all records."""
        self._reach = reach
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
        inside = (f"{THEMES}/{file}" for file in list_files(self._reach.root / THEMES) if file.endswith(_SUFFIXES))
        return {file: self._read(file) for file in (*self._records, CONFIG_NAME, *inside)}

    def _read(self, file: str) -> str:
        if not self._reach.holds(file):
            return ""
        try:
            return read_regular(self._reach.root / file, max_bytes=_MAX_BYTES).decode(errors="replace")
        except OSError:
            return ""


def _list_needles(written: str) -> list[str]:
    """The forms of a link in a source: first in delimiters, so that no longer link matches."""
    forms = dict.fromkeys((written, html.escape(written), unquote(written)))
    return [f"{before}{form}{after}" for before, after in ("()", '""', "<>", ("", "")) for form in forms]


def _find(needles: Sequence[str], text: str) -> str:
    return next((needle for needle in needles if needle in text), "")
