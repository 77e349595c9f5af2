"""The contrast of tokens, by the formula of WCAG 2.2."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem
from generator.theme.chain import Layer, Pair, ThemeFile
from generator.theme.contrast import check_contrast, measure_contrast
from generator.theme.tokens import settle_tokens

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#fff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),  # the greys on either side of 4.5, as WCAG's own notes name them
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_known_ratios(one: str, other: str, ratio: float) -> None:
    assert measure_contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert measure_contrast(one, other) == measure_contrast(other, one)


def layer(name: str, *pairs: Pair, **tokens: Any) -> Layer:
    tables = {name: {**said, "description": "x"} for name, said in tokens.items()}
    return Layer(name, f"themes/{name}", ThemeFile(title=name, tokens=tables, contrast=pairs), {}, {})


LOW = layer(
    "low", Pair(text="ink", on="paper"), ink={"light": "#000", "dark": "#fff"}, paper={"light": "#fff", "dark": "#000"}
)


def check(*layers: Layer, **chosen: Any) -> list[Problem]:
    tokens, problems = settle_tokens(layers, chosen)
    assert problems == []
    return check_contrast(layers, tokens)


def test_what_can_be_read_is_no_problem() -> None:
    assert check(LOW) == []


def test_each_scheme_is_measured() -> None:
    (problem,) = check(LOW, ink={"dark": "#555555"})
    assert problem.message == "'ink' on 'paper' has a contrast of 2.81 in the dark scheme"
    assert (problem.file, problem.key) == ("site.toml", ("theme", "tokens", "ink", "dark"))
    assert check(LOW, ink={"light": "#555555"}) == []


def test_the_problem_stands_at_what_the_site_set_be_it_the_ground() -> None:
    (problem,) = check(LOW, paper={"light": "#444444"})
    assert problem.key == ("theme", "tokens", "paper", "light")


def test_a_theme_above_may_ask_another_ratio() -> None:
    assert check(layer("top", Pair(text="ink", on="paper", ratio=2)), LOW, ink={"dark": "#555555"}) == []
    assert len(check(layer("top", Pair(text="ink", on="paper", ratio=21)), LOW, ink={"dark": "#eeeeee"})) == 1


def test_a_pair_of_the_same_colours_in_both_schemes_is_told_once() -> None:
    assert len(check(LOW, ink="#777777", paper="#888888")) == 1


def test_one_shade_for_both_schemes_is_told_apart_where_none_does_for_both() -> None:
    strict = layer("top", Pair(text="ink", on="paper", ratio=7))
    (problem,) = check(strict, LOW, ink="#000000")
    assert problem.hint == (
        "the nearest shade of '#000000' that passes is '#959595': write "
        'ink = { light = "#000000", dark = "#959595" }'
    )
    (problem,) = check(LOW, ink="#000000")
    assert problem.hint == "the nearest shade of '#000000' that passes is '#757575'"


@given(ink=COLOURS, paper=COLOURS)
def test_the_shade_that_is_named_passes(ink: str, paper: str) -> None:
    for problem in check(LOW, ink={"light": ink}, paper={"light": paper}):
        shade = problem.hint.removesuffix("'").rpartition("'")[2]
        assert measure_contrast(shade, paper) >= 4.5
