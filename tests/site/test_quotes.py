"""The quote lock: which quotations stand in a text, and which real wording is shown where they do not."""

from collections.abc import Sequence
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import Problem
from generator.names import RecordId
from generator.records import Article, Body, Story
from generator.records.story import CoverageFields, TechniqueFields
from generator.site.quotes import check_pull_quotes, check_quotes, fold, nearest_wording, occurs
from generator.words import find_words, mark_words
from materials import day, make_article, make_body, make_record

TEXT = "The chip is 'the fastest by far', its maker said — “no one comes close”. Others call it a rumour."


# What stands in a text


@pytest.mark.parametrize(
    "quote",
    [
        "the fastest by far",
        "'the fastest by far'",
        '"the fastest by far"',
        "“the fastest by far”",
        "no one comes close",
        '"no one comes close".',
        "The chip is 'the fastest by far'",
        "the chip is",
        "The fastest by far",
        "others call it",
        "its maker said - “no one",
        "its maker said – „no one",
        "the  fastest\nby far",
        "the fastest by far,",
    ],
)
def test_typography_and_the_case_of_the_first_letter_do_not_matter(quote: str) -> None:
    assert occurs(quote, [TEXT])


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("It is Meta’s plan", "Meta's plan"),
        ("It is Meta's plan", "Meta’s plan"),
        ("It is Meta`s plan", "Meta´s plan"),
        ("a ten‑year plan", "a ten-year plan"),
        ("a ten–year plan", "a ten−year plan"),
        ("one—two", "one-two"),
        ("a hy\u00adphen", "a hyphen"),
        ("8,000\u00a0staff", "8,000 staff"),
        ("He said «no way» twice", "said “no way” twice"),
    ],
)
def test_typography_is_folded_on_both_sides(text: str, quote: str) -> None:
    assert occurs(quote, [text])


@pytest.mark.parametrize(
    "quote",
    [
        "the fastest so far",
        "fastest the by far",
        "the Fastest by far",
        "the fastest by FAR",
        "THE fastest by far",
        "he fastest by far",
        "the fastest by fa",
        "the fastest by farther",
        "umour",
        "no-one comes close",
        'The chip is "the fastest by far"',
        "",
        "…",
        "''",
        " , ",
    ],
)
def test_other_words_other_capitals_and_parts_of_words_do_not_stand_there(quote: str) -> None:
    assert not occurs(quote, [TEXT])


# What is left out


@pytest.mark.parametrize("mark", ["…", "...", "[…]", "[...]", "[ … ]", " … ", " ... ", "... ", " […] "])
def test_an_ellipsis_stands_for_words_left_out(mark: str) -> None:
    assert occurs(f"the fastest{mark}comes close", [TEXT])


@pytest.mark.parametrize(
    ("quote", "stands"),
    [
        ("… the fastest by far …", True),
        ("the chip … by far … a rumour", True),
        ("The chip … No one comes close", True),
        ("the fastest … by far", True),
        ("by far … the fastest", False),
        ("no one … the chip", False),
        ("the fastest … by far … by far", False),
        ("the fastest … slowest", False),
        ("the chip … rumou", False),
    ],
)
def test_the_parts_stand_one_after_the_other(quote: str, *, stands: bool) -> None:
    assert occurs(quote, [TEXT]) is stands


def test_all_parts_stand_in_one_text() -> None:
    assert occurs("one two … three", ["four", "one two and three"])
    assert not occurs("one two … three", ["one two", "three"])


def test_in_no_text_stands_nothing() -> None:
    assert not occurs("the fastest", [])
    assert not occurs("the fastest", [""])


@pytest.mark.parametrize(
    ("quote", "stands"),
    [("C++", True), ("c++ is fast", True), ("$5", True), ("$500 (a", True), ("(a lot)", True), (".NET", False)],
)
def test_signs_of_patterns_are_signs_like_others(quote: str, *, stands: bool) -> None:
    assert occurs(quote, ["C++ is fast and costs $500 (a lot) or $5."]) is stands


WORDS = st.lists(
    st.sampled_from(["the", "Meta's", "data", "was", "“very", "dystopian”", "ten-year", "—", "8,000", "AI", "ß", "İ"]),
    min_size=1,
    max_size=12,
)
TYPOGRAPHY = st.sampled_from(
    [
        {},
        {"'": "’", "-": "–", "“": '"', "”": '"', "—": "-"},
        {"'": "‘", "-": "‐", "“": "„", "”": "“", "—": "−"},
        {"'": "`", "“": "«", "”": "»", " ": "\n"},
        {" ": "\u00a0", "'": "′"},
        {" ": "  ", "—": "―"},
    ]
)


@given(WORDS, st.data(), TYPOGRAPHY, TYPOGRAPHY)
def test_any_run_of_words_of_a_text_stands_in_it_in_any_typography(
    words: list[str], data: st.DataObject, of_text: dict[str, str], of_quote: dict[str, str]
) -> None:
    start = data.draw(st.integers(0, len(words) - 1))
    end = data.draw(st.integers(start + 1, len(words)))
    run = " ".join(words[start:end])
    if not run.strip(" \"'“”—-"):
        return
    text = " ".join(words).translate(str.maketrans(of_text))
    assert occurs(run.translate(str.maketrans(of_quote)), [text])


@given(WORDS, st.data())
def test_any_two_runs_stand_there_in_their_order_with_an_ellipsis_between(
    words: list[str], data: st.DataObject
) -> None:
    plain = [word.strip("“”—") or "x" for word in words]
    cut = data.draw(st.integers(0, len(plain)))
    first, second = " ".join(plain[:cut]), " ".join(plain[cut:])
    assert occurs(f"{first} … {second}", [" ".join(plain)])


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=40), st.text(max_size=80))
def test_no_text_is_too_odd(quote: str, text: str) -> None:
    occurs(quote, [text])
    nearest_wording(quote, [text])


# The nearest real wording


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("the fastest so far", "'the fastest by far',"),
        ("no one is close", "“no one comes close”."),
        ("others called it a rumour", "Others call it a rumour."),
        ("a wholly unlike sentence", ""),
        ("", ""),
    ],
)
def test_the_nearest_wording_is_the_passage_with_most_words_in_common(quote: str, nearest: str) -> None:
    assert nearest_wording(quote, [TEXT]) == nearest


def test_the_nearest_wording_is_found_in_whichever_text_has_it() -> None:
    assert nearest_wording("two three four", ["one", "", "zero one two three five"]) == "one two three"
    assert nearest_wording("two three four", ["zero two four", "", "two three five four"]) == "zero two four"
    assert nearest_wording("two three", []) == ""


def test_of_passages_that_are_equally_near_the_first_is_shown() -> None:
    assert nearest_wording("a b c", ["a b x", "a b y"]) == "a b x"


def test_a_text_that_is_shorter_than_the_quotation_is_shown_whole() -> None:
    assert nearest_wording("one two three four", ["one two three"]) == "one two three"


# Stories


def make_story(*quotes: str, source: str = "wire") -> Story:
    coverage = CoverageFields(
        techniques=(TechniqueFields(name="Loaded words", explanation="They are.", quotes=quotes),)
    )
    story: Story = make_record(Story, "event", coverage={RecordId(source): coverage})
    return story


def told(
    name: str, text: str = "", *, source: str = "wire", story: str = "event", quotes: Sequence[str] = ()
) -> Article:
    return make_article(name, day(1), source=source, story=story, quotes=tuple(quotes), body=make_body(text))


def check(story: Story, *articles: Article) -> list[Problem]:
    return list(check_quotes(story, articles, read_lead))


def read_lead(body: Body) -> str:
    """The bodies that the tests make are one paragraph."""
    return body.lead


@pytest.mark.parametrize(
    "article",
    [
        told("a", TEXT),
        told("a", quotes=["It is the fastest by far, they say."]),
        told("a", "Something else.", quotes=["Nothing", "the fastest by far"]),
    ],
)
def test_words_of_the_body_or_of_the_quotes_are_founded(article: Article) -> None:
    assert check(make_story("the fastest by far"), told("b", "Another."), article) == []


@pytest.mark.parametrize(
    "article",
    [
        told("a", "Something else."),
        told("a", TEXT, source="post"),
        told("a", TEXT, story="another-event"),
    ],
)
def test_other_sources_and_other_stories_do_not_count(article: Article) -> None:
    assert [problem.code for problem in check(make_story("the fastest by far"), article)] == ["unfounded-quote"]


def test_the_problem_names_the_place_and_shows_the_nearest_wording() -> None:
    assert check(make_story("no one comes close", "the fastest so far"), told("a", TEXT)) == [
        Problem(
            file="content/stories/event.md",
            code="unfounded-quote",
            key=("coverage", "wire", "techniques", 0, "quotes", 1),
            message="no recorded text of 'wire' contains 'the fastest so far'",
            expected="words from the 'quotes' or the text of an article of that source in this story",
            hint="the nearest wording is: ''the fastest by far','",
        )
    ]


def test_without_anything_alike_the_hint_says_what_to_do() -> None:
    (problem,) = check(make_story("the fastest so far"))
    assert problem.hint == "quote the source word for word"


def test_the_wording_that_is_shown_is_of_a_readable_length() -> None:
    words = [f"word{number}" for number in range(100)]
    (problem,) = check(make_story(" ".join([*words[:-1], "other"])), told("a", " ".join(words)))
    assert len(problem.hint) < 200


def test_bodies_are_read_only_where_the_quotes_do_not_have_the_words() -> None:
    def refuse(_: Body) -> str:
        raise AssertionError("the body is not needed")

    article = told("a", TEXT, quotes=["by far"])
    assert list(check_quotes(make_story("by far"), [article], refuse)) == []


def test_a_pull_quote_stands_in_the_text_of_its_article_whatever_the_typography() -> None:
    quotes = ("“By far", "by far the", "by far the quickest chip")
    article = make_article("a1", pull_quotes=quotes, body=make_body('He called it "by far the fastest chip".'))
    (problem,) = check_pull_quotes(article, read_lead)
    assert (problem.code, problem.key) == ("unfounded-quote", ("pull_quotes", 2))
    assert problem.message == "the text does not contain the pull quote 'by far the quickest chip'"
    assert problem.hint == "the nearest wording is: '\"by far the fastest chip\".'"


# The seeds: what a comparison put into quotation marks, and what the source had written

BBC = told(
    "art-20417",
    quotes=[
        'having their actions train AI models felt "very dystopian"',
        'It added that the data was "not used for any other purpose," and',
        "\"just the latest way they're shoving AI down everyone's throat\".",
        "a petition against the move which now has more than 1,500 signatures",
        "\"If we're building agents to help people complete everyday tasks using computers, our models",
        "has laid off around 2,000 employees this year. In April the company told employees it planned to cut 10% of",
    ],
)


@pytest.mark.parametrize(
    ("quote", "nearest"),
    [
        ("shoved down everyone's throat", "AI down everyone's throat"),
        ("AI is being 'shoved down everyone's throat'", "AI down everyone's throat"),
        ("data was not used for any other purpose", 'data was "not used for any other purpose,"'),
    ],
)
def test_the_wrong_quotations_of_the_seeds_are_caught(quote: str, nearest: str) -> None:
    (problem,) = check(make_story(quote), BBC)
    assert problem.code == "unfounded-quote"
    assert nearest in problem.hint


@pytest.mark.parametrize(
    "quote",
    [
        "very dystopian",
        "just the latest way they’re shoving AI down everyone’s throat",
        "not used for any other purpose",
        'the data was "not used for any other purpose"',
        "petition against the move which now has more than 1,500 signatures",
        "has laid off around 2,000 employees this year... planned to cut 10%",
        "If we're building agents to help people complete everyday tasks...",
    ],
)
def test_the_right_wordings_of_the_seeds_pass(quote: str) -> None:
    assert check(make_story(quote), BBC) == []


# Texts and quotations of any length


@given(st.text("aA. _-ß東ค", max_size=12), st.text("aA. _-ß東ค", min_size=1, max_size=5))
def test_a_part_is_found_where_its_letters_are_and_neither_end_cuts_a_word(text: str, part: str) -> None:
    def cuts(before: str, after: str) -> bool:
        return (before.isalnum() or before == "_") and before not in "東ค" and after not in "東ค" and after != ""

    def stands(start: int) -> bool:
        end = start + len(part)
        first, last = text[start - 1 : start], text[end : end + 1]
        return text[start:end] == part and not cuts(first, part[0]) and not cuts(last, part[-1])

    places = [start for start in range(len(text) - len(part) + 1) if stands(start)]
    assert (find_words(part, mark_words(text), 0) is not None) is bool(places)


@pytest.mark.parametrize(("text", "quote"), [("a", "a"), ("ab ", "ab "), ("a b. ", "a b. a b")])
def test_a_quotation_that_repeats_itself_is_searched_in_a_time_that_grows_with_the_text(text: str, quote: str) -> None:
    def seconds(size: int) -> float:
        long, wanted = text * size + "x", f"x{quote * (size // 8)}y"
        took = []
        for _ in range(3):
            start = process_time()
            assert not occurs(wanted, [long])
            assert not occurs(wanted[1:-1] + "a", [long + "b"])
            took.append(process_time() - start)
        return min(took)

    assert seconds(80_000) < 40 * seconds(10_000)  # the product of the lengths grows to 64 times


def test_the_nearest_wording_is_searched_for_the_first_20_quotations_of_a_story() -> None:
    problems = check(make_story(*["the fastest so far"] * 30), told("a", TEXT))
    assert [problem.hint.startswith("the nearest wording") for problem in problems] == [True] * 20 + [False] * 10
