"""The demonstration site: the whole of it builds, and its pages keep the rules of outputs."""

import functools
import gzip
import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from lxml import html as lxml_html

from conftest import THEMES
from links import broken_links
from sitebench import DEMO_NOW, SiteBench

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=THEMES)
def demo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, built_demo: Callable[[Path], SiteBench]
) -> SiteBench:
    """The demonstration site, built in each theme."""
    bench = built_demo(tmp_path_factory.mktemp("demo") / "site")
    bench.edit("site.toml", 'name = "broadsheet"', f'name = "{request.param}"')
    return bench.build(now=DEMO_NOW).expect_built()


@functools.cache
def pages(bench: SiteBench) -> dict[str, lxml_html.HtmlElement]:
    return {
        path: lxml_html.document_fromstring(data.decode())
        for path, data in bench.files().items()
        if path.endswith(".html")
    }


def test_it_has_no_warning(demo: SiteBench) -> None:
    assert demo.problems == ""


def test_it_is_as_large_as_a_shop_window_must_be(demo: SiteBench) -> None:
    count = {folder.name: len(list(folder.rglob("*.md"))) for folder in (demo.root / "content").iterdir()}
    assert count["articles"] >= 24
    assert count["topics"] >= 6
    assert min(count["sources"], count["entities"]) >= 8
    assert (count["stories"] >= 2, count["sponsors"] >= 3, count["pages"] >= 3) == (True, True, True)


def test_every_link_picture_and_asset_resolves(demo: SiteBench) -> None:
    assert broken_links(demo.output, "https://newsprint.example") == set()


def test_every_link_resolves_under_a_path(tmp_path: Path, built_demo: Callable[[Path], SiteBench]) -> None:
    bench = built_demo(tmp_path / "site")
    bench.edit("site.toml", '"https://newsprint.example"', '"https://example.org/some/path"').build(now=DEMO_NOW)
    bench.expect_built()
    assert broken_links(bench.output, "https://example.org/some/path") == set()
    assert b"https://example.org/some/path/news/" in bench.files()["feed.xml"]


def test_headings_are_in_order_and_one_is_first(demo: SiteBench) -> None:
    for path, page in pages(demo).items():
        levels = [int(node.tag[1]) for node in page.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


def test_landmarks_language_title_and_description_are_there(demo: SiteBench) -> None:
    titles = []
    for path, page in pages(demo).items():
        assert page.get("lang") == "en"
        for landmark in ("main", "body/header", "body/footer"):
            assert len(page.xpath(f"//{landmark}")) == 1, (path, landmark)
        labels = page.xpath("//nav/@aria-label")
        assert len(labels) == len(page.xpath("//nav")) == len(set(labels))
        assert page.xpath("string(//meta[@name='description']/@content)")
        if page.xpath("//meta[@http-equiv='refresh']"):
            continue  # what an old address shows speaks for the page at the new one
        titles.append(page.findtext(".//title"))
        if path != "404.html":
            (canonical,) = page.xpath("//link[@rel='canonical']/@href")
            assert canonical.endswith("/" + path.removesuffix("index.html"))
    assert len(titles) == len(set(titles))


def test_nothing_empty_is_shown(demo: SiteBench) -> None:
    for path, page in pages(demo).items():
        for node in page.xpath(
            "//body//*[not(self::img or self::br or self::hr or self::input or ancestor::pre)]"
            "[not(ancestor-or-self::svg or ancestor-or-self::template)]"
        ):
            is_empty = not node.text_content().strip() and not node.xpath(".//img | .//svg")
            assert not is_empty or node.tag in ("td", "th"), (path, etree.tostring(node))


def test_pictures_have_their_size_reserved_and_a_text(demo: SiteBench) -> None:
    seen = 0
    for path, page in pages(demo).items():
        images = page.xpath("//img")
        seen += len(images)
        for image in images:
            assert {"width", "height", "alt", "src"} <= set(image.attrib), path
        assert all(image.get("loading") == "lazy" for image in images[1:]), path
        if images and not (path.startswith(("news/", "stories/meta")) and images[0].xpath("ancestor::li")):
            assert images[0].get("loading") != "lazy", path
            assert images[0].get("fetchpriority") == "high", path
    assert seen > 30


def test_times_are_machine_readable(demo: SiteBench) -> None:
    for page in pages(demo).values():
        for time in page.xpath("//time[not(ancestor::template)]"):
            assert re.fullmatch(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\dZ)?", time.get("datetime"))


def test_a_sponsored_slot_is_labelled_first_and_apart_from_the_article(demo: SiteBench) -> None:
    seen = set()
    for path, page in pages(demo).items():
        for slot in page.xpath("//aside[@aria-label='Advertisement']"):
            seen.add(path.split("/")[0])
            assert " ".join(slot.text_content().split()).startswith("Advertisement · paid for by "), path
            assert not slot.xpath("ancestor::article"), path
            policy, *links = slot.xpath(".//a")
            assert (policy.get("href"), policy.get("rel")) == ("/sponsorship-policy/", None)
            assert links
            for link in links:
                assert link.get("rel") == "sponsored noopener"
        structured = "".join(page.xpath("//script/text()")).lower()
        assert not any(brand in structured for brand in ("fernwehr", "oblong", "lantern")), path
    assert {"index.html", "news", "topics"} <= seen


def test_the_original_is_linked_from_every_article(demo: SiteBench) -> None:
    for path, page in pages(demo).items():
        if path.startswith("news/"):
            structured = "".join(page.xpath("//script/text()"))
            based_on = re.search(r'"isBasedOn":"([^"]+)"', structured)
            if based_on:
                assert page.xpath(f"//main//a[@href='{based_on[1]}']"), path


def test_sitemap_lists_every_page_that_may_be_indexed(demo: SiteBench) -> None:
    files = demo.files()
    canonical = {
        page.xpath("string(//link[@rel='canonical']/@href)")
        for page in pages(demo).values()
        if not page.xpath("//meta[@name='robots'][contains(@content, 'noindex')]")
    }
    assert set(demo.listed()) == canonical
    for part in ("sitemap-1.xml", "sitemap-2026-05.xml"):
        assert f"https://newsprint.example/{part}".encode() in files["sitemap.xml"]
    assert b"Sitemap: https://newsprint.example/sitemap.xml" in files["robots.txt"]


# How much a reader has to load


def sheets(bench: SiteBench, page: lxml_html.HtmlElement) -> list[bytes]:
    """The style sheets that a page waits for."""
    links = page.xpath("//link[@rel='stylesheet'][not(@media='print')]/@href")
    return [(bench.output / link.lstrip("/")).read_bytes() for link in links]


def test_the_front_page_comes_in_the_first_answer(demo: SiteBench) -> None:
    """14 KB is what a server sends before it waits for the browser: ten packets (RFC 6928)."""
    page = pages(demo)["index.html"]
    parts = [demo.files()["index.html"], *sheets(demo, page)]
    assert sum(len(gzip.compress(part, mtime=0)) for part in parts) <= 14 * 1024


def test_articles_are_light(demo: SiteBench) -> None:
    """HTML and CSS of nine articles in ten weigh 40 KB at most; the longest, a feature with a table, a little more."""
    files = demo.files()
    weights = sorted(
        len(files[path]) + sum(map(len, sheets(demo, page)))
        for path, page in pages(demo).items()
        if path.startswith("news/")
    )
    assert len(weights) > 24
    assert weights[len(weights) * 9 // 10] <= 40 * 1024
    assert weights[-1] <= 46 * 1024
