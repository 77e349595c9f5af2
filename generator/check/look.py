"""Checks the site's theme against the contract, once for each state of it."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.config import Config
from generator.digest import digest_of, program_digest
from generator.errors import LocatedProblem
from generator.load import BuildCache
from generator.theme import Theme
from generator.theme_check import ThemeReport, check_themes

_MEMORY = "rehearsal"


def check_look(root: Path, theme: Theme, config: Config, cache: BuildCache) -> Iterator[LocatedProblem]:
    """Check the site's theme, or read the last result from the cache; an unchanged built-in theme is not checked.

    Raises:
        PublishError: the golden site cannot be written.
    """
    is_own = any(not Path(layer.place).is_absolute() for layer in theme.layers)
    if not (is_own or config.theme.options or config.theme.tokens):
        return
    key = digest_of([program_digest(), theme.digest, config.security, config.budgets])
    found = cache.get(_MEMORY, key)
    if found:
        report = msgspec.msgpack.decode(found, type=ThemeReport)
    else:
        (report,) = check_themes(root)
        cache.put(_MEMORY, key, msgspec.msgpack.encode(report))
    yield from map(_point_to_pages, report.problems)


def _point_to_pages(problem: LocatedProblem) -> LocatedProblem:
    """Add a hint how to keep the golden page with the problem."""
    if not problem.file.endswith(".html"):
        return problem
    hint = "; ".join(filter(None, (problem.hint, "newsprint theme check --output golden keeps the page")))
    return msgspec.structs.replace(problem, hint=hint)
