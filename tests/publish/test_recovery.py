"""A manifest or journal that is lost, damaged or hostile; links and files of others in the output; emptied sources."""

import os
import random
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from fuzzing import fuzz, seeds

from generator.cli import newsprint
from generator.digest import digest_bytes
from generator.errors import PublishError
from generator.names import OutputPath
from generator.outputs import Phase
from generator.publish import read_manifest, state_folder
from generator.publish.manifest import encode_kept
from generator.publish.place import COPY_NAME, FileMove
from generator.publish.writer import Journal
from sitebench import SiteBench

pytestmark = pytest.mark.slow

ARTICLE = "news/chips/a2/index.html"
NOTE = "so everything was rendered again"


def state_of(bench: SiteBench) -> Path:
    return state_folder(bench.root, bench.output)


def healed(bench: SiteBench) -> str:
    assert bench.report is not None, bench.problems
    return "\n".join(bench.report.healed)


def damage(file: Path, seed: int) -> None:
    """Change a file in one of several ways, or remove it."""
    chosen, data = random.Random(f"{file.name} {seed}"), bytearray(file.read_bytes())
    match seed % 4:
        case 0:
            file.unlink()
        case 1:
            data[chosen.randrange(len(data))] ^= 1 << chosen.randrange(8)
            file.write_bytes(data)
        case 2:
            file.write_bytes(data[: chosen.randrange(len(data))])
        case 3:
            file.write_bytes(data + b"\0")


def expect_healed_after_a_removal(bench: SiteBench) -> None:
    """A record is removed: its page goes, the site is a clean build's, and the next build finds nothing to do."""
    bench.remove("content/articles/a2.md").build().expect_built()
    assert NOTE in healed(bench)
    assert not (bench.output / ARTICLE).exists()
    bench.expect_same_as_clean_build()
    bench.build().expect_rendered()
    assert healed(bench) == ""


@fuzz
@pytest.mark.parametrize("seed", seeds(6))
def test_a_lost_or_damaged_manifest_leaves_no_removed_article_online(bench: SiteBench, seed: int) -> None:
    bench.build().expect_built()
    damage(state_of(bench) / "ledger", seed)
    expect_healed_after_a_removal(bench)


def test_a_lost_state_folder_leaves_no_removed_article_online(bench: SiteBench) -> None:
    bench.build().expect_built()
    shutil.rmtree(bench.root / ".newsprint")
    expect_healed_after_a_removal(bench)


def test_the_manifest_before_the_last_one_helps_if_the_copy_is_lost_too(bench: SiteBench) -> None:
    bench.build().expect_built()
    bench.edit("content/pages/about.md", "Who we are", "Who we were").build().expect_built()
    (state_of(bench) / "ledger").unlink()
    (bench.output / COPY_NAME).unlink()
    expect_healed_after_a_removal(bench)


def test_what_nothing_proves_ours_stays_and_is_reported(bench: SiteBench) -> None:
    bench.build().expect_built()
    shutil.rmtree(bench.root / ".newsprint")
    (bench.output / COPY_NAME).unlink()
    bench.write("public/own.txt", "of someone else")
    (bench.root / "content/articles/a2.md").rename(bench.root / "a2.md")
    bench.build(adopt=True).expect_built()
    assert (bench.output / ARTICLE).exists()
    assert healed(bench) == f"public has 2 files that this build did not write, such as '{ARTICLE}'"


def test_a_file_that_someone_changed_is_not_proven_ours(bench: SiteBench) -> None:
    bench.build().expect_built()
    (state_of(bench) / "ledger").unlink()
    bench.write(f"public/{ARTICLE}", "of someone else")
    bench.remove("content/articles/a2.md").build().expect_built()
    assert (bench.output / ARTICLE).read_text() == "of someone else"
    assert ARTICLE in healed(bench)


def cut_off(bench: SiteBench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build the site after edits, and end it after a few moves."""
    bench.build().expect_built()
    bench.remove("content/articles/a2.md").edit("content/articles/a3.md", "Chip news 3", "Chip news three")
    bench.edit("content/articles/a1.md", "published:", "slug: moved\npublished:")
    replace, left = os.replace, 6

    def cut(*files: str, **folders: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt
        replace(*files, **folders)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", cut)
        with pytest.raises(KeyboardInterrupt):
            bench.build()
    assert (state_of(bench) / "journal").exists()


@fuzz
@pytest.mark.parametrize("seed", seeds(4))
@pytest.mark.parametrize("name", ["journal", "ledger.new", "ledger"])
def test_an_interrupted_build_whose_state_is_damaged_is_made_good_by_the_next(
    bench: SiteBench, monkeypatch: pytest.MonkeyPatch, name: str, seed: int
) -> None:
    cut_off(bench, monkeypatch)
    damage(state_of(bench) / name, seed)
    bench.build(adopt=name == "ledger.new").expect_built().expect_same_as_clean_build()
    bench.build().expect_rendered()
    assert healed(bench) == ""


HOSTILE = ["../outside.txt", "news/../../outside.txt", "/etc/outside", ".newsprint-staging/x", "a//b", "news/.", ""]


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_journal_moves_and_removes_nothing(bench: SiteBench, path: str) -> None:
    bench.build().expect_built()
    before = bench.files()
    victim = bench.write("outside.txt", "of someone else").root / "outside.txt"
    for journal in (
        Journal((OutputPath(path),), (), ()),
        Journal((), (), (OutputPath(path),)),
        Journal((), (FileMove(Phase.ASSET, "robots.txt", path),), ()),
        Journal((), (FileMove(Phase.ASSET, path, "robots.txt"),), ()),
    ):
        (bench.output / ".newsprint-staging").mkdir(exist_ok=True)
        bench.write("public/.newsprint-staging/robots.txt", "of a stranger")
        shutil.copy(state_of(bench) / "ledger", state_of(bench) / "ledger.new")
        (state_of(bench) / "journal").write_bytes(encode_kept(journal))
        bench.build().expect_built()
        assert victim.read_text() == "of someone else"
        assert bench.files() == before
        assert not (state_of(bench) / "journal").exists()


@pytest.mark.parametrize("path", HOSTILE)
def test_a_hostile_manifest_removes_nothing_outside(bench: SiteBench, path: str) -> None:
    bench.build().expect_built()
    victim = bench.write("outside.txt", "of someone else").root / "outside.txt"
    manifest = read_manifest(state_of(bench))
    entry = msgspec.structs.replace(manifest.entries[OutputPath(ARTICLE)], size=victim.stat().st_size)
    hostile = msgspec.structs.replace(manifest, entries={**manifest.entries, OutputPath(path): entry})
    (state_of(bench) / "ledger").write_bytes(encode_kept(hostile))
    bench.edit("content/articles/a1.md", "Chip news 1", "Chip news one").build().expect_built()
    assert victim.read_text() == "of someone else"
    assert CliRunner().invoke(newsprint, ["clean", str(bench.root), "--yes"]).exit_code == 0
    assert victim.read_text() == "of someone else"


def link_away(bench: SiteBench, folder: str) -> Path:
    """Move a folder of the output elsewhere, and put a link to it in its place."""
    elsewhere = bench.root / "elsewhere"
    (bench.output / folder).rename(elsewhere)
    (bench.output / folder).symlink_to(elsewhere)
    return elsewhere


@pytest.mark.parametrize("folder", ["news", "news/chips", "news/chips/a2"])
def test_nothing_is_removed_through_a_link(bench: SiteBench, folder: str) -> None:
    bench.build().expect_built()
    elsewhere = link_away(bench, folder)
    before = sorted(elsewhere.rglob("*"))
    for file in (bench.root / "content/articles").iterdir():
        file.unlink()
    bench.build().expect_built()
    assert sorted(elsewhere.rglob("*")) == before
    assert CliRunner().invoke(newsprint, ["clean", str(bench.root), "--yes"]).exit_code == 0
    assert sorted(elsewhere.rglob("*")) == before


@pytest.mark.parametrize("folder", ["news", "news/chips"])
def test_nothing_is_written_through_a_link(bench: SiteBench, folder: str) -> None:
    bench.build().expect_built()
    elsewhere = link_away(bench, folder)
    before = {file: digest_bytes(file.read_bytes()) for file in elsewhere.rglob("*.html")}
    bench.edit("content/articles/a2.md", "Chip news 2", "Chip news two")
    with pytest.raises(PublishError, match="a file or link that newsprint did not create is in the way"):
        bench.build()
    assert {file: digest_bytes(file.read_bytes()) for file in elsewhere.rglob("*.html")} == before


def test_a_link_that_appears_while_files_move_is_not_followed(
    bench: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.build().expect_built()
    before = read_manifest(state_of(bench))
    bench.edit("content/articles/a2.md", "Chip news 2", "Chip news two")
    bench.write("content/pages/early.md", "---\ntitle: Early\n---\nA new page, which moves first.\n")
    replace, found = os.replace, []

    def swap(*files: str, **folders: int) -> None:
        if folders and not found:
            found.append(link_away(bench, "news"))
        replace(*files, **folders)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", swap)
        with pytest.raises(PublishError, match="Not a directory"):
            bench.build()
    (elsewhere,) = found
    for file in elsewhere.rglob("*.html"):
        entry = before.entries[OutputPath(f"news/{file.relative_to(elsewhere)}")]
        assert digest_bytes(file.read_bytes()) == entry.digest
    (bench.output / "news").unlink()
    elsewhere.rename(bench.output / "news")
    bench.build().expect_built().expect_same_as_clean_build()


def test_a_staging_folder_that_is_a_link_is_refused(bench: SiteBench) -> None:
    bench.build().expect_built()
    (bench.root / "elsewhere").mkdir()
    (bench.output / ".newsprint-staging").symlink_to(bench.root / "elsewhere")
    bench.edit("content/articles/a2.md", "Chip news 2", "Chip news two")
    with pytest.raises(PublishError):
        bench.build()
    assert list((bench.root / "elsewhere").iterdir()) == []


def test_a_file_of_others_is_refused_before_anything_is_published(bench: SiteBench) -> None:
    bench.write("public/index.html", "of someone else").write("public/robots.txt", "theirs").write("public/cv.pdf", "x")
    with pytest.raises(PublishError, match=r"public/index.html: newsprint did not write this file \(and 1 other file"):
        bench.build()
    assert bench.files() == {"index.html": b"of someone else", "robots.txt": b"theirs", "cv.pdf": b"x"}


def test_adopt_takes_over_the_files_of_others_that_are_in_the_way(bench: SiteBench) -> None:
    bench.write("public/index.html", "of someone else").write("public/cv.pdf", "x")
    result = CliRunner().invoke(newsprint, ["build", str(bench.root), "--adopt", "--now", "2026-06-10T12:00:00Z"])
    assert result.exit_code == 0
    assert result.stderr == "note: public has a file that this build did not write, such as 'cv.pdf'.\n"
    assert bench.files().pop("cv.pdf") == b"x"
    bench.remove("public/cv.pdf").build().expect_rendered()
    bench.expect_same_as_clean_build()


def test_a_record_that_takes_the_path_of_a_users_file_is_refused(bench: SiteBench) -> None:
    bench.build().expect_built()
    before = bench.write("public/contact/index.html", "of someone else").files()
    bench.write("content/pages/contact.md", "---\ntitle: Contact\n---\nMail us.\n")
    with pytest.raises(PublishError, match=r"contact/index.html: newsprint did not write this file .* use --adopt"):
        bench.build()
    assert bench.files() == before
    bench.build(adopt=True).expect_built().expect_same_as_clean_build()


def test_a_link_of_others_is_refused_too(bench: SiteBench) -> None:
    bench.write("outside.txt", "of someone else").output.mkdir()
    (bench.output / "robots.txt").symlink_to(bench.root / "outside.txt")
    with pytest.raises(PublishError, match=r"robots\.txt: newsprint did not write this file"):
        bench.build()
    bench.build(adopt=True).expect_built()
    assert (bench.root / "outside.txt").read_text() == "of someone else"


def test_a_file_of_others_with_the_same_bytes_is_taken_over(bench: SiteBench) -> None:
    bench.build().expect_built()
    robots = (bench.output / "robots.txt").read_bytes()
    shutil.rmtree(bench.output)
    shutil.rmtree(bench.root / ".newsprint")
    bench.write("public/robots.txt", robots).build().expect_built().expect_same_as_clean_build()


def test_a_source_without_articles_needs_a_word(bench: SiteBench) -> None:
    bench.build().expect_built()
    before = bench.files()
    shutil.rmtree(bench.root / "content/articles")
    with pytest.raises(PublishError, match=r"content/articles: it does not exist, and the last build published 5; .*"):
        bench.build(allow_shrink=False)
    (bench.root / "content/articles").mkdir()
    with pytest.raises(PublishError, match=r"articles: it has no articles .* use --allow-shrink"):
        bench.build(allow_shrink=False)
    assert bench.files() == before
    bench.build(allow_shrink=True).expect_built()
    bench.build(allow_shrink=False).expect_built()


def test_fewer_than_half_of_the_records_need_a_word(bench: SiteBench) -> None:
    for number in range(20):
        bench.write(f"content/entities/e{number}.md", f"---\ntitle: E {number}\ntype: person\n---\n")
    bench.build(allow_shrink=False).expect_built()
    before = bench.files()
    for number in range(16):
        bench.remove(f"content/entities/e{number}.md")
    with pytest.raises(PublishError, match=r"only 15 of the 31 records of the last build are left"):
        bench.build(allow_shrink=False)
    assert bench.files() == before
    bench.write("content/entities/e0.md", "---\ntitle: E 0\ntype: person\n---\n")
    bench.build(allow_shrink=False).expect_built()


def test_records_with_errors_that_are_left_out_count_as_gone(bench: SiteBench) -> None:
    bench.build().expect_built()
    for day in range(1, 6):
        bench.write(f"content/articles/a{day}.md", "---\ntitle: [broken\n---\n")
    with pytest.raises(PublishError, match="--allow-shrink"):
        bench.build(allow_shrink=False, keep_going=True)


def test_an_emptied_source_is_noticed_even_if_the_manifest_is_lost(bench: SiteBench) -> None:
    bench.build().expect_built()
    shutil.rmtree(bench.root / ".newsprint")
    shutil.rmtree(bench.root / "content/articles")
    with pytest.raises(PublishError, match="--allow-shrink"):
        bench.build(allow_shrink=False)
    assert (bench.output / ARTICLE).exists()
