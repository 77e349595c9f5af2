"""What pages tell machines."""

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from generator.names import output_path
from generator.outputs.pages import ArticlePage
from generator.outputs.parts import FeedLink, Meta
from generator.plan import PlanSupplies, plan_outputs
from generator.plan.meta import Head, page_meta
from generator.plan.pages.article import plan_articles
from generator.plan.pages.front import plan_front
from generator.plan.pages.text import plan_not_found, plan_pages
from generator.records import Article, Page, Source, Story
from generator.records.article import AuthorFields
from generator.records.fields import Revision
from materials import (
    day,
    english,
    listings_of,
    make_article,
    make_body,
    make_config,
    make_context,
    make_newsroom,
    make_record,
    make_site,
    views_of,
)
from sitebench import NOW

LATEST = output_path("latest", "index.html")


def article_meta(article: Article, *others: Any, **options: Any) -> Meta:
    newsroom = make_newsroom(article, *others, **options)
    page = views_of(plan_articles, newsroom)[newsroom.context.urls.article_path(article)]
    assert isinstance(page, ArticlePage)
    return page.meta


def graph(meta: Meta) -> list[dict[str, Any]]:
    document = msgspec.json.decode(meta.structured)
    assert document["@context"] == "https://schema.org"
    return document["@graph"]  # type: ignore[no-any-return]


def node(meta: Meta, kind: str) -> dict[str, Any]:
    (found,) = (one for one in graph(meta) if one["@type"] == kind)
    return found


def test_a_page_has_a_title_a_description_and_one_address() -> None:
    meta = page_meta(make_context(), LATEST, Head("Latest", "Everything."))
    assert (meta.title, meta.description) == ("Latest – Bench News", "Everything.")
    assert meta.canonical == "https://bench.example/latest/"
    assert meta.is_indexed


def test_a_page_without_a_description_has_the_sites() -> None:
    assert page_meta(make_context(), LATEST, Head("Latest", "")).description == "News for tests."


def test_a_description_is_cut() -> None:
    assert len(page_meta(make_context(), LATEST, Head("Latest", "word " * 100)).description) <= 280


def test_the_front_page_is_the_web_site() -> None:
    newsroom = make_newsroom(
        make_article("a1"), make_article("a2"), site={"url": "https://bench.example/news", "language": "de"}
    )
    (view,) = views_of(plan_front, newsroom).values()
    meta = view.meta  # type: ignore[union-attr]
    assert meta.title == "Bench News"
    assert node(meta, "WebSite") == {
        "@type": "WebSite",
        "@id": "https://bench.example/news/#site",
        "url": "https://bench.example/news/",
        "name": "Bench News",
        "inLanguage": "de",
        "description": "News for tests.",
        "publisher": {"@id": "https://bench.example/news/#publisher"},
    }
    assert node(meta, "Organization")["@id"] == "https://bench.example/news/#publisher"
    items = node(meta, "ItemList")["itemListElement"]
    assert [(item["position"], item["url"]) for item in items] == [
        (1, "https://bench.example/news/news/chips/a2/"),
        (2, "https://bench.example/news/news/chips/a1/"),
    ]


def test_a_page_tells_what_leads_to_it() -> None:
    (view,) = views_of(plan_pages, make_newsroom(make_record(Page, "about"))).values()
    assert node(view.meta, "BreadcrumbList")["itemListElement"] == [  # type: ignore[union-attr]
        {"@type": "ListItem", "position": 1, "name": "Home", "item": "https://bench.example/"},
        {"@type": "ListItem", "position": 2, "name": "About", "item": "https://bench.example/about/"},
    ]


def test_a_crumb_without_a_page_has_no_address() -> None:
    meta = article_meta(make_article("a1"), outputs={"topics": False})
    items = node(meta, "BreadcrumbList")["itemListElement"]
    assert [item.get("item") for item in items] == [
        "https://bench.example/",
        None,
        "https://bench.example/news/chips/a1/",
    ]


def test_an_article_is_news_based_on_the_original() -> None:
    article = make_article(
        "a1",
        day(1),
        updated=day(2),
        source_url="https://wire.example/story",
        authors=(AuthorFields(name="J. Doe"),),
        summary="Short.",
        tags=("AI", "ai", "Chips"),
        language="fr",
    )
    meta = article_meta(article)
    news = node(meta, "NewsArticle")
    assert news["headline"] == "A1"
    assert news["description"] == meta.description == "Short."
    assert news["url"] == news["mainEntityOfPage"] == meta.canonical == "https://bench.example/news/chips/a1/"
    assert news["datePublished"] == "2026-05-01T08:00:00Z"
    assert news["dateModified"] == "2026-05-02T08:00:00Z"
    assert news["isBasedOn"] == "https://wire.example/story"
    assert news["author"] == {"@type": "Person", "name": "J. Doe"}
    assert news["sourceOrganization"] == {"@type": "Organization", "name": "The Wire", "url": "https://wire.example/"}
    assert news["publisher"] == {
        "@type": "Organization",
        "@id": "https://bench.example/#publisher",
        "name": "Bench News",
        "url": "https://bench.example/",
    }
    assert news["inLanguage"] == "fr"
    assert news["articleSection"] == meta.section == "Chips"
    assert news["keywords"] == ["AI", "Chips"]
    assert (meta.kind, meta.published, meta.updated) == ("article", day(1), day(2))


def test_an_article_without_an_author_is_its_sources() -> None:
    assert node(article_meta(make_article("a1")), "NewsArticle")["author"] == {
        "@type": "Organization",
        "name": "The Wire",
        "url": "https://wire.example/",
    }
    own = make_article("a1", source="desk", source_url=None)
    news = node(article_meta(own, make_record(Source, "desk")), "NewsArticle")
    assert news["author"] == {"@type": "Organization", "name": "Desk", "url": "https://bench.example/sources/desk/"}
    assert not {"isBasedOn", "sourceOrganization"} & set(news)
    news = node(article_meta(own, make_record(Source, "desk"), outputs={"sources": False}), "NewsArticle")
    assert news["author"] == {"@type": "Organization", "name": "Desk"}


def test_the_sites_own_source_is_at_home_on_the_front_page() -> None:
    own = make_article("a1", source="desk", source_url=None)
    meta = article_meta(own, make_record(Source, "desk"), site={"source": "desk"})
    assert node(meta, "NewsArticle")["author"]["url"] == "https://bench.example/"


def test_an_author_has_the_address_that_the_record_says_and_no_other() -> None:
    article = make_article("a1", authors=(AuthorFields(name="J. Doe", url="https://wire.example/staff/doe"),))
    assert node(article_meta(article), "NewsArticle")["author"] == {
        "@type": "Person",
        "name": "J. Doe",
        "url": "https://wire.example/staff/doe",
    }


def test_an_article_cites_whom_its_source_has_it_from() -> None:
    article = make_article("a1", via=("post", "wire"))
    assert node(article_meta(article, make_record(Source, "post")), "NewsArticle")["citation"] == [
        {"@type": "CreativeWork", "name": "Post"},
        {"@type": "CreativeWork", "name": "The Wire", "url": "https://wire.example/"},
    ]
    assert "citation" not in node(article_meta(make_article("a1")), "NewsArticle")


def test_the_sites_own_article_cites_the_reports_of_its_story() -> None:
    own = make_article("own", source="desk", source_url=None, story="s1")
    reports = [make_article(f"a{n}", day(n), source_url=f"https://wire.example/{n}", story="s1") for n in (2, 1)]
    records = (make_record(Source, "desk"), make_record(Story, "s1"), *reports)
    news = node(article_meta(own, *records, site={"source": "desk"}), "NewsArticle")
    assert news["citation"] == ["https://wire.example/1", "https://wire.example/2"]
    assert "citation" not in node(article_meta(reports[0], own, *records[:2], site={"source": "desk"}), "NewsArticle")


def test_corrections_are_told_and_date_the_article() -> None:
    revisions = (
        Revision(at=day(5), note="A comma."),
        Revision(at=day(4), note="Not a, but b.", significant=True),
        Revision(at=day(3), note="Nor c.", significant=True),
    )
    meta = article_meta(make_article("a1", day(1), updated=day(2), revisions=revisions))
    news = node(meta, "NewsArticle")
    assert news["correction"] == [
        {"@type": "CorrectionComment", "text": "Nor c.", "datePublished": "2026-05-03T08:00:00Z"},
        {"@type": "CorrectionComment", "text": "Not a, but b.", "datePublished": "2026-05-04T08:00:00Z"},
    ]
    assert news["dateModified"] == "2026-05-04T08:00:00Z"
    assert meta.updated == day(4)


def test_an_article_without_a_picture_shows_its_card() -> None:
    card = {"@type": "ImageObject", "url": "https://bench.example/cards/news/chips/a1/card.png"}
    assert node(article_meta(make_article("a1")), "NewsArticle")["image"] == [card | {"width": 1200, "height": 630}]
    bare = article_meta(make_article("a1"), images={"cards": False})
    assert (bare.image, "image" in node(bare, "NewsArticle")) == (None, False)


def test_a_page_that_lists_is_a_collection_with_the_card_of_the_site() -> None:
    newsroom = make_newsroom(make_article("a1", day(1)), make_article("a2", day(2)))
    meta = listings_of("latest", newsroom)[LATEST].meta  # type: ignore[union-attr]
    page = node(meta, "CollectionPage")
    assert page["isPartOf"] == {"@id": "https://bench.example/#site"}
    assert [item["url"] for item in page["mainEntity"]["itemListElement"]] == [
        "https://bench.example/news/chips/a2/",
        "https://bench.example/news/chips/a1/",
    ]
    assert meta.image is not None
    assert meta.image.url == "https://bench.example/cards/card.png"
    assert meta.updated == day(2)


def test_the_publisher_has_the_sites_logo_where_there_is_one() -> None:
    site = make_site(make_article("a1"))
    for logo, wanted in ((None, None), ("/assets/media/logo.1.png", "https://bench.example/assets/media/logo.1.png")):
        planned = plan_outputs(site, PlanSupplies(english(), logo=logo), make_config(), now=NOW)
        (front,) = (draft.make() for draft in planned.drafts if draft.path == "index.html")
        assert node(front.meta, "Organization").get("logo") == wanted  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("site", "wanted"),
    [({}, "News for tests."), ({"description": " ", "tagline": "Hum."}, "Hum."), ({"description": ""}, "Bench News")],
)
def test_no_description_is_empty(site: dict[str, str], wanted: str) -> None:
    assert page_meta(make_context(site=site), LATEST, Head("Latest", "")).description == wanted


def test_an_article_without_text_is_described_by_its_headline() -> None:
    meta = article_meta(make_article("a1"))
    assert meta.description == node(meta, "NewsArticle")["description"] == "A1"


def test_sources_and_forms_may_be_kept_from_search_engines() -> None:
    article, source = make_article("a1", source="post", form="brief"), make_record(Source, "post", noindex=True)
    assert not article_meta(article, source).is_indexed
    brief = make_article("a1", form="brief")
    assert not article_meta(brief, metadata={"noindex_forms": ["brief"]}).is_indexed
    assert article_meta(brief, metadata={"noindex_forms": ["feature"]}).is_indexed


def test_an_article_that_was_never_updated_was_modified_when_published() -> None:
    news = node(article_meta(make_article("a1", day(1))), "NewsArticle")
    assert news["dateModified"] == news["datePublished"]


@pytest.mark.parametrize(
    ("fields", "is_indexed"),
    [({}, True), ({"noindex": True}, False), ({"draft": True}, False), ({"published": day(99)}, False)],
)
def test_drafts_what_waits_and_what_says_so_are_not_indexed(fields: dict[str, Any], is_indexed: bool) -> None:
    assert article_meta(make_article("a1", **fields), drafts=True, future=True).is_indexed is is_indexed


def test_nothing_in_json_ld_is_of_the_build() -> None:
    article = make_article("a1", day(1))
    assert article_meta(article, now=NOW) == article_meta(article, now=NOW + timedelta(days=300))


def test_an_article_announces_its_topics_feed_else_the_sites_else_none() -> None:
    article = make_article("a1")
    topic = FeedLink(title="Bench News: Chips", type="application/rss+xml", href="/topics/chips/feed.xml")
    site = FeedLink(title="Bench News", type="application/rss+xml", href="/feed.xml")
    rss_only = {"atom": False, "json_feed": False}
    assert article_meta(article, outputs=rss_only).feeds == (topic,)
    for off in ({"topics": False}, {"topic_feeds": False}):
        assert article_meta(article, outputs=rss_only | off).feeds == (site,)
    assert article_meta(article, outputs=rss_only, feeds={"min_items": 2}).feeds == (site,)
    assert article_meta(article, outputs=rss_only | {"rss": False}).feeds == ()


def test_a_feed_is_announced_in_every_format() -> None:
    assert [feed.type for feed in article_meta(make_article("a1")).feeds] == [
        "application/rss+xml",
        "application/atom+xml",
        "application/feed+json",
    ]


def test_the_404_page_has_no_address_and_is_not_indexed() -> None:
    (view,) = views_of(plan_not_found, make_newsroom(make_article("a1"))).values()
    meta = view.meta  # type: ignore[union-attr]
    assert (meta.canonical, meta.is_indexed, meta.structured) == (None, False, "")


def test_the_description_of_a_page_is_its_first_paragraph() -> None:
    (view,) = views_of(plan_pages, make_newsroom(make_record(Page, "about", body=make_body("Who we are.")))).values()
    assert view.meta.description == "Who we are."  # type: ignore[union-attr]
