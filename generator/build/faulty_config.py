"""Checks a site whose `site.toml` has errors, as far as the rest does not depend on them."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from generator.build.themes import try_theme
from generator.config import ConfigDraft
from generator.errors import ConfigError, ThemeError
from generator.load import CACHE_NAME, BuildCache, cache_key, load_records, scan_site
from generator.site import check_references
from generator.workers import Workers

ADDRESSES = "the addresses of pages"
QUOTATIONS = "quotations and extracts"
"""What cannot be checked if something else has errors."""

_KEYS = {"own_source": ("site", "source"), "time_zone": ("site", "time_zone")}
"""The keys of `site.toml` for the settings of parsing (`load.Settings`)."""

_HIDDEN_BY = {"own_source": "which articles need a 'source_url'", "time_zone": "the order of times"}
"""What cannot be checked without a setting."""


def check_rest(draft: ConfigDraft, root: Path, workers: Workers, stood: Mapping[str, str]) -> ConfigError:
    """Check everything that the known part of the config allows; the workers parse the records.

    `stood` are the files of the last build by the names of their records.

    Returns:
        The problems of config, records and theme, and what could not be checked.
    """
    config = draft.config
    hidden = frozenset(name for name, key in _KEYS.items() if not draft.knows(*key))
    # The cache is temporary, because its settings may be wrong.
    with (
        TemporaryDirectory(prefix="newsprint-") as folder,
        closing(BuildCache(Path(folder) / CACHE_NAME, cache_key(config))) as cache,
    ):
        scan = scan_site(root, config.content.allow_links)._replace(stood=stood)
        loaded = load_records(scan, config, cache, workers, unknown=hidden)
        knows_theme = draft.knows("theme") and draft.knows("strings") and draft.knows("site", "language")
        theme = try_theme(root, config, cache) if knows_theme else None
    problems = [
        *draft.problems,
        *(one for one in loaded.problems if one.code != "outside-file" or draft.knows("content", "allow_links")),
        *check_references(loaded.records, config, faulty=loaded.faulty, claims=loaded.claims, unread=loaded.unread),
        *(theme.problems if isinstance(theme, ThemeError) else ()),
    ]
    unchecked = [ADDRESSES, QUOTATIONS, *(_HIDDEN_BY[name] for name in sorted(hidden))]
    return ConfigError(problems, unchecked if theme else [*unchecked, "the theme"])
