"""Cards for links that are shared, looked at pixel by pixel."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from conftest import at_most
from generator.outputs.files import SocialCard
from generator.outputs.parts import SourceFacts
from generator.render import social
from generator.render.social import draw_card

PAPER = (251, 250, 247)
LONG = "A headline of a good many words that says what happened and to whom and when " * 6


def make_card(**fields: Any) -> SocialCard:
    said = {"headline": "A new chip is out", "topic": "Chips", "colour": "#b80000", "told": "The Wire"}
    return SocialCard(**{**said, "site": "Bench News", "host": "bench.example", **fields})


def draw(own_font: bytes | None = None, **fields: Any) -> Image.Image:
    return Image.open(BytesIO(draw_card(make_card(**fields), own_font))).convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """The box around all that is darker than paper within a box, in pixels of the card."""
    part = image.crop(box).convert("L").point(lambda shade: 255 if shade < 200 else 0)
    found = part.getbbox()
    return (found[0] + box[0], found[1] + box[1], found[2] + box[0], found[3] + box[1]) if found else None


KICKER, HEADLINE, FOOT = (0, 90, 1200, 145), (0, 150, 1200, 500), (0, 520, 1200, 630)
FOOT_LEFT, FOOT_RIGHT = (0, 520, 600, 630), (600, 520, 1200, 630)


def test_a_card_is_a_png_of_the_size_that_readers_ask_for_in_the_topics_colour() -> None:
    data = draw_card(make_card(), None)
    image = Image.open(BytesIO(data))
    assert (image.format, image.size, image.info) == ("PNG", (1200, 630), {})
    assert len(data) < 40_000
    shown = image.convert("RGB")
    assert shown.getpixel((600, 10)) == (0xB8, 0, 0)
    assert shown.getpixel((600, 620)) == PAPER
    assert draw(colour=None).getpixel((600, 10)) == (20, 20, 22)


@pytest.mark.parametrize(
    ("field", "value", "box"),
    [
        ("headline", "Another chip is out", HEADLINE),
        ("topic", "Space", KICKER),
        ("told", "The Post", FOOT_LEFT),
        ("site", "Other News", FOOT_RIGHT),
    ],
)
def test_each_thing_has_its_place_and_leaves_the_rest_alone(field: str, value: str, box: tuple[int, ...]) -> None:
    one, other = draw(), draw(**{field: value})
    for place in (KICKER, HEADLINE, FOOT_LEFT, FOOT_RIGHT):
        assert (one.crop(place).tobytes() != other.crop(place).tobytes()) == (place == box), place


@pytest.mark.parametrize(
    "headline", ["Short", "A new chip is out", LONG[:90], LONG, "x" * 500, "漢字" * 90, "W " * 150]
)
def test_a_headline_of_any_length_stays_within_its_margins(headline: str) -> None:
    image = draw(headline=headline, topic="T" * 300, told="S" * 300, site="N" * 300)
    for box in (KICKER, HEADLINE, FOOT):
        if found := ink(image, box):
            assert found[0] >= 78
            assert found[2] <= 1122
    if found := ink(image, HEADLINE):
        assert found[3] < 498


def test_a_longer_headline_is_written_smaller_and_at_last_cut() -> None:
    def height(text: str, first_line: tuple[int, int, int, int]) -> int:
        found = ink(draw(headline=text), first_line)
        assert found is not None
        return found[3] - found[1]

    assert height("HHH", (0, 150, 1200, 250)) > height("HHH " * 25, (0, 150, 1200, 230)) > 20
    cut = [draw(headline=LONG + end).tobytes() for end in ("one", "another")]
    assert cut[0] == cut[1], "what does not fit is not seen"


@pytest.mark.parametrize(
    ("headline", "side"),
    [
        ("A new chip", "left"),
        ("Новый чип", "left"),
        ("Νέο τσιπ", "left"),
        ("שבב חדש של Acme", "right"),
        ("شريحة جديدة من Acme", "right"),
        ("2026: شريحة", "right"),
    ],
)
def test_a_card_begins_where_its_script_does(headline: str, side: str) -> None:
    found = ink(draw(headline=headline), HEADLINE)
    assert found is not None
    assert abs((found[0] if side == "left" else 1200 - found[2]) - 80) <= 8


def test_letters_of_arabic_are_joined_and_read_from_the_right() -> None:
    joined, apart = (draw(headline=text).crop(HEADLINE).convert("L") for text in ("بيت", "ب\u200cي\u200cت"))
    assert joined.tobytes() != apart.tobytes()
    assert ink(draw(headline="بيت"), HEADLINE) != ink(draw(headline="ب ي ت"), HEADLINE)


def test_what_no_font_can_write_is_left_out_and_is_no_box() -> None:
    assert draw(headline="Chip \U0001f9ff漢字 news").tobytes() == draw(headline="Chip news").tobytes()
    assert ink(draw(headline="漢字"), HEADLINE) is None
    assert ink(draw(headline="漢字", topic="漢", told="漢"), FOOT_LEFT) is None


def test_a_site_whose_name_cannot_be_written_is_named_by_its_host() -> None:
    assert draw(site="漢字").tobytes() == draw(site="bench.example").tobytes()


def test_the_sites_own_font_goes_first_and_what_it_lacks_is_written_by_the_programs(tmp_path: Path) -> None:
    from PIL import ImageFont

    aileron = ImageFont.load_default(20)
    assert isinstance(aileron, ImageFont.FreeTypeFont)
    own = aileron.font_bytes
    assert draw(own).crop(HEADLINE).tobytes() != draw().crop(HEADLINE).tobytes()
    russian = [draw(font, headline="Новый чип").crop(HEADLINE).tobytes() for font in (own, None)]
    assert russian[0] == russian[1]


STATES = ("told", "silent", "disputed", "early", "unseen")


def facts(*sources: str, states: tuple[str, ...] = STATES) -> tuple[SourceFacts, ...]:
    return tuple(SourceFacts(source=source, states=states, words="") for source in sources)


def test_a_story_has_a_line_per_source_with_a_cell_per_fact_above_the_foot() -> None:
    image = draw(headline="A", facts=facts("Wire", "Post"))
    cells = [image.crop((314 + place * 32, 444, 314 + place * 32 + 21, 464)).convert("L") for place in range(5)]
    shares = [sum(shade < 200 for shade in cell.tobytes()) / (21 * 20) for cell in cells]
    assert [round(share, 2) for share in shares] == [1.0, 0.15, 0.7, 0.2, 0.5]
    assert ink(image, (80, 430, 280, 500)) is not None, "names"
    assert draw(headline="A").crop(FOOT).tobytes() == image.crop(FOOT).tobytes()


@pytest.mark.parametrize("count", [1, 5, 6, 10, 40])
def test_facts_of_many_sources_leave_the_headline_and_the_margins_alone(count: int) -> None:
    image = draw(headline=LONG, facts=facts(*["A source with a long name"] * count, states=STATES * 30))
    found = ink(image, (0, 150, 1200, 500))
    assert found is not None
    assert found[0] >= 78
    assert found[2] <= 1122
    assert found[3] < 498
    lines = min(5, count if count <= 5 else (count + 1) // 2)
    gap = 494 - lines * 30
    assert ink(image, (0, gap + 1, 1200, gap + 7)) is None


def test_the_cells_of_a_mirrored_card_run_from_the_right() -> None:
    image = draw(headline="شريحة", facts=facts("Wire", states=("told", "silent")))
    found = ink(image, (400, 464, 1100 - 200, 484))
    assert found is not None
    assert found[2] == 1200 - 314


@at_most(40)
@given(st.text(max_size=80), st.text(max_size=30))
def test_no_text_stops_a_card(headline: str, source: str) -> None:
    data = draw_card(make_card(headline=headline, told=source, topic=source, site=headline), None)
    assert data == draw_card(make_card(headline=headline, told=source, topic=source, site=headline), None)


def test_muted_ink_has_contrast_enough() -> None:
    def luminance(colour: tuple[int, ...]) -> float:
        """WCAG 2.2, "relative luminance"."""
        parts = [one / 255 / 12.92 if one <= 10 else ((one / 255 + 0.055) / 1.055) ** 2.4 for one in colour]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    ramp = social._palette(None)
    muted = tuple(ramp[3 * social._MUTED : 3 * social._MUTED + 3])
    assert (luminance(PAPER) + 0.05) / (luminance(muted) + 0.05) >= 4.5
