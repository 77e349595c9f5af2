"""Plans the indexes of listings, such as `/topics/`."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

import msgspec

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.pages import IndexPage
from generator.outputs.parts import Entry, Group, MonthCell
from generator.plan.collections import Collection
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.families import LISTED, Family
from generator.plan.meta import frame_of
from generator.plan.parts import article_link
from generator.plan.periods import calendar_of, level_of, week_links
from generator.records import Entity, Topic

ENTITY_TYPES = ("company", "person", "product", "organisation", "law", "place")
"""The order of the groups of entities."""


def plan_indexes(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan the index of each family with several listings; only those of topics and sources may be empty."""
    for family in LISTED:
        if family.kind == family.name or not getattr(context.config.outputs, family.name):
            continue
        listed = material.collections.of(family.name)
        if listed or family.shows_empty:
            groups = tuple(_groups(context, family, listed))
            make = partial(_index_page, context, family.index_path, family, groups, _times(context, material, family))
            yield Draft(family.index_path, IndexPage, f"the index of {family.name}", make)


def _times(context: PlanContext, material: PlanMaterial, family: Family) -> dict[str, Any]:
    """The calendar of the newest month, and the newest weeks."""
    if family.name != "archive":
        return {}
    weeks = material.collections.of("weeks") if context.config.outputs.weeks else ()
    newest = material.collections.of("archive")[0]
    return {"calendar": calendar_of(context, material, newest), "weeks": week_links(context, weeks)}


def _groups(context: PlanContext, family: Family, listed: Sequence[Collection]) -> Iterator[Group]:
    """The entries of an index: entities by type, months by year, tags by name, all others as they are."""
    match family.name:
        case "entities":
            for kind in ENTITY_TYPES:
                of_kind = [one for one in listed if isinstance(one.record, Entity) and one.record.type == kind]
                if of_kind:
                    yield _group(context, context.say(f"entities_{kind}"), of_kind)
        case "archive":
            most = max(len(one.articles) for one in listed)
            for year, months in groupby(listed, key=lambda one: one.id.rpartition("-")[0]):
                of_year = list(months)
                cells = tuple(_months(context, of_year, most))
                yield msgspec.structs.replace(_group(context, year, of_year), months=cells)
        case "tags":
            yield _group(
                context, "", sorted(listed, key=lambda one: (one.title.casefold(), context.urls.href(one.path)))
            )
        case _:
            yield _group(context, "", listed)


def _months(context: PlanContext, of_year: Sequence[Collection], most: int) -> Iterator[MonthCell]:
    """The twelve months of a year."""
    by_number = {int(one.id.rpartition("-")[2]): one for one in of_year}
    for number, name in enumerate(context.strings.month_names, 1):
        month = by_number.get(number)
        count = len(month.articles) if month else 0
        href = context.urls.href(month.path) if month else None
        yield MonthCell(name=name, count=count, level=level_of(count, most), href=href)


def _group(context: PlanContext, heading: str, listed: Iterable[Collection]) -> Group:
    return Group(heading=heading, entries=tuple(_entry(context, one) for one in listed))


def _entry(context: PlanContext, collection: Collection) -> Entry:
    record, newest = collection.record, next(iter(collection.articles), None)
    return Entry(
        title=collection.short_title or collection.title,
        href=context.urls.href(collection.path),
        count=len(collection.articles),
        description=collection.description if record else "",
        colour=record.colour if isinstance(record, Topic) else None,
        newest=article_link(context, newest) if newest else None,
        newest_at=newest.published if newest else None,
    )


def _index_page(
    context: PlanContext, path: OutputPath, family: Family, groups: tuple[Group, ...], times: dict[str, Any]
) -> IndexPage:
    heading = context.say(family.name)
    description = context.say("index_description", heading=heading, site=context.config.site.title)
    entries = [entry for group in groups for entry in group.entries]
    return IndexPage(
        **frame_of(context, path, heading, description, cards=entries),
        kind=family.name,
        description="",
        groups=groups,
        **times,
    )
