"""The values of Liquid's variables, as far as a file and its site give them literally; no template runs.

Source: shopify.github.io/liquid, "Variable", "Filters"; jekyllrb.com/docs/variables, liquid/filters.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

_NAME = re.compile(r"[A-Za-z_][\w-]*+(?:\.[\w-]++|\[(?:\d{1,4}|\"[^\"\]]{0,100}\"|'[^'\]]{0,100}')\])*+")
_STEP = re.compile(r"\.?([\w-]++)|\[\"([^\"]*+)\"\]|\['([^']*+)'\]|\[(\d++)\]")
_LITERAL = re.compile(r"\"([^\"]*+)\"|'([^']*+)'|(-?\d{1,18}(?:\.\d{1,18})?)")
_FILTER = re.compile(r"\s*+([a-z_]++)\s*+(?::(.*))?", re.DOTALL)
_SEPARATOR = re.compile(r"[|\"']")
_ASSIGN = re.compile(r"assign\s++([\w-]++)\s*+=(.*)", re.DOTALL)
_MOST_STEPS = 20
_MOST_SIGNS = 10_000  # of a value
_MOST_SHOWN = 1_000_000  # signs of all values in a text

_PLAIN: dict[str, Callable[[str], str]] = {
    "strip": str.strip,
    "upcase": str.upper,
    "downcase": str.lower,
    "capitalize": str.capitalize,
}

UNKNOWN = object()
"""A value that cannot be known; nil is a value."""


class Values:
    """The variables of one text: those that it assigns, and its front matter."""

    def __init__(self, known: Mapping[str, Any]) -> None:
        """Take what is known from the start, such as `page` and `site`."""
        self._known = dict(known)
        self._room = _MOST_SHOWN

    def assign(self, expression: str) -> bool:
        """Read a tag `assign`; whether the value is known."""
        match = _ASSIGN.fullmatch(expression)
        if match is None:
            return False
        self._known[match[1]] = value = self._evaluate(match[2])
        return value is not UNKNOWN

    def forget(self, expression: str) -> None:
        """Forget the value that a tag assigns which may run never or more than once."""
        if match := _ASSIGN.fullmatch(expression):
            self._known[match[1]] = UNKNOWN

    def show(self, expression: str) -> str | None:
        """The output of `{{ expression }}`; None if it is not known."""
        value = self._evaluate(expression)
        if isinstance(value, bool):
            return "true" if value else "false"
        if isinstance(value, str | int | float) and len(shown := str(value)) <= min(_MOST_SIGNS, self._room):
            self._room -= len(shown)
            return shown
        return value.isoformat() if isinstance(value, date) and not isinstance(value, datetime) else None

    def _evaluate(self, expression: str) -> Any:
        first, *filters = _split(expression)
        value = self._read(first.strip())
        for one in filters[:_MOST_STEPS]:
            value = self._filter(value, one)
        return UNKNOWN if len(filters) > _MOST_STEPS else value

    def _read(self, expression: str) -> Any:
        if literal := _LITERAL.fullmatch(expression):
            return next((one for one in literal.groups() if one is not None), "")
        if not _NAME.fullmatch(expression):
            return UNKNOWN
        value: Any = self._known
        for step in _STEP.finditer(expression):
            key = next(one for one in step.groups() if one is not None)
            if isinstance(value, Mapping) and key in value:
                value = value[key]
            elif isinstance(value, list) and (key.isdecimal() or key in {"first", "last"}):
                place = {"first": 0, "last": -1}.get(key, int(key) if key.isdecimal() else 0)
                value = value[place] if -len(value) <= place < len(value) else UNKNOWN
            else:
                return UNKNOWN
        return value

    def _filter(self, value: Any, expression: str) -> Any:
        match = _FILTER.fullmatch(expression.rstrip())
        if match is None or value is UNKNOWN:
            return UNKNOWN
        arguments = [self._read(one.strip()) for one in match[2].split(",")] if match[2] else []
        if any(one is UNKNOWN for one in arguments):
            return UNKNOWN
        if match[1] == "safe":
            return value
        if isinstance(value, list):
            return _choose(value, match[1], arguments)
        if isinstance(value, str) and match[1] in _PLAIN and not arguments:
            return _PLAIN[match[1]](value)
        if isinstance(value, str) and len(arguments) == 1 and match[1] in {"append", "prepend"}:
            added = str(arguments[0])
            if len(value) + len(added) > _MOST_SIGNS:
                return UNKNOWN
            return value + added if match[1] == "append" else added + value
        return UNKNOWN


def _choose(values: list[Any], name: str, arguments: list[Any]) -> Any:
    if name in {"first", "last"} and values and not arguments:
        return values[0 if name == "first" else -1]
    if name == "where" and len(arguments) == 2:
        key, wanted = map(str, arguments)
        return [one for one in values if isinstance(one, Mapping) and str(one.get(key)) == wanted]
    return UNKNOWN


def _split(expression: str) -> list[str]:
    """An expression's value and its filters, separated by bars outside of quotes."""
    parts, begin, quote = [], 0, ""
    for match in _SEPARATOR.finditer(expression):
        if match[0] != "|":
            quote = "" if quote == match[0] else quote or match[0]
        elif not quote:
            parts.append(expression[begin : match.start()])
            begin = match.end()
    return [*parts, expression[begin:]]
