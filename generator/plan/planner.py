"""The door of this room: Site → Plan."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache, partial
from itertools import chain
from typing import NamedTuple, TypeAlias

from generator.config import Config
from generator.errors import PlanError
from generator.names import OutputPath, RecordId
from generator.outputs import Draft, OutputMetadata, Plan, SlotDecision, distinct_slots
from generator.outputs.files import Copy, NewsSitemap, SitemapUrl
from generator.outputs.pages import SponsorsPage
from generator.plan.chrome import make_chrome
from generator.plan.claims import check_claims
from generator.plan.context import PlanContext, PlanMaterial, PlanSupplies, open_context
from generator.plan.documents import plan_api
from generator.plan.families import FAMILIES
from generator.plan.feeds.feeds import plan_feeds
from generator.plan.files import alternates, hosting, llms_txt, sitemaps, social
from generator.plan.keys import ready_draft
from generator.plan.pages import (
    article,
    changes,
    front,
    index,
    insights,
    listing,
    redirects,
    sponsors,
    story,
    text,
    week,
)
from generator.plan.pages import feeds as feed_lists
from generator.plan.parts import renditions_of
from generator.plan.remembered import find_homes, list_identities
from generator.plan.techniques import check_techniques
from generator.records.asset import Asset, assets_path, static_path
from generator.site import Run, Site, count_runs, open_snapshot

Planner: TypeAlias = Callable[[PlanContext, PlanMaterial], Iterator[Draft]]

_ALWAYS: tuple[Planner, ...] = (
    front.plan_front,
    article.plan_articles,
    text.plan_pages,
    text.plan_not_found,
    listing.plan_listings,
    week.plan_weeks,
    index.plan_indexes,
    plan_feeds,
)
_SWITCHED: dict[str, tuple[Planner, ...]] = {
    "stories": (story.plan_stories, story.plan_story_index),
    "changes": (changes.plan_changes,),
    "insights": (insights.plan_insights,),
    "corrections": (changes.plan_corrections,),
    "feeds": (feed_lists.plan_feed_directory,),
    "opml": (feed_lists.plan_opml,),
    "llms": (llms_txt.plan_llms_txt,),
    "markdown": (alternates.plan_alternates,),
    "api": (plan_api,),
}
"""Planners by their switch in `[outputs]`; those of listings look at the switches of their families themselves."""


def plan_outputs(
    site: Site, supplies: PlanSupplies, config: Config, *, now: datetime, drafts: bool = False, future: bool = False
) -> Plan:
    """Plan every output of the site as it is at one moment.

    Args:
        site: Linked records; every id in them resolves.
        supplies: What the plan is made of besides the records: words, pictures, and what the theme has.
        config: Which families are on, and the address of the site.
        now: Aware UTC time of this build. After this nothing reads a clock.
        drafts: Whether drafts count as published.
        future: Whether articles and stories that wait for their time count as published.

    Returns:
        Outputs sorted by path.

    Raises:
        PlanError: two outputs claim one path, or one's path is a folder of another's.
    """
    rotate, outputs = config.sponsors.rotate, config.outputs
    snapshot = open_snapshot(site, now=now, zone=config.zone, rotate=rotate, drafts=drafts, future=future)
    context, material = open_context(site, snapshot, config, supplies)
    planned = [draft for planner in _planners(config) for draft in planner(context, material)]
    has_follows = any(context.urls.has_feeds(FAMILIES[family]) for family in ("topics", "sources"))
    has_for_you = supplies.has_script and outputs.for_you and context.urls.has_articles and outputs.rss and has_follows
    news = sitemaps.news_sitemap(context, snapshot) if outputs.news_sitemap else None
    planned += _plan_single(context, material, news, has_for_you=has_for_you)
    moves = redirects.plan_redirects(context, snapshot, planned) if outputs.redirects else redirects.Moves()
    planned += moves.drafts
    if outputs.headers:
        planned.append(hosting.plan_headers(context, [draft.path for draft in planned]))
    last = _LastOutputs(
        context,
        material,
        news,
        [
            *(_plan_copy(assets_path(one), one) for one in supplies.theme_assets),
            *(_plan_copy(static_path(one), one) for one in supplies.static),
        ],
        _plan_renditions(context),
        lru_cache(maxsize=1)(partial(count_runs, snapshot.rota, now=now)),
    )
    if problems := check_claims(site, context, supplies, planned, list(last.claims(len(planned))), now):
        raise PlanError(problems)
    ordered = tuple(sorted(planned, key=lambda draft: draft.path))
    kinds = {draft.kind for draft in planned} | ({SponsorsPage} if last.has_campaigns else set())
    return Plan(
        drafts=ordered,
        templates=frozenset(kind.template for kind in kinds if kind.template),
        complete=last.plan,
        chrome=make_chrome(context, snapshot, has_for_you=has_for_you),
        runs=last.count_runs,
        until=snapshot.until,
        standing=context.standing.digests,
        identities=list_identities(context, material),
        warnings=(
            *moves.warnings,
            *(social.check_cards(context, snapshot) if config.images.cards else ()),
            *check_techniques(context, snapshot),
        ),
        addresses=partial(find_homes, context, snapshot, ordered, moves.unfiled),
        led=moves.led,
    )


def _planners(config: Config) -> Iterator[Planner]:
    yield from _ALWAYS
    for switch, planners in _SWITCHED.items():
        if getattr(config.outputs, switch):
            yield from planners
    if config.images.cards:
        yield social.plan_social_cards


def _plan_single(
    context: PlanContext, material: PlanMaterial, news: NewsSitemap | None, *, has_for_you: bool
) -> Iterator[Draft]:
    if has_for_you:
        yield text.plan_for_you(context, material)
    if news:
        yield ready_draft(sitemaps.NEWS_SITEMAP, "the news sitemap", news)
    if context.config.outputs.robots:
        yield sitemaps.plan_robots(context, news)


def _plan_copy(path: OutputPath, asset: Asset) -> Draft:
    return Draft(path, Copy, asset.file, partial(Copy, asset=asset))


def _plan_renditions(context: PlanContext) -> dict[str, list[Draft]]:
    """The drafts of the renditions of each picture that a record names, by the URL of its plain rendition."""
    planned: dict[str, list[Draft]] = {}
    for asset in {(asset.name, asset.digest): asset for asset in context.pictures.values()}.values():
        own, webp = renditions = renditions_of(context, asset)
        planned[context.urls.absolute(renditions.plain.path)] = [
            ready_draft(path, asset.file, view) for path, view in (*own, *webp)
        ]
    return planned


class _LastOutputs(NamedTuple):
    """The outputs that are made from the metadata of all others, and the files that pages show."""

    context: PlanContext
    material: PlanMaterial
    news: NewsSitemap | None
    copies: list[Draft]
    renditions: dict[str, list[Draft]]
    count_runs: Callable[[tuple[SlotDecision, ...]], Mapping[RecordId, Run]]

    @property
    def has_campaigns(self) -> bool:
        """Whether there is a page of campaigns."""
        return self.context.urls.index_href("sponsors") is not None

    def claims(self, pages: int) -> Iterator[tuple[str, str]]:
        """The paths that they may need beside so many other outputs, with their owners."""
        if self.context.config.outputs.sitemap:
            yield from ((path, "the sitemap") for path in sitemaps.sitemap_paths(self.material.snapshot, pages))
        if self.has_campaigns:
            yield from ((path, "the sponsors page") for path in sponsors.campaign_paths(self.context))
        yield from ((draft.path, draft.owner) for draft in chain(self.copies, *self.renditions.values()))

    def plan(self, metadata: Mapping[OutputPath, OutputMetadata]) -> Iterator[Draft]:
        """Plan them, by the metadata of all other outputs."""
        listed = {path: one.listed for path, one in metadata.items() if one.listed}
        if self.has_campaigns:
            page, _ = sponsors.campaign_paths(self.context)
            listed[page] = SitemapUrl(url=self.context.urls.absolute(page))
            slots = distinct_slots(metadata.values())
            yield from sponsors.plan_campaigns(self.context, self.material.snapshot, slots, self.count_runs(slots))
        if self.context.config.outputs.sitemap:
            yield from sitemaps.plan_sitemap(self.context, self.material.snapshot, listed, self.news)
        shown = {url for one in metadata.values() for url in one.pictures}
        yield from self.copies
        yield from (draft for url, drafts in self.renditions.items() if url in shown for draft in drafts)
