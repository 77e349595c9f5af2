"""Links that leave their scheme to the page lead to `https:`; a list right below a line of text is a list."""

from pathlib import Path

from imports import CASES, Brought


def test_a_link_without_a_scheme_comes_over(tmp_path: Path) -> None:
    brought = Brought(tmp_path, "jekyll", CASES / "04-import-drops-protocol-relative-links" / "old")
    page = brought.article("_posts/2010-05-03-builds.md")
    links = {one.text_content(): one.get("href") for one in page.tree.xpath("//main//a")}
    assert links["nightly build"] == "https://builds.example/nightly"
    assert links["the notes"] == "https://notes.example/7"
    assert links["A lizard"] == "https://pictures.example/lizard.png"
    assert links["https://gallery.example/7"] == "https://gallery.example/7"
    assert page.texts("//main//li[text()='first']") == ["first"]
    assert brought.told == {("picture", "//pictures.example/lizard.png")}
    assert brought.report["engine"] == {"wanted": "commonmark", "site": "commonmark", "is_set": True}
    assert brought.report["problems"] == []
