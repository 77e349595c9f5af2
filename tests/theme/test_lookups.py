"""What templates look up that there is not is named in their writers' words, all of it in one run."""

import re
from typing import Any

import pytest

from conftest import ROOT
from generator.build import VIEWS
from generator.errors import Problem
from generator.strings import Strings
from generator.theme import Views, open_theme
from generator.theme.chain import Layer, ThemeFile
from generator.theme.environment import make_environment
from generator.theme.filters import make_filters
from generator.theme.kinds import Table
from generator.theme.sources import Sources
from generator.theme.templates import trace_templates
from materials import make_config

GIVEN = "templates have page (what the page shows), chrome (the site), theme (its options), tokens, asset() and t()"
TABLES = {"theme": Table(("logo", "script")), "tokens": Table(("accent", "ink"))}
ALL = Views({**VIEWS.given, **TABLES, "asset": Any, "t": Any}, VIEWS.pages)
BASE = {
    "layout": "{% block head %}{% endblock %}<main>{% block main %}{% endblock %}</main>",
    "page": '{% extends "layout.html" %}{% block main %}{{ page.heading }}{% endblock %}',
    "card": "{% macro card(x) %}{{ x.text }}{% endmacro %}{% macro cards() %}{% endmacro %}",
}


def layer(name: str, templates: dict[str, str]) -> Layer:
    files = {f"{stem}.html": text for stem, text in templates.items()}
    return Layer(name, f"themes/{name}", ThemeFile(title=name), files, {})


def faults(**templates: str) -> list[Problem]:
    """The Problems of a theme with these templates, given by their stems, on a small one."""
    sources = Sources([layer("mine", templates), layer("base", BASE)])
    filters = make_filters(None, Strings("en", {}))  # type: ignore[arg-type]  # nothing is rendered
    return list(trace_templates(make_environment(sources, filters, code={}), (), ("latest",), ALL).problems)


@pytest.mark.parametrize("theme", ["base", "broadsheet", "terminal", "river"])
def test_the_bundled_themes_look_up_what_there_is(theme: str) -> None:
    open_theme(ROOT, make_config(theme={"name": theme}), None, VIEWS)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("{{ site.title }}", "there is no 'site' in templates", GIVEN),
        ("{{ pgae.heading }}", "there is no 'pgae' in templates", f"did you mean 'page'? {GIVEN}"),
        ("{{ crome.title }}", "there is no 'crome' in templates", f"did you mean 'chrome'? {GIVEN}"),
        ("{{ asset_url('x') }}", "there is no 'asset_url' in templates", f"did you mean 'asset'? {GIVEN}"),
        ("{% if config %}x{% endif %}", "there is no 'config' in templates", GIVEN),
        ("{% for one in posts %}{% endfor %}", "there is no 'posts' in templates", GIVEN),
        ("{% set x = config.y %}", "there is no 'config' in templates", GIVEN),
        ("{% macro m(a) %}{{ b }}{% endmacro %}", "there is no 'b' in templates", None),
        ("{{ page.haeding }}", "'page' has no 'haeding'", "did you mean 'heading'?"),
        ("{{ page['haeding'] }}", "'page' has no 'haeding'", "did you mean 'heading'?"),
        ("{{ page.wheather }}", "'page' has no 'wheather'", "it has "),
        ("{{ page.meta.titel }}", "'page.meta' has no 'titel'", "did you mean 'title'?"),
        ("{{ page.meta.image.hreff }}", "'page.meta.image' has no 'hreff'", "did you mean 'href'?"),
        ("{% for one in page.crumbs %}{{ one.txt }}{% endfor %}", "'one' has no 'txt'", "did you mean 'text'?"),
        ("{{ page.crumbs[0].txt }}", "'page.crumbs.0' has no 'txt'", "did you mean 'text'?"),
        ("{{ (page.crumbs | first).txt }}", "this has no 'txt'", "did you mean 'text'?"),
        ("{% set m = page.meta %}{{ m.titel }}", "'m' has no 'titel'", "did you mean 'title'?"),
        ("{% with m = page.meta %}{{ m.titel }}{% endwith %}", "'m' has no 'titel'", "did you mean 'title'?"),
        ("{{ page.crumbs | map(attribute='txt') | join }}", "an element of 'page.crumbs' has no 'txt'", None),
        ("{{ page.crumbs | selectattr('hrf') | list }}", "an element of 'page.crumbs' has no 'hrf'", None),
        ("{{ page.crumbs | sort(attribute='txt') }}", "an element of 'page.crumbs' has no 'txt'", None),
        ("{{ chrome.titel }}", "'chrome' has no 'titel'", "did you mean 'title'?"),
        ("{{ chrome.topics[0].url }}", "'chrome.topics.0' has no 'url'", "it has text, href"),
        ("{{ theme.logos }}", "'theme' has no 'logos'", "did you mean 'logo'?"),
        ("{{ tokens.acent }}", "'tokens' has no 'acent'", "did you mean 'accent'?"),
        ("{{ page.heading | shout }}", "there is no filter 'shout'", None),
        ("{{ page.heading | uper }}", "there is no filter 'uper'", "did you mean 'upper'?"),
        ("{% if x is defined %}{{ page.heading | uper }}{% endif %}", "there is no filter 'uper'", "did you mean"),
        ("{% if page.heading is evn %}x{% endif %}", "there is no test 'evn'", "did you mean 'even'?"),
        ("{% filter uper %}x{% endfilter %}", "there is no filter 'uper'", "did you mean 'upper'?"),
        ('{% from "card.html" import crad %}', "'card.html' has no 'crad'", "did you mean 'card'?"),
        ('{% from "card.html" import crad as c %}', "'card.html' has no 'crad'", "did you mean 'card'?"),
        ('{% import "card.html" as c %}{{ c.crad(1) }}', "'c' has no 'crad'", "did you mean 'card'?"),
        (
            '{% extends "layout.html" %}{% block mian %}x{% endblock %}',
            "'layout.html' has no block 'mian', so this one is never shown",
            "did you mean 'main'?",
        ),
    ],
)
def test_what_is_not_there_is_named_with_what_there_is(text: str, message: str, hint: str | None) -> None:
    (problem,) = faults(page=f"<p>\n{text}" if "extends" not in text else f"{{# #}}\n{text}")
    assert (problem.file, problem.line) == ("themes/mine/templates/page.html", 2)
    assert problem.message == message
    assert hint is None or problem.hint.startswith(hint)
    assert "generator" not in problem.message + problem.hint


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.heading }}{{ page.meta.title }}{{ chrome.title }}",
        "{% if config is defined %}{{ config.x }}{% endif %}",
        "{% if page.number is defined %}{{ page.number }}{% endif %}",
        "{{ page.number | default(1) }}{{ config | default('x') }}{{ config | d('x') }}",
        "{{ page['meta']['title'] }}",
        "{% for one in page.crumbs %}{{ loop.index }}{{ one.text }}{% else %}none{% endfor %}",
        "{% for a, b in [(1, 2)] %}{{ a }}{{ b }}{% endfor %}",
        "{% for one in page.crumbs %}{% for two in page.crumbs %}{{ one.text ~ two.href }}{% endfor %}{% endfor %}",
        "{% set x = 1 %}{% set x = page.meta %}{{ x.anything }}",
        "{% if page.text %}{% set x = 1 %}{% endif %}{{ x }}",
        "{% set ns = namespace(a=1) %}{% set ns.b = 2 %}{{ ns.b }}",
        "{% macro m(a, b=1) %}{{ a.anything }}{{ b }}{{ caller() }}{{ varargs }}{{ kwargs.x }}{% endmacro %}{{ m(1) }}",
        "{% macro m() %}{{ caller(1) }}{% endmacro %}{% call(x) m() %}{{ x.anything }}{% endcall %}",
        '{% import "card.html" as c %}{{ c.card }}',
        '{% from "card.html" import card, cards as many %}{{ many }}{{ card }}',
        "{{ page.heading.upper() }}{{ page.crumbs | length }}{{ page.crumbs.count(1) }}",
        "{% for name, value in {'a': page.meta}.items() %}{{ value.anything }}{% endfor %}",
        "{{ range(3) | join }}{{ dict(a=1).a }}",
        "{% set y %}text{% endset %}{{ y }}",
        "{{ t('latest') }}{{ tokens.accent.light }}{{ theme.logo.href }}",
        '{% extends "layout.html" %}{% block main %}{{ super() }}{{ self.head() }}{% endblock %}',
        '{% extends "parent:page.html" %}{% block main %}{% block mine %}{{ page.text }}{% endblock %}{% endblock %}',
    ],
)
def test_what_is_there_is_not_told(text: str) -> None:
    assert faults(page=text) == []


def test_names_of_the_template_that_includes_are_known() -> None:
    part = "{{ one.text }}{{ mine }}"
    page = '{% set mine = 1 %}{% for one in page.crumbs %}{% include "part.html" %}{% endfor %}'
    assert faults(page=page, part=part) == []
    (problem,) = faults(page=page.replace("mine", "yours"), part=part)
    assert (problem.file, problem.message) == ("themes/mine/templates/part.html", "there is no 'mine' in templates")


def test_names_that_other_templates_give_are_no_hints() -> None:
    (problem,) = faults(page='{% set step = 1 %}{% include "part.html" %}', part="{{ site.title }}")
    assert problem.hint.startswith(GIVEN)


def test_a_template_that_another_replaces_is_not_looked_at() -> None:
    named = {
        **BASE,
        "layout": "{{ kind }}{% block main %}{% endblock %}",
        "page": '{% extends "layout.html" %}{% set kind = 1 %}',
    }
    sources = Sources([layer("mine", {"layout": named["layout"]}), layer("base", named)])
    environment = make_environment(sources, make_filters(None, Strings("en", {})), code={})  # type: ignore[arg-type]
    assert trace_templates(environment, (), (), ALL).problems == ()


def test_a_part_of_several_pages_may_ask_for_what_one_of_them_has() -> None:
    parts = {"page": '{% include "part.html" %}', "listing": '{% include "part.html" %}'}
    assert faults(**parts, part="{{ page.text }}{{ page.cards }}") == []
    (problem,) = faults(**parts, part="{{ page.text }}{{ page.verdict }}")
    assert problem.message == "'page' has no 'verdict'"


def test_the_page_is_not_known_in_what_is_imported() -> None:
    part = "{% macro m() %}{{ page.heading }}{{ chrome.title }}{% endmacro %}"
    page = '{% from "part.html" import m %}{{ m() }}'
    (problem,) = faults(page=page, part=part)
    assert problem.message == "'page' is not available in an imported template"
    assert problem.hint == "pass it as an argument, as in {{ name_of_the_macro(page) }}"
    assert faults(page=page.replace(" %}", " with context %}", 1), part=part) == []


def test_all_faults_of_all_templates_are_told_in_one_run() -> None:
    found = faults(
        page="{{ site.title }}\n{{ page.haeding }}\n{{ page.heading | shout }}\n{{ site.url }}",
        article="{{ page.headlin",
        listing="{{ page.crads }}{% from 'article.html' import anything %}",
        story='{% extends "layout.html" %}{% block mian %}{{ page.verdct }}{% endblock %}',
    )
    told = [(problem.file.rpartition("/")[2], problem.line, problem.code) for problem in found]
    assert sorted(told) == [
        ("article.html", 1, "template-syntax"),
        ("listing.html", 1, "unknown-name"),
        *(("page.html", line, "unknown-name") for line in (1, 2, 3, 4)),
        ("story.html", 1, "unknown-name"),
        ("story.html", 1, "unknown-name"),
    ]


def test_pages_own_names_are_listed() -> None:
    (problem,) = faults(**{"404": "{{ page.postings }}"})
    assert re.fullmatch(r"it has [a-z_, ]+", problem.hint)
    assert {"meta", "crumbs", "latest"} <= set(problem.hint.removeprefix("it has ").split(", "))
