"""The templates of a chain of themes by name: `article.html` is the topmost, `parent:article.html` the one below."""

from collections.abc import Mapping, Sequence

import msgspec

from generator.errors import Problem
from generator.theme.chain import Layer

PARENT = "parent:"


class Sources:
    """The sources of all layers, the topmost first; the inside name of a template is `layer:file`."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self._texts = {f"{layer.name}:{file}": text for layer in layers for file, text in layer.templates.items()}
        self._places = {
            f"{layer.name}:{file}": f"{layer.place}/templates/{file}" for layer in layers for file in layer.templates
        }
        self._layers = [layer.name for layer in layers]

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    @property
    def names(self) -> list[str]:
        """All templates, sorted."""
        return sorted(self._texts)

    @property
    def topmost(self) -> list[str]:
        """The templates that no layer above overrides, sorted."""
        return [name for name in self.names if self.resolve(name.partition(":")[2]) == name]

    def text_of(self, name: str) -> str:
        """The source of a template by its inside name."""
        return self._texts[name]

    def place_of(self, name: str) -> str:
        """The file of a template in reports."""
        return self._places.get(name, name)

    def line_of(self, place: str, line: int) -> str:
        """A line of a template by its file in reports; empty if there is none."""
        name = next((name for name, file in self._places.items() if file == place), "")
        return "".join(self._texts.get(name, "").split("\n")[line - 1 : line]) if line else ""

    def resolve(self, name: str, asked_by: str = "") -> str:
        """The inside name of a template by a name that another one uses; the name itself if there is none."""
        if name in self._texts:
            return name
        layers, file = self._layers, name
        if name.startswith(PARENT):
            file = name.removeprefix(PARENT)
            layer = asked_by.partition(":")[0]
            layers = self._layers[self._layers.index(layer) + 1 :] if layer in self._layers else []
        return next((f"{layer}:{file}" for layer in layers if f"{layer}:{file}" in self._texts), name)


class TemplateTrace(msgspec.Struct, frozen=True):
    """What was found in the syntax trees of templates, by their inside names.

    `templates`, `assets` and `strings` are those that each refers to; a `*` at the end of a string's key means any.
    `code` are the compiled templates, as `environment.TemplateCode` keeps them; `is_sandboxed` if for the sandbox.
    """

    problems: tuple[Problem, ...]
    templates: dict[str, tuple[str, ...]]
    assets: dict[str, tuple[str, ...]]
    strings: dict[str, tuple[str, ...]]
    code: dict[str, bytes]
    is_sandboxed: bool = False

    def closure(self, name: str) -> list[str]:
        """A template and all that it extends, includes or imports, by inside names, sorted."""
        return sorted(reach(name, self.templates))


def reach(name: str, leads: Mapping[str, Sequence[str]]) -> set[str]:
    """A template and all that it refers to, directly or through others; unknown ones are left out."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one not in reached and one in leads:
            reached.add(one)
            waiting += leads[one]
    return reached
