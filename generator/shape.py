"""Compares plain data with a Struct, and reports every difference in words for people.

msgspec stops at the first fault; a maintainer wants all of them in one run.
Only data that msgspec refused is checked, so that valid data takes no time.
"""

import functools
import re
import types
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Annotated, Any, Literal, NewType, TypeGuard, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from generator.errors import KeyPath, Problem, nearest, suggest

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
"""Not allowed in texts: control characters, halves of surrogate pairs and noncharacters, which XML refuses."""


AnyStruct = TypeVar("AnyStruct", bound=msgspec.Struct)


class ShapeFault(msgspec.Struct, frozen=True):
    """A replacement for a value that cannot be converted: the text as written, and the reason."""

    text: str
    why: str


_MOST_COMPARED = 20
_MAX_SHOWN = 60  # characters of a found value
_PLAIN_NAMES = {str: "text", bool: "true or false", int: "a whole number", float: "a number"}


def check_shape(
    data: Any,
    shape: type[msgspec.Struct],
    *,
    file: str,
    at: KeyPath = (),
    not_keys: frozenset[str] = frozenset(),
    spoiled: frozenset[str] = frozenset(),
) -> list[Problem]:
    """Report every difference between plain data and a Struct type.

    Args:
        data: A mapping, as YAML or TOML gave it.
        shape: A Struct class; `Meta(description=…)` of its fields is what is expected.
        file: The file that the problems name.
        at: The key path of the mapping in the file.
        not_keys: Fields of the Struct that a user cannot write.
        spoiled: Keys that are there and could not be read, and are not missing.

    Returns:
        One Problem per fault, empty if `msgspec.convert` would succeed.
    """
    return list(_check_struct(data, shape, at, file, not_keys, spoiled))


def salvage(
    data: dict[str, Any], shape: type[AnyStruct], problems: Iterable[Problem], **given: Any
) -> tuple[AnyStruct, frozenset[KeyPath]]:
    """Make a Struct of the valid part of data, so that checks go on in spite of faults.

    Args:
        data: A mapping, as YAML or TOML gave it.
        shape: A Struct class.
        problems: What `check_shape` found.
        given: Fields whose values are not data.

    Returns:
        A Struct in which faulty fields have their default, else an empty text or list, or None; and their keys,
        including those that a misspelled key means. The values of these keys are not known.
    """
    spoiled = {problem.key for problem in problems}
    return _salvage_struct(data, shape, (), spoiled, given), frozenset(spoiled)


def check_texts(data: Any, *, file: str) -> list[Problem]:
    """Report every text in plain data with a control character, which an escape in quotes can write."""
    return [
        Problem(file=file, code="control-character", key=key, message=f"control character {bad}", hint="remove it")
        for key, bad in _find_controls(data)
    ]


def _salvage_struct(
    data: dict[Any, Any], shape: type[AnyStruct], key: KeyPath, spoiled: set[KeyPath], given: dict[str, Any]
) -> AnyStruct:
    kinds, fields = _take_apart(shape)
    values = dict(given)
    spoiled.update((*key, near) for near in _meant_by(data, fields).values() if near and near not in data)
    for name, field in fields.items():
        if name in values:
            continue
        if name in data and (*key, name) not in spoiled:
            values[name] = _salvage(data[name], kinds[name], (*key, name), spoiled)
        elif field.required:
            values[name] = _salvage(None, kinds[name], (*key, name), spoiled)
    return shape(**values)


def _salvage(value: Any, kind: Any, key: KeyPath, spoiled: set[KeyPath]) -> Any:
    plain = unwrap(kind)
    origin, arguments = get_origin(plain), get_args(plain)
    if value is None and types.NoneType in get_args(kind):
        return None
    if is_struct(plain):
        return _salvage_struct(value if isinstance(value, dict) else {}, plain, key, spoiled, {})
    if origin in (tuple, list):
        items = value if isinstance(value, list) else []
        return tuple(_salvage(item, arguments[0], (*key, place), spoiled) for place, item in enumerate(items))
    if origin is dict:
        pairs = value if isinstance(value, dict) else {}
        return {name: _salvage(item, arguments[1], (*key, str(name)), spoiled) for name, item in pairs.items()}
    try:
        return msgspec.convert(value, kind, builtin_types=(datetime,))
    except msgspec.ValidationError:
        return "" if plain is str else None


def show(value: Any) -> str:
    """A found value in reports: `'text'`, `false`, `nothing`, `a list`."""
    match value:
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case ShapeFault():
            return show(value.text)
        case str():
            return f"'{value if len(value) <= _MAX_SHOWN else value[:_MAX_SHOWN] + '…'}'"
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return str(value)


def describe(kind: Any) -> str:
    """What a type expects, in words: its `Meta(description=…)`, else the name of its plain type."""
    origin, arguments = get_origin(kind), get_args(kind)
    if isinstance(kind, NewType):
        return describe(kind.__supertype__)
    if origin is Annotated:
        said = [meta.description for meta in arguments[1:] if isinstance(meta, msgspec.Meta) and meta.description]
        return said[-1] if said else describe(arguments[0])
    if origin is Literal:
        return "one of " + ", ".join(arguments)
    if origin in (Union, types.UnionType):
        return " or ".join(describe(option) for option in arguments if option is not types.NoneType)
    if origin in (tuple, list):
        return "a list"
    if origin is dict or is_struct(kind):
        return "a mapping"
    return _PLAIN_NAMES.get(kind, getattr(kind, "__name__", "a value"))


def role_of(kind: Any) -> str:
    """The role that an annotation of a type gives it (`Meta(extra={"role": …})`); empty if there is none."""
    metas = get_args(kind)[1:] if get_origin(kind) is Annotated else ()
    return next((meta.extra["role"] for meta in metas if isinstance(meta, msgspec.Meta) and meta.extra), "")


def is_struct(kind: Any) -> TypeGuard[type[msgspec.Struct]]:
    """Whether a type is a Struct class."""
    return isinstance(kind, type) and issubclass(kind, msgspec.Struct)


def unwrap(kind: Any) -> Any:
    """The type without its annotations, its own name and its `| None`."""
    if get_origin(kind) is Annotated:
        return unwrap(get_args(kind)[0])
    if isinstance(kind, NewType):
        return unwrap(kind.__supertype__)
    if get_origin(kind) in (Union, types.UnionType):
        options = [option for option in get_args(kind) if option is not types.NoneType]
        return unwrap(options[0]) if len(options) == 1 else kind
    return kind


def _find_controls(data: Any) -> Iterator[tuple[KeyPath, str]]:
    waiting: list[tuple[KeyPath, Any]] = [((), data)]  # no recursion: TOML nests as deep as it likes
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, str):
            if bad := CONTROL.search(value):
                yield key, f"U+{ord(bad[0]):04X}"
        elif isinstance(value, dict):
            for name, item in reversed(value.items()):
                waiting += [((*key, str(name)), item), ((*key, str(name)), name)]
        elif isinstance(value, list):
            waiting += [((*key, place), item) for place, item in reversed(list(enumerate(value)))]


def _check(value: Any, kind: Any, key: KeyPath, file: str) -> Iterator[Problem]:
    plain = unwrap(kind)
    origin, arguments = get_origin(plain), get_args(plain)
    if value is None and types.NoneType in get_args(kind):
        return
    if is_struct(plain) and isinstance(value, dict):
        yield from _check_struct(value, plain, key, file, frozenset(), frozenset())
    elif origin in (tuple, list) and isinstance(value, list):
        for place, item in enumerate(value):
            yield from _check(item, arguments[0], (*key, place), file)
    elif origin is dict and isinstance(value, dict):
        for name, item in value.items():
            yield from _check(name, arguments[0], (*key, str(name)), file)
            yield from _check(item, arguments[1], (*key, str(name)), file)
    else:
        yield from _check_leaf(value, kind, key, file)


def _check_leaf(value: Any, kind: Any, key: KeyPath, file: str) -> Iterator[Problem]:
    if _fits(value, kind):
        return
    name = next((part for part in reversed(key) if isinstance(part, str)), "value")
    is_item = bool(key) and isinstance(key[-1], int)
    yield Problem(
        file=file,
        code="wrong-value",
        key=key,
        message=f"'{name}' {'holds' if is_item else 'is'} {show(value)}",
        expected=describe(kind),
        hint=_how_to_write(value, kind, name),
    )


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind, builtin_types=(datetime,))
    except msgspec.ValidationError:
        return False
    return True


def _how_to_write(value: Any, kind: Any, name: str) -> str:
    """The hint for a value of the wrong type; empty if the expected type is enough."""
    if isinstance(value, ShapeFault):
        return value.why
    plain = unwrap(kind)
    is_plain_value = not isinstance(value, list | dict | None)
    if plain is str and is_plain_value and not isinstance(value, str):
        return "quote it"
    if get_origin(plain) is Literal and isinstance(value, str):
        return suggest(value, get_args(plain))
    if plain is str and isinstance(value, str) and "_" in value and _fits(value.replace("_", "-"), kind):
        return f"write '{value.replace('_', '-')}'"
    item = get_args(plain)[0] if get_origin(plain) is tuple else None
    if is_plain_value and (unwrap(item) is str or role_of(item) == "named"):
        return f"write it in brackets: {name}: [{value}]" if len(str(value)) <= _MAX_SHOWN else "write it in brackets"
    if is_struct(plain):
        return f"its keys are {', '.join(field.name for field in msgspec.structs.fields(plain))}"
    return ""


@functools.cache
def _take_apart(shape: type[msgspec.Struct]) -> tuple[dict[str, Any], dict[str, msgspec.structs.FieldInfo]]:
    """The types and the fields of a Struct class, by name."""
    fields = {field.name: field for field in msgspec.structs.fields(shape)}
    return get_type_hints(shape, include_extras=True), fields


def _meant_by(value: dict[Any, Any], fields: Iterable[str]) -> dict[Any, str | None]:
    """The first unknown keys of a mapping, and for each the field that it may mean; comparing all could take long."""
    unknown = [name for name in value if name not in fields]
    return {name: nearest(str(name), fields) for name in unknown[:_MOST_COMPARED]}


def _check_struct(
    value: dict[Any, Any],
    shape: type[msgspec.Struct],
    key: KeyPath,
    file: str,
    not_keys: frozenset[str],
    spoiled: frozenset[str],
) -> Iterator[Problem]:
    kinds, known = _take_apart(shape)
    fields = {name: field for name, field in known.items() if name not in not_keys}
    inside = next((f" in '{part}'" for part in reversed(key) if isinstance(part, str)), "")
    meant = _meant_by(value, fields)
    keys = ", ".join(sorted(fields))
    for name in value:
        if name not in fields:
            yield Problem(
                file=file,
                code="unknown-key",
                key=(*key, str(name)),
                message=f"unknown key {show(name)}{inside}",
                hint=f"did you mean '{near}'?" if (near := meant.get(name)) else f"the keys here are {keys}",
            )
    for name, field in fields.items():
        if isinstance(value.get(name), list) and f"{name}s" in fields and f"{name}s" not in value:
            found = _check(value[name], kinds[name], (*key, name), file)
            yield from (msgspec.structs.replace(one, hint=f"several of them stand in '{name}s'") for one in found)
        elif name in value:
            yield from _check(value[name], kinds[name], (*key, name), file)
        elif field.required and name not in meant.values() and name not in spoiled:
            line = f"{name}: …" if file.endswith(".md") else f"{name} = …"
            if file.endswith(".toml") and is_struct(unwrap(kinds[name])):
                line = f"[{name}]"
            yield Problem(
                file=file,
                code="missing-key",
                key=(*key, name),
                message=f"no '{name}'{inside}",
                expected=describe(kinds[name]),
                hint=f"add '{line}'",
            )
