"""The renditions of a picture: sizes, formats and paths."""

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.config import ImagesSection
from generator.digest import digest_of
from generator.media import PICTURES_BY_SUFFIX, RenditionFormat
from generator.names import OutputPath
from generator.outputs.files import Animation, Rendition
from generator.plan.routes import ROUTES
from generator.records import Asset
from generator.records.asset import digest_name

PLAIN_WIDTH = 1280
"""The largest width (pixels) of the rendition for readers that cannot choose one, as in feeds."""

_LONGEST_WEBP = 16_383  # pixels of a side; RFC 9649, section 2.7: 14 bits


class PlacedRendition(NamedTuple):
    """A rendition and its path."""

    path: OutputPath
    view: Rendition | Animation


class Renditions(NamedTuple):
    """All renditions of a picture, from narrow to wide, in its own format and in WebP; the latter may be empty."""

    own: tuple[PlacedRendition, ...]
    webp: tuple[PlacedRendition, ...]

    @property
    def plain(self) -> PlacedRendition:
        """The rendition for readers that cannot choose one."""
        return next((one for one in reversed(self.own) if one.view.width <= PLAIN_WIDTH), self.own[0])


def place_renditions(asset: Asset, images: ImagesSection) -> Renditions:
    """Choose the renditions of a picture; an animation has only itself.

    Args:
        asset: A picture.
        images: Uses `widths` (pixels), `quality` and `webp`.
    """
    if asset.is_animated:
        moving = Animation(asset=asset, width=asset.width, height=asset.height)
        return Renditions((PlacedRendition(ROUTES["media"].path(digest_name(asset)), moving),), ())
    sizes = tuple(_sizes(asset, images.widths))
    can_be_webp = max(sizes[-1]) <= _LONGEST_WEBP
    own = PICTURES_BY_SUFFIX[PurePosixPath(asset.name).suffix].rendered
    if own == "webp" and not can_be_webp:
        own = "png"
    beside = images.webp and can_be_webp and own != "webp"
    return Renditions(
        tuple(_place(asset, size, sizes[-1][0], own, images.quality) for size in sizes),
        tuple(_place(asset, size, sizes[-1][0], "webp", images.quality) for size in sizes if beside),
    )


def _sizes(asset: Asset, widths: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """Widths and heights: the steps below the picture's own width, and the widest size that it allows."""
    widest = min(asset.width, max(widths, default=asset.width))
    for width in sorted({*(step for step in widths if step < widest), widest}):
        yield width, max(1, round(asset.height * width / asset.width))


def _place(asset: Asset, size: tuple[int, int], widest: int, form: RenditionFormat, quality: int) -> PlacedRendition:
    width, height = size
    view = Rendition(asset=asset, width=width, height=height, widest=widest, format=form, quality=quality)
    stem, digest = asset.name.rpartition(".")[0], digest_of([asset.digest, widest, quality])
    return PlacedRendition(ROUTES["media"].path(f"{stem}.{digest[:10]}-{width}.{form}"), view)
