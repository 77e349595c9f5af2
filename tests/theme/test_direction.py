"""Style sheets know no left and right, so that pages from right to left are mirrored by themselves."""

import re
from pathlib import Path

import pytest

from conftest import ROOT

SHEETS = sorted((ROOT / "themes").rglob("*.css"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)[\w-]*\s*:|(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right))"
)
FOUR_SIDES = re.compile(r"(?<![\w-])(?:margin|padding|inset|border-width):((?:\s+(?:calc\([^;]*?\)|[^\s;()]+)){4})\s*;")
CHOSEN = re.compile(r"\.(left|right) \{ text-align: \1; \}")  # by the writer of a markdown table


def physical(css: str) -> list[str]:
    plain = CHOSEN.sub("", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    sides = [match[1].split() for match in FOUR_SIDES.finditer(plain) if "calc" not in match[1]]
    return [*PHYSICAL.findall(plain), *(" ".join(four) for four in sides if four[1] != four[3])]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.relative_to(ROOT / "themes").as_posix())
def test_a_style_sheet_knows_no_left_and_right(sheet: Path) -> None:
    assert physical(sheet.read_text()) == []


@pytest.mark.parametrize(
    "rule",
    [
        "margin-left: 1rem;",
        "border-right: 0;",
        "a { left: 0; }",
        "text-align: right;",
        "padding: 0 1rem 0 0;",
        "inset: 1rem 0 auto auto;",
        "float: left;",
    ],
)
def test_left_and_right_are_found(rule: str) -> None:
    assert physical(rule)


@pytest.mark.parametrize(
    "rule", ["margin-inline-start: 0;", "padding: 1px 2px 3px 2px;", ".left { text-align: left; }"]
)
def test_what_mirrors_itself_is_let_pass(rule: str) -> None:
    assert physical(rule) == []
