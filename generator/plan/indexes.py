"""Plans `sitemap.xml` with its parts, and `robots.txt`."""

from collections.abc import Iterator, Sequence
from functools import partial

from generator.names import OutputPath, output_path
from generator.outputs import Draft
from generator.outputs.views import Robots, Sitemap, SitemapIndex, SitemapUrl
from generator.plan.desk import Desk

MAX_URLS = 50_000  # sitemaps.org, "Sitemap index files"
SITEMAP = output_path("sitemap.xml")


def plan_sitemap(desk: Desk, urls: Sequence[SitemapUrl]) -> Iterator[Draft]:
    """Plan the index and its parts.

    Args:
        desk: The build's desk.
        urls: All pages that may be indexed, in order of their paths; dates come from records.
    """
    parts = []
    for number, start in enumerate(range(0, len(urls), MAX_URLS), 1):
        part = tuple(urls[start : start + MAX_URLS])
        updated = max((url.updated for url in part if url.updated), default=None)
        parts.append(SitemapUrl(url=desk.urls.absolute(part_path(number)), updated=updated))
        yield desk.draft(part_path(number), Sitemap, "the sitemap", partial(Sitemap, urls=part))
    yield desk.draft(SITEMAP, SitemapIndex, "the sitemap", partial(SitemapIndex, urls=tuple(parts)))


def plan_robots(desk: Desk) -> Draft:
    """Plan `robots.txt`, naming the sitemap where there is one."""
    url = desk.urls.absolute(SITEMAP) if desk.config.outputs.sitemap else None
    return desk.draft(output_path("robots.txt"), Robots, "robots.txt", partial(Robots, sitemap_url=url))


def part_path(number: int) -> OutputPath:
    """The path of a part of the sitemap, counted from 1."""
    return output_path(f"sitemap-{number}.xml")


def sitemap_paths(pages: int) -> Iterator[OutputPath]:
    """The paths that the sitemap of so many pages may take."""
    yield SITEMAP
    yield from map(part_path, range(1, 1 + -(-pages // MAX_URLS)))
