"""Sitemaps and robots.txt."""

from urllib.robotparser import RobotFileParser

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from generator.names import SiteUrl, output_path, slugify
from generator.outputs.views import Robots, Sitemap, SitemapIndex, SitemapUrl
from generator.render.indexes import render_robots, render_sitemap, render_sitemap_index
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
