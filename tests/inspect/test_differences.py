"""What `compare_outputs` tells is what a build then does."""

from typing import Any

from generator.build import Request, survey
from generator.inspect import OutputDifference, compare_outputs
from sitebench import NOW, SiteBench, article


def differences(bench: SiteBench, *, has_patches: bool = False, **options: Any) -> dict[str, OutputDifference]:
    request = Request(root=bench.root, output=bench.output, workers=1, **{"now": NOW, **options})
    with survey(request) as known:
        return {one.path: one for one in compare_outputs(known, has_patches=has_patches)}


def assert_told_is_done(bench: SiteBench) -> dict[str, OutputDifference]:
    """What is told is what differs after a build; telling it changes nothing."""
    before = bench.files() if bench.output.exists() else {}
    told = differences(bench)
    assert (bench.files() if bench.output.exists() else {}) == before
    after = bench.build().expect_built().files()
    assert {path for path, one in told.items() if one.fate == "new"} == after.keys() - before.keys()
    assert {path for path, one in told.items() if one.fate == "gone"} == before.keys() - after.keys()
    both = before.keys() & after.keys()
    assert {path for path, one in told.items() if one.fate == "changed"} == {
        path for path in both if before[path] != after[path]
    }
    return told


def test_of_a_new_site_everything_is_new_and_then_nothing_differs(bench: SiteBench) -> None:
    assert "index.html" in assert_told_is_done(bench)
    assert differences(bench) == {}


def test_an_edit_a_new_record_and_one_that_is_gone_are_told(bench: SiteBench) -> None:
    bench.build().expect_built()
    bench.edit("content/articles/a2.md", "Chip news 2", "Chip news two")
    bench.write("content/articles/new.md", article("New", 9)).remove("content/articles/a1.md")
    told = assert_told_is_done(bench)
    fates = {told[f"news/chips/{name}/index.html"].fate for name in ("a2", "new", "a1")}
    assert fates == {"changed", "new", "gone"}


def test_what_is_only_rendered_again_is_no_difference(bench: SiteBench) -> None:
    bench.build().expect_built()
    bench.edit("content/pages/about.md", "Who we are.\n", "Who we are.\n\n")
    (bench.output / "index.html").touch()
    assert differences(bench) == {}


def test_a_file_that_someone_changed_or_deleted_is_told(bench: SiteBench) -> None:
    bench.build().expect_built()
    (bench.output / "index.html").write_text("mine")
    (bench.output / "404.html").unlink()
    told = differences(bench)
    assert {path: one.fate for path, one in told.items()} == {"404.html": "new", "index.html": "changed"}


def test_a_patch_shows_the_lines_that_differ(bench: SiteBench) -> None:
    bench.build().expect_built().edit("content/articles/a2.md", "A body of a few words.", "Other words.")
    patch = differences(bench, has_patches=True)["news/chips/a2/index.html"].patch
    assert patch[:2] == ("--- a/news/chips/a2/index.html", "+++ b/news/chips/a2/index.html")
    old, new = ([line for line in patch if line.startswith(sign) and "<p>" in line] for sign in "-+")
    assert ("A body of a few words." in " ".join(old), "Other words." in " ".join(new)) == (True, True)


def test_time_that_passes_is_told(bench: SiteBench) -> None:
    bench.write("content/articles/soon.md", article("Soon", 1, published="2026-06-11T00:00:00Z")).build()
    assert differences(bench) == {}
    assert differences(bench, now=NOW.replace(day=12))["news/chips/soon/index.html"].fate == "new"
