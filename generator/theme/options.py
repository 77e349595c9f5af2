"""The options of a chain of themes: declared in `theme.toml`, chosen in `[theme.options]`."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec

from generator.config import CONFIG_NAME
from generator.errors import KeyPath, Problem, suggest
from generator.shape import check_shape, show
from generator.theme.chain import Layer
from generator.theme.values import COLOUR, FONT, MAX_WHOLE, is_colour, is_font, is_number

OptionType = Literal["switch", "whole", "number", "text", "choice", "list", "colour", "font", "asset"]

Text = Annotated[str, msgspec.Meta(min_length=1, pattern=r"\S", description="text")]


class Declaration(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An option as a `theme.toml` declares it."""

    type: OptionType
    default: Annotated[Any, msgspec.Meta(description="a value of the option's type")]
    description: Text
    choices: tuple[Text, ...] = ()
    least: int | float | None = None
    most: int | float | None = None


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """An option of a chain.

    `theme` is the theme that declares it, `default` the value of the topmost theme that sets it.
    `value` is what the site chose, else the default; `file` and `key` are its place.
    """

    name: str
    theme: str
    declaration: Declaration
    default: Any
    value: Any
    file: str
    key: KeyPath

    @property
    def is_chosen(self) -> bool:
        """Whether the site chose the value."""
        return self.file == CONFIG_NAME


def settle_options(layers: Sequence[Layer], chosen: Mapping[str, Any]) -> tuple[dict[str, Option], list[Problem]]:
    """The options of a chain with the site's choices, in order of declaration from the lowest theme; and Problems."""
    options: dict[str, Option] = {}
    problems: list[Problem] = []
    for layer in reversed(layers):
        for name, value in layer.file.options.items():
            if isinstance(value, dict):
                problems += _declare(name, value, layer, options)
            else:
                problems += _choose(name, value, layer.theme_file, ("options", name), options)
    for name, value in chosen.items():
        problems += _choose(name, value, CONFIG_NAME, ("theme", "options", name), options)
    return options, problems


def describe_values(declaration: Declaration) -> str:
    """The values that an option accepts, in words."""
    match declaration.type:
        case "whole" | "number":
            kind = "a whole number" if declaration.type == "whole" else "a number"
            least, most = _range(declaration)
            return f"{kind} from {least} to {most}"
        case "choice":
            return f"one of {', '.join(declaration.choices)}"
        case "list":
            return f"a list of {', '.join(declaration.choices)}, each at most once"
        case other:
            return _WORDS[other]


_WORDS = {
    "switch": "true or false",
    "text": "text",
    "colour": COLOUR,
    "font": FONT,
    "asset": "the name of an asset of the theme, or of a picture under content/media/; '' for none",
}

_TAKES: dict[OptionType, Callable[[Any, Declaration], bool]] = {
    "switch": lambda value, _: isinstance(value, bool),
    "whole": lambda value, one: type(value) is int and is_number(value, *_range(one)),
    "number": lambda value, one: is_number(value, *_range(one)),
    "text": lambda value, _: isinstance(value, str),
    "choice": lambda value, one: value in one.choices,
    "list": lambda value, one: isinstance(value, list) and not _strays(value, one.choices),
    "colour": lambda value, _: is_colour(value),
    "font": lambda value, _: is_font(value),
    "asset": lambda value, _: isinstance(value, str),
}
"""Whether an option of a type accepts a value."""


def _range(declaration: Declaration) -> tuple[int | float, int | float]:
    least, most = declaration.least, declaration.most
    return -MAX_WHOLE if least is None else least, MAX_WHOLE if most is None else most


def _strays(items: list[Any], choices: Sequence[str]) -> list[Any]:
    """The items of a list that are not among the choices, or occur a second time."""
    return [item for place, item in enumerate(items) if item not in choices or item in items[:place]]


def _declare(name: str, table: dict[str, Any], layer: Layer, options: dict[str, Option]) -> list[Problem]:
    file, key = layer.theme_file, ("options", name)
    if problems := check_shape(table, Declaration, file=file, at=key) + _check_name(name, file, key):
        return problems
    declaration = msgspec.convert(table, Declaration)
    problems = _check_declaration(declaration, file, key)
    below = options.get(name)
    if below is not None and below.declaration.type != declaration.type:
        problems.append(refuse_type(name, declaration.type, file, key, below.declaration.type, below.theme))
    if problems:
        return problems
    options[name] = Option(
        name=name,
        theme=layer.name,
        declaration=declaration,
        default=declaration.default,
        value=declaration.default,
        file=file,
        key=(*key, "default"),
    )
    return _check_value(name, declaration.default, declaration, file, (*key, "default"))


def _check_name(name: str, file: str, key: KeyPath) -> list[Problem]:
    if re.fullmatch(r"[a-z][a-z0-9_]*", name) and not hasattr(dict, name):
        return []
    message = f"{show(name)} cannot be the name of an option"
    hint = "use lower-case letters, digits and '_', and not a method of Python's dictionaries, such as 'items'"
    return [Problem(file=file, code="unusable-name", key=key, message=message, hint=hint)]


def _check_declaration(declaration: Declaration, file: str, key: KeyPath) -> list[Problem]:
    """Check the keys that only some types have."""
    problems = []
    kind = f"an option of type '{declaration.type}'"
    if declaration.type in ("choice", "list"):
        if not declaration.choices:
            message, hint = f"no 'choices' in '{key[-1]}'", 'add \'choices = ["…", "…"]\''
            problems.append(Problem(file=file, code="missing-key", key=key, message=message, hint=hint))
    elif declaration.choices:
        problems.append(refuse_value(f"{kind} has 'choices'", file, (*key, "choices"), hint="only choice and list do"))
    for bound in ("least", "most"):
        value = getattr(declaration, bound)
        if value is not None and declaration.type not in ("whole", "number"):
            hint = "only whole and number do"
            problems.append(refuse_value(f"{kind} has '{bound}'", file, (*key, bound), hint=hint))
        elif value is not None and not _TAKES["number"](
            value, msgspec.structs.replace(declaration, least=None, most=None)
        ):
            problems.append(refuse_value(f"'{bound}' is {show(value)}", file, (*key, bound), expected="a number"))
    return problems


def _choose(name: str, value: Any, file: str, key: KeyPath, options: dict[str, Option]) -> list[Problem]:
    """Set another value of an option: a theme's default, or the site's choice."""
    if name not in options:
        return [refuse_unknown(name, "option", file, key, options, "'type', 'default' and 'description'")]
    option = options[name]
    problems = _check_value(name, value, option.declaration, file, key)
    if not problems:
        default = option.default if file == CONFIG_NAME else value
        options[name] = msgspec.structs.replace(option, default=default, value=value, file=file, key=key)
    return problems


def refuse_unknown(name: str, what: str, file: str, key: KeyPath, known: Iterable[str], needs: str) -> Problem:
    """The Problem of a name that no theme declares as an option or a token; `needs` are keys of a declaration."""
    names = sorted(known)
    hint = suggest(name, names) or f"the {what}s are {', '.join(names) or 'none'}"
    if file != CONFIG_NAME:
        declare = f"or declare it: [{what}s.{name}] with {needs}"
        hint = suggest(name, names, otherwise=declare).removeprefix("or ")
    return Problem(file=file, code="unknown-key", key=key, message=f"no theme {what} {show(name)}", hint=hint)


def refuse_type(name: str, kind: str, file: str, key: KeyPath, below: str, theme: str) -> Problem:
    """The Problem of an option or a token of another type than that which a theme below declares."""
    expected = f"the type '{below}', which '{theme}' declares"
    return refuse_value(f"'{name}' is of type '{kind}'", file, (*key, "type"), expected=expected)


def _check_value(name: str, value: Any, declaration: Declaration, file: str, key: KeyPath) -> list[Problem]:
    if _TAKES[declaration.type](value, declaration):
        return []
    expected, hint, message = describe_values(declaration), "", f"'{name}' is {show(value)}"
    if declaration.type == "choice" and isinstance(value, str):
        hint = suggest(value, declaration.choices)
    elif declaration.type == "list" and isinstance(value, list):
        stray = _strays(value, declaration.choices)[0]
        message = f"'{name}' holds {show(stray)}" + (" twice" if stray in declaration.choices else "")
        hint = "" if stray in declaration.choices else suggest(str(stray), declaration.choices)
    elif declaration.type not in ("switch", "whole", "number") and type(value) in (bool, int, float):
        hint = "quote it"
    return [refuse_value(message, file, key, expected=expected, hint=hint)]


def refuse_value(message: str, file: str, key: KeyPath, *, expected: str = "", hint: str = "") -> Problem:
    """The Problem of a value that a theme or the site gives to an option or a token."""
    return Problem(file=file, code="wrong-value", key=key, message=message, expected=expected, hint=hint)
