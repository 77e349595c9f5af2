"""New records load without a Problem, and what their comments show is what their kind takes."""

import re
from contextlib import suppress
from pathlib import Path
from typing import Any, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.config import Config
from generator.errors import PublishError, UsageError
from generator.load.cuts import find_cuts
from generator.load.frontmatter import read_front_matter, split_record
from generator.load.ids import list_ids
from generator.names import Form, Kind, RecordId, is_segment
from generator.reach import Reach
from generator.records import KINDS
from generator.scaffold import RecordRequest, choose_id, compose_record, fold_text, make_record, write_new
from generator.shape import CONTROL, check_shape
from materials import make_config
from sitebench import NOW, SiteBench


def want(kind: Kind, **fields: Any) -> RecordRequest:
    ids = {"topic": RecordId("chips"), "source": RecordId("wire")}
    return RecordRequest(**{"kind": kind, "id": RecordId("new-one"), "title": "New one", "now": NOW, **ids, **fields})


def config(**site: Any) -> Config:
    return make_config(site=site)


@pytest.mark.parametrize("form", [None, *get_args(Form)])
def test_a_new_article_of_each_form_loads_and_is_a_draft(bench: SiteBench, form: Form | None) -> None:
    path, text = make_record(want("article", form=form), config())
    bench.write(path, text).build().expect_built().expect_report("")
    assert not (bench.output / "news/chips/new-one/index.html").exists()
    bench.build(drafts=True).expect_report("")
    page = bench.page("news/chips/new-one/index.html")
    assert page.texts("//h1") == ["New one"]
    assert ("Why it matters." in page.text) == (form == "brief")


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "article"])
def test_a_new_record_of_each_kind_loads(bench: SiteBench, kind: Kind) -> None:
    path, text = make_record(want(kind), config())
    bench.write(path, text).build(drafts=True).expect_built().expect_report("")
    assert list_ids(Reach(bench.root), kind)[RecordId("new-one")] == path


def uncommented(text: str) -> str:
    """A record with the keys of its comments: all but the comments that begin with a capital."""
    return re.sub(r"^# (?=[a-z_]+:| )", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize("kind", KINDS)
def test_every_key_in_the_comments_is_one_of_the_kind(kind: Kind) -> None:
    plain, text = (f(make_record(want(kind), config())[1]) for f in (str, uncommented))
    matter, _ = split_record(text.encode(), file="x.md")
    shown = matter.keys() - split_record(plain.encode(), file="x.md")[0].keys()
    assert len(shown) >= 2
    assert not re.findall(r"^# [a-z ]", text, re.MULTILINE)
    times = {
        key for key in matter if key.endswith(("published", "starts", "updated", "ends", "expires", "until", "at"))
    }
    said = {key: value for key, value in matter.items() if key not in {*times, "verified", "timeline"}}
    found = check_shape(said, KINDS[kind], file="x.md")
    assert {problem.code for problem in found} <= {"missing-key"}, found


@pytest.mark.parametrize("kind", KINDS)
def test_texts_in_the_comments_may_hold_commas_and_signs(kind: Kind) -> None:
    text = uncommented(make_record(want(kind), config())[1])
    written = re.sub(r'"([A-Za-z][^"]{3,})"', r'"\1: a, b # c } ]"', text)
    front = read_front_matter(written.encode(), file="x.md")
    assert "{" not in text
    assert list(find_cuts(front.block, KINDS[kind], file="x.md")) == []
    assert str(front.matter).count(": a, b # c } ]") == written.count(": a, b # c } ]")


def test_times_are_told_in_the_zone_of_the_site() -> None:
    path, text = make_record(want("article"), config(time_zone="Europe/Berlin"))
    assert "published: 2026-06-10T14:00+02:00\n" in text
    assert path == "content/articles/2026/new-one.md"
    newyear = NOW.replace(month=12, day=31, hour=23, tzinfo=ZoneInfo("UTC"))
    assert make_record(want("article", now=newyear), config(time_zone="Europe/Berlin"))[0].split("/")[2] == "2027"


def test_an_article_of_the_own_source_needs_no_original() -> None:
    assert "source_url" not in make_record(want("article"), config(source="wire"))[1]
    assert "source_url: https://original.invalid/" in make_record(want("article"), config())[1]
    assert (
        "source_url: https://w.example/1" in make_record(want("article", source_url="https://w.example/1"), config())[1]
    )


@given(title=st.text(min_size=1), record_id=st.sampled_from([None, "an-id"]))
def test_any_title_comes_back_out_of_the_file(title: str, record_id: str | None) -> None:
    folded = fold_text(title)
    assert not CONTROL.search(folded)
    if not folded:
        return
    path, text = make_record(want("article", title=folded), config())
    matter, _ = split_record(text.encode(), file=path)
    assert matter["title"] == folded
    with suppress(UsageError):  # of letters and digits it has none
        assert is_segment(choose_id(folded, record_id))


@pytest.mark.parametrize("wanted", ["../up", "Big", "a/b", ".hidden", "x" * 201, "-x", ""])
def test_an_id_that_no_path_can_hold_is_refused(wanted: str) -> None:
    with pytest.raises(UsageError, match=r"--id|cannot be part of a path"):
        choose_id("A title", wanted)


def fold(value: Any) -> Any:
    if isinstance(value, list):
        return [fold_text(one) for one in value]
    return fold_text(value) if isinstance(value, str) else value


@given(st.dictionaries(st.from_regex(r"\A[a-z_]{1,9}\Z"), st.text() | st.lists(st.text()) | st.booleans() | st.none()))
def test_front_matter_is_read_back_as_it_was_written(matter: dict[str, Any]) -> None:
    clean = {key: fold(value) for key, value in matter.items() if value is not None}
    found, body = split_record(compose_record(matter | clean, "x").encode(), file="x.md")
    assert (found, body.strip()) == (clean, "x")


def test_what_is_there_is_not_overwritten(tmp_path: Path) -> None:
    write_new(tmp_path, "content/topics/a.md", b"one")
    with pytest.raises(PublishError, match="nothing is overwritten"):
        write_new(tmp_path, "content/topics/a.md", b"two")
    assert (tmp_path / "content/topics/a.md").read_bytes() == b"one"


def test_no_link_leads_a_new_file_out_of_content(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "site/content/topics").symlink_to(tmp_path / "outside")
    (tmp_path / "site/content/pages").symlink_to("pages")
    for folder in ("topics", "pages"):
        with pytest.raises(PublishError, match=f"content/{folder}/a.md"):
            write_new(tmp_path / "site", f"content/{folder}/a.md", b"one")
    assert list((tmp_path / "outside").iterdir()) == []
