"""What lies in `content/` and is not read is named, with what to do; what is nobody's business is not."""

from pathlib import Path

import pytest

from generator.load.files import scan_content


def problems_of(root: Path, *names: str) -> dict[str, str]:
    """The hints of all warnings by their files, of a site with a folder of articles and these files."""
    (root / "content/articles").mkdir(parents=True, exist_ok=True)
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")
    problems = scan_content(root).problems
    assert all(problem.severity == "warning" for problem in problems)
    return {problem.file: problem.hint for problem in problems}


RENAME = "record files end in '.md' in lower case: rename it to '{}'"
REWRITE = "records are markdown: put the text into '{}', with front matter"
DECIDE = "make it a record, '{}' with front matter, or move it out of content/"
ELSEWHERE = "only records (.md) and pictures are read here; move the file out of content/"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("a.markdown", RENAME.format("a.md")),
        ("a.MD", RENAME.format("a.md")),
        ("a.Md", RENAME.format("a.md")),
        ("a.mkd", RENAME.format("a.md")),
        ("a.MARKDOWN", RENAME.format("a.md")),
        ("a.b.markdown", RENAME.format("a.b.md")),
        ("a.md.txt", RENAME.format("a.md")),
        ("a.mdx", REWRITE.format("a.md")),
        ("a.html", REWRITE.format("a.md")),
        ("a.HTM", REWRITE.format("a.md")),
        ("a.txt", DECIDE.format("a.md")),
        ("a.rst", DECIDE.format("a.md")),
        ("a.adoc", DECIDE.format("a.md")),
        ("a", DECIDE.format("a.md")),
        ("a.json", ELSEWHERE),
        ("a.pdf", ELSEWHERE),
        ("a.yaml", ELSEWHERE),
    ],
)
@pytest.mark.parametrize("folder", ["content/articles", "content/articles/2026/05", "content/sponsors"])
def test_a_file_that_is_no_record_is_named(tmp_path: Path, folder: str, name: str, hint: str) -> None:
    assert problems_of(tmp_path, f"{folder}/{name}") == {f"{folder}/{name}": hint}


@pytest.mark.parametrize("name", ["post.md", "post.markdown", "page.html"])
def test_a_record_among_media_is_named(tmp_path: Path, name: str) -> None:
    hint = "put records into the folder of their kind, such as content/articles/"
    assert problems_of(tmp_path, f"content/media/{name}") == {f"content/media/{name}": hint}


@pytest.mark.parametrize(
    "name",
    [
        *("a.md", "a.png", "a.PNG", "a.jpeg", "a.svg", "a.webp", "a.mp3", "a.mp4", "a.woff2", "a.heic"),
        *(".DS_Store", ".gitkeep", ".a.md.swp", "a.md~", "#a.md#", ".#a.md", "a.md.bak", "a.md.orig", "a.md.swp"),
        *("Thumbs.db", "desktop.ini", "4913", "README", "README.txt", "LICENSE", ".obsidian/app.json"),
    ],
)
def test_what_is_expected_or_left_behind_is_not_told(tmp_path: Path, name: str) -> None:
    assert problems_of(tmp_path, f"content/articles/{name}", "content/media/a.png") == {}
    assert problems_of(tmp_path, "content/.DS_Store", "content/Thumbs.db", "content/media/CREDITS.txt") == {}


def test_many_files_of_one_kind_are_told_together(tmp_path: Path) -> None:
    names = [f"content/articles/{number:02}.html" for number in range(12)]
    assert problems_of(tmp_path, *names[:10]).keys() == set(names[:10])
    assert problems_of(tmp_path, *names, "content/articles/a.txt") == {
        "content/articles": REWRITE.format("NAME.md"),
        "content/articles/a.txt": DECIDE.format("a.md"),
    }
    (told,) = (problem for problem in scan_content(tmp_path).problems if problem.file == "content/articles")
    assert told.message == "12 files that end with '.html' are not read, such as '00.html', '01.html', '02.html'"


@pytest.mark.parametrize(
    ("folder", "meant"),
    [
        *(("article", "articles"), ("artikles", "articles"), ("Article", "articles"), ("posts", "articles")),
        *(("story", "stories"), ("storys", "stories"), ("topic", "topics"), ("categories", "topics")),
        *(("entity", "entities"), ("people", "entities"), ("page", "pages"), ("ads", "sponsors")),
        *(("source", "sources"), ("medias", "media"), ("images", "media"), ("Posts", "articles")),
    ],
)
def test_a_folder_of_no_kind_is_named_with_the_one_that_is_meant(tmp_path: Path, folder: str, meant: str) -> None:
    told = problems_of(tmp_path, f"content/{folder}/2026/a.md", f"content/{folder}/b.md", f"content/{folder}/.DS_Store")
    assert told.keys() == {f"content/{folder}"}
    assert told[f"content/{folder}"].startswith(f"did you mean '{meant}'?")
    (problem,) = scan_content(tmp_path).problems
    assert problem.message == f"the folder '{folder}' does not belong to any kind of record: 2 files are not read"


@pytest.mark.parametrize("folder", ["STORIES", "Stories", "sTories", "Media"])
def test_a_folder_in_capitals_is_to_be_renamed(tmp_path: Path, folder: str) -> None:
    told = problems_of(tmp_path, f"content/{folder}/a.md")
    hint = f"folder names are in lower case: rename it to '{folder.lower()}'"
    assert told == {f"content/{folder}": hint}


def test_content_in_capitals_is_to_be_renamed(tmp_path: Path) -> None:
    (tmp_path / "Content").mkdir()
    (problem,) = scan_content(tmp_path).problems
    assert problem.hint == "folder names are in lower case: rename 'Content' to 'content'"


def test_a_file_in_no_folder_is_named(tmp_path: Path) -> None:
    known = "the folders of content/ are articles, stories, topics, sources, entities, sponsors, pages and media."
    told = problems_of(tmp_path, "content/a.md", "content/b.txt", "content/logo.png")
    assert told == {
        "content/a.md": f"move it into the folder of its kind; {known}",
        "content/b.txt": f"move it into the folder of its kind; {known}",
        "content/logo.png": "move it to content/media/",
    }
