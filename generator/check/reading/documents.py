"""Links of all that is no page: XML, JSON, style sheets, markdown and plain text."""

import functools
import re
from collections.abc import Iterator
from typing import Any

import msgspec
import tinycss2
from lxml import etree, html

_ADDRESS = re.compile(r"https?://[^\s<>\"'`{}|\\^]+", re.IGNORECASE)
_IN_MARKDOWN = re.compile(r"\]\(\s*<?([^\s<>()]+(?:\([^\s<>()]*\)[^\s<>()]*)*)>?[^()]*\)|<(https?://[^\s<>]+)>")
_PLACEHOLDER = re.compile(r"/:(?!/)|\*")
_NAMES = frozenset({"@context", "@id", "id", "$id", "$ref", "guid"})
"""Keys and elements that name a thing by what may look like an address of something."""
_LINKING = frozenset({"href", "src", "url", "htmlurl", "xmlurl", "uri"})
_IN_HTML = frozenset({"href", "src", "poster"})
_DEPTH = 200  # of values inside each other


def parse_xml(data: bytes) -> Any:
    """The root of an XML document; nothing is fetched or blown up for it.

    Raises:
        ValueError: it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        message = f"no well-formed XML: {fault}"
        raise ValueError(message) from fault


def find_in_xml(root: Any) -> Iterator[str]:
    """The links of a feed, a sitemap, a list of feeds or a picture, those of HTML inside of it too."""
    for node in root.iter(etree.Element):
        for name, value in node.attrib.items():
            if local_name(name) in _LINKING:
                yield value
        if node.text and local_name(node.tag) not in _NAMES:
            yield from _find_in_text(node.text, has_html=True)


def parse_json(data: bytes) -> Any:
    """What a JSON document holds.

    Raises:
        ValueError: it is none.
    """
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as fault:
        message = f"no JSON: {fault}"
        raise ValueError(message) from fault


def find_in_json(document: Any) -> Iterator[str]:
    """The links of a JSON document, those of HTML inside of it too."""
    yield from _find_in_value(document, 0)


def find_in_sheet(text: str) -> Iterator[str]:
    """The files that a style sheet, or a part of one, loads.

    Source: CSS Values and Units, section 4.5.
    """
    if "(" not in text and "@" not in text:
        return
    waiting = tinycss2.parse_component_value_list(text, skip_comments=True)
    for place, node in enumerate(waiting):
        if node.type == "at-keyword" and node.lower_value == "import":
            yield from (after.value for after in waiting[place + 1 : place + 3] if after.type == "string")
    while waiting:
        node = waiting.pop()
        if node.type == "url":
            yield node.value
        elif node.type == "function" and node.lower_name in ("url", "src"):
            yield from (part.value for part in node.arguments if part.type == "string")
        waiting += getattr(node, "content", None) or getattr(node, "arguments", None) or ()


def find_in_markdown(data: bytes) -> Iterator[str]:
    """The links of markdown."""
    for match in _IN_MARKDOWN.finditer(data.decode(errors="replace")):
        yield match[1] or match[2]


def find_in_redirects(data: bytes) -> Iterator[str]:
    """Where the lines of a `_redirects` file lead."""
    for line in data.decode(errors="replace").splitlines():
        parts = line.split()
        targets = [] if line.startswith("#") else [part for part in parts[1:] if part.startswith(("/", "http"))]
        if targets and not _PLACEHOLDER.search(targets[0]):
            yield targets[0]


def find_in_plain_text(data: bytes) -> Iterator[str]:
    """The full addresses that stand apart in a text such as robots.txt."""
    return (word for word in data.decode(errors="replace").split() if _ADDRESS.fullmatch(word))


@functools.lru_cache(maxsize=1024)
def find_in_html(text: str) -> tuple[str, ...]:
    """The links of a piece of HTML; remembered, for an article stands in many feeds, and in each in three formats."""
    try:
        tree = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError, AssertionError):
        return ()
    nodes = tree.iter(etree.Element)
    return tuple(value.strip() for node in nodes for name, value in node.attrib.items() if name in _IN_HTML)


def local_name(name: str) -> str:
    """A name of XML without its namespace, in small letters."""
    return name.rpartition("}")[2].lower()


def _find_in_value(value: Any, depth: int) -> Iterator[str]:
    if depth > _DEPTH:
        return
    match value:
        case str():
            yield from _find_in_text(value, has_html=depth > 0)
        case list():
            for one in value:
                yield from _find_in_value(one, depth + 1)
        case dict():
            for name, one in value.items():
                if name not in _NAMES:
                    yield from _find_in_value(one, depth + 1)


def _find_in_text(text: str, *, has_html: bool) -> Iterator[str]:
    """A text that is an address as a whole, or the links of one that holds HTML. Templates of addresses are none."""
    text = text.strip()
    if _ADDRESS.fullmatch(text):
        yield text
    elif has_html and "<" in text and ("href" in text or "src" in text):
        yield from find_in_html(text)
