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
    assert (bad.exit_code, bad.stderr) == (int(word != "stats"), "")
    assert json.loads(bad.stdout)["problems"][0]["file"] == "content/articles/bad.md"
    bench.remove("site.toml")
    assert "site.toml" in json.loads(run(bench, *WORDS[word], *NOW, "--json").stdout)["problems"][0]["file"]


@pytest.mark.parametrize("word", [word for word in WORDS if word != "stats"])
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
    bench.lend_theme()
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
    assert "sponsored slot (article, news/chips/a1/index.html): anvil\n  * anvil: it is its turn" in told
    assert "a build now: rendered: it is new" in told
    wrong = run(bench, "explain", "/news/chips/a99/index.html", "--site", "{site}", *NOW)
    assert wrong.exit_code == 2
    assert "did you mean 'news/chips/a" in wrong.stderr


SHOWN = "until then, 'newsprint serve' shows it with a mark\n"
IDEA = "content/articles/idea.md\n  not published: it is a draft\nwithout 'draft: true': "


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("content/articles/idea.md", f"{IDEA}published by the next build\n{SHOWN}"),
        ("{site}/content/articles/idea.md", f"{IDEA}published by the next build\n{SHOWN}"),
        ("/news/chips/idea/", f"{IDEA}published by the next build\n{SHOWN}"),
        (
            "content/articles/plan.md",
            (
                "content/articles/plan.md\n  not published: it is a draft\n"
                f"without 'draft: true': published at 2026-06-11T14:00:00Z, in 1 d 2 h\n{SHOWN}"
            ),
        ),
        (
            "content/articles/late.md",
            (
                "content/articles/late.md\n  not published: it is a draft\n"
                f"without 'draft: true': not published either: it expired at 2026-06-01T00:00:00Z\n{SHOWN}"
            ),
        ),
        (
            "public/news/chips/soon/index.html",
            (
                "content/articles/soon.md\n  not published yet: it is scheduled for 2026-07-01T08:00:00Z\n"
                f"a build publishes it in 20 d 20 h, or later\n{SHOWN}"
            ),
        ),
        (
            "content/articles/over.md",
            "content/articles/over.md\n  not published: it expired at 2026-06-01T00:00:00Z\n",
        ),
        (
            "content/sponsors/idea.md",
            (
                "content/sponsors/idea.md\n  not published: it is a draft\n"
                "without 'draft: true': published by the next build\n"
            ),
        ),
    ],
)
def test_explain_tells_why_a_record_is_not_published_and_when_it_would_be(
    bench: SiteBench, named: str, said: str
) -> None:
    bench.write("content/articles/idea.md", article("Idea", 1, draft=True))
    bench.write("content/articles/plan.md", article("Plan", 1, draft=True, published="2026-06-11T14:00:00Z"))
    bench.write("content/articles/late.md", article("Late", 1, draft=True, expires="2026-06-01T00:00:00Z"))
    bench.write("content/articles/soon.md", article("Soon", 1, published="2026-07-01T08:00:00Z"))
    bench.write("content/articles/over.md", article("Over", 1, expires="2026-06-01T00:00:00Z"))
    bench.write("content/sponsors/idea.md", CAMPAIGN.replace("ends: 2026-06-11", "draft: true"))
    told = run(bench, "explain", named, "--site", "{site}", *NOW)
    assert (told.exit_code, told.stderr, told.stdout) == (0, "", said)
    document = json.loads(run(bench, "explain", named, "--site", "{site}", *NOW, "--json").stdout)
    assert document["owner"] == said.splitlines()[0]
    assert document["state"] in ("drafts", "scheduled", "expired")


def test_explain_tells_that_campaigns_have_no_page(bench: SiteBench) -> None:
    bench.write("content/sponsors/anvil.md", CAMPAIGN)
    refused = run(bench, "explain", "content/sponsors/anvil.md", "--site", "{site}", *NOW)
    assert refused.exit_code == 2
    assert "campaigns have no page of their own; 'newsprint sponsors' shows" in refused.stderr


def test_stats_speak_of_a_site_with_faults_and_in_words_of_its_keeper(bench: SiteBench) -> None:
    bench.write("content/articles/d.md", article("D", 1, draft=True))
    bench.write("content/articles/bad.md", "---\ntitle: x\n---\n")
    bench.edit("content/articles/a1.md", "topic: chips", "topic: chps")
    told = run(bench, "stats", "{site}", *NOW)
    assert (told.exit_code, told.stderr) == (0, "")
    assert "\n11 records, of which 1 draft is not published; " in told.stdout
    assert "\n2 records have errors and are not counted; 'newsprint build' lists them.\n" in told.stdout
    outputs = told.stdout.partition("outputs")[2].partition("bytes\n")[2].partition("\n\n")[0]
    assert "pages of articles" in outputs
    assert re.findall(r"^\w*[a-z][A-Z]\w*|\.html", outputs, re.MULTILINE) == []
    read = json.loads(run(bench, "stats", "{site}", *NOW, "--json").stdout)
    assert read["faulty"] == ["content/articles/a1.md", "content/articles/bad.md"]
    assert read["records"]["articles"] == 5


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
    assert run(bench, "list", "nothing", "--site", "{site}").exit_code == 2


def test_all_lists_are_one_and_name_every_record_once(bench: SiteBench) -> None:
    bench.write("content/articles/d.md", article("D", 1, draft=True))
    bench.write("content/articles/e.md", article("E", 1, expires="2026-06-01T00:00:00Z"))
    bench.write("content/media/old.png", b"")
    found = json.loads(run(bench, "list", "all", "--site", "{site}", *NOW, "--json").stdout)["records"]
    files = [one["file"] for one in found]
    records = {file.relative_to(bench.root).as_posix() for file in bench.root.glob("content/**/*.md")}
    assert sorted(files) == sorted({*records, "content/media/old.png"})
    lists = {one["file"]: one["lists"] for one in found}
    assert lists["content/articles/d.md"] == ["drafts"]
    assert lists["content/articles/e.md"] == ["expired"]
    assert lists["content/articles/a1.md"] == ["unverified"]
    assert lists["content/media/old.png"] == lists["content/topics/space.md"] == ["orphans"]
    assert lists["content/topics/chips.md"] == []
    for name in ("drafts", "scheduled", "expired", "unverified", "orphans"):
        words = ["list", name, "--site", "{site}", *NOW, "--json"]
        alone = {one["file"] for one in json.loads(run(bench, *words).stdout)["records"]}
        assert alone == {file for file, names in lists.items() if name in names}
    assert "it is public" in run(bench, "list", "all", "--site", "{site}", *NOW).stdout


def test_the_profile_is_a_page_that_needs_nothing_else(bench: SiteBench, tmp_path: Path) -> None:
    bench.write("content/articles/evil.md", article("<script>alert(1)</script>", 3))
    page = tmp_path / "profile.html"
    told = run(bench, "stats", "{site}", *NOW, "--html", str(page))
    assert told.exit_code == 0
    text = page.read_text()
    assert "pages of articles" in text
    assert "<script" not in text
    assert all(int(grown) >= 1 for grown in re.findall(r"flex-grow: ([^\"]+)\"", text))
    assert "http" not in text
    nowhere = run(bench, "stats", "{site}", *NOW, "--html", str(tmp_path / "no" / "profile.html"))
    assert nowhere.exit_code == 1
