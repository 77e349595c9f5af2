"""Slugs and addresses of Pelican, with the settings that change them."""

from datetime import UTC, datetime
from typing import Any

import pytest

from generator.importers.pelican_urls import PelicanUrls, UrlParts, is_simple, tag_uri

AT = datetime(2020, 1, 2, tzinfo=UTC)

SLUGS: list[tuple[str, str | None, dict[str, Any]]] = [
    ("What's new in 3.5: C++ & a/b testing", "whats-new-in-35-c-ab-testing", {}),
    ("  A --  b_c  ", "a-b_c", {}),
    ("Café für Zoë", "cafe-fur-zoe", {}),
    ("Café", "café", {"SLUGIFY_USE_UNICODE": True}),
    ("CamelCase", "CamelCase", {"SLUGIFY_PRESERVE_CASE": True}),
    ("Tom &amp; <b>Jerry</b>", "tom-jerry", {}),
    ("Größe Æsir Łódź", "grosse-aesir-lodz", {}),
    ("2019–2020 — it’s", "2019-2020-its", {}),
    ("🚀 Go", "go", {}),
    ("日本", None, {}),
    ("日本", "日本", {"SLUGIFY_USE_UNICODE": True}),
    ("C++ now", "cpp-now", {"SLUG_SUBSTITUTIONS": (("C++", "cpp"),)}),
    ("a.b c", "a.b-c", {"SLUG_REGEX_SUBSTITUTIONS": [(r"[^\w\s.-]", ""), (r"\s+", "-")]}),
    ("a.b c", "a.b_c", {"ARTICLE_REGEX_SUBSTITUTIONS": [(r"\s", "_")]}),
    ("aaaa", None, {"SLUG_REGEX_SUBSTITUTIONS": [(r"(a+)+b", "")]}),
    ("aaaa", None, {"SLUG_REGEX_SUBSTITUTIONS": [(r"(", "")]}),
    ("!!!", None, {}),
]


@pytest.mark.parametrize(("title", "slug", "settings"), SLUGS)
def test_a_slug_is_the_one_that_pelican_makes(title: str, slug: str | None, settings: dict[str, Any]) -> None:
    assert PelicanUrls(settings, language="en").slugify(title) == slug


ADDRESSES: list[tuple[str | None, dict[str, Any], UrlParts, bool]] = [
    ("/a.html", {}, UrlParts("a", AT, "", "", ""), False),
    ("/pages/a.html", {}, UrlParts("a", None, "", "", ""), True),
    ("/a-de.html", {}, UrlParts("a", AT, "", "", "de"), False),
    ("/a.html", {}, UrlParts("a", AT, "", "", "EN"), False),
    ("/de/a/", {"ARTICLE_LANG_URL": "{lang}/{slug}/"}, UrlParts("a", AT, "", "", "de"), False),
    ("/2020/01/a/", {"ARTICLE_URL": "{date:%Y}/{date:%m}/{slug}/"}, UrlParts("a", AT, "", "", ""), False),
    ("/a/index.html", {"ARTICLE_SAVE_AS": "{slug}/index.html"}, UrlParts("a", AT, "", "", ""), False),
    ("/c-d/a.html", {"ARTICLE_URL": "{category}/{slug}.html"}, UrlParts("a", AT, "C D", "", ""), False),
    ("/misc/a.html", {"ARTICLE_URL": "{category}/{slug}.html"}, UrlParts("a", AT, "", "", ""), False),
    ("/ada/a.html", {"ARTICLE_URL": "{author}/{slug}.html"}, UrlParts("a", AT, "", "Ada", ""), False),
    (None, {"ARTICLE_URL": "{author}/{slug}.html"}, UrlParts("a", AT, "", "", ""), False),
    (None, {"ARTICLE_URL": "{date:%Y}/{slug}.html"}, UrlParts("a", None, "", "", ""), False),
    (None, {"ARTICLE_URL": "{mood}/{slug}.html"}, UrlParts("a", AT, "", "", ""), False),
    (None, {}, UrlParts(None, AT, "", "", ""), False),
]


@pytest.mark.parametrize(("address", "settings", "named", "is_page"), ADDRESSES)
def test_an_address_is_the_one_that_pelican_makes(
    address: str | None, settings: dict[str, Any], named: UrlParts, is_page: bool
) -> None:
    assert PelicanUrls(settings, language="en").address(named, is_page=is_page) == address


@pytest.mark.parametrize(
    ("site", "uri"),
    [
        ("https://old.example", "tag:old.example,2020-01-02:/a/b/"),
        ("https://old.example:8000/sub/", "tag:old.example,2020-01-02:/sub/a/b/"),
        ("", ""),
    ],
)
def test_feeds_call_an_article_by_host_day_and_path(site: str, uri: str) -> None:
    assert tag_uri(site, "/a/b/", AT) == uri


@pytest.mark.parametrize(
    ("pattern", "simple"),
    [
        (r"[^\w\s-]", True),
        (r"(?u)\A\s*", True),
        (r"C\+\+", True),
        (r"[-+*]{2}", True),
        (r"(a|b)", True),
        (r"(a+)+", False),
        (r"(a|a)*", False),
        (r"a*a*", False),
        (r"(a{1,9}){1,9}", False),
    ],
)
def test_only_patterns_that_cannot_run_away_are_run(pattern: str, simple: bool) -> None:
    assert is_simple(pattern) is simple
