"""Pictures that records name: found beside the record or below `content/media/`, decoded and measured once."""

import os
import posixpath
import re
import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from generator.animations import strip_metadata
from generator.decoding import decoded_bytes, shown_size
from generator.digest import digest_bytes
from generator.errors import KeyPath, Problem, suggest
from generator.limits import Limits, exceed
from generator.load.cache import FileRow, make_row
from generator.load.files import CONTENT, Stat
from generator.media import PICTURE_NAMES, PICTURES_BY_NAME
from generator.names import slugify
from generator.reach import Reach
from generator.reading import LargeFileError, read_regular
from generator.records import MEDIA_FOLDER, Asset
from generator.shape import show
from generator.spellings import Spellings

if TYPE_CHECKING:
    from PIL.Image import Image

_MAX_STEM_BYTES = 80
_SCALE = 64  # pixels: enough of a JPEG for its colour


class Pictures:
    """Finds and measures the pictures of one build; `seen` has them by path, `learned` the new rows for the cache."""

    def __init__(self, reach: Reach, recall: Callable[[str], FileRow | None], limits: Limits) -> None:
        self._reach, self._root, self._limits = reach, reach.root, limits
        self._spellings = Spellings(reach.root)
        self._recall = recall
        self._names: dict[str, list[str]] = {}
        self.seen: dict[str, Asset | Problem] = {}
        self.learned: list[FileRow] = []

    def find(self, file: str, src: str, key: KeyPath) -> Asset | Problem:
        """The picture that a record's file means by `src`, or the Problem with it."""
        places = (posixpath.dirname(file), f"{CONTENT}/{MEDIA_FOLDER}")
        for place in places:
            path = self._spellings.find(src, beside=place, within=CONTENT)
            if path is not None and not path.endswith(".md"):  # that would be a record
                if path not in self.seen:
                    self.seen[path] = self._reach.check(path) or self._recall_or_measure(path)
                found = self.seen[path]
                if isinstance(found, Problem):
                    return msgspec.structs.replace(found, file=file, key=key, needle=src)
                return found
        paths = (posixpath.normpath(posixpath.join(place, src)) for place in places)
        folders = {posixpath.dirname(path) for path in paths if path.startswith(CONTENT + "/")}
        return Problem(
            file=file,
            code="missing-image",
            key=key,
            needle=src,
            message=f"no picture {show(src)}",
            expected="a file next to the record or in content/media/",
            hint=suggest(PurePosixPath(src).name, [name for folder in folders for name in self._names_in(folder)]),
        )

    def _names_in(self, folder: str) -> list[str]:
        """The names of the files of a folder but records, sorted; it is listed once."""
        if folder not in self._names:
            there = _list_names(self._root / folder) if self._reach.holds(folder) else []
            self._names[folder] = [name for name in there if not name.endswith(".md")]
        return self._names[folder]

    def _recall_or_measure(self, path: str) -> Asset | Problem:
        row = self._recall(path)
        try:
            stat = Stat.of((self._root / path).stat())
            if row and row.is_trusted(stat):
                return msgspec.msgpack.decode(row.made, type=Asset)
            data = read_regular(self._root / path, max_bytes=self._limits.picture_bytes)
        except LargeFileError:
            return _exceed(path, f"more than {self._limits.picture_bytes:,} bytes", "picture_bytes", self._limits)
        except OSError as fault:
            message = f"the picture '{path}' cannot be read: {fault.strerror}"
            hint = "give newsprint permission to read the file"
            return Problem(file=path, code="broken-image", message=message, hint=hint)
        digest = digest_bytes(data)
        if row and row.digest == digest:
            self.learned.append(make_row(path, stat, digest, row.made))
            return msgspec.msgpack.decode(row.made, type=Asset)
        found = measure_picture(path, data, self._limits)
        if isinstance(found, Asset):
            self.learned.append(make_row(path, stat, digest, msgspec.msgpack.encode(found)))
        return found


def _list_names(folder: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in os.scandir(folder) if entry.is_file())
    except (OSError, ValueError):
        return []


def measure_picture(path: str, data: bytes, limits: Limits) -> Asset | Problem:
    """A picture with its size and colour, or the Problem with it; `path` is its name in reports."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # `check_header` has the limits
            with Image.open(BytesIO(data), formats=PICTURE_NAMES) as image:
                if problem := check_header(path, image, data, limits):
                    return problem
                image.verify()
            with Image.open(BytesIO(data), formats=PICTURE_NAMES) as image:  # Pillow cannot read on after it verified
                return _measure(path, image, data)
    except Image.DecompressionBombError:
        return _exceed(path, "more pixels than any picture may have", "picture_pixels", limits)
    except Exception as fault:  # noqa: BLE001 - Pillow's decoders raise whatever a broken file makes them raise
        why = re.sub(r"<_io\.BytesIO[^>]*>", f"'{path}'", str(fault)) or type(fault).__name__
        message = f"the picture '{path}' cannot be read: {why}"
        hint = f"save it as one of {', '.join(PICTURE_NAMES)}"
        return Problem(file=path, code="broken-image", message=message, hint=hint)


def check_header(path: str, image: "Image", data: bytes, limits: Limits) -> Problem | None:
    """The Problem with a picture that is beyond a limit by its header; nothing is decoded."""
    width, height = image.size
    if max(width, height) > limits.picture_side:
        return _exceed(path, f"a side of {max(width, height):,} pixels", "picture_side", limits)
    if width * height > limits.picture_pixels:
        return _exceed(path, f"{width * height:,} pixels", "picture_pixels", limits)
    if (needed := len(data) + decoded_bytes(image, data)) > limits.picture_memory:
        found = f"{width:,} × {height:,} pixels, which take {needed:,} bytes of memory as {image.format}"
        return _exceed(path, found, "picture_memory", limits)
    return None


def _exceed(path: str, found: str, limit: str, limits: Limits) -> Problem:
    message, expected = f"the picture '{path}' has {found}", f"at most {getattr(limits, limit):,}"
    return exceed(path, message, expected, limit, remedy="save it in a smaller size")


def _measure(path: str, image: "Image", data: bytes) -> Asset:
    """Decode a picture, and read an animation to its end, as rendering does."""
    form = PICTURES_BY_NAME[image.format or ""]
    is_animated = form.moves and getattr(image, "is_animated", False)
    width, height = image.size if is_animated else shown_size(image)
    if is_animated:
        strip_metadata(data, form.suffixes[0].removeprefix("."))
    image.draft(None, (_SCALE, _SCALE))
    stem = slugify(PurePosixPath(path).stem).encode()[:_MAX_STEM_BYTES].decode(errors="ignore") or "picture"
    return Asset(
        name=stem + form.suffixes[0],
        file=path,
        digest=digest_bytes(data),
        width=width,
        height=height,
        colour=_average(image),
        is_animated=is_animated,
    )


def _average(image: "Image") -> str:
    """The average colour of a picture, which is decoded whole; empty if it is transparent."""
    from PIL.Image import Resampling

    if image.has_transparency_data and any(_alpha(image).histogram()[:255]):
        return ""
    shown = image.convert("I").point(lambda grey: grey / 257).convert("L") if image.mode.startswith("I") else image
    red, green, blue = shown.convert("RGB").resize((1, 1), Resampling.BOX).tobytes()
    return f"#{red:02x}{green:02x}{blue:02x}"


def _alpha(image: "Image") -> "Image":
    return (image if image.mode == "RGBA" else image.convert("RGBA")).getchannel("A")
