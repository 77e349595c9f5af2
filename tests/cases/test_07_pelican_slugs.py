"""Old addresses of Pelican are those that it made of titles, not those that we would make."""

from pathlib import Path

from imports import CASES, Brought


def test_the_old_address_is_the_one_that_pelican_made(tmp_path: Path) -> None:
    brought = Brought(tmp_path, "pelican", CASES / "07-pelican-slugs" / "old")
    assert brought.matter("content/a.md")["aliases"] == ["/posts/whats-new-in-35-c-ab-testing/"]
    assert brought.matter("content/a.md")["guid"] == "tag:old.example,2026-05-04:/posts/whats-new-in-35-c-ab-testing/"
    assert brought.told == set()
