"""Python-Markdown with fenced code, tables and lists that do not mix, running only the steps that a text needs.

Skipped steps do not change the HTML: they could not find anything in that text.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import Pattern, ReferenceInlineProcessor
from markdown.treeprocessors import InlineProcessor, UnescapeTreeprocessor

from generator.load.engines import Conversion, ConversionError
from generator.load.fences import FencedCode
from generator.load.python_extras import Extras, Footnotes, split_notes
from generator.load.wrappers import open_wrappers


class PythonMarkdown:
    """The engine `python-markdown`."""

    def __init__(self) -> None:
        self._markdown = make_lean(make_markdown())

    def convert(self, text: str) -> Conversion:
        """See Engine."""
        try:
            text = open_wrappers(text) if "</" in text else text
            return Conversion(*split_notes(self._markdown.reset().convert(text)))
        except (RecursionError, ValueError, IndexError, AttributeError) as fault:
            self._markdown = make_lean(make_markdown())  # it stopped half-way, and `reset` does not help
            raise ConversionError(type(fault).__name__) from fault


def make_markdown() -> Markdown:
    """Python-Markdown with its extensions."""
    return Markdown(
        extensions=[
            FencedCode(),
            SaneListExtension(),
            DefListExtension(),
            TableExtension(use_align_attribute=True),
            Footnotes(),
            Extras(),
        ],
        output_format="html",
    )


def make_lean(markdown: Markdown) -> Markdown:
    """Make an instance skip needless work; returns it."""
    sought = {}
    for name, signs in _SIGNS.items():
        if name in markdown.inlinePatterns:
            pattern = markdown.inlinePatterns[name]
            sought[pattern] = _Sought(signs, pattern.compiled_re)
            pattern.compiled_re = sought[pattern]  # type: ignore[assignment]  # it has what is used
    markdown.parser.blockprocessors.register(_PlainParagraph(markdown.parser), "plain_paragraph", 110)
    markdown.treeprocessors.register(_NeededPatterns(markdown, sought), "inline", 20)
    markdown.treeprocessors.register(_NeededUnescape(markdown), "unescape", 0)
    return markdown


_SIGNS: dict[str, tuple[str, ...]] = {
    "backtick": ("`",),
    "escape": ("\\",),
    "reference": ("[",),
    "link": ("](",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "footnote": ("[^",),
    "struck": ("~",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
"""Signs by an inline pattern's name; the pattern matches no text without one of them."""


class _Sought:
    """An inline pattern's regular expression that is only applied to texts with one of its signs."""

    def __init__(self, signs: tuple[str, ...], expression: re.Pattern[str]) -> None:
        self._signs = signs
        self._expression = expression

    def may_match(self, text: str) -> bool:
        for sign in self._signs:  # noqa: SIM110 - called for each pattern and text, and `any` takes three times as long
            if sign in text:
                return True
        return False

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        return self._expression.finditer(text, start) if self.may_match(text) else iter(())


class _PlainParagraph(ParagraphProcessor):
    """Takes a block whose lines can only be a paragraph before all other processors test it."""

    PLAIN = re.compile(r"[^\s\d#*+\-_=>:\[|][^\n|]*(?:\n[^\s\d#*+\-_=>:\[|][^\n|]*)*\Z")

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - as Python-Markdown has it
        return self.PLAIN.match(block) is not None


class _NeededPatterns(InlineProcessor):
    """Applies only the inline patterns that can match something in a document."""

    def __init__(self, markdown: Markdown, sought: dict[Pattern, _Sought]) -> None:
        super().__init__(markdown)
        self._sought = sought

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        text = "".join(tree.itertext())
        needed = [pattern for pattern in self.md.inlinePatterns if self._may_match(pattern, text)]
        self.inlinePatterns = needed  # type: ignore[assignment]  # a list has what is used
        return super().run(tree, ancestors)

    def _may_match(self, pattern: Pattern, text: str) -> bool:
        if isinstance(pattern, ReferenceInlineProcessor) and not self.md.references:
            return False
        return pattern not in self._sought or self._sought[pattern].may_match(text)


class _NeededUnescape(UnescapeTreeprocessor):
    """Restores escaped signs, if there are backslashes."""

    def run(self, root: Element) -> None:
        if any("\\" in line for line in self.md.lines):  # type: ignore[attr-defined]  # its stubs have forgotten them
            super().run(root)
