"""Which two of several sources differ, counted by hand."""

from generator.site import MOST_PAIRED, pairs_apart, pairs_of


def test_two_sources_differ_if_their_stances_do() -> None:
    assert pairs_apart(["told", None, "told", "disputed"]) == ((0, 1), (0, 3), (1, 2), (1, 3), (2, 3))
    assert pairs_apart([None, None]) == ()
    assert pairs_apart([]) == ()


def test_only_the_first_sources_are_paired() -> None:
    stances = [None] * MOST_PAIRED + ["told"]
    assert pairs_apart(stances) == ()
    assert len(pairs_of(len(stances))) == MOST_PAIRED * (MOST_PAIRED - 1) // 2
    assert pairs_of(3) == ((0, 1), (0, 2), (1, 2))
