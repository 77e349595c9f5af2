"""The logo that a site gives: found, measured, put into the site."""

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from conftest import THEMES
from generator.theme import Theme, open_theme
from materials import make_config
from sitebench import SiteBench

LOGO = '[options.logo]\ntype = "asset"\ndefault = "{}"\ndescription = "The logo."\n'
SVG = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" {}><path d="M0 0"/></svg>\n'


def png(width: int, height: int) -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, height), "red").save(data, "PNG")
    return data.getvalue()


def write(bench: SiteBench, default: str = "", matter: str = "") -> SiteBench:
    return bench.write("themes/mine/theme.toml", f'title = "Mine"\n{matter}' + LOGO.format(default))


def logo_of(bench: SiteBench, **options: Any) -> Any:
    return opened(bench, **options).options["logo"]


def opened(bench: SiteBench, **options: Any) -> Theme:
    return open_theme(bench.root, make_config(theme={"name": "mine", "options": options}))


@pytest.mark.parametrize(
    ("said", "size"),
    [
        ('viewBox="0 0 120 40"', (120, 40)),
        ("viewBox='0,0,12.4,3.6'", (12, 4)),
        ('width="64px" height="32" viewBox="0 0 1 1"', (64, 32)),
        ('width="100%" height="100%" viewBox="0 0 30 10"', (30, 10)),
    ],
)
def test_an_svg_says_its_size(empty_bench: SiteBench, said: str, size: tuple[int, int]) -> None:
    write(empty_bench).write("content/media/logo.svg", SVG.format(said))
    logo = logo_of(empty_bench, logo="logo.svg")
    assert (logo.width, logo.height) == size


def test_a_picture_of_the_site_is_given_with_its_digest_and_size(empty_bench: SiteBench) -> None:
    write(empty_bench).write("content/media/deep/My Logo.PNG", png(30, 20))
    theme = opened(empty_bench, logo="deep/My Logo.PNG")
    logo: Any = theme.options["logo"]
    assert (logo.width, logo.height) == (30, 20)
    assert logo.href == theme.asset_href("media/logo.png")
    assert theme.asset_bytes["media/logo.png"] == png(30, 20)


def test_an_asset_of_the_theme_is_taken_where_the_site_has_no_such_picture(empty_bench: SiteBench) -> None:
    write(empty_bench, default="logo.svg").write("themes/mine/assets/logo.svg", SVG.format('viewBox="0 0 2 1"'))
    assert logo_of(empty_bench).href == opened(empty_bench).asset_href("logo.svg")
    empty_bench.write("content/media/logo.svg", SVG.format('viewBox="0 0 9 9"'))
    assert logo_of(empty_bench).width == 2
    assert logo_of(empty_bench, logo="logo.svg").width == 9


def test_no_logo_is_none(empty_bench: SiteBench) -> None:
    write(empty_bench, default="logo.svg").write("themes/mine/assets/logo.svg", SVG.format('viewBox="0 0 2 1"'))
    assert logo_of(empty_bench, logo="") is None


def test_other_bytes_of_the_logo_render_the_pages_anew(bench: SiteBench) -> None:
    write(bench, matter='extends = "base"\n')
    bench.write(
        "themes/mine/templates/footer.html",
        '<img src="{{ theme.logo.href }}" width="{{ theme.logo.width }}" height="{{ theme.logo.height }}" alt="">',
    )
    bench.edit("site.toml", '"base"', '"mine"').edit(
        "site.toml", "[listings]", '[theme.options]\nlogo = "l.png"\n[listings]'
    )
    bench.write("content/media/l.png", png(30, 20)).build().expect_built().build().expect_rendered()
    (source,) = bench.page("index.html").tree.xpath("//footer/img/@src")
    assert (bench.output / source.removeprefix("/")).read_bytes() == png(30, 20)
    bench.write("content/media/l.png", png(40, 20)).build().expect_built().expect_same_as_clean_build()
    assert {path for path in bench.files() if path.endswith(".html")} <= bench.rendered
    assert bench.page("index.html").tree.xpath("//footer/img/@width") == ["40"]


@pytest.mark.parametrize("theme", THEMES)
def test_a_logo_stands_in_the_place_of_the_title(bench: SiteBench, theme: str) -> None:
    bench.write("content/media/logo.svg", SVG.format('viewBox="0 0 40 10"'))
    chosen = f'name = "{theme}"\n\n[theme.options]\nlogo = "logo.svg"'
    bench.edit("site.toml", 'name = "base"', chosen).build().expect_built()
    for path in ("index.html", "news/chips/a1/index.html"):
        (logo,) = bench.page(path).tree.xpath("//*[@class='nameplate']/a/img")
        assert (logo.get("alt"), logo.get("width"), logo.get("height")) == ("Bench News", "40", "10")
        assert (bench.output / logo.get("src").removeprefix("/")).is_file()
