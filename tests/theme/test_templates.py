"""Templates over a chain of themes, and what each of them refers to."""

from typing import Any

import pytest
from jinja2 import TemplateNotFound, UndefinedError

from generator.theme.chain import Layer, ThemeFile
from generator.theme.environment import ChainEnvironment, make_environment
from generator.theme.sources import Sources, TemplateTrace
from generator.theme.templates import trace_templates


def layer(name: str, **templates: str) -> Layer:
    """A layer whose templates are given by their stems."""
    files = {f"{stem}.html": text for stem, text in templates.items()}
    return Layer(name, f"themes/{name}", ThemeFile(title=name), files, {})


def environment(*layers: Layer) -> ChainEnvironment:
    return make_environment(Sources(layers), {}, code={})


def render(layers: tuple[Layer, ...], name: str, **context: Any) -> str:
    return environment(*layers).open_template(name).render(**context)


def trace(*layers: Layer, assets: tuple[str, ...] = (), strings: tuple[str, ...] = ()) -> TemplateTrace:
    return trace_templates(environment(*layers), assets, strings)


def faults(*layers: Layer, assets: tuple[str, ...] = ()) -> list[tuple[str, str, int | None]]:
    return [(problem.code, problem.file, problem.line) for problem in trace(*layers, assets=assets).problems]


BASE = layer(
    "base",
    page='{% extends "layout.html" %}{% block main %}base {% include "part.html" %}{% endblock %}',
    layout="<{% block main %}{% endblock %}>",
    part="part of base",
)


# The chain


def test_the_topmost_template_of_a_name_is_rendered() -> None:
    assert render((layer("mine", page="mine"), BASE), "page.html") == "mine"
    assert render((layer("mine", other="mine"), BASE), "page.html") == "<base part of base>"


def test_a_part_that_is_overridden_is_used_by_the_templates_below() -> None:
    assert render((layer("mine", part="my part"), BASE), "page.html") == "<base my part>"
    assert (
        render((layer("mine", layout="({% block main %}{% endblock %})"), BASE), "page.html") == "(base part of base)"
    )


def test_a_template_can_extend_its_namesake_one_layer_down() -> None:
    top = layer("top", page='{% extends "parent:page.html" %}{% block main %}top {{ super() }}{% endblock %}')
    middle = layer("middle", page='{% extends "parent:page.html" %}{% block main %}middle {{ super() }}{% endblock %}')
    assert render((top, middle, BASE), "page.html") == "<top middle base part of base>"


def test_the_layer_below_may_be_any_number_of_layers_down() -> None:
    top = layer("top", part='top, {% include "parent:part.html" %}')
    assert render((top, layer("middle"), BASE), "page.html") == "<base top, part of base>"


def test_a_namesake_above_is_never_what_parent_means() -> None:
    top, middle = layer("top", part="top"), layer("middle", part='{% include "parent:part.html" %}')
    assert environment(top, middle, BASE).get_template("middle:part.html").render() == "part of base"


def test_a_template_of_no_layer_is_not_found() -> None:
    with pytest.raises(TemplateNotFound):
        render((BASE,), "nope.html")


# How templates are read


def test_every_text_is_escaped() -> None:
    page = layer("base", page='<a title="{{ x }}">{{ x }}</a>')
    assert render((page,), "page.html", x='<"&') == '<a title="&lt;&#34;&amp;">&lt;&#34;&amp;</a>'


@pytest.mark.parametrize("text", ["{{ nope }}", "{{ page.nope }}", "{{ page['nope'] }}", "{% if nope %}{% endif %}"])
def test_a_name_that_is_not_there_is_an_error(text: str) -> None:
    with pytest.raises(UndefinedError):
        render((layer("base", page=text),), "page.html", page={})


def test_nothing_can_be_drawn_by_chance() -> None:
    assert faults(layer("base", page="{{ [1, 2] | random }}")) == [
        ("template-syntax", "themes/base/templates/page.html", 1)
    ]
    with pytest.raises(UndefinedError):
        render((layer("base", page="{{ lipsum() }}"),), "page.html")


# What a template depends on


def test_the_closure_is_all_that_a_template_reaches() -> None:
    top = layer("top", page='{% extends "parent:page.html" %}', part='{% from "macros.html" import m %}{{ m() }}')
    base = layer("base", **{"unused": "x", "macros": "{% macro m() %}{% endmacro %}", **stems(BASE)})
    traced = trace(top, base)
    assert traced.problems == ()
    assert traced.closure("top:page.html") == [
        "base:layout.html",
        "base:macros.html",
        "base:page.html",
        "top:page.html",
        "top:part.html",
    ]
    assert traced.closure("base:unused.html") == ["base:unused.html"]


def stems(one: Layer) -> dict[str, str]:
    return {name.removesuffix(".html"): text for name, text in one.templates.items()}


@pytest.mark.parametrize(
    "text",
    [
        '{% include "part.html" %}',
        '{% include ["part.html", "layout.html"] %}',
        '{% import "part.html" as part %}',
        '{% from "part.html" import x %}',
        '{% if page %}{% include "part.html" without context %}{% endif %}',
        '{% macro m() %}{% include "part.html" %}{% endmacro %}',
    ],
)
def test_every_way_to_name_a_template_is_seen(text: str) -> None:
    traced = trace(layer("base", page=text, part="{% set x = 1 %}", layout=""))
    assert traced.problems == ()
    assert "base:part.html" in traced.closure("base:page.html")


def test_templates_that_include_each_other_have_a_closure() -> None:
    traced = trace(layer("base", a='{% include "b.html" %}', b='{% include "a.html" %}'))
    assert traced.closure("base:a.html") == ["base:a.html", "base:b.html"]


def test_the_closure_of_no_template_is_empty() -> None:
    assert trace(BASE).closure("nope.html") == []


@pytest.mark.parametrize(
    "text",
    [
        '{% include "a.html" if page else "b.html" %}',
        "{% include page.kind %}",
        '{% include "a" ~ page %}',
        "{% extends page %}",
        "{% import page as x %}",
    ],
)
def test_a_template_named_by_an_expression_is_refused(text: str) -> None:
    assert faults(layer("base", page=text)) == [("dynamic-template", "themes/base/templates/page.html", 1)]


def test_a_template_that_is_nowhere_is_refused_with_the_nearest_name() -> None:
    traced = trace(layer("base", page='\n{% include "prat.html" %}', part=""))
    (problem,) = traced.problems
    assert (problem.code, problem.message, problem.hint) == (
        "unknown-template",
        "no template 'prat.html'",
        "did you mean 'part.html'?",
    )
    assert problem.line == 2


def test_parent_of_the_lowest_layer_is_refused() -> None:
    assert faults(layer("base", page='{% extends "parent:page.html" %}')) == [
        ("unknown-template", "themes/base/templates/page.html", 1)
    ]


@pytest.mark.parametrize(
    ("text", "line"), [("a\n{% if %}", 2), ("{{ x", 1), ("\n\n{% endblock %}", 3), ("{{ x | nope }}", 1)]
)
def test_a_template_that_cannot_be_parsed_is_refused_with_its_line(text: str, line: int) -> None:
    assert faults(layer("base", page=text)) == [("template-syntax", "themes/base/templates/page.html", line)]


def test_all_faults_of_all_templates_are_named() -> None:
    assert [code for code, *_ in faults(layer("base", a="{{", b="{% include x %}", c='{% include "d" %}'))] == [
        "template-syntax",
        "dynamic-template",
        "unknown-template",
    ]


# Assets


def test_the_assets_that_a_template_names_are_seen() -> None:
    page = '{{ asset("style.css") }}{% macro m() %}{{ asset("a.svg") | upper }}{% endmacro %}'
    traced = trace(layer("base", page=page), assets=("style.css", "a.svg", "unused.css"))
    assert traced.problems == ()
    assert traced.assets["base:page.html"] == ("a.svg", "style.css")


def test_an_asset_that_is_nowhere_is_refused_with_its_line_and_the_nearest_name() -> None:
    (problem,) = trace(layer("base", page='\n{{ asset("styel.css") }}'), assets=("style.css",)).problems
    assert (problem.code, problem.line, problem.hint) == ("unknown-asset", 2, "did you mean 'style.css'?")


@pytest.mark.parametrize(
    "text",
    [
        "{{ asset(page.name) }}",
        "{{ asset() }}",
        '{{ asset(name="style.css") }}',
        '{{ asset("style" ~ page) }}',
        '{% set a = asset %}{{ a("style.css") }}',
        "{{ ['style.css'] | map(asset) }}",
    ],
)
def test_an_asset_that_cannot_be_seen_in_the_template_is_refused(text: str) -> None:
    assert faults(layer("base", page=text), assets=("style.css",)) == [
        ("dynamic-template", "themes/base/templates/page.html", 1)
    ]


# Words


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("no words", ()),
        ('{{ t("home") }}{{ t("latest") }}{{ t("home") }}', ("home", "latest")),
        ('{{ t("articles", count=page.count) }}', ("articles",)),
        ('{{ t("home" if page.is_front else "latest") }}', ("home", "latest")),
        ('{{ t("status_" ~ page.status) }}', ("status_*",)),
        ("{{ t(page.key) }}", ("*",)),
        ('{{ ["home"] | map(t) }}', ("*",)),
        ('{% set say = t %}{{ say("home") }}', ("*",)),
        ('{% macro m(key) %}{{ t(key) }}{% endmacro %}{{ t("home") }}', ("*", "home")),
    ],
)
def test_the_words_that_a_template_asks_for_are_seen(text: str, keys: tuple[str, ...]) -> None:
    traced = trace(layer("mine", page=text), strings=("articles", "home", "latest", "status_settled"))
    assert (traced.problems, traced.strings["mine:page.html"]) == ((), keys)


@pytest.mark.parametrize(
    ("call", "hint"),
    [
        ('t("hom")', "did you mean 'home'?"),
        ('t("home" if page else "later")', "did you mean 'latest'?"),
        ('t("b_" ~ x)', ""),
    ],
)
def test_a_word_that_no_table_has_is_refused_with_its_line_and_the_nearest_key(call: str, hint: str) -> None:
    (problem,) = trace(layer("mine", page="\n{{ " + call + " }}"), strings=("home", "latest")).problems
    assert (problem.code, problem.file, problem.line) == ("unknown-string", "themes/mine/templates/page.html", 2)
    assert problem.hint == hint


# Before rendering


@pytest.mark.parametrize(
    "text", ['{{ "x" * 10**8 }}', "{{ 10**(10**10) }}", '{{ "x"|center(10**8) }}', '{{ ["x" * 10**8]|first }}']
)
def test_nothing_is_computed_before_a_template_is_rendered(text: str) -> None:
    traced = trace(layer("mine", page=text))
    assert traced.problems == ()
    assert max(map(len, traced.code.values())) < 10_000


def test_how_a_template_escapes_is_not_computed_either() -> None:
    text = "{% autoescape 10**(10**10) %}{% endautoescape %}"
    assert faults(layer("mine", page=text)) == [("template-syntax", "themes/mine/templates/page.html", 1)]
    plain = layer("mine", page="{% autoescape false %}{{ '<' }}{% endautoescape %}{{ '<' }}")
    assert render((plain,), "page.html") == "<&lt;"
