"""The files that options of type `asset` mean, such as a site's logo: found, measured, and given to templates."""

import re
import warnings
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple

import msgspec

from generator.digest import digest_bytes, digest_of, program_digest
from generator.errors import Problem, ThemeError, suggest
from generator.media import DRAWING, PICTURES_BY_SUFFIX, pillow_name
from generator.names import compose
from generator.reach import Reach
from generator.reading import list_files, read_regular
from generator.records.asset import THEME_ASSET, Asset
from generator.shape import show
from generator.spellings import Spellings
from generator.theme.findings import Findings
from generator.theme.options import Option

MEDIA = "content/media"

_MAX_BYTES = 50_000_000  # of a picture

_SUFFIXES = (*PICTURES_BY_SUFFIX, DRAWING)


class GivenFile(NamedTuple):
    """The file of an option of type `asset`; `data` is None if it is an asset of a theme of the chain."""

    asset: Asset
    data: bytes | None


def find_given(
    options: Iterable[Option], reach: Reach, assets: Mapping[str, bytes], findings: Findings | None
) -> tuple[dict[str, GivenFile | None], list[Problem]]:
    """Find the files of options of type `asset` by the option's name; None for an empty option.

    A file is one of the chain's `assets` or, for the site's choices, a picture below `content/media/`.
    """
    given: dict[str, GivenFile | None] = {}
    problems: list[Problem] = []
    for option in options:
        if option.declaration.type != "asset":
            continue
        try:
            given[option.name] = _find(option, reach, assets, findings) if option.value else None
        except ThemeError as fault:
            problems += fault.problems
    return given, problems


def _refuse(option: Option, code: str, message: str, *, expected: str = "", hint: str = "") -> ThemeError:
    problem = Problem(file=option.file, code=code, key=option.key, message=message, expected=expected, hint=hint)
    return ThemeError([problem])


def _find(option: Option, reach: Reach, assets: Mapping[str, bytes], findings: Findings | None) -> GivenFile:
    path = Spellings(reach.root).find(option.value, beside=MEDIA, within=MEDIA) if option.is_chosen else None
    if path is not None and PurePosixPath(path).suffix.lower() in _SUFFIXES:
        data = _read(option, path, reach)
        name = f"media/{option.name}{PurePosixPath(path).suffix.lower()}"
        return GivenFile(_measure(option, name, data, findings), data)
    named = compose(option.value)
    if named in assets:
        return GivenFile(_measure(option, named, assets[named], findings), None)
    pictures = list_files(reach.root / MEDIA) if option.is_chosen and reach.holds(MEDIA) else []
    shown = [file for file in pictures if PurePosixPath(file).suffix.lower() in _SUFFIXES]
    expected = "an asset of the theme" + (f", or a picture in {MEDIA}/" if option.is_chosen else "")
    message = f"no asset {show(option.value)}"
    hint = suggest(option.value, [*assets, *shown])
    raise _refuse(option, "unknown-asset", message, expected=expected, hint=hint)


def _read(option: Option, path: str, reach: Reach) -> bytes:
    if problem := reach.check(path):
        raise _refuse(option, problem.code, problem.message, hint=problem.hint)
    try:
        return read_regular(reach.root / path, max_bytes=_MAX_BYTES)
    except OSError as fault:
        message = f"the picture {show(option.value)} cannot be read: {fault.strerror}"
        hint = "give newsprint permission to read the file" if isinstance(fault, PermissionError) else ""
        raise _refuse(option, "broken-image", message, hint=hint) from fault


def _measure(option: Option, name: str, data: bytes, findings: Findings | None) -> Asset:
    """The asset of a file; with its size if it is a picture."""
    asset = Asset(name=name, file=THEME_ASSET + name, digest=digest_bytes(data))
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in _SUFFIXES:
        return asset
    finding = f"size of {option.name}"
    found = findings.get(finding, digest_of([asset, program_digest()])) if findings else None
    if found is not None:
        return msgspec.msgpack.decode(found, type=Asset)
    try:
        width, height = _measure_svg(data) if suffix == DRAWING else _measure_raster(data, pillow_name(suffix))
    except Exception as fault:  # Pillow's decoders raise whatever a broken file makes them raise
        message = f"the picture {show(option.value)} cannot be measured"
        hint = "give its <svg> a 'viewBox'" if suffix == DRAWING else f"save it again as {pillow_name(suffix)}"
        raise _refuse(option, "broken-image", message, hint=hint) from fault
    measured = msgspec.structs.replace(asset, width=width, height=height)
    if findings:
        findings.put(finding, digest_of([asset, program_digest()]), msgspec.msgpack.encode(measured))
    return measured


def _measure_raster(data: bytes, kind: str) -> tuple[int, int]:
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(BytesIO(data), formats=[kind]) as image:
            return image.size


_SVG = re.compile(r"<svg\s([^<>]*)>")
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*")


def _measure_svg(data: bytes) -> tuple[int, int]:
    """The size of an SVG: its `width` and `height`, else those of its `viewBox`.

    Source: SVG 2, "Intrinsic sizing properties of the viewport of SVG content".
    """
    root = _SVG.search(data.decode())
    attributes = dict(re.findall(r"""(?<![\w:-])([\w:-]++)\s*+=\s*+["']([^"']*+)["']""", root[1])) if root else {}
    sides = [_LENGTH.fullmatch(attributes.get(side, "")) for side in ("width", "height")]
    if sides[0] and sides[1]:
        return round(float(sides[0][1])), round(float(sides[1][1]))
    box = [float(part) for part in re.split(r"[\s,]+", attributes.get("viewBox", "").strip()) if part]
    if len(box) != 4 or min(box[2:]) <= 0:
        raise ValueError("no size")
    return round(box[2]), round(box[3])
