"""Reads `site.toml`, and reports all of its faults."""

import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple, get_args
from zoneinfo import ZoneInfo, available_timezones

import msgspec

from generator.addresses import AddressError, write_address, write_link
from generator.aliases import read_alias
from generator.config.sections import ENGINE_LIBRARIES, Config, EngineName, MenuFamily, MenuSection
from generator.errors import ConfigError, KeyPath, Problem, explain_encoding, explain_unreadable, suggest
from generator.reach import Reach
from generator.reading import read_regular
from generator.shape import CONTROL, ShapeFault, check_shape, check_texts, salvage, show

CONFIG_NAME = "site.toml"

_MAX_BYTES = 1_000_000
"""Of `site.toml`, which every build parses."""

PUBLIC_FOLDER = "public"
"""The default output folder, beside `site.toml`."""


class ConfigDraft(NamedTuple):
    """The valid part of `site.toml`, with defaults for the rest, and its problems.

    `spoiled` are the keys whose values are unknown because of that; the empty key is the whole file.
    """

    config: Config
    problems: list[Problem]
    spoiled: frozenset[KeyPath]

    def knows(self, *key: str) -> bool:
        """Whether the value of a key is that of the file."""
        return not any(one == key[: len(one)] or one[: len(key)] == key for one in self.spoiled)


def read_config(root: Path) -> Config:
    """Read and check `site.toml` in the site's folder.

    Raises:
        ConfigError: the file has errors, or is missing.
    """
    draft = draft_config(root)
    if draft.problems:
        raise ConfigError(draft.problems)
    return draft.config


def draft_config(root: Path) -> ConfigDraft:
    """Read the valid part of `site.toml`.

    Raises:
        ConfigError: it is missing.
    """
    try:
        data = parse_toml(read_regular(root / CONFIG_NAME, max_bytes=_MAX_BYTES), file=CONFIG_NAME)
    except FileNotFoundError:
        hint = (
            "go to the site's folder, pass it with --site, or create a site: newsprint init FOLDER. "
            f"Looked in {root.resolve()}."
        )
        raise ConfigError(
            [Problem(file=CONFIG_NAME, code="missing-file", message="no site.toml here", hint=hint)]
        ) from None
    except OSError as fault:
        data = explain_unreadable(fault, file=CONFIG_NAME)
    if problem := Reach(root, _list_allowed(data)).check(CONFIG_NAME):
        data = problem  # else a report could show lines of what the link leads to
    if isinstance(data, Problem):
        return ConfigDraft(salvage({}, Config, ())[0], [data], frozenset({()}))
    problems = check_texts(data, file=CONFIG_NAME)
    _read_addresses(data)
    problems = check_shape(data, Config, file=CONFIG_NAME) + problems
    config, spoiled = salvage(data, Config, problems) if problems else (msgspec.convert(data, Config), frozenset())
    found = [
        *_check_zone(config.site.time_zone, ("site", "time_zone")),
        *_check_zone(config.feeds.identity_zone, ("feeds", "identity_zone")),
        *_check_engine(config.markdown.engine),
        *_check_redirects(config.redirects),
        *_check_menu(config.menu),
    ]
    if found:
        problems = [*problems, *found]
        config, spoiled = salvage(data, Config, problems)
    return ConfigDraft(config, problems, spoiled)


def _check_menu(menu: MenuSection) -> Iterator[Problem]:
    """Report entries that lead to nothing that could exist; `link_site` knows which records do."""
    for name, items in (("header", menu.header), ("footer", menu.footer)):
        for place, item in enumerate(items or ()):
            key = ("menu", name, place)
            if item.to in get_args(MenuFamily) or _is_record(item.to):
                continue
            if not _is_address(item.to):
                families = ", ".join(get_args(MenuFamily))
                yield Problem(
                    file=CONFIG_NAME,
                    code="wrong-value",
                    key=(*key, "to"),
                    needle=item.to,
                    message=f"{show(item.to)} is nothing that a menu can lead to",
                    expected="a family, a record such as 'topic:chips', '/' and a path, or a web address",
                    hint=suggest(item.to, get_args(MenuFamily), otherwise=f"families are {families}"),
                )
            elif item.title is None:
                yield Problem(
                    file=CONFIG_NAME,
                    code="missing-key",
                    key=(*key, "title"),
                    needle=item.to,
                    message="an address has no title of its own",
                    expected='title = "…"',
                )


def _is_record(to: str) -> bool:
    kind, _, record_id = to.partition(":")
    return kind in _MENU_KINDS and record_id != ""


def _is_address(to: str) -> bool:
    """Whether a text is an address of this site, or one as `write_link` writes it."""
    if to.startswith("/"):
        return not to.startswith("//") and not CONTROL.search(to)
    try:
        return write_link(to) == to
    except AddressError:
        return False


_MENU_KINDS = frozenset({"article", "story", "topic", "source", "entity", "page"})
"""The kinds of records with pages."""


def _list_allowed(data: Any) -> list[str]:
    """The texts in `allow_links` of an unchecked `site.toml`."""
    content = data.get("content") if isinstance(data, dict) else None
    named = content.get("allow_links") if isinstance(content, dict) else None
    return [one for one in named if isinstance(one, str)] if isinstance(named, list) else []


def parse_toml(data: bytes, *, file: str) -> dict[str, Any] | Problem:
    """Parse the bytes of a TOML file; returns a problem in `file` if they are not valid."""
    try:
        text = data.decode("utf-8-sig")
        _refuse_deep_keys(text)
        return tomllib.loads(text)
    except UnicodeDecodeError as fault:
        return explain_encoding(fault, file=file)
    except tomllib.TOMLDecodeError as fault:
        return _explain_toml(str(fault), file)
    except (ValueError, RecursionError):
        message = "not valid TOML: a number is too long, or values are nested too deeply"
        return Problem(file=file, code="bad-toml", message=message)


_IN_TOML = re.compile(
    r"""\"{3}(?:[^"\\]|\\.|"(?!""))*+(?:\"{3})?|"(?:[^"\\\n]|\\.)*+"?"""
    r"""|'{3}(?:[^']|'(?!''))*+(?:'{3})?|'[^'\n]*+'?|\#[^\n]*+|[=,{}\n.]""",
    re.DOTALL,
)
"""Texts, comments, what separates keys, and the dots in keys and numbers."""

_MOST_PARTS = 100
"""Of a key; Python reads long ones in a time that grows with their square, or more."""


def _refuse_deep_keys(text: str) -> None:
    dots = 0
    for match in _IN_TOML.finditer(text) if text.count(".") > _MOST_PARTS else ():
        dots = dots + 1 if match[0] == "." else dots if len(match[0]) > 1 else 0
        if dots > _MOST_PARTS:
            raise ValueError("a key has too many parts")


_ADDRESSES = (("site", "url"), ("feeds", "hub"))


def _read_addresses(data: dict[str, Any]) -> None:
    """Normalise each address in place."""
    for table, key in _ADDRESSES:
        part = data.get(table)
        if not isinstance(part, dict) or not isinstance(part.get(key), str):
            continue
        try:
            part[key] = write_address(part[key])
        except AddressError as fault:
            part[key] = ShapeFault(part[key], str(fault))


_OTHER_CLOCKS = ("posix/", "right/", "posixrules")
"""Names beside those of the database that are not zones, such as `right`, which counts leap seconds."""


def _check_zone(zone: str, key: KeyPath) -> Iterator[Problem]:
    with suppress(ValueError, KeyError, OSError):
        if not zone.startswith(_OTHER_CLOCKS) and ZoneInfo(zone):
            return
    message = f"no time zone '{zone}'"
    expected = "a name of the IANA time zone database, such as 'Europe/Berlin' or 'UTC'"
    hint = suggest(zone, available_timezones())
    yield Problem(file=CONFIG_NAME, code="wrong-value", key=key, message=message, expected=expected, hint=hint)


def _check_redirects(redirects: dict[str, str]) -> Iterator[Problem]:
    for old in redirects:
        try:
            read_alias(old)
        except AddressError as fault:
            message = f"{show(old)} cannot be an address of this site"
            key = ("redirects", old)
            yield Problem(file=CONFIG_NAME, code="unusable-name", key=key, message=message, expected=str(fault))


def _check_engine(engine: EngineName) -> Iterator[Problem]:
    from importlib.util import find_spec

    if find_spec(ENGINE_LIBRARIES[engine]) is None:
        message = f"the engine '{engine}' needs the library '{ENGINE_LIBRARIES[engine]}', which is not installed"
        hint = "pip install 'newsprint[fast]'"
        yield Problem(file=CONFIG_NAME, code="missing-extra", key=("markdown", "engine"), message=message, hint=hint)


def _explain_toml(said: str, file: str) -> Problem:
    place = re.search(r" \(at line (\d+), column \d+\)$", said)
    hint = "put texts in quotes; see https://toml.io"
    if said.startswith(("Cannot overwrite", "Cannot declare")):
        hint = "a key or a table occurs twice: keep one of them"
    return Problem(
        file=file,
        code="bad-toml",
        line=int(place[1]) if place else None,
        message=f"not valid TOML: {said[: place.start()] if place else said}",
        hint=hint,
    )
