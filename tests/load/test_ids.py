"""Ids as they are seen without reading records."""

import os
from pathlib import Path

import pytest

from generator.load.ids import list_ids
from generator.reach import Reach
from sitebench import SiteBench, article

HEADS = {
    '---\nid: "own"\ntitle: x\n---\n': "own",
    "---\ntitle: x\nid: own # mine\n---\n": "own",
    "\ufeff---\r\nid: 'own'\r\n---\r\n": "own",
    "---\ntitle: x\n---\nid: in-the-text\n": "stem",
    "---\nbrief:\n  id: nested\n---\n": "stem",
    "id: no-front-matter\n": "stem",
    "---\nid:\n---\n": "stem",
    "": "stem",
}


@pytest.mark.parametrize("text", HEADS)
def test_an_id_is_that_of_the_front_matter_or_the_stem(tmp_path: Path, text: str) -> None:
    SiteBench(tmp_path).write("content/topics/stem.md", text)
    assert list_ids(Reach(tmp_path), "topic") == {HEADS[text]: "content/topics/stem.md"}


def test_all_folders_are_seen_but_hidden_ones_and_links(bench: SiteBench) -> None:
    bench.write("content/articles/2026/deep/b1.md", article("b", 1)).write("content/articles/.c.md", article("c", 1))
    bench.write("content/articles/picture.png", b"\x89PNG").write("content/articles/bad.md", b"\xff\xfe---\nid: \xff\n")
    (bench.root / "content/articles/loop").symlink_to(bench.root / "content/articles")
    (bench.root / "content/articles/gone.md").symlink_to("nowhere")
    assert list(list_ids(Reach(bench.root), "article")) == ["b1", "a1", "a2", "a3", "a4", "a5", "bad"]


def test_a_site_without_the_folder_has_none(tmp_path: Path) -> None:
    assert list_ids(Reach(tmp_path), "story") == {}


def test_of_each_file_only_the_first_bytes_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = SiteBench(tmp_path)
    for number in range(20):
        site.write(f"content/articles/a{number}.md", article("x", 1, body="Many words. " * 2000))
    read, sizes = os.read, []

    def note(file: int, size: int) -> bytes:
        sizes.append(size)
        return read(file, size)

    monkeypatch.setattr(os, "read", note)
    assert len(list_ids(Reach(tmp_path), "article")) == 20
    assert sizes == [4096] * 20
