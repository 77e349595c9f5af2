"""Hugo: `content/` with YAML, TOML or JSON front matter, page bundles, sections, permalinks and shortcodes.

Source: gohugo.io, "Content organization", "Front matter", "URL management", "Shortcodes".
"""

import posixpath
import re
from collections.abc import Collection, Iterator
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import quote
from zoneinfo import ZoneInfo

from generator.importers.addresses import old_path
from generator.importers.containers import open_containers
from generator.importers.folder import OldFolder
from generator.importers.hugo_config import AddressParts, HugoConfig, Root
from generator.importers.links import FILE
from generator.importers.matter import Matter, find_zone, read_texts
from generator.importers.old_site import Leftover, OldSite, Post
from generator.importers.shortcodes import resolve_shortcodes

_LANGUAGE = re.compile(r"(.+)\.([a-z]{2}(?:-[a-z]{2})?)", re.IGNORECASE)
_MARKDOWN = (".md", ".markdown")
_TEXTS = (".html", ".htm", ".adoc", ".asciidoc", ".org", ".pdc", ".rst")
_MORE = re.compile(r"^[ \t]*(?:<!--\s*more\s*-->|# more)[ \t]*$\n?", re.MULTILINE | re.IGNORECASE)


def read_hugo(folder: OldFolder, zone: ZoneInfo) -> OldSite:
    """Read a site of Hugo; `zone` is that of times without one, if the site names none."""
    config = HugoConfig(folder)
    reader = _HugoReader(folder, config, find_zone(config.zone) or zone)
    posts = [reader.make(*one) for one in read_texts(folder, reader.roots)]
    roots = tuple(root.folder for root in config.roots)
    return OldSite(
        title=config.title,
        url=config.url,
        posts=posts,
        problems=folder.problems,
        unread=[*_unread(folder, config)],
        picture_folders=("static", "assets", *(root.rstrip("/") for root in roots), ""),
        topic_path=r"/categories/([^/]+)",
        has_bare_links=True,
        has_dashes=config.has_dashes,
        has_breaks=config.has_breaks,
        language=config.language,
    )


def _unread(folder: OldFolder, config: HugoConfig) -> Iterator[str]:
    """Texts in other formats, and texts outside of the folders of the site's languages."""
    for file in folder.files:
        if config.find_root(file):
            if file.endswith(_TEXTS):
                yield file
        elif file.startswith("content/") and file.endswith((*_TEXTS, *_MARKDOWN)):
            yield file


def _has_own_feed(folder: OldFolder, config: HugoConfig) -> bool:
    """Whether the feeds may have a template other than Hugo's, which identifies articles by their addresses."""
    themes = [f"themes/{name}/" for name in config.themes]
    is_elsewhere = config.has_modules or any(not any(file.startswith(one) for file in folder.files) for one in themes)
    own = ("layouts/", *(f"{theme}layouts/" for theme in themes))
    feeds = (file for file in folder.files if "rss" in file and file.endswith(".xml"))
    return is_elsewhere or any(file.startswith(own) for file in feeds)


class _HugoReader:
    def __init__(self, folder: OldFolder, config: HugoConfig, zone: ZoneInfo) -> None:
        self._folder = folder
        self._config = config
        self._zone = zone
        self._base = old_path(config.url)
        self.roots = {
            file: root
            for file in folder.files
            if file.endswith(_MARKDOWN) and (root := config.find_root(file)) is not None
        }
        self._has_own_feed = _has_own_feed(folder, config)
        self._by_name: dict[tuple[str, str], list[str]] = {}
        for file, root in self.roots.items():
            for name in _names_of(_inner(file, root)):
                self._by_name.setdefault((root.language, name), []).append(file)

    def make(self, file: str, matter: Matter, text: str) -> Post:
        root = self.roots[file]
        stem, section, suffix = _name(_inner(file, root), self._config.languages)
        lacks: list[Leftover] = []
        title, slug = matter.text("title"), matter.text("slug")
        published = self._published(matter, lacks)
        language = suffix.lower() or root.language
        parts = AddressParts(stem, section, slug, title, language, published)
        own = matter.text("url") or self._config.address(parts) or ""
        own = own if not own or own.startswith("/") else f"{self._config.prefix(language)}/{own}"
        is_page = not section
        matter.drop("layout", "type")
        body = resolve_shortcodes(_MORE.sub("", text), lambda target: self._find(file, target), lacks)
        return Post(
            file=file,
            is_page=is_page,
            slug=slug or stem,
            title=title,
            text=open_containers(body, lacks),
            published=published,
            updated=matter.time(self._zone, "lastmod"),
            expires=matter.time(self._zone, "expirydate"),
            is_draft=bool(matter.flag("draft")),
            topics=tuple(matter.texts("categories", "category")),
            tags=tuple(matter.texts("tags")),
            authors=matter.authors(),
            summary=matter.text("summary", "description", "excerpt"),
            language=matter.text("language") or ("" if language == self._config.main else language),
            image=matter.image(),
            addresses=(old_path(own) if own else "", *self._aliases(own, section, matter)),
            guid=self._config.permalink(own) if own and published and not self._has_own_feed else "",
            navigation=_navigation(matter.raw("menu", "menus")) if is_page or published is None else None,
            order=matter.number("weight") if is_page or published is None else None,
            left=matter.left,
            lacks=tuple(lacks),
        )

    def _published(self, matter: Matter, lacks: list[Leftover]) -> datetime | None:
        """The later one of two dates: nothing is published here before it was published there."""
        times = {name: at for name in ("date", "publishDate") if (at := matter.time(self._zone, name.lower()))}
        stays = max(times, key=lambda name: times[name], default=None)
        for name, at in times.items():
            if stays and at < times[stays]:
                lacks.append(Leftover("time", f"{name}: {at.isoformat()}", f"'{stays}' is later and is kept"))
        return times[stays] if stays else None

    def _aliases(self, own: str, section: str, matter: Matter) -> list[str]:
        """Old addresses; those that do not begin with a slash are relative to the text's own."""
        beside = posixpath.dirname(own.rstrip("/")) or "/"
        paths = (posixpath.normpath(posixpath.join(beside, one)) for one in matter.texts("aliases"))
        is_ugly = self._config.is_ugly(section)
        return [old_path(f"{one}.html" if is_ugly and not one.endswith(".html") else one, self._base) for one in paths]

    def _find(self, file: str, target: str) -> str | None:
        place, sharp, fragment = target.partition("#")
        if not place:
            return f"#{fragment}" if fragment else None
        inner = place.lstrip("/").removesuffix("/")
        root = self.roots[file]
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(_inner(file, root)), place))
        for name in (inner, beside):
            if len(files := self._by_name.get((root.language, name.lower()), [])) == 1:
                return FILE + quote(files[0]) + sharp + quote(fragment)
        return None


def _inner(file: str, root: Root) -> str:
    return root.inner + file.removeprefix(root.folder)


def _name(inner: str, languages: Collection[str]) -> tuple[str, str, str]:
    """The name of a file, or of a bundle's folder, the folders that it is in, and the language in its name."""
    path = PurePosixPath(inner)
    match = _LANGUAGE.fullmatch(path.stem)
    is_named = match is not None and (not languages or match[2].lower() in languages)
    stem, language = (match[1], match[2]) if match and is_named else (path.stem, "")
    folders = list(path.parent.parts)
    if stem == "_index":
        return "-".join(folders) or "home", "", language
    if stem == "index":
        stem = folders.pop() if folders else "home"
    return stem, "/".join(folders), language


def _names_of(inner: str) -> Iterator[str]:
    """The names by which other texts may refer to a text: its path and its last part, with and without suffix."""
    path = PurePosixPath(inner.lower())
    whole = {str(path), str(path.with_suffix(""))}
    if path.stem in {"index", "_index"}:
        whole |= {str(path.parent)}
    yield from sorted(whole | {one.rpartition("/")[2] for one in whole})


def _navigation(menus: object) -> str | None:
    if not menus:
        return None
    return "footer" if "footer" in str(menus).lower() and "main" not in str(menus).lower() else "header"
