"""The command line: words, exit status, and what is printed where."""

import json
import re
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from conftest import loaded
from generator.cli import WORDS, Word, newsprint
from generator.commands.build import build as build_command
from sitebench import SiteBench, article

TODAY = ("--now", "2026-06-10T12:00:00Z", "--workers", "1")


def run(*words: object) -> Result:
    result = CliRunner().invoke(newsprint, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def build(bench: SiteBench, *words: object) -> Result:
    return run("build", bench.root, *TODAY, *words)


def document(bench: SiteBench, *words: object) -> dict[str, Any]:
    result = build(bench, "--json", *words)
    assert result.stderr == ""
    assert result.stdout.count("\n") == 1
    read: dict[str, Any] = json.loads(result.stdout)
    return read


FAULTY = {"topic": "chps"}


# Help


def test_help_says_what_it_is_and_what_the_exit_status_means() -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "Usage: newsprint [OPTIONS] COMMAND [ARGS]...\n"
        "\n"
        "  Newsprint builds a news site from markdown records.\n"
        "\n"
        "  A site is a folder with site.toml and content/.\n"
        "\n"
        "Options:\n"
    )
    assert re.search(r"\nCommands:\n  build +Build the site in the folder SITE", result.stdout)
    assert result.stdout.endswith("\n  Exit status: 0 done, 1 errors in the site's files, 2 wrong usage.\n")


def test_help_of_a_command_explains_every_option_and_gives_an_example() -> None:
    text = run("build", "-h").stdout
    options = {parameter.opts[0]: parameter for parameter in build_command.params if parameter.opts[0][0] == "-"}
    assert {"--now", "--drafts", "--workers", "--force", "--strict", "--keep-going", "--explain", "--json"} <= set(
        options
    )
    for name, option in options.items():
        assert name in text
        assert option.help  # type: ignore[attr-defined]
    assert text.endswith("\n  Example: newsprint build my-site --output /srv/www --explain\n")
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.parametrize("word", WORDS, ids=lambda word: word.name)
def test_the_list_of_words_says_of_each_what_its_own_help_begins_with(word: Word) -> None:
    command = word.load()
    assert command.name == word.name
    if word.short_help is None:
        assert command.get_short_help_str(200) == word.get_short_help_str(200)


def test_help_imports_no_command() -> None:
    script = "import sys; from generator.cli import newsprint; newsprint(['--help'], standalone_mode=False);"
    script += " print([name for name in sys.modules if name.startswith('generator.commands.')])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == str(["generator.commands.terminal", "generator.commands.terminal.streams"])


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").stdout == f"newsprint {version('newsprint')}\n"


# Exit status


def test_a_site_without_fault_is_built_with_status_0(bench: SiteBench) -> None:
    result = build(bench)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert (bench.output / "index.html").exists()
    assert result.stdout.startswith("Read 11 records; rendered ")
    assert result.stdout.endswith(f"The site is in {bench.output}/.\n")


def test_a_fault_of_the_sites_files_is_status_1_and_told_on_standard_error(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("Chip news 1", 1, **FAULTY))
    result = build(bench)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr == (
        "content/articles/a1.md:6: error: no topic 'chps' [unknown-reference]\n"
        "    topic: chps\n"
        "    hint: did you mean 'chips'? Topics live in content/topics/.\n"
        "Not checked because of this: the addresses of records that have errors or refer to one that has; "
        "quotations and extracts.\n"
        "1 error. Nothing was published; there is no site yet.\n"
    )


def test_a_refusal_leaves_the_site_that_was_there(bench: SiteBench) -> None:
    build(bench)
    before = bench.files()
    bench.write("content/articles/a1.md", article("Chip news 1", 1, **FAULTY))
    result = build(bench)
    assert result.stderr.endswith(f"1 error. Nothing was published; the site in {bench.output}/ is untouched.\n")
    assert bench.files() == before


def test_a_folder_without_a_site_is_status_1(tmp_path: Path) -> None:
    result = run("build", tmp_path)
    assert result.exit_code == 1
    assert "site.toml: error: no site.toml here [missing-file]" in result.stderr


def test_an_output_folder_that_cannot_be_is_status_1(bench: SiteBench) -> None:
    result = build(bench, "--output", bench.root / "content")
    assert result.exit_code == 1
    assert result.stderr.startswith("newsprint: ")
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bulid"], "No such command 'bulid'"),
        (["build", "--nope"], "No such option"),
        (["build", "a", "b"], "unexpected extra argument"),
        (["build", "--workers", "0"], "0 is not in the range 1<=x<=256"),
        (["build", "--workers", "many"], "'many' is not a valid integer"),
        (["build", "--strict", "--keep-going"], "--strict and --keep-going cannot be combined"),
        (["build", "a", "--site", "b"], "SITE and --site cannot be combined"),
        (["build", "--quiet", "--json"], "--quiet and --json cannot be combined"),
        (["build", "--quiet", "--explain"], "--quiet and --explain cannot be combined"),
        (["clean", "--json"], "--json cannot ask: add --yes"),
        (["build", "--now", "soon"], "'soon' is not a time such as 2026-06-03T09:30:00Z"),
        (["build", "--now", "2026-13-01"], "'2026-13-01' is not a time"),
        (["build", "--now", "0001-01-01T00:00:00+14:00"], "is not a time"),
        (["build", "--now", ""], "'' is not a time"),
    ],
)
def test_wrong_words_are_status_2_and_say_what_is_wrong(words: list[str], said: str) -> None:
    result = run(*words)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())
    assert result.stdout == ""


# Options


@pytest.mark.parametrize(
    ("now", "is_published"),
    [
        ("2026-05-20T08:00:00Z", True),
        ("2026-05-20T07:59:59Z", False),
        ("2026-05-20T09:59:59+02:00", False),
        ("2026-05-20T08:00:00", True),
        ("2026-05-21", True),
    ],
)
def test_the_site_is_built_as_if_it_were_that_time(bench: SiteBench, now: str, is_published: bool) -> None:
    bench.write("content/articles/later.md", article("Later", 20))
    assert run("build", bench.root, "--now", now, "--workers", 1).exit_code == 0
    assert (bench.output / "news/chips/later").exists() is is_published


def test_the_site_goes_where_it_is_told_to(bench: SiteBench, tmp_path: Path) -> None:
    result = build(bench, "-o", tmp_path / "elsewhere")
    assert (tmp_path / "elsewhere/index.html").exists()
    assert not bench.output.exists()
    assert result.stdout.endswith(f"The site is in {tmp_path}/elsewhere/.\n")


def test_the_current_folder_is_the_site_where_none_is_named(bench: SiteBench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(bench.root)
    result = run("build", *TODAY)
    assert result.exit_code == 0
    assert result.stdout.endswith("The site is in public/.\n")


def test_drafts_are_published_on_demand_only(bench: SiteBench) -> None:
    bench.write("content/articles/draft.md", article("Draft", 1, draft=True))
    build(bench)
    assert not (bench.output / "news/chips/draft").exists()
    build(bench, "--drafts")
    assert (bench.output / "news/chips/draft").exists()


def test_what_waits_is_published_on_demand_and_says_so(bench: SiteBench) -> None:
    bench.write("content/articles/waits.md", article("Waits", 1, published="2099-01-01T00:00:00Z"))
    build(bench)
    assert not (bench.output / "news/chips/waits").exists()
    build(bench, "--future")
    assert "Scheduled" in bench.page("news/chips/waits/index.html").texts("//main//header/p")
    assert bench.page("index.html").texts("//article[.//a='Waits']//span[@class='draft']") == ["Scheduled"]


def test_explain_says_of_each_output_what_became_of_it_and_why(bench: SiteBench) -> None:
    bench.write("content/pages/gone.md", "---\ntitle: Gone\n---\nx\n")
    build(bench)
    bench.edit("content/pages/about.md", "Who we are.", "Who we were.").remove("content/pages/gone.md")
    (bench.output / "robots.txt").unlink()
    lines = build(bench, "--explain").stdout.splitlines()[:-1]
    assert "rendered  about/index.html: what it shows changed" in lines
    assert "rendered  robots.txt: its file was missing from the output folder" in lines
    assert "removed   gone/index.html: it is no longer part of the site" in lines
    assert "kept      news/chips/a1/index.html: nothing it is made from changed" in lines
    paths = [line.split()[1].rstrip(":") for line in lines]
    assert paths == sorted(paths)
    assert set(paths) == {*bench.files(), "gone/index.html"}


def test_force_renders_everything_again(bench: SiteBench) -> None:
    build(bench)
    assert document(bench)["rendered"] == 0
    forced = document(bench, "--force")
    assert (forced["kept"], forced["written"], forced["rendered"]) == (0, 0, len(bench.files()))


def test_quiet_prints_problems_only(bench: SiteBench) -> None:
    assert (build(bench, "-q").output, (bench.output / "index.html").exists()) == ("", True)
    bench.write("content/articles/a1.md", article("Chip news 1", 1, **WARNING))
    result = build(bench, "--quiet")
    assert (result.stdout, result.stderr.count("[unusable-link]")) == ("", 1)


def test_a_build_says_what_readers_do_not_see_also_where_nothing_changed(bench: SiteBench) -> None:
    bench.write("content/articles/d1.md", article("D", 1, draft=True))
    bench.write("content/articles/d2.md", article("D", 1, draft=True, published="2027-01-01T00:00:00Z"))
    bench.write("content/articles/w.md", article("W", 1, published="2026-07-01T00:00:00Z"))
    bench.write("content/articles/e.md", article("E", 1, expires="2026-06-01T00:00:00Z"))
    for _ in range(2):
        said = build(bench).stdout
        assert said.startswith("Read 15 records, of which 2 drafts, 1 scheduled and 1 expired are not published; ")
    assert document(bench)["withheld"] == {"drafts": 2, "scheduled": 1, "expired": 1}
    assert document(bench, "--drafts", "--future")["withheld"] == {"drafts": 0, "scheduled": 0, "expired": 1}
    assert "records, of which 1 expired is not published; " in build(bench, "-D", "-F").stdout
    later = run("build", bench.root, "--now", "2026-07-02", "--workers", 1)
    assert "of which 2 drafts and 1 expired are not published" in later.stdout


EVERYWHERE = [
    *(["build"], ["check"], ["diff"], ["next"], ["sponsors"], ["stats"], ["ping"], ["clean", "--yes"]),
    *(["explain", "/"], ["list", "drafts"], ["new", "page", "Another"], ["theme", "list"], ["theme", "options"]),
    *(["theme", "new", "evening"], ["import", "hugo", "."]),
]


@pytest.mark.parametrize("words", EVERYWHERE, ids=" ".join)
def test_every_command_is_given_the_site_in_the_same_way(
    words: list[str], bench: SiteBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if words == ["ping"]:
        bench.build().expect_built()
    option = "-s" if words == ["build"] else "--site"
    monkeypatch.chdir(tmp_path)
    alone = run(*words)
    told = run(*words, option, "site", *(["--source", "wire", "--topic", "chips"] if words[0] == "import" else []))
    assert (alone.exit_code != 0, told.exit_code) == (True, 0), told.output


def test_all_options_that_the_same_letter_stands_for_are_one(bench: SiteBench) -> None:
    """A letter means the same in every command."""
    letters: dict[str, set[str]] = {}
    waiting: list[click.Command] = [newsprint]
    while waiting:
        command = waiting.pop()
        waiting += loaded(command).values() if isinstance(command, click.Group) else []
        for one in command.params:
            long = [name for name in one.opts if name.startswith("--")]
            for letter in one.opts:
                if re.fullmatch("-[A-Za-z]", letter):
                    letters.setdefault(letter, set()).update(long)
    assert {letter: names for letter, names in letters.items() if len(names) > 1} == {"-p": {"--patch", "--port"}}
    assert {"-o", "-q", "-v", "-p", "-s", "-w", "-y", "-n"} <= set(letters)


# Warnings and faulty records


WARNING = {"body": "See [this](nowhere)."}


def test_a_warning_is_told_and_the_site_is_published(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("Chip news 1", 1, **WARNING))
    result = build(bench)
    assert result.exit_code == 0
    assert result.stderr.startswith("content/articles/a1.md:9: warning: the link 'nowhere' is removed: ")
    assert "; 1 warning; " in result.stdout


def test_strict_takes_warnings_for_errors(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("Chip news 1", 1, **WARNING))
    result = build(bench, "--strict")
    assert result.exit_code == 1
    assert result.stderr.endswith("1 warning. Nothing was published; there is no site yet.\n")
    assert not bench.output.exists()
    assert build(bench.edit("content/articles/a1.md", "(nowhere)", "(page:about)"), "--strict").exit_code == 0


def test_keep_going_leaves_faulty_records_out_and_names_them(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("Chip news 1", 1, **FAULTY))
    bench.write("content/articles/a2.md", "no record")
    bench.write("content/pages/latest.md", "---\ntitle: Latest\n---\nx\n")
    bench.write("content/articles/a3.md", article("Chip news 3", 3, body="See [it](article:a1)."))
    result = build(bench, "--keep-going")
    assert result.exit_code == 0
    names = "content/articles/a1.md, content/articles/a2.md, content/pages/latest.md"
    assert f"Left out 3 records: {names}.\n" in result.stdout
    for code in ("unknown-reference", "no-front-matter", "path-taken"):
        assert f"[{code}]" in result.stderr
    news = sorted(path.name for path in (bench.output / "news/chips").iterdir())
    assert news == ["a3", "a4", "a5"]


def test_keep_going_cannot_go_on_without_a_config_or_a_theme(bench: SiteBench) -> None:
    assert build(bench.edit("site.toml", '"base"', '"bsae"'), "--keep-going").exit_code == 1
    assert build(bench.write("site.toml", "[site"), "--keep-going").exit_code == 1


# JSON

KEYS = {
    *("published", "read", "rendered", "written", "kept", "removed", "warnings", "problems", "left_out", "seconds"),
    *("output", "withheld", "unchecked", "healed"),
}


def test_json_is_one_document_of_what_was_done(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("Chip news 1", 1, **WARNING))
    read = document(bench)
    assert set(read) == KEYS
    files = len(bench.files())
    assert (read["published"], read["read"], read["rendered"], read["written"]) == (True, 11, files, files)
    assert (read["kept"], read["removed"], read["warnings"], read["left_out"]) == (0, 0, 1, [])
    assert read["output"] == str(bench.output)
    assert 0 < read["seconds"] < 60
    (problem,) = read["problems"]
    assert problem["code"] == "unusable-link"
    assert (problem["file"], problem["line"], problem["severity"]) == ("content/articles/a1.md", 9, "warning")


def test_json_counts_what_was_kept_and_removed(bench: SiteBench) -> None:
    build(bench)
    bench.remove("content/pages/about.md")
    read = document(bench)
    assert read["removed"] == 1
    assert read["rendered"] + read["kept"] == len(bench.files())
    again = document(bench)
    assert (again["rendered"], again["written"], again["removed"]) == (0, 0, 0)


def test_json_of_a_refusal_has_the_same_keys(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("Chip news 1", 1, **FAULTY))
    result = build(bench, "--json")
    assert (result.exit_code, result.stderr) == (1, "")
    read = json.loads(result.stdout)
    assert set(read) == KEYS
    assert (read["published"], read["rendered"], read["warnings"]) == (False, 0, 0)
    (problem,) = read["problems"]
    assert problem["code"] == "unknown-reference"
    assert problem["key"] == ["topic"]
    assert problem["hint"].startswith("did you mean 'chips'?")


def test_json_of_a_folder_that_cannot_be_written_says_so(bench: SiteBench) -> None:
    result = build(bench, "--json", "--output", bench.root)
    read = json.loads(result.stdout)
    assert (result.exit_code, read["published"]) == (1, False)
    assert set(read) == KEYS | {"failure"}


def test_json_explains_too(bench: SiteBench) -> None:
    outputs = document(bench, "--explain")["outputs"]
    assert set(outputs) == set(bench.files())
    assert outputs["index.html"] == {"fate": "rendered", "reason": "it is new"}


def test_json_of_keep_going_names_what_was_left_out(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("Chip news 1", 1, **FAULTY))
    read = document(bench, "--keep-going")
    assert (read["published"], read["left_out"]) == (True, ["content/articles/a1.md"])
    assert [problem["severity"] for problem in read["problems"]] == ["error"]


# As a program


def newsprint_program(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


def test_the_program_speaks_under_its_own_name_and_gives_its_status(bench: SiteBench) -> None:
    wrong = newsprint_program("build", "--now", "soon", cwd=bench.root)
    assert (wrong.returncode, wrong.stdout) == (2, "")
    assert wrong.stderr.startswith("Usage: newsprint build [OPTIONS] [SITE]\n")
    good = newsprint_program("build", *TODAY, cwd=bench.lend_theme().root)
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout.endswith("The site is in public/.\n")


def test_asking_for_the_version_loads_none_of_the_heavy_libraries(tmp_path: Path) -> None:
    program = (
        "import sys, runpy\n"
        "sys.argv = ['newsprint', '--version']\n"
        "try: runpy.run_module('generator', run_name='__main__')\n"
        "except SystemExit: pass\n"
        "heavy = {'lxml', 'feedgen', 'pygments', 'rich', 'jinja2', 'markdown', 'PIL'} & set(sys.modules)\n"
        "print(sorted(heavy))\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "[]"


def test_every_command_but_two_has_json() -> None:
    """`serve` goes on for as long as it is let, and `completion` prints a script."""
    waiting = [((), newsprint)]
    without = []
    while waiting:
        words, command = waiting.pop()
        if isinstance(command, click.Group):
            waiting += [((*words, word), one) for word, one in loaded(command).items()]
        elif not any("--json" in one.opts for one in command.params):
            without.append(" ".join(words))
    assert sorted(without) == ["completion", "serve"]
