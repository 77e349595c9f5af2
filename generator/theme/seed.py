"""A new theme of a site: a folder that works at once, to be changed by its author."""

from pathlib import Path
from string import Template

from generator.errors import PublishError, UsageError, suggest
from generator.names import is_segment
from generator.reach import Reach
from generator.theme.chain import THEME_FILE, THEMES, known_themes, read_chain

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
    folder = root / THEMES / name
    try:
        folder.mkdir(parents=True)
        for path, text in files.items():
            (folder / path).parent.mkdir(exist_ok=True)
            (folder / path).write_text(text, encoding="utf-8")
    except OSError as fault:
        raise PublishError(str(folder), fault.strerror or str(fault)) from fault
    return [f"{THEMES}/{name}/{path}" for path in files]
