"""The templates of a chain of themes → what each refers to, and its compiled code."""

from collections.abc import Collection, Iterator

import msgspec
from jinja2 import nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from generator.errors import Problem, suggest
from generator.names import compose
from generator.theme.environment import ChainEnvironment
from generator.theme.kinds import Views
from generator.theme.lookups import TemplateSource, check_lookups, has_unknown
from generator.theme.sources import TemplateTrace
from generator.theme.trees import Tree

SAY = "t"
"""The name of the function that gives templates their words."""


def trace_templates(
    environment: ChainEnvironment, assets: Collection[str], strings: Collection[str], views: Views | None = None
) -> TemplateTrace:
    """Find what each template refers to; references that are dynamic or lead nowhere are Problems.

    Lookups are checked only with `views`, the types of what templates get.
    """
    tracer = _Tracer(environment, assets, strings, has_views=views is not None)
    for name in environment.sources.names:
        tracer.trace(name)
    code, is_sandboxed = environment.bytecode_cache.code, environment.sandboxed
    traced = TemplateTrace((), tracer.templates, tracer.assets, tracer.strings, code, is_sandboxed)
    if views:
        sources = environment.sources
        pages = {sources.resolve(file): kind for file, kind in views.pages.items()}
        used = {inner for name in sources.topmost for inner in traced.closure(name)}
        tracer.problems += check_lookups(tracer.parsed, used, environment, views.given, pages)
    return msgspec.structs.replace(traced, problems=tuple(tracer.problems))


class _Tracer:
    def __init__(
        self, environment: ChainEnvironment, assets: Collection[str], strings: Collection[str], *, has_views: bool
    ) -> None:
        self._has_views = has_views
        self._environment = environment
        self._sources = environment.sources
        self._known_assets = assets
        self._known_strings = strings
        self.problems: list[Problem] = []
        self.templates: dict[str, tuple[str, ...]] = {}
        self.assets: dict[str, tuple[str, ...]] = {}
        self.strings: dict[str, tuple[str, ...]] = {}
        self.parsed: dict[str, TemplateSource] = {}

    def trace(self, name: str) -> None:
        self.templates[name] = self.assets[name] = self.strings[name] = ()
        file = self._sources.place_of(name)
        try:
            parsed = self._environment.parse(self._sources.text_of(name), name, file)
            tree = Tree(parsed)
            _refuse_computed_escaping(tree)
            if not (self._has_views and has_unknown(tree, self._environment)):  # which is reported
                self._environment.keep_code(parsed, name)
        except TemplateSyntaxError as fault:
            message = f"the template cannot be parsed: {fault.message}"
            self.problems.append(Problem(file=file, code="template-syntax", line=fault.lineno, message=message))
            return
        except (SyntaxError, RecursionError, MemoryError):  # of Python, which has limits of its own
            hint = "split it with include or macros"
            self._refuse(file, "template-syntax", "the template cannot be parsed: it is nested too deeply", hint)
            return
        means = self._templates_in(tree, name, file)
        self.parsed[name] = TemplateSource(file, tree, means)
        self.templates[name] = tuple(sorted(set(means.values())))
        self.assets[name] = tuple(sorted(self._assets_in(tree, file)))
        self.strings[name] = tuple(sorted(self._strings_in(tree, file)))

    def _templates_in(self, tree: Tree[nodes.Template], name: str, file: str) -> dict[str, str]:
        """The inside names of what a template extends, includes or imports, by the names that it uses."""
        known = {inner.partition(":")[2] for inner in self._sources.names}
        referenced: dict[str, str] = {}
        for node in tree.find(nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport):
            for one in find_referenced_templates(nodes.Template([node], lineno=node.lineno)):
                if one is None:
                    hint = "write the template's name as a literal"
                    message = "the name of a template is an expression"
                    self._refuse(file, "dynamic-template", message, hint, line=node.lineno)
                elif (found := self._sources.resolve(one, name)) not in self._sources.names:
                    hint = suggest(one, known)
                    self._refuse(file, "unknown-template", f"no template '{one}'", hint, line=node.lineno)
                else:
                    referenced[one] = found
        return referenced

    def _assets_in(self, tree: Tree[nodes.Template], file: str) -> set[str]:
        used = set()
        calls, others = _uses_of("asset", tree)
        for call in calls:
            named = call.args[0] if call.args else None
            if not (isinstance(named, nodes.Const) and isinstance(named.value, str)):
                hint = "write the asset's name as a literal"
                self._refuse(file, "dynamic-template", "the name of an asset is an expression", hint, line=call.lineno)
            elif compose(named.value) not in self._known_assets:
                hint = suggest(named.value, self._known_assets)
                self._refuse(file, "unknown-asset", f"no asset '{named.value}'", hint, line=call.lineno)
            else:
                used.add(compose(named.value))
        for name in others:
            hint = "call asset() directly in the link"
            self._refuse(file, "dynamic-template", "'asset' is assigned to another name", hint, line=name.lineno)
        return used

    def _strings_in(self, tree: Tree[nodes.Template], file: str) -> set[str]:
        """The keys of words that a template uses, `t("…")`; `*` replaces what is only known for a page."""
        calls, others = _uses_of(SAY, tree)
        used = {"*"} if others else set()  # under another name it may get any key
        known = self._known_strings
        for call in calls:
            for key in _keys_of(call.args[0]) if call.args else ("*",):
                used.add(key)
                if not (any(one.startswith(key[:-1]) for one in known) if key.endswith("*") else key in known):
                    message = f"no string begins with '{key[:-1]}'" if key.endswith("*") else f"no string '{key}'"
                    self._refuse(file, "unknown-string", message, suggest(key.rstrip("*"), known), line=call.lineno)
        return used

    def _refuse(self, file: str, code: str, message: str, hint: str, *, line: int | None = None) -> None:
        self.problems.append(Problem(file=file, code=code, message=message, hint=hint, line=line))


def _refuse_computed_escaping(tree: Tree[nodes.Template]) -> None:
    """Refuse what the compiler would compute, without limits."""
    for node in tree.find(nodes.ScopedEvalContextModifier):
        if not all(isinstance(option.value, nodes.Const) for option in node.options):
            raise TemplateSyntaxError("'autoescape' takes true or false", node.lineno)


def _uses_of(name: str, tree: Tree[nodes.Template]) -> tuple[list[nodes.Call], list[nodes.Name]]:
    """The calls of a function, and its uses that are not calls."""
    calls = [one for one in tree.find(nodes.Call) if isinstance(one.node, nodes.Name) and one.node.name == name]
    called = {id(one.node) for one in calls}
    return calls, [one for one in tree.find(nodes.Name) if one.name == name and id(one) not in called]


def _keys_of(node: nodes.Expr) -> Iterator[str]:
    """The keys that an expression can give, each with `*` for its unknown part."""
    match node:
        case nodes.Const(value=str()):
            yield node.value
        case nodes.CondExpr(expr1=one, expr2=nodes.Expr() as other):
            yield from _keys_of(one)
            yield from _keys_of(other)
        case nodes.Concat(nodes=[nodes.Const(value=str() as beginning), *_]):
            yield f"{beginning}*"
        case _:
            yield "*"
