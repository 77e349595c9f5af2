"""No regular expression of the program takes more than about linear time, whatever it is given.

Every pattern is found: those that modules compile, those that are written where they are used, and those of types.
For each, texts are made from its own parts that lead engines astray: long runs of what it repeats, of what it begins
with and of what it never finishes, before something that fails. They are so long that quadratic work takes many times
as much of a processor's time as is allowed, and linear work a hundredth: other programs cannot use that time up.
What is swift on a small part of a text, as nearly all is, could not be too slow on the whole, even if it is quadratic.
"""

import ast
import builtins
import functools
import importlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from re import _constants as constants  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

import pytest

import generator

pytestmark = pytest.mark.slow

ROOT = Path(generator.__file__).parent
FUNCTIONS = {"compile", "search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"}
ANCHORED = {"match", "fullmatch"}
LONG = 60_000  # characters: quadratic work on them is billions of steps
CPU_SECONDS = 0.75  # for each text
SWIFT = CPU_SECONDS / 1000  # for a part of it
PARTS = 20


LOCAL = {
    ("generator.words", "between"): "one character of a class, without repeats",
    ("generator.theme.tables", "field"): "from the table `_FIELDS`, which is one of expressions without repeats",
    ("generator.importers.links", "topic_path"): "from the importer of each system, and looked at there",
    ("generator.importers.pelican", "pattern"): "from the settings of the site that is imported, if it is a simple one",
    ("generator.importers.pelican_urls", "pattern"): "from the settings of the site that is imported",
}
"""What is not a pattern of the program's own: the module, its name there, and why it is not tested."""


MATCHED = {"generator.load.frontmatter": "PyYAML matches values from their beginning"}
"""Whose patterns others apply, and how."""


class Expression(NamedTuple):
    """A pattern, its flags, how it is applied, and where it stands."""

    pattern: str
    flags: int
    methods: tuple[str, ...]
    place: str


def module_files() -> Iterator[tuple[str, Path]]:
    for file in sorted(ROOT.rglob("*.py")):
        parts = file.relative_to(ROOT.parent).with_suffix("").parts
        yield ".".join(part for part in parts if part != "__init__"), file


@functools.cache
def read_trees() -> dict[str, ast.Module]:
    return {name: ast.parse(file.read_text()) for name, file in module_files()}


@functools.cache
def find_uses() -> dict[tuple[str, str], set[str]]:
    """The methods that a module calls on what has a name."""
    found: dict[tuple[str, str], set[str]] = {}
    for module, tree in read_trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and node.attr in FUNCTIONS | {"pattern"}:
                owners = [node.value.body, node.value.orelse] if isinstance(node.value, ast.IfExp) else [node.value]
                for owner in owners:
                    name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
                    found.setdefault((module, name), set()).add(node.attr)
    return found


def uses_of(name: str, module: str) -> set[str]:
    """The methods that are called on a pattern: one that is private, in its own module; any other, anywhere."""
    return {
        method
        for (using, used), methods in find_uses().items()
        if used == name and (using == module or not name.startswith("_"))
        for method in methods
    }


def is_regex_call(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "re"
        and node.func.attr in FUNCTIONS
    )


def find_expressions(room: str) -> Iterator[Expression]:
    """The patterns of a room, or of a module beside the rooms."""
    for name, tree in read_trees().items():
        if name.split(".")[1:2] != [room] or name.endswith("__main__"):
            continue
        values = vars(importlib.import_module(name))
        names = {
            id(node.value): node.targets[0].id
            for node in ast.walk(tree)
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        }
        for node in ast.walk(tree):
            place = f"{name}:{getattr(node, 'lineno', 0)}"
            if is_regex_call(node):
                assert isinstance(node, ast.Call)
                method = node.func.attr  # type: ignore[attr-defined]
                if isinstance(node.args[0], ast.Name) and node.args[0].id not in values:
                    assert (name, node.args[0].id) in LOCAL, place
                    continue
                pattern = evaluate(node.args[0], values)
                flags = next((evaluate(one.value, values) for one in node.keywords if one.arg == "flags"), 0)
                if method == "compile" and len(node.args) > 1:
                    flags = evaluate(node.args[1], values)
                methods = {method}
                if name in MATCHED:
                    methods = {"match"}
                elif method == "compile":
                    methods = uses_of(names.get(id(node), ""), name)
                compiled = re.compile(pattern, flags)
                applied = tuple(
                    sorted({one if one in ANCHORED else "finditer" for one in methods - {"pattern"}} or {"finditer"})
                )
                yield Expression(as_text(compiled.pattern), compiled.flags & ~re.UNICODE, applied, place)
            elif isinstance(node, ast.keyword) and node.arg in ("pattern", "topic_path"):
                yield Expression(evaluate(node.value, values), 0, ("search",), f"{name}:{node.value.lineno}")


class Stand(str):
    """What stands for a value that only a run of the program has."""

    __slots__ = ()
    flags = 0

    def __getattr__(self, _name: str) -> "Stand":
        return self

    def __getitem__(self, _place: object) -> "Stand":
        return self


def evaluate(node: ast.expr, values: dict[str, Any]) -> Any:
    """A pattern as it is written in the program; what a function puts into it is a letter."""
    known = {**vars(builtins), **values}
    names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
    return eval(
        compile(ast.Expression(node), "pattern", "eval"), known | {one: Stand("x") for one in names - known.keys()}
    )


def as_text(pattern: str | bytes) -> str:
    return pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern


# Texts that lead an expression astray


def sample(tree: Any, upto: int | None = None, *, most: bool = False) -> str:
    """A text that a parsed pattern, or the beginning of one, matches; roughly, for lookarounds are passed over."""
    return "".join(sample_node(op, value, most=most) for op, value in list(tree)[:upto])


def sample_node(op: Any, value: Any, *, most: bool = False) -> str:  # noqa: PLR0911 - one per kind of node
    match op:
        case constants.LITERAL:
            return chr(value)
        case constants.NOT_LITERAL:
            return "a" if value != ord("a") else "b"
        case constants.ANY:
            return "a"
        case constants.IN:
            return next(iter(chars_of(value)), "a")
        case constants.MAX_REPEAT | constants.MIN_REPEAT | constants.POSSESSIVE_REPEAT:
            low, high, body = value
            return sample(body, most=most) * max(low, min(high, 2) if most else low)
        case constants.SUBPATTERN:
            return sample(value[-1], most=most)
        case constants.ATOMIC_GROUP:
            return sample(value, most=most)
        case constants.BRANCH:
            return sample(value[1][0], most=most)
        case _:
            return ""


PROBES = "a0 -_.\n\t'\"<>&;:/#`*[](){}=!~\\|é\x00%@?"


def chars_of(items: Any) -> list[str]:
    """Some characters that a class lets through."""
    try:
        one = re.compile(to_class(items))
    except re.error:
        return ["a"]
    return [char for char in PROBES if one.fullmatch(char)]


def to_class(items: Any) -> str:
    written = ""
    for op, value in items:
        match op:
            case constants.NEGATE:
                written += "^"
            case constants.LITERAL:
                written += re.escape(chr(value))
            case constants.RANGE:
                written += f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}"
            case constants.CATEGORY:
                written += {
                    constants.CATEGORY_DIGIT: r"\d",
                    constants.CATEGORY_NOT_DIGIT: r"\D",
                    constants.CATEGORY_SPACE: r"\s",
                    constants.CATEGORY_NOT_SPACE: r"\S",
                    constants.CATEGORY_WORD: r"\w",
                    constants.CATEGORY_NOT_WORD: r"\W",
                }[value]
    return f"[{written}]"


def pumps(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """What may be repeated, and what has to come before it: bodies of repeats, their characters, and beginnings."""
    so_far = before
    for place, (op, value) in enumerate(tree):
        match op:
            case constants.MAX_REPEAT | constants.MIN_REPEAT | constants.POSSESSIVE_REPEAT:
                body = value[2]
                yield so_far, sample(body, most=True)
                for char in characters(body):
                    yield so_far, char
                yield from pumps(body, so_far)
            case constants.SUBPATTERN:
                yield from pumps(value[-1], so_far)
            case constants.ATOMIC_GROUP:
                yield from pumps(value, so_far)
            case constants.BRANCH:
                for branch in value[1]:
                    yield from pumps(branch, so_far)
                    yield so_far, sample(branch, most=True)
            case constants.ASSERT | constants.ASSERT_NOT:
                yield from pumps(value[1], so_far)
        so_far += sample_node(op, value)
        if place < 8 and so_far:
            yield "", so_far
            yield "", before + sample(tree, place + 1, most=True)


def characters(tree: Any) -> list[str]:
    """The first characters that a repeated part can be made of."""
    found: list[str] = []
    for op, value in tree:
        if op is constants.IN:
            found += chars_of(value)[:3]
        elif op is constants.ANY:
            found += ["a", " "]
        elif op is constants.NOT_LITERAL:
            found += [char for char in "a <" if ord(char) != value][:2]
        elif op is constants.LITERAL:
            found.append(chr(value))
    return list(dict.fromkeys(found))


ENDS = ("", "\x00!")
RUNS = (" ", "\n", "a")


def hostile(one: Expression) -> list[tuple[str, str, str]]:
    """Beginning, what is repeated, and end of each text."""
    tree = parser.parse(one.pattern, one.flags)
    found = dict.fromkeys([*pumps(tree), *(("", run) for run in RUNS)])
    return [(before, pump, end) for before, pump in found if pump for end in ENDS]


RUN = """
import json, re, signal, sys, time
expressions, long, parts, allowed, swift = json.load(sys.stdin)
def apply(one, methods, text):
    for method in methods:
        found = getattr(one, method)(text)
        if method == "finditer":
            for _ in found:
                pass
for place, (pattern, flags, methods, cases) in enumerate(expressions):
    one = re.compile(pattern, flags)
    for number, (before, pump, end) in enumerate(cases):
        print(place, number, flush=True)
        signal.setitimer(signal.ITIMER_PROF, allowed)  # it kills; it counts what this process takes of a processor
        for size in (long // parts, long):
            began = time.process_time()
            apply(one, methods, before + pump * (size // len(pump)) + end)
            if time.process_time() - began < swift:
                break
"""


def find_astray(expressions: list[Expression], long: int = LONG) -> tuple[Expression, tuple[str, str, str]] | None:
    """The first expression that takes too long, and the text that it takes too long for; None if there is none."""
    cases = [hostile(one) for one in expressions]
    given = [
        (one.pattern, one.flags & ~re.UNICODE, one.methods, texts)
        for one, texts in zip(expressions, cases, strict=True)
    ]
    told = json.dumps([given, long, PARTS, CPU_SECONDS, SWIFT])
    done = subprocess.run([sys.executable, "-c", RUN], input=told, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return None
    assert done.returncode < 0, done.stderr
    place, number = map(int, done.stdout.split()[-2:])
    return expressions[place], cases[place][number]


ROOMS = sorted({file.stem for file in ROOT.iterdir() if file.suffix == ".py" or (file / "__init__.py").exists()})


@pytest.mark.parametrize("room", ROOMS)
def test_no_expression_can_be_led_astray(room: str) -> None:
    assert find_astray([*find_expressions(room)]) is None


@pytest.mark.parametrize("pattern", [r"<[^>]*>", r"(a|a)*b", r"\s+x", r"(\w+\s*)+:", r"<p>.*?</p>", r"x*y*x*z"])
def test_an_expression_that_can_be_is_found_out(pattern: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "CPU_SECONDS", 0.1)
    harmless, harmful = (Expression(one, 0, ("finditer",), "here") for one in ("a", pattern))
    assert (find_astray([harmless, harmful]) or [None])[0] == harmful


def test_every_expression_is_looked_at() -> None:
    found = [one for room in ROOMS for one in find_expressions(room)]
    assert len(found) > 200
    assert {one.place.split(":")[0] for one in found} >= {"generator.addresses", "generator.records.body"}
    written = sum(text.count("re.compile(") for text in (file.read_text() for _, file in module_files()))
    assert len(found) >= written
