"""Which words a headline has for itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.headlines import mark_own_words


def marked(*headlines: str) -> list[str]:
    """Headlines with their own words in brackets."""
    return [
        "".join(f"[{piece.text}]" if piece.is_own else piece.text for piece in pieces)
        for pieces in mark_own_words(headlines)
    ]


@pytest.mark.parametrize(
    ("headlines", "expected"),
    [
        (
            ("Meta softens staff tracking", "Meta backs down on tracking"),
            ["Meta [softens staff] tracking", "Meta [backs down] on tracking"],
        ),
        (("A chip, a chip!", "The CHIP"), ["A chip, a chip!", "[The] CHIP"]),
        (("RISC-V's 30% gain", "The gain"), ["[RISC-V's] 30% gain", "[The] gain"]),
        (("Over 1,500 sign", "They sign"), ["[Over] 1,[500] sign", "[They] sign"]),
        (("Straße frei", "STRASSE frei"), ["Straße frei", "STRASSE frei"]),
        (("", "Alone"), ["", "[Alone]"]),
        ((), []),
    ],
)
def test_words_that_no_other_headline_has_are_marked(headlines: tuple[str, ...], expected: list[str]) -> None:
    assert marked(*headlines) == expected


@given(st.lists(st.text(max_size=40), max_size=5))
def test_a_headline_stays_word_for_word(headlines: list[str]) -> None:
    assert ["".join(piece.text for piece in pieces) for pieces in mark_own_words(headlines)] == headlines
