"""Plain texts: pyromark makes the same of them as Python-Markdown, so that it may convert them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.lanes import compare_lanes, read_texts
from conftest import ROOT
from generator.load.markdown import Compiler
from generator.load.plain import is_plain
from generator.load.python_markdown import PythonMarkdown

PLAIN_FIRST = Compiler("python-markdown")
PYTHON_MARKDOWN = Compiler("python-markdown")
PYTHON_MARKDOWN._engine = PythonMarkdown()

FRAGMENTS = """
    news the of A RISC-V snake_case 3.5 1986. (5) “said” größe 日本 it's "q" a=b C# x: — & > $5 50% what? Yes! e.g. …
    *one* **two** *two‿words* **Stop!** (*so*) `code` `a‿b_c` [a‿link](https://a.example/?b=1&c=2) ^ + {x} #tag
    https://a.example/b_c [x](topic:chips), [t](https://a.example/B_(c)) ![alt‿text](a.png)
"""
WORDS = st.lists(st.sampled_from([one.replace("‿", " ") for one in FRAGMENTS.split()]), min_size=1, max_size=8).map(
    " ".join
)
LINES = st.lists(WORDS, min_size=1, max_size=3)
CELLS = st.lists(st.lists(WORDS, min_size=3, max_size=3), min_size=2, max_size=4)


def rows(cells: list[list[str]]) -> str:
    first, *others = (f"| {' | '.join(row)} |" for row in cells)
    return "\n".join([first, "|---|:--|--:|", *others])


CODE = st.lists(
    st.sampled_from(["x = 1", "", "    return a < b & c", 'print("*a*")', "# note", "- a", "| b |"]), max_size=4
)
BLOCKS = st.one_of(
    LINES.map("\n".join),
    st.tuples(st.sampled_from(["#", "##", "####"]), WORDS).map(" ".join),
    st.tuples(st.sampled_from("-*+>"), LINES).map(lambda one: "\n".join(f"{one[0]} {line}" for line in one[1])),
    LINES.map(lambda lines: "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))),
    CELLS.map(rows),
    CODE.map(lambda lines: "\n".join(["```python", *lines, "```"])),
)
TEXTS = st.lists(BLOCKS, min_size=1, max_size=4).map("\n\n".join)
SIGNS = st.sampled_from([*"*_`[]()<>!#-+=|~^:.&\\\n\t 1\"'x{}", "\n\n", "  \n", "**", "```", "](", "\u2028", "\u00a0"])


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A text of plain blocks in which a few signs were inserted, replaced or left out."""
    text = draw(TEXTS)
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(SIGNS | st.just("")) + text[at + draw(st.integers(0, 2)) :]
    return text


def expect_same(text: str) -> None:
    assert PLAIN_FIRST.compile(text, file="a.md") == PYTHON_MARKDOWN.compile(text, file="a.md")


@given(damaged())
def test_any_text_becomes_what_python_markdown_makes_of_it(text: str) -> None:
    expect_same(text)


@pytest.mark.parametrize(
    "text",
    [
        "A line,\nand another.\n\n\nA paragraph.\n",
        "*Some* words, **all of them** (*here*), `code`, snake_case and R & D.",
        "[A link](https://a.example/B_(c)?d=1&e=2#f), [one](topic:chips) and ![a picture](b.png).",
        "# One\n\n###### Six\n\nText",
        "- one\n- *two*\n\nText\n\n1. one\n2. two\n\nText\n\n> said\n> so",
        "| a | b |\n|:--|---|\n| *c* | |\n| `d` | e |",
        "```python\nif a < b:\n\n    print('*a*', \"|\")\n```\n\nText",
        "“Größe”, 日本 und RISC-V: 50 % — so.",
    ],
)
def test_what_news_is_made_of_is_plain(text: str) -> None:
    assert is_plain(text)
    expect_same(text)


@pytest.mark.parametrize(
    "text",
    [
        *("- a\n\n- b", "> a\n\n> b", "- a\n\n1. b", "- a\n  b", "- a\n    - b", "+ a\n- b", "2. a\n3. b", "1) a"),
        *("Text\n- a", "Text\n1. a", "Text\n> a", "# A\nText", "#A", "# A #", "A  \nB", "A\n---", "1986. A"),
        *("word*in*word", "*a **b** c*", "_a_", "*a", "a*", "`` a ` b ``", '`a"b`', "\\*a*", "[a][b]", "[a](b 'c')"),
        *("[a]: https://a.example/", "[^1]", "<https://a.example/>", "&amp;", "a<b", "~~a~~", "- [ ] a", ": a"),
        *(
            "| a |\n|---|\n| b | c |",
            "```\na",
            "~~~\na\n~~~",
            "    a",
            "\u00a0a",
            "a\u00a0",
            "a\tb",
            "http://a.example/b*c*",
        ),
    ],
)
def test_what_libraries_may_differ_on_is_not_plain(text: str) -> None:
    assert not is_plain(text)
    assert not is_plain(f"News.\n\n{text}\n\nMore news.")
    expect_same(text)


def test_nearly_all_texts_of_the_demonstration_site_are_plain() -> None:
    lanes = compare_lanes(list(read_texts(ROOT / "content")))
    assert lanes.plain_characters > 0.9 * lanes.characters
    assert lanes.texts > 500
    assert lanes.differing == 0
