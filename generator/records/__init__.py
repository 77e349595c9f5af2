"""The types of records, one file per kind: front matter goes in, frozen Structs come out."""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from generator.names import Kind, RecordId
from generator.records.article import Article
from generator.records.asset import Asset, find_static, hrefs_of
from generator.records.body import Body, Heading
from generator.records.entity import Entity
from generator.records.fields import LOADER_KEYS, Claims, EntityRole, ImageRef, Record, published_of, write_name
from generator.records.page import Page
from generator.records.source import Source
from generator.records.sponsor import Sponsor
from generator.records.story import Story
from generator.records.topic import Topic

Addressed = Article | Story | Topic | Source | Entity | Page
"""Records with pages: visible from `published` until `expires` unless they are drafts, also at their `aliases`."""

KINDS: dict[Kind, type[Record]] = {
    "article": Article,
    "story": Story,
    "topic": Topic,
    "source": Source,
    "entity": Entity,
    "sponsor": Sponsor,
    "page": Page,
}

FOLDERS: dict[str, Kind] = {
    "articles": "article",
    "stories": "story",
    "topics": "topic",
    "sources": "source",
    "entities": "entity",
    "sponsors": "sponsor",
    "pages": "page",
}
"""The kind of records in each folder of `content/`."""


MEDIA_FOLDER = "media"
"""The folder of `content/` for pictures that are not beside a record."""


class Records(msgspec.Struct, frozen=True):
    """All records of a site, by kind and id; in order of their files.

    `named` are all records that they name or link to, as `source:wire`, and maybe more.
    `guids` are the files that had a guid in the last build, if they still exist.
    """

    by_kind: dict[Kind, dict[RecordId, Any]]
    named: frozenset[str]
    guids: Mapping[str, str] = {}

    def of(self, kind: Kind) -> dict[RecordId, Any]:
        """The records of one kind by id; empty if there are none."""
        return self.by_kind.get(kind, {})

    @property
    def count(self) -> int:
        """The number of records of all kinds."""
        return sum(map(len, self.by_kind.values()))

    def names_in(self, files: Collection[str]) -> set[tuple[Kind, RecordId]]:
        """Kind and id of the records of some files."""
        return {
            (kind, record_id)
            for kind, records in self.by_kind.items()
            for record_id, record in records.items()
            if record.file in files
        }

    def without(self, files: Collection[str]) -> "Records":
        """These records less those of some files."""
        return Records(
            {
                kind: {record_id: record for record_id, record in records.items() if record.file not in files}
                for kind, records in self.by_kind.items()
            },
            self.named,
            self.guids,
        )


def name_of(record: Record) -> tuple[Kind, RecordId]:
    """The kind and id of a record, by which others name it."""
    return FOLDERS[record.file.split("/")[1]], record.id
