"""Several authors of one article: each is told as a person, wherever one was."""

import json
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from sitebench import NOW, SiteBench, article

pytestmark = pytest.mark.slow

CASE = Path(__file__).parent / "15-two-authors"
PAGE = "news/chips/a/index.html"
ATOM, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"


def write(bench: SiteBench, **matter: Any) -> SiteBench:
    bench.edit("site.toml", "[listings]", "[outputs]\napi = true\nmarkdown = true\n\n[listings]")
    return bench.write("content/articles/a.md", article("A", 9, **matter)).build().expect_built()


def persons(site: SiteBench) -> Any:
    for text in site.page(PAGE).tree.xpath("//script[@type='application/ld+json']/text()"):
        graph = json.loads(text)
        for one in graph.get("@graph", [graph]):
            if one.get("@type") == "NewsArticle":
                return one["author"]
    return None


def test_the_case_is_told_and_what_is_proposed_works(tmp_path: Path) -> None:
    site = SiteBench(shutil.copytree(CASE, tmp_path / "site")).build(now=NOW)
    assert "content/articles/a.md:6: warning: 'author' looks like 2 people, and is shown as one" in site.problems
    assert "hint: write 'authors: [Ann Alpha, Bo Beta]'" in site.problems
    site.edit("content/articles/a.md", "author: Ann Alpha, Bo Beta", "authors: [Ann Alpha, Bo Beta]").build(now=NOW)
    site.expect_built().expect_report("")
    assert [one["name"] for one in persons(site)] == ["Ann Alpha", "Bo Beta"]
    assert site.page(PAGE).texts("//*[@class='byline']") == ["Ann Alpha and Bo Beta"]


def test_the_hint_for_a_broken_name_keeps_the_other_authors(bench: SiteBench) -> None:
    bench.write("content/articles/a.md", article("A", 9)).edit(
        "content/articles/a.md", "topic:", "authors: [Ann, {name: Bo, Jr}, Cy]\ntopic:"
    )
    assert "authors: - Ann - name: Bo, Jr - Cy" in " ".join(bench.build().problems.split())


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("张伟、李娜", "张伟, 李娜"),
        ("田中太郎，佐藤花子", "田中太郎, 佐藤花子"),
        ("أحمد علي، سارة علي", "أحمد علي, سارة علي"),
        ("Ann Alpha with Bo Beta", "Ann Alpha, Bo Beta"),
        ("Ann Alpha; Bo Beta & Cy Gamma", "Ann Alpha, Bo Beta, Cy Gamma"),
    ],
)
def test_a_list_of_names_in_any_script_is_told(bench: SiteBench, author: str, names: str) -> None:
    assert f"hint: write 'authors: [{names}]'" in write(bench, author=author).problems


@pytest.mark.parametrize(
    "author", ["Alpha, Ann", "Ann Alpha, Jr.", "张伟", "李、", "ジャン・レノ", "Smith & Sons", "أحمد علي"]
)
def test_one_name_is_not_told(bench: SiteBench, author: str) -> None:
    write(bench, author=author).expect_report("")


NAMES = {
    "one": (["Ann"], "Ann"),
    "two": (["Ann", "Bo"], "Ann and Bo"),
    "three": (["Ann", "Bo", "Cy"], "Ann, Bo and Cy"),
}


@pytest.mark.parametrize(("names", "byline"), NAMES.values(), ids=NAMES)
@pytest.mark.parametrize("has_urls", [False, True])
def test_each_author_stands_in_every_output(bench: SiteBench, names: list[str], byline: str, has_urls: bool) -> None:
    urls = {name: f"https://wire.example/{name.lower()}" if has_urls else None for name in names}
    written = [{"name": name, "url": url} if url else name for name, url in urls.items()]
    site = write(bench, authors=written).expect_report("")
    page = site.page(PAGE)
    assert page.texts("//*[@class='byline']") == [byline]
    assert page.tree.xpath("//*[@class='byline']//a/@href") == [url for url in urls.values() if url]
    assert page.tree.xpath("//meta[@property='article:author']/@content") == [url or name for name, url in urls.items()]
    told = persons(site)
    assert (told if isinstance(told, list) else [told]) == [
        {"@type": "Person", "name": name} | ({"url": url} if url else {}) for name, url in urls.items()
    ]
    rss = ET.fromstring(site.files()["feed.xml"])
    assert [one.text for one in rss.findall("channel/item[1]/" + DC + "creator")] == names
    atom = ET.fromstring(site.files()["atom.xml"])
    entry = atom.find(f"{ATOM}entry")
    assert entry is not None
    assert [one.findtext(f"{ATOM}name") for one in entry.findall(f"{ATOM}author")] == names
    assert [one.findtext(f"{ATOM}uri") for one in entry.findall(f"{ATOM}author")] == list(urls.values())
    feed = json.loads(site.files()["feed.json"])
    expected = [{"name": name} | ({"url": url} if url else {}) for name, url in urls.items()]
    assert feed["items"][0]["authors"] == expected
    api = json.loads(site.files()["api/articles/a.json"])
    assert api["authors"] == [{"name": name, "url": url} for name, url in urls.items()]
    assert f"authors: {json.dumps(names, separators=(',', ':'))}" in site.files()["news/chips/a/index.md"].decode()


@pytest.mark.parametrize(
    ("language", "byline"),
    [("en", "Ann, Bo and Cy"), ("de", "Ann, Bo und Cy"), ("fr", "Ann, Bo et Cy"), ("ar", "Ann، Bo وCy")],
)
@pytest.mark.parametrize("theme", ["base", "broadsheet", "terminal", "river"])
def test_a_byline_is_a_list_of_the_sites_language(bench: SiteBench, theme: str, language: str, byline: str) -> None:
    bench.edit("site.toml", "[theme]", f'language = "{language}"\n\n[theme]').edit("site.toml", '"base"', f'"{theme}"')
    site = write(bench, authors=["Ann", "Bo", "Cy"])
    assert site.page(PAGE).texts("//*[@class='byline']") == [byline]


def test_the_short_form_is_the_same(bench: SiteBench) -> None:
    write(bench, author="Ann", author_url="https://wire.example/ann")
    short = bench.files()
    bench.write("content/articles/a.md", article("A", 9, authors=[{"name": "Ann", "url": "https://wire.example/ann"}]))
    assert bench.build().expect_built().files() == short


def test_an_edit_of_one_author_changes_what_shows_them(bench: SiteBench) -> None:
    write(bench, authors=["Ann", "Bo"])
    bench.edit("content/articles/a.md", "Bo", "Cy").build()
    assert {PAGE, "feed.xml", "api/articles/a.json", "news/chips/a/index.md"} <= bench.rendered
    incremental = bench.files()
    assert bench.build(force=True).files() == incremental


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ann Alpha and Bo Beta", ["Ann Alpha", "Bo Beta"]),
        ("Ann Alpha, Bo Beta, and Cy Gamma", ["Ann Alpha", "Bo Beta", "Cy Gamma"]),
        ("Ann Alpha & Bo Beta", ["Ann Alpha", "Bo Beta"]),
        ("Ann Alpha; Bo van der Beta", ["Ann Alpha", "Bo van der Beta"]),
        ("Zoë Älpha und Bo Beta", ["Zoë Älpha", "Bo Beta"]),
        ("Ann Alpha (@ann), Bo Beta (@bo)", ["Ann Alpha (@ann)", "Bo Beta (@bo)"]),
        ("Ann Alpha, Chief Engineer, and Bo Beta, the best of all", ["Ann Alpha", "Bo Beta"]),
    ],
)
def test_an_author_that_lists_names_is_told(bench: SiteBench, author: str, names: list[str]) -> None:
    bench.write("content/articles/a.md", article("A", 9, author=author)).build().expect_built()
    assert f"hint: write 'authors: [{', '.join(names)}]'" in bench.problems


@pytest.mark.parametrize(
    "author",
    [
        "Ann Alpha",
        "Martin Luther King, Jr.",
        "The Wire, Berlin",
        "Rossi",
        "Anderson Land",
        "Alpha, Ann",
        "staff and agencies",
        "Ann Alpha, Software Engineer",
        "Ann Alpha (@ann), Executive Director",
        "Ann Alpha, keeper of keys",
        "Ann Alpha, Acme 42 Labs",
        "Ann Alpha, The Wire",
    ],
)
def test_an_author_that_may_be_one_is_not(bench: SiteBench, author: str) -> None:
    bench.write("content/articles/a.md", article("A", 9, author=author)).build().expect_built().expect_report("")
