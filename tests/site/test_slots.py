"""Which campaign a sponsored slot shows, at one moment; how it turns is in test_rotation.py."""

import math
from collections.abc import Iterable
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.names import OutputPath, RecordId
from generator.outputs import SlotDecision
from generator.records import Entity, Sponsor
from generator.records.sponsor import Place
from generator.site import Rota
from materials import make_campaign, make_record
from sitebench import NOW

PLACES = [OutputPath(f"news/chips/a{number}/index.html") for number in range(4000)]
CAMPAIGNS = st.lists(
    st.builds(
        make_campaign,
        st.sampled_from([f"c{number}" for number in range(8)]),
        weight=st.integers(1, 100),
        topics=st.lists(st.sampled_from([RecordId("chips"), RecordId("space")]), max_size=2).map(tuple),
        places=st.sets(st.sampled_from(["front", "topic", "article"]), min_size=1).map(tuple),
    ),
    unique_by=lambda campaign: campaign.id,
    max_size=6,
)


def decide_all(
    campaigns: Iterable[Sponsor],
    paths: Iterable[OutputPath],
    place: Place,
    *,
    topics: Iterable[str] = (),
    entities: Iterable[Entity] = (),
) -> list[Sponsor | None]:
    rota = Rota(campaigns, rotate="never", zone=ZoneInfo("UTC"))
    time, away = rota.time_at(NOW), rota.keep_away(place, tuple(topics), list(entities))
    return [rota.decide(SlotDecision(path, place, None, tuple(topics), away), time) for path in paths]


def decide(campaigns: Iterable[Sponsor], path: OutputPath, place: Place, **about: object) -> Sponsor | None:
    return decide_all(campaigns, [path], place, **about)[0]  # type: ignore[arg-type]


def winners(campaigns: list[Sponsor], place: Place = "article") -> list[str | None]:
    return [one.id if one else None for one in decide_all(campaigns, PLACES[:150], place)]


@given(CAMPAIGNS, st.randoms(use_true_random=False))
def test_the_order_of_campaigns_changes_nothing(campaigns: list[Sponsor], chance: object) -> None:
    shuffled = campaigns.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert winners(shuffled) == winners(campaigns)


@given(CAMPAIGNS.filter(bool))
def test_the_end_of_a_campaign_changes_only_the_places_that_it_had(campaigns: list[Sponsor]) -> None:
    ended, *others = campaigns
    for before, after in zip(winners(campaigns), winners(others), strict=True):
        assert before in (after, ended.id)


@given(CAMPAIGNS.filter(bool))
def test_the_start_of_a_campaign_changes_only_the_places_that_it_wins(campaigns: list[Sponsor]) -> None:
    started, *others = campaigns
    for before, after in zip(winners(others), winners(campaigns), strict=True):
        assert after in (before, started.id)


@given(CAMPAIGNS.filter(bool), st.integers(1, 100))
def test_a_new_weight_moves_places_from_or_to_that_campaign_only(campaigns: list[Sponsor], weight: int) -> None:
    changed = msgspec.structs.replace(campaigns[0], weight=weight)
    is_more = weight >= campaigns[0].weight
    for before, after in zip(winners(campaigns), winners([changed, *campaigns[1:]]), strict=True):
        assert after == before or changed.id == (after if is_more else before)


@given(CAMPAIGNS)
def test_what_a_campaign_says_does_not_move_it(campaigns: list[Sponsor]) -> None:
    reworded = [msgspec.structs.replace(campaign, headline="New words", creative="x") for campaign in campaigns]
    assert winners(reworded) == winners(campaigns)


@pytest.mark.parametrize("weights", [(1, 1), (10, 30), (1, 4, 15), (100, 100, 100, 1)])
def test_shares_follow_the_weights(weights: tuple[int, ...]) -> None:
    campaigns = [make_campaign(f"c{place}", weight=weight) for place, weight in enumerate(weights)]
    chosen = decide_all(campaigns, PLACES, "article")
    for campaign in campaigns:
        share = campaign.weight / sum(weights)
        allowed = 4 * math.sqrt(share * (1 - share) / len(PLACES))
        assert abs(chosen.count(campaign) / len(PLACES) - share) < allowed


def test_a_place_keeps_its_campaign_between_builds() -> None:
    campaigns = [make_campaign("lantern"), make_campaign("oblong"), make_campaign("hosting")]
    expected = "oblong lantern hosting oblong hosting lantern lantern lantern"
    assert winners(campaigns)[:8] == expected.split()


def test_without_campaigns_there_is_none() -> None:
    assert decide([], PLACES[0], "front") is None


def choose(campaign: Sponsor, place: Place = "article", **about: object) -> Sponsor | None:
    return decide([campaign], PLACES[0], place, **about)


def test_a_campaign_stands_in_its_places_only() -> None:
    campaign = make_campaign("c", places=("front", "article"))
    assert choose(campaign, "front") is campaign
    assert choose(campaign, "article") is campaign
    assert choose(campaign, "topic") is None


def test_a_campaign_bound_to_topics_stands_with_one_of_them_only() -> None:
    campaign = make_campaign("c", topics=(RecordId("chips"), RecordId("space")))
    assert choose(campaign, topics=[RecordId("law"), RecordId("space")]) is campaign
    assert choose(campaign, topics=[RecordId("law")]) is None
    assert choose(campaign, "front") is None


def test_campaigns_with_topics_go_before_those_without() -> None:
    bound, free = make_campaign("bound", topics=(RecordId("chips"),), weight=1), make_campaign("free", weight=100)
    for path in PLACES[:50]:
        assert decide([bound, free], path, "article", topics=["chips"]) is bound
        assert decide([bound, free], path, "article", topics=["space"]) is free


def test_an_exclusive_campaign_stands_alone_where_it_may() -> None:
    alone = make_campaign("alone", exclusive=True, places=("article",), weight=1)
    others = [make_campaign("bound", topics=(RecordId("chips"),)), make_campaign("free", weight=100)]
    for path in PLACES[:50]:
        assert decide([alone, *others], path, "article", topics=["chips"]) is alone
        assert decide([alone, *others], path, "front") is others[1]


def test_a_campaign_does_not_stand_beside_what_it_avoids() -> None:
    campaign = make_campaign("c", not_beside=(RecordId("bolt"),))
    acme, bolt = make_record(Entity, "acme"), make_record(Entity, "bolt")
    assert choose(campaign, entities=[acme]) is campaign
    assert choose(campaign, entities=[acme, bolt]) is None


@pytest.mark.parametrize(
    ("entity", "is_sponsor"),
    [
        ({"title": "Slow Lantern"}, True),
        ({"title": "SLOW LANTERN"}, True),
        ({"title": "Lantern", "homepage": "http://www.lantern.example/about"}, True),
        ({"title": "Lantern", "homepage": "https://other.example/"}, False),
        ({"title": "Slow Lantern Watchers"}, False),
        ({"title": "Other", "homepage": None}, False),
        ({"title": "Other", "homepage": "https://[half/"}, False),
    ],
)
def test_a_campaign_never_stands_beside_its_own_sponsor(entity: dict[str, object], is_sponsor: bool) -> None:
    campaign = make_campaign("c", sponsor="Slow Lantern", homepage="https://lantern.example/?from=us")
    beside = make_record(Entity, "someone", **entity)
    assert (choose(campaign, entities=[beside]) is None) is is_sponsor


def test_a_sponsor_is_known_by_its_entitys_id_too() -> None:
    campaign = make_campaign("c", sponsor="Slow Lantern")
    assert choose(campaign, entities=[make_record(Entity, "slow-lantern", title="SL Inc.")]) is None


def test_the_sponsors_neighbour_takes_its_place() -> None:
    one, other = make_campaign("c", sponsor="Acme"), make_campaign("d", sponsor="Bolt")
    acme = make_record(Entity, "acme")
    for path in PLACES[:20]:
        assert decide([one, other], path, "article", entities=[acme]) is other


@pytest.mark.parametrize("homepage", ["https://[half/", "https://a\u2100b/"])
def test_a_homepage_that_is_no_address_makes_no_page_fail(homepage: str) -> None:
    campaign = make_campaign("c", homepage=homepage)
    assert choose(campaign, entities=[make_record(Entity, "acme", homepage="https://acme.example/")]) is campaign
