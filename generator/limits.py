"""`[limits]` of `site.toml`: what no honest record or template reaches."""

from typing import Annotated

import msgspec

from generator.errors import KeyPath, Problem

_Bytes = Annotated[int, msgspec.Meta(ge=1000, le=10**12, description="a whole number of bytes, at least 1000")]
_Count = Annotated[int, msgspec.Meta(ge=1, le=10**6, description="a whole number from 1 to 1000000")]
_Pixels = Annotated[int, msgspec.Meta(ge=1, le=178_956_970, description="a whole number from 1 to 178956970")]
_Side = Annotated[int, msgspec.Meta(ge=1, le=65_500, description="a whole number from 1 to 65500")]
_Seconds = Annotated[int, msgspec.Meta(ge=1, le=86_400, description="a whole number of seconds, from 1 to 86400")]


CODE = "over-limit"
"""The code of Problems with what is beyond a limit."""


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Limits of records, of the pictures that they show, and of the outputs that templates make of them.

    `record_seconds` is processor time; `record_memory` is beyond what the program itself takes.
    `record_values` counts the values of the front matter, those in lists and mappings among them.
    `topic_depth` counts the topics from one without a parent down to the lowest.
    `picture_side` is in pixels; `picture_memory` is what decoding a picture takes, by its header.
    `static_bytes` is the size of a file of `static/`.
    `output_seconds` and `output_memory` are those of rendering a template; `output_bytes` is the size of the result.
    """

    record_bytes: _Bytes = 10_000_000
    record_seconds: _Seconds = 5
    record_memory: _Bytes = 512_000_000
    record_values: _Count = 10_000
    tags: _Count = 200
    aliases: _Count = 1000
    topic_depth: _Count = 20
    picture_bytes: _Bytes = 50_000_000
    picture_pixels: _Pixels = 80_000_000
    picture_side: _Side = 30_000
    picture_memory: _Bytes = 400_000_000
    static_bytes: _Bytes = 100_000_000
    output_seconds: _Seconds = 20
    output_memory: _Bytes = 512_000_000
    output_bytes: _Bytes = 100_000_000


def exceed(file: str, message: str, expected: str, limit: str, *, key: KeyPath = (), remedy: str = "") -> Problem:
    """The Problem with a record beyond a limit, which is a key of `[limits]`."""
    hint = f"{remedy or 'shorten or split the record'}, or raise '{limit}' in [limits] of site.toml"
    return Problem(file=file, code=CODE, key=key, message=message, expected=expected, hint=hint)
