"""One record's file → a Record with compiled bodies, or Problems."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.load.files import SourceFile, Stat
from generator.load.parse import parse_files, read_time
from generator.load.parsed import ParsedFile, ParsedRecord, Settings, digest_file
from generator.names import ContentPath
from generator.records import FOLDERS, KINDS, LOADER_KEYS, Article, Record, Sponsor, Story
from sitebench import article

UTC_ZONE, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")
SETTINGS = Settings("Europe/Berlin", "desk", {"usual": "We *may* err."})
YEAR_2000 = datetime(2000, 1, 1, tzinfo=UTC)


def parse(root: Path, text: str | bytes, path: str = "articles/a1.md", settings: Settings = SETTINGS) -> ParsedFile:
    file = root / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text.encode() if isinstance(text, str) else text)
    found = SourceFile(ContentPath(f"content/{path}"), FOLDERS[path.partition("/")[0]], Stat(0, 0, 0, 0))
    (parsed,) = parse_files([found], root=str(root), settings=settings)
    return parsed


def parsed(root: Path, text: str | bytes, path: str = "articles/a1.md") -> ParsedRecord[Record]:
    """What the next build reads of a file from the cache."""
    return decode(parse(root, text, path))


def decode(made: ParsedFile) -> ParsedRecord[Record]:
    shape = KINDS[FOLDERS[made.path.split("/")[1]]]
    return msgspec.msgpack.decode(made.parsed, type=ParsedRecord[shape])  # type: ignore[valid-type]


def read(root: Path, text: str, path: str = "articles/a1.md") -> Record:
    made = parsed(root, text, path)
    assert made.record is not None, made.problems
    return made.record


def faults(root: Path, text: str | bytes, path: str = "articles/a1.md") -> list[str]:
    made = parsed(root, text, path)
    assert made.record is None
    assert made.problems
    return [f"{problem.code} {'.'.join(map(str, problem.key))}".strip() for problem in made.problems]


# Times


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-06-03T09:30:00Z", "2026-06-03T09:30:00"),
        ("2026-06-03T09:30:00+02:00", "2026-06-03T07:30:00"),
        ("2026-06-03 09:30:00-05:00", "2026-06-03T14:30:00"),
        ("2026-06-03T09:30", "2026-06-03T07:30:00"),
        ("2026-06-03", "2026-06-02T22:00:00"),
        ("2026-01-03", "2026-01-02T23:00:00"),
        (" 20260603T093000Z ", "2026-06-03T09:30:00"),
        ("2026-06-03T09:30:00.999999Z", "2026-06-03T09:30:00"),
        ("1900-01-01T00:00:00Z", "1900-01-01T00:00:00"),
        ("9998-12-31T23:59:59Z", "9998-12-31T23:59:59"),
    ],
)
def test_a_time_is_read_as_utc_and_without_a_zone_in_the_sites(text: str, expected: str) -> None:
    read = read_time(text, BERLIN)
    assert read == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "2026-13-01", "2026-06-31", "2026-06-03T25:00", "03/06/2026", "1780000000", "2026", "2026-06"),
        *("1899-12-31T23:59:59Z", "9999-01-01T00:00:00Z", "0001-01-01", "9999-12-31T23:59:59-12:00"),
    ],
)
def test_what_is_no_time_or_too_far_away_is_none(text: str) -> None:
    assert read_time(text, BERLIN) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2026-10-25T02:30", "2026-10-25T00:30:00"), ("2026-03-29T02:30", "2026-03-29T01:30:00")],
)
def test_an_hour_that_the_clocks_show_twice_or_never_is_read_all_the_same(text: str, expected: str) -> None:
    assert read_time(text, BERLIN) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(9997, 1, 1), timezones=st.timezones() | st.just(UTC)),  # noqa: DTZ001 - bounds
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia"]).map(ZoneInfo),
)
def test_any_aware_time_is_read_back_to_the_second_in_utc(time: datetime, zone: ZoneInfo) -> None:
    read = read_time(time.isoformat(), zone)
    assert read is not None
    assert read.tzinfo is UTC
    assert read.microsecond == 0
    assert abs(read - time) <= timedelta(seconds=1)
    assert read_time(read.isoformat(), zone) == read


@pytest.mark.fuzz
@given(st.text(max_size=30))
def test_no_text_makes_reading_a_time_fail(text: str) -> None:
    time = read_time(text, BERLIN)
    assert time is None or time.tzinfo is UTC


@pytest.mark.parametrize("time", ["1800-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2026-06-03T09:30:00+25:00", "12:30"])
def test_a_time_that_cannot_be_read_is_a_problem_of_its_record(tmp_path: Path, time: str) -> None:
    assert faults(tmp_path, article("A", 1, published=time)) == ["wrong-value published"]


def test_times_at_any_depth_are_read_in_the_sites_zone(tmp_path: Path) -> None:
    revisions = [{"at": "2026-06-03T09:30", "note": "x"}, {"at": "2026-06-04T09:30:00Z", "note": "y"}]
    verified = {"by": "desk", "how": "call", "at": "2026-06-05"}
    made = read(tmp_path, article("A", 1, revisions=revisions, verified=verified))
    assert isinstance(made, Article)
    assert [change.at.isoformat() for change in made.revisions] == [
        "2026-06-03T07:30:00+00:00",
        "2026-06-04T09:30:00+00:00",
    ]
    assert made.verified is not None
    assert made.verified.at.isoformat() == "2026-06-04T22:00:00+00:00"


@pytest.mark.parametrize(
    ("matter", "fault"),
    [
        ({"updated": "2026-04-30"}, "contradictory-times updated"),
        ({"expires": "2026-04-30"}, "contradictory-times expires"),
    ],
)
def test_times_in_the_wrong_order_are_problems(tmp_path: Path, matter: dict[str, str], fault: str) -> None:
    assert faults(tmp_path, article("A", 1, **matter)) == [fault]


def test_a_time_may_equal_the_one_before_it(tmp_path: Path) -> None:
    read(tmp_path, article("A", 1, updated="2026-05-01T08:00:00Z", expires="2026-05-01T08:00:00Z"))


# Ids, names, keys


def test_the_id_is_the_files_stem_unless_the_front_matter_says_another(tmp_path: Path) -> None:
    assert parsed(tmp_path, article("A", 1), "articles/2026/05/a7.md").id == "a7"
    assert parsed(tmp_path, article("A", 1, id="other"), "articles/a7.md").id == "other"


def test_a_faulty_record_keeps_its_id_so_that_links_to_it_are_no_faults(tmp_path: Path) -> None:
    assert parsed(tmp_path, article("A", 1, id="other", topic=5)).id == "other"
    assert parsed(tmp_path, article("A", 1, id=5)).id == "a1"
    assert parsed(tmp_path, "no record").id == "a1"


@pytest.mark.parametrize(
    ("matter", "fault"),
    [
        ({"id": "../x"}, "unusable-name id"),
        ({"id": "A"}, "unusable-name id"),
        ({"id": ""}, "wrong-value id"),
        ({"slug": "a/b"}, "unusable-name slug"),
        ({"slug": ".."}, "unusable-name slug"),
        ({"aliases": ["/ok/", "/a/../b/"]}, "unusable-name aliases.1"),
        ({"aliases": ["/ok/", "/a" * 251]}, "unusable-name aliases.1"),
        ({"tags": ["AI", "!!!"]}, "unusable-name tags.1"),
        ({"topic": None}, "wrong-value topic"),
        ({"source_url": "javascript:alert(1)"}, "wrong-value source_url"),
        ({"source_url": "https://"}, "wrong-value source_url"),
        ({"source_url": "http:foo"}, "wrong-value source_url"),
        ({"source_url": "https://x.example:99999/"}, "wrong-value source_url"),
        ({"source_url": "https://user:word@x.example/"}, "wrong-value source_url"),
        ({"source_url": "https://x.example/" + "a" * 2000}, "wrong-value source_url"),
        ({"language": "en_GB"}, "wrong-value language"),
        ({"form": "essay"}, "wrong-value form"),
        ({"verified": True}, "wrong-value verified"),
    ],
)
def test_what_types_and_names_forbid_is_a_problem(tmp_path: Path, matter: dict[str, object], fault: str) -> None:
    assert fault in faults(tmp_path, article("A", 1, **matter))


@pytest.mark.parametrize("key", sorted(LOADER_KEYS))
def test_nobody_writes_the_loaders_own_keys(tmp_path: Path, key: str) -> None:
    assert faults(tmp_path, article("A", 1).replace("title: A", f"title: A\n{key}: x")) == [f"unknown-key {key}"]


def test_all_faults_of_a_file_are_named_at_once(tmp_path: Path) -> None:
    text = article("", 1, topic=False, tags="ai", entities=[{"role": "x"}], zzz=1, published="soon")
    assert sorted(faults(tmp_path, text)) == [
        "missing-key entities.0.entity",
        "unknown-key zzz",
        "wrong-value published",
        "wrong-value tags",
        "wrong-value title",
        "wrong-value topic",
    ]


def test_an_order_beyond_all_reason_is_a_problem_not_a_crash(tmp_path: Path) -> None:
    text = f"---\ntitle: A\norder: {10**30}\n---\n"
    assert faults(tmp_path, text, "topics/a.md") == ["wrong-value order"]


def test_no_key_makes_the_problems_unreadable_for_the_next_build(tmp_path: Path) -> None:
    made = parsed(tmp_path, article("A", 1).replace("title: A", f"title: A\nno: 1\n{10**30}: 2\n1.5: 3\n~: 4"))
    assert [problem.code for problem in made.problems] == ["unknown-key"] * 4


@pytest.mark.parametrize(("source", "is_good"), [("desk", True), ("wire", False)], ids=["the site's own", "another"])
def test_only_the_sites_own_articles_go_without_the_original(tmp_path: Path, source: str, is_good: bool) -> None:
    text = article("A", 1, source=source).replace("source_url: https://wire.example/1\n", "")
    assert "source_url" not in text
    assert (parsed(tmp_path, text).record is not None) is is_good


# Texts


def test_every_markdown_value_is_compiled_under_its_key_path(tmp_path: Path) -> None:
    brief = {
        "takeaways": ["one", "*two*"],
        "outlook": "# Not a heading",
        "market_effects": [{"scope": "global", "text": "x [y](topic:chips)"}],
    }
    text = article("A", 1, form="brief", brief=brief, teaser="A **teaser**.", body="## Part\n\nBody.")
    made = parse(tmp_path, text)
    record = read(tmp_path, text)
    assert isinstance(record, Article)
    assert set(record.texts) == {
        "brief.takeaways.0",
        "brief.takeaways.1",
        "brief.outlook",
        "brief.market_effects.0.text",
        "teaser",
    }
    assert made.html[record.texts["brief.takeaways.1"].digest] == "<p><em>two</em></p>"
    assert made.html[record.texts["brief.outlook"].digest] == "Not a heading"
    assert record.texts["brief.market_effects.0.text"].links == ("topic:chips",)
    assert [heading.text for heading in record.body.headings] == ["Part"]
    assert {body.digest for body in (record.body, *record.texts.values())} == set(made.html)


def test_the_memory_is_given_no_body_of_a_record_at_fault(tmp_path: Path) -> None:
    assert parse(tmp_path, article("A", 1, topic=5)).html == {}


def test_the_views_of_a_difference_are_markdown(tmp_path: Path) -> None:
    text = """---
title: S
published: 2026-05-01
topic: chips
differences:
  - aspect: A
    views: {wire: '*w*', post: p}
---
"""
    record = read(tmp_path, text, "stories/s.md")
    assert isinstance(record, Story)
    assert set(record.texts) == {"differences.0.views.wire", "differences.0.views.post"}


def test_a_disclaimer_is_text_or_the_name_of_one_in_the_config(tmp_path: Path) -> None:
    named = parse(tmp_path, article("A", 1, disclaimer="usual"))
    written = parse(tmp_path, article("A", 1, disclaimer="un*usual*"))
    assert "<p>We <em>may</em> err.</p>" in named.html.values()
    assert "<p>un<em>usual</em></p>" in written.html.values()


def test_only_texts_that_the_model_calls_markdown_are_compiled(tmp_path: Path) -> None:
    record = read(tmp_path, article("*A*", 1, summary="**bold**", tags=["*x*"]))
    assert isinstance(record, Article)
    assert (record.title, record.summary, record.tags, record.texts) == ("*A*", "**bold**", ("*x*",), {})


def test_a_warning_leaves_the_record_in_place(tmp_path: Path) -> None:
    made = parsed(tmp_path, article("A", 1, body="[x](nowhere)"))
    assert made.record is not None
    assert [problem.severity for problem in made.problems] == ["warning"]


# Files


def test_the_digest_is_that_of_the_files_place_and_bytes(tmp_path: Path) -> None:
    text = article("A", 1)
    made = parse(tmp_path, text)
    assert made.digest == digest_file("content/articles/a1.md", text.encode()) == read(tmp_path, text).digest
    assert made.digest != digest_file("content/articles/a2.md", text.encode())
    assert made.digest != digest_file("content/articles/a1.md", text.encode() + b" ")
    assert parse(tmp_path, "at fault").digest == digest_file("content/articles/a1.md", b"at fault")


def test_a_file_that_is_gone_by_now_is_a_problem(tmp_path: Path) -> None:
    found = SourceFile(ContentPath("content/articles/a1.md"), "article", Stat(0, 0, 0, 0))
    (made,) = parse_files([found], root=str(tmp_path), settings=SETTINGS)
    assert [problem.code for problem in decode(made).problems] == ["unreadable-file"]


def test_files_are_given_back_in_their_order(tmp_path: Path) -> None:
    paths = [f"content/articles/a{n}.md" for n in (3, 1, 2)]
    (tmp_path / "content/articles").mkdir(parents=True)
    for path in paths:
        (tmp_path / path).write_text(article(path, 1))
    found = [SourceFile(ContentPath(path), "article", Stat(0, 0, 0, 0)) for path in paths]
    assert [made.path for made in parse_files(found, root=str(tmp_path), settings=SETTINGS)] == paths


def test_a_campaign_has_its_defaults(tmp_path: Path) -> None:
    record = read(tmp_path, "---\nsponsor: L\nhomepage: https://l.example\nheadline: H\n---\nCopy.\n", "sponsors/l.md")
    assert isinstance(record, Sponsor)
    assert (record.label, record.weight, record.places) == (None, 10, ("front", "topic", "article", "feed"))


@pytest.mark.fuzz
@given(
    st.text(st.sampled_from("ab:-[]{}'\"#&*!|>%@ \n\t\\01.~?,"), max_size=60),
    st.sampled_from(sorted(FOLDERS)),
)
def test_no_front_matter_makes_parsing_fail(tmp_path_factory: pytest.TempPathFactory, text: str, folder: str) -> None:
    made = parsed(tmp_path_factory.getbasetemp(), f"---\ntitle: A\n{text}\n---\n", f"{folder}/a1.md")
    assert made.record is not None or made.problems
