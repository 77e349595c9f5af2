"""One opened theme: all sources read once, its options, and what each template depends on."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from generator.config import CONFIG_NAME, Config
from generator.digest import digest_bytes, digest_of
from generator.errors import Problem, ThemeError, suggest
from generator.names import Digest
from generator.records.asset import Asset, assets_path
from generator.shape import show
from generator.theme.chain import MAX_WHOLE, THEME_FILE, Layer, read_chain
from generator.theme.filters import make_filters
from generator.theme.templates import ChainEnvironment, Traced, make_environment

THEME_ASSET = "theme:"
"""Before the name of an asset whose bytes the theme holds."""

Option = str | int | float | bool


RENDER_FILTERS = ("body", "bar_chart", "timeline_chart", "sentiment_chart", "mix_chart")
"""Filters that `render` brings along; templates may use them."""
_STATEFUL = re.compile(
    r"\b(?:namespace|cycler|joiner)\b|\.(?:add|append|clear|extend|insert|pop|remove|reverse|setdefault|sort|update)\b"
)


class Theme(msgspec.Struct, frozen=True, dict=True):
    """A theme with its chain, picklable.

    `options` are the declared ones with the site's choices. `base_path` is the path that the site lives under.
    """

    layers: tuple[Layer, ...]
    options: dict[str, Option]
    base_path: str
    time_zone: str

    @cached_property
    def asset_bytes(self) -> dict[str, bytes]:
        """Each asset's bytes by name, the topmost layer's where several have it."""
        return {name: data for layer in reversed(self.layers) for name, data in layer.assets.items()}

    @cached_property
    def assets(self) -> dict[str, Asset]:
        """Each asset by name, sorted."""
        return {
            name: Asset(name=name, file=THEME_ASSET + name, digest=digest_bytes(data))
            for name, data in sorted(self.asset_bytes.items())
        }

    @cached_property
    def digest(self) -> Digest:
        """Digest of everything in the theme."""
        return digest_of([self.layers, self.options, self.base_path, self.time_zone])

    def closure_digest(self, template: str) -> Digest:
        """Digest of what a page rendered by a template depends on beside its view.

        The template and all that it reaches, the assets that they name, and the options.
        """
        if template not in self._closures:
            reached = self._traced.closure(template)
            loader = self._environment.loader
            assets = sorted({name for one in reached for name in self._traced.assets[one]})
            parts = [
                [(one, loader.source_of(one)) for one in reached],
                [(name, self.assets[name].digest) for name in assets],
                [self.options, self.base_path, self.time_zone],
            ]
            self._closures[template] = digest_of(parts)
        return self._closures[template]

    def open_environment(self, filters: dict[str, Callable[..., Any]]) -> ChainEnvironment:
        """A Jinja2 environment over the chain, with further filters."""
        environment = make_environment(self.layers, {**make_filters(ZoneInfo(self.time_zone)), **filters})
        environment.globals["asset"] = self.asset_href
        environment.globals["theme"] = MappingProxyType(self.options)
        return environment

    def asset_href(self, name: str) -> str:
        """The link to an asset."""
        return f"{self.base_path}/{assets_path(self.assets[name])}"

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with its templates: they cannot be parsed or traced."""
        return self._traced.problems

    @cached_property
    def keeps_state(self) -> bool:
        """Whether a template might carry something from one page to the next, by a namespace or a list that grows."""
        return any(_STATEFUL.search(text) for layer in self.layers for text in layer.templates.values())

    def check_templates(self, names: Iterable[str]) -> None:
        """Raise ThemeError where the chain lacks one of the templates that a plan asks for."""
        known = {name.partition(":")[2] for name in self._environment.loader.names}
        hint = "write it, or let the theme extend one that has it, such as 'base'"
        problems = [
            Problem(
                file=f"{self.layers[0].place}/{THEME_FILE}",
                code="unknown-template",
                message=f"the theme has no template '{name}'",
                hint=suggest(name, known, otherwise=hint),
            )
            for name in sorted(set(names) - known)
        ]
        if problems:
            raise ThemeError(problems)

    @cached_property
    def _environment(self) -> ChainEnvironment:
        filters: dict[str, Callable[..., Any]] = {
            **make_filters(ZoneInfo(self.time_zone)),
            **dict.fromkeys(RENDER_FILTERS, str),
        }
        return make_environment(self.layers, filters)

    @cached_property
    def _traced(self) -> Traced:
        return Traced(self._environment, self.assets)

    @cached_property
    def _closures(self) -> dict[str, Digest]:
        return {}


def open_theme(root: Path, config: Config) -> Theme:
    """Read the site's theme and all that it extends.

    Raises:
        ThemeError: a theme, template or asset is missing or at fault, or the site sets an option wrongly.
    """
    layers = read_chain(root, config.theme.name)
    declared: dict[str, Option] = {}
    for layer in reversed(layers):
        declared |= layer.file.options
    problems = [
        problem for name, value in config.theme.options.items() for problem in _check_option(name, value, declared)
    ]
    theme = Theme(layers, {**declared, **config.theme.options}, config.url.base_path, config.site.time_zone)
    problems += theme.problems
    if problems:
        raise ThemeError(problems)
    return theme


def _check_option(name: str, value: Any, declared: dict[str, Option]) -> list[Problem]:
    key = ("theme", "options", name)
    if name not in declared:
        hint = suggest(name, declared) or f"the options here are {', '.join(sorted(declared)) or 'none'}"
        return [Problem(file=CONFIG_NAME, code="unknown-key", key=key, message=f"no theme option '{name}'", hint=hint)]
    default = declared[name]
    is_number = isinstance(default, float) and type(value) is int
    if not (type(value) is type(default) or is_number) or (isinstance(value, int) and abs(value) > MAX_WHOLE):
        expected = {
            bool: "true or false",
            int: f"a whole number from -{MAX_WHOLE} to {MAX_WHOLE}",
            float: "a number",
        }.get(type(default), "text")
        message = f"'{name}' is {show(value)}"
        return [Problem(file=CONFIG_NAME, code="wrong-value", key=key, message=message, expected=expected)]
    return []
