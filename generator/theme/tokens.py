"""The design tokens of a chain of themes, and the style sheet that declares them: `tokens.css`."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import msgspec

from generator.config import CONFIG_NAME
from generator.errors import KeyPath, Problem
from generator.shape import check_shape, show
from generator.theme.chain import Layer
from generator.theme.options import refuse_type, refuse_unknown, refuse_value
from generator.theme.values import COLOUR, FONT, LENGTH, is_colour, is_font, is_length, is_number

TOKENS_CSS = "tokens.css"
"""The asset that is made from the tokens."""

TokenType = Literal["colour", "font", "length", "number"]
SchemeName = Literal["light", "dark"]

SCHEMES: tuple[SchemeName, ...] = ("light", "dark")


class TokenTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A token as a `theme.toml` declares it, or as a theme above changes it.

    `value` is for both schemes; else `light` and `dark` are for one each.
    """

    type: TokenType | None = None
    description: str = ""
    value: str | int | float | None = None
    light: str | int | float | None = None
    dark: str | int | float | None = None


class Shade(NamedTuple):
    """A token's value in one scheme, as CSS, and its place: `rank` 0 is the lowest theme."""

    css: str
    file: str
    key: KeyPath
    rank: int


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A token of a chain; `theme` is the theme that declares it."""

    name: str
    theme: str
    type: TokenType
    description: str
    light: Shade
    dark: Shade

    def shade(self, scheme: SchemeName) -> Shade:
        """The value in a scheme."""
        return self.light if scheme == "light" else self.dark


class Schemes(msgspec.Struct, frozen=True):
    """A token's values as templates get them: `tokens.paper.light`."""

    light: str
    dark: str


def settle_tokens(layers: Sequence[Layer], chosen: Mapping[str, Any]) -> tuple[dict[str, Token], list[Problem]]:
    """The tokens of a chain with the site's choices, sorted by name; and their Problems."""
    tokens: dict[str, Token] = {}
    problems: list[Problem] = []
    for rank, layer in enumerate(reversed(layers)):
        for name, value in layer.file.tokens.items():
            place = _TokenPlace(layer.theme_file, ("tokens", name), rank)
            if name in tokens:
                problems += _colour_anew(name, value, place, tokens)
            else:
                problems += _declare(name, value, layer.name, place, tokens)
    for name, value in chosen.items():
        place = _TokenPlace(CONFIG_NAME, ("theme", "tokens", name), len(layers))
        if name in tokens:
            problems += _colour_anew(name, value, place, tokens)
        else:
            problems.append(refuse_unknown(name, "token", CONFIG_NAME, place.key, tokens, _NEEDS))
    return dict(sorted(tokens.items())), problems


def write_tokens(tokens: Iterable[Token]) -> bytes:
    """The style sheet of the tokens; the reader's system, or `data-scheme` of `<html>`, chooses the scheme.

    Colours hold both of their values in `light-dark()`; `color-scheme` chooses.
    Other values of the dark scheme are written for both ways to choose it.
    The dark scheme is for screens only, so that paper stays light.

    Source: CSS Custom Properties Level 1; CSS Color Adjustment Level 1; CSS Color Level 5, "light-dark()".
    """
    tokens = list(tokens)
    declared = [f"--{one.name}:{_both(one)}" for one in tokens]
    differing = [one for one in tokens if one.dark.css != one.light.css]
    if not differing:
        return (_rule(":root", declared) + "\n").encode()
    chosen = [_rule(f':root[data-scheme="{scheme}"]', [f"color-scheme:{scheme}"]) for scheme in SCHEMES]
    blocks = [
        _rule(":root", ["color-scheme:light", *declared]),
        _rule("@media screen", [_rule(":root", ["color-scheme:light dark"]) + "".join(chosen)]),
    ]
    if dark := [f"--{one.name}:{one.dark.css}" for one in differing if one.type != "colour"]:
        by_system = _rule(':root:not([data-scheme="light"])', dark)
        by_reader = _rule(':root[data-scheme="dark"]', dark)
        blocks += [
            _rule("@media screen and (prefers-color-scheme:dark)", [by_system]),
            _rule("@media screen", [by_reader]),
        ]
    return ("\n".join(blocks) + "\n").encode()


class _TokenPlace(NamedTuple):
    file: str
    key: KeyPath
    rank: int


_CSS = {"colour": is_colour, "font": is_font, "length": is_length, "number": is_number}
"""Whether a token of a type accepts a value."""

_OF_THEMES = frozenset({"type", "description", "value"})
"""Keys of a token's table that a site cannot write."""

_NEEDS = "'light', 'dark' and 'description'"

_WORDS: dict[TokenType, str] = {"colour": COLOUR, "font": FONT, "length": LENGTH, "number": "a number"}


def _declare(name: str, value: Any, theme: str, place: _TokenPlace, tokens: dict[str, Token]) -> list[Problem]:
    if not isinstance(value, dict):
        return [refuse_unknown(name, "token", place.file, place.key, tokens, _NEEDS)]
    problems = check_shape(value, TokenTable, file=place.file, at=place.key) + _check_name(name, place)
    if problems:
        return problems
    table = msgspec.convert(value, TokenTable)
    kind = table.type or "colour"
    if not table.description.strip():
        problems.append(_missing("description", name, place))
    if table.value is None:
        problems += [_missing(scheme, name, place) for scheme in SCHEMES if getattr(table, scheme) is None]
    shades, faults = _read_shades(name, table, kind, place, in_table=True)
    problems += faults
    if not problems:
        light, dark = shades["light"], shades["dark"]
        tokens[name] = Token(name=name, theme=theme, type=kind, description=table.description, light=light, dark=dark)
    return problems


def _colour_anew(name: str, value: Any, place: _TokenPlace, tokens: dict[str, Token]) -> list[Problem]:
    """Take other values of a token: those of a theme above, or the site's."""
    token = tokens[name]
    if isinstance(value, dict):
        not_keys = _OF_THEMES if place.file == CONFIG_NAME else frozenset()
        if problems := check_shape(value, TokenTable, file=place.file, at=place.key, not_keys=not_keys):
            return problems
        table = msgspec.convert(value, TokenTable)
    elif isinstance(value, str | int | float) and not isinstance(value, bool):
        table = TokenTable(value=value)
    else:
        return [_wrong(name, value, token.type, place.file, place.key)]
    if table.type and table.type != token.type:
        return [refuse_type(name, table.type, place.file, place.key, token.type, token.theme)]
    shades, problems = _read_shades(name, table, token.type, place, in_table=isinstance(value, dict))
    if not problems:
        tokens[name] = msgspec.structs.replace(token, description=table.description or token.description, **shades)
    return problems


def _read_shades(
    name: str, table: TokenTable, kind: TokenType, place: _TokenPlace, *, in_table: bool
) -> tuple[dict[SchemeName, Shade], list[Problem]]:
    """The shades that a table gives, and what is wrong with them."""
    shades: dict[SchemeName, Shade] = {}
    problems: list[Problem] = []
    is_for_both = table.value is not None
    key_for_both = (*place.key, "value") if in_table else place.key
    for scheme in SCHEMES:
        value = table.value if is_for_both else getattr(table, scheme)
        key = key_for_both if is_for_both else (*place.key, scheme)
        if is_for_both and getattr(table, scheme) is not None:
            message = f"'{name}' has 'value' and '{scheme}'"
            hint = "'value' is for both schemes; 'light' and 'dark' are for one each"
            problems.append(refuse_value(message, place.file, (*place.key, scheme), hint=hint))
        elif value is not None and _CSS[kind](value):
            shades[scheme] = Shade(str(value), place.file, key, place.rank)
        elif value is not None:
            problems.append(_wrong(name, value, kind, place.file, key))
    return shades, list(dict.fromkeys(problems))


def _check_name(name: str, place: _TokenPlace) -> list[Problem]:
    if re.fullmatch(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*", name):
        return []
    message = f"{show(name)} cannot be the name of a token"
    hint = "use lower-case letters, digits and '-'"
    return [Problem(file=place.file, code="unusable-name", key=place.key, message=message, hint=hint)]


def _missing(key: str, name: str, place: _TokenPlace) -> Problem:
    hint = f"add '{key} = …'"
    if key in SCHEMES:
        hint += ", or 'value = …' for both schemes"
    return Problem(file=place.file, code="missing-key", key=place.key, message=f"no '{key}' in '{name}'", hint=hint)


def _wrong(name: str, value: Any, kind: TokenType, file: str, key: KeyPath) -> Problem:
    return refuse_value(f"'{name}' is {show(value)}", file, key, expected=_WORDS[kind])


def _both(token: Token) -> str:
    light, dark = token.light.css, token.dark.css
    return f"light-dark({light},{dark})" if token.type == "colour" and light != dark else light


def _rule(prelude: str, content: Iterable[str]) -> str:
    return f"{prelude}{{{';'.join(content)}}}"
