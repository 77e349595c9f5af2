"""What earlier builds parsed, kept in one SQLite file that can be deleted at any time."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from generator.digest import digest_bytes, digest_of
from generator.load.cache import Bodies, BuildCache, DamagedCacheError, FileRow, make_row
from generator.load.files import Stat

KEY, OTHER_KEY = digest_of("key"), digest_of("other key")
SECOND = 1_000_000_000


def row(path: str, made: bytes = b"made", *, changed_ns: int = 0, read_ns: int = 10 * SECOND) -> FileRow:
    return FileRow(path, *Stat(5, changed_ns, changed_ns, 7), read_ns, digest_of(path), made)


def rows_of(cache: BuildCache) -> dict[str, FileRow]:
    found = {one.path: one for one in cache.rows()}
    assert all(cache.row(path) == one for path, one in found.items())
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "a folder?" / "memory.sqlite"


@pytest.fixture
def cache(file: Path) -> Iterator[BuildCache]:
    with closing(BuildCache(file, KEY)) as cache:
        yield cache


def test_rows_and_bodies_that_were_kept_are_there_when_it_is_opened_again(file: Path) -> None:
    one, two, body = row("a.md"), row("b.md", b"\x00\xff"), digest_bytes("<p>ü</p>".encode())
    with closing(BuildCache(file, KEY)) as cache:
        cache.keep([one, two], [(body, "<p>ü</p>")], forget=())
    with closing(BuildCache(file, KEY)) as cache, closing(Bodies(file)) as bodies:
        assert rows_of(cache) == {"a.md": one, "b.md": two}
        assert bodies.read_body(body) == "<p>ü</p>"


def test_a_row_that_is_kept_again_replaces_the_old_one(cache: BuildCache) -> None:
    cache.keep([row("a.md", b"old")], (), forget=())
    cache.keep([row("a.md", b"new")], (), forget=())
    assert rows_of(cache) == {"a.md": row("a.md", b"new")}


def test_rows_are_forgotten_by_their_paths_only(cache: BuildCache) -> None:
    cache.keep([row("a.md"), row("b.md")], (), forget=())
    cache.keep((), (), forget={"a.md", "nowhere.md"})
    assert set(rows_of(cache)) == {"b.md"}


def test_dropped_bodies_are_gone_and_the_others_stay(cache: BuildCache, file: Path) -> None:
    gone, stays = digest_bytes(b"g"), digest_bytes(b"s")
    cache.keep((), [(gone, "g"), (stays, "s")], forget=())
    cache.drop_bodies([gone])
    with closing(Bodies(file)) as bodies:
        assert bodies.read_body(stays) == "s"
        with pytest.raises(DamagedCacheError, match=gone):
            bodies.read_body(gone)


def test_another_key_empties_it(file: Path) -> None:
    body = digest_bytes(b"x")
    with closing(BuildCache(file, KEY)) as cache:
        cache.keep([row("a.md")], [(body, "x")], forget=())
    with closing(BuildCache(file, OTHER_KEY)) as cache, closing(Bodies(file)) as bodies:
        assert rows_of(cache) == {}
        with pytest.raises(DamagedCacheError):
            bodies.read_body(body)
    with closing(BuildCache(file, KEY)) as cache:
        assert rows_of(cache) == {}


def test_a_finding_is_recalled_for_its_key_only(cache: BuildCache, file: Path) -> None:
    assert cache.get("templates", KEY) is None
    cache.put("templates", KEY, b"\x00found")
    cache.put("look", KEY, b"other")
    assert cache.get("templates", KEY) == b"\x00found"
    assert cache.get("templates", OTHER_KEY) is None
    with closing(Bodies(file)) as bodies:
        assert bodies.get("templates", KEY) == b"\x00found"
        with pytest.raises(DamagedCacheError, match="templates"):
            bodies.get("templates", OTHER_KEY)


def test_a_finding_takes_the_place_of_the_one_before_it(cache: BuildCache) -> None:
    cache.put("look", KEY, b"old")
    cache.put("look", OTHER_KEY, b"new")
    assert cache.get("look", KEY) is None
    assert cache.get("look", OTHER_KEY) == b"new"


def test_another_key_forgets_findings_too(file: Path) -> None:
    with closing(BuildCache(file, KEY)) as cache:
        cache.put("look", KEY, b"found")
    with closing(BuildCache(file, OTHER_KEY)) as cache:
        assert cache.get("look", KEY) is None


@pytest.mark.parametrize("data", [b"this is no database" * 100, b"", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_broken_file_is_made_anew(file: Path, data: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(data)
    with closing(BuildCache(file, KEY)) as cache:
        assert rows_of(cache) == {}
        cache.keep([row("a.md")], (), forget=())
        assert set(rows_of(cache)) == {"a.md"}


def test_a_file_of_other_tables_is_made_anew(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE setting (other TEXT)")
    with closing(BuildCache(file, KEY)) as cache:
        assert rows_of(cache) == {}


def test_what_fails_half_way_is_not_kept_at_all(cache: BuildCache) -> None:
    cache.keep([row("a.md")], (), forget=())

    def bodies() -> Iterator[tuple[object, str]]:
        yield digest_of("body"), "x"
        raise LookupError

    with pytest.raises(LookupError):
        cache.keep([row("b.md")], bodies(), forget={"a.md"})  # type: ignore[arg-type]
    assert set(rows_of(cache)) == {"a.md"}


def test_a_reader_sees_what_was_kept_while_the_memory_is_open(cache: BuildCache, file: Path) -> None:
    with closing(Bodies(file)) as bodies:
        cache.keep((), [(digest_bytes(b"later"), "later")], forget=())
        assert bodies.read_body(digest_bytes(b"later")) == "later"


def test_a_reader_writes_nothing(cache: BuildCache, file: Path) -> None:
    with closing(Bodies(file)) as bodies, pytest.raises(sqlite3.OperationalError, match="readonly"):
        bodies._connection.execute("DELETE FROM body")


@pytest.mark.parametrize(
    "change",
    [
        "size = size + 1",
        "changed_ns = 4",
        "inode_changed_ns = 4",
        "inode = NULL",
        "read_ns = read_ns + 1",
        "path = 'b.md'",
        "digest = upper(digest)",
        "made = CAST(made || 'x' AS BLOB)",
        "made = NULL",
        "made = ''",
    ],
)
def test_a_row_that_someone_altered_is_dropped_and_counted(cache: BuildCache, file: Path, change: str) -> None:
    cache.keep([row("a.md"), row("kept.md")], (), forget=())
    with closing(sqlite3.connect(file)) as other, other:
        other.execute(f"UPDATE file SET {change} WHERE path = 'a.md'")
    assert cache.row("a.md") is None
    assert [one.path for one in cache.rows()] == ["kept.md"]
    assert cache.damaged == 1
    assert [one.path for one in cache.rows()] == ["kept.md"]
    assert cache.damaged == 1


@pytest.mark.parametrize("change", ["html = html || '<script>'", "html = NULL", "html = CAST(html AS BLOB)"])
def test_an_altered_body_is_never_read(cache: BuildCache, file: Path, change: str) -> None:
    digest = digest_bytes(b"<p>x</p>")
    cache.keep((), [(digest, "<p>x</p>")], forget=())
    with closing(sqlite3.connect(file)) as other, other:
        other.execute(f"UPDATE body SET {change}")
    with closing(Bodies(file)) as bodies, pytest.raises(DamagedCacheError):
        bodies.read_body(digest)


@pytest.mark.parametrize("change", ["found = CAST(found || x'00' AS BLOB)", "found = NULL", "found = substr(found, 2)"])
def test_an_altered_finding_is_never_read(cache: BuildCache, file: Path, change: str) -> None:
    cache.put("lengths", KEY, b"compiled")
    cache.put("look", KEY, b"another")
    with closing(sqlite3.connect(file)) as other, other:
        other.execute(f"UPDATE finding SET {change} WHERE name = 'lengths'")
    assert cache.get("lengths", KEY) is None
    assert cache.damaged == 1
    with closing(Bodies(file)) as bodies, pytest.raises(DamagedCacheError):
        bodies.get("lengths", KEY)


def test_a_finding_under_the_name_of_another_is_never_read(cache: BuildCache, file: Path) -> None:
    cache.put("templates", KEY, b"compiled")
    with closing(sqlite3.connect(file)) as other, other:
        other.execute("UPDATE finding SET name = 'look'")
    assert cache.get("look", KEY) is None


@pytest.mark.parametrize(
    ("stat", "is_trusted"),
    [
        (Stat(5, 0, 0, 7), True),
        (Stat(6, 0, 0, 7), False),
        (Stat(5, 1, 0, 7), False),
        (Stat(5, 0, 1, 7), False),
        (Stat(5, 0, 0, 8), False),
    ],
)
def test_a_file_of_the_same_size_time_and_inode_is_trusted(stat: Stat, is_trusted: bool) -> None:
    assert row("a.md").is_trusted(stat) is is_trusted


@pytest.mark.parametrize(
    ("changed_ns", "is_trusted"),
    [(7 * SECOND, True), (8 * SECOND - 1, True), (8 * SECOND, False), (10 * SECOND, False), (11 * SECOND, False)],
)
def test_a_file_that_changed_just_before_it_was_read_is_not_trusted(changed_ns: int, is_trusted: bool) -> None:
    one = row("a.md", changed_ns=changed_ns, read_ns=10 * SECOND)
    assert one.is_trusted(Stat(5, changed_ns, changed_ns, 7)) is is_trusted


def test_a_file_that_was_just_written_and_read_is_not_trusted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("a")
    result = (tmp_path / "a.md").stat()
    stat = Stat(result.st_size, result.st_mtime_ns, result.st_ctime_ns, result.st_ino)
    assert not make_row("a.md", stat, digest_of("a"), b"").is_trusted(stat)
