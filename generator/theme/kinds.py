"""The types that an expression of a template can have, as far as they are known."""

import functools
import types
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal, NamedTuple, NewType, Union, get_args, get_origin, get_type_hints

import msgspec

Kinds = tuple[Any, ...] | None
"""The possible types of a value, without `none`; None if they are unknown."""

UNKNOWN: Kinds = None


class Module(NamedTuple):
    """An `{% import %}`: the names that a template exports."""

    template: str
    exports: frozenset[str]


class Table(NamedTuple):
    """A mapping whose keys are known, such as the options of a theme."""

    keys: tuple[str, ...]


class Views(NamedTuple):
    """The types of what templates get: `given` by name, and `page` by the template of each kind of page."""

    given: Mapping[str, Any]
    pages: Mapping[str, Any]


def kinds_of(annotation: Any) -> Kinds:
    """The kinds of a type: `Link | None` gives Link."""
    if annotation is Any:
        return UNKNOWN
    if get_origin(annotation) is Annotated:
        return kinds_of(get_args(annotation)[0])
    if isinstance(annotation, NewType):
        return kinds_of(annotation.__supertype__)
    if get_origin(annotation) is Literal:
        return tuple(dict.fromkeys(type(value) for value in get_args(annotation)))
    if get_origin(annotation) in (Union, types.UnionType):
        options = (kinds_of(option) for option in get_args(annotation) if option is not types.NoneType)
        return join_kinds(options)
    return (annotation,)


def join_kinds(several: Iterable[Kinds]) -> Kinds:
    """The kinds of any of several; unknown if one of them is unknown, or there are none."""
    joined: list[Any] = []
    for kinds in several:
        if kinds is None:
            return UNKNOWN
        joined += kinds
    return tuple(dict.fromkeys(joined)) or UNKNOWN


def look_up(kinds: Kinds, name: str) -> tuple[bool, Kinds]:
    """Whether a value of one of these kinds can have an attribute or key, and what that is."""
    if kinds is None:
        return True, UNKNOWN
    found = [_member(kind, name) for kind in kinds]
    there = [kind for is_there, kind in found if is_there]
    return bool(there), join_kinds(there)


def names_in(kinds: Kinds) -> list[str]:
    """The attributes and keys that values of these kinds have, each once; empty for plain values."""
    return list(dict.fromkeys(name for kind in kinds or () for name in _names(kind)))


def elements_of(kinds: Kinds) -> Kinds:
    """The kinds of the items in a value of these kinds."""
    if kinds is None or not all(_is_plural(kind) for kind in kinds):
        return UNKNOWN
    return join_kinds(kinds_of(get_args(kind)[0]) for kind in kinds)


def names_of(value: object) -> list[str]:
    """The attributes or keys of a value, as a template can name them; empty for plain values."""
    if isinstance(value, Mapping):
        return [str(key) for key in value]
    return _names(type(value))


def _is_plural(kind: Any) -> bool:
    return get_origin(kind) in (tuple, list, dict)


def _names(kind: Any) -> list[str]:
    match kind:
        case Module():
            return sorted(kind.exports)
        case Table():
            return list(kind.keys)
        case type() if issubclass(kind, msgspec.Struct):
            properties = [name for name in dir(kind) if isinstance(getattr(kind, name), property)]
            return [*kind.__struct_fields__, *properties]
        case _:
            return []


def _member(kind: Any, name: str) -> tuple[bool, Kinds]:
    match kind:
        case Module() | Table():
            return name in _names(kind) or hasattr(dict, name), UNKNOWN
        case type() if issubclass(kind, msgspec.Struct):
            hints = _hints(kind)
            return (True, kinds_of(hints[name])) if name in hints else (hasattr(kind, name), UNKNOWN)
        case type():
            return hasattr(kind, name), UNKNOWN
        case _ if get_origin(kind) is dict:
            return True, UNKNOWN if hasattr(dict, name) else kinds_of(get_args(kind)[1])
        case _ if get_origin(kind) in (tuple, list):
            return hasattr(tuple, name), UNKNOWN
        case _:
            return True, UNKNOWN


_hints = functools.cache(functools.partial(get_type_hints, include_extras=True))
