"""The parts of charts whose places the plan decides."""

from datetime import datetime

from generator.outputs.view import Part


class TimelineRow(Part, frozen=True, kw_only=True):
    """When one source reported; `series` is its look (`MixPart`)."""

    label: str
    times: tuple[datetime, ...]
    series: int = 0


class AxisPart(Part, frozen=True, kw_only=True):
    """A part of an axis in which time passes evenly; `hours` are its ticks if that is within hours, else none."""

    first: datetime
    last: datetime
    hours: tuple[datetime, ...] = ()


class Timeline(Part, frozen=True, kw_only=True):
    """When the sources of a story reported. Between two parts of the axis, time is left out."""

    rows: tuple[TimelineRow, ...]
    axis: tuple[AxisPart, ...]
