"""Opens the theme of a site and checks it by the types of the views."""

from pathlib import Path

from generator.config import Config
from generator.errors import ThemeError
from generator.load import BuildCache
from generator.outputs import TEMPLATES
from generator.outputs.parts import Chrome
from generator.theme import Theme, Views, open_theme

VIEWS = Views({"chrome": Chrome}, TEMPLATES)
"""The types of what templates get."""


def try_theme(root: Path, config: Config, cache: BuildCache) -> Theme | ThemeError:
    """The theme, or its problems, which are reported together with those of the records."""
    try:
        return open_theme(root, config, cache, VIEWS)
    except ThemeError as fault:
        return fault
