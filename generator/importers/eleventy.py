"""Eleventy: markdown anywhere in the input folder, data files beside it, permalinks; its configuration is not run.

Source: 11ty.dev/docs, "Front Matter Data", "Template and Directory Specific Data Files", "Collections", "Permalinks",
"Content Dates".
"""

import functools
import posixpath
import re
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from generator.errors import Problem
from generator.importers.addresses import old_address, old_path
from generator.importers.containers import open_containers
from generator.importers.folder import OldFolder
from generator.importers.liquid import fill_words, resolve_liquid
from generator.importers.matter import Matter, read_data, read_moment, read_texts, split_matter
from generator.importers.old_site import Leftover, OldSite, Post
from generator.importers.site_data import SiteData
from generator.names import slugify

CONFIGS = (".eleventy.js", "eleventy.config.js", "eleventy.config.cjs", "eleventy.config.mjs")

_INPUT = re.compile(r"\binput\s*:\s*[\"']([^\"'\n]+)[\"']|setInputDirectory\(\s*[\"']([^\"'\n]+)[\"']")
_NUNJUCKS = re.compile(r"\bmarkdownTemplateEngine\s*+:\s*+[\"']njk")
_OPTION = re.compile(r"\b(breaks|linkify|typographer)\s*+:\s*+true\b")
_SAID = re.compile(r"\b(title|url)\s*:\s*[\"']([^\"'\n]+)[\"']")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-(.+)")
_COLLECTIONS = frozenset({"post", "posts", "blog", "all", "nav", "page", "pages", "article", "articles"})
_POSTS = _COLLECTIONS - {"all", "nav", "page", "pages"}
_NOT_TEXTS = frozenset({"README.md", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE.md", "CODE_OF_CONDUCT.md"})
_UNREAD = (".njk", ".liquid", ".html", ".webc", ".hbs", ".11ty.js", ".mdx", ".11tydata.js")


def read_eleventy(folder: OldFolder, zone: ZoneInfo) -> OldSite:
    """Read a site of Eleventy; `zone` is not used: times without one are always UTC for Eleventy."""
    del zone
    reader = _EleventyReader(folder)
    posts = [reader.make(*one) for one in read_texts(folder, reader.files, reader.split)]
    data = reader.site_data()
    url = data.text("url", "siteurl", "baseurl").rstrip("/")
    return OldSite(
        title=data.text("title", "name"),
        url=url if url.startswith(("http://", "https://")) else "",
        posts=posts,
        problems=folder.problems,
        unread=[one for one in folder.files if one.endswith(_UNREAD) and reader.is_text_folder(one)],
        has_bare_links="linkify" in reader.options,
        has_dashes="typographer" in reader.options,
        has_breaks="breaks" in reader.options,
        language=data.text("lang", "language"),
        picture_folders=(reader.root.rstrip("/"), "public", "static", f"{reader.root}static", "src", ""),
    )


class _EleventyReader:
    def __init__(self, folder: OldFolder) -> None:
        self._folder = folder
        self._zone = ZoneInfo("UTC")
        self.root = _read_input(folder)
        lines = [one for one in (folder.read_text(".eleventyignore") or "").split("\n") if not one.startswith("#")]
        self._ignored = [line.strip().removeprefix("./") for line in lines if line.strip()]
        programs = [folder.read_text(one) or "" for one in CONFIGS]
        self.options = {name for text in programs for name in _OPTION.findall(text)}  # of markdown-it
        self._is_nunjucks = any(map(_NUNJUCKS.search, programs))
        self._global = SiteData(folder, f"{self.root}_data/")
        self._read_data = functools.cache(functools.partial(read_data, folder))
        texts = (one for one in folder.files if one.endswith(".md") and one not in _NOT_TEXTS)
        self.files = [*filter(self.is_text_folder, texts)]

    def is_text_folder(self, file: str) -> bool:
        """Whether a file is in a folder that Eleventy reads texts from."""
        is_ignored = any(file == one or file.startswith(f"{one.rstrip('/')}/") for one in self._ignored)
        is_hidden = any(one[0] == "_" or one == "node_modules" for one in PurePosixPath(file).parts)
        return file.startswith(self.root) and not is_ignored and not is_hidden

    def site_data(self) -> Matter:
        for name in ("metadata", "site", "meta"):
            if data := self._read_data(f"{self.root}_data/{name}.json"):
                return Matter(data)
            program = self._folder.read_text(f"{self.root}_data/{name}.js")  # which is not run
            if found := _SAID.findall(program or ""):
                return Matter(dict(reversed(found)))
        return Matter({})

    def split(self, text: str, *, file: str) -> tuple[dict[str, Any], str] | Problem:
        parts = split_matter(text, file=file)
        return parts if isinstance(parts, Problem) else (self._with_data(file, parts[0]), parts[1])

    def make(self, file: str, matter: Matter, text: str) -> Post:
        path, known = PurePosixPath(file.removeprefix(self.root)), {**self._global, **matter.values}
        place = _place_of(path)
        published = matter.time(self._zone, "date") or read_moment(place.date, self._zone)
        title, slug = matter.text("title"), matter.text("slug") or place.name
        words = {"title": slugify(title), "page.fileSlug": place.name, "slug": slug}
        words |= {"page.filePathStem": f"/{path.with_suffix('')}"}
        words |= {"page.date": published.date().isoformat()} if published else {}
        lacks: list[Leftover] = []
        own = _address(matter, place, words, lacks)
        every = matter.texts("tags")
        navigation = matter.raw("eleventynavigation")
        is_draft = bool(matter.flag("draft")) or matter.flag("published") is False
        is_post = any(one.lower() in _POSTS for one in every)
        is_page = published is None and not (is_draft and is_post)
        matter.drop("layout", "templateengineoverride")
        body = resolve_liquid(text, lambda _tag, _target: None, lacks, known=known, has_comments=self._is_nunjucks)
        return Post(
            file=file,
            is_page=is_page,
            slug=slug,
            title=title,
            text=open_containers(body, lacks),
            published=published,
            updated=matter.time(self._zone, "updated", "modified", "lastmod"),
            is_draft=is_draft,
            topics=tuple(matter.texts("categories", "category")),
            tags=tuple(one for one in every if one.lower() not in _COLLECTIONS),
            authors=matter.authors(),
            summary=matter.text("excerpt", "description", "summary"),
            language=matter.text("lang", "language"),
            image=matter.image(),
            addresses=(old_path(own) if own else "", *map(old_address, matter.texts("redirect_from", "aliases"))),
            navigation="header" if navigation and is_page else None,
            order=_order_of(navigation) if is_page else None,
            left=matter.left,
            lacks=tuple(lacks),
        )

    def _with_data(self, file: str, own: dict[str, Any]) -> dict[str, Any]:
        """The data of a file and of the folders above it, nearer over farther; lists are joined."""
        merged: dict[str, Any] = {}
        path = PurePosixPath(file)
        folders = [one / one.name for one in reversed(path.parents) if one.name and f"{one}/".startswith(self.root)]
        places = [f"{one}{end}" for one in (*folders, path.with_suffix("")) for end in (".json", ".11tydata.json")]
        for data in (*map(self._read_data, places), own):
            for key, value in data.items():
                before = merged.get(key)
                merged[key] = [*_as_list(before), *_as_list(value)] if key == "tags" and before else value
        return merged


class _PathParts(NamedTuple):
    """The parts of a text's path: its folders, its name there and by itself, and the date in it, or ""."""

    folders: tuple[str, ...]
    stem: str
    name: str
    date: str


def _place_of(path: PurePosixPath) -> _PathParts:
    dated = _DATED.fullmatch(path.stem)
    stem, folders = dated[2] if dated else path.stem, path.parent.parts
    if folders and stem == folders[-1]:  # which Eleventy takes for the index of the folder
        stem = "index"
    name = (folders[-1] if folders else "home") if stem == "index" else stem
    in_name = _DATED.fullmatch(name)
    date = dated or in_name
    return _PathParts(folders, stem, in_name[2] if in_name else name, date[1] if date else "")


def _address(matter: Matter, place: _PathParts, words: dict[str, str], lacks: list[Leftover]) -> str | None:
    own = matter.see("permalink")
    if isinstance(own, str):
        matter.drop("permalink")
        filled = fill_words(own, words)
        if filled is None:
            lacks.append(Leftover("address", own[:200], "cannot be computed"))
        return filled
    return "/" + "/".join([*place.folders, *([] if place.stem == "index" else [place.stem])])


def _order_of(navigation: Any) -> int | None:
    order = navigation.get("order") if isinstance(navigation, dict) else None
    return order if isinstance(order, int) and abs(order) <= 1_000_000 else None


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _read_input(folder: OldFolder) -> str:
    for name in CONFIGS:
        if match := _INPUT.search(folder.read_text(name) or ""):
            path = posixpath.normpath((match[1] or match[2]).lstrip("/"))
            if path != "." and any(file.startswith(f"{path}/") for file in folder.files):
                return f"{path}/"
    return ""
