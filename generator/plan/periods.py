"""Months and weeks: their neighbours, the calendar of a month, and the numbers of pages."""

import calendar
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice

from generator.names import OutputPath
from generator.outputs.parts import Calendar, CalendarDay, CalendarWeek, Link, PageNumber
from generator.plan.collections import Collection
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.paging import numbered_href, split_pages
from generator.plan.routes import ROUTES, numbered_path
from generator.site import name_week

WEEK_ITEMS = 200
"""Headlines on a page of a week: 200 take about as many bytes as a page of cards."""

MOST_WEEKS = 6
"""Links to weeks on the pages of topics and of the archive."""

_LEVELS = 4
_NEWEST = 3  # numbers of pages in a row, before a gap

Neighbours = tuple[Link | None, Link | None]
"""What came before a month or week, and what came after it: only those with articles."""


def neighbours_of(context: PlanContext, newest_first: Sequence[Collection], place: int) -> Neighbours:
    """The months or weeks beside one of a list."""

    def link(at: int) -> Link | None:
        if not 0 <= at < len(newest_first):
            return None
        one = newest_first[at]
        return Link(text=one.short_title or one.title, href=context.urls.href(one.path))

    return link(place + 1), link(place - 1)


def weeks_by_topic(weeks: Iterable[Collection]) -> dict[str, list[Collection]]:
    """Weeks by the topic that they are of, newest first; those of all articles are under an empty text."""
    found: dict[str, list[Collection]] = {}
    for week in weeks:
        found.setdefault(week.record.id if week.record else "", []).append(week)
    return found


def week_links(context: PlanContext, newest_first: Iterable[Collection]) -> tuple[Link, ...]:
    """Links to the newest weeks."""
    newest = islice(newest_first, MOST_WEEKS)
    return tuple(Link(text=one.short_title, href=context.urls.href(one.path)) for one in newest)


def calendar_of(context: PlanContext, material: PlanMaterial, month: Collection) -> Calendar:
    """The days of a month by ISO weeks, each with how many articles it brought."""
    counts = Counter(material.snapshot.day_by_article[article.id] for article in month.articles)
    year, number = map(int, month.id.split("-"))
    most = max(counts.values())
    hrefs = _day_hrefs(context, material, counts)
    return Calendar(
        title=context.strings.month(year, number, "month_title"),
        href=context.urls.href(month.path),
        weekdays=context.strings.weekdays,
        weeks=tuple(
            CalendarWeek(
                number=days[0].isocalendar()[1],
                href=_week_href(context, material, name_week(days[0])),
                days=tuple(
                    CalendarDay(
                        day=day.day,
                        count=counts[day],
                        level=level_of(counts[day], most),
                        href=hrefs.get(day),
                    )
                    if day.month == number
                    else None
                    for day in days
                ),
            )
            for days in calendar.Calendar().monthdatescalendar(year, number)
        ),
    )


def level_of(count: int, most: int) -> int:
    """The shade of a count: from 1 to 4 by its part of the most, 0 for nothing."""
    return -(-_LEVELS * count // most)


def anchor_of(day: date) -> str:
    """The id of a day on the page of its week."""
    return f"d-{day.isoformat()}"


def _week_href(context: PlanContext, material: PlanMaterial, week: str) -> str | None:
    return context.urls.listing_href("weeks", week) if week in material.snapshot.articles_by_week else None


def _day_hrefs(context: PlanContext, material: PlanMaterial, days: Mapping[date, int]) -> dict[date, str]:
    """The place on the page of its week at which the articles of each day begin."""
    if not context.config.outputs.weeks:
        return {}
    return {day: href for week in sorted({*map(name_week, days)}) for day, href in _days_in(context, material, week)}


def _days_in(context: PlanContext, material: PlanMaterial, week: str) -> Iterator[tuple[date, str]]:
    articles = material.snapshot.articles_by_week[week]
    on_first, below = split_pages(len(articles), WEEK_ITEMS)
    seen: set[date] = set()
    for place, article in enumerate(articles):
        day = material.snapshot.day_by_article[article.id]
        if day not in seen:
            seen.add(day)
            number = 0 if place < on_first else below - (place - on_first) // WEEK_ITEMS
            page = ROUTES["weeks"].path(week)
            yield day, f"{context.urls.href(numbered_path(page, number) if number else page)}#{anchor_of(day)}"


def numbers_of(context: PlanContext, listing: OutputPath, below: int, number: int = 0) -> tuple[PageNumber, ...]:
    """The numbers of a listing's pages from one of them, or from the listing itself, to the oldest.

    A full page names none above itself, so that it never changes again. In a long row there is a gap before the last.
    """
    newest = number or below
    shown = sorted({*range(newest, max(0, newest - _NEWEST), -1), *([1] if newest else [])}, reverse=True)
    return tuple(
        PageNumber(number=one, href=None if one == number else numbered_href(context.urls, listing, one))
        for one in shown
    )
