"""Theme folders → one Theme: a chain of layers with its options, templates, assets and their digests."""

from generator.theme.theme import THEME_ASSET, Theme, open_theme

__all__ = ["THEME_ASSET", "Theme", "open_theme"]
