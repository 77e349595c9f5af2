"""Tags of Liquid and Nunjucks, which Jekyll and Eleventy run over a text before it is markdown."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import quote

from generator.importers.addresses import fill_in
from generator.importers.links import FILE
from generator.importers.liquid_values import Values
from generator.importers.markup import map_outside_code, splice
from generator.importers.old_site import SHOWS_NOTHING, Leftover
from generator.importers.texts import fence

_ENDS = {"{%": "%}", "{{": "}}", "{#": "#}"}
_OPENING = re.compile(r"\{[%{#]")
_BASE = re.compile(r"(?:site|metadata|pkg)\.(?:baseurl|url)")
_FILTERED = re.compile(
    r"(?:site\.(?:baseurl|url)\s*+\|\s*+append:\s*+)?[\"']([^\"'{}]*+)[\"']\s*+"
    r"(?:\|\s*+(?:relative_url|absolute_url|url|prepend:\s*+site\.(?:baseurl|url))\s*+)*+"
)
_LINK = re.compile(r"(post_url|link)\s++(\S.*)", re.DOTALL)
_LANGUAGE = re.compile(r"highlight\s++([\w+#.-]++)")
_WORD = re.compile(r"\{\{-?\s*([\w.]+)\s*(?:\|\s*slug(?:ify)?\s*)?-?\}\}")
_KEPT = {"{{": "\ufdd0", "{%": "\ufdd1", "{#": "\ufdd2"}
"""What opens a tag, and the sign that replaces it in verbatim text; no language uses these signs."""

_RAW = frozenset({"raw", "verbatim"})
_BLOCKS = frozenset({"if", "unless", "for", "case", "tablerow", "capture"})
_SILENT = frozenset({"assign", "set", "import", "from", "extends", "layout", "#"})
"""Statements that show nothing."""


class _LiquidTag(NamedTuple):
    opening: str
    begin: int
    end: int
    inner: str

    @property
    def name(self) -> str:
        return self.inner.split(None, 1)[0] if self.opening == "{%" and self.inner else ""


def resolve_liquid(
    text: str,
    find: Callable[[str, str], str | None],
    lacks: list[Leftover],
    *,
    known: Mapping[str, Any] = MappingProxyType({}),
    has_comments: bool = False,
) -> str:
    """Resolve the tags that are links or code, or show nothing; others are kept, and `lacks` takes them.

    `find` gets `post_url` or `link` and the tag's argument, and gives the file that is meant.
    `known` are variables such as `page`. With `has_comments`, `{# … #}` is a comment, as in Nunjucks.
    """
    resolver = _Resolver(find, lacks, known)
    others = {"highlight", "comment", *(["#"] if has_comments else [])}
    for names in (_RAW, others):
        text = splice(text, _find_blocks(text, names))
    text = map_outside_code(text, resolver.resolve)
    for opening, kept in _KEPT.items():
        text = text.replace(kept, opening)
    return text


def fill_words(pattern: str, words: dict[str, str]) -> str | None:
    """A permalink with its `{{ words }}` filled in; None if one is not known."""
    filled = fill_in(_WORD, pattern, lambda match: words[match[1]])
    return None if filled is None or "{{" in filled or "{%" in filled else filled


def _read_tags(text: str) -> Iterator[_LiquidTag]:
    """The tags of a text in order; what opens and does not end is not a tag."""
    at, endless = 0, set()
    for match in _OPENING.finditer(text):
        if match.start() < at or match[0] in endless:
            continue
        end = text.find(_ENDS[match[0]], match.end())
        if end < 0:
            endless.add(match[0])
            continue
        at = end + 2
        yield _LiquidTag(match[0], match.start(), at, text[match.end() : end].strip("-").strip())


def _find_blocks(text: str, names: Collection[str]) -> Iterator[tuple[int, int, str]]:
    """What is between two tags of some names, and what replaces it: verbatim text, code, nothing for comments."""
    at, endless = 0, set()
    for tag in _read_tags(text):
        if tag.begin < at:
            continue
        if tag.opening == "{#" and "#" in names:
            yield tag.begin, tag.end, ""
        if tag.name not in names or tag.name in endless:
            continue
        end = re.compile(rf"\{{%-?\s*+end{tag.name}\s*+-?%\}}").search(text, tag.end)
        if end is None:
            endless.add(tag.name)
            continue
        inner = text[tag.end : end.start()]
        for opening, kept in _KEPT.items():
            inner = inner.replace(opening, kept)
        if tag.name == "highlight":
            language = _LANGUAGE.match(tag.inner)
            inner = fence(inner, language[1] if language else "")
        at = end.end()
        yield tag.begin, at, "" if tag.name == "comment" else inner


class _Resolver:
    def __init__(self, find: Callable[[str, str], str | None], lacks: list[Leftover], known: Mapping[str, Any]) -> None:
        self._find = find
        self._lacks = lacks
        self._values = Values(known)
        self._depth = 0  # of tags whose inside may be left out, or shown more than once

    def resolve(self, text: str) -> str:
        tags = (tag for tag in _read_tags(text) if tag.opening != "{#")
        return splice(text, ((tag.begin, tag.end, self._write(tag, text[tag.begin : tag.end])) for tag in tags))

    def _write(self, tag: _LiquidTag, written: str) -> str:
        folded = " ".join(written.split())[:200]
        if tag.opening == "{{":
            shown = self._show(tag)
            if shown is None:
                self._lacks.append(Leftover("tag", folded, "kept as text"))
            return written if shown is None else shown
        if link := _LINK.fullmatch(tag.inner):
            if file := self._find(link[1], link[2].strip("\"' ")):
                return FILE + quote(file)
            self._lacks.append(Leftover("link", folded, "no such text; kept as text"))
            return written
        if tag.name in _SILENT:
            if self._depth or tag.name != "assign":
                self._values.forget(tag.inner)
            elif self._values.assign(tag.inner):
                return ""
            self._lacks.append(Leftover("tag", folded, SHOWS_NOTHING))
            return ""
        self._depth += (tag.name in _BLOCKS) - (tag.name.removeprefix("end") in _BLOCKS and tag.name not in _BLOCKS)
        self._lacks.append(Leftover("tag", folded, "kept as text"))
        return written

    def _show(self, tag: _LiquidTag) -> str | None:
        if _BASE.fullmatch(tag.inner):
            return ""
        if filtered := _FILTERED.fullmatch(tag.inner):
            return filtered[1]
        return None if self._depth else self._values.show(tag.inner)
