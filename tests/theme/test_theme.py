"""One opened theme: its chain, its options, and the digest of what a template depends on."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec
import pytest

from conftest import ROOT
from generator.digest import digest_bytes
from generator.errors import ThemeError
from generator.reach import Reach
from generator.theme import Theme, open_theme
from generator.theme.chain import read_chain
from generator.theme.tokens import Schemes
from materials import make_config, make_layer, make_theme
from sitebench import SiteBench


def write_theme(bench: SiteBench, name: str, matter: str = "", **templates: str) -> SiteBench:
    bench.write(f"themes/{name}/theme.toml", f'title = "{name}"\n{matter}')
    for stem, text in templates.items():
        bench.write(f"themes/{name}/templates/{stem}.html", text)
    return bench


def open_in(bench: SiteBench, name: str = "mine", options: dict[str, Any] | None = None, **site: Any) -> Theme:
    return open_theme(bench.root, make_config(theme={"name": name, "options": options or {}}, site=site))


def refusal(bench: SiteBench, name: str = "mine", options: dict[str, Any] | None = None) -> list[tuple[str, str, str]]:
    with pytest.raises(ThemeError) as caught:
        open_in(bench, name, options)
    return [(problem.file, problem.code, problem.message) for problem in caught.value.problems]


# The chain


def test_a_theme_stands_on_what_it_extends(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "mine", 'extends = "lower"\n')
    write_theme(empty_bench, "lower", 'extends = "base"\n')
    assert [layer.name for layer in open_in(empty_bench).layers] == ["mine", "lower", "base"]


def test_a_theme_that_extends_none_stands_alone(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "mine", page="x")
    assert [layer.name for layer in open_in(empty_bench).layers] == ["mine"]


def test_a_theme_of_the_site_goes_before_one_that_is_built_in(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "base", page="mine")
    assert open_in(empty_bench, "base").layers[0].templates == {"page.html": "mine"}


@pytest.mark.parametrize("name", ["base", "broadsheet", "terminal", "river"])
def test_built_in_themes_open(tmp_path: Path, name: str) -> None:
    theme = open_theme(tmp_path, make_config(theme={"name": name}))
    assert theme.layers[-1].name == "base"
    assert "style.css" in theme.assets


def test_a_theme_that_nobody_has_is_refused_with_those_that_there_are(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "mine")
    with pytest.raises(ThemeError) as caught:
        open_in(empty_bench, "mien")
    (problem,) = caught.value.problems
    assert (problem.file, problem.key, problem.message) == ("site.toml", ("theme", "name"), "no theme 'mien'")
    assert problem.hint.startswith("did you mean 'mine'? available: ")


def test_what_a_theme_extends_has_to_be_there(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "mine", 'extends = "gone"\n')
    assert refusal(empty_bench) == [("themes/mine/theme.toml", "unknown-theme", "no theme 'gone'")]


def test_themes_in_a_circle_are_refused(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "mine", 'extends = "lower"\n')
    write_theme(empty_bench, "lower", 'extends = "mine"\n')
    message = "themes extend each other in a cycle: mine → lower → mine"
    assert refusal(empty_bench) == [("themes/lower/theme.toml", "loop", message)]


@pytest.mark.parametrize("name", ["../mine", "/etc", ".", "", "mine/../mine"])
def test_the_name_of_a_theme_leads_nowhere_else(empty_bench: SiteBench, name: str) -> None:
    write_theme(empty_bench, "mine")
    with pytest.raises(ThemeError):
        read_chain(Reach(empty_bench.root), name)


def test_every_file_that_cannot_be_read_is_named(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "mine", "colour = 1\n")
    empty_bench.write("themes/mine/templates/a.html", b"\xff").write("themes/mine/assets/A b.css", "x")
    assert refusal(empty_bench) == [
        ("themes/mine/templates/a.html", "not-utf8", "byte 0xff is not UTF-8"),
        ("themes/mine/assets/A b.css", "unusable-name", "'A b.css' cannot be part of a path"),
        ("themes/mine/theme.toml", "unknown-key", "unknown key 'colour'"),
    ]


def test_a_fault_of_theme_toml_hides_none_of_its_templates(empty_bench: SiteBench) -> None:
    empty_bench.write("themes/mine/theme.toml", 'name = "mine"\nextends = "base"\n')
    empty_bench.write("themes/mine/templates/page.html", "{% endfor %}{{ theme.new }}")
    assert [(file, code) for file, code, _ in refusal(empty_bench)] == [
        ("themes/mine/theme.toml", "unknown-key"),
        ("themes/mine/theme.toml", "missing-key"),
        ("themes/mine/templates/page.html", "template-syntax"),
    ]


@pytest.mark.parametrize(
    ("text", "code"), [("title = ", "bad-toml"), ("", "missing-key"), ("title = 1", "wrong-value")]
)
def test_a_theme_file_at_fault_is_refused(empty_bench: SiteBench, text: str, code: str) -> None:
    empty_bench.write("themes/mine/theme.toml", text)
    assert [found for _, found, _ in refusal(empty_bench)] == [code]


def test_hidden_files_are_no_part_of_a_theme(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "mine", page="x")
    empty_bench.write("themes/mine/templates/.page.html.swp", b"\xff").write("themes/mine/assets/.DS_Store", b"\xff")
    theme = open_in(empty_bench)
    assert list(theme.layers[0].templates) == ["page.html"]
    assert theme.assets == {}


# Options


OPTIONS = """
[options.colour]
type = "text"
default = "red"
description = "x"

[options.limit]
type = "whole"
default = 3
description = "x"

[options.scale]
type = "number"
default = 1.5
description = "x"

[options.blocks]
type = "list"
choices = ["a", "b", "c"]
default = ["a", "b"]
description = "x"

[options.logo]
type = "asset"
default = ""
description = "x"
"""


def test_options_have_the_themes_defaults_the_upper_ones_first_and_the_sites_above_all(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "lower", OPTIONS)
    write_theme(empty_bench, "mine", 'extends = "lower"\n[options]\ncolour = "blue"\nblocks = ["c", "a"]\n')
    theme = open_in(empty_bench, options={"limit": 5, "scale": 2})
    assert theme.options == {"colour": "blue", "limit": 5, "scale": 2.0, "blocks": ("c", "a"), "logo": None}


def test_a_template_at_fault_is_refused_before_anything_is_rendered(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "mine", page="{% if %}")
    assert [code for _, code, _ in refusal(empty_bench)] == ["template-syntax"]


# Assets


def test_the_topmost_asset_of_a_name_is_the_one() -> None:
    lower = make_layer("lower", {}, {"style.css": b"lower", "a.svg": b"a"})
    theme = make_theme(make_layer("top", {}, {"style.css": b"top"}), lower)
    assert theme.asset_bytes == {"style.css": b"top", "a.svg": b"a"}
    assert list(theme.assets) == ["a.svg", "style.css"]
    assert theme.assets["style.css"].file == "theme:style.css"


def test_the_link_to_an_asset_carries_its_digest_and_the_sites_path() -> None:
    theme = make_theme(make_layer("top", {}, {"style.css": b"x"}), base_path="/news")
    assert theme.asset_href("style.css") == f"/news/assets/style.{digest_bytes(b'x')[:10]}.css"


# What a template depends on


TEMPLATES = {
    "page.html": '{% extends "layout.html" %}',
    "layout.html": '{{ asset("style.css") }}{% include "part.html" %}',
    "part.html": "part",
    "other.html": "other",
}
ASSETS = {"style.css": b"style", "unused.svg": b"unused"}


def digest(*, templates: dict[str, str] | None = None, assets: dict[str, bytes] | None = None, **fields: Any) -> str:
    lower = make_layer("lower", TEMPLATES | (templates or {}), ASSETS | (assets or {}))
    return make_theme(lower, **fields).closure_digest("page.html")


@pytest.mark.parametrize(
    "change",
    [
        {"templates": {"page.html": '{% extends "layout.html" %} '}},
        {"templates": {"layout.html": '{{ asset("style.css") }}'}},
        {"templates": {"part.html": "new part"}},
        {"templates": {"part.html": '{% include "other.html" %}'}},
        {"assets": {"style.css": b"new style"}},
        {"options": {"wide": True}},
        {"base_path": "/news"},
        {"time_zone": "Europe/Berlin"},
    ],
)
def test_what_a_template_reaches_changes_its_digest(change: dict[str, Any]) -> None:
    assert digest(**change) != digest()


@pytest.mark.parametrize(
    "change",
    [
        {"templates": {"other.html": "changed"}},
        {"templates": {"new.html": "new"}},
        {"assets": {"unused.svg": b"changed"}},
        {"assets": {"new.svg": b"new"}},
    ],
)
def test_what_a_template_does_not_reach_does_not_change_its_digest(change: dict[str, Any]) -> None:
    assert digest(**change) == digest()


def test_a_part_overridden_by_a_layer_above_changes_the_digest_and_an_unused_one_does_not() -> None:
    lower = make_layer("lower", TEMPLATES, ASSETS)
    plain = make_theme(make_layer("top", {}), lower).closure_digest("page.html")
    overridden = make_theme(make_layer("top", {"part.html": "mine"}), lower).closure_digest("page.html")
    unused = make_theme(make_layer("top", {"other.html": "mine"}), lower).closure_digest("page.html")
    assert overridden != plain
    assert unused == plain


def test_a_theme_goes_to_another_process_whole() -> None:
    theme = make_theme(make_layer("lower", TEMPLATES, ASSETS), options={"wide": True, "scale": 1.0, "limit": 1})
    before = theme.closure_digest("page.html")
    copy = msgspec.msgpack.decode(msgspec.msgpack.encode(theme), type=Theme)
    assert copy == theme
    assert repr(copy.options) == repr(theme.options)
    assert copy.closure_digest("page.html") == before
    pages = [one.open_environment({}).open_template("page.html").render() for one in (theme, copy)]
    assert pages[0] == pages[1]


def test_templates_are_given_the_options_and_the_links_to_assets() -> None:
    page = "{{ theme.wide }} {{ asset('style.css') }}"
    theme = make_theme(make_layer("lower", {"page.html": page}, ASSETS), options={"wide": True})
    rendered = theme.open_environment({}).open_template("page.html").render()
    assert rendered == f"True {theme.asset_href('style.css')}"


def test_templates_are_given_tokens_and_depend_on_them_only_where_they_name_them() -> None:
    page = '{{ tokens.paper.light }} {{ tokens["on-mark"].dark }}'
    tokens = {"paper": Schemes("#fff", "#000"), "on-mark": Schemes("#111", "#222")}
    other = tokens | {"paper": Schemes("#eee", "#000")}
    naming = [make_theme(make_layer("lower", {"page.html": page}), tokens=one) for one in (tokens, other)]
    assert naming[0].open_environment({}).open_template("page.html").render() == "#fff #222"
    assert naming[0].closure_digest("page.html") != naming[1].closure_digest("page.html")
    silent = [make_theme(make_layer("lower", TEMPLATES, ASSETS), tokens=one) for one in (tokens, other)]
    assert silent[0].closure_digest("page.html") == silent[1].closure_digest("page.html")
    assert naming[0].digest != naming[1].digest


# What earlier builds found out


class Notebook:
    """Findings in memory; `told` are the names that were asked for and known."""

    def __init__(self) -> None:
        self.notes: dict[tuple[str, str], bytes] = {}
        self.told: list[str] = []

    def get(self, name: str, key: str) -> bytes | None:
        found = self.notes.get((name, key))
        if found is not None:
            self.told.append(name)
        return found

    def put(self, name: str, key: str, found: bytes) -> None:
        self.notes[name, key] = found


def open_noting(bench: SiteBench, notebook: Notebook, **site: Any) -> Theme:
    return open_theme(bench.root, make_config(theme={"name": "mine"}, site=site), notebook)


def test_what_was_traced_before_is_recalled_and_the_same(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "mine", page='{% include "part.html" %}{{ asset("a.css") }}', part="{{ 1 + 1 }}")
    empty_bench.write("themes/mine/assets/a.css", "x")
    notebook = Notebook()
    first, second = (open_noting(empty_bench, notebook) for _ in range(2))
    assert (notebook.told, second) == (["strings", "templates"], first)
    assert second.traced.code.keys() == {"mine:page.html", "mine:part.html"}
    assert second.open_environment({}).open_template("page.html").render() == f"2{first.asset_href('a.css')}"


def test_what_was_traced_before_is_recalled_in_another_process(bench: SiteBench) -> None:
    kept = set()
    for seed in "12":
        command = [sys.executable, "-m", "generator", "build", str(bench.root)]
        subprocess.run(command, check=True, env=os.environ | {"PYTHONHASHSEED": seed}, cwd=ROOT, capture_output=True)
        with closing(sqlite3.connect(bench.root / ".newsprint/memory.sqlite")) as connection:
            kept |= set(connection.execute("SELECT key FROM finding WHERE name = 'templates'"))
    assert len(kept) == 1


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/page.html", "other"),
        ("templates/new.html", "new"),
        ("assets/new.css", "new"),
        ("theme.toml", 'title = "mine"\nextends = "base"\n'),
    ],
)
def test_templates_are_traced_anew_where_one_or_the_names_of_assets_changed(
    empty_bench: SiteBench, path: str, text: str
) -> None:
    write_theme(empty_bench, "mine", page="page")
    notebook = Notebook()
    open_noting(empty_bench, notebook)
    empty_bench.write(f"themes/mine/{path}", text)
    assert open_noting(empty_bench, notebook).traced == open_in(empty_bench).traced
    assert "templates" not in notebook.told


def test_faults_of_templates_are_found_in_every_build(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "mine", page='{% include "nowhere.html" %}')
    notebook = Notebook()
    for _ in range(2):
        with pytest.raises(ThemeError):
            open_noting(empty_bench, notebook)
    assert {name for name, _ in notebook.notes} == {"strings"}


def test_an_error_in_recalled_code_has_its_line_and_file(empty_bench: SiteBench) -> None:
    write_theme(empty_bench, "mine", page="one\ntwo\n{{ 1 / 0 }}\n")
    notebook = Notebook()
    for _ in range(2):
        template = open_noting(empty_bench, notebook).open_environment({}).open_template("page.html")
        with pytest.raises(ZeroDivisionError) as caught:
            template.render()
        last = caught.traceback[-1]
        assert (str(last.path).endswith("themes/mine/templates/page.html"), last.lineno) == (True, 2)
