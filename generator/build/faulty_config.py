"""A `site.toml` at fault → its faults, and those of the rest of the site as far as that does not depend on it."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.build.themes import try_theme
from generator.config import ConfigDraft
from generator.errors import ConfigError, ThemeError
from generator.load import CACHE_NAME, BuildCache, cache_key, load_records, scan_content
from generator.site import check_references
from generator.workers import Workers

ADDRESSES = "the addresses of pages"
QUOTATIONS = "quotations and extracts"
"""What cannot be checked if something else is at fault."""

_KEYS = {"own_source": ("site", "source"), "time_zone": ("site", "time_zone")}
"""The keys of `site.toml` that give the settings of parsing (`load.Settings`)."""

_HIDDEN_BY = {"own_source": "which articles need a 'source_url'", "time_zone": "the order of times"}
"""What cannot be checked without a setting."""


def check_rest(draft: ConfigDraft, root: Path, workers: Workers) -> ConfigError:
    """Check what does not depend on what is at fault, as far as the config is known; the workers parse the records.

    Returns:
        The refusal: all that is wrong with config, records and theme, and what could not be checked.
    """
    config = draft.config
    hidden = frozenset(name for name, key in _KEYS.items() if not draft.knows(*key))
    # In a cache of its own: one that is made with the wrong settings is of no use to the next build.
    with (
        TemporaryDirectory(prefix="newsprint-") as folder,
        closing(BuildCache(Path(folder) / CACHE_NAME, cache_key(config))) as cache,
    ):
        loaded = load_records(scan_content(root), config, cache, workers, unknown=hidden)
        theme = try_theme(root, config, cache) if _knows_theme(draft) else None
    problems = [
        *draft.problems,
        *loaded.problems,
        *check_references(loaded.records, config, faulty=loaded.faulty, claims=loaded.claims, unread=loaded.unread),
        *(theme.problems if isinstance(theme, ThemeError) else ()),
    ]
    unchecked = [ADDRESSES, QUOTATIONS, *(_HIDDEN_BY[name] for name in sorted(hidden))]
    return ConfigError(problems, unchecked if theme else [*unchecked, "the theme"])


def _knows_theme(draft: ConfigDraft) -> bool:
    """Whether all that shapes the theme is known in spite of the faults."""
    return draft.knows("theme") and draft.knows("strings") and draft.knows("site", "language")
