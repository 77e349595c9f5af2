"""Tokens of a chain, and the style sheet that is made of them."""

from typing import Any

import pytest

from generator.theme.chain import Layer, ThemeFile
from generator.theme.tokens import Shade, Token, settle_tokens, write_tokens

PAPER = {"light": "#fff", "dark": "#000", "description": "x"}
GAP = {"type": "length", "value": "1rem", "description": "x"}
BRIGHT = {"type": "number", "light": 1, "dark": 0.92, "description": "x"}


def layer(name: str, **tokens: Any) -> Layer:
    return Layer(name, f"themes/{name}", ThemeFile(title=name, tokens=tokens), {}, {})


def settle(*layers: Layer, **chosen: Any) -> dict[str, Token]:
    tokens, problems = settle_tokens(layers, chosen)
    assert problems == []
    return tokens


def css(*layers: Layer, **chosen: Any) -> str:
    return write_tokens(settle(*layers, **chosen).values()).decode()


def test_the_style_sheet_has_both_values_of_colours_and_the_dark_ones_that_differ_for_screens() -> None:
    assert css(layer("mine", paper=PAPER, gap=GAP, bright=BRIGHT)) == (
        ":root{color-scheme:light;--bright:1;--gap:1rem;--paper:light-dark(#fff,#000)}\n"
        "@media screen{:root{color-scheme:light dark}"
        ':root[data-scheme="light"]{color-scheme:light}:root[data-scheme="dark"]{color-scheme:dark}}\n'
        '@media screen and (prefers-color-scheme:dark){:root:not([data-scheme="light"]){--bright:0.92}}\n'
        '@media screen{:root[data-scheme="dark"]{--bright:0.92}}\n'
    )


def test_a_theme_of_one_scheme_leaves_the_scheme_to_its_own_style_sheet() -> None:
    assert css(layer("mine", gap=GAP)) == ":root{--gap:1rem}\n"


def test_the_order_of_declarations_changes_nothing() -> None:
    assert css(layer("mine", paper=PAPER, gap=GAP)) == css(layer("mine", gap=GAP, paper=PAPER))


@pytest.mark.parametrize(
    ("said", "light", "dark"),
    [
        ("#123456", "#123456", "#123456"),
        ({"light": "#123456"}, "#123456", "#000"),
        ({"dark": "#123456"}, "#fff", "#123456"),
        ({"light": "#123456", "dark": "#654321"}, "#123456", "#654321"),
    ],
)
def test_a_theme_above_and_the_site_give_other_values(said: Any, light: str, dark: str) -> None:
    for tokens in (
        settle(layer("top", paper=said), layer("low", paper=PAPER)),
        settle(layer("low", paper=PAPER), paper=said),
    ):
        assert (tokens["paper"].light.css, tokens["paper"].dark.css) == (light, dark)
        assert tokens["paper"].theme == "low"


def test_a_value_tells_where_it_was_said() -> None:
    token = settle(layer("low", paper=PAPER), paper={"dark": "#111"})["paper"]
    assert token.light == Shade("#fff", "themes/low/theme.toml", ("tokens", "paper", "light"), 0)
    assert token.dark == Shade("#111", "site.toml", ("theme", "tokens", "paper", "dark"), 1)


@pytest.mark.parametrize(
    "said", ["red", 5, True, ["#fff"], {"light": "red"}, {"value": "#fff"}, {"type": "colour"}, None]
)
def test_a_site_cannot_give_a_colour_anything_else(said: Any) -> None:
    problems = settle_tokens([layer("low", paper=PAPER)], {"paper": said})[1]
    assert {problem.file for problem in problems} == {"site.toml"}


@pytest.mark.parametrize("name", ["Paper", "a_b", "-a", "a--b", "1", "a;b", ""])
def test_a_name_that_no_custom_property_should_have_is_refused(name: str) -> None:
    assert [problem.code for problem in settle_tokens([layer("mine", **{name: PAPER})], {})[1]] == ["unusable-name"]
