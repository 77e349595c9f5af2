"""Old addresses, and the files that hosts of static sites read."""

import functools
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from serving import Quiet, Server

from generator.aliases import read_alias
from generator.names import OutputPath
from generator.outputs.files import HeaderRule, Headers, Redirect, Redirects
from generator.plan.files.hosting import plan_headers
from generator.render.hosting import render_headers, render_redirects
from materials import make_context
from sitebench import SiteBench, article

OLD = ["/old/place/", "/2019/05/one.html", "/vergangenheit/äpfel"]


def rules_of(bench: SiteBench) -> list[tuple[str, str]]:
    """Old and new address of each line of `_redirects`."""
    lines = (bench.output / "_redirects").read_text().splitlines()
    parts = [line.split(" ") for line in lines]
    assert all(len(part) == 3 and part[2] == "301" for part in parts)
    return [(old, new) for old, new, _ in parts]


def headers_of(text: str) -> dict[str, dict[str, str]]:
    """The rules of `_headers`, by path."""
    rules: dict[str, dict[str, str]] = {}
    path = ""
    for line in text.splitlines():
        if line.startswith("/"):
            path = line
            assert path not in rules
            rules[path] = {}
        elif line:
            assert line.startswith("  ")
            name, _, value = line.strip().partition(": ")
            assert name not in rules[path]
            rules[path][name] = value
    return rules


@pytest.mark.parametrize(
    ("alias", "path"),
    [
        ("/old/place/", "old/place/index.html"),
        ("/old/place", "old/place/index.html"),
        ("old", "old/index.html"),
        ("/old/place/index.html", "old/place/index.html"),
        ("/2019/one.html", "2019/one.html"),
        ("/cgi/show.php", "cgi/show.php/index.html"),
    ],
)
def test_an_alias_is_the_file_that_servers_show_there(alias: str, path: str) -> None:
    assert read_alias(alias).path() == path


def test_an_old_address_leads_to_the_new_one_under_a_path(bench: SiteBench, tmp_path: Path) -> None:
    bench.edit("site.toml", "https://bench.example", "https://bench.example/deep")
    bench.write("content/articles/a1.md", article('Chip "news" </title>1', 1, aliases=OLD)).build().expect_built()
    new = "/deep/news/chips/a1/"
    rules = rules_of(bench)
    assert rules == sorted(rules)
    assert {old for old, _ in rules} == {
        *("/deep/old/place", "/deep/old/place/", "/deep/2019/05/one.html"),
        *(quote("/deep/vergangenheit/äpfel"), quote("/deep/vergangenheit/äpfel/")),
    }
    assert {target for _, target in rules} == {new}
    (tmp_path / "deep").symlink_to(bench.output)
    with Server(functools.partial(Quiet, directory=str(tmp_path))) as server:
        for old, _ in rules:
            with urllib.request.urlopen(server.url + old) as answer:
                assert answer.status == 200
                assert new in answer.read().decode()
        with urllib.request.urlopen(server.url + new) as answer:
            assert answer.status == 200


def test_what_an_old_address_shows(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article('Chip "news" </title>1', 1, aliases=OLD)).build().expect_built()
    page = bench.page("old/place/index.html")
    assert page.tree.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=/news/chips/a1/"]
    assert page.tree.xpath("//link[@rel='canonical']/@href") == ["https://bench.example/news/chips/a1/"]
    assert page.tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.tree.xpath("//main//p/a/@href") == ["/news/chips/a1/"]
    assert page.texts("//main//p/a") == ["Chip “news” </title>1"]
    assert page.texts("//h1") == ["This page has moved"]
    assert page.tree.get("lang") == "en"
    assert "old/place" not in "".join(bench.listed())


def test_an_article_that_moves_leaves_a_page_at_its_old_address(bench: SiteBench) -> None:
    bench.build().expect_built()
    text = article("Chip news 3", 3, slug="third", aliases=["/news/chips/a3/"])
    bench.write("content/articles/a3.md", text).build().expect_built()
    assert bench.page("news/chips/a3/index.html").tree.xpath("//meta[@http-equiv='refresh']")
    assert ("/news/chips/a3/", "/news/chips/third/") in rules_of(bench)
    bench.expect_same_as_clean_build()
    bench.write("content/articles/a3.md", article("Chip news 3", 3, slug="third")).build().expect_built()
    assert not (bench.output / "news/chips/a3").exists()
    assert not (bench.output / "_redirects").exists()
    bench.expect_same_as_clean_build()


def test_an_alias_cannot_be_an_address_that_waits_or_that_is_its_own(bench: SiteBench) -> None:
    bench.write("content/articles/a6.md", article("Six", 6, draft=True, published="2026-04-06T08:00:00Z"))
    bench.write("content/articles/a1.md", article("One", 1, aliases=["/news/chips/a6/"])).build().expect_refused()
    assert "the path 'news/chips/a6/index.html' is taken by content/articles/a6.md [path-taken]" in bench.problems
    bench.write("content/articles/a1.md", article("One", 1, aliases=["/news/chips/a1/"])).build().expect_refused()
    assert "is taken by content/articles/a1.md [path-taken]" in bench.problems


@pytest.mark.parametrize(
    "alias",
    [
        *("/latest/page/9/", "/topics/chips/page/2/", "/feed/1/feed.html", "/corrections/feed/3/x/"),
        *("/stories/event/changes/", "/stories/event/changes/feed/1/", "/tags/new/", "/archive/2031/05/"),
    ],
)
def test_an_alias_cannot_be_where_pages_come_with_time(bench: SiteBench, alias: str) -> None:
    bench.write("content/articles/a1.md", article("One", 1, aliases=[alias])).build().expect_refused()
    assert "is reserved for future pages [path-taken]" in bench.problems
    assert f"aliases: [{alias}]" in bench.problems or alias in bench.problems


@pytest.mark.parametrize("alias", ["/page/about/", "/feed/", "/blog/page/2/", "/stories/event/", "/changes/", "/tags/"])
def test_other_addresses_are_free(bench: SiteBench, alias: str) -> None:
    bench.write("site.toml", (bench.root / "site.toml").read_text() + "[outputs]\ntags = false\n")
    bench.write("content/articles/a1.md", article("One", 1, aliases=[alias])).build().expect_built()


def test_without_redirects_an_alias_makes_and_takes_nothing(bench: SiteBench) -> None:
    bench.edit("site.toml", "[listings]", "[outputs]\nredirects = false\nheaders = false\n\n[listings]")
    bench.write("content/articles/a1.md", article("One", 1, aliases=["/latest/", "/old/"])).build().expect_built()
    assert not (bench.output / "old").exists()
    assert not {"_redirects", "_headers"} & bench.files().keys()


def test_a_story_has_old_addresses_while_it_has_a_page(bench: SiteBench) -> None:
    bench.write("content/stories/s.md", "---\ntitle: S\npublished: 2026-05-01\ntopic: chips\naliases: [/s/]\n---\n")
    assert ("/s", "/stories/s/") in rules_of(bench.build().expect_built())
    bench.edit("site.toml", "[listings]", "[outputs]\nstories = false\n\n[listings]").build().expect_built()
    assert not (bench.output / "s").exists()


def test_the_feeds_and_changes_of_a_story_move_with_it(bench: SiteBench) -> None:
    text = "---\ntitle: S\npublished: 2026-05-01\ntopic: chips\nslug: new\naliases: [/stories/s/, /s.html]\n---\n"
    bench.write("content/stories/s.md", text).build().expect_built()
    assert [old for old, _ in rules_of(bench)] == ["/s.html", "/stories/s", "/stories/s/"]
    bench.write("content/articles/a9.md", article("Nine", 9, story="s"))
    sponsor = "---\nsponsor: Ad\nhomepage: https://ad.example/\nheadline: Buy\nstarts: 2026-05-01\n---\n"
    bench.write("content/sponsors/ad.md", sponsor).build().expect_built()
    names = ["feed.xml", "atom.xml", "feed.json"]
    moved = {f"/stories/s/{folder}{name}" for folder in ("", "sponsor-free/", "changes/") for name in names}
    moved.add("/stories/s/changes/")
    rules = dict(rules_of(bench))
    assert moved <= rules.keys()
    for old in moved:
        assert rules[old] == old.replace("/s/", "/new/")
        assert (bench.output / (rules[old].strip("/") + "/index.html" * old.endswith("/"))).is_file()
    bench.expect_same_as_clean_build()


def test_what_moved_with_a_story_stands_behind_what_an_alias_says(bench: SiteBench) -> None:
    text = "---\ntitle: S\npublished: 2026-05-01\ntopic: chips\nslug: new\naliases: [/s/, /news/chips/]\n---\n"
    bench.write("content/stories/s.md", text)
    alias = {"story": "s", "slug": "changes", "aliases": ["/s/changes/"]}
    bench.write("content/articles/a9.md", article("Nine", 9, **alias)).build().expect_built()
    rules = rules_of(bench)
    assert len(dict(rules)) == len(rules)
    assert dict(rules)["/s/changes/"] == "/news/chips/changes/"
    assert "/news/chips/changes/" not in dict(rules)


def test_the_policy_that_is_sent_is_that_of_the_pages(bench: SiteBench) -> None:
    for option in ("true", "false"):
        text = (bench.root / "site.toml").read_text().partition("\n[theme.options]")[0]
        bench.write("site.toml", f"{text}\n[theme.options]\nscript = {option}\n").build().expect_built()
        sent = headers_of((bench.output / "_headers").read_text())["/*"]["Content-Security-Policy"]
        (held,) = bench.page("index.html").tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert sent == f"{held}; frame-ancestors 'self'"
        assert "\n" not in held


def test_only_what_keeps_its_bytes_is_cached_for_ever(tmp_path: Path, built_demo: Callable[[Path], SiteBench]) -> None:
    bench = built_demo(tmp_path / "site")
    rules = headers_of((bench.output / "_headers").read_text())
    for_ever = {path.removesuffix("*") for path, headers in rules.items() if "Cache-Control" in headers}
    assert for_ever == {"/assets/", "/media/"}
    for path in bench.files():
        if path.startswith(("assets/", "media/")):
            assert any(len(part) >= 10 and set(part[:10]) <= set("0123456789abcdef") for part in path.split(".")), path
    assert rules["/feed.xml"]["Content-Type"].startswith("application/rss+xml")
    assert rules["/:a/:b/feed.xml"]["Access-Control-Allow-Origin"] == "*"
    assert rules["/api/*"]["Access-Control-Allow-Origin"] == "*"
    assert len(rules) < 100  # what Cloudflare Pages reads


def test_no_file_gets_one_header_from_two_rules() -> None:
    """Hosts join what two rules say of one file with a comma, which breaks most headers."""
    context = make_context(site={"url": "https://bench.example/deep"}, outputs={"api": True})
    planned = [OutputPath(path) for path in ("feed.xml", "topics/a/feed.xml", "a/b/c/atom.xml", "news/a/b.md")]
    view = plan_headers(context, planned).make()
    assert isinstance(view, Headers)
    assert [rule.path for rule in view.rules] == [
        *("/deep/assets/*", "/deep/media/*", "/deep/*.md", "/deep/:a/:b/:c/atom.xml"),
        *("/deep/:a/:b/feed.xml", "/deep/feed.xml", "/deep/api/*"),
    ]
    assert view.path == "/deep/*"
    assert not {name for name, _ in view.everywhere} & {name for rule in view.rules for name, _ in rule.headers}


def test_the_files_are_written_as_hosts_read_them() -> None:
    view = Headers(path="/*", everywhere=(("A", "b"),), rules=(HeaderRule(path="/x/*", headers=(("C", "d"),)),))
    assert render_headers(view, "default-src 'none'\n") == (
        b"/*\n  A: b\n  Content-Security-Policy: default-src 'none'; frame-ancestors 'self'\n\n/x/*\n  C: d\n"
    )
    assert render_redirects(Redirects(rules=(Redirect(old="/a", new="/b/"),))) == b"/a /b/ 301\n"
