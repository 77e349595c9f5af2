"""The signs that texts get by their language, and what stays as it is written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.load.markdown import Compiler
from generator.load.typography import MARKS, Typography, marks_of
from generator.records.body import blocks_of, plain_text
from generator.site.quotes import fold, occurs
from sitebench import SMALL, SiteBench, article

ENGLISH, GERMAN, FRENCH = map(Typography, ("en-GB", "de", "fr"))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ('"Hello," she said. "It\'s 5\'10"."', "“Hello,” she said. “It’s 5′10″.”"),
        ("'Tis the season of the '90s' rock 'n' roll", "’Tis the season of the ’90s’ rock ’n’ roll"),
        ("James' book and the dogs' bones", "James’ book and the dogs’ bones"),
        ("\"'Quoted' inside,\" he said", "“‘Quoted’ inside,” he said"),
        ('("yes") ["no"] pre-"fab" a/"b"', "(“yes”) [“no”] pre-“fab” a/“b”"),
        ('a 27" screen', "a 27″ screen"),
        ("this -- that --- and word--word", "this — that — and word—word"),
        (
            "2019-2024, 3-5nm, 9:00-17:00, $3-$5, 10%-20%, 2024-25",
            "2019–2024, 3–5nm, 9:00–17:00, $3–$5, 10%–20%, 2024–25",
        ),
        ('他说"你好"。', "他说“你好”。"),
    ],
)
def test_english_signs(written: str, shown: str) -> None:
    assert ENGLISH.write_text(written) == shown
    assert ENGLISH.write_html(f"<p>{written}</p>") == f"<p>{shown}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "2026-06, 2026-06-03, 555-1234, RTX-40, CVE-2024-3094, 7-3, 2-in-1, UTC-5, 1-2-3",
        "newsprint build --force -v, and a--flag=https://x.example/a--b",
        "https://x.example/o'hara--1-2 and o'hara@x.example",
        "AT&T <b> [x](y) #1",
        "”Signs“ — that’s ‘all’",
    ],
)
def test_what_is_no_such_sign_stays(text: str) -> None:
    assert ENGLISH.write_text(text) == text


@pytest.mark.parametrize(
    ("language", "written", "shown"),
    [
        ("de-AT", "Er sagte: \"Das ist's\" -- 'gut'", "Er sagte: „Das ist’s“ – ‚gut‘"),
        ("de-CH", '"Grüezi" für 1\'000', "«Grüezi» für 1’000"),
        (
            "fr",
            'L\'Europe dit "oui" : vraiment ? Non !',
            "L’Europe dit «\u00a0oui\u00a0»\u00a0: vraiment\u202f? Non\u202f!",
        ),
        ("fr", "« bien » -- 10:20", "«\u00a0bien\u00a0» – 10:20"),
        ("ar", 'قال "نعم" -- ثم', "قال «نعم» – ثم"),
        ("sv", "\"Hej\" 'då'", "”Hej” ’då’"),
        ("xx", '"it\'s" -- 1-2', '"it\'s" -- 1-2'),
    ],
)
def test_signs_of_other_languages(language: str, written: str, shown: str) -> None:
    assert Typography(language).write_text(written) == shown


def test_a_language_has_its_own_marks_or_those_of_its_region() -> None:
    assert marks_of("de-Latn-CH") is MARKS["de-ch"]
    assert marks_of("PT-br") is MARKS["pt"]
    assert marks_of("tlh") is None


def test_each_switch_turns_its_signs_off() -> None:
    written = '"it\'s" -- 1-2 ?'
    assert Typography("fr", quotes=False).write_text(written) == '"it\'s" – 1–2 ?'
    assert Typography("fr", dashes=False).write_text(written) == "«\u00a0it’s\u00a0» -- 1-2\u202f?"
    assert Typography("fr", quotes=False, dashes=False).write_text(written) == written


TEXT = """\
## What's "new" in `"code"`

"*It's* **"so"** [they'd](https://x.example/a--b 'a "title"')" said `x--y "z" 1-2`, and "`q`" -- [1-2][n].[^f]

- "one"
- 'two' 3-5

> "Quoted -- 'twice'"

| "a" | 'b' |
|--|--|
| -- | 1--2 |

    "kept" -- 'kept'

- a

    `"kept"`

```python
print("kept" '--')
```

<https://x.example/it's--1-2> <kbd>"</kbd> A &amp; "B" &lt;C&gt;

[n]: https://x.example/o'n--1
[^f]: "Noted," it's 1-2.
"""


def test_engines_get_the_same_signs() -> None:
    first, second = (
        Compiler(engine).compile(TEXT, file="a.md", typography=ENGLISH) for engine in ("python-markdown", "commonmark")
    )
    assert [*blocks_of(first.html)] == [*blocks_of(second.html)]
    assert (first.body.headings, first.body.links, first.body.words) == (
        second.body.headings,
        second.body.links,
        second.body.words,
    )
    for shown in (
        '<h2 id="s-what-s-new-in-code">What’s “new” in <code>"code"</code></h2>',
        "“<em>It’s</em> <strong>“so”</strong>",
        'href="https://x.example/a--b" title="a &quot;title&quot;"',
        '>they’d</a>” said <code>x--y "z" 1-2</code>, and “<code>q</code>” — ',
        'href="https://x.example/o\'n--1"',
        "<li>‘two’ 3–5</li>",
        "“Quoted — ‘twice’”",
        "“Noted,” it’s 1–2.",
        ">https://x.example/it's--1-2</a>",
        '<kbd>"</kbd> A &amp; “B” &lt;C&gt;',
    ):
        assert shown in first.html
    assert plain_text(first.html).count("kept") == 4
    assert first.body.headings[0].text == 'What’s “new” in "code"'
    assert first.body.headings[0].anchor == Compiler().compile(TEXT, file="a.md").body.headings[0].anchor


@given(st.text("\"'- ab1é.<&>;:!?«»“\n", max_size=40), st.sampled_from(sorted(MARKS)))
def test_signs_change_no_letter_and_no_tag(text: str, language: str) -> None:
    typography = Typography(language)
    shown = typography.write_text(text)
    letters = [sign for sign in text if sign.isalnum()]
    assert [sign for sign in shown if sign.isalnum()] == letters
    html = f"<p>{text.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</p>"
    assert plain_text(typography.write_html(html)).count("<") == text.count("<")


def test_the_quote_lock_does_not_mind_signs() -> None:
    quote = 'Il dit "oui" -- et l\'autre "non"'
    assert occurs(quote, [FRENCH.write_text(quote)])
    assert fold("«\u00a0oui\u00a0» — non") == fold('"oui" -- non')


def test_pages_feeds_and_api_have_the_signs_and_what_is_compared_has_not(tmp_path: Path) -> None:
    config = SMALL["site.toml"] + '\n[outputs]\napi = true\nmarkdown = true\n\n[disclaimers]\n"own" = "It\'s ours"\n'
    facts = "facts:\n- text: It's 1-2\n  sources: [wire]\n"
    story = f'---\ntitle: The "race"\npublished: 2026-05-01\ntopic: chips\n{facts}---\n'
    bench = SiteBench(tmp_path / "site").write_all(SMALL)
    bench.write("site.toml", config)
    bench.write("content/stories/race.md", story)
    bench.write(
        "content/articles/it-s.md",
        article(
            'It\'s "on"',
            3,
            body='"Go" -- `"x"`',
            story="race",
            source_title='They\'re "off"',
            tags=["it's"],
            quotes=['It\'s "theirs"'],
            disclaimer="own",
        ),
    )
    bench.write("content/articles/de.md", article('Das "Rennen"', 4, language="de", body='"Los"'))
    bench.build().expect_built()
    page = bench.page("news/chips/it-s/index.html")
    assert page.texts("//h1") == ["It’s “on”"]
    assert '<p>“Go” — <code>"x"</code></p>' in page.text
    assert "It’s ours" in page.text
    assert bench.page("news/chips/de/index.html").texts("//h1") == ["Das „Rennen“"]
    told = bench.page("stories/race/index.html").text
    assert "It’s 1–2" in told
    assert "They&#39;re &#34;off&#34;" in told
    assert "It’s “on”" in (bench.output / "feed.xml").read_text()
    assert "It’s “on”" in (bench.output / "news/chips/it-s/index.md").read_text()
    assert (bench.output / "tags/it-s/index.html").exists()
    record = (bench.output / "api/articles/it-s.json").read_text()
    assert "It’s “on”" in record
    assert 'They\'re \\"off\\"' in record
    bench.write("site.toml", config + "\n[typography]\nquotes = false\n").build().expect_same_as_clean_build()
    assert '<p>"Go" — <code>"x"</code></p>' in bench.page("news/chips/it-s/index.html").text
