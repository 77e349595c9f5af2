"""Which file has an id: of several that claim it, the one that had it in the last build, else the oldest."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from generator.errors import Problem
from generator.load.files import SourceFile
from generator.load.parsed import ParsedRecord
from generator.names import Kind, RecordId, slugify
from generator.records import KINDS, Claims, Record, published_of, write_name
from generator.records.fields import claims_of

_LAST = datetime.max.replace(tzinfo=UTC)
"""The age of a faulty file that does not say when it was published."""


class _Claimant(NamedTuple):
    """A file that claims an id; `record` is None if it has faults."""

    file: str
    published: datetime
    record: Record | None = None


class Register:
    """The records of a site by their ids, and the faulty files: their names, and what those name.

    `stood` are the files of the last build by the names of their records, such as `article:chip`.
    `refused` are the files that claim the id of another.
    """

    def __init__(self, stood: Mapping[str, str], unread: Iterable[str]) -> None:
        """Take the files of the last build, and those of records that the scan refused."""
        self._stood = stood
        self.by_kind: dict[Kind, dict[RecordId, Record]] = {kind: {} for kind in KINDS}
        self.faulty: set[tuple[Kind, RecordId]] = set()
        self.claims: list[Claims] = []
        self.refused: set[str] = set()
        self._claimants: dict[tuple[Kind, RecordId], list[_Claimant]] = {}
        self._uncertain = set(unread)

    def add(self, file: SourceFile, one: ParsedRecord[Record], record: Record | None) -> None:
        """Add a file; its record is None if it has faults, or the pictures that it names."""
        name = (file.kind, one.id)
        if record is not None and one.id not in self.by_kind[file.kind] and name not in self._claimants:
            self.by_kind[file.kind][one.id] = record  # as nearly always
            return
        if record is not None:
            self._claimants.setdefault(name, []).append(_Claimant(file.path, published_of(record), record))
            return
        claims = claims_of(one.record) if one.record else one.claims
        self._add_faulty(name, claims)
        if claims:
            self._claimants.setdefault(name, []).append(_Claimant(file.path, claims.published or _LAST))
        else:
            self._uncertain.add(file.path)

    def settle(self) -> Iterator[Problem]:
        """Give each id to one of the files that claim it, and report the others.

        A file that cannot be read keeps the ids that it had in the last build.
        """
        for written, file in self._stood.items() if self._uncertain else ():
            if file in self._uncertain:
                name = _read_name(written)
                self.faulty.add(name)
                self._claimants.setdefault(name, []).append(_Claimant(file, _LAST))
        moved: set[Kind] = set()
        for name, claimants in self._claimants.items():
            kind, record_id = name
            if (first := self.by_kind[kind].pop(record_id, None)) is not None:
                claimants.append(_Claimant(first.file, published_of(first), first))
                moved.add(kind)
            stood = self._stood.get(write_name(*name))
            claimants.sort(key=lambda one: (one.file != stood, one.published, one.file))
            if (record := claimants[0].record) is not None:
                self.by_kind[kind][record_id] = record
                moved.add(kind)
            for other in claimants[1:]:
                self.refused.add(other.file)
                self._add_faulty(name, claims_of(other.record) if other.record else None)
                yield _refuse(name, other.file, claimants[0].file)
        for kind in moved:
            self.by_kind[kind] = dict(sorted(self.by_kind[kind].items(), key=lambda item: item[1].file))

    def list_holders(self) -> dict[str, str]:
        """The file of each id by the name of the record; without those of faultless records."""
        return {write_name(*name): claimants[0].file for name, claimants in self._claimants.items()}

    def _add_faulty(self, name: tuple[Kind, RecordId], claims: Claims | None) -> None:
        self.faulty.update((name, (name[0], RecordId(slugify(name[1])))))
        if claims:
            self.claims.append(claims)


def _read_name(written: str) -> tuple[Kind, RecordId]:
    kind, _, record_id = written.partition(":")
    return kind, RecordId(record_id)  # type: ignore[return-value]  # only kinds are written


def _refuse(name: tuple[Kind, RecordId], file: str, holder: str) -> Problem:
    message = f"the {name[0]} id '{name[1]}' is taken by {holder}"
    hint = "rename one of the files, or give one an 'id' of its own"
    return Problem(file=file, code="duplicate-id", key=("id",), message=message, hint=hint)
