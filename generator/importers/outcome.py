"""What an import did, as data: what became of each text, what had no place, and what share came over whole."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, Literal

import msgspec

from generator.errors import LocatedProblem
from generator.importers.engine import EngineChoice
from generator.importers.old_site import SHOWS_NOTHING, WITHOUT_WORDS, Leftover

Fate = Literal["made", "there already", "faulty", "empty"]
"""A page without a text is empty, and nothing is made of it."""

_LINTS = frozenset({"empty-field", "glued-label", "long-extract", "newsletter-plug", "repeated-paragraph"})
"""Problems of what the text says, which came over as it was."""


class ImportedRecord(msgspec.Struct, frozen=True):
    """What became of one file, or what was made besides.

    `origin` is the file in the old folder, "" for topics and the source. `file` is the record's.
    `fate` says whether it was made; what was there is left alone. `left` and `lacks` are what had no place.
    """

    origin: str
    file: str
    kind: str
    id: str
    fate: Fate
    left: Mapping[str, Any]
    lacks: tuple[Leftover, ...]


class Migration(msgspec.Struct, frozen=True):
    """What an import did, or would do.

    Records and pictures in order; the keys without a place, and how many files have them; files that were not read;
    texts in languages that were not asked for, by language; the engine of markdown.
    Of the `texts` that became records, or were at fault, `whole` lack nothing, and `whole_texts` nothing but keys of
    the front matter.
    """

    records: tuple[ImportedRecord, ...]
    pictures: tuple[str, ...]
    left_keys: dict[str, int]
    unread: tuple[str, ...]
    other_languages: dict[str, int]
    problems: tuple[LocatedProblem, ...]
    engine: EngineChoice
    texts: int
    whole: int
    whole_texts: int


def sum_up(
    records: Collection[ImportedRecord],
    pictures: Collection[str],
    unread: Collection[str],
    other_languages: Mapping[str, int],
    problems: Collection[LocatedProblem],
    engine: EngineChoice,
) -> Migration:
    """Count what was done."""
    troubled = {problem.file for problem in problems if problem.code not in _LINTS}
    texts = [one for one in records if one.origin and one.fate in {"made", "faulty"}]
    entire = [
        one
        for one in texts
        if one.fate == "made" and not any(map(is_loss, one.lacks)) and troubled.isdisjoint({one.origin, one.file})
    ]
    unmade = {problem.file for problem in problems if problem.is_error} - {one.origin for one in records}
    return Migration(
        records=tuple(records),
        pictures=tuple(sorted(pictures)),
        left_keys=dict(sorted(Counter(key for one in records for key in one.left).items())),
        unread=tuple(sorted(unread)),
        other_languages=dict(sorted(other_languages.items())),
        problems=tuple(problems),
        engine=engine,
        texts=len(texts) + len(unmade),
        whole=sum(not one.left for one in entire),
        whole_texts=len(entire),
    )


def is_loss(lack: Leftover) -> bool:
    """Whether a reader of the old site misses something: not what only looked otherwise, nor what showed nothing."""
    is_look = lack.what in {"attribute", "html"} and lack.fate.startswith(("left out", "became a link"))
    return not is_look and lack.fate not in {SHOWS_NOTHING, WITHOUT_WORDS}
