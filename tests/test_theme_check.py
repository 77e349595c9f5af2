"""`newsprint theme check`: which themes it takes, what it prints, and its exit status."""

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from conftest import ROOT
from generator.cli import newsprint
from generator.contract import RULES
from generator.theme_check import _write_toml
from sitebench import SiteBench

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("golden_is_built")]

NO_LABEL = (ROOT / "themes/base/templates/slot.html").read_text().replace("<bdi>{{ slot.label }}</bdi>", "")


def check(root: Path, *words: object) -> Result:
    result = CliRunner().invoke(newsprint, ["theme", "check", "--site", str(root), *map(str, words)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture
def evening(bench: SiteBench) -> SiteBench:
    """A site with a theme of its own, which it uses."""
    bench.write("themes/evening/theme.toml", 'title = "Evening"\nextends = "base"\n')
    return bench.edit("site.toml", 'name = "base"', 'name = "evening"')


def test_the_sites_own_theme_is_checked_where_none_is_named(evening: SiteBench) -> None:
    result = check(evening.root)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("evening: ")
    assert f" pages keep all {len(RULES)} rules; an article " in result.stdout
    assert result.stdout.count("\n") == 1
    assert not evening.output.exists()
    assert not (evening.root / ".newsprint").exists()


def test_a_broken_rule_is_an_error_with_page_line_and_hint(evening: SiteBench) -> None:
    evening.write("themes/evening/templates/slot.html", NO_LABEL)
    result = check(evening.root)
    assert result.exit_code == 1
    first, *more = result.stderr.splitlines()
    assert first.startswith("evening/")
    assert ": error: the label of the sponsored message is not shown, or hidden (and on " in first
    assert first.endswith(" [sponsor-label]")
    assert more[-1] == "    hint: print slot.label first in the <aside>, as text that nothing hides"
    assert f" pages break 1 rule of {len(RULES)}: sponsor-label; an article " in result.stdout


def test_advice_is_a_warning_and_no_breach(evening: SiteBench) -> None:
    head = (ROOT / "themes/base/templates/head.html").read_text()
    evening.write("themes/evening/templates/head.html", head.replace("in meta.feeds", "in ()"))
    result = check(evening.root)
    assert result.exit_code == 0
    assert "[feed-link]" in result.stderr
    assert " rules; 1 warning; " in result.stdout


def test_the_sites_choice_of_options_is_checked_with_its_theme(evening: SiteBench) -> None:
    evening.write("themes/evening/templates/footer.html", '{% if not theme.show_standfirst %}<img src="x">{% endif %}')
    assert check(evening.root).exit_code == 0
    evening.write(
        "site.toml", (evening.root / "site.toml").read_text() + "\n[theme.options]\nshow_standfirst = false\n"
    )
    assert "[picture-alt]" in check(evening.root).stderr
    assert check(evening.root, "base").exit_code == 0


def test_a_site_without_the_script_has_a_page_less(evening: SiteBench) -> None:
    with_script = json.loads(check(evening.root, "--json").stdout)["themes"][0]
    evening.write("site.toml", (evening.root / "site.toml").read_text() + "\n[theme.options]\nscript = false\n")
    without = json.loads(check(evening.root, "--json").stdout)["themes"][0]
    assert (with_script["passed"], without["passed"]) == (True, True)
    assert without["pages"] == with_script["pages"] - 1


@pytest.mark.parametrize(
    "value",
    [
        "",
        'a "b" \\ ü \t \u2028 😀',
        True,
        False,
        0,
        -3,
        1.5,
        1e300,
        [],
        ["a", "b"],
        {"light": "#fff", "d k": {"x": [1]}},
    ],
)
def test_what_a_site_chose_comes_through_as_it_was(value: object) -> None:
    assert tomllib.loads(f"key = {_write_toml(value)}") == {"key": value}


def test_a_fault_of_site_toml_keeps_its_line(evening: SiteBench) -> None:
    text = (evening.root / "site.toml").read_text() + "\n[theme.options]\ncolums = 3\n"
    evening.write("site.toml", text)
    result = check(evening.root)
    assert result.exit_code == 1
    line = text.splitlines().index("colums = 3") + 1
    assert result.stderr.startswith(
        f"site.toml:{line}: error: no theme option 'colums' [unknown-key]\n    colums = 3\n"
    )
    assert result.stdout == "evening: cannot be built: unknown-key\n"


def test_built_in_themes_are_checked_without_a_site(tmp_path: Path) -> None:
    result = check(tmp_path, "base")
    assert result.exit_code == 0
    assert result.stdout.startswith("base: ")


def test_a_folder_without_a_site_has_no_theme_of_its_own(tmp_path: Path) -> None:
    result = check(tmp_path)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("site.toml: error: no site.toml here [missing-file]\n")


def test_an_unknown_theme_is_refused_with_a_hint(evening: SiteBench) -> None:
    result = check(evening.root, "evning")
    assert result.exit_code == 2
    assert "no theme 'evning': did you mean 'evening'?" in " ".join(result.stderr.split())
    result = check(evening.edit("site.toml", '"evening"', '"evning"').root)
    assert result.exit_code == 1
    assert "error: no theme 'evning' [unknown-theme]" in result.stderr
    assert "did you mean 'evening'?" in result.stderr


def test_all_checks_every_theme_at_hand(evening: SiteBench) -> None:
    (evening.root / "themes/evening/templates").mkdir()
    evening.write("themes/evening/templates/slot.html", NO_LABEL)
    result = check(evening.root, "--all", "--json")
    themes = {one["theme"]: one["passed"] for one in json.loads(result.stdout)["themes"]}
    assert {"base", "broadsheet", "evening"} <= set(themes)
    assert (themes["base"], themes["evening"], result.exit_code) == (True, False, 1)
    assert check(evening.root, "--all", "base").exit_code == 2


def test_output_keeps_the_pages_where_the_problems_say(evening: SiteBench, tmp_path: Path) -> None:
    evening.write("themes/evening/templates/slot.html", NO_LABEL)
    folder = tmp_path / "golden"
    result = check(evening.root, "--output", folder)
    place, line = result.stderr.splitlines()[0].split(": error: ")[0].rsplit(":", 1)
    assert place.startswith(str(folder / "evening"))
    assert "<aside" in Path(place).read_text().splitlines()[int(line) - 1]


def test_json_is_one_document(evening: SiteBench) -> None:
    evening.write("themes/evening/templates/slot.html", NO_LABEL)
    result = check(evening.root, "--json")
    assert (result.exit_code, result.stderr, result.stdout.count("\n")) == (1, "", 1)
    read = json.loads(result.stdout)
    assert set(read) == {"passed", "themes", "problems"}
    (one,) = read["themes"]
    assert set(one) == {"theme", "passed", "pages", "rules", "problems", "weights"}
    assert (one["theme"], one["passed"], one["rules"]) == ("evening", False, len(RULES))
    assert [problem["code"] for problem in one["problems"]] == ["sponsor-label"]
    assert set(one["weights"]) == {"article-weight", "front-weight"}
    assert set(one["weights"]["front-weight"]) == {"bytes", "most"}


def test_json_of_a_refusal_is_a_document_too(tmp_path: Path) -> None:
    read = json.loads(check(tmp_path, "--json").stdout)
    assert (read["passed"], read["themes"]) == (False, [])
    assert [problem["code"] for problem in read["problems"]] == ["missing-file"]
