"""What builds keep in `.newsprint/`, damaged in many places: the site is a clean build's, and the next build heals."""

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner
from fuzzing import fuzz, seeds

from generator.cli import newsprint
from sitebench import SMALL, SiteBench, article

pytestmark = pytest.mark.slow

MEMORY = ".newsprint/memory.sqlite"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SiteBench:
    """A built site; the tests take copies."""
    bench = SiteBench(tmp_path_factory.mktemp("healing") / "site").write_all(SMALL)
    for day in range(1, 6):
        words = (f"Some **words** of part {part}, with [a link](article:a1).\n\n> A {part}.\n" for part in range(20))
        bench.write(f"content/articles/a{day}.md", article(f"News {day}", day, body="\n".join(words)))
    return bench.build().expect_built()


@pytest.fixture(scope="module")
def expected(built: SiteBench) -> dict[str, bytes]:
    """The output after the edit of `copy_and_edit`, built from nothing."""
    clean = SiteBench(built.root.parent / "clean")
    shutil.copytree(built.root, clean.root, ignore=shutil.ignore_patterns("public", ".newsprint"))
    return edit(clean).build().expect_built().files()


def edit(bench: SiteBench) -> SiteBench:
    """Edit what all articles show, so that their kept bodies and templates are read."""
    return bench.edit("content/topics/chips.md", "title: Chips", "title: Silicon")


def take_copy(built: SiteBench, tmp_path: Path) -> SiteBench:
    shutil.copytree(built.root, tmp_path / "site")
    return SiteBench(tmp_path / "site")


def expect_healed(bench: SiteBench, expected: dict[str, bytes]) -> None:
    """The build succeeds with the output of a clean one, and the one after it finds nothing damaged."""
    edit(bench).build().expect_built()
    assert bench.files() == expected
    bench.build().expect_built()
    assert bench.report is not None
    assert bench.report.healed == ()
    assert bench.files() == expected


def flip(data: bytearray, random: random.Random) -> bytearray:
    for _ in range(random.choice([1, 5, 200])):
        data[random.randrange(len(data))] ^= 1 << random.randrange(8)
    return data


def overwrite(data: bytearray, random: random.Random) -> bytearray:
    """A sector of the disk has something else in it."""
    start = random.randrange(len(data) // 512) * 512
    data[start : start + 512] = random.choice([bytes(512), random.randbytes(512), bytes(data[:512])])
    return data


def flip_in_header(data: bytearray, random: random.Random) -> bytearray:
    data[random.randrange(200)] ^= 1 << random.randrange(8)
    return data


def cut(data: bytearray, random: random.Random) -> bytearray:
    return data[: random.randrange(len(data))]


def append(data: bytearray, random: random.Random) -> bytearray:
    return data + random.randbytes(random.choice([1, 512, 4096 * 3]))


def swap_pages(data: bytearray, random: random.Random) -> bytearray:
    one, two = (random.randrange(len(data) // 4096) * 4096 for _ in range(2))
    data[one : one + 4096], data[two : two + 4096] = data[two : two + 4096], data[one : one + 4096]
    return data


Damage = Callable[[bytearray, random.Random], bytearray]


@fuzz
@pytest.mark.parametrize("seed", seeds(3))
@pytest.mark.parametrize("damage", [flip, overwrite, flip_in_header, cut, append, swap_pages])
def test_a_memory_damaged_anywhere_gives_the_site_of_a_clean_build_and_heals(
    built: SiteBench, expected: dict[str, bytes], tmp_path: Path, damage: Damage, seed: int
) -> None:
    bench = take_copy(built, tmp_path)
    file = bench.root / MEMORY
    file.write_bytes(damage(bytearray(file.read_bytes()), random.Random(f"{damage.__name__} {seed}")))
    expect_healed(bench, expected)


ALTERATIONS = {
    "an appended script": "UPDATE body SET html = html || '<script>alert(1)</script>'",
    "another's body": "UPDATE body SET html = (SELECT max(html) FROM body)",
    "no bodies": "DELETE FROM body",
    "a body of bytes": "UPDATE body SET html = x'ff00fe'",
    "a body that is not UTF-8": "UPDATE body SET html = CAST(x'ff00fe' AS TEXT)",
    "no records": "DELETE FROM file",
    "another's record": "UPDATE file SET made = (SELECT max(made) FROM file)",
    "a cut record": "UPDATE file SET made = substr(made, 1, length(made) - 1)",
    "records that are numbers": "UPDATE file SET made = 7",
    "records under other names": "UPDATE file SET path = path || 'x'",
    "records of the future": "UPDATE file SET read_ns = 9e18",
    "a template with a damaged end": "UPDATE finding SET found = substr(found, 1, length(found) - 9)",
    "a template with a damaged start": "UPDATE finding SET found = x'ff' || found",
    "findings that changed their names": "UPDATE finding SET name = name || '2'",
    "no findings": "DELETE FROM finding",
    "another table of bodies": "DROP TABLE body; CREATE TABLE body (text TEXT)",
    "another table of files": "DROP TABLE file; CREATE TABLE file (path TEXT, a, b, c, d, e, f, g, h)",
    "a view instead of a table": "DROP TABLE finding; CREATE VIEW finding AS SELECT 1 AS name, 2 AS key, 3 AS found",
    "a trigger": (
        "CREATE TRIGGER evil AFTER INSERT ON body BEGIN UPDATE body SET html = html || '<script>' WHERE 1; END"
    ),
    "a table that refuses": "DROP TABLE body; CREATE TABLE body (digest TEXT, html TEXT CHECK (html IS NULL))",
    "a schema without a table": "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema WHERE name = 'file'",
}


@pytest.mark.parametrize("alteration", ALTERATIONS)
def test_a_memory_altered_by_sql_gives_the_site_of_a_clean_build_and_heals(
    built: SiteBench, expected: dict[str, bytes], tmp_path: Path, alteration: str
) -> None:
    bench = take_copy(built, tmp_path)
    with closing(sqlite3.connect(bench.root / MEMORY, isolation_level=None)) as connection:
        connection.executescript(ALTERATIONS[alteration])
    expect_healed(bench, expected)


@fuzz
@pytest.mark.parametrize("seed", seeds(3))
@pytest.mark.parametrize("damage", [flip, cut, append])
def test_a_log_that_a_killed_build_left_behind_damaged_is_no_harm(
    built: SiteBench, expected: dict[str, bytes], tmp_path: Path, damage: Damage, seed: int
) -> None:
    bench = take_copy(built, tmp_path)
    file, log = bench.root / MEMORY, bench.root / f"{MEMORY}-wal"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE body SET html = html || ' '")
        connection.execute("UPDATE file SET read_ns = read_ns - 1")
        connection.commit()
        left, kept = log.read_bytes(), file.read_bytes()
    log.write_bytes(damage(bytearray(left), random.Random(f"log {seed}")))
    file.write_bytes(kept)
    expect_healed(bench, expected)


@fuzz
@pytest.mark.parametrize("seed", seeds(1))
@pytest.mark.parametrize("damage", [flip, overwrite, cut, append])
@pytest.mark.parametrize("pattern", ["outputs/*/standing", "outputs/*/addresses", "renditions/*"])
def test_the_other_files_of_builds_may_be_damaged(
    built: SiteBench, expected: dict[str, bytes], tmp_path: Path, damage: Damage, pattern: str, seed: int
) -> None:
    bench = take_copy(built, tmp_path)
    for file in (bench.root / ".newsprint").glob(pattern):
        data = bytearray(file.read_bytes().ljust(512))
        file.write_bytes(damage(data, random.Random(f"{pattern} {seed}")))
    expect_healed(bench, expected)


def test_a_build_reports_in_one_line_that_its_memory_was_damaged(built: SiteBench, tmp_path: Path) -> None:
    bench = take_copy(built, tmp_path)
    with closing(sqlite3.connect(bench.root / MEMORY)) as connection, connection:
        connection.execute("UPDATE body SET html = html || '<script>'")
    edit(bench)
    result = CliRunner().invoke(newsprint, ["build", str(bench.root), "--now", "2026-06-10T12:00:00Z"])
    assert result.exit_code == 0
    assert result.stderr == "note: .newsprint/memory.sqlite was damaged, so all records were read again.\n"
    assert "<script>" not in (bench.output / "news/chips/a1/index.html").read_text().partition("<main")[2]


def test_a_build_reports_in_one_line_how_many_entries_were_damaged(built: SiteBench, tmp_path: Path) -> None:
    bench = take_copy(built, tmp_path)
    with closing(sqlite3.connect(bench.root / MEMORY)) as connection, connection:
        connection.execute("UPDATE file SET made = CAST(made || x'00' AS BLOB) WHERE path LIKE '%/a_.md'")
    edit(bench).build().expect_built()
    assert bench.report is not None
    assert bench.report.healed == ("damaged entries of .newsprint/memory.sqlite were made again (5)",)


def test_a_command_that_only_asks_removes_a_damaged_memory_and_says_what_to_do(
    built: SiteBench, tmp_path: Path
) -> None:
    bench = take_copy(built, tmp_path)
    with closing(sqlite3.connect(bench.root / MEMORY)) as connection, connection:
        connection.execute("UPDATE body SET html = html || '<script>'")
    edit(bench)
    first = CliRunner().invoke(newsprint, ["diff", "--site", str(bench.root)])
    assert first.exit_code == 1
    assert first.stderr.endswith("memory.sqlite: it was damaged and is removed; run the command again\n")
    assert CliRunner().invoke(newsprint, ["diff", "--site", str(bench.root)]).exit_code == 0
