"""Curly quotes, apostrophes, dashes and the spaces beside them, by the language of a text.

It reads sanitised HTML and plain text, so that every engine of markdown gets the same.
No library does that: those for Python know English only, or one engine only.

Source: CLDR, "delimiters", for quotation marks; Imprimerie nationale, "Lexique des règles typographiques", for French.
"""

import functools
import re
from typing import NamedTuple

from generator.records.body import TAG

NO_BREAK, NARROW = "\u00a0", "\u202f"


class Marks(NamedTuple):
    """The marks of a language: opening and closing quotation marks, those within others, and the dash with spaces."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str
    dash: str = "–"


_HIGH = Marks("“", "”", "‘", "’")
_LOW = Marks("„", "“", "‚", "‘")
_POINTED = Marks("«", "»", "“", "”")
_SWEDISH = Marks("”", "”", "’", "’")
_SLAVIC = Marks("«", "»", "„", "“")
_SPACED = Marks(f"«{NO_BREAK}", f"{NO_BREAK}»", "“", "”")

MARKS: dict[str, Marks] = {
    "ar": _POINTED,  # browsers mirror these; CLDR's ”…“ they do not
    "cs": _LOW,
    "da": _HIGH,
    "de": _LOW,
    "de-ch": Marks("«", "»", "‹", "›"),
    "el": _POINTED,
    "en": _HIGH._replace(dash="—"),
    "es": _POINTED._replace(dash="—"),
    "fi": _SWEDISH,
    "fr": _SPACED,
    "fr-ch": Marks(f"«{NARROW}", f"{NARROW}»", "‹", "›"),
    "hu": Marks("„", "”", "»", "«"),
    "it": _POINTED,
    "nb": Marks("«", "»", "‘", "’"),
    "nl": _HIGH,
    "pl": Marks("„", "”", "«", "»"),
    "pt": _HIGH._replace(dash="—"),
    "ro": Marks("„", "”", "«", "»"),
    "ru": _SLAVIC._replace(dash="—"),
    "sk": _LOW,
    "sv": _SWEDISH,
    "tr": _HIGH,
    "uk": _SLAVIC._replace(dash="—"),
}
"""By language, or by language and region; texts in others are left as they are."""

_APOSTROPHE, _PRIME, _DOUBLE_PRIME = "’", "′", "″"
_EN_DASH, _EM_DASH = "–", "—"
_IS_CODE = 1
_START = " "
_LETTER = "x"
_BEFORE_OPENING = frozenset("([{«‹„‚<>/|=+–—-¿¡")
_SIGNS = r""""|'|--*|&nbsp;"""  # each begins with a literal: that is five times as fast
_FRENCH_SIGNS = rf"{_SIGNS}| (?=[;:!?»])|« ?"
_CODE = r"<(code|kbd|pre|var)\b(?:.*?</\1>|.*+)"
_TAG = rf"<(?!(?:code|kbd|pre|var)\b){TAG.pattern[1:]}"
_PASSED = rf"{_TAG}[^<\"'&-]*+"
_FRENCH_PASSED = rf"{_TAG}[^<\"'&« -]*+"
_TEXT = re.compile(_SIGNS)
_FRENCH_TEXT = re.compile(_FRENCH_SIGNS)
_HTML = re.compile(rf"{_CODE}|({_PASSED}(?:{_PASSED})*+)|{_SIGNS}", re.DOTALL)
_FRENCH_HTML = re.compile(rf"{_CODE}|({_FRENCH_PASSED}(?:{_FRENCH_PASSED})*+)|{_FRENCH_SIGNS}", re.DOTALL)
_IN_LINE = re.compile(r"</?(?:a|abbr|b|cite|del|em|i|ins|mark|q|s|small|strong|sub|sup)\b")
_BLOCK = re.compile(r"</?(?!(?:a|abbr|b|cite|del|em|i|ins|mark|q|s|small|strong|sub|sup)\b)")
_ELISION = re.compile(r"'(?:tis|twas|twere|em|n|\d\ds?)(?!\w)", re.IGNORECASE)
_FEET = re.compile(r"'\d{1,2}\"")
_MAY_CLOSE = re.compile(r"(?<![\s(\[{])'(?!\w)")
_IN_ADDRESS = re.compile(r"://|www\.|\w@\w")
_RANGE = re.compile(
    r"[(\[\"'“„«]*[$€£¥]?(\d(?:[.,:]?\d)*+)(?:%|°)?-[$€£¥]?(\d(?:[.,:]?\d)*+)(?:%|°)?[^\W\d]*[)\]\"'”“».,;:!?…]*"
)
_HAS_SIGN = re.compile(r"[\"'«]|--|\d-.?\d| [;:!?»]")


_AS_TYPED = str.maketrans(
    {
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("‘’‚‹›", "'"),
        **dict.fromkeys((_EN_DASH, _EM_DASH), "-"),
        **dict.fromkeys((NO_BREAK, NARROW), " "),
        _PRIME: "'",
        _DOUBLE_PRIME: '"',
    }
)
_TYPED_APART = re.compile(r"« ?| ?»|--+")


def as_typed(text: str) -> str:
    """Text with the signs of keyboards, to find in a file what was written from it; no line of it moves."""
    return _TYPED_APART.sub(lambda sign: "-" if sign[0][0] == "-" else '"', text.translate(_AS_TYPED))


class Typography(NamedTuple):
    """What is written for a language; `quotes` includes apostrophes and the spaces of French."""

    language: str
    quotes: bool = True
    dashes: bool = True

    def write_html(self, html: str) -> str:
        """Sanitised HTML with typographic signs in all but its code."""
        return self._write(html, is_html=True)

    def write_text(self, text: str) -> str:
        """Plain text with typographic signs."""
        return self._write(text, is_html=False) if _HAS_SIGN.search(text) else text

    def _write(self, text: str, *, is_html: bool) -> str:
        marks = marks_of(self.language) if self.quotes or self.dashes else None
        if marks is None:
            return text
        is_french = self.quotes and marks.opening[-1].isspace()
        plain, french = (_HTML, _FRENCH_HTML) if is_html else (_TEXT, _FRENCH_TEXT)
        pattern = french if is_french else plain
        return pattern.sub(_Writer(text, marks, self, is_html=is_html).write, text)


@functools.cache
def marks_of(language: str) -> Marks | None:
    """The marks for a BCP 47 tag: of its language and region, else of its language."""
    primary, *parts = language.lower().split("-")
    return next((MARKS[name] for part in parts if (name := f"{primary}-{part}") in MARKS), MARKS.get(primary))


class _Writer:
    """Writes the signs of one text, from its start to its end."""

    def __init__(self, text: str, marks: Marks, wanted: Typography, *, is_html: bool) -> None:
        self._text, self._marks, self._wanted, self._is_html = text, marks, wanted, is_html
        self._last, self._done = _START, 0  # what was read last, and where it ended
        self._openings = _BEFORE_OPENING.union(marks.opening, marks.inner_opening) - {
            *marks.closing,
            marks.inner_closing,
        }
        self._open = self._inner_open = 0
        self._may_have_address = "@" in text or "www." in text or text.count("://") > text.count('="http')
        self._is_plain = wanted.quotes and not self._may_have_address

    def write(self, match: re.Match[str]) -> str:
        """What is written for a sign; tags and code stay."""
        sign, kind = match[0], match.lastindex
        start, end = match.span()
        if start > self._done:
            self._last = self._text[start - 1]
        self._done = end
        if kind == _IS_CODE:
            self._last = _LETTER
            return sign
        if kind is not None:
            self._pass(sign)
            return sign
        if sign == "'" and self._is_plain and self._last.isalpha() and self._text[end : end + 1].isalpha():
            self._last = _APOSTROPHE
            return _APOSTROPHE
        written = self._replace(sign, start)
        self._last = _START if sign == "&nbsp;" else written[-1]
        return written

    def _pass(self, passed: str) -> None:
        """Read tags and the text between them, which has no signs; every block begins a new text."""
        if _BLOCK.search(passed):
            self._open = self._inner_open = 0
        while passed.endswith(">"):
            passed, _, tag = passed.rpartition("<")
            if not _IN_LINE.match(f"<{tag}"):
                self._last = _START
                return
        if passed:
            self._last = passed[-1]

    def _replace(self, sign: str, start: int) -> str:
        if sign[0] == "-":
            return self._dash(sign, start) if self._wanted.dashes else sign
        if sign[0] not in "\"'« " or not self._wanted.quotes or self._is_in_address(start):
            return sign
        if sign[0] == '"':
            return self._double()
        if sign == "'":
            return self._single(start)
        if sign == " ":
            return NARROW if self._text[start + 1] in ";!?" else NO_BREAK
        return self._marks.opening if sign == "« " else sign

    def _double(self) -> str:
        before, after = self._last, self._next()
        is_start = before.isspace() or before in self._openings
        if before.isdigit() and (not self._open or self._text[max(0, self._done - 4) : self._done - 1].count("'") == 1):
            return _DOUBLE_PRIME
        if is_start and after.isspace():
            is_start = not self._open
        elif before in "-–—" or (before.isalnum() and not self._open):
            is_start = after.isalnum()
        self._open = max(0, self._open + (1 if is_start else -1))
        return self._marks.opening if is_start else self._marks.closing

    def _single(self, start: int) -> str:
        before, after = self._last, self._next()
        if before.isalnum() and after.isalnum():
            return _PRIME if before.isdigit() and _FEET.match(self._text, start) else _APOSTROPHE
        if not (before.isspace() or before in self._openings):
            if self._inner_open:
                self._inner_open -= 1
                return self._marks.inner_closing
            return _PRIME if before.isdigit() else _APOSTROPHE
        if after.isspace():
            return "'"
        if _ELISION.match(self._text, start) or not self._may_close():
            return _APOSTROPHE
        self._inner_open += 1
        return self._marks.inner_opening

    def _dash(self, sign: str, start: int) -> str:
        before, after = self._last, self._next()
        if len(sign) == 1:
            is_range = before in "0123456789%°" and (after.isdigit() or after in "$€£¥")
            return _EN_DASH if is_range and _is_range(self._word_at(start)) else sign
        if len(sign) > 3 or self._is_in_address(start):
            return sign
        if before.isspace() and after.isspace():
            return self._marks.dash if len(sign) == 2 else _EM_DASH
        if before.isdigit() and after.isdigit() and len(sign) == 2:
            return _EN_DASH
        is_between = (before.isalnum() or before in "”“»’") and (after.isalnum() or after in "\"'")
        return _EM_DASH if is_between else sign

    def _next(self) -> str:
        """The character after the sign; tags within a line are passed over."""
        at = self._done
        while self._is_html and self._text.startswith("<", at):
            tag = TAG.match(self._text, at)
            if tag is None or not _IN_LINE.match(tag[0]):
                return _LETTER if self._text.startswith(("<code", "<kbd", "<var"), at) else _START
            at = tag.end()
        if self._text.startswith("&nbsp;", at):
            return _START
        return self._text[at : at + 1] or _START

    def _may_close(self) -> bool:
        """Whether the rest of the paragraph has a sign that can close a quotation."""
        end = self._text.find("</p>", self._done) if self._is_html else -1
        return _MAY_CLOSE.search(self._text, self._done, end if end >= 0 else len(self._text)) is not None

    def _word_at(self, at: int) -> str:
        """All around a place up to spaces and tags."""
        begin, end = at, at
        while begin and not (self._text[begin - 1].isspace() or (self._is_html and self._text[begin - 1] in ">;")):
            begin -= 1
        while end < len(self._text) and not (self._text[end].isspace() or (self._is_html and self._text[end] in "<&")):
            end += 1
        return self._text[begin:end]

    def _is_in_address(self, at: int) -> bool:
        return self._may_have_address and _IN_ADDRESS.search(self._word_at(at)) is not None


def _is_range(word: str) -> bool:
    """Whether a word is two rising figures: not a month, a telephone number, or the parts of a name."""
    found = _RANGE.fullmatch(word)
    if found is None:
        return False
    first, last = found.groups()
    if not (first.isdigit() and last.isdigit()):
        return True
    if (last[0] == "0" and len(last) > 1) or (len(first), len(last)) == (3, 4):
        return False
    if len(first) == 4 and len(last) == 2:
        return int(last) > 12 and int(last) > int(first[2:])
    return int(first) < int(last)
