"""The available themes, and the choices of one of them: for people and their programs, not for builds."""

from pathlib import Path
from typing import Any

import msgspec

from generator.config import Config, ThemeSection
from generator.errors import Problem
from generator.reach import Reach
from generator.theme.chain import THEME_FILE, known_themes, place_of, read_chain, read_theme_file
from generator.theme.choices import settle_choices
from generator.theme.options import Option, describe_values
from generator.theme.tokens import Schemes, Token, TokenType


class ThemeLine(msgspec.Struct, frozen=True, kw_only=True):
    """An available theme. `folder` is relative to the site's folder, or absolute if it comes with the program."""

    name: str
    title: str
    description: str
    extends: str | None
    folder: str
    is_builtin: bool
    is_used: bool


class OptionLine(msgspec.Struct, frozen=True, kw_only=True):
    """An option of a theme; `theme` is the one of its chain that declares it, `takes` its values in words."""

    name: str
    type: str
    takes: str
    default: Any
    value: Any
    is_chosen: bool
    description: str
    theme: str


class TokenLine(msgspec.Struct, frozen=True, kw_only=True):
    """A token of a theme; `theme` is the one of its chain that declares it."""

    name: str
    type: TokenType
    default: Schemes
    value: Schemes
    is_chosen: bool
    description: str
    theme: str


class ThemeDescription(msgspec.Struct, frozen=True, kw_only=True):
    """The choices of a theme. `chain` names it and those that it extends; `problems` are those of the choices."""

    theme: str
    chain: tuple[str, ...]
    options: tuple[OptionLine, ...]
    tokens: tuple[TokenLine, ...]
    problems: tuple[Problem, ...]


def list_themes(root: Path, config: Config) -> tuple[list[ThemeLine], list[Problem]]:
    """The site's themes and the built-in ones, sorted by name; and the Problems with the `theme.toml` of others."""
    lines: list[ThemeLine] = []
    reach = Reach(root, config.content.allow_links)
    problems: list[Problem] = []
    for name, folder in sorted(known_themes(root).items()):
        place = place_of(name, folder, root)
        file = read_theme_file(f"{place}/{THEME_FILE}", reach, problems)
        if file is not None:
            line = ThemeLine(
                name=name,
                title=file.title,
                description=file.description,
                extends=file.extends,
                folder=place,
                is_builtin=not folder.is_relative_to(root),
                is_used=name == config.theme.name,
            )
            lines.append(line)
    return lines, problems


def describe_theme(root: Path, config: Config, name: str | None = None) -> ThemeDescription:
    """Describe the options and tokens of a theme.

    Args:
        root: The site's folder.
        config: Has the site's choices, which count for its own theme only.
        name: The theme; None for the site's.

    Raises:
        ThemeError: a theme of the chain is missing or cannot be read.
    """
    theme = name or config.theme.name
    reach = Reach(root, config.content.allow_links)
    layers = read_chain(reach, theme)
    plain = settle_choices(layers, ThemeSection(), reach, None)
    chosen = config.theme if theme == config.theme.name else ThemeSection()
    choices = settle_choices(layers, chosen, reach, None)
    return ThemeDescription(
        theme=theme,
        chain=tuple(layer.name for layer in layers),
        options=tuple(map(_describe_option, choices.options.values())),
        tokens=tuple(_describe_token(token, plain.tokens[name]) for name, token in choices.tokens.items()),
        problems=tuple(choices.problems),
    )


def _describe_option(option: Option) -> OptionLine:
    return OptionLine(
        name=option.name,
        type=option.declaration.type,
        takes=describe_values(option.declaration),
        default=option.default,
        value=option.value,
        is_chosen=option.is_chosen,
        description=option.declaration.description,
        theme=option.theme,
    )


def _describe_token(token: Token, plain: Token) -> TokenLine:
    return TokenLine(
        name=token.name,
        type=token.type,
        default=Schemes(plain.light.css, plain.dark.css),
        value=Schemes(token.light.css, token.dark.css),
        is_chosen=(token.light, token.dark) != (plain.light, plain.dark),
        description=token.description,
        theme=token.theme,
    )
