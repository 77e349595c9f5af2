"""The result of parsing a file, as the cache keeps it; apart from `parse`, whose libraries take long to import."""

import functools
from typing import Generic, NamedTuple, TypeVar

import msgspec

from generator.config import EngineName, TypographySection
from generator.digest import digest_bytes
from generator.errors import KeyPath, Problem
from generator.limits import Limits
from generator.names import ContentPath, Digest, Kind, RecordId, compose
from generator.records import KINDS, Claims, Record

AnyRecord = TypeVar("AnyRecord", bound=Record)


class Settings(msgspec.Struct, frozen=True):
    """What affects a parsed record besides its file; all of it is in the cache's key.

    `unknown` are the names of settings that a fault of `site.toml` hides: rules about them are skipped.
    """

    time_zone: str
    own_source: str | None
    disclaimers: dict[str, str]
    engine: EngineName = "python-markdown"
    language: str = "en"
    typography: TypographySection = TypographySection()
    identity_zone: str = "UTC"
    limits: Limits = Limits()
    unknown: frozenset[str] = frozenset()


class RawRecord(NamedTuple):
    """The bytes of a record's file, or the Problem if it cannot be read."""

    path: ContentPath
    kind: Kind
    data: bytes
    refusal: Problem | None = None


class ParsedRecord(msgspec.Struct, Generic[AnyRecord], frozen=True, array_like=True, omit_defaults=True, gc=False):
    """The result of parsing a record's file: `record` is None if the file has errors.

    `claims` are what a file with errors names.
    `named` are the records that it names or links to, as `source:wire`, joined by NUL, which no text has.
    `pictures` are the keys of its pictures by the `src` in it; `files` are the addresses of this site that it links to,
    each with the key of the text.
    """

    id: RecordId
    record: AnyRecord | None
    problems: tuple[Problem, ...] = ()
    named: str = ""
    pictures: dict[str, KeyPath] = {}
    claims: Claims | None = None
    files: tuple[tuple[KeyPath, str], ...] = ()


class ParsedFile(msgspec.Struct, frozen=True):
    """A worker's result for a file: an encoded ParsedRecord and the compiled bodies, for the cache.

    `digest` is None if the file could not be read: the next build tries again.
    """

    path: ContentPath
    digest: Digest | None
    parsed: bytes
    html: dict[Digest, str]


def digest_file(path: str, data: bytes) -> Digest:
    """The digest of a record's file: of its path, which gives the id, and of its bytes."""
    return digest_bytes(path.encode() + b"\0" + data)


def stem_of(path: ContentPath) -> RecordId:
    """The id of a record whose file gives none: the file's name without its suffix."""
    return RecordId(compose(path.rpartition("/")[2].rpartition(".")[0]))


@functools.cache
def decoder_of(kind: Kind) -> msgspec.msgpack.Decoder[ParsedRecord[Record]]:
    """The decoder of `parsed` for a kind."""
    shape = KINDS[kind]
    return msgspec.msgpack.Decoder(ParsedRecord[shape])  # type: ignore[valid-type]
