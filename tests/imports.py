"""An old site of another system, brought into a new one by the command line, and that one built."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from click.testing import CliRunner

from generator.cli import newsprint
from generator.importers import System
from generator.load.frontmatter import split_record
from generator.scaffold import make_site
from sitebench import NOW, Page, SiteBench

CASES = Path(__file__).parent / "cases"


class Brought:
    """A new site after an import into it: `report` is the JSON document, `printed` what a reader gets."""

    def __init__(self, folder: Path, system: System, old: Path | dict[str, str], *, settings: str = "") -> None:
        """Make a site in a folder, and import into it a folder or files by their paths."""
        if isinstance(old, dict):
            old = SiteBench(folder / "old").write_all(old).root
        make_site(folder / "site", title="New", url="https://new.example", now=NOW)
        self.site = SiteBench(folder / "site")
        self.site.edit("site.toml", "# [feeds]", f"[images]\ncards = false\n{settings}\n# [feeds]")
        words = ["import", system, str(old), "--site", str(self.site.root), "--topic", "loose"]
        self.printed = self._run(*words, "--dry-run")
        self.report: dict[str, Any] = json.loads(self._run(*words, "--json"))

    @property
    def files(self) -> dict[str, str]:
        """The files of records by the old files that they came from."""
        return {one["origin"]: one["file"] for one in self.report["records"] if one["origin"]}

    @property
    def told(self) -> set[tuple[str, str]]:
        """What had no place: its kind and what was found."""
        return {(one["what"], one["found"]) for record in self.report["records"] for one in record["lacks"]}

    def matter(self, origin: str) -> dict[str, Any]:
        """The front matter of the record that came from a file."""
        return split_record((self.site.root / self.files[origin]).read_bytes(), file=origin)[0]

    def text(self, origin: str) -> str:
        """The text of the record that came from a file."""
        return split_record((self.site.root / self.files[origin]).read_bytes(), file=origin)[1]

    def page(self, path: str) -> Page:
        """A page of the new site, which is built where it is not yet."""
        if not self.site.output.exists():
            self.site.build().expect_built()
        return self.site.page(path)

    def article(self, origin: str) -> Page:
        """The page of the article that came from a file."""
        matter, record_id = self.matter(origin), Path(self.files[origin]).stem
        return self.page(f"news/{matter['topic']}/{record_id}/index.html")

    def _run(self, *words: str) -> str:
        result = CliRunner().invoke(newsprint, words)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.stdout


def count_steps(run: Callable[[], object]) -> int:
    """How many functions are called, ours and those of libraries; what expressions do is in test_expressions."""
    steps = 0

    def note(_frame: FrameType, what: str, _argument: object) -> None:
        nonlocal steps
        steps += what in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        run()
    finally:
        sys.setprofile(before)
    return steps


def expect_even_growth(run: Callable[[int], object]) -> None:
    """Ten times the text takes about ten times the steps, not a hundred times."""
    run(1)  # what is compiled or imported by the first
    few, many = (count_steps(lambda size=size: run(size)) for size in (200, 2000))
    assert many < 15 * few
