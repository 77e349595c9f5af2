"""What earlier builds parsed: a SQLite file in `.newsprint/` that can be deleted at any time.

It may be damaged, so everything in it has a digest, which is checked before anything else reads it.
A damaged row or finding is made again; after any other damage, the file is removed, and the build runs again.
"""

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from generator.digest import digest_bytes, seal, unseal
from generator.load.files import RACY_NS, Stat
from generator.load.memory import Memory
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
_KNOWN = "path, size, changed_ns, inode_changed_ns, inode, read_ns, digest"
_ROW = f"{_KNOWN}, made"

_SYSTEM_FAULTS = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_PERM}
"""What SQLite reports even if the file is sound."""


class DamagedCacheError(Exception):
    """The cache is damaged: it has to be removed, and the build has to run again."""


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

    @property
    def known(self) -> tuple[object, ...]:
        """All but `made`: two rows in which this is the same were made of the same bytes."""
        return self[:7]

    def seal(self) -> tuple[object, ...]:
        """The row as it is kept."""
        return (*self.known, seal(self.made, repr(self.known)))


def _unseal_row(found: tuple[object, ...]) -> FileRow | None:
    """A row that was kept; None if it is damaged."""
    known = found[:7]
    made = unseal(found[7], repr(known))
    return None if made is None else FileRow._make((*known, made))


def _name_finding(name: str, key: Digest) -> str:
    return f"{name}\0{key}"


@contextmanager
def _noticing_damage() -> Iterator[None]:
    """Raise what SQLite reports of a damaged file as a DamagedCacheError."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise
    except (sqlite3.DatabaseError, MemoryError) as fault:  # a damaged length may ask for too much memory
        if getattr(fault, "sqlite_errorcode", 0) & 0xFF in _SYSTEM_FAULTS:
            raise
        raise DamagedCacheError(str(fault)) from fault


class Bodies:
    """Reads compiled bodies by their digest; each worker opens its own."""

    def __init__(self, file: Path) -> None:
        with _noticing_damage():
            self._connection = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)

    def read_body(self, digest: Digest) -> str:
        """The HTML of a body, whose own digest it is."""
        with _noticing_damage():
            found = self._connection.execute("SELECT html FROM body WHERE digest = ?", (digest,)).fetchone()
        if found is None or not isinstance(found[0], str) or digest_bytes(found[0].encode()) != digest:
            raise DamagedCacheError(digest)
        return found[0]

    def get(self, name: str, key: Digest) -> bytes:
        """What was put under a name."""
        with _noticing_damage():
            query = "SELECT found FROM finding WHERE name = ? AND key = ?"
            found = self._connection.execute(query, (name, key)).fetchone()
        data = unseal(found[0], _name_finding(name, key)) if found else None
        if data is None:
            raise DamagedCacheError(name)
        return data

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


class BuildCache:
    """The rows of one site. Only one build at a time opens it (see `publish.lock`).

    `memory` is what the process holds of it, if it builds again.
    `damaged` counts the rows and findings that were damaged; `is_remade` is whether the whole file was.
    Every method may raise a DamagedCacheError.
    """

    def __init__(self, file: Path, key: Digest, memory: Memory | None = None) -> None:
        """Open or create the file; one with another key, the digest of all that affects its contents, is dropped."""
        self.file = file
        self.memory = memory
        if memory is not None:
            memory.turn_to(key)
        self.damaged = 0
        self.is_remade = False
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._connection = self._open()
            if self._key() != key:
                self.close()
                self.delete()
                self._connection = self._open()
        except DamagedCacheError:
            self.delete()
            self.is_remade = True
            self._connection = self._open_new()
        if self._key() != key:
            with _noticing_damage():
                self._connection.execute("INSERT OR REPLACE INTO setting VALUES ('key', ?)", (key,))

    def _open(self) -> sqlite3.Connection:
        if any(file.exists() and not file.is_file() for file in self._files):  # SQLite would wait for a FIFO's writer
            raise DamagedCacheError(self.file.name)
        with _noticing_damage():
            connection = sqlite3.connect(self.file, isolation_level=None)
        try:
            with _noticing_damage():
                connection.execute("PRAGMA trusted_schema = OFF")
                connection.execute("PRAGMA cell_size_check = ON")
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("PRAGMA synchronous = NORMAL")
                # Pages of 4 kB: a large site is parsed in one go.
                connection.execute("PRAGMA wal_autocheckpoint = 20000")
                connection.executescript(_TABLES)
        except (sqlite3.DatabaseError, DamagedCacheError):
            connection.close()
            raise
        return connection

    def _open_new(self) -> sqlite3.Connection:
        """Open a file that does not exist, so it is not its damage that SQLite reports."""
        try:
            return self._open()
        except DamagedCacheError as fault:
            raise fault.__cause__ or fault from None

    def _key(self) -> str | None:
        with _noticing_damage():
            found = self._connection.execute("SELECT value FROM setting WHERE name = 'key'").fetchone()
        return str(found[0]) if found else None

    def delete(self) -> None:
        """Remove the file, which is closed."""
        for file in self._files:
            with suppress(FileNotFoundError):
                file.unlink()

    @property
    def _files(self) -> Iterator[Path]:
        return (self.file.with_name(self.file.name + suffix) for suffix in ("", "-wal", "-shm", "-journal"))

    def rows(self) -> Iterator[FileRow]:
        """All rows, one by one; damaged ones are dropped. Those that the memory knows come without `made`."""
        if not self.memory:
            yield from self._read_rows("TRUE")
            return
        others = []
        with _noticing_damage():
            for rowid, *found in self._connection.execute(f"SELECT rowid, {_KNOWN} FROM file"):  # noqa: S608 - a constant
                if tuple(found) in self.memory:
                    yield FileRow._make((*found, b""))
                else:
                    others.append(rowid)
        yield from self._read_rows("rowid IN (SELECT value FROM json_each(?))", str(others))

    def _read_rows(self, where: str, *values: str) -> Iterator[FileRow]:
        damaged = []
        with _noticing_damage():
            query = f"SELECT rowid, {_ROW} FROM file WHERE {where}"  # noqa: S608 - constants
            for rowid, *found in self._connection.execute(query, values):
                row = _unseal_row(tuple(found))
                if row is None:
                    damaged.append((rowid,))
                else:
                    yield row
            if damaged:
                self.damaged += len(damaged)
                self._connection.executemany("DELETE FROM file WHERE rowid = ?", damaged)

    def row(self, path: str) -> FileRow | None:
        """The row of one file."""
        with _noticing_damage():
            query = f"SELECT {_ROW} FROM file WHERE path = ?"  # noqa: S608 - a constant
            found = self._connection.execute(query, (path,)).fetchone()
        return _unseal_row(found) if found else None

    def get(self, name: str, key: Digest) -> bytes | None:
        """What was put last under a name, if that was for the same key."""
        with _noticing_damage():
            query = "SELECT found FROM finding WHERE name = ? AND key = ?"
            found = self._connection.execute(query, (name, key)).fetchone()
        if not found:
            return None
        data = unseal(found[0], _name_finding(name, key))
        self.damaged += data is None
        return data

    def holds(self, name: str, key: Digest) -> bool:
        """Whether something was put under a name for a key; whoever reads it finds out whether it is damaged."""
        with _noticing_damage():
            query = "SELECT 1 FROM finding WHERE name = ? AND key = ?"
            return self._connection.execute(query, (name, key)).fetchone() is not None

    def put(self, name: str, key: Digest, found: bytes) -> None:
        """Keep a finding under a name, for a key; it replaces the one before."""
        row = (name, key, seal(found, _name_finding(name, key)))
        with _noticing_damage():
            self._connection.execute("INSERT OR REPLACE INTO finding VALUES (?, ?, ?)", row)

    def keep(self, rows: Iterable[FileRow], bodies: Iterable[tuple[Digest, str]], *, forget: Iterable[str]) -> None:
        """Store rows and compiled bodies, and drop the rows of files that are gone."""
        with _noticing_damage(), self._connection as run:
            run.execute("BEGIN")
            run.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in forget])
            run.executemany("INSERT OR REPLACE INTO body VALUES (?, ?)", bodies)
            run.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?, ?, ?, ?, ?)", map(FileRow.seal, rows))

    def drop_bodies(self, digests: Iterable[Digest]) -> None:
        """Delete bodies that no record uses."""
        with _noticing_damage(), self._connection as run:
            run.execute("BEGIN")
            run.executemany("DELETE FROM body WHERE digest = ?", [(digest,) for digest in digests])

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


def make_row(path: str, stat: Stat, digest: Digest, made: bytes) -> FileRow:
    """The row of a file that was just read, with the digest of its bytes."""
    return FileRow(path, *stat, time.time_ns(), digest, made)
