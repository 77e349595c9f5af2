"""What a site of Hugo says of its languages and addresses, in all the places where it may."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.importers.folder import OldFolder
from generator.importers.hugo import read_hugo
from generator.importers.hugo_config import urlize
from sitebench import SiteBench

POST = "---\ntitle: A\ndate: 2020-01-02\n---\nText.\n"
TWO = "[languages.en]\ncontentDir = 'content/en'\n[languages.de]\ncontentDir = 'content/de'\n"

ADDRESSES = [
    ("/posts/a", "content/posts/a.md", {}),
    ("/posts/a.html", "content/posts/a.md", {"hugo.toml": "uglyURLs = true"}),
    ("/posts/a.html", "content/posts/a.md", {"hugo.toml": "[uglyURLs]\nposts = true"}),
    ("/posts/a", "content/posts/a.md", {"hugo.toml": "[uglyURLs]\nnotes = true"}),
    ("/about.html", "content/about.md", {"hugo.toml": "uglyurls = true"}),
    ("/2020/a.html", "content/posts/x.md", {"hugo.toml": "uglyURLs = true\n[permalinks]\nposts = '/:year/:slug/'"}),
    ("/posts/a", "content/en/posts/a.md", {"hugo.toml": TWO}),
    ("/de/posts/a", "content/de/posts/a.md", {"hugo.toml": TWO}),
    ("/posts/a", "content/de/posts/a.md", {"hugo.toml": f"defaultContentLanguage = 'de'\n{TWO}"}),
    ("/en/posts/a", "content/en/posts/a.md", {"hugo.toml": f"defaultContentLanguageInSubdir = true\n{TWO}"}),
    ("/de/posts/a", "content/posts/a.de.md", {"hugo.toml": "[languages.en]\n[languages.de]\n"}),
    ("/posts/a.de", "content/posts/a.de.md", {"hugo.toml": "[languages.en]\n[languages.fr]\n"}),
    ("/pt-br/posts/a", "content/posts/a.pt-br.md", {"hugo.toml": "[languages.en]\n[languages.pt-BR]\n"}),
    (
        "/de/x/a",
        "content/posts/a.de.md",
        {"config.yaml": "languages: {en: {}, de: {}}\npermalinks: {posts: '/x/:title/'}"},
    ),
    (
        "/de/posts/a",
        "content/de/posts/a.md",
        {
            "config/_default/hugo.toml": "baseURL = 'https://x.example'",
            "config/_default/languages.en.toml": "contentDir = 'content/en'",
            "config/_default/languages.de.toml": "contentDir = 'content/de'",
        },
    ),
    (
        "/de/posts/a",
        "content/de/posts/a.md",
        {"config/_default/languages.toml": "[en]\ncontentDir = 'content/en'\n[de]\ncontentDir = 'content/de'"},
    ),
    ("/p/a", "content/posts/a.md", {"config/_default/permalinks.toml": "posts = '/p/:contentbasename/'"}),
    ("/p/a", "content/Posts/a.md", {"hugo.toml": "[permalinks]\nposts = '/p/:slug/'"}),
    ("/b/c/a", "content/a/b/c/a.md", {"hugo.toml": "[permalinks]\na = '/:sections[1:]/:slug/'"}),
    ("/c/a", "content/a/b/c/a.md", {"hugo.toml": "[permalinks]\na = '/:sections[last]/:slug/'"}),
    ("/thursday/a", "content/posts/a.md", {"hugo.toml": "[permalinks]\nposts = '/:weekdayname/:slug/'"}),
    (
        "/fr/posts/a",
        "fr/posts/a.md",
        {"hugo.toml": "[[module.mounts]]\nsource = 'fr'\ntarget = 'content'\nlang = 'fr'\n"},
    ),
    (
        "/notes/a",
        "notes/a.md",
        {"hugo.toml": "[[module.mounts]]\nsource = 'notes'\ntarget = 'content/notes'\n[languages.en]\n"},
    ),
]


@pytest.mark.parametrize(("address", "file", "files"), ADDRESSES)
def test_a_text_stands_where_hugo_put_it(tmp_path: Path, address: str, file: str, files: dict[str, str]) -> None:
    SiteBench(tmp_path).write_all({file: POST, **files})
    found = read_hugo(OldFolder(tmp_path), ZoneInfo("UTC"))
    assert found.problems == []
    assert {post.file: post.addresses[0] for post in found.posts} == {file: address}


@pytest.mark.parametrize(
    ("settings", "language"),
    [
        ("", ""),
        ("languageCode = 'de-AT'", "de-AT"),
        ("defaultContentLanguage = 'fr'", "fr"),
        ("defaultContentLanguage = 'pt-br'\n[languages.pt-br]\nlocale = 'pt-BR'", "pt-BR"),
        ("[languages.it]\nweight = 1", "it"),
    ],
)
def test_the_site_has_a_language(tmp_path: Path, settings: str, language: str) -> None:
    SiteBench(tmp_path).write_all({"content/posts/a.md": POST, "hugo.toml": settings})
    assert read_hugo(OldFolder(tmp_path), ZoneInfo("UTC")).language == language


def test_a_folder_of_no_language_is_not_read_and_named(tmp_path: Path) -> None:
    SiteBench(tmp_path).write_all({"content/en/posts/a.md": POST, "content/xx/posts/a.md": POST, "hugo.toml": TWO})
    found = read_hugo(OldFolder(tmp_path), ZoneInfo("UTC"))
    assert ([post.file for post in found.posts], found.unread) == (["content/en/posts/a.md"], ["content/xx/posts/a.md"])


@pytest.mark.parametrize(
    ("alias", "address"), [("/old/", "/old"), ("old", "/posts/old"), ("../old/", "/old"), ("/a.html", "/a.html")]
)
def test_an_alias_without_a_slash_is_beside_the_text(tmp_path: Path, alias: str, address: str) -> None:
    SiteBench(tmp_path).write("content/posts/a.md", POST.replace("date", f"aliases: ['{alias}']\ndate"))
    (post,) = read_hugo(OldFolder(tmp_path), ZoneInfo("UTC")).posts
    assert post.addresses[1:] == (address,)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("A first look", "a-first-look"),
        ("What's new: C++ & a/b", "whats-new-c++-a/b"),
        ("  a -- b  ", "a-b"),
        ("Über 3.5", "über-3.5"),
        ("日本 語", "日本-語"),
    ],
)
def test_titles_are_written_as_hugo_writes_them(text: str, path: str) -> None:
    assert urlize(text) == path
