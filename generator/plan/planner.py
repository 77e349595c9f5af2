"""The door of this room: Site → Plan."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache, partial
from itertools import chain
from pathlib import PurePosixPath
from typing import NamedTuple

from generator.aliases import OldAddress, read_alias
from generator.config import Config
from generator.errors import KeyPath, PlanError, Problem
from generator.names import ContentPath, OutputPath
from generator.outputs import Draft, OutputMetadata, Plan, distinct_slots, template_of
from generator.outputs.views import Chrome, Copy, Link, SponsorsPage
from generator.plan.alternates import plan_alternates
from generator.plan.api import plan_api
from generator.plan.campaigns import ledger_paths, list_ledger, plan_ledger
from generator.plan.changes import plan_changes, plan_corrections
from generator.plan.desk import NO_LENGTHS, Desk
from generator.plan.feeds import plan_feed_directory, plan_feeds, plan_opml
from generator.plan.homes import find_homes
from generator.plan.hosting import plan_headers
from generator.plan.identities import list_identities
from generator.plan.indexes import news_sitemap, plan_news_sitemap, plan_robots, plan_sitemap, sitemap_paths
from generator.plan.listings import plan_archive, plan_entities, plan_latest, plan_sources, plan_tags, plan_topics
from generator.plan.llms_txt import plan_llms_txt
from generator.plan.pages import plan_articles, plan_for_you, plan_front, plan_not_found, plan_pages
from generator.plan.profiles import plan_insights
from generator.plan.redirects import Moves, plan_redirects
from generator.plan.social import check_cards, plan_social_cards
from generator.plan.stories import plan_stories
from generator.plan.urls import Directory, comes_with_time
from generator.records import Asset
from generator.records.asset import assets_path
from generator.site import Site, Snapshot, count_runs, has_expired, open_snapshot
from generator.strings import Strings

_ALWAYS = (plan_front, plan_articles, plan_pages, plan_not_found, plan_feeds)
_SWITCHED = {
    "latest": plan_latest,
    "topics": plan_topics,
    "sources": plan_sources,
    "stories": plan_stories,
    "changes": plan_changes,
    "entities": plan_entities,
    "insights": plan_insights,
    "corrections": plan_corrections,
    "tags": plan_tags,
    "archive": plan_archive,
    "feeds": plan_feed_directory,
    "opml": plan_opml,
    "llms": plan_llms_txt,
    "markdown": plan_alternates,
    "api": plan_api,
}
"""Planners by their switch in `[outputs]`."""


def plan_outputs(  # noqa: PLR0913 - all that a plan is made from
    site: Site,
    assets: dict[tuple[str, str], Asset],
    theme_assets: Iterable[Asset],
    config: Config,
    strings: Strings,
    *,
    now: datetime,
    drafts: bool = False,
    future: bool = False,
    has_script: bool = False,
    lengths: Mapping[OutputPath, int] = NO_LENGTHS,
    logo: str | None = None,
    card_characters: frozenset[str] | None = None,
) -> Plan:
    """Plan every output of the site as it is at one moment.

    Args:
        site: Linked records; every id in them resolves.
        assets: Pictures by the record's file and the `src` it wrote, and the font of the cards by `site.toml`'s.
        theme_assets: Files of the theme, all of which go into the site.
        config: Says which families are on, and where the site lives.
        strings: The words of the site's language, for what the plan itself says.
        now: Aware UTC time of this build. After this nothing reads a clock.
        drafts: Whether drafts count as published.
        future: Whether articles and stories that wait for their time count as published.
        has_script: Whether the theme has the script that `/for-you/` needs.
        lengths: Bytes of the renditions that feeds name.
        logo: The `href` of the site's logo, where the theme shows one.
        card_characters: What the site's font of social cards can write; None where it has none.

    Returns:
        Outputs sorted by path.

    Raises:
        PlanError: two outputs claim one path, or one's path is a folder of another's.
    """
    rotate = config.sponsors.rotate
    snapshot = open_snapshot(site, now=now, zone=config.zone, rotate=rotate, drafts=drafts, future=future)
    desk = Desk(site, snapshot, assets, config, strings, lengths, logo, card_characters)
    directory = Directory(snapshot, desk.urls)
    planners = [*_ALWAYS, *(planner for name, planner in _SWITCHED.items() if getattr(config.outputs, name))]
    if config.images.cards:
        planners.append(plan_social_cards)
    planned = [draft for planner in planners for draft in planner(desk, snapshot, directory)]
    has_for_you = has_script and config.outputs.for_you and _has_follows(desk)
    if has_for_you:
        planned.append(plan_for_you(desk))
    news = news_sitemap(desk, snapshot) if config.outputs.news_sitemap else None
    if news:
        planned.append(plan_news_sitemap(desk, news))
    if config.outputs.robots:
        planned.append(plan_robots(desk, news))
    moves = plan_redirects(desk, snapshot, planned) if config.outputs.redirects else Moves()
    planned += moves.drafts
    if config.outputs.headers:
        planned.append(plan_headers(desk, [draft.path for draft in planned]))
    has_ledger = desk.urls.index_href("sponsors") is not None
    copies, renditions = _plan_copies(desk, theme_assets), _plan_renditions(desk)
    claims = _claim_records(site, desk, now)
    problems = list(_check_records(claims)) or list(
        _check_paths(desk, planned, [*copies, *chain.from_iterable(renditions.values())], claims)
    )
    if problems:
        raise PlanError(problems)

    count = lru_cache(maxsize=1)(partial(count_runs, snapshot.rota, now=now))

    def complete(facts: Mapping[OutputPath, OutputMetadata]) -> Iterator[Draft]:
        listed = [one.listed for one in facts.values() if one.listed]
        if has_ledger:
            listed.append(list_ledger(desk))
            slots = distinct_slots(facts.values())
            yield from plan_ledger(desk, snapshot, slots, count(slots))
        if config.outputs.sitemap:
            yield from plan_sitemap(desk, listed, news)
        shown = {href for one in facts.values() for href in one.pictures}
        yield from copies
        yield from (draft for href, drafts in renditions.items() if href in shown for draft in drafts)

    chrome = _plan_chrome(desk, snapshot, has_for_you=has_for_you)
    kinds = {draft.kind for draft in planned} | ({SponsorsPage} if has_ledger else set())
    templates = frozenset(template for kind in kinds if (template := template_of(kind)))
    ordered = tuple(sorted(planned, key=lambda draft: draft.path))
    warnings = (*moves.warnings, *(check_cards(desk, snapshot) if config.images.cards else ()))
    return Plan(
        drafts=ordered,
        templates=templates,
        complete=complete,
        chrome=chrome,
        runs=count,
        until=snapshot.until,
        identities=list_identities(desk, snapshot),
        warnings=warnings,
        addresses=partial(find_homes, desk, snapshot, ordered, moves.unfiled),
        led=moves.led,
    )


def _has_follows(desk: Desk) -> bool:
    """Whether there are feeds of topics or sources, which readers can follow."""
    outputs = desk.config.outputs
    is_fed = (outputs.topics and outputs.topic_feeds) or (outputs.sources and outputs.source_feeds)
    return desk.urls.has_articles and outputs.rss and is_fed


def _plan_copies(desk: Desk, theme_assets: Iterable[Asset]) -> list[Draft]:
    return [desk.draft(assets_path(asset), Copy, asset.file, partial(Copy, asset=asset)) for asset in theme_assets]


def _plan_renditions(desk: Desk) -> dict[str, list[Draft]]:
    """The drafts of all renditions of each picture that a record names, by the `href` that stands for the picture."""
    planned: dict[str, list[Draft]] = {}
    for asset in {(asset.name, asset.digest): asset for asset in desk.pictures.values()}.values():
        own, webp = renditions = desk.renditions(asset)
        planned[desk.urls.href(renditions.plain.path)] = [
            desk.ready_draft(path, asset.file, view) for path, view in (*own, *webp)
        ]
    return planned


def _plan_chrome(desk: Desk, snapshot: Snapshot, *, has_for_you: bool) -> Chrome:
    site = desk.config.site

    def links(place: str) -> tuple[Link, ...]:
        return tuple(desk.page_link(page) for page in snapshot.pages if page.navigation == place)

    families = (
        "latest",
        "topics",
        "stories",
        "sources",
        "entities",
        "tags",
        "archive",
        "insights",
        "corrections",
        "sponsors",
        "feeds",
    )
    indexes = (Link(text=desk.say(family), href=desk.urls.index_href(family)) for family in families)
    top = (topic for topic in desk.ordered_topics if topic.parent is None)
    feed = desk.urls.feed_path(desk.urls.front_path(), "rss")
    return Chrome(
        title=site.title,
        tagline=site.tagline,
        language=site.language,
        direction=desk.strings.direction,
        home=desk.urls.href(desk.urls.front_path()),
        base_path=desk.urls.site.base_path,
        topics=tuple(link for topic in top if (link := desk.topic_link(topic.id)).href),
        header=links("header"),
        footer=(*(link for link in indexes if link.href), *links("footer")),
        feed=desk.urls.href(feed) if snapshot.articles and desk.config.outputs.rss else None,
        for_you=desk.urls.href(desk.urls.for_you_path()) if has_for_you else None,
        copyright=site.copyright,
    )


class Claim(NamedTuple):
    """That a record takes a path, and the key that says so."""

    path: str
    file: ContentPath
    key: KeyPath


def _claim_records(site: Site, desk: Desk, now: datetime) -> list[Claim]:
    """The paths of all records, be they drafts or still waiting for their day, and then of their old addresses.

    What has expired never comes back, so that another record may take its address.
    """
    urls = desk.urls
    claims = [
        Claim(urls.record_path(record), record.file, ("slug",) if getattr(record, "slug", None) else ("id",))
        for record in site.addressed
        if not has_expired(record, now) and getattr(desk.config.outputs, record.file.split("/")[1], True)
    ]
    if desk.config.outputs.redirects:
        for record in site.addressed:
            old = {read_alias(alias): place for place, alias in enumerate(record.aliases)}
            claims += (Claim(_claimed(one), record.file, ("aliases", place)) for one, place in old.items())
    return claims


def _claimed(old: OldAddress) -> str:
    """What an old address takes: its file, or what only a host can tell."""
    return old.path() or "?".join(filter(None, (old.spellings()[0], "&".join(old.conditions))))


def _check_records(claims: list[Claim]) -> Iterator[Problem]:
    """Refuse two records on one path, and old addresses where pages come with time: no clash waits for a day."""
    for claim in claims:
        if claim.key[0] == "aliases" and comes_with_time(claim.path):
            yield _path_taken(claim.file, f"the path '{claim.path}' is kept for pages that come with time", claim.key)
    first: dict[str, Claim] = {}
    for claim in claims:
        other = first.setdefault(claim.path, claim)
        if other is not claim:
            yield _path_taken(claim.file, f"the path '{claim.path}' is taken by {other.file}", claim.key)


def _check_paths(desk: Desk, planned: list[Draft], files: list[Draft], records: list[Claim]) -> Iterator[Problem]:
    claims: list[tuple[str, str]] = [(draft.path, draft.owner) for draft in planned]
    if desk.config.outputs.sitemap:
        claims += [(path, "the sitemap") for path in sitemap_paths(len(planned))]
    if desk.urls.index_href("sponsors"):
        claims += [(path, "the ledger of campaigns") for path in ledger_paths(desk)]
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
        hint = "an old address cannot be one that is in use: take the alias out"
    return Problem(file=file, code="path-taken", key=key, message=message, hint=hint)
