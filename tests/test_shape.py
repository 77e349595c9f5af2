"""Every fault of plain data, in words."""

from datetime import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import Config, SiteSection
from generator.errors import Problem
from generator.records import Article, Story, Topic
from generator.records.article import SentimentFields
from generator.shape import check_shape, check_texts, describe, show


def faults(data: Any, shape: type[msgspec.Struct], file: str = "a.md") -> list[tuple[str, tuple[str | int, ...], str]]:
    return [(problem.code, problem.key, problem.message) for problem in check_shape(data, shape, file=file)]


def test_faultless_data_has_no_problem() -> None:
    assert check_shape({"site": {"title": "A", "url": "https://a.example"}}, Config, file="site.toml") == []


def test_all_faults_are_named_not_the_first_only() -> None:
    data = {
        "site": {"title": "", "url": "ftp://x", "langauge": "en"},
        "listings": {"page_items": 0},
        "front": {"grid_items": "8"},
        "extra": 1,
    }
    assert faults(data, Config) == [
        ("unknown-key", ("extra",), "unknown key 'extra'"),
        ("unknown-key", ("site", "langauge"), "unknown key 'langauge' in 'site'"),
        ("wrong-value", ("site", "title"), "'title' is ''"),
        ("wrong-value", ("site", "url"), "'url' is 'ftp://x'"),
        ("wrong-value", ("listings", "page_items"), "'page_items' is 0"),
        ("wrong-value", ("front", "grid_items"), "'grid_items' is '8'"),
    ]


def test_an_unknown_key_comes_with_the_nearest_known_one() -> None:
    (problem,) = check_shape(
        {"title": "A", "url": "https://a.example", "langauge": "en"}, SiteSection, file="site.toml"
    )
    assert problem.hint == "did you mean 'language'?"


def test_an_unknown_key_that_is_near_to_none_comes_with_all_keys() -> None:
    (problem,) = check_shape({"label": "mixed", "zzz": 1}, SentimentFields, file="a.md")
    assert problem.hint == "the keys here are by, label, score"


@pytest.mark.parametrize(
    ("key", "value", "hint"),
    [
        ("author", ["Ann", "Bo"], "several of them stand in 'authors'"),
        ("language", "zh_tw", "write 'zh-tw'"),
        ("language", "a_b_c_", ""),
        ("authors", "Ann", "write it in brackets: authors: [Ann]"),
    ],
)
def test_a_value_that_another_program_would_take_comes_with_how_it_is_written_here(
    key: str, value: object, hint: str
) -> None:
    found = [one for one in check_shape({key: value}, Article, file="a.md") if one.key == (key,)]
    assert [one.hint for one in found] == [hint]


@pytest.mark.parametrize(("file", "line"), [("a.md", "add 'label: …'"), ("site.toml", "add 'label = …'")])
def test_a_missing_key_comes_with_the_line_to_add(file: str, line: str) -> None:
    (problem,) = check_shape({}, SentimentFields, file=file)
    assert (problem.code, problem.message, problem.expected) == (
        "missing-key",
        "no 'label'",
        "one of negative, neutral, positive, mixed",
    )
    assert problem.hint == line


@pytest.mark.parametrize(("value", "said"), [(False, "false"), (5, "5"), (1.5, "1.5")])
def test_a_text_that_yaml_read_as_something_else_is_to_be_quoted(value: Any, said: str) -> None:
    (problem,) = check_shape({"title": value, "url": "https://a.example"}, SiteSection, file="a.md")
    assert (problem.message, problem.expected, problem.hint) == (f"'title' is {said}", "text", "quote it")


def test_a_fault_in_a_list_is_placed() -> None:
    assert faults({"label": "mixed"} | {"score": 2}, SentimentFields) == [("wrong-value", ("score",), "'score' is 2")]
    wanted = ("missing-key", ("revisions", 1, "note"), "no 'note' in 'revisions'")
    assert wanted in faults({"revisions": [{"at": "2026-06-03", "note": "x"}, {"at": "2026-06-03"}]}, Article)


def test_problems_with_keys_of_any_type_can_be_kept() -> None:
    problems = check_shape({"label": "mixed", False: 1, 10**30: 2, None: 3, 1.5: 4}, SentimentFields, file="a.md")
    assert len(problems) == 4
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(problems), type=list[Problem]) == problems


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "nothing"),
        (True, "true"),
        ("", "''"),
        ("text", "'text'"),
        ("x" * 61, f"'{'x' * 60}…'"),
        ([1], "a list"),
        ({}, "a mapping"),
        (1.5, "1.5"),
    ],
)
def test_found_values_are_shown_as_people_write_them(value: Any, said: str) -> None:
    assert show(value) == said


def test_types_are_described_in_words() -> None:
    said = {field.name: describe(field.type) for field in msgspec.structs.fields(Topic)}
    assert said["title"] == "text"
    assert said["parent"] == "an id, as text"
    assert said["colour"] == "text with a colour, such as '#b80000'"
    assert said["featured"] == "true or false"
    assert describe(tuple[str, ...]) == "a list"
    assert describe(Topic) == "a mapping"


def test_control_characters_are_found_in_texts_and_keys_at_any_depth() -> None:
    data = {"a": ["x", {"b": "y\x01"}], "c\x02": "\n\t ok", "d": "\ud800"}
    found = check_texts(data, file="a.md")
    assert [(problem.key, problem.message) for problem in found] == [
        (("a", 1, "b"), "control character U+0001"),
        (("c\x02",), "control character U+0002"),
        (("d",), "control character U+D800"),
    ]


# Data made of the shape's own words, so that a part of it is right.
WORDS = st.sampled_from(["title", "url", "at", "https://a.example", "mixed", "en", "#b80000", "", "no", "2026-06-03"])
LEAVES = st.none() | st.booleans() | st.integers(-2, 200) | st.floats() | WORDS


def plain_data(shape: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    names = sorted({field.name for field in msgspec.structs.fields(shape)} | {"zzz"})
    keys = st.sampled_from([*names, "sources", "views", "text", "note", "scope"])
    inner = st.recursive(
        LEAVES,
        lambda items: st.lists(items, max_size=3) | st.dictionaries(keys | LEAVES.filter(_is_key), items, max_size=3),
        max_leaves=6,
    )
    return st.dictionaries(st.sampled_from(names), inner, max_size=len(names))


def _is_key(value: Any) -> bool:
    return bool(value == value)  # noqa: PLR0124 - not a number is no key


def keeps_the_law(data: Any, shape: type[msgspec.Struct]) -> None:
    """A Problem is named exactly where the library refuses."""
    try:
        msgspec.convert(data, shape, builtin_types=(datetime,))
        is_good = True
    except msgspec.ValidationError:
        is_good = False
    assert (check_shape(data, shape, file="a.md") == []) is is_good


@given(plain_data(Config))
def test_problems_of_a_config_are_named_exactly_where_it_is_refused(data: Any) -> None:
    keeps_the_law(data, Config)


@given(plain_data(Story))
def test_problems_of_a_story_are_named_exactly_where_it_is_refused(data: Any) -> None:
    good = {"id": "s", "file": "f", "body": {"digest": "d"}, "title": "T", "published": None, "topic": "t"}
    keeps_the_law(good | data, Story)


@given(plain_data(Article))
def test_problems_of_an_article_are_named_exactly_where_it_is_refused(data: Any) -> None:
    good = {"id": "a", "file": "f", "body": {"digest": "d"}, "title": "T", "source": "s", "topic": "t"}
    keeps_the_law(good | data, Article)
