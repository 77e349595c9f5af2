"""`newsprint theme eject` copies what a theme inherits, and the site stays as it was."""

import pytest

from generator.config import read_config
from generator.errors import UsageError
from generator.reach import Reach
from generator.theme import eject_files, known_themes
from generator.theme.chain import read_chain
from sitebench import SITE_TOML, SiteBench


def with_own(bench: SiteBench, below: str) -> SiteBench:
    bench.write("themes/mine/theme.toml", f'title = "Mine"\nextends = "{below}"\n')
    return bench.write("site.toml", SITE_TOML.replace('"base"', '"mine"'))


def eject(bench: SiteBench, *files: str) -> list[str]:
    return eject_files(Reach(bench.root), read_config(bench.root).theme.name, files)


@pytest.mark.parametrize("below", ["base", "broadsheet", "terminal", "river"])
def test_every_inherited_template_can_be_ejected_and_changes_no_byte(bench: SiteBench, below: str) -> None:
    before = with_own(bench, below).build().expect_report("").files()
    chain = read_chain(Reach(bench.root), "mine")
    templates = sorted({file for layer in chain for file in layer.templates})
    made = eject(bench, *templates)
    assert {f"themes/mine/templates/{file}" for file in templates} <= set(made)
    assert bench.build().expect_report("").files() == before


def test_a_template_that_builds_upon_the_one_below_comes_with_it(bench: SiteBench) -> None:
    with_own(bench, "terminal")
    assert eject(bench, "footer.html") == [
        "themes/mine/templates/footer.html",
        "themes/mine/templates/base-footer.html",
    ]
    text = (bench.root / "themes/mine/templates/footer.html").read_text()
    assert '"base-footer.html"' in text
    assert "parent:" not in text


def test_an_asset_is_copied_as_it_is_written(bench: SiteBench) -> None:
    with_own(bench, "broadsheet")
    assert eject(bench, "print.css") == ["themes/mine/assets/print.css"]
    nearest = next(
        file
        for name in ("broadsheet", "base")
        if (file := known_themes(bench.root)[name] / "assets/print.css").exists()
    )
    assert (bench.root / "themes/mine/assets/print.css").read_bytes() == nearest.read_bytes()


@pytest.mark.parametrize(
    ("file", "why"),
    [
        ("fotter.html", "did you mean 'footer.html'?"),
        ("../../../site.toml", "no theme below 'mine' has a"),
        ("page.html", "has a 'page.html' of its own already"),
    ],
)
def test_what_cannot_be_ejected_is_said(bench: SiteBench, file: str, why: str) -> None:
    with_own(bench, "base").write("themes/mine/templates/page.html", '{% extends "parent:page.html" %}\n')
    with pytest.raises(UsageError, match="theme") as fault:
        eject(bench, file)
    assert why in str(fault.value)


def test_a_built_in_theme_is_not_changed(bench: SiteBench) -> None:
    with pytest.raises(UsageError, match="newsprint theme new NAME --extends base"):
        eject(bench, "footer.html")


def test_an_existing_file_stays(bench: SiteBench) -> None:
    with_own(bench, "terminal").write("themes/mine/templates/base-footer.html", "mine")
    with pytest.raises(UsageError, match=r"base-footer\.html"):
        eject(bench, "footer.html")
    assert not (bench.root / "themes/mine/templates/footer.html").exists()
    assert (bench.root / "themes/mine/templates/base-footer.html").read_text() == "mine"
