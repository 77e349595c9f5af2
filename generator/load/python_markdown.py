"""Python-Markdown with fenced code, tables and lists that do not mix, doing only what a text needs.

What is left out here changes no byte of the HTML: it is what could not have found anything in that text.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import ParagraphProcessor
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
            self._markdown = make_lean(make_markdown())  # it was left in the middle, and `reset` does not help
            raise ConversionError(type(fault).__name__) from fault


def make_markdown() -> Markdown:
    """Python-Markdown as it is, with our extensions."""
    return Markdown(
        extensions=[
            FencedCode(),
            "sane_lists",
            "def_list",
            TableExtension(use_align_attribute=True),
            Footnotes(),
            Extras(),
        ],
        output_format="html",
    )


def make_lean(markdown: Markdown) -> Markdown:
    """Spare an instance the work that no text of this kind needs; give it back."""
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
"""By an inline pattern's name: a text without any of these it cannot change."""


class _Sought:
    """An inline pattern's regular expression that is searched for only in texts with one of its signs."""

    def __init__(self, signs: tuple[str, ...], expression: re.Pattern[str]) -> None:
        self._signs = signs
        self._expression = expression

    def may_match(self, text: str) -> bool:
        for sign in self._signs:  # noqa: SIM110 - it is asked for each pattern and text, and `any` takes thrice the time
            if sign in text:
                return True
        return False

    def finditer(self, text: str, start: int = 0) -> Iterator[re.Match[str]]:
        return self._expression.finditer(text, start) if self.may_match(text) else iter(())


class _PlainParagraph(ParagraphProcessor):
    """Takes a block whose lines begin like nothing else than a paragraph before all others are asked about it."""

    PLAIN = re.compile(r"[^\s\d#*+\-_=>:\[|][^\n|]*(?:\n[^\s\d#*+\-_=>:\[|][^\n|]*)*\Z")

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - as Python-Markdown has it
        return self.PLAIN.match(block) is not None


class _NeededPatterns(InlineProcessor):
    """Goes through a document with those inline patterns only that can find something in it."""

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
    """Undoes what backslashes did, where there are any."""

    def run(self, root: Element) -> None:
        if any("\\" in line for line in self.md.lines):  # type: ignore[attr-defined]  # its stubs have forgotten them
            super().run(root)
