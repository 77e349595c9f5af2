"""What is allowed but seldom meant: each lint speaks where it should, and nowhere else."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import KeyPath, Problem
from generator.load.lints import _PLUG, _may_hold_plug, lint_record
from sitebench import SiteBench, article

FILE = "content/articles/a.md"


def lint(*texts: str, matter: dict[str, Any] | None = None, is_from_elsewhere: bool = True) -> list[Problem]:
    return list(
        lint_record(matter or {}, [((), text) for text in texts], file=FILE, is_from_elsewhere=is_from_elsewhere)
    )


def codes(*texts: str, is_from_elsewhere: bool = True) -> list[str]:
    return [problem.code for problem in lint(*texts, is_from_elsewhere=is_from_elsewhere)]


# Empty fields


@pytest.mark.parametrize(
    ("matter", "key", "name"),
    [
        ({"author": None}, ("author",), "author"),
        ({"author": ""}, ("author",), "author"),
        ({"author": " \t\n"}, ("author",), "author"),
        ({"tags": []}, ("tags",), "tags"),
        ({"sentiment": {}}, ("sentiment",), "sentiment"),
        ({"tags": ["chips", ""]}, ("tags", 1), "tags"),
        ({"entities": [{"entity": "acme", "role": ""}]}, ("entities", 0, "role"), "role"),
        ({"brief": {"takeaways": []}}, ("brief", "takeaways"), "takeaways"),
        ({"coverage": {"wire": {"techniques": [{"quotes": [None]}]}}}, None, "quotes"),
    ],
)
def test_a_key_without_a_value_is_named_with_its_place(matter: dict[str, Any], key: KeyPath | None, name: str) -> None:
    assert lint(matter={"title": "A", **matter}) == [
        Problem(
            file=FILE,
            code="empty-field",
            key=key or ("coverage", "wire", "techniques", 0, "quotes", 0),
            message=f"'{name}' is empty",
            hint="fill it in or remove the line",
        )
    ]


def test_every_empty_key_is_named_in_the_order_of_the_file() -> None:
    found = lint(matter={"tags": [], "brief": {"outlook": "", "background": None}, "author": ""})
    assert [problem.key for problem in found] == [("tags",), ("brief", "outlook"), ("brief", "background"), ("author",)]


@pytest.mark.parametrize(
    "matter", [{}, {"order": 0}, {"draft": False}, {"score": 0.0}, {"tags": ["a"]}, {"brief": {"outlook": "x"}}]
)
def test_zero_and_false_are_values(matter: dict[str, Any]) -> None:
    assert lint(matter=matter) == []


# Repeated paragraphs

LONG = "The river rose by a metre in the night of Monday."


def test_a_paragraph_that_stands_twice_is_named_by_its_first_words() -> None:
    assert lint(f"<p>{LONG}</p><p>Then it fell.</p><p>{LONG}</p>") == [
        Problem(
            file=FILE,
            code="repeated-paragraph",
            needle="The river rose by",
            message="the paragraph 'The river rose by …' occurs twice",
            hint="keep one of them",
        )
    ]


@pytest.mark.parametrize(
    "texts",
    [
        (f"<p>{LONG}</p>", f"<p>{LONG}</p>"),
        (f"<p>{LONG}</p>", f"<h2>Rain</h2><p>It rained.</p><p>{LONG}</p>"),
        (f"<ul><li>{LONG}</li></ul>", f"<p>{LONG}</p>"),
        (f"<p>{LONG}</p>", f"<p>{LONG.upper()}</p>"),
        (f"<p>{LONG}</p>", "<p>The <em>river</em> rose\n by a metre in the night of Monday.</p>"),
    ],
)
def test_a_teaser_that_repeats_the_body_is_found_whatever_its_markup(texts: tuple[str, str]) -> None:
    assert codes(*texts) == ["repeated-paragraph"]


def test_a_paragraph_that_stands_three_times_is_named_twice() -> None:
    assert codes(f"<p>{LONG}</p>" * 3) == ["repeated-paragraph"] * 2


@pytest.mark.parametrize(
    "texts",
    [
        (f"<p>{LONG}</p>",),
        ("<p>It rained, and the river rose.</p>" * 2,),  # seven words
        (f"<p>{LONG}</p>", f"<p>{LONG} And fell.</p>"),
        (f"<p>{LONG}</p>", f"<p>{LONG[:-1]}!</p>"),
        ("<table><tr><td>no</td><td>no</td></tr></table>",),
        ("",),
        (),
    ],
)
def test_short_and_merely_similar_paragraphs_may_repeat(texts: tuple[str, ...]) -> None:
    assert codes(*texts) == []


def test_eight_words_are_the_fewest_that_count() -> None:
    assert codes("<p>It rained, and the river rose at night.</p>" * 2) == ["repeated-paragraph"]


# Newsletter plugs

PLUGS = [
    "Sign up for our Tech Decoded newsletter to follow the world's top tech stories and trends.",
    "Subscribe to the Daily Chip newsletter.",
    "Get more of this: our newsletter is free, subscribe now.",
    "Outside the UK? Sign up here.",
    "Signing up for our mailing list takes a minute.",
    "Register for alerts on this story.",
    "Subscribe and have the news in your inbox every morning.",
]


@pytest.mark.parametrize("plug", PLUGS)
def test_the_sources_own_plug_is_named(plug: str) -> None:
    (problem,) = lint(f"<p>A report.</p><p>{plug}</p>")
    assert (problem.code, problem.severity) == ("newsletter-plug", "warning")
    assert problem.needle in plug
    assert problem.hint == "remove it"


@pytest.mark.parametrize("plug", PLUGS)
def test_the_site_may_plug_its_own_newsletter(plug: str) -> None:
    assert codes(f"<p>{plug}</p>", is_from_elsewhere=False) == []


@pytest.mark.parametrize(
    "text",
    [
        "The company's newsletter said that the chip is late.",
        "More than 1,500 people have signed the petition.",
        "Users must sign up with a phone number.",
        "She wrote the newsletter for ten years.",
        "The maker subscribes to another theory.",
        "Sign up, they said. " + "word " * 60 + "The newsletter came later.",
    ],
)
def test_sentences_about_newsletters_are_no_plugs(text: str) -> None:
    assert codes(f"<p>{text}</p>") == []


PARTS_OF_PLUGS = [
    *("sign", "SIGNING", "\u017fign", "s\u0131gn", "s\u0130gn", "subscrib", "e", "ing", "register", "REGI\u017fTER"),
    *("up", "-up", "here", " HERE", "newsletter", "new\u017fletters", "mailing", "ma\u0131l\u0130ng", "list", "inbox"),
    *("\u0131nbox", "alerts", "to", "our", "ß", ".", " "),
]


@given(st.lists(st.sampled_from(PARTS_OF_PLUGS), max_size=12).map("".join))
def test_what_reads_like_a_plug_is_never_passed_over_by_the_quick_look(text: str) -> None:
    assert not _PLUG.search(text) or _may_hold_plug(text.casefold())


def test_only_articles_of_other_sources_are_asked_about_plugs(empty_bench: SiteBench, bench: SiteBench) -> None:
    plug = "Sign up for our newsletter here."
    bench.write("content/articles/a1.md", article("Chip news 1", 1, body=plug))
    bench.write("content/pages/about.md", f"---\ntitle: About\n---\n{plug}\n").build().expect_built()
    assert bench.problems.count("[newsletter-plug]") == 1
    assert bench.problems.startswith("content/articles/a1.md:")
    bench.edit("site.toml", "[theme]", "[theme]\n#\n").edit("site.toml", 'url = "', 'source = "wire"\nurl = "')
    bench.build().expect_built().expect_report("")


# Glued labels


@pytest.mark.parametrize(
    ("paragraph", "label"),
    [
        ("companyMeta Platforms, Inc.", "company"),
        ("personStephane Kasriel", "person"),
        ("Risk disclaimerThe market has risks, and investment should be cautious.", "Risk disclaimer"),
        ("DisclaimerThe market has risks.", "Disclaimer"),
        ("BackgroundMeta began in April.", "Background"),
        ("Why it mattersIt does.", "Why it matters"),
        ("Key entitiesMeta", "Key entities"),
        ("organizationReuters", "organization"),
        ("OutlookMore of it.", "Outlook"),
    ],
)
def test_a_label_that_is_glued_to_its_text_is_named(paragraph: str, label: str) -> None:
    assert lint(f"<ul><li>{paragraph}</li></ul>") == [
        Problem(
            file=FILE,
            code="glued-label",
            needle=label,
            message=f"the label '{label}' runs into the text after it",
            hint="make the label a heading, a list's term or a key of the front matter",
        )
    ]


def test_labels_that_markup_alone_parts_from_the_text_are_glued_for_the_ear() -> None:
    assert codes("<p><strong>Background</strong>Meta began in April.</p>") == ["glued-label"]


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Background</h2><p>Meta began in April.</p>",
        "<p><strong>Background</strong> Meta began in April.</p>",
        "<p>Background: Meta began in April.</p>",
        "<p>Backgrounds matter.</p>",
        "<p>companyOS is a name.</p>",
        "<p>companyware</p>",
        "<p>The companyMeta</p>",
        "<p>Outlook 2026 is a mail program.</p>",
        "<p>Company Meta said so.</p>",
        "<p>A product of Meta.</p>",
        "<p>In the placeHolder function.</p>",
        "<dl><dt>company</dt><dd>Meta Platforms</dd></dl>",
        "<table><tr><th>company</th><td>Meta Platforms</td></tr></table>",
    ],
)
def test_labels_that_stand_apart_are_fine(html: str) -> None:
    assert codes(html) == []


# No false alarm


WORDS = st.text(alphabet=st.characters(codec="utf-8", categories=["Ll"]), min_size=1, max_size=9)
SENTENCES = st.lists(WORDS, min_size=1, max_size=30).map(lambda words: " ".join(words).capitalize() + ".")


@given(st.lists(SENTENCES, max_size=6, unique_by=str.casefold))
def test_sentences_of_any_words_are_no_fault(sentences: list[str]) -> None:
    assert codes(*(f"<p>{sentence}</p>" for sentence in sentences)) == []


@given(st.lists(st.text(), max_size=5))
def test_no_text_is_too_odd(texts: list[str]) -> None:
    lint(*texts)


def test_a_sound_record_has_no_warnings(bench: SiteBench) -> None:
    bench.build(strict=True).expect_built().expect_report("")


def test_a_faulty_record_is_not_nagged_about_lesser_things(bench: SiteBench) -> None:
    bench.write("content/articles/a1.md", article("Chip news 1", 1, topic="chips", tags=[], published="soon"))
    bench.build().expect_refused()
    assert "[empty-field]" not in bench.problems
