"""Removes the metadata of animations, and leaves all other bytes unchanged."""

import struct

_GIF_HEAD = 13  # bytes: signature and logical screen descriptor
_GIF_LOOPS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
_PNG_HEAD = 8
_PNG_KEPT = frozenset(
    {
        *(b"IHDR", b"PLTE", b"tRNS", b"acTL", b"fcTL", b"fdAT", b"IDAT", b"IEND"),
        *(b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"cICP", b"sBIT", b"bKGD"),
    }
)
_WEBP_HEAD = 12
_WEBP_KEPT = frozenset({b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ICCP", b"ANIM", b"ANMF"})
_WEBP_METADATA = 0b1100  # flags of VP8X: there is Exif, there is XMP


def strip_metadata(data: bytes, suffix: str) -> bytes:
    """A GIF, PNG or WebP file (by its `suffix`) without comments, texts, Exif, XMP, and data after its end.

    Raises:
        ValueError: the file is truncated or damaged.

    Source: GIF89a specification; PNG third edition, section 5; RFC 9649, section 2.
    """
    try:
        return {"gif": _strip_gif, "png": _strip_png, "webp": _strip_webp}[suffix](data)
    except (IndexError, struct.error) as fault:
        raise ValueError("it is truncated") from fault


def _strip_gif(data: bytes) -> bytes:
    place = _GIF_HEAD + _colours(data[10])
    kept = [data[:place]]
    while data[place] != ord(";"):
        start, is_kept = place, True
        if data[place] == ord("!"):
            is_kept = data[place + 1] == 0xF9 or (
                data[place + 1] == 0xFF and data[place + 3 : place + 14] in _GIF_LOOPS
            )
            place += 2
        elif data[place] == ord(","):
            place += 10 + _colours(data[place + 9]) + 1
        else:
            raise ValueError(f"byte {place} does not begin a block")
        while data[place]:
            place += 1 + data[place]
        place += 1
        if is_kept:
            kept.append(data[start:place])
    return b"".join([*kept, b";"])


def _colours(packed: int) -> int:
    """The size of the following colour table in bytes, by the flags before it."""
    return 3 << (packed & 7) + 1 if packed & 0x80 else 0


def _strip_png(data: bytes) -> bytes:
    kept = [data[:_PNG_HEAD]]
    place, name = _PNG_HEAD, b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, place)
        chunk = data[place : place + length + 12]
        if len(chunk) < length + 12:
            raise ValueError("it is truncated")
        if name in _PNG_KEPT:
            kept.append(chunk)
        place += length + 12
    return b"".join(kept)


def _strip_webp(data: bytes) -> bytes:
    kept = []
    place, end = _WEBP_HEAD, struct.unpack_from("<I", data, 4)[0] + 8
    while place < end:
        name, length = struct.unpack_from("<4sI", data, place)
        chunk = data[place : place + 8 + length + length % 2]
        if len(chunk) < 8 + length:
            raise ValueError("it is truncated")
        if name == b"VP8X":
            chunk = chunk[:8] + bytes([chunk[8] & ~_WEBP_METADATA]) + chunk[9:]
        if name in _WEBP_KEPT:
            kept.append(chunk)
        place += 8 + length + length % 2
    body = b"".join(kept)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
