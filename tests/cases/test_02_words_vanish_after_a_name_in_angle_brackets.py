"""No name in angle brackets swallows words, on pages, in descriptions or in feeds."""

import json
import re
import shutil
from pathlib import Path

import pytest

from generator.config import ENGINE_LIBRARIES
from sitebench import NOW, SiteBench

CASE = Path(__file__).parent / "02-words-vanish-after-a-name-in-angle-brackets"
ARTICLE = "content/articles/a.md"


@pytest.fixture(params=ENGINE_LIBRARIES)
def site(tmp_path: Path, request: pytest.FixtureRequest) -> SiteBench:
    bench = SiteBench(shutil.copytree(CASE, tmp_path / "site"))
    return bench.edit(
        "site.toml", '[site]\ntitle = "Loam', f'[markdown]\nengine = "{request.param}"\n[site]\ntitle = "Loam'
    )


def test_every_word_is_on_the_page_in_its_description_and_in_its_feeds(site: SiteBench) -> None:
    site.build(now=NOW, strict=True).expect_built()
    page = site.page("news/chips/a/index.html")
    paragraphs = page.texts("//article//p")
    first = "The driver now returns Result<List> where it gave null before, and nobody noticed."
    for paragraph in (first, "Wrap it in a <template> and wait.", "This paragraph is gone, too."):
        assert paragraph in paragraphs
    assert "Panels of <View> and <Text> come first." in page.texts("//article//li")
    assert page.tree.xpath("string(//meta[@name='description']/@content)") == first
    item = json.loads((site.output / "feed.json").read_bytes())["items"][0]
    assert item["summary"] == first
    assert "This paragraph is gone, too." in item["content_html"]
    assert "Result&lt;List&gt; where" in item["content_html"]
    assert "This paragraph is gone, too." in (site.output / "feed.xml").read_text()


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ('<form action="/x">Ask <input name="q"></form>', "unusable-html"),
        ('<iframe src="https://tube.example/1">A film</iframe>', "unusable-html"),
        ("<style>p { color: red }</style>", "unusable-html"),
        ('<a href="&#106;avascript:x">A link</a>', "unusable-link"),
        ("[A link](&#106;avascript:x)", "unusable-link"),
        ("[A link](https://)", "unusable-link"),
        ("[A link](https://w.example:99999/)", "unusable-link"),
        ("[A link](javascript:x)", "unusable-link"),
        ("| A | B |\n|---|---|\n| a | b | c9 |", "lost-words"),
    ],
)
def test_what_is_taken_out_is_told_with_its_file_and_line(site: SiteBench, written: str, code: str) -> None:
    matter = (site.root / ARTICLE).read_text().split("\n---\n")[0]
    site.write(ARTICLE, f"{matter}\n---\nThe first paragraph.\n\n{written}\n").build(now=NOW).expect_built()
    line = (site.root / ARTICLE).read_text().split("\n").index(written.splitlines()[-1]) + 1
    reports = re.findall(r"^\S+?:(\d+): warning: .* \[(\S+)\]$", site.problems, re.MULTILINE)
    assert set(reports) == {(str(line), code)}
    for words in re.findall("Ask|A film|A link", written):
        assert words in site.page("news/chips/a/index.html").text
