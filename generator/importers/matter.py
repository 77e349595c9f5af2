"""The front matter of other systems: YAML, TOML or JSON, from which values are taken one by one."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from generator.config import parse_toml
from generator.errors import Problem
from generator.importers.folder import OldFolder
from generator.load.frontmatter import FrontMatterError, split_record
from generator.names import YEARS
from generator.scaffold import fold_text

_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*$\n?", re.MULTILINE | re.DOTALL)
_MOST_DEEP = 100
_MOST_BITS = 1024  # of a whole number
_MOST_OF_TIME = 100  # signs of a time
_HALF = re.compile(r"[\ud800-\udfff]")


def split_matter(text: str, *, file: str) -> tuple[dict[str, Any], str] | Problem:
    """Split a text into its front matter, which may be empty, and its body."""
    split = _split(text, file)
    return split if isinstance(split, Problem) else _find_hostile(split[0], file) or split


def _split(text: str, file: str) -> tuple[dict[str, Any], str] | Problem:
    if text.startswith("---") and text.partition("\n")[0].rstrip() == "---":
        try:
            return split_record(text.encode(), file=file)
        except FrontMatterError as fault:
            return fault.problem
    if text.startswith("+++"):
        block = _TOML.match(text)
        if block is None:
            return Problem(file=file, code="unclosed-front-matter", message="the front matter does not end", line=1)
        data = parse_toml(block[1].encode(), file=file)
        if isinstance(data, Problem):
            return msgspec.structs.replace(data, line=data.line + 1 if data.line else None)
        return data, text[block.end() :]
    if text.startswith("{") and re.match(r"\{\s*[\"}]", text):
        return _split_json(text, file)
    return {}, text


def parse_data(text: str, *, file: str) -> dict[str, Any] | Problem:
    """The mapping in a file of TOML, JSON or YAML, by the file's suffix."""
    if file.endswith(".toml"):
        data = parse_toml(text.encode(), file=file)
        return data if isinstance(data, Problem) else _find_hostile(data, file) or data
    if file.endswith(".json"):
        split = _split_json(text, file)
    else:
        split = _split(f"---\n{text}\n---\n", file)
        if isinstance(split, Problem) and split.line:  # the text is below a line that it does not have
            split = msgspec.structs.replace(split, line=min(split.line - 1, len(text.splitlines())))
    return split if isinstance(split, Problem) else _find_hostile(split[0], file) or split[0]


def read_data(folder: OldFolder, path: str) -> dict[str, Any]:
    """The mapping in a file; empty if there is no such file or, with a Problem of the folder, it is at fault."""
    text = folder.read_text(path)
    data = parse_data(text, file=path) if text is not None else {}
    if isinstance(data, Problem):
        folder.problems.append(data)
        return {}
    return data


def _find_hostile(data: dict[str, Any], file: str) -> Problem | None:
    """The Problem of values that cannot be written again: long numbers, deep keys (TOML), half characters (JSON)."""
    waiting: list[tuple[Any, int]] = [(data, 0)]  # no recursion: values nest as deep as they like
    while waiting:
        value, depth = waiting.pop()
        if depth > _MOST_DEEP or (isinstance(value, int) and value.bit_length() > _MOST_BITS):
            message = "a number is too long, or values are nested too deeply"
            return Problem(file=file, code="wrong-value", message=message)
        if isinstance(value, dict):
            waiting += ((one, depth + 1) for pair in value.items() for one in pair)
        elif isinstance(value, list):
            waiting += ((one, depth + 1) for one in value)
        elif isinstance(value, str) and _HALF.search(value):
            return Problem(file=file, code="control-character", message="a text holds half of a surrogate pair")
    return None


def _split_json(text: str, file: str) -> tuple[dict[str, Any], str] | Problem:
    try:
        data, end = json.JSONDecoder().raw_decode(text.lstrip())
    except json.JSONDecodeError as fault:
        return Problem(file=file, code="bad-yaml", message=f"not valid JSON: {fault.msg}", line=fault.lineno)
    except (ValueError, RecursionError):
        message = "not valid JSON: a number is too long, or values are nested too deeply"
        return Problem(file=file, code="bad-yaml", message=message)
    if not isinstance(data, dict):
        return Problem(file=file, code="not-a-mapping", message="the file is not a JSON object")
    return data, text.lstrip()[end:]


def read_texts(
    folder: OldFolder, files: Iterable[str], split: Callable[..., tuple[dict[str, Any], str] | Problem] = split_matter
) -> Iterator[tuple[str, "Matter", str]]:
    """Each file with its front matter and its text; what cannot be read or split is a Problem of the folder."""
    for file in files:
        text = folder.read_text(file)
        parts = split(text, file=file) if text is not None else None
        if isinstance(parts, Problem):
            folder.problems.append(parts)
        elif parts is not None:
            yield file, Matter(parts[0]), parts[1]


class Matter:
    """Values of one front matter, each taken once; `left` are the others. Keys are case-insensitive."""

    def __init__(self, data: dict[str, Any]) -> None:
        """Read the front matter without its empty values."""
        self._names = {str(key).lower(): str(key) for key in data}
        self._data = {str(key).lower(): value for key, value in data.items() if value not in (None, "", [], {})}

    def __bool__(self) -> bool:
        return bool(self._data)

    @property
    def left(self) -> dict[str, Any]:
        """The values that were not taken, by key as written, as plain data."""
        return {self._names[key]: _plain(value) for key, value in sorted(self._data.items())}

    @property
    def values(self) -> dict[str, Any]:
        """The values that were not taken, by key in lower case."""
        return dict(self._data)

    def fill(self, data: dict[str, Any]) -> None:
        """Add values for missing keys."""
        for key, value in data.items():
            if key not in self._data and value not in (None, "", [], {}):
                self._data[key] = value

    def raw(self, *names: str) -> Any:
        """Take the first value of any type; None if there is none."""
        return next((self._data.pop(name) for name in names if name in self._data), None)

    def see(self, name: str) -> Any:
        """A value, which stays."""
        return self._data.get(name)

    def drop(self, *names: str) -> None:
        """Drop keys that are not about the text, such as its template."""
        for name in names:
            self._data.pop(name, None)

    def text(self, *names: str) -> str:
        """Take the first text or number, as one line; "" if there is none."""
        for name in names:
            if isinstance(value := self._data.get(name), str | int | float) and not isinstance(value, bool):
                del self._data[name]
                return fold_text(str(value))
        return ""

    def texts(self, *names: str, separator: str | None = None) -> list[str]:
        """Take all texts of some values: lists, or texts with a separator; each once."""
        found: list[str] = []
        for name in names:
            value = self._data.get(name)
            parts = value.split(separator) if isinstance(value, str) and separator else [value]
            items = value if isinstance(value, list) else parts
            if name in self._data and all(_is_word(item) for item in items):
                del self._data[name]
                found += (fold_text(str(item)) for item in items)
        return list(dict.fromkeys(filter(None, found)))

    def flag(self, name: str) -> bool | None:
        """Take a value that is true or false; None if it is neither."""
        value = self._data.get(name)
        if isinstance(value, str) and value.lower() in {"true", "false"}:
            value = value.lower() == "true"
        if not isinstance(value, bool):
            return None
        del self._data[name]
        return value

    def number(self, name: str) -> int | None:
        """Take a whole number in the range of a record's `order`."""
        value = self._data.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 1_000_000:
            return None
        del self._data[name]
        return value

    def time(self, zone: ZoneInfo, *names: str) -> datetime | None:
        """Take the first time."""
        for name in names:
            if (value := self._data.get(name)) is not None and (read := read_moment(value, zone)):
                del self._data[name]
                return read
        return None

    def authors(self) -> tuple[str, ...]:
        """Take the authors: texts, lists of them, or mappings with a name; each once."""
        found: list[str] = []
        for name in ("author", "authors"):
            if name in self._data and (names := list(_names(self._data[name]))):
                if not _says_more(self._data[name]):
                    del self._data[name]
                found += names
        return tuple(dict.fromkeys(found))

    def image(self) -> tuple[str, str] | None:
        """Take the text's picture and its description, which may be empty."""
        for name in ("image", "featured_image", "cover", "images"):
            value = self._data.get(name)
            value = value[0] if isinstance(value, list) and len(value) == 1 else value
            if isinstance(value, str):
                del self._data[name]
                return value, ""
            if isinstance(value, dict):
                path = next(filter(None, (text_in(value, key) for key in ("src", "path", "image", "url"))), "")
                if path and value.keys() <= {"src", "path", "image", "url", "alt", "caption"}:
                    del self._data[name]
                    return path, fold_text(str(value.get("alt") or value.get("caption") or ""))
        return None


def text_in(data: Mapping[str, Any], name: str) -> str:
    """A value that is a text; "" if it is missing or not a text."""
    value = data.get(name)
    return value if isinstance(value, str) else ""


def find_zone(name: str) -> ZoneInfo | None:
    """The time zone of a name; None if there is none."""
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):  # for an unknown zone, and for a path
        return None


def read_moment(value: Any, zone: ZoneInfo) -> datetime | None:
    """A time as other systems write it, aware, to the second; in the zone if it names none."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()
    if isinstance(value, str):
        value = _parse(value.strip()) if len(value) <= _MOST_OF_TIME else None
    if not isinstance(value, datetime):
        return None
    try:
        read = value.replace(microsecond=0, tzinfo=value.tzinfo or zone)
        return read if read.astimezone(UTC).year in YEARS else None
    except (ValueError, OverflowError):
        return None


def _parse(text: str) -> datetime | None:
    from dateutil.parser import ParserError, parse

    try:
        return datetime.fromisoformat(text)
    except ValueError:
        pass
    fillings = datetime(2000, 1, 9), datetime(2001, 2, 10)  # noqa: DTZ001 - for what the text leaves out

    def offset(_name: str | None, seconds: int | None) -> timezone | None:
        return None if seconds is None else timezone(timedelta(seconds=seconds))

    try:
        first, second = (parse(text, default=filling, tzinfos=offset) for filling in fillings)
    except (ParserError, OverflowError, ValueError, TypeError):
        return None
    return first if first.date() == second.date() else None


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)


def _is_word(value: Any) -> bool:
    return isinstance(value, str | int | float) and not isinstance(value, bool)


def _says_more(value: Any) -> bool:
    """Whether an author has more than a name and an address."""
    if isinstance(value, list):
        return any(map(_says_more, value))
    return isinstance(value, dict) and not {"name"} <= value.keys() <= {"name", "url"}


def _names(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _names(item)
    elif isinstance(value, dict) and isinstance(value.get("url"), str) and isinstance(value.get("name"), str):
        yield f"[{value['name']}](<{value['url']}>)"
    elif isinstance(value, dict):
        yield from _names(value.get("name"))
    elif isinstance(value, str) and value.strip():
        yield fold_text(value)
