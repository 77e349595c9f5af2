"""Style sheets are published without comments and needless space, and mean what they meant."""

from pathlib import Path

import pytest

from generator.reach import Reach
from generator.theme.chain import read_chain


def publish(root: Path, sheet: bytes) -> bytes:
    """What the theme `mine` makes of a style sheet."""
    folder = root / "themes/mine"
    (folder / "assets").mkdir(parents=True)
    (folder / "theme.toml").write_text('title = "Mine"\nextends = "base"\n')
    (folder / "assets/look.css").write_bytes(sheet)
    return read_chain(Reach(root), "mine")[0].assets["look.css"]


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("/* why */ a {\n  color: red;\n  margin: 0 auto;\n}\n", "a{color:red;margin:0 auto}"),
        ("/*! Licence */\na { }", "/*! Licence */a{}"),
        ("a :hover { b: c }", "a :hover{b:c}"),
        ("a { width: calc(1px  +  2px) }", "a{width:calc(1px + 2px)}"),
        ('a { content: " ; { /* x */ " }', 'a{content:" ; { /* x */ "}'),
        ("@media print { .a :is(b, c) > d { e: f } }", "@media print{.a *:is(b,c)>d{e:f}}"),
        ("@container (width < 60rem) { a { b: c } }", "@container (width < 60rem){a{b:c}}"),
    ],
)
def test_a_sheet_loses_what_means_nothing(tmp_path: Path, sheet: str, expected: str) -> None:
    assert publish(tmp_path, sheet.encode()).decode() == expected


@pytest.mark.parametrize("sheet", [b"a { /* no end", b'a { content: "no end\n } b { x: y }', b"\xff { }", b""])
def test_what_cannot_be_parsed_is_no_fault(tmp_path: Path, sheet: bytes) -> None:
    assert b"".join(publish(tmp_path, sheet).split()) == b"".join(sheet.split())
