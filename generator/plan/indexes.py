"""Plans `sitemap.xml` with its parts, the news sitemap, and `robots.txt`."""

from collections.abc import Iterator, Sequence
from functools import partial

from generator.names import OutputPath, output_path
from generator.outputs import Draft
from generator.outputs.views import NewsSitemap, NewsUrl, Robots, Sitemap, SitemapIndex, SitemapUrl
from generator.plan.desk import Desk
from generator.site import Snapshot

MAX_URLS = 50_000  # sitemaps.org, "Sitemap index files"
MAX_NEWS = 1_000  # Google, "Create a news sitemap"
SITEMAP = output_path("sitemap.xml")
NEWS_SITEMAP = output_path("news-sitemap.xml")
_TRADITIONAL = {"hant", "hk", "mo", "tw"}


def plan_sitemap(desk: Desk, urls: Sequence[SitemapUrl], news: NewsSitemap | None) -> Iterator[Draft]:
    """Plan the index and its parts; the index names the news sitemap, too.

    Args:
        desk: The build's desk.
        urls: All pages that may be indexed, in order of their paths; dates come from records.
        news: The news sitemap, where there is one.
    """
    parts = []
    for number, start in enumerate(range(0, len(urls), MAX_URLS), 1):
        part = tuple(urls[start : start + MAX_URLS])
        updated = max((url.updated for url in part if url.updated), default=None)
        parts.append(SitemapUrl(url=desk.urls.absolute(part_path(number)), updated=updated))
        yield desk.draft(part_path(number), Sitemap, "the sitemap", partial(Sitemap, urls=part))
    if news:
        updated = max(url.published for url in news.urls)
        parts.append(SitemapUrl(url=desk.urls.absolute(NEWS_SITEMAP), updated=updated))
    yield desk.draft(SITEMAP, SitemapIndex, "the sitemap", partial(SitemapIndex, urls=tuple(parts)))


def news_sitemap(desk: Desk, snapshot: Snapshot) -> NewsSitemap | None:
    """The newest articles of the last two days that search engines may list; None where there are none."""
    urls = tuple(
        NewsUrl(
            url=desk.urls.absolute(desk.urls.article_path(article)),
            title=article.title,
            published=article.published,
        )
        for article in snapshot.news
        if desk.is_indexed(article)
    )[:MAX_NEWS]
    site = desk.config.site
    return NewsSitemap(publication=site.title, language=news_language(site.language), urls=urls) if urls else None


def plan_news_sitemap(desk: Desk, news: NewsSitemap) -> Draft:
    """Plan `news-sitemap.xml`, which exists only where there is news, since a sitemap without pages is none."""
    return desk.ready_draft(NEWS_SITEMAP, "the news sitemap", news)


def news_language(tag: str) -> str:
    """A BCP 47 tag as news sitemaps write it: ISO 639 alone, but `zh-cn` and `zh-tw`."""
    language, *rest = tag.lower().split("-")
    if language != "zh":
        return language
    return "zh-tw" if _TRADITIONAL.intersection(rest) else "zh-cn"


def plan_robots(desk: Desk, news: NewsSitemap | None) -> Draft:
    """Plan `robots.txt`, naming the sitemap, or the news sitemap where there is no other."""
    path = SITEMAP if desk.config.outputs.sitemap else NEWS_SITEMAP if news else None
    url = desk.urls.absolute(path) if path else None
    return desk.draft(output_path("robots.txt"), Robots, "robots.txt", partial(Robots, sitemap_url=url))


def part_path(number: int) -> OutputPath:
    """The path of a part of the sitemap, counted from 1."""
    return output_path(f"sitemap-{number}.xml")


def sitemap_paths(pages: int) -> Iterator[OutputPath]:
    """The paths that the sitemap of so many pages may take."""
    yield SITEMAP
    yield from map(part_path, range(1, 1 + -(-pages // MAX_URLS)))
