"""JSON Schemas of what a user writes, for editors: the front matter of each kind of record, and `site.toml`."""

import re
from inspect import getdoc
from types import NoneType
from typing import Any, get_args, get_origin

import msgspec

from generator.names import YEARS
from generator.records.fields import Time
from generator.schema.keys import SHAPES, Key, Meaning, list_keys
from generator.schema.words import name_type
from generator.shape import is_struct, role_of, unwrap

DIALECTS = {
    "2020-12": "https://json-schema.org/draft/2020-12/schema",
    "draft-07": "http://json-schema.org/draft-07/schema#",
}
"""The `$schema` of a document. Its content is the same in both dialects; some tools only read the older one."""

_LINK = re.compile(r"\[(`[^`]*`|[^\[\]]*)\]\([^()]*\)")

_DAY = "-?(0[1-9]|1[0-2])-?(0[1-9]|[12][0-9]|3[01])|-?W[0-5][0-9](-?[1-7])?"
_CLOCK = r"[0-2][0-9](:?[0-5][0-9](:?[0-5][0-9]([.,][0-9]+)?)?)?"
_TIME = {
    "type": "string",
    # A zone may move a time out of a year, so the years beside the first and the last are let in.
    "pattern": rf"^\s*({YEARS[0] - 1}|19[0-9]{{2}}|[2-9][0-9]{{3}})({_DAY})([^0-9]?{_CLOCK}\s*(Z|[+-]{_CLOCK})?)?\s*$",
}
"""The formats of ISO 8601 that `load` reads; `date-time` of JSON Schema is only RFC 3339."""


def make_schema(name: str, *, dialect: str = "2020-12") -> dict[str, Any]:
    """Make the schema of a kind's front matter, or of `site.toml` for `config`.

    Each key has its type in words as the title, and what it means as the description.
    No part refers to another, as some editors ignore everything beside a `$ref`.

    Source: JSON Schema 2020-12, core sections 8.1.1 and 8.2.1, validation section 9.
    """
    keys = {key.path: key for key in list_keys(name)}
    summary = (getdoc(SHAPES[name]) or "").partition("\n")[0]
    head = {"$schema": DIALECTS[dialect], "$id": f"urn:newsprint:schema:{name}", "title": name, "description": summary}
    return head | _describe_struct(SHAPES[name], "", keys)


def _describe_struct(shape: type[msgspec.Struct], prefix: str, keys: dict[str, Key]) -> dict[str, Any]:
    own = [keys[path] for field in msgspec.structs.fields(shape) if (path := prefix + field.name) in keys]
    return {
        "type": "object",
        "properties": {key.field.name: _describe_key(key, keys) for key in own},
        "required": [key.field.name for key in own if key.field.required and key.path != "id"],
        "additionalProperties": False,
    }


def _describe_key(key: Key, keys: dict[str, Key]) -> dict[str, Any]:
    type_in_words = key.meaning.type or name_type(key.kind)
    described: dict[str, Any] = {"title": type_in_words.replace("`", ""), "description": _write_plain(key.meaning)}
    described |= {name: value for name, value in _describe(key.kind, key.path, keys).items() if name not in described}
    if isinstance(key.field.default, bool | int | str | tuple) and key.field.default not in ("", ()):
        described["default"] = key.field.default
    return described


def _describe(kind: Any, path: str, keys: dict[str, Key]) -> dict[str, Any]:
    if NoneType in get_args(kind):
        # The type without its `| None`, its annotations kept.
        option = next(one for one in get_args(kind) if one is not NoneType)
        return _let_be_nothing(_describe(option, path, keys))
    if kind == Time:
        return dict(_TIME)
    plain = unwrap(kind)
    if is_struct(plain):
        described = _describe_struct(plain, f"{path}.", keys)
        return {"anyOf": [described["properties"]["name"], described]} if role_of(kind) == "named" else described
    if get_origin(plain) is tuple:
        return {"type": "array", "items": _describe(get_args(plain)[0], f"{path}[]", keys)}
    if get_origin(plain) is dict:
        names, values = get_args(plain)
        inside = _describe(values, f"{path}.SOURCE", keys)
        return {"type": "object", "propertyNames": msgspec.json.schema(names), "additionalProperties": inside}
    return msgspec.json.schema(kind)


def _let_be_nothing(described: dict[str, Any]) -> dict[str, Any]:
    """Allow a key without a value, which the loader only warns about."""
    if "enum" in described:
        return described | {"enum": [*described["enum"], None]}
    return described | {"type": [described["type"], "null"]}


def _write_plain(meaning: Meaning) -> str:
    """What a key means, links to other pages without their addresses."""
    later = " Read and checked, but not shown yet." if meaning.pages == "later" else ""
    return _LINK.sub(r"\1", meaning.meaning) + later
