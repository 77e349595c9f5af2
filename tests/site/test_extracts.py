"""How much of a source's own words an article may show."""

from collections.abc import Sequence

import pytest

from generator.errors import Problem
from generator.records import Article, Body
from generator.site.extracts import check_extracts
from materials import day, make_article, make_body

QUOTE = "We have heard your concerns about battery life, and about wanting more control."  # 13 words


def shown(body: str, quotes: Sequence[str] = (QUOTE,)) -> Article:
    return make_article("a", day(1), quotes=tuple(quotes), body=make_body(body))


def check(article: Article, *, allowed: int | None) -> list[Problem]:
    return list(check_extracts(article, allowed, lambda body: body.lead))


def test_a_run_that_is_longer_than_the_source_allows_is_named_by_its_first_words() -> None:
    assert check(shown(f'It said: "{QUOTE}" And more.'), allowed=12) == [
        Problem(
            file="content/articles/a.md",
            code="long-extract",
            needle='"We have heard your',
            message="13 words from '\"We have heard your …' are copied word for word from the source",
            expected="at most 12 consecutive words ('extract_words' of 'wire')",
            hint="rewrite it in your own words",
        )
    ]


@pytest.mark.parametrize(("allowed", "count"), [(None, 0), (13, 0), (14, 0), (12, 1), (5, 1), (0, 1)])
def test_the_limit_itself_is_allowed_and_no_limit_allows_all(allowed: int | None, count: int) -> None:
    assert len(check(shown(QUOTE), allowed=allowed)) == count


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("We have heard your concerns, says the memo, about battery life.", 5),
        ("They have heard your concerns about battery life.", 7),
        ("WE HAVE HEARD YOUR “CONCERNS” about battery-life.", 6),
        ("we have heard\nyour concerns", 5),
        ("We have heard. Your concerns about battery life, and more.", 9),
        ("Nothing of it.", 0),
        ("", 0),
    ],
)
def test_the_longest_run_counts_whatever_its_case_and_punctuation(body: str, words: int) -> None:
    found = check(shown(body), allowed=max(0, words - 1))
    assert [problem.message.split()[0] for problem in found] == ([str(words)] if words else [])
    assert check(shown(body), allowed=words) == []


def test_each_quote_is_looked_for() -> None:
    other = "The tool runs on every laptop of the firm."
    found = check(shown(f"{other} {QUOTE}", [QUOTE, "Not there at all.", other]), allowed=3)
    assert [problem.needle for problem in found] == ["We have heard your", "The tool runs on"]


def test_what_is_no_quote_of_the_source_may_be_of_any_length() -> None:
    assert check(shown(QUOTE, []), allowed=2) == []


def test_bodies_are_read_only_where_a_quote_is_long_enough() -> None:
    def refuse(_: Body) -> str:
        raise AssertionError("the body is not needed")

    for allowed in (13, None):
        assert list(check_extracts(shown(QUOTE), allowed, refuse)) == []


def test_the_run_is_shown_as_the_article_writes_it() -> None:
    (problem,) = check(shown("The memo: “we’ve heard your concerns”", ["We've heard your concerns"]), allowed=2)
    assert problem.needle == "“we’ve heard your concerns”"


def test_the_first_100_quotes_that_share_words_with_the_body_are_compared() -> None:
    assert len(check(shown(QUOTE, ["Not there at all, not a word.", *[QUOTE] * 150]), allowed=3)) == 100
