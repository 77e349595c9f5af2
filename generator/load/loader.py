"""Disk → records, with a cache of what did not change."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import msgspec

from generator.config import CONFIG_NAME, Config
from generator.digest import digest_of, program_digest
from generator.errors import Problem
from generator.load.cache import BuildCache, FileRow, make_row
from generator.load.excess import guard_files, guard_raw
from generator.load.files import CONTENT, Scan, SourceFile, find_clashes
from generator.load.fonts import find_font
from generator.load.memory import Memory
from generator.load.parsed import ParsedRecord, Settings, decoder_of, digest_file
from generator.load.pictures import Pictures
from generator.load.register import Register
from generator.load.static import read_static, warn_of_missing
from generator.names import Digest, Kind, RecordId
from generator.reading import read_regular
from generator.records import FOLDERS, Asset, Claims, Record, Records, hrefs_of, name_of, write_name
from generator.workers import Workers


class Loaded(msgspec.Struct, frozen=True):
    """The records on disk.

    `records` are those without faults. `assets` are pictures by the record's file and the `src` in it,
    and the font of social cards by that of `site.toml`; `card_characters` are the characters of the font.
    `faulty` are the names of records with faults, so that links to them are not reported, too.
    `static` are the files of `static/`, named as their paths in the output.
    `claims` are what their files name; `held` are the files of ids that may have no faultless record.
    """

    records: Records
    assets: dict[tuple[str, str], Asset]
    problems: tuple[Problem, ...]
    faulty: frozenset[tuple[Kind, RecordId]]
    card_characters: frozenset[str] | None = None
    claims: tuple[Claims, ...] = ()
    held: dict[str, str] = {}
    static: tuple[Asset, ...] = ()

    def list_files(self) -> dict[str, str]:
        """The file of each id by the name of its record, for the next build."""
        records = (record for records in self.records.by_kind.values() for record in records.values())
        return self.held | {write_name(*name_of(record)): record.file for record in records}

    @property
    def unread(self) -> set[Kind]:
        """The kinds that may have records in unreadable folders."""
        files = (problem.file for problem in self.problems if problem.is_error)
        folders = {f"{file}/" for file in files if file.startswith(CONTENT) and not file.endswith(".md")}
        if f"{CONTENT}/" in folders:
            return set(FOLDERS.values())
        return {kind for name, kind in FOLDERS.items() if any(f"{CONTENT}/{name}/" in one for one in folders)}


def load_records(
    scan: Scan,
    config: Config,
    cache: BuildCache,
    workers: Workers,
    progress: Callable[[int, int], object] = lambda _done, _total: None,
    *,
    unknown: frozenset[str] = frozenset(),
) -> Loaded:
    """Read every record of the site, the pictures that they name, and what is published as it is.

    Args:
        scan: The files of `content/` and `static/`; those of the last build keep their ids.
        config: Uses what is in `Settings`, and the font of social cards.
        cache: Has the results of unchanged files, and gets the new ones.
        workers: Parse the files that are new or changed.
        progress: Called with how many of those are read, of how many, after each chunk.
        unknown: The settings (`Settings`) that a fault of `site.toml` hides.

    Returns:
        Records in order of their files, and all Problems of all files.
    """
    problems = [*scan.problems, *find_clashes([*scan.others, *(file.path for file in scan.records)])]
    pictures = Pictures(scan.reach, cache.row, config.limits)
    unread = {one.file for one in scan.problems if one.is_error and one.file.endswith(".md")}
    register = Register(scan.stood, unread)
    static = read_static(scan, cache, config.limits)
    problems += static.problems
    linkable = hrefs_of(static.assets, config.url)
    assets: dict[tuple[str, str], Asset] = {}
    named: set[str] = set()
    recalled = _recall(scan, cache, config.limits.record_bytes)
    changed = [file for file in scan.records if file.path not in recalled.parsed]
    settings = msgspec.structs.replace(settings_of(config), unknown=unknown)
    parsed = _parse_changed(changed, scan.reach.root, settings, cache, workers, progress)
    for file in scan.records:
        one = recalled.parsed.pop(file.path, None) or next(parsed)
        record = one.record
        if one.problems:
            problems += one.problems
        if one.files:
            problems += warn_of_missing(file.path, one.files, linkable)
        shown = {src: pictures.find(file.path, src, key) for src, key in one.pictures.items()}
        faults = [asset for asset in shown.values() if isinstance(asset, Problem)]
        problems += faults
        if record is not None:
            # Even if it is a duplicate or lacks its picture.
            recalled.outdated_bodies.difference_update(_bodies_in(record))
        if record is not None and shown and not faults:
            assets.update({(record.file, src): asset for src, asset in shown.items() if isinstance(asset, Asset)})
            record = msgspec.structs.replace(record, digest=digest_of([record.digest, shown]))
        register.add(file, one, None if faults else record)
        if one.named:
            named.update(one.named.split("\0"))
    problems += register.settle()
    if register.refused:
        assets = {place: asset for place, asset in assets.items() if place[0] not in register.refused}
    font, characters = find_font(scan.reach, config.images), None
    if isinstance(font, Problem):
        problems.append(font)
    elif font is not None:
        assets[CONFIG_NAME, config.images.card_font or ""], characters = font
    _forget_outdated(cache, recalled, [*pictures.learned, *static.learned], {*pictures.seen, *scan.static})
    return Loaded(
        records=Records(register.by_kind, frozenset(named), _find_guids(scan, unread)),
        assets=assets,
        problems=tuple(problems),
        faulty=frozenset(register.faulty),
        card_characters=characters,
        claims=tuple(register.claims),
        held=register.list_holders(),
        static=static.assets,
    )


def _find_guids(scan: Scan, unread: set[str]) -> dict[str, str]:
    """The files that had a guid in the last build, if they still exist."""
    there = unread.union(file.path for file in scan.records) if scan.guids else unread
    return {guid: file for guid, file in scan.guids.items() if file in there}


def _forget_outdated(cache: BuildCache, recalled: "_CachedFiles", learned: list[FileRow], seen: set[str]) -> None:
    """Store new rows of files that are no records, and drop the rows and bodies of files that are gone."""
    gone = recalled.others - seen
    if gone or learned:
        cache.keep(learned, (), forget=gone)
    if recalled.outdated_bodies:
        cache.drop_bodies(recalled.outdated_bodies)


def cache_key(config: Config) -> Digest:
    """The key of a cache for this program and config."""
    return digest_of([program_digest(), settings_of(config)])


def settings_of(config: Config) -> Settings:
    """The settings of parsing in a config."""
    return Settings(
        time_zone=config.site.time_zone,
        own_source=config.site.source,
        disclaimers=config.disclaimers,
        engine=config.markdown.engine,
        language=config.site.language,
        typography=config.typography,
        identity_zone=config.feeds.identity_zone,
        limits=config.limits,
    )


class _CachedFiles(msgspec.Struct, frozen=True):
    """The contents of the cache: unchanged files, bodies that may be in no file any more, and other files."""

    parsed: dict[str, ParsedRecord[Record]]
    outdated_bodies: set[Digest]
    others: set[str]


def _recall(scan: Scan, cache: BuildCache, max_bytes: int) -> _CachedFiles:
    found: dict[str, SourceFile] = {file.path: file for file in scan.records}
    recalled = _CachedFiles({}, set(), set())
    touched: list[FileRow] = []
    held: dict[tuple[object, ...], ParsedRecord[Record]] = {}
    for row in cache.rows():
        file = found.get(row.path)
        if file is not None and row.is_trusted(file.stat):
            held[row.known] = recalled.parsed[file.path] = _decode(row, file.kind, cache.memory)
        elif file is not None and _digest_now(scan.reach.root, file.path, max_bytes) == row.digest:
            one = recalled.parsed[file.path] = _decode(row, file.kind, cache.memory)
            if kept := row if row.made else cache.row(row.path):
                touched.append(make_row(file.path, file.stat, row.digest, kept.made))
                held[touched[-1].known] = one
        else:
            if file is None:
                recalled.others.add(row.path)
            if row.path.endswith(".md"):
                before = _decode(row, FOLDERS[row.path.split("/")[1]], cache.memory).record
                recalled.outdated_bodies.update(_bodies_in(before) if before else ())
    if touched:
        cache.keep(touched, (), forget=())
    if cache.memory is not None:
        cache.memory.hold(held)
    return recalled


def _decode(row: FileRow, kind: Kind, memory: Memory | None) -> ParsedRecord[Record]:
    """What was made of a file; a row that the memory holds has no `made`."""
    held = memory.find(row.known) if memory and not row.made else None
    return held or decoder_of(kind).decode(row.made)


def _parse_changed(
    changed: list[SourceFile],
    root: Path,
    settings: Settings,
    cache: BuildCache,
    workers: Workers,
    progress: Callable[[int, int], object],
) -> Iterator[ParsedRecord[Record]]:
    if not changed:
        return
    from generator.load.parse import parse_files, parse_raw, read_file

    by_path, done, limits = {file.path: file for file in changed}, 0, settings.limits
    if workers.are_elsewhere:
        read = (read_file(file, root=str(root), limits=limits) for file in changed)
        chunks = workers.run(partial(parse_raw, settings=settings), read, guard=guard_raw(limits))
    else:
        work = partial(parse_files, root=str(root), settings=settings)
        chunks = workers.run(work, changed, guard=guard_files(limits))
    for chunk in chunks:
        fresh = [make_row(one.path, by_path[one.path].stat, one.digest, one.parsed) for one in chunk if one.digest]
        unread = [one.path for one in chunk if not one.digest]
        cache.keep(fresh, (pair for one in chunk for pair in one.html.items()), forget=unread)
        progress(done := done + len(chunk), len(changed))
        for one in chunk:
            yield decoder_of(by_path[one.path].kind).decode(one.parsed)


def _digest_now(root: Path, path: str, max_bytes: int) -> Digest | None:
    try:
        return digest_file(path, read_regular(root / path, max_bytes=max_bytes))
    except OSError:
        return None


def _bodies_in(record: Record) -> Iterator[Digest]:
    yield record.body.digest
    for text in record.texts.values():
        yield text.digest
