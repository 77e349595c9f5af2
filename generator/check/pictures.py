"""Checks pictures: tags without text or size, unused files, and files that are too large."""

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath

from generator.check.links import name_places
from generator.check.origins import Origins
from generator.check.reading import OutputText
from generator.errors import Problem
from generator.media import DRAWING, PICTURES_BY_SUFFIX
from generator.names import OutputPath

HEAVY_BYTES = 8 * 2**20
"""The largest useful size of a picture."""

_SUFFIXES = {*PICTURES_BY_SUFFIX, DRAWING}
_MOST_NAMED = 5


def check_tags(texts: Mapping[OutputPath, OutputText], origins: Origins) -> Iterator[Problem]:
    """Warn of pictures without an alternative text or a size."""
    places: dict[str, list[tuple[OutputPath, str]]] = {}
    for path, one in texts.items():
        for lacking, tag in one.page.bare if one.page else ():
            places.setdefault(lacking, []).append((path, tag))
    for lacking, found in places.items():
        path, tag = found[0]
        file = origins.file_of(path)
        yield Problem(
            file=file,
            code="bare-picture",
            message=f"a picture has no {lacking}{name_places([path for path, _ in found], file)}",
            found=tag,
            hint="print alt, width and height of each picture in the template that shows it",
        )


def check_files(sizes: Mapping[str, int], used: frozenset[str]) -> Iterator[Problem]:
    """Warn of pictures that are not used, all at once, and of those that are too large.

    `sizes` are the bytes of the files of `content/` that are not records, `used` those that records or the theme show.
    """
    pictures = {file: size for file, size in sorted(sizes.items()) if PurePosixPath(file).suffix.lower() in _SUFFIXES}
    unused = [file for file in pictures if file not in used]
    if unused:
        first, *others = unused
        more = len(others) - _MOST_NAMED
        named = ", ".join(others[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
        nor = f", nor {len(others)} {'other' if len(others) == 1 else 'others'}: {named}" if others else ""
        message, hint = f"nothing shows this picture{nor}", "delete what is not needed, or use it in a record"
        yield Problem(file=first, code="unused-picture", message=message, hint=hint)
    for file in sorted(used & pictures.keys()):
        if pictures[file] > HEAVY_BYTES:
            yield Problem(
                file=file,
                code="heavy-picture",
                message=f"the picture has {pictures[file] / 2**20:.1f} MB",
                expected=f"at most {HEAVY_BYTES // 2**20} MB",
                hint="scale it down to the largest of [images] widths",
            )
