"""`newsprint check` as people, programs and GitHub see it."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checking import Reply, Web, write_local_site
from generator.cli import newsprint
from generator.commands.terminal.checks import annotate
from generator.errors import Problem
from generator.load.locate import locate_problem
from sitebench import SMALL, SiteBench, article

TIME = "2026-06-10T12:00:00Z"


@pytest.fixture
def web() -> Iterator[Web]:
    with Web() as one:
        yield one


def run(bench: SiteBench, *options: str) -> Result:
    return CliRunner().invoke(newsprint, ["check", str(bench.root), "--now", TIME, "--workers", "1", *options])


def write_sound_site(bench: SiteBench) -> SiteBench:
    return bench.write_all(SMALL).write("content/articles/a1.md", article("Chip news", 1))


def test_people_get_problems_and_a_line_and_a_status(empty_bench: SiteBench) -> None:
    write_sound_site(empty_bench)
    sound = run(empty_bench)
    assert (sound.exit_code, sound.stdout[:33]) == (0, "Checked 7 records, 19 pages, 9 fe"), sound.output
    assert not empty_bench.output.exists()

    empty_bench.write("content/articles/a2.md", article("Chip news", 2, source_url="https://wire.example/2"))
    warned = run(empty_bench)
    assert (warned.exit_code, warned.stderr.count("[duplicate-title]")) == (0, 1)
    assert run(empty_bench, "--strict").exit_code == 1

    empty_bench.edit("content/articles/a2.md", "A body", "See [this](https://bench.example/x/). A body")
    broken = run(empty_bench)
    assert broken.exit_code == 1
    assert "[broken-link]" in broken.stderr
    assert ": 1 error, " in broken.stdout


def test_what_waits_for_its_time_is_checked_when_that_is_wanted(empty_bench: SiteBench) -> None:
    soon = article("Chip news", 2, body="[x](https://bench.example/x/)", published="2090-01-01T08:00:00Z")
    write_sound_site(empty_bench).write("content/articles/soon.md", soon)
    assert run(empty_bench).exit_code == 0
    wanted = run(empty_bench, "--future")
    assert (wanted.exit_code, wanted.stderr.count("[broken-link]"), wanted.stderr.count(": error: ")) == (1, 1, 1)
    assert "content/articles/soon.md:2: warning: content/articles/a1.md has the same 'title'" in wanted.stderr


def test_programs_get_one_document(empty_bench: SiteBench) -> None:
    write_sound_site(empty_bench).write(
        "content/articles/a1.md", article("Chip news", 1, body="[x](https://bench.example/x/)")
    )
    done = run(empty_bench, "--json")
    document = json.loads(done.stdout)
    assert (done.exit_code, done.stderr) == (1, "")
    assert list(document) == ["passed", "problems", "checked", "seconds"]
    assert document["passed"] is False
    assert "broken-link" in {problem["code"] for problem in document["problems"]}
    assert document["checked"]["records"] == 7

    empty_bench.write("content/articles/a1.md", "---\n---\n")
    refused = json.loads(run(empty_bench, "--json").stdout)
    assert list(refused) == ["passed", "problems", "checked", "seconds"]
    assert refused["checked"] == {"records": 0, "pages": 0, "feeds": 0, "links": 0}


def test_a_site_that_cannot_be_built_is_told_as_a_build_does(empty_bench: SiteBench) -> None:
    write_sound_site(empty_bench).edit("content/articles/a1.md", "topic: chips", "topic: chip")
    done = run(empty_bench)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "[unknown-reference]" in done.stderr
    assert done.stderr.endswith("1 error. There are no pages to check until they are fixed.\n")


def test_links_that_lead_out_never_make_a_check_fail(empty_bench: SiteBench, web: Web) -> None:
    web.replies["/1"] = Reply(404)
    write_local_site(empty_bench, web)
    done = run(empty_bench, "--links")
    assert done.exit_code == 0
    assert "[dead-outside-link]" in done.stderr
    assert "2 links to other sites, 0 known: 1 warning.\n" in done.stdout
    document = json.loads(run(empty_bench, "--links", "--json").stdout)
    assert document["outside"]["known"] == document["outside"]["links"] == 2
    assert [problem["code"] for problem in document["outside"]["problems"]] == ["dead-outside-link"]
    without = [problem for problem in document["problems"] if "outside" in problem["code"]]
    assert without == []


def test_github_gets_annotations_of_files_as_the_repository_has_them(
    empty_bench: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_sound_site(empty_bench).edit("content/articles/a1.md", "topic: chips", "topic: chip")
    monkeypatch.chdir(empty_bench.root.parent)
    done = CliRunner().invoke(newsprint, ["check", "site", "--github"])
    assert done.exit_code == 1
    (line,) = done.stdout.splitlines()
    assert line.startswith(
        "::error file=site/content/articles/a1.md,line=6,title=unknown-reference::no topic 'chip'%0A"
    )


def test_an_annotation_is_escaped(tmp_path: Path) -> None:
    (tmp_path / "a,b:c.md").write_text("")
    problem = locate_problem(Problem(file="a,b:c.md", code="cut-text", message="100%", hint="\n::error::y", line=2))
    file = os.path.relpath(tmp_path / "a%2Cb%3Ac.md")
    shown = f"::warning file={file},line=2,title=cut-text::100%25%0A%0A::error::y"
    assert annotate(problem, tmp_path) == shown


def test_an_annotation_of_what_is_no_file_names_it_in_its_title(tmp_path: Path) -> None:
    problem = Problem(file="feed.xml", code="x", message="y")
    assert annotate(locate_problem(problem), tmp_path) == "::error title=x (feed.xml)::y"


def test_two_ways_to_speak_exclude_each_other(empty_bench: SiteBench) -> None:
    assert run(empty_bench, "--json", "--github").exit_code == 2
    assert run(empty_bench, "--now", "soon").exit_code == 2
