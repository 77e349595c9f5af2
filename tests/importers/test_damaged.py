"""Old sites that are damaged anywhere come over or are reported."""

import shutil
from pathlib import Path
from random import Random

import pytest
from fuzzing import damage, fuzz, seeds

from generator.config import read_config
from generator.importers import READERS, Defaults, System, import_site
from generator.names import RecordId
from generator.scaffold import make_site
from sitebench import NOW

LAYOUTS = Path(__file__).parent / "layouts"
TEXTS = {".md", ".toml", ".yaml", ".yml", ".py", ".html", ".json", ".js", ".rst", ".adoc"}


@fuzz
@pytest.mark.parametrize("seed", seeds(3))
@pytest.mark.parametrize("system", READERS)
def test_a_damaged_old_site_is_read_or_reported(tmp_path: Path, system: System, seed: int) -> None:
    random = Random(f"{system} {seed}")
    make_site(tmp_path / "site", title="New", url="https://new.example", now=NOW)
    shutil.copytree(LAYOUTS / system, tmp_path / "old")
    for file in sorted((tmp_path / "old").rglob("*")):
        if file.suffix in TEXTS and random.random() < 0.5:
            file.write_bytes(damage(file.read_bytes(), random))
    defaults = Defaults(RecordId("desk"), RecordId("loose"))
    before = {file for file in tmp_path.rglob("*") if "site" not in file.relative_to(tmp_path).parts}
    import_site(system, tmp_path / "old", tmp_path / "site", read_config(tmp_path / "site"), defaults, is_dry=False)
    assert {file for file in tmp_path.rglob("*") if "site" not in file.relative_to(tmp_path).parts} == before
