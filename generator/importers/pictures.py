"""The pictures of imported texts: found in the old folder, checked like those of records, copied to the media."""

import posixpath
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from generator.digest import digest_bytes
from generator.errors import Problem
from generator.importers.folder import OldFolder
from generator.limits import Limits
from generator.load.pictures import measure_picture
from generator.media import PICTURES_BY_SUFFIX
from generator.names import slugify
from generator.reading import read_regular
from generator.records import MEDIA_FOLDER

_MAX_STEM = 80


class OldPictures:
    """Gives each picture a place below `content/media/`; `copies` are the files to copy, by that place."""

    def __init__(self, folder: OldFolder, folders: tuple[str, ...], site: Path) -> None:
        self._folder = folder
        self._folders = folders
        self._site = site
        self._places: dict[str, str | Problem] = {}
        self._taken: dict[str, str] = {}
        self.copies: dict[str, str] = {}

    @property
    def places(self) -> set[str]:
        """All that records may write to show a picture."""
        return {place for place in self._places.values() if isinstance(place, str)}

    def find(self, text_file: str, written: str) -> str | None:
        """The file that a text means: beside it, or in one of the folders of pictures."""
        path = unquote(written.partition("?")[0].partition("#")[0])
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(text_file), path))
        below = (posixpath.normpath(posixpath.join(folder, path.lstrip("/"))) for folder in self._folders)
        candidates = (*below, beside) if path.startswith("/") else (beside, *below)
        return next(filter(None, map(self._folder.stored, candidates)), None)

    def place(self, path: str) -> str | Problem:
        """What a record writes to show a file of the old folder, or the Problem with it."""
        if path not in self._places:
            self._places[path] = self._settle(path)
        return self._places[path]

    def _settle(self, path: str) -> str | Problem:
        if PurePosixPath(path).suffix.lower() not in PICTURES_BY_SUFFIX:
            return Problem(file=path, code="broken-image", message="in a format that pages cannot show")
        data = self._folder.read(path)
        if data is None:
            return self._folder.problems.pop()
        measured = measure_picture(path, data, Limits())
        return measured if isinstance(measured, Problem) else self._take(path, data)

    def _take(self, path: str, data: bytes) -> str:
        """A place that is free, or holds the same picture already."""
        name = self._name(path)
        digest, number, place = digest_bytes(data), 1, str(name)
        while self._taken.setdefault(place, digest) != digest or self._holds_other(place, data):
            number += 1
            place = str(name.with_stem(f"{name.stem}-{number}"))
        if not (self._site / "content" / MEDIA_FOLDER / place).exists():
            self.copies[f"content/{MEDIA_FOLDER}/{place}"] = path
        return place

    def _holds_other(self, place: str, data: bytes) -> bool:
        try:
            return read_regular(self._site / "content" / MEDIA_FOLDER / place, max_bytes=len(data)) != data
        except FileNotFoundError:
            return False
        except OSError:
            return True

    def _name(self, path: str) -> PurePosixPath:
        roots = (f"{one}/" for one in self._folders if one)
        inner = next((path.removeprefix(root) for root in roots if path.startswith(root)), path)
        *folders, name = PurePosixPath(inner).parts
        stem = slugify(PurePosixPath(name).stem)[:_MAX_STEM].rstrip("-") or "picture"
        return PurePosixPath(*filter(None, map(slugify, folders)), stem + PurePosixPath(name).suffix.lower())
