"""The table of families, and the addresses that follow from it and from the routes."""

import re

import msgspec
import pytest

from generator.config import OutputsSection
from generator.names import OutputPath
from generator.plan.families import FAMILIES, comes_with_time, has_feeds_below, passes
from generator.plan.routes import ROUTES, archive_path, numbered_path
from generator.records import Entity, Story
from materials import day, make_article, make_newsroom, make_record


def test_every_family_has_its_switch_and_the_switch_of_its_feeds() -> None:
    switches = {field.name for field in msgspec.structs.fields(OutputsSection)}
    for family in FAMILIES.values():
        assert family.name in switches | {"site"}
        assert family.feeds in switches | {"", "site"}
        assert family.within in {*FAMILIES, ""}


@pytest.mark.parametrize(
    ("name", "values", "path"),
    [
        ("site", (), "index.html"),
        ("articles", ("chips", "a1"), "news/chips/a1/index.html"),
        ("archive", ("2026", "05"), "archive/2026/05/index.html"),
        ("topic_weeks", ("chips", "2026-w22"), "topics/chips/2026-w22/index.html"),
        ("not_found", (), "404.html"),
        ("sitemap_parts", ("3",), "sitemap-3.xml"),
        ("api_records", ("topics", "chips"), "api/topics/chips.json"),
    ],
)
def test_a_route_makes_paths(name: str, values: tuple[str, ...], path: str) -> None:
    assert ROUTES[name].path(*values) == path


@pytest.mark.parametrize("value", ["..", "a/b", "", "A"])
def test_a_route_takes_no_value_that_is_not_a_segment(value: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(value)}$"):
        ROUTES["topics"].path(value)


LISTINGS = [
    *("index.html", "latest/index.html", "topics/chips/index.html", "sources/wire/index.html"),
    *("entities/acme/index.html", "tags/ai/index.html", "archive/2026/05/index.html", "corrections/index.html"),
    *("archive/2026-w22/index.html", "topics/chips/2026-w22/index.html"),
    *("stories/event/index.html", "stories/event/changes/index.html"),
]


@pytest.mark.parametrize("listing", LISTINGS)
def test_what_lies_below_a_listing_comes_with_time_and_passes(listing: str) -> None:
    for path in (numbered_path(OutputPath(listing), 7), archive_path(OutputPath(listing), 2, "feed.xml")):
        assert comes_with_time(path)
        assert passes(path)


@pytest.mark.parametrize(
    ("path", "comes", "own"),
    [
        ("tags/new/index.html", True, True),
        ("archive/2031/01/index.html", True, False),
        ("archive/2031-w01/index.html", True, False),
        ("topics/chips/2031-w01/index.html", True, False),
        ("topics/chips/older/index.html", False, False),
        ("stories/event/changes/feed.xml", True, False),
        ("topics/new/index.html", False, True),
        ("news/chips/new/index.html", False, False),
        ("topics/index.html", False, False),
        ("about/page/2/index.html", False, False),
    ],
)
def test_only_pages_that_no_record_makes_come_with_time(path: str, comes: bool, own: bool) -> None:
    assert (comes_with_time(path), has_feeds_below(path)) == (comes, own)


def test_a_collection_is_made_once_and_holds_its_articles_newest_first() -> None:
    newsroom = make_newsroom(
        make_record(Entity, "acme", description="Makes chips."),
        make_record(Story, "event"),
        make_article("a1", day(1), tags=("AI",), story="event"),
        make_article("a2", day(2), tags=("ai",)),
    )
    collections = newsroom.material.collections
    assert collections.of("topics") is collections.of("topics")
    assert [(one.id, len(one.articles)) for one in collections.of("topics")] == [("chips", 2), ("space", 0)]
    (tag,) = collections.of("tags")
    assert (tag.id, tag.title, tag.path) == ("ai", "AI", "tags/ai/index.html")
    assert [one.id for one in tag.articles] == ["a2", "a1"]
    (entity,) = collections.of("entities")
    assert (entity.description, entity.articles, entity.has_feed) == ("Makes chips.", (), False)
    fed = [(one.family.name, one.id) for one in collections.with_feeds()]
    assert fed == [
        *(("site", "site"), ("topics", "chips"), ("stories", "event"), ("sources", "wire")),
        *(("tags", "ai"), ("changes", "event")),
    ]
