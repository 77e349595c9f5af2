"""Where times stand on the axis of a chart, in shares of its width."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from generator.outputs.charts import AxisPart

_MARGIN = 0.02  # at both ends, so that dots stand inside
_GAP = 0.08  # between two parts, for the mark of the break
_WITH_HOURS = {2: 0.6, 3: 0.46}  # of the width, for the hours of an axis of that many parts


class PlacedPart(NamedTuple):
    """A part of the axis, and where it begins and ends."""

    part: AxisPart
    begin: float
    end: float

    @property
    def middle(self) -> float:
        """Where a label of the whole stands."""
        return (self.begin + self.end) / 2

    def place(self, time: datetime) -> float:
        """Where a time stands; the middle if there is only one."""
        span = self.part.last - self.part.first
        return self.begin + (self.end - self.begin) * ((time - self.part.first) / span if span else 0.5)


class Axis:
    """An axis of one part, or of several with a break between each two."""

    def __init__(self, parts: Sequence[AxisPart], *, start: float = 0) -> None:
        """Lay out the parts from `start`, a share of the width, to its end."""
        self.start = start
        self.stretches = list(_lay_out(parts, start + _MARGIN, 1 - _MARGIN))

    @property
    def breaks(self) -> list[float]:
        """Where the axis is broken."""
        return [stretch.begin - _GAP / 2 for stretch in self.stretches[1:]]

    def place(self, time: datetime) -> float:
        """Where a time stands."""
        return next(stretch.place(time) for stretch in self.stretches if time <= stretch.part.last)


def _lay_out(parts: Sequence[AxisPart], begin: float, end: float) -> Iterator[PlacedPart]:
    room = end - begin - _GAP * (len(parts) - 1)
    wide = _WITH_HOURS.get(len(parts), 1)
    for part in parts:
        share = wide if part.hours or len(parts) == 1 else (1 - wide) / (len(parts) - 1)
        yield PlacedPart(part, begin, begin + room * share)
        begin += room * share + _GAP
