"""Failing lookups of templates, explained in the words of their authors."""

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.utils import missing

from generator.errors import suggest
from generator.theme.kinds import names_of

GIVEN = ("page", "chrome", "theme", "tokens", "asset", "t")
"""The names that a page's template knows, besides those of Jinja2."""

_MOST_NAMES = 40

_WORDS = {
    **dict.fromkeys(("str", "Markup"), "a text"),
    **dict.fromkeys(("int", "float"), "a number"),
    **dict.fromkeys(("tuple", "list", "generator"), "a list"),
    **dict.fromkeys(("dict", "mappingproxy"), "a mapping"),
    **dict.fromkeys(("method", "function", "builtin_function_or_method", "partial"), "a function"),
    "NoneType": "nothing",
    "bool": "true or false",
    "datetime": "a time",
    "Macro": "a macro",
}
_TYPE = re.compile(r"'(?:\w+\.)*(\w+)'? object\b'?|'?(?<![\w.])(?:[a-z_]\w*+\.)++([A-Z]\w*+)'?|'?\b(NoneType)\b'?")


def explain_name(name: str, known: Iterable[str] = GIVEN) -> tuple[str, str]:
    """Message and hint for an unknown name."""
    there = "templates have page (what the page shows), chrome (the site), theme (its options), tokens, asset() and t()"
    return f"there is no '{name}' in templates", suggest(name, known, otherwise=there)


def explain_attribute(what: str, name: object, names: Iterable[str]) -> tuple[str, str]:
    """Message and hint for a missing attribute; `what` is the name of the value in reports."""
    known = list(names)
    more = f" and {len(known) - _MOST_NAMES} more" if len(known) > _MOST_NAMES else ""
    there = f"it has {', '.join(known[:_MOST_NAMES])}{more}" if known else ""
    return f"{what} has no '{name}'", suggest(str(name), known, otherwise=there)


def name_value(value: object) -> str:
    """The type of a value in words: `a text`, `a Card`; pages and their parts have the names of docs/themes.md."""
    return _name_type(type(value).__name__)


def speak_plainly(message: str) -> str:
    """A message of Python, with the names of types replaced by words."""
    return _TYPE.sub(lambda match: _name_type(match[1] or match[2] or match[3]), message)


def _name_type(name: str) -> str:
    return _WORDS.get(name, f"{'an' if name[:1] in 'AEIO' else 'a'} {name}")


class MissingError(UndefinedError):
    """A template used something that does not exist."""

    def __init__(self, value: object, name: str | int, message: str) -> None:
        """Keep the value of the lookup, `missing` for the template itself, the name, and Jinja2's message."""
        self._value, self._name = value, name
        super().__init__(message)

    def explain(self, line: str) -> tuple[str, str]:
        """Message and hint; the line of the template has the name of the value."""
        if self._value is missing:
            return explain_name(str(self._name))
        if isinstance(self._name, int):
            return f"{name_value(self._value)} has no item {self._name}", "check its length first"
        name = re.escape(self._name)
        called = re.search(
            rf"""(?<![\w.\]])([A-Za-z_][\w.]*(?:\[\w+\][\w.]*)*)(?:\.{name}\b|\[['"]{name}['"]\])""", line
        )
        what = f"'{called[1]}'" if called else ""
        if self._value is None:
            hint = f"it may be none: check {{% if {called[1] if called else '…'} %}} first"
            return f"{what or 'what it is looked up in'} is none here, so it has no '{self._name}'", hint
        what = ", ".join(filter(None, (what, name_value(self._value)))) + ("," if what else "")
        return explain_attribute(what, self._name, names_of(self._value))


class Missing(StrictUndefined):
    """The value of a failing lookup: any use of it fails, except testing whether it is defined."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: Any = None) -> None:
        """Take the arguments of Jinja2."""
        if exc is None and hint is None:
            exc = partial(MissingError, obj, name)
        super().__init__(hint, obj, name, exc or UndefinedError)
