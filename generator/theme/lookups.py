"""Lookups in templates that must fail: names, attributes, filters, tests, macros and blocks that cannot exist.

Types are followed as far as they are certain; other faults show when pages are rendered (`missing`).
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from jinja2 import Environment, nodes

from generator.errors import Problem, suggest
from generator.theme.kinds import UNKNOWN, Kinds, Module, elements_of, join_kinds, kinds_of, look_up, names_in
from generator.theme.missing import GIVEN, explain_attribute, explain_name
from generator.theme.sources import reach
from generator.theme.trees import Tree, children_of

Scope = dict[str, Kinds]
"""The kinds of names at a place of a template."""

_ALWAYS = ("self", "super", "loop", "caller", "varargs", "kwargs")
_QUESTIONS = frozenset({"defined", "undefined"})
_FALLBACKS = frozenset({"default", "d"})
_SAME = frozenset({"list", "sort", "reverse", "select", "reject", "selectattr", "rejectattr", "unique"})
_ONE_OF = frozenset({"first", "last", "min", "max"})
_ATTRIBUTE_FIRST = frozenset({"selectattr", "rejectattr", "groupby"})


class TemplateSource(NamedTuple):
    """A parsed template: its file in reports, and the templates that it refers to, by the names in it."""

    file: str
    tree: Tree[nodes.Template]
    means: Mapping[str, str]


def check_lookups(
    sources: Mapping[str, TemplateSource],
    used: Collection[str],
    environment: Environment,
    given: Mapping[str, Any],
    pages: Mapping[str, Any],
) -> Iterator[Problem]:
    """Report lookups in templates that must fail.

    `sources` are the parsed templates by their inside names; only the `used` ones are checked.
    `given` are the types of what every template knows, `pages` those of `page` by inside names.
    """
    known_to = {name: _known_to(source) for name, source in sources.items()}
    seen_by = {name: reach(name, known_to) for name in sources}
    bound_in = {name: _names_bound_in(source.tree) for name, source in sources.items()}
    imported = {target for one in sources.values() for target in one.means.values()}
    for name, source in sources.items():
        if name not in used:
            continue
        above = [other for other in sources if name in seen_by[other]]
        ambient = {*above, *_lineage(name, sources)} - {name, ""}
        scope: Scope = dict.fromkeys((*environment.globals, *_ALWAYS), UNKNOWN)
        scope |= dict.fromkeys((bound for other in ambient for bound in bound_in[other]), UNKNOWN)
        scope |= {known: kinds_of(kind) for known, kind in given.items()}
        if above != [name] or name in pages or name not in imported:
            scope["page"] = join_kinds(kinds_of(pages[other]) for other in above if other in pages)
        reader = _LookupReader(source, sources, environment)
        reader.read(scope)
        yield from dict.fromkeys(reader.problems)
        yield from _check_blocks(name, sources)


def has_unknown(tree: Tree[nodes.Template], environment: Environment) -> bool:
    """Whether a template uses an unknown filter or test, so that it cannot be compiled."""
    return any(one.name not in environment.filters for one in tree.find(nodes.Filter)) or any(
        one.name not in environment.tests for one in tree.find(nodes.Test)
    )


def _known_to(source: TemplateSource) -> list[str]:
    """The inside names of the templates that a template extends, includes, or imports with its context."""
    statements = source.tree.find(nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)
    return [one for node in statements if getattr(node, "with_context", True) for one in _meant(node, source)]


def _meant(node: nodes.Node, source: TemplateSource) -> list[str]:
    """The inside names of the templates that a statement may mean."""
    consts = [node.template, *node.template.find_all(nodes.Const)]  # type: ignore[attr-defined]
    return [source.means[one.value] for one in consts if isinstance(one, nodes.Const) and one.value in source.means]


def _lineage(name: str, sources: Mapping[str, TemplateSource]) -> list[str]:
    """A template, the one that it extends, and so on; ends with an empty name if one is not parsed."""
    line = [name]
    while line[-1] in sources and (extends := sources[line[-1]].tree.find(nodes.Extends)):
        found = [one for one in _meant(extends[0], sources[line[-1]]) if one not in line]
        if len(found) != 1:
            return [*line, ""]
        line += found
    return [one for one in line if one in sources] if line[-1] in sources else [*line[:-1], ""]


def _check_blocks(name: str, sources: Mapping[str, TemplateSource]) -> Iterator[Problem]:
    """Report the blocks that no template below has: they are never shown."""
    below = _lineage(name, sources)[1:]
    if not below or "" in below:
        return
    known = {block.name for other in below for block in sources[other].tree.find(nodes.Block)}
    own = sources[name]
    blocks = own.tree.find(nodes.Block)
    inner = {id(one) for block in blocks for one in Tree(block).find(nodes.Block)}
    for block in blocks:
        if id(block) not in inner and block.name not in known:
            message = f"'{below[0].partition(':')[2]}' has no block '{block.name}', so this one is never shown"
            hint = suggest(block.name, known, otherwise=f"it has {', '.join(sorted(known))}")
            yield Problem(file=own.file, code="unknown-name", line=block.lineno, message=message, hint=hint)


def _names_bound_in(tree: Tree[nodes.Template]) -> set[str]:
    """Every name that a template binds anywhere."""
    stored = {node.name for node in tree.find(nodes.Name) if node.ctx in ("store", "param")}
    return stored | {name for node in tree.nodes for name in _names_of(node)}


def _hoisted(body: Iterable[nodes.Node]) -> Iterator[str]:
    """The names that statements bind, also in branches, but not in loops and macros."""
    for node in body:
        yield from _names_of(node)
        if isinstance(node, nodes.If | nodes.Template):
            yield from _hoisted(children_of(node))


def _names_of(node: nodes.Node) -> Iterator[str]:
    """The names that a statement itself binds."""
    match node:
        case nodes.Assign() | nodes.AssignBlock():
            yield from (name.name for name in _targets(node.target))
        case nodes.Macro():
            yield node.name
        case nodes.Import():
            yield node.target
        case nodes.FromImport():
            yield from (name if isinstance(name, str) else name[1] for name in node.names)


def _targets(node: nodes.Node) -> list[nodes.Name]:
    return [node] if isinstance(node, nodes.Name) else list(node.find_all(nodes.Name))


def _exports(source: TemplateSource) -> frozenset[str] | None:
    """The names that a template exports to those that import it; None if they are unknown."""
    if source.tree.find(nodes.Extends):
        return None
    imports = (node for node in source.tree.root.body if isinstance(node, nodes.Import | nodes.FromImport))
    imported = set(_hoisted(imports))
    return frozenset(name for name in _hoisted([source.tree.root]) if not name.startswith("_") and name not in imported)


class _LookupReader:
    """Reads one template, and collects its failing lookups."""

    def __init__(self, source: TemplateSource, sources: Mapping[str, TemplateSource], environment: Environment) -> None:
        self.problems: list[Problem] = []
        self._source = source
        self._sources = sources
        self._environment = environment
        tree = source.tree
        tests = (test.node for test in tree.find(nodes.Test) if test.name in _QUESTIONS)
        filtered = (one.node for one in tree.find(nodes.Filter) if one.name in _FALLBACKS and one.node)
        self._asked = {_write(node) for node in (*tests, *filtered)} - {""}
        targets = [node.target for node in tree.find(nodes.Assign)]
        targets += [node.target for node in tree.find(nodes.AssignBlock)]
        self._assigned = Counter(name.name for target in targets for name in _targets(target))
        self._handlers: dict[type[nodes.Node], Callable[[Any, Scope], Kinds]] = {
            nodes.Name: self._name,
            nodes.Getattr: lambda node, scope: self._member(node, self._visit(node.node, scope), node.attr),
            nodes.Getitem: self._item,
            nodes.Filter: self._filter,
            nodes.Test: self._test,
            nodes.CondExpr: self._choice,
            nodes.For: self._loop,
            nodes.Assign: self._assign,
            nodes.With: self._with,
            nodes.Macro: self._macro,
            nodes.CallBlock: self._call_block,
            nodes.Block: self._block,
            nodes.Import: self._import,
            nodes.FromImport: self._from_import,
        }

    def read(self, scope: Scope) -> None:
        self._body(self._source.tree.root.body, scope)

    def _visit(self, node: nodes.Node, scope: Scope) -> Kinds:
        handler = self._handlers.get(type(node))
        if handler:
            return handler(node, scope)
        for child in children_of(node):
            self._visit(child, scope)
        return UNKNOWN

    def _body(self, body: Iterable[nodes.Node], scope: Scope) -> None:
        statements = list(body)
        scope |= dict.fromkeys(_hoisted(statements), UNKNOWN)
        for statement in statements:
            self._visit(statement, scope)

    # Lookups

    def _name(self, node: nodes.Name, scope: Scope) -> Kinds:
        if node.ctx == "load" and node.name not in scope and node.name not in self._asked:
            if node.name == "page":
                hint = "pass it as an argument, as in {{ name_of_the_macro(page) }}"
                self._refuse(node, "'page' is not available in an imported template", hint)
            else:
                self._refuse(node, *explain_name(node.name, {*GIVEN, *_names_bound_in(self._source.tree)}))
        return scope.get(node.name)

    def _item(self, node: nodes.Getitem, scope: Scope) -> Kinds:
        inside = self._visit(node.node, scope)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._member(node, inside, node.arg.value)
        self._visit(node.arg, scope)
        if isinstance(node.arg, nodes.Slice):
            return inside
        return elements_of(inside) if isinstance(node.arg, nodes.Const) else UNKNOWN

    def _member(self, node: nodes.Getattr | nodes.Getitem, inside: Kinds, name: str) -> Kinds:
        is_there, kinds = look_up(inside, name)
        if not is_there and _write(node) not in self._asked:
            written = _write(node.node)
            self._refuse(node, *explain_attribute(f"'{written}'" if written else "this", name, names_in(inside)))
        return kinds

    def _filter(self, node: nodes.Filter, scope: Scope) -> Kinds:
        inside = self._visit(node.node, scope) if node.node else UNKNOWN
        for child in (*node.args, *node.kwargs):
            self._visit(child, scope)
        self._know(node, "filter", self._environment.filters)
        self._check_by(node, elements_of(inside))
        if node.name in _SAME:
            return inside
        return elements_of(inside) if node.name in _ONE_OF else UNKNOWN

    def _check_by(self, node: nodes.Filter, inside: Kinds) -> None:
        """Check the attribute that a filter such as `sort(attribute="title")` uses of each element."""
        named = [pair.value for pair in node.kwargs if pair.key == "attribute"]
        named += node.args[:1] if node.name in _ATTRIBUTE_FIRST else []
        is_question = any(isinstance(arg, nodes.Const) and arg.value in _QUESTIONS for arg in node.args[1:2])
        has_fallback = any(pair.key == "default" for pair in node.kwargs)
        for const in named:
            if isinstance(const, nodes.Const) and isinstance(const.value, str) and not is_question and not has_fallback:
                for name in const.value.split("."):
                    is_there, kinds = look_up(inside, name)
                    if not is_there:
                        written = _write(node.node) if node.node else ""
                        what = f"an element of '{written}'" if written else "an element"
                        self._refuse(node, *explain_attribute(what, name, names_in(inside)))
                    inside = kinds

    def _test(self, node: nodes.Test, scope: Scope) -> Kinds:
        self._know(node, "test", self._environment.tests)
        for child in children_of(node):
            self._visit(child, scope)
        return UNKNOWN

    def _choice(self, node: nodes.CondExpr, scope: Scope) -> Kinds:
        self._visit(node.test, scope)
        return join_kinds(self._visit(one, scope) if one else UNKNOWN for one in (node.expr1, node.expr2))

    # Statements that bind names

    def _loop(self, node: nodes.For, scope: Scope) -> Kinds:
        inner = {**scope, "loop": UNKNOWN}
        elements = elements_of(self._visit(node.iter, scope))
        inner |= {name.name: UNKNOWN for name in _targets(node.target)}
        if isinstance(node.target, nodes.Name):
            inner[node.target.name] = elements
        if node.test:
            self._visit(node.test, inner)
        self._body(node.body, inner)
        self._body(node.else_, {**scope})
        return UNKNOWN

    def _assign(self, node: nodes.Assign, scope: Scope) -> Kinds:
        kinds = self._visit(node.node, scope)
        if isinstance(node.target, nodes.Name) and self._assigned[node.target.name] == 1:
            scope[node.target.name] = kinds
        return UNKNOWN

    def _with(self, node: nodes.With, scope: Scope) -> Kinds:
        inner = {**scope}
        for target, value in zip(node.targets, node.values, strict=True):
            kinds = self._visit(value, scope)
            inner |= {name.name: UNKNOWN for name in _targets(target)}
            if isinstance(target, nodes.Name):
                inner[target.name] = kinds
        self._body(node.body, inner)
        return UNKNOWN

    def _macro(self, node: nodes.Macro | nodes.CallBlock, scope: Scope) -> Kinds:
        for default in node.defaults:
            self._visit(default, scope)
        self._body(node.body, {**scope, **{argument.name: UNKNOWN for argument in node.args}})
        return UNKNOWN

    def _call_block(self, node: nodes.CallBlock, scope: Scope) -> Kinds:
        self._visit(node.call, scope)
        return self._macro(node, scope)

    def _block(self, node: nodes.Block, scope: Scope) -> Kinds:
        self._body(node.body, {**scope})
        return UNKNOWN

    def _import(self, node: nodes.Import, scope: Scope) -> Kinds:
        meant, exports = self._imported(node)
        scope[node.target] = UNKNOWN if exports is None else (Module(meant, exports),)
        return UNKNOWN

    def _from_import(self, node: nodes.FromImport, _scope: Scope) -> Kinds:
        meant, exports = self._imported(node)
        for name in node.names:
            asked = name if isinstance(name, str) else name[0]
            if exports is not None and asked not in exports:
                message, hint = explain_attribute(f"'{meant}'", asked, sorted(exports))
                self._refuse(node, message, hint)
        return UNKNOWN

    def _imported(self, node: nodes.Import | nodes.FromImport) -> tuple[str, frozenset[str] | None]:
        meant = _meant(node, self._source)
        known = len(meant) == 1 and meant[0] in self._sources
        return (meant[0].partition(":")[2], _exports(self._sources[meant[0]])) if known else ("", None)

    # Problems

    def _know(self, node: nodes.Filter | nodes.Test, kind: str, known: Collection[str]) -> None:
        if node.name not in known:
            hint = suggest(node.name, known, otherwise=f"docs/themes.md and Jinja2's manual list the {kind}s")
            self._refuse(node, f"there is no {kind} '{node.name}'", hint)

    def _refuse(self, node: nodes.Node, message: str, hint: str) -> None:
        file, line = self._source.file, node.lineno
        self.problems.append(Problem(file=file, code="unknown-name", line=line, message=message, hint=hint))


def _write(node: nodes.Node) -> str:
    """A name or a chain of attributes as written; empty for everything else."""
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr) and (inside := _write(node.node)):
        return f"{inside}.{node.attr}"
    if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) and (inside := _write(node.node)):
        return f"{inside}.{node.arg.value}"
    return ""
