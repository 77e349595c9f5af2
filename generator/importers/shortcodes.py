"""Shortcodes of Hugo: references, figures and code become markdown, others are kept as text.

Source: gohugo.io, "Shortcodes".
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.importers.markup import map_outside_code, splice
from generator.importers.old_site import Leftover
from generator.importers.texts import fence

_OPENING = re.compile(r"\{\{[<%]")
_NAME = re.compile(r"\s*+(/?)\s*+(\w[\w./-]*+)")
_LANGUAGE = re.compile(r"[\w+#.-]+")
_ARGUMENT = re.compile(r"(?:(?<![\w-])([\w-]++)=)?+(?:\"([^\"]*+)\"|`([^`]*+)`|([^\s\"`]++))")


class _Shortcode(NamedTuple):
    begin: int
    end: int
    name: str
    is_end: bool
    named: dict[str, str]
    listed: list[str]


def resolve_shortcodes(text: str, find: Callable[[str], str | None], lacks: list[Leftover]) -> str:
    """Resolve the shortcodes that are links, pictures or code; others are kept, and `lacks` takes them.

    `find` gives the link for the argument of `ref` or `relref`; None if there is no such text.
    """

    def write(piece: str) -> str:
        tags = _read_tags(piece)
        return splice(
            piece, ((one.begin, one.end, _write(one, piece[one.begin : one.end], find, lacks)) for one in tags)
        )

    text = map_outside_code(splice(text, _find_code(text)), write)
    for mark in "<%":
        text = text.replace(f"{{{{{mark}/*", f"{{{{{mark}").replace(f"*/{'>' if mark == '<' else '%'}}}}}", _ENDS[mark])
    return text


_ENDS = {"<": ">}}", "%": "%}}"}


def _read_tags(text: str) -> Iterator[_Shortcode]:
    """The shortcodes of a text in order; commented ones, such as `{{</* ref */>}}`, are left out."""
    at, endless = 0, set()
    for match in _OPENING.finditer(text):
        closing = _ENDS[match[0][2]]
        if match.start() < at or closing in endless or not (name := _NAME.match(text, match.end())):
            continue
        end = text.find(closing, name.end())
        if end < 0:
            endless.add(closing)
            continue
        at = end + 3
        arguments = _ARGUMENT.findall(text[name.end() : end].rstrip().removesuffix("/"))
        pairs = [(key.lower(), quoted or raw or plain) for key, quoted, raw, plain in arguments]
        named, listed = {key: value for key, value in pairs if key}, [value for key, value in pairs if not key]
        yield _Shortcode(match.start(), at, name[2].lower(), bool(name[1]), named, listed)


def _find_code(text: str) -> Iterator[tuple[int, int, str]]:
    """What is between two tags `highlight`, and the fenced code that replaces it."""
    opened: _Shortcode | None = None
    for tag in _read_tags(text):
        if tag.name != "highlight":
            continue
        if not tag.is_end:
            opened = opened or tag
        elif opened:
            wanted = opened.named.get("lang") or next(iter(opened.listed), "")
            language = wanted if _LANGUAGE.fullmatch(wanted) else ""
            yield opened.begin, tag.end, fence(text[opened.end : tag.begin], language)
            opened = None


def _write(tag: _Shortcode, written: str, find: Callable[[str], str | None], lacks: list[Leftover]) -> str:
    is_link = tag.name in {"ref", "relref"}
    target = tag.named.get("path") or (tag.listed[0] if tag.listed else "")
    if is_link and (found := find(target)):
        return found
    if tag.name == "figure" and tag.named.get("src"):
        return _figure(tag.named)
    fate = "no such text; kept as text" if is_link else "kept as text"
    lacks.append(Leftover("link" if is_link else "tag", " ".join(written.split())[:200], fate))
    return written.replace("{{<", "{{&lt;").replace(">}}", "&gt;}}")


def _figure(named: dict[str, str]) -> str:
    alt = named.get("alt") or named.get("title") or named.get("caption") or ""
    picture = f"![{alt.replace('[', '').replace(']', '')}]({named['src']})"
    if named.get("link"):
        picture = f"[{picture}]({named['link']})"
    below = [named[key] for key in ("title", "caption", "attr") if named.get(key)]
    if named.get("attrlink"):
        below.append(f"<{named['attrlink']}>")
    return "\n\n".join([picture, *(f"*{line}*" if not line.startswith("<") else line for line in below)])
