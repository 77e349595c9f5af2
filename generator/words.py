"""Counts the words of a text in any script, and how long reading them takes.

Most scripts set spaces between words. Chinese and Japanese, and the scripts of South-East Asia, do not.
"""

import re
from typing import NamedTuple

WORDS_PER_MINUTE = 230  # silent reading of English prose; Brysbaert 2019 gives 238 for non-fiction
CHARACTERS_PER_MINUTE = 500  # Chinese, Japanese and Korean, as Medium's reading time has it; Hugo's has 501

# A word of these has four or five letters on average, as one of English; to find its ends takes a dictionary.
_LETTERS_PER_WORD = 5

_IDEOGRAPHS = (
    "\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u312f"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00016fe0-\U00018cff"
    "\U0001aff0-\U0001b2ff\U00020000-\U0003ffff"
)
_HANGUL = "\uac00-\ud7a3\u1100-\u115f\u3131-\u318e\ua960-\ua97c"  # a syllable, or the first letter of one taken apart

# Line breaking class SA (UAX 14), and Tibetan: Thai, Lao, Tibetan, Burmese, Khmer, Tai Le and Lue, Tai Tham, Tai Viet.
_COMPLEX = "\u0e01-\u0edf\u0f00-\u0fbc\u1000-\u109f\u1780-\u17d3\u1950-\u19df\u1a20-\u1aad\ua9e0-\ua9fe\uaa60-\uaadf"
_UNSPACED = _IDEOGRAPHS + _COMPLEX

_WIDE_SIGNS = "\u3000-\u3004\u3008-\u3020\u3030-\u3037\u30fb\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"

# Other bytes do not begin one of these characters in UTF-8; bytes are found faster than characters.
_COMMON_BYTES = bytes({*range(256)} - {0xE0, 0xE1, *range(0xE3, 0xF5)})

# Compiled when a text first needs them: sets of so many characters take milliseconds each, at every start.
_ANY_OF_THESE = f"[{_UNSPACED}{_HANGUL}]"
_IDEOGRAPH = f"[{_IDEOGRAPHS}]"
_ENDS_ANYWHERE = f"[{_UNSPACED}]"
_COMPLEX_RUN = f"[{_COMPLEX}]+"
_SYLLABLE = f"[{_HANGUL}]"
_NO_WORD = f"[{_IDEOGRAPHS}{_WIDE_SIGNS}]"
_PIECE = rf"[^\w\s]*[{_UNSPACED}][^\w\s]*|[^\s{_UNSPACED}{_WIDE_SIGNS}]+[{_WIDE_SIGNS}]*|[{_WIDE_SIGNS}]+"


class Length(NamedTuple):
    """How long a text is: its words, and the whole seconds that reading it takes."""

    words: int
    seconds: int


def measure(text: str) -> Length:
    """The length of a plain text.

    A word ends at a space; each character of Chinese and Japanese is one;
    in scripts whose words only a dictionary can separate, every five letters in a row are one.
    Time is counted by words, and by characters in Chinese, Japanese and Korean.

    Source: Hugo (`hasCJKLanguage`) for characters that count as words;
    Brysbaert 2019, "How many words do we read per minute?", and Medium, "Read time", for time.
    """
    if _is_spaced(text):
        words = len(text.split())
        return Length(words, words * 60 // WORDS_PER_MINUTE)
    ideographs, syllables = len(re.findall(_IDEOGRAPH, text)), len(re.findall(_SYLLABLE, text))
    complex_words = sum(max(1, round(len(run) / _LETTERS_PER_WORD)) for run in re.findall(_COMPLEX_RUN, text))
    spaced = _spaced_words(text)
    by_word = complex_words + sum(1 for word in spaced if not re.search(_SYLLABLE, word))
    seconds = by_word * 60 // WORDS_PER_MINUTE + (ideographs + syllables) * 60 // CHARACTERS_PER_MINUTE
    return Length(ideographs + complex_words + len(spaced), seconds)


def count_words(text: str) -> int:
    """How many words a plain text has."""
    return measure(text).words


def split_pieces(text: str) -> list[str]:
    """The pieces by which texts are compared: words, and characters in scripts without spaces.

    Signs stay with the piece before them.
    """
    return text.split() if _is_spaced(text) else re.findall(_PIECE, text)


def passage(text: str, start: int, count: int) -> str:
    """The part of a text that begins with its piece number `start` (from 0) and has `count` pieces, spaces folded."""
    if _is_spaced(text):
        return " ".join(text.split()[start : start + count])
    found = list(re.finditer(_PIECE, text))[start : start + count]
    return " ".join(text[found[0].start() : found[-1].end()].split()) if found else ""


def mark_words(text: str) -> str:
    """A text with a mark at both ends of each word and around all between words, for `find_words`.

    Beside a character of a script without spaces any word may begin and end.
    """
    between = rf"([\W{'' if _is_spaced(text) else _UNSPACED}])"
    return _MARK + _MARK.join(re.split(between, text)) + _MARK


def find_words(part: str, marked: str, start: int) -> tuple[int, int] | None:
    """Where a part that is not empty first occurs as whole words in a marked text, from a place on: start and end.

    One search for letters finds it, so that the time grows with the length of the text only.
    """
    wanted = mark_words(part)
    wanted = wanted[_is_unspaced(part[0]) : len(wanted) - _is_unspaced(part[-1])]
    found = marked.find(wanted, start)
    return (found, found + len(wanted.rstrip(_MARK))) if found >= 0 else None


_MARK = "\0"


def is_unspaced(text: str) -> bool:
    """Whether a text, which is not empty, is of a script without spaces, and longer than one character."""
    return len(text) > 1 and re.fullmatch(f"{_ENDS_ANYWHERE}+", text) is not None


def _is_unspaced(character: str) -> bool:
    return not character.isascii() and re.match(_ENDS_ANYWHERE, character) is not None


def _is_spaced(text: str) -> bool:
    return text.isascii() or not text.encode().translate(None, _COMMON_BYTES) or re.search(_ANY_OF_THESE, text) is None


def _spaced_words(text: str) -> list[str]:
    """The words between spaces and characters that are words themselves; signs alone do not count."""
    rest = re.sub(_COMPLEX_RUN, " ", re.sub(_NO_WORD, " ", text))
    return [word for word in rest.split() if any(map(str.isalnum, word))]
