"""Angle brackets in a text: HTML that pages can have, other HTML, and plain text.

An element is HTML if HTML defines its name and it is closed if HTML requires that; `Result<List>` is text.
This module saves words. It makes nothing safe: the sanitiser, which gets the result, does.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from generator.load.marks import HIDDEN, WRAPPER

TAGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"}) | {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "dd", "del", "dl", "dt", "em", "figcaption", "figure"),
    *("hr", "i", "img", "ins", "kbd", "li", "mark", "ol", "p", "pre", "q", "s", "small", "strong", "sub", "sup"),
    *("table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "var"),
}
"""The elements that texts can have."""

_EMBEDS = frozenset({"applet", "audio", "embed", "frame", "iframe", "object", "source", "video"})
_CONTROLS = frozenset({"button", "form", "input", "select", "textarea"})
_WITHOUT_TEXT = frozenset({"script", "style"})
_FOR_HEADS = frozenset({"base", "link", "meta"})
_INLINE = frozenset(
    {
        *("acronym", "bdi", "bdo", "big", "data", "dfn", "font", "label", "nobr", "output", "rb", "rp", "rt", "rtc"),
        *("ruby", "samp", "slot", "span", "strike", "time", "tt", "u"),
    }
)
_WRAPPERS = _INLINE | {
    *("address", "area", "article", "aside", "body", "canvas", "caption", "center", "col", "colgroup", "datalist"),
    *("details", "dialog", "dir", "div", "fieldset", "footer", "frameset", "head", "header", "hgroup", "html"),
    *("legend", "main", "map", "marquee", "menu", "menuitem", "meter", "nav", "noembed", "noframes", "noscript"),
    *("optgroup", "option", "param", "picture", "plaintext", "progress", "search", "section", "summary", "template"),
    *("title", "track", "wbr", "xmp"),
}
KNOWN = TAGS | _EMBEDS | _CONTROLS | _WITHOUT_TEXT | _FOR_HEADS | _WRAPPERS
"""The names of HTML's elements, those of older versions among them (HTML Living Standard, "Index")."""

_VOID = frozenset(
    {
        *("area", "base", "br", "col", "embed", "frame", "hr", "img", "input", "link", "meta", "param", "source"),
        *("track", "wbr"),
    }
)
_STANDS_IN = {
    **dict.fromkeys(("dd", "dt"), ("dl",)),
    "li": ("dir", "menu", "ol", "ul"),
    **dict.fromkeys(("optgroup", "option"), ("datalist", "select")),
    **dict.fromkeys(("rb", "rp", "rt", "rtc"), ("ruby",)),
    **dict.fromkeys(("col", "colgroup", "tbody", "td", "tfoot", "th", "thead", "tr"), ("table",)),
}
"""Elements with the ones around them; elsewhere, an unclosed one is a mention, not HTML."""

_ENDS_BY_ITSELF = frozenset(_STANDS_IN) - _VOID | {"body", "head", "html", "p"}
_MEAN_NOTHING_BARE = _VOID - {"br", "hr", "wbr", "col"}
"""Elements that do nothing without the value of an attribute; then they are a mention, not HTML."""

_ATTRIBUTES = r"""
    (?:(?:[\s/]++|(?<=["']))[^\s"'<>/=`]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+)*+[\s/]*+
"""
_ATTRIBUTE = re.compile(r"""([^\s"'<>/=`]++)(\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++))?+""")
_SWITCHES = frozenset(
    {
        *("allowfullscreen", "async", "autofocus", "autoplay", "border", "checked", "compact", "contenteditable"),
        *("controls", "declare", "default", "defer", "disabled", "download", "draggable", "formnovalidate", "hidden"),
        *("inert", "ismap", "itemscope", "loop", "markdown", "mozallowfullscreen", "multiple", "muted", "nohref"),
        *("nomodule", "noresize", "noshade", "novalidate", "nowrap", "open", "playsinline", "popover", "readonly"),
        *("required", "reversed", "scoped", "seamless", "selected", "spellcheck", "translate"),
        "webkitallowfullscreen",
    }
)
"""Attributes that need no value (HTML Living Standard, "Attributes", and those of older versions)."""

_TAG = rf"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*+)(?P<attributes>{_ATTRIBUTES})>"
_WRITTEN = re.compile(
    rf"""
    (?P<address><(?:(?i:https?|ftp|mailto):[^\s<>]*+|[^\s<>@]++@[^\s<>]++)>)
    |(?P<comment><!--)
    |(?P<tag>{_TAG})
    |<(?=[a-zA-Z/!?])
    """,
    re.VERBOSE,
)
_MADE = re.compile(rf"(?P<comment><!--(?:-?>)?)|(?P<tag>{_TAG})|<", re.VERBOSE)
_CLOSED = re.compile(r"</([a-zA-Z][a-zA-Z0-9-]*+)")
_OPENED = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*+)")
_PLACE = re.compile(r"\s(?:src|data)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=<>`]+))", re.IGNORECASE)
_AMONG_WORDS = re.compile(r"[^\s>*+\-.:!?][ \t(\"'/]\Z")
_GOES_ON = re.compile(r"[ \t]+\S|[^\s\w<*_`\[]")
_PARAGRAPH_ENDS = ("</p>", "</li>", "</td>", "</th>", "</dd>", "</dt>")


class LeftOut(NamedTuple):
    """A removed element: its name, the tag as written, the file that it would have loaded, and lost words in it."""

    name: str
    written: str
    place: str = ""
    lost: str = ""

    @property
    def is_void(self) -> bool:
        """Whether it has no content."""
        return self.name in _VOID


def hide_mentions(text: str) -> str:
    """Replace each `<` of a markdown text that cannot begin a tag of HTML by `HIDDEN`, for all engines.

    This is harmless in code, where each `<` is text.
    """
    closed = {name.lower() for name in _CLOSED.findall(text)}
    opened = {name.lower() for name in _OPENED.findall(text)}
    paired = opened & closed

    def is_tag(match: re.Match[str]) -> bool:
        if match["address"]:
            return True
        if match["comment"]:
            return _end_of_comment(text, match.end()) > 0
        name = (match["name"] or "").lower()
        if name not in KNOWN:
            return False
        if match["end"]:
            return name in opened if name not in _VOID else name == "br"  # which is `<br>` for browsers
        if name in _MEAN_NOTHING_BARE:
            return "=" in match["attributes"]
        is_at_its_place = (
            not paired.isdisjoint(_STANDS_IN[name])
            if name in _STANDS_IN
            else name in _VOID - {"wbr"} or (name in ("p", "wbr") and not _is_spoken_of(match))
        )
        return is_at_its_place or name in closed

    def hide(match: re.Match[str]) -> str:
        return match[0] if is_tag(match) or _is_destination(match) else HIDDEN + match[0][1:].replace("<", HIDDEN)

    return _WRITTEN.sub(hide, text)


def _is_destination(tag: re.Match[str]) -> bool:
    """Whether the angle brackets contain the target of a link of markdown."""
    text, at = tag.string, tag.start()
    line_end = text.find("\n", at)
    if text.find(">", at, None if line_end < 0 else line_end) < 0:
        return False
    before = text[max(0, at - 9) : at].rstrip()
    is_note = before.endswith("]:") and text[text.rfind("\n", 0, at) + 1 : at].lstrip(" \t>").startswith("[^")
    return before.endswith(("](", "]:")) and not is_note


def _is_spoken_of(tag: re.Match[str]) -> bool:
    """Whether a tag is among the words of a line, like a word."""
    before = _AMONG_WORDS.search(tag.string, max(0, tag.start() - 2), tag.start())
    return before is not None and _GOES_ON.match(tag.string, tag.end()) is not None


def settle_tags(raw: str) -> tuple[str, list[LeftOut]]:
    """Remove the tags of all elements that texts cannot have from an engine's HTML; what is not a tag becomes text.

    Returns:
        HTML of `TAGS` only, with `WRAPPER` for each tag that ended a line of text, and the removed elements that a
        reader would have seen or used, in order. Their words stay, except in scripts and styles.
    """
    pieces: list[str] = []
    spans = list(_tags_of(raw))
    is_closed = _pair([match for match, _ in spans if match["tag"]])
    left_out: list[LeftOut] = []
    at = 0
    for match, end in spans:
        settled = _settle(match, raw[match.end() : end], match.start() in is_closed, left_out)
        pieces += raw[at : match.start()], settled
        at = end
    return "".join([*pieces, raw[at:]]), left_out


def without_tags(text: str, *, gap: str = " ") -> str:
    """A text without comments, scripts, styles and tags of HTML's elements; what only looks like a tag stays.

    So do words in a tag that are not attributes, as in `a <b then c> d </b>`.
    """
    pieces: list[str] = []
    at = 0
    for match, end in _tags_of(text):
        is_mention = end == match.end() and (not match["tag"] or match["name"].lower() not in KNOWN)
        pieces += text[at : match.start()], match[0] if is_mention else f"{gap}{_bare_words(match)}"
        at = end
    return "".join([*pieces, text[at:]])


_NO_WORDS = frozenset({"alt", "colspan", "datetime", "href", "rel", "rowspan", "src", "srcset"})
"""Attributes that need a value, and are words of no language."""


def _bare_words(tag: re.Match[str]) -> str:
    """The words of a tag in the place of attributes that are not attributes, each with a space after it."""
    written = _ATTRIBUTE.findall(tag["attributes"] or "")
    names = (name for name, value in written if not value and name.isalpha())
    return "".join(f"{name} " for name in names if name.lower() not in _SWITCHES | _NO_WORDS)


def _tags_of(raw: str) -> Iterator[tuple[re.Match[str], int]]:
    """Each `<` with what it begins, and where that ends: comments and scripts end after their closing tag."""
    at = 0
    unclosed: set[str] = set()
    while match := _MADE.search(raw, at):
        at = match.end()
        if match["comment"] == "<!--":
            at = _end_of_comment(raw, at) or at
        elif match["tag"] and not match["end"] and (name := match["name"].lower()) in _WITHOUT_TEXT - unclosed:
            if closing := re.compile(rf"</{name}\s*>", re.IGNORECASE).search(raw, at):
                at = at if _is_running(raw, match, closing) else closing.end()
            else:
                unclosed.add(name)
        yield match, at


def _end_of_comment(text: str, at: int) -> int:
    """The end of a comment; 0 if it is not closed, or another one opens before."""
    opens = text.find("<!--", at)
    end = text.find("-->", at, opens if opens >= 0 else len(text))
    return end + 3 if end >= 0 else 0


def _is_running(raw: str, opening: re.Match[str], closing: re.Match[str]) -> bool:
    """Whether the first tag of a script or style is only a mention: another opens in it, or its paragraph ends."""
    if re.compile(rf"<{opening['name']}\b", re.IGNORECASE).search(raw, opening.end(), closing.start()):
        return True
    is_block = opening.start() == 0 or raw[opening.start() - 1] == "\n"
    return not is_block and any(raw.find(end, opening.end(), closing.start()) >= 0 for end in _PARAGRAPH_ENDS)


def _pair(tags: list[re.Match[str]]) -> set[int]:
    """The starts of the tags of elements that are opened and closed, or need not be."""
    paired: set[int] = set()
    opened: defaultdict[str, list[int]] = defaultdict(list)
    for tag in tags:
        name = tag["name"].lower()
        if name in _VOID or (name in _ENDS_BY_ITSELF and not tag["end"]):
            paired.add(tag.start())
        if not tag["end"]:
            opened[name].append(tag.start())
        elif opened[name]:
            paired.update((opened[name].pop(), tag.start()))
    return paired


def _settle(match: re.Match[str], held: str, is_closed: bool, left_out: list[LeftOut]) -> str:  # noqa: FBT001 - one caller
    if match["comment"] and (held or match["comment"] != "<!--"):
        return ""
    name = match["name"].lower() if match["tag"] else ""
    if held:
        left_out.append(LeftOut(name, match[0], _place_of(match), held[: held.rfind("</")]))
        return ""
    if name not in KNOWN or name in _WITHOUT_TEXT or (not is_closed and name not in _ENDS_BY_ITSELF):
        return match[0].replace("<", "&lt;")
    if name == "img" and not _place_of(match):
        left_out.append(LeftOut(name, match[0]))
        return ""
    if name in TAGS:
        return match[0] if is_closed else ""
    if _is_reported(name, match):
        left_out.append(LeftOut(name, match[0], _place_of(match)))
    return "" if name in _INLINE else WRAPPER


def _is_reported(name: str, tag: re.Match[str]) -> bool:
    if tag["end"]:
        return False
    if name == "source":
        return bool(_place_of(tag))  # those of a picture have `srcset`
    return name in _EMBEDS or name in _CONTROLS or name in _FOR_HEADS


def _place_of(tag: re.Match[str]) -> str:
    found = _PLACE.search(tag["attributes"])
    return unescape(next(filter(None, found.groups()), "")).strip() if found else ""
