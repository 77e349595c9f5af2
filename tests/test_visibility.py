"""Drafts, `published` and `expires` of every kind that has a page: what is there, what only its title, and when."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from checking import found
from generator.build import Request, survey
from generator.inspect import forecast, list_records
from links import broken_links
from sitebench import NOW, SiteBench, article

pytestmark = pytest.mark.slow

KINDS = {
    "topic": ("content/topics/t.md", {"title": "Tee", "featured": True}, "topics/t/index.html"),
    "source": ("content/sources/s.md", {"title": "Ess", "homepage": "https://ess.example/"}, "sources/s/index.html"),
    "entity": ("content/entities/e.md", {"title": "Eee", "type": "company"}, "entities/e/index.html"),
    "page": ("content/pages/p.md", {"title": "Pee", "navigation": "header"}, "p/index.html"),
    "story": (
        "content/stories/st.md",
        {"title": "Stee", "topic": "chips", "published": "2026-05-01T00:00:00Z"},
        "stories/st/index.html",
    ),
}
SITE = "[outputs]\napi = true\n\n[listings]"


def write(bench: SiteBench, kind: str, **matter: Any) -> str:
    """Write a record of a kind, beside articles that name it and link to it; the path of its page."""
    file, fields, page = KINDS[kind]
    bench.write(file, "---\n" + msgspec.yaml.encode({**fields, **matter}).decode() + "---\nWords.\n")
    name = file.rpartition("/")[2].removesuffix(".md")
    named = {
        "topic": {"topic": name},
        "source": {"source": name},
        "entity": {"entities": [{"entity": name}]},
        "story": {"story": name},
    }
    body = f"See [it]({kind}:{name})."
    bench.write("content/articles/names.md", article("Names", 8, body=body, **named.get(kind, {})))
    if "[outputs]" not in (bench.root / "site.toml").read_text():
        bench.edit("site.toml", "[listings]", SITE)
    return page


def mentions(bench: SiteBench, page: str) -> list[str]:
    """Outputs that hold the address of a page, or lie below its folder."""
    folder = page.removesuffix("index.html")
    return [path for path, data in bench.files().items() if f"/{folder}".encode() in data or path.startswith(folder)]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("hidden", "shown"),
    [
        ({"draft": True}, {"draft": False}),
        ({"published": "2026-07-01T00:00:00Z"}, {"published": "2026-06-01T00:00:00Z"}),
        ({"expires": "2026-06-02T00:00:00Z"}, {"expires": "2026-07-02T00:00:00Z"}),
    ],
)
def test_what_is_not_to_be_seen_has_no_page_feed_link_document_or_line(
    bench: SiteBench, kind: str, hidden: dict[str, Any], shown: dict[str, Any]
) -> None:
    page = write(bench, kind, **shown)
    bench.build().expect_built()
    assert len(mentions(bench, page)) > 1
    write(bench, kind, **hidden)
    bench.build().expect_built()
    assert mentions(bench, page) == []
    assert not bench.files().keys() & {f"api/{page.removesuffix('/index.html')}.json"}
    assert broken_links(bench.output, "https://bench.example") == set()
    text = bench.page("news/t/names/index.html" if kind == "topic" else "news/chips/names/index.html").text
    assert "See it." in text
    assert (KINDS[kind][1]["title"] in text) == (kind in ("topic", "source", "entity"))
    bench.expect_same_as_clean_build()
    write(bench, kind, **shown)
    bench.build().expect_same_as_clean_build()


@pytest.mark.parametrize("kind", KINDS)
def test_time_alone_brings_and_takes_every_kind(bench: SiteBench, kind: str) -> None:
    comes, goes = datetime(2026, 6, 11, tzinfo=UTC), datetime(2026, 6, 20, tzinfo=UTC)
    page = write(bench, kind, published=comes.isoformat(), expires=goes.isoformat())
    second = timedelta(seconds=1)
    for moment in (NOW, comes - second, comes, goes - second, goes):
        bench.build(now=moment).expect_built()
        assert (bench.output / page).exists() == (comes <= moment < goes)
        bench.expect_same_as_clean_build(now=moment)


@pytest.mark.parametrize("kind", KINDS)
def test_the_next_change_is_that_of_any_kind(bench: SiteBench, kind: str) -> None:
    write(bench, kind, published="2026-06-15T00:00:00Z", expires="2026-06-25T00:00:00Z")
    bench.build()
    for now, what in ((NOW, "published"), (datetime(2026, 6, 16, tzinfo=UTC), "expires")):
        with survey(Request(root=bench.root, output=bench.output, now=now, workers=1)) as known:
            coming = forecast(known)
        assert coming.at is not None
        assert coming.at.day == (15 if what == "published" else 25)
        assert [(cause.kind, cause.file) for cause in coming.causes] == [(what, KINDS[kind][0])]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_in_the_lists(bench: SiteBench, kind: str) -> None:
    for name, matter in (
        ("drafts", {"draft": True}),
        ("scheduled", {"published": "2026-07-01T00:00:00Z"}),
        ("expired", {"expires": "2026-06-01T00:00:00Z"}),
    ):
        write(bench, kind, **matter)
        with survey(Request(root=bench.root, output=bench.output, now=NOW, workers=1)) as known:
            listed = list_records(known, name)  # type: ignore[arg-type]
        assert [one.file for one in listed] == [KINDS[kind][0]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_preview_marks_what_readers_do_not_see_and_keeps_it_from_search_engines(bench: SiteBench, kind: str) -> None:
    page = write(bench, kind, draft=True, published="2027-01-01T00:00:00Z")
    bench.build(drafts=True, future=True).expect_built()
    assert bench.page(page).texts("//header//*[@class='draft']") == ["Draft", "Scheduled"]
    assert bench.page(page).tree.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not any(address.endswith(f"/{page.removesuffix('index.html')}") for address in bench.listed())


def test_topics_below_a_hidden_one_stand_below_the_next_that_is_seen(bench: SiteBench) -> None:
    bench.write("content/topics/mid.md", "---\ntitle: Middle\nparent: chips\ndraft: true\n---\n")
    bench.write("content/topics/low.md", "---\ntitle: Low\nparent: mid\n---\n")
    bench.build().expect_built()
    crumbs = bench.page("topics/low/index.html").texts("//nav[contains(@class, 'crumbs')]//li")
    assert crumbs[-3:] == ["Topics", "Chips", "Low"]
    assert "/topics/low/" in bench.page("topics/chips/index.html").text
    bench.edit("content/topics/mid.md", "draft: true", "draft: false").build().expect_same_as_clean_build()
    crumbs = bench.page("topics/low/index.html").texts("//nav[contains(@class, 'crumbs')]//li")
    assert crumbs[-4:] == ["Topics", "Chips", "Middle", "Low"]


@pytest.mark.parametrize("kind", ["topic", "source", "entity"])
def test_a_draft_that_public_records_name_is_told(bench: SiteBench, kind: str) -> None:
    write(bench, kind, draft=True)
    told = found(bench)
    assert "1 public record names the draft" in told
    assert f"{KINDS[kind][0]}:" in told
    assert "content/articles/names.md" in told
    write(bench, kind, published="2027-01-01T00:00:00Z")
    assert "hidden-reference" not in found(bench)
    write(bench, kind)
    assert "hidden-reference" not in found(bench)


@pytest.mark.parametrize("kind", KINDS)
def test_a_record_cannot_expire_before_it_is_published(bench: SiteBench, kind: str) -> None:
    write(bench, kind, published="2026-06-02T00:00:00Z", expires="2026-06-01T00:00:00Z")
    bench.build().expect_refused()
    assert "'expires' is before 'published'" in bench.problems
