"""Finds the lines of Problems. Called only if there are Problems."""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import yaml

from generator.errors import KeyPath, LocatedProblem, Problem
from generator.load.frontmatter import OTHER_LINE_ENDS
from generator.load.typography import as_typed
from generator.names import make_printable
from generator.reading import read_regular

_CLOSING = re.compile(r"^---[ \t]*$", re.MULTILINE)
_MAX_FOUND = 120  # characters of a shown line
_MOST_ALIKE = 100
_MAX_BYTES = 100_000_000  # of a file whose lines are looked for


def locate_problems(
    problems: Iterable[Problem], root: Path, *, located: Iterable[LocatedProblem] = ()
) -> list[LocatedProblem]:
    """Give each Problem its line and that line's text.

    Args:
        problems: With `key` or `needle` if they know no line.
        root: The folder that their files are relative to.
        located: Further ones, to be sorted in.

    Returns:
        No two alike, sorted by file, line, code, key and message. If a file has many with the same code, one
            LocatedProblem counts them.
    """
    texts: dict[str, str] = {}
    found = [*located]
    for problem in _count_alike(problems):
        if problem.file not in texts:
            texts[problem.file] = _read(root / problem.file)
        found.append(locate_problem(problem, texts[problem.file]))
    return sort_problems(dict.fromkeys(found))


def _count_alike(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first `_MOST_ALIKE` problems of a file with the same code, and one that counts the others."""
    counts: Counter[tuple[str, str]] = Counter()
    for problem in dict.fromkeys(problems):
        counts[problem.file, problem.code] += 1
        if counts[problem.file, problem.code] <= _MOST_ALIKE:
            yield problem
    for (file, code), count in counts.items():
        if count > _MOST_ALIKE:
            message = f"the file has {count:,} problems of this kind; the first {_MOST_ALIKE} are reported"
            yield Problem(file=file, code=code, message=message)


def sort_problems(problems: Iterable[LocatedProblem]) -> list[LocatedProblem]:
    """Total order of a report: file, line, code, key, message."""
    return sorted(problems, key=lambda p: (p.file, p.line or 0, p.code, [str(part) for part in p.key], p.message))


def locate_problem(problem: Problem, text: str = "") -> LocatedProblem:
    """Give a Problem its line in the text of its file; without a text it has the line that it has."""
    line = _line_of_problem(problem, text)
    lines = text.split("\n")
    written = lines[line - 1].strip() if line is not None and line <= len(lines) else ""
    shown = make_printable(problem.found or written)
    return LocatedProblem(
        file=make_printable(problem.file),
        code=problem.code,
        message=make_printable(problem.message),
        severity=problem.severity,
        key=problem.key,
        needle=problem.needle,
        expected=make_printable(problem.expected),
        hint="\n".join(map(make_printable, problem.hint.split("\n"))),
        line=line,
        found=shown if len(shown) <= _MAX_FOUND else f"{shown[:_MAX_FOUND]}…",
    )


def _line_of_problem(problem: Problem, text: str) -> int | None:
    if problem.line is not None:
        return problem.line
    if problem.file.endswith(".toml"):
        start = _line_in_toml(text, problem.key) if problem.key else None
        first = start - 1 if start else 0
        found = _line_of("\n".join(text.split("\n")[first:]), problem.needle) if problem.needle else None
        return first + found if found else start
    start, end = _lines_in_yaml(text, problem.key) if problem.key else (None, None)
    if start is None and problem.code == "missing-key":
        return 1 if text else None  # where the front matter begins
    if not problem.needle or not text:
        return start
    # A text of the front matter is searched from its key on, the body after the front matter.
    first = start - 1 if start else text.count("\n", 0, _end_of_matter(text))
    part = "\n".join(text.split("\n")[first:end])
    found = _line_of(part, problem.needle)
    return found + first if found else start or _line_of(text, problem.needle)


def _end_of_matter(text: str) -> int:
    closing = _CLOSING.search(text, 3) if text.startswith("---") else None
    return closing.start() if closing else len(text)


def _read(file: Path) -> str:
    """The text of a file; ends of lines that only YAML knows are spaces, as in `frontmatter`."""
    try:
        text = read_regular(file, max_bytes=_MAX_BYTES).decode("utf-8-sig", errors="replace")
        return text.replace("\r\n", "\n").replace("\r", "\n").translate(OTHER_LINE_ENDS)
    except (OSError, ValueError):
        return ""


def _line_of(text: str, needle: str) -> int | None:
    """The line of a needle as a whole word, else of the first text that begins like it, whatever its typography."""
    return _line_of_exact(text, needle) or _line_of_exact(as_typed(text), as_typed(needle))


def _line_of_exact(text: str, needle: str) -> int | None:
    whole = re.search(re.escape(needle) + r"(?![\w-])", text)
    at = whole.start() if whole else text.find(needle)
    return text.count("\n", 0, at) + 1 if at >= 0 else None


def _lines_in_yaml(text: str, key: KeyPath) -> tuple[int | None, int | None]:
    """The line of a key, or of the innermost value around it, and the last line of its value."""
    node = _compose(text[: _end_of_matter(text)])
    start: int | None = None
    parts = list(key)
    while parts and node is not None:
        found = _inner(node, parts)
        if found is None:
            break
        start, node = found
    return start, node.end_mark.line + 1 if node is not None and start is not None else None


def _inner(node: yaml.Node, parts: list[str | int]) -> tuple[int, yaml.Node] | None:
    """The line and the value of the first part of a key path, which is taken from it."""
    if isinstance(node, yaml.MappingNode):
        written = reversed(node.value)
        pairs = {name.value: (name, value) for name, value in written if isinstance(name, yaml.ScalarNode)}
        for count in range(1, len(parts) + 1):  # ids are keys, too, and can have dots: then several parts are one
            if (name := ".".join(map(str, parts[:count]))) in pairs:
                del parts[:count]
                return pairs[name][0].start_mark.line + 1, pairs[name][1]
    elif isinstance(node, yaml.SequenceNode) and isinstance(parts[0], int) and parts[0] < len(node.value):
        inner = node.value[parts.pop(0)]
        return inner.start_mark.line + 1, inner
    return None


@functools.lru_cache(maxsize=4)
def _compose(block: str) -> yaml.Node | None:
    """The nodes of a front matter; cached, as a file with one problem often has many."""
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
