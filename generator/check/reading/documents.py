"""Finds the links of all outputs besides pages: XML, JSON, style sheets, markdown and plain text."""

import functools
import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from lxml import etree, html

from generator.contract import loaded_addresses

_ADDRESS = re.compile(r"https?://[^\s<>\"`{}|\\^]+", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"/:(?!/)|\*")
_IN_HTML = frozenset({"href", "src", "poster"})
_DEPTH = 200  # of values inside each other

# In feeds, sitemaps and documents, only these contain addresses, and only these contain HTML.
# All else is plain text: `What <a href="/x/"> means` is a title.

_XML_ATTRIBUTES = frozenset({"href", "src", "url", "htmlurl", "xmlurl", "uri"})
"""Attributes of all XML that are addresses: of RSS, Atom, Media RSS, OPML, sitemaps and SVG."""

_XML_ADDRESSES = frozenset(
    {
        *("link", "docs", "comments", "url"),  # RSS 2.0
        *("uri", "icon", "logo"),  # RFC 4287
        *("loc", "thumbnail_loc", "content_loc", "player_loc"),  # sitemaps
    }
)
"""Elements whose text is an address."""

_XML_HTML = frozenset({"description", "encoded"})
"""Elements of RSS whose text is HTML; those of Atom have a `type` (RFC 4287, section 3.1.1)."""

_JSON_ADDRESSES = frozenset(
    {
        *("url", "href", "src", "uri", "$schema"),
        *("icon", "favicon", "image", "banner_image"),  # JSON Feed 1.1; its others end in _url, as most of the API
        *("homepage", "same_as", "newest", "newer", "older"),  # the API
        *("start_url", "scope"),  # Web Application Manifest
        *("item", "logo", "sameAs", "mainEntityOfPage", "isBasedOn", "citation", "license", "contentUrl"),  # schema.org
        *("thumbnailUrl", "embedUrl", "discussionUrl", "relatedLink", "significantLink", "publishingPrinciples"),
    }
)
"""Keys whose texts, or lists of texts, may be addresses."""

_ADDRESS_ENDS = ("_url", "_schema")
"""Ends of keys of further addresses."""

_JSON_HTML = frozenset(
    {
        *("brief.takeaways", "brief.background", "brief.why_it_matters", "brief.market_relevance", "brief.outlook"),
        *("market_effects.text", "perspectives.text"),
    }
)
"""Keys of HTML with the key above them, besides those that end in `_html`."""


def parse_xml(data: bytes) -> Any:
    """The root of an XML document; entities are not resolved, and nothing is fetched.

    Raises:
        ValueError: it is not well-formed.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as fault:
        raise ValueError(f"not well-formed XML: {fault}") from fault


def find_in_xml(root: Any) -> Iterator[str]:
    """The links of a feed, a sitemap, a list of feeds or a picture, including those in its HTML."""
    is_rss = local_name(root.tag) in ("rss", "rdf")
    for node in root.iter(etree.Element):
        for name, value in node.attrib.items():
            if local_name(name) in _XML_ATTRIBUTES:
                yield value
        text, name = (node.text or "").strip(), local_name(node.tag)
        if not text:
            continue
        if name in _XML_ADDRESSES:
            yield text
        elif (is_rss and name in _XML_HTML) or "html" in node.get("type", ""):
            yield from _find_in_text(text)


def parse_json(data: bytes) -> Any:
    """Parse a JSON document.

    Raises:
        ValueError: it is not valid.
    """
    try:
        return msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as fault:
        raise ValueError(f"not valid JSON: {fault}") from fault


def find_in_json(document: Any) -> Iterator[str]:
    """The links of a JSON document, including those in its HTML."""
    yield from _find_in_value(document, "", "", 0)


def find_in_sheet(text: str) -> Iterable[str]:
    """The files that a style sheet, or a part of one, loads."""
    return loaded_addresses(text) if "(" in text or "@" in text else ()


def find_in_markdown(data: bytes) -> Iterator[str]:
    """The links of CommonMark and of HTML in it; front matter is skipped."""
    from markdown_it import MarkdownIt

    text = data.decode(errors="replace")
    if text.startswith("---\n"):
        text = text.partition("\n---\n")[2]
    for block in MarkdownIt("commonmark").parse(text):
        for token in (block, *(block.children or ())):
            if token.type in ("html_block", "html_inline"):
                yield from _find_in_text(token.content)
            elif href := token.attrs.get("href") or token.attrs.get("src"):
                yield str(href)


def find_in_redirects(data: bytes) -> Iterator[str]:
    """The targets of the lines of a `_redirects` file."""
    for line in data.decode(errors="replace").splitlines():
        parts = line.split()
        targets = [] if line.startswith("#") else [part for part in parts[1:] if part.startswith(("/", "http"))]
        if targets and not _PLACEHOLDER.search(targets[0]):
            yield targets[0]


def find_in_plain_text(data: bytes) -> Iterator[str]:
    """The words of a text such as robots.txt that are full addresses."""
    return (word for word in data.decode(errors="replace").split() if _ADDRESS.fullmatch(word))


@functools.lru_cache(maxsize=1024)
def find_in_html(text: str) -> tuple[str, ...]:
    """The links of a piece of HTML; cached, because an article is in many feeds, each in three formats."""
    try:
        tree = html.fragment_fromstring(text, create_parent="div")
    except (etree.ParserError, ValueError, AssertionError):
        return ()
    nodes = tree.iter(etree.Element)
    return tuple(value.strip() for node in nodes for name, value in node.attrib.items() if name in _IN_HTML)


def local_name(name: str) -> str:
    """An XML name without its namespace, in lower case."""
    return name.rpartition("}")[2].lower()


def _find_in_value(value: Any, above: str, key: str, depth: int) -> Iterator[str]:
    """The links of a value under `key`, which is under the key `above`."""
    if depth > _DEPTH:
        return
    match value:
        case str() if key.endswith("_html") or f"{above}.{key}" in _JSON_HTML:
            yield from _find_in_text(value)
        case str() if key in _JSON_ADDRESSES or key.endswith(_ADDRESS_ENDS):
            text = value.strip()
            if _ADDRESS.fullmatch(text) or text.startswith("/"):
                yield text
        case list():
            for one in value:
                yield from _find_in_value(one, above, key, depth + 1)
        case dict():
            for name, one in value.items():
                yield from _find_in_value(one, key, name, depth + 1)


def _find_in_text(text: str) -> Iterator[str]:
    """The links of a text that is HTML."""
    if "<" in text and ("href" in text or "src" in text):
        yield from find_in_html(text)
