"""What robots and programs are told of a whole site: sitemaps, the guide, the markdown alternates, JSON-LD."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import extruct
import pytest
import yaml
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from conftest import ROOT
from generator.theme_check import GOLDEN
from generator.theme_check import NOW as GOLDEN_NOW
from sitebench import NOW, SiteBench, article
from tools import require_npm

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"
SCHEMAS = ROOT / "tests" / "schemas"
URL = "https://golden.example/news"


@pytest.fixture(scope="module")
def golden(tmp_path_factory: pytest.TempPathFactory) -> SiteBench:
    """The golden site, with hostile texts, drafts, noindex and a base path, shortly after its newest article."""
    bench = SiteBench(tmp_path_factory.mktemp("golden") / "site")
    for file in (GOLDEN / "content").rglob("*"):
        if file.is_file():
            bench.write(file.relative_to(GOLDEN).as_posix(), file.read_bytes())
    bench.write("site.toml", (GOLDEN / "site.toml").read_text() + '\n[theme]\nname = "base"\n')
    newest = max(newest_of(bench)).replace(tzinfo=UTC) + timedelta(hours=1)
    return bench.build(now=min(newest, GOLDEN_NOW)).expect_built()


def newest_of(bench: SiteBench) -> Iterator[datetime]:
    for file in (bench.root / "content/articles").glob("*.md"):
        time = yaml.safe_load(file.read_text().split("---\n")[1])["published"]
        if isinstance(time, datetime):
            yield time.replace(tzinfo=None)


def sitemaps(bench: SiteBench) -> dict[str, Any]:
    return {
        path: etree.fromstring(data)
        for path, data in bench.files().items()
        if path.endswith(".xml") and b"sitemaps.org" in data
    }


def locs(bench: SiteBench) -> list[str]:
    return [
        node.text
        for path, tree in sitemaps(bench).items()
        if path != "sitemap.xml"
        for node in tree.iter(f"{SPACE}loc")
    ]


def file_of(url: str) -> str:
    assert url.startswith(URL + "/"), url
    path = unquote(url.removeprefix(URL + "/"))
    return path + "index.html" if path.endswith("/") or not path else path


def pages(bench: SiteBench) -> dict[str, Any]:
    return {
        path: lxml_html.document_fromstring(data.decode())
        for path, data in bench.files().items()
        if path.endswith(".html")
    }


def is_hidden(page: Any) -> bool:
    return bool(page.xpath("//meta[@name='robots'][contains(@content, 'noindex')]"))


# Sitemaps


def test_sitemaps_are_what_their_schemas_say(golden: SiteBench, tmp_path: Path) -> None:
    main = require_npm("sitemap", "schema/sitemap.xsd")
    imports = {
        "http://www.sitemaps.org/schemas/sitemap/0.9": main,
        "http://www.google.com/schemas/sitemap-news/0.9": SCHEMAS / "sitemap-news.xsd",
        "http://www.google.com/schemas/sitemap-image/1.1": SCHEMAS / "sitemap-image.xsd",
    }
    lines = (f'<xs:import namespace="{name}" schemaLocation="{file.as_uri()}"/>' for name, file in imports.items())
    whole = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{"".join(lines)}</xs:schema>'
    urlset = etree.XMLSchema(etree.fromstring(whole))
    index = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap-index.xsd"))
    found = sitemaps(golden)
    assert {"sitemap.xml", "sitemap-1.xml", "sitemap-2031-06.xml", "news-sitemap.xml"} <= set(found)
    for path, tree in found.items():
        (index if path == "sitemap.xml" else urlset).assertValid(tree)


def test_every_address_in_a_sitemap_is_that_of_a_page_that_may_be_listed_and_says_so(golden: SiteBench) -> None:
    for url in locs(golden):
        page = lxml_html.document_fromstring(golden.files()[file_of(url)].decode())
        assert url.isascii()
        assert page.xpath("string(//link[@rel='canonical']/@href)") == url
        assert not is_hidden(page), url


def test_every_page_that_may_be_listed_is_in_the_sitemap_once(golden: SiteBench) -> None:
    listed = golden.listed()
    wanted = {
        page.xpath("string(//link[@rel='canonical']/@href)") for page in pages(golden).values() if not is_hidden(page)
    }
    assert len(listed) == len(set(listed))
    assert set(listed) == wanted


def test_the_picture_of_a_page_is_in_its_line_of_the_sitemap(golden: SiteBench) -> None:
    found = {
        node.findtext(f"{SPACE}loc"): node.findtext(f"{IMAGE}image/{IMAGE}loc")
        for tree in sitemaps(golden).values()
        for node in tree.iter(f"{SPACE}url")
    }
    assert {file_of(image) for image in found.values() if image} <= set(golden.files())
    shown = {url for url, image in found.items() if image and url.startswith(f"{URL}/news/")}
    files = pages(golden)
    assert shown == {
        url for url in found if url.startswith(f"{URL}/news/") and files[file_of(url)].xpath("//article//figure//img")
    }


def test_no_time_in_a_sitemap_is_to_come_and_the_index_has_the_newest(golden: SiteBench) -> None:
    found = sitemaps(golden)
    newest = {node.findtext(f"{SPACE}loc"): node.findtext(f"{SPACE}lastmod") for node in found["sitemap.xml"]}
    for path, tree in found.items():
        times = [node.text for node in tree.iter(f"{SPACE}lastmod", f"{NEWS}publication_date")]
        assert max(times) <= GOLDEN_NOW.isoformat()
        if path.startswith("sitemap-"):
            assert newest[f"{URL}/{path}"] == max(times)


def news_of(bench: SiteBench) -> list[str]:
    path = bench.output / "news-sitemap.xml"
    return [node.text for node in etree.parse(path).iter(f"{NEWS}title")] if path.exists() else []


def test_an_article_is_in_the_news_for_two_days(bench: SiteBench) -> None:
    second = timedelta(seconds=1)
    for hours in (1, 30):
        at = (NOW - timedelta(hours=hours)).isoformat()
        bench.write(f"content/articles/h{hours}.md", article(f"{hours} hours old", 1, published=at))
    assert news_of(bench.build()) == ["1 hours old", "30 hours old"]
    first = NOW + timedelta(hours=18)
    assert news_of(bench.build(now=first - second)) == ["1 hours old", "30 hours old"]
    bench.build(now=first).expect_rendered("news-sitemap.xml")
    assert news_of(bench) == ["1 hours old"]
    bench.build(now=NOW + timedelta(hours=47)).expect_built()
    assert not (bench.output / "news-sitemap.xml").exists()
    assert b"news-sitemap" not in bench.files()["sitemap.xml"]
    bench.expect_same_as_clean_build(now=NOW + timedelta(hours=47))


def test_what_no_search_engine_may_list_is_no_news(bench: SiteBench) -> None:
    at = (NOW - timedelta(hours=1)).isoformat()
    bench.write("content/articles/shown.md", article("Shown", 1, published=at))
    bench.write("content/articles/record.md", article("By record", 1, published=at, noindex=True))
    bench.write("content/articles/form.md", article("By form", 1, published=at, form="feature"))
    bench.write("content/articles/source.md", article("By source", 1, published=at, source="post"))
    bench.edit("content/sources/post.md", "title:", "noindex: true\ntitle:")
    bench.write("site.toml", (bench.root / "site.toml").read_text() + '[metadata]\nnoindex_forms = ["feature"]\n')
    assert news_of(bench.build()) == ["Shown"]
    files = bench.files()
    hidden = {"record", "form", "source"}
    for name in hidden:
        assert is_hidden(pages(bench)[f"news/chips/{name}/index.html"])
        assert f"news/chips/{name}/index.md" not in files
        assert f"/{name}/" not in "".join(bench.listed()) + files["llms.txt"].decode()
    assert is_hidden(pages(bench)["sources/post/index.html"])
    assert "/sources/post/" not in "".join(bench.listed())


def test_without_the_sitemap_robots_are_shown_the_news(bench: SiteBench) -> None:
    toml = (bench.root / "site.toml").read_text()
    bench.write("site.toml", toml + "[outputs]\nsitemap = false\n").build()
    assert b"itemap" not in bench.files()["robots.txt"]
    bench.write("content/articles/new.md", article("New", 1, published=(NOW - timedelta(hours=1)).isoformat())).build()
    assert b"Sitemap: https://bench.example/news-sitemap.xml\n" in bench.files()["robots.txt"]


# JSON-LD and Open Graph


def structured(page: Any) -> list[dict[str, Any]]:
    data = extruct.extract(lxml_html.tostring(page, encoding="unicode"), syntaxes=["json-ld"])["json-ld"]
    return [node for document in data for node in document["@graph"]]


def test_every_article_tells_what_search_engines_ask_for(golden: SiteBench) -> None:
    files, count = golden.files(), 0
    for path, page in pages(golden).items():
        if not path.startswith("news/") or page.xpath("//meta[@http-equiv='refresh']"):
            continue
        (news,) = (node for node in structured(page) if node["@type"] == "NewsArticle")
        count += 1
        for key in ("headline", "datePublished", "dateModified", "description", "mainEntityOfPage", "articleSection"):
            assert news[key], (path, key)
        authors = news["author"] if isinstance(news["author"], list) else [news["author"]]
        assert authors, path
        assert all(one["name"] and one["@type"] in ("Person", "Organization") for one in authors), path
        assert news["publisher"]["name"] == "The Golden Record"
        assert news["dateModified"] >= news["datePublished"]
        for image in news.get("image", []):
            assert file_of(image["url"]) in files
        assert "image" in news or is_hidden(page), path
    assert count > 25


def test_no_page_judges_claims(golden: SiteBench) -> None:
    assert not [path for path, data in golden.files().items() if b"ClaimReview" in data]


def test_every_page_that_may_be_listed_has_a_picture_and_a_description(golden: SiteBench) -> None:
    files = golden.files()
    for path, page in pages(golden).items():
        assert page.xpath("string(//meta[@name='description']/@content)").strip(), path
        if not is_hidden(page):
            assert file_of(page.xpath("string(//meta[@property='og:image']/@content)")) in files, path
            assert page.xpath("string(//meta[@name='twitter:card']/@content)") == "summary_large_image"


def test_nothing_of_a_sponsor_is_in_what_programs_read(golden: SiteBench) -> None:
    slots = {
        yaml.safe_load(file.read_text().split("---\n")[1])["headline"]
        for file in (golden.root / "content/sponsors").glob("*.md")
    }
    assert any(slot in page.text_content() for page in pages(golden).values() for slot in slots)
    told = {path: data.decode() for path, data in golden.files().items() if path.endswith((".md", "llms.txt"))}
    told |= {path: str(structured(page)) for path, page in pages(golden).items()}
    for path, text in told.items():
        assert not [slot for slot in slots if slot in text], path


# Markdown


def alternates(bench: SiteBench) -> dict[str, str]:
    return {path: data.decode() for path, data in bench.files().items() if path.endswith(".md")}


def test_every_article_that_may_be_listed_announces_its_markdown(golden: SiteBench) -> None:
    announced = set()
    for path, page in pages(golden).items():
        hrefs = page.xpath("//link[@rel='alternate'][@type='text/markdown']/@href")
        assert len(hrefs) == (path.startswith("news/") and not is_hidden(page)), path
        announced |= {unquote(href.removeprefix("/news/")) for href in hrefs}
    assert announced == set(alternates(golden))


def test_a_twin_begins_with_what_is_known_of_the_article(golden: SiteBench) -> None:
    for path, text in alternates(golden).items():
        _, matter, body = text.split("---\n", 2)
        told = yaml.safe_load(matter)
        page = golden.page(path.replace("index.md", "index.html")).tree
        assert told["url"] == page.xpath("string(//link[@rel='canonical']/@href)")
        assert " ".join(page.xpath("string(//h1)").split()).endswith(told["title"])
        assert {"source", "published", "language"} <= told.keys()
        if "original" in told:
            assert page.xpath(f"//a[@href={xpath_text(told['original'])}]")
        assert body.startswith("\n# ")


def xpath_text(text: str) -> str:
    return f"'{text}'" if "'" not in text else f'"{text}"'


def test_a_twin_makes_nothing_of_what_a_record_only_says(golden: SiteBench) -> None:
    allowed = {
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "a", "em", "strong", "code", "pre", "img", "hr"),
        *("blockquote", "table", "thead", "tbody", "tr", "th", "td", "br", "s"),
    }
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for path, text in alternates(golden).items():
        tree = lxml_html.fragment_fromstring(reader.render(text.split("---\n", 2)[2]), create_parent=True)
        assert {str(node.tag) for node in tree.iterdescendants()} <= allowed, path
        for address in tree.xpath("//a/@href | //img/@src"):
            assert address.startswith(("https://", "http://", "mailto:")), (path, address)


def test_all_that_is_switched_off_leaves_no_trace(bench: SiteBench) -> None:
    toml = (bench.root / "site.toml").read_text()
    bench.write("site.toml", toml + "[outputs]\nllms = false\nnews_sitemap = false\n").build()
    files = bench.files()
    assert not [path for path in files if path.endswith((".md", "llms.txt", "news-sitemap.xml"))]
    assert not [path for path, data in files.items() if b"text/markdown" in data]


# llms.txt


def test_the_guide_is_a_title_a_quotation_and_lists_of_links(golden: SiteBench) -> None:
    guide = golden.files()["llms.txt"].decode()
    tree = lxml_html.fragment_fromstring(MarkdownIt("commonmark").render(guide), create_parent=True)
    assert [node.tag for node in tree][:2] == ["h1", "blockquote"]
    assert {str(node.tag) for node in tree} == {"h1", "blockquote", "h2", "ul"}
    links = tree.xpath("//li/a[1]/@href")
    assert {file_of(link) for link in links} <= set(golden.files())
    assert len(links) == len(tree.xpath("//li"))
    assert len(guide) < 20_000
    assert [
        line.rpartition(": ")[2] for line in guide.splitlines() if "/news/feed." in line or "/news/atom." in line
    ] == [
        "RSS",
        "Atom",
        "JSON Feed",
    ]
