"""Options of a chain: what they take, and what a theme above may change."""

from typing import Any

import pytest

from generator.theme.chain import Layer, ThemeFile
from generator.theme.options import Option, settle_options


def layer(name: str, **options: Any) -> Layer:
    return Layer(name, f"themes/{name}", ThemeFile(title=name, options=options), {}, {})


def declared(kind: str, default: Any, **fields: Any) -> dict[str, Any]:
    return {"type": kind, "default": default, "description": "x", **fields}


def settle(*layers: Layer, **chosen: Any) -> dict[str, Option]:
    options, problems = settle_options(layers, chosen)
    assert problems == []
    return options


def refused(*layers: Layer, **chosen: Any) -> list[tuple[str, str, str]]:
    return [(one.file, one.code, one.message) for one in settle_options(layers, chosen)[1]]


TYPES: dict[str, tuple[dict[str, Any], list[Any], list[Any]]] = {
    "switch": (declared("switch", default=True), [True, False], [1, "true", None]),
    "whole": (declared("whole", 3, least=2, most=4), [2, 4], [1, 5, 3.0, True, "3"]),
    "whole without a range": (declared("whole", 3), [-(2**53), 2**53], [2**53 + 1]),
    "number": (declared("number", 1, least=0.5), [0.5, 7, 1e9], [0.4, float("nan"), float("inf"), False, "1"]),
    "text": (declared("text", ""), ["", "x"], [1, True, ["x"]]),
    "choice": (declared("choice", "a", choices=["a", "b"]), ["a", "b"], ["c", "", 1, ["a"]]),
    "list": (declared("list", ["a"], choices=["a", "b"]), [[], ["b", "a"]], [["c"], ["a", "a"], "a", [1], [["a"]]]),
    "colour": (declared("colour", "#fff"), ["#000", "#0057B8"], ["blue", 0, "#ffff"]),
    "font": (declared("font", "serif"), ["Georgia, serif"], ["a; b", 1]),
    "asset": (declared("asset", ""), ["logo.svg", ""], [1, True]),
}


@pytest.mark.parametrize("name", TYPES)
def test_an_option_takes_the_values_of_its_type_and_no_others(name: str) -> None:
    table, good, bad = TYPES[name]
    for value in good:
        assert settle(layer("mine", it=table), it=value)["it"].value == value
        assert settle(layer("mine", it=value), layer("low", it=table))["it"].default == value
        assert settle(layer("mine", it={**table, "default": value}))["it"].default == value
    for value in bad:
        assert [code for _, code, _ in refused(layer("mine", it=table), it=value)] == ["wrong-value"], value
        assert [file for file, *_ in refused(layer("mine", it=value), layer("low", it=table))] == [
            "themes/mine/theme.toml"
        ]
        assert refused(layer("mine", it={**table, "default": value})), value


def test_a_value_is_the_sites_else_the_topmost_themes() -> None:
    low, top = layer("low", a=declared("whole", 1), b=declared("whole", 1)), layer("top", a=2)
    options = settle(top, low, b=3)
    found = {name: (one.default, one.value, one.is_chosen, one.theme) for name, one in options.items()}
    assert found == {"a": (2, 2, False, "low"), "b": (1, 3, True, "low")}


def test_a_theme_may_declare_an_option_anew_with_other_choices_but_no_other_type() -> None:
    low = layer("low", it=declared("choice", "a", choices=["a"]))
    wider = layer("top", it=declared("choice", "b", choices=["a", "b"]))
    assert settle(wider, low)["it"].declaration.choices == ("a", "b")
    other = layer("top", it=declared("text", "b"))
    assert refused(other, low) == [("themes/top/theme.toml", "wrong-value", "'it' is of type 'text'")]


def test_a_theme_cannot_change_what_none_below_declares() -> None:
    assert refused(layer("top", it=1), layer("low")) == [
        ("themes/top/theme.toml", "unknown-key", "no theme option 'it'")
    ]


@pytest.mark.parametrize("name", ["Columns", "a-b", "1a", "items", "get", ""])
def test_a_name_that_templates_could_not_write_is_refused(name: str) -> None:
    assert [code for _, code, _ in refused(layer("mine", **{name: declared("switch", default=True)}))] == [
        "unusable-name"
    ]
