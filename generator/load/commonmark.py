"""CommonMark with the tables of GitHub, by pyromark."""

import html
import re
from urllib.parse import unquote

from pyromark import Markdown, Options

from generator.shape import CONTROL


class CommonMark:
    """The engine `commonmark`."""

    def __init__(self) -> None:
        self._markdown = Markdown(options=Options.ENABLE_TABLES)

    def convert(self, text: str) -> str:
        """See Engine."""
        raw = self._markdown.html(text).strip()
        if "<t" in raw:
            raw = _ALIGNED_CELL.sub(r'<\1 align="\2">', raw)
        if "%" in raw:
            raw = _ENCODED_ADDRESS.sub(_decode_address, raw)
        if "&#" in text:
            raw = _DECODED_REFERENCE.sub(lambda match: f"&#{ord(match[0])};", raw)
        return raw


_ALIGNED_CELL = re.compile(r'<(t[hd]) style="text-align: (left|right|center)">')
_ENCODED_ADDRESS = re.compile(r'(href|src)="(?!(?i:https?|mailto):)([^"]*%[^"]*)"')
_DECODED_REFERENCE = re.compile(rf"\r|{CONTROL.pattern}")


def _decode_address(match: re.Match[str]) -> str:
    """Undo what pyromark does to spaces and letters beyond ASCII in links to records, headings and pictures."""
    address = unquote(html.unescape(match[2]))
    return match[0] if CONTROL.search(address) else f'{match[1]}="{html.escape(address)}"'
