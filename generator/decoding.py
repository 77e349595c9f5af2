"""Decodes pictures for reports and for renditions alike: what one accepts, the other does not refuse."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

_ORIENTATION = 0x0112  # Exif
_TURNS: dict[object, str] = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}
_TURNED = frozenset({5, 6, 7, 8})  # by 90°, so that width and height change places
GAP = 3.0
"""Pillow first reduces quickly to this many times the size, without a visible difference."""

_TRUE_COLOURS = frozenset({"L", "RGB", "CMYK"})

# What decoding and scaling take at most, in bytes per pixel, by the format's name in Pillow.
# Measured as the growth of VmHWM, with Pillow 13: tests/test_decoding.py does it again.
_BYTES_PER_PIXEL = {"PNG": 10.0, "GIF": 10.0, "WEBP": 16.4, "AVIF": 16.0, "JPEG": 4.5, "MPO": 4.5}
_TRANSPARENT_WEBP, _LOSSLESS_WEBP = 3.0, 1.6  # more
_TRANSPARENT_COLOUR = 4.0  # more, of a PNG
_COEFFICIENT = 2.0  # bytes; a progressive JPEG is kept as coefficients until all of it is read


def decoded_bytes(image: "Image", data: bytes) -> int:
    """The most memory that decoding an opened picture takes, by its header; `data` is its file."""
    width, height = image.size
    per_pixel = _BYTES_PER_PIXEL[image.format or ""]
    if image.format == "WEBP":
        per_pixel += _TRANSPARENT_WEBP * (image.mode == "RGBA") + _LOSSLESS_WEBP * (b"VP8L" in data)
    elif image.format == "PNG":
        per_pixel += _TRANSPARENT_COLOUR * (image.mode == "RGB" and "transparency" in image.info)
    elif "progressive" in image.info:
        per_pixel += _COEFFICIENT * _samples_per_pixel(image)
    return round(width * height * per_pixel)


def _samples_per_pixel(jpeg: Any) -> float:
    """How many samples of all components a JPEG has for each pixel: 3 without subsampling, 1.5 with 4:2:0."""
    shares = [across * down for _, across, down, _ in jpeg.layer]
    return float(sum(shares) / max(shares))


def shown_size(image: "Image") -> tuple[int, int]:
    """The size of an opened picture as browsers show it, upright."""
    width, height = image.size
    return (height, width) if _orientation(image) in _TURNED else (width, height)


def decode_upright(image: "Image", size: tuple[int, int]) -> "Image":
    """An opened picture in the given size, upright, in true colours of 8 bits and without a palette.

    A JPEG is decoded at the smallest of its scales that has at least this size.
    """
    from PIL.Image import Resampling, Transpose

    turn = _orientation(image)
    if turn in _TURNED:
        size = size[::-1]
    image.draft(None, size)
    decoded = _unpack(image)
    if decoded.size != size:
        decoded = decoded.resize(size, Resampling.LANCZOS, reducing_gap=GAP)
    name = _TURNS.get(turn)
    return decoded.transpose(Transpose[name]) if name else decoded


def _orientation(image: "Image") -> object:
    return image.getexif().get(_ORIENTATION)


def _unpack(image: "Image") -> "Image":
    """The first picture of a file in true colours of 8 bits, without a palette; it is not copied if it has those."""
    if image.has_transparency_data and image.mode != "RGBA":
        return image.convert("RGBA")
    if image.mode in _TRUE_COLOURS or image.mode == "RGBA":
        image.load()
        return image
    if image.mode.startswith("I"):  # 16 bits of grey, which Pillow would clip at 255
        return image.convert("I").point(lambda grey: grey / 257).convert("L")
    return image.convert("L" if image.mode == "1" else "RGB")
