"""Files for the authors of themes: a new theme that works at once, and copies of what another theme has."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from string import Template

from generator.errors import UsageError, os_errors_at, suggest
from generator.names import is_segment
from generator.reach import Reach
from generator.theme.chain import THEME_FILE, THEMES, Layer, known_themes, read_chain

_NEW = Path(__file__).parent / "new"
"""The files of a new theme."""

_PART = "footer.html"


def make_theme(reach: Reach, name: str, below: str) -> list[str]:
    """Make a theme of the site that extends another and overrides its footer, if that has one.

    Args:
        reach: The site's folder, and where its links may lead.
        name: The theme's name, that of its folder in `themes/`.
        below: The theme that it extends.

    Returns:
        The files made, relative to the site's folder.

    Raises:
        UsageError: a name cannot be used.
        ThemeError: the theme below cannot be read.
        PublishError: the folder cannot be written.
    """
    root = reach.root
    known = known_themes(root)
    if not is_segment(name):
        raise UsageError(f"'{name}' cannot be a folder's name; use lower-case letters, digits, '-', '_' and '.'")
    if (root / THEMES / name).exists() or name in known:
        raise UsageError(f"there is a theme '{name}'; choose another name")
    if below not in known:
        there_are = f"there are {', '.join(sorted(known))}"
        raise UsageError(f"no theme '{below}': {suggest(below, known, otherwise=there_are)}")
    words = {"name": name, "title": name.replace("-", " ").capitalize(), "below": below}
    files = {THEME_FILE: Template((_NEW / THEME_FILE).read_text(encoding="utf-8")).substitute(words)}
    if any(_PART in layer.templates for layer in read_chain(reach, below)):
        files[f"templates/{_PART}"] = (_NEW / "templates" / _PART).read_text(encoding="utf-8")
    return _write_files(root, name, {path: text.encode() for path, text in files.items()})


def eject_files(reach: Reach, name: str, wanted: Sequence[str]) -> list[str]:
    """Copy templates and assets that a theme of the site inherits into it, to be changed there.

    A template that builds upon the one below it (`parent:`) comes with that one, under the name of its theme.

    Args:
        reach: The site's folder, and where its links may lead.
        name: The theme, which has to be the site's own.
        wanted: The names of templates and assets, such as `footer.html` and `style.css`.

    Returns:
        The files made, relative to the site's folder.

    Raises:
        UsageError: the theme is built in, or a file cannot be ejected.
        ThemeError: a theme of the chain cannot be read.
        PublishError: a file cannot be written.
    """
    own, *below = read_chain(reach, name)
    if own.place != f"{THEMES}/{name}":
        raise UsageError(f"the theme '{name}' is built in; make your own: newsprint theme new NAME --extends {name}")
    known = sorted({file for layer in below for file in (*layer.templates, *layer.assets)})
    files: dict[str, bytes] = {}
    for file in wanted:
        if file in own.templates or file in own.assets:
            raise UsageError(f"the theme '{name}' has a '{file}' of its own already")
        if file not in known:
            raise UsageError(
                f"no theme below '{name}' has a '{file}': {suggest(file, known, otherwise='see docs/themes.md')}"
            )
        for place, layer in enumerate(below):
            if file in layer.templates:
                files |= _copy_template(below[place:], file, file)
                break
            if file in layer.assets:
                source = reach.root / layer.place / "assets" / file  # a layer's style sheets lack their comments
                with os_errors_at(source):
                    files[f"assets/{file}"] = source.read_bytes()
                break
    return _write_files(reach.root, name, files)


def _copy_template(layers: Sequence[Layer], file: str, name: str) -> dict[str, bytes]:
    """A template of the first layer under a name, and those that it builds upon, by their files."""
    first, *below = layers
    text, parent, copies = first.templates[file], f"parent:{file}", {}
    if parent in text:
        place = next(place for place, layer in enumerate(below) if file in layer.templates)
        folder, _, stem = file.rpartition("/")
        kept = f"{folder}/{below[place].name}-{stem}".lstrip("/")
        text, copies = text.replace(parent, kept), _copy_template(below[place:], file, kept)
    return {f"templates/{name}": text.encode(), **copies}


def _write_files(root: Path, name: str, files: Mapping[str, bytes]) -> list[str]:
    """Write files of a theme of the site, none of which may exist; returns their paths in the site's folder."""
    folder = root / THEMES / name
    if taken := next((path for path in files if os.path.lexists(folder / path)), None):
        raise UsageError(f"there is a file {THEMES}/{name}/{taken}; rename or remove it")
    for path, data in files.items():
        with os_errors_at(folder / path):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            with (folder / path).open("xb") as file:
                file.write(data)
    return [f"{THEMES}/{name}/{path}" for path in files]
