"""Schemas say what the loader says: what loads is valid, and what has a wrong key or value is not."""

import copy
import json
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, Draft202012Validator

from conftest import ROOT
from generator.config import Config
from generator.load.frontmatter import split_record
from generator.load.parse import _Note, _read_fields, _roles, read_time
from generator.records import FOLDERS, KINDS, LOADER_KEYS
from generator.schema import DIALECTS, SHAPES, make_schema
from generator.shape import check_shape
from sitebench import SITE_TOML

VALIDATORS = {name: Draft202012Validator(make_schema(name)) for name in SHAPES}
UTC = ZoneInfo("UTC")

Matter = dict[str, Any]


def is_valid(name: str, data: Any) -> bool:
    return bool(VALIDATORS[name].is_valid(data))


def loads(kind: str, matter: Matter) -> bool:
    """Whether the loader finds every key and every type as it should be."""
    data = _read_fields({"id": "a", **matter}, _roles(KINDS[kind]), (), _Note(UTC, UTC, {}, {}))
    return not check_shape(data, KINDS[kind], file="content/a.md", not_keys=LOADER_KEYS)


def records() -> Iterator[tuple[str, str, Matter]]:
    """Kind, file and front matter of every record of the demonstration site and of the golden site."""
    for folder in (ROOT / "content", ROOT / "generator/golden/content"):
        for file in sorted(folder.rglob("*.md")):
            kind = FOLDERS[file.relative_to(folder).parts[0]]
            yield kind, file.relative_to(ROOT).as_posix(), split_record(file.read_bytes(), file=file.name)[0]


RECORDS = list(records())

TIME = "2026-06-03T09:30:00Z"
FULL: dict[str, Matter] = {
    "article": {
        "title": "A",
        "source": "wire",
        "source_url": "https://wire.example/1",
        "published": TIME,
        "topic": "chips",
        "also": ["space"],
        "form": "brief",
        "entities": [{"entity": "acme", "role": "leads"}],
        "sentiment": {"label": "mixed", "score": 0.5},
        "verified": {"by": "B", "how": "C", "at": TIME},
        "image": {"src": "a.webp", "alt": "A"},
        "language": "en-GB",
        "brief": {"takeaways": ["T"], "market_effects": [{"scope": "global", "text": "E"}]},
        "revisions": [{"at": "2026-06-03", "note": "N", "significant": True}],
        "badge": "live",
        "pinned": True,
    },
    "story": {
        "title": "A",
        "published": TIME,
        "topic": "chips",
        "facts": [{"text": "F", "sources": ["wire"], "at": TIME}],
        "differences": [{"aspect": "A", "views": {"wire": "V"}}],
        "coverage": {"wire": {"framing": "F", "techniques": [{"name": "N", "explanation": "E", "quotes": ["Q"]}]}},
        "timeline": [{"at": TIME, "text": "T"}],
    },
    "topic": {"title": "A", "parent": "b", "order": 3, "colour": "#2255aa", "featured": True},
    "source": {"title": "A", "country": "GB", "feeds": ["https://a.example/f"], "extract_words": 20, "icon": "i.png"},
    "entity": {"title": "A", "type": "law", "same_as": ["https://a.example/"]},
    "sponsor": {
        "sponsor": "S",
        "homepage": "https://s.example/",
        "headline": "H",
        "actions": [{"text": "T", "url": "https://s.example/t"}],
        "starts": "2026-06-01",
        "places": ["front", "feed"],
        "weight": 30,
    },
    "page": {"title": "A", "slug": "b", "order": -1, "navigation": "header"},
}

# Without 1.0, which the loader takes for no whole number, and JSON Schema for one.
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2_000_000, 2_000_000),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: not number.is_integer()),
    st.sampled_from(["", " ", "a", "GB", "en", "#2255aa", "front", "live", "law", "https://a.example/", TIME, "2026"]),
    st.text("aB1 -:/.#\n", max_size=12),
    st.sampled_from([[], ["a"], [1], [None], {}, {"a": "b"}, {"at": TIME}, [{"at": TIME, "text": "T"}]]),
)
NAMES = st.sampled_from(["id", "title", "at", "texts", "body", "titel", "score", "role", "slug", "draft", "wire"])


def places(value: Any) -> list[Any]:
    """Every mapping and list in a value, itself among them."""
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    found = [place for item in inside for place in places(item)]
    return [value, *found] if isinstance(value, dict | list) else found


@st.composite
def mutants(draw: st.DrawFn) -> tuple[str, Matter]:
    """A full record with a key or two removed, added or changed somewhere."""
    kind = draw(st.sampled_from(sorted(FULL)))
    matter = copy.deepcopy(FULL[kind])
    for _ in range(draw(st.integers(1, 2))):
        place = draw(st.sampled_from(places(matter)))
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        how = draw(st.sampled_from(["change", "remove", "add"]))
        if how == "add" or not keys:
            value = copy.deepcopy(draw(VALUES))
            place.update({draw(NAMES): value}) if isinstance(place, dict) else place.append(value)
        elif how == "remove":
            del place[draw(st.sampled_from(keys))]
        else:
            place[draw(st.sampled_from(keys))] = copy.deepcopy(draw(VALUES))
    return kind, matter


# The schema itself


@pytest.mark.parametrize("name", SHAPES)
def test_a_schema_is_one_in_both_dialects(name: str) -> None:
    Draft202012Validator.check_schema(make_schema(name))
    Draft7Validator.check_schema(make_schema(name, dialect="draft-07"))
    new, old = make_schema(name), make_schema(name, dialect="draft-07")
    assert (new.pop("$schema"), old.pop("$schema")) == (DIALECTS["2020-12"], DIALECTS["draft-07"])
    assert new == old


def parts_of(schema: Any) -> Iterator[tuple[str, Matter]]:
    """Every key of a schema with what it says of it."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {}).items()
        for part in schema.values():
            yield from parts_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from parts_of(part)


@pytest.mark.parametrize("name", SHAPES)
def test_every_key_is_described_without_markdown_links(name: str) -> None:
    described = dict(parts_of(make_schema(name)))
    assert described
    for key, said in described.items():
        assert said["title"], key
        assert said["description"], key
        assert "](" not in said["description"], key
    assert "$ref" not in json.dumps(make_schema(name))


def test_a_description_is_the_text_of_the_docs_and_says_what_is_not_shown_yet() -> None:
    article = make_schema("article")["properties"]
    assert article["form"]["description"] == "The shape of the page."
    assert article["form"]["default"] == "report"
    assert article["topic"]["title"] == "topic id"
    assert article["image"]["description"] == "The article's picture."
    licence = article["image"]["properties"]["licence"]["description"]
    assert licence == "The licence under which it may be used. Read and checked, but not shown yet."


def test_patterns_mean_the_same_to_editors(node: str) -> None:
    """Editors read them as JavaScript does."""
    patterns = sorted({part["pattern"] for name in SHAPES for part in all_of(make_schema(name)) if "pattern" in part})
    texts = [*TIMES, *NO_TIMES, "a", " ", "GB", "GB\n", "en-GB", "#2255aa", "#2255aa\n", "https://a.example/x?y",
             "https://a.example/ ", "ftp://a", "https://[::1]/", "a.example", "https://a.example\n"]  # fmt: skip
    script = "const [p, t] = JSON.parse(process.argv[1]); const r = p.map((one) => new RegExp(one, 'u'));"
    script += "console.log(JSON.stringify(r.map((one) => t.map((text) => one.test(text)))))"
    run = [node, "-e", script, json.dumps([patterns, texts])]
    said = json.loads(subprocess.run(run, capture_output=True, text=True, check=True).stdout)
    for pattern, found in zip(patterns, said, strict=True):
        check = Draft202012Validator({"pattern": pattern})
        assert found == [check.is_valid(text) for text in texts], pattern


def all_of(schema: Any) -> Iterator[Matter]:
    """Every mapping in a schema."""
    if isinstance(schema, dict):
        yield schema
    for part in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from all_of(part)


# What is valid


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_at_hand_is_valid(kind: str) -> None:
    own = [(file, matter) for one, file, matter in RECORDS if one == kind]
    assert own
    for file, matter in own:
        assert [fault.message for fault in VALIDATORS[kind].iter_errors(matter)] == [], file


@pytest.mark.parametrize("kind", FULL)
def test_the_records_that_are_changed_below_are_right_at_first(kind: str) -> None:
    assert loads(kind, FULL[kind])
    assert is_valid(kind, FULL[kind])


@given(mutants())
@example(("article", {**FULL["article"], "pinned": "true"}))
@example(("article", {**FULL["article"], "updated": None}))
@example(("article", {**FULL["article"], "author": None}))
@example(("article", {**FULL["article"], "file": "a.md"}))
@example(("topic", {**FULL["topic"], "colour": "#2255aa\n"}))
@example(("story", {**FULL["story"], "coverage": {"": {}}}))
def test_a_changed_record_is_valid_where_it_loads_and_nowhere_else(mutant: tuple[str, Matter]) -> None:
    kind, matter = mutant
    assert is_valid(kind, matter) == loads(kind, matter), [
        fault.message for fault in VALIDATORS[kind].iter_errors(matter)
    ]


# Times

TIMES = (
    *("2026-06-03T09:30:00Z", "2026-06-03T11:30+02:00", "2026-06-03 11:30", "2026-06-03", " 2026-06-03 "),
    *("20260603T093000Z", "2026-06-03T09:30:00.123456", "2026-W23-3", "2026-06-03T09", "2026-06-03t09:30Z"),
    *("1900-01-01", "9998-12-31", "1899-12-31T23:59:59-12:00", "9999-01-01T00:00+14:00", "2026-06-03T09:30-0330"),
)
NO_TIMES = (
    *("", "soon", "2026", "2026-06", "2026-13-01", "2026-06-32", "06-03-2026", "2026-06-03T09:30:00Z later"),
    *("1700-01-01", "2026-06-03T39:30", "tomorrow 09:30", "12:30", "2026/06/03", "2026-06-03T09:30 UTC"),
)


def is_valid_time(text: str) -> bool:
    return is_valid("article", {**FULL["article"], "published": text})


@pytest.mark.parametrize("text", TIMES)
def test_a_time_that_loads_is_valid(text: str) -> None:
    assert read_time(text, UTC)
    assert is_valid_time(text)


@pytest.mark.parametrize("text", NO_TIMES)
def test_what_is_no_time_is_refused(text: str) -> None:
    assert not read_time(text, UTC)
    assert not is_valid_time(text)


@given(
    st.text("0123456789-:.,TtZzW+ ", max_size=32)
    | st.datetimes().map(str)
    | st.datetimes().map(lambda t: f"{t:%G-W%V-%uT%H%M%S,%fZ}")
)
def test_no_time_that_loads_is_refused(text: str) -> None:
    if read_time(text, UTC):
        assert is_valid_time(text), text


# site.toml


def config_loads(data: Matter) -> bool:
    try:
        msgspec.convert(data, Config)
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize("file", ["site.toml", "generator/golden/site.toml"])
def test_a_site_toml_at_hand_is_valid(file: str) -> None:
    data = tomllib.loads(Path(ROOT, file).read_text())
    assert [fault.message for fault in VALIDATORS["config"].iter_errors(data)] == []


TABLES = st.sampled_from([field.name for field in msgspec.structs.fields(Config)])
KEYS = st.sampled_from(["title", "url", "page_items", "tags", "tagz", "widths", "engine", "options", "hub", "content"])


@given(TABLES, KEYS, VALUES)
@example("site", "url", "https://a.example/?q")
@example("strings", "more_news", {"one": "A", "other": "B"})
@example("images", "widths", [16, 9000])
def test_a_changed_site_toml_is_valid_where_it_loads_and_nowhere_else(table: str, key: str, value: Any) -> None:
    data: Matter = tomllib.loads(SITE_TOML)
    data.setdefault(table, {})[key] = value
    assert is_valid("config", data) == config_loads(data)
