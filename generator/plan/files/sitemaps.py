"""Plans `sitemap.xml` with its parts, the news sitemap, and `robots.txt`."""

from collections.abc import Iterator, Sequence
from functools import partial

from generator.names import OutputPath
from generator.outputs import Draft
from generator.outputs.files import NewsSitemap, NewsUrl, Robots, Sitemap, SitemapIndex, SitemapUrl
from generator.plan.context import PlanContext
from generator.plan.routes import ROUTES
from generator.site import Snapshot

MAX_URLS = 50_000  # sitemaps.org, "Sitemap index files"
MAX_NEWS = 1_000  # Google, "Create a news sitemap"
SITEMAP = ROUTES["sitemap"].path()
NEWS_SITEMAP = ROUTES["news_sitemap"].path()
_TRADITIONAL = {"hant", "hk", "mo", "tw"}


def plan_sitemap(context: PlanContext, urls: Sequence[SitemapUrl], news: NewsSitemap | None) -> Iterator[Draft]:
    """Plan the index and its parts; the index also names the news sitemap if there is one.

    `urls` are all pages that may be indexed, in the order of their paths; dates come from records.
    """
    parts = []
    for number, start in enumerate(range(0, len(urls), MAX_URLS), 1):
        part = tuple(urls[start : start + MAX_URLS])
        updated = max((url.updated for url in part if url.updated), default=None)
        parts.append(SitemapUrl(url=context.urls.absolute(_part_path(number)), updated=updated))
        yield Draft(_part_path(number), Sitemap, "the sitemap", partial(Sitemap, urls=part))
    if news:
        updated = max(url.published for url in news.urls)
        parts.append(SitemapUrl(url=context.urls.absolute(NEWS_SITEMAP), updated=updated))
    yield Draft(SITEMAP, SitemapIndex, "the sitemap", partial(SitemapIndex, urls=tuple(parts)))


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


def _part_path(number: int) -> OutputPath:
    return ROUTES["sitemap_parts"].path(str(number))


def sitemap_paths(pages: int) -> Iterator[OutputPath]:
    """The paths that a sitemap of `pages` pages may need."""
    yield SITEMAP
    yield from map(_part_path, range(1, 1 + -(-pages // MAX_URLS)))
