"""Texts that ` #` cuts short are told with what was left out; comments that are nothing else are not."""

import pytest

from generator.load.cuts import find_cuts
from generator.load.frontmatter import read_front_matter
from generator.names import Kind
from generator.records import KINDS


def cuts_of(matter: str, kind: Kind = "article") -> list[tuple[int | None, str, str]]:
    """Line, message and the part of the hint that can be pasted."""
    block = read_front_matter(f"---\n{matter}\n---\n".encode(), file="a.md").block
    problems = list(find_cuts(block, KINDS[kind], file="a.md"))
    assert {problem.severity for problem in problems} <= {"warning"}
    return [(one.line, one.message, one.hint.removeprefix("quote the text: ").split(";")[0]) for one in problems]


def told(key: str, rest: str, *, does: str = "ends") -> str:
    return f"'{key}' {does} where ' #' begins a comment: '{rest}' is left out"


@pytest.mark.parametrize(
    ("matter", "line", "message", "hint"),
    [
        ("title: Week # 12", 2, told("title", "# 12"), 'title: "Week # 12"'),
        ("title: Week #12", 2, told("title", "#12"), 'title: "Week #12"'),
        ("title: Week\t# 12", 2, told("title", "# 12"), 'title: "Week # 12"'),
        ("title: Week # 12 # 13", 2, told("title", "# 12 # 13"), 'title: "Week # 12 # 13"'),
        ("title: Wéék 字 # 12", 2, told("title", "# 12"), 'title: "Wéék 字 # 12"'),
        ('title: Say "hi" # 12', 2, told("title", "# 12"), "title: 'Say \"hi\" # 12'"),
        ("topic: a\nsummary: The # 1 of chips", 3, told("summary", "# 1 of chips"), 'summary: "The # 1 of chips"'),
        ("summary: #1 in chips", 2, told("summary", "#1 in chips", does="is empty"), 'summary: "#1 in chips"'),
        ("summary: One\n  two # three", 3, told("summary", "# three"), 'summary: "One two # three"'),
        ("tags:\n  - chips\n  - C # sharp", 4, told("tags", "# sharp"), '"C # sharp"'),
        ("image:\n  src: a.png\n  alt: The # key", 4, told("alt", "# key"), 'alt: "The # key"'),
        ("teaser: Some *text* # here", 2, told("teaser", "# here"), 'teaser: "Some *text* # here"'),
        ("author: Ada # 2", 2, told("author", "# 2"), 'author: "Ada # 2"'),
        ("authors:\n  - Ada # 2\n  - Bo", 3, told("authors", "# 2"), '"Ada # 2"'),
        ("brief:\n  takeaways:\n    - We are # 1", 4, told("takeaways", "# 1"), '"We are # 1"'),
    ],
)
def test_a_text_cut_at_a_comment_is_told(matter: str, line: int, message: str, hint: str) -> None:
    assert cuts_of(matter) == [(line, message, hint)]


def test_every_text_of_a_record_is_told() -> None:
    assert [line for line, *_ in cuts_of("title: A # 1\nsummary: B # 2\ndraft: true # 3\nauthor: C # 4")] == [2, 3, 5]


@pytest.mark.parametrize(
    ("kind", "matter", "key"),
    [
        ("topic", "title: C # and F #", "title"),
        ("source", "owner: Wire # 2", "owner"),
        ("sponsor", "headline: We are # 1", "headline"),
        ("story", "differences:\n  - aspect: Who\n    views:\n      wire: The # 1", "wire"),
        ("page", "title: Page # 3", "title"),
    ],
)
def test_texts_of_every_kind_are_looked_at(kind: Kind, matter: str, key: str) -> None:
    assert [message.split("'")[1] for _, message, _ in cuts_of(matter, kind)] == [key]


@pytest.mark.parametrize(
    "matter",
    [
        "# a whole line\ntitle: A",
        "title: A\n  # an indented line\ntopic: b",
        'title: "Week # 12"',
        "title: 'Week # 12'",
        'title: "Week" # the twelfth',
        "title: C# and F#",
        "title: Week#12",
        "draft: true # not yet",
        "draft: true#",
        "published: 2026-06-03 # a Wednesday",
        "topic: chips # or space",
        "badge: breaking  # or live",
        "pinned: no # later",
        "tags: [a, b] # two",
        "tags: # of the trade\n  - a",
        "summary: # to be written\ntopic: b",
        "summary: |\n  The # 1\n  # 2",
        "summary: >-\n  The # 1",
        "source_url: https://wire.example/#part # the part",
        "image: # of the chip\n  src: a.png",
    ],
)
def test_a_comment_that_is_one_is_not_told(matter: str) -> None:
    assert cuts_of(matter) == []


def test_a_long_line_takes_no_long_search() -> None:
    assert cuts_of("title: " + "a" * 15_000 + " b#" + "\t" * 4_000 + "x") == []
