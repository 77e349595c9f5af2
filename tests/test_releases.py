"""Whole sites in `mode = "release"`: what builds, rollbacks and the other commands make of them."""

import json
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli import newsprint
from generator.errors import PublishError
from generator.publish import read_addresses, state_folder
from generator.serve import Preview
from sitebench import NOW, SMALL, SiteBench, article

pytestmark = pytest.mark.slow

RELEASE = '[publish]\nmode = "release"\n\n[images]'
A1 = "content/articles/a1.md"


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with two releases."""
    bench = SiteBench(tmp_path_factory.mktemp("releases") / "site").write_all(SMALL)
    for day in range(1, 6):
        bench.write(f"content/articles/a{day}.md", article(f"Chip news {day}", day))
    bench.edit("site.toml", "[images]", RELEASE).build().expect_built()
    return bench.edit(A1, "Chip news 1", "Chip news one").build().expect_built().root


@pytest.fixture
def released(prepared: Path, tmp_path: Path) -> SiteBench:
    """A copy of that site."""
    shutil.copytree(prepared, tmp_path / "site", symlinks=True)
    return SiteBench(tmp_path / "site")


def run(bench: SiteBench, *words: object) -> Result:
    name, *others = words
    result = CliRunner().invoke(newsprint, [str(name), *map(str, others), "--site", str(bench.root)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def live(bench: SiteBench) -> str:
    return str(bench.output.readlink())


def test_an_incremental_release_equals_a_clean_build(released: SiteBench) -> None:
    released.remove("content/articles/a2.md").edit(A1, "one", "1").build().expect_built()
    assert live(released) == "public.releases/3"
    assert 0 < len(released.rendered) < len(released.files())
    released.expect_same_as_clean_build()
    released.build().expect_rendered()
    assert live(released) == "public.releases/3"


def test_after_a_rollback_builds_are_refused_and_a_resumed_one_equals_a_clean_build(released: SiteBench) -> None:
    second = released.files()
    done = run(released, "rollback")
    assert done.stdout == (
        f"Release 1 is live in {released.output}; before it was 2.\n"
        "Builds publish nothing until you run: newsprint build --resume\n"
    )
    assert released.files() != second
    with pytest.raises(PublishError, match="it is rolled back to release 1"):
        released.build()
    assert "changed  news/chips/a1/index.html" in run(released, "diff", "--now", NOW.isoformat()).stdout
    released.remove("content/articles/a2.md").build(resume=True).expect_built().expect_same_as_clean_build()
    assert live(released) == "public.releases/3"
    released.build().expect_rendered()


def test_addresses_that_readers_know_from_a_later_release_are_reported(released: SiteBench) -> None:
    run(released, "rollback")
    released.edit(A1, "published:", "slug: moved\npublished:").build(resume=True).expect_built()
    assert "'/news/chips/a1/' no longer exists" in released.problems
    book = read_addresses(state_folder(released.root, released.output.resolve()))
    assert "news/chips/a1/index.html" in book.gone


def test_a_folder_becomes_releases_and_back_without_rendering_anything(bench: SiteBench) -> None:
    before = bench.write("public/CNAME", "of someone else").build().expect_built().files()
    bench.edit("site.toml", "[images]", RELEASE).build().expect_rendered()
    assert (live(bench), bench.files()) == ("public.releases/2", before)
    bench.edit("site.toml", '"release"', '"folder"').build().expect_rendered()
    assert not bench.output.is_symlink()
    assert bench.files() == before
    bench.build().expect_rendered()


def test_emptied_sources_and_files_of_others_are_refused_as_in_a_folder(released: SiteBench) -> None:
    released.write("public/news/chips/new/index.html", "of someone else")
    released.write("content/articles/new.md", (released.root / A1).read_text())
    with pytest.raises(PublishError, match="will not overwrite it; move it, or use --adopt"):
        released.build()
    for day in range(1, 6):
        released.remove(f"content/articles/a{day}.md")
    released.remove("content/articles/new.md")
    with pytest.raises(PublishError, match="--allow-shrink"):
        released.build(allow_shrink=False)
    assert live(released) == "public.releases/2"
    assert sorted(path.name for path in (released.root / "public.releases").iterdir()) == ["1", "2"]


def test_a_store_has_no_releases(released: SiteBench) -> None:
    released.build(output="memory://bucket/news").expect_refused()
    assert "'release' needs an output folder" in released.problems
    assert "[wrong-value]" in released.problems
    refused = run(released, "rollback", "--output", "memory://bucket/news")
    assert (refused.exit_code, refused.stderr) == (1, "newsprint: memory://bucket/news: a store has no releases\n")


def test_another_output_folder_has_its_own_releases(released: SiteBench, tmp_path: Path) -> None:
    other = tmp_path / "www/site"
    released.build(output=other).expect_built()
    assert str(other.readlink()) == "site.releases/1"
    assert live(released) == "public.releases/2"


def test_releases_are_listed_for_people_and_programs(released: SiteBench) -> None:
    released.edit(A1, "one", "1").build(now=NOW + timedelta(minutes=1)).expect_built()
    run(released, "rollback", 2)
    lines = run(released, "releases").stdout.splitlines()
    assert [line.split()[:3] for line in lines[1:4]] == [
        ["3", "2026-06-10", "12:01"],
        ["live", "2", "2026-06-10"],
        ["1", "2026-06-10", "12:00"],
    ]
    assert lines[4] == "The site is rolled back. Builds publish nothing until you run: newsprint build --resume"
    document = json.loads(run(released, "releases", "--json").stdout)
    assert document["held"]
    assert document["releases"][1] == {
        "number": 2,
        "built": "2026-06-10T12:00:00Z",
        "outputs": len(released.files()),
        "size": sum(map(len, released.files().values())),
        "is_live": True,
    }


def test_a_site_without_releases_says_so(bench: SiteBench) -> None:
    assert run(bench, "releases").stdout == f"{bench.output} has no releases.\n"
    refused = run(bench, "rollback")
    assert (refused.exit_code, "set mode = 'release' in [publish]" in refused.stderr) == (1, True)
    assert run(bench, "rollback", 0).exit_code == 2


def test_the_preview_shows_the_live_release_until_it_is_built(released: SiteBench) -> None:
    assert Preview(root=released.root).meanwhile == released.output


def test_clean_removes_all_releases_and_the_link(released: SiteBench, tmp_path: Path) -> None:
    other = tmp_path / "www"
    released.build(output=other).expect_built()
    (released.root / "public.releases/7/.newsprint-staging").mkdir(parents=True)
    result = run(released, "clean", "--yes")
    assert result.exit_code == 0
    assert sorted(path.name for path in released.root.iterdir()) == [".newsprint", "content", "site.toml"]
    assert result.stderr == "what builds wrote into ../www stays; to remove it, use --output\n"
    assert run(released, "clean", "--yes", "--output", other).exit_code == 0
    assert not list(tmp_path.glob("www*"))


def test_clean_leaves_the_files_of_others_in_the_live_release_alone(released: SiteBench) -> None:
    released.write("public/own.txt", "of someone else").edit(A1, "one", "1").build().expect_built()
    assert run(released, "clean", "--yes").exit_code == 0
    assert [path.as_posix() for path in (released.root / "public.releases").rglob("*.txt")] == [
        str(released.root / "public.releases/3/own.txt")
    ]
    assert (released.output / "own.txt").read_text() == "of someone else"
