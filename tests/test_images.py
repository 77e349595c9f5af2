"""Pictures and social cards of whole sites, as they are built."""

import html
import shutil
import struct
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jinja2 import Environment
from lxml import etree
from lxml.html import HtmlElement
from PIL import Image

from conftest import ROOT
from generator.config import ImagesSection
from generator.errors import Problem, RenderError
from generator.limits import Limits
from generator.load.pictures import Pictures
from generator.outputs import Output
from generator.outputs.files import Rendition
from generator.outputs.parts import Chrome
from generator.plan.files.renditions import place_renditions
from generator.reach import Reach
from generator.records import Asset
from generator.render import Renderer
from generator.render.pictures import PictureRenderer
from generator.render.resize import Resizer
from materials import make_article, make_layer, make_theme
from sitebench import SiteBench, article

pytestmark = pytest.mark.slow

A1 = "news/chips/a1/index.html"
CARD = "cards/news/chips/a1/card.png"


def picture(form: str = "JPEG", size: tuple[int, int] = (700, 350), colour: str = "red", **options: Any) -> bytes:
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, form, **options)
    return data.getvalue()


def moving() -> bytes:
    return picture("GIF", save_all=True, append_images=[Image.new("RGB", (700, 350), "blue")], comment=b"SECRET")


@pytest.fixture
def pictured(bench: SiteBench) -> SiteBench:
    """A site with a photograph as an article's picture and in its text, a drawing, and one that moves."""
    bench.edit("site.toml", "cards = false", "cards = true")
    bench.write("content/media/photo.jpg", picture()).write("content/media/drawing.png", picture("PNG", (400, 200)))
    bench.write("content/media/moves.gif", moving())
    body = "Look: ![A photo](photo.jpg), ![a drawing](drawing.png) and ![a wheel](moves.gif)."
    bench.write("content/articles/a1.md", article("One", 1, body=body, image={"src": "photo.jpg", "alt": "A photo"}))
    return bench.write("content/stories/s1.md", "---\ntitle: An event\npublished: 2026-05-02\ntopic: chips\n---\n")


def images(bench: SiteBench, path: str) -> Iterator[HtmlElement]:
    yield from bench.page(path).tree.xpath("//main//img")


def opened(bench: SiteBench, href: str) -> Image.Image:
    """A picture of the output, read whole."""
    return Image.open(BytesIO((bench.output / unquote(href).removeprefix("/")).read_bytes()))


def candidates(bench: SiteBench, srcset: str) -> dict[int, Image.Image]:
    """What a `srcset` names, opened, by the width that it says."""
    found = {}
    for candidate in srcset.split(", "):
        href, width = candidate.split(" ")
        found[int(width.removesuffix("w"))] = opened(bench, href)
    return found


def test_every_picture_of_a_page_says_its_size_and_what_there_is_to_choose_from(pictured: SiteBench) -> None:
    pictured.build().expect_built().expect_report("")
    shown = list(images(pictured, A1))
    assert [one.get("alt") for one in shown] == ["A photo", "A photo", "a drawing", "a wheel", "", "", "", ""][
        : len(shown)
    ]
    photo, in_text, drawing, wheel = shown[:4]
    for one in (photo, in_text, drawing):
        main = opened(pictured, one.get("src"))
        assert main.size == (int(one.get("width")), int(one.get("height")))
        (source,) = one.xpath("ancestor::picture//source")  # the parser knows no <source>, and puts all else into it
        assert source.get("type") == "image/webp"
        assert one.get("sizes") == source.get("sizes")
        for form, srcset in ((main.format, one.get("srcset")), ("WEBP", source.get("srcset"))):
            for width, made in candidates(pictured, srcset).items():
                assert (made.width, made.format) == (width, form)
    assert list(candidates(pictured, photo.get("srcset"))) == [320, 480, 640, 700]
    assert list(candidates(pictured, drawing.get("srcset"))) == [320, 400]
    assert photo.get("fetchpriority") == "high"
    assert not photo.get("sizes").startswith("auto")
    assert not wheel.xpath("ancestor::picture")
    assert not {"srcset", "sizes"} & set(wheel.keys())
    moves = opened(pictured, wheel.get("src"))
    assert (moves.format, getattr(moves, "n_frames", 1)) == ("GIF", 2)


def sizes_of(theme: str) -> dict[str, str]:
    template = (ROOT / f"themes/{theme}/templates/sizes.html").read_text()
    sizes: dict[str, str] = Environment().from_string(template).module.sizes  # type: ignore[attr-defined]
    return sizes


@pytest.mark.parametrize("theme", ["broadsheet", "river", "terminal"])
def test_each_theme_says_how_wide_pictures_are_in_each_place(bench: SiteBench, theme: str) -> None:
    sizes = sizes_of(theme)
    assert sizes.keys() == sizes_of("base").keys()
    bench.edit("site.toml", 'name = "base"', f'name = "{theme}"').write("content/media/photo.jpg", picture())
    for number in range(1, 6):
        image = {"src": "photo.jpg", "alt": f"Photo {number}"}
        bench.write(f"content/articles/a{number}.md", article(f"News {number}", number, image=image))
    bench.build().expect_built()
    lead, *others = images(bench, "index.html")
    assert (lead.get("loading"), lead.get("sizes")) == (None, sizes["lead"])
    assert others
    for one in others:
        assert one.get("loading") == "lazy"
        assert one.get("sizes") in {f"auto, {sizes[place]}" for place in ("secondary", "card")}
    assert next(images(bench, A1)).get("sizes") == sizes["figure"]
    first, second, *_ = images(bench, "latest/index.html")
    assert (first.get("sizes"), second.get("sizes")) == (sizes["first"], f"auto, {sizes['card']}")


def test_the_place_of_a_picture_has_its_colour_by_classes(pictured: SiteBench) -> None:
    pictured.build().expect_built()
    assert [one.get("class") for one in images(pictured, A1)][:2] == ["tint r5 g0 b0"] * 2
    css = next(data for path, data in pictured.files().items() if path.startswith("assets/ground."))
    for channel in ("r5", "g1", "b1"):
        assert f".{channel}{{--{channel[0]}:{int(channel[1]) * 51}}}".encode() in css
    assert b"style=" not in (pictured.output / A1).read_bytes()


def test_no_word_of_a_files_metadata_is_published(pictured: SiteBench) -> None:
    exif = Image.Exif()
    exif[0x010E] = "SECRET"
    pictured.write("content/media/photo.jpg", picture(exif=exif, comment=b"SECRET")).build().expect_built()
    files = pictured.files()
    assert len([path for path in files if path.startswith("media/")]) == 8 + 4 + 1
    for path, data in files.items():
        assert b"SECRET" not in data, path


def test_a_feed_shows_a_picture_of_moderate_size_by_its_full_address(pictured: SiteBench) -> None:
    pictured.write("content/media/photo.jpg", picture(size=(4000, 2000))).build().expect_built()
    text = html.unescape((pictured.output / "feed.xml").read_text())
    assert "-1280.jpg" in text
    assert 'src="https://bench.example/media/photo.' in text
    assert "-1920.jpg" not in text


def test_an_enclosure_has_the_length_of_its_file(pictured: SiteBench) -> None:
    pictured.build().expect_built()
    found = etree.fromstring((pictured.output / "feed.xml").read_bytes()).findall("channel/item/enclosure")
    assert found
    for enclosure in found:
        file = pictured.output / unquote(enclosure.attrib["url"].removeprefix("https://bench.example/"))
        assert int(enclosure.attrib["length"]) == file.stat().st_size
        assert enclosure.attrib["type"] == f"image/{file.suffix.removeprefix('.').replace('jpg', 'jpeg')}"


def test_a_picture_that_cannot_be_read_is_weighed_again_when_it_can(
    pictured: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> bytes:
        raise RenderError([Problem(file="content/media/photo.jpg", code="broken-image", message="it is gone")])

    before = (pictured.build().expect_built().output / "feed.xml").read_bytes()
    shutil.rmtree(pictured.root / ".newsprint")
    monkeypatch.setattr(PictureRenderer, "read_file", refuse)
    pictured.build(workers=1).expect_refused()
    monkeypatch.undo()
    pictured.build(force=True).expect_built()
    assert (pictured.output / "feed.xml").read_bytes() == before


def test_each_rendition_is_encoded_once_for_the_site_its_preview_and_its_feeds(
    pictured: SiteBench, monkeypatch: pytest.MonkeyPatch
) -> None:
    encoded: list[Rendition] = []
    resize = Resizer.resize

    def noted(resizer: Resizer, view: Rendition) -> bytes:
        encoded.append(view)
        return resize(resizer, view)

    monkeypatch.setattr(Resizer, "resize", noted)
    first = pictured.build(workers=1).expect_built().files()
    assert len(encoded) == len(set(encoded)) == sum("-" in path for path in first if path.startswith("media/"))
    encoded.clear()
    shutil.rmtree(pictured.output)
    assert pictured.build(workers=1).expect_built().files() == first
    pictured.build(workers=1, output=pictured.root / ".newsprint/preview").expect_built()
    assert encoded == []


def test_only_what_an_edit_concerns_is_made_anew(pictured: SiteBench) -> None:
    pictured.build().expect_built()
    pictured.build().expect_rendered()
    photo = {path for path in pictured.files() if path.startswith("media/photo.")}
    pictured.write("content/media/photo.jpg", picture(colour="blue")).build()
    media = {path for path in pictured.rendered if path.startswith("media/")}
    assert media == {path for path in pictured.files() if path.startswith("media/photo.")}
    assert not photo & media
    assert not photo & set(pictured.files()), "what nothing shows any more is removed"
    assert not [path for path in pictured.rendered if path.startswith("cards/")]
    pictured.edit("content/articles/a1.md", "title: One", "title: Won").build()
    assert [path for path in pictured.rendered if path.startswith(("cards/", "media/"))] == [CARD]
    pictured.edit("content/articles/a1.md", "Look:", "See:").build()
    assert not [path for path in pictured.rendered if path.startswith(("cards/", "media/"))]
    pictured.edit("site.toml", "cards = true", "cards = true\nquality = 60").build()
    assert {path for path in pictured.rendered if path.startswith(("cards/", "media/"))} == {
        path for path in pictured.files() if path.startswith(("media/photo.", "media/drawing."))
    }
    pictured.expect_same_as_clean_build()


def test_any_number_of_workers_makes_the_same_bytes(pictured: SiteBench, tmp_path: Path) -> None:
    for number in range(60):
        pictured.write(f"content/articles/n{number}.md", article(f"News {number}", 1 + number % 28))
    pictured.build(workers=2).expect_built()
    assert len(pictured.rendered) > 150, "else one process does it all"
    pictured.expect_same_as_clean_build(workers=1)


# Cards


def shared(bench: SiteBench, path: str) -> dict[str, str]:
    metas = bench.page(path).tree.xpath("//head/meta[starts-with(@property, 'og:image') or @name='twitter:card']")
    return {meta.get("property") or meta.get("name"): meta.get("content") for meta in metas}


def test_a_shared_link_shows_the_card_of_an_article_or_a_story(pictured: SiteBench) -> None:
    pictured.build().expect_built()
    assert shared(pictured, A1) == {
        "og:image": f"https://bench.example/{CARD}",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": "The Wire: One",
        "twitter:card": "summary_large_image",
    }
    assert shared(pictured, "stories/s1/index.html")["og:image:alt"] == "An event"
    assert shared(pictured, "about/index.html")["og:image"] == "https://bench.example/cards/card.png"
    assert shared(pictured, "404.html") == {"twitter:card": "summary"}
    cards = {path for path in pictured.files() if path.startswith("cards/")}
    articles = {f"cards/news/chips/a{number}/card.png" for number in range(1, 6)}
    assert cards == articles | {"cards/stories/s1/card.png", "cards/card.png"}
    assert opened(pictured, CARD).size == (1200, 630)
    assert '"url":"https://bench.example/media/photo.' in (pictured.output / A1).read_text(), "machines get the picture"


def test_without_cards_it_is_the_picture(pictured: SiteBench) -> None:
    pictured.edit("site.toml", "cards = true", "cards = false").build().expect_built()
    assert shared(pictured, A1)["og:image"].startswith("https://bench.example/media/photo.")
    assert shared(pictured, "news/chips/a2/index.html") == {"twitter:card": "summary"}
    assert not (pictured.output / "cards").exists()


@pytest.mark.parametrize("matter", [{"noindex": True}, {"draft": True}])
def test_what_search_engines_may_not_list_has_no_card(pictured: SiteBench, matter: dict[str, bool]) -> None:
    pictured.write("content/articles/a2.md", article("Two", 2, **matter)).build(drafts=True).expect_built()
    assert shared(pictured, "news/chips/a2/index.html") == {"twitter:card": "summary"}
    assert not (pictured.output / "cards/news/chips/a2").exists()


def test_a_slug_as_long_as_can_be_has_its_card(pictured: SiteBench) -> None:
    slug = "x" * 200
    pictured.write("content/articles/a2.md", article("Two", 2, slug=slug)).build().expect_built()
    assert (pictured.output / "cards/news/chips" / slug / "card.png").exists()


def test_the_sites_own_font_is_what_cards_are_made_from(pictured: SiteBench) -> None:
    from PIL import ImageFont

    aileron = ImageFont.load_default(20)
    assert isinstance(aileron, ImageFont.FreeTypeFont)
    pictured.edit("site.toml", "cards = true", 'card_font = "fonts/own.ttf"')
    pictured.write("content/media/fonts/own.ttf", aileron.font_bytes).build().expect_built()
    first = pictured.files()
    assert not [path for path in first if "own" in path]
    program = (ROOT / "generator/render/fonts/DejaVuSansCondensed-Bold.ttf").read_bytes()
    pictured.write("content/media/fonts/own.ttf", program).build().expect_built()
    assert {path for path in pictured.rendered if path.endswith(".png")} == {
        path for path in first if path.startswith("cards/")
    }
    assert first[CARD] != pictured.files()[CARD]
    pictured.expect_same_as_clean_build()


# What is hostile


def test_a_picture_that_changes_while_it_is_built_is_told(tmp_path: Path) -> None:
    file = tmp_path / "content/media/a.png"
    file.parent.mkdir(parents=True)
    for form in ("PNG", "GIF"):
        file.write_bytes(moving() if form == "GIF" else picture(form))
        asset = Pictures(Reach(tmp_path), {}.get, Limits()).find(make_article("a1").file, "a.png", ())
        assert isinstance(asset, Asset)
        path, view = place_renditions(asset, ImagesSection()).plain
        renderer = Renderer(
            make_theme(make_layer("mine", {})),
            Chrome(title="", tagline="", language="en", home="/", base_path=""),
            Limits(),
            tmp_path,
        )
        for change in (lambda: file.write_bytes(picture("PNG", (2, 2))), file.unlink):
            change()
            with pytest.raises(RenderError) as caught:
                renderer.render(Output(path, view, asset.file), {}.__getitem__)
            (problem,) = caught.value.problems
            assert (problem.file, problem.code, problem.hint) == ("content/media/a.png", "broken-image", "build again")


@pytest.mark.parametrize(
    "name", ["<img src=x onerror=alert(1)>.png", "a, b 2x.png", "Ünï © 漢字.png", "%2e%2e.png", "-.png"]
)
def test_no_name_of_a_file_gets_onto_a_page_as_it_is(bench: SiteBench, name: str) -> None:
    bench.write(f"content/media/{name}", picture("PNG"))
    bench.write("content/articles/a1.md", article("One", 1, image={"src": name, "alt": "x"})).build().expect_built()
    (shown,) = (one for one in images(bench, A1) if one.get("alt") == "x")
    assert list(candidates(bench, shown.get("srcset"))) == [320, 480, 640, 700]
    assert name not in html.unescape(bench.page(A1).text)


def test_a_gif_that_pillow_forgives_and_browsers_would_not_is_told(bench: SiteBench) -> None:
    data = moving()
    place = data.index(b"!\xfe")
    bench.write("content/media/a.gif", data[:place] + b"??" + data[place:])
    bench.write("content/articles/a1.md", article("One", 1, image={"src": "a.gif", "alt": "x"})).build()
    bench.expect_refused()
    assert bench.problems.startswith(
        "content/articles/a1.md:9: error: the picture 'content/media/a.gif' cannot be read: byte "
    )


def test_a_bomb_is_refused_before_it_goes_off(bench: SiteBench) -> None:
    head = bytearray(picture("PNG", (8, 8)))
    head[16:24] = struct.pack(">II", 50_000, 50_000)
    bench.write("content/media/a.png", bytes(head))
    bench.write("content/articles/a1.md", article("One", 1, image={"src": "a.png", "alt": "x"})).build()
    bench.expect_refused()
    assert "[broken-image]" in bench.problems
