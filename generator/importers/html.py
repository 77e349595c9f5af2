"""HTML in markdown texts: links and pictures are rewritten; what a page cannot embed becomes a link."""

import re
from collections import defaultdict
from collections.abc import Callable
from html import escape, unescape
from typing import NamedTuple

from generator.importers.old_site import Lack
from generator.load.tags import KNOWN, TAGS

_TAG = re.compile(r"""<(/?)([a-zA-Z][a-zA-Z0-9-]*+)((?:[\s/](?:"[^"<]*+"|'[^'<]*+'|[^<>"'])*+)?)>""")
"""A tag; without `<` in its values, so that no text is searched more than once."""

_ATTRIBUTE = re.compile(r"""(?<![a-zA-Z-])([a-zA-Z-]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'>]++)""")
_EMBEDS = frozenset({"iframe", "embed", "video", "audio", "source", "object"})
_NEWER = {"strike": "s", "tt": "code", "acronym": "abbr"}
"""The current names of obsolete elements."""

_OF_HEADS = frozenset({"base", "link", "meta", "param", "track"})
"""Elements that show nothing."""

_UNSEEN = {name: re.compile(rf"</{name}\b[^<>]*>", re.IGNORECASE) for name in ("script", "style")}


class Rewriting(NamedTuple):
    """How to rewrite a text.

    `link` gives the new target of a link; None makes it text.
    `picture` gives the new path of a picture, and whether it is still a picture.
    If it is not, it becomes a link, or, without a path, its words. `report` gets what was found and had to change.
    `has_bare_links`, `has_dashes` and `has_breaks` are as in OldSite.
    """

    link: Callable[[str], str | None]
    picture: Callable[[str], tuple[str | None, bool]]
    report: Callable[[Lack, str, str], None]
    has_bare_links: bool = False
    has_dashes: bool = False
    has_breaks: bool = False


def rewrite_html(text: str, how: Rewriting, *, in_link: bool = False) -> tuple[str, bool]:
    """Rewrite the tags of a piece of HTML; `in_link` and the flag say whether a link is open at its start and end."""
    pieces: list[str] = []
    at, endless = 0, set()
    while (begin := text.find("<", at)) >= 0:
        pieces.append(text[at:begin])
        if text.startswith("<!--", begin):
            end = text.find("-->", begin + 4)
            at = end + 3 if end >= 0 else len(text)
            pieces.append(text[begin:at])
            continue
        match = _TAG.match(text, begin)
        if match is None:
            pieces.append("<")
            at = begin + 1
            continue
        at = match.end()
        name, is_end = match[2].lower(), bool(match[1])
        if name in _UNSEEN and not is_end:
            closing = None if name in endless else _UNSEEN[name].search(text, at)
            if closing:
                how.report("html", f"<{name}>", "left out")
                at = closing.end()
            else:  # a sentence mentions it
                endless.add(name)
                pieces.append(match[0])
            continue
        pieces.append(_rewrite_tag(match, how, in_link=in_link))
        in_link = (in_link and name != "a") or (name == "a" and not is_end)
    return "".join([*pieces, text[at:]]), in_link


def open_markdown(text: str) -> str:
    """Remove the tags of elements whose attribute declares markdown in them, as in `<div markdown="1">`."""
    if "markdown" not in text:
        return text

    opened: defaultdict[str, list[bool]] = defaultdict(list)

    def open_up(match: re.Match[str]) -> str:
        name, is_end = match[2].lower(), bool(match[1])
        if not is_end:
            opened[name].append("markdown" in read_attributes(match[3]))
        is_markdown = bool(opened[name]) and (opened[name].pop() if is_end else opened[name][-1])
        return "\n\n" if is_markdown else match[0]

    return _TAG.sub(open_up, text)


def read_attributes(written: str) -> dict[str, str]:
    """The attributes of a tag, by name; of two with one name the first."""
    return {name.lower(): unescape(value.strip("\"'")) for name, value in reversed(_ATTRIBUTE.findall(written))}


def _rewrite_tag(match: re.Match[str], how: Rewriting, *, in_link: bool) -> str:
    name, is_end, attributes = match[2].lower(), bool(match[1]), read_attributes(match[3])
    if name == "a" and attributes.get("href"):
        place = how.link(attributes["href"])
        titled = f' title="{escape(attributes["title"])}"' if "title" in attributes else ""
        return f'<a href="{escape(place)}"{titled}>' if place else "<a>"
    if name == "img" and attributes.get("src"):
        return _rewrite_picture(attributes, how, in_link=in_link)
    if name in TAGS:
        return match[0]
    if name in _NEWER:
        return f"<{match[1]}{_NEWER[name]}>"
    source = attributes.get("src") or attributes.get("data")
    if name in _EMBEDS:
        place = how.link(source) if source and not is_end else None
        if not is_end and name != "source":
            how.report("html", f"<{name}>", "became a link" if place else "left out; its text is kept")
        return f'<a href="{escape(place)}">{escape(place)}</a>' if place else ""
    if not is_end and name in KNOWN:  # any other name is text here
        how.report("html", f"<{name}>", "left out; its text is kept")
    return "" if name in _OF_HEADS else match[0]


def _rewrite_picture(attributes: dict[str, str], how: Rewriting, *, in_link: bool) -> str:
    place, is_picture = how.picture(attributes["src"])
    alt = escape(attributes.get("alt", ""))
    if is_picture:
        return f'<img src="{escape(place or "")}" alt="{alt}">'
    if in_link or not place:
        return alt or escape(place or "")
    return f'<a href="{escape(place)}">{alt or escape(place)}</a>'
