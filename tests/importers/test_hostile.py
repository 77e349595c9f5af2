"""Folders of strangers: what leads out is not followed, and what is at fault is told with its place."""

import os
import subprocess
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from generator.config import read_config
from generator.errors import PublishError, UsageError
from generator.importers import Defaults, Migration, System, import_site
from generator.importers.folder import OldFolder
from generator.importers.outcome import ImportedRecord
from generator.importers.records import check_drafts
from generator.names import ContentPath, RecordId
from generator.scaffold import make_site
from materials import make_config
from sitebench import NOW, SiteBench

UTC = ZoneInfo("UTC")
DATED = "---\ntitle: {}\ndate: 2020-01-01\ncategories: [chips]\n---\n{}\n"


@pytest.fixture
def site(tmp_path: Path) -> SiteBench:
    make_site(tmp_path / "site", title="New", url="https://new.example", now=NOW)
    site = SiteBench(tmp_path / "site")
    return site.edit("site.toml", "# [feeds]", "[images]\ncards = false\n# [feeds]")


@pytest.fixture
def old(tmp_path: Path) -> SiteBench:
    (tmp_path / "old").mkdir()
    return SiteBench(tmp_path / "old")


def bring(old: SiteBench, site: SiteBench, system: System = "hugo", *, topic: str | None = "loose") -> Migration:
    defaults = Defaults(RecordId("desk"), RecordId(topic) if topic else None)
    return import_site(system, old.root, site.root, read_config(site.root), defaults, is_dry=False)


def test_no_link_is_followed_out_of_the_folder(old: SiteBench, site: SiteBench, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text(DATED.format("Secret", "Mine."))
    (tmp_path / "secret.png").write_bytes(b"x")
    old.write(
        "content/posts/a.md", DATED.format("A", "![s](../../../secret.png) ![t](/static/s.png) [u](../../../x.md)")
    )
    (old.root / "content/posts/b.md").symlink_to(tmp_path / "secret.md")
    (old.root / "content/more").symlink_to(tmp_path)
    (old.root / "content/loop").symlink_to(old.root)
    (old.root / "static").mkdir()
    (old.root / "static/s.png").symlink_to(tmp_path / "secret.png")
    os.mkfifo(old.root / "content/posts/pipe.md")
    migration = bring(old, site)
    assert [one.origin for one in migration.records if one.origin] == ["content/posts/a.md"]
    assert migration.pictures == ()
    site.build().expect_built()


VALUES = [
    "slug: ../../../up",
    "slug: /etc/passwd",
    "slug: '..'",
    'slug: "a\\nb"',
    "slug: CON/aux",
    "url: /../../up/",
    "aliases: [/../x/, //y, '/a b/', '/%2e%2e/z', '']",
    "categories: [../up, '!!!']",
    "tags: ['!!!', '../x', \"\\e[31m\"]",
    "image: ../../../../etc/passwd",
    "title: {a: b}",
    "title: [a]",
    "author: [[[[x]]]]",
    "lastmod: 1990-01-01",
    "expiryDate: 1990-01-01",
    "date: 0000-00-00",
    "date: 99999999999999999999",
    "language: '../de'",
    "aliases: {a: b}",
    "weight: 9999999999999999",
]


def test_no_value_leads_out_of_the_site_or_keeps_it_from_building(
    old: SiteBench, site: SiteBench, tmp_path: Path
) -> None:
    rest = {"title": "title: A", "date": "date: 2020-01-01", "categories": "categories: [chips]"}
    for number, value in enumerate(VALUES):
        lines = [value, *(line for name, line in rest.items() if name != value.partition(":")[0])]
        old.write(f"content/posts/p{number}.md", "\n".join(["---", *lines, "---", f"Text {number}.\n"]))
    before = {path for path in tmp_path.rglob("*") if not path.is_relative_to(site.root)}
    migration = bring(old, site)
    site.build().expect_built().expect_report("")
    assert {path for path in tmp_path.rglob("*") if not path.is_relative_to(site.root)} == before
    made = {one.origin for one in migration.records if one.fate == "made"}
    assert {one.file for one in migration.problems} | made >= {
        f"content/posts/p{number}.md" for number in range(len(VALUES))
    }


FAULTS = {
    "---\na: &x [1]\nb: *x\n---\n": "yaml-alias",
    "---\na: 1\na: 2\n---\n": "duplicate-key",
    "---\n- a\n---\n": "not-a-mapping",
    "---\ntitle: A\n": "unclosed-front-matter",
    "+++\na = \n+++\n": "bad-toml",
    "+++\na = 1\n": "unclosed-front-matter",
    '{"a": 1,}\n': "bad-yaml",
    '{"a": ' + "[" * 100_000: "bad-yaml",
    "---\na: " + "[" * 10_000 + "\n---\n": "bad-yaml",
    "a\x1b[31m": "left-out-character",
}


@pytest.mark.parametrize("text", FAULTS, ids=FAULTS.values())
def test_a_text_at_fault_is_a_problem_and_the_others_come_over(old: SiteBench, site: SiteBench, text: str) -> None:
    old.write("content/posts/bad.md", text).write("content/posts/good.md", DATED.format("Good", "Text."))
    old.write("content/posts/wild.md", b"---\ntitle: \xff\n---\n")
    migration = bring(old, site)
    assert [(one.file, one.code) for one in migration.problems] == [
        ("content/posts/bad.md", FAULTS[text]),
        ("content/posts/wild.md", "not-utf8"),
    ]
    assert [one.id for one in migration.records if one.kind == "article"] == ["good"]


def test_a_text_that_no_build_would_take_is_left_out_and_no_link_leads_to_it(old: SiteBench, site: SiteBench) -> None:
    old.write("content/posts/bad.md", DATED.format("Bad", ">" * 200 + " deep"))
    old.write("content/posts/good.md", DATED.format("Good", "See [the bad one](bad.md)."))
    migration = bring(old, site)
    assert [(one.file, one.code) for one in migration.problems] == [
        ("content/articles/2020/good.md", "unusable-link"),
        ("content/posts/bad.md", "markdown-failed"),
    ]
    assert {one.id: one.fate for one in migration.records if one.kind == "article"} == {"bad": "faulty", "good": "made"}
    site.build().expect_built()


def test_a_picture_that_is_none_becomes_its_words(old: SiteBench, site: SiteBench) -> None:
    old.write("static/a.png", b"no picture").write("static/b.svg", b"<svg/>")
    old.write(
        "content/posts/a.md", DATED.format("A", "![one](/a.png) ![two](/b.svg) ![three](data:image/png;base64,AA)")
    )
    migration = bring(old, site)
    assert len([lack for one in migration.records for lack in one.lacks if lack.what == "picture"]) == 3
    site.build().expect_built().expect_report("")
    assert "one two three" in site.page("news/chips/a/index.html").text


def test_two_texts_of_one_name_keep_apart(old: SiteBench, site: SiteBench) -> None:
    for folder in ("posts", "news"):
        old.write(f"content/{folder}/same.md", DATED.format(folder, f"In {folder}. [The other](../posts/same.md)"))
    migration = bring(old, site)
    assert [one.id for one in migration.records if one.kind == "article"] == ["content-news-same", "content-posts-same"]
    site.build().expect_built().expect_report("")
    assert "/news/chips/content-posts-same/" in site.page("news/chips/content-news-same/index.html").text


def test_a_record_of_the_site_is_not_taken_for_another_one_of_its_name(old: SiteBench, site: SiteBench) -> None:
    before = (site.root / "content/articles/2026/welcome.md").read_text()
    old.write("content/posts/welcome.md", DATED.format("Hello", "Old words.")).write(
        "content/posts/x.md", DATED.format("X", "[a](welcome.md)")
    )
    for fate in ("made", "there already"):
        migration = bring(old, site)
        assert {one.id: one.fate for one in migration.records if one.kind == "article"} == {
            "welcome-2": fate,
            "x": fate,
        }
    assert (site.root / "content/articles/2026/welcome.md").read_text() == before
    site.build().expect_built().expect_report("")
    assert "/news/chips/welcome-2/" in site.page("news/chips/x/index.html").text


def test_an_edited_record_is_left_as_it_is(old: SiteBench, site: SiteBench) -> None:
    old.write("content/posts/a.md", DATED.format("A", "Old words."))
    bring(old, site)
    site.edit("content/articles/2020/a.md", "Old words.", "New words.")
    assert [one.fate for one in bring(old, site).records] == ["there already"]
    assert "New words." in (site.root / "content/articles/2020/a.md").read_text()


def test_nothing_is_written_through_a_link_out_of_content(old: SiteBench, site: SiteBench, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site.root / "content/articles/2020").symlink_to(tmp_path / "elsewhere")
    old.write("content/posts/a.md", DATED.format("A", "Text."))
    with pytest.raises(PublishError, match="a link leads out"):
        bring(old, site)
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_file_too_large_to_be_a_text_is_a_problem(old: SiteBench) -> None:
    old.write("big.md", b"x" * 10_000_001).write("small.md", "x")
    folder = OldFolder(old.root)
    assert (folder.read_text("big.md"), folder.read_text("small.md")) == (None, "x")
    assert [(one.file, one.code) for one in folder.problems] == [("big.md", "unreadable-file")]


def test_what_was_built_is_not_read(old: SiteBench) -> None:
    for file in ("public/a.md", "content/public/b.md", "node_modules/c.md", "x/node_modules/d.md", ".git/e.md"):
        old.write(file, "x")
    assert OldFolder(old.root, built=("public",)).files == ("content/public/b.md",)


def test_a_topic_is_asked_for_where_a_text_has_none(old: SiteBench, site: SiteBench) -> None:
    old.write("content/posts/a.md", "---\ntitle: A\ndate: 2020-01-01\n---\nText.\n")
    with pytest.raises(UsageError, match=r"content/posts/a.md has no category: .* --topic; there is technology"):
        bring(old, site, topic=None)


def test_articles_of_another_source_name_their_originals(old: SiteBench, site: SiteBench) -> None:
    old.write("content/posts/a.md", DATED.format("A", "Text."))
    site.edit("site.toml", 'source = "desk"', "#")
    with pytest.raises(UsageError, match=r'set source = "desk" below \[site\]'):
        bring(old, site)
    old.write("hugo.toml", 'baseURL = "https://old.example/sub/"\n')
    bring(old, site)
    site.remove("content/articles/2026/welcome.md")
    assert "source_url: https://old.example/sub/posts/a\n" in (site.root / "content/articles/2020/a.md").read_text()
    site.build().expect_built()


def test_folders_may_nest_as_deep_as_paths_go(old: SiteBench) -> None:
    deep = "/".join("d" * 1500)
    old.write("content/a.md", "x")
    where = os.open(old.root / "content", os.O_RDONLY)
    for part in deep.split("/"):
        os.mkdir(part, dir_fd=where)
        inner = os.open(part, os.O_RDONLY, dir_fd=where)
        os.close(where)
        where = inner
    os.close(where)
    try:
        assert "content/a.md" in OldFolder(old.root).files
    finally:  # it is deeper than Python removes
        subprocess.run(["rm", "-rf", old.root], check=True)


@pytest.mark.parametrize("url", ["/", "old.example", "javascript:alert(1)", "https://[", "https://a b/"])
def test_an_address_of_the_old_site_that_is_none_is_not_written(old: SiteBench, site: SiteBench, url: str) -> None:
    old.write("hugo.toml", f'baseURL = "{url}"\n').write(
        "content/posts/a.md", DATED.format("A", "[b](/b/) [c](http://[)")
    )
    site.remove("content/sources/desk.md")
    bring(old, site)
    site.build().expect_built()
    assert "homepage" not in (site.root / "content/sources/desk.md").read_text()


def test_an_old_address_with_spaces_can_be_an_original(old: SiteBench, site: SiteBench) -> None:
    old.write("hugo.toml", 'baseURL = "https://old.example"\n').write(
        "content/posts/a.md", DATED.format("A", "Text.").replace("title", "url: '/Ein Brett/<b>/'\ntitle")
    )
    defaults = Defaults(RecordId("other"), RecordId("loose"))
    import_site("hugo", old.root, site.root, read_config(site.root), defaults, is_dry=False)
    site.build().expect_built()
    assert "https://old.example/Ein%20Brett/%3Cb%3E" in (site.root / "content/articles/2020/a.md").read_text()


def test_a_page_without_a_text_is_told_and_not_made(old: SiteBench, site: SiteBench) -> None:
    old.write("content/_index.md", "---\ntitle: Home\n---\n")
    (one,) = (one for one in bring(old, site).records if one.origin)
    assert (one.fate, one.left) == ("empty", {"title": "Home"})


def test_a_draft_of_a_page_does_not_go_live(old: SiteBench, site: SiteBench) -> None:
    old.write("content/plan.md", "---\ntitle: Plan\ndraft: true\n---\nSecret.\n")
    bring(old, site)
    site.build().expect_built()
    assert not any(b"Secret." in data for data in site.files().values())
    assert "Secret." in site.build(drafts=True).page("plan/index.html").text


def test_the_line_of_a_fault_is_that_of_the_file(old: SiteBench, site: SiteBench) -> None:
    old.write("content/posts/a.md", '+++\ntitle = "A"\ndate = \n+++\n')
    (problem,) = bring(old, site).problems
    assert (problem.code, problem.line) == ("bad-toml", 3)


def test_a_strangers_text_cannot_link_to_records(old: SiteBench, site: SiteBench) -> None:
    body = "[a](article:welcome) <topic:technology> [b][r] ![c](page:about)\n\n[r]: article:gone\n\n"
    body += "<a href='story:x'>d</a>"
    old.write("content/posts/a.md", DATED.format("A", body))
    (one,) = (one for one in bring(old, site).records if one.kind == "article")
    assert sum(lack.what == "link" for lack in one.lacks) == 4
    site.build().expect_built().expect_report("")


def test_a_link_or_picture_that_is_nowhere_is_seen_before_it_is_written() -> None:
    text = "---\ntitle: A\n---\n[a](article:gone) [b](page:there) ![c](gone.png) ![d](there.png)\n"
    draft = ImportedRecord(ContentPath("content/pages/a.md"), "page", "a", text)
    ((_, found),) = check_drafts([draft], make_config(), known={"page:there"}, pictures={"there.png"})
    assert [(one.code, one.message) for one in found] == [
        ("dead-link", "the link 'article:gone' leads nowhere"),
        ("missing-image", "no picture 'gone.png'"),
    ]


BOMBS = {
    "keys of any depth": f"+++\ntitle = 'B'\n{'.'.join(['k'] * 5000)} = 1\n+++\n",
    "lists of any depth": f'{{"title": "B", "k": {"[" * 600}{"]" * 600}}}\n',
    "a number of any length": f"+++\ntitle = 'B'\nk = 0x{'f' * 20_000}\n+++\n",
    "a title that is such a number": f"+++\ntitle = 0x{'f' * 20_000}\n+++\n",
    "half a character": '{"title": "B", "k": "\\ud83d"}\n',
}


@pytest.mark.parametrize("name", BOMBS)
def test_no_value_is_too_much_for_the_report(old: SiteBench, site: SiteBench, name: str) -> None:
    old.write("content/posts/a.md", DATED.format("A", "Text."))
    old.write("content/posts/b.md", f"{BOMBS[name]}Text.\n")
    migration = bring(old, site)
    assert [one.file for one in migration.problems] == ["content/posts/b.md"]
    assert [one.origin for one in migration.records if one.fate == "made" and one.origin] == ["content/posts/a.md"]


@pytest.mark.parametrize("name", ["a\n::error::b.md", "a\rb.md", "a\x1b[2J.md", "a\u2028b.md"])
def test_a_name_that_begins_another_line_is_told_and_not_read(old: SiteBench, name: str) -> None:
    (old.root / name).write_text("A")
    folder = OldFolder(old.root)
    assert folder.files == ()
    assert [problem.code for problem in folder.problems] == ["unusable-name"]
