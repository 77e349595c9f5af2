"""Pictures that are broken or large: what measuring accepts is rendered, in the memory that the header announces."""

import subprocess
import sys
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

import pytest
from fuzzing import damage, fuzz, seeds
from PIL import Image, PngImagePlugin

from generator.config import ImagesSection
from generator.decoding import decoded_bytes
from generator.limits import Limits
from generator.load.pictures import measure_picture
from generator.plan.files.renditions import place_renditions
from generator.records import Asset
from generator.render.pictures import PictureRenderer
from sitebench import SiteBench, article

SIZE = (1800, 1200)
FORMATS: dict[str, tuple[str, str, dict[str, Any]]] = {
    "a photograph": ("JPEG", "RGB", {}),
    "a progressive photograph": ("JPEG", "RGB", {"progressive": True}),
    "a progressive photograph without subsampling": ("JPEG", "RGB", {"progressive": True, "subsampling": 0}),
    "a drawing": ("PNG", "RGB", {"compress_level": 1}),
    "a transparent drawing": ("PNG", "RGBA", {"compress_level": 1}),
    "a drawing with a palette": ("PNG", "P", {"transparency": 3}),
    "a drawing with a transparent colour": ("PNG", "RGB", {"transparency": (1, 2, 3), "compress_level": 1}),
    "grey of 16 bits": ("PNG", "I;16", {}),
    "a GIF": ("GIF", "P", {"transparency": 3}),
    "a WebP": ("WEBP", "RGB", {"method": 0}),
    "a transparent WebP": ("WEBP", "RGBA", {"method": 0}),
    "a lossless WebP": ("WEBP", "RGB", {"method": 0, "lossless": True, "quality": 0}),
    "an AVIF": ("AVIF", "RGB", {"speed": 10}),
    "an AVIF without subsampling": ("AVIF", "RGBA", {"speed": 10, "subsampling": "4:4:4"}),
}

MEASURE = """
import os
import sys
from pathlib import Path
from PIL import Image, ImageCms
from generator.config import ImagesSection
from generator.limits import Limits
from generator.load.pictures import measure_picture
from generator.plan.files.renditions import place_renditions
from generator.render.pictures import PictureRenderer
from generator.render import Renderer

def peak():
    (line,) = (line for line in open("/proc/self/status") if line.startswith("VmHWM"))
    return int(line.split()[1]) * 1024

def measure(name):
    data = (root / name).read_bytes()
    before = peak()
    asset = measure_picture(name, data, Limits())
    measured = peak() - before
    PictureRenderer(root).render(place_renditions(asset, ImagesSection(widths=(640,))).plain.view)
    print(measured, peak() - before, flush=True)

Image.init()
root = Path(sys.argv[1])
for name in sys.argv[2:]:
    if not (process := os.fork()):  # each has a peak of its own
        measure(name)
        os._exit(0)
    os.waitpid(process, 0)
"""


def draw(form: str, mode: str, size: tuple[int, int], **options: Any) -> bytes:
    noise = Image.effect_noise((size[0] // 20, size[1] // 20), 80).resize(size)
    made = Image.new("I;16", size, 7) if mode == "I;16" else noise.convert("RGB").quantize(64) if mode == "P" else noise
    if mode == "RGBA":
        made = Image.merge("RGBA", [noise, noise, noise, noise])
    data = BytesIO()
    (made if mode in ("P", "RGBA", "I;16") else made.convert(mode)).save(data, form, **options)
    return data.getvalue()


@pytest.mark.slow
def test_decoding_takes_no_more_memory_than_the_header_announces(tmp_path: Path) -> None:
    for name, (form, mode, options) in FORMATS.items():
        (tmp_path / name).write_bytes(draw(form, mode, SIZE, **options))
    command = [sys.executable, "-c", MEASURE, tmp_path, *FORMATS]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    for name, line in zip(FORMATS, run.stdout.splitlines(), strict=True):
        measured, rendered = map(int, line.split())
        data = (tmp_path / name).read_bytes()
        with Image.open(BytesIO(data)) as image:
            announced = decoded_bytes(image, data)
        slack = 12_000_000  # code that is loaded, the rendition itself, and what a busy allocator keeps
        assert max(measured, rendered) < announced + 2 * len(data) + slack, name
        assert announced < 3 * rendered + slack or FORMATS[name][0] == "JPEG", name


@pytest.mark.parametrize(
    ("limits", "found", "key"),
    [
        (Limits(picture_side=39), "has a side of 40 pixels", "picture_side"),
        (Limits(picture_pixels=799), "has 800 pixels", "picture_pixels"),
        (Limits(picture_memory=1000), "has 40 × 20 pixels, which take ", "picture_memory"),
    ],
)
@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_a_picture_beyond_a_limit_is_refused_by_its_header(limits: Limits, found: str, key: str, form: str) -> None:
    data = draw(form, "RGB", (40, 20))
    assert isinstance(measure_picture("a", data, Limits()), Asset)
    problem = measure_picture("a", data, limits)
    assert not isinstance(problem, Asset)
    assert problem.code == "over-limit"
    assert found in problem.message
    assert f"'{key}' in [limits]" in problem.hint


def test_pictures_of_usual_cameras_and_screens_are_within_the_limits() -> None:
    for form, (width, height) in (("JPEG", (9504, 6336)), ("PNG", (7680, 4320)), ("WEBP", (6000, 4000))):
        image = Image.new("RGB", (1, 1))
        image._size, image.format = (width, height), form
        assert decoded_bytes(image, b"") + 5_000_000 < Limits().picture_memory
        assert width * height < Limits().picture_pixels


# What measuring accepts is rendered


def render_all(root: Path, asset: Asset) -> None:
    renderer, places = PictureRenderer(root), place_renditions(asset, ImagesSection(widths=(8, 16)))
    for place in (*places.own, *places.webp):
        assert renderer.render(place.view)


def moving(form: str) -> bytes:
    data, first, *more = BytesIO(), *(Image.new("RGB", (24, 16), colour) for colour in ("red", "green", "blue"))
    first.save(data, form, save_all=True, append_images=more, duration=120, loop=3)
    return data.getvalue()


def titled() -> dict[str, Any]:
    exif, info = Image.Exif(), PngImagePlugin.PngInfo()
    exif[0x0112] = 6
    info.add_text("Title", "A chip")
    return {"exif": exif, "pnginfo": info}


WHOLE = {
    **{f"{form} {mode}": draw(form, mode, (40, 20), **titled()) for form, mode in [("PNG", "RGB"), ("PNG", "RGBA")]},
    **{f"{form} photograph": draw(form, "RGB", (40, 20), exif=titled()["exif"]) for form in ("JPEG", "WEBP", "AVIF")},
    "progressive": draw("JPEG", "RGB", (40, 20), progressive=True),
    "GIF": draw("GIF", "P", (40, 20), transparency=3),
    "PNG palette": draw("PNG", "P", (40, 20), transparency=3),
    **{f"{form} that moves": moving(form) for form in ("GIF", "PNG", "WEBP")},
}


@fuzz
@pytest.mark.parametrize("name", WHOLE)
def test_each_damaged_picture_is_refused_when_it_is_measured_or_rendered(tmp_path: Path, name: str) -> None:
    random, accepted = Random(name), 0
    for _ in seeds(100):
        data = damage(WHOLE[name], random)
        found = measure_picture("a", data, Limits())
        if isinstance(found, Asset):
            (tmp_path / "a").write_bytes(data)
            render_all(tmp_path, found)
            accepted += 1
    (tmp_path / "a").write_bytes(WHOLE[name])
    whole = measure_picture("a", WHOLE[name], Limits())
    assert isinstance(whole, Asset)
    render_all(tmp_path, whole)


@pytest.mark.parametrize("key", ["icc_profile", "progressive", "Raw profile type exif", "XML:com.adobe.xmp"])
def test_a_text_in_a_png_is_not_taken_for_its_data(tmp_path: Path, key: str) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text(key, "a text")
    data = draw("PNG", "RGB", (40, 20), pnginfo=info)
    found = measure_picture("a", data, Limits())
    if isinstance(found, Asset):
        (tmp_path / "a").write_bytes(data)
        render_all(tmp_path, found)


@pytest.mark.slow
@pytest.mark.parametrize("form", ["GIF", "WEBP", "PNG"])
def test_a_cut_off_animation_costs_the_records_that_show_it(bench: SiteBench, form: str) -> None:
    bench.write("content/media/moves.png", moving(form)[:-9])
    bench.write("content/articles/a1.md", article("One", 1, image={"src": "moves.png", "alt": "A wheel"}))
    bench.write("content/articles/a2.md", article("Two", 2)).build()
    bench.expect_refused()
    assert bench.problems.startswith("content/articles/a1.md:")
    assert "[broken-image]" in bench.problems
    bench.build(keep_going=True).expect_built()
    assert "news/chips/a2/index.html" in bench.files()
    assert "news/chips/a1/index.html" not in bench.files()
