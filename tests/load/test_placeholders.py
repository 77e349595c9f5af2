"""What `new` writes to be replaced is refused once the record is no draft, and nothing else is."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
import yaml

from generator.load.frontmatter import read_front_matter
from generator.load.placeholders import find_placeholders
from generator.names import Form, Kind, RecordId
from generator.records import KINDS
from generator.records.beginnings import BODIES, FORM_KEYS, placeholder_texts, read_notes
from generator.scaffold import RecordRequest, make_record
from materials import make_config
from sitebench import NOW, SiteBench, article


def written(kind: Kind, *, is_draft: bool, form: Form | None = None) -> str:
    """A new record as `new` writes it, with all keys of its comments."""
    names = {"id": RecordId("new-one"), "topic": RecordId("chips"), "source": RecordId("wire")}
    wanted = RecordRequest(kind=kind, title="New one", now=NOW, form=form, is_draft=is_draft, **names)
    text = make_record(wanted, make_config())[1]
    return re.sub(r"^# (?=[a-z_]+:| )", "", text, flags=re.MULTILINE)


def found_in(text: str, kind: Kind) -> list[str]:
    front = read_front_matter(text.encode(), file="x.md")
    return [problem.message for problem in find_placeholders(front, kind, file="x.md")]


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    else:
        for one in value.values() if isinstance(value, dict) else value:
            yield from _leaves(one)


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_and_address_of_the_comments_is_found_unless_the_record_is_a_draft(kind: Kind) -> None:
    text = written(kind, is_draft=False)
    shown = re.findall(r'"([^"\n]* [^"\n]*)"', read_notes(kind))
    addresses = re.findall(r"https://\S+", text.partition("\n---\n")[0])
    assert shown
    assert len(found_in(text, kind)) == len(shown) + len(addresses) + (kind == "sponsor")
    assert all(address.removesuffix("/").endswith(".invalid") for address in addresses)
    assert found_in(text.replace("---\n", "---\ndraft: true\n", 1), kind) == []


@pytest.mark.parametrize("form", get_args(Form))
def test_every_word_that_a_form_begins_with_is_found(form: Form) -> None:
    front = read_front_matter(written("article", is_draft=False, form=form).encode(), file="x.md")
    keys = {problem.key[0] for problem in find_placeholders(front, "article", file="x.md") if problem.key}
    assert FORM_KEYS.get(form, {}).keys() <= keys
    told = "\n".join(problem.message for problem in find_placeholders(front, "article", file="x.md"))
    paragraphs = [line for line in front.body.splitlines() if line and not line.startswith("#")]
    assert bool(paragraphs) == (form in BODIES)
    assert all(f"'{line}'" in told for line in paragraphs)


@pytest.mark.parametrize("text", [one for keys in FORM_KEYS.values() for one in _leaves(keys)])
def test_each_text_of_a_form_is_a_placeholder_by_itself(text: str) -> None:
    assert (text in placeholder_texts("article")) == (text not in ("sector", "for", "against"))


@pytest.mark.parametrize("style", ["'", '"', "|", ">"])
@pytest.mark.parametrize(
    ("value", "is_placeholder"),
    [
        ("https://original.invalid/", True),
        ("https://original.invalid", True),
        (" HTTPS://Original.Invalid/a?b#c", True),
        ("http://user@original.invalid.:80/", True),
        ("The message in a line", True),
        ("The  message\n in a line", True),
        ("The message in a line, and more", False),
        ("https://original.invalid.example/", False),
        ("https://invalid.example/.invalid", False),
        ("https://[half.invalid/", False),
        ("All that is .invalid", False),
        ("Lantern", False),
    ],
)
def test_a_placeholder_is_known_however_it_is_written(value: str, is_placeholder: bool, style: str) -> None:
    block = yaml.safe_dump({"actions": [{"text": value}]}, default_style=style)
    front = read_front_matter(f"---\n{block}---\n".encode(), file="x.md")
    problems = list(find_placeholders(front, "sponsor", file="x.md"))
    assert bool(problems) is is_placeholder
    assert all((one.key, one.message) == (("actions", 0, "text"), "'text' is a placeholder") for one in problems)


def test_a_site_refuses_placeholders_and_builds_with_the_draft(bench: SiteBench) -> None:
    bench.write("content/articles/new.md", article("New", 9, source_url="https://original.invalid/"))
    bench.build().expect_refused().expect_report(
        "content/articles/new.md:4: error: 'source_url' is a placeholder [placeholder]\n"
        "    source_url: https://original.invalid/\n"
        "    hint: replace or remove it; with 'draft: true', it can stay\n"
    )
    bench.edit("content/articles/new.md", "topic: chips", "topic: chips\ndraft: true")
    bench.build().expect_built().expect_report("")
    bench.build(drafts=True).expect_built().expect_report("")


def test_headings_that_new_wrote_may_stay(bench: SiteBench) -> None:
    body = "## The question\n\nWe found out.\n\n## The first part\n\nIt went on."
    bench.write("content/articles/new.md", article("New", 9, body=body)).build().expect_built().expect_report("")
