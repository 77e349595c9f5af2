"""The door of this room: disk → records, remembering what did not change."""

from functools import partial
from pathlib import Path

import msgspec

from generator.config import Config
from generator.digest import digest_bytes, digest_of, program_digest
from generator.errors import KeyPath, Problem
from generator.load.files import Found, Stat, find_records
from generator.load.memory import Memory, Row, make_row
from generator.load.parse import Parsed, Settings, kind_decoders, parse_files
from generator.load.pictures import Pictures
from generator.names import Digest, Kind, RecordId
from generator.records import Asset, Record, Records
from generator.workers import Workers


class Loaded(msgspec.Struct, frozen=True):
    """What lies on disk.

    `records` are the faultless ones. `assets` are pictures by the record's file and the `src` it wrote.
    `faulty` names the records that are there but could not be read, so that links to them are not faults too.
    """

    records: Records
    assets: dict[tuple[str, str], Asset]
    problems: tuple[Problem, ...]
    faulty: frozenset[tuple[Kind, RecordId]]


def load_records(root: Path, config: Config, memory: Memory, workers: Workers) -> Loaded:
    """Read every record of the site, and the pictures that they name.

    Args:
        root: The folder with `site.toml` and `content/`.
        config: Shapes parsing by its time zone, own source, disclaimers and engine of markdown.
        memory: Gives what did not change since it was parsed, and keeps what is parsed now.
        workers: Parse the files that are new or changed.

    Returns:
        Records in order of their files, and all Problems of all files.
    """
    found, problems = find_records(root)
    rows = memory.rows()
    pictures = Pictures(root, rows)
    parsed = _parse_changed(found, root, config, memory, rows, workers)

    by_kind: dict[Kind, dict[RecordId, Record]] = {}
    faulty: set[tuple[Kind, RecordId]] = set()
    assets: dict[tuple[str, str], Asset] = {}
    decoders = kind_decoders()
    first_file: dict[tuple[Kind, RecordId], str] = {}
    for file, one in zip(found, parsed, strict=True):
        problems += one.problems
        name = (one.kind, one.id)
        if one.record is None:
            faulty.add(name)
            continue
        if name in first_file:
            problems.append(_duplicate(file, one, first_file[name]))
            continue
        first_file[name] = file.path
        record = decoders[one.kind].decode(one.record)
        faults = _find_pictures(record, pictures, assets)
        if faults:
            problems += faults
            faulty.add(name)
        else:
            by_kind.setdefault(one.kind, {})[one.id] = record
    known = {file.path for file in found} | pictures.used
    gone = rows.keys() - known
    if gone or pictures.learned:
        memory.keep(pictures.learned, (), forget=gone)
    return Loaded(Records(by_kind), assets, tuple(problems), frozenset(faulty))


def memory_key(config: Config) -> Digest:
    """The key under which a memory is good for this program and config."""
    return digest_of([program_digest(), _settings(config)])


def _settings(config: Config) -> Settings:
    return Settings(config.site.time_zone, config.site.source, config.disclaimers, config.markdown.engine)


def _parse_changed(
    found: list[Found], root: Path, config: Config, memory: Memory, rows: dict[str, Row], workers: Workers
) -> list[Parsed]:
    made: dict[str, Parsed] = {}
    changed: list[Found] = []
    fresh: list[Row] = []
    decoder = msgspec.msgpack.Decoder(Parsed)
    for file in found:
        row = rows.get(file.path)
        if row and row.is_trusted(file.stat):
            made[file.path] = decoder.decode(row.made)
        elif row and _digest_file(root / file.path) == row.digest:
            made[file.path] = decoder.decode(row.made)
            fresh.append(make_row(file.path, file.stat, row.digest, row.made))
        else:
            changed.append(file)

    work = partial(parse_files, root=str(root), settings=_settings(config))
    stats: dict[str, Stat] = {file.path: file.stat for file in changed}
    encoder = msgspec.msgpack.Encoder()
    stale = {digest for file in changed if file.path in rows for digest in decoder.decode(rows[file.path].made).bodies}
    for chunk in workers.run(work, changed):
        parsed_rows = []
        for one in chunk:
            made[one.path] = one.parsed
            parsed_rows.append(make_row(one.path, stats[one.path], one.digest, encoder.encode(one.parsed)))
        memory.keep(parsed_rows, (pair for one in chunk for pair in one.html.items()), forget=())
    if fresh:
        memory.keep(fresh, (), forget=())
    gone = rows.keys() - {file.path for file in found}
    stale |= {digest for path in gone if path.endswith(".md") for digest in decoder.decode(rows[path].made).bodies}
    if stale:
        memory.drop_bodies(stale - {digest for one in made.values() for digest in one.bodies})
    return [made[file.path] for file in found]


def _digest_file(file: Path) -> Digest | None:
    try:
        return digest_bytes(file.read_bytes())
    except OSError:
        return None


def _find_pictures(record: Record, pictures: Pictures, assets: dict[tuple[str, str], Asset]) -> list[Problem]:
    wanted: list[tuple[str, KeyPath]] = []
    if (image := getattr(record, "image", None)) is not None:
        wanted.append((image.src, ("image", "src")))
    if (icon := getattr(record, "icon", None)) is not None:
        wanted.append((icon, ("icon",)))
    for body in (record.body, *record.texts.values()):
        wanted += [(src, ()) for src in body.images]
    faults = []
    for src, key in wanted:
        found = pictures.find(record, src, key)
        if isinstance(found, Asset):
            assets[record.file, src] = found
        else:
            faults.append(found)
    return faults


def _duplicate(file: Found, one: Parsed, first: str) -> Problem:
    message = f"the {one.kind} id '{one.id}' is taken by {first}"
    hint = "rename one of the files, or give one an 'id' of its own"
    return Problem(file=file.path, code="duplicate-id", key=("id",), message=message, hint=hint)
