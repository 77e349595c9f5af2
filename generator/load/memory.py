"""What earlier builds parsed: a SQLite file in `.newsprint/` that can be deleted at any time."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from generator.load.files import Stat
from generator.names import Digest

MEMORY_NAME = "memory.sqlite"

# A file changed this shortly before it was read may change again within the same tick of the file system's clock,
# and then look unchanged (version-control systems call it racily clean). Such a file is hashed, not trusted.
_RACY_NS = 2_000_000_000

_TABLES = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, stat BLOB, read_ns INTEGER, digest TEXT, made BLOB
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS body (digest TEXT PRIMARY KEY, html TEXT) WITHOUT ROWID;
"""


class Row(msgspec.Struct, frozen=True):
    """What was made of a file: `made` is the caller's own encoding; `read_ns` is when, on the wall clock."""

    path: str
    stat: Stat
    read_ns: int
    digest: Digest
    made: bytes

    def is_trusted(self, stat: Stat) -> bool:
        """Whether the file with this stat is surely the one that was read."""
        return self.stat == stat and self.stat.inode_changed_ns < self.read_ns - _RACY_NS


class Bodies:
    """Reads compiled bodies by their digest; each worker opens its own."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)

    def read_body(self, digest: Digest) -> str:
        """The HTML of a body; KeyError where the memory does not hold it."""
        found = self._connection.execute("SELECT html FROM body WHERE digest = ?", (digest,)).fetchone()
        if found is None:
            raise KeyError(digest)
        return str(found[0])

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()


class Memory:
    """The rows of one site. Only one build at a time opens it (see `publish.lock`)."""

    def __init__(self, file: Path, key: Digest) -> None:
        """Open or make the file.

        Args:
            file: The SQLite file; its folder is made.
            key: Digest of all that shapes what is made of a file beside the file;
                a memory with another key is begun anew.
        """
        self.file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = self._open()
            if self._key() != key:
                self.close()
                self._delete()
                self._connection = self._open()
        except sqlite3.DatabaseError:
            self._delete()
            self._connection = self._open()
        self._connection.execute("INSERT OR REPLACE INTO setting VALUES ('key', ?)", (key,))

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.executescript(_TABLES)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection

    def _key(self) -> str | None:
        found = self._connection.execute("SELECT value FROM setting WHERE name = 'key'").fetchone()
        return str(found[0]) if found else None

    def _delete(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                self.file.with_name(self.file.name + suffix).unlink()

    def rows(self) -> dict[str, Row]:
        """All rows by path."""
        found = self._connection.execute("SELECT path, stat, read_ns, digest, made FROM file")
        decoder = msgspec.msgpack.Decoder(Stat)
        return {
            path: Row(path, decoder.decode(stat), read_ns, digest, made) for path, stat, read_ns, digest, made in found
        }

    def keep(self, rows: Iterable[Row], bodies: Iterable[tuple[Digest, str]], *, forget: Iterable[str]) -> None:
        """Store rows and compiled bodies, and drop the rows of files that are gone."""
        with self._transaction() as run:
            run.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in forget])
            run.executemany("INSERT OR REPLACE INTO body VALUES (?, ?)", bodies)
            run.executemany(
                "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?)",
                ((row.path, msgspec.msgpack.encode(row.stat), row.read_ns, row.digest, row.made) for row in rows),
            )

    def drop_bodies(self, digests: Iterable[Digest]) -> None:
        """Delete bodies that no record has any more."""
        with self._transaction() as run:
            run.executemany("DELETE FROM body WHERE digest = ?", [(digest,) for digest in digests])

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._connection.execute("BEGIN")
        try:
            yield self._connection
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")


def make_row(path: str, stat: Stat, digest: Digest, made: bytes) -> Row:
    """The row of a file that was just read, with the digest of its bytes."""
    return Row(path, stat, time.time_ns(), digest, made)
