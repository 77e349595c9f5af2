"""The text of one record that is in no file yet → what is wrong with it, and what it names."""

from typing import NamedTuple

from generator.config import Config
from generator.errors import Problem
from generator.load.loader import settings_of
from generator.load.parse import RawRecord, parse_raw
from generator.load.parsed import decoder_of
from generator.names import ContentPath, Kind


class TextCheck(NamedTuple):
    """What a build would find in one record: Problems, the records that it names, such as `topic:a`, and pictures."""

    problems: tuple[Problem, ...]
    names: tuple[str, ...]
    pictures: tuple[str, ...]


def check_text(text: str, path: ContentPath, kind: Kind, config: Config) -> TextCheck:
    """Check the text of a record as a build would.

    Args:
        text: Front matter and body.
        path: The file that it shall have.
        kind: The kind of record.
        config: Of the site that it is for.
    """
    (made,) = parse_raw([RawRecord(path, kind, text.encode())], settings=settings_of(config))
    read = decoder_of(kind).decode(made.parsed)
    return TextCheck(read.problems, tuple(filter(None, read.named.split("\0"))), tuple(read.pictures))
