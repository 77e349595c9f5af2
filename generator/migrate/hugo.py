"""Hugo: `content/` with YAML, TOML or JSON front matter, page bundles, sections, permalinks and shortcodes.

Source: gohugo.io, "Content organization", "Front matter", "URL management", "Shortcodes".
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from generator.migrate.addresses import date_tokens, fill_pattern, old_path, segments_of
from generator.migrate.containers import open_containers
from generator.migrate.folder import Folder
from generator.migrate.found import Found, Left, Post
from generator.migrate.links import FILE
from generator.migrate.matter import Matter, find_zone, parse_data, read_texts
from generator.migrate.shortcodes import resolve_shortcodes
from generator.names import slugify

_CONFIGS = [
    f"{folder}{name}.{suffix}"
    for folder in ("", "config/_default/")
    for name in ("hugo", "config")
    for suffix in ("toml", "yaml", "yml", "json")
]
_LANGUAGE = re.compile(r"(.+)\.([a-z]{2}(?:-[a-z]{2})?)", re.IGNORECASE)
_TEXTS = (".html", ".htm", ".adoc", ".asciidoc", ".org", ".pdc", ".rst")
_MORE = re.compile(r"^[ \t]*(?:<!--\s*more\s*-->|# more)[ \t]*$\n?", re.MULTILINE | re.IGNORECASE)


def read_hugo(folder: Folder, zone: ZoneInfo) -> Found:
    """Read a site of Hugo; `zone` is that of times without one, where the site says none."""
    reader = _Reader(folder, zone)
    posts = list(reader.read())
    return Found(
        title=reader.config.text("title"),
        url=reader.config.text("baseurl"),
        posts=posts,
        problems=folder.problems,
        unread=[file for file in folder.files if file.startswith(reader.root) and file.endswith(_TEXTS)],
        picture_folders=("static", "assets", reader.root.rstrip("/"), ""),
        topic_address=_category,
        has_bare_links=True,
    )


def _category(path: str) -> str | None:
    match = re.fullmatch(r"/categories/([^/]+)", path)
    return match[1] if match else None


class _Reader:
    def __init__(self, folder: Folder, zone: ZoneInfo) -> None:
        self._folder = folder
        self.config = Matter(_read_config(folder))
        named = self.config.text("timezone")
        self._zone = find_zone(named) or zone
        self.root = f"{self.config.text('contentdir') or 'content'}/"
        self._patterns = self.config.raw("permalinks")
        self._base = old_path(str(self.config.see("baseurl") or ""))
        self._texts = [
            file for file in folder.files if file.startswith(self.root) and file.endswith((".md", ".markdown"))
        ]
        self._by_name: dict[str, list[str]] = {}
        for file in self._texts:
            for name in _names_of(file.removeprefix(self.root)):
                self._by_name.setdefault(name, []).append(file)

    def read(self) -> Iterator[Post]:
        for file, matter, text in read_texts(self._folder, self._texts):
            yield self._make(file, matter, text)

    def _make(self, file: str, matter: Matter, text: str) -> Post:
        stem, section, language = _name(file.removeprefix(self.root))
        lacks: list[Left] = []
        title, slug = matter.text("title"), matter.text("slug")
        published = self._published(matter, lacks)
        own = matter.text("url") or self._address(stem, section, slug, title, published)
        is_page = not section
        matter.drop("layout", "type")
        return Post(
            file=file,
            is_page=is_page,
            slug=slug or stem,
            title=title,
            text=self._resolve(file, text, lacks),
            published=published,
            updated=matter.time(self._zone, "lastmod"),
            expires=matter.time(self._zone, "expirydate"),
            is_draft=bool(matter.flag("draft")),
            topics=tuple(matter.texts("categories", "category")),
            tags=tuple(matter.texts("tags")),
            authors=matter.authors(),
            summary=matter.text("summary", "description"),
            language=language or matter.text("language"),
            image=matter.image(),
            addresses=(old_path(own) if own else "", *self._aliases(file, matter)),
            navigation=_navigation(matter.raw("menu", "menus")) if is_page else None,
            order=matter.number("weight") if is_page else None,
            left=matter.left,
            lacks=tuple(lacks),
        )

    def _published(self, matter: Matter, lacks: list[Left]) -> datetime | None:
        """The later one of two dates: what was not to be seen before a time is not to be seen before it here."""
        times = {name: at for name in ("date", "publishDate") if (at := matter.time(self._zone, name.lower()))}
        stays = max(times, key=lambda name: times[name], default=None)
        for name, at in times.items():
            if stays and at < times[stays]:
                lacks.append(Left("time", f"{name}: {at.isoformat()}", f"'{stays}' is later and stays"))
        return times[stays] if stays else None

    def _aliases(self, file: str, matter: Matter) -> list[str]:
        above = "/" + posixpath.dirname(file.removeprefix(self.root))
        return [old_path(posixpath.join(above, one), self._base) for one in matter.texts("aliases")]

    def _address(self, stem: str, section: str, slug: str, title: str, at: datetime | None) -> str | None:
        patterns = self._patterns if isinstance(self._patterns, dict) else {}
        pages = patterns.get("page") if isinstance(patterns.get("page"), dict) else patterns
        pattern = pages.get(section.partition("/")[0]) if isinstance(pages, dict) and section else None
        if not isinstance(pattern, str):
            return (
                "/".join(("", segments_of(section), slug or _urlize(stem))) if section else f"/{slug or _urlize(stem)}"
            )
        words: Mapping[str, Callable[[], str]] = {
            "slug": lambda: slug or slugify(title or stem),
            "title": lambda: slugify(title or stem),
            "slugorfilename": lambda: slug or _urlize(stem),
            "slugorcontentbasename": lambda: slug or _urlize(stem),
            "filename": lambda: _urlize(stem),
            "contentbasename": lambda: _urlize(stem),
            "section": lambda: section.partition("/")[0],
            "sections": lambda: section,
            **date_tokens(at),
        }
        return fill_pattern(pattern, words)

    def _resolve(self, file: str, text: str, lacks: list[Left]) -> str:
        text = resolve_shortcodes(_MORE.sub("", text), lambda target: self._find(file, target), lacks)
        return open_containers(text, lacks)

    def _find(self, file: str, target: str) -> str | None:
        place, sharp, fragment = target.partition("#")
        if not place:
            return f"#{fragment}" if fragment else None
        inner = place.lstrip("/").removesuffix("/")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(file.removeprefix(self.root)), place))
        for name in (inner, beside):
            if len(files := self._by_name.get(name.lower(), [])) == 1:
                return FILE + quote(files[0]) + sharp + quote(fragment)
        return None


def _read_config(folder: Folder) -> dict[str, Any]:
    for name in _CONFIGS:
        if folder.holds(name) and (text := folder.read_text(name)) is not None:
            data = parse_data(text, file=name)
            if isinstance(data, dict):
                return data
            folder.problems.append(data)
    return {}


def _name(inner: str) -> tuple[str, str, str]:
    """What a file is called, the folders that it is in, and its language: of a bundle, the folder is the name."""
    path = PurePosixPath(inner)
    match = _LANGUAGE.fullmatch(path.stem)
    stem, language = (match[1], match[2]) if match else (path.stem, "")
    folders = list(path.parent.parts)
    if stem == "_index":
        return "-".join(folders) or "home", "", language
    if stem == "index":
        stem = folders.pop() if folders else "home"
    return stem, "/".join(folders), language


def _names_of(inner: str) -> Iterator[str]:
    """By what other texts may call a text: its whole path and its last part, with the suffix or without."""
    path = PurePosixPath(inner.lower())
    whole = {str(path), str(path.with_suffix(""))}
    if path.stem in {"index", "_index"}:
        whole |= {str(path.parent)}
    yield from sorted(whole | {one.rpartition("/")[2] for one in whole})


def _urlize(stem: str) -> str:
    return "-".join(stem.lower().split())


def _navigation(menus: object) -> str | None:
    if not menus:
        return None
    return "footer" if "footer" in str(menus).lower() and "main" not in str(menus).lower() else "header"
