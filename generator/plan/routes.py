"""The addresses of outputs: one table of patterns. Paths are made from it, and the addresses that it reserves."""

import functools
import re
from typing import NamedTuple

from generator.names import OutputPath, output_path

INDEX = "index.html"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NUMBERS = ("number", "year", "month")
_EXPRESSIONS = {"week": r"\d{4}-w\d{2}", "part": r"\d+(?:-\d{2}(?:-\d+)?)?"}


class Route(NamedTuple):
    """A pattern of paths, such as `news/{}/{}/index.html`, with a placeholder for each value; at most one per segment.

    `expression` is a regular expression of the folder that its files lie in: empty, or with a slash at its end.
    """

    pattern: str
    expression: str

    def path(self, *values: str) -> OutputPath:
        """The path with these values for the placeholders, in their order.

        Raises:
            ValueError: a value is not one segment.
        """
        return _fill(self.pattern, *values)


@functools.lru_cache(maxsize=1_000_000)  # planners and pages ask for each path several times
def _fill(pattern: str, *values: str) -> OutputPath:
    segments = pattern.format(*values).split("/")
    if len(segments) > pattern.count("/") + 1:
        raise ValueError(next(value for value in values if "/" in value))
    return output_path(*segments)


def _route(address: str) -> Route:
    inner = address.removeprefix("/")
    pattern = inner + INDEX if not inner or inner.endswith("/") else inner
    expression = "".join(f"{_PLACEHOLDER.sub(_expression_of, one)}/" for one in pattern.split("/")[:-1])
    return Route(_PLACEHOLDER.sub("{}", pattern), expression)


def _expression_of(placeholder: re.Match[str]) -> str:
    return r"\d+" if placeholder[1] in _NUMBERS else _EXPRESSIONS.get(placeholder[1], "[^/]+")


ROUTES = {
    name: _route(pattern)
    for name, pattern in {
        "site": "/",
        "articles": "/news/{topic}/{slug}/",
        "pages": "/{slug}/",
        "topics": "/topics/{id}/",
        "sources": "/sources/{id}/",
        "entities": "/entities/{id}/",
        "stories": "/stories/{slug}/",
        "changes": "/stories/{slug}/changes/",
        "tags": "/tags/{slug}/",
        "archive": "/archive/{year}/{month}/",
        "weeks": "/archive/{week}/",
        "topic_weeks": "/topics/{id}/{week}/",
        "indexes": "/{family}/",
        "feed_lists": "/feeds/{family}/",
        "for_you": "/for-you/",
        "not_found": "/404.html",
        "sponsors_json": "/sponsors/index.json",
        "opml": "/feeds.opml",
        "robots": "/robots.txt",
        "sitemap": "/sitemap.xml",
        "sitemap_parts": "/sitemap-{part}.xml",
        "news_sitemap": "/news-sitemap.xml",
        "llms": "/llms.txt",
        "headers": "/_headers",
        "redirects": "/_redirects",
        "media": "/media/{name}",
        "api_index": "/api/index.json",
        "api_lists": "/api/{family}.json",
        "api_records": "/api/{family}/{id}.json",
        "api_schemas": "/api/schemas/{name}.json",
    }.items()
}
"""The pattern of each family of pages, and of each single file."""


def path_below(page: OutputPath, *names: str) -> OutputPath:
    """A path in the folder of a page, such as `page/3/index.html` or `feed.xml` of a listing."""
    return output_path(*page.split("/")[:-1], *names)


def numbered_path(listing: OutputPath, number: int) -> OutputPath:
    """A numbered page of a listing: `…/page/<n>/`."""
    return path_below(listing, "page", str(number), INDEX)


def archive_path(listing: OutputPath, number: int, name: str) -> OutputPath:
    """An archive of the feed `name` of a listing: `…/feed/<n>/<name>`."""
    return path_below(listing, "feed", str(number), name)


def card_path(page: OutputPath) -> OutputPath:
    """`/cards/<path of the page>/card.png`; it stays the same if the page changes, because others link to it."""
    return output_path("cards", *page.split("/")[:-1], "card.png")


def api_part_path(head: OutputPath, number: int) -> OutputPath:
    """A full part of an API list: `/api/topics/chips.json` → `/api/parts/topics/chips/2.json`; no id can meet it."""
    folder, *names = head.removesuffix(".json").split("/")
    return output_path(folder, "parts", *names, f"{number}.json")


NUMBERED = r"(page|feed)/\d+/"
"""The folders of numbered pages and of the archives of feeds, below those of a listing."""
