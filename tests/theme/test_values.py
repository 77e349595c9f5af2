"""The closed grammars of what may stand in a style sheet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.theme.values import is_colour, is_font, is_length, is_number


@pytest.mark.parametrize("value", ["#fff", "#B80000", "#0057b8"])
def test_colours(value: str) -> None:
    assert is_colour(value)


@pytest.mark.parametrize("value", ["fff", "#ffff", "#b8000080", "red", "#ggg", "#fff;", "#fff\n", "", 0, None])
def test_what_is_no_colour(value: object) -> None:
    assert not is_colour(value)


@pytest.mark.parametrize(
    "value",
    [
        "serif",
        "Georgia, serif",
        "Georgia,serif",
        "-apple-system, 'Segoe UI', sans-serif",
        '"Iowan Old Style", Charter, Times New Roman',
        '"Source Han Sans 源ノ角ゴシック", sans-serif',
    ],
)
def test_fonts(value: str) -> None:
    assert is_font(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", " ", ",", "serif,", "Georgia;", "a}b", "a{", "url(x)", "var(--x)", "a, /* b */ c", '"a', "'a\"", '"a\\"'),
        *('"a\n"', "inherit", "Georgia, initial", "1st", '"</style>"', 5, "a" * 400),
    ],
)
def test_what_is_no_font(value: object) -> None:
    assert not is_font(value)


@pytest.mark.parametrize(
    "value",
    [
        *("0", "1rem", "-1.5em", ".5ch", "100%", "3PX"),
        *("clamp(1rem, 4vw, 2rem)", "min(100% - 2 * 1rem, 78rem)", "max(1rem,2px)", "calc(1rem + min(2px, 1vw) / 2)"),
    ],
)
def test_lengths(value: str) -> None:
    assert is_length(value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "1", "rem", "1 rem", "1rem 2rem", "1rem;", "1rem)", "calc(1rem", "calc()", "clamp(1rem, 2rem)", "\0"),
        *("calc(1rem, 2rem)", "attr(x)", "url(x)", "calc(url(x))", "var(--x)", "calc(1rem +)", 5, "min(" * 200),
    ],
)
def test_what_is_no_length(value: object) -> None:
    assert not is_length(value)


@pytest.mark.parametrize("value", [True, "1", None, float("nan"), float("inf"), 10**30, []])
def test_what_is_no_number(value: object) -> None:
    assert not is_number(value)


@given(st.text(alphabet="ab1#\"' ,;{}()/*\\\n-.%rem", max_size=30))
def test_nothing_that_is_taken_can_end_a_declaration(text: str) -> None:
    if is_colour(text) or is_font(text) or is_length(text):
        assert not set(text) & set(";{}\\\n")
        assert text.count("(") == text.count(")")
        assert "/*" not in text
