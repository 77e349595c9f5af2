"""What docs/deploying.md shows: workflows that are valid, scripts that run, and a cache that spares the work."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from conftest import ROOT
from sitebench import SiteBench, article
from tools import require_git, require_jq

pytestmark = pytest.mark.slow

DOCS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
BLOCK = re.compile(r"^(```+)(\w+) ?(\S*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)

Blocks = list[tuple[str, str, str]]


def blocks(*languages: str) -> Blocks:
    """Page, path and text of the code blocks of all pages in some languages."""
    return [
        (page.name, match[3], match[4])
        for page in DOCS
        for match in BLOCK.finditer(page.read_text())
        if match[2] in languages
    ]


YAML = blocks("yaml")
WORKFLOWS = [yaml.safe_load(text) for _, path, text in YAML if path.startswith(".github/workflows/")]
ACTIONS = {path: yaml.safe_load(text) for _, path, text in YAML if path.endswith("/action.yml")}


(ACTION,) = (action["runs"]["steps"] for action in ACTIONS.values())


def steps() -> Iterator[dict[str, Any]]:
    """Every step of every workflow, action and fragment."""
    for workflow in WORKFLOWS:
        for job in workflow["jobs"].values():
            yield from job["steps"]
    for action in ACTIONS.values():
        yield from action["runs"]["steps"]
    for _, path, text in YAML:
        if not path:
            yield from yaml.safe_load(text)


def test_there_is_a_workflow_for_each_host_and_one_that_checks() -> None:
    assert [workflow["name"] for workflow in WORKFLOWS] == ["Publish"] * 5 + ["Check"]
    assert list(ACTIONS) == [".github/actions/newsprint/action.yml"]


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda workflow: workflow["name"])
def test_a_workflow_says_when_and_where_it_runs_and_what_it_may(workflow: dict[Any, Any]) -> None:
    assert workflow[True], "YAML 1.1 reads `on` as true"
    assert workflow["permissions"]["contents"] == "read"
    for job in workflow["jobs"].values():
        assert job["runs-on"]
        assert job["steps"][0] == {"uses": "actions/checkout@v4"}


def test_every_step_uses_an_action_or_runs_something() -> None:
    for step in steps():
        assert ("uses" in step) != ("run" in step), step
        if step.get("uses", "").startswith("./"):
            action = ACTIONS[step["uses"].removeprefix("./") + "/action.yml"]
            assert set(step.get("with", ())) <= set(action["inputs"])
        elif "uses" in step:
            assert re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step["uses"]), step
    for action in ACTIONS.values():
        assert all("shell" in step for step in action["runs"]["steps"] if "run" in step), "a composite action needs it"


def test_what_is_restored_is_what_is_saved_and_only_after_the_deploy() -> None:
    restored = ACTION[0]["with"]
    for workflow in WORKFLOWS[:5]:
        (job,) = workflow["jobs"].values()
        saved = job["steps"][-1]
        assert saved["uses"] == "actions/cache/save@v4"
        assert saved["with"] == {"path": restored["path"], "key": restored["key"]}
    assert restored["key"].startswith(restored["restore-keys"])


@pytest.mark.parametrize(
    "script",
    [text for _, _, text in blocks("sh", "bash")] + [step["run"] for step in steps() if "run" in step],
    ids=lambda script: script.split("\n")[0][:40],
)
def test_every_script_of_the_docs_is_one(script: str) -> None:
    assert "${{" not in script, "what others write must come in by the environment"
    checked = subprocess.run(["bash", "-n"], check=False, input=script, capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr


def run_step(step: dict[str, Any], folder: Path, **environment: str) -> None:
    """Run a step as GitHub runs what has `shell: bash`."""
    command = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    subprocess.run(command, cwd=folder, env={"PATH": path, **environment}, check=True, capture_output=True)


def is_due(folder: Path, event: str) -> bool:
    """What the action's second step finds."""
    told = folder / "told"
    told.write_text("")
    run_step(ACTION[1], folder, GITHUB_EVENT_NAME=event, GITHUB_OUTPUT=str(told))
    assert told.read_text() in ("", "is_due=true\n")
    return bool(told.read_text())


@pytest.mark.parametrize(
    ("event", "next_build", "due"),
    [
        ("schedule", None, True),
        ("schedule", "", True),
        ("schedule", "2020-01-01T00:00:00Z", True),
        ("schedule", "2999-01-01T00:00:00Z", False),
        ("schedule", "9999", False),
        ("push", "2999-01-01T00:00:00Z", True),
    ],
)
def test_a_schedule_builds_when_the_time_has_come(
    event: str, next_build: str | None, due: bool, tmp_path: Path
) -> None:
    if next_build is not None:
        (tmp_path / "next-build").write_text(next_build + "\n")
    assert is_due(tmp_path, event) == due


def test_the_action_builds_and_then_waits_for_the_moment_that_comes_next(bench: SiteBench) -> None:
    require_jq()
    bench.write("content/articles/late.md", article("Late", 1, published="2999-05-01T08:00:00Z"))
    bench.write("requirements.txt", "")
    assert is_due(bench.root, "schedule")
    run_step(ACTION[3], bench.root, OUTPUT="public")
    assert (bench.output / "index.html").exists()
    assert (bench.root / "next-build").read_text() == "2999-05-01T08:00:00Z\n"
    assert not is_due(bench.root, "schedule")


def test_the_script_of_a_server_builds_what_was_pushed_and_tries_again_where_it_was_refused(
    bench: SiteBench, tmp_path: Path
) -> None:
    require_jq()
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@a", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@a"}
    server, web = tmp_path / "server", tmp_path / "web"

    def git(*words: str) -> None:
        run = [require_git(), "-C", str(bench.root), *words]
        subprocess.run(run, env={"PATH": os.environ["PATH"], **who}, check=True, capture_output=True)

    def push() -> None:
        git("add", "--all")
        git("commit", "--message", "news")

    git("init", "--quiet")
    push()
    git("clone", "--quiet", str(bench.root), str(server))
    script = next(text for _, _, text in blocks("bash"))
    script = script.replace("/srv/news", str(server)).replace("/var/www/chips.example/public", str(web))
    step = {"run": script}

    run_step(step, tmp_path)
    first = (web / "index.html").stat().st_mtime_ns
    assert (server / "next-build").read_text() == "9999\n"
    run_step(step, tmp_path)
    assert (web / "index.html").stat().st_mtime_ns == first

    bench.write("content/articles/a9.md", article("Hot news", 30, topic="chps"))
    push()
    for _ in range(2):
        with pytest.raises(subprocess.CalledProcessError) as refused:
            run_step(step, tmp_path)
        assert b"unknown-reference" in refused.value.stderr
        assert not (server / "next-build").exists()

    bench.write("content/articles/a9.md", article("Hot news", 30))
    push()
    run_step(step, tmp_path)
    assert "Hot news" in (web / "index.html").read_text()


def check_out(bench: SiteBench, folder: Path) -> SiteBench:
    """The same files elsewhere, all of them with a new time."""
    shutil.copytree(
        bench.root, folder, ignore=shutil.ignore_patterns(".newsprint", "public"), copy_function=shutil.copy
    )
    return SiteBench(folder)


def test_a_fresh_checkout_with_the_cache_put_back_renders_only_what_changed(bench: SiteBench, tmp_path: Path) -> None:
    bench.build().expect_built()
    pack = next(text for page, _, text in blocks("sh") if page == "deploying.md" and text.startswith("tar "))
    subprocess.run(["bash", "-c", pack], cwd=bench.root, check=True)

    fresh = check_out(bench, tmp_path / "fresh")
    subprocess.run(["tar", "-xf", bench.root / "newsprint-cache.tar"], cwd=fresh.root, check=True)
    fresh.build().expect_built().expect_rendered()
    fresh.write("content/pages/about.md", "---\ntitle: About\nnavigation: header\n---\nWho we are, anew.\n").build()
    assert "about/index.html" in fresh.rendered
    assert "404.html" not in fresh.rendered
    assert fresh.files()["about/index.html"] != bench.files()["about/index.html"]


def test_a_cache_without_what_was_built_builds_the_same_again(bench: SiteBench, tmp_path: Path) -> None:
    bench.write("content/articles/gone.md", article("Soon gone", 2)).build().expect_built()
    bench.remove("content/articles/gone.md")
    fresh = check_out(bench, tmp_path / "fresh")
    shutil.copytree(bench.root / ".newsprint", fresh.root / ".newsprint")
    assert fresh.build().expect_built().files() == bench.build().files()
