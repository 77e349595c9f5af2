"""`newsprint import`: words, exit status, and what is printed where."""

import json
import os
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from generator.cli import import_, newsprint
from generator.migrate import READERS, Migration
from sitebench import SiteBench

POST = "---\ntitle: {}\ndate: 2020-01-01\ncategories: [{}]\nmood: calm\n---\nText.\n"


def run(*words: object) -> Result:
    result = CliRunner().invoke(newsprint, ["import", *map(str, words)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def old(tmp_path: Path) -> SiteBench:
    """A site of Hugo with two posts."""
    folder = SiteBench(tmp_path / "old").write("content/posts/one.md", POST.format("One", "Chips"))
    return folder.write("content/posts/two.md", POST.format("Two", "Boards") + "{{< tweet 1 >}} [x](/gone/)\n")


def test_help_gives_an_example() -> None:
    assert "Example: newsprint import hugo" in run("--help").stdout


def test_every_system_can_be_named() -> None:
    assert import_.params[0].type.to_info_dict()["choices"] == tuple(READERS)


def test_it_tells_what_it_made_and_what_has_no_place(bench: SiteBench, old: SiteBench) -> None:
    bench.edit("site.toml", "[theme]", 'source = "wire"\n[theme]')
    result = run("hugo", old.root, "--site", bench.root)
    assert result.exit_code == 0
    assert result.stderr.startswith("content/articles/2020/two.md: warning: the link '/gone/' is taken out")
    assert result.stdout == (
        "content/posts/one.md: key 'mood' has no place: \"calm\"\n"
        "content/posts/two.md: tag '{{< tweet 1 >}}': kept as text\n"
        "content/posts/two.md: link '/gone/': leads to no record; kept\n"
        "content/posts/two.md: key 'mood' has no place: \"calm\"\n"
        "Keys without a place, and in how many files: mood (2).\n"
        "Made 2 articles, 1 topic and 0 pictures.\n"
        'Set engine = "commonmark" below [markdown] in site.toml, which reads these texts as before.\n'
    )
    again = run("hugo", old.root, "--site", bench.root).stdout
    assert again.endswith("Made no record and 0 pictures.\nThere already, and left alone: 2 articles.\n")
    assert "content/posts/one.md: content/articles/2020/one.md is there already\n" in again
    bench.build().expect_built()


def test_a_folder_without_texts_is_told(bench: SiteBench, tmp_path: Path) -> None:
    bench.edit("site.toml", "[theme]", 'source = "wire"\n[theme]')
    (tmp_path / "other").mkdir()
    result = run("jekyll", tmp_path / "other", "--site", bench.root)
    assert (result.exit_code, result.stdout) == (0, "Made no record and 0 pictures.\n")
    assert result.stderr.startswith("No text was found")


def test_a_dry_run_writes_nothing_and_tells_the_same(bench: SiteBench, old: SiteBench) -> None:
    bench.edit("site.toml", "[theme]", 'source = "wire"\n[theme]')
    before = sorted(bench.root.rglob("*"))
    dry = run("hugo", old.root, "--site", bench.root, "--dry-run").stdout
    assert sorted(bench.root.rglob("*")) == before
    assert (
        dry.replace("Would make", "Made").replace("Would set", "Set")
        == run("hugo", old.root, "--site", bench.root).stdout
    )


def test_json_is_one_document_whatever_happens(bench: SiteBench, old: SiteBench, tmp_path: Path) -> None:
    old.write("content/posts/bad.md", "---\na: [\n---\n")
    bench.edit("site.toml", "[theme]", 'source = "own"\n[theme]')
    result = run("hugo", old.root, "--site", bench.root, "--json")
    document = json.loads(result.stdout)
    assert (result.exit_code, result.stderr) == (1, "")
    assert set(document) == {*Migration.__struct_fields__, "dry_run"}
    assert [one["id"] for one in document["records"]] == ["own", "boards", "one", "two"]
    assert [one["code"] for one in document["problems"]] == ["unusable-link", "bad-yaml"]
    assert document["records"][2]["left"] == {"mood": "calm"}
    refused = run("hugo", old.root, "--site", tmp_path / "old", "--json")
    assert (refused.exit_code, [one["code"] for one in json.loads(refused.stdout)["problems"]]) == (1, ["missing-file"])
    bench.write("content/articles/2021", "no folder")
    old.write("content/posts/three.md", POST.format("Three", "Chips").replace("2020", "2021"))
    failed = run("hugo", old.root, "--site", bench.root, "--json")
    assert (failed.exit_code, set(json.loads(failed.stdout))) == (1, {"failure"})


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("hugo", "nowhere"), "nowhere is no folder"),
        (("wordpress", "."), "is not one of"),
        (("hugo", "."), "whose articles are they?"),
        (("hugo", ".", "--source", "../x"), "cannot be part of a path"),
        (("hugo", ".", "--source", "wire", "--topic", "A B"), "cannot be part of a path"),
    ],
)
def test_wrong_usage_is_told(
    bench: SiteBench, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], said: str
) -> None:
    monkeypatch.chdir(bench.root)
    result = run(*words)
    assert result.exit_code == 2
    assert said in result.stderr


def test_nothing_that_a_stranger_wrote_reaches_the_terminal_as_an_order(bench: SiteBench, old: SiteBench) -> None:
    keys = 'title = "X"\ndate = 2020-01-01\ncategories = ["Chips"]\n"k\\u001b[31m" = "v\\u001b[32m"'
    old.write("content/posts/x.md", f"+++\n{keys}\n+++\nText.\n")
    bench.edit("site.toml", "[theme]", 'source = "wire"\n[theme]')
    result = run("hugo", old.root, "--site", bench.root)
    assert "\x1b" not in result.stdout + result.stderr
    assert "[31m" in result.stdout
    assert msgspec.json.decode(run("hugo", old.root, "--site", bench.root, "--json").stdout)


def test_a_name_that_no_terminal_and_no_json_can_hold_is_told(bench: SiteBench, old: SiteBench) -> None:
    old.write(os.fsdecode(b"content/posts/\xff\x1b.md"), POST.format("Odd", "Chips"))
    bench.edit("site.toml", "[theme]", 'source = "wire"\n[theme]')
    result = run("hugo", old.root, "--site", bench.root, "--dry-run")
    assert "content/posts/\ufffd\ufffd.md: error: the file's name" in result.stderr
    document = json.loads(run("hugo", old.root, "--site", bench.root, "--dry-run", "--json").stdout)
    assert "content/posts/\ufffd\ufffd.md" in [one["file"] for one in document["problems"]]
