"""Links that lead out of the site: nothing of their targets is read, published or shown in a report."""

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.check.origins import Origins
from generator.config import draft_config
from generator.errors import ThemeError
from generator.load.ids import list_ids
from generator.reach import Reach
from generator.theme.chain import read_chain
from sitebench import SITE_TOML, SMALL, SiteBench, article

SECRET = "key-of-the-vault: [: {% x"
OUTSIDE = "../outside"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site with links of all kinds to a folder beside it, whose name begins like the site's."""
    root, outside = tmp_path / "site", tmp_path / "site-beside"
    (root / "content/media").mkdir(parents=True)
    (root / "real").mkdir()
    outside.mkdir()
    for file in (root / "content/plain", root / "real/file", outside / "file"):
        file.write_text("x")
    links = {
        "inside": "../real/file",
        "out": "../../site-beside/file",
        "chain": "out",
        "folder": "../../site-beside",
        "nowhere": "../../site-beside/nothing",
        "loop": "loop",
        "real": "../real",
    }
    for name, target in links.items():
        (root / "content" / name).symlink_to(target)
    (root / "real/back").symlink_to(root / "content/plain")
    (outside / "back").symlink_to(root / "content/plain")
    return root


INSIDE = ["plain", "inside", "missing", "real/file", "real/back", "folder/back", "loop"]
OUT = {"out": "out", "chain": "chain", "folder": "folder", "folder/file": "folder", "nowhere": "nowhere"}


def link_out_of(root: Path, path: str, *allowed: str) -> str | None:
    """The link that a Problem names."""
    problem = Reach(root, allowed).check(f"content/{path}")
    return problem.file.removeprefix("content/") if problem else None


def test_a_path_may_lead_anywhere_in_the_site_and_nowhere_else(root: Path) -> None:
    assert [link_out_of(root, path) for path in INSIDE] == [None] * len(INSIDE)
    assert {path: link_out_of(root, path) for path in OUT} == OUT


def test_the_site_may_be_reached_by_a_link(root: Path) -> None:
    root.with_name("link").symlink_to(root)
    assert [link_out_of(root.with_name("link"), path) for path in INSIDE] == [None] * len(INSIDE)
    assert link_out_of(root.with_name("link"), "out") == "out"


@pytest.mark.parametrize("place", ["../site-beside", "../site-beside/", "/", "../link-beside"])
def test_a_folder_that_is_allowed_is_within_reach(root: Path, place: str) -> None:
    root.with_name("link-beside").symlink_to("site-beside")
    assert [link_out_of(root, path, place) for path in OUT] == [None] * len(OUT)


def test_a_file_that_is_allowed_allows_no_other(root: Path) -> None:
    for place in ("../site-beside/file", str(root.parent / "site-beside/file")):
        assert [path for path in OUT if link_out_of(root, path, place)] == ["folder", "nowhere"]


# Whole sites


def link(bench: SiteBench, path: str, text: str | bytes = SECRET) -> None:
    """Put a file beside the site, and a link to it into the site."""
    bench.write(f"{OUTSIDE}/{Path(path).name}", text)
    (bench.root / path).parent.mkdir(parents=True, exist_ok=True)
    (bench.root / path).unlink(missing_ok=True)
    (bench.root / path).symlink_to(bench.root / OUTSIDE / Path(path).name)


def picture(bench: SiteBench, path: str = "content/media/chip.png") -> None:
    data = BytesIO()
    Image.new("RGB", (8, 4)).save(data, "PNG")
    link(bench, path, data.getvalue())


def own_theme(bench: SiteBench, name: str, text: str) -> None:
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    bench.edit("site.toml", '"base"', '"mine"')
    link(bench, f"themes/mine/{name}", text)


def whole_theme(bench: SiteBench) -> None:
    bench.write(f"{OUTSIDE}/mine/theme.toml", 'title = "Mine"\nextends = "base"\n').write("themes/x", "")
    bench.edit("site.toml", '"base"', '"mine"')
    (bench.root / "themes/mine").symlink_to(bench.root / OUTSIDE / "mine")


def moved_folder(bench: SiteBench, name: str) -> None:
    (bench.root / OUTSIDE).mkdir()
    (bench.root / name).rename(bench.root / OUTSIDE / "moved")
    (bench.root / name).symlink_to(bench.root / OUTSIDE / "moved")


def with_picture(bench: SiteBench) -> None:
    picture(bench)
    bench.write("content/articles/a.md", article("A", 1, image={"src": "chip.png", "alt": "A chip"}))


def with_logo(bench: SiteBench) -> None:
    picture(bench)
    bench.edit("site.toml", "[theme]", '[theme.options]\nlogo = "chip.png"\n\n[theme]')


def with_font(bench: SiteBench) -> None:
    link(bench, "content/media/a.ttf", "no font")
    bench.edit("site.toml", "cards = false", 'card_font = "a.ttf"')


LINKS: dict[str, tuple[Callable[[SiteBench], None], str]] = {
    "a record": (lambda bench: link(bench, "content/articles/z.md", article("Z", 1)), "content/articles/z.md"),
    "a picture": (with_picture, "content/articles/a.md:"),
    "a logo": (with_logo, "site.toml:"),
    "the config": (lambda bench: link(bench, "site.toml", SITE_TOML), "site.toml"),
    "a template": (lambda bench: own_theme(bench, "templates/x.html", "x"), "themes/mine/templates/x.html"),
    "an asset": (lambda bench: own_theme(bench, "assets/x.css", "p {}"), "themes/mine/assets/x.css"),
    "texts": (lambda bench: own_theme(bench, "strings/en.toml", ""), "themes/mine/strings/en.toml"),
    "theme.toml": (lambda bench: own_theme(bench, "theme.toml", 'title = "M"\nextends = "base"'), "themes/mine/theme"),
    "a theme": (whole_theme, "themes/mine"),
    "the articles": (lambda bench: moved_folder(bench, "content/articles"), "content/articles"),
    "all records": (lambda bench: moved_folder(bench, "content"), "content"),
}


@pytest.mark.parametrize("name", LINKS)
def test_a_link_out_of_the_site_is_refused_unless_it_is_allowed(empty_bench: SiteBench, name: str) -> None:
    site = empty_bench.write_all(SMALL).write("content/articles/b.md", article("B", 2))
    make, file = LINKS[name]
    make(site)
    site.build().expect_refused()
    (error,) = (line for line in site.problems.splitlines() if ": error: " in line)
    assert error.startswith(file)
    assert error.endswith("[outside-file]")
    site.write("site.toml", (site.root / "site.toml").read_text() + f'\n[content]\nallow_links = ["{OUTSIDE}"]\n')
    assert "[outside-file]" not in site.build().expect_built().problems


@pytest.mark.parametrize(
    "path",
    ["content/articles/z.md", "site.toml", *(f"themes/base/{one}" for one in ("theme.toml", "templates/page.html"))],
)
def test_a_report_shows_nothing_of_what_a_link_leads_to(empty_bench: SiteBench, path: str) -> None:
    site = empty_bench.write_all(SMALL).write("themes/base/theme.toml", 'title = "Mine"\n')
    link(site, path, f"---\ntitle: x\n{SECRET}\n---\n")
    site.build().expect_refused()
    assert "[outside-file]" in site.problems
    assert "vault" not in site.problems


def test_a_folder_out_of_the_site_is_not_even_listed(empty_bench: SiteBench, monkeypatch: pytest.MonkeyPatch) -> None:
    site = empty_bench.write(f"{OUTSIDE}/page.html", "x").write("themes/mine/theme.toml", 'title = "Mine"\n')
    (site.root / "themes/mine/templates").symlink_to(site.root / OUTSIDE)
    listed, scandir = [], os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: listed.append(folder) or scandir(folder))
    with pytest.raises(ThemeError, match="leads out of the site"):
        read_chain(Reach(site.root), "mine")
    assert not [folder for folder in listed if str(folder).startswith(f"{site.root}/themes/mine/templates")]


def test_a_font_out_of_the_site_is_refused(empty_bench: SiteBench) -> None:
    with_font(empty_bench.write_all(SMALL))
    assert "[outside-file]" in empty_bench.build().expect_refused().problems


def test_keep_going_publishes_the_records_that_do_not_need_the_link(empty_bench: SiteBench) -> None:
    site = empty_bench.write_all(SMALL).write("content/articles/b.md", article("B", 2))
    with_picture(site)
    link(site, "content/articles/z.md")
    report = site.build(keep_going=True).expect_built().report
    assert report is not None
    assert report.left_out == ("content/articles/a.md", "content/articles/z.md")
    assert "content/media/chip.png: warning: " in site.problems  # it is not read, whoever shows it
    assert not [path for path in site.files() if "chip" in path and path.endswith(".png")]


def test_a_fault_of_the_config_makes_no_link_a_fault(empty_bench: SiteBench) -> None:
    site = empty_bench.write_all(SMALL)
    link(site, "content/articles/z.md", article("Z", 1))
    site.write("site.toml", SITE_TOML + "\n[content]\nallow_links = 5\n").build().expect_refused()
    assert "[wrong-value]" in site.problems
    assert "[outside-file]" not in site.problems


def test_names_in_a_folder_out_of_the_site_are_not_suggested(empty_bench: SiteBench) -> None:
    site = empty_bench.write_all(SMALL).write(f"{OUTSIDE}/my-vault-plan.png", "x")
    (site.root / "content/media").mkdir()
    (site.root / "content/media/linked").symlink_to(site.root / OUTSIDE)
    site.write("content/articles/a.md", article("A", 1, image={"src": "linked/my-vault-plam.png", "alt": "A"}))
    site.build().expect_refused()
    assert "[missing-image]" in site.problems
    assert "plan" not in site.problems


def test_what_looks_for_texts_and_ids_reads_nothing_out_of_the_site(empty_bench: SiteBench) -> None:
    link(empty_bench, "content/articles/z.md", "---\nid: vault\n---\nhttps://vault.example/\n")
    link(empty_bench, "themes/unused/templates/x.html", "https://vault.example/")
    assert list_ids(Reach(empty_bench.root), "article") == {}
    assert list_ids(Reach(empty_bench.root, [OUTSIDE]), "article") == {"vault": "content/articles/z.md"}
    origins = Origins(Reach(empty_bench.root), {}, ["content/articles/z.md"])
    assert origins.find("https://vault.example/", ["index.html"]).needle == ""


# Files that are not regular, or too large


def test_the_config_is_a_regular_file_of_a_usual_size(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "site.toml")
    assert "not a regular file" in draft_config(tmp_path).problems[0].message
    (tmp_path / "site.toml").unlink()
    with (tmp_path / "site.toml").open("wb") as file:
        file.truncate(10**12)  # which takes no room, and more memory than there is
    assert "more than 1,000,000 bytes" in draft_config(tmp_path).problems[0].message
