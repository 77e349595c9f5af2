"""Theme folders → one Theme: a chain of layers with its options, tokens, templates, assets and their digests."""

from generator.records.asset import THEME_ASSET
from generator.theme.catalogue import OptionLine, ThemeDescription, ThemeLine, TokenLine, describe_theme, list_themes
from generator.theme.chain import THEMES, TRUST, known_themes
from generator.theme.kinds import Views
from generator.theme.seed import eject_files, make_theme
from generator.theme.theme import Theme, open_theme
from generator.theme.tokens import Schemes
