"""Paragraphs of what a wrapper such as `<div>` held beside other blocks, now that the wrapper is gone."""

import re

from generator.load.marks import WRAPPER

_BLOCK = re.compile(r"<(/?)(?:blockquote|dl|figure|h[1-6]|ol|p|pre|table|ul)\b[^>]*>?|<hr>")
_BREAK = re.compile(rf"{WRAPPER}|\n\s*\n")


def write_paragraphs(html: str) -> str:
    """Make paragraphs of all words of sanitised HTML that stand in no block; a wrapper's edge ends one."""
    pieces: list[str] = []
    at = depth = 0
    for match in _BLOCK.finditer(html):
        if depth == 0:
            pieces.append(_write(html[at : match.start()]))
            at = match.start()
        if match[1] is not None:
            depth += -1 if match[1] else 1
        if depth == 0:
            pieces.append(html[at : match.end()].replace(WRAPPER, " "))
            at = match.end()
    return "".join([*pieces, _write(html[at:])]).strip()


def _write(loose: str) -> str:
    parts = (part.strip() for part in _BREAK.split(loose))
    return "\n".join(["", *(f"<p>{part}</p>" for part in parts if part), ""])
