"""The fast lane of front matter: YAML of which every parser makes the same goes through ryaml, if it is installed."""

import re
from importlib import import_module
from importlib.util import find_spec
from typing import Any

_ryaml: Any = import_module("ryaml") if find_spec("ryaml") else None
"""The library of the extra `fast`."""

_NOT_TEXT = r"\x00-\x1f\x7f-\xa0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff\ufff0-\uffff"
_WORD = r"(?!(?i:y|n|yes|no|on|off|true|false|null|nan|inf) *[:,\]}\n])"
_KEY = rf"{_WORD}[A-Za-z_][\w-]*"
_QUOTED = rf"\"(?:[^\"\\{_NOT_TEXT}]|\\[\"\\])*+\"|'[^'{_NOT_TEXT}]*+'"
_NUMBER = r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?|true|false"
_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?"
_LETTERS = rf"{_WORD}(?:[^\W\d_]|/)"
_INSIDE = rf"(?:{_QUOTED}|{_TIME}|{_NUMBER}|{_LETTERS}[^,\[\]{{}}:#{_NOT_TEXT}]*+) *+"
_TABLE = rf"\{{ *+(?:{_KEY}: {_INSIDE}(?:, *+{_KEY}: {_INSIDE})*+)?\}} *+"
_LIST = rf"\[ *+(?:(?:{_INSIDE}|{_TABLE})(?:, *+(?:{_INSIDE}|{_TABLE}))*+)?\] *+"
_TEXT = rf"{_LETTERS}(?:[^:#{_NOT_TEXT}]|:(?![ \n])|(?<! )#)*+"
_VALUE = rf"(?:(?:{_QUOTED}|{_TIME}|{_NUMBER}) *+|{_LIST}|{_TABLE}|{_TEXT})"
_LINE = rf" *+(?:(?:- )*+{_KEY}:(?: {_VALUE})?|(?:- )++{_VALUE})?\n"
_BLOCK = rf"{_KEY}: [>|]-?\n(?:(?:  [^ {_NOT_TEXT}][^{_NOT_TEXT}]*+)?\n)*+"
_PLAIN = rf"(?>{_BLOCK}|{_LINE})++"
"""Lines of keys and values that YAML 1.1 and 1.2 read alike; texts that begin with a letter, or in quotes.

It is compiled when it is first used, which takes as long as to read a hundred records.
"""


def load_plain(block: str) -> dict[str, Any] | None:
    """A plain front matter as data, times as text; None if it has to go through PyYAML."""
    if _ryaml is None or not re.fullmatch(_PLAIN, block.strip("\n") + "\n"):
        return None
    try:
        read = _ryaml.loads(block)
    except _ryaml.InvalidYamlError:
        return None
    return read if isinstance(read, dict) else None
