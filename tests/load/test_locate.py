"""The lines that Problems mean."""

from pathlib import Path

import pytest

from generator.errors import KeyPath, Problem
from generator.load.locate import locate_problems

RECORD = """\
---
title: A
entities:
  - entity: acme
  - role: maker
    entity: bolt
brief:
  takeaways:
    - one
    - two
  outlook: |
    three
views: {wire: good, post: bad}
---
See [x](article:nope).
"""

CONFIG = """\
[site]
title = "A"
"url" = "b"

[theme.options]
show_standfirst = 1

[listings]  # how many
page_items = 0
"""


def place(tmp_path: Path, name: str, text: str, **where: object) -> tuple[int | None, str]:
    (tmp_path / name).write_text(text)
    problem = Problem(file=name, code="x", message="x", **where)  # type: ignore[arg-type]
    (located,) = locate_problems([problem], tmp_path)
    return located.line, located.found


@pytest.mark.parametrize(
    ("key", "line", "found"),
    [
        (("title",), 2, "title: A"),
        (("entities", 1, "entity"), 6, "entity: bolt"),
        (("entities", 1), 5, "- role: maker"),
        (("brief", "takeaways", 1), 10, "- two"),
        (("brief", "outlook"), 11, "outlook: |"),
        (("views", "post"), 13, "views: {wire: good, post: bad}"),
        (("brief", "background"), 7, "brief:"),
        (("entities", 7, "entity"), 3, "entities:"),
        (("title", "x"), 2, "title: A"),
    ],
)
def test_a_key_of_the_front_matter_is_found_or_the_nearest_above_it(
    tmp_path: Path, key: KeyPath, line: int, found: str
) -> None:
    assert place(tmp_path, "a.md", RECORD, key=key) == (line, found)


@pytest.mark.parametrize(
    ("key", "line", "found"),
    [
        (("site", "title"), 2, 'title = "A"'),
        (("site", "url"), 3, '"url" = "b"'),
        (("theme", "options", "show_standfirst"), 6, "show_standfirst = 1"),
        (("listings", "page_items"), 9, "page_items = 0"),
        (("site", "nope"), 1, "[site]"),
        (("listings",), 8, "[listings]  # how many"),
    ],
)
def test_a_key_of_a_toml_file_is_found_or_the_table_that_it_belongs_to(
    tmp_path: Path, key: KeyPath, line: int, found: str
) -> None:
    assert place(tmp_path, "site.toml", CONFIG, key=key) == (line, found)


TABLES = """\
[theme.tokens]
paper = "#fff"
accent = { light = "#f00",
  dark = "#000" }

[[contrast]]
text = "ink"
on = "paper"

[[contrast]]
text = "ink"
ratio = 3
"""


@pytest.mark.parametrize(
    ("key", "line"),
    [
        (("theme", "tokens", "accent", "light"), 3),
        (("theme", "tokens", "gone"), 1),
        (("contrast", 0, "on"), 8),
        (("contrast", 1, "text"), 11),
        (("contrast", 1, "on"), 10),
        (("contrast", 2, "on"), None),
    ],
)
def test_a_key_in_a_table_of_a_line_or_in_one_of_several_tables_is_found(
    tmp_path: Path, key: KeyPath, line: int | None
) -> None:
    assert place(tmp_path, "site.toml", TABLES, key=key)[0] == line


def test_a_text_is_found_anywhere_in_the_file(tmp_path: Path) -> None:
    assert place(tmp_path, "a.md", RECORD, needle="article:nope") == (15, "See [x](article:nope).")


@pytest.mark.parametrize("shown", ["“two” — it’s", "« two » – it’s", "„two“ -- it's", "two"])
def test_a_text_is_found_as_it_was_typed(tmp_path: Path, shown: str) -> None:
    text = '---\ntitle: a\n---\none\n\n"two" -- it\'s\n'
    assert place(tmp_path, "a.md", text, needle=shown) == (6, '"two" -- it\'s')


def test_what_is_nowhere_has_no_line(tmp_path: Path) -> None:
    assert place(tmp_path, "a.md", RECORD, needle="article:other") == (None, "")
    assert place(tmp_path, "a.md", RECORD, key=("nope",)) == (None, "")


def test_a_line_that_is_known_is_shown_but_not_looked_for(tmp_path: Path) -> None:
    assert place(tmp_path, "a.md", RECORD, line=8, key=("title",)) == (8, "takeaways:")
    assert place(tmp_path, "a.md", RECORD, line=99) == (99, "")


@pytest.mark.parametrize("text", ["---\na: [\n---\n", "no front matter", "", "---\n" + "[" * 1500])
def test_a_file_that_cannot_be_parsed_has_no_line(tmp_path: Path, text: str) -> None:
    assert place(tmp_path, "a.md", text, key=("a",)) == (None, "")


def test_a_file_that_is_gone_has_no_line(tmp_path: Path) -> None:
    problem = Problem(file="gone.md", code="x", message="x", key=("a",))
    (located,) = locate_problems([problem], tmp_path)
    assert (located.line, located.found, located.key) == (None, "", ("a",))


def test_a_long_line_is_cut_and_what_a_terminal_would_obey_is_not_shown(tmp_path: Path) -> None:
    assert place(tmp_path, "a.md", f"---\na: {'x' * 200}\n", key=("a",)) == (2, f"a: {'x' * 117}…")
    assert place(tmp_path, "b.md", "---\na: \x1b[31m\u202e!\n", line=2) == (2, "a: \ufffd[31m\ufffd!")


def test_problems_are_sorted_by_file_and_line_and_named_once(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(RECORD)
    problems = [
        Problem(file="b.md", code="x", message="3"),
        Problem(file="a.md", code="x", message="2", key=("views",)),
        Problem(file="a.md", code="x", message="1", key=("title",)),
        Problem(file="a.md", code="x", message="2", key=("views",)),
    ]
    assert [problem.message for problem in locate_problems(problems, tmp_path)] == ["1", "2", "3"]


def test_of_many_problems_of_one_kind_in_a_file_the_first_are_located_and_all_counted(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\n" + "".join(f"k{number}: 1\n" for number in range(150)) + "---\n")
    problems = [
        Problem(file="a.md", code="unknown-key", key=(f"k{number}",), message=f"unknown key 'k{number}'")
        for number in range(150)
    ]
    other = Problem(file="a.md", code="empty-body", message="no text")
    found = locate_problems([*problems, other, *problems], tmp_path)
    assert [one.line for one in found if one.line] == list(range(2, 102))
    assert [one.message for one in found if not one.line] == [
        "no text",
        "the file has 150 problems of this kind; the first 100 are reported",
    ]
