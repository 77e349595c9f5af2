"""A new site builds at once, whatever it is called."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from generator.config import read_config
from generator.errors import UsageError
from generator.scaffold import make_site
from generator.scaffold.start import SITE
from sitebench import NOW, SiteBench


def start(folder: Path, *, title: str = "Chip News", url: str = "https://chips.example") -> SiteBench:
    make_site(folder, title=title, url=url, now=NOW)
    return SiteBench(folder)


def test_a_new_site_builds_at_once_without_a_warning(tmp_path: Path) -> None:
    site = start(tmp_path / "new").build().expect_built().expect_report("")
    assert site.page("index.html").texts("//main//h3//a") == ["This site is up"]
    assert "Chip News" in site.page("index.html").text
    welcome = site.page("news/technology/welcome/index.html")
    assert welcome.texts("//main//a[contains(@rel, 'sponsored')]")
    assert site.page("about-this-site/index.html").texts("//h1") == ["About this site"]
    assert (tmp_path / "new/.gitignore").read_text() == "public/\n.newsprint/\n"


def test_it_has_one_record_of_each_kind_that_a_site_begins_with(tmp_path: Path) -> None:
    files = make_site(tmp_path, title="A", url="https://a.example", now=datetime(2027, 1, 2, 3, 4, tzinfo=UTC)).made
    assert sorted(path.split("/")[1] for path in files if path.startswith("content/")) == [
        *("articles", "pages", "sources", "sponsors", "topics")
    ]
    assert "content/articles/2027/welcome.md" in files
    assert "published: 2027-01-02T03:04+00:00\n" in (tmp_path / "content/articles/2027/welcome.md").read_text()


def test_no_file_that_it_lays_down_keeps_a_placeholder(tmp_path: Path) -> None:
    start(tmp_path)
    assert sum(file.is_file() for file in tmp_path.rglob("*")) == sum(file.is_file() for file in SITE.rglob("*"))
    assert [file for file in tmp_path.rglob("*.*") if file.is_file() and "$" in file.read_text()] == []


@pytest.mark.parametrize(
    "title", ['"Chips" \\ & <more>', "Chips\n[site]\nurl = 1", "ニュース 🦊", "# $url", "\x1b[31mred"]
)
def test_any_title_is_kept_as_one_line_of_text(tmp_path: Path, title: str) -> None:
    start(tmp_path, title=title).build().expect_built()
    assert read_config(tmp_path).site.title == " ".join(title.replace("\x1b", " ").split())


@pytest.mark.parametrize(
    ("title", "url"), [(" ", "https://a.example"), ("A", "a.example"), ("A", "https://a.example/?x")]
)
def test_what_site_toml_would_not_take_is_refused_and_nothing_is_made(tmp_path: Path, title: str, url: str) -> None:
    with pytest.raises(UsageError, match=r"expected|text|URL"):
        start(tmp_path / "new", title=title, url=url)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    "there",
    [{"site.toml": ""}, {"content/note.txt": "mine"}, {"content": "a file"}, {"README.md": "x", "site.toml": ""}],
)
def test_a_folder_that_holds_a_site_is_left_alone(tmp_path: Path, there: dict[str, str]) -> None:
    SiteBench(tmp_path).write_all(there)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(UsageError, match=r"already contains .(site\.toml|content)."):
        start(tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "note.txt").write_text("mine")
    with pytest.raises(UsageError, match="is not a folder"):
        start(tmp_path / "note.txt")


FRESH = {
    ".git/HEAD": "ref: refs/heads/main\n",
    ".github/FUNDING.yml": "github: me\n",
    ".gitattributes": "* text=auto\n",
    "README.md": "# Chip News\n",
    "LICENSE": "MIT\n",
    "notes/plan.txt": "mine\n",
}


@pytest.mark.parametrize(
    ("ignored", "then"),
    [
        ("*.pyc\n", "*.pyc\npublic/\n.newsprint/\n"),
        ("*.pyc", "*.pyc\npublic/\n.newsprint/\n"),
        ("*.pyc\r\n", "*.pyc\r\npublic/\r\n.newsprint/\r\n"),
        ("", "public/\n.newsprint/\n"),
        ("/public\n", "/public\n.newsprint/\n"),
        (".newsprint/\npublic/\n", ".newsprint/\npublic/\n"),
        (None, "public/\n.newsprint/\n"),
    ],
)
def test_a_fresh_repository_keeps_its_files_and_gets_what_is_missing(
    tmp_path: Path, ignored: str | None, then: str
) -> None:
    given = {**FRESH, **({} if ignored is None else {".gitignore": ignored})}
    SiteBench(tmp_path).write_all(given)
    (tmp_path / "content").mkdir()
    made = make_site(tmp_path, title="A", url="https://a.example", now=NOW)
    SiteBench(tmp_path).build().expect_built()
    assert {path: (tmp_path / path).read_text() for path in FRESH} == FRESH
    assert (tmp_path / ".gitignore").read_bytes().decode() == then
    assert made.completed == ((".gitignore",) if ignored is not None and ignored != then else ())
    assert (".gitignore" in made.made) == (ignored is None)
    assert {"README.md", "LICENSE", "notes", ".gitattributes", ".github"} <= set(made.stays)
    assert ".git" not in made.stays


def test_the_demonstration_of_a_sponsor_says_that_it_is_invented(tmp_path: Path) -> None:
    assert "(invented)" in start(tmp_path).build().page("index.html").text
