"""Records beyond a limit of `[limits]`: each costs itself, and no other."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from generator.errors import Problem
from generator.guard import Guard, Loss
from generator.limits import Limits, exceed
from generator.load.files import SourceFile
from generator.load.parsed import ParsedFile, ParsedRecord, RawRecord, stem_of
from generator.records import Record

_LARGE = 64_000  # bytes; `refuse_excess` keeps the time of smaller texts to seconds, so they need no process
_WALL = 20  # seconds per second of processor time: a process may have to wait for its turn


def check_counts(record: Record, limits: Limits) -> Iterator[Problem]:
    """Report lists of which each item makes outputs, if they are too long."""
    for key, most in (("tags", limits.tags), ("aliases", limits.aliases)):
        if (count := len(getattr(record, key, ()))) > most:
            yield exceed(
                record.file,
                f"the record has {count:,} {key}",
                f"at most {most:,}",
                key,
                key=(key,),
                remedy="remove some",
            )


def count_values(matter: Any) -> int:
    """The values in front matter, those inside of lists and mappings among them."""
    count, waiting = 0, [matter]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict | list):
            count += len(value)
            waiting += value.values() if isinstance(value, dict) else value
    return count


def lose_record(one: SourceFile | RawRecord, loss: Loss, limits: Limits) -> ParsedFile:
    """The result for a record that could not be read within the limits; the next build tries again."""
    match loss:
        case Loss.TIME:
            expected = f"at most {limits.record_seconds} s of processor time"
            problem = exceed(one.path, "reading the record takes too long", expected, "record_seconds")
        case Loss.MEMORY:
            expected = f"at most {limits.record_memory:,} bytes"
            problem = exceed(one.path, "reading the record takes too much memory", expected, "record_memory")
        case Loss.CRASH:
            hint = "halve the record until you find the text that does it, and please report it"
            message = "reading the record ended the process"
            problem = Problem(file=one.path, code="over-limit", message=message, hint=hint)
    parsed: ParsedRecord[Record] = ParsedRecord(stem_of(one.path), None, (problem,))
    return ParsedFile(one.path, None, msgspec.msgpack.encode(parsed), {})


def guard_files(limits: Limits) -> Guard[SourceFile, ParsedFile]:
    """The guard of files that are read where they are parsed."""
    return Guard(lambda file: file.stat.size > _LARGE, partial(lose_record, limits=limits), _wall(limits))


def guard_raw(limits: Limits) -> Guard[RawRecord, ParsedFile]:
    """The guard of files that are read before they are sent away."""
    return Guard(lambda raw: len(raw.data) > _LARGE, partial(lose_record, limits=limits), _wall(limits))


def _wall(limits: Limits) -> float:
    return limits.record_seconds * _WALL
