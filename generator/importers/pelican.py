"""Pelican: `content/` with headers of `Key: value`, `pages/`, `pelicanconf.py` and links such as `{filename}a.md`.

Source: docs.getpelican.com, "Writing content", "Settings".
"""

import ast
import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote
from zoneinfo import ZoneInfo

from generator.errors import Problem
from generator.importers.addresses import old_path
from generator.importers.containers import open_admonitions, open_containers
from generator.importers.folder import OldFolder
from generator.importers.links import FILE, TOPIC
from generator.importers.markup import map_outside_code
from generator.importers.matter import Matter, find_zone, read_texts, split_matter, text_in
from generator.importers.old_site import Leftover, OldSite, Post
from generator.importers.pelican_urls import PelicanUrls, UrlParts, is_simple, tag_uri
from generator.names import slugify

_SUFFIXES = (".md", ".markdown", ".mkd", ".mdown")
_UNREAD = (".rst", ".html", ".htm", ".ipynb", ".adoc")
_OF_NAMES = {"FILENAME_METADATA": r"(?P<date>\d{4}-\d{2}-\d{2}).*", "PATH_METADATA": ""}
"""The default patterns of what the name and the path of a file say."""

_MOST_NAME = 250  # characters that patterns of a stranger are run over
_MOST_SIGNS = 100_000  # of a text that settings add up
_MOST_REPEATS = 3  # in one of them
_KEY = re.compile(r"([A-Za-z0-9_-]+):[ \t]*(.*)")
_MORE = re.compile(r"[ \t]{4,}(.+)")
_LINK = re.compile(
    r"(\]\(\s*<?|\]:\s*<?|(?:href|src)\s*=\s*[\"']?)[{|](filename|static|attach|category|tag|author|index)[}|]([^\s)\"'<>]*)"
)


def read_pelican(folder: OldFolder, zone: ZoneInfo) -> OldSite:
    """Read a site of Pelican; its settings are read, not run. `zone` is that of times if they name none."""
    settings = _read_settings(folder)
    reader = _PelicanReader(folder, settings, find_zone(text_in(settings, "TIMEZONE")) or zone)
    posts = list(reader.read())
    return OldSite(
        title=text_in(settings, "SITENAME"),
        url=text_in(settings, "SITEURL").rstrip("/"),
        posts=posts,
        problems=folder.problems,
        unread=[one for one in folder.files if one.startswith(reader.root) and one.endswith(_UNREAD)],
        picture_folders=(reader.root.rstrip("/"), f"{reader.root}images", ""),
        topic_path=r"/category/([^/]+?)(?:\.html)?",
        engine="python-markdown",
        has_breaks="nl2br" in str(settings.get("MARKDOWN")),
        language=text_in(settings, "DEFAULT_LANG") or "en",
    )


class _PelicanReader:
    def __init__(self, folder: OldFolder, settings: dict[str, Any], zone: ZoneInfo) -> None:
        self._folder = folder
        self._settings = settings
        self._zone = zone
        self._urls = PelicanUrls(settings, language=text_in(settings, "DEFAULT_LANG") or "en")
        path = posixpath.normpath(text_in(settings, "PATH") or "content")
        is_there = any(file.startswith(f"{path}/") for file in folder.files)
        self.root = f"{path}/" if is_there else ""
        self._pages = _list(settings, "PAGE_PATHS") or ["pages"]
        self._articles = [one for one in _list(settings, "ARTICLE_PATHS") or [""] if one != "."]
        texts = (one for one in folder.files if one.endswith(_SUFFIXES))
        self._patterns = self._read_patterns()
        self._files = [one for one in texts if self._is_in(one, [*self._pages, *self._articles])]

    def read(self) -> Iterator[Post]:
        for file, matter, text in read_texts(self._folder, self._files, split_headers):
            matter.fill(self._read_name(file))
            yield self._make(file, matter, text, is_page=self._is_in(file, self._pages))

    def _read_patterns(self) -> list[re.Pattern[str]]:
        """The patterns for the name of each file and for its path."""
        patterns = []
        for name, usual in _OF_NAMES.items():
            pattern = _compile(self._settings.get(name, usual))
            if pattern is None:
                message = f"{name} cannot be read and is ignored"
                problem = Problem(file="pelicanconf.py", code="unread-settings", message=message)
                self._folder.problems.append(problem)
            patterns.append(pattern or re.compile(""))
        return patterns

    def _read_name(self, file: str) -> dict[str, str]:
        """Values of a text from the file's path, overridden by those from its name."""
        path = PurePosixPath(file.removeprefix(self.root))
        values: dict[str, str] = {}
        for pattern, text in zip(reversed(self._patterns), (str(path), path.stem), strict=True):
            if len(text) <= _MOST_NAME and (match := pattern.match(text)):
                values |= {name.lower(): value for name, value in match.groupdict().items() if value}
        return values

    def _is_in(self, file: str, folders: list[str]) -> bool:
        return any(file.startswith(f"{self.root}{one}/" if one else self.root) for one in folders)

    def _make(self, file: str, matter: Matter, text: str, *, is_page: bool) -> Post:
        path = PurePosixPath(file.removeprefix(self.root))
        title = matter.text("title")
        published = matter.time(self._zone, "date")
        is_in_category = not is_page and len(path.parts) > 1 and self._settings.get("USE_FOLDER_AS_CATEGORY", True)
        topics = matter.texts("category") or ([path.parts[-2]] if is_in_category else [])
        status = matter.text("status").lower()
        own_author = "" if is_page else text_in(self._settings, "AUTHOR")
        authors = _split_list(matter, "author", "authors") or [*filter(None, [own_author])]
        language = matter.text("lang")
        lacks: list[Leftover] = []
        source = path.stem if self._settings.get("SLUGIFY_SOURCE") == "basename" else title or path.stem
        slug = matter.text("slug") or self._urls.slugify(source, "PAGE" if is_page else "")
        named = UrlParts(slug, published, next(iter(topics), ""), next(iter(authors), ""), language)
        own = matter.text("url", "save_as") or self._urls.address(named, is_page=is_page)
        if own is None:
            lacks.append(Leftover("address", title or file, "cannot be computed"))
        if status in {"hidden", "skip"}:
            lacks.append(Leftover("key", f"status: {status}", "made a draft"))
        return Post(
            file=file,
            is_page=is_page,
            slug=slug or title or path.stem,
            title=title,
            text=map_outside_code(
                open_containers(open_admonitions(text, lacks), lacks), lambda piece: self._resolve(file, piece)
            ),
            published=published,
            updated=matter.time(self._zone, "modified"),
            is_draft=status in {"draft", "hidden", "skip"},
            topics=tuple(topics),
            tags=tuple(_split_list(matter, "tags")),
            authors=tuple(authors),
            summary=matter.text("summary"),
            language=language,
            image=matter.image(),
            addresses=(old_path(own) if own else "",),
            guid=tag_uri(text_in(self._settings, "SITEURL"), own, published) if own and published else "",
            left=matter.left,
            lacks=tuple(lacks),
        )

    def _resolve(self, file: str, text: str) -> str:
        def replace(match: re.Match[str]) -> str:
            before, kind, (path, sharp, fragment) = match[1], match[2], match[3].partition("#")
            if kind == "category":
                return before + TOPIC + quote(unquote(path))
            if kind in {"tag", "author", "index"}:
                return before + (f"/{kind}/{slugify(unquote(path))}.html" if path else "/")
            path = unquote(path)
            folder = self.root if path.startswith("/") else posixpath.dirname(file)
            found = posixpath.normpath(posixpath.join(folder, path.lstrip("/")))
            if found in self._files:
                return before + FILE + quote(found) + sharp + fragment
            return before + (quote("/" + found.removeprefix(self.root)) if self._folder.holds(found) else match[3])

        return _LINK.sub(replace, text)


def _split_list(matter: Matter, *names: str) -> list[str]:
    return matter.texts(*names, separator=";" if ";" in str(matter.see(names[-1])) else ",")


def _compile(pattern: Any) -> re.Pattern[str] | None:
    """A pattern of the settings; None if it is not a pattern, or could take too long."""
    try:
        return re.compile(pattern) if isinstance(pattern, str) and is_simple(pattern, most=_MOST_REPEATS) else None
    except re.error:
        return None


def split_headers(text: str, *, file: str) -> tuple[dict[str, Any], str] | Problem:
    """Split a text into its headers, by names in lower case, and what comes after the empty line."""
    if text.startswith("---"):
        return split_matter(text, file=file)
    found: dict[str, list[str]] = {}
    lines = text.lstrip("\n").split("\n")
    last = ""
    for place, line in enumerate(lines):
        if match := _KEY.fullmatch(line.rstrip()):
            last = match[1].lower()
            found.setdefault(last, []).append(match[2].strip())
        elif last and (more := _MORE.fullmatch(line.rstrip())):
            found[last].append(more[1].strip())
        else:
            rest = lines[place + 1 :] if not line.strip() and found else lines[place:]
            return {key: " ".join(parts) for key, parts in found.items()}, "\n".join(rest)
    return {key: " ".join(parts) for key, parts in found.items()}, ""


def _read_settings(folder: OldFolder) -> dict[str, Any]:
    """The literal values of `pelicanconf.py` and `publishconf.py` by name; no code runs."""
    settings: dict[str, Any] = {}
    for name in ("pelicanconf.py", "publishconf.py"):
        try:
            tree = ast.parse(folder.read_text(name) or "")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            message = "not valid Python; its settings are ignored"
            folder.problems.append(Problem(file=name, code="unread-settings", message=message))
            continue
        for step in tree.body:
            if isinstance(step, ast.Assign) and isinstance(step.targets[0], ast.Name):
                try:
                    settings[step.targets[0].id] = _evaluate(step.value, settings)
                except (ValueError, TypeError, RecursionError, MemoryError, SyntaxError, KeyError):
                    continue
    return settings


def _evaluate(node: ast.expr, settings: dict[str, Any]) -> Any:
    """A literal, a choice or a sum of literals; anything else raises as `ast.literal_eval` does."""
    match node:
        case ast.Name(id=name):
            return settings[name]
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return not _evaluate(operand, settings)
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _evaluate(body if _evaluate(test, settings) else orelse, settings)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            parts = _evaluate(left, settings), _evaluate(right, settings)
            if all(isinstance(part, str) for part in parts) and sum(map(len, parts)) <= _MOST_SIGNS:
                return "".join(parts)
    return ast.literal_eval(node)


def _list(settings: dict[str, Any], name: str) -> list[str]:
    value = settings.get(name)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list | tuple) else []
