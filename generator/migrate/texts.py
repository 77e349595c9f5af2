"""What stands where in a markdown text: code is left alone, links, pictures and HTML are rewritten one by one."""

import re
from collections.abc import Callable
from html import escape, unescape
from typing import NamedTuple

from generator.load.markdown import TAGS
from generator.migrate.found import Lack
from generator.names import slugify

_TARGET = r"(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)"
_TITLE = r"(?:[ \t\n]+(?:\"[^\"]*\"|'[^']*'))?"
_LABEL = r"(?:[^\[\]\\]|\\.|\[[^\[\]]{0,500}\](?:\([^()\s]{0,500}(?:[ ]\"[^\"]*\")?\))?){0,2000}"
_PARTS = re.compile(
    rf"""
    (?P<fenced>^[ \t>]*(?P<fence>`{{3,}}|~{{3,}})[^\n]*$.*?(?:(?P<end>^[ \t>]*(?P=fence)[`~]*[ \t]*$)|\Z))
    |(?P<code>(?<!`)(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`))
    |(?P<comment><!--(?:.{{0,5000}}?)-->)
    |(?P<footnote>^\[\^(?P<note>[^\]\s]{{1,100}})\]:[ \t]*)
    |(?P<mark>\[\^(?P<number>[^\]\s]{{1,100}})\])
    |(?P<link>(?<!\\)(?P<bang>!?)\[(?P<label>{_LABEL})\]\([ \t\n]*+(?P<target>{_TARGET})(?P<title>{_TITLE})[ \t\n]*\))
    |(?P<shown>!\[(?P<words>[^\[\]]{{0,500}})\](?:\[(?P<ref>[^\[\]]{{0,500}})\])?(?![\[(]))
    |(?P<definition>^[ ]{{0,3}}\[(?P<name>[^\]\n]+)\]:[ \t]*(?P<place><[^<>\n]*>|\S+)(?P<rest>[^\n]*)$)
    |(?P<auto><(?P<address>[a-zA-Z][a-zA-Z0-9+.-]{{1,31}}:[^\s<>]*)>)
    |(?P<html></?(?P<element>[a-zA-Z][a-zA-Z0-9-]*)(?P<attributes>(?:\s(?:"[^"]*"|'[^']*'|[^<>"'])*)?)/?>)
    |(?P<bare>(?<![\w"'=/])https?://[^\s<>\[\]()"'`]*[^\s<>\[\]()"'`.,;:!?*_])
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_OPENING = re.compile(r"([`~]{3,})[ \t]*([^\n]*?)[ \t]*$", re.MULTILINE)
_LANGUAGE = re.compile(r"\{?[ \t]*\.?([\w+#.-]*)")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_HEADING_ID = re.compile(
    r"^(#{1,6}[ \t].{0,1000}?)[ \t]{0,9}\{:?[ \t]{0,9}#([\w.:-]{1,200})[^}\n]{0,1000}\}[ \t]*$", re.MULTILINE
)
_EMBEDS = frozenset({"iframe", "embed", "video", "audio", "source", "script", "object"})


class Rewriting(NamedTuple):
    """How to rewrite a text.

    `link` is given where a link leads and answers where it leads now; None makes it text.
    `picture` is given a path and answers the new one and whether it is a picture still: else it becomes a link, or,
    where there is no path either, the words for it. `tell` hears what was found and had to change.
    """

    link: Callable[[str], str | None]
    picture: Callable[[str], tuple[str | None, bool]]
    tell: Callable[[Lack, str, str], None]
    has_bare_links: bool = False


def rewrite_text(text: str, how: Rewriting) -> str:
    """Rewrite all links, pictures, footnotes and embedded HTML of a markdown text, outside of code."""
    places = {_fold(one["name"]): one["place"].strip("<>") for one in _PARTS.finditer(text) if one["definition"]}
    shown = {_fold(one["ref"] or one["words"]) for one in _PARTS.finditer(text) if one["shown"]}

    def rewrite(match: re.Match[str]) -> str:
        if match["shown"]:
            target = places.get(_fold(match["ref"] or match["words"]))
            return _show(*how.picture(unescape(target)), match["words"], "") if target else match[0]
        if match["definition"] and _fold(match["name"]) in shown:
            return match[0]
        return _rewrite(match, how)

    return _PARTS.sub(rewrite, text)


def _fold(name: str) -> str:
    """The name of a reference as names are compared."""
    return " ".join(name.casefold().split())


def map_outside_code(text: str, change: Callable[[str], str]) -> str:
    """Change what stands between blocks and spans of code."""
    pieces: list[str] = []
    begin = 0
    for match in _PARTS.finditer(text):
        if match["fenced"] or match["code"]:
            pieces += change(text[begin : match.start()]), match[0]
            begin = match.end()
    return "".join([*pieces, change(text[begin:])])


def fence(code: str, language: str = "") -> str:
    """A block of code that holds its text, whatever that is."""
    longest = max((len(run) for run in re.findall(r"`+", code)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"\n{ticks}{language}\n{code.strip(chr(10))}\n{ticks}\n"


def name_headings(text: str) -> tuple[str, dict[str, str]]:
    """Take ids off headings, which records give themselves; the text, and the new fragment by the old id."""
    renamed: dict[str, str] = {}

    def note(match: re.Match[str]) -> str:
        renamed[match[2]] = slugify(re.sub(r"[*_`]", "", match[1].lstrip("# ")))
        return match[1]

    return map_outside_code(text, lambda piece: _HEADING_ID.sub(note, piece)), renamed


def _rewrite(match: re.Match[str], how: Rewriting) -> str:
    if match["fenced"]:
        return _rewrite_fence(match, how)
    if match["link"]:
        return _rewrite_link(match, how)
    if match["footnote"] or match["mark"]:
        how.tell("attribute", "footnotes", "written with <sup>")
        return f"<sup>{escape(match['note'] or match['number'])}</sup>" + (" " if match["footnote"] else "")
    if match["definition"]:
        place = how.link(match["place"].strip("<>"))
        return f"[{match['name']}]: {_target(place)}{match['rest']}" if place else ""
    if match["html"]:
        return _rewrite_html(match, how)
    if match["auto"] or (match["bare"] and how.has_bare_links):
        return _rewrite_address(match["address"] or match["bare"], how)
    return "" if match["comment"] else match[0]


def _rewrite_address(written: str, how: Rewriting) -> str:
    place = how.link(written)
    if place is None:
        return written
    return f"<{written}>" if place == written else f"[{written}]({_target(place)})"


def _rewrite_fence(match: re.Match[str], how: Rewriting) -> str:
    """A block of code that every engine takes for one: it ends, and has the language alone at its head."""

    def name(opening: re.Match[str]) -> str:
        said = _LANGUAGE.match(opening[2])
        language = said[1] if said else ""
        if opening[2] != language:
            fate = f"the language '{language}' stays" if language else "left out"
            how.tell("attribute", opening[0][:200], fate)
        return opening[1] + language

    text = _OPENING.sub(name, match[0], count=1)
    return text if match["end"] else f"{text.rstrip()}\n{match['fence']}\n"


def _rewrite_link(match: re.Match[str], how: Rewriting) -> str:
    target = match["target"].strip("<>")
    if match["bang"]:
        return _show(*how.picture(unescape(target)), match["label"], match["title"])
    label = rewrite_text(match["label"], how)
    place = how.link(unescape(target))
    if place is None:
        return label
    if "](" in label and not label.lstrip().startswith("!"):  # its picture became a link, and links hold no links
        return f"{label} ([{place}]({_target(place)}))"
    return f"[{label}]({_target(place)}{match['title']})"


def _show(place: str | None, is_picture: bool, label: str, title: str) -> str:  # noqa: FBT001 - as a pair answers it
    if place is None:
        return label
    return f"![{label}]({_target(place)}{title})" if is_picture else f"[{label or place}]({_target(place)}{title})"


def _rewrite_html(match: re.Match[str], how: Rewriting) -> str:
    name = match["element"].lower()
    is_end = match[0].startswith("</")
    said = {key.lower(): unescape(value.strip("\"'")) for key, value in _ATTRIBUTE.findall(match["attributes"] or "")}
    if name == "a" and said.get("href"):
        place = how.link(said["href"])
        titled = f' title="{escape(said["title"])}"' if "title" in said else ""
        return f'<a href="{escape(place)}"{titled}>' if place else "<a>"
    if name == "img" and said.get("src"):
        place, is_picture = how.picture(said["src"])
        alt = escape(said.get("alt", ""))
        if is_picture:
            return f'<img src="{escape(place or "")}" alt="{alt}">'
        return f'<a href="{escape(place)}">{alt or escape(place)}</a>' if place else alt
    if name in TAGS:
        return match[0]
    how.tell("html", f"<{name}>", "left out; its text stays" if name not in {"script", "style"} else "left out")
    source = said.get("src") or said.get("data")
    if name in _EMBEDS and source and not is_end:
        place = how.link("https:" + source if source.startswith("//") else source)
        return f'<a href="{escape(place)}">{escape(place)}</a>' if place else ""
    return match[0]


def _target(place: str) -> str:
    return f"<{place}>" if re.search(r"[\s()]", place) else place
