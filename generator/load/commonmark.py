"""CommonMark with the tables of GitHub, by pyromark."""

import html
import re
from urllib.parse import unquote

from pyromark import Markdown, Options

from generator.load.engines import Conversion
from generator.load.marks import DONE_TASK, OPEN_TASK, mark_note
from generator.shape import CONTROL


class CommonMark:
    """The engine `commonmark`."""

    def __init__(self) -> None:
        self._markdown = Markdown(options=OPTIONS)

    def convert(self, text: str) -> Conversion:
        """See Engine."""
        raw = self._markdown.html(text).strip()
        if "<t" in raw:
            raw = _ALIGNED_CELL.sub(r'<\1 align="\2">', raw)
        if "%" in raw:
            raw = _ENCODED_ADDRESS.sub(_decode_address, raw)
            raw = _ENCODED_IPV6.sub(r"\1[\2]", raw)
        if "&#" in text:
            raw = _DECODED_REFERENCE.sub(lambda match: f"&#{ord(match[0])};", raw)
        if "<input" in raw:
            raw = _TASK.sub(lambda task: task[1] + (DONE_TASK if task[2] else OPEN_TASK), raw)
        return _split_notes(raw) if "<div class=" in raw else Conversion(raw)


OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_DEFINITION_LIST
)
_TASK = re.compile(r'(<li>\n?(?:<p>)?)<input disabled="" type="checkbox"( checked="")?/>\n')
_MARK = re.compile(r'<sup class="footnote-reference"><a href="#[^"]*">([0-9]{1,9})</a></sup>')
_DIV = re.compile(
    r'<div class="footnote-definition" id="[^"]*"><sup class="footnote-definition-label">(?P<note>[0-9]{1,9})</sup>\n?'
    r"|<div\b|(?P<end></div>\n?)"
)
_ALIGNED_CELL = re.compile(r'<(t[hd]) style="text-align: (left|right|center)">')
_ENCODED_ADDRESS = re.compile(r'(href|src)="(?!(?i:https?|mailto):)([^"]*%[^"]*)"')
_ENCODED_IPV6 = re.compile(r'(="(?i:https?:)?//)%5B([0-9A-Fa-f:.]+)%5D(?=[:/?#"])')
_DECODED_REFERENCE = re.compile(rf"\r|{CONTROL.pattern}")


def _decode_address(match: re.Match[str]) -> str:
    """Undo what pyromark does to spaces and letters beyond ASCII in links to records, headings and pictures."""
    address = unquote(html.unescape(match[2]))
    return match[0] if CONTROL.search(address) else f'{match[1]}="{html.escape(address)}"'


def _split_notes(raw: str) -> Conversion:
    """Separate the texts of footnotes from the HTML, in which pyromark leaves them."""
    text: list[str] = []
    notes: dict[str, list[str]] = {}
    opened: list[tuple[list[str], bool]] = []
    into, at = text, 0
    for match in _DIV.finditer(raw):
        into.append(raw[at : match.start()])
        at = match.end()
        if match["note"]:
            opened.append((into, True))
            into = notes.setdefault(match["note"], [])
        elif not match["end"]:
            opened.append((into, False))
            into.append(match[0])
        elif opened and opened[-1][1]:
            into = opened.pop()[0]
        else:
            into.append(match[0])
            opened = opened[:-1]
    into.append(raw[at:])
    places = {number: place for place, number in enumerate(notes)}

    def mark(html: str) -> str:
        return _MARK.sub(lambda one: mark_note(places[one[1]]) if one[1] in places else one[0], html)

    return Conversion(mark("".join(text)).rstrip(), tuple(mark("".join(note)) for note in notes.values()))
