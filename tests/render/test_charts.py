"""Numbers → coordinates, worked out by hand."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from markupsafe import Markup

from generator.outputs.charts import AxisPart, Timeline, TimelineRow
from generator.outputs.parts import Link, MixPart, MixRow, Tone
from generator.plan.timeline import axis_of
from generator.render.charts import COLOURS, Charts, name_series
from generator.strings import Strings
from materials import day, english

UTC = ZoneInfo("UTC")
CHARTS = Charts(english(), UTC)
draw_bar, draw_mix = CHARTS.draw_bar, CHARTS.draw_mix
draw_sentiment = CHARTS.draw_sentiment


def tone(at: datetime, score: float) -> Tone:
    return Tone(at=at, score=score, article=Link(text="A report"))


def row(label: str, *times: datetime, series: int = 1) -> TimelineRow:
    return TimelineRow(label=label, times=times, series=series)


def draw_timeline(rows: Sequence[TimelineRow], *axis: AxisPart, charts: Charts = CHARTS) -> Markup:
    times = [time for row in rows for time in row.times]
    return charts.draw_timeline(Timeline(rows=tuple(rows), axis=axis or (AxisPart(first=min(times), last=max(times)),)))


def mix(*counts: int) -> MixRow:
    parts = (MixPart(name=Link(text=f"Part {place}"), count=count, series=place) for place, count in enumerate(counts))
    return MixRow(name=Link(text="Chips"), parts=tuple(parts))


def shapes(svg: Markup, name: str) -> list[etree._Element]:
    return list(etree.fromstring(svg).iter(name))


def numbers(svg: Markup, name: str, *attributes: str) -> list[tuple[str, ...]]:
    return [tuple(shape.get(attribute) or "" for attribute in attributes) for shape in shapes(svg, name)]


def texts(svg: Markup) -> list[tuple[str, str, str]]:
    return [(shape.text or "", shape.get("x") or "", shape.get("text-anchor") or "") for shape in shapes(svg, "text")]


# Bars


@pytest.mark.parametrize(
    ("value", "of", "width"),
    [(1, 1, "100%"), (1, 2, "50%"), (1, 3, "33.3%"), (2, 3, "66.7%"), (7, 7, "100%"), (1, 1000, "0.1%")],
)
def test_a_bar_is_as_wide_as_its_share(value: int, of: int, width: str) -> None:
    assert numbers(draw_bar(value, of), "rect", "class", "width") == [("track", "100%"), ("bar", width)]


@pytest.mark.parametrize(("value", "of"), [(0, 5), (0, 0), (3, 0)])
def test_where_nothing_is_to_be_counted_there_is_the_track_alone(value: int, of: int) -> None:
    assert numbers(draw_bar(value, of), "rect", "class", "width") == [("track", "100%")]


def test_a_bar_whole() -> None:
    assert draw_bar(1, 4) == (
        '<svg class="chart chart-bar" width="100%" height="12" aria-hidden="true" focusable="false">'
        '<rect class="track" width="100%" height="12"/><rect class="bar" width="25%" height="12"/></svg>'
    )


# Timelines


def test_dots_stand_between_the_first_report_and_the_last() -> None:
    svg = draw_timeline([row("The Wire", day(1), day(5)), row("The Post", day(2), day(3))])
    # 2 % of margin at both ends; a day is a quarter of the 96 % between them.
    assert numbers(svg, "circle", "cx", "cy") == [("2%", "30"), ("98%", "30"), ("26%", "74"), ("50%", "74")]
    assert numbers(svg, "line", "x1", "y1", "x2", "y2") == [("0%", "30", "100%", "30"), ("0%", "74", "100%", "74")]
    assert texts(svg) == [
        ("The Wire", "0%", "start"),
        ("The Post", "0%", "start"),
        ("1 May 2026", "0%", "start"),
        ("5 May 2026", "100%", "end"),
    ]
    assert etree.fromstring(svg).get("height") == "106"


def test_one_report_stands_in_the_middle() -> None:
    svg = draw_timeline([row("The Wire", day(3))])
    assert numbers(svg, "circle", "cx", "cy") == [("50%", "30")]
    assert texts(svg) == [("The Wire", "0%", "start"), ("3 May 2026", "50%", "middle")]


def test_reports_of_one_moment_stand_on_one_line() -> None:
    svg = draw_timeline([row("The Wire", day(3)), row("The Post", day(3), day(3))])
    assert numbers(svg, "circle", "cx", "cy") == [("50%", "30"), ("50%", "74"), ("50%", "74")]


def test_reports_of_one_day_have_one_date_and_stand_apart() -> None:
    svg = draw_timeline([row("The Wire", day(3, hour=6), day(3, hour=18), day(3, hour=9))])
    assert numbers(svg, "circle", "cx") == [("2%",), ("98%",), ("26%",)]
    assert texts(svg)[1:] == [("3 May 2026", "50%", "middle")]


def test_a_source_without_a_time_has_a_line_without_dots() -> None:
    svg = draw_timeline([row("The Wire", day(1)), row("The Post")])
    assert len(shapes(svg, "circle")) == 1
    assert len(shapes(svg, "line")) == 2


def hours(first: int, last: int, *ticks: int, on: int = 20) -> AxisPart:
    at = (day(on, hour=hour) for hour in ticks)
    return AxisPart(first=day(on, hour=first), last=day(on, hour=last), hours=tuple(at))


def test_where_the_axis_is_broken_so_are_its_lines_and_hours_have_three_fifths() -> None:
    times = (day(1), day(20, hour=10), day(20, hour=12))
    svg = draw_timeline([row("The Wire", *times, series=2)], AxisPart(first=day(1), last=day(1)), hours(9, 13, 10, 12))
    # Of 96 %, 8 % are the gap; two fifths of the rest end at 37.2 %, and the hours begin at 45.2 %.
    assert numbers(svg, "circle", "cx", "class") == [
        ("19.6%", "dot series-2"),
        ("58.4%", "dot series-2"),
        ("84.8%", "dot series-2"),
    ]
    assert numbers(svg, "line", "class", "x1", "y1", "x2", "y2") == [
        ("grid", "0%", "30", "40.4%", "30"),
        ("grid", "42%", "30", "100%", "30"),
        ("break", "39.9%", "36", "40.9%", "24"),
        ("break", "41.5%", "36", "42.5%", "24"),
        ("grid", "58.4%", "36", "58.4%", "46"),
        ("grid", "84.8%", "36", "84.8%", "46"),
    ]
    assert texts(svg)[1:] == [
        ("1 May 2026", "19.6%", "middle"),
        ("10:00", "58.4%", "middle"),
        ("12:00", "84.8%", "middle"),
        ("20 May 2026", "71.6%", "middle"),
    ]
    assert etree.fromstring(svg).get("height") == "78"


def test_hours_between_far_days_name_those_below_their_own_and_several_days_at_the_ends() -> None:
    parts = AxisPart(first=day(1), last=day(3)), hours(22, 23, 22, 23), AxisPart(first=day(300), last=day(330))
    svg = draw_timeline([row("The Wire", day(1), day(20, hour=22), day(330))], *parts)
    heights = [(shape.text, shape.get("x"), shape.get("y")) for shape in shapes(svg, "text")][1:]
    assert heights == [
        ("1 May – 3 May 2026", "0%", "90"),
        ("22:00", "31.6%", "58"),
        ("23:00", "68.4%", "58"),
        ("20 May 2026", "50%", "74"),
        ("24 Feb – 26 Mar 2027", "100%", "90"),
    ]
    assert len([line for line in shapes(svg, "line") if line.get("class") == "break"]) == 4


def test_hours_and_days_are_those_of_the_sites_time_zone() -> None:
    charts = Charts(english(), ZoneInfo("Asia/Tokyo"))
    part = AxisPart(first=day(3, hour=14), last=day(3, hour=16), hours=(day(3, hour=15),))
    svg = draw_timeline([row("The Wire", day(3, hour=14))], part, charts=charts)
    assert [text for text, _, _ in texts(svg)][1:] == ["00:00", "3 May – 4 May 2026"]
    days = charts.draw_sentiment([tone(day(1, hour=20), 1)])
    assert texts(days)[-1][0] == "2 May 2026"


# Sentiment


def test_dots_stand_above_and_below_the_middle_by_their_score() -> None:
    svg = draw_sentiment([tone(day(1), 1), tone(day(2), -0.5), tone(day(5), 0), tone(day(3), -1)])
    # 10 % for the scale, then 2 % of margin; a day is a quarter of the 86 % between. 60 units are a score of 1.
    assert numbers(svg, "circle", "cx", "cy", "class") == [
        ("12%", "12", "dot positive"),
        ("33.5%", "102", "dot negative"),
        ("98%", "72", "dot neutral"),
        ("55%", "132", "dot negative"),
    ]
    stems = [line for line in numbers(svg, "line", "class", "x1", "y1", "x2", "y2") if line[0] != "grid"]
    assert stems[1] == ("stem negative", "33.5%", "72", "33.5%", "102")
    assert [text for text, _, _ in texts(svg)] == ["+1", "0", "−1", "1 May 2026", "5 May 2026"]


def test_one_score_stands_in_the_middle_of_its_field() -> None:
    svg = draw_sentiment([tone(day(1), 0.25)])
    assert numbers(svg, "circle", "cx", "cy") == [("55%", "57")]
    assert texts(svg)[-1] == ("1 May 2026", "55%", "middle")


def test_equal_scores_of_one_moment_stand_on_each_other() -> None:
    svg = draw_sentiment([tone(day(1), -0.1), tone(day(1), -0.1)])
    assert numbers(svg, "circle", "cx", "cy") == [("55%", "78")] * 2


# Mixes


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ((4,), [("", "100%")]),
        ((2, 1, 1), [("", "50%"), ("50%", "25%"), ("75%", "25%")]),
        ((1, 1, 1), [("", "33.3%"), ("33.3%", "33.3%"), ("66.7%", "33.3%")]),
    ],
)
def test_a_mix_is_cut_by_its_counts(counts: tuple[int, ...], expected: list[tuple[str, str]]) -> None:
    assert numbers(draw_mix(mix(*counts)), "rect", "x", "width") == expected


def test_each_part_has_the_look_of_its_source_and_stripes_from_the_eighth_look_on() -> None:
    svg = draw_mix(mix(4, 3, 2, 1))
    assert [shape.get("class") for shape in shapes(svg, "rect")] == [
        "series-others",
        "series-1",
        "series-2",
        "series-3",
    ]
    assert [name_series(look) for look in (0, 1, COLOURS, COLOURS + 1, 2 * COLOURS)] == [
        "series-others",
        "series-1",
        "series-7",
        "series-1 striped",
        "series-7 striped",
    ]
    striped = draw_mix(MixRow(name=Link(text="Chips"), parts=(MixPart(name=Link(text="A"), count=1, series=9),)))
    assert numbers(striped, "line", "class", "x1", "x2") == [("stripes", "0%", "100%")]


def test_a_bar_has_the_colour_of_its_source_but_stripes_only_for_what_may_be_more() -> None:
    svg = draw_bar(1, 4, True, COLOURS + 2)
    assert numbers(svg, "rect", "class", "width") == [("track", "100%"), ("bar series-2", "25%")]
    assert numbers(svg, "line", "class", "x1", "x2") == [("hatch", "25%", "100%")]


# All of them


def draw_broken(times: list[datetime]) -> Markup:
    return draw_timeline([row("The Wire", *times)], *axis_of(sorted(times), UTC))


TIMES = (st.integers(0, 10**8) | st.integers(0, 10**4)).map(lambda seconds: day(1) + timedelta(seconds=seconds))
LABELS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"))
DRAWINGS: list[tuple[Callable[..., Markup], st.SearchStrategy[tuple[object, ...]]]] = [
    (draw_bar, st.integers(0, 50).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))),
    (draw_timeline, st.tuples(st.lists(st.builds(row, LABELS, TIMES), min_size=1, max_size=6))),
    (draw_broken, st.tuples(st.lists(TIMES, min_size=3, max_size=12))),
    (draw_sentiment, st.tuples(st.lists(st.builds(tone, TIMES, st.floats(-1, 1)), min_size=1, max_size=9))),
    (draw_mix, st.tuples(st.lists(st.integers(1, 99), min_size=1, max_size=9).map(lambda counts: mix(*counts)))),
]


@given(st.data(), st.sampled_from(DRAWINGS))
def test_every_chart_is_hidden_safe_and_inside_its_frame(
    data: st.DataObject, drawing: tuple[Callable[..., Markup], st.SearchStrategy[tuple[object, ...]]]
) -> None:
    draw, inputs = drawing
    given_input = data.draw(inputs)
    svg = draw(*given_input)
    assert svg == draw(*given_input)
    tree = etree.fromstring(svg)
    assert isinstance(svg, Markup)
    assert (tree.get("aria-hidden"), tree.get("focusable"), tree.get("width")) == ("true", "false", "100%")
    for shape in tree.iter():
        assert shape.tag in {"svg", "rect", "line", "circle", "text"}
        assert not {"style", "fill", "stroke", "id", "href"} & set(shape.attrib)
        for name in ("x", "x1", "x2", "cx", "width"):
            if value := shape.get(name):
                assert re.fullmatch(r"\d+(\.\d)?%", value)
                assert 0 <= float(value[:-1]) <= 100
        for name in ("y", "y1", "y2", "cy"):
            if value := shape.get(name):
                assert 0 <= int(value) <= int(tree.get("height", "0"))
    for shape in shapes(svg, "rect"):
        assert float((shape.get("x") or "0%")[:-1]) + float((shape.get("width") or "")[:-1]) <= 100.1


def test_of_nothing_there_is_no_chart() -> None:
    assert draw_sentiment([]) == ""


@pytest.mark.parametrize("label", ["AT&T", "<script>alert(1)</script>", '"quoted"', "]]>", "&amp;", "新聞"])
def test_labels_are_text_and_nothing_else(label: str) -> None:
    svg = draw_timeline([row(label, day(1))])
    assert texts(svg)[0][0] == label
    assert not shapes(svg, "script")


# Barcodes

STATES = ("told", "told", "disputed", "silent", "early", "unseen")


def test_a_barcode_has_a_cell_per_fact_whose_shape_says_what_a_source_did_and_its_words_as_a_label() -> None:
    svg = CHARTS.draw_barcode(STATES, 'Wire: "2" of 5')
    assert (numbers(svg, "path", "class", "d")) == [
        ("told", "M2 0V12M8 0V12"),
        ("disputed", "M14 0V4M14 8V12"),
        ("silent", "M20 10V12"),
        ("early", "M26 5V7"),
        ("unseen", "M32 0V2M32 5V7M32 10V12"),
    ]
    root = etree.fromstring(svg)
    assert (root.get("width"), root.get("role"), root.get("aria-label")) == ("34", "img", 'Wire: "2" of 5')


def test_a_barcode_begins_at_the_right_if_lines_do() -> None:
    svg = Charts(Strings("ar", {}), UTC).draw_barcode(("told", "told", "silent"), "")
    assert numbers(svg, "path", "class", "d") == [("silent", "M2 10V12"), ("told", "M8 0V12M14 0V12")]
