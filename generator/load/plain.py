"""Texts that Python-Markdown and CommonMark read alike, so that the faster library may convert them.

Plain are paragraphs, headings, lists with a line per item, quotations of one paragraph, tables, and fenced code;
in lines, words, emphasis by stars, code, links and pictures, each written so that neither library can doubt it.
A text that has anything else is not plain, which costs time and nothing else.
"""

import re
from typing import TYPE_CHECKING

from generator.load.commonmark import CommonMark
from generator.load.engines import Conversion

if TYPE_CHECKING:
    from generator.load.python_markdown import PythonMarkdown


class PlainFirst:
    """The engine `python-markdown`: that library, and pyromark for texts of which both make the same."""

    def __init__(self) -> None:
        self._common_mark = CommonMark()
        self._python_markdown: PythonMarkdown | None = None

    def convert(self, text: str) -> Conversion:
        """See Engine."""
        if is_plain(text):
            html = self._common_mark.convert(text).html
            if "<img" in html:
                html = _IMAGE.sub(r"<img\2\1", html)
            return Conversion(_TABLE_TAG.sub(r"\1\n", html) if "<table>" in html else html)
        if self._python_markdown is None:
            from generator.load.python_markdown import PythonMarkdown  # most builds after an edit do not need it

            self._python_markdown = PythonMarkdown()
        return self._python_markdown.convert(text)


_IMAGE = re.compile(r'<img( src="[^"]*")( alt="[^"]*")')
_TABLE_TAG = re.compile(r"(<(?:table|thead|tbody|tr)>|</(?:th|td|tr|thead|tbody)>)\n?")

_ENDS = r"\x00-\x1f\x7f-\x9f"
_MARKUP = r"\\`*_\[\]<>&~|"

_WORDS = rf"[^{_MARKUP}!{_ENDS}]++|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])|!(?!\[)|(?<= )[&>](?= )"
_STRESSED = rf"(?=[\w\"“„«])[^{_MARKUP}{_ENDS}]++(?<=[\w.,!?%)\"”“»])"
_EMPHASIS = rf"(?<![^\s(])(?:\*\*{_STRESSED}\*\*|\*{_STRESSED}\*)(?=[\s.,;:!?)]|\Z)"
_CODE = rf"(?<!`)`(?!\s)[^`\\\"'<>&{_ENDS}]++(?<!\s)`(?!`)"
_ADDRESS = r"(?:[A-Za-z0-9:/?#=&.+,@$_-]++|\([A-Za-z0-9,._-]++\))++"
_LINK = rf"!?\[(?![\s^])[^{_MARKUP}!{_ENDS}]++(?<!\s)\]\({_ADDRESS}\)"
_INLINE = rf"(?:{_WORDS}|{_EMPHASIS}|{_CODE}|{_LINK})++"
_NO_BLOCK = r"(?![\s#>|=:~^]|[-+]|\*\*?\s|```|\d++[.)](?:\s|\Z))"

_LINES = re.compile(rf"(?:(?:(?:#{{1,6}}|[-+*>]|\d{{1,9}}\.) )?+{_NO_BLOCK}{_INLINE}(?<!\s)(?:\n++|\Z))*+")

_PARAGRAPH = rf"{_NO_BLOCK}[^\n]++(?:\n{_NO_BLOCK}[^\n]++)*+"
_HEADING = r"#{1,6} [^\n]*+(?<!#)"
_LISTS = "|".join(rf"{marker} [^\n]++(?:\n{marker} [^\n]++)*+" for marker in ("-", r"\*", r"\+", ">"))
_NUMBERED = r"1\. [^\n]++(?:\n\d{1,9}\. [^\n]++)*+"
_UNLIKE_LIST = r"(?!\n++(?:[-+*>]|\d++\.) )"  # lists and quotations that follow each other may become one
_BLOCK = rf"(?:{_HEADING}|(?:{_LISTS}|{_NUMBERED}){_UNLIKE_LIST}|{_PARAGRAPH})"
_BLOCKS = re.compile(rf"(?:{_BLOCK}(?:\n\n++|\n?\Z))*+")

_TABLE = re.compile(r"(?:(?<=\n\n)|\A)(\|[^\n]*+(?<= \|))\n\|(?: ?:?-++:? ?\|)++((?:\n\|[^\n]*+(?<= \|))++)(?=\n\n|\Z)")
_FENCED = re.compile(
    r"(?:(?<=\n\n)|\A)```[A-Za-z0-9+_-]*+\n(?:(?!```|~~~|[ ]++$)[^\x00-\x1f\x7f-\x9f]*+\n)*+"
    r"```(?=\n\n|\Z)",
    re.MULTILINE,
)


def is_plain(text: str) -> bool:
    """Whether both libraries make the same of a text."""
    text = text.strip("\n")
    if "```" in text:
        text = _FENCED.sub("", text)
    if "|" in text:
        text = _TABLE.sub(_open_table, text)
    text = text.strip("\n")
    return _LINES.fullmatch(text) is not None and _BLOCKS.fullmatch(text) is not None


def _open_table(table: re.Match[str]) -> str:
    """The cells of a table as paragraphs; a table whose rows are not equally long stays."""
    if len({row.count("|") for row in table[0].split("\n")}) > 1:
        return table[0]
    return "\n\n".join(
        filter(None, (cell.strip(" ") for row in table.groups() for cell in row.replace("\n", "").split("|")))
    )
