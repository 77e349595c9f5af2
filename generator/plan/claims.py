"""Checks that no two records or outputs have the same path."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.aliases import read_alias
from generator.errors import KeyPath, Problem
from generator.names import ContentPath, OutputPath
from generator.outputs import Draft
from generator.plan.context import PlanContext
from generator.plan.families import comes_with_time
from generator.plan.files.sitemaps import sitemap_paths
from generator.plan.pages.sponsors import campaign_paths
from generator.site import Site, has_expired


def check_claims(
    site: Site, context: PlanContext, planned: list[Draft], files: list[Draft], now: datetime
) -> list[Problem]:
    """Find the paths that two outputs claim, or that lie below a file; those of records first.

    Drafts and scheduled records count, so that no clash appears later; expired records do not.
    `files` are the outputs of pictures and of the theme.
    """
    claims = _claim_records(site, context, now)
    return list(_check_records(claims)) or list(_check_paths(context, planned, files, claims))


class Claim(NamedTuple):
    """The path that a record claims, and the key that claims it."""

    path: str
    file: ContentPath
    key: KeyPath


def _claim_records(site: Site, context: PlanContext, now: datetime) -> list[Claim]:
    """The paths of all records that have not expired, and then their old addresses."""
    urls = context.urls
    claims = [
        Claim(urls.record_path(record), record.file, ("slug",) if getattr(record, "slug", None) else ("id",))
        for record in site.addressed
        if not has_expired(record, now) and getattr(context.config.outputs, record.file.split("/")[1], True)
    ]
    if context.config.outputs.redirects:
        for record in site.addressed:
            old = {read_alias(alias): place for place, alias in enumerate(record.aliases)}
            for one, place in old.items():
                # The file at the old address, or the address itself if only the host can redirect it.
                path = one.path() or "?".join(filter(None, (one.spellings()[0], "&".join(one.conditions))))
                claims.append(Claim(path, record.file, ("aliases", place)))
    return claims


def _check_records(claims: list[Claim]) -> Iterator[Problem]:
    """Refuse two records on one path, and old addresses that are reserved for future pages."""
    for claim in claims:
        if claim.key[0] == "aliases" and comes_with_time(claim.path):
            yield _path_taken(claim.file, f"the path '{claim.path}' is reserved for future pages", claim.key)
    first: dict[str, Claim] = {}
    for claim in claims:
        other = first.setdefault(claim.path, claim)
        if other is not claim:
            yield _path_taken(claim.file, f"the path '{claim.path}' is taken by {other.file}", claim.key)


def _check_paths(
    context: PlanContext, planned: list[Draft], files: list[Draft], records: list[Claim]
) -> Iterator[Problem]:
    claims: list[tuple[str, str]] = [(draft.path, draft.owner) for draft in planned]
    if context.config.outputs.sitemap:
        claims += [(path, "the sitemap") for path in sitemap_paths(len(planned))]
    if context.urls.index_href("sponsors"):
        claims += [(path, "the sponsors page") for path in campaign_paths(context)]
    claims += [(draft.path, draft.owner) for draft in files]
    paths = {path for path, _ in claims}
    if len(paths) == len(claims) and paths.isdisjoint(_folders_of(paths)):
        return
    aliases = {claim.path: claim.key for claim in records if claim.key[0] == "aliases"}
    owners: dict[str, list[str]] = defaultdict(list)
    for path, owner in claims:
        owners[path].append(owner)
    for path, claimed in owners.items():
        key = aliases.get(OutputPath(path), ())
        if len(claimed) > 1:
            claimed.sort(key=lambda owner: owner.startswith("content/"))  # a record is at fault, not a family
            yield _path_taken(claimed[-1], f"the path '{path}' is taken by {claimed[0]}", key)
        for folder in PurePosixPath(path).parents:
            if (other := owners.get(str(folder))) is not None:
                yield _path_taken(claimed[0], f"the path '{path}' lies in '{folder}', a file of {other[0]}", key)


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
    if key[:1] == ("aliases",):
        hint = "an alias cannot be an address that is in use: remove the alias"
    return Problem(file=file, code="path-taken", key=key, message=message, hint=hint)
