"""Plans `sitemap.xml` with its parts, and `robots.txt`."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from generator.names import OutputPath, output_path
from generator.outputs import Output
from generator.outputs.views import ArticlePage, Page, Robots, Sitemap, SitemapIndex, SitemapUrl
from generator.plan.desk import Desk

MAX_URLS = 50_000  # sitemaps.org, "Sitemap index files"
SITEMAP = output_path("sitemap.xml")


def plan_sitemap(desk: Desk, pages: Sequence[Output]) -> Iterator[Output]:
    """Plan the index and its parts from all pages that may be indexed; dates come from records."""
    urls = [
        SitemapUrl(url=output.view.meta.canonical, updated=_updated(output.view))
        for output in sorted(pages, key=lambda output: output.path)
        if isinstance(output.view, Page) and output.view.meta.is_indexed and output.view.meta.canonical
    ]
    parts = []
    for number, start in enumerate(range(0, len(urls), MAX_URLS), 1):
        path = _part_path(number)
        part = tuple(urls[start : start + MAX_URLS])
        updated = max((url.updated for url in part if url.updated), default=None)
        parts.append(SitemapUrl(url=desk.urls.absolute(path), updated=updated))
        yield Output(path, Sitemap(urls=part), "the sitemap")
    yield Output(SITEMAP, SitemapIndex(urls=tuple(parts)), "the sitemap")


def plan_robots(desk: Desk) -> Iterator[Output]:
    """Plan `robots.txt`, naming the sitemap where there is one."""
    url = desk.urls.absolute(SITEMAP) if desk.config.outputs.sitemap else None
    yield Output(output_path("robots.txt"), Robots(sitemap_url=url), "robots.txt")


def _part_path(number: int) -> OutputPath:
    return output_path(f"sitemap-{number}.xml")


def _updated(page: Page) -> datetime | None:
    if isinstance(page, ArticlePage):
        return max(filter(None, (page.published, page.updated, *(change.at for change in page.changes))))
    return None
