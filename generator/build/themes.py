"""The theme of a site, checked by the types of what templates get."""

from pathlib import Path

from generator.config import Config
from generator.errors import ThemeError
from generator.load import BuildCache
from generator.outputs import TEMPLATES
from generator.outputs.parts import Chrome
from generator.theme import Theme, Views, open_theme

VIEWS = Views({"chrome": Chrome}, TEMPLATES)
"""What templates get, by which they are checked."""


def try_theme(root: Path, config: Config, cache: BuildCache) -> Theme | ThemeError:
    """The theme, or what is wrong with it, to be reported with what is wrong with the records."""
    try:
        return open_theme(root, config, cache, VIEWS)
    except ThemeError as fault:
        return fault
