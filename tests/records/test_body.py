"""Compiled bodies: placeholders and what replaces them."""

import pytest

from generator.digest import digest_bytes
from generator.records import Asset
from generator.records.asset import assets_path, digest_name
from generator.records.body import drop_bare_links, mark_ref, resolve_refs
from materials import make_body


def test_placeholders_are_replaced_by_whole_attributes() -> None:
    html = f'<a href="{mark_ref("page:about")}">x</a> <img alt="" src="{mark_ref("x.png")}">'
    made = {"href": ' href="/about/"', "src": ' src="/x.png" width="8"'}
    assert resolve_refs(html, lambda attribute, _: made[attribute]) == (
        '<a href="/about/">x</a> <img alt="" src="/x.png" width="8">'
    )


def test_each_ref_is_given_as_the_record_wrote_it() -> None:
    seen = []
    html = "".join(f'<img src="{mark_ref(ref)}">' for ref in ("a&amp;lt;b", "a&nbsp;b", "a&gt;b", "ü"))
    resolve_refs(html, lambda attribute, ref: seen.append((attribute, ref)) or "")  # type: ignore[func-returns-value]
    assert seen == [("src", "a&lt;b"), ("src", "a\u00a0b"), ("src", "a>b"), ("src", "ü")]


def test_a_link_that_leads_nowhere_becomes_its_text() -> None:
    html = f'<a href="{mark_ref("page:gone")}" title="T">the <em>text</em></a>, <a href="https://w.example">w</a>'
    assert resolve_refs(html, lambda *_: "") == 'the <em>text</em>, <a href="https://w.example">w</a>'


def test_a_text_without_placeholders_is_given_back_as_it_is() -> None:
    html = '<p>a \\1 \\g<0> <a title="x">bare</a></p>'
    assert resolve_refs(html, lambda *_: "never") == html


def test_links_without_an_address_are_dropped_and_no_others() -> None:
    html = '<a>a</a><a title="t">b\nc</a><a href="https://w.example" title="t">d</a><abbr title="e">f</abbr>'
    assert drop_bare_links(html) == 'ab\nc<a href="https://w.example" title="t">d</a><abbr title="e">f</abbr>'


def test_a_body_is_empty_without_words_and_pictures() -> None:
    assert make_body("").is_empty
    assert not make_body("word").is_empty
    assert not make_body("", images=("a.png",)).is_empty


@pytest.mark.parametrize(
    ("name", "expected"),
    [("style.css", "style.{}.css"), ("fonts/a.b.woff2", "fonts/a.b.{}.woff2"), ("licence", "licence.{}")],
)
def test_an_assets_name_carries_its_digest(name: str, expected: str) -> None:
    digest = digest_bytes(b"data")
    asset = Asset(name=name, file=name, digest=digest)
    assert digest_name(asset) == expected.format(digest[:10])
    assert assets_path(asset) == f"assets/{expected.format(digest[:10])}"
