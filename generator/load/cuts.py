"""Texts of the front matter that are cut at ` #`, where YAML begins a comment."""

import re
from collections.abc import Iterator
from typing import Any, get_args, get_origin, get_type_hints

import yaml

from generator.errors import KeyPath, Problem
from generator.load.braces import SafeLoader, quote
from generator.load.frontmatter import CUT
from generator.shape import describe, is_struct, unwrap

_REST = re.compile(r"[ \t]+(#.*)")
_ONLY_COMMENT = re.compile(r"[ \t]*:[ \t]+(#\S.*)")

_FREE = frozenset({"text", "text (markdown)", "text, or a mapping"})
"""Descriptions of types of free text; after an id, a date or a number, a comment is meant as one."""


def find_cuts(block: str, shape: type, *, file: str) -> Iterator[Problem]:
    """Warn of each free text that ends at a comment; the block is valid YAML, from the end of the dashes above it."""
    if (" #" not in block and "\t#" not in block) or not CUT.search(block):
        return
    lines = block.split("\n")
    root = yaml.compose(block, Loader=SafeLoader)
    for key, name, node in _free_texts(root, shape, ()):
        mark = node.end_mark if node.value else name.end_mark
        cut = (_REST if node.value else _ONLY_COMMENT).match(lines[mark.line], mark.column)
        if cut is None:
            continue
        label = next(part for part in reversed(key) if isinstance(part, str))
        written = quote(" ".join(f"{node.value}{cut[0] if node.value else cut[1]}".split()))
        yield Problem(
            file=file,
            code="cut-text",
            key=key,
            line=mark.line + 1,
            message=f"'{label}' {'ends' if node.value else 'is empty'} where ' #' begins a comment: "
            f"'{cut[1]}' is left out",
            hint=f"quote the text: {written if isinstance(key[-1], int) else f'{label}: {written}'}; "
            "or put the comment on a separate line",
        )


def _free_texts(
    node: yaml.Node | None, kind: Any, key: KeyPath, name: yaml.Node | None = None
) -> Iterator[tuple[KeyPath, yaml.Node, yaml.ScalarNode]]:
    """The plain scalars that are free texts, each with its key path and the node of its key."""
    plain = unwrap(kind)
    arguments = get_args(plain)
    if isinstance(node, yaml.MappingNode):
        kinds = get_type_hints(plain, include_extras=True) if is_struct(plain) else {}
        for inner, value in node.value:
            of = kinds.get(inner.value) if is_struct(plain) else arguments[1] if get_origin(plain) is dict else None
            yield from _free_texts(value, of, (*key, inner.value), inner) if of is not None else ()
    elif isinstance(node, yaml.SequenceNode):
        for place, value in enumerate(node.value if get_origin(plain) in (tuple, list) else ()):
            yield from _free_texts(value, arguments[0], (*key, place))
    elif isinstance(node, yaml.ScalarNode) and not node.style and describe(kind) in _FREE:
        yield key, name or node, node
