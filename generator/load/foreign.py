"""Syntax of other programs in a text, which is shown there as it is written."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

from generator.records.body import TAG

_CODE_TAG = re.compile(r"(</?(?:pre|code)\b[^<>]*>)")

_IN_HTML = "markdown in HTML, which needs an empty line before it"
_HTML_BLOCK = re.compile(r"^[ ]{0,3}<[a-zA-Z/]", re.MULTILINE)

_SYNTAXES: dict[str, tuple[str, re.Pattern[str]]] = {
    "{{<": ("a shortcode of Hugo", re.compile(r"\{\{<[^\n]{0,500}?>\}\}")),
    "{{%": ("a shortcode of Hugo", re.compile(r"\{\{%[^\n]{0,500}?%\}\}")),
    "{%": ("a tag of Jekyll or Eleventy", re.compile(r"(?<!\{)\{%[^\n]{0,500}?%\}")),
    ":::": ("a container of VitePress and Pandoc", re.compile(r"^:{3,}[ \t]*[^\s:][^\n]{0,200}", re.MULTILINE)),
    "[^": ("a footnote without its text", re.compile(r"\[\^[^\]\s]{1,100}\]")),
    "**": (_IN_HTML, re.compile(r"\*\*[^\s*][^*\n]{0,200}(?<!\s)\*\*")),
    "](": (_IN_HTML, re.compile(r"\[[^\[\]\n]{1,200}\]\([^\s()]{1,500}\)")),
    "<": (
        "a tag without the address of a picture",
        re.compile(r"<(?:img|source)\s(?:[^<>=]{0,500}\s)?(?:src|srcset)(?:[\s/][^<>=]{0,500})?>", re.IGNORECASE),
    ),
    "!!!": ("an admonition of Python-Markdown", re.compile(r"^!!! [^\n]{1,200}", re.MULTILINE)),
}
"""By the signs that each begins with: its name and its pattern."""


class ForeignSyntax(NamedTuple):
    """Syntax of another program: its signs, what it is, how often a text has it, and its first occurrence."""

    signs: str
    what: str
    times: int
    first: str


def may_be_foreign(text: str) -> bool:
    """Whether a markdown text has the signs of any, or HTML beside markdown."""
    if "[^" in text or "{{" in text or "{%" in text or ":::" in text or "!!!" in text:
        return True
    if "<" not in text:
        return False
    if _SYNTAXES["<"][1].search(text):
        return True
    return ("**" in text or "](" in text) and _HTML_BLOCK.search(text) is not None


def find_foreign_syntax(html: str) -> Iterator[ForeignSyntax]:
    """Each kind of syntax of other programs that a text shows outside of code, given its sanitised HTML."""
    shown = unescape(TAG.sub("", "".join(_outside_code(html))))
    for signs, (what, pattern) in _SYNTAXES.items():
        if signs in shown and (found := pattern.findall(shown)):
            yield ForeignSyntax(signs, what, len(found), found[0])


def _outside_code(html: str) -> Iterator[str]:
    """The parts of sanitised HTML that are not code."""
    depth = 0
    for place, part in enumerate(_CODE_TAG.split(html)):
        if place % 2:
            depth += -1 if part.startswith("</") else 1
        elif depth == 0:
            yield part
