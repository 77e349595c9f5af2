"""Disk → records, with a cache of what did not change."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

import msgspec

from generator.config import CONFIG_NAME, Config
from generator.digest import digest_of, program_digest
from generator.errors import Problem
from generator.load.cache import BuildCache, FileRow, make_row
from generator.load.excess import guard_files, guard_raw
from generator.load.files import CONTENT, Scan, SourceFile, find_clashes
from generator.load.fonts import find_font
from generator.load.parsed import ParsedRecord, Settings, decoder_of, digest_file
from generator.load.pictures import Pictures
from generator.names import Digest, Kind, RecordId, slugify
from generator.reading import read_regular
from generator.records import FOLDERS, KINDS, Asset, Claims, Record, Records
from generator.records.fields import claims_of
from generator.workers import Workers


class Loaded(msgspec.Struct, frozen=True):
    """The records on disk.

    `records` are those without faults. `assets` are pictures by the record's file and the `src` in it,
    and the font of social cards by that of `site.toml`; `card_characters` are the characters of the font.
    `faulty` are the names of records with faults, so that links to them are not reported, too.
    `claims` are what their files name.
    """

    records: Records
    assets: dict[tuple[str, str], Asset]
    problems: tuple[Problem, ...]
    faulty: frozenset[tuple[Kind, RecordId]]
    card_characters: frozenset[str] | None = None
    claims: tuple[Claims, ...] = ()

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
    """Read every record of the site, and the pictures that they name.

    Args:
        scan: The files of `content/`.
        config: Uses the time zone, own source, disclaimers, engine of markdown and font of social cards.
        cache: Has the results of unchanged files, and gets the new ones.
        workers: Parse the files that are new or changed.
        progress: Called with how many of those are read, of how many, after each chunk.
        unknown: The settings (`Settings`) that a fault of `site.toml` hides.

    Returns:
        Records in order of their files, and all Problems of all files.
    """
    problems = [*scan.problems, *find_clashes([*scan.others, *(file.path for file in scan.records)])]
    pictures = Pictures(scan.reach, cache.row, config.limits)
    by_kind: dict[Kind, dict[RecordId, Record]] = {kind: {} for kind in KINDS}
    faulty = _Faulty(set(), {}, [])
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
        shown = {src: pictures.find(file.path, src, key) for src, key in one.pictures.items()}
        faults = [asset for asset in shown.values() if isinstance(asset, Problem)]
        problems += faults
        if record is not None:
            # Even if it is a duplicate or lacks its picture.
            recalled.outdated_bodies.difference_update(_bodies_in(record))
        if taken := faulty.find_duplicate(file, one, by_kind[file.kind].get(one.id)):
            problems.append(taken)
        if record is None or faults or taken:
            faulty.add(file, one)
            continue
        if shown:
            assets.update({(record.file, src): asset for src, asset in shown.items() if isinstance(asset, Asset)})
            record = msgspec.structs.replace(record, digest=digest_of([record.digest, shown]))
        by_kind[file.kind][one.id] = record
        if one.named:
            named.update(one.named.split("\0"))
    font, characters = find_font(scan.reach, config.images), None
    if isinstance(font, Problem):
        problems.append(font)
    elif font is not None:
        assets[CONFIG_NAME, config.images.card_font or ""], characters = font
    records = Records(by_kind, frozenset(named))
    _forget_outdated(cache, recalled, pictures)
    return Loaded(records, assets, tuple(problems), frozenset(faulty.names), characters, tuple(faulty.claims))


def _forget_outdated(cache: BuildCache, recalled: "_CachedFiles", pictures: Pictures) -> None:
    """Store new rows of pictures, and drop the rows and bodies of files that are gone."""
    gone = recalled.others - pictures.seen.keys()
    if gone or pictures.learned:
        cache.keep(pictures.learned, (), forget=gone)
    if recalled.outdated_bodies:
        cache.drop_bodies(recalled.outdated_bodies)


class _Faulty(NamedTuple):
    """The faulty records: their names, the files of those whose ids are certain, and what those name."""

    names: set[tuple[Kind, RecordId]]
    files: dict[tuple[Kind, RecordId], str]
    claims: list[Claims]

    def find_duplicate(self, file: SourceFile, one: ParsedRecord[Record], first: Record | None) -> Problem | None:
        taken_by = first.file if first else self.files.get((file.kind, one.id))
        if not taken_by or not (one.record or one.claims):
            return None
        message = f"the {file.kind} id '{one.id}' is taken by {taken_by}"
        hint = "rename one of the files, or give one an 'id' of its own"
        return Problem(file=file.path, code="duplicate-id", key=("id",), message=message, hint=hint)

    def add(self, file: SourceFile, one: ParsedRecord[Record]) -> None:
        self.names.update({(file.kind, one.id), (file.kind, RecordId(slugify(one.id)))})
        claims = claims_of(one.record) if one.record else one.claims
        if claims:
            self.claims.append(claims)
            self.files.setdefault((file.kind, one.id), file.path)


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
    for row in cache.rows():
        file = found.get(row.path)
        if file is not None and row.is_trusted(file.stat):
            recalled.parsed[file.path] = decoder_of(file.kind).decode(row.made)
        elif file is not None and _digest_now(scan.reach.root, file.path, max_bytes) == row.digest:
            recalled.parsed[file.path] = decoder_of(file.kind).decode(row.made)
            touched.append(make_row(file.path, file.stat, row.digest, row.made))
        else:
            if file is None:
                recalled.others.add(row.path)
            if row.path.endswith(".md"):
                before = decoder_of(FOLDERS[row.path.split("/")[1]]).decode(row.made).record
                recalled.outdated_bodies.update(_bodies_in(before) if before else ())
    if touched:
        cache.keep(touched, (), forget=())
    return recalled


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
