"""The commands that ask: words, exit status, and what is printed where."""

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import newsprint
from sitebench import SiteBench, article

NOW = ["--now", "2026-06-10T12:00:00Z"]
CAMPAIGN = "---\nsponsor: Anvil, Ltd\nhomepage: https://anvil.example/\nheadline: Buy\nends: 2026-06-11\n---\nNow.\n"

WORDS = {
    "next": ["next", "{site}"],
    "explain": ["explain", "/", "--site", "{site}"],
    "diff": ["diff", "{site}"],
    "sponsors": ["sponsors", "{site}"],
    "list": ["list", "unverified", "--site", "{site}"],
    "stats": ["stats", "{site}"],
}


def run(bench: SiteBench, *words: str) -> Result:
    given = [word.replace("{site}", str(bench.root)) for word in words]
    result = CliRunner().invoke(newsprint, given)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("word", WORDS)
def test_json_is_one_document_of_a_good_and_of_a_broken_site(bench: SiteBench, word: str) -> None:
    good = run(bench, *WORDS[word], *NOW, "--json")
    assert (good.exit_code, good.stderr) == (0, "")
    assert json.loads(good.stdout)
    bench.write("content/articles/bad.md", "---\ntitle: x\n---\n")
    bad = run(bench, *WORDS[word], *NOW, "--json")
    assert (bad.exit_code, bad.stderr) == (1, "")
    assert json.loads(bad.stdout)["problems"][0]["file"] == "content/articles/bad.md"
    bench.remove("site.toml")
    assert "site.toml" in json.loads(run(bench, *WORDS[word], *NOW, "--json").stdout)["problems"][0]["file"]


@pytest.mark.parametrize("word", WORDS)
def test_problems_are_told_with_their_lines(bench: SiteBench, word: str) -> None:
    bench.edit("content/articles/a1.md", "topic: chips", "topic: chps")
    bad = run(bench, *WORDS[word], *NOW)
    assert (bad.exit_code, bad.stdout) == (1, "")
    assert "content/articles/a1.md:" in bad.stderr
    assert "did you mean 'chips'?" in bad.stderr


@pytest.mark.parametrize("word", WORDS)
def test_what_is_no_time_is_wrong_usage(bench: SiteBench, word: str) -> None:
    assert run(bench, *WORDS[word], "--now", "soon").exit_code == 2


def test_a_pipe_gets_neither_colours_nor_a_bar(bench: SiteBench) -> None:
    for words in WORDS.values():
        given = [word.replace("{site}", str(bench.root)) for word in words]
        done = subprocess.run([sys.executable, "-m", "generator", *given], capture_output=True, check=True)
        assert b"\x1b" not in done.stdout + done.stderr
        assert b"\r" not in done.stdout + done.stderr


def test_next_says_when_and_why(bench: SiteBench) -> None:
    assert run(bench, "next", "{site}", *NOW).stdout == "Nothing will change by itself.\n"
    bench.write("content/articles/soon.md", article("Soon", 1, published="2026-06-11T13:02:05Z"))
    assert run(bench, "next", "{site}", *NOW).stdout == (
        "2026-06-11T13:02:05Z, in 1 d 1 h 2 min:\n  'Soon' is published (content/articles/soon.md)\n"
    )
    told = json.loads(run(bench, "next", "{site}", *NOW, "--json").stdout)
    assert told == {
        "now": "2026-06-10T12:00:00Z",
        "next": "2026-06-11T13:02:05Z",
        "seconds": 90_125,
        "causes": [{"kind": "published", "id": "soon", "title": "Soon", "file": "content/articles/soon.md"}],
    }


def test_explain_tells_of_slots_and_refuses_what_is_not_there(bench: SiteBench) -> None:
    bench.write("content/sponsors/anvil.md", CAMPAIGN)
    told = run(bench, "explain", "/news/chips/a1/", "--site", "{site}", *NOW).stdout
    assert "  ArticlePage of content/articles/a1.md\n" in told
    assert "sponsored slot (article, news/chips/a1/index.html): anvil\n  * anvil: it has the highest score" in told
    assert "a build now: rendered: it is new" in told
    wrong = run(bench, "explain", "/news/chips/a99/index.html", "--site", "{site}", *NOW)
    assert wrong.exit_code == 2
    assert "did you mean 'news/chips/a" in wrong.stderr


@pytest.mark.parametrize(
    ("named", "why"),
    [
        ("content/articles/idea.md", "content/articles/idea.md is a draft; count it as published with --drafts"),
        ("/news/chips/idea/", "content/articles/idea.md is a draft"),
        (
            "public/news/chips/soon/index.html",
            "is published at 2026-07-01T08:00:00Z; ask as if it were then with --now",
        ),
        ("content/articles/over.md", "content/articles/over.md expired at 2026-06-01T00:00:00Z"),
        ("content/sponsors/anvil.md", "campaigns have no page of their own; 'newsprint sponsors' tells"),
    ],
)
def test_explain_tells_what_keeps_a_record_from_having_a_page(bench: SiteBench, named: str, why: str) -> None:
    bench.write("content/articles/idea.md", article("Idea", 1, draft=True))
    bench.write("content/articles/soon.md", article("Soon", 1, published="2026-07-01T08:00:00Z"))
    bench.write("content/articles/over.md", article("Over", 1, expires="2026-06-01T00:00:00Z"))
    bench.write("content/sponsors/anvil.md", CAMPAIGN)
    refused = run(bench, "explain", named, "--site", "{site}", *NOW)
    assert (refused.exit_code, why in refused.stderr) == (2, True)


def test_diff_tells_and_patches(bench: SiteBench) -> None:
    bench.build(explain=False).expect_built()
    assert run(bench, "diff", "{site}", *NOW).stderr == "A build would change nothing.\n"
    bench.edit("content/articles/a1.md", "few words", "some words")
    told = run(bench, "diff", "{site}", *NOW)
    assert "changed  news/chips/a1/index.html: what it shows changed\n" in told.stdout
    patch = run(bench, "diff", "{site}", *NOW, "--patch").stdout
    assert "+++ b/news/chips/a1/index.html\n@@ " in patch
    told_json = json.loads(run(bench, "diff", "{site}", *NOW, "--json").stdout)
    assert (told_json["new"], told_json["gone"]) == (0, 0)
    assert told_json["changed"] == len(told_json["outputs"])


def test_sponsors_are_a_table_or_comma_separated(bench: SiteBench) -> None:
    assert "no campaigns" in run(bench, "sponsors", "{site}", *NOW).stdout
    bench.write("content/sponsors/anvil.md", CAMPAIGN)
    table = run(bench, "sponsors", "{site}", *NOW)
    header, row = table.stdout.splitlines()[:2]
    assert row.split()[0] == "anvil"
    assert header.index("state") == row.index("runs")
    (line,) = csv.DictReader(io.StringIO(run(bench, "sponsors", "{site}", *NOW, "--csv").stdout))
    assert (line["sponsor"], line["article"], line["share"]) == ("Anvil, Ltd", "5", "100%")
    assert (line["starts"], line["ends"]) == ("", "2026-06-11T00:00:00Z")
    assert run(bench, "sponsors", "{site}", "--csv", "--json").exit_code == 2


def test_lists_are_lines_and_an_unknown_one_is_wrong_usage(bench: SiteBench) -> None:
    told = run(bench, "list", "unverified", "--site", "{site}", *NOW)
    assert told.stdout.splitlines()[1].startswith("content/articles/a1.md  2026-05-01T08:00:00Z  Chip news 1")
    assert run(bench, "list", "drafts", "--site", "{site}", *NOW).stdout == ""
    assert run(bench, "list", "all", "--site", "{site}").exit_code == 2


def test_the_profile_is_a_page_that_needs_nothing_else(bench: SiteBench, tmp_path: Path) -> None:
    bench.write("content/articles/evil.md", article("<script>alert(1)</script>", 3))
    page = tmp_path / "profile.html"
    told = run(bench, "stats", "{site}", *NOW, "--html", str(page))
    assert told.exit_code == 0
    text = page.read_text()
    assert "article.html" in text
    assert "<script" not in text
    assert all(int(grown) >= 1 for grown in re.findall(r"flex-grow: ([^\"]+)\"", text))
    assert "http" not in text
    nowhere = run(bench, "stats", "{site}", *NOW, "--html", str(tmp_path / "no" / "profile.html"))
    assert nowhere.exit_code == 1
