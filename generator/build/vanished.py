"""Addresses that disappear from a site → problems that explain how to keep them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

import msgspec

from generator.build.opened import PlannedSite
from generator.build.place import find_published
from generator.config import CONFIG_NAME, Config
from generator.errors import KeyPath, Problem
from generator.names import OutputPath, output_path, page_path
from generator.outputs import Home, Plan
from generator.publish import AddressBook, find_renamed, read_manifest
from generator.records import Addressed, name_of
from generator.site import Site, has_expired

_MOST = 3
"""The number of records that are reported one by one; `newsprint list vanished` has all of them."""

_PLAIN = re.compile(r"/[\w/.~-]*")
_FEED = re.compile(r"(.*/)?(feed\.(xml|json)|atom\.xml)")


class VanishedAddress(NamedTuple):
    """The vanished addresses of a record or of a family of pages.

    `paths` are sorted, pages before feeds; `why` is what happened to the record, `hint` has the line that keeps them.
    """

    paths: tuple[OutputPath, ...]
    file: str
    key: KeyPath
    why: str
    hint: str

    @property
    def problem(self) -> Problem:
        """The warning about them."""
        first, *others = map(show_address, self.paths)
        more = f" (with {len(others):,} more, such as '{others[0]}')" if others else ""
        message = f"'{first}' no longer exists{more}: {self.why}"
        return _warn(self.file, self.key, message, self.hint)


class Losses(NamedTuple):
    """What readers lose by a build: warnings of feed items that appear as new, and of addresses that vanish.

    `before` and `after` are the books of addresses; `are_aside` is whether the build is a preview or a check.
    """

    renamed: list[Problem]
    vanished: list[Problem]
    before: AddressBook
    after: AddressBook
    are_aside: bool


def find_losses(known: PlannedSite) -> Losses:
    """Compare a plan with what readers have, which for a preview or a check is the published site."""
    plan, config = known.prepared.plan, known.config
    aside = find_published(known.place, known.root)
    readers_have = read_manifest(aside) if aside else known.before
    before = known.book
    after = msgspec.structs.replace(
        turn_addresses(before, plan, config), files=known.loaded.list_files(), guids=_turn_guids(known)
    )
    # What vanished before and has no redirect yet is reported in previews and checks only.
    lost = {path: home for path, home in after.gone.items() if aside or path not in before.gone}
    site, now = known.prepared.site, known.request.now
    vanished = sum_up_vanished(explain_vanished(lost, site, plan, now, before.there.values())) if lost else []
    return Losses(
        list(find_renamed(readers_have, plan.identities, config)), vanished, before, after, are_aside=aside is not None
    )


def _turn_guids(known: PlannedSite) -> dict[str, str]:
    """The files of articles by their guids; those that are left out keep what they had."""
    left_out = known.prepared.left_out
    kept = {guid: file for guid, file in known.book.guids.items() if file in left_out}
    return kept | {one.guid: one.file for one in known.prepared.site.articles.values() if one.guid}


def turn_addresses(book: AddressBook, plan: Plan, config: Config) -> AddressBook:
    """The book of addresses after a build of a plan."""
    gone_for_good = [_show_pattern(old) for old, new in config.redirects.items() if not new]

    def is_answered(path: OutputPath) -> bool:
        shown = page_path(path)
        return config.url.href(path) in plan.led or any(pattern.fullmatch(shown) for pattern in gone_for_good)

    return book.turn(plan.addresses(), is_answered)


def explain_vanished(
    gone: Mapping[OutputPath, Home], site: Site, plan: Plan, now: datetime, known: Iterable[Home] = ()
) -> list[VanishedAddress]:
    """Explain for vanished addresses what happened to their records, and which line keeps them.

    Args:
        gone: The vanished addresses and their owners.
        site: The records.
        plan: The present outputs.
        now: Aware UTC time.
        known: The owners of addresses in the last build; other records are new, and may be renamed ones.

    Returns:
        Sorted by the first address of each.
    """
    return _Explainer(site, plan, now, known).explain(gone)


def sum_up_vanished(vanished: Iterable[VanishedAddress]) -> list[Problem]:
    """The first few warnings of each folder of records; all others are one warning."""
    by_kind: dict[str, list[VanishedAddress]] = defaultdict(list)
    for one in vanished:
        by_kind[one.file.rpartition("/")[0]].append(one)
    problems = []
    for found in by_kind.values():
        problems += [one.problem for one in found[:_MOST]]
        if rest := found[_MOST:]:
            count = sum(len(one.paths) for one in rest)
            message = f"{count:,} more addresses no longer exist, such as '{show_address(rest[0].paths[0])}'"
            problems.append(_warn(rest[0].file, (), message, "'newsprint list vanished' names each, with its line"))
    return problems


class _Explainer:
    def __init__(self, site: Site, plan: Plan, now: datetime, known: Iterable[Home]) -> None:
        self._records: dict[tuple[str, str], Addressed] = {name_of(one): one for one in site.addressed}
        self._there = plan.addresses()
        self._now = now
        self._pages = {
            (home.kind, home.id): path
            for path, home in self._there.items()
            if home.kind and path.endswith("/index.html") and not home.is_below
        }
        before = {(home.kind, home.id) for home in known}
        self._new = {
            (home.kind, home.mark): self._records[home.kind, home.id]
            for home in self._there.values()
            if home.mark and (home.kind, home.id) not in before and (home.kind, home.id) in self._records
        }

    def explain(self, gone: Mapping[OutputPath, Home]) -> list[VanishedAddress]:
        grouped: dict[tuple[str, str], list[OutputPath]] = defaultdict(list)
        for path, home in gone.items():
            grouped[self._group_of(path, home)].append(path)
        found = [self._explain(sorted(paths, key=_pages_first), gone) for paths in grouped.values()]
        return sorted(found, key=lambda one: (_pages_first(one.paths[0]), one.file))

    def _group_of(self, path: OutputPath, home: Home) -> tuple[str, str]:
        """The group of an address: its record, or its family if no record can keep it."""
        if (home.kind, home.id) in self._records or (home.kind, home.mark) in self._new:
            return home.kind, home.id
        return "", path.partition("/")[0]

    def _explain(self, paths: list[OutputPath], gone: Mapping[OutputPath, Home]) -> VanishedAddress:
        home = gone[paths[0]]
        record = self._records.get((home.kind, home.id))
        successor = record or self._new.get((home.kind, home.mark))
        page = self._pages.get(name_of(successor)) if successor else None
        name = f"{home.kind} '{home.id}'"
        if successor is None:
            family = paths[0].partition("/")[0]
            why = f"{name} no longer exists" if home.kind and len(paths) == 1 else "it has nothing to show any more"
            place: KeyPath = ("redirects",) if home.kind else ("outputs", family)
            return VanishedAddress(tuple(paths), CONFIG_NAME, place, why, self._line(paths))
        if page is None:
            key, why = self._why_hidden(successor)
            return VanishedAddress(tuple(paths), successor.file, key, f"{name} {why}", self._line(paths))
        moved = [path for path in paths if not path.startswith(page.removesuffix("index.html"))]
        if not moved:
            return VanishedAddress(
                tuple(paths), CONFIG_NAME, ("outputs",), f"{name} has fewer feeds", self._line(paths)
            )
        pages = [path for path in moved if not _FEED.fullmatch(path)]
        aliases = [*successor.aliases, *map(show_address, [path for path in pages if "/changes/" not in path] or moved)]
        hint = f"keep it with this line in the front matter: aliases: [{', '.join(map(_quote, aliases))}]"
        now_known = f"{name} is now '{successor.id}', at" if record is None else f"{name} is now at"
        return VanishedAddress(
            tuple(paths), successor.file, _key_of(successor), f"{now_known} '{show_address(page)}'", hint
        )

    def _why_hidden(self, record: Addressed) -> tuple[KeyPath, str]:
        if record.draft:
            return ("draft",), "is a draft"
        if has_expired(record, self._now):
            return ("expires",), "has expired"
        if record.published is not None and record.published > self._now:
            return ("published",), "is scheduled"
        return (), "has no page: its family is switched off"

    def _line(self, paths: list[OutputPath]) -> str:
        """The hint to redirect addresses to the nearest existing page above."""
        old = paths[0]
        parts = old.split("/")[:-1]
        above = [(*parts[:end], "index.html") for end in range(len(parts), -1, -1)]
        if parts[:1] == ["news"] and len(parts) > 1:
            above.insert(0, ("topics", parts[1], "index.html"))
        paths_above = (output_path(*one, any_case=True) for one in above)
        target = next(path for path in paths_above if path in self._there or path == "index.html")
        lines = f'"{show_address(old)}" = "{show_address(target)}"'
        all_of = f', or for all of them "/{parts[0]}/*" = ""' if len(paths) > 1 and parts else ""
        return f'redirect it in [redirects] of site.toml: {lines} (or = "", if it is gone for good{all_of})'


def _key_of(record: Addressed) -> KeyPath:
    if record.aliases:
        return ("aliases",)
    return ("slug",) if getattr(record, "slug", None) else ("topic",) if hasattr(record, "topic") else ("title",)


def _pages_first(path: OutputPath) -> tuple[bool, str]:
    return _FEED.fullmatch(path) is not None, path


def show_address(path: OutputPath) -> str:
    """An address for people, which is not percent-encoded."""
    return "/" + (path.removesuffix("index.html") if path.endswith("index.html") else path)


def _show_pattern(old: str) -> re.Pattern[str]:
    """The addresses that match a line of `[redirects]` without a target: one, or with `*` all that begin like it."""
    stem = old.removesuffix("*")
    rest = ".*" if stem != old else "/?"
    return re.compile(re.escape(stem if stem != old else stem.rstrip("/")) + rest)


def _quote(alias: str) -> str:
    return alias if _PLAIN.fullmatch(alias) else msgspec.json.encode(alias).decode()


def _warn(file: str, key: KeyPath, message: str, hint: str) -> Problem:
    return Problem(file=file, code="vanished-address", key=key, message=message, hint=hint)
