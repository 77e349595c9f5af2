"""`newsprint clean`: all that builds left goes, and nothing else."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import newsprint
from generator.publish import lock, lock_site
from generator.publish.place import COPY_NAME
from sitebench import SiteBench

SOURCES = ("site.toml", "content", "themes")


def clean(bench: SiteBench, *words: object, answer: str | None = None) -> Result:
    result = CliRunner().invoke(newsprint, ["clean", str(bench.root), *map(str, words)], input=answer)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def left(bench: SiteBench) -> set[str]:
    """What lies in the site's folder besides its sources."""
    found = (file.relative_to(bench.root).as_posix() for file in bench.root.rglob("*"))
    return {path for path in found if path.split("/")[0] not in SOURCES}


def test_all_that_builds_left_goes_and_the_next_build_is_as_the_first(bench: SiteBench) -> None:
    first = bench.build().expect_built().files()
    bench.build(output=bench.root / "preview", drafts=True).expect_built()
    assert CliRunner().invoke(newsprint, ["check", str(bench.root)]).exit_code == 0
    sources = {file: file.read_bytes() for file in bench.root.glob("content/**/*.md")}
    result = clean(bench, "--yes")
    assert (result.exit_code, result.stderr, left(bench)) == (0, "", set())
    assert result.stdout.startswith("Removed ")
    assert {file: file.read_bytes() for file in bench.root.glob("content/**/*.md")} == sources
    assert bench.build().expect_built().files() == first
    assert bench.report is not None
    assert bench.report.kept == 0


def test_it_asks_first(bench: SiteBench) -> None:
    bench.build().expect_built()
    before = left(bench)
    for answer in ("n\n", ""):
        refused = clean(bench, answer=answer)
        assert (refused.exit_code, left(bench)) == (1, before)
        assert f"public: {len(bench.files())} files that builds wrote\n" in refused.stdout
        assert ".newsprint: memory.sqlite, outputs/" in refused.stdout
    assert clean(bench, answer="y\n").exit_code == 0
    assert left(bench) == set()
    assert clean(bench).stdout == "There is nothing to remove.\n"
    assert clean(bench, "--yes").exit_code == 0


def test_what_others_made_or_changed_stays_and_is_named(bench: SiteBench) -> None:
    bench.build().expect_built()
    bench.write("public/CNAME", "chips.example").write("public/deep/own.html", "mine").write("public/about/x.txt", "me")
    bench.write("public/index.html", "changed").write(".newsprint/note.txt", "mine").write("notes.txt", "mine")
    result = clean(bench, "--yes")
    kept = {"public/CNAME", "public/deep/own.html", "public/about/x.txt", "public/index.html"}
    assert {path for path in left(bench) if (bench.root / path).is_file()} == {
        *(kept | {".newsprint/note.txt", "notes.txt"})
    }
    assert "public: 1 file that someone changed stays: index.html\n" in result.stderr
    assert ".newsprint/note.txt does not belong to newsprint and stays\n" in result.stderr


def test_links_are_removed_and_never_followed(bench: SiteBench, tmp_path: Path) -> None:
    bench.build().expect_built()
    outside = SiteBench(tmp_path / "outside").write("keep.txt", "mine")
    (bench.root / ".newsprint/check").symlink_to(outside.root)
    (bench.output / "out").symlink_to(outside.root)
    assert clean(bench, "--yes").exit_code == 0
    assert (outside.root / "keep.txt").exists()
    assert left(bench) == {"public", "public/out"}


def test_a_site_that_is_deployed_elsewhere_stays_until_it_is_named(bench: SiteBench, tmp_path: Path) -> None:
    elsewhere = tmp_path / "srv/www"
    bench.build(output=elsewhere).expect_built()
    bench.build().expect_built()
    files = sorted(elsewhere.rglob("*"))
    number = sum(file.is_file() and file.name != COPY_NAME for file in files)
    told = clean(bench, "--yes")
    assert sorted(elsewhere.rglob("*")) == files
    assert "what builds wrote into ../srv/www stays; to remove it, use --output" in told.stderr
    bench.build(output=elsewhere).expect_rendered()
    document = json.loads(clean(bench, "--yes", "--json", "--output", elsewhere).stdout)
    assert len(document["written"][0]["outputs"]) == number
    assert not elsewhere.exists()
    assert (bench.root / ".newsprint/memory.sqlite").exists()


def test_a_store_stays_until_it_is_named(bench: SiteBench) -> None:
    bench.build(output="memory://bucket/news").expect_built()
    assert "what builds wrote into memory://bucket/news stays" in clean(bench, "--yes").stderr
    assert clean(bench, "--yes", "--output", "memory://bucket/news").stdout.startswith("Removed ")
    from fsspec.implementations.memory import MemoryFileSystem

    assert not list(MemoryFileSystem().find("/bucket/news"))
    assert clean(bench, "--yes").stderr == ""
    assert left(bench) == set()


def test_what_a_build_that_was_cut_off_left_goes_too(bench: SiteBench) -> None:
    bench.build().expect_built()
    bench.write("public/.newsprint-staging/new/a.html", "staged")
    clean(bench, "--yes")
    assert left(bench) == set()


def test_it_waits_for_a_build_and_a_folder_without_a_site_is_refused(
    bench: SiteBench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.build().expect_built()
    monkeypatch.setattr(lock, "PATIENCE_SECONDS", 0.0)
    with lock_site(bench.root, by="newsprint serve"):
        refused = clean(bench, "--yes")
    assert (refused.exit_code, "'newsprint serve' (process " in refused.stderr) == (1, True)
    assert bench.files()
    nothing = CliRunner().invoke(newsprint, ["clean", str(tmp_path / "no"), "--yes", "--json"])
    assert nothing.exit_code == 1
    assert json.loads(nothing.stdout)["problems"][0]["code"] == "missing-file"
