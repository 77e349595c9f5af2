"""The demonstration site is faultless."""

import shutil
from pathlib import Path

import pytest

from checking import check, show
from sitebench import DEMO_NOW, copy_demo

pytestmark = pytest.mark.slow


def test_the_demonstration_site_has_no_problem(tmp_path: Path) -> None:
    bench = copy_demo(tmp_path / "site")
    shutil.rmtree(bench.root / "themes")  # they come with the program, whose tests hold them against the contract
    checked = check(bench, now=DEMO_NOW)
    assert show(checked.problems) == ""
    assert checked.counts.pages > 200
    assert checked.counts.feeds > 600
    assert checked.counts.links > 20_000
