"""The one walk over a view: finds its parts of some kinds."""

import functools
from collections.abc import Iterator
from typing import Any, get_args

import msgspec

from generator.outputs.parts import Meta, Text


def find_texts(part: Any) -> Iterator[Text]:
    """Find the texts of a view, or of a part of one."""
    return find_parts(part, (Text,))


def find_parts(part: Any, kinds: tuple[type, ...]) -> Iterator[Any]:
    """Find what a view, a part of one, or several show of some kinds of parts, at any depth, in the order of fields.

    What a page tells machines is not looked at, nor what lies within a part that is found.
    """
    if isinstance(part, kinds):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from find_parts(one, kinds)
    elif isinstance(part, msgspec.Struct):
        for name in _ways(type(part), kinds):
            yield from find_parts(getattr(part, name), kinds)


@functools.cache
def _ways(kind: type[msgspec.Struct], kinds: tuple[type, ...]) -> tuple[str, ...]:
    """The fields of a Struct that can lead to a part of some kinds."""
    return tuple(field.name for field in msgspec.structs.fields(kind) if _leads(field.type, kinds))


def _leads(kind: Any, kinds: tuple[type, ...]) -> bool:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind is not Meta and (kind in kinds or bool(_ways(kind, kinds)))
    return any(_leads(inner, kinds) for inner in get_args(kind))
