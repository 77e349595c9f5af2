"""The chain of theme folders: the chosen theme, what it extends, and so on down to `base`."""

import tomllib
from pathlib import Path
from typing import Any

import msgspec

from generator.config import CONFIG_NAME
from generator.errors import KeyPath, Problem, ThemeError, suggest
from generator.names import is_segment
from generator.shape import check_shape

THEMES = "themes"
THEME_FILE = "theme.toml"


class ThemeFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`theme.toml`: `extends` names the theme below, `options` the options with their defaults."""

    title: str
    description: str = ""
    extends: str | None = None
    options: dict[str, str | int | float | bool] = {}


class Layer(msgspec.Struct, frozen=True):
    """One theme of the chain, with all its sources. `place` is its folder as reports name it."""

    name: str
    place: str
    file: ThemeFile
    templates: dict[str, str]
    assets: dict[str, bytes]


def read_chain(root: Path, name: str) -> tuple[Layer, ...]:
    """Read a theme and all that it extends, the chosen one first.

    Args:
        root: The site's folder; its `themes/` comes before the built-in themes.
        name: `[theme] name`.

    Raises:
        ThemeError: a theme is unknown, extends itself, or has a file that cannot be read.
    """
    layers: list[Layer] = []
    wanted: str | None = name
    problem_file = CONFIG_NAME
    problem_key: KeyPath = ("theme", "name")
    while wanted is not None:
        if wanted in (layer.name for layer in layers):
            circle = " → ".join([*(layer.name for layer in layers), wanted])
            hint = "one of them has to stand at the bottom, without 'extends'"
            message = f"themes extend each other in a circle: {circle}"
            raise ThemeError([Problem(file=problem_file, code="loop", key=problem_key, message=message, hint=hint)])
        folder = _find_theme(root, wanted)
        if folder is None:
            names = _known_themes(root)
            hint = suggest(wanted, names, otherwise=f"there are: {', '.join(sorted(names))}.")
            problem = Problem(
                file=problem_file, code="unknown-theme", key=problem_key, message=f"no theme '{wanted}'", hint=hint
            )
            raise ThemeError([problem])
        layer = _read_layer(wanted, folder, root)
        layers.append(layer)
        problem_file, problem_key = f"{layer.place}/{THEME_FILE}", ("extends",)
        wanted = layer.file.extends
    return tuple(layers)


def builtin_themes() -> Path:
    """The folder of the themes that come with the program: in the wheel, or beside the package in its repository."""
    package = Path(__file__).parent.parent
    inside = package / THEMES
    return inside if inside.is_dir() else package.parent / THEMES


def _find_theme(root: Path, name: str) -> Path | None:
    if not is_segment(name):
        return None
    folders = (root / THEMES / name, builtin_themes() / name)
    return next((folder for folder in folders if (folder / THEME_FILE).is_file()), None)


def _known_themes(root: Path) -> set[str]:
    return {file.parent.name for folder in (root / THEMES, builtin_themes()) for file in folder.glob(f"*/{THEME_FILE}")}


def _read_layer(name: str, folder: Path, root: Path) -> Layer:
    place = f"{THEMES}/{name}" if folder.is_relative_to(root) else str(folder)
    problems: list[Problem] = []
    templates = {}
    for file in sorted((folder / "templates").rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            inner = file.relative_to(folder / "templates").as_posix()
            try:
                templates[inner] = file.read_text(encoding="utf-8")
            except (OSError, UnicodeDecodeError) as fault:
                problems.append(_unreadable(f"{place}/templates/{inner}", fault))
    assets = {}
    for file in sorted((folder / "assets").rglob("*")):
        if file.is_file() and not file.name.startswith("."):
            inner = file.relative_to(folder / "assets").as_posix()
            if all(is_segment(part) for part in inner.split("/")):
                assets[inner] = file.read_bytes()
            else:
                hint = "use lower-case letters, digits, '-', '_' and '.'"
                message = f"'{inner}' cannot be part of a path"
                problem = Problem(file=f"{place}/assets/{inner}", code="unusable-name", message=message, hint=hint)
                problems.append(problem)
    try:
        data: dict[str, Any] = tomllib.loads((folder / THEME_FILE).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        problems.append(_unreadable(f"{place}/{THEME_FILE}", fault))
        raise ThemeError(problems) from fault
    problems += check_shape(data, ThemeFile, file=f"{place}/{THEME_FILE}")
    if problems:
        raise ThemeError(problems)
    return Layer(name, place, msgspec.convert(data, ThemeFile), templates, assets)


def _unreadable(file: str, fault: Exception) -> Problem:
    match fault:
        case UnicodeDecodeError():
            return Problem(
                file=file, code="not-utf8", message=f"byte {fault.start} is not UTF-8", hint="save it as UTF-8"
            )
        case tomllib.TOMLDecodeError():
            return Problem(file=file, code="bad-toml", message=f"not valid TOML: {fault}")
        case _:
            return Problem(file=file, code="unreadable-file", message=f"cannot be read: {fault}")
