"""One record's file → a Record with compiled bodies, or Problems. What workers do."""

import functools
import re
import types
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints
from zoneinfo import ZoneInfo

import msgspec

from generator.addresses import MAX_ADDRESS, AddressError, write_address
from generator.aliases import read_alias
from generator.config import EngineName
from generator.errors import KeyPath, Problem
from generator.guard import Loss, limited
from generator.limits import Limits, exceed
from generator.load.authors import check_authors, settle_authors
from generator.load.braces import explain_braces
from generator.load.cuts import find_cuts
from generator.load.excess import check_counts, count_values, lose_record
from generator.load.files import SourceFile
from generator.load.frontmatter import FrontMatter, FrontMatterError, read_front_matter
from generator.load.lints import lint_record
from generator.load.markdown import EMPTY, Compiler, Role
from generator.load.parsed import ParsedFile, ParsedRecord, RawRecord, Settings, digest_file, stem_of
from generator.load.placeholders import find_placeholders
from generator.load.typography import Typography
from generator.names import MAX_SEGMENT_BYTES, YEARS, ContentPath, Digest, Kind, RecordId, compose, is_segment, slugify
from generator.reading import LargeFileError, read_regular
from generator.records import KINDS, LOADER_KEYS, Article, Body, Record, Story
from generator.records.fields import MINTED, Fields, WebUrl, claims_of, mint_key, text_key
from generator.shape import ShapeFault, check_shape, describe, is_struct, role_of, salvage, show, unwrap


def read_file(file: SourceFile, *, root: str, limits: Limits) -> RawRecord:
    """Read a record's file."""
    try:
        return RawRecord(file.path, file.kind, read_regular(f"{root}/{file.path}", max_bytes=limits.record_bytes))
    except LargeFileError:
        message = f"the file has {file.stat.size:,} bytes"
        problem = exceed(file.path, message, f"at most {limits.record_bytes:,} bytes", "record_bytes")
    except OSError as fault:
        message = f"cannot be read: {fault.strerror or fault}"
        problem = Problem(file=file.path, code="unreadable-file", message=message)
    return RawRecord(file.path, file.kind, b"", problem)


def parse_files(files: Sequence[SourceFile], *, root: str, settings: Settings) -> list[ParsedFile]:
    """Read and parse a chunk of record files, in order."""
    return parse_raw([read_file(file, root=root, limits=settings.limits) for file in files], settings=settings)


def parse_raw(files: Sequence[RawRecord], *, settings: Settings) -> list[ParsedFile]:
    """Parse a chunk of record files that were read, in order, each within the limits."""
    return [_parse_file(file, settings) for file in files]


def parse_text(text: str, path: ContentPath, kind: Kind, settings: Settings) -> ParsedRecord[Record]:
    """What a build makes of the text of a record that is not in a file yet."""
    raw = RawRecord(path, kind, text.encode())
    return _parse(raw, digest_file(path, raw.data), settings)[0]


def _parse_file(raw: RawRecord, settings: Settings) -> ParsedFile:
    limits = settings.limits
    try:
        with limited(cpu_seconds=limits.record_seconds, memory_bytes=limits.record_memory):
            digest = digest_file(raw.path, raw.data) if raw.refusal is None else None
            parsed, html = _parse(raw, digest, settings)
            return ParsedFile(raw.path, digest, _encoder.encode(parsed), html)
    except MemoryError:
        return lose_record(raw, Loss.MEMORY, limits)


def _parse(raw: RawRecord, digest: Digest | None, settings: Settings) -> tuple[ParsedRecord[Record], dict[Digest, str]]:
    """What is made of a file, and the HTML of its texts."""
    stem = stem_of(raw.path)
    if raw.refusal is not None:
        return ParsedRecord(stem, None, (raw.refusal,)), {}
    try:
        read = read_front_matter(raw.data, file=raw.path)
    except FrontMatterError as fault:
        found = _SEEMING_ID.search(raw.data)
        seeming = RecordId(found[1].decode(errors="replace")) if found else stem
        return ParsedRecord(seeming, None, (fault.problem,)), {}
    if problem := _refuse_values(read, raw.path, settings.limits):
        return ParsedRecord(stem, None, (problem,)), {}
    return _make_record(raw, digest, read, stem, settings)


def _refuse_values(read: FrontMatter, file: ContentPath, limits: Limits) -> Problem | None:
    if len(read.block) <= limits.record_values or (count := count_values(read.matter)) <= limits.record_values:
        return None
    return exceed(file, f"the front matter has {count:,} values", f"at most {limits.record_values:,}", "record_values")


def _make_record(
    raw: RawRecord, digest: Digest | None, read: FrontMatter, stem: RecordId, settings: Settings
) -> tuple[ParsedRecord[Record], dict[Digest, str]]:
    shape = KINDS[raw.kind]
    compiler = _compiler(settings.engine)
    typography = _typography_of(raw.kind, read.matter, settings)
    noted = _Note(ZoneInfo(settings.time_zone), ZoneInfo(settings.identity_zone), {}, {}, typography)
    data = _read_fields(read.matter, _roles(shape), (), noted)
    data["id"] = data.get("id", stem)

    role: Role = "sponsored" if raw.kind == "sponsor" else "body"
    body = compiler.compile(read.body, file=raw.path, role=role, typography=typography)
    if (disclaimer := noted.markdown.get("disclaimer")) in settings.disclaimers:
        noted.markdown["disclaimer"] = settings.disclaimers[disclaimer]
    texts = {
        key: compiler.compile(value, file=raw.path, role="text", key=key, typography=typography)
        for key, value in noted.markdown.items()
    }
    given = {
        "file": raw.path,
        "digest": digest,
        "body": body.body,
        "texts": {key: one.body for key, one in texts.items()},
        "minted": noted.minted,
    }
    record, problems, spoiled = _shape_record(data, given, shape, read, raw.path)
    problems += find_placeholders(read, raw.kind, file=raw.path)
    for found in check_record(record, settings, spoiled):
        if not any(found.key[:depth] in spoiled for depth in range(1, len(found.key) + 1)):
            problems.append(found)
    if isinstance(record, Article):
        problems += check_authors(record) if ("author",) not in spoiled else ()
        record = settle_authors(record)
    problems += body.problems
    for key, one in texts.items():
        problems += (msgspec.structs.replace(problem, key=text_key(key)) for problem in one.problems)
    if any(problem.is_error for problem in problems):
        record_id = RecordId(data["id"]) if isinstance(data["id"], str) else stem
        return ParsedRecord(
            record_id, None, tuple(problems), "", _pictures_in(record), claims_of(record), _files_in(record)
        ), {}
    is_from_elsewhere = isinstance(record, Article) and _is_from_elsewhere(record, settings)
    keyed = [*((text_key(key), one.html) for key, one in texts.items()), ((), body.html)]
    problems += lint_record(read.matter, keyed, file=raw.path, is_from_elsewhere=is_from_elsewhere)
    parsed = ParsedRecord(
        record.id, record, tuple(problems), _names_in(record), _pictures_in(record), None, _files_in(record)
    )
    return parsed, {one.body.digest: one.html for one in (body, *texts.values()) if one is not EMPTY}


def _typography_of(kind: Kind, matter: dict[str, Any], settings: Settings) -> Typography | None:
    """The signs of the language of a record's texts; messages of sponsors stay as they were agreed upon."""
    if kind == "sponsor":
        return None
    language = matter.get("language") if kind in ("article", "page") else None
    wanted = settings.typography
    return Typography(language if isinstance(language, str) else settings.language, wanted.quotes, wanted.dashes)


def _shape_record(
    data: dict[str, Any], given: dict[str, Any], shape: type[Record], read: FrontMatter, file: str
) -> tuple[Record, list[Problem], frozenset[KeyPath]]:
    """A record, maybe only the valid part of it, its Problems, and the keys whose values are not known."""
    problems = [*read.problems]
    for key in sorted(LOADER_KEYS & read.matter.keys()):
        message = f"unknown key '{key}'"
        problems.append(Problem(file=file, code="unknown-key", key=(key,), message=message, hint="remove it"))
    spoiled = frozenset((key,) for key in read.spoiled)
    if not read.problems:
        problems += find_cuts(read.block, shape, file=file)
        try:
            # Texts that `read_time` did not convert are not times.
            return msgspec.convert({**data, **given}, shape, builtin_types=(datetime,)), problems, spoiled
        except msgspec.ValidationError:
            pass
    written = {key: value for key, value in data.items() if key not in LOADER_KEYS}
    found = check_shape(written, shape, file=file, not_keys=LOADER_KEYS, spoiled=read.spoiled)
    record, more = salvage(written, shape, found, **given)
    problems += found if read.problems else explain_braces(found, read.block)
    return record, problems, spoiled | more


_encoder = msgspec.msgpack.Encoder()
_SEEMING_ID = re.compile(rb"^id:[ \t]*[\"']?([\w.-]+)", re.MULTILINE)
"""The id in a file whose front matter cannot be read."""


def _names_in(record: Record) -> str:
    links = (link.partition("#")[0] for body in (record.body, *record.texts.values()) for link in body.links)
    return "\0".join(dict.fromkeys([*(f"{one.kind}:{one.id}" for one in record.references()), *links]))


def _pictures_in(record: Record) -> dict[str, KeyPath]:
    pictures: dict[str, KeyPath] = {}
    if (image := getattr(record, "image", None)) is not None and image.src:
        pictures[image.src] = ("image", "src")
    if (icon := getattr(record, "icon", None)) is not None:
        pictures.setdefault(icon, ("icon",))
    for key, text in record.texts.items():
        pictures |= {src: text_key(key) for src in text.images if src not in pictures}
    return pictures | {src: () for src in record.body.images if src not in pictures}


def _files_in(record: Record) -> tuple[tuple[KeyPath, str], ...]:
    texts = (*((text_key(key), text) for key, text in record.texts.items()), ((), record.body))
    return tuple((key, link) for key, text in texts for link in text.files)


def check_record(record: Record, settings: Settings, spoiled: frozenset[KeyPath] = frozenset()) -> Iterator[Problem]:
    """Rules of one record beyond its types; spoiled keys do not count as missing."""
    yield from check_counts(record, settings.limits)
    yield from _check_names(record)
    if "time_zone" not in settings.unknown:
        yield from _check_times(record, spoiled)
    if isinstance(record, Article) and record.source_url is None and _is_from_elsewhere(record, settings):
        hint = "add the address of the original; only articles of [site] source in site.toml can omit it"
        yield Problem(
            file=record.file,
            code="missing-key",
            key=("source_url",),
            message="no 'source_url'",
            expected=describe(WebUrl),
            hint=hint,
        )


def _is_from_elsewhere(article: Article, settings: Settings) -> bool:
    """Whether an article is certainly of another source; an unknown source is an empty text."""
    return "own_source" not in settings.unknown and article.source not in ("", settings.own_source)


def _check_names(record: Record) -> Iterator[Problem]:
    for key in ("id", "slug"):
        name = getattr(record, key, None)
        if name is not None and not is_segment(name):
            message = f"{show(name)} cannot be part of a path"
            meant, expected = slugify(name), "lower-case letters, digits, '-', '_' and '.'"
            hint = f"such as '{meant}'" if meant else ""
            if len(name.encode()) > MAX_SEGMENT_BYTES:
                expected, hint = f"at most {MAX_SEGMENT_BYTES} bytes", ""
            yield Problem(
                file=record.file, code="unusable-name", key=(key,), message=message, expected=expected, hint=hint
            )
    for place, alias in enumerate(getattr(record, "aliases", ())):
        try:
            read_alias(alias)
        except AddressError as fault:
            message = f"the alias {show(alias)} cannot be an address of this site"
            where = ("aliases", place)
            yield Problem(file=record.file, code="unusable-name", key=where, message=message, expected=str(fault))
    for place, tag in enumerate(getattr(record, "tags", ())):
        if not slugify(tag):
            hint = "a tag needs at least one letter or digit"
            message = f"the tag '{tag}' cannot be part of a path"
            yield Problem(file=record.file, code="unusable-name", key=("tags", place), message=message, hint=hint)


_TIME_ORDER = (("published", "updated"), ("published", "expires"), ("starts", "ends"), ("at", "disputed_at"))


def _check_times(record: Record, spoiled: frozenset[KeyPath]) -> Iterator[Problem]:
    yield from _check_order(record, record, ())
    for place, fact in enumerate(record.facts if isinstance(record, Story) else ()):
        key = ("facts", place)
        yield from _check_order(record, fact, key)
        is_known = (*key, "disputed_by") not in spoiled
        if fact.disputed_at is not None and not fact.disputed_by and is_known:
            yield Problem(
                file=record.file,
                code="missing-key",
                key=(*key, "disputed_at"),
                message="'disputed_at' without 'disputed_by'",
                expected="who disputes the fact: ids of sources",
            )


def _check_order(record: Record, part: Record | Fields, key: KeyPath) -> Iterator[Problem]:
    """Check the order of two times of a record, or of a part of it under a key."""
    for earlier, later in _TIME_ORDER:
        first, second = getattr(part, earlier, None), getattr(part, later, None)
        if first is not None and second is not None and second < first:
            yield Problem(
                file=record.file,
                code="contradictory-times",
                key=(*key, later),
                message=f"'{later}' is before '{earlier}'",
                expected=f"a time after {first:%Y-%m-%dT%H:%M:%SZ}",
            )


def read_time(text: str, zone: ZoneInfo) -> datetime | None:
    """ISO 8601 text → aware UTC to the second; in the zone if it names none; None if it is not a time."""
    try:
        read = datetime.fromisoformat(text.strip())
        if read.tzinfo is None:
            read = read.replace(tzinfo=zone)
        read = read.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None
    return read if read.year in YEARS else None


def _read_address(text: str) -> str | ShapeFault:
    if len(text) > MAX_ADDRESS:
        return ShapeFault(text, f"an address can have at most {MAX_ADDRESS} characters")
    try:
        return write_address(text)
    except AddressError as fault:
        return ShapeFault(text, str(fault))


@functools.cache
def _compiler(engine: EngineName) -> Compiler:
    return Compiler(engine)


Roles = str | dict[str, Any] | None
"""The places of times, names, addresses and markdown in a type: a role, or roles by field name, `*` for each item.

Under `_ALONE` is the field that a single text sets.
"""

_ALONE = ""


@functools.cache
def _roles(kind: Any) -> Roles:
    options = get_args(kind) if get_origin(kind) in (Union, types.UnionType) else (kind,)
    role = next(filter(None, map(role_of, options)), "")
    if role and role != "named":
        return role
    plain = unwrap(kind)
    if is_struct(plain) and plain is not Body:
        fields = {name: _roles(field) for name, field in get_type_hints(plain, include_extras=True).items()}
        inside = {name: roles for name, roles in fields.items() if roles}
        return ({_ALONE: "name"} if role else {}) | inside or None
    if get_origin(plain) in (tuple, dict):
        arguments = get_args(plain)
        roles = _roles(arguments[0] if get_origin(plain) is tuple else arguments[1])
        return {"*": roles} if roles else None
    return None


class _Note(NamedTuple):
    """The zones of times, the signs of texts, and the collected values.

    These are markdown by its dotted key path, and `Record.minted`.
    """

    zone: ZoneInfo
    identity_zone: ZoneInfo
    markdown: dict[str, str]
    minted: dict[str, datetime]
    typography: Typography | None = None


def _read_fields(value: Any, roles: Roles, key: KeyPath, noted: _Note) -> Any:
    """Copy a value with its times, names and addresses converted, and collect its markdown."""
    if isinstance(roles, str):
        return _read_text(value, roles, key, noted) if isinstance(value, str) else value
    if roles is None:
        return value
    if "*" in roles:
        each = roles["*"]
        if isinstance(value, list):
            if each == "name":
                return [compose(item) if isinstance(item, str) else item for item in value]
            return [_read_fields(item, each, (*key, place), noted) for place, item in enumerate(value)]
        if isinstance(value, dict):
            return {name: _read_fields(item, each, (*key, name), noted) for name, item in value.items()}
        return value
    if isinstance(value, str) and _ALONE in roles:
        value = {roles[_ALONE]: value}
    if isinstance(value, dict):
        return {
            name: _read_fields(item, roles[name], (*key, name), noted) if name in roles else item
            for name, item in value.items()
        }
    return value


def _read_text(text: str, role: str, key: KeyPath, noted: _Note) -> Any:
    """The value of a text with a role in its record."""
    match role:
        case "time":
            return _read_written_time(text, key, noted) or text
        case "name":
            return compose(text)
        case "address":
            return _read_address(text)
        case "prose":
            return noted.typography.write_text(text) if noted.typography else text
        case _:
            noted.markdown[".".join(map(str, key))] = text
            return text


def _read_written_time(text: str, key: KeyPath, noted: _Note) -> datetime | None:
    at = read_time(text, noted.zone)
    if at is not None and noted.zone is not noted.identity_zone:
        name = ".".join(part for part in key if isinstance(part, str))
        minted = read_time(text, noted.identity_zone) if name in MINTED else None
        if minted is not None and minted != at:
            noted.minted[mint_key(name, at)] = minted
    return at
