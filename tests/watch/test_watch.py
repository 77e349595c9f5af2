"""`newsprint build --watch` as it is run: what it publishes, what it prints, how it ends."""

import json
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from previewing import Running

from generator.cli import newsprint
from generator.publish import lock_site
from sitebench import SiteBench, article
from waiting import wait_until

pytestmark = pytest.mark.slow


def watched(bench: SiteBench, *words: str) -> Running:
    return Running(bench, "build", "--watch", *words)


def page_of(bench: SiteBench, name: str) -> Path:
    return bench.root / f"public/news/chips/{name}/index.html"


def test_each_change_is_published_and_faults_wait_for_the_next_change(bench: SiteBench) -> None:
    soon = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    bench.write("content/articles/soon.md", article("Soon", 1, published=soon))
    with watched(bench) as running:
        running.expect_line(r"^The site goes to .*public/ whenever you save a file\. Press Ctrl-C to stop\.$")
        running.expect_line(r"^\d\d:\d\d:\d\d built: rendered \d+ outputs in \d+\.\d\d s$")
        bench.edit("content/articles/a1.md", "A body", "Another body")
        running.expect_line(r" content/articles/a1\.md changed: rendered \d+ outputs in ")
        assert "Another body" in page_of(bench, "a1").read_text()
        before = page_of(bench, "a2").read_bytes()
        bench.edit("content/articles/a2.md", "topic: chips", "topic: chops")
        running.expect_line(r"^content/articles/a2\.md:\d+: error: no topic 'chops' \[unknown-reference\]$")
        running.expect_line(r" changed: 1 error; the site is unchanged$")
        assert page_of(bench, "a2").read_bytes() == before
        bench.edit("content/articles/a2.md", "topic: chops", "topic: chips")
        wait_until(page_of(bench, "soon").exists)
        with lock_site(bench.root, by="newsprint build"):
            bench.edit("content/articles/a1.md", "Another body", "A third body")
            running.expect_line(r"^Waiting: 'newsprint build' \(process \d+\) is running on this site\.$")
        wait_until(lambda: "A third body" in page_of(bench, "a1").read_text())
        bench.edit("content/articles/a3.md", "A body", "By hand").build(now=datetime.now(UTC)).expect_built()
        assert running.end(signal.SIGTERM) == 0
    assert not any("Traceback" in line for line in running.lines)
    left = bench.files()
    assert bench.build(now=datetime.now(UTC), force=True).files() == left


def test_with_json_each_build_is_a_document_on_a_line(bench: SiteBench) -> None:
    with watched(bench, "--json") as running:
        wait_until(lambda: len(running.lines) == 1)
        bench.edit("content/articles/a1.md", "topic: chips", "topic: chops")
        wait_until(lambda: len(running.lines) == 2)
        assert running.end() == 0
    first, second = map(json.loads, running.lines)
    assert (first["published"], first["changed"], first["written"] > 0) == (True, [], True)
    assert (second["published"], second["changed"]) == (False, ["content/articles/a1.md"])
    assert [problem["code"] for problem in second["problems"]] == ["unknown-reference"]


def test_one_that_is_ended_while_it_renders_publishes_nothing(bench: SiteBench) -> None:
    for number in range(300):
        bench.write(f"content/articles/b{number}.md", article(f"More {number}", 1 + number % 28))
    with watched(bench, "--quiet") as running:
        staging = bench.root / "public/.newsprint-staging"
        wait_until(staging.exists)
        assert running.end() == 0
    assert (running.lines, staging.exists(), (bench.root / "public/index.html").exists()) == ([], False, False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--now", "2026-06-10"], "--watch and --now cannot be combined: with --watch, time goes on"),
        (["--allow-shrink"], "--watch and --allow-shrink cannot be combined: run 'newsprint build --allow-shrink' fir"),
        (["--force"], "--watch and --force cannot be combined"),
        (["--explain"], "--watch and --explain cannot be combined"),
    ],
)
def test_what_is_meant_for_one_build_is_refused(bench: SiteBench, words: list[str], said: str) -> None:
    result = CliRunner().invoke(newsprint, ["build", str(bench.root), "--watch", *words])
    assert (result.exit_code, said in result.output) == (2, True)


def test_where_no_site_is_there_is_nothing_to_watch(empty_bench: SiteBench) -> None:
    result = CliRunner().invoke(newsprint, ["build", str(empty_bench.root), "--watch"])
    assert (result.exit_code, result.output.startswith("site.toml: error: no site.toml here")) == (1, True)
