"""Edits of a record's file that keep comments, order, quotation marks and line ends."""

import re
from collections.abc import Iterable, Sequence

import msgspec
import yaml

from generator.errors import KeyPath
from generator.load.braces import find_pair

_FENCED = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_PLAIN = re.compile(r"[\w/][\w/.~-]*")

Span = tuple[int, int, str]
"""Where a text begins and ends in a file, and its replacement."""


class EditError(Exception):
    """A file cannot be edited; the message is the reason."""


def set_key(text: str, key: str, value: str) -> str:
    """Set a text of the front matter; a new key becomes a line below `title`."""
    node = _find(text, (key,))
    if node is None:
        return _insert(text, f"{key}: {_write(value)}")
    return _put(text, [_span(text, node, value)])


def add_to_list(text: str, key: str, values: Sequence[str]) -> str:
    """Add texts at the end of a list of the front matter, in its style; a new list has a line per item."""
    node = _find(text, (key,))
    if node is None:
        end = _line_end(text)
        return _insert(text, end.join([f"{key}:", *(f"  - {_write(value)}" for value in values)]))
    if not isinstance(node, yaml.SequenceNode):
        raise EditError(f"'{key}' is not a list")
    start = _place(text)[0]
    written = [_write(value) for value in values]
    if node.flow_style:
        at = start + (node.value[-1].end_mark.index if node.value else node.start_mark.index + 1)
        return _put(text, [(at, at, (", " if node.value else "") + ", ".join(written))])
    last = node.value[-1]
    indent = " " * node.value[0].start_mark.column
    dash = text[: start + node.value[0].start_mark.index].rpartition("\n")[2]
    lead = dash if dash.strip() == "-" else indent[:-2] + "- "
    at = text.index("\n", start + last.end_mark.index)
    at -= text[at - 1] == "\r"
    return _put(text, [(at, at, "".join(f"{_line_end(text)}{lead}{value}" for value in written))])


def rename_references(text: str, keys: Iterable[KeyPath], old: str, new: str) -> str:
    """Replace an old id by a new one at keys of the front matter, as a value or as a key."""
    spans = []
    for key in keys:
        name, node = find_pair(_compose(text), key)
        if not isinstance(node, yaml.ScalarNode) or node.value != old:
            node = name
        if node is None or node.value != old:
            raise EditError(f"'{'.'.join(map(str, key))}' does not name '{old}'")
        spans.append(_span(text, node, new))
    return _put(text, sorted(set(spans)))


def rename_links(text: str, kind: str, old: str, new: str) -> str:
    """Replace an old id by a new one in links of markdown: `](topic:old)`, `[1]: topic:old`, `<topic:old>`."""
    return re.sub(
        rf"(\]\([ \t]*<?|^[ \t]*\[[^\]\n]*\]:[ \t]*<?|<){kind}:{re.escape(old)}(?=[#)>\"'\s]|$)",
        lambda found: f"{found[1]}{kind}:{new}",
        text,
        flags=re.MULTILINE,
    )


def _find(text: str, key: KeyPath) -> yaml.Node | None:
    return find_pair(_compose(text), key)[1]


def _compose(text: str) -> yaml.Node:
    start, end = _place(text)
    try:
        node = yaml.compose(text[start:end], Loader=yaml.SafeLoader)
    except yaml.YAMLError as fault:
        raise EditError("the front matter cannot be read") from fault
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise EditError("the front matter has no lines of 'key: value'")
    return node


def _place(text: str) -> tuple[int, int]:
    """Where the front matter begins and ends; it is empty if there is none."""
    match = _FENCED.match(text)
    return match.span(1) if match else (0, 0)


def _span(text: str, node: yaml.Node, value: str) -> Span:
    if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
        raise EditError("the value is not text on one line")
    start = _place(text)[0]
    written = f"'{value}'" if node.style == "'" else f'"{value}"' if node.style == '"' else _write(value)
    return start + node.start_mark.index, start + node.end_mark.index, written


def _insert(text: str, lines: str) -> str:
    """Insert lines below the title, or at the end of a front matter without one."""
    node = _find(text, ("title",))
    start, end = _place(text)
    at = min(end, text.index("\n", start + node.end_mark.index) + 1) if node else end
    return text[:at] + lines + _line_end(text) + text[at:]


def _put(text: str, spans: Sequence[Span]) -> str:
    for start, end, value in sorted(spans, reverse=True):
        text = text[:start] + value + text[end:]
    return text


def _write(value: str) -> str:
    """A text as YAML, in quotation marks if it would not be text without them."""
    is_plain = _PLAIN.fullmatch(value) and isinstance(yaml.safe_load(value), str)
    return value if is_plain else msgspec.json.encode(value).decode()


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
