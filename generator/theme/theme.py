"""One opened theme: all sources read once, its options and words, and what each template depends on."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import msgspec

from generator.config import Config
from generator.digest import digest_bytes, digest_of, program_digest
from generator.errors import Problem, ThemeError, suggest
from generator.names import Digest, compose
from generator.reach import Reach
from generator.records.asset import THEME_ASSET, Asset, assets_path
from generator.strings import FORMATS, Strings
from generator.theme.chain import Layer, add_ground, find_links_out, read_chain
from generator.theme.choices import Choices, settle_choices
from generator.theme.filters import make_filters, make_say
from generator.theme.findings import Findings
from generator.theme.kinds import Table, Views
from generator.theme.sources import Sources, TemplateTrace
from generator.theme.tokens import Schemes

if TYPE_CHECKING:
    from generator.theme.environment import ChainEnvironment


class GivenLink(msgspec.Struct, frozen=True):
    """The value of an option of type `asset` in templates; width and height are pixels, 0 if it is not a picture."""

    href: str
    width: int
    height: int


Value = str | int | float | bool | tuple[str, ...] | GivenLink | None
"""An option's value in templates."""

RENDER_FILTERS = (
    "body",
    "bar_chart",
    "timeline_chart",
    "sentiment_chart",
    "mix_chart",
    "series",
    "barcode",
    "note_links",
    "place_quotes",
)
"""Filters that `render` adds; templates can use them."""
_STATEFUL = re.compile(
    r"\b(?:namespace|cycler|joiner)\b|\.(?:add|append|clear|extend|insert|pop|remove|reverse|setdefault|sort|update)\b"
)


class Theme(msgspec.Struct, frozen=True, dict=True):
    """A theme with its chain.

    `options` and `tokens` are the declared ones with the site's choices.
    `base_path` is the path that the site lives under.
    `made` are the assets that are not files of a theme of the chain: `tokens.css`, and those of the site.
    `strings` are the words of the interface; `plan` uses them, too.
    """

    layers: tuple[Layer, ...]
    options: dict[str, Value]
    base_path: str
    time_zone: str
    strings: Strings
    traced: TemplateTrace
    tokens: dict[str, Schemes] = {}
    made: dict[str, bytes] = {}

    @cached_property
    def asset_bytes(self) -> dict[str, bytes]:
        """Each asset's bytes by name; the topmost layer overrides the others."""
        return {name: data for layer in reversed(self.layers) for name, data in layer.assets.items()} | self.made

    @cached_property
    def assets(self) -> dict[str, Asset]:
        """Each asset by name, sorted."""
        return {
            name: Asset(name=name, file=THEME_ASSET + name, digest=digest_bytes(data))
            for name, data in sorted(self.asset_bytes.items())
        }

    @property
    def has_script(self) -> bool:
        """Whether its pages have the script that keeps what a reader follows: its option `script`."""
        return self.options.get("script") is True

    @property
    def logo_href(self) -> str | None:
        """The link to the site's logo: its option `logo`."""
        logo = self.options.get("logo")
        return logo.href if isinstance(logo, GivenLink) else None

    @cached_property
    def digest(self) -> Digest:
        """Digest of everything in the theme."""
        return digest_of(
            [
                [self.layers, self.options, self.tokens, self.made],
                [self.base_path, self.time_zone, self.strings, self.traced.is_sandboxed],
            ]
        )

    def place_of(self, template: str) -> str:
        """The file of a template in reports."""
        return self._sources.place_of(self._sources.resolve(template))

    def closure(self, template: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The files of all templates that a template reaches, and the assets that they name; each sorted.

        A built-in theme's files are named like those of a site's theme: `themes/base/templates/card.html`.
        """
        reached = self.traced.closure(self._sources.resolve(template))
        assets = {name for one in reached for name in self.traced.assets[one]}
        named = (one.partition(":") for one in reached)
        return tuple(sorted(f"themes/{layer}/templates/{file}" for layer, _, file in named)), tuple(sorted(assets))

    def closure_digest(self, template: str) -> Digest:
        """Digest of what a page rendered by a template depends on besides its view.

        The template and all that it reaches, their assets and words, the options, and, if a template names them,
        the tokens.
        """
        if template not in self._closures:
            reached = self.traced.closure(self._sources.resolve(template))
            assets = sorted({name for one in reached for name in self.traced.assets[one]})
            parts = [
                [(one, self._sources.text_of(one)) for one in reached],
                [(name, self.assets[name].digest) for name in assets],
                [self.options, self.base_path, self.time_zone, self.traced.is_sandboxed],
                [self.strings.language, self._words_of(reached)],
                self.tokens if any("tokens" in self._sources.text_of(one) for one in reached) else {},
            ]
            self._closures[template] = digest_of(parts)
        return self._closures[template]

    def open_environment(self, filters: dict[str, Callable[..., Any]]) -> "ChainEnvironment":
        """A Jinja2 environment over the chain, with further filters."""
        from generator.theme.environment import make_environment

        known = {**make_filters(ZoneInfo(self.time_zone), self.strings), **filters}
        environment = make_environment(
            self._sources, known, code=self.traced.code, is_sandboxed=self.traced.is_sandboxed
        )
        environment.globals["asset"] = self.asset_href
        environment.globals["t"] = make_say(self.strings)
        environment.globals["theme"] = MappingProxyType(self.options)
        environment.globals["tokens"] = MappingProxyType(self.tokens)
        return environment

    def asset_href(self, name: str) -> str:
        """The link to an asset."""
        return _write_href(self.assets[compose(name)], self.base_path)

    @cached_property
    def keeps_state(self) -> bool:
        """Whether a template could keep something from one page to the next, in a namespace or a growing list."""
        return any(_STATEFUL.search(text) for layer in self.layers for text in layer.templates.values())

    def find_lacking(self, names: Iterable[str]) -> list[Problem]:
        """A Problem for each template that a plan needs and the chain lacks."""
        known = {name.partition(":")[2] for name in self._sources.names}
        hint = "add it, or extend a theme that has it, such as 'base'"
        return [
            Problem(
                file=self.layers[0].theme_file,
                code="unknown-template",
                message=f"the theme has no template '{name}'",
                hint=suggest(name, known, otherwise=hint),
            )
            for name in sorted(set(names) - known)
        ]

    def _words_of(self, templates: Iterable[str]) -> list[tuple[str, str | dict[str, str]]]:
        """The words that templates may show, and those for times and numbers."""
        asked = {key for name in templates for key in self.traced.strings[name]} | set(FORMATS)
        begun = tuple(key.removesuffix("*") for key in asked if key.endswith("*"))
        return [(key, text) for key, text in self.strings.table.items() if key in asked or key.startswith(begun)]

    @cached_property
    def _sources(self) -> Sources:
        return Sources(self.layers)

    @cached_property
    def _closures(self) -> dict[str, Digest]:
        return {}


def open_theme(root: Path, config: Config, findings: Findings | None = None, views: Views | None = None) -> Theme:
    """Read the site's theme and all that it extends.

    Args:
        root: The site's folder.
        config: `[theme]` names the theme and chooses its options; `[site] language` and `[strings]` choose its words.
        findings: Results of earlier builds, for templates that did not change.
        views: The types of pages and of what surrounds them, for checking templates.

    Raises:
        ThemeError: a theme, template, asset or table of words is missing or faulty, or the site sets an option or a
            word wrongly.
    """
    files: list[Problem] = []
    reach = Reach(root, config.content.allow_links)
    layers = read_chain(reach, config.theme.name, files)
    if config.theme.sandbox:
        files += find_links_out(layers, root)
    choices = settle_choices(layers, config.theme, reach, findings)
    made = choices.make_assets()
    strings, faults = _open_strings(add_ground(layers, reach), config, findings)
    # The declarations of a faulty `theme.toml` are uncertain, so their uses are not reported.
    chosen = [] if files else choices.problems
    known = _complete(views, choices, is_known=not (files or chosen))
    traced = _trace(layers, strings, findings, made, known, is_sandboxed=config.theme.sandbox)
    # If the tables of words are faulty, templates seem to use unknown words.
    traced_problems = (problem for problem in traced.problems if not (faults and problem.code == "unknown-string"))
    if problems := [*files, *chosen, *faults, *traced_problems]:
        raise ThemeError(problems)
    base_path = config.url.base_path
    options, zone = _give_options(choices, base_path), config.site.time_zone
    tokens = {name: Schemes(token.light.css, token.dark.css) for name, token in choices.tokens.items()}
    return Theme(layers, options, base_path, zone, strings, traced, tokens, made)


def _open_strings(
    layers: tuple[Layer, ...], config: Config, findings: Findings | None
) -> tuple[Strings, list[Problem]]:
    language, own = config.site.language, config.strings
    tables = [(layer.place, layer.strings) for layer in layers]
    key = digest_of([program_digest(), language, own, tables])
    found = findings.get("strings", key) if findings else None
    if found is not None:
        return msgspec.msgpack.decode(found, type=Strings), []
    from generator.theme.tables import merge_tables

    strings, problems = merge_tables(layers, language, own)
    if findings and not problems:
        findings.put("strings", key, msgspec.msgpack.encode(strings))
    return strings, problems


def _give_options(choices: Choices, base_path: str) -> dict[str, Value]:
    """The options as templates get them."""
    given: dict[str, Value] = {}
    for name, option in choices.options.items():
        match option.declaration.type:
            case "asset":
                file = choices.given[name]
                href = _write_href(file.asset, base_path) if file else ""
                given[name] = GivenLink(href, file.asset.width, file.asset.height) if file else None
            case "list":
                given[name] = tuple(option.value)
            case "number":
                given[name] = float(option.value)
            case _:
                given[name] = option.value
    return given


def _write_href(asset: Asset, base_path: str) -> str:
    return f"{base_path}/{assets_path(asset)}"


def _complete(views: Views | None, choices: Choices, *, is_known: bool) -> Views | None:
    """The types of what templates get, including the theme's own values."""
    if views is None:
        return None
    options, tokens = (Table(tuple(sorted(names))) if is_known else Any for names in (choices.options, choices.tokens))
    return Views({**views.given, "theme": options, "tokens": tokens, "asset": Any, "t": Any}, views.pages)


def _trace(
    layers: tuple[Layer, ...],
    strings: Strings,
    findings: Findings | None,
    made: Iterable[str],
    views: Views | None,
    *,
    is_sandboxed: bool = False,
) -> TemplateTrace:
    assets = sorted({*made, *(name for layer in layers for name in layer.assets)})
    templates = [(layer.name, layer.place, layer.templates) for layer in layers]
    own = [repr(views.given[name]) for name in ("theme", "tokens")] if views else None
    key = digest_of([program_digest(), templates, assets, list(strings.table), own, is_sandboxed])
    found = findings.get("templates", key) if findings else None
    if found is not None:
        return msgspec.msgpack.decode(found, type=TemplateTrace)
    from generator.theme.environment import make_environment
    from generator.theme.templates import trace_templates

    filters = make_filters(ZoneInfo("UTC"), strings) | dict.fromkeys(RENDER_FILTERS, str)
    environment = make_environment(Sources(layers), filters, code={}, is_sandboxed=is_sandboxed)
    traced = trace_templates(environment, assets, strings.table, views)
    if findings and not traced.problems:
        findings.put("templates", key, msgspec.msgpack.encode(traced))
    return traced
