"""Themes that are damaged anywhere open or are reported."""

from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from fuzzing import damage, fuzz, seeds

from conftest import ROOT
from generator.config import read_config
from generator.errors import ThemeError
from generator.theme import open_theme
from sitebench import SMALL, SiteBench

FILES = ("theme.toml", "templates/mark.html", "templates/card.html", "assets/style.css", "strings/en.toml")


@fuzz
@pytest.mark.parametrize("seed", seeds(2))
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_theme_opens_or_is_reported(tmp_path: Path, name: str, seed: int) -> None:
    bench = SiteBench(tmp_path / "site").write_all(SMALL).edit("site.toml", '"base"', '"mine"')
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    original = ROOT / "themes" / ("broadsheet" if name == "theme.toml" else "base") / name
    bench.write(f"themes/mine/{name}", damage(original.read_bytes(), Random(f"{name} {seed}")))
    with suppress(ThemeError):
        assert open_theme(bench.root, read_config(bench.root)).digest
