"""A record's file → front matter and body, or located Problems.

python-frontmatter splits and parses. This room gives it a strict YAML loader and refuses what it would accept:
missing or unclosed front matter, anything but a mapping, duplicate keys, aliases.
"""

import re
from typing import Any, NamedTuple

import yaml
from frontmatter.default_handlers import YAMLHandler

from generator.errors import Problem, explain_encoding
from generator.load.braces import SafeLoader, show_broken
from generator.load.plain_yaml import load_plain
from generator.shape import CONTROL, check_texts

_KINDS_AS_WRITTEN = frozenset({"tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:merge", "tag:yaml.org,2002:value"})
_NUMBERS = frozenset({"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"})
_NO_NUMBER = "(?!.*:)(?!.{100})"  # with ':' numbers have the base 60; Python refuses to read longer ones

# YAML takes them for ends of lines; editors do not. They are in text that is copied from pages.
OTHER_LINE_ENDS = str.maketrans("\x85\u2028\u2029", "   ")

_TAB_INDENT = re.compile(r" *\t")

CUT = re.compile(r"^[ \t]*[^\s#][^\n]*?[ \t]#", re.MULTILINE)
"""A comment after something on its line."""

_TEXT, _LIST, _MAPPING = (f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map"))
_TAGS = {yaml.ScalarNode: _TEXT, yaml.SequenceNode: _LIST, yaml.MappingNode: _MAPPING}

# Without these bytes UTF-8 has no control characters; bytes are found faster than characters.
_BYTES_OF_CONTROLS = bytes({*range(0x20), 0x7F, 0xC2, 0xEF} - set(b"\t\n\r"))

_MAX_DEPTH = 100  # records nest six deep at most
_ANCHOR_OR_TAG = re.compile(r"[&!](?<![^\s,\[{].)\S")  # it begins with what is rare
_OPENERS = ("[", "{", "- ", "? ")
_LONG = 20_000  # characters; by indentation alone this nests 200 deep at most


class FrontMatterError(Exception):
    """A file is not a record; carries the Problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


class _StrictLoader(SafeLoader):
    """YAML of plain values; times stay texts. No merges, sexagesimal numbers, tags (`!x`) and duplicate keys."""

    yaml_implicit_resolvers = {
        first: [
            (tag, re.compile(_NO_NUMBER + pattern.pattern, pattern.flags) if tag in _NUMBERS else pattern)
            for tag, pattern in resolvers
            if tag not in _KINDS_AS_WRITTEN
        ]
        for first, resolvers in SafeLoader.yaml_implicit_resolvers.items()
    }

    def resolve(self, kind: type[yaml.Node], value: str, implicit: tuple[bool, bool]) -> Any:
        # Like PyYAML, without resolvers for every text and for places in the tree, which this loader does not have.
        if kind is yaml.ScalarNode and implicit[0]:
            for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()):
                if pattern.match(value):
                    return tag
        return _TAGS[kind]

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - as PyYAML has it
        # A shortcut for nearly all nodes: PyYAML takes several steps for the sake of aliases, which do not occur.
        if node.tag == _TEXT and isinstance(node, yaml.ScalarNode):
            return node.value
        if node.tag == _MAPPING and isinstance(node, yaml.MappingNode):
            return self.construct_mapping(node)
        if node.tag == _LIST and isinstance(node, yaml.SequenceNode):
            return [self.construct_object(item) for item in node.value]
        return super().construct_object(node, deep)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:  # noqa: FBT001, FBT002 - as PyYAML has it
        mapping: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError("", None, "a key is not text", key_node.start_mark)
            if key_node.value in mapping:
                reason = f"duplicate key '{key_node.value}'"
                raise yaml.constructor.ConstructorError("", None, reason, key_node.start_mark)
            mapping[key_node.value] = self.construct_object(value_node, deep)
        return mapping


class _Handler(YAMLHandler):
    """Front matter between `---` lines, read by the strict loader."""

    FM_BOUNDARY = re.compile(r"^---[ \t]*$", re.MULTILINE)

    def load(self, fm: str, **kwargs: object) -> Any:  # noqa: ARG002 - as python-frontmatter has it
        if "*" in fm or _ANCHOR_OR_TAG.search(fm) or sum(map(fm.count, _OPENERS)) > _MAX_DEPTH or len(fm) > _LONG:
            _refuse_traps(fm)
        plain = load_plain(fm)
        return super().load(fm, Loader=_StrictLoader) if plain is None else plain


_handler = _Handler()


class FrontMatter(NamedTuple):
    r"""A record's bytes, split: the front matter as plain data, times as text; the markdown after it, line ends `\n`.

    `block` is the front matter as it was written, from the end of the dashes above it.
    `problems` are about the `spoiled` keys, which could not be read; the others are in `matter`.
    """

    matter: dict[str, Any]
    body: str
    block: str
    problems: tuple[Problem, ...] = ()
    spoiled: frozenset[str] = frozenset()


def split_record(data: bytes, *, file: str) -> tuple[dict[str, Any], str]:
    """The front matter and the body of a record; FrontMatterError if any part of it cannot be read."""
    front = read_front_matter(data, file=file)
    if front.problems:
        raise FrontMatterError(front.problems[0])
    return front.matter, front.body


def read_front_matter(data: bytes, *, file: str) -> FrontMatter:
    """Split a record's bytes into its front matter and its body; FrontMatterError if they are not a record."""
    text = _decode(data, file)
    if not _handler.detect(text):
        if not text.strip():
            hint = "a record begins with front matter between '---' lines"
            raise _refuse(file, "empty-file", "the file is empty", hint=hint)
        hint = "begin the file with a line '---', then keys such as 'title: …', then a line '---'"
        raise _refuse(file, "no-front-matter", "no front matter", hint=hint, line=1)
    try:
        block, body = _handler.split(text)
    except ValueError:
        hint = "close the front matter with a line '---'"
        raise _refuse(file, "unclosed-front-matter", "the front matter does not end", hint=hint, line=1) from None
    if not block.isascii():
        block = block.translate(OTHER_LINE_ENDS)
    matter = _load(block, file)
    if isinstance(matter, Problem):
        return _read_in_pieces(block, body, file, matter)
    if matter is None:
        matter = {}
    if not isinstance(matter, dict):
        kind = "a list" if isinstance(matter, list) else "a single value"
        hint = "write keys such as 'title: …'"
        raise _refuse(file, "not-a-mapping", f"the front matter is {kind}", expected="a mapping", hint=hint, line=2)
    return _drop_controls(FrontMatter(matter, body, block), file)


def _load(block: str, file: str) -> Any:
    """The parsed front matter, or the Problem with it."""
    try:
        return _handler.load(block)
    except yaml.MarkedYAMLError as fault:
        return _explain_yaml(fault, block, file)
    except (yaml.YAMLError, RecursionError) as fault:
        return Problem(file=file, code="bad-yaml", message=f"not valid YAML: {fault or type(fault).__name__}")
    except ValueError as fault:
        return Problem(file=file, code="bad-yaml", message=f"not valid YAML: {fault}", hint="quote the value")


def _read_in_pieces(block: str, body: str, file: str, whole: Problem) -> FrontMatter:
    """Read each key of a broken front matter by itself, so that one fault hides nothing else."""
    matter: dict[str, Any] = {}
    problems: list[Problem] = []
    spoiled: set[str] = set()
    starts = [0, *(match.start() for match in _KEY.finditer(block))]
    for start, end in zip(starts, [*starts[1:], len(block)], strict=True):
        piece = "\n" * block.count("\n", 0, start) + block[start:end]  # so that line numbers are those of the file
        read = _load(piece, file)
        if isinstance(read, Problem):
            problems.append(read)
            spoiled.update(_WORD.findall(block[start:end]))
            continue
        for key, value in read.items() if isinstance(read, dict) else ():
            if key in matter:
                line = piece.count("\n", 0, len(piece) - len(piece.lstrip("\n"))) + 1
                hint = "keep one of them"
                message = f"duplicate key '{key}'"
                problems.append(Problem(file=file, code="duplicate-key", message=message, line=line, hint=hint))
            else:
                matter[key] = value
    if not problems:  # the fault only occurs in the whole
        raise FrontMatterError(whole)
    return _drop_controls(FrontMatter(matter, body, block, tuple(problems), frozenset(spoiled)), file)


def _drop_controls(front: FrontMatter, file: str) -> FrontMatter:
    """Remove the values in which an escape wrote a control character."""
    if "\\" not in front.block or not (found := check_texts(front.matter, file=file)):
        return front
    bad = {str(problem.key[0]) for problem in found}
    matter = {key: value for key, value in front.matter.items() if key not in bad}
    return front._replace(matter=matter, problems=(*front.problems, *found), spoiled=front.spoiled | bad)


_KEY = re.compile(r"^[\"']?[\w-]+[\"']?[ \t]*:(?=\s|$)", re.MULTILINE)
_WORD = re.compile(r"^(?:\?[ \t]*+[\[{]*+)?[\"']?([\w-]+)", re.MULTILINE)


def _decode(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise FrontMatterError(explain_encoding(fault, file=file)) from fault
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if len(data.translate(None, _BYTES_OF_CONTROLS)) < len(data) and (bad := CONTROL.search(text)):
        line = text.count("\n", 0, bad.start()) + 1
        raise _refuse(file, "control-character", f"control character U+{ord(bad[0]):04X}", hint="remove it", line=line)
    return text


def _refuse_traps(block: str) -> None:
    """Refuse aliases, which can explode, anchors, tags, and nesting that exhausts libyaml's stack."""
    depth = 0
    for event in yaml.parse(block, Loader=SafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        reason = f"values are nested more than {_MAX_DEPTH} levels deep" if depth > _MAX_DEPTH else ""
        if isinstance(event, yaml.AliasEvent):
            reason = f"alias '*{event.anchor}'"
        elif anchor := getattr(event, "anchor", None):
            reason = f"anchor '&{anchor}'"
        elif (tag := getattr(event, "tag", None)) and tag != "!":
            reason = f"tag '{tag.replace('tag:yaml.org,2002:', '!!')}'"
        if reason:
            raise yaml.MarkedYAMLError(problem=reason, problem_mark=event.start_mark)  # type: ignore[arg-type]  # C marks


def _explain_yaml(fault: yaml.MarkedYAMLError, block: str, file: str) -> Problem:
    reason = fault.problem or "cannot be parsed"
    mark = fault.problem_mark or fault.context_mark
    if reason == "found unexpected end of stream" and fault.context_mark:
        reason, mark = "a quotation mark is not closed", fault.context_mark
    if reason == "could not find expected ':'" and fault.context_mark:
        mark = fault.context_mark
    line = mark.line + 1 if mark else None
    if reason.startswith("duplicate key"):
        return Problem(file=file, code="duplicate-key", message=reason, line=line, hint="keep one of them")
    if reason.startswith("anchor"):
        hint = f"remove it, or quote the text that begins with {reason.partition(' ')[2]}"
        return Problem(file=file, code="yaml-alias", message=f"YAML {reason}", line=line, hint=hint)
    if reason.startswith("alias"):
        return Problem(file=file, code="yaml-alias", message=f"YAML {reason}", line=line, hint="write the value out")
    lines = block.split("\n")
    if reason == "a quotation mark is not closed" or mark is None:
        hint = _QUOTE
    elif _TAB_INDENT.match("".join(lines[mark.line : mark.line + 1])):
        reason, hint = "a tab indents the line", "indent with spaces"
    elif reason.startswith("tag"):
        reason, hint = f"{reason} is not supported here", "remove it, or quote the text that begins with '!'"
    elif fault.context == "while parsing a flow mapping" and fault.context_mark:
        start = fault.context_mark.line
        line = start + 1
        text = " ".join(lines[start : max(start + 1, mark.line + (mark.column > 0))])
        hint = show_broken(text, fault.context_mark.column)
    else:
        hint = _hint_on(reason, fault.context or "", lines[mark.line - 1])
    return Problem(file=file, code="bad-yaml", message=f"not valid YAML: {reason}", line=line, hint=hint)


_QUOTE = "quote texts that contain ': ' or begin with one of @ ` % & * ! | > [ ] { } # \" '"


def _hint_on(reason: str, context: str, above: str) -> str:
    """The hint for a fault that YAML reports; `above` is the line before it."""
    if context == "while parsing a flow sequence":
        return "between [ and ], a comma or a bracket ends a value: quote the text, or put each item on a line '- …'"
    if reason == "did not find expected key":
        if CUT.search(above):
            return "' #' begins a comment, which ends the text above: quote the text"
        return "indent all keys of a mapping equally, and close every quotation mark"
    if reason == "could not find expected ':'":
        return "write each line as 'key: value', and indent continuation lines"
    return "look for brackets that are not closed" if reason.startswith("values are nested") else _QUOTE


def _refuse(
    file: str, code: str, message: str, *, expected: str = "", hint: str = "", line: int | None = None
) -> FrontMatterError:
    problem = Problem(file=file, code=code, message=message, expected=expected, hint=hint, line=line)
    return FrontMatterError(problem)
