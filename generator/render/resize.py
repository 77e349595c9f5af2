"""Pictures of the content → renditions: upright, in sRGB, without metadata."""

import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from generator.decoding import GAP, decode_upright
from generator.media import pillow_name
from generator.names import Digest
from generator.outputs.files import Rendition

if TYPE_CHECKING:
    from PIL.Image import Image


class Resizer:
    """Makes renditions; a picture is decoded once for consecutive ones."""

    def __init__(self, read: Callable[[str, Digest], bytes]) -> None:
        """Take a function that reads a file of the content by its path and expected digest."""
        self._read = read
        self._decoded: tuple[tuple[Digest, int], Image] | None = None

    def resize(self, view: Rendition) -> bytes:
        """Make a rendition.

        Raises:
            Exception: Pillow's decoders cannot read the picture.
        """
        from PIL.Image import Resampling

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # load has checked the picture
            image = self._open(view)
            size = (view.width, view.height)
            if image.size != size:
                image = image.resize(size, Resampling.LANCZOS, reducing_gap=GAP)
            return _encode(image, view)

    def _open(self, view: Rendition) -> "Image":
        """The picture in the size of its widest rendition, from which all smaller ones are made."""
        key = (view.asset.digest, view.widest)
        if self._decoded is None or self._decoded[0] != key:
            self._decoded = None  # never hold two pictures in memory
            self._decoded = (key, _decode(self._read(view.asset.file, view.asset.digest), view))
        return self._decoded[1]


def _decode(data: bytes, view: Rendition) -> "Image":
    from PIL import Image

    size = (view.widest, max(1, round(view.asset.height * view.widest / view.asset.width)))
    with Image.open(BytesIO(data), formats=[pillow_name(PurePosixPath(view.asset.name).suffix)]) as file:
        image = _to_srgb(decode_upright(file, size), file.info.get("icc_profile"))
    image.info = {}
    return image


def _to_srgb(image: "Image", profile: bytes | None) -> "Image":
    """Convert the colours from the picture's profile to sRGB, if it has a valid one."""
    from PIL import ImageCms

    if profile and isinstance(profile, bytes):  # a text in a PNG can be called so
        try:
            meant = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(meant).lower():
                shown = ImageCms.profileToProfile(
                    image,
                    meant,
                    ImageCms.createProfile("sRGB"),
                    renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                    outputMode="RGBA" if image.mode == "RGBA" else "RGB",
                    flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
                )
                assert shown is not None
                return shown.convert("L") if image.mode == "L" else shown
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB") if image.mode == "CMYK" else image


def _encode(image: "Image", view: Rendition) -> bytes:
    options: dict[str, Any] = {
        "jpg": {"quality": view.quality, "optimize": True, "progressive": True},
        "png": {},
        "webp": {"quality": view.quality},
    }[view.format]
    data = BytesIO()
    image.save(data, pillow_name(f".{view.format}"), **options)
    return data.getvalue()
