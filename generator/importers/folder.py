"""The folder of another system, whose files, names and links may be hostile: nothing outside of it is read."""

import os
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from generator.errors import Problem, explain_encoding, explain_unreadable
from generator.names import compose, make_printable
from generator.reading import read_regular
from generator.shape import CONTROL

_MAX_BYTES = 10_000_000
"""Of a file; texts and pictures for pages are much smaller."""

_UNUSABLE = re.compile(rf"{CONTROL.pattern}|[\t\n\r\x85\u2028\u2029]")
"""In names: characters that no text may hold, and those that begin another line of a report."""

_NEVER = frozenset({"node_modules", "__pycache__"})
"""Folders of files that programs made or fetched."""


class OldFolder:
    """A folder to read from. `files` are the paths in it, sorted; those that cannot be read are `problems`."""

    def __init__(self, root: Path, *, built: Collection[str] = (), hidden: Collection[str] = ()) -> None:
        """List the files, less those in folders at the top that are `built`; of hidden ones only those in `hidden`."""
        self._root = root.resolve()
        self._built = built
        self._hidden = hidden
        self.problems: list[Problem] = []
        self.files = tuple(sorted(self._walk()))
        self._known = frozenset(self.files)
        self._by_form = {compose(path): path for path in self.files if not path.isascii()}

    def holds(self, path: str) -> bool:
        """Whether there is a file with this path."""
        return path in self._known

    def stored(self, path: str) -> str | None:
        """The file that a path means, in any Unicode normal form of its name; None if there is none."""
        return path if path in self._known else self._by_form.get(compose(path))

    def place(self, path: str) -> Path:
        """The absolute path of one of the files."""
        return self._root / path

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None, and a Problem, if it cannot be read."""
        try:
            return read_regular(self._root / path, max_bytes=_MAX_BYTES)
        except OSError as fault:
            self.problems.append(explain_unreadable(fault, file=path))
            return None

    def read_text(self, path: str) -> str | None:
        r"""The text of a file, line ends `\n`; None if there is no such file or, with a Problem, it is not text."""
        data = self.read(path) if self.holds(path) else None
        if data is None:
            return None
        try:
            text = data.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as fault:
            self.problems.append(explain_encoding(fault, file=path))
            return None
        if bad := CONTROL.search(text):
            line = text.count("\n", 0, bad.start()) + 1
            message = f"the control character U+{ord(bad[0]):04X} is left out"
            found = Problem(file=path, code="left-out-character", message=message, line=line)
            self.problems.append(found)
            text = CONTROL.sub("", text)
        return text

    def _walk(self) -> Iterator[str]:
        waiting = [""]
        while waiting:
            folder = waiting.pop()
            try:
                entries = sorted(os.scandir(self._root / folder), key=lambda entry: entry.name)
            except OSError as fault:
                self.problems.append(explain_unreadable(fault, file=folder or "."))
                continue
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if _UNUSABLE.search(entry.name):
                    message = "the file's name is not UTF-8, or holds a control character"
                    shown = make_printable(path)
                    self.problems.append(Problem(file=shown, code="unusable-name", message=message, hint="rename it"))
                elif entry.name.startswith(".") and path not in self._hidden:
                    continue
                elif entry.is_dir(follow_symlinks=False):
                    waiting += [path] if entry.name not in _NEVER and path not in self._built else []
                elif self._is_inside(entry):
                    yield path

    def _is_inside(self, entry: os.DirEntry[str]) -> bool:
        """Whether an entry is a file, or a link to a file inside of this folder."""
        try:
            return entry.is_file() and (not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(self._root))
        except (OSError, RuntimeError):
            return False
