"""Quotations and extracts are judged once, and again when what they are judged from changed."""

from typing import Any

from generator.names import RecordId
from generator.records import Article, Body, Record, Source, Story
from generator.records.story import CoverageFields, TechniqueFields
from generator.site import Judged, check_words
from materials import day, make_article, make_body, make_record, make_site

QUOTE = "These words are nowhere in it"


def make_story(quote: str = QUOTE) -> Story:
    technique = TechniqueFields(name="T", explanation="E", quotes=(quote,))
    story: Story = make_record(Story, "s", coverage={RecordId("wire"): CoverageFields(techniques=(technique,))})
    return story


def told(text: str = "Other words.", **fields: Any) -> Article:
    return make_article("a1", day(1), **{"story": RecordId("s"), "body": make_body(text), **fields})


def check(*records: Record, known: Judged | None = None) -> tuple[Judged, list[str]]:
    """What is judged, and the texts that were read for it."""
    read: list[str] = []

    def read_text(body: Body) -> str:
        read.append(body.lead)
        return body.lead

    return check_words(make_site(*records), known or {}, read_text), read


def codes(judged: Judged) -> list[str]:
    return [problem.code for problems in judged.values() for problem in problems]


def test_what_was_judged_is_not_judged_again_and_told_again() -> None:
    records = (make_story(), told())
    judged, read = check(*records)
    assert (codes(judged), read) == (["unfounded-quote"], ["Other words."])
    again, read = check(*records, known=judged)
    assert (again, read) == (judged, [])


def test_what_is_good_is_remembered_as_such() -> None:
    records = (make_story(), told(f"He said: {QUOTE}."))
    judged, _ = check(*records)
    assert (codes(judged), len(judged)) == ([], 1)
    assert check(*records, known=judged) == (judged, [])


def test_another_text_of_an_article_is_judged_anew() -> None:
    judged, _ = check(make_story(), told(f"He said: {QUOTE}."))
    again, read = check(make_story(), told("Nothing."), known=judged)
    assert (codes(again), read) == (["unfounded-quote"], ["Nothing."])


def test_another_quotation_of_a_story_is_judged_anew() -> None:
    judged, _ = check(make_story("other words"), told())
    assert codes(judged) == []
    again, read = check(make_story(), told(), known=judged)
    assert (codes(again), read) == (["unfounded-quote"], ["Other words."])


def test_an_article_that_comes_to_a_story_or_leaves_it_is_judged_anew() -> None:
    alone, _ = check(make_story(), told(f"He said: {QUOTE}."))
    assert codes(alone) == []
    gone, _ = check(make_story(), told(story=None), known=alone)
    assert codes(gone) == ["unfounded-quote"]
    back, _ = check(make_story(), told(f"He said: {QUOTE}."), known=gone)
    assert back == alone


def test_an_extract_is_judged_anew_where_its_article_or_the_sources_limit_changed() -> None:
    def wire(words: int | None) -> Source:
        source: Source = make_record(Source, "wire", extract_words=words)
        return source

    article = told(QUOTE, quotes=(QUOTE,), story=None)
    judged, _ = check(wire(3), article)
    assert codes(judged) == ["long-extract"]
    assert check(wire(3), article, known=judged) == (judged, [])
    assert codes(check(wire(9), article, known=judged)[0]) == []
    assert check(wire(None), article, known=judged) == ({}, [])
    assert codes(check(wire(3), told("Other.", quotes=(QUOTE,), story=None), known=judged)[0]) == []


def test_only_what_is_of_this_site_is_remembered() -> None:
    judged, _ = check(make_story(), told())
    assert check(told(story=None), known=judged) == ({}, [])


def test_where_nothing_is_quoted_nothing_is_judged() -> None:
    assert check(make_record(Story, "s"), told()) == ({}, [])
