"""What outputs say: links wherever they may stand, anchors, feeds; nothing that is hostile stops the reader."""

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.check.reading import read_output, read_outputs
from generator.digest import digest_bytes
from generator.load import BuildCache
from generator.names import OutputPath
from generator.outputs import OutputMetadata
from generator.publish import Manifest
from generator.publish.manifest import ManifestEntry
from generator.workers import Workers

PAGE = """<!doctype html><html><head><title> A
 title </title><meta name=description content="In short."><link rel=canonical href="https://a.example/x/">
%s</head><body>%s</body></html>"""


def page(body: str = "", head: str = "") -> str:
    return PAGE % (head, body)


@pytest.mark.parametrize(
    ("html", "link"),
    [
        (page('<a href=" /a/ ">a</a>'), "/a/"),
        (page('<img src="a.png">'), "a.png"),
        (page('<img srcset="a.png 1x, b.png, c,d.png 3x">'), "c,d.png"),
        (page('<img srcset="a.png 1x,b.png 2x">'), "b.png"),
        (page('<source srcset="a.webp 320w,b.webp 640w">'), "b.webp"),
        (page('<video poster="/p.jpg">'), "/p.jpg"),
        (page('<form action="/go">'), "/go"),
        (page('<button formaction="/go">'), "/go"),
        (page('<object data="/o">'), "/o"),
        (page('<p style="background: url(/b.png)">'), "/b.png"),
        (page(head='<link rel=preload imagesrcset="/i.png 2x">'), "/i.png"),
        (page(head='<meta http-equiv=Refresh content="0; URL=\'/new/\'">'), "/new/"),
        (page(head='<meta http-equiv=refresh content="0;/new/">'), "/new/"),
        (page(head='<meta property="og:image" content="https://a.example/card.png">'), "https://a.example/card.png"),
        (page(head='<meta name="twitter:image" content="https://a.example/c.png">'), "https://a.example/c.png"),
        (page(head="<style>@font-face{src: url('/f.woff2')}</style>"), "/f.woff2"),
        (page(head='<script type="application/ld+json">{"url": "https://a.example/ld/"}</script>'), "https://a.example/ld/"),
    ],
)  # fmt: skip
def test_a_link_of_a_page_is_found(html: str, link: str) -> None:
    assert link in read_output("x/index.html", html.encode()).links


@pytest.mark.parametrize(
    "html",
    [
        page('<template><a href="/a/">a</a></template>'),
        page("<p>/a/ and https://a.example/a/</p>"),
        page(head='<script type="application/ld+json">{"@id": "https://a.example/a/#x", "t": "https://a/{q}"}</script>'),
        page(head='<link rel="preconnect" href="https://b.example">'),
        page(head='<meta name="author" content="https://a.example/a/">'),
        page(head="<script>location = '/a/'</script>"),
    ],
)  # fmt: skip
def test_what_is_no_link_is_not_taken_for_one(html: str) -> None:
    assert read_output("x/index.html", html.encode()).links == ("https://a.example/x/",)


def test_a_page_says_its_title_its_anchors_and_its_pictures() -> None:
    html = page('<h2 id="s-a">A</h2><a name="b">b</a><img src="a.png" alt=""><img src="b.png" width=1 height=1>')
    said = read_output("x/index.html", html.encode()).page
    assert said is not None
    assert (said.title, said.description, said.canonical) == ("A title", "In short.", "https://a.example/x/")
    assert said.anchors == ("b", "s-a")
    assert said.is_indexed
    assert said.bare == (
        ("width, height", '<img src="a.png" alt="">'),
        ("alt", '<img src="b.png" width="1" height="1">'),
    )


@pytest.mark.parametrize(
    "head", ['<meta name=ROBOTS content="noindex, follow">', '<meta http-equiv="refresh" content="0; url=/">']
)
def test_a_page_that_shall_not_be_found_is_not_indexed(head: str) -> None:
    said = read_output("x/index.html", page(head=head).encode()).page
    assert said is not None
    assert not said.is_indexed


@pytest.mark.parametrize(
    ("path", "data", "links"),
    [
        ("a.css", "@import 'b.css'; a{b: url(c.png) url('d.png') image-set(url(e.png) 1x)}",
         {"b.css", "c.png", "d.png", "e.png"}),
        ("index.md", '[a](https://a.example/a_(b)) and [b](/b/ "t") and <https://a.example/c>.',
         {"https://a.example/a_(b)", "/b/", "https://a.example/c"}),
        ("robots.txt", "Sitemap: https://a.example/sitemap.xml\n", {"https://a.example/sitemap.xml"}),
        ("_redirects", "/old /new/ 301\n# /a /b\n/x/* /y/:splat\n/z https://b.example/ 302\n",
         {"/new/", "https://b.example/"}),
        ("sitemap.xml", "<urlset><url><loc>https://a.example/</loc></url></urlset>", {"https://a.example/"}),
        ("feeds.opml", '<opml><outline xmlUrl="https://a.example/feed.xml" htmlUrl="https://a.example/"/></opml>',
         {"https://a.example/feed.xml", "https://a.example/"}),
        ("a.json", '{"id": "https://a.example/i", "url": ["https://a.example/b"], "text_html": "<a href=\'/c\'>c</a>"}',
         {"https://a.example/b", "/c"}),
        ("a.js", "fetch('/a')", set()),
    ],
)  # fmt: skip
def test_links_of_other_outputs_are_found(path: str, data: str, links: set[str]) -> None:
    assert set(read_output(path, data.encode()).links) == links


RSS = """<rss version="2.0"><channel><title>T</title><link>https://a.example/</link><item><title>One</title>
<link>https://a.example/1/</link><guid isPermaLink="false">tag:1</guid>
<pubDate>Fri, 05 Jun 2026 07:00:00 +0000</pubDate>
<description>&lt;a href="https://a.example/in/"&gt;x&lt;/a&gt;</description>
<enclosure url="https://a.example/a.png" length="12" type="image/png"/></item></channel></rss>"""


def test_a_feed_is_read_as_readers_do() -> None:
    said = read_output("feed.xml", RSS.encode())
    assert said.feed is not None
    (item,) = said.feed.items
    assert (item.id, item.title, item.link, str(item.at)) == (
        "tag:1", "One", "https://a.example/1/", "2026-06-05 07:00:00+00:00",
    )  # fmt: skip
    assert [(one.href, one.length) for one in item.enclosures] == [("https://a.example/a.png", 12)]
    assert set(said.links) == {"https://a.example/"} | {f"https://a.example/{one}" for one in ("1/", "in/", "a.png")}


def test_a_json_feed_is_read_by_its_specification() -> None:
    data = """{"version": "https://jsonfeed.org/version/1.1", "title": "T", "home_page_url": "https://a.example/",
    "items": [{"id": "1", "url": "https://a.example/1/", "date_published": "2026-06-05T09:00:00+02:00",
    "attachments": [{"url": "https://a.example/a.png", "size_in_bytes": "many"}]}, "no item"]}"""
    feed = read_output("feed.json", data.encode()).feed
    assert feed is not None
    assert feed.lacks == ("feed_url",)
    assert [(item.id, str(item.at)) for item in feed.items] == [("1", "2026-06-05 07:00:00+00:00"), ("", "None")]
    assert [one.length for one in feed.items[0].enclosures] == [None]


@pytest.mark.parametrize(
    ("path", "data", "fault"),
    [
        ("feed.xml", b"<rss><channel></rss>", "not well-formed XML"),
        ("a.svg", b"", "not well-formed XML"),
        ("a.json", b'{"a": ', "not valid JSON"),
        ("a.json", b"[" * 100_000, "not valid JSON"),
        ("index.html", b"", "not valid HTML"),
    ],
)
def test_what_cannot_be_read_says_why(path: str, data: bytes, fault: str) -> None:
    assert read_output(path, data).fault.startswith(fault)


def test_an_entity_is_not_blown_up() -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE r [<!ENTITY e0 "https://a.example/">{levels}]><r href="/a">&e11;</r>'
    assert set(read_output("a.xml", bomb.encode()).links) <= {"/a"}


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.html", "<div>" * 20_000),
        ("a.html", f'<img srcset="{"," * 50_000}">'),
        ("a.css", "url(" * 20_000),
        ("a.css", "a{b:" + "(" * 20_000),
        ("a.md", "](a(b)" * 20_000),
        ("a.xml", "<a>" * 20_000),
    ],
)  # fmt: skip
def test_what_is_endless_or_deep_is_read_in_no_time(path: str, data: str) -> None:
    began = time.process_time()
    assert read_output(path, data.encode()).links == ()
    assert time.process_time() - began < 5


@given(
    path=st.sampled_from(["a.html", "feed.xml", "feed.json", "a.css", "a.md", "a.txt", "_redirects"]),
    data=st.one_of(
        st.binary(), st.text().map(str.encode), st.text("<>/=\"' ahrefimgsc:[]&;#", max_size=60).map(str.encode)
    ),
)
def test_nothing_stops_the_reader(path: str, data: bytes) -> None:
    read_output(path, data)


def test_what_did_not_change_is_not_read_again(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page('<a href="/a/">a</a>'))
    (tmp_path / "b.html").write_text(page('<a href="/b/">b</a>'))

    def ledger(**digests: str) -> Manifest:
        digest = digest_bytes(b"")
        entries = {
            OutputPath(f"{name}.html"): ManifestEntry(None, digest, OutputMetadata(), digest_bytes(one.encode()), 0, 0)
            for name, one in digests.items()
        }
        return Manifest(entries=entries)

    cache = BuildCache(tmp_path / "cache", digest_bytes(b""))
    read: list[int] = []

    def run(one: Manifest) -> dict[OutputPath, tuple[str, ...]]:
        read.clear()
        with Workers(1) as workers:
            said = read_outputs(tmp_path, one, cache, workers, lambda done, _: read.append(done))
        return {path: text.links[:1] for path, text in said.items()}

    both = {OutputPath("a.html"): ("/a/",), OutputPath("b.html"): ("/b/",)}
    assert run(ledger(a="1", b="1")) == both
    assert read == [2]
    assert run(ledger(a="1", b="1")) == both
    assert read == []
    assert run(ledger(a="1", b="2")) == both
    assert read == [1]
    assert run(ledger(a="1")) == {OutputPath("a.html"): ("/a/",)}
    cache.close()
