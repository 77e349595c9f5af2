"""Languages of Hugo in folders of their own: each text has its language, its id and its old address."""

from pathlib import Path

from imports import CASES, Brought


def test_each_language_has_its_folder(tmp_path: Path) -> None:
    brought = Brought(tmp_path, "hugo", CASES / "06-hugo-languages-by-folder" / "old")
    assert {origin: Path(file).stem for origin, file in brought.files.items()} == {
        "content/en/post/a.md": "first-look",
        "content/en/post/b.md": "second-look",
        "content/de/post/a.md": "first-look-de",
    }
    english, german = brought.matter("content/en/post/a.md"), brought.matter("content/de/post/a.md")
    assert (english.get("language"), german["language"]) == (None, "de")
    assert english["aliases"] == ["/2026/05/first-look.html"]
    assert german["aliases"] == ["/de/2026/05/first-look.html"]
    assert english["topic"] == german["topic"] == "loose"
    (link,) = brought.article("content/en/post/a.md").tree.xpath("//article//a[text()='the second']")
    assert link.get("href") == "/news/loose/second-look/"
    assert brought.page("de/2026/05/first-look.html")
    assert (brought.told, brought.report["problems"], brought.report["unread"]) == (set(), [], [])
