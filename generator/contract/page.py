"""One parsed page, with what several rules need to know of it."""

from collections.abc import Callable, Iterator
from functools import cache, cached_property
from typing import NamedTuple

from lxml.etree import strip_elements
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from generator.contract.built import Built, PageFacts
from generator.contract.sheets import hiding_paths

_UNREAD = ("script", "style", "template", "noscript")
_HIDING_CLASSES = {"visually-hidden", "sr-only", "screen-reader-text", "hidden"}
"""Classes that are used for hiding, besides what the page's own style sheets hide."""
_CONTENT = ("img", "picture", "svg", "video", "audio", "iframe", "object", "canvas", "embed")
_MAX_FOUND = 140  # characters


class Fault(NamedTuple):
    """A rule broken at one place. `message` is the same for the same mistake, `found` is the text there.

    `node` is the place; None for the whole page.
    """

    message: str
    node: HtmlElement | None = None
    found: str = ""
    expected: str = ""
    hint: str = ""


class GoldenPage:
    """A page of the golden site."""

    def __init__(self, path: str, built: Built) -> None:
        """Parse the page at a path."""
        self.path = path
        self.built = built
        self.facts: PageFacts = built.facts[path]
        self.tree: HtmlElement = document_fromstring(built.files[path], parser=HTMLParser(encoding="utf-8"))
        # The content of a <template> is not on the page until a script puts it there.
        strip_elements(self.tree, "template", with_tail=False)

    def find(self, path: str) -> list[HtmlElement]:
        """The elements that an XPath finds."""
        return list(self.tree.xpath(path))

    @cached_property
    def main(self) -> HtmlElement:
        """The page's `main`; all of the page if it has none."""
        return next(self.tree.iter("main"), self.tree)

    @cached_property
    def by_id(self) -> dict[str, list[HtmlElement]]:
        """The elements of each id, in order."""
        found: dict[str, list[HtmlElement]] = {}
        for node in self.tree.xpath("//*[@id]"):
            found.setdefault(node.get("id"), []).append(node)
        return found

    def facts_behind(self, link: HtmlElement) -> PageFacts | None:
        """The facts of the page that a link leads to; None if it is not a page of the site."""
        file = self._files(link.get("href", ""))
        return self.built.facts.get(file[0]) if file else None

    def resolve(self, href: str) -> str:
        """The full address of a link."""
        return self.built.resolve(href, self.path)

    @cached_property
    def _files(self) -> Callable[[str], tuple[str, bytes] | None]:
        """A function that finds the file of a link, once for each address."""
        return cache(lambda href: self.built.file_at(self.resolve(href)))

    @cached_property
    def sheets(self) -> list[tuple[str, str, bytes]]:
        """Media, path and bytes of each style sheet that the page loads from the site."""
        found = []
        for link in self.tree.iter("link"):
            if "stylesheet" in link.get("rel", "").lower().split():
                file = self.built.file_at(self.resolve(link.get("href", "")))
                if file is not None:
                    found.append((link.get("media", ""), *file))
        return found

    @cached_property
    def _out_of_sight(self) -> set[HtmlElement]:
        paths = {
            path
            for media, _, data in self.sheets
            if not media.startswith("print")
            for path in hiding_paths(data.decode(errors="replace"))
        }
        return {node for path in sorted(paths) for node in self.tree.xpath(path)}

    def is_hidden(self, node: HtmlElement) -> bool:
        """Whether an element itself is hidden from sight or from screen readers."""
        return (
            node.tag in _UNREAD
            or "hidden" in node.attrib
            or node.get("aria-hidden") == "true"
            or not _HIDING_CLASSES.isdisjoint(node.get("class", "").split())
            or node in self._out_of_sight
        )

    def shown(self, node: HtmlElement) -> str:
        """The text of an element that is neither hidden from sight nor from screen readers; U+FFFC for pictures."""
        return " ".join("".join(self._shown_parts(node)).split())

    def is_shown(self, node: HtmlElement) -> bool:
        """Whether neither an element nor one around it is hidden."""
        return not any(self.is_hidden(one) for one in (node, *node.iterancestors()))

    def _shown_parts(self, node: HtmlElement) -> Iterator[str]:
        if not isinstance(node.tag, str) or self.is_hidden(node):
            return
        if node.tag in _CONTENT:
            yield "\ufffc"
            return
        yield node.text or ""
        for child in node:
            yield from self._shown_parts(child)
            yield child.tail or ""

    @staticmethod
    def heard(node: HtmlElement) -> str:
        """The text of an element for screen readers, spaces folded."""
        texts = node.xpath(".//text()[not(ancestor::*[@aria-hidden='true' or self::script or self::style])]")
        names = node.xpath(".//img/@alt | .//*/@aria-label")
        return " ".join(" ".join([*map(str, texts), *map(str, names)]).split())


def show_tag(node: HtmlElement) -> str:
    """The start tag of an element, shortened."""
    parts = [node.tag, *(f'{name}="{value}"' for name, value in node.attrib.items())]
    return shorten(f"<{' '.join(map(str, parts))}>")


def shorten(text: str) -> str:
    """A text of one line for a report."""
    folded = " ".join(text.split())
    return folded if len(folded) <= _MAX_FOUND else folded[: _MAX_FOUND - 1] + "…"
