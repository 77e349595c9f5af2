"""Edits of a record's file that leave all else as it was: comments, order, quotation marks, line ends."""

import re
from collections.abc import Iterable, Sequence

import msgspec
import yaml

from generator.errors import KeyPath

_FENCED = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*\r?$", re.MULTILINE | re.DOTALL)
_PLAIN = re.compile(r"[\w/][\w/.~-]*")

Span = tuple[int, int, str]
"""Where a text begins and ends in a file, and what takes its place."""


class EditError(Exception):
    """A file that cannot be edited; says why."""


def set_key(text: str, key: str, value: str) -> str:
    """Set a text of the front matter: in its place, or as a line below `title`."""
    node = _find(text, (key,))
    if node is None:
        return _insert(text, f"{key}: {_write(value)}")
    return _put(text, [_span(text, node, value)])


def add_to_list(text: str, key: str, values: Sequence[str]) -> str:
    """Add texts at the end of a list of the front matter, in its style; a list that is not there gets lines."""
    node = _find(text, (key,))
    if node is None:
        end = _line_end(text)
        return _insert(text, end.join([f"{key}:", *(f"  - {_write(value)}" for value in values)]))
    if not isinstance(node, yaml.SequenceNode):
        raise EditError(f"'{key}' is not a list")
    start = _begin(text)
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
    """Put a new id in the place of an old one, where keys of the front matter name it: as a value, or as a key."""
    spans = []
    for key in keys:
        node = _find(text, key)
        if not isinstance(node, yaml.ScalarNode) or node.value != old:
            node = _find_pair(text, key)[0]
        if node is None or node.value != old:
            raise EditError(f"'{'.'.join(map(str, key))}' does not name '{old}'")
        spans.append(_span(text, node, new))
    return _put(text, sorted(set(spans)))


def rename_links(text: str, kind: str, old: str, new: str) -> str:
    """Put a new id in the place of an old one in links of markdown: `](topic:old)`, `[1]: topic:old`, `<topic:old>`."""
    return re.sub(
        rf"(\]\([ \t]*<?|^[ \t]*\[[^\]\n]*\]:[ \t]*<?|<){kind}:{re.escape(old)}(?=[#)>\"'\s]|$)",
        lambda found: f"{found[1]}{kind}:{new}",
        text,
        flags=re.MULTILINE,
    )


def _find(text: str, key: KeyPath) -> yaml.Node | None:
    return _find_pair(text, key)[1]


def _find_pair(text: str, key: KeyPath) -> tuple[yaml.Node | None, yaml.Node | None]:
    """The name and the value that stand under a key; None for what is not there."""
    name: yaml.Node | None = None
    node: yaml.Node | None = _compose(text)
    for part in key:
        if isinstance(node, yaml.MappingNode):
            name, node = next((pair for pair in node.value if pair[0].value == str(part)), (None, None))
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            name, node = None, node.value[part]
        else:
            return None, None
    return name, node


def _compose(text: str) -> yaml.Node:
    match = _FENCED.match(text)
    try:
        node = yaml.compose(match[1], Loader=yaml.SafeLoader) if match else None
    except yaml.YAMLError as fault:
        raise EditError("the front matter cannot be read") from fault
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        raise EditError("the front matter has no lines of 'key: value'")
    return node


def _begin(text: str) -> int:
    match = _FENCED.match(text)
    assert match is not None, "it was composed"
    return match.start(1)


def _span(text: str, node: yaml.Node, value: str) -> Span:
    if not isinstance(node, yaml.ScalarNode) or node.style in ("|", ">"):
        raise EditError("the value is not text on one line")
    start = _begin(text)
    written = f"'{value}'" if node.style == "'" else f'"{value}"' if node.style == '"' else _write(value)
    return start + node.start_mark.index, start + node.end_mark.index, written


def _insert(text: str, lines: str) -> str:
    """Put lines below the title, or at the end of a front matter without one."""
    node = _find(text, ("title",))
    match = _FENCED.match(text)
    assert match is not None, "it was composed"
    at = text.index("\n", match.start(1) + node.end_mark.index) + 1 if node else match.end(1)
    at = min(at, match.end(1))
    return text[:at] + lines + _line_end(text) + text[at:]


def _put(text: str, spans: Sequence[Span]) -> str:
    for start, end, value in sorted(spans, reverse=True):
        text = text[:start] + value + text[end:]
    return text


def _write(value: str) -> str:
    """A text as YAML, in quotation marks where it would be something else without them."""
    is_plain = _PLAIN.fullmatch(value) and isinstance(yaml.safe_load(value), str)
    return value if is_plain else msgspec.json.encode(value).decode()


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
