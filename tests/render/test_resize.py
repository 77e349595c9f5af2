"""Real pictures, made by Pillow, and what is published of them."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms, ImageDraw

from generator.config import ImagesSection
from generator.limits import Limits
from generator.load.pictures import Pictures
from generator.names import output_path
from generator.outputs import Output
from generator.outputs.files import Rendition
from generator.outputs.parts import Chrome
from generator.plan.files.renditions import place_renditions
from generator.reach import Reach
from generator.records import Asset
from generator.render import Renderer
from materials import make_article, make_layer, make_theme

CHROME = Chrome(title="Bench News", tagline="", language="en", home="/", base_path="")
SECRET = b"TOP SECRET PLACE"
GPS, DESCRIPTION, ORIENTATION = 0x8825, 0x010E, 0x0112


def exif(orientation: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[ORIENTATION] = orientation
    made[DESCRIPTION] = SECRET.decode()
    made[GPS] = {1: "N", 2: (52.0, 31.0, 0.0)}
    return made


def measure(root: Path, name: str, image: Image.Image, **options: Any) -> Asset:
    """Save a picture into a site, and what load finds there."""
    file = root / "content/media" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    image.save(file, **options)
    found = Pictures(Reach(root), {}.get, Limits()).find(make_article("a1").file, name, ())
    assert isinstance(found, Asset), found
    return found


def develop_all(root: Path, asset: Asset, **images: Any) -> list[tuple[Rendition, bytes]]:
    renderer = Renderer(make_theme(make_layer("mine", {})), CHROME, Limits(), root)
    own, webp = place_renditions(asset, ImagesSection(**images))
    made = []
    for path, view in (*own, *webp):
        made.append((view, renderer.render(Output(path, view, asset.file), {}.__getitem__)))
    return made  # type: ignore[return-value]


def develop(root: Path, asset: Asset, **images: Any) -> Image.Image:
    """The widest rendition in the picture's own format."""
    images = {"webp": False, **images}
    return Image.open(BytesIO(develop_all(root, asset, **images)[-1][1]))


def halves(size: tuple[int, int] = (800, 400)) -> Image.Image:
    """Red at the left, blue at the right."""
    image = Image.new("RGB", size, "red")
    ImageDraw.Draw(image).rectangle([(size[0] // 2, 0), size], fill="blue")
    return image


def near(found: Any, wanted: tuple[int, ...], *, by: int = 12) -> bool:
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize(
    ("name", "form", "options"),
    [
        ("a.jpg", "JPEG", {"comment": SECRET}),
        ("a.png", "PNG", {}),
        ("a.gif", "GIF", {"comment": SECRET}),
        ("a.webp", "WEBP", {"xmp": SECRET}),
        ("a.avif", "AVIF", {"xmp": SECRET}),
    ],
)
def test_every_rendition_has_its_size_and_format_and_nothing_else(
    tmp_path: Path, name: str, form: str, options: dict[str, Any]
) -> None:
    extra = {} if form == "GIF" else {"exif": exif()}
    asset = measure(tmp_path, name, halves(), format=form, **options, **extra)
    assert SECRET in (tmp_path / asset.file).read_bytes()
    made = develop_all(tmp_path, asset)
    assert len(made) == (4 if form in ("WEBP", "AVIF") else 8)
    for view, data in made:
        image = Image.open(BytesIO(data))
        assert image.format == {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}[view.format]
        assert image.size == (view.width, view.height)
        image.load()
        assert not dict(image.getexif())
        assert set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        } | {*("loop", "background", "timestamp", "duration")}
        for trace in (SECRET, b"Exif\0\0", b"http://ns.adobe.com"):
            assert trace not in data
        rgb = image.convert("RGB")
        assert near(rgb.getpixel((0, 0)), (254, 0, 0))
        assert near(rgb.getpixel((view.width - 1, 0)), (0, 0, 254))


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_as_its_metadata_said(tmp_path: Path, orientation: int) -> None:
    image = halves((80, 40))
    asset = measure(tmp_path, "a.jpg", image, exif=exif(orientation), quality=95)
    made = develop(tmp_path, asset, widths=(16,)).convert("RGB")
    is_upright = orientation >= 5
    assert (asset.width, asset.height) == ((40, 80) if is_upright else (80, 40))
    assert made.size == ((16, 32) if is_upright else (16, 8))
    red = {1: (0, 0), 2: (15, 0), 3: (15, 0), 4: (0, 0), 5: (0, 0), 6: (0, 0), 7: (0, 31), 8: (0, 31)}[orientation]
    assert near(made.getpixel(red), (254, 0, 0), by=40)


def wide_profile() -> bytes:
    """A profile that differs from sRGB: its red and green have changed places."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    places = {bytes(data[tag : tag + 4]): tag for tag in range(132, 132 + 12 * int.from_bytes(data[128:132]), 12)}
    red, green = (slice(places[name] + 4, places[name] + 12) for name in (b"rXYZ", b"gXYZ"))
    data[red], data[green] = data[green], data[red]
    return bytes(data).replace("sRGB built-in".encode("utf-16-be"), "Wide and own.".encode("utf-16-be"))


COLOUR = (200, 80, 40)


@pytest.mark.parametrize(
    ("profile", "shown"),
    [
        (None, COLOUR),
        (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), COLOUR),
        (wide_profile(), (80, 200, 40)),
        (b"no profile", COLOUR),
        (ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes(), COLOUR),
    ],
    ids=["none", "sRGB", "another", "junk", "of other pixels"],
)
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours_are_those_that_the_profile_means(
    tmp_path: Path, mode: str, profile: bytes | None, shown: tuple[int, ...]
) -> None:
    image = Image.new("RGB", (8, 4), COLOUR).convert(mode)
    if mode == "RGBA":
        image.putalpha(100)
    made = develop(tmp_path, measure(tmp_path, "a.png", image, icc_profile=profile))
    assert made.mode == mode
    assert near(made.getpixel((0, 0)), (*shown, 100)[: len(mode)], by=2)
    assert "icc_profile" not in made.info


@pytest.mark.parametrize(
    ("name", "mode", "colour", "shown"),
    [
        ("a.png", "1", 1, 255),
        ("a.png", "L", 128, 128),
        ("a.png", "I;16", 0x8080, 128),
        ("a.png", "LA", (128, 64), (128, 128, 128, 64)),
        ("a.png", "RGBA", (10, 20, 30, 64), (10, 20, 30, 64)),
        ("a.png", "P", 0, (0, 0, 0)),
        ("a.jpg", "L", 128, 128),
        ("a.jpg", "CMYK", (0, 255, 255, 0), (254, 0, 0)),
        ("a.gif", "P", 0, (0, 0, 0)),
    ],
)
def test_every_kind_of_pixels_is_published_in_true_colours(
    tmp_path: Path, name: str, mode: str, colour: Any, shown: Any
) -> None:
    asset = measure(tmp_path, name, Image.new(mode, (40, 20), colour))
    for _, data in develop_all(tmp_path, asset, widths=(16, 40)):
        Image.open(BytesIO(data)).load()
    made = develop(tmp_path, asset)
    found = made.getpixel((1, 1))
    assert near(found, shown, by=2) if isinstance(shown, tuple) else found == shown


def test_holes_stay_holes_in_every_format(tmp_path: Path) -> None:
    image = Image.new("P", (64, 32), 1)
    image.putpalette([0, 0, 0, 255, 0, 0])
    ImageDraw.Draw(image).rectangle([(0, 0), (31, 31)], fill=0)
    for name in ("a.gif", "a.png"):
        asset = measure(tmp_path, name, image, transparency=0)
        assert asset.colour == ""
        for view, data in develop_all(tmp_path, asset, widths=(16,)):
            made = Image.open(BytesIO(data)).convert("RGBA")
            assert made.getpixel((1, 1))[3] == 0, view.format
            assert near(made.getpixel((14, 6)), (255, 0, 0, 255)), view.format


def test_a_photograph_with_further_pictures_in_it_is_published_without_them(tmp_path: Path) -> None:
    more = [Image.new("RGB", (800, 400), "green")]
    asset = measure(tmp_path, "a.jpg", halves(), format="MPO", save_all=True, append_images=more)
    made = develop(tmp_path, asset)
    assert made.format == "JPEG"
    assert getattr(made, "n_frames", 1) == 1


@pytest.mark.parametrize("size", [(1, 1), (1, 10_000), (10_000, 1), (3, 2)])
def test_odd_sizes_are_published(tmp_path: Path, size: tuple[int, int]) -> None:
    asset = measure(tmp_path, "a.png", Image.new("RGB", size, "red"))
    for view, data in develop_all(tmp_path, asset):
        assert Image.open(BytesIO(data)).size == (view.width, view.height)


def test_a_rendition_is_the_same_whatever_was_made_before_it(tmp_path: Path) -> None:
    asset = measure(tmp_path, "a.jpg", halves((2500, 1250)), quality=95)
    together = dict(develop_all(tmp_path, asset))
    for view, data in reversed(together.items()):
        renderer = Renderer(make_theme(make_layer("mine", {})), CHROME, Limits(), tmp_path)
        assert renderer.render(Output(output_path("x"), view, "x"), {}.__getitem__) == data
