"""Theme folders → one Theme: a chain of layers with its options, templates, assets and their digests."""

from generator.records.asset import THEME_ASSET
from generator.theme.chain import THEMES, known_themes
from generator.theme.theme import Findings, Theme, open_theme

__all__ = ["THEMES", "THEME_ASSET", "Findings", "Theme", "known_themes", "open_theme"]
