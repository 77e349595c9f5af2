"""One opened theme: all sources read once, its options, and what each template depends on."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

import msgspec

from generator.config import CONFIG_NAME, Config
from generator.digest import digest_bytes, digest_of, program_digest
from generator.errors import Problem, ThemeError, suggest
from generator.names import Digest
from generator.records.asset import THEME_ASSET, Asset, assets_path
from generator.shape import show
from generator.theme.chain import MAX_WHOLE, THEME_FILE, Layer, read_chain
from generator.theme.filters import make_filters
from generator.theme.sources import Sources, Traced

if TYPE_CHECKING:
    from generator.theme.templates import ChainEnvironment

Option = str | int | float | bool


RENDER_FILTERS = ("body", "bar_chart", "timeline_chart", "sentiment_chart", "mix_chart")
"""Filters that `render` brings along; templates may use them."""
_STATEFUL = re.compile(
    r"\b(?:namespace|cycler|joiner)\b|\.(?:add|append|clear|extend|insert|pop|remove|reverse|setdefault|sort|update)\b"
)


class Theme(msgspec.Struct, frozen=True, dict=True):
    """A theme with its chain.

    `options` are the declared ones with the site's choices. `base_path` is the path that the site lives under.
    """

    layers: tuple[Layer, ...]
    options: dict[str, Option]
    base_path: str
    time_zone: str
    traced: Traced

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

    @property
    def has_script(self) -> bool:
        """Whether its pages come with the script that follows are kept by: its option `script`."""
        return self.options.get("script") is True

    @cached_property
    def digest(self) -> Digest:
        """Digest of everything in the theme."""
        return digest_of([self.layers, self.options, self.base_path, self.time_zone])

    def closure_digest(self, template: str) -> Digest:
        """Digest of what a page rendered by a template depends on beside its view.

        The template and all that it reaches, the assets that they name, and the options.
        """
        if template not in self._closures:
            reached = self.traced.closure(self._sources.resolve(template))
            assets = sorted({name for one in reached for name in self.traced.assets[one]})
            parts = [
                [(one, self._sources.text_of(one)) for one in reached],
                [(name, self.assets[name].digest) for name in assets],
                [self.options, self.base_path, self.time_zone],
            ]
            self._closures[template] = digest_of(parts)
        return self._closures[template]

    def open_environment(self, filters: dict[str, Callable[..., Any]]) -> "ChainEnvironment":
        """A Jinja2 environment over the chain, with further filters."""
        from generator.theme.templates import make_environment

        known = {**make_filters(ZoneInfo(self.time_zone)), **filters}
        environment = make_environment(self._sources, known, code=self.traced.code)
        environment.globals["asset"] = self.asset_href
        environment.globals["theme"] = MappingProxyType(self.options)
        return environment

    def asset_href(self, name: str) -> str:
        """The link to an asset."""
        return f"{self.base_path}/{assets_path(self.assets[name])}"

    @cached_property
    def keeps_state(self) -> bool:
        """Whether a template might carry something from one page to the next, by a namespace or a list that grows."""
        return any(_STATEFUL.search(text) for layer in self.layers for text in layer.templates.values())

    def check_templates(self, names: Iterable[str]) -> None:
        """Raise ThemeError where the chain lacks one of the templates that a plan asks for."""
        known = {name.partition(":")[2] for name in self._sources.names}
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
    def _sources(self) -> Sources:
        return Sources(self.layers)

    @cached_property
    def _closures(self) -> dict[str, Digest]:
        return {}


class Findings(Protocol):
    """Where what takes long to find out is kept from build to build; `load.Memory` is one."""

    def recall(self, name: str, key: Digest) -> bytes | None:
        """What was found out under a name from what the key is the digest of."""

    def note(self, name: str, key: Digest, found: bytes) -> None:
        """Keep what was found out."""


def open_theme(root: Path, config: Config, findings: Findings | None = None) -> Theme:
    """Read the site's theme and all that it extends.

    Args:
        root: The site's folder.
        config: `[theme]` names the theme and chooses its options.
        findings: Spare tracing and compiling templates that did not change.

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
    traced = _trace(layers, findings)
    problems += traced.problems
    if problems:
        raise ThemeError(problems)
    options = {**declared, **config.theme.options}
    return Theme(layers, options, config.url.base_path, config.site.time_zone, traced)


def _trace(layers: tuple[Layer, ...], findings: Findings | None) -> Traced:
    assets = sorted({name for layer in layers for name in layer.assets})
    templates = [(layer.name, layer.place, layer.templates) for layer in layers]
    key = digest_of([program_digest(), templates, assets])
    found = findings.recall("templates", key) if findings else None
    if found is not None:
        return msgspec.msgpack.decode(found, type=Traced)
    from generator.theme.templates import make_environment, trace_templates

    filters: dict[str, Callable[..., Any]] = {**make_filters(ZoneInfo("UTC")), **dict.fromkeys(RENDER_FILTERS, str)}
    traced = trace_templates(make_environment(Sources(layers), filters, code={}), assets)
    if findings and not traced.problems:
        findings.note("templates", key, msgspec.msgpack.encode(traced))
    return traced


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
