"""Hostile texts take a time that grows with their length: whatever is searched is searched once.

Calls are counted, and the characters that searches pass over. What expressions do is in test_expressions.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from imports import count_steps, expect_even_growth

from generator.config import parse_toml, read_config
from generator.errors import Problem
from generator.importers import Defaults, System, html, import_site, kramdown, texts
from generator.importers.containers import open_admonitions, open_containers
from generator.importers.headings import name_headings
from generator.importers.html import Rewriting, open_markdown, rewrite_html
from generator.importers.kramdown import resolve_kramdown
from generator.importers.liquid import fill_words, resolve_liquid
from generator.importers.markup import Edits
from generator.importers.matter import read_moment, split_matter
from generator.importers.pelican import split_headers
from generator.importers.pelican_urls import PelicanUrls
from generator.importers.shortcodes import resolve_shortcodes
from generator.importers.texts import rewrite_text
from generator.load.markdown import Compiler
from generator.names import RecordId
from generator.records import body
from materials import UTC
from sitebench import SiteBench

HOW = Rewriting(lambda target: f"{target}!", lambda target: (f"p/{target}", True), lambda *_: None)

TOKENS = (
    *("{#", "{%", "{{", "{% raw %}", "<!--", '{{< figure src="', " ", "{{<!", "{{% a", "{% comment %}", "{{ x | y: '"),
    *("{% highlight x %}", "{{< highlight x >}}", "{::comment}", "{: .a}", "{:", "<script>", "<a href='", "::: a\n"),
    *('!!! a "', "[a](#b)", "# a {#b}\n\n", "[![a](b)](c)", "a: b\n", "{% assign x = x | append: x %}{{ x }}"),
)


@pytest.mark.parametrize("token", TOKENS)
def test_a_hostile_text_takes_steps_in_proportion_to_its_length(token: str) -> None:
    def run(size: int) -> None:
        text = token * (size // 4)
        resolve_shortcodes(text, lambda _: None, [])
        resolve_liquid(text, lambda *_: None, [], known={"x": "a"}, has_comments=True)
        resolve_kramdown(text, [])
        open_containers(text, [])
        open_admonitions(text, [])
        open_markdown(text)
        name_headings(text)
        rewrite_text(text, HOW)
        split_matter(f"---\n{text}", file="a.md")
        split_headers(text, file="a.md")

    expect_even_growth(run)


class Search:
    """Stands for an expression, and counts what it passes over."""

    def __init__(self, pattern: re.Pattern[Any]) -> None:
        self._pattern = pattern
        self.passed = 0

    def search(self, text: Any, at: int) -> re.Match[Any] | None:
        found = self._pattern.search(text, at)
        self.passed += (found.end() if found else len(text)) - at
        return found


class SearchedText(str):
    """A text that counts what `find` passes over."""

    __slots__ = ("passed",)

    def find(self, sought: str, begin: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        found = super().find(sought, begin, len(self) if end is None else end)
        self.passed = getattr(self, "passed", 0) + (len(self) if found < 0 else found) - begin
        return found


class SearchedBytes(bytes):
    """Bytes that count what `rfind` passes over."""

    passed = 0

    def rfind(self, sought: bytes, begin: int = 0, end: int | None = None) -> int:  # type: ignore[override]
        end = len(self) if end is None else end
        found = super().rfind(sought, begin, end)
        self.passed += end - max(found, begin)
        return found


def test_the_end_of_a_script_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    search = Search(html._UNSEEN["script"])
    monkeypatch.setitem(html._UNSEEN, "script", search)  # type: ignore[arg-type]
    text = "<script>" * 500
    assert rewrite_html(text, HOW) == (text, False)
    assert search.passed <= len(text)
    assert rewrite_html(f"{text}</script>a", HOW)[0] == "a"


def test_the_end_of_a_hidden_part_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    search = Search(kramdown._HIDDEN_END)
    monkeypatch.setattr(kramdown, "_HIDDEN_END", search)
    resolve_kramdown("{::comment}" * 500, [])
    assert search.passed <= 500 * len("{::comment}")


def test_the_beginning_of_a_line_is_searched_once(monkeypatch: pytest.MonkeyPatch) -> None:
    edits: list[Edits] = []

    def keep(text: str) -> Edits:
        edits.append(Edits(text))
        edits[-1].source = SearchedBytes(edits[-1].source)
        return edits[-1]

    monkeypatch.setattr(kramdown, "Edits", keep)
    assert resolve_kramdown("a{: .b}" * 500, []) == "a" * 500
    assert edits[0].source.passed <= len(edits[0].source)  # type: ignore[attr-defined]


def test_the_end_of_a_shortcode_is_searched_once() -> None:
    text = SearchedText("{{<!" * 500 + '{{< figure src="a.png" >}}')
    assert resolve_shortcodes(text, lambda _: None, []).endswith("![](a.png)")
    assert text.passed <= len(text)


def test_pictures_in_pictures_are_kept_once(monkeypatch: pytest.MonkeyPatch) -> None:
    kept, keep = 0, texts._Rewriter._keep

    def count(self: texts._Rewriter, begin: int, end: int) -> None:
        nonlocal kept
        kept += end - begin
        keep(self, begin, end)

    monkeypatch.setattr(texts._Rewriter, "_keep", count)
    text = "![a " * 200 + "](b)" * 200
    assert rewrite_text(text, HOW) == "![a " * 200 + "](b)" * 199 + "](p/b)"
    assert kept <= len(text)


def test_the_headings_of_a_text_are_read_once_for_all_of_its_links(monkeypatch: pytest.MonkeyPatch) -> None:
    read, unpack = [], body._unpack_headings
    monkeypatch.setattr(body, "_unpack_headings", lambda outline: read.append(outline) or unpack(outline))
    made = Compiler("commonmark").compile("".join(f"# a{number}\n\n" for number in range(50)), file="a.md").body
    assert [made.anchor_of(f"a{number}") for number in range(50)] == [f"s-a{number}" for number in range(50)]
    assert len(read) == 1


def test_only_the_first_warnings_of_a_text_are_listed() -> None:
    text = "".join(f"# a{number}\n\n[x](#b{number})\n\n" for number in range(150))
    problems = Compiler("commonmark").compile(text, file="a.md").problems
    assert len(problems) == 101
    assert problems[-1].message == "50 more problems of this text are not listed"
    assert problems[0].hint.startswith("did you mean")


# What grows


def test_a_value_of_liquid_does_not_grow_without_end() -> None:
    lacks: list[Any] = []
    text = '{% assign x = "aa" %}' + "{% assign x = x | append: x %}" * 16 + "{{ x }}"
    assert resolve_liquid(text, lambda *_: None, lacks) == "{{ x }}"
    assert len(lacks) == 5  # the last assignments, and what would show the value
    shown = resolve_liquid("{{ x }}" * 2000, lambda *_: None, lacks, known={"x": "a" * 1000})
    assert shown == "a" * 1_000_000 + "{{ x }}" * 1000


def test_the_filters_of_a_value_are_what_is_between_bars_outside_of_quotes() -> None:
    for text, shown in {"{{ 'a|b' | upcase }}": "A|B", '{{ "a" | append: "|" }}': "a|", "{{ 'a\"|' }}": 'a"|'}.items():
        assert resolve_liquid(text, lambda *_: None, []) == shown


def test_an_address_does_not_grow_without_end() -> None:
    assert fill_words("/{{ slug }}/", {"slug": "a"}) == "/a/"
    assert fill_words("/{{ slug }}/{{ other }}", {"slug": "a"}) is None
    assert fill_words("{{ slug }}" * 500, {"slug": "a" * 100}) is None
    urls = PelicanUrls({"ARTICLE_URL": "{slug}" * 500}, language="en")
    parts: Any = SimpleNamespace(slug="a" * 100, at=None, category="", author="", language="")
    assert urls.address(parts, is_page=False) is None


def test_a_slug_does_not_grow_without_end() -> None:
    assert PelicanUrls({"SLUG_SUBSTITUTIONS": [("a", "aa")] * 5}, language="en").slugify("a") == "a" * 32
    assert PelicanUrls({"SLUG_SUBSTITUTIONS": [("a", "aa")] * 20}, language="en").slugify("a") is None
    assert PelicanUrls({"SLUG_SUBSTITUTIONS": [("b", "b")] * 2000}, language="en").slugify("a") is None


def test_a_long_text_is_no_time() -> None:
    assert count_steps(lambda: read_moment("1." * 5000, UTC)) < 100
    assert read_moment("1." * 5000, UTC) is None
    assert read_moment("3 May 2020 10:00", UTC) is not None


@pytest.mark.parametrize("text", ["{}a = 1", "[{}a]", "[[{}a]]", "x = {{{}a = 1}}", "'a'.{}a = 1", "# '\n{}a = 1"])
def test_a_key_of_many_parts_is_not_read(text: str) -> None:
    assert isinstance(parse_toml(text.format("a . " * 50).encode(), file="a.toml"), dict)
    found = parse_toml(text.format("a . " * 101).encode(), file="a.toml")
    assert isinstance(found, Problem)
    assert found.code == "bad-toml"


@pytest.mark.parametrize(
    "text",
    [
        "x = '{}'",
        'x = "\\"{}"',
        "x = '''\n'{}\n'{}'''",
        'x = """\n"{}\\""""',
        "# {}",
        "x = [{}]".replace("{}", "1.5, " * 200),
        "".join(f"a.b{number} = 1\n" for number in range(200)),
    ],
)
def test_the_dots_of_texts_and_numbers_do_not_count(text: str) -> None:
    assert isinstance(parse_toml(text.replace("{}", "a." * 200).encode(), file="a.toml"), dict)


# Whole imports


def hostile_files(system: System) -> Iterator[tuple[str, str]]:
    tokens = {
        "hugo": ('{{< figure src="', "<!--", " "),
        "jekyll": ("{#", "{%", "{{", "{% raw %}"),
    }
    for number, token in enumerate(tokens[system]):
        text = f"---\ntitle: A{number}\ndate: 2020-01-01\n---\n{token * (200_000 // len(token))} end\n"
        yield ("content/posts" if system == "hugo" else "_posts") + f"/2020-01-0{number + 1}-a.md", text


@pytest.mark.slow
@pytest.mark.parametrize("system", ["hugo", "jekyll"])
def test_an_import_of_hostile_texts_ends(system: System, empty_bench: SiteBench, tmp_path: Path) -> None:
    old = SiteBench(tmp_path / "old").write_all(dict(hostile_files(system)))
    empty_bench.write("site.toml", '[site]\ntitle = "A"\nurl = "https://a.example"\nsource = "desk"\n')
    defaults = Defaults(RecordId("desk"), RecordId("loose"))
    done = import_site(system, old.root, empty_bench.root, read_config(empty_bench.root), defaults, is_dry=True)
    assert len([one for one in done.records if one.origin]) == len(dict(hostile_files(system)))
