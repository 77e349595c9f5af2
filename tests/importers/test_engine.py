"""The engine of markdown that imported texts ask for is named in `site.toml` where that changes no other text."""

from pathlib import Path

import pytest
from imports import Brought

from generator.config import read_config
from generator.importers.engine import choose_engine, set_engine
from sitebench import SiteBench

POST = {"content/posts/a.md": "---\ntitle: A\ndate: 2020-01-01\n---\nText:\n- a\n- b\n"}


def test_a_new_site_gets_the_engine_of_the_old_one(tmp_path: Path) -> None:
    brought = Brought(tmp_path, "hugo", POST)
    assert brought.report["engine"] == {"wanted": "commonmark", "site": "commonmark", "is_set": True}
    assert read_config(brought.site.root).markdown.engine == "commonmark"
    assert 'Would write engine = "commonmark" into [markdown] of site.toml' in brought.printed
    assert brought.article("content/posts/a.md").texts("//article//li") == ["a", "b"]


@pytest.mark.parametrize(
    ("system", "settings", "engine"),
    [
        ("hugo", '[markdown]\nengine = "python-markdown"', "python-markdown"),
        ("hugo", '[markdown]\nengine = "commonmark"', "commonmark"),
        ("pelican", '[markdown]\nengine = "commonmark"', "commonmark"),
        ("pelican", "", "python-markdown"),
    ],
)
def test_what_the_site_says_stays(tmp_path: Path, system: str, settings: str, engine: str) -> None:
    brought = Brought(tmp_path, system, POST, settings=settings)  # type: ignore[arg-type]
    assert brought.report["engine"]["site"] == engine
    assert not brought.report["engine"]["is_set"]
    assert ("The old site reads markdown like" in brought.printed) is (brought.report["engine"]["wanted"] != engine)
    assert read_config(brought.site.root).markdown.engine == engine


def test_a_text_that_would_read_otherwise_keeps_its_engine(bench: SiteBench) -> None:
    bench.write("content/pages/list.md", "---\ntitle: List\n---\nText:\n- a\n")
    before = (bench.root / "site.toml").read_bytes()
    choice, config = choose_engine(bench.root, read_config(bench.root), "commonmark")
    assert (choice.site, choice.is_set, config.markdown.engine) == ("python-markdown", False, "python-markdown")
    assert (bench.root / "site.toml").read_bytes() == before


@pytest.mark.parametrize("end", ["", "\n", "\n[markdown]", "\n[markdown]  # here\n[feeds]\n", "\n# [markdown]\n"])
def test_all_else_in_the_settings_stays(bench: SiteBench, end: str) -> None:
    text = (bench.root / "site.toml").read_text().rstrip("\n") + end
    bench.write("site.toml", text)
    set_engine(bench.root, "commonmark")
    after = (bench.root / "site.toml").read_text()
    assert read_config(bench.root).markdown.engine == "commonmark"
    assert set(text.split("\n")) <= set(after.split("\n"))
