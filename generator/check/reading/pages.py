"""Reads a rendered page: its links, anchors, title and pictures."""

import re
from collections.abc import Iterable, Iterator

from lxml.etree import Element, ParserError, strip_elements
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from generator.check.reading.documents import find_in_json, find_in_sheet, parse_json
from generator.check.reading.texts import OutputText, PageText

_LINKS = frozenset({"href", "src", "poster", "action", "formaction", "data", "background"})
_SETS = frozenset({"srcset", "imagesrcset"})
_NO_PAGES = frozenset({"dns-prefetch", "preconnect"})
"""Links to hosts, which need not have a page at that address."""
_REFRESH = re.compile(r"[\d.]*(?:\s*[;,]\s*|\s+)(?:url\s*=\s*)?(.*)", re.IGNORECASE | re.DOTALL)
_META = re.compile(
    r"(?:og|twitter):(?:url|image|video|audio|player)(?::(?:secure_)?(?:url|src|stream))?", re.IGNORECASE
)
_MAX_TAG = 140  # characters


def read_page(data: bytes) -> OutputText:
    """Read a page.

    Source: HTML, sections 2.5 (URLs), 4.2.3 (base), 4.2.5.3 (refresh), 4.8.4 (pictures).
    """
    try:
        tree = document_fromstring(data, parser=HTMLParser(encoding="utf-8", huge_tree=True))
    except (ParserError, ValueError, AssertionError) as fault:
        return OutputText(fault=f"not valid HTML: {fault}")
    # The contents of a <template> are not on the page until a script adds them.
    strip_elements(tree, "template", with_tail=False)
    links = dict.fromkeys(_find_links(tree))
    base = next((node.get("href", "").strip() for node in tree.iter("base")), "")
    return OutputText(tuple(sorted(links)), base, _read_text(tree))


def _read_text(tree: HtmlElement) -> PageText:
    metas = {str(meta.get("name", "")).lower(): meta.get("content", "") for meta in tree.iter("meta")}
    refreshes = any(meta.get("http-equiv", "").lower() == "refresh" for meta in tree.iter("meta"))
    canonical = (link.get("href", "") for link in tree.iter("link") if "canonical" in _words(link, "rel"))
    anchors = {node.get("id", "") for node in tree.iter(Element)} | {link.get("name", "") for link in tree.iter("a")}
    return PageText(
        title=_fold(tree.findtext(".//title") or ""),
        description=_fold(metas.get("description", "")),
        canonical=next(canonical, "").strip(),
        is_indexed=not refreshes and "noindex" not in metas.get("robots", "").lower(),
        anchors=tuple(sorted(anchors - {""})),
        bare=tuple(_find_bare(tree)),
    )


def _find_links(tree: HtmlElement) -> Iterator[str]:
    for node in tree.iter(Element):
        if node.tag == "meta":
            yield from _find_in_meta(node)
        elif node.tag == "style":
            yield from find_in_sheet(node.text or "")
        elif node.tag == "script" and "json" in node.get("type", ""):
            yield from _find_in_data(node.text or "")
        if node.tag != "base" and _NO_PAGES.isdisjoint(_words(node, "rel")):
            for name, value in node.attrib.items():
                yield from _find_in_attribute(name, value)


def _find_in_attribute(name: str, value: str) -> Iterable[str]:
    if name in _LINKS:
        return (value.strip(),)
    if name in _SETS:
        return _find_in_set(value)
    return find_in_sheet(value) if name == "style" else ()


def _find_in_set(value: str) -> Iterator[str]:
    """The addresses of a `srcset` (HTML, section 4.8.4.2)."""
    begins = True
    for word in value.split():
        _, comma, address = ("", "", word) if begins else word.partition(",")
        if stripped := address.strip(","):
            yield stripped
            begins = address.endswith(",")
        else:
            begins = begins or bool(comma)


def _find_in_data(text: str) -> Iterable[str]:
    try:
        return find_in_json(parse_json(text.encode(errors="replace")))
    except ValueError:
        return ()


def _find_in_meta(node: HtmlElement) -> Iterator[str]:
    content = node.get("content", "").strip()
    if node.get("http-equiv", "").lower() == "refresh" and (place := _REFRESH.match(content)):
        text = place[1]  # it may be in quotation marks
        yield text[1:].partition(text[0])[0] if text[:1] in ("'", '"') else text
    elif _META.fullmatch(node.get("property") or node.get("name") or ""):
        yield content


def _find_bare(tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for image in tree.iter("img"):
        lacking = [name for name in ("alt", "width", "height") if image.get(name) is None]
        if lacking:
            tag = " ".join(["<img", *(f'{name}="{value}"' for name, value in image.attrib.items())]) + ">"
            yield ", ".join(lacking), tag if len(tag) <= _MAX_TAG else tag[: _MAX_TAG - 1] + "…"


def _words(node: HtmlElement, name: str) -> list[str]:
    return str(node.get(name, "")).lower().split()


def _fold(text: str) -> str:
    return " ".join(text.split())
