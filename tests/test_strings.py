"""Words, times and numbers in the language of a site."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.strings import Strings, Table, direction_of, fill, languages_for
from materials import english, words

NOON = datetime(2026, 6, 3, 12, 5, 9, tzinfo=UTC)


def strings(language: str = "en", **table: str | dict[str, str]) -> Strings:
    return Strings(language, table)


# Texts


def test_a_text_is_filled_by_name_in_any_order() -> None:
    said = strings(heading="{page} – {site}", drawn="{site}: {page}, {page}")
    assert said.say("heading", page="About", site="News") == "About – News"
    assert said.say("drawn", page="About", site="News") == "News: About, About"


@given(st.text(st.sampled_from("{}abc!.0[]%"), max_size=12))
def test_no_value_is_taken_for_a_part_of_the_text(value: str) -> None:
    assert fill("<{a}|{b}>", {"a": value, "b": "x"}) == f"<{value}|x>"


@pytest.mark.parametrize("text", ["{", "}", "{}", "{ count }", "{0}", "{a.b}", "{a!r}", "100 %", "%s"])
def test_braces_around_anything_but_a_name_are_text(text: str) -> None:
    assert strings(it=text).say("it", count=3) == text


def test_what_is_missing_is_named() -> None:
    said = strings(hello="Hello {name}", many={"other": "{count} things"})
    with pytest.raises(LookupError, match="no string 'helo'"):
        said.say("helo")
    with pytest.raises(LookupError, match=r"no value for \{name\} of 'Hello \{name\}'"):
        said.say("hello", nam="x")
    with pytest.raises(ValueError, match="'many' needs a count"):
        said.say("many")


# Plurals

ARABIC: Table = {
    "day": {"zero": "zero", "one": "one", "two": "two", "few": "few", "many": "many", "other": "other"},
    "hour": {"one": "one", "other": "{count}"},
}


@pytest.mark.parametrize(
    ("count", "category"),
    [(0, "zero"), (1, "one"), (2, "two"), (3, "few"), (10, "few"), (11, "many"), (99, "many"), (100, "other")],
)
def test_a_language_chooses_among_its_own_plurals(count: int, category: str) -> None:
    assert Strings("ar", ARABIC).say("day", count=count) == category


def test_other_stands_for_each_plural_that_is_left_out() -> None:
    assert [Strings("ar", ARABIC).say("hour", count=count) for count in (0, 1, 2, 3)] == ["0", "one", "2", "3"]


@pytest.mark.parametrize(("count", "said"), [(0, "0 articles"), (1, "1 article"), (2, "2 articles")])
def test_english_counts(count: int, said: str) -> None:
    assert english().say("articles_counted", count=count) == said


def test_a_plain_text_does_for_every_count() -> None:
    assert strings("ja", articles="{count} 件").say("articles", count=1) == "1 件"


# Numbers


@pytest.mark.parametrize(
    ("language", "number", "percent"),
    [("en", "1,204", "60%"), ("de", "1.204", "60\xa0%"), ("fr", "1\u202f204", "60\u202f%"), ("de-CH", "1’204", "60%")],
)
def test_numbers_are_written_as_the_language_does(language: str, number: str, percent: str) -> None:
    said = strings(language, articles="{count} ·")
    assert (said.number(1204), said.say("articles", count=1204)) == (number, f"{number} ·")
    assert said.percent(0.6).replace("\u202f", "\xa0") == percent.replace("\u202f", "\xa0")


@pytest.mark.parametrize(
    ("score", "said"), [(0.5, "+0.5"), (-1.0, "−1.0"), (0.0, "0.0"), (-0.25, "−0.25"), (0.125, "+0.125")]
)
def test_a_score_has_its_sign(score: float, said: str) -> None:
    assert english().score(score) == said


def test_the_signs_of_a_score_stand_in_the_table() -> None:
    assert strings("de", plus="plus ", minus="minus ").score(-0.5) == "minus 0,5"


# Times


@pytest.mark.parametrize(
    ("language", "date", "short", "moment"),
    [
        ("en", "3 June 2026", "3 Jun 2026", "3 June 2026, 14:05 CEST"),
        ("de", "3. Juni 2026", "3. Juni 2026", "3. Juni 2026, 14:05 Uhr MESZ"),
    ],
)
def test_a_moment_is_written_by_the_patterns_of_the_language(language: str, date: str, short: str, moment: str) -> None:
    said, local = words(language), NOON.astimezone(ZoneInfo("Europe/Berlin"))
    assert (said.day(local), said.day(local, "date_short"), said.moment(local)) == (date, short, moment)


def test_months_have_a_capital_where_they_are_no_part_of_a_sentence() -> None:
    french = strings("fr", month="MMMM y", month_title="LLLL y", month_name="LLLL")
    assert french.month(2026, 6) == "juin 2026"
    assert (french.month(2026, 6, "month_title"), french.month(2026, 6, "month_name")) == ("Juin 2026", "Juin")


MINUTES = st.integers(0, 25_000_000).map(lambda minutes: datetime(1990, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))


@pytest.mark.parametrize(("language", "short"), [("en", "Wed"), ("de", "Mi"), ("fr", "mer."), ("ar", "أربعاء")])
def test_short_names_of_days_are_shorter_than_the_long_ones(language: str, short: str) -> None:
    """Abbreviations of Arabic are whole words in CLDR, which do not fit a calendar on a phone."""
    pairs = words(language).weekdays
    assert pairs[2][0] == short
    assert all(len(day) < len(name) for day, name in pairs)


@given(st.lists(MINUTES, min_size=1, max_size=8), st.sampled_from(["Europe/London", "America/New_York", "Asia/Tehran"]))
def test_what_was_written_before_changes_nothing(times: list[datetime], zone: str) -> None:
    """Days and minutes are remembered: a time is written as it is by those who remember none."""
    for language in ("en", "de"):
        known = words(language)
        for time in times:
            local = time.astimezone(ZoneInfo(zone))
            fresh = Strings(language, known.table)
            assert known.moment(local) == fresh.moment(local)
            assert known.day(local) == fresh.day(local)


def test_the_hour_that_comes_twice_has_two_names() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    said = [english().moment((first + timedelta(hours=hour)).astimezone(berlin)) for hour in (0, 1)]
    assert said == ["25 October 2026, 02:30 CEST", "25 October 2026, 02:30 CET"]


# Languages


def test_a_tag_stands_for_what_it_is_a_kind_of() -> None:
    assert languages_for("zh-Hant-TW") == ["zh-hant-tw", "zh-hant", "zh"]
    assert languages_for("de") == ["de"]


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        *[(one, "rtl") for one in ("ar", "ar-EG", "fa", "he", "ur", "ps", "yi", "uz-Arab", "az-arab-IR")],
        *[(one, "ltr") for one in ("en", "de-CH", "zh-Hans", "tlh", "ks-Deva", "ar-Latn", "qqq")],
    ],
)
def test_lines_begin_where_the_language_or_its_script_begins_them(language: str, direction: str) -> None:
    assert (direction_of(language), strings(language).direction) == (direction, direction)


def test_names_of_languages_and_countries_are_in_the_language() -> None:
    german = strings("de")
    assert (german.language_name("zh-Hans"), german.country_name("GB")) == (
        "Chinesisch (Vereinfacht)",
        "Vereinigtes Königreich",
    )
    assert (german.language_name("qqq"), german.country_name("QQ")) == ("qqq", "QQ")


def test_of_a_language_that_nobody_knows_the_rules_are_english() -> None:
    unknown = strings("qqq", date="d MMMM y", articles={"one": "{count} one", "other": "{count} other"})
    assert (unknown.day(NOON), unknown.number(1204), unknown.say("articles", count=1)) == (
        "3 June 2026",
        "1,204",
        "1 one",
    )


def test_words_alone_do_not_import_babel() -> None:
    program = (
        "import sys; from generator.strings import Strings; from generator.theme import open_theme\n"
        "assert Strings('de', {'a': '{b} {c}'}).say('a', b='x', c=999) == 'x 999'\n"
        "assert 'babel' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
