"""The door of this room: Site → Plan."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import PurePosixPath

from generator.config import Config
from generator.errors import KeyPath, PlanError, Problem
from generator.names import OutputPath
from generator.outputs import Output, Plan
from generator.outputs.views import Chrome, Copy, Link
from generator.plan.desk import Desk
from generator.plan.feeds import plan_feeds
from generator.plan.indexes import plan_robots, plan_sitemap
from generator.plan.listings import plan_archive, plan_entities, plan_latest, plan_sources, plan_tags, plan_topics
from generator.plan.pages import plan_articles, plan_front, plan_not_found, plan_pages
from generator.plan.profiles import plan_insights
from generator.plan.stories import plan_stories
from generator.plan.urls import Urls
from generator.records import Article, Asset, Page, Story
from generator.records.asset import assets_path
from generator.site import Site, open_edition

_ALWAYS = (plan_front, plan_articles, plan_pages, plan_not_found)
_SWITCHED = {
    "latest": plan_latest,
    "topics": plan_topics,
    "sources": plan_sources,
    "stories": plan_stories,
    "entities": plan_entities,
    "insights": plan_insights,
    "tags": plan_tags,
    "archive": plan_archive,
    "rss": plan_feeds,
}
"""Planners by their switch in `[outputs]`."""


def plan_outputs(
    site: Site,
    assets: dict[tuple[str, str], Asset],
    theme_assets: Iterable[Asset],
    config: Config,
    *,
    now: datetime,
    drafts: bool = False,
) -> Plan:
    """Plan every output of the site as it is at one moment.

    Args:
        site: Linked records; every id in them resolves.
        assets: Pictures by the record's file and the `src` it wrote.
        theme_assets: Files of the theme, all of which go into the site.
        config: Says which families are on, and where the site lives.
        now: Aware UTC time of this build. After this nothing reads a clock.
        drafts: Whether drafts count as published.

    Returns:
        Outputs sorted by path.

    Raises:
        PlanError: two outputs claim one path, or one's path is a folder of another's.
    """
    edition = open_edition(site, now=now, zone=config.zone, drafts=drafts)
    urls = Urls(edition, config)
    desk = Desk(site, edition, assets, config, urls)
    planners = [*_ALWAYS, *(planner for name, planner in _SWITCHED.items() if getattr(config.outputs, name))]
    outputs = [output for planner in planners for output in planner(desk)]
    if config.outputs.sitemap:
        outputs += plan_sitemap(desk, outputs)
    if config.outputs.robots:
        outputs += plan_robots(desk)
    outputs += _plan_copies(desk, theme_assets)
    problems = list(_check_slugs(site, urls)) or list(_check_paths(outputs))
    if problems:
        raise PlanError(problems)
    return Plan(tuple(sorted(outputs, key=lambda output: output.path)), _plan_chrome(desk))


def _plan_copies(desk: Desk, theme_assets: Iterable[Asset]) -> Iterator[Output]:
    for path, asset in desk.pictures.items():
        yield Output(path, Copy(asset=asset), asset.file)
    for asset in theme_assets:
        yield Output(assets_path(asset), Copy(asset=asset), asset.file)


def _plan_chrome(desk: Desk) -> Chrome:
    site = desk.config.site

    def links(place: str) -> tuple[Link, ...]:
        pages = (page for page in desk.edition.pages if page.navigation == place)
        return tuple(Link(text=page.title, href=desk.urls.href(desk.urls.page_path(page))) for page in pages)

    families = (
        ("latest", "Latest"),
        ("topics", "Topics"),
        ("stories", "Stories"),
        ("sources", "Sources"),
        ("entities", "Entities"),
        ("tags", "Tags"),
        ("archive", "Archive"),
        ("insights", "Insights"),
    )
    indexes = (Link(text=title, href=desk.urls.index_href(family)) for family, title in families)
    top = (topic for topic in desk.edition.topics if topic.parent is None)
    feed = desk.urls.feed_path(desk.urls.front_path()) if desk.edition.articles else None
    return Chrome(
        title=site.title,
        tagline=site.tagline,
        language=site.language,
        home=desk.urls.href(desk.urls.front_path()),
        base_path=desk.urls.site.base_path,
        topics=tuple(link for topic in top if (link := desk.topic_link(topic.id)).href),
        header=links("header"),
        footer=(*(link for link in indexes if link.href), *links("footer")),
        feed=desk.urls.href(feed) if feed else None,
        copyright=site.copyright,
    )


def _check_slugs(site: Site, urls: Urls) -> Iterator[Problem]:
    """Refuse two records on one path, be one of them a draft or still waiting for its day."""
    named: list[tuple[OutputPath, Article | Page | Story]] = [
        *((urls.article_path(article), article) for article in site.articles.values()),
        *((urls.story_path(story), story) for story in site.stories.values()),
        *((urls.page_path(page), page) for page in site.pages.values()),
    ]
    first: dict[OutputPath, Article | Page | Story] = {}
    for path, record in named:
        other = first.setdefault(path, record)
        if other is not record:
            key = ("slug",) if record.slug else ("id",)
            yield _path_taken(record.file, f"the path '{path}' is taken by {other.file}", key)


def _check_paths(outputs: list[Output]) -> Iterator[Problem]:
    owners: dict[str, list[Output]] = defaultdict(list)
    for output in outputs:
        owners[output.path].append(output)
    for path, claimed in owners.items():
        if len(claimed) > 1:
            claimed.sort(key=lambda output: output.owner.startswith("content/"))  # a record is at fault, not a family
            yield _path_taken(claimed[-1].owner, f"the path '{path}' is taken by {claimed[0].owner}")
        for folder in PurePosixPath(path).parents:
            if (other := owners.get(str(folder))) is not None:
                yield _path_taken(claimed[0].owner, f"the path '{path}' lies in '{folder}', a file of {other[0].owner}")


def _path_taken(file: str, message: str, key: KeyPath = ()) -> Problem:
    hint = "give one of them another slug or id"
    return Problem(file=file, code="path-taken", key=key, message=message, hint=hint)
