"""Sponsored slots of whole sites as days pass: what turns, what stays, and what is told."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import at_most
from generator.build import Request, survey
from generator.inspect import forecast
from sitebench import NOW, SMALL, SiteBench, article

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
SPONSOR = "//aside[contains(@class, 'slot')]//*[@class='slot-sponsor']/p[1]"


def campaign(bench: SiteBench, name: str, **matter: object) -> None:
    lines = "\n".join(f"{key}: {value}" for key, value in matter.items())
    text = f"---\nsponsor: {name.title()}\nhomepage: https://{name}.example/\nheadline: Buy\n{lines}\n---\nNow.\n"
    bench.write(f"content/sponsors/{name}.md", text)


@pytest.fixture
def three(bench: SiteBench) -> SiteBench:
    """A site of ten articles with three campaigns."""
    for number in range(10):
        bench.write(f"content/articles/n{number}.md", article(f"News {number}", 1 + number))
    for name, weight in (("heavy", 60), ("middle", 30), ("light", 10)):
        campaign(bench, name, weight=weight, starts="2026-05-01")
    return bench


def slots(bench: SiteBench) -> dict[str, str]:
    """Who stands on each page."""
    pages = (path for path in bench.files() if path.endswith(".html"))
    return {path: sponsor for path in pages for sponsor in bench.page(path).texts(SPONSOR)}


def test_a_turn_renders_the_pages_that_change_and_no_others(three: SiteBench) -> None:
    before = three.build().expect_built().files()
    on_front = [slots(three)["index.html"]]
    for number in range(1, 10):
        three.build(now=NOW + number * DAY).expect_built()
        after = three.files()
        changed = {path for path, data in after.items() if before.get(path) != data}
        pages = {path for path in three.rendered if path.endswith(".html")}
        assert pages == {path for path in changed if path.endswith(".html")}
        assert 0 < len(pages) < sum(path.endswith(".html") for path in after)
        three.expect_same_as_clean_build(now=NOW + number * DAY)
        before = after
        on_front.append(slots(three)["index.html"])
    assert (on_front.count("Heavy"), on_front.count("Middle"), on_front.count("Light")) == (6, 3, 1)


def test_nothing_is_rendered_within_a_turn(three: SiteBench) -> None:
    three.edit("site.toml", "[images]", '[sponsors]\nrotate = "week"\n[images]')
    monday = datetime(2026, 6, 8, tzinfo=UTC)
    three.build(now=monday).expect_built()
    three.build(now=monday + 7 * DAY - timedelta(seconds=1)).expect_built().expect_rendered()
    assert three.build(now=monday + 7 * DAY).expect_built().rendered


def test_never_keeps_the_campaigns_of_pages_for_their_whole_run(three: SiteBench) -> None:
    three.edit("site.toml", "[images]", '[sponsors]\nrotate = "never"\n[images]')
    first = slots(three.build().expect_built())
    assert three.report is not None
    assert three.report.until is None or three.report.until > NOW + 90 * DAY
    assert slots(three.build(now=NOW + 90 * DAY).expect_built()) == first


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "Pacific/Auckland"])
def test_next_knows_the_turn_and_a_build_before_it_makes_the_same(three: SiteBench, zone: str) -> None:
    three.edit("site.toml", "[theme]", f'time_zone = "{zone}"\n[theme]')
    now = files = None
    moment = datetime(2026, 10, 23, 12, tzinfo=UTC)  # clocks leap on the 25th
    for _ in range(4):
        files = three.build(now=moment).expect_built().files()
        with survey(Request(root=three.root, output=three.output, now=moment, workers=1)) as known:
            coming = forecast(known)
        assert coming.at is not None
        assert {cause.kind for cause in coming.causes} == {"campaign-turn"}
        assert three.build(now=coming.at - timedelta(seconds=1)).files() == files
        assert three.build(now=coming.at).files() != files
        moment = now = coming.at
    assert now is not None


def test_a_feed_shows_each_campaign_under_one_identity_for_ever(three: SiteBench) -> None:
    three.edit("site.toml", "[images]", "[feeds]\nsponsor_every = 5\n[images]")
    seen: dict[str, set[str]] = {}
    for number in range(8):
        three.build(now=NOW + number * DAY).expect_built()
        for item in re.findall(r"<item>.*?</item>", three.files()["feed.xml"].decode(), re.DOTALL):
            if ":sponsor:" in item:
                guid = re.search(r"<guid[^>]*>(.*?)</guid>", item)
                assert guid
                seen.setdefault(guid[1], set()).add(item)
    assert len(seen) == 3
    assert all(len(items) == 1 for items in seen.values())


def test_what_is_sold_and_cannot_be_given_is_told_and_strict_refuses_it(bench: SiteBench) -> None:
    bench.build().expect_built()
    before = bench.files()
    campaign(bench, "bound", topics="[chips]", places="[topic]")
    campaign(bench, "free", places="[topic]", starts="2026-06-01", ends="2026-06-15")
    campaign(bench, "law", topics="[space]", places="[article]")
    bench.build(strict=True).expect_refused()
    assert bench.files() == before
    assert bench.problems.count("[short-campaign]") == 1
    bench.build().expect_built().expect_report(
        "content/sponsors/law.md: warning: the campaign gets nothing from 2026-06-10T12:00Z until 2026-07-10T12:00Z "
        "[short-campaign]\n"
        "    expected: turns on pages\n"
        "    hint: no page is eligible: check 'places', 'topics', 'starts' and 'not_beside'\n"
    )
    bench.build().expect_built()
    assert "[short-campaign]" in bench.problems


CLASHES = {
    "all": ({}, {}, True),
    "one after the other": ({"ends": "2026-06-01"}, {"starts": "2026-06-01"}, False),
    "overlapping": ({"ends": "2026-06-02"}, {"starts": "2026-06-01"}, True),
    "other places": ({"places": "[front]"}, {"places": "[article, topic]"}, False),
    "other topics": ({"topics": "[chips]"}, {"topics": "[space]", "places": "[front, topic]"}, False),
    "a topic and all": ({"topics": "[chips]", "places": "[topic]"}, {}, True),
    "the front page has no topic": ({"topics": "[chips]", "places": "[front]"}, {"places": "[front]"}, False),
    "an article of both topics": ({"topics": "[chips]"}, {"topics": "[space]"}, True),
    "a draft": ({"draft": "true"}, {}, False),
    "not exclusive": ({"exclusive": "false"}, {}, False),
}


@pytest.mark.parametrize(("one", "other", "clash"), CLASHES.values(), ids=CLASHES)
def test_two_exclusive_campaigns_of_one_page_at_one_time_are_refused(
    bench: SiteBench, one: dict[str, str], other: dict[str, str], clash: bool
) -> None:
    bench.write("content/articles/both.md", article("Both", 20, also=["space"]))
    campaign(bench, "one", **{"exclusive": "true", **one})
    campaign(bench, "other", **{"exclusive": "true", **other})
    bench.build()
    assert (bench.report is None) is clash
    assert ("[exclusive-clash]" in bench.problems) is clash


@at_most(5)
@given(
    st.lists(
        st.tuples(st.integers(0, 6), st.integers(1, 6), st.integers(1, 100), st.booleans()), min_size=2, max_size=4
    ),
    st.sampled_from(["hour", "day", "week", "never"]),
    st.lists(st.integers(1, 40), min_size=2, max_size=3),
)
def test_incremental_builds_equal_clean_ones_as_time_passes(
    tmp_path_factory: pytest.TempPathFactory,
    runs: list[tuple[int, int, int, bool]],
    rotate: str,
    hours: list[int],
) -> None:
    bench = SiteBench(Path(tmp_path_factory.mktemp("site")) / "site").write_all(SMALL)
    outputs = "".join(f"{name} = false\n" for name in ("entities", "tags", "archive", "insights", "atom", "opml"))
    bench.edit("site.toml", "[images]", f'[outputs]\n{outputs}[sponsors]\nrotate = "{rotate}"\n[images]')
    for number in range(3):
        bench.write(f"content/articles/n{number}.md", article(f"News {number}", 1 + number))
    for number, (starts, days, weight, is_bound) in enumerate(runs):
        begin = NOW + (starts - 2) * DAY
        topics = {"topics": "[chips]"} if is_bound else {}
        campaign(
            bench,
            f"c{number}",
            weight=weight,
            starts=f"{begin:%Y-%m-%d}",
            ends=f"{begin + days * DAY:%Y-%m-%d}",
            **topics,
        )
    moment = NOW
    for step in hours:
        moment += timedelta(hours=step)
        bench.build(now=moment).expect_built().expect_same_as_clean_build(now=moment)
