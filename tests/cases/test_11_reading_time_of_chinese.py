"""Words and reading time of scripts that set no spaces between words."""

import shutil
from pathlib import Path

import pytest

from generator.words import measure
from sitebench import NOW, SiteBench, article

CASE = Path(__file__).parent / "11-reading-time-of-chinese"

CHINESE = "芯片制造商今天宣布了新的产品线。"  # 15 characters and a sign
JAPANESE = "半導体メーカーは本日、新製品を発表した。"
KOREAN = "반도체 제조업체가 오늘 새로운 제품을 발표했다. "
THAI = "ผู้ผลิตชิปประกาศสายผลิตภัณฑ์ใหม่ในวันนี้ "
LAO = "ຜູ້ຜະລິດຊິບປະກາດສາຍຜະລິດຕະພັນໃໝ່ໃນມື້ນີ້"
KHMER = "ក្រុមហ៊ុនផលិតបន្ទះឈីបប្រកាសខ្សែផលិតផលថ្មីនៅថ្ងៃនេះ"
BURMESE = "ချစ်ပ်ထုတ်လုပ်သူသည်ယနေ့ထုတ်ကုန်အသစ်ကိုကြေညာခဲ့သည်။"


def minutes(page: SiteBench, path: str) -> list[str]:
    return page.page(path).texts("//*[contains(text(), 'min read')]")


def test_a_long_article_of_chinese_takes_its_time(tmp_path: Path) -> None:
    root = shutil.copytree(CASE, tmp_path / "site")
    characters = (root / "content/articles/a.md").read_text().count("芯片制造商") * 15
    site = SiteBench(root).build(now=NOW)
    assert minutes(site, "news/chips/a/index.html") == [f"{round(characters / 500)} min read"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("It said “no” — again.", 5),  # as ever: what stands between spaces
        ("Größe naïve", 2),
        (CHINESE, 15),
        ("芯片，价格！「上涨」", 6),
        ("CPU价格上涨5%，Intel表示", 9),  # CPU, 5% and Intel are words among six characters
        ("Intel 说 yes", 3),
        (JAPANESE, 18),
        ("ニュース・サイト", 7),
        (KOREAN, 6),
        (THAI, 8),
        (THAI * 3, 24),
        (LAO, 8),
        (KHMER, 10),
        (BURMESE, 10),
        ("ไทย", 1),
        ("ไทย and English", 3),
        ("𠀀𠀁", 2),  # beyond the basic plane
    ],
)
def test_words_are_counted_in_every_script(text: str, words: int) -> None:
    assert measure(text).words == words


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("word " * 230, 60),
        (CHINESE * 100, 180),
        ("新" * 500 + " word" * 230, 120),
        ("한" * 500, 60),
        ("한글 " * 250, 60),
        ("\u1112\u1161\u11ab" * 500, 60),  # the same taken apart, as some systems write it
        ("か" * 500, 60),
        ("ก" * 5 * 230, 60),
    ],
)
def test_reading_time_is_told_by_words_or_by_characters(text: str, seconds: int) -> None:
    assert measure(text).seconds == seconds


@pytest.mark.parametrize(
    ("text", "passage"), [(CHINESE, "宣布了新的产品线"), (THAI, "ชิปประกาศสาย"), (JAPANESE, "新製品を発表した")]
)
def test_a_quotation_stands_in_a_text_without_spaces(bench: SiteBench, text: str, passage: str) -> None:
    told = f"""---
title: A story
topic: chips
published: 2026-05-01T08:00:00Z
coverage:
  wire: {{techniques: [{{name: Framing, explanation: It frames., quotes: ["{passage}"]}}]}}
---
"""
    bench.write("content/stories/s.md", told)
    bench.write("content/articles/b.md", article("B", 3, body=text, story="s")).build()
    assert "unfounded-quote" not in bench.problems
    bench.edit("content/articles/b.md", passage[2:6], "x").build()
    assert "[unfounded-quote]" in bench.problems


@pytest.mark.parametrize(
    ("text", "allowed", "is_told"),
    [
        (CHINESE, 14, True),
        (CHINESE, 15, False),
        (JAPANESE, 17, True),
        (THAI.strip(), 7, True),
        (THAI.strip(), 8, False),
    ],
)
def test_an_extract_without_spaces_is_held_against_what_its_source_allows(
    bench: SiteBench, text: str, allowed: int, is_told: bool
) -> None:
    bench.edit("content/sources/wire.md", "title:", f"extract_words: {allowed}\ntitle:")
    bench.write("content/articles/b.md", article("B", 3, body=f"新闻说：{text}完了", quotes=[text])).build()
    assert ("[long-extract]" in bench.problems) is is_told


def test_a_paragraph_of_chinese_that_stands_twice_is_told_by_its_beginning(bench: SiteBench) -> None:
    bench.write("content/articles/b.md", article("B", 3, body=f"{CHINESE}\n\n{CHINESE}")).build()
    assert "the paragraph '芯片制造 …' occurs twice" in bench.problems


def test_a_standfirst_is_cut_where_a_sentence_ends_or_where_the_letters_do(bench: SiteBench) -> None:
    bench.write("content/articles/b.md", article("B", 3, body=CHINESE * 40, summary=""))
    bench.write("content/articles/c.md", article("C", 4, body="CPU " + "新" * 400, summary="")).build()
    described = {
        name: bench.page(f"news/chips/{name}/index.html").tree.xpath("string(//meta[@name='description']/@content)")
        for name in ("b", "c")
    }
    assert described["b"].endswith("产品线。")
    assert described["c"] == "CPU " + "新" * 275 + "…"
