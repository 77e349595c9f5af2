"""What templates can do with times and JSON."""

import json
from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml.html import fragment_fromstring
from markupsafe import escape

from generator.theme.filters import iso, json_ld, make_filters, unbroken
from materials import english

NOON = datetime(2026, 6, 3, 12, 5, 9, tzinfo=UTC)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.sampled_from("<>&/!-'\"\\script\u2028é"), max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)


def test_iso_is_utc_to_the_second() -> None:
    assert iso(NOON) == "2026-06-03T12:05:09Z"
    assert iso(NOON.astimezone(timezone(timedelta(hours=5, minutes=30)))) == "2026-06-03T12:05:09Z"


@pytest.mark.parametrize(
    ("zone", "time", "date", "date_time"),
    [
        ("UTC", NOON, "3 June 2026", "3 June 2026, 12:05 UTC"),
        ("Europe/Berlin", NOON, "3 June 2026", "3 June 2026, 14:05 CEST"),
        ("Europe/Berlin", NOON.replace(month=12, hour=23), "4 December 2026", "4 December 2026, 00:05 CET"),
        ("America/New_York", NOON.replace(month=1, day=1, hour=0), "31 December 2025", "31 December 2025, 19:05 EST"),
    ],
)
def test_times_are_written_in_the_sites_zone_whatever_the_locale(
    zone: str, time: datetime, date: str, date_time: str
) -> None:
    filters = make_filters(ZoneInfo(zone), english())
    assert filters["date"](time) == date
    assert filters["date_time"](time) == date_time


@given(JSON)
def test_json_in_a_script_says_the_same_and_cannot_end_it(value: object) -> None:
    written = json_ld(json.dumps(value, ensure_ascii=False))
    assert json.loads(written) == value
    assert not {"<", ">", "&"} & set(written)


def test_what_is_no_json_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON is malformed"):
        json_ld("</script>")


@pytest.mark.parametrize(
    ("headline", "names"),
    [
        ("RISC-V & GPT-4o on Wi-Fi", ["RISC-V", "GPT-4o", "Wi-Fi"]),
        ("COVID-19's e-mail, 24-7", ["COVID-19", "e-mail", "24-7"]),
        ("A state-of-the-art, twenty-five-year <b> & B-1", ["B-1"]),
        ("Nothing -- at all -x", []),
    ],
)
def test_names_with_a_hyphen_stay_on_one_line_and_text_is_escaped(headline: str, names: list[str]) -> None:
    shown = fragment_fromstring(f"<p>{escape(unbroken(headline))}</p>")
    assert shown.text_content() == headline
    assert [node.text for node in shown] == names
