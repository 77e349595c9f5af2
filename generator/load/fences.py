"""Fenced code for Python-Markdown, also in lists and quotations, with any text beside the fence.

Python-Markdown's own extension only knows fences at the beginning of a line, with a language that it can read.
Of all others it makes a span of code, or HTML of what is HTML in the code.
"""

import html
import re
from collections.abc import Sequence
from typing import NamedTuple

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

_QUOTE = re.compile(r"(?: {0,3}>[ ]?)*")
_MARKER = re.compile(r"(?:[-+*:]|\d{1,9}[.)]|(?P<note>\[\^[^\]\n]{1,200}\]:))[ \t]+(?=\S)")
"""What opens an item of a list, a definition or a footnote."""
_FENCE = re.compile(r"(`{3,}(?=[^`]*$)|~{3,})[ \t]*(.*?)[ \t]*$")
_LANGUAGE = re.compile(r"\{?[ \t]*(?:#[\w-]+[ \t]+)?\.?([\w+#.\-]*)")
_TAB = 4
"""The indentation of an item's content in Python-Markdown."""


class FencedCode(Extension):
    """Takes blocks of fenced code out of a text before anything else does."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - as Python-Markdown calls it
        """Register the preprocessor."""
        md.registerExtension(self)
        md.preprocessors.register(_FencePreprocessor(md), "fenced_code_block", 25)


class _Item(NamedTuple):
    """An item of a list: where its marker and its words begin, and whether it is open for Python-Markdown."""

    marker: int
    content: int
    is_open: bool = True

    @property
    def indent(self) -> int:
        """The indentation of what belongs to it."""
        return (self.marker // _TAB + 1) * _TAB


class _Line(NamedTuple):
    """A line: the signs of its quotations, how far the rest is indented, and that rest."""

    quote: str
    indent: int
    rest: str

    @property
    def depth(self) -> int:
        return self.quote.count(">")


class _FencePreprocessor(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        if not any("```" in line or "~~~" in line for line in lines):
            return lines
        out: list[str] = []
        items: list[_Item] = []
        unclosed: dict[_Fence, int] = {}
        depth, at = 0, 0
        while at < len(lines):
            line = _read(lines[at])
            if line.depth != depth:
                items, depth = [], line.depth
            begins, marker = line, ""
            items = _follow(items, line, is_after_blank=not out or not out[-1].strip("> "))
            if found := _MARKER.match(line.rest):
                begins = _Line(line.quote, items[-1].content, line.rest[found.end() :])
                marker = " " * line.indent + found[0]
            end = _find_end(lines, at, begins, items, unclosed)
            if end is None:
                out.append(lines[at])
                at += 1
                continue
            placeholder = self.md.htmlStash.store(_write(lines[at + 1 : end], begins))
            indent = next((one.indent for one in reversed(items) if one.is_open), 0) if begins.indent else 0
            own_line = f"{line.quote}{marker or ' ' * indent}{placeholder}"
            out += [own_line, line.quote.rstrip()] if marker else [line.quote.rstrip(), own_line, line.quote.rstrip()]
            at = end + 1
        return out


def _read(line: str, *, is_quoted: bool = True) -> _Line:
    found = _QUOTE.match(line) if is_quoted else None
    quote = found[0] if found else ""
    rest = line[len(quote) :]
    words = rest.lstrip(" \t")
    return _Line(quote, len(rest[: len(rest) - len(words)].expandtabs(_TAB)), words)


def _follow(items: list[_Item], line: _Line, *, is_after_blank: bool) -> list[_Item]:
    """The items that are open at a line, including one that begins there."""
    if not line.rest:
        return items
    if found := _MARKER.match(line.rest):
        above = [one for one in items if one.marker < line.indent]
        return [*above, _Item(line.indent, line.indent + (_TAB if found["note"] else found.end()))]
    if _FENCE.match(line.rest):
        return [one for one in items if one.marker < line.indent]
    if is_after_blank:
        kept = [one for one in items if line.indent >= min(one.content, one.indent)]
        return [one._replace(is_open=one.is_open and line.indent >= one.indent) for one in kept]
    return items


class _Fence(NamedTuple):
    """The opening of a block of code: its signs and place, and the least indentation of the code."""

    signs: str
    depth: int
    indent: int
    least: int


def _find_end(
    lines: Sequence[str], at: int, begins: _Line, items: Sequence[_Item], unclosed: dict[_Fence, int]
) -> int | None:
    """The line that closes the fence which a line opens; None if it opens none, or the fence is not closed."""
    opening = _FENCE.match(begins.rest)
    inner = items[-1] if items else None
    most = max(inner.content, inner.indent) if inner else 0
    if opening is None or begins.indent >= most + _TAB:
        return None
    least = min(begins.indent, inner.content) if inner else 0
    fence = _Fence(opening[1], begins.depth, begins.indent, least)
    if at < unclosed.get(fence, 0):  # searched without success before; many of them would take long
        return None
    number = at
    for number in range(at + 1, len(lines)):
        line = _read(lines[number], is_quoted=fence.depth > 0)
        if line.depth < fence.depth:
            break
        signs = line.rest.rstrip()
        is_fence = len(signs) >= len(fence.signs) and not signs.strip(fence.signs[0])
        if is_fence and line.indent <= fence.indent + 3:
            return number
        if line.rest and line.indent < fence.least:
            break
    unclosed[fence] = number
    return None


def _write(lines: Sequence[str], begins: _Line) -> str:
    """The HTML of a block of code, without the indentation of its fence."""
    fence = _FENCE.match(begins.rest)
    assert fence
    code = [_outdent(line, begins) for line in lines]
    language = _LANGUAGE.match(fence[2])
    named = f' class="language-{language[1]}"' if language and language[1] else ""
    escaped = html.escape("".join(f"{line}\n" for line in code))
    return f"<pre><code{named}>{escaped}</code></pre>"


def _outdent(line: str, begins: _Line) -> str:
    for _ in range(begins.depth):
        quote = re.match(r" {0,3}>[ ]?", line)
        line = line[quote.end() :] if quote else line
    words = line.lstrip(" \t")
    indent = line[: len(line) - len(words)].expandtabs(_TAB)
    return line if not begins.indent else indent[begins.indent :] + words
