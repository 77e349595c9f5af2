"""Records, sites and contexts made in memory, for tests of the rooms that never see a file."""

import functools
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from generator.config import Config
from generator.digest import digest_bytes
from generator.names import ContentPath, Kind, RecordId
from generator.outputs import Draft
from generator.outputs.view import View
from generator.plan.context import PlanContext, PlanMaterial, PlanSupplies, open_context
from generator.plan.pages.index import plan_indexes
from generator.plan.pages.listing import plan_listings
from generator.reach import Reach
from generator.records import Article, Asset, Body, Entity, Page, Record, Records, Source, Sponsor, Story, Topic
from generator.site import Site, Snapshot, link_site, open_snapshot
from generator.strings import Strings
from generator.theme import Theme, theme
from generator.theme.chain import Layer, ThemeFile, add_ground
from generator.theme.tables import merge_tables
from sitebench import NOW

FOLDER_BY_TYPE: dict[type[Record], tuple[Kind, str]] = {
    Article: ("article", "articles"),
    Story: ("story", "stories"),
    Topic: ("topic", "topics"),
    Source: ("source", "sources"),
    Entity: ("entity", "entities"),
    Sponsor: ("sponsor", "sponsors"),
    Page: ("page", "pages"),
}

_DEFAULTS: dict[type[Record], dict[str, Any]] = {
    Article: {"source": "wire", "source_url": "https://wire.example/1", "topic": "chips"},
    Story: {"topic": "chips", "published": NOW - timedelta(days=1)},
    Topic: {},
    Source: {},
    Entity: {"type": "company"},
    Sponsor: {"sponsor": "Lantern", "homepage": "https://lantern.example/", "headline": "Slow light"},
    Page: {},
}


def day(number: int, *, hour: int = 8) -> datetime:
    """A time of May 2026; days count on into June and back into April."""
    return datetime(2026, 5, 1, hour, tzinfo=UTC) + timedelta(days=number - 1)


def make_body(text: str = "", **facts: Any) -> Body:
    """The facts of a body that is one paragraph."""
    return Body(**{"digest": digest_bytes(text.encode()), "words": len(text.split()), "lead": text, **facts})


def make_record(kind: type[Record], record_id: str, **fields: Any) -> Any:
    """A record with all that its kind requires."""
    common = {
        "id": RecordId(record_id),
        "file": ContentPath(f"content/{FOLDER_BY_TYPE[kind][1]}/{record_id}.md"),
        "body": make_body(),
    }
    if kind is not Sponsor:
        common["title"] = record_id.replace("-", " ").capitalize()
    said = {**common, **_DEFAULTS[kind], **fields}
    return kind(**{"digest": digest_bytes(repr(said).encode()), **said})


def make_article(record_id: str, published: datetime = NOW, **fields: Any) -> Article:
    article: Article = make_record(Article, record_id, published=published, **fields)
    return article


def make_articles(count: int, **fields: Any) -> list[Article]:
    """Articles a1, a2 … an hour apart, the oldest first, all of them before `NOW`."""
    return [make_article(f"a{number}", day(1) + timedelta(hours=number), **fields) for number in range(1, count + 1)]


def make_campaign(record_id: str, **fields: Any) -> Sponsor:
    campaign: Sponsor = make_record(Sponsor, record_id, **fields)
    return campaign


def make_config(**tables: Any) -> Config:
    site = {"title": "Bench News", "description": "News for tests.", "url": "https://bench.example"}
    return msgspec.convert({**tables, "site": site | tables.get("site", {})}, Config)


def make_records(*records: Record) -> Records:
    """Some records, with the topics and the source that articles have unless they say otherwise."""
    by_kind: dict[Kind, dict[RecordId, Any]] = {kind: {} for kind, _ in FOLDER_BY_TYPE.values()}
    defaults = (
        make_record(Topic, "chips", order=1, featured=True),
        make_record(Topic, "space", order=2),
        make_record(Source, "wire", title="The Wire", homepage="https://wire.example/"),
    )
    for record in (*defaults, *records):
        by_kind[FOLDER_BY_TYPE[type(record)][0]][record.id] = record
    everything = [record for kind in by_kind.values() for record in kind.values()]
    named = {f"{one.kind}:{one.id}" for record in everything for one in record.references()}
    bodies = [body for record in everything for body in (record.body, *record.texts.values())]
    return Records(by_kind, frozenset(named | {link.partition("#")[0] for body in bodies for link in body.links}))


def make_site(*records: Record, config: Config | None = None) -> Site:
    return link_site(make_records(*records), config or make_config())


def make_snapshot(
    *records: Record, now: datetime = NOW, drafts: bool = False, future: bool = False, **tables: Any
) -> Snapshot:
    config = make_config(**tables)
    return open_snapshot(make_site(*records, config=config), now=now, zone=config.zone, drafts=drafts, future=future)


@functools.cache
def words(language: str) -> Strings:
    """The words of the program in a language."""
    strings, problems = merge_tables(add_ground((), Reach(Path())), language, {})
    assert not problems
    return strings


def english() -> Strings:
    """The words that nearly all tests read."""
    return words("en")


class Newsroom(NamedTuple):
    """What a planner is given, and the snapshot that it is of."""

    context: PlanContext
    snapshot: Snapshot
    material: PlanMaterial


def make_newsroom(
    *records: Record,
    now: datetime = NOW,
    drafts: bool = False,
    future: bool = False,
    assets: Mapping[tuple[str, str], Asset] | None = None,
    language: str = "en",
    **tables: Any,
) -> Newsroom:
    config = make_config(**tables)
    site = make_site(*records, config=config)
    snapshot = open_snapshot(site, now=now, zone=config.zone, drafts=drafts, future=future)
    context, material = open_context(site, snapshot, config, PlanSupplies(words(language), dict(assets or {})))
    return Newsroom(context, snapshot, material)


def make_context(*records: Record, **options: Any) -> PlanContext:
    """The context of a newsroom, for what needs no article of it."""
    return make_newsroom(*records, **options).context


Planner = Callable[[PlanContext, PlanMaterial], Iterable[Draft]]


def drafts_of(planner: Planner, newsroom: Newsroom) -> list[Draft]:
    """The drafts of all that a planner plans."""
    return list(planner(newsroom.context, newsroom.material))


def views_of(planner: Planner, newsroom: Newsroom) -> dict[str, View]:
    """The views of all that a planner plans, by path."""
    return {draft.path: draft.make() for draft in drafts_of(planner, newsroom)}


def listings_of(family: str, newsroom: Newsroom) -> dict[str, View]:
    """The views of the listings of a family, and of their index, by path."""
    planned = views_of(plan_listings, newsroom) | views_of(plan_indexes, newsroom)
    return {path: view for path, view in planned.items() if path.startswith(f"{family}/")}


def make_layer(name: str, templates: Mapping[str, str], assets: Mapping[str, bytes] | None = None) -> Layer:
    return Layer(name, f"themes/{name}", ThemeFile(title=name), dict(templates), dict(assets or {}))


def make_theme(*layers: Layer, **fields: Any) -> Theme:
    """A theme of some layers, the topmost first; faults of its templates are nobody's."""
    strings = fields.pop("strings", english())
    traced = theme._trace(layers, strings, None, (), None)
    defaults = {"options": {}, "base_path": "", "time_zone": "UTC", "strings": strings, "traced": traced}
    return Theme(layers, **{**defaults, **fields})
