"""Moving pictures without their metadata, read back by Pillow."""

import struct
from io import BytesIO
from typing import Any

import pytest
from PIL import Image, ImageSequence, PngImagePlugin

from generator.animations import strip_metadata

SECRET = b"TOP SECRET PLACE"


def frames(data: bytes) -> list[tuple[bytes, Any]]:
    with Image.open(BytesIO(data)) as image:
        return [(one.convert("RGBA").tobytes(), one.info.get("duration")) for one in ImageSequence.Iterator(image)]


def moving(suffix: str, **options: Any) -> bytes:
    first, *more = (Image.new("RGB", (40, 20), colour) for colour in ("red", "green", "blue"))
    data = BytesIO()
    first.save(data, suffix, save_all=True, append_images=more, duration=120, loop=3, **options)
    return data.getvalue()


def texts() -> PngImagePlugin.PngInfo:
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", SECRET.decode())
    info.add_itxt("Author", SECRET.decode())
    return info


def exif() -> Image.Exif:
    made = Image.Exif()
    made[0x010E] = SECRET.decode()
    return made


MADE = {
    "gif": moving("gif", comment=SECRET),
    "png": moving("png", pnginfo=texts(), exif=exif()),
    "webp": moving("webp", exif=exif(), xmp=SECRET),
}


@pytest.mark.parametrize("suffix", MADE)
def test_pictures_times_and_loops_stay_and_words_go(suffix: str) -> None:
    data = MADE[suffix]
    assert SECRET in data
    bare = strip_metadata(data, suffix)
    assert SECRET not in bare
    assert len(bare) < len(data)
    assert frames(bare) == frames(data)
    assert len(frames(bare)) == 3
    with Image.open(BytesIO(bare)) as image, Image.open(BytesIO(data)) as before:
        image.load()
        assert image.info["loop"] == before.info["loop"]
        assert not image.info.keys() & {"comment", "exif", "xmp", "Comment", "Author"}
    assert strip_metadata(bare, suffix) == bare


@pytest.mark.parametrize("suffix", MADE)
def test_what_comes_after_the_end_goes(suffix: str) -> None:
    assert strip_metadata(MADE[suffix] + SECRET, suffix) == strip_metadata(MADE[suffix], suffix)


@pytest.mark.parametrize("suffix", MADE)
def test_a_file_that_is_cut_off_is_refused_wherever_that_is(suffix: str) -> None:
    bare = strip_metadata(MADE[suffix], suffix)
    for end in range(12, len(bare)):
        with pytest.raises(ValueError, match="truncated"):
            strip_metadata(bare[:end], suffix)


def test_notes_of_programs_go_from_a_gif() -> None:
    data = MADE["gif"]
    place = data.index(b"!\xfe")
    note = b"!\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET + b"\0"
    text = b"!\x01\x0c" + bytes(12) + bytes([len(SECRET)]) + SECRET + b"\0"
    assert strip_metadata(data[:place] + note + text + data[place:], "gif") == strip_metadata(data, "gif")
    with pytest.raises(ValueError, match="does not begin a block"):
        strip_metadata(data[:place] + b"?" + data[place:], "gif")


def test_the_head_of_a_webp_announces_no_metadata() -> None:
    bare = strip_metadata(MADE["webp"], "webp")
    assert bare[12:16] == b"VP8X"
    assert not bare[20] & 0b1100
    assert bare[20] & 0b10, "it moves"
    assert struct.unpack_from("<I", bare, 4)[0] == len(bare) - 8
