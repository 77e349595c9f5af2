"""The data files of a site, such as `_data/a.yml`, each read when a text uses it."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from generator.importers.folder import OldFolder
from generator.importers.matter import parse_data

_SUFFIXES = (".yml", ".yaml", ".json")


class SiteData(Mapping[str, Any]):
    """The data in a site's folder `_data/`, by the names of files and folders; unreadable files are missing."""

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
        if name not in self._read:
            file = self._files[name]
            self._read[name] = self._parse(file) if file else SiteData(self._folder, f"{self._inner}{name}/")
        if self._read[name] is None:
            raise KeyError(name)
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def _parse(self, file: str) -> Any:
        text = self._folder.read_text(file)
        if text is None:
            return None
        # As a value of a mapping, for the file itself may be a list.
        whole = (
            f'{{"data": {text}}}'
            if file.endswith(".json")
            else "data:\n" + "".join(f"  {line}\n" for line in text.removeprefix("---\n").split("\n"))
        )
        data = parse_data(whole, file=file)
        return data.get("data") if isinstance(data, dict) else None
