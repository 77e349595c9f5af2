"""Runs of words that two texts share, in a time that grows with their lengths and not with their product."""

from collections import Counter, deque
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

ANCHOR_WORDS = 3
"""Words in a row that a longer passage must share with another to be compared with it."""

_MAX_SHORT = 32  # words; longer quotations are aligned by their anchors first
_MAX_MIDDLING = 128  # words; longer ones are not compared window by window
_MAX_COMPARED = 10_000  # words of the windows that a quotation is compared with
_MAX_SEARCHED = 100_000  # words of the ranges that are searched for shared runs


class SharedRun(NamedTuple):
    """Words that two sequences share: where they start in each, and how many they are."""

    first: int
    second: int
    size: int


class Window(NamedTuple):
    """A part of a text that is as long as a quotation, and how much it is like it, from 0 to 1."""

    start: int
    likeness: float


def longest_run(first: Sequence[str], second: Sequence[str]) -> SharedRun:
    """The longest run of words in both; of several the earliest in `first`, then in `second`.

    Source: Blumer and others 1985, "The smallest automaton recognizing the subwords of a text"; the result is that of
    `difflib.SequenceMatcher.find_longest_match`.
    """
    states = _Runs()
    for word in second:
        states.add(word)
    best, state, size = SharedRun(0, 0, 0), 0, 0
    for place, word in enumerate(first, 1):
        while state and word not in states.following[state]:
            state = states.shorter[state]
            size = states.sizes[state]
        if word in states.following[state]:
            state = states.following[state][word]
            size += 1
        if size > best.size:
            best = SharedRun(place - size, states.ends[state] - size, size)
    return best


class _Runs:
    """The suffix automaton of a sequence: each state stands for runs that end at the same places."""

    def __init__(self) -> None:
        self.following: list[dict[str, int]] = [{}]
        self.shorter = [-1]  # the state of the longest of the shorter runs that end at more places
        self.sizes = [0]  # words in the longest run of a state
        self.ends = [0]  # after which word it first ends
        self._last = 0

    def add(self, word: str) -> None:
        """Add the next word of the sequence."""
        size = self.sizes[self._last] + 1
        new = self._make({}, 0, size, size)
        state, self._last = self._last, new
        while state >= 0 and word not in self.following[state]:
            self.following[state][word] = new
            state = self.shorter[state]
        if state < 0:
            return
        known = self.following[state][word]
        if self.sizes[known] > self.sizes[state] + 1:
            longer = known
            known = self._make(
                self.following[longer].copy(), self.shorter[longer], self.sizes[state] + 1, self.ends[longer]
            )
            while state >= 0 and self.following[state].get(word) == longer:
                self.following[state][word] = known
                state = self.shorter[state]
            self.shorter[longer] = known
        self.shorter[new] = known

    def _make(self, following: dict[str, int], shorter: int, size: int, end: int) -> int:
        self.following.append(following)
        self.shorter.append(shorter)
        self.sizes.append(size)
        self.ends.append(end)
        return len(self.sizes) - 1


def nearest_window(wanted: Sequence[str], words: Sequence[str]) -> Window:
    """The first window of a text with the most words of a quotation in their order; its likeness is 0 without any.

    Quotations of usual lengths are compared with every window that can be the nearest, as `difflib` compares.
    Longer ones are aligned with the part of the text that shares most of their anchors.
    """
    if not wanted:
        return Window(0, 0.0)
    aligned = _align(wanted, words) if len(wanted) > _MAX_SHORT else Window(0, 0.0)
    return _compare(wanted, words, aligned.start) if len(wanted) <= _MAX_MIDDLING else aligned


def _align(wanted: Sequence[str], words: Sequence[str]) -> Window:
    """The window that shares most words with a quotation, around the one that shares most anchors with it."""
    anchors = {*zip(wanted, wanted[1:], wanted[2:], strict=False)}
    marks = bytearray(len(words))
    for start, anchor in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if anchor in anchors:
            marks[start : start + ANCHOR_WORDS] = b"\1" * ANCHOR_WORDS
    if not any(marks):
        return Window(0, 0.0)
    start, _ = _fullest(marks, len(wanted))
    begin = max(0, start - len(wanted))
    part = words[begin : start + 2 * len(wanted)]
    shared = bytearray(len(part))
    for run in _shared_runs(wanted, part):
        shared[run.second : run.second + run.size] = b"\1" * run.size
    start, count = _fullest(shared, len(wanted))
    return Window(begin + start, 2 * count / (len(wanted) + min(len(wanted), len(part))))


def _compare(wanted: Sequence[str], words: Sequence[str], first: int) -> Window:
    """Compare a quotation with a window, and then with those that share more of its words, in any order, than the best.

    Those with the most words are the first. At most `_MAX_COMPARED` words are compared.
    """
    from difflib import SequenceMatcher

    best = Window(0, 0.0)
    counts = list(_count_common(wanted, words))
    length = len(wanted) + min(len(wanted), len(words))
    starts = [first, *sorted(range(len(counts)), key=lambda start: -counts[start])]
    for start in starts[: _MAX_COMPARED // len(wanted)]:
        if (2 * counts[start] / length, -start) > (best.likeness, -best.start):
            window = words[start : start + len(wanted)]
            likeness = SequenceMatcher(None, wanted, window, autojunk=False).ratio()
            best = max(best, Window(start, likeness), key=lambda window: (window.likeness, -window.start))
    return best


def _count_common(wanted: Sequence[str], words: Sequence[str]) -> Iterator[int]:
    """How many words each window shares with a quotation, in any order."""
    spare = Counter(wanted)
    common = 0
    for place, word in enumerate(words):
        if word in spare:
            common += spare[word] > 0
            spare[word] -= 1
        if place >= len(wanted) - 1:
            yield common
            leaving = words[place - len(wanted) + 1]
            if leaving in spare:
                spare[leaving] += 1
                common -= spare[leaving] > 0
    if len(words) < len(wanted):
        yield common


def _shared_runs(first: Sequence[str], second: Sequence[str]) -> Iterator[SharedRun]:
    """The longest shared run, then the longest on each side of it, and so on, as `difflib` aligns two sequences."""
    waiting = deque([(0, len(first), 0, len(second))])
    left = _MAX_SEARCHED
    while waiting and left > 0:
        begin, end, start, stop = waiting.popleft()
        left -= end - begin + stop - start
        run = longest_run(first[begin:end], second[start:stop])
        if run.size:
            run = SharedRun(begin + run.first, start + run.second, run.size)
            yield run
            waiting += [(begin, run.first, start, run.second), (run.first + run.size, end, run.second + run.size, stop)]


def _fullest(marks: Sequence[int], width: int) -> tuple[int, int]:
    """The start of the first window with the most marks, and how many it has."""
    sums = [0, *accumulate(marks)]
    starts = range(max(1, len(marks) - width + 1))
    start = max(starts, key=lambda start: sums[min(start + width, len(marks))] - sums[start])
    return start, sums[min(start + width, len(marks))] - sums[start]
