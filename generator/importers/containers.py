"""Boxes around text, which records do not have: `::: tip` of markdown-it, `!!! note` of Python-Markdown."""

import re
from collections.abc import Iterator

from generator.importers.markup import flag_parts, read_marks
from generator.importers.old_site import Leftover

_COLONS = re.compile(r"([ \t>]*)(:{3,})[ \t]*(.*)")
_NAME = re.compile(r"\{?[ \t]*+\.?([\w-]++)[ \t]*+\}?")
_MARKS = re.compile(r'([ \t]*)(?:!!!|\?\?\?\+?)[ \t]+([\w-]+)(?:[ \t]+[\w-]+)*+[ \t]*+(?:"(.*)"[ \t]*+)?')


def open_containers(text: str, lacks: list[Leftover]) -> str:
    """Remove `:::` boxes and keep their text; a title becomes a strong line of its own."""
    if ":::" not in text:
        return text
    written: list[str] = []
    depth = 0
    for line, is_code in _lines(text):
        match = None if is_code else _COLONS.fullmatch(line)
        if match and (named := _NAME.match(match[3])):
            depth += 1
            title = match[3][named.end() :].partition("{")[0].strip("[] \t")
            lacks.append(Leftover("tag", line.strip()[:200], "left out; its text is kept"))
            written += [match[1], f"{match[1]}**{title}**" if title else match[1], match[1]]
        elif match and not match[3] and depth:
            depth -= 1
            written += [match[1], match[1]]
        else:
            written.append(line)
    return "\n".join(written)


def open_admonitions(text: str, lacks: list[Leftover]) -> str:
    """Remove `!!!` boxes and keep their text, which is indented by four spaces below them.

    Source: python-markdown.github.io/extensions/admonition.
    """
    if "!!!" not in text and "???" not in text:
        return text
    written: list[str] = []
    inset = None
    for line, is_code in _lines(text):
        match = None if is_code else _MARKS.fullmatch(line)
        if match:
            inset = f"{match[1]}    "
            title = match[2].capitalize() if match[3] is None else match[3].strip()
            lacks.append(Leftover("tag", line.strip()[:200], "left out; its text is kept"))
            written += [f"{match[1]}**{title}**" if title else "", ""]
        elif inset is not None and (line.startswith(inset) or not line.strip()):
            written.append(line[4:] if line.strip() else line)
        else:
            inset = None
            written.append(line)
    return "\n".join(written)


def _lines(text: str) -> Iterator[tuple[str, bool]]:
    """Each line, and whether it begins in fenced code."""
    source = text.encode()
    fenced = (one for one in read_marks(text) if one.name == "CodeBlock" and isinstance(one.data, dict))
    code = flag_parts(((mark.begin, mark.end) for mark in fenced), len(source) + 1)
    at = 0
    for line in source.split(b"\n"):
        inner = at + len(line) - len(line.lstrip(b" \t>"))
        yield line.decode(), bool(code[inner])
        at += len(line) + 1
