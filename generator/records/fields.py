"""The types of front-matter values that several kinds of records share."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Annotated, Any, Literal, NamedTuple

import msgspec

from generator.names import YEARS, ContentPath, Digest, Kind, RecordId
from generator.records.body import Body

# In the patterns below `$(?!\n)` is the very end: Python's `$` alone lets one line end through.
Text = Annotated[str, msgspec.Meta(min_length=1, pattern=r"\S", description="text")]

Prose = Annotated[str, msgspec.Meta(extra={"role": "prose"})]
Title = Annotated[
    str,
    msgspec.Meta(min_length=1, pattern=r"\S", description="text", extra={"role": "prose"}),
]
"""Texts of the site's own words, in which `load` writes typographic signs; a title has at least one letter."""

Guid = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[^\s](.*[^\s])?$(?!\n)",
        max_length=2000,
        description="the identity that feed readers know: text on one line",
    ),
]
Id = Annotated[RecordId, msgspec.Meta(min_length=1, description="an id, as text", extra={"role": "name"})]
Slug = Annotated[str, msgspec.Meta(min_length=1, description="a slug, as text", extra={"role": "name"})]
SitePath = Annotated[
    str, msgspec.Meta(min_length=1, description="a path of this site, such as '/old/place/'", extra={"role": "name"})
]
"""Names are converted to Unicode form NFC, like paths and references."""

WebUrl = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^\s*([hH][tT][tT][pP][sS]?:)?//[^/?#\\\s]",
        description="an http(s) URL, such as 'https://example.org/'",
        extra={"role": "address"},
    ),
]
"""In the form of `write_address`; the pattern is for editors."""
Time = Annotated[
    datetime,
    msgspec.Meta(
        tz=True,
        description=f"a time from {YEARS[0]} to {YEARS[-1]}, such as 2026-06-03T09:30:00Z or 2026-06-03",
        extra={"role": "time"},
    ),
]
"""Aware UTC; in front matter ISO 8601, in the site's time zone if it names none."""

Markdown = Annotated[str, msgspec.Meta(min_length=1, description="text (markdown)", extra={"role": "markdown"})]
"""Markdown, compiled by `load` into `Record.texts` under the value's key path."""

Country = Annotated[
    str, msgspec.Meta(pattern=r"^[A-Z]{2}$(?!\n)", description="an ISO 3166 country code of two capitals, such as 'GB'")
]
Colour = Annotated[
    str, msgspec.Meta(pattern=r"^#[0-9a-fA-F]{6}$(?!\n)", description="text with a colour, such as '#b80000'")
]
Badge = Literal["live", "breaking", "exclusive", "opinion"]
Score = Annotated[float, msgspec.Meta(ge=-1, le=1, description="a number from -1 to 1")]
Weight = Annotated[int, msgspec.Meta(ge=1, le=100, description="a whole number from 1 to 100")]
Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000, description="a whole number from 0 to 1000000")]
Order = Annotated[int, msgspec.Meta(ge=-1_000_000, le=1_000_000, description="a whole number from -1000000 to 1000000")]


NAMED = msgspec.Meta(description="text, or a mapping", extra={"role": "named"})
"""For a mapping with a `name`: a single text is the name."""


class Fields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """A mapping inside a record's front matter."""


class EntityRole(Fields, frozen=True, kw_only=True):
    """An entity of the record and what it does there."""

    entity: Id
    role: str = ""


class ImageRef(Fields, frozen=True, kw_only=True):
    """A picture: `src` is beside the record or under `content/media/`."""

    src: Text
    alt: Title
    credit: str = ""
    licence: str = ""


class Revision(Fields, frozen=True, kw_only=True):
    """A change after publication; a significant one is a correction. `old_title` is the title that it replaced."""

    at: Time
    note: Title
    significant: bool = False
    old_title: Prose = ""


class Reference(NamedTuple):
    """A reference to another record: its key, and the kind and id of that record."""

    key: tuple[str | int, ...]
    kind: Kind
    id: RecordId


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True, gc=False):
    """What all kinds have. `file`, `digest`, `body` and `texts` come from the loader, the rest from the front matter.

    `file` is the path of the record's file.
    `digest` is that of its file and the pictures that it names.
    `texts` are the compiled Markdown values by their key path, such as `brief.takeaways.0`.
    `minted` are times without a zone as identities have them, if they differ; see `minted_at`.
    Records are many and have no cycles, so Python's garbage collector ignores them (`gc=False`).
    """

    id: Id
    file: ContentPath
    digest: Digest
    body: Body
    texts: dict[str, Body] = {}
    minted: dict[str, datetime] = {}

    def minted_at(self, key: str, at: datetime) -> datetime:
        """A time of the record in identities: read in `[feeds] identity_zone` instead of the site's zone.

        `key` is one of `MINTED`.
        """
        return self.minted.get(mint_key(key, at), at) if self.minted else at

    def references(self) -> Iterator[Reference]:
        """Every other record that the front matter names."""
        yield from ()


MINTED = frozenset({"published", "starts", "status_at", "revisions.at"})
"""Keys of the times that go into identities."""


def mint_key(key: str, at: datetime) -> str:
    """The name in `Record.minted` of a time under a key."""
    return f"{key} {at.isoformat()}"


LOADER_KEYS = frozenset({"file", "digest", "body", "texts", "minted", "is_quiet"})
"""Fields of a Record that a user cannot write."""


class Claims(msgspec.Struct, frozen=True):
    """The references and links in the file of a record, even if the record is faulty.

    Links have the keys of their texts; those of the body have none. `published` is None if it is not known.
    """

    file: ContentPath
    references: tuple[Reference, ...] = ()
    links: tuple[tuple[tuple[str | int, ...], str], ...] = ()
    published: datetime | None = None


def claims_of(record: Record) -> Claims:
    """The references and links of a record, which may be made of the valid part of a faulty file."""
    references = tuple(one for one in record.references() if isinstance(one.id, str) and one.id)
    published = getattr(record, "published", None)
    since = published if isinstance(published, datetime) else None
    return Claims(record.file, references, tuple(links_of(record)), since)


_ALWAYS = datetime.min.replace(tzinfo=UTC)


def published_of(record: Record) -> datetime:
    """When a record was published; one that does not say it always was."""
    return getattr(record, "published", None) or _ALWAYS


def write_name(kind: Kind, record_id: str) -> str:
    """The name of a record in one text: `article:chip`."""
    return f"{kind}:{record_id}"


def links_of(record: Record) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The links in the texts of a record, each with the key of its text; the body has none."""
    yield from (((), link) for link in record.body.links)
    yield from ((text_key(key), link) for key, text in record.texts.items() for link in text.links)


def text_key(written: str) -> tuple[str | int, ...]:
    """The key path of one of `Record.texts`: `brief.takeaways.0` → `("brief", "takeaways", 0)`."""
    return tuple(int(part) if part.isdecimal() else part for part in written.split("."))


def refer(key: tuple[str | int, ...], kind: Kind, ids: Any) -> Iterator[Reference]:
    """References for an id, for each of a list of ids, or for the ids that are keys; nothing for None."""
    if isinstance(ids, str):
        yield Reference(key, kind, RecordId(ids))
    elif ids is not None:
        for place, one in enumerate(ids):
            yield Reference((*key, one if isinstance(ids, dict) else place), kind, one)


def refer_entities(entities: tuple[EntityRole, ...]) -> Iterator[Reference]:
    """References of an `entities` list."""
    for place, part in enumerate(entities):
        yield Reference(("entities", place, "entity"), "entity", part.entity)
