"""Pictures that records name: found beside the record or below `content/media/`, decoded and measured once."""

import os
import posixpath
import warnings
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from generator.digest import digest_bytes
from generator.errors import KeyPath, Problem, suggest
from generator.load.cache import FileRow, make_row
from generator.load.files import CONTENT, Stat
from generator.media import PICTURE_NAMES, PICTURES_BY_NAME
from generator.names import slugify
from generator.records import MEDIA_FOLDER, Asset
from generator.shape import show
from generator.spellings import Spellings

if TYPE_CHECKING:
    from PIL.Image import Image

_MAX_STEM_BYTES = 80
_SCALE = 64  # pixels: enough of a JPEG for its colour
_ORIENTATION, _TURNED = 0x0112, frozenset({5, 6, 7, 8})  # Exif: browsers rotate these by 90°


class Pictures:
    """Finds and measures the pictures of one build; `seen` has them by path, `learned` the new rows for the cache."""

    def __init__(self, root: Path, recall: Callable[[str], FileRow | None]) -> None:
        self._root = root
        self._spellings = Spellings(root)
        self._recall = recall
        self.seen: dict[str, Asset | Problem] = {}
        self.learned: list[FileRow] = []

    def find(self, file: str, src: str, key: KeyPath) -> Asset | Problem:
        """The picture that a record's file means by `src`, or the Problem with it."""
        places = (posixpath.dirname(file), f"{CONTENT}/{MEDIA_FOLDER}")
        for place in places:
            path = self._spellings.find(src, beside=place, within=CONTENT)
            if path is not None and not path.endswith(".md"):  # that would be a record
                if path not in self.seen:
                    self.seen[path] = self._recall_or_measure(path)
                found = self.seen[path]
                if isinstance(found, Problem):
                    return msgspec.structs.replace(found, file=file, key=key, needle=src)
                return found
        paths = (posixpath.normpath(posixpath.join(place, src)) for place in places)
        folders = {posixpath.dirname(path) for path in paths if path.startswith(CONTENT + "/")}
        names = [name for folder in folders for name in _list_names(self._root / folder) if not name.endswith(".md")]
        return Problem(
            file=file,
            code="missing-image",
            key=key,
            needle=src,
            message=f"no picture {show(src)}",
            expected="a file next to the record or in content/media/",
            hint=suggest(PurePosixPath(src).name, names),
        )

    def _recall_or_measure(self, path: str) -> Asset | Problem:
        row = self._recall(path)
        try:
            stat = Stat.of((self._root / path).stat())
            if row and row.is_trusted(stat):
                return msgspec.msgpack.decode(row.made, type=Asset)
            data = (self._root / path).read_bytes()
        except OSError as fault:
            message = f"the picture '{path}' cannot be read: {fault.strerror}"
            hint = "give newsprint permission to read the file"
            return Problem(file=path, code="broken-image", message=message, hint=hint)
        digest = digest_bytes(data)
        if row and row.digest == digest:
            self.learned.append(make_row(path, stat, digest, row.made))
            return msgspec.msgpack.decode(row.made, type=Asset)
        found = measure_picture(path, self._root / path, data)
        if isinstance(found, Asset):
            self.learned.append(make_row(path, stat, digest, msgspec.msgpack.encode(found)))
        return found


def _list_names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(folder) if entry.is_file())
    except (OSError, ValueError):
        return []


def measure_picture(path: str, file: Path, data: bytes) -> Asset | Problem:
    """A picture with its size and colour, or the Problem with it; `path` is its name in reports."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)  # to Pillow only a warning
            with Image.open(file, formats=PICTURE_NAMES) as image:
                image.verify()
            with Image.open(file, formats=PICTURE_NAMES) as image:  # Pillow cannot read on after it verified
                width, height = image.size
                form = PICTURES_BY_NAME[image.format or ""]
                is_animated = form.moves and getattr(image, "is_animated", False)
                if image.getexif().get(_ORIENTATION) in _TURNED and not is_animated:
                    width, height = height, width
                image.draft(None, (_SCALE, _SCALE))
                colour = _average(image)
    except Exception as fault:  # noqa: BLE001 - Pillow's decoders raise whatever a broken file makes them raise
        message = f"the picture '{path}' cannot be read: {fault or type(fault).__name__}".replace(str(file), path)
        hint = f"save it as one of {', '.join(PICTURE_NAMES)}"
        return Problem(file=path, code="broken-image", message=message, hint=hint)
    stem = slugify(PurePosixPath(path).stem).encode()[:_MAX_STEM_BYTES].decode(errors="ignore") or "picture"
    return Asset(
        name=stem + form.suffixes[0],
        file=path,
        digest=digest_bytes(data),
        width=width,
        height=height,
        colour=colour,
        is_animated=is_animated,
    )


def _average(image: "Image") -> str:
    """The average colour of a picture, which is decoded whole; empty if it is transparent."""
    from PIL.Image import Resampling

    if image.has_transparency_data and any(image.convert("RGBA").getchannel("A").histogram()[:255]):
        return ""
    shown = image.convert("I").point(lambda grey: grey / 257).convert("L") if image.mode.startswith("I") else image
    red, green, blue = shown.convert("RGB").resize((1, 1), Resampling.BOX).tobytes()
    return f"#{red:02x}{green:02x}{blue:02x}"
