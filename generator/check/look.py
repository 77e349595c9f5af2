"""The site's theme, held against the contract: once for each state of it."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from generator.config import ThemeSection
from generator.digest import digest_of, program_digest
from generator.errors import Problem
from generator.load import BuildCache
from generator.rehearse import Rehearsal, rehearse
from generator.theme import Theme

_MEMORY = "rehearsal"


def check_look(root: Path, theme: Theme, chosen: ThemeSection, cache: BuildCache) -> Iterator[Problem]:
    """Rehearse the site's theme, or recall how it did. One that is as it came with the program has been rehearsed.

    Args:
        root: The site's folder.
        theme: Its theme.
        chosen: What the site chose of it.
        cache: Remembers what came of the last rehearsal.

    Yields:
        What it breaks of the contract, and advice that it does not follow.

    Raises:
        PublishError: the golden site cannot be built for want of room.
    """
    is_own = any(not Path(layer.place).is_absolute() for layer in theme.layers)
    if not (is_own or chosen.options or chosen.tokens):
        return
    key = digest_of([program_digest(), theme.digest])
    found = cache.get(_MEMORY, key)
    if found:
        rehearsal = msgspec.msgpack.decode(found, type=Rehearsal)
    else:
        (rehearsal,) = rehearse(root)
        cache.put(_MEMORY, key, msgspec.msgpack.encode(rehearsal))
    yield from map(_point_to_pages, rehearsal.problems)


def _point_to_pages(problem: Problem) -> Problem:
    """Say how to see the page of a fault, which was built of golden records and is gone."""
    if not problem.file.endswith(".html"):
        return problem
    hint = "; ".join(filter(None, (problem.hint, "newsprint theme check --output golden keeps the page")))
    return msgspec.structs.replace(problem, hint=hint)
