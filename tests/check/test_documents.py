"""Which texts of feeds, lists and documents are read for links: those that hold HTML or addresses, and no others."""

from collections.abc import Iterator
from pathlib import Path
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest

from checking import be_silent
from generator.build import Request
from generator.check import check_site
from generator.check.reading import read_output
from generator.outputs import DOCUMENTS
from generator.outputs.documents import Document
from generator.outputs.parts import Text
from generator.outputs.view import Address
from sitebench import NOW, SITE_TOML, SMALL, SiteBench, article

WRITTEN = 'What <a href="/foo/"> means'
ESCAPED = "What &lt;a href=&quot;/foo/&quot;&gt; means"
TWICE = ESCAPED.replace("&", "&amp;")

RSS = (
    '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel>{}</channel></rss>"
)
ATOM = '<feed xmlns="http://www.w3.org/2005/Atom"><entry>{}</entry></feed>'
CDATA = f"<content:encoded><![CDATA[{WRITTEN}]]></content:encoded>"
XHTML = '<div xmlns="http://www.w3.org/1999/xhtml"><a href="/foo/">x</a></div>'

TEXTS = {
    "rss title": ("feed.xml", RSS.format(f"<item><title>{ESCAPED}</title></item>")),
    "rss channel title": ("feed.xml", RSS.format(f"<title>{ESCAPED}</title>")),
    "rss title as CDATA": ("feed.xml", RSS.format(f"<item><title><![CDATA[{WRITTEN}]]></title></item>")),
    "rss category": ("feed.xml", RSS.format(f"<item><category>{ESCAPED}</category></item>")),
    "rss author": ("feed.xml", RSS.format(f"<item><dc:creator>{ESCAPED}</dc:creator></item>")),
    "rss source": ("feed.xml", RSS.format(f'<item><source url="/x/">{ESCAPED}</source></item>')),
    "rss text escaped as HTML": ("feed.xml", RSS.format(f"<item><description>{TWICE}</description></item>")),
    "rss guid": ("feed.xml", RSS.format("<item><guid>https://w.example/foo/</guid></item>")),
    "rss copyright": ("feed.xml", RSS.format(f"<copyright>{ESCAPED}</copyright>")),
    "rss title that is an address": ("feed.xml", RSS.format("<item><title>https://w.example/foo/</title></item>")),
    "atom title": ("atom.xml", ATOM.format(f"<title>{ESCAPED}</title>")),
    "atom title of type text": ("atom.xml", ATOM.format(f'<title type="text">{ESCAPED}</title>')),
    "atom summary": ("atom.xml", ATOM.format(f"<summary>{ESCAPED}</summary>")),
    "atom author": ("atom.xml", ATOM.format(f"<author><name>{ESCAPED}</name></author>")),
    "atom content of type text": ("atom.xml", ATOM.format(f'<content type="text">{ESCAPED}</content>')),
    "atom category": ("atom.xml", ATOM.format(f'<category term="{ESCAPED}" label="{ESCAPED}"/>')),
    "atom id": ("atom.xml", ATOM.format("<id>https://w.example/foo/</id>")),
    "opml text": ("feeds.opml", f'<opml><body><outline text="{ESCAPED}" title="{ESCAPED}"/></body></opml>'),
    "opml title": ("feeds.opml", f"<opml><head><title>{ESCAPED}</title></head></opml>"),
    "news sitemap": ("news.xml", f"<urlset><url><title>{ESCAPED}</title><name>{ESCAPED}</name></url></urlset>"),
    "image caption": ("sitemap.xml", f"<urlset><url><caption>{ESCAPED}</caption></url></urlset>"),
    "svg title": ("a.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><title>{ESCAPED}</title></svg>'),
    "json title": ("a.json", {"title": WRITTEN}),
    "json summary": ("a.json", {"items": [{"summary": WRITTEN, "content_text": WRITTEN, "tags": [WRITTEN]}]}),
    "json author": ("a.json", {"authors": [{"name": WRITTEN}]}),
    "json title that is an address": ("a.json", {"title": "https://w.example/foo/"}),
    "json id": ("a.json", {"id": "https://w.example/foo/", "@id": "https://w.example/foo/"}),
    "json text of a list": ("a.json", [WRITTEN, "https://w.example/foo/"]),
    "json template": ("a.json", {"document_template": "https://w.example/{id}.json"}),
    "api note": ("a.json", {"changes": [{"note": WRITTEN}], "facts": [{"text": WRITTEN}], "brief": {"label": WRITTEN}}),
    "llms title": ("llms.txt", '- What \\<a href="/foo/"\\> means, and \\[that\\](/foo/)\n'),
    "llms code": ("llms.txt", "`[that](/foo/)` and\n\n```\n[that](/foo/)\n```\n"),
    "twin's head": ("index.md", '---\ntitle: "What [that](/foo/) means"\n---\n\n# What\n'),
    "robots": ("robots.txt", "# see [that](/foo/)\nDisallow: /foo/\n"),
}  # fmt: skip

LINKS = {
    "rss description": ("feed.xml", RSS.format(f"<item><description>{ESCAPED}</description></item>")),
    "rss content": ("feed.xml", RSS.format(f"<item><content:encoded>{ESCAPED}</content:encoded></item>")),
    "rss content as CDATA": ("feed.xml", RSS.format(f"<item>{CDATA}</item>")),
    "rss link": ("feed.xml", RSS.format("<item><link>/foo/</link></item>")),
    "rss enclosure": ("feed.xml", RSS.format('<item><enclosure url="/foo/"/></item>')),
    "rss source": ("feed.xml", RSS.format('<item><source url="/foo/">S</source></item>')),
    "atom content": ("atom.xml", ATOM.format(f'<content type="html">{ESCAPED}</content>')),
    "atom summary": ("atom.xml", ATOM.format(f'<summary type="html">{ESCAPED}</summary>')),
    "atom title": ("atom.xml", ATOM.format(f'<title type="html">{ESCAPED}</title>')),
    "atom xhtml": ("atom.xml", ATOM.format(f'<content type="xhtml">{XHTML}</content>')),
    "atom link": ("atom.xml", ATOM.format('<link rel="via" href="/foo/"/>')),
    "atom uri": ("atom.xml", ATOM.format("<author><uri>/foo/</uri></author>")),
    "sitemap": ("sitemap.xml", "<urlset><url><loc>/foo/</loc></url></urlset>"),
    "sitemap image": ("sitemap.xml", '<urlset><url><i:image xmlns:i="i"><i:loc>/foo/</i:loc></i:image></url></urlset>'),
    "opml": ("feeds.opml", '<opml><body><outline text="x" xmlUrl="/foo/"/></body></opml>'),
    "svg": ("a.svg", '<svg xmlns="http://www.w3.org/2000/svg"><a href="/foo/"/></svg>'),
    "json feed": ("a.json", {"items": [{"content_html": WRITTEN}]}),
    "json url": ("a.json", {"url": "/foo/"}),
    "json external": ("a.json", {"items": [{"external_url": "/foo/"}]}),
    "json-ld": ("a.json", {"@graph": [{"sameAs": ["/foo/"]}]}),
    "api": ("a.json", {"brief": {"perspectives": [{"label": "x", "text": WRITTEN}]}}),
    "manifest": ("app.webmanifest", {"icons": [{"src": "/foo/"}]}),
    "llms": ("llms.txt", "- [What \\<a\\> means](/foo/): x\n"),
    "markdown": ("index.md", "![x](/foo/)"),
    "markdown with HTML": ("index.md", 'See <a href="/foo/">x</a>'),
}  # fmt: skip


def links(path: str, written: Any) -> list[str]:
    data = written.encode() if isinstance(written, str) else msgspec.json.encode(written)
    said = read_output(path, data)
    return [link for link in said.links if "foo" in link or "{" in link]


@pytest.mark.parametrize("case", TEXTS)
def test_a_text_is_no_link_whatever_it_looks_like(case: str) -> None:
    assert links(*TEXTS[case]) == []


@pytest.mark.parametrize("case", LINKS)
def test_html_and_addresses_are_read_for_links(case: str) -> None:
    assert links(*LINKS[case]) == ["/foo/"]


def test_data_in_pages_is_read_as_documents_are() -> None:
    data = msgspec.json.encode({"headline": WRITTEN, "url": "/here/"}).decode().replace("<", "\\u003c")
    page = f'<html><body><script type="application/ld+json">{data}</script></body></html>'
    assert read_output("index.html", page.encode()).links == ("/here/",)


def leaves(kind: Any, above: str, key: str) -> Iterator[tuple[str, str, Any]]:
    """Every text of a document: the key above it, its own, and its type."""
    options = get_args(kind) if get_origin(kind) in (Union, UnionType) else (kind,)
    for option in (one for one in options if one is not NoneType):
        if get_origin(option) is tuple:
            yield from leaves(get_args(option)[0], above, key)
        elif isinstance(option, type) and issubclass(option, msgspec.Struct) and option is not Text:
            hints = get_type_hints(option, include_extras=True)
            for field in msgspec.structs.fields(option):
                yield from leaves(hints[field.name], key, field.encode_name)
        elif option in (Address, Text, str):
            yield above, key, option


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_keys_of_the_api_are_read_as_what_they_hold(document: type[Document]) -> None:
    found = set(leaves(document, "", ""))
    assert (("", "$schema", Address)) in found
    for above, key, kind in found:
        told = {above: {key: WRITTEN}} if above else {key: WRITTEN}
        assert bool(links("a.json", told)) is (kind is Text), (above, key)
        told = {above: {key: "https://w.example/foo"}} if above else {key: "https://w.example/foo"}
        if kind is Address:
            assert links("a.json", told), (above, key)


TITLE = 'What <a href="/foo/"> and [that](/foo/) mean & <img src="/foo.png">'


def test_a_site_full_of_such_texts_has_no_broken_link(tmp_path: Path) -> None:
    texts = {
        "content/articles/a1.md": article(
            TITLE, 1, summary=TITLE, author=TITLE, source_title=TITLE, tags=[TITLE], story="s", body="Text.",
            revisions=[{"at": "2026-05-02", "note": TITLE, "significant": True}],
        ),
        "content/stories/s.md": msgspec_record(title=TITLE, summary=TITLE, published="2026-05-01", topic="chips"),
        "content/topics/chips.md": msgspec_record(title=TITLE, description=TITLE),
        "content/sources/wire.md": msgspec_record(title=TITLE),
        "site.toml": SITE_TOML.replace('"Bench News"', f"'{TITLE}'").replace('"News for tests."', f"'{TITLE}'")
        + "[outputs]\napi = true\nmarkdown = true\n",
    }  # fmt: skip
    site = SiteBench(tmp_path / "site").write_all(SMALL | texts)
    checked = check_site(Request(root=site.root, output=site.root, now=NOW, workers=1), progress=be_silent)
    assert [problem for problem in checked.problems if "link" in problem.code] == []
    assert checked.counts.links > 100


def msgspec_record(**matter: str) -> str:
    return f"---\n{msgspec.yaml.encode(matter).decode()}---\n"
