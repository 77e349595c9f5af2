"""Sitemaps and robots.txt."""

from urllib.robotparser import RobotFileParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.names import SiteUrl, output_path, slugify
from generator.outputs.files import NewsSitemap, NewsUrl, Robots, Sitemap, SitemapIndex, SitemapUrl
from generator.plan.files.sitemaps import news_language
from generator.render.indexes import render_news_sitemap, render_robots, render_sitemap, render_sitemap_index
from materials import day

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_a_sitemap_names_pages_and_when_they_changed() -> None:
    urls = SitemapUrl(url="https://bench.example/?a=1&b=2", updated=day(1)), SitemapUrl(url="https://bench.example/b/")
    assert render_sitemap(Sitemap(urls=urls)).decode() == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "<url><loc>https://bench.example/?a=1&amp;b=2</loc><lastmod>2026-05-01T08:00:00Z</lastmod></url>\n"
        "<url><loc>https://bench.example/b/</loc></url>\n"
        "</urlset>\n"
    )


def test_a_sitemap_names_the_picture_of_a_page() -> None:
    picture = "https://bench.example/media/a&b.png"
    tree = etree.fromstring(render_sitemap(Sitemap(urls=(SitemapUrl(url="https://bench.example/", image=picture),))))
    space = "{http://www.google.com/schemas/sitemap-image/1.1}"
    assert tree.findtext(f"{SPACE}url/{space}image/{space}loc") == picture


def test_the_news_tell_publication_language_time_and_title() -> None:
    news = NewsUrl(url="https://bench.example/a/", title="<b>R&D</b> ]]>", published=day(1))
    tree = etree.fromstring(render_news_sitemap(NewsSitemap(publication="B & N", language="en", urls=(news,))))
    space = "{http://www.google.com/schemas/sitemap-news/0.9}"
    told = {etree.QName(node).localname: node.text for node in tree.iter(f"{space}*") if not len(node)}
    assert told == {
        "name": "B & N",
        "language": "en",
        "publication_date": "2026-05-01T08:00:00Z",
        "title": "<b>R&D</b> ]]>",
    }


@pytest.mark.parametrize(
    ("tag", "written"),
    [("en-GB", "en"), ("DE", "de"), ("zh", "zh-cn"), ("zh-Hans-SG", "zh-cn"), ("zh-TW", "zh-tw"), ("zh-Hant", "zh-tw")],
)
def test_a_language_is_written_as_news_sitemaps_want_it(tag: str, written: str) -> None:
    assert news_language(tag) == written


def test_an_index_names_sitemaps() -> None:
    view = SitemapIndex(urls=(SitemapUrl(url="https://bench.example/sitemap-1.xml", updated=day(2)),))
    tree = etree.fromstring(render_sitemap_index(view))
    assert tree.tag == f"{SPACE}sitemapindex"
    assert tree.findtext(f"{SPACE}sitemap/{SPACE}loc") == "https://bench.example/sitemap-1.xml"
    assert tree.findtext(f"{SPACE}sitemap/{SPACE}lastmod") == "2026-05-02T08:00:00Z"


def test_an_empty_sitemap_is_well_formed() -> None:
    assert len(etree.fromstring(render_sitemap(Sitemap(urls=())))) == 0


@given(st.lists(st.text(min_size=1, max_size=20).map(slugify).filter(bool), max_size=5))
def test_the_address_of_any_page_comes_back(slugs: list[str]) -> None:
    site = SiteUrl("https://bench.example/news")
    urls = [site.absolute(output_path(slug, "index.html")) for slug in slugs]
    tree = etree.fromstring(render_sitemap(Sitemap(urls=tuple(SitemapUrl(url=url) for url in urls))))
    assert [node.text for node in tree.iter(f"{SPACE}loc")] == urls
    assert all(url.isascii() for url in urls)


def test_robots_may_read_everything_and_are_shown_the_sitemap() -> None:
    robots = RobotFileParser()
    robots.parse(render_robots(Robots(sitemap_url="https://bench.example/sitemap.xml")).decode().splitlines())
    assert robots.can_fetch("anyone", "https://bench.example/news/")
    assert robots.site_maps() == ["https://bench.example/sitemap.xml"]


def test_without_a_sitemap_robots_are_shown_none() -> None:
    assert render_robots(Robots(sitemap_url=None)) == b"User-agent: *\nDisallow:\n"
