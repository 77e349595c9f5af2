"""What a process that builds again holds of the records, so that it decodes those that changed only."""

from collections.abc import Mapping
from typing import Any

from generator.load.parsed import ParsedRecord
from generator.names import Digest
from generator.records import Record


class Memory:
    """The decoded records of the last build by the columns of their rows; empty at first.

    A row of other columns, such as of another digest, is unknown to it, and what it holds is never written.
    """

    def __init__(self) -> None:
        """Hold nothing yet."""
        self._key: Digest | None = None
        self._held: Mapping[tuple[Any, ...], ParsedRecord[Record]] = {}

    def turn_to(self, key: Digest) -> None:
        """Forget everything if the key of the cache, the digest of all that affects it, is another one."""
        if key != self._key:
            self._key, self._held = key, {}

    def hold(self, parsed: Mapping[tuple[Any, ...], ParsedRecord[Record]]) -> None:
        """Hold these records and no others."""
        self._held = parsed

    def find(self, known: tuple[Any, ...]) -> ParsedRecord[Record] | None:
        """The record of a row, if it is held."""
        return self._held.get(known)

    def __contains__(self, known: tuple[Any, ...]) -> bool:
        """Whether the record of a row is held."""
        return known in self._held

    def __len__(self) -> int:
        """The number of records."""
        return len(self._held)
