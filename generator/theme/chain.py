"""The chain of theme folders: the chosen theme, the one that it extends, and so on down to `base`."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import msgspec
from rcssmin import cssmin

from generator.config import CONFIG_NAME, parse_toml
from generator.errors import KeyPath, Problem, ThemeError, explain_encoding, explain_unreadable, suggest
from generator.names import compose, is_language, is_segment
from generator.reach import Reach
from generator.reading import list_files, read_regular
from generator.shape import check_shape, check_texts, salvage, show

THEMES = "themes"
THEME_FILE = "theme.toml"
_MAX_BYTES = 50_000_000
"""Of a file of a theme."""

GROUND = "base"
"""The built-in theme whose words complete those of every chain."""

_LONE_PSEUDO_CLASS = re.compile(rb"(?<=[\w\]).\"*-])\s+:(?=(?:is|where|not|has)\()")
"""A compound selector that begins with a pseudo-class: `.a :is(.b)`. In at-rules, rcssmin would join it to `.a`."""

TRUST = "a theme that you trust needs no 'sandbox = true' in [theme] of site.toml"


class Pair(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A token of text, the token of its background, and the contrast ratio that they need."""

    text: str
    on: str
    ratio: Annotated[float, msgspec.Meta(ge=1, le=21, description="a number from 1 to 21")] = 4.5


class ThemeFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`theme.toml`: `extends` names the theme below.

    In `options` and `tokens`, tables are declarations, and other values are for what themes below declare.
    """

    title: str
    description: str = ""
    extends: str | None = None
    options: dict[str, Any] = {}
    tokens: dict[str, Any] = {}
    contrast: tuple[Pair, ...] = ()


class Layer(msgspec.Struct, frozen=True):
    """One theme of the chain, with all its sources. `place` is its folder in reports.

    `strings` are the raw tables of words by their language.
    """

    name: str
    place: str
    file: ThemeFile
    templates: dict[str, str]
    assets: dict[str, bytes]
    strings: dict[str, bytes] = {}

    @property
    def theme_file(self) -> str:
        """Its `theme.toml` in reports."""
        return f"{self.place}/{THEME_FILE}"


def read_chain(reach: Reach, name: str, faults: list[Problem] | None = None) -> tuple[Layer, ...]:
    """Read a theme and all that it extends, the chosen one first; the site's `themes/` come before the built-in ones.

    If `faults` is given, it gets the Problems of single keys of a `theme.toml`, and the rest is checked, too.

    Raises:
        ThemeError: a theme is unknown, extends itself, or has a file that cannot be read.
    """
    layers: list[Layer] = []
    root = reach.root
    known, known_faults = known_themes(root), [] if faults is None else faults
    wanted: str | None = name
    problem_file = CONFIG_NAME
    problem_key: KeyPath = ("theme", "name")
    while wanted is not None:
        names = [layer.name for layer in layers]
        folder = known.get(wanted) if is_segment(wanted) else None
        if wanted in names:
            hint = "remove 'extends' from one of them"
            message = f"themes extend each other in a cycle: {' → '.join([*names, wanted])}"
            problem = Problem(file=problem_file, code="loop", key=problem_key, message=message, hint=hint)
            raise ThemeError([*known_faults, problem])
        if (root / THEMES / wanted).is_dir() and not (root / THEMES / wanted / THEME_FILE).is_file():
            message = f"the theme '{wanted}' has no {THEME_FILE}"
            hint = "add one with a 'title' and, to extend another theme, 'extends'; or remove the folder"
            file = f"{THEMES}/{wanted}"
            raise ThemeError([*known_faults, Problem(file=file, code="missing-file", message=message, hint=hint)])
        if folder is None:
            hint = suggest(wanted, known, otherwise=f"available: {', '.join(sorted(known))}.")
            message = f"no theme {show(wanted)}"
            problem = Problem(file=problem_file, code="unknown-theme", key=problem_key, message=message, hint=hint)
            raise ThemeError([*known_faults, problem])
        layer = _read_layer(wanted, folder, reach, known_faults)
        layers.append(layer)
        problem_file, problem_key = layer.theme_file, ("extends",)
        wanted = layer.file.extends
    if faults is None and known_faults:
        raise ThemeError(known_faults)
    return tuple(layers)


def add_ground(layers: tuple[Layer, ...], reach: Reach) -> tuple[Layer, ...]:
    """The layers and, below them, the built-in theme with all words of the program, unless it is among them."""
    folder = builtin_themes() / GROUND
    if any(layer.place == place_of(GROUND, folder, reach.root) for layer in layers):
        return layers
    return (*layers, _read_layer(GROUND, folder, reach, []))


def find_links_out(layers: tuple[Layer, ...], root: Path) -> Iterator[Problem]:
    """A Problem for each link that leads out of its theme, because what it leads to would be published."""
    for layer in layers:
        theme = Reach(root / layer.place)
        parts = ("templates", "assets", "strings")
        read = [THEME_FILE, *(f"{part}/{path}" for part in parts for path in list_files(theme.root / part))]
        for link in dict.fromkeys(found.file for found in map(theme.check, read) if found):
            message = "the sandbox does not follow a link that leads out of the theme"
            hint = f"replace it by a copy of what it leads to, or remove it; {TRUST}"
            yield Problem(file=f"{layer.place}/{link}", code="unsafe-theme", message=message, hint=hint)


def builtin_themes() -> Path:
    """The folder of the themes that come with the program: in the wheel, or beside the package in its repository."""
    package = Path(__file__).parent.parent
    inside = package / THEMES
    return inside if inside.is_dir() else package.parent / THEMES


def known_themes(root: Path) -> dict[str, Path]:
    """The folders of the site's themes and of the built-in ones, by name; a theme of the site hides a built-in one."""
    places = (builtin_themes(), root / THEMES)
    folders = [file.parent for place in places for file in sorted(place.glob(f"*/{THEME_FILE}"))]
    return {folder.name: folder for folder in folders}


def place_of(name: str, folder: Path, root: Path) -> str:
    """The folder of a theme in reports."""
    return f"{THEMES}/{name}" if folder.is_relative_to(root) else str(folder)


def _read_layer(name: str, folder: Path, reach: Reach, faults: list[Problem]) -> Layer:
    place = place_of(name, folder, reach.root)
    problems: list[Problem] = []
    templates: dict[str, str] = {}
    for inner, data in _read_files(folder / "templates", f"{place}/templates", reach, problems):
        try:
            templates[inner] = data.decode()
        except UnicodeDecodeError as fault:
            problems.append(explain_encoding(fault, file=f"{place}/templates/{inner}"))
    assets: dict[str, bytes] = {}
    for inner, data in _read_files(folder / "assets", f"{place}/assets", reach, problems):
        if all(is_segment(part) for part in inner.split("/")):
            assets[inner] = _shrink_sheet(data) if inner.endswith(".css") else data
        else:
            hint = "use lower-case letters, digits, '-', '_' and '.'"
            message = f"'{inner}' cannot be part of a path"
            problems.append(Problem(file=f"{place}/assets/{inner}", code="unusable-name", message=message, hint=hint))
    strings = dict(_read_strings(folder / "strings", f"{place}/strings", reach, problems))
    file = read_theme_file(f"{place}/{THEME_FILE}", reach, problems, faults)
    if file is None or problems:
        raise ThemeError([*problems, *faults])
    return Layer(name, place, file, templates, assets, strings)


def _shrink_sheet(data: bytes) -> bytes:
    shrunk: bytes = cssmin(_LONE_PSEUDO_CLASS.sub(rb" *:", data), keep_bang_comments=True)
    return shrunk


def _read_strings(folder: Path, place: str, reach: Reach, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    for inner, data in _read_files(folder, place, reach, problems):
        language = inner.removesuffix(".toml")
        if inner.endswith(".toml") and is_language(language):
            yield language, data
        else:
            message = f"'{inner}' is not a table of texts"
            hint = "name it after a language (BCP 47), such as 'de.toml' or 'pt-BR.toml'"
            problems.append(Problem(file=f"{place}/{inner}", code="unusable-name", message=message, hint=hint))


def _read_files(folder: Path, place: str, reach: Reach, problems: list[Problem]) -> Iterator[tuple[str, bytes]]:
    """Each file below a folder with its path there, sorted; unreadable ones are added to the problems."""
    if problem := _check_place(place, reach):
        problems.append(problem)
        return
    faults: list[OSError] = []
    for path in list_files(folder, faults):
        inner = compose(path)
        try:
            inner.encode()
        except UnicodeEncodeError:
            message = "the file's name is not UTF-8"
            problem = Problem(file=f"{place}/{inner}", code="unusable-name", message=message, hint="rename it")
            problems.append(problem)
            continue
        data = _read_file(f"{place}/{path}", reach)
        if isinstance(data, bytes):
            yield inner, data
        else:
            problems.append(data)
    problems += [explain_unreadable(one, file=one.filename.replace(str(folder), place, 1)) for one in faults]


def _check_place(place: str, reach: Reach) -> Problem | None:
    """Check a file of a theme; those that come with the program have absolute places, and may be anywhere."""
    return None if place.startswith("/") else reach.check(place)


def _read_file(place: str, reach: Reach) -> bytes | Problem:
    if problem := _check_place(place, reach):
        return problem
    try:
        return read_regular(reach.root / place, max_bytes=_MAX_BYTES)
    except OSError as fault:
        return explain_unreadable(fault, file=place)


def read_theme_file(
    place: str, reach: Reach, problems: list[Problem], faults: list[Problem] | None = None
) -> ThemeFile | None:
    """Read a `theme.toml`; its faults are added to the problems, which name it by its place.

    If `faults` is given, it gets those of single keys instead, and the rest is read.
    """
    read = _read_file(place, reach)
    data = parse_toml(read, file=place) if isinstance(read, bytes) else read
    if isinstance(data, Problem):
        problems.append(data)
        return None
    found = check_shape(data, ThemeFile, file=place) + check_texts(data, file=place)
    if not found:
        return msgspec.convert(data, ThemeFile)
    if faults is None:
        problems += found
        return None
    faults += found
    kept, spoiled = salvage(data, ThemeFile, found)
    return None if ("extends",) in spoiled else kept  # the theme below is not known
