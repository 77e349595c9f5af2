"""A post with what only some systems know: no word is lost, and what changes is told."""

from pathlib import Path

from imports import CASES, Brought

FILE = "_posts/2026-05-04-a.md"


def test_nothing_of_a_post_is_lost_in_silence(tmp_path: Path) -> None:
    brought = Brought(tmp_path, "jekyll", CASES / "08-import-silent-losses" / "old")
    page = brought.article(FILE)
    text = " ".join(page.tree.xpath("//article")[0].text_content().split())
    assert "Chip one – and only that — is" in text
    assert "Mind the gap." in text
    assert ":::" not in text
    assert "assign" not in text
    assert page.tree.xpath("//meta[@name='description']/@content")[0].startswith("Chip one – and")
    assert page.texts("//article//blockquote") == ["Is it fast?", "Yes, says another."]
    assert brought.matter(FILE)["language"] == "zh-TW"
    assert "~~late~~" in brought.text(FILE)
    assert "Voltage\n: How hard it pushes." in brought.text(FILE)
    assert "A note[^1] here.\n\n[^1]: The note." in brought.text(FILE)
    assert brought.told == {
        ("tag", "{% assign release = site.data.releases | first %}"),
        ("tag", "::: note"),
    }
