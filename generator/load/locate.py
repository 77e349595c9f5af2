"""Finds the lines that Problems mean. Called only when there are Problems."""

import functools
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec
import yaml

from generator.errors import KeyPath, Problem, sort_problems
from generator.load.frontmatter import OTHER_LINE_ENDS
from generator.names import make_printable

_MAX_FOUND = 120  # characters of a shown line


def locate_problems(problems: Iterable[Problem], root: Path) -> list[Problem]:
    """Give each Problem its line and that line's text, and sort them.

    Args:
        problems: With `key` or `needle` where they know no line.
        root: The folder that their files are relative to.
    """
    texts: dict[str, str] = {}
    located = []
    for problem in problems:
        if problem.file not in texts:
            texts[problem.file] = _read(root / problem.file)
        located.append(_locate(problem, texts[problem.file]))
    return sort_problems(list(dict.fromkeys(located)))


def _locate(problem: Problem, text: str) -> Problem:
    line = problem.line
    if line is None and problem.key:
        line = _line_in_toml(text, problem.key) if problem.file.endswith(".toml") else _line_in_yaml(text, problem.key)
    if line is None and problem.needle:
        line = _line_of(text, problem.needle)
    lines = text.split("\n")
    found = problem.found or (lines[line - 1].strip() if line is not None and line <= len(lines) else "")
    return msgspec.structs.replace(
        problem,
        file=make_printable(problem.file),
        message=make_printable(problem.message),
        expected=make_printable(problem.expected),
        hint="\n".join(map(make_printable, problem.hint.split("\n"))),
        line=line,
        found=_shorten(found),
    )


def _read(file: Path) -> str:
    """The text of a file; what YAML alone takes for an end of line is a space, as it is for `frontmatter`."""
    try:
        if not file.is_file():
            return ""
        return file.read_text(encoding="utf-8-sig", errors="replace").translate(OTHER_LINE_ENDS)
    except (OSError, ValueError):
        return ""


def _shorten(line: str) -> str:
    shown = make_printable(line)
    return shown if len(shown) <= _MAX_FOUND else shown[:_MAX_FOUND] + "…"


def _line_of(text: str, needle: str) -> int | None:
    """The line of a needle as a whole word, else of the first text that begins like it."""
    whole = re.search(re.escape(needle) + r"(?![\w-])", text)
    at = whole.start() if whole else text.find(needle)
    return text.count("\n", 0, at) + 1 if at >= 0 else None


def _line_in_yaml(text: str, key: KeyPath) -> int | None:
    node = _compose(text.split("\n---", 1)[0])
    line: int | None = None
    for part in key:
        if isinstance(node, yaml.MappingNode):
            pairs = [(k, v) for k, v in node.value if k.value == str(part)]
            if not pairs:
                break
            line, node = pairs[0][0].start_mark.line + 1, pairs[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
        else:
            break
    return line


@functools.lru_cache(maxsize=4)
def _compose(block: str) -> yaml.Node | None:
    """The nodes of a front matter; remembered, as a file with one problem often has many."""
    try:
        return yaml.compose(block, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None


def _line_in_toml(text: str, key: KeyPath) -> int | None:
    """The line of a key, or of the innermost table or value around it; `[[tables]]` are counted from 0."""
    table: tuple[str, ...] = ()
    counts: dict[tuple[str, ...], int] = {}
    line, depth = None, 0
    wanted = tuple(str(part) for part in key)
    for number, written in enumerate(text.split("\n"), 1):
        if header := _TOML_TABLE.match(written):
            table = _split_key(header[2])
            if header[1] == "[[":
                counts[table] = counts.get(table, -1) + 1
                table = (*table, str(counts[table]))
            found = table
        elif pair := _TOML_KEY.match(written):
            found = (*table, *_split_key(pair[1]))
        else:
            continue
        if len(found) > depth and found == wanted[: len(found)]:
            line, depth = number, len(found)
    return line


_TOML_TABLE = re.compile(r"\s*+(\[++)\s*+([^\]\s]++(?:\s++[^\]\s]++)*+)\s*+\]")
_TOML_KEY = re.compile(r"""\s*+((?:[\w.\-]++|"[^"]*+"|'[^']*+'|[ \t]++(?!=))++)\s*+=""")
_TOML_PART = re.compile(r"""(?<!\s)\s*+(?:"([^"]*+)"|'([^']*+)'|([^.\s]++(?:\s++[^.\s]++)*+))\s*+(?:\.|$)""")


def _split_key(written: str) -> tuple[str, ...]:
    return tuple(next((part for part in parts if part), "") for parts in _TOML_PART.findall(written))
