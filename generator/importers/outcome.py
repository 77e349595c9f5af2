"""What an import did, as data: what became of each text, what had no place, and what share was imported whole."""

from collections import Counter
from collections.abc import Collection, Mapping
from typing import Any, Literal

import msgspec

from generator.errors import LocatedProblem
from generator.importers.engine import EngineChoice
from generator.importers.old_site import SHOWS_NOTHING, WITHOUT_WORDS, Leftover
from generator.names import ContentPath, Kind

Fate = Literal["made", "there already", "faulty", "empty"]
"""A page without a text is empty and becomes no record."""

_LINTS = frozenset({"empty-field", "glued-label", "long-extract", "newsletter-plug", "repeated-paragraph"})
"""Problems of the words of a text, which are imported unchanged."""


class ImportedRecord(msgspec.Struct, frozen=True):
    """A record to be written, or what became of it.

    `origin` is the file in the old folder, "" for topics and the source. `file` and `text` are the record's.
    `fate` is whether it was made; an existing record is left alone. `left` and `lacks` are what had no place.
    """

    file: ContentPath
    kind: Kind
    id: str
    text: str = ""
    origin: str = ""
    fate: Fate = "made"
    left: Mapping[str, Any] = {}
    lacks: tuple[Leftover, ...] = ()


class Migration(msgspec.Struct, frozen=True):
    """What an import did, or would do.

    Records and pictures are sorted. `left_keys` counts the files of each key without a place.
    `unread` are files that were not read; `other_languages` counts texts in languages that were not asked for.
    Of the `texts` that became records or were at fault, `whole` lack nothing.
    `whole_texts` lack at most keys of the front matter.
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
    """Whether a reader of the old site misses something: neither a mere look, nor what showed nothing."""
    is_look = lack.what in {"attribute", "html"} and lack.fate.startswith(("left out", "became a link"))
    return not is_look and lack.fate not in {SHOWS_NOTHING, WITHOUT_WORDS}
