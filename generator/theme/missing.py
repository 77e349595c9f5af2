"""What a template looks up and does not find, in the words of those who write templates."""

import re
from collections.abc import Iterable
from functools import partial
from typing import Any

from jinja2 import StrictUndefined, UndefinedError
from jinja2.utils import missing

from generator.errors import suggest
from generator.theme.kinds import names_of

GIVEN = ("page", "chrome", "theme", "tokens", "asset", "t")
"""The names that a page's template knows, besides those that Jinja2 brings along."""

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
    """Message and hint for a name that no template knows."""
    there = "templates have page (what the page shows), chrome (the site), theme (its options), tokens, asset() and t()"
    return f"there is no '{name}' in templates", suggest(name, known, otherwise=there)


def explain_attribute(what: str, name: object, names: Iterable[str]) -> tuple[str, str]:
    """Message and hint for what a value does not have; `what` is how reports name the value."""
    known = list(names)
    more = f" and {len(known) - _MOST_NAMES} more" if len(known) > _MOST_NAMES else ""
    there = f"it has {', '.join(known[:_MOST_NAMES])}{more}" if known else ""
    return f"{what} has no '{name}'", suggest(str(name), known, otherwise=there)


def name_value(value: object) -> str:
    """What a value is: `a text`, `a Card`; pages and their parts have the names of docs/themes.md."""
    return _name_type(type(value).__name__)


def speak_plainly(said: str) -> str:
    """What Python said of values, in words for their types."""
    return _TYPE.sub(lambda match: _name_type(match[1] or match[2] or match[3]), said)


def _name_type(name: str) -> str:
    return _WORDS.get(name, f"{'an' if name[:1] in 'AEIO' else 'a'} {name}")


class MissingError(UndefinedError):
    """A template used what is not there."""

    def __init__(self, value: object, name: str | int, said: str) -> None:
        """Take in what it was looked up, Jinja2's `missing` for templates themselves, and what Jinja2 says."""
        self._value, self._name = value, name
        super().__init__(said)

    def explain(self, line: str) -> tuple[str, str]:
        """Message and hint; the line of the template shows how the value is called there."""
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
    """What a template looked up and did not find: whatever it does with it, but to ask whether it is there, fails."""

    __slots__ = ()

    def __init__(self, hint: str | None = None, obj: Any = missing, name: Any = None, exc: Any = None) -> None:
        """As Jinja2 has it."""
        if exc is None and hint is None:
            exc = partial(MissingError, obj, name)
        super().__init__(hint, obj, name, exc or UndefinedError)
