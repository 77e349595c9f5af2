"""Disk → records: what did not change is remembered, and what is remembered is what would be read."""

import errno
import os
from collections.abc import Callable
from contextlib import closing
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generator.config import read_config
from generator.load import Bodies, BuildCache, Loaded, Memory, cache, cache_key, load_records, scan_content
from generator.load import parse as parser
from generator.reading import read_regular
from generator.records import Record
from generator.workers import Workers
from sitebench import SiteBench, article


def load(bench: SiteBench, memory: Memory | None = None) -> Loaded:
    """Load a site as a build does, and see that the cache holds every body of its records and no other."""
    config = read_config(bench.root)
    file = bench.root / ".newsprint/memory.sqlite"
    with closing(BuildCache(file, cache_key(config), memory)) as cache, Workers(1) as workers:
        loaded = load_records(scan_content(bench.root), config, cache, workers)
        with closing(Bodies(file)) as bodies:
            for record in records_of(loaded):
                for body in (record.body, *record.texts.values()):
                    assert body.is_empty or bodies.read_body(body.digest), record.file
    return loaded


def load_afresh(bench: SiteBench) -> Loaded:
    """Load a site without a cache."""
    for file in (bench.root / ".newsprint").glob("memory*"):
        file.unlink()
    return load(bench)


def records_of(loaded: Loaded) -> list[Record]:
    return [record for records in loaded.records.by_kind.values() for record in records.values()]


def picture(colour: str) -> bytes:
    data = BytesIO()
    Image.new("RGB", (8, 4), colour).save(data, "PNG")
    return data.getvalue()


def test_a_process_that_builds_again_decodes_only_what_changed(bench: SiteBench) -> None:
    memory = Memory()
    for _ in range(2):
        load(bench, memory)
    before = records_of(load(bench, memory))
    bench.edit("content/articles/a3.md", "few", "new").remove("content/articles/a5.md")
    after = load(bench, memory)
    anew = [one.file for one in records_of(after) if not any(one is other for other in before)]
    assert anew == ["content/articles/a3.md"]
    bench.edit("site.toml", "News for tests.", 'News for tests."\nsource = "wire')
    assert records_of(load(bench, memory)) == records_of(load_afresh(bench))


IMAGE = {"src": "chip.png", "alt": "A chip"}
CHANGES: dict[str, Callable[[SiteBench], object]] = {
    "one in the middle": lambda bench: bench.edit("content/articles/a3.md", "few", "new"),
    "the first and the last": lambda bench: bench.edit("content/articles/a1.md", "few", "new").edit(
        "content/topics/space.md", "Space", "Far space"
    ),
    "a new one": lambda bench: bench.write("content/articles/a0.md", article("New", 9)),
    "one gone": lambda bench: bench.remove("content/articles/a2.md"),
    "one renamed": lambda bench: bench.rename("content/articles/a2.md", "content/articles/z.md"),
    "one at fault": lambda bench: bench.write("content/articles/a2.md", "no record"),
    "one id twice": lambda bench: bench.edit("content/articles/a3.md", "title:", "id: a2\ntitle:"),
    "a picture": lambda bench: bench.write("content/media/chip.png", picture("red")).write(
        "content/articles/a2.md", article("Two", 2, image=IMAGE)
    ),
    "no picture": lambda bench: bench.write("content/articles/a2.md", article("Two", 2, image=IMAGE)),
    "another kind": lambda bench: bench.rename("content/pages/about.md", "content/topics/about.md"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_after_a_change_what_is_loaded_is_what_would_be_loaded_afresh(bench: SiteBench, name: str) -> None:
    load(bench)
    CHANGES[name](bench)
    changed, again = load(bench), load(bench)
    assert changed == again == load_afresh(bench)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from(["one", "two", "", "![x](chip.png)"])), max_size=8))
def test_after_any_changes_what_is_loaded_is_what_would_be_loaded_afresh(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str]]
) -> None:
    bench = SiteBench(tmp_path_factory.mktemp("site")).write(
        "site.toml", '[site]\ntitle = "T"\nurl = "https://t.example"\n'
    )
    (bench.root / "content/articles").mkdir(parents=True)
    for name, body in changes:
        if body:
            bench.write(f"content/articles/{name}.md", article(f"Title of {len(body)}", 1, body=body))
        else:
            (bench.root / f"content/articles/{name}.md").unlink(missing_ok=True)
        load(bench)
    assert load(bench) == load_afresh(bench)


def test_only_files_that_changed_are_parsed(bench: SiteBench, monkeypatch: pytest.MonkeyPatch) -> None:
    parsed: list[str] = []
    parse = parser._parse

    def noted(found: object, *given: object) -> object:
        parsed.append(found.path)  # type: ignore[attr-defined]
        return parse(found, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(parser, "_parse", noted)
    load(bench)
    assert len(parsed) == len(set(parsed)) == 11
    parsed.clear()
    load(bench.edit("content/articles/a3.md", "few", "new").edit("content/topics/chips.md", "Chips", "Silicon"))
    assert parsed == ["content/articles/a3.md", "content/topics/chips.md"]


def test_a_body_stays_while_a_record_has_it_be_that_record_at_fault_or_not(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("One", 1, body="Of its own.", image=IMAGE))
    assert [problem.code for problem in load(bench).problems] == ["missing-image"]
    assert [problem.code for problem in load(bench.edit("content/articles/a1.md", "One", "Won")).problems] == [
        "missing-image"
    ]
    bench.write("content/media/chip.png", picture("red"))
    assert "a1" in load(bench).records.of("article")


def test_a_records_digest_is_of_its_file_and_of_its_pictures(bench: SiteBench) -> None:
    bench.write("content/media/chip.png", picture("red"))
    bench.write("content/articles/a1.md", article("One", 1, image=IMAGE))
    bench.write("content/articles/a2.md", article("Two", 2, body="![x](chip.png)"))

    def digests() -> dict[str, str]:
        return {record.file: record.digest for record in records_of(load(bench))}

    def changed(before: dict[str, str]) -> set[str]:
        return {path for path, digest in digests().items() if before.get(path) != digest}

    first = digests()
    assert changed(first) == set()
    bench.write("content/media/chip.png", picture("blue"))
    assert changed(first) == {"content/articles/a1.md", "content/articles/a2.md"}
    second = digests()
    bench.edit("content/articles/a3.md", "few", "new")
    assert changed(second) == {"content/articles/a3.md"}
    assert len(set(digests().values())) == len(second)


def test_records_name_what_they_refer_and_link_to(bench: SiteBench) -> None:
    body = "[x](article:a2#part), [y](page:about)"
    bench.write("content/articles/a1.md", article("One", 1, body=body, teaser="[z](entity:acme)", via=["post"]))
    assert load(bench).records.named == {
        *("source:wire", "source:post", "topic:chips", "article:a2", "page:about", "entity:acme")
    }


def test_a_picture_that_is_a_records_file_is_a_problem_in_every_build(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("One", 1, image={"src": "a2.md", "alt": "A chip"}))
    for _ in range(2):
        assert [problem.code for problem in load(bench).problems] == ["missing-image"]


def test_an_id_is_taken_by_a_record_without_its_picture_too(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("One", 1, id="x", image=IMAGE))
    bench.write("content/articles/a2.md", article("Two", 2, id="x"))
    loaded = load(bench)
    assert [problem.code for problem in loaded.problems] == ["missing-image", "duplicate-id"]
    assert "x" not in loaded.records.of("article")


@pytest.mark.parametrize("year", [1931, 2300, 2440])
def test_a_file_from_a_far_time_is_remembered(bench: SiteBench, year: int) -> None:
    seconds = (year - 1970) * 31_556_952
    os.utime(bench.root / "content/articles/a1.md", (seconds, seconds))
    assert records_of(load(bench)) == records_of(load(bench)) == records_of(load_afresh(bench))


def test_a_file_that_could_not_be_read_is_tried_again(bench: SiteBench, monkeypatch: pytest.MonkeyPatch) -> None:
    before = records_of(load(bench))
    file = bench.root / "content/articles/a1.md"
    text = file.read_bytes()
    with monkeypatch.context() as patched:
        patched.setattr(cache, "RACY_NS", -(10**12))  # stats are trusted at once
        bench.write("content/articles/a1.md", article("Another", 1))

        def refuse(path: str, *, max_bytes: int) -> bytes:
            if path == str(file):
                raise PermissionError(errno.EACCES, "Permission denied")
            return read_regular(path, max_bytes=max_bytes)

        with patched.context() as refused:
            refused.setattr(parser, "read_regular", refuse)
            assert [problem.code for problem in load(bench).problems] == ["unreadable-file"]
        assert load(bench).problems == ()
    file.write_bytes(text)
    assert records_of(load(bench)) == before


def test_of_two_records_with_one_id_the_older_one_counts_with_its_pictures_and_in_its_place(bench: SiteBench) -> None:
    bench.write("content/articles/chip.png", picture("red")).write("content/articles/other.png", picture("blue"))
    bench.write("content/articles/a0.md", article("New", 9, id="one", image={"src": "other.png", "alt": "x"}))
    bench.write("content/articles/a2.md", article("Old", 1, id="one", image={"src": "chip.png", "alt": "x"}))
    loaded = load(bench)
    assert [problem.file for problem in loaded.problems] == ["content/articles/a0.md"]
    files = [record.file for record in loaded.records.of("article").values()]
    assert files == [f"content/articles/a{number}.md" for number in range(1, 6)]
    assert {asset.file for asset in loaded.assets.values()} == {"content/articles/chip.png"}
