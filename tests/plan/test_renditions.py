"""In which sizes and formats a picture is published."""

from typing import Any

import pytest

from generator.config import ImagesSection
from generator.digest import digest_bytes
from generator.names import OutputPath
from generator.outputs.files import Animation, Rendition
from generator.plan.files.renditions import PlacedRendition, place_renditions
from generator.records import Asset


def make_asset(name: str = "chip.png", width: int = 1000, height: int = 500, **fields: Any) -> Asset:
    file = f"content/media/{name}"
    return Asset(name=name, file=file, digest=digest_bytes(b"chip"), width=width, height=height, **fields)


def sizes(placed: tuple[PlacedRendition, ...]) -> list[tuple[int, int]]:
    return [(one.view.width, one.view.height) for one in placed]


def formats(placed: tuple[PlacedRendition, ...]) -> set[str]:
    return {one.view.format for one in placed if isinstance(one.view, Rendition)}


@pytest.mark.parametrize(
    ("size", "made"),
    [
        ((1000, 500), [(320, 160), (480, 240), (640, 320), (960, 480), (1000, 500)]),
        ((4000, 3000), [(320, 240), (480, 360), (640, 480), (960, 720), (1280, 960), (1920, 1440)]),
        ((480, 480), [(320, 320), (480, 480)]),
        ((1, 1), [(1, 1)]),
        ((1, 10_000), [(1, 10_000)]),
        ((10_000, 1), [(320, 1), (480, 1), (640, 1), (960, 1), (1280, 1), (1920, 1)]),
    ],
)
def test_a_picture_comes_in_the_widths_below_its_own_and_in_that_up_to_the_widest(
    size: tuple[int, int], made: list[tuple[int, int]]
) -> None:
    own, webp = place_renditions(make_asset(width=size[0], height=size[1]), ImagesSection())
    assert sizes(own) == sizes(webp) == made


@pytest.mark.parametrize(
    ("widths", "made"), [((900, 100, 900), [100, 900]), ((1000,), [1000]), ((), [1000]), ((2000,), [1000])]
)
def test_the_site_chooses_the_widths(widths: tuple[int, ...], made: list[int]) -> None:
    own, _ = place_renditions(make_asset(), ImagesSection(widths=widths))
    assert [width for width, _ in sizes(own)] == made


@pytest.mark.parametrize(
    ("name", "own", "beside"),
    [
        ("a.jpg", "jpg", {"webp"}),
        ("a.png", "png", {"webp"}),
        ("a.gif", "png", {"webp"}),
        ("a.webp", "webp", set()),
        ("a.avif", "webp", set()),
    ],
)
def test_a_picture_has_a_format_of_its_own_and_webp_beside_it(name: str, own: str, beside: set[str]) -> None:
    made = place_renditions(make_asset(name), ImagesSection())
    assert (formats(made.own), formats(made.webp)) == ({own}, beside)
    without = place_renditions(make_asset(name), ImagesSection(webp=False))
    assert (formats(without.own), formats(without.webp)) == ({own}, set())


@pytest.mark.parametrize(("height", "own", "beside"), [(16_383, "webp", {"webp"}), (16_384, "png", set())])
def test_what_is_too_long_for_webp_does_without(height: int, own: str, beside: set[str]) -> None:
    assert formats(place_renditions(make_asset("a.avif", 500, height), ImagesSection()).own) == {own}
    assert formats(place_renditions(make_asset("a.png", 500, height), ImagesSection()).webp) == beside


def test_a_moving_picture_stays_one() -> None:
    asset = make_asset("a.gif", is_animated=True)
    own, webp = place_renditions(asset, ImagesSection())
    moving = Animation(asset=asset, width=1000, height=500)
    assert own == (PlacedRendition(OutputPath(f"media/a.{asset.digest[:10]}.gif"), moving),)
    assert webp == ()


@pytest.mark.parametrize(
    ("width", "widths", "plain"),
    [(4000, None, 1280), (1000, None, 1000), (4000, (1500, 3000), 1500), (4000, (100,), 100)],
)
def test_where_none_can_be_chosen_a_moderate_one_is_shown(
    width: int, widths: tuple[int, ...] | None, plain: int
) -> None:
    images = ImagesSection() if widths is None else ImagesSection(widths=widths)
    assert place_renditions(make_asset(width=width), images).plain.view.width == plain


def test_other_bytes_have_another_name() -> None:
    def names(asset: Asset, **images: Any) -> set[str]:
        own, webp = place_renditions(asset, ImagesSection(**images))
        return {one.path for one in (*own, *webp)}

    here = names(make_asset())
    assert len(here) == 10
    assert all(path.startswith("media/chip.") for path in here)
    assert not here & names(make_asset(), quality=81)
    assert not here & names(make_asset(), widths=(320, 480, 640))
    other = Asset(name="chip.png", file="x", digest=digest_bytes(b"other"), width=1000, height=500)
    assert not here & names(other)
