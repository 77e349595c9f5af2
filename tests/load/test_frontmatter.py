"""A record's bytes: split, read strictly, or refused with the place."""

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.load.frontmatter import FrontMatterError, split_record
from generator.shape import CONTROL


def matter(text: str) -> dict[str, Any]:
    return split_record(f"---\n{text}\n---\n".encode(), file="a.md")[0]


def refusal(data: str | bytes) -> tuple[str, int | None]:
    with pytest.raises(FrontMatterError) as caught:
        split_record(data.encode() if isinstance(data, str) else data, file="a.md")
    problem = caught.value.problem
    assert problem.file == "a.md"
    return problem.code, problem.line


TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff"), max_size=30
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=10,
)


class NoAliases(yaml.SafeDumper):
    """A writer that quotes what looks like a time, and writes what stands twice out twice."""

    def ignore_aliases(self, _data: object) -> bool:
        return True


@given(st.dictionaries(TEXTS, VALUES, max_size=4), TEXTS)
def test_what_a_yaml_writer_writes_is_read_back(data: dict[str, Any], body: str) -> None:
    block = yaml.dump(data, Dumper=NoAliases, allow_unicode=True, default_flow_style=False)
    assert split_record(f"---\n{block}---\n{body}".encode(), file="a.md") == (data, f"\n{body}")


@pytest.mark.fuzz
@given(st.binary(max_size=60) | st.text(st.sampled_from("---\n:ab &*[]{}!|>'\"\\x0#%@\t"), max_size=60).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    for prefix in (b"", b"---\n"):
        try:
            split_record(prefix + data, file="a.md")
        except FrontMatterError as fault:
            assert fault.problem.message  # noqa: PT017 - either outcome is good


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", False),
        ("Yes", True),
        ("off", False),
        ("1.10", 1.1),
        ("~", None),
        ("", None),
        ("'no'", "no"),
        ("5", 5),
        ("-3", -3),
        ("norway", "norway"),
    ],
)
def test_yaml_1_1_reads_some_words_as_something_else(written: str, value: object) -> None:
    assert matter(f"key: {written}") == {"key": value}


@pytest.mark.parametrize(
    "written",
    [
        "2026-06-03",
        "2026-06-03T09:30:00Z",
        "2026-06-03 09:30:00 +02:00",
        "2026-06-03t09:30:00.5-05:00",
        "09:30",
        "12:30:45",
        "1:30.5",
        "190:20:30",
    ],
)
def test_a_time_stays_text(written: str) -> None:
    assert matter(f"key: {written}") == {"key": written}


def test_merge_keys_and_value_keys_are_plain_texts() -> None:
    assert matter("<<: a\n'=': b") == {"<<": "a", "=": "b"}


def test_the_body_is_what_follows_and_keeps_its_lines() -> None:
    text = "---\ntitle: A\n---\n\n  indented\n\n---\nmore\n\n"
    assert split_record(text.encode(), file="a.md")[1] == "\n\n  indented\n\n---\nmore\n\n"


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_one(ends: str) -> None:
    text = "---\ntitle: A\ntext: |\n  b\n  c\n---\nd\n".replace("\n", ends)
    assert split_record(text.encode(), file="a.md") == ({"title": "A", "text": "b\nc\n"}, "\nd\n")


def test_a_byte_order_mark_and_spaces_behind_the_dashes_are_nothing() -> None:
    assert split_record("\ufeff---  \ntitle: A\n---\t\nb".encode(), file="a.md") == ({"title": "A"}, "\nb")


def test_dashes_inside_a_value_do_not_end_the_front_matter() -> None:
    assert matter("a: --- b\nc: |\n  ---\n  d") == {"a": "--- b", "c": "---\nd\n"}


def test_front_matter_may_be_empty() -> None:
    assert split_record(b"---\n---\nb", file="a.md") == ({}, "\nb")


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        ("", "empty-file", None),
        (" \n\n", "empty-file", None),
        ("title: A\n", "no-front-matter", 1),
        ("\n---\ntitle: A\n---\n", "no-front-matter", 1),
        ("---\ntitle: A\n", "unclosed-front-matter", 1),
        ("---\ntitle: A\n ---\n", "unclosed-front-matter", 1),
        ("---\n- a\n---\n", "not-a-mapping", 2),
        ("---\nhello\n---\n", "not-a-mapping", 2),
        ("---\ntitle: A\nsub: a: b\n---\n", "bad-yaml", 3),
        ("---\ntitle: A\n\tb: c\n---\n", "bad-yaml", 3),
        ("---\ntitle: A\nx: !!python/object/apply:os.system [ls]\n---\n", "bad-yaml", 3),
        ("---\n? [a]\n: b\n---\n", "bad-yaml", 2),
        ("---\ntitle: A\nb:\n  c: 1\n  d: 2\n  c: 3\n---\n", "duplicate-key", 6),
        ("---\na: x\nb: *x\n---\n", "yaml-alias", 3),
        ("---\na: {}\nb:\n  <<: *x\n---\n", "yaml-alias", 4),
        ("---\na: b\nc: &x [1]\n---\n", "yaml-alias", 3),
        ("---\na: b\nc: &Beyond the horizon\n---\n", "yaml-alias", 3),
        ("---\na: b\nc: [&x d, e]\n---\n", "yaml-alias", 3),
        ("---\na: b\nc:\n- &x d\n---\n", "yaml-alias", 4),
        ("---\na: b\nc:\n  &x d\n---\n", "yaml-alias", 4),
        ("---\na: b\nc d\ne: f\n---\n", "bad-yaml", 3),
        ("---\ntitle: A\x00\n---\n", "control-character", 2),
        ("---\ntitle: A\n---\nb\n\x1b[31m\n", "control-character", 5),
        (b"---\ntitle: A\nb: \xff\n---\n", "not-utf8", 3),
    ],
)
def test_what_is_no_record_is_refused_with_its_line(data: str | bytes, code: str, line: int | None) -> None:
    assert refusal(data) == (code, line)


def test_every_control_character_is_refused_and_no_other_character() -> None:
    for number in (*range(0x100), *range(0xE000, 0x10400)):
        data = f"---\ntitle: A\n---\nb{chr(number)}".encode()
        if CONTROL.match(chr(number)):
            assert refusal(data) == ("control-character", 4), hex(number)
        else:
            assert split_record(data, file="a.md")[1].strip().startswith("b")


@pytest.mark.parametrize("escape", [r"\x01", r"\0", r"\e", r"\u0002", r"\x7F", r"\U0000FFFE"])
def test_no_escape_can_write_a_control_character(escape: str) -> None:
    assert refusal(f'---\na: [1, {{b: "x{escape}"}}]\n---\n') == ("control-character", None)
    assert refusal(f'---\n"x{escape}": 1\n---\n') == ("control-character", None)


def test_escapes_of_other_characters_are_read() -> None:
    assert matter(r'a: "\u00e9\n\t\x41\U0001F600\\x01"') == {"a": "é\n\tA😀\\x01"}


def test_aliases_cannot_explode() -> None:
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    assert refusal("---\n" + "\n".join(lines) + "\n---\n") == ("yaml-alias", 2)


def test_a_star_that_is_no_alias_is_text() -> None:
    assert matter("a: 2 * 3\nb: '*x'\nc: |\n  * item") == {"a": "2 * 3", "b": "*x", "c": "* item\n"}


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 30_000,
        "a: " + "[" * 30_000 + "]" * 30_000,
        "{a: " * 30_000 + "}" * 30_000,
        "a:\n  " + "- " * 30_000,
    ],
)
def test_nesting_that_would_exhaust_the_stack_is_refused(text: str) -> None:
    assert refusal(f"---\n{text}\n---\n")[0] == "bad-yaml"


def test_nesting_by_indentation_is_refused_too() -> None:
    lines = [" " * depth + "a:" for depth in range(1000)]
    assert refusal("---\n" + "\n".join(lines) + "\n---\n") == ("bad-yaml", 102)


def test_long_lists_are_no_nesting() -> None:
    assert matter("a:\n" + "  - [x, {y: z}]\n" * 500) == {"a": [["x", {"y": "z"}]] * 500}


def test_a_number_of_many_thousand_digits_is_text() -> None:
    assert matter(f"a: {'9' * 5000}\nb: 0x{'f' * 5000}") == {"a": "9" * 5000, "b": f"0x{'f' * 5000}"}


@pytest.mark.parametrize("tag", ["!!timestamp", "!!binary", "!!set", "!mine", "!!python/name:os.system"])
def test_a_tag_is_refused(tag: str) -> None:
    assert refusal(f"---\na: 1\nb: {tag} x\n---\n") == ("bad-yaml", 3)


def test_every_key_is_text() -> None:
    assert matter("no: 1\n2026: 2\n~: 3\n1.5: {true: 4}") == {"no": 1, "2026": 2, "~": 3, "1.5": {"true": 4}}
