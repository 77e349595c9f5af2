"""Checks that no two records or outputs have the same path."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.aliases import read_alias
from generator.errors import KeyPath, Problem
from generator.names import STATIC_FOLDER, ContentPath
from generator.outputs import Draft
from generator.plan.context import PlanContext, PlanSupplies
from generator.plan.families import comes_with_time
from generator.records import Addressed, name_of, published_of
from generator.site import Site, has_expired


def check_claims(
    site: Site,
    context: PlanContext,
    supplies: PlanSupplies,
    planned: list[Draft],
    later: list[tuple[str, str]],
    now: datetime,
) -> list[Problem]:
    """Find the paths that two outputs claim, or that lie below a file; those of records first.

    A path belongs to the record that had it in the last build, else to the oldest.
    Drafts and scheduled records count, so that no clash appears later; expired records do not.
    `later` are the paths of the outputs that are planned last, with their owners.
    """
    claims = _claim_records(site, context, now)
    found = list(_check_records(claims, supplies))
    return found or list(_check_paths(planned, later, _Rights(site, claims, supplies)))


class Claim(NamedTuple):
    """The path that a record claims, and the key that claims it."""

    path: str
    record: Addressed
    key: KeyPath

    @property
    def file(self) -> ContentPath:
        """The record's file."""
        return self.record.file


def _age_of(path: str, record: Addressed, supplies: PlanSupplies) -> tuple[bool, datetime, str]:
    """What sorts records by their right to a path: that of the last build, then the oldest."""
    home = supplies.find_home(path)
    is_new = home is None or (home.kind, home.id) != name_of(record)
    return is_new, published_of(record), record.file


def _claim_records(site: Site, context: PlanContext, now: datetime) -> list[Claim]:
    """The paths of all records that have not expired, and then their old addresses."""
    urls = context.urls
    claims = [
        Claim(urls.record_path(record), record, ("slug",) if getattr(record, "slug", None) else ("id",))
        for record in site.addressed
        if not has_expired(record, now) and getattr(context.config.outputs, record.file.split("/")[1], True)
    ]
    if context.config.outputs.redirects:
        for record in site.addressed:
            old = {read_alias(alias): place for place, alias in enumerate(record.aliases)}
            for one, place in old.items():
                # The file at the old address, or the address itself if only the host can redirect it.
                path = one.path() or one.written
                claims.append(Claim(path, record, ("aliases", place)))
    return claims


def _check_records(claims: list[Claim], supplies: PlanSupplies) -> Iterator[Problem]:
    """Refuse two records on one path, and old addresses that are reserved for future pages."""
    for claim in claims:
        if claim.key[0] == "aliases" and comes_with_time(claim.path):
            yield _path_taken(claim.file, f"the path '{claim.path}' is reserved for future pages", claim.key)
    first: dict[str, Claim] = {}
    rivals: dict[str, list[Claim]] = {}
    for claim in claims:
        if (other := first.setdefault(claim.path, claim)) is not claim:
            rivals.setdefault(claim.path, [other]).append(claim)
    for path, claimants in rivals.items():
        claimants.sort(key=lambda one: _age_of(one.path, one.record, supplies))
        for claim in claimants[1:]:
            yield _path_taken(claim.file, f"the path '{path}' is taken by {claimants[0].file}", claim.key)
    for path, file in supplies.kept.items():
        for claim in rivals.get(path) or filter(None, (first.get(path),)):
            yield _path_taken(claim.file, f"the path '{path}' is taken by {file}", claim.key)


def _check_paths(planned: list[Draft], later: list[tuple[str, str]], rights: "_Rights") -> Iterator[Problem]:
    claims: list[tuple[str, str]] = [(draft.path, draft.owner) for draft in planned]
    claims += later
    paths = {path for path, _ in claims}
    if len(paths) == len(claims) and paths.isdisjoint(_folders_of(paths)):
        return
    owners: dict[str, list[str]] = defaultdict(list)
    for path, owner in claims:
        owners[path].append(owner)
    for path, claimed in owners.items():
        first, *others = sorted(claimed, key=lambda owner: rights.rank(path, owner))
        for other in others:
            yield rights.refuse(path, other, f"the path '{path}' is taken by {first}")
        for folder in (str(one) for one in PurePosixPath(path).parents if str(one) in owners):
            above = min(owners[folder], key=lambda owner: rights.rank(folder, owner))
            if rights.rank(path, first) < rights.rank(folder, above):
                yield rights.refuse(folder, above, f"the path '{folder}' is a folder of '{path}', a file of {first}")
            else:
                yield rights.refuse(path, first, f"the path '{path}' lies in '{folder}', a file of {above}")


class _Rights:
    """The rights of the owners of outputs: records, or what else they are made for."""

    def __init__(self, site: Site, claims: list[Claim], supplies: PlanSupplies) -> None:
        self._records: dict[str, Addressed] = {record.file: record for record in site.addressed}
        self._aliases: dict[tuple[str, str], KeyPath] = {
            (claim.path, claim.file): claim.key for claim in claims if claim.key[0] == "aliases"
        }
        self._supplies = supplies

    def rank(self, path: str, owner: str) -> tuple[bool, tuple[bool, datetime, str] | tuple[()]]:
        """What sorts owners by their right to a path; a record has less than a family of pages."""
        record = self._records.get(owner)
        return owner.startswith("content/"), _age_of(path, record, self._supplies) if record else ()

    def refuse(self, path: str, owner: str, message: str) -> Problem:
        """The Problem with an owner of a path."""
        return _path_taken(owner, message, self._aliases.get((path, owner), ()))


def _folders_of(files: Iterable[str]) -> set[str]:
    folders: set[str] = set()
    for file in files:
        folder = file.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    return folders


def _path_taken(file: str, message: str, key: KeyPath = ()) -> Problem:
    hint = "give one of them another slug or id"
    if file.startswith(f"{STATIC_FOLDER}/"):
        hint = "rename or remove the file, or switch off in [outputs] what has its path"
    if key[:1] == ("aliases",):
        hint = "an alias cannot be an address that is in use: remove the alias"
    return Problem(file=file, code="path-taken", key=key, message=message, hint=hint)
