"""Plans the pages of ISO weeks: what all topics brought, or one of them."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import groupby
from zoneinfo import ZoneInfo

import msgspec

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.pages import DayOfWeek, WeekDate, WeekPage
from generator.outputs.parts import Card
from generator.plan.collections import Collection
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.families import WEEKS
from generator.plan.keys import keyed_draft
from generator.plan.meta import Head, numbered_title, page_meta
from generator.plan.paging import numbered_href, pages_of, split_pages
from generator.plan.parts import cards_of, home_link, index_link, record_link
from generator.plan.periods import WEEK_ITEMS, Neighbours, anchor_of, neighbours_of, numbers_of, weeks_by_topic
from generator.plan.routes import numbered_path


def plan_weeks(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    """Plan a page per week with articles, of the families that are on; an edit changes those of its own week only."""
    for family in WEEKS:
        if getattr(context.config.outputs, family.name) and getattr(context.config.outputs, family.within):
            for newest_first in weeks_by_topic(material.collections.of(family.name)).values():
                yield from _plan_weeks_of(context, newest_first)


def _plan_weeks_of(context: PlanContext, newest_first: Sequence[Collection]) -> Iterator[Draft]:
    for place, week in enumerate(newest_first):
        _, below = split_pages(len(week.articles), WEEK_ITEMS)
        beside = neighbours_of(context, newest_first, place)
        for number, articles, _ in pages_of(week.articles, WEEK_ITEMS):
            part = msgspec.structs.replace(week, articles=articles)
            path = numbered_path(week.path, number) if number else week.path
            around = (number, None, (None, None)) if number else (0, below, beside)
            yield keyed_draft(context, path, WeekPage, week.owner, _week_page, part, *around)


def _week_page(
    context: PlanContext, path: OutputPath, week: Collection, number: int, below: int | None, beside: Neighbours
) -> WeekPage:
    title, newest, last_crumbs = numbered_title(context, week, number)
    topic = record_link(context, "topics", week.record.id) if week.record else None
    above = (index_link(context, "topics"), topic) if topic else (index_link(context, "archive"),)
    crumbs = (home_link(context), *above, *last_crumbs)
    cards = cards_of(context, week.articles)
    meta = page_meta(context, path, Head(title, week.description, crumbs, cards, is_indexed=False))
    earlier, later = beside
    year, name = week.id.rpartition("/")[2].split("-w")
    monday = datetime.fromisocalendar(int(year), int(name), 1).replace(tzinfo=context.config.zone)
    by_day = {day: tuple(group) for day, group in groupby(cards, key=partial(_day_of, context.config.zone))}
    return WeekPage(
        meta=meta,
        crumbs=crumbs,
        heading=week.title,
        first=monday.astimezone(UTC),
        last=(monday + timedelta(days=6)).astimezone(UTC),
        days=tuple(
            DayOfWeek(anchor=anchor_of(day), at=of_day[0].published, cards=of_day) for day, of_day in by_day.items()
        ),
        dates=tuple(_dates(context, monday.date(), by_day)),
        topic=topic,
        number=number or None,
        older=numbered_href(context.urls, week.path, number - 1 if number else below or 0),
        newest=newest,
        numbers=numbers_of(context, week.path, below or 0, number),
        earlier=earlier,
        later=later,
    )


def _day_of(zone: ZoneInfo, card: Card) -> date:
    return card.published.astimezone(zone).date()


def _dates(context: PlanContext, monday: date, by_day: Mapping[date, Sequence[Card]]) -> Iterator[WeekDate]:
    for place, (short, _) in enumerate(context.strings.weekdays):
        day = monday + timedelta(days=place)
        yield WeekDate(anchor=anchor_of(day), name=f"{short} {day.day}", count=len(by_day.get(day, ())))
