"""Case 10: setting `time_zone` later renames no item."""

import shutil
from pathlib import Path

from lxml import etree

from conftest import ROOT
from sitebench import SiteBench

CASE = ROOT / "tests" / "cases" / "10-time-zone-renames-every-item"


def guids(site: SiteBench) -> list[str]:
    return [node.text for node in etree.fromstring(site.files()["feed.xml"]).iter("guid")]


def test_setting_the_time_zone_later_renames_no_item(tmp_path: Path) -> None:
    shutil.copytree(CASE, tmp_path / "site")
    site = SiteBench(tmp_path / "site").build().expect_built()
    before = guids(site)
    assert before == ["tag:loam.example,2026-06-02:article:a2", "tag:loam.example,2026-06-01:article:a1"]
    site.edit("site.toml", 'source = "desk"', 'source = "desk"\ntime_zone = "Europe/Berlin"')
    site.build().expect_built().expect_report("")
    assert guids(site) == before
