"""What stands in parentheses after a link by reference is a remark, not where it leads."""

from pathlib import Path

from imports import CASES, Brought


def test_a_remark_after_a_link_stays_one(tmp_path: Path) -> None:
    brought = Brought(tmp_path, "hugo", CASES / "05-import-takes-a-remark-for-a-link" / "old")
    page = brought.article("content/posts/notes.md")
    links = {one.text_content(): one.get("href") for one in page.tree.xpath("//main//p/a")}
    assert links["the changes"] == "https://notes.example/changes"
    assert links["the plan"] == "https://notes.example/plan"
    assert "Read the changes(PDF) and the plan (soon)." in page.tree.text_content()
    assert (brought.told, brought.report["problems"]) == (set(), [])
