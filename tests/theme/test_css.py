"""Style sheets lose what means nothing, and nothing else."""

import pytest

from conftest import ROOT
from generator.theme.css import compact_css

SHEETS = sorted((ROOT / "themes").glob("*/assets/*.css"))


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("a {\n  color: red;\n  margin: 0;\n}\n", "a{color: red;margin: 0;}"),
        ("a, b > c { x: y }", "a,b > c{x: y}"),
        ("a :hover {}\na:hover {}", "a :hover{}a:hover{}"),
        ("a { width: calc(1px  +  2px) }", "a{width: calc(1px + 2px)}"),
        ("/* why */ a { } /* { */", "a{}"),
        ("/*! Licence */\na { }", "/*! Licence */ a{}"),
        ("a/* x */b { }", "a/**/b{}"),
        ("a/* x */ b { }", "a b{}"),
        ('a { content: " ; { /* x */ " }', 'a{content: " ; { /* x */ "}'),
        ("a { content: ' \\' ; ' }", "a{content: ' \\' ; '}"),
        ("a { src: url(x;y, z) }", "a{src: url(x;y, z)}"),
        (
            "@media (width >= 1px) and (height > 2px) { a { b: c } }",
            "@media (width >= 1px) and (height > 2px){a{b: c}}",
        ),
    ],
)
def test_a_sheet_loses_comments_and_needless_space(sheet: str, expected: str) -> None:
    assert compact_css(sheet.encode()).decode() == expected


@pytest.mark.parametrize("sheet", ["a { /* no end", 'a { content: "no end\n } b { x: y; }', "\xff { }", ""])
def test_what_cannot_be_parsed_is_no_fault(sheet: str) -> None:
    text = compact_css(sheet.encode("latin-1")).decode("latin-1")
    assert "".join(text.split()) == "".join(sheet.split())


@pytest.mark.parametrize("file", SHEETS, ids=lambda file: file.relative_to(ROOT).as_posix())
def test_what_is_compact_stays_as_it_is(file: object) -> None:
    once = compact_css(file.read_bytes())  # type: ignore[attr-defined]
    assert compact_css(once) == once
    assert b"\n" not in once
