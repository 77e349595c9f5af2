"""Pictures that records name."""

import os
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from generator.config import ImagesSection
from generator.digest import digest_bytes
from generator.errors import Problem
from generator.limits import Limits
from generator.load.fonts import find_font
from generator.load.pictures import Pictures
from generator.reach import Reach
from generator.records import Asset
from materials import make_article

ARTICLE = make_article("a1")


def draw(file: Path, size: tuple[int, int] = (8, 4), **options: object) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", size, "red").save(file, **options)
    return file


def find(root: Path, src: str) -> Asset | Problem:
    return Pictures(Reach(root), {}.get, Limits()).find(ARTICLE.file, src, ("image", "src"))


def asset(root: Path, src: str) -> Asset:
    found = find(root, src)
    assert isinstance(found, Asset), found
    return found


def problem(root: Path, src: str) -> Problem:
    found = find(root, src)
    assert isinstance(found, Problem), found
    return found


@pytest.mark.parametrize(
    ("src", "path"),
    [
        ("chip.png", "content/articles/chip.png"),
        ("chip.png", "content/media/chip.png"),
        ("sub/chip.png", "content/articles/sub/chip.png"),
        ("sub/chip.png", "content/media/sub/chip.png"),
        ("../media/chip.png", "content/media/chip.png"),
        ("./chip.png", "content/articles/chip.png"),
    ],
)
def test_a_picture_is_beside_its_record_or_under_media(tmp_path: Path, src: str, path: str) -> None:
    data = draw(tmp_path / path).read_bytes()
    assert asset(tmp_path, src) == Asset(
        name="chip.png", file=path, digest=digest_bytes(data), width=8, height=4, colour="#ff0000"
    )


def test_the_picture_beside_the_record_goes_first(tmp_path: Path) -> None:
    draw(tmp_path / "content/media/chip.png")
    draw(tmp_path / "content/articles/chip.png", (2, 2))
    assert asset(tmp_path, "chip.png").width == 2


@pytest.mark.parametrize(
    ("name", "form", "named"),
    [
        ("a.png", "PNG", "a.png"),
        ("a.jpeg", "JPEG", "a.jpg"),
        ("a.JPG", "JPEG", "a.jpg"),
        ("a.gif", "GIF", "a.gif"),
        ("a.webp", "WEBP", "a.webp"),
        ("a.png", "WEBP", "a.webp"),
        ("A Chip (1).png", "PNG", "a-chip-1.png"),
        ("...png", "PNG", "picture.png"),
        (f"{'x' * 120}.png", "PNG", f"{'x' * 80}.png"),
        (f"{'漢' * 66}.png", "PNG", f"{'漢' * 26}.png"),
    ],
)
def test_a_picture_is_named_by_what_it_is(tmp_path: Path, name: str, form: str, named: str) -> None:
    draw(tmp_path / "content/articles" / name, format=form)
    assert asset(tmp_path, name).name == named


def test_a_photograph_with_further_pictures_in_it_is_a_jpeg(tmp_path: Path) -> None:
    draw(tmp_path / "content/media/a.jpg", format="MPO", save_all=True, append_images=[Image.new("RGB", (8, 4))])
    assert asset(tmp_path, "a.jpg").name == "a.jpg"


def test_a_photograph_taken_on_its_side_is_measured_as_it_is_shown(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    draw(tmp_path / "content/media/a.jpg", (8, 4), exif=exif)
    assert (asset(tmp_path, "a.jpg").width, asset(tmp_path, "a.jpg").height) == (4, 8)


@pytest.mark.parametrize(
    ("mode", "colour", "told"),
    [
        ("RGB", (16, 32, 48), "#102030"),
        ("L", 128, "#808080"),
        ("1", 1, "#ffffff"),
        ("P", 0, "#000000"),
        ("I;16", 0x8080, "#808080"),
        ("RGBA", (16, 32, 48, 255), "#102030"),
        ("RGBA", (16, 32, 48, 254), ""),
        ("LA", (128, 0), ""),
    ],
)
def test_the_colour_of_a_picture_is_its_average_unless_one_can_look_through(
    tmp_path: Path, mode: str, colour: Any, told: str
) -> None:
    (tmp_path / "content/media").mkdir(parents=True)
    Image.new(mode, (8, 4), colour).save(tmp_path / "content/media/a.png")
    assert asset(tmp_path, "a.png").colour == told


def test_a_palette_with_a_hole_can_be_looked_through(tmp_path: Path) -> None:
    draw(tmp_path / "content/media/a.gif", format="GIF")
    assert asset(tmp_path, "a.gif").colour == "#ff0000"
    Image.new("P", (8, 4)).save(tmp_path / "content/media/a.gif", transparency=0)
    assert asset(tmp_path, "a.gif").colour == ""


@pytest.mark.parametrize(("form", "moves"), [("GIF", True), ("WEBP", True), ("PNG", True), ("MPO", False)])
def test_files_of_several_pictures_move_but_photographs_do_not(tmp_path: Path, form: str, moves: bool) -> None:
    more = [Image.new("RGB", (8, 4), "blue")]
    draw(tmp_path / "content/media/a.png", format=form, save_all=True, append_images=more)
    draw(tmp_path / "content/media/b.png", format=form)
    assert (asset(tmp_path, "a.png").is_animated, asset(tmp_path, "b.png").is_animated) == (moves, False)


@pytest.mark.parametrize(
    "src",
    [
        *(
            "nope.png",
            "",
            ".",
            "..",
            "../..",
            "../../site.toml",
            "../../../etc/passwd",
            "/etc/passwd",
            "a\0b.png",
            "x" * 300,
        ),
        *("x" * 300 + "/a.png", "..\\media\\chip.png", "sub", "media/chip.png", "%2e%2e/x.png"),
    ],
)
def test_what_is_not_there_or_outside_of_content_is_no_picture(tmp_path: Path, src: str) -> None:
    draw(tmp_path / "content/media/chip.png")
    draw(tmp_path / "content/articles/sub/b.png")
    (tmp_path / "site.toml").write_text("")
    found = problem(tmp_path, src)
    assert (found.code, found.file, found.key) == ("missing-image", ARTICLE.file, ("image", "src"))


def test_an_absolute_path_is_refused_even_where_it_leads_into_the_site(tmp_path: Path) -> None:
    file = draw(tmp_path / "content/media/chip.png")
    assert problem(tmp_path, str(file)).code == "missing-image"


def test_the_nearest_name_is_suggested_but_none_from_outside_of_content(tmp_path: Path) -> None:
    draw(tmp_path / "content/media/chip.png")
    (tmp_path / "secret.png").touch()
    assert problem(tmp_path, "chips.png").hint == "did you mean 'chip.png'?"
    assert problem(tmp_path, "../../secrets.png").hint == ""


def test_a_folder_is_listed_once_for_all_missing_pictures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draw(tmp_path / "content/media/chip.png")
    listed, scandir = [], os.scandir
    monkeypatch.setattr(os, "scandir", lambda folder: listed.append(folder) or scandir(folder))
    pictures = Pictures(Reach(tmp_path), {}.get, Limits())
    for number in range(50):
        assert pictures.find(ARTICLE.file, f"chip{number}.png", ()).hint == "did you mean 'chip.png'?"
    assert len(listed) == 2  # beside the record, and the media


def png_of(width: int, height: int) -> bytes:
    """The head of a PNG that claims a size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + b"IHDR" + head + struct.pack(">I", zlib.crc32(b"IHDR" + head))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        png_of(60_000, 60_000),
    ],
)
def test_a_file_that_is_no_picture_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "content/articles").mkdir(parents=True)
    (tmp_path / "content/articles/a.png").write_bytes(data)
    found = problem(tmp_path, "a.png")
    assert (found.code, found.file, found.needle) == ("broken-image", ARTICLE.file, "a.png")
    assert str(tmp_path) not in found.message


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "AVIF"])
def test_a_cut_off_picture_is_refused(tmp_path: Path, form: str) -> None:
    file = tmp_path / "content/media/a.png"
    file.parent.mkdir(parents=True)
    Image.effect_noise((200, 200), 80).convert("RGB").save(file, form)
    data = file.read_bytes()
    assert asset(tmp_path, "a.png").width == 200
    file.write_bytes(data[: len(data) // 2])
    assert problem(tmp_path, "a.png").code == "broken-image"


@pytest.mark.parametrize("folder", ["articles", "media"])
def test_a_file_with_the_name_of_a_record_is_no_picture(tmp_path: Path, folder: str) -> None:
    draw(tmp_path / "content" / folder / "chip.png").rename(tmp_path / "content" / folder / "chip.md")
    found = problem(tmp_path, "chip.md")
    assert (found.code, found.message) == ("missing-image", "no picture 'chip.md'")


def test_each_picture_is_measured_once_and_remembered_between_builds(tmp_path: Path) -> None:
    file = draw(tmp_path / "content/media/chip.png")
    first = Pictures(Reach(tmp_path), {}.get, Limits())
    found = first.find(ARTICLE.file, "chip.png", ())
    assert first.find(make_article("a2").file, "chip.png", ()) == found
    assert first.seen.keys() == {"content/media/chip.png"}
    (row,) = first.learned

    old = row._replace(read_ns=row.changed_ns + 60 * 10**9)
    second = Pictures(Reach(tmp_path), {row.path: old}.get, Limits())
    assert second.find(ARTICLE.file, "chip.png", ()) == found
    assert second.learned == []

    draw(file, (2, 2))
    third = Pictures(Reach(tmp_path), {row.path: old}.get, Limits())
    changed = third.find(ARTICLE.file, "chip.png", ())
    assert isinstance(changed, Asset)
    assert changed.width == 2
    assert len(third.learned) == 1


def test_a_fifo_is_neither_a_picture_nor_a_font(tmp_path: Path) -> None:
    (tmp_path / "content/media").mkdir(parents=True)
    os.mkfifo(tmp_path / "content/media/a.png")
    os.mkfifo(tmp_path / "content/media/a.ttf")
    assert isinstance(find(tmp_path, "a.png"), Problem)
    assert isinstance(find_font(Reach(tmp_path), ImagesSection(card_font="a.ttf")), Problem)


def test_a_picture_with_too_many_bytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    file = draw(tmp_path / "content/media/a.png")
    os.truncate(file, 50_000_001)
    assert problem(tmp_path, "a.png").code == "over-limit"
