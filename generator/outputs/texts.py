"""Which compiled bodies a view shows."""

import functools
from collections.abc import Iterator
from typing import Any, get_args

import msgspec

from generator.outputs.views import Text


def find_texts(part: Any) -> Iterator[Text]:
    """Find the texts of a view, or of a part of one, at any depth."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, tuple):
        for one in part:
            yield from find_texts(one)
    elif isinstance(part, msgspec.Struct):
        for name in _ways_to_texts(type(part)):
            yield from find_texts(getattr(part, name))


@functools.cache
def _ways_to_texts(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """The fields of a Struct that can lead to a text."""
    return tuple(field.name for field in msgspec.structs.fields(kind) if _leads_to_text(field.type))


def _leads_to_text(kind: Any) -> bool:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind is Text or bool(_ways_to_texts(kind))
    return any(map(_leads_to_text, get_args(kind)))
