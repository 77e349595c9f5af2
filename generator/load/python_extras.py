"""Extensions of Python-Markdown: footnotes, tasks, and strikethrough."""

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from generator.load.marks import DONE_TASK, OPEN_TASK, mark_note

_NOTE_BEGINS = "\x10"
_NOTES = re.compile(rf"<div>{_NOTE_BEGINS}")
_STRUCK = (
    r"(?<!~)(?:~~(?![\s~])((?:[^~]|~(?!~)){1,2000}?)(?<!\s)~~"
    r"|(?<!\w~)(?<!\w)~(?![\s~])([^~]{1,2000}?)(?<!\s)~(?!\w))(?!~)"
)
_TASK = re.compile(r"\[([ xX])\](?=\s)\s*")


class Footnotes(FootnoteExtension):
    """Reads definitions as Python-Markdown's own extension does; `notes` writes them."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - as Python-Markdown calls it
        """Register the processors of definitions and marks."""
        md.registerExtension(self)
        self.parser = md.parser
        self.md = md
        md.parser.blockprocessors.register(FootnoteBlockProcessor(self), "footnote", 17)
        md.inlinePatterns.register(_Mark(r"\[\^([^\]]*)\]", self), "footnote", 175)
        md.treeprocessors.register(_Notes(self), "footnote", 50)

    def reset(self) -> None:
        """Forget the footnotes of the previous text."""
        super().reset()
        self.places: dict[str, int] = {}

    def setFootnote(self, id: str, text: str) -> None:  # noqa: A002, N802 - as Python-Markdown calls them
        """Add the text of a footnote to others of the same name."""
        self.places.setdefault(id, len(self.places))
        self.footnotes[id] = f"{self.footnotes[id]}\n\n{text}" if id in self.footnotes else text


class Extras(Extension):
    """Reads `~~struck out~~` and `- [ ] a task`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - as Python-Markdown calls it
        """Register the processors."""
        md.ESCAPED_CHARS.append("~")
        md.inlinePatterns.register(_Struck(_STRUCK), "struck", 65)
        md.treeprocessors.register(_Tasks(md), "task", 45)


def split_notes(html: str) -> tuple[str, tuple[str, ...]]:
    """The HTML of a document, and that of each of its footnotes."""
    text, *notes = _NOTES.split(html)
    return text.rstrip(), tuple(note.rstrip().removesuffix("</div>") for note in notes)


class _Mark(InlineProcessor):
    def __init__(self, pattern: str, footnotes: Footnotes) -> None:
        super().__init__(pattern)
        self._footnotes = footnotes

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str | None, int | None, int | None]:  # type: ignore[override]  # noqa: ARG002, N802 - as Python-Markdown has it
        place = self._footnotes.places.get(m[1])
        return (None, None, None) if place is None else (mark_note(place), m.start(0), m.end(0))


class _Notes(Treeprocessor):
    """Appends the text of each footnote to the document; a text can define further ones."""

    def __init__(self, footnotes: Footnotes) -> None:
        super().__init__(footnotes.md)
        self._footnotes = footnotes

    def run(self, root: Element) -> None:
        written = 0
        while written < len(self._footnotes.footnotes):
            text = list(self._footnotes.footnotes.values())[written]
            note = SubElement(root, "div")
            self._footnotes.parser.parseChunk(note, text)
            note.text = _NOTE_BEGINS
            written += 1


class _Struck(InlineProcessor):
    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802 - as Python-Markdown has it
        struck = Element("del")
        struck.text = m[1] or m[2]
        return struck, m.start(0), m.end(0)


class _Tasks(Treeprocessor):
    """Marks the items that begin like a task."""

    def run(self, root: Element) -> None:
        if not any(sign in "\n".join(self.md.lines) for sign in ("[ ]", "[x]", "[X]")):  # type: ignore[attr-defined]
            return
        for item in root.iter("li"):
            first = item[0] if len(item) and item[0].tag == "p" and not (item.text or "").strip() else item
            if found := _TASK.match(first.text or ""):
                first.text = (OPEN_TASK if found[1] == " " else DONE_TASK) + (first.text or "")[found.end() :]
