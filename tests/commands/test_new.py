"""`newsprint init`, `newsprint new` and `newsprint completion`: words, exit status, and what is printed where."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import newsprint
from generator.commands.author import new
from generator.load.ids import list_ids
from generator.reach import Reach
from generator.records import KINDS
from sitebench import SiteBench


def run(*words: object, env: dict[str, str] | None = None) -> Result:
    result = CliRunner().invoke(newsprint, [*map(str, words)], env=env)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.mark.parametrize("word", ["init", "new", "completion"])
def test_help_gives_an_example(word: str) -> None:
    assert "Example: " in (shown := run(word, "--help").stdout)
    assert f"newsprint {word}" in shown.partition("Example: ")[2]


def test_every_kind_can_be_made() -> None:
    assert new.params[0].type.to_info_dict()["choices"] == tuple(KINDS)


# init


def test_init_says_what_it_made_and_what_comes_next(tmp_path: Path) -> None:
    result = run("init", tmp_path / "a site", "--title", "Chip News", "--url", "https://chips.example/news")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "\n  site.toml\n" in result.stdout
    assert result.stdout.endswith(f"Preview it: newsprint serve '{tmp_path / 'a site'}'\n")
    assert 'url = "https://chips.example/news"' in (tmp_path / "a site/site.toml").read_text()
    assert run("build", tmp_path / "a site", "--strict", "--workers", "1").exit_code == 0


def test_init_prints_one_document(tmp_path: Path) -> None:
    document = json.loads(run("init", tmp_path / "new", "--json").stdout)
    assert document["folder"] == str(tmp_path / "new")
    assert all((tmp_path / "new" / file).is_file() for file in document["files"])
    (tmp_path / "shut").mkdir(mode=0o500)
    if os.geteuid() != 0:
        refused = run("init", tmp_path / "shut/new", "--json")
        assert refused.exit_code == 1
        assert "Permission denied" in json.loads(refused.stdout)["failure"]


def test_init_says_what_it_added_and_what_stays(tmp_path: Path) -> None:
    for name in (".gitignore", "README.md", "LICENSE"):
        (tmp_path / name).write_text("Ours.\n")
    said = run("init", "--site", tmp_path).stdout
    assert "\nAdded the output of builds to .gitignore.\nUnchanged: LICENSE, README.md.\nPreview it: " in said
    assert "\n  .gitignore\n" not in said
    (tmp_path / "other").mkdir()
    (tmp_path / "other/README.md").write_text("Ours.\n")
    document = json.loads(run("init", tmp_path / "other", "--json").stdout)
    assert (document["completed"], document["stays"]) == ([], ["README.md"])


def test_init_refuses_a_folder_that_holds_a_site(bench: SiteBench) -> None:
    before = (bench.root / "site.toml").read_text()
    result = run("init", bench.root)
    assert result.exit_code == 2
    assert "already contains 'site.toml'" in result.stderr
    assert (bench.root / "site.toml").read_text() == before


# new


def test_a_new_record_is_reported_with_its_file(bench: SiteBench) -> None:
    words = ("new", "article", "Chip ban lifted", "--topic", "chips", "--source", "wire", "--site", bench.root)
    document = json.loads(run(*words, "--json").stdout)
    assert (document["id"], document["kind"]) == ("chip-ban-lifted", "article")
    assert "draft: true\n" in (bench.root / document["file"]).read_text()
    bench.build(drafts=True).expect_built().expect_report("")


def test_what_is_taken_is_refused_with_an_id_that_is_free(bench: SiteBench) -> None:
    words = ("new", "topic", "Chips!", "--site", bench.root)
    result = run(*words)
    assert result.exit_code == 1
    assert result.stderr == (
        "content/topics/chips.md: error: the topic id 'chips' is taken [duplicate-id]\n"
        "    hint: choose another: --id chips-2\n"
    )
    assert json.loads(run(*words, "--json").stdout)["problems"][0]["code"] == "duplicate-id"
    assert run(*words, "--id", "chips-2").exit_code == 0
    assert list(list_ids(Reach(bench.root), "topic")) == ["chips-2", "chips", "space"]


def test_the_topic_and_source_are_the_only_ones_or_named(bench: SiteBench) -> None:
    refused = run("new", "article", "A", "--source", "wire", "--site", bench.root)
    assert refused.exit_code == 2
    assert "choose the topic with --topic; there are chips, space" in refused.stderr
    assert "did you mean 'chips'?" in run("new", "story", "A", "--topic", "chip", "--site", bench.root).stderr
    bench.remove("content/topics/space.md").remove("content/sources/post.md")
    assert run("new", "article", "A", "--site", bench.root).exit_code == 0
    bench.remove("content/topics/chips.md")
    assert "create one: newsprint new topic TITLE" in run("new", "story", "A", "--site", bench.root).stderr


def test_the_sites_own_source_is_taken_where_none_is_named(bench: SiteBench) -> None:
    bench.edit("site.toml", "[theme]", 'source = "post"\n[theme]')
    run("new", "article", "Ours", "--topic", "chips", "--no-draft", "--site", bench.root)
    text = next(bench.root.glob("content/articles/*/ours.md")).read_text()
    assert "source: post\n" in text
    assert "draft" not in text


@pytest.mark.parametrize("kind", ["topic", "source", "entity", "page"])
def test_what_others_refer_to_is_a_draft_if_asked(bench: SiteBench, kind: str) -> None:
    for words, is_draft in (((), False), (("--no-draft",), False), (("--draft",), True)):
        result = run("new", kind, "New", "--id", f"new{''.join(words)}", *words, "--json", "--site", bench.root)
        text = (bench.root / json.loads(result.stdout)["file"]).read_text()
        assert ("draft: true\n" in text) is is_draft
    bench.build().expect_built().expect_report("")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("article", "!!!", "--topic", "chips", "--source", "wire"), "set one with --id"),
        (("article", " \n", "--topic", "chips", "--source", "wire"), "the title is empty"),
        (("article", "A", "--topic", "chips", "--source", "wire", "--no-draft"), "--no-draft requires --source-url"),
        (("sponsor", "A", "--no-draft"), "--no-draft is not for sponsor"),
        (
            (
                *("article", "A", "--topic", "chips", "--source", "wire", "--source-url", "https://w.example/"),
                *("--form", "brief", "--no-draft"),
            ),
            "--no-draft is not for '--form brief'",
        ),
        (("article", "A", "--topic", "chips", "--source", "wire", "--source-url", "x"), "'x' is not an http(s) URL"),
        (("article", "A", "--topic", "chips", "--source", "wire", "--story", "x"), "no story 'x'"),
        (("page", "A", "--topic", "chips"), "--topic is for article, story, not for page"),
        (("page", "A", "--id", "../../up"), "cannot be part of a path"),
        (("paper", "A"), "'paper' is not one of"),
    ],
)
def test_what_makes_no_record_is_wrong_usage_and_writes_nothing(
    bench: SiteBench, words: tuple[str, ...], said: str
) -> None:
    before = sorted(bench.root.rglob("*"))
    result = run("new", *words, "--site", bench.root)
    assert result.exit_code == 2
    assert said in result.stderr
    assert sorted(bench.root.rglob("*")) == before


def test_without_a_site_there_is_nothing_to_add_to(tmp_path: Path) -> None:
    result = run("new", "page", "About", "--site", tmp_path, "--json")
    assert result.exit_code == 1
    assert [problem["code"] for problem in json.loads(result.stdout)["problems"]] == ["missing-file"]


def test_a_folder_that_leads_elsewhere_is_not_written_to(bench: SiteBench, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (bench.root / "content/stories").symlink_to(tmp_path / "elsewhere")
    result = run("new", "story", "A", "--topic", "chips", "--site", bench.root)
    assert result.exit_code == 1
    assert "a link leads out of content/" in result.stderr


def test_an_editor_that_cannot_be_called_is_told(bench: SiteBench) -> None:
    result = run("new", "page", "How we work", "--edit", "--site", bench.root, env={"VISUAL": "'vi"})
    assert result.exit_code == 1
    assert "Error: the editor in $VISUAL or $EDITOR cannot be started" in result.stderr


def test_the_editor_is_given_the_file(bench: SiteBench) -> None:
    editor = bench.write("editor.py", "import sys; open(sys.argv[1], 'a').write('Edited.')").root / "editor.py"
    run("new", "page", "How we work", "--edit", "--site", bench.root, env={"VISUAL": f"{sys.executable} {editor}"})
    assert (bench.root / "content/pages/how-we-work.md").read_text().endswith("Edited.")


# completion

PROGRAM = Path(sys.executable).with_name("newsprint")


def complete(line: str, folder: Path) -> set[str]:
    words = line.split(" ")
    ran = subprocess.run(
        [PROGRAM],
        env={"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_NEWSPRINT_COMPLETE": "bash_complete"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stderr == ""
    return {one.partition(",")[2] for one in ran.stdout.splitlines() if one}


def test_ids_complete_from_the_files_of_the_site(bench: SiteBench) -> None:
    bench.write("content/stories/big.md", "---\nid: bigger\n---\n")
    assert complete("newsprint new article x --topic ", bench.root) == {"chips", "space"}
    assert complete("newsprint new article x --topic sp", bench.root) == {"space"}
    assert complete("newsprint new article x --source ", bench.root) == {"wire", "post"}
    assert complete(f"newsprint new article x --site {bench.root} --story b", bench.root.parent) == {"bigger"}
    assert complete("newsprint new article x --topic ", bench.root.parent) == set()
    assert complete("newsprint new s", bench.root) == {"story", "source", "sponsor"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_a_script_that_it_can_read(shell: str, tmp_path: Path) -> None:
    script = run("completion", shell).stdout
    assert f"_NEWSPRINT_COMPLETE={shell}_complete" in script
    (tmp_path / "script").write_text(script)
    if shutil.which(shell):
        subprocess.run([shell, "-n", tmp_path / "script"], check=True)


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash")
def test_bash_completes_ids_by_the_script_and_leaves_out_what_cannot_be_one(bench: SiteBench) -> None:
    ask = """source ./script; COMP_WORDS=(newsprint new article x --topic ""); COMP_CWORD=5; _newsprint_completion"""
    bench.write("script", run("completion", "bash").stdout)
    for number, taken in enumerate(("*", "[a-z]*", "a b", "a,b", "$(touch run)", "`touch run`", "~", "-x", "\\u202ex")):
        bench.write(f"content/topics/hostile-{number}.md", f'---\nid: "{taken}"\n---\n')
    ran = subprocess.run(
        ["bash", "-c", ask + ' newsprint; printf "%s\\n" "${COMPREPLY[@]}"'],
        env={"PATH": f"{PROGRAM.parent}:{os.environ['PATH']}"},
        cwd=bench.root,
        capture_output=True,
        text=True,
        check=True,
    )
    assert sorted(ran.stdout.split()) == ["chips", "space"]
    assert not (bench.root / "run").exists()


def test_a_fault_of_ours_is_not_the_users_wrong_usage(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> str:
        raise ValueError("no value")

    monkeypatch.setattr("generator.scaffold.start.fold_text", fail)
    with pytest.raises(ValueError, match="no value"):
        run("init", tmp_path / "new")
