"""Values that a style sheet can contain: closed grammars of colours, fonts, lengths and numbers.

They are so narrow that no value can end its declaration or name another host.
Patterns are compiled when they are first used: a build with nothing to do needs none of them.
"""

import re
from typing import Any

MAX_WHOLE = 2**53
"""The largest whole number of an option, positive or negative: JSON and JavaScript have it exactly."""

COLOUR = "a colour such as '#b80000' or '#b00'"
FONT = "names of fonts such as '\"Iowan Old Style\", Georgia, serif'"
LENGTH = "a length such as '1.5rem', or an expression with min(), max(), clamp() or calc()"

_MAX_LENGTH = 300  # characters; longer values could nest too deep for Python

_COLOUR = r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"

_QUOTED = r"\"[\w .,'&+-]+\"|'[\w .,&+-]+'"
_WORDS = r"-?[A-Za-z_][A-Za-z0-9_-]*(?: [A-Za-z_][A-Za-z0-9_-]*)*"
_FONT = rf"(?:{_QUOTED}|{_WORDS})(?:, ?(?:{_QUOTED}|{_WORDS}))*"
_NO_FONT = r"(?i)(?:^|, ?)(?:inherit|initial|unset|revert|revert-layer|default)(?:,|$)"

_UNITS = (
    "rem|em|ex|ch|cap|ic|lh|rlh|px|pt|pc|in|cm|mm|q|%|vw|vh|vi|vb|vmin|vmax|svh|svw|lvh|lvw|dvh|dvw|cqi|cqb|cqw|cqh"
)
_NUMBER = r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)"
_TERM = rf"(?:{_NUMBER}(?:{_UNITS})?|\x00)"
_SUM = rf"{_TERM}(?:(?: [+-] | ?[*/] ?){_TERM})*"
_CALL = r"\b(min|max|clamp|calc)\(([^()]*)\)"
_PLAIN_LENGTH = rf"(?i){_NUMBER}(?:{_UNITS})|0|\x00"
_ARGUMENTS = {"calc": (1, 1), "clamp": (3, 3), "min": (1, 9), "max": (1, 9)}


def is_colour(value: Any) -> bool:
    """Whether a value is a colour whose contrast can be computed: `#rgb` or `#rrggbb`."""
    return isinstance(value, str) and re.fullmatch(_COLOUR, value) is not None


def is_font(value: Any) -> bool:
    """Whether a value is a list of font families, plain or in quotes.

    Source: CSS Fonts Level 4, "font-family", without escapes and without the words that are not a family.
    """
    if not isinstance(value, str) or len(value) > _MAX_LENGTH:
        return False
    return re.fullmatch(_FONT, value) is not None and not re.search(_NO_FONT, value)


def is_length(value: Any) -> bool:
    """Whether a value is one length; innermost functions are replaced by a length until none is left.

    Source: CSS Values and Units Level 4, "Mathematical expressions", the functions `min`, `max`, `clamp` and `calc`.
    """
    if not isinstance(value, str) or len(value) > _MAX_LENGTH or "\0" in value:
        return False
    rest, count = value, 1
    while count:
        rest, count = re.subn(_CALL, _take, rest)
    return re.fullmatch(_PLAIN_LENGTH, rest) is not None


def is_number(value: Any, least: float = -MAX_WHOLE, most: float = MAX_WHOLE) -> bool:
    """Whether a value is a finite number within its range."""
    return type(value) in (int, float) and least <= value <= most


def _take(call: re.Match[str]) -> str:
    """Replace a call with a mark if its arguments are sums, as many as the function takes; else with `?`."""
    arguments = [argument.strip(" ") for argument in call[2].split(",")]
    least, most = _ARGUMENTS[call[1]]
    is_whole = least <= len(arguments) <= most and all(re.fullmatch(_SUM, one) for one in arguments)
    return "\0" if is_whole else "?"
