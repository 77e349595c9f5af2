"""The optional script: how much it is, and that a site without it has nothing of it."""

import gzip

import pytest
from lxml import html

from conftest import ROOT
from sitebench import SiteBench

MOST_BYTES = 8 * 1024
SCRIPTS = sorted((ROOT / "themes/base/assets/script").iterdir())
OFF = "[theme.options]\nscript = false\n"


def switch_off(bench: SiteBench) -> SiteBench:
    return bench.edit("site.toml", "[listings]", f"{OFF}\n[listings]")


def pages(bench: SiteBench) -> dict[str, html.HtmlElement]:
    return {path: bench.page(path).tree for path in bench.files() if path.endswith(".html")}


def test_the_whole_script_is_small() -> None:
    assert sum(len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in SCRIPTS) <= MOST_BYTES


def test_no_script_writes_html_or_asks_another_host() -> None:
    for file in SCRIPTS:
        text = file.read_text()
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "://", ".style"):
            assert word not in text, (file.name, word)


def test_scripts_are_our_own_files_and_no_page_has_one_in_itself(bench: SiteBench) -> None:
    bench.build().expect_built()
    for path, page in pages(bench).items():
        scripts = page.xpath("//script[not(@type='application/ld+json')]")
        assert scripts, path
        for script in scripts:
            assert not script.text, path
            assert (bench.output / script.get("src").removeprefix("/")).is_file(), path
            assert script.get("type") == "module" or "scheme" in script.get("src"), path
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "script-src 'self'; connect-src 'self';" in policy, path


def test_follows_are_offered_where_there_is_a_feed_of_a_topic_or_source(bench: SiteBench) -> None:
    for day in range(6, 12):
        bench.write(
            f"content/articles/a{day}.md", (bench.root / "content/articles/a1.md").read_text().replace("-01T", "-06T")
        )
    bench.build().expect_built()
    offering = {path for path, page in pages(bench).items() if page.xpath("//template[@data-feed]")}
    assert offering == {"topics/chips/index.html", "sources/wire/index.html"}
    assert "topics/chips/page/1/index.html" in bench.files()
    (template,) = bench.page("topics/chips/index.html").tree.xpath("//template[@data-feed]")
    assert (template.get("data-title"), template.get("data-feed")) == ("Chips", "/topics/chips/feed.xml")
    linking = {path for path, page in pages(bench).items() if page.xpath("//script[contains(@src, 'follows')]")}
    assert linking == offering | {"for-you/index.html"}


def test_for_you_is_in_the_header_and_nothing_for_search_engines(bench: SiteBench) -> None:
    bench.build().expect_built()
    for page in pages(bench).values():
        assert page.xpath("//header//a[@href='/for-you/']")
    assert bench.page("for-you/index.html").tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert "for-you" not in "".join(bench.listed())


def test_a_site_with_the_script_off_has_nothing_of_it(bench: SiteBench) -> None:
    switch_off(bench).build().expect_built()
    assert not [path for path in bench.files() if path.startswith("for-you/")]
    for path, page in pages(bench).items():
        assert not page.xpath("//script[not(@type='application/ld+json')] | //template | //button | //select"), path
        assert not page.xpath("//a[@href='/for-you/']"), path
        (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        assert "script-src 'none'; object-src" in policy, path


def test_switching_the_script_off_takes_it_out_of_every_page(bench: SiteBench) -> None:
    bench.build().expect_built()
    assert (bench.output / "for-you/index.html").exists()
    switch_off(bench).build().expect_built().expect_same_as_clean_build()


@pytest.mark.parametrize("outputs", ["for_you = false", "rss = false", "topics = false\nsources = false"])
def test_without_feeds_or_the_page_there_are_no_follows_but_the_rest_of_the_script(
    bench: SiteBench, outputs: str
) -> None:
    bench.edit("site.toml", "[listings]", f"[outputs]\n{outputs}\n\n[listings]").build().expect_built()
    assert "for-you/index.html" not in bench.files()
    for path, page in pages(bench).items():
        assert not page.xpath("//template[@data-for-you] | //a[@href='/for-you/']"), path
        assert page.xpath("//template[@id='scheme']"), path


def test_a_theme_that_stands_alone_has_no_script_and_needs_no_page_for_it(bench: SiteBench) -> None:
    names = ("front", "article", "listing", "index", "story", "stories", "insights", "feeds", "page", "404", "week")
    bench.write("themes/alone/theme.toml", 'title = "Alone"\n')
    bench.write_all({f"themes/alone/templates/{name}.html": "<title>{{ page.meta.title }}</title>" for name in names})
    bench.write("themes/alone/templates/policy.html", "default-src 'none'")
    bench.edit("site.toml", '"base"', '"alone"').build().expect_built().expect_report("")
    assert "for-you/index.html" not in bench.files()
