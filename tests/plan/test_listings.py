"""Listings, whose pages keep still."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.names import RecordId
from generator.outputs.pages import IndexPage, ListingPage
from generator.outputs.parts import Link
from generator.outputs.view import View
from generator.plan.paging import split_pages
from generator.records import Entity, EntityRole, Source, Topic
from materials import (
    day,
    listings_of,
    make_article,
    make_articles,
    make_body,
    make_campaign,
    make_newsroom,
    make_record,
)

COUNTS, SIZES = st.integers(0, 300), st.integers(1, 30)


# How a listing is cut


@given(COUNTS, SIZES)
def test_every_item_stands_once_on_the_listing_or_on_one_full_page_below_it(count: int, size: int) -> None:
    on_first, below = split_pages(count, size)
    assert on_first + below * size == count
    assert on_first >= 0
    assert below >= 0


@given(COUNTS, SIZES)
def test_the_listing_shows_between_one_and_two_pages_worth(count: int, size: int) -> None:
    on_first, _ = split_pages(count, size)
    assert on_first < 2 * size
    assert on_first >= min(count, size)


@given(COUNTS, SIZES)
def test_one_more_item_adds_at_most_one_page_and_takes_none(count: int, size: int) -> None:
    _, before = split_pages(count, size)
    _, after = split_pages(count + 1, size)
    assert after - before in (0, 1)
    assert (after - before == 1) is (count + 1 >= 2 * size and (count + 1) % size == 0)


@pytest.mark.parametrize(
    ("count", "expected"), [(0, (0, 0)), (2, (2, 0)), (3, (3, 0)), (5, (5, 0)), (6, (3, 1)), (8, (5, 1)), (9, (3, 2))]
)
def test_with_three_to_a_page(count: int, expected: tuple[int, int]) -> None:
    assert split_pages(count, 3) == expected


# Their views


def plan_latest_of(count: int, size: int) -> dict[str, View]:
    return listings_of("latest", make_newsroom(*make_articles(count), listings={"page_items": size}))


def headlines(view: View) -> list[str]:
    assert isinstance(view, ListingPage)
    return [card.headline for card in view.cards]


@given(st.integers(0, 25), st.integers(1, 6))
def test_listing_and_pages_hold_every_article_once_newest_first(count: int, size: int) -> None:
    planned = plan_latest_of(count, size)
    below = sorted(
        (view.number for view in planned.values() if isinstance(view, ListingPage) and view.number), reverse=True
    )
    assert below == list(range(len(planned) - 1, 0, -1))
    paths = ["latest/index.html", *(f"latest/page/{number}/index.html" for number in below)]
    assert [headline for path in paths for headline in headlines(planned[path])] == [
        f"A{number}" for number in range(count, 0, -1)
    ]


@given(st.integers(0, 25), st.integers(1, 12), st.integers(1, 6))
def test_a_page_never_changes_as_articles_are_added(count: int, more: int, size: int) -> None:
    before, after = plan_latest_of(count, size), plan_latest_of(count + more, size)
    pages = {path: view for path, view in before.items() if "/page/" in path}
    assert {path: after[path] for path in pages} == pages


def test_pages_link_to_what_is_older_and_to_the_listing_but_never_to_what_is_newer() -> None:
    planned = plan_latest_of(13, 3)
    links = {path: (view.older, view.newest) for path, view in planned.items() if isinstance(view, ListingPage)}
    assert links == {
        "latest/index.html": ("/latest/page/3/", None),
        "latest/page/3/index.html": ("/latest/page/2/", "/latest/"),
        "latest/page/2/index.html": ("/latest/page/1/", "/latest/"),
        "latest/page/1/index.html": (None, "/latest/"),
    }


def test_only_the_listing_itself_has_a_slot_and_a_text() -> None:
    topic = make_record(Topic, "chips", body=make_body("On chips."), order=1)
    newsroom = make_newsroom(topic, make_campaign("c"), *make_articles(9), listings={"page_items": 3})
    planned = listings_of("topics", newsroom)
    first, page = planned["topics/chips/index.html"], planned["topics/chips/page/1/index.html"]
    assert isinstance(first, ListingPage)
    assert isinstance(page, ListingPage)
    assert first.slot is not None
    assert first.text is not None
    assert page.slot is page.text is None


def test_the_start_of_a_campaign_changes_no_page_below_a_listing() -> None:
    records, size = make_articles(9), {"page_items": 3}
    without = listings_of("topics", make_newsroom(*records, listings=size))
    running = listings_of("topics", make_newsroom(*records, make_campaign("c"), listings=size))
    assert {path for path, view in running.items() if view != without[path]} == {
        "topics/chips/index.html",
        "topics/space/index.html",
    }


def test_a_page_says_which_it_is_and_leads_back() -> None:
    view = plan_latest_of(9, 3)["latest/page/2/index.html"]
    assert isinstance(view, ListingPage)
    assert view.meta.title == "Latest, page 2 – Bench News"
    assert view.meta.canonical == "https://bench.example/latest/page/2/"
    assert [(crumb.text, crumb.href) for crumb in view.crumbs] == [
        ("Home", "/"),
        ("Latest", "/latest/"),
        ("Page 2", None),
    ]


# The families


def test_each_topic_has_a_listing_even_without_articles() -> None:
    planned = listings_of("topics", make_newsroom(make_article("a1", also=("space",)), make_record(Topic, "law")))
    assert headlines(planned["topics/chips/index.html"]) == ["A1"]
    assert headlines(planned["topics/space/index.html"]) == ["A1"]
    assert headlines(planned["topics/law/index.html"]) == []
    index = planned["topics/index.html"]
    assert isinstance(index, IndexPage)
    assert [(entry.title, entry.count) for entry in index.groups[0].entries] == [("Law", 0), ("Chips", 1), ("Space", 1)]


def test_a_topic_leads_to_those_below_and_above_it() -> None:
    newsroom = make_newsroom(make_record(Topic, "npu", parent="chips"), make_record(Topic, "tpu", parent="npu"))
    planned = listings_of("topics", newsroom)
    chips, tpu = planned["topics/chips/index.html"], planned["topics/tpu/index.html"]
    assert isinstance(chips, ListingPage)
    assert isinstance(tpu, ListingPage)
    assert [link.href for link in chips.links] == ["/topics/npu/"]
    assert [crumb.text for crumb in tpu.crumbs] == ["Home", "Topics", "Chips", "Npu", "Tpu"]


def test_a_feed_is_announced_only_where_there_is_one() -> None:
    newsroom = make_newsroom(make_article("a1"))
    planned = listings_of("topics", newsroom)
    with_articles, without = planned["topics/chips/index.html"], planned["topics/space/index.html"]
    assert isinstance(with_articles, ListingPage)
    assert isinstance(without, ListingPage)
    assert with_articles.feed == "/topics/chips/feed.xml"
    names = ("feed.xml", "atom.xml", "feed.json")
    assert [feed.href for feed in with_articles.meta.feeds] == [f"/topics/chips/{name}" for name in names]
    assert without.feed is None
    assert without.meta.feeds == ()


def test_a_source_is_shown_with_what_is_known_of_it() -> None:
    source = make_record(Source, "post", homepage="https://post.example", country="GB", body=make_body("A paper."))
    view = listings_of("sources", make_newsroom(source))["sources/post/index.html"]
    assert isinstance(view, ListingPage)
    assert view.profile is not None
    assert view.profile.facts == (("Country", "United Kingdom"),)
    assert view.profile.links == (Link(text="Website", href="https://post.example"),)
    assert view.description == "A paper."
    assert view.meta.description == "A paper."


def test_entities_are_grouped_by_type_in_a_fixed_order_with_a_page_each() -> None:
    entities = [
        make_record(Entity, "zeta", type="company"),
        make_record(Entity, "acme", type="company", description="A maker."),
        make_record(Entity, "ada", type="person", title="Ada"),
        make_record(Entity, "eu-ai-act", type="law", title="EU AI Act"),
    ]
    told = make_article("a1", entities=(EntityRole(entity=RecordId("acme")), EntityRole(entity=RecordId("ada"))))
    planned = listings_of("entities", make_newsroom(*entities, told))
    assert set(planned) == {
        "entities/index.html",
        *(f"entities/{name}/index.html" for name in ("zeta", "acme", "ada", "eu-ai-act")),
    }
    index = planned["entities/index.html"]
    assert isinstance(index, IndexPage)
    assert [(group.heading, [(entry.title, entry.count) for entry in group.entries]) for group in index.groups] == [
        ("Companies", [("Acme", 1), ("Zeta", 0)]),
        ("People", [("Ada", 1)]),
        ("Laws", [("EU AI Act", 0)]),
    ]
    page = planned["entities/acme/index.html"]
    assert isinstance(page, ListingPage)
    assert (page.kind, page.heading, page.description) == ("entity", "Acme", "A maker.")
    assert headlines(page) == ["A1"]
    assert [crumb.text for crumb in page.crumbs] == ["Home", "Entities", "Acme"]


def test_an_entity_without_articles_has_its_page_and_a_site_without_entities_no_index() -> None:
    page = listings_of("entities", make_newsroom(make_record(Entity, "acme")))["entities/acme/index.html"]
    assert isinstance(page, ListingPage)
    assert page.cards == ()
    assert page.profile is not None
    assert (page.profile.months, page.profile.tones, page.profile.together, page.profile.stories) == ((), (), (), ())
    assert listings_of("entities", make_newsroom(make_article("a1"))) == {}


def test_tags_are_listed_by_their_words_and_not_at_all_where_there_are_none() -> None:
    newsroom = make_newsroom(make_article("a1", tags=("zebra", "AI")), make_article("a2", tags=("ai", "Öl")))
    planned = listings_of("tags", newsroom)
    assert set(planned) == {"tags/index.html", "tags/ai/index.html", "tags/zebra/index.html", "tags/öl/index.html"}
    assert headlines(planned["tags/ai/index.html"]) == ["A2", "A1"]
    index = planned["tags/index.html"]
    assert isinstance(index, IndexPage)
    assert [entry.title for entry in index.groups[0].entries] == ["AI", "zebra", "Öl"]
    assert listings_of("tags", make_newsroom(make_article("a1"))) == {}


def test_the_archive_has_a_listing_per_month_newest_first() -> None:
    newsroom = make_newsroom(make_article("a1", day(-150)), make_article("a2", day(1)), make_article("a3", day(2)))
    planned = listings_of("archive", newsroom)
    assert set(planned) == {"archive/index.html", "archive/2025/12/index.html", "archive/2026/05/index.html"}
    assert headlines(planned["archive/2026/05/index.html"]) == ["A3", "A2"]
    index = planned["archive/index.html"]
    assert isinstance(index, IndexPage)
    assert [(group.heading, [entry.title for entry in group.entries]) for group in index.groups] == [
        ("2026", ["May"]),
        ("2025", ["December"]),
    ]
    assert listings_of("archive", make_newsroom()) == {}


def test_what_is_switched_off_is_not_linked_from_a_listing() -> None:
    newsroom = make_newsroom(make_article("a1"), outputs={"sources": False, "topics": False, "rss": False})
    (view,) = listings_of("latest", newsroom).values()
    assert isinstance(view, ListingPage)
    (card,) = view.cards
    assert (card.source.href, card.topic.href, view.feed) == (None, None, None)
