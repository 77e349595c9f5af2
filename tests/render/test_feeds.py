"""Feeds, parsed back by another's parser."""

from datetime import datetime
from time import struct_time
from typing import Any

import feedparser
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from generator.digest import digest_bytes
from generator.load.markdown import Compiler
from generator.names import Digest
from generator.outputs.feeds import Feed, FeedItem
from generator.outputs.parts import Link, Passage, Picture, Text
from generator.render.feeds import render_atom, render_rss
from generator.render.jsonfeed import render_json_feed
from generator.shape import CONTROL
from materials import day

NOBODY: dict[Digest, str] = {}
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30).filter(lambda text: not CONTROL.search(text))


def item(number: int, **fields: Any) -> FeedItem:
    common = {
        "guid": f"tag:bench.example,2026-05-01:article:a{number}",
        "atom_id": f"tag:bench.example,2026-05-01:article:a{number}",
        "title": f"News {number}",
        "url": f"https://bench.example/news/chips/a{number}/",
        "summary": f"News {number}, in short.",
        "published": day(number),
        "updated": day(number),
        "source": Link(text="The Wire", href="https://wire.example/feed"),
        "original": "https://wire.example/1",
        "authors": (Link(text="J. Doe"),),
        "categories": ("Chips", "AI"),
    }
    return FeedItem(**{**common, **fields})


def feed(*items: FeedItem, **fields: Any) -> Feed:
    common = {
        "format": "rss",
        "id": "tag:bench.example,2026:feed:site:site",
        "title": "Bench News",
        "description": "News for tests.",
        "url": "https://bench.example/",
        "self_url": "https://bench.example/feed.xml",
        "site_title": "Bench News",
        "site_url": "https://bench.example/",
        "hub": None,
        "language": "en-GB",
        "updated": day(9),
        "copyright": "",
    }
    return Feed(**{**common, "items": items or (item(1),), **fields})


def render(view: Feed, bodies: dict[Digest, str] = NOBODY) -> bytes:
    return render_rss(view, bodies.__getitem__)


def parse(view: Feed, bodies: dict[Digest, str] = NOBODY) -> Any:
    parsed = feedparser.parse(render(view, bodies), sanitize_html=False, resolve_relative_uris=False)
    assert not parsed.bozo, parsed.bozo_exception
    assert parsed.version == "rss20"
    return parsed


def with_body(html: str, **fields: Any) -> tuple[Feed, dict[Digest, str]]:
    digest = digest_bytes(html.encode())
    return feed(item(1, passages=(Passage(texts=(Text(digest=digest, **fields),)),))), {digest: html}


def content_of(html: str, **fields: Any) -> str:
    return parse(*with_body(html, **fields)).entries[0].content[0].value  # type: ignore[no-any-return]


def text_of(data: bytes, path: str) -> str:
    found = etree.fromstring(data).findtext(path)
    assert found is not None
    return found


def as_struct(time: datetime) -> struct_time:
    return time.utctimetuple()


# The channel


def test_the_channel_says_what_it_is_of() -> None:
    parsed = parse(feed(copyright="© Us & them"))
    channel = parsed.feed
    assert (channel.title, channel.subtitle, channel.link) == (
        "Bench News",
        "News for tests.",
        "https://bench.example/",
    )
    assert (channel.language, channel.rights, channel.generator) == ("en-GB", "© Us & them", "Newsprint")
    (own,) = (link for link in channel.links if link.rel == "self")
    assert (own.href, own.type) == ("https://bench.example/feed.xml", "application/rss+xml")


def test_the_channel_changed_when_its_view_says_so() -> None:
    data = render(feed(updated=day(9, hour=1)))
    assert text_of(data, "channel/lastBuildDate") == "Sat, 09 May 2026 01:00:00 +0000"
    assert b"pubDate" not in data.split(b"<item>")[0]


def test_rendering_again_at_another_time_gives_the_same_bytes() -> None:
    assert render(feed()) == render(feed())


def test_the_only_times_in_a_feed_are_those_of_its_view() -> None:
    tree = etree.fromstring(render(feed(item(1), item(2))))
    times = [node.text for node in tree.iter("lastBuildDate", "pubDate", "{*}updated", "{*}date")]
    assert times == [
        "Sat, 09 May 2026 08:00:00 +0000",
        "Fri, 01 May 2026 08:00:00 +0000",
        "Sat, 02 May 2026 08:00:00 +0000",
    ]


# Items


def test_items_stand_in_the_order_of_the_view() -> None:
    parsed = parse(feed(item(3), item(1), item(2)))
    assert [entry.title for entry in parsed.entries] == ["News 3", "News 1", "News 2"]


def test_an_item_has_its_guid_link_time_and_origin() -> None:
    (entry,) = parse(feed(item(1))).entries
    assert entry.id == "tag:bench.example,2026-05-01:article:a1"
    assert not entry.guidislink
    assert entry.link == "https://bench.example/news/chips/a1/"
    assert entry.published_parsed == as_struct(day(1))
    assert (entry.source.title, entry.source.href) == ("The Wire", "https://wire.example/feed")
    assert entry.author == "J. Doe"
    assert [tag.term for tag in entry.tags] == ["Chips", "AI"]
    assert b'isPermaLink="false"' in render(feed(item(1)))


def test_a_summary_is_plain_text_that_readers_can_take_for_html() -> None:
    summary = 'R&D: "a < b" & <b>c</b> &amp; d'
    data = render(feed(item(1, summary=summary)))
    assert text_of(data, "channel/item/description") == 'R&amp;D: "a &lt; b" &amp; &lt;b&gt;c&lt;/b&gt; &amp;amp; d'
    assert b"&#x26;lt;b&#x26;gt;c&#x26;lt;/b&#x26;gt;" in data


def test_plain_text_is_spelled_so_that_no_reader_takes_it_for_html() -> None:
    data = render(feed(item(1, title="A & <b>B</b>"), title="A & <b>B</b>", description="A & <b>B</b>"))
    assert text_of(data, "channel/title") == text_of(data, "channel/item/title") == "A & <b>B</b>"
    assert data.count(b"A &#x26; &#x3C;b&gt;B&#x3C;/b&gt;") == 2
    # Many readers take this one for HTML all the same.
    assert text_of(data, "channel/description") == "A &amp; &lt;b&gt;B&lt;/b&gt;"


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_that_a_record_can_hold_comes_back(title: str, author: str, category: str) -> None:
    source = Link(text=title, href="https://a.example/")
    fields = {"title": title, "authors": (Link(text=author),), "source": source, "categories": (category,)}
    tree = etree.fromstring(render(feed(item(1, **fields), title=title)))
    assert tree.findtext("channel/title") == tree.findtext("channel/item/title") == title
    assert tree.findtext("channel/item/{http://purl.org/dc/elements/1.1/}creator") == author
    assert tree.findtext("channel/item/category") == category
    assert tree.findtext("channel/item/source") == title


@given(TEXTS, TEXTS)
def test_any_text_comes_back_from_atom_and_json_too(title: str, summary: str) -> None:
    view = feed(item(1, title=title, summary=summary, passages=(Passage(text=title),)), title=title)
    tree = etree.fromstring(render_atom(view, NOBODY.__getitem__))
    assert tree.findtext("{*}title") == tree.findtext("{*}entry/{*}title") == title
    assert tree.findtext("{*}entry/{*}summary") == summary
    document = msgspec.json.decode(render_json_feed(view, NOBODY.__getitem__))
    assert (document["title"], document["items"][0]["summary"]) == (title, summary)
    assert html.fragment_fromstring(document["items"][0]["content_html"]).text_content() == title.replace("\r", "\n")


def test_an_item_without_text_has_its_summary_alone() -> None:
    (entry,) = parse(feed(item(1))).entries
    assert "content" not in entry


# Whole texts


def test_a_whole_text_comes_as_html_beside_the_summary() -> None:
    html = '<h2 id="s-a">A</h2>\n<p>x &amp; y &lt;b&gt; <em>z</em></p>'
    view, bodies = with_body(html)
    (entry,) = parse(view, bodies).entries
    assert entry.content[0].value == html
    assert entry.content[0].type == "text/html"
    assert entry.summary == "News 1, in short."


def compiled(text: str) -> str:
    return Compiler().compile(text, file="a.md").html


@pytest.mark.parametrize(
    "text", ["a ]]> b", "`]]>`", "```python\nx[y[0]]>1\n```", '[a](https://w.example "]]>")', "<b>]]></b>"]
)
def test_what_would_end_the_wrapping_of_a_text_does_not(text: str) -> None:
    html = compiled(text)
    assert content_of(html) == html


def test_links_and_pictures_are_written_by_their_full_addresses() -> None:
    html = compiled("[a](article:a2) [t](topic:gone) [w](https://w.example/) ![p](p.png)")
    picture = Picture(href="/x/media/p.1.png", url="https://bench.example/x/media/p.1.png", width=8, height=4, alt="")
    content = content_of(html, hrefs={"article:a2": "/x/news/chips/a2/?a=1&b=2"}, pictures={"p.png": picture})
    assert content == (
        '<p><a href="https://bench.example/x/news/chips/a2/?a=1&amp;b=2">a</a> t <a href="https://w.example/">w</a> '
        '<img alt="p" src="https://bench.example/x/media/p.1.png" width="8" height="4"></p>'
    )


def test_links_within_a_text_lead_to_its_page() -> None:
    html = compiled('[to](#part) [too](#part "T")\n\n## Part\n\nNot a link: <a href="#')
    assert content_of(html).count('href="https://bench.example/news/chips/a1/#s-part"') == 2
    assert 'href="#' not in content_of(html).replace('&lt;a href="#', "")


def test_a_body_is_read_by_its_digest() -> None:
    view, _ = with_body("<p>x</p>")
    with pytest.raises(KeyError):
        render(view)
