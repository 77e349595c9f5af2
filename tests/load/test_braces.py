"""A mapping in braces that a text breaks gets a hint that shows how to write it, and that reads as it was meant."""

import pytest
import yaml

from generator.load.braces import explain_braces
from generator.load.frontmatter import read_front_matter
from generator.names import Kind
from generator.records import KINDS
from generator.shape import check_shape

SAID = "between { and }, a comma ends a value: quote the text, or put each key on its own line:\n"


def hints_of(matter: str, kind: Kind = "article") -> list[str]:
    """The hints of all Problems with front matter, but for keys that are missing."""
    front = read_front_matter(f"---\n{matter}\n---\n".encode(), file="a.md")
    if front.problems:
        return [problem.hint for problem in front.problems]
    found = explain_braces(check_shape(front.matter, KINDS[kind], file="a.md"), front.block)
    return [problem.hint for problem in found if problem.code != "missing-key" and problem.key[-1] != "at"]


@pytest.mark.parametrize(
    ("matter", "meant"),
    [
        ("image: {src: a.png, alt: red, white}", {"image": {"src": "a.png", "alt": "red, white"}}),
        ("image: { src: a.png, alt: red, white }", {"image": {"src": "a.png", "alt": "red, white"}}),
        ("image: {alt: red, white, src: a.png}", {"image": {"alt": "red, white", "src": "a.png"}}),
        ("image: {src: a.png, alt: a, b, c}", {"image": {"src": "a.png", "alt": "a, b, c"}}),
        ("image: {src: a.png, alt: Red, White and: blue}", {"image": {"src": "a.png", "alt": "Red, White and: blue"}}),
        ("image:\n  {src: a.png,\n   alt: red, white}", {"image": {"src": "a.png", "alt": "red, white"}}),
        ("image: {src: a.png, alt: It is: red}", {"image": {"src": "a.png", "alt": "It is: red"}}),
        ("image: {src: a.png, alt: red [sic] white}", {"image": {"src": "a.png", "alt": "red [sic] white"}}),
        ("image: {src: a.png, alt: The # 1 pick}\ntopic: b", {"image": {"src": "a.png", "alt": "The # 1 pick"}}),
        ('image: {src: a.png, alt: "red" one}', {"image": {"src": "a.png", "alt": '"red" one'}}),
        ("image: {src: a.png, alt: red", {"image": {"src": "a.png", "alt": "red"}}),
        ("entities:\n  - {entity: a, role: b, c}", {"entities": [{"entity": "a", "role": "b, c"}]}),
        ("entities: [{entity: a, role: b, c}]", {"entities": [{"entity": "a", "role": "b, c"}]}),
        (
            "entities: [{entity: a, role: b, c}, {entity: d, role: e}]",
            {"entities": [{"entity": "a", "role": "b, c"}, {"entity": "d", "role": "e"}]},
        ),
        ("authors: [{name: A, Jr}, {name: B, Jr}]", {"authors": [{"name": "A, Jr"}, {"name": "B, Jr"}]}),
        ("entities: [{entity: a, role: b: c}]", {"entities": [{"entity": "a", "role": "b: c"}]}),
        ("entities:\n  - {entity: a, role: b: c}", [{"entity": "a", "role": "b: c"}]),
    ],
)
def test_the_hint_shows_what_was_meant_in_lines_of_its_own(matter: str, meant: object) -> None:
    hints = set(hints_of(matter))
    assert len(hints) == 1
    (hint,) = hints
    assert hint.startswith(SAID)
    shown = hint.removeprefix(SAID)
    assert "{" not in shown
    assert yaml.safe_load(shown) == meant


def test_texts_by_source_are_shown_too() -> None:
    written = "differences:\n  - aspect: Who\n    views: {wire: The first, second, post: The third}"
    (hint,) = hints_of(f"title: A\ntopic: b\n{written}", "story")
    shown = hint.removeprefix(SAID)
    assert yaml.safe_load(shown) == {"views": {"wire": "The first, second", "post": "The third"}}


@pytest.mark.parametrize(
    ("matter", "hint"),
    [
        ("image: {src: a.png, alt: red, whte: x}", "the keys here are alt, credit, licence, src"),
        ("image: {src: a.png, alt: red, credt: x}", "did you mean 'credit'?"),
        ("image:\n  src: a.png\n  alt: red\n  white:", "the keys here are alt, credit, licence, src"),
        ("image: {src: a.png, alt: 5}", "quote it"),
    ],
)
def test_other_faults_keep_their_hints(matter: str, hint: str) -> None:
    assert hints_of(matter) == [hint]


def test_brackets_are_told_of_too() -> None:
    said = "between [ and ], a comma or a bracket ends a value: quote the text, or put each item on a line '- …'"
    assert hints_of("tags: [a, b] c, d]\ntopic: b") != []
    assert hints_of("tags: [a, 'b' c]\ntopic: b") == [said]


def test_a_text_that_goes_on_after_a_comment_is_explained() -> None:
    (hint,) = hints_of("summary: One # two\n  three\ntopic: b")
    assert hint == "' #' begins a comment, which ends the text above: quote the text"
