"""How sponsored slots turn: counted over months, for weights, runs, topics, calendars and pages."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import Rotation
from generator.names import RecordId
from generator.outputs import SlotDecision
from generator.records import Sponsor
from generator.site import Rota, count_runs, warn_of_short
from generator.site.rotation import begin_cycle, next_turn, turn_at
from materials import make_campaign

START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = timedelta(days=1)
BERLIN = ZoneInfo("Europe/Berlin")
ZONES = ("UTC", "Europe/Berlin", "America/Sao_Paulo", "America/Havana", "Asia/Kolkata", "Pacific/Apia", "Asia/Beirut")
FRONT = SlotDecision("index.html", "front", None)


def page(number: int = 0, *topics: str, since: datetime | None = None) -> SlotDecision:
    return SlotDecision(f"news/a{number}/index.html", "article", None, topics, since=since)


def open_rota(*campaigns: Sponsor, rotate: Rotation = "day", zone: str = "UTC") -> Rota:
    return Rota(campaigns, rotate=rotate, zone=ZoneInfo(zone))


def shown(rota: Rota, slot: SlotDecision, first: datetime, days: int) -> list[str | None]:
    """Who stands in a slot on so many days, each looked at in its middle."""
    chosen = (rota.decide(slot, rota.time_at(first + number * DAY + DAY / 2)) for number in range(days))
    return [one.id if one else None for one in chosen]


def since(number: int, days: int | None = None) -> dict[str, datetime]:
    """A run from a day of 2026, for so many days."""
    run = {"starts": START + number * DAY}
    return run if days is None else {**run, "ends": START + (number + days) * DAY}


WEIGHTS = st.lists(st.integers(1, 100), min_size=2, max_size=6)


@given(WEIGHTS, st.integers(0, 5), st.integers(0, 2**64))
def test_in_each_cycle_everybody_has_the_share_at_every_moment_but_for_less_than_a_turn(
    weights: list[int], first: int, draw: int
) -> None:
    first %= len(weights)
    cycle = begin_cycle(tuple(weights), first, draw)
    assert cycle.taker(0) == first
    for who, weight in enumerate(weights):
        for turns in range(1, len(cycle.order) + 1):
            had = cycle.taken_by(who, turns)
            assert had == cycle.order[:turns].count(who)
            assert abs(had * sum(weights) - turns * weight) < sum(weights)
        assert cycle.taken_by(who, 3 * len(cycle.order)) == 3 * len(cycle.order) * weight // sum(weights)


def test_a_paid_week_on_the_front_page_gets_what_was_sold() -> None:
    heavy = make_campaign("heavy", weight=100, **since(60, 7))
    rota = open_rota(heavy, make_campaign("one", weight=10), make_campaign("other", weight=10))
    week = Counter(shown(rota, FRONT, START + 60 * DAY, 7))
    assert week["heavy"] in (5, 6)
    assert "heavy" not in shown(rota, FRONT, START, 60) + shown(rota, FRONT, START + 67 * DAY, 60)
    assert abs(Counter(shown(rota, FRONT, START + 67 * DAY, 60))["one"] - 30) < 1


@pytest.mark.parametrize("weights", [(10, 30), (1, 9), (60, 40, 30), (100, 10, 10), (5, 5, 5, 5, 1)])
def test_each_page_gives_each_campaign_its_share_of_every_month(weights: tuple[int, ...]) -> None:
    campaigns = [make_campaign(f"c{place}", weight=weight, **since(0)) for place, weight in enumerate(weights)]
    rota = open_rota(*campaigns)
    for number in range(40):
        days = shown(rota, page(number), START, 365)
        for length in (7, 31, 90, 365):
            counts = Counter(days[:length])
            for one in campaigns:
                assert abs(counts[one.id] - length * one.weight / sum(weights)) < 1


@pytest.mark.parametrize("weights", [(10, 30), (1, 9), (100, 10, 10), (5, 5, 5, 5, 1)])
def test_the_pages_of_a_day_are_shared_by_weight(weights: tuple[int, ...]) -> None:
    rota = open_rota(*(make_campaign(f"c{place}", weight=weight) for place, weight in enumerate(weights)))
    for number in (0, 1, 5):
        time = rota.time_at(START + number * DAY)
        counts = Counter(chosen.id for one in range(1500) if (chosen := rota.decide(page(one), time)))
        for place, weight in enumerate(weights):
            assert abs(counts[RecordId(f"c{place}")] / 1500 - weight / sum(weights)) < 0.06


def test_campaigns_that_often_change_starve_nobody() -> None:
    """Each second day another guest comes for two days: the small one gets its share of the pages all the same."""
    guests = [make_campaign(f"guest{number}", weight=40, **since(2 * number, 2)) for number in range(45)]
    rota = open_rota(make_campaign("small", weight=10, **since(0, 90)), make_campaign("big", weight=50), *guests)
    days = Counter(one for number in range(60) for one in shown(rota, page(number), START, 90))
    assert abs(days["small"] / (60 * 90) - 0.1) < 0.02


@st.composite
def campaigns(draw: st.DrawFn, *, exclusive: bool = True) -> list[Sponsor]:
    drawn = []
    for number in range(draw(st.integers(1, 5))):
        starts, days = draw(st.none() | st.integers(0, 60)), draw(st.none() | st.integers(1, 60))
        run = {} if starts is None else since(starts, days)
        topics = draw(st.sampled_from([(), (), ("chips",), ("space",), ("chips", "space")]))
        is_exclusive = exclusive and number == 0 and draw(st.booleans())
        weight = draw(st.integers(1, 100))
        topic_ids = tuple(map(RecordId, topics))
        drawn.append(make_campaign(f"c{number}", weight=weight, topics=topic_ids, exclusive=is_exclusive, **run))
    return drawn


SLOTS = st.builds(page, st.integers(0, 50), st.sampled_from(["chips", "space", "law"]))
ROTATIONS = st.sampled_from(["hour", "day", "week", "never"])
MOMENTS = st.integers(-24 * 30, 24 * 180).map(lambda hours: START + timedelta(hours=hours, minutes=17))


def stands(campaign: Sponsor, slot: SlotDecision, moment: datetime) -> bool:
    """Whether a campaign may stand in a slot of an article, said anew."""
    is_running = (campaign.starts is None or campaign.starts <= moment) and (
        campaign.ends is None or moment < campaign.ends
    )
    return is_running and (not campaign.topics or bool(set(campaign.topics) & set(slot.topics)))


@given(campaigns(), SLOTS, MOMENTS, ROTATIONS)
def test_the_exclusive_one_then_those_with_topics_then_the_others(
    booked: list[Sponsor], slot: SlotDecision, moment: datetime, rotate: Rotation
) -> None:
    rota = open_rota(*booked, rotate=rotate)
    chosen = rota.decide(slot, rota.time_at(moment))
    running = [one for one in booked if stands(one, slot, moment)]
    assert (chosen is None) == (not running)
    if chosen is not None:
        assert chosen in running
        assert chosen.exclusive or not any(one.exclusive for one in running)
        assert chosen.exclusive or chosen.topics or not any(one.topics for one in running)


@given(campaigns(), SLOTS, MOMENTS, ROTATIONS, st.sampled_from(ZONES), st.randoms(use_true_random=False))
def test_the_decision_is_a_pure_function_of_slot_turn_and_campaigns(
    booked: list[Sponsor], slot: SlotDecision, moment: datetime, rotate: Rotation, zone: str, chance: object
) -> None:
    one = open_rota(*booked, rotate=rotate, zone=zone)
    chance.shuffle(booked)  # type: ignore[attr-defined]
    other = open_rota(*booked, rotate=rotate, zone=zone)
    for elsewhere in range(5):
        other.decide(page(elsewhere, "chips"), other.time_at(moment + elsewhere * DAY))
    assert one.decide(slot, one.time_at(moment)) is other.decide(slot, other.time_at(moment))


@given(campaigns(), SLOTS, MOMENTS, ROTATIONS, st.sampled_from(ZONES))
def test_nothing_changes_before_the_next_turn_or_the_next_start_or_end(
    booked: list[Sponsor], slot: SlotDecision, moment: datetime, rotate: Rotation, zone: str
) -> None:
    rota = open_rota(*booked, rotate=rotate, zone=zone)
    bounds = [bound for one in booked for bound in (one.starts, one.ends) if bound and bound > moment]
    turn = rota.next_turn(moment)
    until = min([*bounds, *([turn] if turn else [])], default=moment + 400 * DAY)
    before = rota.decide(slot, rota.time_at(moment))
    for part in (0.1, 0.5, 0.99):
        assert rota.decide(slot, rota.time_at(moment + (until - moment) * part)) is before


@given(campaigns(), st.lists(SLOTS, min_size=1, max_size=4, unique_by=lambda slot: slot.spot), ROTATIONS)
def test_what_is_counted_for_a_run_is_what_slots_show_turn_by_turn(
    booked: list[Sponsor], slots: list[SlotDecision], rotate: Rotation
) -> None:
    rota = open_rota(*booked, rotate=rotate)
    runs = count_runs(rota, slots, START)
    for one in booked:
        if one.starts is None or one.ends is None:
            continue
        given_turns = 0
        promised = 0.0
        for slot in slots:
            seen: set[tuple[object, int]] = set()
            for moment in _steps(one.starts, one.ends, rotate):
                time = rota.time_at(moment)
                stretch = rota.stretch_at(slot, time.changed)
                if (stretch.starts, turn := rota.turn_at(moment)) in seen:
                    continue
                seen.add((stretch.starts, turn))
                running = [other for other in booked if stands(other, slot, moment)]
                if one in running:
                    promised += one.weight / sum(other.weight for other in running)
                given_turns += rota.decide(slot, time) is one
        assert runs[one.id].given == given_turns
        assert abs(runs[one.id].promised - promised) < 1e-6


def _steps(starts: datetime, ends: datetime, rotate: Rotation) -> Iterator[datetime]:
    """Moments so close that none of a turn is passed over; every run begins and ends at midnight."""
    step = timedelta(hours=1) if rotate == "hour" else timedelta(hours=12)
    while starts < ends:
        yield starts
        starts += step


def test_a_page_that_comes_in_the_middle_gives_shares_from_then_on() -> None:
    rota = open_rota(make_campaign("one", weight=10, **since(0)), make_campaign("other", weight=20, **since(0)))
    for number in range(20):
        came = START + (10 + number) * DAY
        counts = Counter(shown(rota, page(number, since=came), came, 30))
        assert counts == {"one": 10, "other": 20}


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("rotate", ["hour", "day", "week"])
def test_turns_follow_each_other_also_where_clocks_leap(rotate: Rotation, zone: str) -> None:
    """From one turn to the next for ten years, with all leaps of clocks and a day that Samoa left out."""
    place = ZoneInfo(zone)
    moment, end = datetime(2011, 12, 20, tzinfo=UTC), datetime(2021, 12, 20, tzinfo=UTC)
    if rotate == "hour":
        end = datetime(2012, 12, 20, tzinfo=UTC)
    while moment < end:
        after = next_turn(moment, rotate, place)
        assert after is not None
        assert moment < after <= moment + timedelta(days=8)
        second = timedelta(seconds=1)
        assert turn_at(after - second, rotate, place) == turn_at(moment, rotate, place) < turn_at(after, rotate, place)
        moment = after


def test_a_day_is_that_of_the_sites_time_zone() -> None:
    assert next_turn(datetime(2026, 3, 29, 12, tzinfo=UTC), "day", BERLIN) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert next_turn(datetime(2026, 3, 28, 12, tzinfo=UTC), "day", BERLIN) == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert next_turn(datetime(2026, 3, 28, 12, tzinfo=UTC), "week", BERLIN) == datetime(2026, 3, 29, 22, tzinfo=UTC)
    assert next_turn(START, "never", BERLIN) is None
    # At midnight of 4 November 2018 clocks in São Paulo leapt to one o'clock.
    leap = datetime(2018, 11, 4, 3, tzinfo=UTC)
    assert next_turn(leap - timedelta(hours=5), "day", ZoneInfo("America/Sao_Paulo")) == leap


def test_an_exclusive_one_stands_alone_in_a_feed_and_the_others_fill_it_otherwise() -> None:
    run = since(0)
    alone, bound, free = (
        make_campaign("alone", exclusive=True, **since(10, 5)),
        make_campaign("bound", topics=(RecordId("chips"),), **run),
        make_campaign("free", **run),
    )
    rota = open_rota(alone, bound, free)

    def feed(day: int) -> list[str | None]:
        taken: list[str] = []
        shown: list[str | None] = []
        for spot in range(3):
            slot = SlotDecision(f"topics/chips/{spot}/feed.xml", "feed", None, ("chips",), taken=tuple(sorted(taken)))
            chosen = rota.decide(slot, rota.time_at(START + day * DAY))
            shown.append(chosen.id if chosen else None)
            taken += [chosen.id] if chosen else []
        return shown

    assert feed(1) == ["bound", "free", None]
    assert feed(12) == ["alone", None, None]
    assert feed(15) == ["bound", "free", None]


def short(*booked: Sponsor, slots: list[SlotDecision], now: datetime = START) -> list[tuple[str, str]]:
    runs = count_runs(open_rota(*booked), slots, now)
    return [(problem.file, problem.message) for problem in warn_of_short(booked, runs, now)]


def test_a_campaign_that_gets_nothing_or_less_than_half_is_told() -> None:
    pages = [page(number, "chips") for number in range(10)]
    free, bound = (
        make_campaign("free", **since(0, 30)),
        make_campaign("bound", topics=(RecordId("chips"),), **since(0, 30)),
    )
    assert short(free, slots=pages) == []
    assert short(free, bound, slots=pages) == [
        ("content/sponsors/free.md", "the campaign gets nothing from 2026-01-01T00:00Z until 2026-01-31T00:00Z")
    ]
    assert short(free, bound, slots=[*pages, page(11, "law")]) == [
        (
            "content/sponsors/free.md",
            "the campaign gets 30 turns on pages from 2026-01-01T00:00Z until 2026-01-31T00:00Z",
        )
    ]
    half = [*pages[:2], *(page(number, "law") for number in range(20, 22))]
    assert short(free, bound, slots=half) == []
    assert short(free, bound, slots=pages, now=START + 40 * DAY) == []


def test_what_is_to_come_and_what_never_ends_is_looked_at_too() -> None:
    later = make_campaign("later", places=("front",), **since(50, 2))
    exclusive = make_campaign("all", places=("front",), exclusive=True, **since(40))
    assert short(later, exclusive, slots=[FRONT]) == [
        ("content/sponsors/later.md", "the campaign gets nothing from 2026-02-20T00:00Z until 2026-02-22T00:00Z")
    ]
    assert short(make_campaign("open", places=("article",)), slots=[FRONT]) == [
        ("content/sponsors/open.md", "the campaign gets nothing from 2026-01-01T00:00Z until 2026-01-31T00:00Z")
    ]
