"""What kramdown adds to markdown: `{: .names}` of the element before them, `{::comment}`, tables of contents.

Source: kramdown.gettalong.org/syntax.html, "Attribute List Definitions", "Inline Attribute Lists", "Extensions".
"""

import re

from generator.importers.markup import Edits, Mark, find_code, flag_parts, read_marks
from generator.importers.old_site import Leftover
from generator.importers.texts import fence

_LIST = re.compile(rb"(?<![ \t])[ \t]*+\{:(?![:/])([^{}\n]*+)\}")
_EXTENSION = re.compile(rb"\{::(\w++)([^{}\n]*+)\}|\{:/(\w*+)\}")
_HIDDEN_END = re.compile(rb"\{:/(?:comment)?\}")
_TABLE = re.compile(rb"[ \t]*+(?:[*+-]|1\.)[ \t]++[^\n]*+\n\Z")
_ID = re.compile(r"(?:^|\s)#([\w.:-]+)")
_CODE = re.compile(r"""(?:^|\s)(?:\.language-|lang=["']?)([\w+#.-]+)""")


def resolve_kramdown(text: str, lacks: list[Leftover]) -> str:
    """Write a text without attributes; ids of headings and languages of code are kept, others go into `lacks`."""
    if "{:" not in text:
        return text
    edits = Edits(text)
    marks = read_marks(text)
    code = flag_parts(find_code(marks), len(edits.source))
    blocks = {
        mark.end + edits.source.startswith(b"\n", mark.end): mark
        for mark in marks
        if mark.name in {"CodeBlock", "Heading"} and not mark.is_end
    }
    _take_extensions(edits, code)
    line = at = 0
    for match in _LIST.finditer(edits.source):
        line = max(line, edits.source.rfind(b"\n", at, match.start()) + 1)
        at = match.start()
        if code[at]:
            continue
        attributes = match[1].decode()
        is_alone = line == match.start() and edits.source[match.end() : match.end() + 1] in {b"\n", b""}
        before = blocks.get(line) if is_alone else None
        if before and before.name == "Heading" and (name := _ID.search(attributes)):
            edits.replace(line - 1, line - 1, f" {{#{name[1]}}}")
        elif before and (language := _CODE.search(attributes)) and _name_language(edits, before, language[1]):
            pass
        elif not is_alone and edits.source.startswith(b"#", line) and _ID.search(attributes):
            continue  # read with the heading
        elif attributes.split()[:1] == ["toc"]:
            _take_table(edits, line)
        else:
            lacks.append(Leftover("attribute", match[0].decode().strip(), "left out"))
        edits.replace(match.start(), match.end(), "")
    return edits.apply()


def _take_extensions(edits: Edits, code: bytearray) -> None:
    """Remove comments, and the marks of what is not markdown."""
    source = edits.source
    at, is_endless = 0, False
    for match in _EXTENSION.finditer(source):
        if match.start() < at or code[match.start()]:
            continue
        at = match.end()
        if match[1] == b"comment" and not match[2].rstrip().endswith(b"/") and not is_endless:
            end = _HIDDEN_END.search(source, at)
            at, is_endless = end.end() if end else at, end is None
        edits.replace(match.start(), at, "")


def _take_table(edits: Edits, line: int) -> None:
    """Leave out the list that a table of contents replaces."""
    above = edits.source.rfind(b"\n", 0, max(line - 1, 0)) + 1
    if _TABLE.match(edits.source[above:line]):
        edits.replace(above, line, "")


def _name_language(edits: Edits, block: Mark, language: str) -> bool:
    """Write the language at the head of the block of code before an attribute; False if other lines touch it."""
    source = edits.source
    if isinstance(block.data, dict):
        head = source.find(b"\n", block.begin)
        edits.replace(head, head, "" if block.data["Fenced"] else language)
        return True
    begin = source.rfind(b"\n", 0, block.begin) + 1
    lines = source[begin : block.end].decode().split("\n")
    if any(line.strip() and not line.startswith("    ") for line in lines):
        return False
    edits.replace(begin, block.end, fence("\n".join(line[4:] for line in lines).rstrip(), language))
    return True
