"""The configuration of a site of Hugo: its languages and their folders, and the addresses of its texts.

Source: gohugo.io, "Configuration", "Multilingual mode", "URL management".
"""

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, NamedTuple
from urllib.parse import quote

from generator.importers.addresses import date_tokens, fill_pattern
from generator.importers.folder import OldFolder
from generator.importers.matter import parse_data, text_in

_SUFFIXES = ("toml", "yaml", "yml", "json")
_NAMES = frozenset({"hugo", "config"})
_ENVIRONMENTS = ("_default", "production")
_ALLOWED = frozenset("./\\_#+~-@")
_SOME_SECTIONS = re.compile(r":sections\[([^\[\]]{0,20})\]")


class Root(NamedTuple):
    """A folder of texts, the key of their language, and the folder for them on the site, `` or `a/`."""

    folder: str
    language: str
    inner: str = ""


class AddressParts(NamedTuple):
    """The parts of a text's address."""

    stem: str
    section: str
    slug: str
    title: str
    language: str
    at: datetime | None


class HugoConfig:
    """The merged files of configuration, later ones over earlier ones; keys are in lower case."""

    def __init__(self, folder: OldFolder) -> None:
        self._data = _read_config(folder)
        self.title = self._text("title")
        self.url = self._text("baseurl")
        self.zone = self._text("timezone")
        self.languages = {
            key: value for key, value in _below(self._data, "languages").items() if isinstance(value, dict)
        }
        first = "en" if "en" in self.languages else next(iter(self.languages), "")
        self.main = self._text("defaultcontentlanguage").lower() or first
        self.roots = tuple(self._read_roots(folder))
        self._has_folder_of_main = self._data.get("defaultcontentlanguageinsubdir") is True
        goldmark = _below(self._data, "markup", "goldmark", "extensions")
        typographer = goldmark.get("typographer", True)
        is_off = isinstance(typographer, dict) and typographer.get("disable") is True
        self.has_dashes = typographer is not False and not is_off
        self.has_breaks = _below(self._data, "markup", "goldmark", "renderer").get("hardwraps") is True

    @property
    def language(self) -> str:
        """The main language of the site, as the site writes it; `` if it is not given."""
        value = self.languages.get(self.main, {})
        own = value.get("locale") or value.get("languagecode") or self._text("locale") or self._text("languagecode")
        return own if isinstance(own, str) and own else self.main

    def find_root(self, file: str) -> Root | None:
        """The folder of texts that a file is in, the innermost."""
        return next((root for root in self.roots if file.startswith(root.folder)), None)

    def address(self, place: AddressParts) -> str | None:
        """The address of a text; None if it cannot be computed."""
        name = place.slug and urlize(place.slug)
        stem = urlize(place.stem)
        pattern = self._pattern(place.section)
        if pattern is None:
            path: str | None = "/".join(["", *filter(None, [urlize(place.section)]), name or stem])
        else:
            path = fill_pattern(_fill_sections(pattern, place.section), _words(place, name, stem))
        if path is None:
            return None
        if self.is_ugly(place.section) and path != "/" and not path.endswith((".html", "/index")):
            path = f"{path.rstrip('/')}.html"
        return self.prefix(place.language) + path

    @property
    def themes(self) -> list[str]:
        """The names of the site's themes."""
        value = self._data.get("theme")
        return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str) and one]

    @property
    def has_modules(self) -> bool:
        """Whether parts of the site are fetched from elsewhere."""
        return bool(_below(self._data, "module").get("imports"))

    def permalink(self, path: str) -> str:
        """The full address of a path of the site, as Hugo writes it; "" if the site has no address."""
        whole = path if path.endswith(("/", ".html")) else f"{path}/"
        return f"{self.url.rstrip('/')}{quote(whole, safe='/~!$&()*+,;=:@')}" if self.url.startswith("http") else ""

    def prefix(self, language: str) -> str:
        """The folder of a language on the site, with a slash before it."""
        is_at_root = not language or (language == self.main and not self._has_folder_of_main)
        return "" if is_at_root else f"/{language}"

    def _pattern(self, section: str) -> str | None:
        patterns = _below(self._data, "permalinks")
        pages = patterns.get("page")
        name = section.partition("/")[0].lower()
        chosen = pages.get(name) if isinstance(pages, dict) and name in pages else patterns.get(name)
        return chosen if isinstance(chosen, str) and name else None

    def is_ugly(self, section: str) -> bool:
        """Whether texts of a section are at `a.html`, not in a folder `a/`."""
        value = self._data.get("uglyurls")
        if isinstance(value, dict):
            return value.get(section.partition("/")[0].lower()) is True
        return value is True

    def _read_roots(self, folder: OldFolder) -> Iterator[Root]:
        """The folders of texts, the innermost first."""
        main = _folder(self._text("contentdir") or "content")
        roots = [Root(main, self.main)]
        own = [
            Root(_folder(value["contentdir"]), key)
            for key, value in self.languages.items()
            if isinstance(value.get("contentdir"), str) and value.get("disabled") is not True
        ]
        mounts = _below(self._data, "module").get("mounts")
        mounted = [*filter(None, map(self._mount, mounts if isinstance(mounts, list) else []))]
        if own and not any(root.language == self.main for root in own):
            own += roots
        chosen = mounted or own or roots
        there = [root for root in chosen if any(file.startswith(root.folder) for file in folder.files)]
        yield from sorted(set(there or roots), key=lambda root: (-len(root.folder), root))

    def _mount(self, value: Any) -> Root | None:
        if not isinstance(value, dict) or not all(isinstance(value.get(key), str) for key in ("source", "target")):
            return None
        target = _folder(value["target"])
        if not target.startswith("content/"):
            return None
        language = value.get("lang")
        named = language.lower() if isinstance(language, str) else self.main
        return Root(_folder(value["source"]), named, target.removeprefix("content/"))

    def _text(self, name: str) -> str:
        return text_in(self._data, name)


def urlize(text: str) -> str:
    """A title or a path as Hugo writes it in addresses: lower case, hyphens for spaces, few other signs."""
    written = ""
    for sign in text:
        if sign.isspace():
            written += "" if not written or written.endswith("-") else "-"
        elif sign in _ALLOWED or unicodedata.category(sign)[0] in "LNM":
            written += "" if sign == "-" and written.endswith("-") else sign
    return written.strip("-").lower()


def _words(place: AddressParts, name: str, stem: str) -> Mapping[str, Callable[[], str]]:
    at, titled = place.at, urlize(place.title or place.stem)

    def weekday() -> str:
        if at is None:
            raise LookupError("weekdayname")
        return at.strftime("%A").lower()

    return {
        "slug": lambda: name or titled,
        "title": lambda: titled,
        "slugorfilename": lambda: name or stem,
        "slugorcontentbasename": lambda: name or stem,
        "filename": lambda: stem,
        "contentbasename": lambda: stem,
        "section": lambda: urlize(place.section.partition("/")[0]),
        "sections": lambda: urlize(place.section),
        "weekdayname": weekday,
        **date_tokens(at),
    }


def _fill_sections(pattern: str, section: str) -> str:
    """A pattern with some of the folders of a text, as in `:sections[1:]`."""
    folders = [*filter(None, urlize(section).split("/"))]

    def number(written: str) -> int | None:
        return len(folders) - 1 if written == "last" else int(written) if written.isdecimal() else None

    def fill(match: re.Match[str]) -> str:
        first, colon, last = match[1].partition(":")
        chosen = folders[number(first) : number(last)] if colon else folders[(number(first) or 0) :][:1]
        return "/".join(chosen)

    return _SOME_SECTIONS.sub(fill, pattern)


def _read_config(folder: OldFolder) -> dict[str, Any]:
    data: dict[str, Any] = {}
    roots = (f"{name}.{end}" for name in ("hugo", "config") for end in _SUFFIXES)
    below = [
        file
        for environment in _ENVIRONMENTS
        for file in folder.files
        if posixpath.dirname(file) == f"config/{environment}" and file.endswith(tuple(f".{end}" for end in _SUFFIXES))
    ]
    for file in [*list(filter(folder.holds, roots))[:1], *below]:
        text = folder.read_text(file)
        read = parse_data(text, file=file) if text is not None else {}
        if isinstance(read, dict):
            _merge(data, _place(PurePosixPath(file).stem.lower(), _fold_keys(read)))
        else:
            folder.problems.append(read)
    return data


def _place(stem: str, read: dict[str, Any]) -> dict[str, Any]:
    """The data of a file below the keys in its name: `languages.de.toml` is below `languages` and `de`."""
    if stem in _NAMES:
        return read
    section, _, language = stem.partition(".")
    if not language:
        return {section: read}
    return {"languages": {language: read if section == "languages" else {section: read}}}


def _merge(data: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        before = data.get(key)
        if isinstance(before, dict) and isinstance(value, dict):
            _merge(before, value)
        else:
            data[key] = value


def _fold_keys(data: dict[str, Any]) -> dict[str, Any]:
    return {str(key).lower(): _fold_keys(value) if isinstance(value, dict) else value for key, value in data.items()}


def _below(data: dict[str, Any], *keys: str) -> dict[str, Any]:
    for key in keys:
        data = data.get(key) if isinstance(data.get(key), dict) else {}  # type: ignore[assignment]
    return data


def _folder(path: str) -> str:
    return f"{posixpath.normpath(path.strip('/') or '.')}/"
