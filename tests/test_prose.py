"""What people read is in plain words: docs, help, messages and the English interface."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from conftest import ROOT
from generator.cli import newsprint

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]
MOST_WORDS = 35
"""The most words of a sentence in the docs."""

BANNED = re.compile(
    r"""
    (?<![Tt]here)\ (?:is|are|was|were)\ no\ (?!longer\b)     # "is not a font file", not "is no font"
  | \bthat\ was\ there\ stays\b
  | \bexclude\ each\ other\b
  | \bstands?\ in\ a\ circle\b
  | \bin\ a\ circle\b
  | \ba\ fault\ of\ newsprint\b
  | \bat\ fault\b
  | \btells?\ of\b
  | \b(?:is|are)\ told\b
  | \bTold\ are\b
  | \bpass(?:es|ed)?\ over\b
  | \bmend(?:s|ed)?\b
  | \btaken?\ out\b
  | \bin\ the\ place\ of\b
  | \bwaits?\ for\ its\ time\b
  | \bfor\ ever\b
  | \bis\ to\ be\ seen\b
    """,
    re.VERBOSE,
)

FENCE = re.compile(r"^(```+)([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)


def sentences(page: Path) -> Iterator[str]:
    """The sentences of a page, without code, tables and headings."""
    text = FENCE.sub("", page.read_text())
    for line in text.splitlines():
        if not line.startswith(("#", "|", "<!--")):
            plain = re.sub(r"^\s*(?:[-*]|\d+\.)\s+|\]\([^)]*\)", "", re.sub(r"`[^`]*`", "x", line))
            yield from re.split(r"(?<=[.:;?!])\s+", plain)


def strings_of(file: Path) -> Iterator[tuple[int, str]]:
    """The texts in a file of the program, without docstrings."""
    tree = ast.parse(file.read_text())
    notes = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in notes:
            yield node.lineno, node.value


def helps(group: click.Group) -> Iterator[str]:
    for name in group.commands:
        command = group.commands[name]
        command = command.load() if hasattr(command, "load") else command
        yield command.help or ""
        yield from (option.help or "" for option in command.params if isinstance(option, click.Option))
        if isinstance(command, click.Group):
            yield from helps(command)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_a_page_is_in_plain_words(page: Path) -> None:
    text = FENCE.sub("", page.read_text())
    assert [line for line in text.splitlines() if BANNED.search(line)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_sentence_of_a_page_is_long(page: Path) -> None:
    assert [said for said in sentences(page) if len(said.split()) > MOST_WORDS] == []


def test_help_and_messages_are_in_plain_words() -> None:
    files = [file for file in (ROOT / "generator").rglob("*.py") if "golden" not in file.parts]
    found = [
        f"{file.relative_to(ROOT)}:{line}: {text}"
        for file in files
        for line, text in strings_of(file)
        if BANNED.search(text)
    ]
    assert found == []
    assert [text for text in helps(newsprint) if BANNED.search(text)] == []


@pytest.mark.parametrize("table", sorted((ROOT / "themes").glob("*/strings/en.toml")), ids=lambda file: file.parts[-3])
def test_the_english_interface_is_in_plain_words(table: Path) -> None:
    assert [key for key, text in tomllib.loads(table.read_text()).items() if BANNED.search(str(text))] == []
