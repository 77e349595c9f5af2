"""Plans `sitemap.xml` with its parts, the news sitemap, and `robots.txt`."""

from collections.abc import Iterator, Mapping
from functools import partial

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.files import NewsSitemap, NewsUrl, Robots, Sitemap, SitemapIndex, SitemapUrl
from generator.plan.context import PlanContext
from generator.plan.routes import ROUTES
from generator.records import Article
from generator.site import Snapshot

MAX_URLS = 50_000  # sitemaps.org, "Sitemap index files"
MAX_NEWS = 1_000  # Google, "Create a news sitemap"
SITEMAP = ROUTES["sitemap"].path()
NEWS_SITEMAP = ROUTES["news_sitemap"].path()
_TRADITIONAL = {"hant", "hk", "mo", "tw"}


def plan_sitemap(
    context: PlanContext, snapshot: Snapshot, listed: Mapping[OutputPath, SitemapUrl], news: NewsSitemap | None
) -> Iterator[Draft]:
    """Plan the index and its parts; the index also names the news sitemap if there is one.

    Articles are in parts by the month of their publication, so that a new one changes a small part; other pages are in
    numbered parts. `listed` are all pages that may be indexed, in the order of their paths; dates come from records.
    """
    months = {context.urls.article_path(one): month for month, of in _by_month(snapshot).items() for one in of}
    grouped: dict[str, list[SitemapUrl]] = {}
    for path, url in listed.items():
        grouped.setdefault(months.get(path, ""), []).append(url)
    parts = []
    for month, urls in sorted(grouped.items()):
        for path, start in zip(_part_paths(month, len(urls)), range(0, len(urls), MAX_URLS), strict=True):
            part = tuple(urls[start : start + MAX_URLS])
            updated = max((url.updated for url in part if url.updated), default=None)
            parts.append(SitemapUrl(url=context.urls.absolute(path), updated=updated))
            yield Draft(path, Sitemap, "the sitemap", partial(Sitemap, urls=part))
    if news:
        updated = max(url.published for url in news.urls)
        parts.append(SitemapUrl(url=context.urls.absolute(NEWS_SITEMAP), updated=updated))
    yield Draft(SITEMAP, SitemapIndex, "the sitemap", partial(SitemapIndex, urls=tuple(parts)))


def sitemap_paths(snapshot: Snapshot, pages: int) -> Iterator[OutputPath]:
    """The paths that a sitemap of `pages` outputs may need."""
    yield SITEMAP
    yield from _part_paths("", pages)
    for month, articles in _by_month(snapshot).items():
        yield from _part_paths(month, len(articles))


def _by_month(snapshot: Snapshot) -> dict[str, tuple[Article, ...]]:
    return {f"{year:04}-{month:02}": of for (year, month), of in snapshot.articles_by_month.items()}


def _part_paths(month: str, pages: int) -> list[OutputPath]:
    """`sitemap-1.xml`, `sitemap-2.xml`; of a month `sitemap-2026-05.xml`, `sitemap-2026-05-2.xml`."""
    numbers = range(1, 1 + -(-pages // MAX_URLS))
    names = ((f"{month}-{number}" if number > 1 else month) if month else str(number) for number in numbers)
    return [ROUTES["sitemap_parts"].path(name) for name in names]


def news_sitemap(context: PlanContext, snapshot: Snapshot) -> NewsSitemap | None:
    """The newest articles of the last two days that search engines may list; None if there are none.

    A sitemap must not be empty, so `news-sitemap.xml` exists only if there is news.
    """
    urls = tuple(
        NewsUrl(
            url=context.urls.absolute(context.urls.article_path(article)),
            title=article.title,
            published=article.published,
        )
        for article in snapshot.news
        if context.is_indexed(article)
    )[:MAX_NEWS]
    site = context.config.site
    return NewsSitemap(publication=site.title, language=news_language(site.language), urls=urls) if urls else None


def news_language(tag: str) -> str:
    """A BCP 47 tag as news sitemaps write it: ISO 639, except `zh-cn` and `zh-tw`."""
    language, *rest = tag.lower().split("-")
    if language != "zh":
        return language
    return "zh-tw" if _TRADITIONAL.intersection(rest) else "zh-cn"


def plan_robots(context: PlanContext, news: NewsSitemap | None) -> Draft:
    """Plan `robots.txt`; it names the sitemap, or else the news sitemap."""
    path = SITEMAP if context.config.outputs.sitemap else NEWS_SITEMAP if news else None
    url = context.urls.absolute(path) if path else None
    return Draft(ROUTES["robots"].path(), Robots, "robots.txt", partial(Robots, sitemap_url=url))
