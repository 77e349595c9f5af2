"""The names of kinds of outputs in reports."""

import re

from generator.outputs import View

_DOCUMENT = re.compile(r"(.+)Document")
_INNER_CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")


def noun_of(kind: type[View]) -> str:
    """The noun of a kind of output, else the name of the class in words."""
    if kind.noun:
        return kind.noun
    document = _DOCUMENT.fullmatch(kind.__name__)
    words = _INNER_CAPITAL.sub(" ", document[1] if document else kind.__name__).lower()
    return f"{words} documents of the API" if document else words
