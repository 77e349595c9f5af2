"""The parts of reports: problems, JSON documents, counts and places."""

import os
import re
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from generator.errors import LocatedProblem
from generator.names import hide_password

_TURNS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""Characters that change the direction of text, with which a title could disguise itself."""

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""Control characters, which terminals obey; foreign file names may have them."""

_STYLES = {"error": "bold red", "warning": "bold yellow"}


def format_problem(problem: LocatedProblem) -> str:
    """A problem as lines: place, message and code; below, indented, the found line, what was expected, and a hint."""
    place = f"{problem.file}:{problem.line}" if problem.line else problem.file
    lines = [f"{place}: {problem.severity}: {problem.message} [{problem.code}]"]
    if problem.found:
        lines.append(f"    {problem.found}")
    if problem.expected:
        lines.append(f"    expected: {problem.expected}")
    if problem.hint:
        lines += f"    hint: {problem.hint}".replace("\n", "\n          ").split("\n")
    return "\n".join(lines)


def print_problems(problems: Sequence[LocatedProblem]) -> None:
    """Print Problems on standard error; in colour on a terminal."""
    if not problems:
        return
    if not sys.stderr.isatty() or "NO_COLOR" in os.environ:
        for problem in problems:
            print(format_problem(problem), file=sys.stderr)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True, soft_wrap=True)
    for problem in problems:
        text = Text(format_problem(problem))
        text.highlight_words([f" {problem.severity}:"], style=_STYLES[problem.severity])
        console.print(text, highlight=False)


def print_json(document: object) -> None:
    """Print the JSON document of a command."""
    try:
        text = msgspec.json.encode(document).decode()
    except UnicodeEncodeError:  # a file name need not be UTF-8
        import json

        text = json.dumps(msgspec.to_builtins(document), separators=(",", ":"))
    print(text)


def print_text(text: str) -> None:
    """Print a text as it is."""
    print(text, end="")


def show_line(text: str) -> str:
    """A text of a record as one line, without control characters and changes of direction."""
    return " ".join(_CONTROL.sub(" ", _TURNS.sub("", text)).split())


def count(number: int, noun: str) -> str:
    """`1 page`, `2,000 pages`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def count_up(problems: Sequence[LocatedProblem]) -> str:
    """`1 error, 2 warnings`; nothing if there are none."""
    errors = sum(problem.is_error for problem in problems)
    numbers = ((errors, "error"), (len(problems) - errors, "warning"))
    return ", ".join(count(number, noun) for number, noun in numbers if number)


def name_place(output: Path | str) -> str:
    """The whole path of an output folder, or the URL of a store without its password."""
    return str(output.resolve()) if isinstance(output, Path) else hide_password(output)


def show_place(output: Path | str) -> str:
    """The place of a site, if possible relative to the current folder."""
    if isinstance(output, str):
        return hide_password(output)
    try:
        return f"{output.resolve().relative_to(Path.cwd())}/"
    except ValueError:
        return f"{output.resolve()}/"


def show_time(moment: datetime | None) -> str:
    """`2026-06-03T09:30:00Z`; a dash for None."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if moment else "–"
