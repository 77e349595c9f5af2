"""The reports of a check that docs/problems.md shows are what the program says."""

import re
from collections.abc import Iterator

import pytest

from checking import Reply, Web, be_silent, check, write_local_site
from conftest import ROOT
from generator.check import check_outside
from generator.check.addresses import Addresses
from generator.check.duplicates import check_pages
from generator.check.feeds import check_feeds
from generator.check.origins import Origins
from generator.check.pictures import check_files, check_tags
from generator.check.reading import FeedText, OutputText, PageText, ReadItem, read_output
from generator.commands.terminal.lines import format_problem
from generator.errors import CHECK_CODES, Problem
from generator.load.locate import locate_problems
from generator.names import OutputPath, SiteUrl
from generator.web import Manners
from sitebench import NOW, SITE_TOML, SMALL, SiteBench, article

ARTICLE = "content/articles/2026/new-chip.md"
BODY = """\
See [the last one](https://bench.example/news/chips/old-chip/).
Who we are stands [here](https://bench.example/about/#team).
More of [chips](https://bench.example/topics/chips) is there.
The [next one](article:next-chip) is not."""


def write_faulty_site(bench: SiteBench) -> SiteBench:
    bench.write_all(SMALL).write("site.toml", SITE_TOML.replace('description = "News for tests."\n', ""))
    bench.write(ARTICLE, article("A new chip is out", 3, body=BODY))
    bench.write(
        "content/articles/2026/chip-again.md", article("A new chip is out", 4, source_url="https://wire.example/2")
    )
    copied = article("The chip of the week", 5, source_url="https://wire.example/1/?utm_source=feed")
    bench.write("content/articles/2026/chip-week.md", copied)
    bench.write("content/topics/robots.md", "---\ntitle: Robots\ndraft: true\n---\n")
    for day, title in enumerate(("Prices fall", "Prices rise"), 6):
        text = article(title, day, source_url=f"https://wire.example/{day}", summary="Short.", also=["robots"])
        bench.write(f"content/articles/2026/{title.lower().replace(' ', '-')}.md", text)
    bench.write("content/articles/2026/next-chip.md", article("The next chip", 8, draft=True))
    for name in ("λόγοσ", "λόγος"):
        bench.write(f"content/pages/{name}.md", f"---\ntitle: Page {len(name)}{name[-1]}\n---\nOf {name[-1]} only.\n")
    for name in ("wafer.webp", "wafer-large.webp"):
        bench.write(f"content/media/{name}", (ROOT / "content/media/wafer.webp").read_bytes())
    return bench


def find_in_outputs(bench: SiteBench) -> Iterator[Problem]:
    """What no records and no theme that comes with the program can bring about."""
    origins = Origins(bench.root, {}, ())
    canonical = OutputText(page=PageText("", "", "https://bench.example/", True, ()))
    yield from check_pages({OutputPath("a/index.html"): canonical, OutputPath("index.html"): canonical}, origins, ())
    yield from check_tags({OutputPath("404.html"): read_output("404.html", b'<img src="/media/lost.png">')}, origins)
    yield from check_files({"content/media/wafer.png": 12_000_000}, frozenset({"content/media/wafer.png"}))
    item = ReadItem("tag:bench.example,2026:article:a1", "A new chip is out", "https://bench.example/a1/", None)
    feeds = {OutputPath("atom.xml"): FeedText((), (item,)), OutputPath("feed.json"): FeedText((), ())}
    said = {path: OutputText(feed=feed) for path, feed in feeds.items()}
    yield from check_feeds(said, {}, Addresses(SiteUrl("https://bench.example")), now=NOW)
    fault = read_output("assets/logo.svg", b"<svg><path></svg>").fault
    yield Problem(file="assets/logo.4f1c2ab90d.svg", code="unreadable-output", message=fault)


def find_outside(bench: SiteBench) -> Iterator[str]:
    with Web() as web:
        web.replies = {"/1": Reply(404), "/old": Reply(301, (("Location", "/new"),)), "/fails": Reply(502)}
        links = "\n".join(f"See [this]({web.url}/{name})." for name in ("old", "fails"))
        write_local_site(bench, web, body=links)
        checked = check(bench)
        asked = check_outside(checked, progress=be_silent, manners=Manners(pause=0))
        for problem in asked.problems:
            yield format_problem(problem).replace(web.url, "https://wire.example")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = tmp_path_factory.mktemp("reports")
    faulty, local = SiteBench(folder / "faulty"), SiteBench(folder / "local")
    found = [*check(write_faulty_site(faulty)).problems, *locate_problems(find_in_outputs(faulty), faulty.root)]
    return {*map(format_problem, found), *find_outside(local)}


def shown(code: str) -> str:
    text = (ROOT / "docs" / "problems.md").read_text()
    section = re.search(rf"^### {code}$(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    assert section, f"docs/problems.md has no heading '### {code}'"
    example = re.search(r"^```text\n(.*?)\n```$", section[1], re.MULTILINE | re.DOTALL)
    return example[1] if example else ""


@pytest.mark.parametrize("code", sorted(CHECK_CODES))
def test_the_report_in_the_docs_is_what_the_program_says(code: str, reports: set[str]) -> None:
    alike = [report for report in reports if f"[{code}]" in report]
    assert alike, "no example brings it about"
    assert shown(code) in alike
