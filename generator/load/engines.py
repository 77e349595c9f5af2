"""Markdown → raw HTML: the two libraries that can do it, behind one method; nothing here makes HTML safe."""

import html
import re
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote

from generator.config import EngineName
from generator.shape import CONTROL

if TYPE_CHECKING:
    from markdown import Markdown


class ConversionError(Exception):
    """A library gave up on a text; says by which fault."""


class Engine(Protocol):
    """Turns one text after the other into HTML; not for use by two threads.

    Links and pictures stand in `href` and `src` as they were written, the alignment of cells in `align`,
    the language of code in `class="language-…"`, and a control character, which no text holds, only as a reference.
    """

    def convert(self, text: str) -> str:
        """The HTML of a text, as unsafe as the text.

        Raises:
            ConversionError: the library gave up.
        """


class PythonMarkdown:
    """Markdown as Python-Markdown has it, with fenced code, tables and lists that do not mix."""

    def __init__(self) -> None:
        self._markdown = _make_markdown()

    def convert(self, text: str) -> str:
        """See Engine."""
        try:
            return self._markdown.reset().convert(text)
        except (RecursionError, ValueError, IndexError, AttributeError) as fault:
            self._markdown = _make_markdown()  # it was left in the middle, and `reset` does not help
            raise ConversionError(type(fault).__name__) from fault


class CommonMark:
    """CommonMark with the tables of GitHub, by pyromark."""

    def __init__(self) -> None:
        from pyromark import Markdown, Options

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


_ENGINES: dict[EngineName, type[Engine]] = {"python-markdown": PythonMarkdown, "commonmark": CommonMark}


def open_engine(name: EngineName) -> Engine:
    """An engine of its own for whoever asks; its library is imported now."""
    return _ENGINES[name]()


def _make_markdown() -> "Markdown":
    from markdown import Markdown
    from markdown.extensions.tables import TableExtension

    return Markdown(
        extensions=["fenced_code", "sane_lists", TableExtension(use_align_attribute=True)], output_format="html"
    )


_ALIGNED_CELL = re.compile(r'<(t[hd]) style="text-align: (left|right|center)">')
_ENCODED_ADDRESS = re.compile(r'(href|src)="(?!(?i:https?|mailto):)([^"]*%[^"]*)"')
_DECODED_REFERENCE = re.compile(rf"\r|{CONTROL.pattern}")


def _decode_address(match: re.Match[str]) -> str:
    """Undo what pyromark does to spaces and letters beyond ASCII in links to records, headings and pictures."""
    address = unquote(html.unescape(match[2]))
    return match[0] if CONTROL.search(address) else f'{match[1]}="{html.escape(address)}"'
