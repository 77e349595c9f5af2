"""Values of other systems' front matter, and times as they write them."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from generator.importers.matter import Matter, find_zone, read_moment
from generator.importers.pelican import split_headers

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2020-01-02", datetime(2020, 1, 2, tzinfo=BERLIN)),
        ("2020-01-02 10:20", datetime(2020, 1, 2, 10, 20, tzinfo=BERLIN)),
        ("2020-01-02T10:20:30Z", datetime(2020, 1, 2, 10, 20, 30, tzinfo=UTC)),
        ("2020-01-02 10:20:30 +0100", datetime(2020, 1, 2, 9, 20, 30, tzinfo=UTC)),
        ("Thu, 02 Jan 2020 10:20:30 GMT", datetime(2020, 1, 2, 10, 20, 30, tzinfo=UTC)),
        ("2020/1/2", datetime(2020, 1, 2, tzinfo=BERLIN)),
        (date(2020, 1, 2), datetime(2020, 1, 2, tzinfo=BERLIN)),
        (
            datetime(2020, 1, 2, 3, 4, 5, 6, tzinfo=timezone(timedelta(hours=1))),
            datetime(2020, 1, 2, 2, 4, 5, tzinfo=UTC),
        ),
        ("January 2020", None),
        ("10:20", None),
        ("12", None),
        ("Last Modified", None),
        ("0001-01-01T00:00:00Z", None),
        ("9999-12-31T23:59:59-12:00", None),
        ("", None),
        (20200102, None),
        (True, None),
        ({"a": 1}, None),
    ],
)
def test_a_time_is_read_or_it_is_none(written: Any, read: datetime | None) -> None:
    assert read_moment(written, BERLIN) == read


def test_what_is_taken_is_gone_and_the_rest_is_left_as_it_was_called() -> None:
    matter = Matter(
        {"Title": 2020, "TAGS": ["a", 1, "a"], "Mood": {"x": [date(2020, 1, 1)]}, "empty": "", "Draft": "true"}
    )
    assert (matter.text("title"), matter.texts("tags"), matter.flag("draft")) == ("2020", ["a", "1"], True)
    assert matter.left == {"Mood": {"x": ["2020-01-01"]}}


@pytest.mark.parametrize(
    ("value", "authors", "is_left"),
    [
        ("Ada", ("Ada",), False),
        (["Ada", "Bo", "Ada"], ("Ada", "Bo"), False),
        ({"name": "Ada"}, ("Ada",), False),
        ([{"name": "Ada", "url": "https://a.example"}, "Bo"], ("[Ada](<https://a.example>)", "Bo"), False),
        ([{"name": "Ada", "mail": "a@a.example"}, "Bo"], ("Ada", "Bo"), True),
        ({"url": "x"}, (), True),
        (5, (), True),
    ],
)
def test_an_author_has_a_name_and_what_more_is_said_stays(value: Any, authors: tuple[str, ...], is_left: bool) -> None:
    matter = Matter({"author": value})
    assert matter.authors() == authors
    assert bool(matter.left) == is_left


@pytest.mark.parametrize(
    ("value", "image"),
    [
        ("a.png", ("a.png", "")),
        ({"src": "a.png", "alt": "A"}, ("a.png", "A")),
        ({"path": "a.png", "caption": "A"}, ("a.png", "A")),
        (["a.png"], ("a.png", "")),
        (["a.png", "b.png"], None),
        ({"src": "a.png", "credit": "Ada"}, None),
        (7, None),
    ],
)
def test_a_picture_is_taken_whole_or_left(value: Any, image: tuple[str, str] | None) -> None:
    matter = Matter({"image": value})
    assert matter.image() == image
    assert bool(matter.left) == (image is None)


def test_headers_of_pelican_end_at_the_first_line_that_is_none() -> None:
    text = "Title: A: b\nTags: x,\n    y\nEmpty:\n\nKey: of the text\n"
    assert split_headers(text, file="a.md") == ({"title": "A: b", "tags": "x, y", "empty": ""}, "Key: of the text\n")
    assert split_headers("No header", file="a.md") == ({}, "No header")


@pytest.mark.parametrize("name", ["", "Mars/Base", "../../etc/passwd", "/etc/passwd", "a\0b"])
def test_a_zone_that_is_none_is_none(name: str) -> None:
    assert find_zone(name) is None
