"""Records that a stranger wrote to take time and memory: each costs itself, and never the build."""

from pathlib import Path

import pytest

from sitebench import SMALL, SiteBench, article

GOOD = "content/articles/good.md"

BODIES = {
    "equal headings": "# same\n\n" * 10_000,
    "a fence with many spaces": "```" + " " * 49_000 + "\ncode\n```\n",
    "tags that do not end": '<x y="\n\n' * 15_000,
    "links that do not end": "[a](<b \n\n" * 15_000,
    "pictures that do not end": "<img src=x \n\n" * 15_000,
    "references that do not end": "<ref:\n\n" * 15_000,
    "a million newlines": "a" + "\n" * 1_000_000 + "b",
    "definitions of links": "[a]:\n b\n" * 7000,
    "rules": "***\n" * 12_000,
    "headings in one block": "#\n" * 20_000,
    "underlined headings": "a\n---\n" * 8000,
    "empty items of a list": "- \n" * 15_000,
    "definitions of terms": "term\n: def" * 4500,
    "a wide and long table": f"{'|a' * 3000}|\n{'|-' * 3000}|\n" + f"{'|b' * 3000}|\n" * 400,
    "nested quotations": ">" * 20_000 + " a\n",
    "nested brackets": "[" * 40_000,
}

MATTERS = {
    "unknown keys": "".join(f"k{number}: 1\n" for number in range(20_000)),
    "tags": f"tags: [{', '.join(f't{number}' for number in range(5000))}]\n",
    "aliases": "aliases:\n" + "".join(f"  - /old/{number}/\n" for number in range(20_000)),
    "a tag of YAML on a text": "x: !!bool abc\n",
    "a tag of YAML on nothing": 'x: !!int ""\n',
    "a long key": f"{'k' * 100_000}: 1\n",
}


def hostile(name: str) -> str:
    text = article("Hostile", 3, body=BODIES.get(name, "A text."))
    return text.replace("---\n", f"---\n{MATTERS.get(name, '')}", 1)


@pytest.mark.slow
def test_a_record_made_to_take_time_costs_itself_and_no_other(tmp_path: Path) -> None:
    site = SiteBench(tmp_path / "site").write_all(SMALL).write(GOOD, article("Good news", 2))
    names = {f"content/articles/hostile-{place}.md": name for place, name in enumerate([*BODIES, *MATTERS])}
    for file, name in names.items():
        site.write(file, hostile(name))
    report = site.build(keep_going=True).expect_built().report
    assert report is not None
    assert "news/chips/good/index.html" in site.files()
    refused = {names[one.file]: one.code for one in report.problems if one.is_error}
    for name in ("a million newlines", "rules", "a wide and long table", "nested quotations", "nested brackets"):
        assert refused[name] == "markdown-failed"
    assert {refused[name] for name in ("unknown keys", "tags", "aliases")} == {"over-limit"}
    assert {refused[name] for name in MATTERS if "YAML" in name} == {"bad-yaml"}
    assert "equal headings" not in refused


def test_a_record_beyond_the_time_is_named_with_the_limit(tmp_path: Path) -> None:
    site = SiteBench(tmp_path / "site").write_all(SMALL).write(GOOD, article("Good news", 2))
    site.edit("site.toml", "[theme]", "[limits]\nrecord_seconds = 1\n\n[theme]")
    site.write(
        "content/articles/slow.md", article("Slow", 3, body=("*a* **b** [d](/e) <b>f</b> " * 10 + "\n\n") * 19_000)
    )
    site.build(keep_going=True).expect_report(
        """\
content/articles/slow.md: error: reading the record takes too long [over-limit]
    expected: at most 1 s of processor time
    hint: shorten or split the record, or raise 'record_seconds' in [limits] of site.toml
"""
    )
    assert "news/chips/good/index.html" in site.files()
