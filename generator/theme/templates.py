"""Jinja2 over a chain of themes: `article.html` is the topmost, `parent:article.html` the namesake one layer down."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, Template, TemplateNotFound, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.meta import find_referenced_templates

from generator.errors import Problem, suggest
from generator.theme.chain import Layer

PARENT = "parent:"


class ChainLoader(BaseLoader):
    """Finds templates in the layers. Inside, a template is named `layer:file`, so that each knows where it stands."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        """Take the layers, the topmost first."""
        self._sources = {f"{layer.name}:{file}": text for layer in layers for file, text in layer.templates.items()}
        self._places = {
            f"{layer.name}:{file}": f"{layer.place}/templates/{file}" for layer in layers for file in layer.templates
        }
        self._layers = [layer.name for layer in layers]

    @property
    def names(self) -> list[str]:
        """All templates, sorted."""
        return sorted(self._sources)

    def source_of(self, name: str) -> str:
        """The source of a template by its inside name."""
        return self._sources[name]

    def place_of(self, name: str) -> str:
        """The file of a template as reports name it."""
        return self._places.get(name, name)

    def resolve(self, name: str, asked_by: str = "") -> str:
        """The inside name of what a template means by a name; the name itself where there is no such template."""
        if name in self._sources:
            return name
        layers, file = self._layers, name
        if name.startswith(PARENT):
            file = name.removeprefix(PARENT)
            layer = asked_by.partition(":")[0]
            layers = self._layers[self._layers.index(layer) + 1 :] if layer in self._layers else []
        return next((f"{layer}:{file}" for layer in layers if f"{layer}:{file}" in self._sources), name)

    def get_source(self, _environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """Jinja2's door."""
        found = self.resolve(template)
        if found not in self._sources:
            raise TemplateNotFound(template)
        return self._sources[found], self.place_of(found), lambda: True


class ChainEnvironment(Environment):
    """An environment whose template names are resolved from where they stand."""

    loader: ChainLoader

    def open_template(self, name: str) -> Template:
        """The topmost template of a name, itself named by its layer so that `parent:` in it finds the one below."""
        return self.get_template(self.loader.resolve(name))

    def join_path(self, template: str, parent: str) -> str:
        """Jinja2's hook for names inside templates."""
        return self.loader.resolve(template, parent)


def make_environment(layers: Sequence[Layer], filters: Mapping[str, Callable[..., Any]]) -> ChainEnvironment:
    """An environment over a chain: undefined names are errors, everything is escaped."""
    environment = ChainEnvironment(
        loader=ChainLoader(layers),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    # What draws by chance: one input gives one set of bytes.
    del environment.filters["random"], environment.globals["lipsum"]
    environment.filters.update(filters)
    return environment


class Traced:
    """What each template refers to, found in its syntax tree."""

    def __init__(self, environment: ChainEnvironment, assets: Mapping[str, Any]) -> None:
        """Trace all templates; what cannot be traced is a Problem."""
        self._loader = environment.loader
        self.problems: list[Problem] = []
        self.templates: dict[str, tuple[str, ...]] = {}
        self.assets: dict[str, tuple[str, ...]] = {}
        for name in self._loader.names:
            self._trace(environment, name, assets)

    def closure(self, name: str) -> list[str]:
        """A template and all that it extends, includes or imports, by inside names, sorted."""
        reached: set[str] = set()
        waiting = [self._loader.resolve(name)]
        while waiting:
            one = waiting.pop()
            if one not in reached and one in self.templates:
                reached.add(one)
                waiting += self.templates[one]
        return sorted(reached)

    def _trace(self, environment: ChainEnvironment, name: str, assets: Mapping[str, Any]) -> None:
        self.templates[name] = self.assets[name] = ()
        file = self._loader.place_of(name)
        try:
            tree = environment.parse(self._loader.source_of(name), name, file)
            environment.compile(tree, name, file)
        except TemplateSyntaxError as fault:
            message = f"the template cannot be parsed: {fault.message}"
            self.problems.append(Problem(file=file, code="template-syntax", line=fault.lineno, message=message))
            return
        except (SyntaxError, RecursionError, MemoryError):  # of Python, which has limits of its own
            hint = "divide it by include or macro"
            self._refuse(file, "template-syntax", "the template cannot be parsed: it nests too deep", hint)
            return
        self.templates[name] = tuple(sorted(self._templates_in(tree, name, file)))
        self.assets[name] = tuple(sorted(self._assets_in(tree, file, assets)))

    def _templates_in(self, tree: nodes.Template, name: str, file: str) -> set[str]:
        """The inside names of what a template extends, includes or imports."""
        known = {inner.partition(":")[2] for inner in self._loader.names}
        referenced = set()
        for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
            for one in find_referenced_templates(nodes.Template([node], lineno=node.lineno)):
                if one is None:
                    hint = "write the template's name as a text"
                    message = "a template is named by an expression"
                    self._refuse(file, "dynamic-template", message, hint, line=node.lineno)
                elif (found := self._loader.resolve(one, name)) not in self._loader.names:
                    hint = suggest(one, known)
                    self._refuse(file, "unknown-template", f"no template '{one}'", hint, line=node.lineno)
                else:
                    referenced.add(found)
        return referenced

    def _assets_in(self, tree: nodes.Template, file: str, assets: Mapping[str, Any]) -> set[str]:
        used = set()
        called = set()
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "asset":
                called.add(id(call.node))
                named = call.args[0] if call.args else None
                if not (isinstance(named, nodes.Const) and isinstance(named.value, str)):
                    hint = "write the asset's name as a text"
                    self._refuse(file, "dynamic-template", "an asset is named by an expression", hint, line=call.lineno)
                elif named.value not in assets:
                    hint = suggest(named.value, assets)
                    self._refuse(file, "unknown-asset", f"no asset '{named.value}'", hint, line=call.lineno)
                else:
                    used.add(named.value)
        for name in tree.find_all(nodes.Name):
            if name.name == "asset" and id(name) not in called:
                hint = "call asset where the link is written"
                self._refuse(file, "dynamic-template", "'asset' is given another name", hint, line=name.lineno)
        return used

    def _refuse(self, file: str, code: str, message: str, hint: str, *, line: int | None = None) -> None:
        self.problems.append(Problem(file=file, code=code, message=message, hint=hint, line=line))
