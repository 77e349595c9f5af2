"""Mappings in braces that a comma, a colon or a bracket in a text breaks: how to write them instead."""

import re
from collections.abc import Iterable, Sequence

import msgspec
import yaml

from generator.errors import KeyPath, Problem

try:
    from yaml import CSafeLoader
except ImportError:  # PyYAML built without libyaml; slower, same results
    from yaml import SafeLoader as CSafeLoader  # type: ignore[assignment]

SafeLoader = CSafeLoader

_NEXT_KEY = re.compile(r",\s*(?=[\w-]+:\s)")
_NAME = re.compile(r"[a-z_]+")
_MAX_SHOWN = 300  # characters of a mapping


def explain_braces(problems: Iterable[Problem], block: str) -> list[Problem]:
    """Add a hint that shows how to write the mapping to a record's Problems with keys between braces.

    The rest of a text that is cut at a comma becomes an unknown key, or one without a value.
    """
    found = list(problems)
    nested = {problem.key: problem.code for problem in found if len(problem.key) > 1}
    root = yaml.compose(block, Loader=SafeLoader) if nested and "{" in block else None
    if root is None:
        return found
    strays = {key for key, code in nested.items() if code == "unknown-key" or _is_bare(find_pair(root, key)[1])}
    return [_explain(problem, root, block, strays) if problem.key in strays else problem for problem in found]


def show_broken(text: str, start: int) -> str:
    """The hint for braces that YAML cannot parse, which begin at `start` of the joined lines: one line for each key."""
    inner = re.sub(r"\s+", " ", text[start + 1 : start + _MAX_SHOWN]).strip().removesuffix("]").rstrip()
    pieces = [piece.partition(":") for piece in _NEXT_KEY.split(inner.removesuffix("}").rstrip())]
    before = text[:start].rstrip("[ \t")
    name = before.removesuffix(":").strip(" \t\"'") if before.endswith(":") else ""
    pairs = [(key.strip(), value.strip()) for key, _, value in pieces]
    return _hint(name, pairs, is_list=not name or "[" in text[:start])


def _explain(problem: Problem, root: yaml.Node, block: str, strays: set[KeyPath]) -> Problem:
    *above, name = problem.key
    node = find_pair(root, above)[1]
    if not isinstance(node, yaml.MappingNode) or not node.flow_style:
        return problem
    names = [key.value for key, _ in node.value]
    strange = [
        one for one, (_, value) in zip(names, node.value, strict=True) if (*above, one) in strays and not value.value
    ]
    kept = [place for place, one in enumerate(names) if (*above, one) not in strays]
    if name not in names or not kept or kept[0] > names.index(str(name)):
        return problem
    if not strange and _NAME.fullmatch(str(name)):  # else it is the rest of a cut text
        return problem
    header = next(part for part in reversed(above) if isinstance(part, str))
    if not isinstance(above[-1], int):
        return msgspec.structs.replace(problem, hint=_hint(header, _pairs_in(node, above, block, strays)))
    around = find_pair(root, above[:-1])[1]
    items = enumerate(around.value if isinstance(around, yaml.SequenceNode) else ())
    written = [
        _pairs_in(item, [*above[:-1], place], block, strays)
        if isinstance(item, yaml.MappingNode)
        else block[item.start_mark.index : item.end_mark.index].strip()
        for place, item in items
    ]
    return msgspec.structs.replace(problem, hint=_hint(header, *written, is_list=True))


def _pairs_in(
    node: yaml.MappingNode, above: Sequence[str | int], block: str, strays: set[KeyPath]
) -> list[tuple[str, str]]:
    """The real keys of a mapping, each with everything up to the next one."""
    kept = [(key, value) for key, value in node.value if (*above, key.value) not in strays]
    ends = [key.start_mark.index for key, _ in kept[1:]] + [node.end_mark.index - bool(node.flow_style)]
    return [
        (key.value, block[value.start_mark.index : end].strip().removesuffix(",").rstrip())
        for (key, value), end in zip(kept, ends, strict=True)
    ]


def _is_bare(node: yaml.Node | None) -> bool:
    return isinstance(node, yaml.ScalarNode) and not node.value and not node.style


def find_pair(root: yaml.Node, key: Sequence[str | int]) -> tuple[yaml.Node | None, yaml.Node | None]:
    """The name and the value at a key path; None for what is not there, such as the name of an item."""
    name: yaml.Node | None = None
    node: yaml.Node | None = root
    for part in key:
        if isinstance(node, yaml.MappingNode):
            name, node = next((pair for pair in node.value if pair[0].value == str(part)), (None, None))
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            name, node = None, node.value[part]
        else:
            return None, None
    return name, node


def _hint(name: str, *items: Sequence[tuple[str, str]] | str, is_list: bool = False) -> str:
    """The hint that shows a mapping, or the items of a list, one line for each key."""
    lines: list[str] = []
    for item in items:
        shown = (
            [item] if isinstance(item, str) else [f"{key}: {write_value(' '.join(text.split()))}" for key, text in item]
        )
        lines += [("  " if place else "- ") + line if is_list else line for place, line in enumerate(shown)]
    lines = [f"{name}:", *(f"  {line}" for line in lines)] if name else lines
    rule = "between { and }, a comma ends a value: quote the text, or put each key on its own line:"
    return "\n".join([rule, *lines])


def write_value(text: str) -> str:
    """A text as the value of a key on its own line, quoted if YAML would read it differently."""
    try:
        read = yaml.load(f"key: {text}", Loader=CSafeLoader)
    except yaml.YAMLError:
        read = None
    quoted = text[:1] in ("'", '"')
    if isinstance(read, dict) and (quoted or read.get("key") == text or not isinstance(read.get("key"), str)):
        return text
    return quote(text)


def quote(text: str) -> str:
    """A text in quotation marks that it does not contain."""
    return f'"{text}"' if '"' not in text and "\\" not in text else "'" + text.replace("'", "''") + "'"
