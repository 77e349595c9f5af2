"""Markdown → raw HTML: the libraries that can do it, behind one method; nothing here makes HTML safe."""

from typing import NamedTuple, Protocol

from generator.config import EngineName


class Converted(NamedTuple):
    """The HTML of a text, and that of each of its footnotes, in the order that their marks count by."""

    html: str
    notes: tuple[str, ...] = ()


class Engine(Protocol):
    """Turns one text after the other into HTML; not for use by two threads.

    Links and pictures stand in `href` and `src` as they were written, the alignment of cells in `align`,
    the language of code in `class="language-…"`, and a control character, which no text holds, only as a reference.
    What engines read differently from each other, footnotes and tasks, is marked by `marks`.
    """

    def convert(self, text: str) -> Converted:
        """The HTML of a text, as unsafe as the text.

        Raises:
            ConversionError: the library gave up.
        """


def open_engine(name: EngineName) -> Engine:
    """An engine of its own for whoever asks; its library, and no other, is imported now."""
    match name:
        case "python-markdown":
            from generator.load.python_markdown import PythonMarkdown

            return PythonMarkdown()
        case "commonmark":
            from generator.load.commonmark import CommonMark

            return CommonMark()
