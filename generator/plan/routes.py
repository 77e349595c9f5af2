"""The addresses of outputs: one table of patterns. Paths are made from it, and the addresses that it reserves."""

import re
from typing import NamedTuple

from generator.names import OutputPath, output_path

INDEX = "index.html"

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_NUMBERS = ("number", "year", "month")


class Route(NamedTuple):
    """A pattern of paths: segments, and placeholders such as `{id}` in them; at most one in each.

    `expression` is a regular expression of the folder that its files lie in: empty, or with a slash at its end.
    """

    segments: tuple[str, ...]
    expression: str

    def path(self, *values: str) -> OutputPath:
        """The path with these values for the placeholders, in their order."""
        remaining = iter(values)
        return output_path(*(one.format(next(remaining)) if "{" in one else one for one in self.segments))


def _route(pattern: str) -> Route:
    inner = pattern.removeprefix("/")
    segments = (inner + INDEX if not inner or inner.endswith("/") else inner).split("/")
    expression = "".join(f"{_PLACEHOLDER.sub(_expression_of, one)}/" for one in segments[:-1])
    return Route(tuple(_PLACEHOLDER.sub("{}", one) for one in segments), expression)


def _expression_of(placeholder: re.Match[str]) -> str:
    return r"\d+" if placeholder[1] in _NUMBERS else "[^/]+"


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
        "indexes": "/{family}/",
        "for_you": "/for-you/",
        "not_found": "/404.html",
        "sponsors_json": "/sponsors/index.json",
        "opml": "/feeds.opml",
        "robots": "/robots.txt",
        "sitemap": "/sitemap.xml",
        "sitemap_parts": "/sitemap-{number}.xml",
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
