"""Types and defaults in the words of the docs' tables."""

from types import NoneType
from typing import Any, Literal, get_args, get_origin

import msgspec

from generator.names import Language
from generator.records.fields import Markdown, Order, Time, WebUrl
from generator.shape import is_struct, unwrap

_WORDS: dict[Any, str] = {
    Language: "BCP 47 tag",
    Markdown: "markdown",
    Order: "whole number",
    Time: "time",
    WebUrl: "http(s) URL",
}


def name_type(kind: Any) -> str:
    """A type in words: `time`, `list of text`, `whole number, 1–100`, `true or false`."""
    options = [option for option in get_args(kind) if option is not NoneType]
    if NoneType in get_args(kind) and len(options) == 1:
        return name_type(options[0])
    if kind in _WORDS:
        return _WORDS[kind]
    plain = unwrap(kind)
    if get_origin(plain) is Literal:
        *most, last = (f"`{choice}`" for choice in get_args(plain))
        return f"{', '.join(most)} or {last}" if most else last
    if get_origin(plain) is tuple:
        return _name_list(get_args(plain)[0])
    if is_struct(plain):
        return "mapping"
    if plain in (int, float):
        return _name_number(plain, kind)
    return {str: "text", bool: "true or false"}.get(plain, "table")


def name_default(field: msgspec.structs.FieldInfo, *, has_quotes: bool) -> str:
    """A key's default in words; texts are quoted as in TOML with `has_quotes`."""
    if field.name == "id":
        return "the file's name"
    if field.required:
        return "required"
    default: Any = field.default_factory() if field.default is msgspec.NODEFAULT else field.default
    match default:
        case bool() | int():
            return f"`{str(default).lower()}`"
        case str() if has_quotes:
            return f'`"{default}"`'
        case str() if default:
            return f"`{default}`"
        case (_, *_):
            return f"`[{', '.join(map(str, default))}]`"
        case {} if has_quotes:
            return "`{}`"
        case _:
            return "none"


def _name_list(item: Any) -> str:
    plain = unwrap(item)
    if is_struct(plain):
        return "list"
    if get_origin(plain) is Literal:
        return f"list of {', '.join(f'`{choice}`' for choice in get_args(plain))}"
    return f"list of {name_type(item)}"


def _name_number(plain: type, kind: Any) -> str:
    meta = next((one for one in get_args(kind)[1:] if isinstance(one, msgspec.Meta)), msgspec.Meta())
    if plain is float:
        return f"number, {meta.ge:g} to {meta.le:g}".replace("-", "−")
    return f"whole number, {meta.ge}–{meta.le}"
