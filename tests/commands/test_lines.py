"""What people and programs are shown of texts that others wrote."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from generator.commands.terminal.lines import format_problem, print_json, show_line
from generator.commands.terminal.tables import print_table
from generator.errors import Problem
from generator.load.locate import locate_problem


def test_a_problem_says_nothing_to_terminals() -> None:
    problem = locate_problem(Problem(file="a\x1b[2J\n::error::b.md", code="wrong-value", message="it is '\x9b31m'"))
    shown = format_problem(problem)
    assert shown == "a\ufffd[2J\ufffd::error::b.md: error: it is '\ufffd31m' [wrong-value]"


def test_a_title_stays_in_its_line_and_column(capsys: pytest.CaptureFixture[str]) -> None:
    assert show_line("A\n::error::\u202eB\u2028 C") == "A ::error::B C"
    print_table(("title", "why"), [("A\n::error::B", "it is a draft")])
    assert capsys.readouterr().out == "title         why\nA ::error::B  it is a draft\n"


def test_names_that_are_no_text_are_json_all_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"folder": "a\udcff", "files": ("b",)})
    assert json.loads(capsys.readouterr().out) == {"folder": "a\udcff", "files": ["b"]}


@pytest.mark.parametrize("encoding", ["ascii", "utf-8:strict"])
def test_an_output_without_all_letters_gets_escapes(tmp_path: Path, encoding: str) -> None:
    words = [sys.executable, "-c", "from generator.cli import main; main()", "init", f"{tmp_path}/\u2603\udcff"]
    done = subprocess.run(words, capture_output=True, env={**os.environ, "PYTHONIOENCODING": encoding}, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"\\udcff" in done.stdout
