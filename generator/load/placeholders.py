"""Placeholders of `newsprint new` that are still in a record that is not a draft."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from generator.errors import KeyPath, Problem
from generator.load.frontmatter import FrontMatter
from generator.names import Kind
from generator.records.beginnings import placeholder_lines, placeholder_texts, texts_in

_NOWHERE = ".invalid"
"""A domain without hosts (RFC 2606)."""


def find_placeholders(front: FrontMatter, kind: Kind, *, file: str) -> Iterator[Problem]:
    """Find the placeholders of a record; a draft can have them."""
    if front.matter.get("draft") is True:
        return
    texts = placeholder_texts(kind)
    written = " ".join(front.block.split()).replace("''", "'")  # searched first as a whole, as few have any
    is_open = "\\" in written or _NOWHERE in written.lower() or any(one in written for one in texts)
    for key, value in texts_in(front.matter) if is_open else ():
        if " ".join(value.split()) in texts or (_NOWHERE in value.lower() and _leads_nowhere(value)):
            name = next((part for part in reversed(key) if isinstance(part, str)), "")
            yield _placeholder(file, f"'{name}' is a placeholder", key=key)
    for line in placeholder_lines(kind):
        if line in front.body and line in map(str.strip, front.body.splitlines()):
            yield _placeholder(file, f"the text has a placeholder, '{line}'", needle=line)


def _leads_nowhere(address: str) -> bool:
    try:
        return (urlsplit(address.strip()).hostname or "").rstrip(".").endswith(_NOWHERE)
    except ValueError:
        return False


def _placeholder(file: str, message: str, *, key: KeyPath = (), needle: str = "") -> Problem:
    hint = "replace or remove it; with 'draft: true', it can stay"
    return Problem(file=file, code="placeholder", key=key, needle=needle, message=message, hint=hint)
