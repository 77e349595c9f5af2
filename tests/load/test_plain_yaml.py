"""Plain front matter: ryaml makes the same of it as PyYAML, so that it may read it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import ROOT
from generator.load import frontmatter, plain_yaml
from generator.load.frontmatter import FrontMatter, read_front_matter
from generator.load.plain_yaml import load_plain

FRAGMENTS = """
    news the of A no Yes on null NaN inf ~ 012 0o7 0x1F 1_000 -0 7 1.50 .5 1. 1e3 1:30 2026-06-01 2026-06-01T10:00:00Z
    2026-06-01‿10:00 2026-13-99 true False “said” größe 日本 it's \\"q\\" a=b C# x: — & * ! % @ ` | > $5 50% what?
    e.g. … / -
    "two‿words" 'two‿words' "a‿\\"b\\"" 'it''s' "#1" "a:‿b" [a,‿b‿c] [] {} {name:‿a,‿url:‿https://a.example/x} [{a:‿b}]
    {at:‿2026-06-01T10:00:00Z,‿note:‿"x"} https://a.example/?a=b&c=d#e #no [yes] {no:‿1} [1,‿2.5] 😀
""".replace("\\\\", "\\")
PLAIN_WORDS = st.sampled_from(
    ["news", "the A, of (x)", "'two words'", '"it\'s: #1"', "7", "-0.5", "true", "2026-06-01", "[a, 1]"]
)
WORDS = PLAIN_WORDS | st.lists(
    st.sampled_from([one.replace("‿", " ") for one in FRAGMENTS.split()]), min_size=1, max_size=3
).map(" ".join)
KEYS = st.sampled_from(["title", "source_url", "tags", "x-y", "_a", "entity", "a", "b", "c", "on", "No", "7", "größe"])
INDENTS = st.sampled_from(["", "", "", "", "", "  ", "    ", "- ", "  - ", "  - - "])
LINES = st.one_of(
    st.builds("{}{}: {}".format, INDENTS, KEYS, WORDS),
    st.builds("{}{}:".format, INDENTS, KEYS),
    st.builds("{}{}".format, INDENTS, WORDS),
    st.builds(
        "{}: {}\n  {}\n{}  {}".format, KEYS, st.sampled_from(["|", ">", ">-", "|-", "|+", ">2"]), WORDS, INDENTS, WORDS
    ),
    st.just(""),
    st.builds("{}:\n  - {}\n  - {}: {}\n    x: {}".format, KEYS, PLAIN_WORDS, KEYS, PLAIN_WORDS, PLAIN_WORDS),
)
SIGNS = st.sampled_from(
    [*"\"'[]{}:,#&*!|>%@`-?~. \\\n\t01eyYn", "\u2028", "\u00a0", "\ufeff", "\x85", "\x07", ": ", " #"]
)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Lines of front matter in which a few signs were inserted, replaced or left out."""
    text = "\n".join(draw(st.lists(LINES, min_size=1, max_size=6)))
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 2, 3]))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(SIGNS | st.just("")) + text[at + draw(st.integers(0, 2)) :]
    return text


def read(block: str, *, is_quick: bool) -> FrontMatter | str:
    """What is read of a front matter, or the Problem with it."""
    with pytest.MonkeyPatch.context() as patch:
        if not is_quick:
            patch.setattr(frontmatter, "load_plain", lambda _: None)
        try:
            return read_front_matter(f"---\n{block}\n---\n".encode(), file="content/articles/a.md")
        except frontmatter.FrontMatterError as fault:
            return repr(fault.problem)


@given(damaged())
def test_both_parsers_make_the_same_of_any_front_matter(block: str) -> None:
    assert repr(read(block, is_quick=True)) == repr(read(block, is_quick=False))


def test_records_of_people_are_plain() -> None:
    files = [*ROOT.glob("content/**/*.md"), *ROOT.glob("generator/golden/content/**/*.md")]
    blocks = [frontmatter._handler.split(file.read_text())[0] for file in files if file.read_text().startswith("---")]
    for block in blocks:
        assert repr(read(block, is_quick=True)) == repr(read(block, is_quick=False))
    assert sum(load_plain(block) is not None for block in blocks) > 0.95 * len(blocks) > 100


PLAIN = [
    "title: A chip",
    "title: No sponsor says yes",
    'title: "A \\"chip\\": it is #1"',
    "published: 2026-06-01T10:00:00Z",
    "tags: [chips, open source, 5]",
    'entities:\n  - entity: acme\n    role: maker\n  - {entity: lab, role: "It\'s: x"}',
    "score: -0.4\ndraft: true",
    "summary: >-\n  One line\n  and another.\n\ntopic: chips",
    "url: https://a.example/b?c=d#e",
]
NOT_PLAIN = [
    "tags: [no]",
    "draft: yes",
    "on: x",
    "a: 012",
    "a: 1_000",
    "a: 1:30",
    "a: ~",
    "a: &x b\nc: *x",
    "a: !!str 5",
    "a: b # note",
    "a: b: c",
    "a: b\n  c",
    "a:\tb",
    "a: 'it''s'",
    'a: "\\x41"',
    "a: 99999999999999999999",
    "a: [b, [c]]",
    "a\u2028b: c",
    "- a",
    "a: 1\na: 2",
    "",
]


@pytest.mark.parametrize("block", PLAIN)
def test_what_is_plain(block: str) -> None:
    assert load_plain(block) is not None
    assert repr(read(block, is_quick=True)) == repr(read(block, is_quick=False))


@pytest.mark.parametrize("block", NOT_PLAIN)
def test_what_is_not_plain(block: str) -> None:
    assert load_plain(block) is None


HOSTILE = {
    "spaces": "a: x" + " " * 60_000 + "#",
    "a list that does not end": "a: [" + "x, " * 20_000 + "#",
    "a table that does not end": "a: {" + "k: x, " * 10_000 + "#",
    "blocks of empty lines": "a: >\n\n\n" * 10_000 + "#",
    "quotes": "a: '" + "x'" * 30_000,
    "items": "- a: b\n" * 10_000 + "#",
    "empty lines": "\n" * 60_000 + "#",
    "colons": "a: " + "x:" * 30_000 + " #",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_seen_to_be_not_plain_by_one_pass(name: str) -> None:
    """With an expression that goes back, some of these take minutes."""
    assert load_plain(HOSTILE[name]) is None


def test_without_the_extra_everything_goes_through_pyyaml(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_yaml, "_ryaml", None)
    assert load_plain("title: A chip") is None
