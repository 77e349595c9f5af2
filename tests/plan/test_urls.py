"""Where outputs live, and which of them exist."""

import pytest

from generator.names import RecordId
from generator.plan.families import FAMILIES
from generator.plan.routes import ROUTES, card_path
from generator.plan.urls import Urls
from generator.records import Entity, Heading, Page, Source, Story, Topic
from generator.records.body import pack_headings
from materials import make_article, make_body, make_campaign, make_context, make_newsroom, make_record
from sitebench import NOW


def urls(*records: object, **tables: object) -> Urls:
    return make_context(*records, **tables).urls  # type: ignore[arg-type]


def test_every_family_has_its_place() -> None:
    here = urls()
    assert here.front_path() == "index.html"
    assert here.article_path(make_article("art-1")) == "news/chips/art-1/index.html"
    assert here.article_path(make_article("art-2", slug="npu-race", topic="space")) == "news/space/npu-race/index.html"
    assert here.record_path(make_record(Page, "about")) == "about/index.html"
    assert here.record_path(make_record(Page, "about", slug="über-uns")) == "über-uns/index.html"
    assert here.record_path(make_record(Topic, "chips")) == "topics/chips/index.html"
    assert here.record_path(make_record(Source, "wire")) == "sources/wire/index.html"
    assert here.record_path(make_record(Entity, "acme")) == "entities/acme/index.html"
    assert here.record_path(make_record(Story, "s")) == "stories/s/index.html"
    assert here.record_path(make_record(Story, "s", slug="event")) == "stories/event/index.html"
    assert ROUTES["tags"].path("c-sharp") == "tags/c-sharp/index.html"
    assert here.index_path("latest") == "latest/index.html"
    assert card_path(here.article_path(make_article("art-1"))) == "cards/news/chips/art-1/card.png"


@pytest.mark.parametrize("slug", ["..", "a/b", ".hidden", "A", "x/"])
def test_what_is_no_segment_can_be_no_path(slug: str) -> None:
    with pytest.raises(ValueError, match=slug):
        urls().record_path(make_record(Page, "about", slug=slug))


def test_links_are_written_from_the_hosts_root_and_percent_encoded() -> None:
    here = urls(site={"url": "https://bench.example/news/"})
    assert here.href(here.record_path(make_record(Page, "über"))) == "/news/%C3%BCber/"
    assert here.absolute(here.front_path()) == "https://bench.example/news/"
    assert here.href(ROUTES["not_found"].path()) == "/news/404.html"


@pytest.mark.parametrize("is_on", [True, False])
def test_what_is_switched_off_has_no_link(is_on: bool) -> None:
    families = ("latest", "topics", "sources", "stories", "entities", "insights", "tags", "archive", "feeds")
    told = (make_article("a1"), make_record(Story, "s"), make_record(Entity, "acme"))
    here = urls(*told, outputs=dict.fromkeys(families, is_on))
    links = [
        here.listing_href("topics", RecordId("chips")),
        here.listing_href("sources", RecordId("wire")),
        here.listing_href("tags", "ai"),
        here.listing_href("archive", "2026", "05"),
        here.listing_href("entities", RecordId("acme")),
        here.story_href(told[1]),
        here.index_href("latest"),
        here.index_href("archive"),
        here.index_href("stories"),
        here.index_href("entities"),
        here.index_href("insights"),
        here.index_href("feeds"),
    ]
    assert all((link is not None) is is_on for link in links)
    assert here.has_feed(FAMILIES["topics"], 1) is is_on


def test_indexes_of_what_is_not_there_have_no_link() -> None:
    here = urls()
    for family in ("tags", "archive", "stories", "entities", "insights", "feeds"):
        assert here.index_href(family) is None
    assert here.index_href("topics") == "/topics/"
    assert here.index_href("latest") == "/latest/"


def test_a_feed_lies_beside_its_listing() -> None:
    here = urls()
    assert here.feed_path(here.front_path(), "rss") == "feed.xml"
    assert here.feed_path(here.record_path(make_record(Topic, "chips")), "atom") == "topics/chips/atom.xml"
    assert here.feed_path(here.front_path(), "json_feed", "feed", "1") == "feed/1/feed.json"


def test_a_link_to_what_cannot_be_seen_is_left_out() -> None:
    links = ("article:a1", "article:draft", "article:waits", "sponsor:c", "story:s", "story:draft", "entity:acme")
    body = make_body("x", links=links)
    others = (
        make_article("a1"),
        make_article("draft", draft=True),
        make_article("waits", NOW.replace(year=2030)),
        make_record(Story, "s", slug="event"),
        make_record(Story, "draft", draft=True),
        make_record(Entity, "acme"),
        make_campaign("c"),
    )
    linking = make_record(Page, "about", body=body)
    assert make_newsroom(*others).material.directory.links_of(linking) == {
        "article:a1": "/news/chips/a1/",
        "story:s": "/stories/event/",
        "entity:acme": "/entities/acme/",
    }
    off = {"stories": False, "entities": False}
    assert make_newsroom(*others, outputs=off).material.directory.links_of(linking) == {"article:a1": "/news/chips/a1/"}


def test_the_links_of_all_texts_of_a_record_are_found() -> None:
    texts = {"teaser": make_body("x", links=("article:a1",)), "disclaimer": make_body("y", links=("topic:chips",))}
    record = make_article("a2", texts=texts, body=make_body("z", links=("article:a1", "page:about#us")))
    headings = (Heading(2, "s-us", "Us"),)
    about = make_record(Page, "about", body=make_body("x", outline=pack_headings(headings)))
    assert make_newsroom(make_article("a1"), record, about).material.directory.links_of(record) == {
        "article:a1": "/news/chips/a1/",
        "page:about#us": "/about/#s-us",
        "topic:chips": "/topics/chips/",
    }
