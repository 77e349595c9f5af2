"""A check of the engines and the sanitiser: the words of a text that its HTML does not have."""

import re
from collections import Counter
from html import unescape

from generator.load.tags import without_tags
from generator.records.body import TAG

_WORD = re.compile(r"[^\W_]+")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7};?|#[xX][0-9a-fA-F]{1,6};?|[a-zA-Z0-9]{1,31};)")
"""What markdown reads as a sign; not `&current`, of which HTML reads the beginning."""

_SHOWN_ATTRIBUTE = re.compile(r' (?:href|src|alt|title)="([^"]*)"')
_NOT_SHOWN = re.compile(
    r"""
    ^[ \t>]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)*(?:`{3,}|~{3,})[^`\n]*$  # what stands beside a fence
    |^[ \t>]*\d{1,9}[.)](?=[ \t])                                    # the number of an item
    |^[ \t>]*\[[^\]\n^][^\]\n]{0,999}\]:[^\n]*$                      # where a name of links leads
    |\[\^[^\]\n]{1,999}\]:?                                          # the name of a footnote
    |\[[ xX]\](?=[ \t])                                              # a task's mark
    |!\[[^\[\]]{0,999}\](?:\([^()]{0,999}\)|\[[^\[\]]{0,999}\])?     # a picture: reported when it is removed
    |(?<=\])\([^()]{0,999}(?:\([^()]{0,999}\)[^()]{0,999})?\)        # where a link leads
    |(?<=\])[ ]?\[[^\[\]\n]{0,999}\]                                 # the name of a link
    |\{:?[ ]?\#[^{}\n]{0,999}\}[ \t#]*$                              # the id of a heading
    """,
    re.VERBOSE | re.MULTILINE,
)


def may_lose_words(text: str) -> bool:
    """Whether a text has what can make words vanish: tags, definitions, or tables, whose rows may be too long."""
    return "<" in text or "]:" in text or "|" in text


def find_lost_words(text: str, html: str) -> list[str]:
    """The words of a markdown text that its sanitised HTML does not show, each once and in order.

    Left out is what markdown never shows: names of links and footnotes, addresses, comments, tags, scripts.
    If a row may be cut, repeated words are counted, as the row may repeat words of others.
    """
    attributes = _words_in(" ".join(_SHOWN_ATTRIBUTE.findall(html)))
    apart = [*_words_in(TAG.sub(" ", html)), *attributes]
    if not ("<table>" in html and _may_cut_rows(text)) and set(apart).issuperset(_WORD.findall(text)):
        return []  # as nearly always; the rest takes many times as long
    shown = Counter(apart) | Counter([*_words_in(TAG.sub("", html)), *attributes])
    if not (lost := Counter(_words_written(text)) - shown):
        return []
    # If a tag or a link is removed from within a word, or not followed by a space, its parts are one word now.
    joined = Counter(_words_written(text, gap="")) - shown
    return [word for word in lost if any(word in whole for whole in joined)]


def _may_cut_rows(text: str) -> bool:
    """Whether a row may have more cells than the line of dashes above it: the rest of such a row is cut."""
    most = 0
    for line in text.split("\n"):
        cells = len(line.strip().removeprefix("|").removesuffix("|").split("|"))
        if not line.strip():
            most = 0
        elif "-" in line and not line.strip(" \t>|:-"):
            most = cells
        elif most and cells > most:
            return True
    return False


def find_line_of(words: list[str], text: str) -> str:
    """The line that most likely has the lost words, given that rows of tables are cut at their end."""
    wanted = set(words)
    return max(text.split("\n"), key=lambda line: (len(wanted.intersection(_words_in(line))), line.count("|"))).strip()


def _words_written(text: str, *, gap: str = " ") -> list[str]:
    bare = _NOT_SHOWN.sub(gap, without_tags(text, gap=gap))
    written = _REFERENCE.sub(lambda match: unescape(match[0]), bare)
    return _WORD.findall(written if gap else written.translate(_NO_BRACKETS))


_NO_BRACKETS = str.maketrans("", "", "[]")


def _words_in(html: str) -> list[str]:
    return _WORD.findall(unescape(html))
