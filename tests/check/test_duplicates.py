"""What stands twice: articles of one title or one original, pages that are alike, paths that differ in case."""

from typing import Any

import pytest

from checking import check, show
from generator.check.duplicates import check_pages, check_paths, fold_url
from generator.check.origins import Origins
from generator.check.reading import OutputText, PageText
from generator.names import OutputPath
from sitebench import SiteBench, article


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://wire.example/1/", "http://www.wire.example/1"),
        ("https://wire.example/1", "https://WIRE.example/1?utm_source=rss&utm_medium=x#top"),
        ("https://wire.example/1?id=2", "https://wire.example/1?id=2&fbclid=3"),
    ],
)
def test_addresses_of_one_report_are_one(one: str, other: str) -> None:
    assert fold_url(one) == fold_url(other)


@pytest.mark.parametrize("other", ["https://wire.example/1?id=2", "https://wire.example/2", "https://post.example/1"])
def test_addresses_of_two_reports_are_two(other: str) -> None:
    assert fold_url("https://wire.example/1") != fold_url(other)


def told(bench: SiteBench, **options: Any) -> list[str]:
    """Duplicates but for those of descriptions, which a bench has none of."""
    said = show(check(bench, **options).problems).splitlines()
    return [line for line in said if "[duplicate-" in line and "description]" not in line]


def test_articles_and_pages_that_are_alike_are_told_once_at_the_younger(bench: SiteBench) -> None:
    for number in range(1, 6):
        url = f"https://wire.example/{number}"
        bench.write(f"content/articles/a{number}.md", article(f"Chip news {number}", number, source_url=url))
    bench.write("content/articles/b.md", article("CHIP  news 2", 7, source_url="https://wire.example/8"))
    bench.write("content/articles/c.md", article("News", 8, source_url="https://wire.example/3/?utm_source=x"))
    bench.write("content/articles/d.md", article("News", 9, source_url="https://wire.example/9", draft=True))
    bench.write("content/pages/we.md", "---\ntitle: About\n---\nWho we are.\n")

    visible = [
        "content/articles/b.md:2: warning: content/articles/a2.md has the same 'title' [duplicate-title]",
        "content/articles/c.md:4: warning: content/articles/a3.md has the same 'source_url' [duplicate-original]",
        (
            "content/pages/about.md:2: warning: 2 pages have the same title: about/index.html, we/index.html "
            "[duplicate-title]"
        ),
    ]
    assert told(bench) == visible
    draft = "content/articles/d.md:2: warning: content/articles/c.md has the same 'title' [duplicate-title]"
    assert told(bench, drafts=True) == [*visible[:2], draft, visible[2]]


def test_pages_of_one_description_are_told(bench: SiteBench) -> None:
    said = {
        OutputPath(f"{name}/index.html"): make_said(title=name, description="All of  it")
        for name in ("a", "b", "c", "d", "e")
    }
    (problem,) = check_pages(said, Origins(bench.root, {}, ()), ())
    assert problem.message == "5 pages have the same description: a/index.html, b/index.html, c/index.html and 2 more"


def make_said(**fields: object) -> OutputText:
    text = {"title": "", "description": "", "canonical": "", "is_indexed": True, "anchors": ()}
    return OutputText(page=PageText(**{**text, **fields}))  # type: ignore[arg-type]


def test_two_pages_with_one_canonical_address_are_told(bench: SiteBench) -> None:
    one = make_said(canonical="https://a.example/")
    said = {OutputPath("a.html"): one, OutputPath("b.html"): one}
    (problem,) = check_pages(said, Origins(bench.root, {}, ()), ())
    assert problem.code == "duplicate-canonical"


def test_a_page_that_is_not_indexed_is_like_no_other(bench: SiteBench) -> None:
    said = {
        OutputPath("a.html"): make_said(title="A"),
        OutputPath("b.html"): make_said(title="A", is_indexed=False),
        OutputPath("topics/x/index.html"): make_said(description="All of X"),
        OutputPath("topics/x/page/1/index.html"): make_said(description="All of X"),
    }
    assert not list(check_pages(said, Origins(bench.root, {}, ()), ()))


def test_paths_that_differ_in_case_only_clash(bench: SiteBench) -> None:
    for name in ("λόγοσ", "λόγος"):  # two small letters with one capital
        bench.write(f"content/topics/{name}.md", f"---\ntitle: {name}\n---\n")
    clashes = [problem for problem in check(bench).problems if problem.code == "case-clash"]
    assert clashes
    assert all(problem.is_error for problem in clashes)
    assert not list(check_paths([OutputPath("a"), OutputPath("b")], Origins(bench.root, {}, ())))
