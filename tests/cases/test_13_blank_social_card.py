"""A social card whose fonts lack the signs of its text: a warning that says what to set, and no blank card."""

import shutil
import struct
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from generator.glyphs import Lettering, program_characters, program_font, read_characters
from sitebench import NOW, SiteBench, article

pytestmark = pytest.mark.slow

CASE = Path(__file__).parent / "13-blank-social-card"
CHINESE = "芯片价格再次上涨"
CARD, PAGE = "cards/news/chips/a/card.png", "news/chips/a/index.html"


def font_with(characters: str) -> bytes:
    """The font of the program, but that it writes these characters only, each as an A."""
    data = bytearray(program_font())
    groups = b"".join(struct.pack(">III", ord(one), ord(one), 36) for one in sorted(set(characters)))
    table = struct.pack(">HHHHI", 0, 1, 3, 10, 12)
    table += struct.pack(">HHIII", 12, 0, 16 + len(groups), 0, len(groups) // 12) + groups
    for number in range(struct.unpack_from(">H", data, 4)[0]):
        if data[12 + 16 * number :][:4] == b"cmap":
            struct.pack_into(">II", data, 12 + 16 * number + 8, len(data), len(table))
    return bytes(data) + table


def image_of(site: SiteBench, path: str = PAGE) -> str | None:
    """The path of the picture for a shared link; it must be there."""
    found = site.page(path).tree.xpath("//meta[@property='og:image']/@content")
    if not found:
        return None
    image = urlsplit(found[0]).path.removeprefix("/")
    assert (site.output / image).is_file()
    return image


def has_headline(site: SiteBench) -> bool:
    with Image.open(BytesIO(site.files()[CARD])) as card:
        colours = card.convert("L").crop((80, 170, 1120, 480)).getextrema()
    return colours[0] != colours[1]


def with_cards(bench: SiteBench, title: str = "A", **matter: object) -> SiteBench:
    bench.edit("site.toml", "cards = false", "cards = true")
    return bench.write("content/articles/a.md", article(title, 9, **matter))


def test_the_case_is_told_and_what_is_proposed_works(tmp_path: Path) -> None:
    site = SiteBench(shutil.copytree(CASE, tmp_path / "site")).build(now=NOW).expect_built()
    site.expect_report(
        f"""content/articles/a.md:2: warning: no font of social cards has the characters '{CHINESE}': \
it has no social card [unwritable-card]
    title: {CHINESE}
    expected: a font with these characters
    hint: put a font such as Noto Sans SC into content/media/, and set [images] card_font = "NotoSansSC-Bold.ttf" \
in site.toml
"""
    )
    assert not (site.output / CARD).exists()
    assert image_of(site) == "cards/card.png"
    site.write("content/media/NotoSansSC-Bold.ttf", font_with(CHINESE))
    site.edit("site.toml", "[site]", '[images]\ncard_font = "NotoSansSC-Bold.ttf"\n\n[site]').build(now=NOW)
    site.expect_built().expect_report("")
    assert image_of(site) == CARD
    assert has_headline(site)


@pytest.mark.parametrize(
    ("title", "font"),
    [
        ("芯片", "Noto Sans SC"),
        ("チップの値段", "Noto Sans JP"),
        ("칩 가격", "Noto Sans KR"),
        ("ราคาชิป", "Noto Sans Thai"),
        ("चिप की कीमत", "Noto Sans Devanagari"),
        ("চিপ", "Noto Sans Bengali"),
        ("የቺፕ ዋጋ", "Noto Sans Ethiopic"),
        ("តម្លៃ", "Noto Sans Khmer"),
        ("Intel 芯片 hält", "Noto Sans SC"),
        ("𠀀", "Noto Sans SC"),
    ],
)
def test_a_headline_without_its_letters_has_no_card(bench: SiteBench, title: str, font: str) -> None:
    with_cards(bench, title=title).build().expect_built()
    assert "content/articles/a.md:2: warning: no font of social cards has the characters '" in bench.problems
    assert f"such as {font} into" in bench.problems
    assert image_of(bench) == "cards/card.png"
    assert not (bench.output / CARD).exists()


@pytest.mark.parametrize(
    "title",
    [
        *("Größe — “quoted” … 5 €", "Ünı\u0308code", "Цены на чипы", "Τιμές", "أسعار الرقائق والله لا", "מחירי השבבים"),
        *("zero\u200bwidth\u00a0space\u2060", "☎\ufe0f call", "Tiếng Việt"),
    ],
)
def test_what_the_programs_font_writes_is_no_fault(bench: SiteBench, title: str) -> None:
    with_cards(bench, title=title).build().expect_built().expect_report("")
    assert image_of(bench) == CARD
    assert has_headline(bench)


def test_signs_that_are_no_letters_are_left_out_of_a_card_and_told(bench: SiteBench) -> None:
    with_cards(bench, title="Lift-off \U0001f680").build().expect_built()
    assert "has the characters '\U0001f680': social cards leave it out [unwritable-card]" in bench.problems
    assert image_of(bench) == CARD


@pytest.mark.parametrize(
    ("file", "old", "place"),
    [
        ("content/topics/chips.md", "title: Chips", "content/topics/chips.md:2: warning"),
        ("content/sources/wire.md", "title: The Wire", "content/sources/wire.md:2: warning"),
        ("site.toml", 'description = "News for tests."', "site.toml:3: warning"),
    ],
)
def test_other_texts_of_cards_are_told_once_where_they_are_written(
    bench: SiteBench, file: str, old: str, place: str
) -> None:
    new = f'tagline = "{CHINESE}"' if file == "site.toml" else f"title: {CHINESE}"
    with_cards(bench).edit(file, old, new).build().expect_built()
    assert bench.problems.count("[unwritable-card]") == 1
    assert bench.problems.startswith(
        f"{place}: no font of social cards has the characters '{CHINESE}': social cards leave it out"
    )
    assert image_of(bench) == CARD
    assert image_of(bench, "index.html") == "cards/card.png"


def test_a_site_whose_name_no_font_writes_has_no_card_of_its_own(bench: SiteBench) -> None:
    with_cards(bench).edit("site.toml", 'title = "Bench News"', f'title = "{CHINESE}"').build().expect_built()
    assert (
        f"site.toml:2: warning: no font of social cards has the characters '{CHINESE}': the site has no"
        in bench.problems
    )
    assert image_of(bench) == CARD
    assert not (bench.output / "cards/card.png").exists()
    for path in ("index.html", "topics/chips/index.html", "latest/index.html"):
        assert image_of(bench, path) is None
        assert bench.page(path).tree.xpath("//meta[@name='twitter:card']/@content") == ["summary"]
    bench.write("content/articles/b.md", article(CHINESE, 8)).build()
    assert image_of(bench, "news/chips/b/index.html") is None


def test_a_picture_of_its_own_goes_before_the_card_of_the_site(bench: SiteBench) -> None:
    data = BytesIO()
    Image.new("RGB", (40, 20)).save(data, "PNG")
    bench.write("content/media/p.png", data.getvalue())
    with_cards(bench, title=CHINESE, image={"src": "p.png", "alt": "P"}).build().expect_built()
    assert "p." in str(image_of(bench))


def test_a_story_is_told_like_an_article(bench: SiteBench) -> None:
    story = f"---\ntitle: {CHINESE}\ntopic: chips\npublished: 2026-05-01T08:00:00Z\n---\n"
    with_cards(bench).write("content/stories/s.md", story).build().expect_built()
    assert bench.problems.startswith("content/stories/s.md:2: warning")
    assert image_of(bench, "stories/s/index.html") == "cards/card.png"


def test_many_records_of_one_script_are_counted(bench: SiteBench) -> None:
    for number in range(8):
        bench.write(f"content/articles/n{number}.md", article(f"{CHINESE} {number}", 2))
    with_cards(bench, title="ราคา").build().expect_built()
    assert bench.problems.count("[unwritable-card]") == 6
    assert bench.problems.count(" (and of 3 more records): it has no social card") == 1


def test_where_there_is_no_card_nothing_is_told(bench: SiteBench) -> None:
    bench.write("content/articles/a.md", article(CHINESE, 9)).build().expect_built().expect_report("")
    with_cards(bench, title=CHINESE, noindex=True).build().expect_built().expect_report("")
    bench.write("content/articles/a.md", article(CHINESE, 9, draft=True)).build().expect_built()
    assert "[unwritable-card]" not in bench.problems


def test_an_edit_of_a_title_brings_and_takes_its_card(bench: SiteBench) -> None:
    with_cards(bench).build().expect_built().expect_report("")
    bench.edit("content/articles/a.md", "title: A", f"title: {CHINESE}").build()
    assert not (bench.output / CARD).exists()
    assert bench.build().problems.startswith("content/articles/a.md:2: warning")  # also where nothing changed
    bench.expect_same_as_clean_build()
    bench.edit("content/articles/a.md", CHINESE, "B").build().expect_report("")
    assert image_of(bench) == CARD


# What fonts can write


def test_a_line_is_written_by_one_font() -> None:
    lettering = Lettering([frozenset("芯片 "), program_characters()])
    assert [lettering.lacks(text) for text in ("芯片", "Chip", "芯片 Chip", "芯芯x片")] == ["", "", "芯片", "x"]


def test_an_arabic_letter_needs_all_forms_in_which_it_joins() -> None:
    plain = frozenset("سلام ")
    assert Lettering([plain]).lacks("سلام") == "سلام"
    assert Lettering([program_characters()]).lacks("سلام") == ""


def test_what_is_cut_off_or_made_up_is_no_font() -> None:
    whole = font_with("芯片")
    assert read_characters(whole) == frozenset("芯片")
    for data in (b"", b"no font", whole[:100], whole[:-8], b"ttcf" + bytes(12), b"\0\1\0\0\xff\xff" + bytes(40)):
        with pytest.raises(ValueError, match="character map"):
            read_characters(data)
    endless = whole[:-24] + struct.pack(">IIIIII", 0, 0x10FFFF, 1, 0, 0x10FFFF, 1)
    with pytest.raises(ValueError, match="character map"):
        read_characters(endless)
