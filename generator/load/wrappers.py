"""Markdown inside of elements that pages cannot have, such as `<details>`, for an engine that does not read it.

As in CommonMark (spec.commonmark.org, "HTML blocks"), markdown begins again after an empty line.
"""

import re

_NAMES = "address|article|aside|center|details|div|fieldset|footer|header|hgroup|main|nav|section"
_TAG = rf"<(?:{_NAMES})(?:\s[^<>]*+)?>"
_SUMMARY = r"<summary(?:\s[^<>]*+)?>(?P<summary>.*)</summary>"
_OPENING = re.compile(rf"[ ]{{0,3}}(?:{_TAG}[ \t]*+)+(?:{_SUMMARY})?[ \t]*+", re.IGNORECASE)
_TITLE = re.compile(rf"[ ]{{0,3}}{_SUMMARY}[ \t]*+", re.IGNORECASE)
_CLOSING = re.compile(rf"[ ]{{0,3}}(?:</(?:{_NAMES})\s*+>[ \t]*+)+", re.IGNORECASE)
_OPENS = re.compile(_TAG, re.IGNORECASE)
_SOME = re.compile(rf"^[ ]{{0,3}}{_TAG}", re.IGNORECASE | re.MULTILINE)
_FENCE = re.compile(r"[ ]{0,3}(`{3,}(?!.*`)|~{3,})")


def open_wrappers(text: str) -> str:
    """Remove the lines of tags that wrap markdown: those before an empty line, and their closing tags.

    A summary becomes a paragraph. HTML without such a line, and indented HTML after one, stays whole.
    So does all of a text in which these tags do not pair.
    """
    if not _SOME.search(text):
        return text
    lines = text.split("\n")
    fenced = _find_fenced(lines)
    opened: list[bool] = []  # of each element that is open, whether its tags are left out
    at = 0
    while at < len(lines):
        if at in fenced or not _OPENING.fullmatch(lines[at]):
            if at not in fenced and _CLOSING.fullmatch(lines[at]):
                count = lines[at].count("</")
                last = opened[-count:]
                del opened[-count:]
                if len(last) < count or len(set(last)) > 1:
                    return text
                lines[at] = "" if last[0] else lines[at]
            at += 1
            continue
        end = next((place for place in range(at, len(lines)) if not _is_opening(lines[place])), len(lines))
        wraps = _begins_markdown(lines, end)
        for place in range(at, end):
            opened += [wraps] * len(_OPENS.findall(lines[place]))
            lines[place] = _write_summary(lines[place]) if wraps else lines[place]
        at = end
    return text if opened else "\n".join(lines)


def _is_opening(line: str) -> bool:
    return bool(_OPENING.fullmatch(line) or _TITLE.fullmatch(line))


def _begins_markdown(lines: list[str], at: int) -> bool:
    """Whether there is an empty line, and after it something other than indented HTML."""
    after = next((lines[place] for place in range(at, len(lines)) if lines[place].strip()), "")
    return at < len(lines) and not lines[at].strip() and not after.startswith(("    <", "\t<"))


def _write_summary(line: str) -> str:
    match = _OPENING.fullmatch(line) or _TITLE.fullmatch(line)
    return f"\n{match['summary'].strip()}\n" if match and match["summary"] else ""


def _find_fenced(lines: list[str]) -> set[int]:
    """The places of the lines of fenced code."""
    fenced: set[int] = set()
    fence = ""
    for place, line in enumerate(lines):
        if fence:
            fenced.add(place)
            stripped = line.strip()
            if stripped.startswith(fence) and not stripped.strip(fence[0]):
                fence = ""
        elif match := _FENCE.match(line):
            fence = match[1]
            fenced.add(place)
    return fenced
