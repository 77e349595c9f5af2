"""`newsprint theme`: words, exit status, and what is printed where."""

import json
import re
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import newsprint
from sitebench import SiteBench

CHOSEN = '[theme.options]\ncolumns = 3\n[theme.tokens]\nserif = "Georgia"\npicture-brightness = 1\n[listings]'


def run(*words: object) -> Result:
    result = CliRunner().invoke(newsprint, ["theme", *map(str, words)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("word", ["list", "options", "new"])
def test_help_gives_an_example(word: str) -> None:
    assert f"Example: newsprint theme {word}" in run(word, "--help").stdout


def uncomment(printed: str) -> str:
    """The lines of choices, those that are commented out among them."""
    return re.sub(r"^# ([a-z][a-z0-9_-]* = )", r"\1", printed, flags=re.MULTILINE)


# list


def test_the_themes_at_hand_are_listed_and_the_one_in_use_is_marked(bench: SiteBench) -> None:
    bench.write("themes/evening/theme.toml", 'title = "Evening"\ndescription = "Late."\nextends = "base"\n')
    result = run("list", "--site", bench.root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "\n  evening, on base (themes/evening)\n    Evening. Late.\n" in result.stdout
    assert result.stdout.startswith("* base (")
    document = json.loads(run("list", "--site", bench.root, "--json").stdout)
    lines = {one["name"]: one for one in document["themes"]}
    assert {"base", "broadsheet", "evening"} <= set(lines)
    assert (lines["evening"]["is_builtin"], lines["base"]["is_builtin"]) == (False, True)
    assert [name for name, one in lines.items() if one["is_used"]] == ["base"]
    assert document["problems"] == []


def test_a_theme_at_fault_hides_no_other(bench: SiteBench) -> None:
    bench.write("themes/evening/theme.toml", "title = \n")
    result = run("list", "--site", bench.root)
    assert result.exit_code == 1
    assert "themes/evening/theme.toml:1: error: " in result.stderr
    assert "broadsheet" in result.stdout


def test_without_a_site_there_is_nothing_to_list(tmp_path: Path) -> None:
    result = run("list", "--site", tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "[missing-file]" in result.stderr
    assert json.loads(run("list", "--site", tmp_path, "--json").stdout)["problems"][0]["code"] == "missing-file"


# options


def test_options_and_tokens_stand_as_lines_of_site_toml(bench: SiteBench) -> None:
    bench.edit("site.toml", '"base"', '"broadsheet"').edit("site.toml", "[listings]", CHOSEN)
    result = run("options", "--site", bench.root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert tomllib.loads(result.stdout) == {
        "theme": {"options": {"columns": 3}, "tokens": {"serif": "Georgia", "picture-brightness": 1}}
    }
    said = tomllib.loads(uncomment(result.stdout))["theme"]
    assert said["options"]["show_standfirst"] is True
    assert said["tokens"]["accent"] == {"light": "#ad1420", "dark": "#ff8f86"}
    assert "# a whole number from 3 to 4; default 4; declared by broadsheet\n" in result.stdout


def test_what_is_printed_can_be_pasted_whole(bench: SiteBench) -> None:
    bench.edit("site.toml", '"base"', '"broadsheet"')
    pasted = uncomment(run("options", "--site", bench.root).stdout)
    bench.write("site.toml", (bench.root / "site.toml").read_text() + pasted)
    bench.build().expect_built().expect_report("")


def test_the_sites_choices_count_for_its_own_theme_only(bench: SiteBench) -> None:
    bench.edit("site.toml", '"base"', '"broadsheet"').edit("site.toml", "[listings]", CHOSEN)
    document = json.loads(run("options", "base", "--site", bench.root, "--json").stdout)
    assert (document["theme"], document["chain"]) == ("base", ["base"])
    assert not any(one["is_chosen"] for one in document["options"] + document["tokens"])
    document = json.loads(run("options", "--site", bench.root, "--json").stdout)
    columns = next(one for one in document["options"] if one["name"] == "columns")
    assert (columns["default"], columns["value"], columns["is_chosen"]) == (4, 3, True)


def test_wrong_choices_are_told_beside_what_there_is(bench: SiteBench) -> None:
    bench.edit("site.toml", "[listings]", "[theme.options]\nshow_standfirts = false\n[listings]")
    result = run("options", "--site", bench.root)
    assert result.exit_code == 1
    assert "did you mean 'show_standfirst'?" in result.stderr
    assert "show_standfirst = true" in result.stdout


def test_a_theme_that_there_is_not_is_wrong_usage(bench: SiteBench) -> None:
    result = run("options", "broadshet", "--site", bench.root)
    assert result.exit_code == 2
    assert "did you mean 'broadsheet'?" in result.stderr


# new


@pytest.mark.parametrize("below", ["base", "broadsheet"])
def test_a_new_theme_builds_at_once(bench: SiteBench, below: str) -> None:
    result = run("new", "evening-post", "--extends", below, "--site", bench.root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith('\n[theme]\nname = "evening-post"\n')
    bench.edit("site.toml", '"base"', '"evening-post"').build().expect_built().expect_report("")
    assert bench.page("index.html").texts("//footer/p[contains(@class, 'imprint')]") == ["Evening post"]


def test_a_new_theme_on_one_without_a_footer_builds_too(bench: SiteBench) -> None:
    bench.write("themes/bare/theme.toml", 'title = "Bare"\n')
    assert run("new", "mine", "--extends", "bare", "--site", bench.root).exit_code == 0
    assert not (bench.root / "themes/mine/templates").exists()


@pytest.mark.parametrize("name", ["base", "mine", "Evening", "../up", ".x", ""])
def test_a_name_that_is_taken_or_none_is_refused_and_nothing_is_written(bench: SiteBench, name: str) -> None:
    bench.write("themes/mine/notes.txt", "mine")
    before = sorted((bench.root / "themes").rglob("*"))
    result = run("new", name, "--site", bench.root)
    assert result.exit_code == 2
    assert sorted((bench.root / "themes").rglob("*")) == before


def test_there_has_to_be_what_a_new_theme_stands_on(bench: SiteBench) -> None:
    result = run("new", "mine", "--extends", "broadshet", "--site", bench.root)
    assert result.exit_code == 2
    assert "did you mean 'broadsheet'?" in result.stderr
    assert not (bench.root / "themes").exists()


def test_what_was_made_is_one_document(bench: SiteBench) -> None:
    made = json.loads(run("new", "evening", "--site", bench.root, "--json").stdout)
    assert made["name"] == "evening"
    assert all((bench.root / file).is_file() for file in made["files"])


def test_check_of_a_theme_that_there_is_not_is_wrong_usage(bench: SiteBench) -> None:
    refused = run("check", "bsae", "--site", bench.root)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "no theme 'bsae': did you mean 'base'" in " ".join(refused.stderr.split())
    assert run("check", "base", "nope", "--site", bench.root).exit_code == 2
