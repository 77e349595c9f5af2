"""When the sources of a story reported, and the axis of that: even, or broken around its decisive hours."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from generator.outputs.charts import AxisPart, Timeline, TimelineRow
from generator.plan.charts import FEWEST_POINTS
from generator.plan.context import PlanContext
from generator.site import Comparison

IN_HOURS = timedelta(days=2)
"""A time of this length at most is shown in hours."""

_DENSE = timedelta(days=1)  # at most, so that hours are told apart on a phone
_FEWEST_DENSE = 3  # reports; two are no crowd
_SQUEEZED = 4  # times the dense part, before an axis is broken: on a quarter of the width its hours are still seen
_HOUR = timedelta(hours=1)
_STEPS = (1, 2, 3, 4, 6, 12, 24)  # hours
_MOST_STEPS, _MOST_STEPS_IN_PART = 6, 3  # between ticks, for which there is room on a phone


def timeline_of(context: PlanContext, comparison: Comparison) -> Timeline | None:
    """When each source reported; None below five reports."""
    if len(comparison.articles) < FEWEST_POINTS:
        return None
    rows = (
        TimelineRow(
            label=context.standing.sources[source].title,
            series=context.standing.looks["sources"][source],
            times=tuple(article.published for article in comparison.articles if article.source == source),
        )
        for source in comparison.sources
    )
    times = sorted(article.published for article in comparison.articles)
    return Timeline(rows=tuple(row for row in rows if row.times), axis=axis_of(times, context.config.zone))


def axis_of(times: Sequence[datetime], zone: ZoneInfo) -> tuple[AxisPart, ...]:
    """The axis of some times, oldest first and at least one; with hours if they are within two days.

    If most are within a day and others far away, that day has hours, and the axis is broken before and after it.
    """
    first, last = times[0], times[-1]
    if last - first <= IN_HOURS:
        return (_in_hours(first, last, zone, _MOST_STEPS),)
    begin, end = _densest(times)
    dense = _in_hours(times[begin], times[end - 1], zone, _MOST_STEPS_IN_PART)
    begin, end = bisect_left(times, dense.first), bisect_right(times, dense.last)
    is_crowd = end - begin >= max(_FEWEST_DENSE, len(times) / 2)
    if not is_crowd or last - first <= _SQUEEZED * (dense.last - dense.first):
        return (AxisPart(first=first, last=last),)
    around = [AxisPart(first=part[0], last=part[-1]) if part else None for part in (times[:begin], times[end:])]
    return tuple(filter(None, (around[0], dense, around[1])))


def _densest(times: Sequence[datetime]) -> tuple[int, int]:
    """The slice with the most times within a day; of several, the shortest, then the first."""
    slices = ((begin, bisect_right(times, time + _DENSE)) for begin, time in enumerate(times))
    return min(slices, key=lambda part: (part[0] - part[1], times[part[1] - 1] - times[part[0]]))


def _in_hours(first: datetime, last: datetime, zone: ZoneInfo, most: int) -> AxisPart:
    """Whole hours of local clocks around two times, with ticks at round ones: `most` steps at most."""
    begin = _whole_hour(first, zone)
    end = _whole_hour(last, zone)
    if end < last or end == begin:
        end += _HOUR
    count = (end - begin) // _HOUR
    step = next(step for step in _STEPS if count <= step * most)
    hours = (begin + place * _HOUR for place in range(count + 1))
    return AxisPart(
        first=begin, last=end, hours=tuple(hour for hour in hours if hour.astimezone(zone).hour % step == 0)
    )


def _whole_hour(time: datetime, zone: ZoneInfo) -> datetime:
    local = time.astimezone(zone)
    return (time - timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)).astimezone(
        UTC
    )
