"""The axis of a story's timeline, on examples made by hand."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.outputs.charts import AxisPart
from generator.plan.timeline import axis_of
from materials import day

UTC = ZoneInfo("UTC")
Part = tuple[str, str, str]


def at(text: str) -> datetime:
    """`5 14:30` is that time of 5 May."""
    number, _, clock = text.partition(" ")
    hour, _, minute = clock.partition(":")
    return day(int(number), hour=0) + timedelta(hours=int(hour or 0), minutes=int(minute or 0))


def axis(*times: str, zone: str = "UTC") -> list[Part]:
    """The parts of an axis: first, last and the hours of the ticks, in the zone."""

    def say(time: datetime, pattern: str = "%-d %H:%M") -> str:
        return time.astimezone(ZoneInfo(zone)).strftime(pattern)

    parts = axis_of([at(time) for time in times], ZoneInfo(zone))
    return [(say(one.first), say(one.last), " ".join(say(hour, "%H") for hour in one.hours)) for one in parts]


@pytest.mark.parametrize(
    ("times", "expected"),
    [
        # Days or months alone: one part, without hours.
        (("1", "3", "9", "20", "31"), [("1 00:00", "31 00:00", "")]),
        # Within two days: hours.
        (("5 9:10", "5 9:20", "5 10", "5 11", "5 13:05"), [("5 09:00", "5 14:00", "09 10 11 12 13 14")]),
        (("5 8", "5 12", "5 20", "6 9", "7 8"), [("5 08:00", "7 08:00", "12 00 12 00")]),
        (("5 8", "5 8", "5 8", "5 8", "5 8"), [("5 08:00", "5 09:00", "08 09")]),
        # Hours, and something far before, after, or both.
        (
            ("1 8", "20 9:30", "20 10", "20 11", "20 12:15"),
            [("1 08:00", "1 08:00", ""), ("20 09:00", "20 13:00", "10 12")],
        ),
        (
            ("5 9", "5 10", "5 12", "9 8", "60 8"),
            [("5 09:00", "5 12:00", "09 10 11 12"), ("9 08:00", "29 08:00", "")],
        ),
        (
            ("1 8", "2 8", "12 22", "13 1", "13 9:30", "30 8"),
            [("1 08:00", "2 08:00", ""), ("12 22:00", "13 10:00", "00 04 08"), ("30 08:00", "30 08:00", "")],
        ),
        # What follows within the last whole hour is part of the hours.
        (
            ("5 0:30", "5 0:40", "5 12", "6 0:30", "6 0:45", "30 8"),
            [("5 00:00", "6 01:00", "00 12 00"), ("30 08:00", "30 08:00", "")],
        ),
        # Two are no crowd; a minority is none; and hours that an even axis shows as well need no break.
        (("1 8", "9 9", "9 10", "20 8", "31 8"), [("1 08:00", "31 08:00", "")]),
        (("1 8", "3", "9 9", "9 10", "9 11", "15", "20 8", "31 8"), [("1 08:00", "31 08:00", "")]),
        (("5 1", "5 12", "5 23", "7 8", "8 8"), [("5 01:00", "8 08:00", "")]),
    ],
)
def test_an_axis_is_broken_around_the_hours_in_which_most_reports_came(
    times: tuple[str, ...], expected: list[Part]
) -> None:
    assert axis(*times) == expected


def test_hours_are_those_of_the_sites_time_zone() -> None:
    times = ("1 8", "20 9:30", "20 10", "20 11", "20 12:15")
    assert axis(*times, zone="Europe/Berlin")[1] == ("20 11:00", "20 15:00", "12 14")
    assert axis(*times, zone="Asia/Kolkata")[1] == ("20 15:00", "20 18:00", "15 16 17 18")


TIMES = st.lists(st.integers(0, 10**7) | st.integers(0, 10**5), min_size=1, max_size=12)


@given(TIMES, st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata", "Pacific/Apia"]))
def test_every_time_has_its_place_and_no_two_parts_meet(seconds: list[int], zone: str) -> None:
    times = sorted(day(1) + timedelta(seconds=one) for one in seconds)
    parts = axis_of(times, ZoneInfo(zone))
    assert 1 <= len(parts) <= 3
    assert sum(bool(part.hours) for part in parts) == (len(parts) > 1 or bool(parts[0].hours))
    assert all(one.last < other.first for one, other in pairwise(parts))
    for time in times:
        assert any(part.first <= time <= part.last for part in parts)
    for part in parts:
        assert isinstance(part, AxisPart)
        assert all(part.first <= hour <= part.last for hour in part.hours)
        assert len(part.hours) <= 7
