"""Runs of words that two texts share: as difflib finds them, in a time that grows with the lengths of the texts."""

from collections.abc import Callable
from difflib import SequenceMatcher
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.alignment import Window, longest_run, nearest_window

WORDS = st.lists(st.sampled_from(["a", "b", "c", "the", "of"]), max_size=60)


@given(WORDS, WORDS)
def test_the_longest_run_is_the_one_that_difflib_finds(first: list[str], second: list[str]) -> None:
    assert longest_run(first, second) == SequenceMatcher(None, first, second, autojunk=False).find_longest_match()


@given(WORDS, WORDS)
def test_the_nearest_window_is_the_first_of_those_most_like_the_quotation(wanted: list[str], words: list[str]) -> None:
    def likeness(start: int) -> float:
        return SequenceMatcher(None, wanted, words[start : start + len(wanted)], autojunk=False).ratio()

    if wanted:
        best = max(range(max(1, len(words) - len(wanted) + 1)), key=likeness)
        assert nearest_window(wanted, words) == Window(best, likeness(best))


class Word:
    """A word that counts how often a word is compared or looked up."""

    steps = 0

    def __init__(self, letters: str) -> None:
        self._letters = letters

    def __hash__(self) -> int:
        Word.steps += 1
        return hash(self._letters)

    def __eq__(self, other: object) -> bool:
        Word.steps += 1
        return isinstance(other, Word) and self._letters == other._letters


def steps(work: Callable[[list[Word], list[Word]], object], wanted: list[str], words: list[str]) -> int:
    Word.steps = 0
    work([Word(word) for word in wanted], [Word(word) for word in words])
    return Word.steps


RANDOM = Random(1)
TEXTS = {
    "of one word": ["a"] * 8000,
    "of two words in turn": ["a", "b"] * 4000,
    "of two words at random": RANDOM.choices("ab", k=8000),
    "of many words": RANDOM.choices([f"word{number}" for number in range(2000)], k=8000),
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("length", [20, 100, 1000])
@pytest.mark.parametrize("work", [nearest_window, longest_run])
def test_twice_the_text_takes_about_twice_the_steps(
    work: Callable[[list[Word], list[Word]], object], length: int, text: str
) -> None:
    wanted = [*TEXTS[text][100 : 100 + length - 5], "x", "b", "b", "y", "a"]
    half, whole = (steps(work, wanted, TEXTS[text][:size]) for size in (4000, 8000))
    assert whole < 2.5 * half


@pytest.mark.parametrize("text", TEXTS)
def test_a_quotation_of_1000_words_takes_fewer_than_50_steps_for_each_word_of_the_text(text: str) -> None:
    wanted = [*TEXTS[text][100:600], "x", *TEXTS[text][600:1100]]
    assert steps(nearest_window, wanted, TEXTS[text]) < 50 * len(TEXTS[text])
    assert steps(longest_run, TEXTS[text], wanted) < 50 * len(TEXTS[text])


@pytest.mark.parametrize("changed", [0.05, 0.2])
def test_a_long_quotation_is_found_where_its_words_are(changed: float) -> None:
    random = Random(2)
    text = TEXTS["of many words"]
    quote = ["x" if random.random() < changed else word for word in text[3000:4000]]
    window = nearest_window(quote, text)
    assert window.start == 3000
    assert window.likeness == pytest.approx(1 - changed, abs=0.05)
