"""Weeks, the calendars of months, and the numbers of pages."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.names import OutputPath
from generator.outputs.pages import IndexPage, ListingPage, WeekPage
from generator.outputs.parts import Calendar, CalendarDay
from generator.plan import periods
from generator.plan.pages import week
from generator.plan.pages.week import plan_weeks
from generator.plan.paging import split_pages
from materials import day, listings_of, make_article, make_context, make_newsroom, views_of
from sitebench import SITE_TOML, SMALL, SiteBench, article

WITH_TOPICS = {"outputs": {"topic_weeks": True}}


def weeks_of(*articles: Any, **tables: Any) -> dict[str, WeekPage]:
    return views_of(plan_weeks, make_newsroom(*articles, **tables))  # type: ignore[return-value]


def test_each_week_with_articles_has_a_page_that_leads_to_those_beside_it() -> None:
    planned = weeks_of(make_article("a1", day(1)), make_article("a2", day(3)), make_article("a3", day(20)))
    assert sorted(planned) == ["archive/2026-w18/index.html", "archive/2026-w21/index.html"]
    first, last = planned["archive/2026-w18/index.html"], planned["archive/2026-w21/index.html"]
    assert (first.heading, [len(one.cards) for one in first.days]) == ("Week 18 of 2026", [1, 1])
    assert (first.first, first.last) == (datetime(2026, 4, 27, tzinfo=UTC), datetime(2026, 5, 3, tzinfo=UTC))
    assert first.earlier is None
    assert first.later is not None
    assert last.earlier is not None
    assert (first.later.href, last.earlier.text) == ("/archive/2026-w21/", "Week 18 of 2026")
    assert [crumb.href for crumb in first.crumbs] == ["/", "/archive/", None]
    assert not first.meta.is_indexed


def test_weeks_are_those_of_the_zone_and_of_iso_8601() -> None:
    night = make_article("a1", datetime(2025, 12, 28, 23, 30, tzinfo=UTC))
    assert set(weeks_of(night)) == {"archive/2025-w52/index.html"}
    assert set(weeks_of(night, site={"time_zone": "Europe/Berlin"})) == {"archive/2026-w01/index.html"}


def test_topics_have_weeks_of_their_own_if_that_is_switched_on() -> None:
    told = [make_article("a1", day(1), also=("space",)), make_article("a2", day(20))]
    planned = weeks_of(*told, **WITH_TOPICS)
    assert {path for path in planned if path.startswith("topics")} == {
        *("topics/chips/2026-w18/index.html", "topics/chips/2026-w21/index.html"),
        "topics/space/2026-w18/index.html",
    }
    page = planned["topics/space/2026-w18/index.html"]
    assert (page.heading, page.earlier, page.later) == ("Space: week 18 of 2026", None, None)
    assert [crumb.href for crumb in page.crumbs] == ["/", "/topics/", "/topics/space/", None]
    topic = listings_of("topics", make_newsroom(*told, **WITH_TOPICS))["topics/chips/index.html"]
    assert isinstance(topic, ListingPage)
    assert [(one.text, one.href) for one in topic.weeks] == [
        ("Week 21 of 2026", "/topics/chips/2026-w21/"),
        ("Week 18 of 2026", "/topics/chips/2026-w18/"),
    ]
    assert not any(path.startswith("topics") for path in weeks_of(*told))


@pytest.mark.parametrize("off", ["archive", "weeks"])
def test_there_are_no_weeks_where_they_are_off(off: str) -> None:
    assert weeks_of(make_article("a1", day(1)), outputs={off: False}) == {}


def days_of(month: Calendar) -> dict[int, CalendarDay]:
    return {one.day: one for line in month.weeks for one in line.days if one}


def test_a_calendar_counts_every_day_and_leads_to_the_pages_of_weeks() -> None:
    told = [make_article("a1", day(1)), *(make_article(f"b{hour}", day(3, hour=hour)) for hour in range(4))]
    planned = listings_of("archive", make_newsroom(*told, make_article("c", day(32))))
    index, may = planned["archive/index.html"], planned["archive/2026/05/index.html"]
    assert isinstance(index, IndexPage)
    assert isinstance(may, ListingPage)
    assert may.calendar is not None
    assert index.calendar is not None
    assert (index.calendar.title, index.calendar.href) == ("June 2026", "/archive/2026/06/")
    assert [one.href for one in index.weeks] == ["/archive/2026-w23/", "/archive/2026-w18/"]
    assert (may.earlier, may.later and may.later.href) == (None, "/archive/2026/06/")
    days = days_of(may.calendar)
    assert list(days) == list(range(1, 32))
    assert (days[1].count, days[1].level, days[1].href) == (1, 1, "/archive/2026-w18/#d-2026-05-01")
    assert (days[2].count, days[2].level, days[2].href) == (0, 0, None)
    assert (days[3].count, days[3].level) == (4, 4)
    lines = [(line.number, line.href, line.days.count(None)) for line in may.calendar.weeks]
    assert lines[:2] == [(18, "/archive/2026-w18/", 4), (19, None, 0)]
    off = listings_of("archive", make_newsroom(*told, outputs={"weeks": False}))["archive/2026/05/index.html"]
    assert isinstance(off, ListingPage)
    assert off.calendar is not None
    assert days_of(off.calendar)[1].href is None


def test_a_long_week_has_pages_and_a_day_leads_to_the_page_that_it_begins_on(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (periods, week):
        monkeypatch.setattr(module, "WEEK_ITEMS", 2)
    told = [make_article(f"a{number}", day(11 + number)) for number in range(6)]
    planned = weeks_of(*told)
    below = "archive/2026-w20/page/2/index.html"
    assert set(planned) == {"archive/2026-w20/index.html", below, "archive/2026-w20/page/1/index.html"}
    assert (planned[below].newest, planned[below].older) == ("/archive/2026-w20/", "/archive/2026-w20/page/1/")
    assert (planned[below].earlier, planned[below].later) == (None, None)
    may = listings_of("archive", make_newsroom(*told))["archive/2026/05/index.html"]
    assert isinstance(may, ListingPage)
    assert may.calendar is not None
    shown = {f"/{path.removesuffix('index.html')}#{one.anchor}" for path, page in planned.items() for one in page.days}
    assert {one.href for one in days_of(may.calendar).values() if one.count} == shown
    for page in planned.values():
        assert [one.anchor for one in page.dates] == [f"d-2026-05-{number}" for number in range(11, 18)]
        assert {one.anchor: one.count for one in page.dates if one.count} == {
            one.anchor: len(one.cards) for one in page.days
        }


def test_the_archive_has_the_twelve_months_of_each_year_with_counts_and_shades() -> None:
    told = [make_article(f"a{number}", day(1 + number)) for number in range(9)]
    newsroom = make_newsroom(
        *told, make_article("b", day(-200)), make_article("c", day(40)), make_article("d", day(41))
    )
    index = listings_of("archive", newsroom)["archive/index.html"]
    assert isinstance(index, IndexPage)
    assert [group.heading for group in index.groups] == ["2026", "2025"]
    assert [len(group.months) for group in index.groups] == [12, 12]
    shown = [
        (group.heading, month.name, month.count, month.level, month.href)
        for group in index.groups
        for month in group.months
        if month.count
    ]
    assert shown == [
        ("2026", "May", 9, 4, "/archive/2026/05/"),
        ("2026", "Jun", 2, 1, "/archive/2026/06/"),
        ("2025", "Oct", 1, 1, "/archive/2025/10/"),
    ]


def test_every_day_of_a_week_has_its_anchor_on_every_page_of_it_so_that_no_link_to_one_breaks(tmp_path: Path) -> None:
    bench = SiteBench(tmp_path / "site").write_all(SMALL).write("content/articles/a.md", article("Some", 12))
    bench.build().expect_built()
    anchors = bench.page("archive/2026-w20/index.html").tree.xpath("//@id[starts-with(., 'd-')]")
    assert sorted(map(str, anchors)) == [f"d-2026-05-{number}" for number in range(11, 18)]


@given(st.integers(0, 60), st.integers(1, 6))
def test_numbers_go_from_a_page_down_to_the_oldest_and_never_up(count: int, size: int) -> None:
    context = make_context()
    _, below = split_pages(count, size)
    for number in range(below + 1):
        found = periods.numbers_of(context, OutputPath("latest/index.html"), below if not number else 0, number)
        numbers = [one.number for one in found]
        assert numbers == sorted(set(numbers), reverse=True)
        assert numbers[:1] == ([number or below] if below else [])
        assert numbers[-1:] == ([1] if below else [])
        assert [one.number for one in found if one.href is None] == ([number] if number else [])


def test_an_edit_changes_the_pages_of_its_own_week_only(tmp_path: Path) -> None:
    bench = SiteBench(tmp_path / "site").write_all(SMALL)
    bench.write("site.toml", SITE_TOML + "\n[outputs]\ntopic_weeks = true\n")
    for number in (1, 8, 15, 22):
        bench.write(f"content/articles/a{number}.md", article(f"Title {number}", number))
    bench.build().expect_built()
    bench.edit("content/articles/a8.md", "title: Title 8", "title: Another").build()
    assert {path for path in bench.rendered if "-w" in path} == {
        "archive/2026-w19/index.html",
        "topics/chips/2026-w19/index.html",
    }
    bench.expect_same_as_clean_build()
    bench.write("content/articles/a29.md", article("Title 29", 29)).build()
    assert {path for path in bench.rendered if path.startswith("archive/2026-w")} == {
        "archive/2026-w21/index.html",
        "archive/2026-w22/index.html",
    }
    bench.expect_same_as_clean_build()
    shown = bench.page("archive/2026-w22/index.html")
    assert shown.texts("//main//time")[:3] == ["25 May 2026", "31 May 2026", "29 May 2026"]
    assert "noindex" in shown.text
    assert "-w22" not in "".join(bench.listed())
    latest = bench.page("topics/chips/index.html")
    assert latest.texts("//nav[@aria-label='By week']//a")[0] == "Week 22 of 2026"
