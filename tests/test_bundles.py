"""An output of several files: staged, recorded, kept and removed as one."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from generator.build import Request, render, survey
from generator.inspect import Makeup, explain_output
from generator.names import output_path
from generator.outputs import ANY_VIEW, Draft, View
from generator.plan import planner
from generator.plan.context import PlanContext, PlanMaterial
from generator.plan.keys import keyed_draft
from generator.records import Article
from generator.render import renderer
from sitebench import NOW, SiteBench, article

PREFIX = output_path("letters")


class Letters(View, frozen=True, kw_only=True):
    """The titles of articles by their first letter: a file for each letter."""

    is_bundle = True

    titles: tuple[str, ...]


def plan_letters(context: PlanContext, material: PlanMaterial) -> Iterator[Draft]:
    yield keyed_draft(context, PREFIX, Letters, "the letters", make_letters, material.snapshot.articles)


def make_letters(_context: PlanContext, _path: str, articles: tuple[Article, ...]) -> Letters:
    return Letters(titles=tuple(sorted(one.title for one in articles)))


def render_letters(view: Letters, _read_body: object) -> dict[str, bytes]:
    files: dict[str, list[str]] = defaultdict(list)
    for title in view.titles:
        files[f"{title[0].lower()}/titles.txt"].append(title)
    return {name: "\n".join(titles).encode() for name, titles in files.items()}


@pytest.fixture
def bench(bench: SiteBench, monkeypatch: pytest.MonkeyPatch) -> SiteBench:
    """A site with a bundle."""
    monkeypatch.setattr(planner, "_ALWAYS", (*planner._ALWAYS, plan_letters))
    monkeypatch.setitem(renderer.BUNDLES, Letters, render_letters)
    monkeypatch.setattr(render, "_view_decoder", lambda: msgspec.msgpack.Decoder(ANY_VIEW | Letters))
    for name, title in (("b1", "Bees"), ("b2", "Birds"), ("d1", "Dogs")):
        bench.write(f"content/articles/{name}.md", article(title, 3))
    return bench.build().expect_built()


def letters(bench: SiteBench) -> dict[str, str]:
    return {path: data.decode() for path, data in bench.files().items() if path.startswith(f"{PREFIX}/")}


def test_all_files_of_a_bundle_are_written_below_its_path(bench: SiteBench) -> None:
    assert letters(bench)["letters/b/titles.txt"] == "Bees\nBirds"
    assert letters(bench)["letters/d/titles.txt"] == "Dogs"
    assert not [path for path in bench.build().rendered if path.startswith(PREFIX)]


def test_only_the_files_that_changed_are_written_and_those_that_are_gone_removed(bench: SiteBench) -> None:
    untouched = (bench.output / "letters/b/titles.txt").stat()
    bench.edit("content/articles/d1.md", "Dogs", "Eels").build().expect_built()
    assert set(letters(bench)) >= {"letters/b/titles.txt", "letters/e/titles.txt"}
    assert not (bench.output / "letters/d").exists()
    assert (bench.output / "letters/b/titles.txt").stat().st_ino == untouched.st_ino
    bench.expect_same_as_clean_build()


@pytest.mark.parametrize("damage", [Path.unlink, lambda file: file.write_text("other")])
def test_a_bundle_is_rendered_again_if_one_of_its_files_is_not_as_it_was(bench: SiteBench, damage) -> None:  # type: ignore[no-untyped-def]
    before = letters(bench)
    damage(bench.output / "letters/d/titles.txt")
    assert PREFIX in bench.build().expect_built().rendered
    assert letters(bench) == before


def test_a_bundle_that_nothing_plans_any_more_is_removed_whole(
    bench: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planner, "_ALWAYS", tuple(one for one in planner._ALWAYS if one is not plan_letters))
    bench.build(force=True).expect_built()
    assert letters(bench) == {}
    assert not (bench.output / PREFIX).exists()


def test_nothing_else_may_lie_in_the_folder_of_a_bundle(bench: SiteBench) -> None:
    bench.write("content/pages/letters.md", "---\ntitle: Letters\n---\n").build().expect_refused()
    assert "[path-taken]" in bench.problems
    assert letters(bench)


def test_a_file_of_a_bundle_is_explained_as_the_bundle(bench: SiteBench) -> None:
    request = Request(root=bench.root, output=bench.output, now=NOW, workers=1)
    with survey(request) as known:
        makeup = explain_output(known, "letters/d/titles.txt")
    assert isinstance(makeup, Makeup)
    assert (makeup.path, makeup.view) == (PREFIX, "Letters")
