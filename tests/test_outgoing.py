"""Web addresses in every output of a site, as their readers can follow them, and as people read them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.check.reading import read_output
from sitebench import SITE_TOML, SMALL, SiteBench, article

WRITTEN = "//Bücher.example/it's/straße|[1]?q=größe&a=100%#teil-ü"
GOES_OUT = "https://xn--bcher-kva.example/it's/stra%C3%9Fe%7C%5B1%5D?q=gr%C3%B6%C3%9Fe&a=100%25#teil-%C3%BC"
SHOWN = "https://bücher.example/it's/straße%7C%5B1%5D?q=größe&a=100%25#teil-ü"

SPONSOR = f"""\
---
sponsor: Acme
homepage: {json.dumps(WRITTEN)}
headline: Buy
starts: 2026-05-01
actions: [{{text: Go, url: {json.dumps(WRITTEN)}}}]
---
See [this](<{WRITTEN}>).
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> SiteBench:
    """A site that writes one address wherever one may be written."""
    body = f'See [this](<{WRITTEN}>), <a href="{WRITTEN}">that</a> and ![a](a.png).'
    texts = {
        "site.toml": SITE_TOML + "[outputs]\napi = true\nmarkdown = true\n[feeds]\nsponsor_every = 1\n",
        "content/articles/ü1.md": article(
            "Ü", 1, body=body.replace(" and ![a](a.png)", ""), source_url=WRITTEN, author="A", author_url=WRITTEN,
            brief={"outlook": f"[x](<{WRITTEN}>)"}, form="brief", entities=[{"entity": "acme"}], aliases=["/ä/"],
            tags=["größe"],
        ),
        "content/sources/wire.md":
            f"---\ntitle: W\nhomepage: {json.dumps(WRITTEN)}\nfeeds: [{json.dumps(WRITTEN)}]\n---\n",
        "content/entities/acme.md":
            f"---\ntitle: A\ntype: company\nhomepage: {json.dumps(WRITTEN)}\nsame_as: [{json.dumps(WRITTEN)}]\n---\n",
        "content/sponsors/acme.md": SPONSOR,
    }  # fmt: skip
    root = tmp_path_factory.mktemp("outgoing") / "site"
    return SiteBench(root).write_all(SMALL | texts).build(strict=True).expect_built()


def test_every_link_of_every_output_is_ascii_that_rfc_3986_lets_stand(site: SiteBench) -> None:
    sound = re.compile(r"(?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=\[\]]|%[0-9A-Fa-f]{2})*")
    seen = 0
    for path, data in site.files().items():
        for link in read_output(path, data).links:
            assert sound.fullmatch(link), (path, link)
            seen += 1
    assert seen > 300


def links_of(site: SiteBench, path: str) -> tuple[str, ...]:
    return read_output(path, site.files()[path]).links


@pytest.mark.parametrize(
    "path",
    [
        *("news/chips/ü1/index.html", "sources/wire/index.html", "entities/acme/index.html"),
        *("feed.xml", "atom.xml", "feed.json", "topics/chips/feed.xml"),
        *("api/articles/ü1.json", "api/sources/wire.json", "api/entities/acme.json", "news/chips/ü1/index.md"),
        *("sponsors/index.html",),
    ],
)
def test_what_stands_elsewhere_goes_out_in_one_form(site: SiteBench, path: str) -> None:
    assert GOES_OUT in links_of(site, path)


def test_a_page_shows_people_the_letters(site: SiteBench) -> None:
    page = site.page("news/chips/ü1/index.html")
    assert SHOWN in page.texts("//footer[@class='printed']//li")
    assert page.tree.xpath("count(//a[@href=$url])", url=GOES_OUT) >= 3


def structured(site: SiteBench, path: str) -> Iterator[Any]:
    for script in site.page(path).tree.xpath("//script[@type='application/ld+json']/text()"):
        yield from json.loads(script)["@graph"]


def test_search_engines_get_the_same(site: SiteBench) -> None:
    (news,) = (one for one in structured(site, "news/chips/ü1/index.html") if one["@type"] == "NewsArticle")
    assert news["isBasedOn"] == news["author"]["url"] == news["sourceOrganization"]["url"] == GOES_OUT


def test_own_addresses_are_encoded_in_sitemaps_and_redirects(site: SiteBench) -> None:
    files = site.files()
    locations = site.listed()
    assert "https://bench.example/news/chips/%C3%BC1/" in locations
    assert all(one.isascii() for one in locations)
    assert files["_redirects"].isascii()


FAULTS = [
    "http:foo",
    "https:///x",
    "https://",
    "//",
    "https://w.example:99999/",
    "http://user:pw@/",
    "ftp://w.example/",
]


PLACES = {
    "content/articles/a1.md": article("A", 1, source_url="X"),
    "content/articles/a2.md": article("A", 1, author_url="X"),
    "content/sources/s1.md": "---\ntitle: P\nhomepage: X\n---\n",
    "content/sources/s2.md": "---\ntitle: P\nfeeds:\n  - X\n---\n",
    "content/entities/e1.md": "---\ntitle: A\ntype: company\nhomepage: X\n---\n",
    "content/entities/e2.md": "---\ntitle: A\ntype: company\nsame_as:\n  - X\n---\n",
    "content/sponsors/c1.md": "---\nsponsor: S\nhomepage: X\nheadline: B\n---\n",
    "content/sponsors/c2.md":
        "---\nsponsor: S\nhomepage: https://s.example\nheadline: B\nactions:\n  - text: G\n    url: X\n---\n",
}  # fmt: skip


def line_of(template: str) -> int:
    """Where the address is to be written."""
    return next(number for number, line in enumerate(template.split("\n"), 1) if "X" in line)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_malformed_address_is_refused_where_it_is_written(tmp_path: Path, fault: str) -> None:
    files = {path: text.replace(": X", f": {fault}").replace("- X", f"- {fault}") for path, text in PLACES.items()}
    site = SiteBench(tmp_path / "site").write_all(SMALL | files).build().expect_refused()
    told = {line.partition(": error: ")[0] for line in site.problems.split("\n") if "[wrong-value]" in line}
    assert told == {f"{path}:{line_of(text)}" for path, text in PLACES.items()}
    assert site.problems.count("hint:") == len(files)


TEXTS = {
    f"content/articles/t{number}.md": article("A", 1, body=text, source_url="https://o.example/")
    for number, text in enumerate(["[x](<X>)", '<a href="X">x</a>', "[x][1]\n\n[1]: <X>", "<b>[x](<X>)</b>"])
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_malformed_address_in_a_text_is_told_where_it_is_written(tmp_path: Path, fault: str) -> None:
    files = {path: text.replace("X", fault) for path, text in TEXTS.items()}
    site = SiteBench(tmp_path / "site").write_all(SMALL | files).build().expect_built()
    told = {line.partition(": warning: ")[0] for line in site.problems.split("\n") if "[unusable-link]" in line}
    if fault in "https://o.example/":  # the front matter has it, too
        assert {one.partition(":")[0] for one in told} == set(TEXTS)
    else:
        assert told == {f"{path}:{line_of(text)}" for path, text in TEXTS.items()}
    for path in site.files():
        if path.startswith("news/chips/t") and path.endswith(".html"):
            assert not site.page(path).tree.xpath("//main//a[text()='x']")
