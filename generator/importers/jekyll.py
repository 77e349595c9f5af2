"""Jekyll: `_posts/`, `_drafts/`, pages, `_config.yml`, permalinks and Liquid.

Source: jekyllrb.com/docs, "Posts", "Pages", "Collections", "Front Matter", "Permalinks", "Liquid".
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo

from generator.importers.addresses import date_tokens, fill_pattern, old_address, old_path
from generator.importers.containers import open_containers
from generator.importers.folder import OldFolder
from generator.importers.kramdown import resolve_kramdown
from generator.importers.liquid import resolve_liquid
from generator.importers.matter import Matter, find_zone, read_data, read_moment, read_texts
from generator.importers.old_site import Leftover, OldSite, Post
from generator.importers.site_data import SiteData
from generator.names import slugify

_SUFFIXES = (".md", ".markdown", ".mkdown", ".mkdn", ".mkd")
_DATED = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})-(.+)")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title.html",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title.html",
    "none": "/:categories/:title.html",
}
_DEFAULTED = frozenset(
    {
        *("author", "authors", "categories", "category", "excerpt", "description", "image", "lang", "permalink"),
        *("published", "tag", "tags"),
    }
)
"""Keys that a default can set for a text; others are for templates."""

_OWN_FOLDERS = frozenset({"_posts", "_drafts", "_includes", "_layouts", "_sass", "_data", "_site", "_plugins"})

Words = Mapping[str, Callable[[], str]]
"""The words of patterns of addresses."""


def read_jekyll(folder: OldFolder, zone: ZoneInfo) -> OldSite:
    """Read a site of Jekyll; `zone` is that of times without one, if the site names none."""
    config = Matter(read_data(folder, "_config.yml"))
    reader = _JekyllReader(folder, config, find_zone(config.text("timezone")) or zone)
    posts = list(reader.read())
    base = config.text("baseurl").strip("/")
    url = config.text("url").rstrip("/")
    return OldSite(
        title=config.text("title", "name"),
        url=f"{url}/{base}".rstrip("/") if url else "",
        posts=posts,
        problems=folder.problems,
        unread=[*reader.unread],
        topic_path=r"/categor(?:y|ies)/([^/]+)",
        has_dashes="kramdown" in (config.text("markdown") or "kramdown").lower(),
        has_breaks=isinstance(kramdown := config.see("kramdown"), dict) and kramdown.get("hard_wrap") is True,
        language=config.text("lang", "language", "locale"),
    )


class _JekyllReader:
    def __init__(self, folder: OldFolder, config: Matter, zone: ZoneInfo) -> None:
        self._folder = folder
        self._zone = zone
        self._site = {**config.values, "data": SiteData(folder, "_data/")}
        style = config.text("permalink")
        self._pattern = _STYLES.get(style or "date", style)
        self._page_suffix = "" if style == "pretty" or style.endswith("/") else ".html"
        self._excerpt = config.text("excerpt_separator")
        self._defaults = sorted(_read_defaults(config.see("defaults")), key=lambda one: len(one[0]))
        collections = config.see("collections")
        self._collections = {f"_{name}" for name in collections} if isinstance(collections, list | dict) else set()
        self.unread: list[str] = []
        self._files = list(self._choose())
        plugins = [*config.texts("plugins", separator=","), *config.texts("gems", separator=",")]
        has_own_feed = any(PurePosixPath(file).name in {"feed.xml", "atom.xml"} for file in folder.files)
        url, base = config.see("url"), config.see("baseurl") or ""
        self._feed = f"{url}{base}".rstrip("/") if url and "jekyll-feed" in plugins and not has_own_feed else ""

    def read(self) -> Iterator[Post]:
        for file, matter, text in read_texts(self._folder, self._files):
            if matter or _is_post(file):
                yield self._make(file, matter, text)
            else:  # for Jekyll it is not a page
                self.unread.append(file)

    def _choose(self) -> Iterator[str]:
        for file in self._folder.files:
            top = next((part for part in PurePosixPath(file).parent.parts if part.startswith("_")), "")
            is_text = top in {"", "_posts", "_drafts", "_pages"} or top in self._collections
            if file.endswith(_SUFFIXES) and is_text:
                yield file
            elif (file.endswith(_SUFFIXES) and top not in _OWN_FOLDERS) or (
                is_text and top and file.endswith((".html", ".textile"))
            ):
                self.unread.append(file)

    def _make(self, file: str, matter: Matter, text: str) -> Post:
        matter.fill(self._defaults_of(file))
        is_post, path, known = _is_post(file), PurePosixPath(file), {"site": self._site, "page": matter.values}
        dated = _DATED.fullmatch(path.stem) if is_post else None
        stem = dated[2] if dated else path.stem
        if stem == "index":
            stem = path.parent.name.lstrip("_") or "home"
        published = matter.time(self._zone, "date") or (read_moment(dated[1], self._zone) if dated else None)
        title, slug = matter.text("title"), matter.text("slug")
        above = path.parts[: path.parts.index("_posts")] if "_posts" in path.parts else ()
        named = matter.texts("categories", "category", separator=" " if is_post else None)
        topics = list(dict.fromkeys([*above, *named]))
        own = self._address(matter.text("permalink"), file, _words(file, stem, slug, topics, published))
        # jekyll-feed identifies a post by its address without its ending.
        name_in_feed = posixpath.join(posixpath.dirname((own or "").rstrip("/")), slug or stem)
        # WordPress redirected these to the text, before its site was Jekyll's.
        before = (f"/?p={one}" for one in matter.texts("wordpress_id"))
        is_out = matter.flag("published")
        lacks: list[Leftover] = []
        matter.drop("layout")
        return Post(
            file=file,
            is_page=not is_post,
            slug=slug or stem,
            title=title,
            text=self._resolve(text, known, lacks),
            published=published,
            updated=matter.time(self._zone, "last_modified_at", "updated"),
            is_draft="_drafts" in path.parts or is_out is False or bool(matter.flag("draft")),
            topics=tuple(topics),
            tags=tuple(matter.texts("tags", "tag", separator=" ")),
            authors=matter.authors(),
            summary=matter.text("excerpt", "description"),
            language=matter.text("lang"),
            image=matter.image(),
            addresses=(old_path(own) if own else "", *map(old_address, [*matter.texts("redirect_from"), *before])),
            guid=f"{self._feed}{name_in_feed}" if self._feed and own and is_post else "",
            left=matter.left,
            lacks=tuple(lacks),
        )

    def _defaults_of(self, file: str) -> dict[str, Any]:
        """The defaults of the configuration for a text, those of nearer folders over those of farther ones."""
        merged: dict[str, Any] = {}
        for path, kind, values in self._defaults:
            is_inside = not path or file == path or file.startswith(f"{path}/")
            if is_inside and kind in {"", _kind_of(file)}:
                merged |= {key: value for key, value in values.items() if key in _DEFAULTED}
        return merged

    def _address(self, own: str, file: str, words: Words) -> str | None:
        own = _STYLES.get(own, own)
        if own or _is_post(file):
            return fill_pattern(own or self._pattern, words)
        folders = [part for part in PurePosixPath(file).parent.parts if part != "_pages"]
        page = [] if PurePosixPath(file).stem == "index" else [words["name"]() + self._page_suffix]
        return "/" + "/".join([*(one.lstrip("_") for one in folders), *page])

    def _resolve(self, text: str, known: Mapping[str, Any], lacks: list[Leftover]) -> str:
        if self._excerpt.strip():
            text = text.replace(self._excerpt, "", 1)
        text = resolve_kramdown(resolve_liquid(text, self._find, lacks, known=known), lacks)
        return open_containers(text, lacks)

    def _find(self, tag: str, target: str) -> str | None:
        if tag == "link":
            return target.lstrip("/") if target.lstrip("/") in self._files else None
        places = (f"_posts/{target}{suffix}" for suffix in _SUFFIXES)
        ends = tuple(one for place in places for one in (place, f"/{place}"))
        found = [file for file in self._files if file.endswith(ends) or PurePosixPath(file).stem == target]
        return found[0] if found else None


def _words(file: str, stem: str, slug: str, topics: list[str], at: datetime | None) -> Words:
    return {
        "categories": lambda: "/".join(topic.lower() for topic in topics),
        "slugified_categories": lambda: "/".join(map(slugify, topics)),
        "title": lambda: slug or stem,
        "slug": lambda: slug or slugify(stem),
        "name": lambda: stem,
        "basename": lambda: stem,
        "path": lambda: str(PurePosixPath(file).with_suffix("")).lstrip("_"),
        "collection": lambda: file.partition("/")[0].lstrip("_"),
        "output_ext": lambda: ".html",
        **date_tokens(at),
    }


def _read_defaults(defaults: Any) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The folder, the kind of texts and the values of each default."""
    for one in defaults if isinstance(defaults, list) else []:
        scope, values = (one.get("scope"), one.get("values")) if isinstance(one, dict) else (None, None)
        if isinstance(scope, dict) and isinstance(values, dict):
            path, kind = (str(scope.get(key) or "") for key in ("path", "type"))
            yield path.strip("/"), kind, {str(key).lower(): value for key, value in values.items()}


def _kind_of(file: str) -> str:
    folders = PurePosixPath(file).parent.parts
    top = folders[0] if folders else ""
    if _is_post(file):
        return "drafts" if "_drafts" in folders else "posts"
    return top[1:] if top.startswith("_") and top != "_pages" else "pages"


def _is_post(file: str) -> bool:
    return not {"_posts", "_drafts"}.isdisjoint(PurePosixPath(file).parent.parts)
