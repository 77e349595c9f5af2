"""An open bracket before a list of links: the import ends, and all links come over."""

from pathlib import Path

from imports import CASES, Brought


def test_a_bracket_that_does_not_close_is_a_bracket(tmp_path: Path) -> None:
    brought = Brought(tmp_path, "pelican", CASES / "01-import-hangs-on-an-open-bracket" / "old")
    page = brought.article("content/week.md")
    links = [one.get("href") for one in page.tree.xpath("//main//li/a")]
    assert [one for one in links if "a.example" in one] == [f"https://a.example/{n}" for n in range(32)]
    assert "[an open bracket" in page.tree.text_content()
    assert brought.told == set()
