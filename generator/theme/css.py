"""A style sheet as it is published: without comments and without space that means nothing."""

import re

_GAP = rb"(?:\s|/\*(?!!).*?\*/)"
_TOKEN = re.compile(
    rb"""(?P<kept>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|url\([^"')]*\)|/\*!.*?\*/)"""
    rb"|%b*(?P<mark>[{};,])%b*|(?P<gap>%b+)" % (_GAP, _GAP, _GAP),
    re.DOTALL,
)


def compact_css(sheet: bytes) -> bytes:
    """Drop comments, but for those that begin with `/*!`, and space around braces, semicolons and commas.

    Space elsewhere may mean something, as in `a :hover` and `calc(1px + 2px)`: it becomes one space.
    Strings and addresses stay as they are, and so does what cannot be parsed.
    """
    return _TOKEN.sub(_shorten, sheet).strip()


def _shorten(found: re.Match[bytes]) -> bytes:
    if found["gap"]:
        # A comment alone parts two names as a space would, yet two selectors in another way.
        return b" " if re.sub(rb"/\*.*?\*/", b"", found["gap"], flags=re.DOTALL) else b"/**/"
    return found["mark"] or found["kept"]
