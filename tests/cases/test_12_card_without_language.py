"""What is written in another language than its page says so, and which way it runs, wherever it stands."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from lxml import html

from generator.strings import direction_of
from sitebench import NOW, SiteBench, article

pytestmark = pytest.mark.slow

CASE = Path(__file__).parent / "12-card-without-language"
ARABIC = "أسعار الرقائق ترتفع 5% (تقرير)"
ENGLISH = "Chip prices rise by 5% (report)"
ATOM, DC = "{http://www.w3.org/2005/Atom}", "{http://purl.org/dc/elements/1.1/}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"

THEMES = pytest.mark.parametrize("theme", ["base", "broadsheet", "terminal", "river"])
LANGUAGES = pytest.mark.parametrize(
    ("own", "other", "direction", "title"),
    [
        ("en", "ar", "rtl", ARABIC),
        ("ar", "en", "ltr", ENGLISH),
        ("de", "az-Arab", "rtl", ARABIC),
        ("fr", "zh-Hant", "ltr", "晶片價格上漲 5%"),
        ("en", "xx", "ltr", ENGLISH),
    ],
)


def says(node: html.HtmlElement, name: str) -> str:
    return next((one.get(name) for one in (node, *node.iterancestors()) if one.get(name)), "")


def places_of(data: bytes, texts: list[str]) -> Iterator[tuple[str, html.HtmlElement]]:
    """Each of some texts on a page, and the element that it stands in."""
    tree = html.document_fromstring(data.decode())
    for text in tree.xpath("//text()[not(ancestor::script)]"):
        node = text.getparent()
        for wanted in texts:
            if wanted in " ".join(text.split()):
                yield wanted, node.getparent() if text.is_tail else node


def write(bench: SiteBench, theme: str, own: str, other: str, title: str) -> SiteBench:
    bench.edit("site.toml", "[theme]", f'language = "{own}"\n\n[theme]').edit("site.toml", '"base"', f'"{theme}"')
    bench.edit("site.toml", "[listings]", "[outputs]\napi = true\n\n[listings]")
    bench.write("content/stories/s.md", "---\ntitle: The event\ntopic: chips\npublished: 2026-05-01T08:00:00Z\n---\n")
    matter = {
        "language": other,
        "summary": f"{title}, {title}",
        "source_title": f"«{title}»",
        "story": "s",
        "badge": "live",
        "tags": ["ai"],
        "aliases": ["/old/f/"],
        "entities": [{"entity": "acme"}],
        "sentiment": {"label": "mixed", "score": 0.5},
        "revisions": [{"at": "2026-05-10", "note": "Corrected.", "significant": True}],
        "form": "brief",
        "brief": {"background": "x"},
    }
    bench.write("content/articles/f.md", article(title, 9, body="x", **matter))
    for number in range(5):
        fields = {"source": "post", "sentiment": {"label": "mixed", "score": 0.1}, "entities": [{"entity": "acme"}]}
        story = {"story": "s"} if number == 0 else {}
        bench.write(f"content/articles/e{number}.md", article(f"Ours {number}", 6, **fields, **story))
    return bench.build().expect_built()


def test_the_card_of_the_case_says_its_language(tmp_path: Path) -> None:
    site = SiteBench(shutil.copytree(CASE, tmp_path / "site")).build(now=NOW).expect_built()
    for path in ("index.html", "latest/index.html", "topics/chips/index.html", "sources/desk/index.html"):
        (heading,) = site.page(path).tree.xpath("//*[contains(@class, 'headline')][a][1]")[:1]
        assert (heading.get("lang"), heading.get("dir")) == ("ar", "rtl"), path
    (title,) = site.page("news/chips/a/index.html").tree.xpath("//title")
    assert (title.get("lang"), title.get("dir")) == ("ar", "rtl")


@THEMES
def test_a_plain_page_says_its_language(bench: SiteBench, theme: str) -> None:
    bench.edit("site.toml", '"base"', f'"{theme}"')
    matter = "title: من نحن\nlanguage: ar\nnavigation: footer\naliases: [/alt/]"
    bench.write("content/pages/ar.md", f"---\n{matter}\n---\n{ARABIC}\n").build().expect_built()
    page = bench.page("ar/index.html")
    for path in ("//main//h1", "//title", "//main//*[p]", "//footer//a[@href='/ar/']"):
        (found,) = page.tree.xpath(path)[:1]
        assert (found.get("lang"), found.get("dir")) == ("ar", "rtl"), path
    (link,) = bench.page("alt/index.html").tree.xpath("//main//a[@href='/ar/']")
    assert (link.get("lang"), link.get("dir")) == ("ar", "rtl")
    bench.edit("content/pages/ar.md", "language: ar\n", "").build()
    assert not bench.page("ar/index.html").tree.xpath("//main//*[@lang]")


@THEMES
@LANGUAGES
def test_every_page_says_it_of_every_text(
    bench: SiteBench, theme: str, own: str, other: str, direction: str, title: str
) -> None:
    site = write(bench, theme, own, other, title)
    found: Counter[str] = Counter()
    for path, data in site.files().items():
        if path.endswith(".html"):
            for _, node in places_of(data, [title]):
                found[path] += 1
                assert (says(node, "lang"), says(node, "dir")) == (other, direction), (path, html.tostring(node))
            for text, node in places_of(data, ["Ours 0", "The event"]):
                if node.tag != "title":
                    assert (says(node, "lang"), says(node, "dir")) == (own, direction_of(own)), (path, text)
            badges = html.document_fromstring(data.decode()).xpath("//*[contains(@class, 'badge-live')]")
            assert {says(node, "lang") for node in badges} <= {own}
    pages = {"index", "latest/index", "topics/chips/index", "topics/index", "sources/wire/index", "sources/index"}
    pages |= {"news/chips/f/index", "news/chips/e0/index", "news/chips/e4/index", "stories/s/index", "tags/ai/index"}
    pages |= {"stories/s/changes/index", "corrections/index", "entities/acme/index", "entities/index", "404"}
    pages |= {"archive/2026/05/index", "insights/index", "old/f/index"}
    assert {f"{page}.html" for page in pages} <= found.keys()


@LANGUAGES
def test_feeds_and_documents_say_it(bench: SiteBench, own: str, other: str, direction: str, title: str) -> None:
    files = write(bench, "base", own, other, title).files()
    atom = {entry.findtext(f"{ATOM}title"): entry for entry in ET.fromstring(files["atom.xml"]).iter(f"{ATOM}entry")}
    assert (atom[title].get(XML_LANG), atom["Ours 1"].get(XML_LANG)) == (other, None)
    told = str(atom[title].findtext(f"{ATOM}content"))
    assert told.startswith(f'<div lang="{other}" dir="{direction}">')
    assert f'<h2 lang="{own}" dir="{direction_of(own)}">' in told
    rss = {item.findtext("title"): item for item in ET.fromstring(files["feed.xml"]).iter("item")}
    assert (rss[title].findtext(f"{DC}language"), rss["Ours 1"].findtext(f"{DC}language")) == (other, None)
    assert f'<div lang="{other}" dir="{direction}">' in str(rss[title].findtext(f"{CONTENT}encoded"))
    items = {item["title"]: item for item in json.loads(files["feed.json"])["items"]}
    assert (items[title]["language"], "language" in items["Ours 1"]) == (other, False)
    assert items[title]["content_html"].startswith(f'<div lang="{other}" dir="{direction}">')
    changes = ET.fromstring(files["stories/s/changes/atom.xml"])
    texts = [str(one.text) for one in changes.iter(f"{ATOM}content") if title in str(one.text)]
    assert texts
    assert all(f' lang="{other}" dir="{direction}">{title}</a>' in text for text in texts)
    entries = json.loads(files["api/articles.json"])["articles"]
    assert {one["title"]: one["language"] for one in entries}[title] == other
    assert {one["language"] for one in entries} == {own, other}


@pytest.mark.parametrize(
    ("matter", "source", "language"),
    [
        ({}, "", None),
        ({}, "de", "de"),
        ({"translated_from": "ja"}, "de", "ja"),
        ({"language": "ar"}, "de", "ar"),
        ({"language": "ar", "translated_from": "en"}, "de", None),
        ({"language": "EN"}, "", None),
    ],
)
def test_the_title_of_an_original_is_in_the_language_that_it_was_written_in(
    bench: SiteBench, matter: dict[str, str], source: str, language: str | None
) -> None:
    if source:
        bench.edit("content/sources/wire.md", "title:", f"language: {source}\ntitle:")
    bench.write("content/stories/s.md", "---\ntitle: The event\ntopic: chips\npublished: 2026-05-01T08:00:00Z\n---\n")
    bench.write("content/articles/f.md", article("F", 9, source_title="Original words", story="s", **matter)).build()
    for path in ("news/chips/f/index.html", "stories/s/index.html"):
        ((_, node),) = places_of(bench.expect_built().files()[path], ["Original words"])
        assert says(node, "lang") == (language or "en")
        assert node.get("lang") == language


@THEMES
@pytest.mark.parametrize("language", ["en", "ar"])
def test_addresses_run_from_the_left(bench: SiteBench, theme: str, language: str) -> None:
    bench.edit("site.toml", "[theme]", f'language = "{language}"\n\n[theme]').edit("site.toml", '"base"', f'"{theme}"')
    body = "[A source](https://wire.example/a/b?c=1)."
    bench.write("content/articles/f.md", article("F", 9, body=body, language="ar")).build().expect_built()
    page = bench.page("news/chips/f/index.html")
    for address in ("https://bench.example/news/chips/f/", "https://wire.example/a/b?c=1"):
        (node,) = page.tree.xpath("//*[not(*)][normalize-space()=$address]", address=address)
        assert node.xpath("string(ancestor-or-self::*[@dir][1]/@dir)") == "ltr"


@pytest.mark.parametrize(
    ("tag", "direction"),
    [
        *[
            (tag, "rtl")
            for tag in ("ar", "AR", "ar-EG", "he", "iw", "fa", "ur", "ps", "dv", "yi", "ckb", "ug", "sd", "ks")
        ],
        *[
            (tag, "rtl")
            for tag in ("az-Arab", "az-Arab-IR", "az-IR", "uz-AF", "pa-PK", "ku-Arab", "ur-Aran", "nqo", "ff-Adlm")
        ],
        *[
            (tag, "ltr")
            for tag in ("en", "zh-Hant", "zh-TW", "az", "uz", "pa", "ar-Latn", "sr-Latn-RS", "tlh", "xx", "qqq")
        ],
    ],
)
def test_which_way_a_language_runs(tag: str, direction: str) -> None:
    assert direction_of(tag) == direction
