"""`newsprint import`: words, exit status, and what is printed where."""

import json
import os
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from generator.cli import newsprint
from generator.commands.transfer import import_
from generator.importers import READERS, Migration
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
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == (
        "What could not be converted, or was changed:\n"
        "      2  key 'mood'\n"
        '         content/posts/one.md: "calm"\n'
        '         content/posts/two.md: "calm"\n'
        "      1  links: leads to no record; kept\n"
        "         content/posts/two.md: '/gone/'\n"
        "      1  tags of templates: kept as text\n"
        "         content/posts/two.md: '{{< tweet 1 >}}'\n"
        "      1  warnings of a build [unusable-link]\n"
        "         content/articles/2020/two.md: the link '/gone/' is removed: "
        "static/ has no such file\n"
        "Made 2 articles, 1 topic and 0 pictures.\n"
        'Wrote engine = "commonmark" into [markdown] of site.toml: it reads these texts as the old site did.\n'
        f"The full list, file by file: {bench.root}/import-hugo.txt\n"
        "0 of 2 texts were imported whole (0 %); apart from keys of the front matter, 1 were (50 %).\n"
    )
    listed = (bench.root / "import-hugo.txt").read_text()
    assert "content/posts/two.md: tags of templates: kept as text: '{{< tweet 1 >}}'\n" in listed
    again = run("hugo", old.root, "--site", bench.root).stdout
    assert "Made no record and 0 pictures.\nAlready there, and unchanged: 2 articles.\n" in again
    assert again.endswith("No new text was imported.\n")
    second = (bench.root / "import-hugo-2.txt").read_text()
    assert "content/posts/one.md: content/articles/2020/one.md is there already\n" in second
    assert (bench.root / "import-hugo.txt").read_text() == listed
    bench.build().expect_built()


def test_a_kind_of_loss_has_its_number_and_three_places(bench: SiteBench, old: SiteBench) -> None:
    for number in range(5):
        old.write(f"content/posts/p{number}.md", POST.format(f"P{number}", "Chips"))
    bench.edit("site.toml", "[theme]", 'source = "wire"\n[theme]')
    printed = run("hugo", old.root, "--site", bench.root, "--report", bench.root / "all.txt").stdout
    assert "      7  key 'mood'\n" in printed
    assert printed.count('"calm"') == 3
    listed = (bench.root / "all.txt").read_text()
    assert listed.count("key 'mood'") == 7
    assert not (bench.root / "import-hugo.txt").exists()


def test_what_came_over_whole_is_counted_and_lists_nothing(bench: SiteBench, tmp_path: Path) -> None:
    whole = (
        "---\ntitle: {}\ndate: 2020-01-01\ncategories: [Chips]\n---\nText, [a link](https://a.example/){{: .wide}}.\n"
    )
    old = SiteBench(tmp_path / "whole").write("_posts/2020-01-01-a.md", whole.format("A"))
    old.write("_posts/2020-01-02-b.md", whole.format("B"))
    bench.edit("site.toml", "[theme]", 'source = "wire"\n[theme]')
    printed = run("jekyll", old.root, "--site", bench.root).stdout
    assert printed.endswith("2 of 2 texts were imported whole (100 %).\n")
    assert "      2  attributes in the text: left out\n" in printed


def test_texts_in_other_languages_can_be_left_out(bench: SiteBench, tmp_path: Path) -> None:
    old = SiteBench(tmp_path / "many").write("hugo.toml", "[languages.en]\n[languages.de]\n[languages.pt-br]\n")
    for suffix in ("", ".de", ".pt-br"):
        old.write(f"content/posts/a{suffix}.md", POST.format("A", "Chips"))
    bench.edit("site.toml", "[theme]", 'source = "wire"\n[theme]')
    result = run("hugo", old.root, "--site", bench.root, "--language", "en", "--language", "PT")
    assert "Left out because of their language: de (1).\n" in result.stdout
    assert "Made 2 articles and 0 pictures.\n" in result.stdout
    assert sorted(file.stem for file in (bench.root / "content/articles/2020").iterdir()) == ["a", "a-pt-br"]


def test_a_folder_without_texts_is_told(bench: SiteBench, tmp_path: Path) -> None:
    bench.edit("site.toml", "[theme]", 'source = "wire"\n[theme]')
    (tmp_path / "other").mkdir()
    result = run("jekyll", tmp_path / "other", "--site", bench.root)
    assert (result.exit_code, result.stdout) == (0, "Made no record and 0 pictures.\nNo new text was imported.\n")
    assert result.stderr.startswith("No text was found")


def test_a_dry_run_writes_nothing_and_tells_the_same(bench: SiteBench, old: SiteBench) -> None:
    bench.edit("site.toml", "[theme]", 'source = "wire"\n[theme]')
    before = sorted(bench.root.rglob("*"))
    dry = run("hugo", old.root, "--site", bench.root, "--dry-run").stdout
    assert sorted(bench.root.rglob("*")) == before
    wet = run("hugo", old.root, "--site", bench.root).stdout
    place = f"The full list, file by file: {bench.root}/import-hugo.txt\n"
    assert dry.replace("Would make", "Made").replace("Would write", "Wrote") == wet.replace(place, "")


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
        (("hugo", "nowhere"), "nowhere is not a folder"),
        (("wordpress", "."), "is not one of"),
        (("hugo", "."), "which source do the articles belong to?"),
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
