"""All problems in one run: one fault hides no other, makes none that is not there, and what it hides is said."""

import msgspec
import pytest

from generator.build import Request, build
from generator.errors import RefusalError
from sitebench import NOW, SITE_TOML, SMALL, SiteBench, article

ARTICLE = "content/articles/a.md"
ADDRESSES, QUOTATIONS = "the addresses of pages", "quotations and extracts"
OWN = "which articles need a 'source_url'"


@pytest.fixture
def site(empty_bench: SiteBench) -> SiteBench:
    return empty_bench.write_all(SMALL)


def told(site: SiteBench) -> list[str]:
    """File, line and code of every Problem of a build that is refused."""
    return [f"{one.file.rpartition('/')[2]}:{one.line} {one.code}" for one in refusal(site).problems]


def refusal(site: SiteBench) -> RefusalError:
    with pytest.raises(RefusalError) as caught:
        build(Request(root=site.root, output=site.output, now=NOW, workers=1))
    assert not site.output.exists()
    return caught.value


# site.toml


BROKEN_CONFIGS = {
    "an unknown key": (SITE_TOML + "\n[colours]\nred = 1\n", "unknown-key"),
    "a wrong type": (SITE_TOML.replace("page_items = 3", 'page_items = "3"'), "wrong-value"),
    "no zone": (SITE_TOML.replace("[theme]", 'time_zone = "Mars/Olympus"\n\n[theme]'), "wrong-value"),
    "no address": (SITE_TOML.replace('url = "https://bench.example"\n', ""), "missing-key"),
    "no table": (SITE_TOML.replace("[site]", "[sit]"), "unknown-key"),
    "no TOML": (SITE_TOML + "x =\n", "bad-toml"),
    "no theme": (SITE_TOML.replace('"base"', "5"), "wrong-value"),
}


@pytest.mark.parametrize("name", BROKEN_CONFIGS)
def test_a_fault_of_the_config_hides_no_fault_of_a_record(site: SiteBench, name: str) -> None:
    text, code = BROKEN_CONFIGS[name]
    site.write("site.toml", text)
    site.write(ARTICLE, article("A", 3, topic="chps", tags="x", body="[b](article:nope) ![c](nope.png)"))
    site.write("content/articles/b.md", article("B", 3, updated="2026-05-01T00:00:00Z"))
    codes = [line.partition(" ")[2] for line in told(site)]
    records = ["dead-link", "missing-image", "unknown-reference", "wrong-value"]
    order = [] if name in ("no zone", "no TOML", "no table") else ["contradictory-times"]
    assert sorted(codes) == sorted([*records, *order, code])


def test_several_faults_of_the_config_are_told_together(site: SiteBench) -> None:
    text = SITE_TOML.replace("page_items = 3", 'page_items = "3"').replace("[theme]", 'time_zone = "Mars"\n\n[theme]')
    site.write("site.toml", text + '\n[markdown]\nengine = "word"\n')
    assert [line.partition(" ")[2] for line in told(site)] == ["wrong-value"] * 3


@pytest.mark.parametrize(
    ("old", "new", "unchecked"),
    [
        ("page_items = 3", 'page_items = "3"', {ADDRESSES, QUOTATIONS}),
        ("[theme]", "source = 5\n\n[theme]", {ADDRESSES, QUOTATIONS, OWN}),
        ("[theme]", 'sorce = "desk"\n\n[theme]', {ADDRESSES, QUOTATIONS, OWN}),
        ("[theme]", 'time_zone = "Mars"\n\n[theme]', {ADDRESSES, QUOTATIONS, "the order of times"}),
        ("[theme]", "x =\n\n[theme]", {ADDRESSES, QUOTATIONS, OWN, "the order of times", "the theme"}),
        ('"base"', "5", {ADDRESSES, QUOTATIONS, "the theme"}),
    ],
)
def test_what_a_fault_of_the_config_hides_is_said_and_nothing_follows_from_it(
    site: SiteBench, old: str, new: str, unchecked: set[str]
) -> None:
    """The own source and the zone of the site may be what makes these articles right."""
    site.edit("site.toml", old, new)
    if OWN in unchecked:
        site.write(ARTICLE, article("A", 3).replace("source_url: https://wire.example/1\n", ""))
    if "the order of times" in unchecked:
        times = {"published": "2026-05-03T08:00:00Z", "updated": "2026-05-03T07:30:00"}
        site.write("content/articles/b.md", article("B", 3, **times))
    fault = refusal(site)
    assert {problem.file for problem in fault.problems} == {"site.toml"}
    assert set(fault.unchecked) == unchecked


def test_faults_of_the_theme_are_told_with_those_of_the_config_and_of_records(site: SiteBench) -> None:
    site.write("site.toml", SITE_TOML.replace('"base"', '"mine"').replace("page_items = 3", "page_items = 0"))
    site.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    site.write("themes/mine/templates/page.html", "{{ site.title }}{{ page.crumbs[0].txt }}")
    site.write("themes/mine/templates/404.html", "{% if %}")
    site.write(ARTICLE, article("A", 3, topic="chps"))
    assert told(site) == [
        "a.md:6 unknown-reference",
        "site.toml:10 wrong-value",
        "404.html:1 template-syntax",
        "page.html:1 unknown-name",
        "page.html:1 unknown-name",
    ]


# Records


def test_every_depth_of_checking_is_reached_in_one_run(site: SiteBench) -> None:
    """Types, orders, names, references, links, pictures, ids and paths: each at fault in a file of its own or not."""
    matter = {"tags": "x", "updated": "2026-05-01T00:00:00Z", "slug": "No Slug", "topic": "chps", "zzz": 1}
    site.write(ARTICLE, article("A", 3, body="[b](article:nope) ![c](nope.png)", **matter))
    site.write("content/articles/1/twin.md", article("B", 3))
    site.write("content/articles/2/twin.md", article("C", 3, story="nope"))
    site.write("content/articles/d.md", article("D", 3, slug="same"))
    site.write("content/articles/e.md", article("E", 3, slug="same"))
    site.write("content/articles/f.md", "---\ntitle: F\n")
    lines = (site.root / ARTICLE).read_text().splitlines()
    at = {line.partition(":")[0]: number for number, line in enumerate(lines, 1)}
    assert sorted(told(site)) == sorted(
        [
            f"a.md:{at['tags']} wrong-value",
            f"a.md:{at['updated']} contradictory-times",
            f"a.md:{at['slug']} unusable-name",
            f"a.md:{at['topic']} unknown-reference",
            f"a.md:{at['zzz']} unknown-key",
            f"a.md:{len(lines)} dead-link",
            f"a.md:{len(lines)} missing-image",
            "twin.md:None duplicate-id",
            "twin.md:8 unknown-reference",
            "e.md:8 path-taken",
            "f.md:1 unclosed-front-matter",
        ]
    )


BROKEN_YAML = {
    "a quote that does not end": 'title: "A',
    "a colon": "title: A: b",
    "a bracket that does not close": "tags: [a, b",
    "a reserved sign": "author: @ada",
    "a tag": "author: !x ada",
    "braces": "image: {src: a.png, alt: b: c}",
    "a tab": "entities:\n\t- entity: acme",
}


@pytest.mark.parametrize("broken", BROKEN_YAML.values(), ids=BROKEN_YAML)
def test_yaml_that_is_broken_in_one_key_hides_no_other(site: SiteBench, broken: str) -> None:
    key = broken.partition(":")[0]
    rest = {
        "title": "title: A",
        "topic": "topic: chps",
        "source": "source: wire",
        "source_url": "source_url: https://wire.example/1",
        "published": "published: soon",
        "draft": "draft: perhaps",
    }
    lines = [broken, *(line for name, line in rest.items() if name != key)]
    site.write(ARTICLE, "\n".join(["---", *lines, "---", "[b](article:nope)", ""]))
    codes = [line.partition(" ")[2] for line in told(site)]
    assert sorted(codes) == ["bad-yaml", "dead-link", "unknown-reference", "wrong-value", "wrong-value"]


def test_each_broken_key_is_told_at_its_line(site: SiteBench) -> None:
    text = '---\ntitle: "A\nauthor: @ada\ntopic: chips\ntopic: space\nsource: wire: x\npublished: 2026-05-03\n---\n'
    site.write(ARTICLE, text)
    codes = ("bad-yaml", "bad-yaml", "duplicate-key", "bad-yaml")
    assert told(site) == [f"a.md:{line} {code}" for line, code in zip((2, 3, 5, 6), codes, strict=True)]


@pytest.mark.parametrize(
    ("matter", "codes"),
    [
        ({"titel": "A", "title": None}, ["unknown-key"]),
        ({"source_ulr": "https://wire.example/1", "source_url": None}, ["unknown-key"]),
        ({"source_url": 5}, ["wrong-value"]),
        ({"source": 5, "source_url": None}, ["wrong-value"]),
        ({"published": "soon", "updated": "2020-01-01"}, ["wrong-value"]),
        ({"updated": "soon"}, ["wrong-value"]),
        ({"topic": 5}, ["wrong-value"]),
        ({"also": "chips"}, ["wrong-value"]),
        ({"entities": ["acme"]}, ["wrong-value"]),
        ({"entities": [{"entiy": "acme"}]}, ["unknown-key"]),
        ({"image": "a.png"}, ["wrong-value"]),
        ({"image": {"src": 5, "alt": "x"}}, ["wrong-value"]),
        ({"id": 5}, ["wrong-value"]),
        ({"revisions": [{"at": "soon", "note": "x"}]}, ["wrong-value"]),
        ({"brief": {"takeaways": "x"}}, ["wrong-value"]),
    ],
)
def test_nothing_follows_from_a_fault(site: SiteBench, matter: dict[str, object], codes: list[str]) -> None:
    text = article("A", 3, **{key: value for key, value in matter.items() if value is not None})
    for key in (key for key, value in matter.items() if value is None):
        text = "".join(line for line in text.splitlines(keepends=True) if not line.startswith(f"{key}:"))
    site.write(ARTICLE, text)
    site.write("content/articles/b.md", article("B", 4, body="[a](article:a)"))
    assert [line.partition(" ")[2] for line in told(site)] == codes


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("content/topics/chips.md", "---\ntitle: 5\n---\n"),
        ("content/topics/chips.md", "---\ntitle: Chips: x\n---\n"),
        ("content/topics/chips.md", "title: Chips\n"),
        ("content/topics/chips.md", "---\ntitle: Chips\n"),
        ("content/topics/chips.md", b"---\ntitle: Ch\xffps\n---\n"),
        ("content/topics/chips.md", "---\ntitle: Chips\nicon: nope.png\n---\n"),
        ("content/topics/chips.md", ""),
        ("content/topics/c.md", "---\nid: chips\ntitle: Chips: x\n---\n"),
        ("content/topics/c.md", "---\nid: chips\ntitle: Chips\n"),
        ("content/topics/Chips.md", "---\ntitle: Chips\n---\n"),
    ],
)
def test_a_faulty_record_is_there_for_those_that_name_it(site: SiteBench, path: str, text: str | bytes) -> None:
    site.remove("content/topics/chips.md").write(path, text)
    site.write(ARTICLE, article("A", 3, body="[c](topic:chips)"))
    assert {problem.file for problem in refusal(site).problems} == {path}


def test_a_folder_that_cannot_be_read_makes_no_unknown_references(site: SiteBench) -> None:
    for name in ("chips", "space"):
        site.remove(f"content/topics/{name}.md")
    (site.root / "content/topics").rmdir()
    site.write("content/topics", "no folder").write(ARTICLE, article("A", 3, source="wier", body="[c](topic:chips)"))
    assert told(site) == ["a.md:3 unknown-reference", "topics:None unreadable-file"]


def test_two_pairs_of_pages_on_one_path_are_told_beside_an_unknown_reference(site: SiteBench) -> None:
    for name, slug in (("a", "x"), ("b", "x"), ("c", "y"), ("d", "y")):
        site.write(f"content/articles/{name}.md", article(name, 3, slug=slug))
    site.write("content/articles/e.md", article("E", 3, topic="nope"))
    site.write("content/articles/f.md", article("F", 3, body="[a](page:about#nope)"))
    assert sorted(line.partition(" ")[2] for line in told(site)) == [
        *["path-taken"] * 2,
        "unknown-reference",
        "unusable-link",
    ]


def test_quotations_are_not_held_against_articles_that_are_at_fault(site: SiteBench) -> None:
    said = "It is the fastest chip by far."
    site.write(ARTICLE, article("A", 3, story="race", body=said, tags="x"))
    technique = {"name": "N", "explanation": "E", "quotes": [said]}
    story = {
        "title": "Race",
        "published": "2026-05-04",
        "topic": "chips",
        "coverage": {"wire": {"techniques": [technique]}},
    }

    site.write("content/stories/race.md", f"---\n{msgspec.yaml.encode(story).decode()}---\n")
    fault = refusal(site)
    assert [problem.code for problem in fault.problems] == ["wrong-value"]
    assert "quotations and extracts" in fault.unchecked


# Lines and hints


def test_the_same_link_is_told_where_it_stands(site: SiteBench) -> None:
    text = article(
        "A",
        3,
        summary="See [x](article:nope).",
        teaser="Look at [x](article:nope).",
        disclaimer="As in [x](article:nope).",
        body="One.\n\nTwo [x](article:nope).",
    )
    site.write(ARTICLE, text)
    lines = text.splitlines()
    wanted = [number for number, line in enumerate(lines, 1) if "article:nope" in line and "summary" not in line]
    assert told(site) == [f"a.md:{number} dead-link" for number in wanted]
    assert len(wanted) == 3


def test_links_in_lists_and_under_ids_with_dots_are_told_where_they_stand(site: SiteBench) -> None:
    site.write("content/sources/b.example.md", "---\ntitle: B\n---\n")
    text = """\
---
title: Race
published: 2026-05-04
topic: chips
differences:
  - aspect: Who
    views:
      wire: "[x](article:nope)"
      b.example: "[x](article:nope)"
  - aspect: Where
    views:
      wire: "[x](article:nope)"
---
[x](article:nope)
"""
    site.write("content/stories/race.md", text)
    assert told(site) == [f"race.md:{line} dead-link" for line in (8, 9, 12, 14)]


def test_warnings_in_texts_are_told_where_they_stand(site: SiteBench) -> None:
    site.write(
        ARTICLE, article("A", 3, teaser="See [x](/y).", summary="[x](/y)", body="[x](/y)\n\n[x](/y)", topic="nope")
    )
    text = (site.root / ARTICLE).read_text().splitlines()
    teaser = next(number for number, line in enumerate(text, 1) if line.startswith("teaser"))
    body = text.index("---", 1) + 2
    assert [line for line in told(site) if "unusable" in line] == [
        f"a.md:{teaser} unusable-link",
        f"a.md:{body} unusable-link",
    ]


def test_a_missing_key_is_told_at_the_start_of_the_front_matter_or_of_its_mapping(site: SiteBench) -> None:
    text = article("A", 3, image={"src": "a.png"}).replace("topic: chips\n", "").replace("source_url", "# source_url")
    site.write(ARTICLE, text)
    image = text.splitlines().index("image:") + 1
    assert told(site) == [
        "a.md:1 missing-key",
        "a.md:1 missing-key",
        f"a.md:{image} missing-key",
        f"a.md:{image + 1} missing-image",
    ]


@pytest.mark.parametrize(
    ("topic", "hint"),
    [
        ("chip", "did you mean 'chips'? Topics live in content/topics/."),
        ("zzz", "there are 'chips', 'space'. Topics live in content/topics/."),
    ],
)
def test_the_ids_that_there_are_are_named(site: SiteBench, topic: str, hint: str) -> None:
    site.write(ARTICLE, article("A", 3, topic=topic))
    (problem,) = refusal(site).problems
    assert problem.hint == hint


def test_of_many_ids_the_nearest_are_named(site: SiteBench) -> None:
    for number in range(12):
        site.write(f"content/topics/t{number:02}.md", f"---\ntitle: T{number}\n---\n")
    site.write(ARTICLE, article("A", 3, topic="zz0"))
    (problem,) = refusal(site).problems
    assert problem.hint.startswith("there are 't00', ")
    assert problem.hint.endswith(" and 8 more. Topics live in content/topics/.")
