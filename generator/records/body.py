"""The facts about a compiled markdown text, without its HTML."""

import functools
import re
from collections.abc import Callable, Iterator, Sequence

import msgspec

from generator.names import Digest

ANCHOR_PREFIX = "s-"
"""Before each anchor of a text, so that none equals an id of a template."""


class Heading(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A heading of a body: level 2–6, its anchor and its plain text."""

    level: int
    anchor: str
    text: str


class Body(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A compiled markdown text: the digest of its HTML (under which the cache keeps it), and facts about it.

    `words` and `seconds` of reading are from `generator.words`. `lead` is the plain text of the first paragraph.
    `outline` are the `headings`, packed by `pack_headings`: they are large, and few builds need them.
    `links` are the records that it links to (`article:art-1`), `files` the addresses of this site that it links to
    (`/files/a.pdf`), `images` its local pictures as written; each once, in order of appearance.
    It is rich if it has what few texts have: code, a table, notes, tasks, terms or marks.
    """

    digest: Digest
    words: int = 0
    seconds: int = 0
    lead: str = ""
    outline: bytes = b""
    links: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    is_rich: bool = False

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, in order."""
        return _unpack_headings(self.outline)

    def anchor_of(self, fragment: str) -> str | None:
        """The anchor for a link's fragment, with or without the prefix; None if no heading has it."""
        anchors = _anchors_in(self.outline)
        return next((name for name in (fragment, ANCHOR_PREFIX + fragment) if name in anchors), None)

    @property
    def is_empty(self) -> bool:
        """Whether it shows nothing."""
        return not self.words and not self.images


def _unpack_headings(outline: bytes) -> tuple[Heading, ...]:
    return msgspec.msgpack.decode(outline, type=tuple[Heading, ...]) if outline else ()


@functools.lru_cache(maxsize=16)
def _anchors_in(outline: bytes) -> frozenset[str]:
    """The anchors of one text, which all of its links ask for."""
    return frozenset(heading.anchor for heading in _unpack_headings(outline))


def pack_headings(headings: Sequence[Heading]) -> bytes:
    """Headings in the form of `outline`."""
    return msgspec.msgpack.encode(headings) if headings else b""


# A compiled body keeps its inner links and pictures unresolved, as `ref:` values between two control characters.
# Records have no control characters, so no text of a record can look like one.
# Patterns are compiled when they are first used: a build with nothing to do needs none of them.
_OPEN, _CLOSE = "\x02", "\x03"
_BETWEEN = "\x1e"
_UNRESOLVED = rf' (href|src)="{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}"'
_PICTURE = rf'<img(?: [a-z]+="[^"]*")*? src="{_OPEN}([^{_OPEN}{_CLOSE}]*){_CLOSE}"(?: [a-z]+="[^"]*")*>'

TAG = re.compile(r"<[^<>\"]*+(?:\"[^\"]*+\"[^<>\"]*+)*+>")
"""A tag of sanitised HTML."""

_BLOCK = (
    r"</?(?:blockquote|dd|div|dl|dt|figcaption|figure|h[1-6]|li|ol|p|pre|section"
    r"|t(?:able|body|d|foot|h|head|r)|ul)\b[^<>]*>"
)
_BLOCK_TAGS = rf"{_BLOCK}(?:\s*{_BLOCK})*"
_NOTE_LINK = r'<a href="#[^"]*" role="doc-(?:noteref|backlink)">[^<]*</a>'
_BARE_LINK = r'<a(?: (?:title|rel)="[^"]*")*>([^<]*+(?:<(?!/?a[ >])[^<]*+)*+)</a>'


def mark_ref(ref: str) -> str:
    """The placeholder of an unresolved link or picture, as an attribute's value."""
    return f"{_OPEN}{ref}{_CLOSE}"


def resolve_refs(html: str, resolve: Callable[[str, str], str]) -> str:
    """Replace each unresolved attribute of a compiled body.

    Args:
        html: A body as the cache keeps it.
        resolve: Attribute name and ref → the attributes to write there, with a space before each;
            "" if a link leads nowhere, which leaves its text alone.
    """
    if _OPEN not in html:
        return html
    is_bare = False

    def write(match: re.Match[str]) -> str:
        nonlocal is_bare
        written = resolve(match[1], _unescape(match[2]))
        is_bare = is_bare or not written
        return written

    resolved = re.sub(_UNRESOLVED, write, html)
    return drop_bare_links(resolved) if is_bare else resolved


def wrap_pictures(html: str, wrap: Callable[[str, str], str]) -> str:
    """Replace each unresolved picture of a compiled body; `wrap` is given its ref and its tag."""
    return re.sub(_PICTURE, lambda match: wrap(_unescape(match[1]), match[0]), html)


def drop_bare_links(html: str) -> str:
    """Turn links without an address into their text."""
    return re.sub(_BARE_LINK, r"\1", html)


def plain_text(html: str) -> str:
    """The text of sanitised HTML, spaces folded, without the marks of footnotes."""
    return " ".join(_strip_tags(html).split())


def blocks_of(html: str) -> Iterator[str]:
    """The plain text of each paragraph, heading, list item and cell that has any, in order."""
    return filter(
        None, (" ".join(block.split()) for block in _strip_tags(re.sub(_BLOCK_TAGS, _BETWEEN, html)).split(_BETWEEN))
    )


def _unescape(text: str) -> str:
    if "&" not in text:
        return text
    from html import unescape  # a build with nothing to do does not import its table

    return unescape(text)


def _strip_tags(html: str) -> str:
    if 'role="doc-' in html:
        html = re.sub(_NOTE_LINK, "", html)
    if "<br>" in html:
        html = html.replace("<br>", " ")
    return _unescape(TAG.sub("", html) if "<" in html else html)
