"""Files of `static/` are published as they are."""

import os
from pathlib import Path

import pytest

from generator.build import Request
from generator.check import check_site
from generator.names import is_file_name, is_output_path, output_path
from generator.watch.changes import is_source, list_folders
from sitebench import NOW, SITE_TOML, SiteBench, article

FILES = {
    "ads.txt": b"adnet.example, pub-1, DIRECT\n",
    "CNAME": b"bench.example\n",
    ".nojekyll": b"",
    ".well-known/security.txt": b"Contact: mailto:desk@bench.example\n",
    "files/Annual report (2026).pdf": b"%PDF-1.7\n\xff\x00",
    "google1234.html": b"google-site-verification: google1234.html",
    "größe/überblick.txt": b"x",
}


def write_static(bench: SiteBench) -> SiteBench:
    for name, data in FILES.items():
        bench.write(f"static/{name}", data)
    return bench


def test_files_are_published_byte_for_byte(bench: SiteBench) -> None:
    built = write_static(bench).build().expect_report("").files()
    assert {name: built[name] for name in FILES} == FILES


def test_a_site_without_them_builds_what_it_built_before(bench: SiteBench) -> None:
    before = bench.build().expect_report("").files()
    write_static(bench).build().expect_rendered(*FILES)
    for name in FILES:
        bench.remove(f"static/{name}")
    bench.build().expect_rendered()
    assert bench.files() == before
    assert not (bench.output / ".well-known").exists()


def test_an_edit_renders_that_file_only(bench: SiteBench) -> None:
    write_static(bench).build().expect_built()
    bench.write("static/ads.txt", "adnet.example, pub-2, DIRECT\n").build().expect_rendered("ads.txt")
    bench.write("static/new.txt", "new").build().expect_rendered("new.txt").expect_same_as_clean_build()
    bench.build().expect_rendered()


def test_what_systems_and_editors_leave_behind_is_not_published(bench: SiteBench) -> None:
    before = bench.build().files()
    for name in (
        ".DS_Store",
        "._ads.txt",
        "Thumbs.db",
        "ads.txt~",
        ".ads.txt.swp",
        "#ads.txt#",
        ".gitkeep",
        ".git/config",
    ):
        bench.write(f"static/{name}", "x")
    bench.build().expect_report("").expect_rendered()
    assert bench.files() == before


@pytest.mark.parametrize(
    ("name", "taker"),
    [
        ("feed.xml", "the feed"),
        ("latest/index.html", ""),
        ("latest", ""),
        ("robots.txt", "robots.txt"),
        ("_headers", ""),
    ],
)
def test_a_file_cannot_take_the_path_of_an_output(bench: SiteBench, name: str, taker: str) -> None:
    bench.write(f"static/{name}", "x").build().expect_refused()
    assert f"static/{name}: error: the path" in bench.problems or name == "latest"
    assert taker in bench.problems
    assert "[path-taken]" in bench.problems


def test_an_output_that_is_switched_off_leaves_its_path_to_the_file(bench: SiteBench) -> None:
    text = (bench.root / "site.toml").read_text() + "\n[outputs]\nrobots = false\n"
    bench.write("site.toml", text).write("static/robots.txt", "User-agent: *\nDisallow: /drafts/\n").build()
    assert bench.expect_report("").files()["robots.txt"] == b"User-agent: *\nDisallow: /drafts/\n"


@pytest.mark.parametrize("name", ["a?b.txt", "50%.txt", "a:b.txt", ".newsprint-written", "a\nb.txt", "a\\b.txt"])
def test_names_that_addresses_or_systems_treat_in_their_own_way_are_refused(bench: SiteBench, name: str) -> None:
    bench.write(f"static/{name}", "x").build().expect_refused()
    assert "[unusable-name]" in bench.problems
    assert "a\nb" not in bench.problems


def test_a_name_that_is_not_utf8_is_refused(bench: SiteBench) -> None:
    folder = bench.write("static/a.txt", "x").root / "static"
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.txt")).write_text("x")
    bench.build().expect_refused()
    assert "[unusable-name]" in bench.problems


def test_links_out_of_the_site_are_refused(bench: SiteBench, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    bench.write("static/a.txt", "x")
    (bench.root / "static/b.txt").symlink_to(tmp_path / "secret")
    bench.build().expect_refused()
    assert "static/b.txt" in bench.problems
    assert "[outside-file]" in bench.problems
    text = (bench.root / "site.toml").read_text() + f'\n[content]\nallow_links = ["{tmp_path}/secret"]\n'
    assert bench.write("site.toml", text).build().expect_report("").files()["b.txt"] == b"secret"


def test_a_fifo_and_a_linked_folder_are_refused(bench: SiteBench) -> None:
    bench.write("static/a/b.txt", "x")
    os.mkfifo(bench.root / "static/pipe")
    (bench.root / "static/again").symlink_to("a")
    bench.build().expect_refused()
    assert bench.problems.count("[unreadable-file]") == 2


def test_a_file_beyond_the_limit_is_refused_with_its_size(bench: SiteBench) -> None:
    text = (bench.root / "site.toml").read_text() + "\n[limits]\nstatic_bytes = 1000\n"
    bench.write("site.toml", text).write("static/film.mp4", b"x" * 1001).build().expect_refused()
    assert "it has 1,001 bytes" in bench.problems
    assert "'static_bytes'" in bench.problems


LINKS = (
    "Read [the report](/files/Annual%20report%20(2026).pdf#page=2), [ads](</ads.txt>) and [nothing](/files/none.pdf)."
)


def hrefs(bench: SiteBench, path: str = "news/chips/a9/index.html") -> list[str]:
    return list(bench.page(path).tree.xpath("//div[contains(@class, 'prose')]//a/@href"))


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
def test_texts_link_to_them(bench: SiteBench, engine: str) -> None:
    text = f'{SITE_TOML}[markdown]\nengine = "{engine}"\n'.replace("bench.example", "bench.example/deep")
    write_static(bench).write("site.toml", text)
    bench.write("content/articles/a9.md", article("Chip news 9", 9, body=LINKS)).build()
    assert "a9.md:" in bench.problems
    assert "the link '/files/none.pdf' is removed: static/ has no such file [unusable-link]" in bench.problems
    assert bench.problems.count("[unusable-link]") == 1
    assert hrefs(bench) == ["/deep/files/Annual%20report%20%282026%29.pdf#page=2", "/deep/ads.txt"]
    assert b"https://bench.example/deep/files/Annual%20report%20%282026%29.pdf#page=2" in bench.files()["feed.xml"]


def test_a_file_that_comes_or_goes_renders_the_pages_that_link_to_it(bench: SiteBench) -> None:
    bench.write("content/articles/a9.md", article("Chip news 9", 9, body=LINKS)).build()
    assert hrefs(bench) == []
    write_static(bench).build()
    assert "news/chips/a9/index.html" in bench.rendered
    assert "news/chips/a1/index.html" not in bench.rendered
    assert len(hrefs(bench)) == 2
    bench.expect_same_as_clean_build()
    bench.remove("static/ads.txt").build().expect_same_as_clean_build()
    assert len(hrefs(bench)) == 1
    bench.write("static/files/Annual report (2026).pdf", "another").build()
    bench.expect_rendered("files/Annual report (2026).pdf")


def test_a_folder_with_an_index_is_linked_as_such(bench: SiteBench) -> None:
    bench.write("static/game/index.html", "<!doctype html><title>Game</title>")
    bench.write("content/articles/a9.md", article("Chip news 9", 9, body="Play [it](/game/).")).build()
    bench.expect_report("")
    assert hrefs(bench) == ["/game/"]


def test_links_to_them_are_followed_by_check(bench: SiteBench) -> None:
    write_static(bench).write("content/articles/a9.md", article("Chip news 9", 9, body=LINKS))
    report = check_site(
        Request(root=bench.root, output=bench.output, now=NOW, workers=1), progress=lambda *_, **_more: None
    )
    assert {one.code for one in report.problems} & {"broken-link", "slashless-link", "unreadable-output"} == set()


def test_the_folder_is_watched(bench: SiteBench) -> None:
    bench.write("static/.well-known/a.txt", "x")
    assert bench.root / "static/.well-known" in list_folders(bench.root)
    assert is_source("static/ads.txt")
    assert is_source("static/.well-known/a.txt")
    assert not is_source("static/ads.txt~")


@pytest.mark.parametrize(
    "name", ["", ".", "..", "a/b", "a\\b", "a\x00b", "..\u202e", "e\u0301", "x" * 256, ".newsprint"]
)
def test_no_name_leads_out_of_the_output(name: str) -> None:
    assert not is_file_name(name)
    with pytest.raises(ValueError, match=r"^"):
        output_path("a", name, as_is=True)
    assert not is_output_path(f"../{name}")
