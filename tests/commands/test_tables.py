"""Tables on terminals: they fit, and nothing of them is lost."""

import subprocess
import sys
from collections import Counter

import pytest
from rich.cells import cell_len
from terminals import run_on_terminal

from generator.commands.terminal.tables import print_table
from sitebench import SiteBench, article

NOW = ("--now", "2026-06-10T12:00:00Z")
TITLES = {
    "long": "A title that goes on and on, for longer than any terminal of eighty columns has room for",
    "wide": "新しいチップが発表されました、そしてそれはとても速いと言われています、本当に",
    "unbroken": "x" * 150,
}
CAMPAIGN = "---\nsponsor: Anvil, Limited by Guarantee\nhomepage: https://anvil.example/\nheadline: 鍛冶屋\n---\nNow.\n"
COMMANDS = (
    ("list", "unverified", "--site"),
    ("list", "all", "--site"),
    ("sponsors", "--site"),
    ("stats", "--site"),
    ("explain", "/", "--site"),
)


@pytest.fixture
def wordy(bench: SiteBench) -> SiteBench:
    for name, title in TITLES.items():
        bench.write(f"content/articles/2026/05/{name}-name-of-a-file.md", article(title, 9))
    return bench.write("content/sponsors/anvil.md", CAMPAIGN)


def glue(text: str) -> str:
    """A text without the spaces and line ends that folding moves."""
    return "".join(text.split())


@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words[:2]))
def test_no_line_of_a_command_is_wider_than_the_terminal(wordy: SiteBench, words: tuple[str, ...]) -> None:
    said = run_on_terminal(*words, wordy.root, *NOW, columns=40)
    assert said
    assert [line for line in said.splitlines() if cell_len(line) > 40] == []


HEADER = ("file", "title", "words")
ROWS = [(f"content/articles/{name}.md", title, f"{10**place:,}") for place, (name, title) in enumerate(TITLES.items())]


@pytest.mark.parametrize("columns", range(30, 221, 5))
def test_a_table_fits_and_nothing_of_it_is_lost(
    columns: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    print_table(HEADER, ROWS, right={2})
    said = capsys.readouterr().out
    assert [line for line in said.splitlines() if cell_len(line) > columns] == []
    for row in ROWS:
        for cell in row:
            assert sorted(glue(cell)) == sorted(taken(said, cell)), cell


def taken(said: str, cell: str) -> str:
    """As many of the letters of a cell as are printed."""
    there = Counter(glue(said))
    return "".join(letter * min(number, there[letter]) for letter, number in Counter(glue(cell)).items())


def test_a_pipe_gets_each_row_in_one_line(wordy: SiteBench) -> None:
    command = [sys.executable, "-m", "generator", "list", "unverified", "--site", str(wordy.root), *NOW]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert len(lines) == 1 + 5 + len(TITLES)
    for title in TITLES.values():
        assert any(title in line for line in lines)
    assert len({cell_len(line[: line.index("it is not verified")]) for line in lines[1:]}) == 1
