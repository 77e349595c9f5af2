"""Tables of words: which of them gives a word, and that those of the built-in themes are whole."""

import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel import Locale
from jinja2 import Environment, nodes

from conftest import ROOT
from generator.strings import PLURALS, Strings
from generator.theme.chain import Layer, ThemeFile
from generator.theme.tables import merge_tables
from sitebench import NOW, SMALL, SiteBench

THEMES = ("base", "broadsheet", "river", "terminal")
TEMPLATES = sorted(
    file
    for theme in THEMES
    for file in (ROOT / "themes" / theme / "templates").iterdir()
    if file.name != "policy.html"  # what browsers read
)
BASE = ROOT / "themes/base/strings"
ENGLISH = tomllib.loads((BASE / "en.toml").read_text())
TABLES = sorted(file for theme in THEMES for file in (ROOT / "themes" / theme).glob("strings/*.toml"))
ALL_ENGLISH = {
    key: text for file in TABLES if file.stem == "en" for key, text in tomllib.loads(file.read_text()).items()
}


def layer(name: str, **tables: str) -> Layer:
    """A layer whose tables are given by their languages, `_` for `-`."""
    strings = {language.replace("_", "-"): text.encode() for language, text in tables.items()}
    return Layer(name, f"themes/{name}", ThemeFile(title=name), {}, {}, strings)


def merge(*layers: Layer, language: str = "en", **own: str) -> Strings:
    strings, problems = merge_tables(layers, language, dict(own))
    assert problems == []
    return strings


GROUND = layer("base", en='a = "a {x}"\nb = "b"\nc = "c"\nd = "d"', de='a = "de {x}"\nb = "de b"')


# Which table gives a word


@pytest.mark.parametrize(
    ("language", "table"),
    [
        ("en", {"a": "a {x}", "b": "b"}),
        ("de", {"a": "de {x}", "b": "de b"}),
        ("de-CH", {"a": "de {x}", "b": "de b"}),
        ("DE", {"a": "de {x}", "b": "de b"}),
        ("nl", {"a": "a {x}", "b": "b"}),
    ],
)
def test_a_word_comes_from_the_nearest_language_that_has_it(language: str, table: dict[str, str]) -> None:
    merged = merge(GROUND, language=language)
    assert (merged.language, merged.table) == (language, {**table, "c": "c", "d": "d"})


def test_the_topmost_theme_and_the_more_special_language_come_first() -> None:
    upper = layer("upper", en='b = "upper"\nown = "own"', de_CH='a = "ch {x}"', de='c = "de upper"', fr='d = "fr"')
    assert merge(upper, GROUND, language="de-CH").table == {
        "a": "ch {x}",
        "b": "de b",
        "c": "de upper",
        "d": "d",
        "own": "own",
    }
    assert merge(upper, GROUND).table == {"a": "a {x}", "b": "upper", "c": "c", "d": "d", "own": "own"}


def test_the_words_of_the_site_come_before_all_others() -> None:
    assert merge(GROUND, language="de", a="own {x}").table == {"a": "own {x}", "b": "de b", "c": "c", "d": "d"}


def test_a_theme_is_held_against_the_theme_that_began_a_word() -> None:
    upper = layer("upper", en='a = "x is left out"', de='a = "{x}"')
    assert merge(upper, GROUND, language="de").table["a"] == "{x}"
    upper = layer("upper", en='a = "{x} {y}"')
    _, problems = merge_tables([upper, GROUND], "en", {})
    assert [(problem.code, problem.file, problem.key) for problem in problems] == [
        ("wrong-value", "themes/upper/strings/en.toml", ("a",))
    ]


def test_tables_of_languages_that_the_site_does_not_speak_are_checked() -> None:
    _, problems = merge_tables([layer("upper", fr='z = "z"'), GROUND], "de", {})
    assert [(problem.code, problem.file) for problem in problems] == [("unknown-key", "themes/upper/strings/fr.toml")]


@pytest.mark.parametrize(
    ("pattern", "is_good"),
    [
        ("d MMMM y", True),
        ("EEEE, d. MMM y G", True),
        ("d 'de' LLLL 'de' y", True),
        ("y年M月d日", True),
        ("''d''", True),
        ("", True),
        ("ddd", False),
        ("MMMMMM", False),
        ("d MMMM YYYY", False),
        ("HH:mm", False),
        ("d of MMMM", False),
        ("d 'MMMM", False),
        ("Q", False),
    ],
)
def test_a_pattern_of_days_has_the_letters_of_days(pattern: str, is_good: bool) -> None:
    ground = layer("base", en=f'date = "{pattern}"')
    strings, problems = merge_tables([ground], "en", {})
    assert [problem.code for problem in problems] == ([] if is_good else ["wrong-value"])
    if is_good:
        assert "{" not in strings.day(NOW)


# A word and the pages that show it


def test_another_word_renders_anew_the_pages_that_show_it(bench: SiteBench) -> None:
    bench.build().expect_built()
    with (bench.root / "site.toml").open("a") as file:
        file.write('\n[strings]\nto_front_page = "Home, please"\n')
    bench.build().expect_built().expect_rendered("404.html").expect_same_as_clean_build()
    bench.edit("site.toml", "to_front_page", "insights_description").build()
    bench.expect_rendered("404.html", "insights/index.html").expect_same_as_clean_build()


def test_another_language_changes_pages_feeds_and_direction(bench: SiteBench) -> None:
    bench.build().expect_built()
    bench.edit("site.toml", "[theme]", 'language = "ar"\n\n[theme]').build().expect_built().expect_report("")
    assert bench.page("index.html").tree.xpath("/html/@dir") == ["rtl"]
    bench.expect_same_as_clean_build()


def test_markup_stays_and_all_else_is_escaped(empty_bench: SiteBench) -> None:
    empty_bench.write_all(SMALL)
    empty_bench.write("site.toml", '[site]\ntitle = "<b>"\nurl = "https://a.example"\n[theme]\nname = "mine"\n')
    empty_bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    empty_bench.write("themes/mine/strings/en.toml", 'said = "<i> & {name}, {link}"\n')
    empty_bench.write(
        "themes/mine/templates/404.html",
        "{% set link %}<a href='/'>x</a>{% endset %}"
        '{{ t("said", name=chrome.title, link="<u>") }}\n{{ t("said", name=chrome.title, link=link) }}\n'
        '<p title="{{ t("said", name="\'", link=1204) }}">',
    )
    empty_bench.build().expect_built()
    assert (empty_bench.output / "404.html").read_text() == (
        "&lt;i&gt; &amp; &lt;b&gt;, &lt;u&gt;\n&lt;i&gt; &amp; &lt;b&gt;, <a href='/'>x</a>\n"
        '<p title="&lt;i&gt; &amp; &#39;, 1,204">'
    )


# The tables of the built-in themes


def test_every_built_in_theme_speaks_the_same_languages() -> None:
    spoken = {file.stem for file in TABLES if file.parent == BASE}
    for folder in {file.parent for file in TABLES}:
        assert {file.stem for file in folder.iterdir()} == spoken


@pytest.mark.parametrize("file", TABLES, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_a_built_in_table_is_whole_and_in_the_order_of_the_english_one(file: Path) -> None:
    language = file.stem
    table = tomllib.loads(file.read_text())
    english = tomllib.loads(file.with_name("en.toml").read_text())
    assert list(table) == list(english)
    for key, value in english.items():
        if isinstance(value, dict):
            wanted = {*Locale(language).plural_form.tags, "other"} - ({"many"} if language == "fr" else set())
            assert set(table[key]) == wanted, key
            assert list(table[key]) == [name for name in PLURALS if name in wanted], key


def test_every_word_is_shown_somewhere() -> None:
    sources = [*TEMPLATES, *(ROOT / "generator").rglob("*.py")]
    text = "\n".join(file.read_text() for file in sources)
    named = set(re.findall(r'"([a-z_]+)"', text))
    begun = tuple(re.findall(r't\("([a-z]+_)" ~', text) + re.findall(r'say\(f"([a-z]+_)\{', text))
    assert [key for key in ALL_ENGLISH if key not in named and not key.startswith(begun)] == []


def test_every_word_that_the_program_asks_for_is_there() -> None:
    for file in (ROOT / "generator").rglob("*.py"):
        for key in re.findall(r'\bsay\("([a-z_]+)"', file.read_text()):
            assert key in ENGLISH, file


def test_every_word_is_in_the_docs() -> None:
    listed = dict(re.findall(r"^\| `(\w+)` \| (.*) \|$", (ROOT / "docs/words.md").read_text(), re.MULTILINE))
    wanted = {
        key: f"`{text}`" if isinstance(text, str) else ", ".join(f"{name}: `{one}`" for name, one in text.items())
        for key, text in ENGLISH.items()
    }
    assert {key: listed.get(key) for key in wanted} == wanted


# No words in templates


class _Readable(HTMLParser):
    """Gathers what people read of a template whose tags of Jinja2 are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        shown = ("alt", "aria-label", "aria-description", "placeholder", "title")
        self.found += [value for name, value in attrs if name in shown and value]

    def handle_data(self, data: str) -> None:
        self.found.append(data)


CLASSES = re.compile(r"\{% block body_classes %\}.*?\{% endblock %\}", re.DOTALL)
ATTRIBUTES = re.compile(r"\b[a-z-]+=\"[^\"]*\"")
WORDS = re.compile(r"[A-Z][a-z]|^[, ]+[a-z]|[a-z][, ]+$")


def readable(template: str) -> list[str]:
    parser = _Readable()
    plain = re.sub(r"(</?)\{\{.*?\}\}", r"\1p", CLASSES.sub("", template))
    parser.feed(re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", plain, flags=re.DOTALL))
    parser.close()
    tree = Environment().parse(template)
    texts = [
        one.value
        for output in tree.find_all((nodes.Output, nodes.Assign))
        for one in output.find_all(nodes.Const)
        if isinstance(one.value, str) and WORDS.search(one.value)
    ]
    found = [*(ATTRIBUTES.sub("", text) for text in parser.found), *texts]  # a macro may write attributes alone
    return [text.strip() for text in found if any(c.isalpha() for c in text)]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: f"{file.parts[-3]}-{file.stem}")
def test_nothing_that_people_read_stands_in_a_template(file: Path) -> None:
    assert readable(file.read_text()) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Latest {{ x }}</p>",
        '<nav aria-label="Site"></nav>',
        '{{ "Updated" if x }}',
        '{% set label = "More news" %}',
        '<img alt="A picture">',
        '{{ x ~ " by " ~ y ~ " of all" }}',
    ],
)
def test_what_people_read_is_found(template: str) -> None:
    assert readable(template)
