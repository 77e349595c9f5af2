"""The one walk over a view: finds its parts of some kinds.

It runs for each planned output, so it keeps one list and skips what is empty.
"""

import functools
from typing import Any, get_args

import msgspec

from generator.outputs.parts import Meta, Text


def find_texts(part: Any) -> list[Text]:
    """Find the texts of a view, or of a part of one."""
    return find_parts(part, (Text,))


def find_parts(part: Any, kinds: tuple[type, ...]) -> list[Any]:
    """Find the parts of some kinds that a view, a part of one, or a tuple of these shows, at any depth.

    Returns:
        The parts in the order of fields, without those inside `Meta`, and without those inside a part that is found.
    """
    found: list[Any] = []
    _gather(part, kinds, found)
    return found


def _gather(part: Any, kinds: tuple[type, ...], found: list[Any]) -> None:
    if isinstance(part, tuple):
        for one in part:
            _gather(one, kinds, found)
    elif isinstance(part, kinds):
        found.append(part)
    elif isinstance(part, msgspec.Struct):
        for name in _ways(type(part), kinds):
            if inner := getattr(part, name):
                _gather(inner, kinds, found)


@functools.cache
def _ways(kind: type[msgspec.Struct], kinds: tuple[type, ...]) -> tuple[str, ...]:
    """The fields of a Struct that can lead to a part of some kinds."""
    return tuple(field.name for field in msgspec.structs.fields(kind) if _leads(field.type, kinds))


def _leads(kind: Any, kinds: tuple[type, ...]) -> bool:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind is not Meta and (kind in kinds or bool(_ways(kind, kinds)))
    return any(_leads(inner, kinds) for inner in get_args(kind))
