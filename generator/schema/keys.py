"""The keys that a user can write, with what each of them means."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, get_args, get_origin, get_type_hints

import msgspec

from generator.config import Config
from generator.records import KINDS, LOADER_KEYS
from generator.shape import is_struct, unwrap

SHAPES: dict[str, type[msgspec.Struct]] = {str(kind): shape for kind, shape in KINDS.items()} | {"config": Config}
"""The subjects of schemas: the front matter of a kind of record, or `site.toml`."""


class Meaning(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a key means, as `meanings/` has it; its texts are markdown, seen from `docs/`.

    `type` are words for its type, if those of the type itself are not enough.
    `pages` is its use on pages: `shown`, `effect` or `later`.
    """

    meaning: str
    type: str = ""
    pages: str = "shown"


class Key(msgspec.Struct, frozen=True, kw_only=True):
    """A key and its path: `verified.by`, `facts[].text`, `coverage.SOURCE.note`."""

    path: str
    kind: Any
    field: msgspec.structs.FieldInfo
    meaning: Meaning


def list_keys(name: str) -> list[Key]:
    """Every key of a shape with those inside it, in order."""
    meanings = read_meanings(name)
    return [
        Key(path=path, kind=kind, field=field, meaning=meanings[path]) for path, kind, field in walk_keys(SHAPES[name])
    ]


def walk_keys(shape: type[msgspec.Struct], prefix: str = "") -> Iterator[tuple[str, Any, msgspec.structs.FieldInfo]]:
    """Path, type and field of every key of a Struct, in order; those inside a key follow it."""
    kinds = get_type_hints(shape, include_extras=True)
    for field in msgspec.structs.fields(shape):
        if not prefix and field.name in LOADER_KEYS:
            continue
        path, kind = prefix + field.name, kinds[field.name]
        yield path, kind, field
        way, part = _step_into(kind)
        if is_struct(part):
            yield from walk_keys(part, f"{path}{way}.")


def _step_into(kind: Any) -> tuple[str, Any]:
    """How paths go into a type, and the type that they come to: `[]` and an item's, `.SOURCE` and a value's."""
    way, part = "", unwrap(kind)
    while get_origin(part) in (tuple, dict):
        is_list = get_origin(part) is tuple
        way += "[]" if is_list else ".SOURCE"
        part = unwrap(get_args(part)[0 if is_list else 1])
    return way, part


@cache
def read_meanings(name: str) -> dict[str, Meaning]:
    """What the keys of a shape mean, by path."""
    text = files(__package__).joinpath("meanings", f"{name}.toml").read_text(encoding="utf-8")
    meanings = {path: {"meaning": one} if isinstance(one, str) else one for path, one in tomllib.loads(text).items()}
    return msgspec.convert(meanings, dict[str, Meaning])
