"""Names of files whose accents stand apart from their letters, as macOS stores them."""

import shutil
import unicodedata
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from PIL import Image

from generator.importers.folder import OldFolder
from generator.importers.pictures import OldPictures
from generator.names import compose
from sitebench import NOW, SiteBench, article

pytestmark = pytest.mark.slow

CASE = Path(__file__).parent / "14-picture-nfd"

NFC, NFD = (unicodedata.normalize(form, "größe.png") for form in ("NFC", "NFD"))
FORMS = pytest.mark.parametrize("stored", [NFC, NFD], ids=["stored-nfc", "stored-nfd"])
WRITTEN = pytest.mark.parametrize(
    "written", [NFC, NFD, quote(NFC), quote(NFD), quote(NFC).lower()], ids=["nfc", "nfd", "%nfc", "%nfd", "%lower"]
)
ENGINES = pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])


def draw(colour: str = "red") -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 20), colour).save(data, "PNG")
    return data.getvalue()


def shown(site: SiteBench, path: str = "news/chips/a/index.html") -> list[str]:
    return [compose(alt) for alt in site.page(path).tree.xpath("//main//img/@alt")]


def test_a_picture_that_is_stored_taken_apart_is_shown(tmp_path: Path) -> None:
    site = SiteBench(shutil.copytree(CASE, tmp_path / "site"))
    (stored,) = (site.root / "content/media").iterdir()
    for form in ("NFD", "NFC"):
        stored = stored.rename(stored.with_name(unicodedata.normalize(form, stored.name)))
        site.build(now=NOW).expect_built().expect_report("")
        assert shown(site) == ["x"]


@FORMS
@WRITTEN
@ENGINES
def test_a_picture_is_found_in_texts_and_keys(bench: SiteBench, stored: str, written: str, engine: str) -> None:
    bench.edit("site.toml", "[listings]", f'[markdown]\nengine = "{engine}"\n\n[listings]')
    for folder in ("content/media", "content/articles/beside", f"content/media/{Path(stored).stem}"):
        bench.write(f"{folder}/{stored}", draw())
    deep = f"{written.removesuffix('.png')}/{written}"
    bench.write(
        "content/articles/beside/a.md",
        article("A", 3, body=f"![x]({written}) ![y]({deep})", image={"src": written, "alt": "z"}),
    )
    bench.build().expect_built().expect_report("")
    assert shown(bench) == ["z", "x", "y"]


@FORMS
@WRITTEN
def test_a_logo_is_found(bench: SiteBench, stored: str, written: str) -> None:
    bench.write(f"content/media/{stored}", draw())
    bench.edit("site.toml", "[listings]", f'[theme.options]\nlogo = "{written}"\n\n[listings]')
    bench.build().expect_built().expect_report("")
    assert bench.page("index.html").tree.xpath("//header//img[contains(@src, 'media/logo')]")


@FORMS
@WRITTEN
def test_a_font_of_cards_is_found(bench: SiteBench, stored: str, written: str) -> None:
    font = Path(__file__).parents[2] / "generator/render/fonts/DejaVuSansCondensed-Bold.ttf"
    bench.write(f"content/media/fonts/{stored}", font.read_bytes())
    bench.edit("site.toml", "cards = false", f'card_font = "fonts/{written}"')
    bench.build().expect_built().expect_report("")


@FORMS
@pytest.mark.parametrize("written", [NFC, NFD], ids=["nfc", "nfd"])
def test_an_asset_of_a_theme_is_found(bench: SiteBench, stored: str, written: str) -> None:
    bench.write("themes/own/theme.toml", 'title = "Own"\nextends = "base"\n')
    bench.write(f"themes/own/assets/{stored}", draw())
    bench.write("themes/own/templates/footer.html", f'<img src="{{{{ asset("{written}") }}}}" alt="asset">')
    bench.edit("site.toml", 'name = "base"', f'name = "own"\n\n[theme.options]\nlogo = "{written}"')
    bench.build().expect_built().expect_report("")
    assert bench.page("index.html").tree.xpath("//img[@alt='asset']/@src")


@FORMS
def test_an_importer_finds_it(tmp_path: Path, stored: str) -> None:
    (tmp_path / "old/images").mkdir(parents=True)
    (tmp_path / "old/images" / stored).write_bytes(draw())
    folder = OldFolder(tmp_path / "old")
    pictures = OldPictures(folder, ("",), tmp_path / "site")
    for written in (NFC, NFD, quote(NFC), quote(NFD)):
        assert pictures.find("posts/a.md", f"/images/{written}") == f"images/{stored}"


def test_two_files_that_look_the_same_are_a_clash(bench: SiteBench) -> None:
    bench.write(f"content/media/{NFC}", draw("red")).write(f"content/media/{NFD}", draw("blue")).build()
    assert bench.problems.startswith(f"content/media/{NFD}: error: another file has the same name")
    bench.remove(f"content/media/{NFC}").build().expect_built().expect_report("")


@pytest.mark.parametrize(
    "matter", [{"slug": "größe"}, {"aliases": ["/größe/alt/"]}, {"also": ["größe"]}, {"story": "größe"}], ids=str
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_of_records_are_one_in_both_forms(bench: SiteBench, form: str, matter: dict[str, Any]) -> None:
    names = [unicodedata.normalize(spelt, "größe") for spelt in ("NFC", "NFD")]
    stored = names[form == "NFC"]  # not as it is written below
    bench.write(f"content/topics/{stored}.md", "---\ntitle: Size\n---\n")
    bench.write(f"content/stories/{stored}.md", "---\ntitle: S\ntopic: chips\npublished: 2026-05-01\n---\n")
    written = unicodedata.normalize(form, str(article("A", 3, body="[x](topic:größe)", **matter)))
    bench.write("content/articles/a.md", written).build().expect_built().expect_report("")
    where = "größe" if "slug" in matter else "a"
    assert bench.page(f"news/chips/{where}/index.html").texts("//main//a[text() = 'x']") == ["x"]


@pytest.mark.parametrize(
    "written", ["%2e%2e/%2e%2e/site.toml", "..%2f..%2fsecret.png", "a%00.png", "%5c..%5cx.png", "%"]
)
def test_nothing_outside_of_the_content_is_reached_by_encoding(bench: SiteBench, written: str) -> None:
    bench.write("secret.png", draw())
    bench.write("content/articles/a.md", article("A", 3, image={"src": written, "alt": "z"})).build()
    assert "[missing-image]" in bench.problems
