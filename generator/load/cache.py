"""What earlier builds parsed: a SQLite file in `.newsprint/` that can be deleted at any time."""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from generator.load.files import RACY_NS, Stat
from generator.names import Digest

CACHE_NAME = "memory.sqlite"

_TABLES = """
CREATE TABLE IF NOT EXISTS setting (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
    path TEXT PRIMARY KEY, size INTEGER, changed_ns INTEGER, inode_changed_ns INTEGER, inode INTEGER,
    read_ns INTEGER, digest TEXT, made BLOB
);
CREATE TABLE IF NOT EXISTS body (digest TEXT PRIMARY KEY, html TEXT);
CREATE TABLE IF NOT EXISTS finding (name TEXT PRIMARY KEY, key TEXT, found BLOB) WITHOUT ROWID;
"""


class FileRow(NamedTuple):
    """A row of `file`: `made` is what was made of it, encoded by the caller; `read_ns` is when, on the wall clock."""

    path: str
    size: int
    changed_ns: int
    inode_changed_ns: int
    inode: int
    read_ns: int
    digest: Digest
    made: bytes

    def is_trusted(self, stat: Stat) -> bool:
        """Whether a file with this stat is certainly unchanged since it was read."""
        return self[1:5] == stat and self.inode_changed_ns < self.read_ns - RACY_NS


class Bodies:
    """Reads compiled bodies by their digest; each worker opens its own."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)

    def read_body(self, digest: Digest) -> str:
        """The HTML of a body; KeyError if the cache does not hold it."""
        found = self._connection.execute("SELECT html FROM body WHERE digest = ?", (digest,)).fetchone()
        if found is None:
            raise KeyError(digest)
        return str(found[0])

    def get(self, name: str, key: Digest) -> bytes:
        """What was put under a name; KeyError if that was for another key."""
        found = self._connection.execute("SELECT found FROM finding WHERE name = ? AND key = ?", (name, key)).fetchone()
        if found is None:
            raise KeyError(name)
        return bytes(found[0])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class BuildCache:
    """The rows of one site. Only one build at a time opens it (see `publish.lock`)."""

    def __init__(self, file: Path, key: Digest) -> None:
        """Open or create the file; one with another key, the digest of all that affects its contents, is dropped."""
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
        if self._key() != key:
            self._connection.execute("INSERT OR REPLACE INTO setting VALUES ('key', ?)", (key,))

    def _open(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.file, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA wal_autocheckpoint = 20000")  # pages of 4 kB: a large site is parsed in one go
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

    def rows(self) -> Iterator[FileRow]:
        """All rows, one by one."""
        return map(FileRow._make, self._connection.execute("SELECT * FROM file"))

    def row(self, path: str) -> FileRow | None:
        """The row of one file."""
        found = self._connection.execute("SELECT * FROM file WHERE path = ?", (path,)).fetchone()
        return FileRow._make(found) if found else None

    def get(self, name: str, key: Digest) -> bytes | None:
        """What was put last under a name, if that was for the same key."""
        found = self._connection.execute("SELECT found FROM finding WHERE name = ? AND key = ?", (name, key)).fetchone()
        return found[0] if found else None

    def put(self, name: str, key: Digest, found: bytes) -> None:
        """Keep a finding under a name, for a key; it replaces the one before."""
        self._connection.execute("INSERT OR REPLACE INTO finding VALUES (?, ?, ?)", (name, key, found))

    def keep(self, rows: Iterable[FileRow], bodies: Iterable[tuple[Digest, str]], *, forget: Iterable[str]) -> None:
        """Store rows and compiled bodies, and drop the rows of files that are gone."""
        with self._connection as run:
            run.execute("BEGIN")
            run.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in forget])
            run.executemany("INSERT OR REPLACE INTO body VALUES (?, ?)", bodies)
            run.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def drop_bodies(self, digests: Iterable[Digest]) -> None:
        """Delete bodies that no record uses."""
        with self._connection as run:
            run.execute("BEGIN")
            run.executemany("DELETE FROM body WHERE digest = ?", [(digest,) for digest in digests])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def make_row(path: str, stat: Stat, digest: Digest, made: bytes) -> FileRow:
    """The row of a file that was just read, with the digest of its bytes."""
    return FileRow(path, *stat, time.time_ns(), digest, made)
