"""The data files of a site, such as `_data/a.yml`, each read when a text uses it."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

import msgspec

from generator.errors import Problem
from generator.importers.folder import OldFolder
from generator.importers.matter import parse_data

_SUFFIXES = (".yml", ".yaml", ".json")


class SiteData(Mapping[str, Any]):
    """The data in a site's folder `_data/`, by the names of files and folders.

    Files that are empty or, with a Problem of the folder, at fault are missing.
    """

    def __init__(self, folder: OldFolder, inner: str) -> None:
        self._folder = folder
        self._read: dict[str, Any] = {}
        self._files: dict[str, str] = {}
        for file in folder.files:
            path = file.removeprefix(inner)
            if file.startswith(inner) and "/" in path:
                self._files.setdefault(path.partition("/")[0], "")
            elif file.startswith(inner) and path.endswith(_SUFFIXES):
                self._files[PurePosixPath(path).stem] = file
        self._inner = inner

    def __getitem__(self, name: str) -> Any:
        found = self._find(name)
        if found is None:
            raise KeyError(name)
        return found

    def __iter__(self) -> Iterator[str]:
        return (name for name in self._files if self._find(name) is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _find(self, name: str) -> Any:
        if name in self._files and name not in self._read:
            file = self._files[name]
            self._read[name] = self._parse(file) if file else SiteData(self._folder, f"{self._inner}{name}/")
        return self._read.get(name)

    def _parse(self, file: str) -> Any:
        text = self._folder.read_text(file)
        if text is None:
            return None
        # As a value of a mapping, for the file itself may be a list.
        is_json = file.endswith(".json")
        yaml = "".join(f"  {line}\n" for line in text.removeprefix("---\n").split("\n"))
        data = parse_data(f'{{"data": {text}}}' if is_json else f"data:\n{yaml}", file=file)
        if isinstance(data, Problem):
            has_more = not is_json and not text.startswith("---\n")
            line = data.line - 1 if data.line and has_more else data.line
            self._folder.problems.append(msgspec.structs.replace(data, line=line))
            return None
        return data.get("data")
