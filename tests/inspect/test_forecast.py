"""The moment that `forecast` names: a build at it makes other bytes, no build before it does."""

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import at_most
from generator.build import Request, survey
from generator.inspect import Forecast, forecast
from sitebench import NOW, SMALL, SiteBench, article

SECOND = timedelta(seconds=1)
CAMPAIGN = """\
---
sponsor: Anvil
homepage: https://anvil.example/
headline: Anvils
places: [front]
{}
---
Buy one.
"""


def foresee(bench: SiteBench, now: datetime = NOW, *, drafts: bool = False) -> Forecast:
    with survey(Request(root=bench.root, output=bench.output, now=now, drafts=drafts, workers=1)) as known:
        return forecast(known)


def files_at(bench: SiteBench, now: datetime) -> dict[str, bytes]:
    return bench.build(now=now).expect_built().files()


def show(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


HOURS = st.integers(-60, 60).map(lambda hours: NOW + timedelta(hours=hours))
MAYBE = st.none() | HOURS


@st.composite
def articles(draw: st.DrawFn) -> str:
    published = draw(HOURS)
    matter: dict[str, Any] = {"published": show(published), "draft": draw(st.sampled_from([False, False, True]))}
    for key in ("expires", "updated"):
        if (time := draw(MAYBE)) is not None and time >= published:
            matter[key] = show(time)
    if draw(st.booleans()):
        matter["badge"] = "live"
        if (until := draw(MAYBE)) is not None:
            matter["badge_until"] = show(until)
    if (at := draw(MAYBE)) is not None:
        matter["revisions"] = [{"at": show(at), "note": "We erred.", "significant": draw(st.booleans())}]
    return article("News", 1, **matter)


@st.composite
def campaigns(draw: st.DrawFn) -> str:
    starts, ends = draw(MAYBE), draw(MAYBE)
    lines = [f"starts: {show(starts)}"] if starts else []
    if ends and (starts is None or ends >= starts):
        lines.append(f"ends: {show(ends)}")
    return CAMPAIGN.format("\n".join(lines))


FAMILIES = "[outputs]\n" + "".join(
    f"{name} = false\n" for name in ("entities", "tags", "archive", "insights", "atom", "json_feed", "llms", "opml")
)


@at_most(12)
@given(st.lists(articles(), min_size=1, max_size=3), st.none() | campaigns(), st.floats(0, 1), st.booleans())
def test_nothing_changes_before_the_moment_and_something_does_at_it(
    written: list[str], campaign: str | None, part: float, has_news: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = SiteBench(Path(folder)).write_all(SMALL)
        bench.edit("site.toml", "[images]", f"{FAMILIES}news_sitemap = {str(has_news).lower()}\n[images]")
        for number, text in enumerate(written):
            bench.write(f"content/articles/n{number}.md", text)
        if campaign:
            bench.write("content/sponsors/anvil.md", campaign)
        now = files_at(bench, NOW)
        coming = foresee(bench)
        end = coming.at or NOW + timedelta(days=400)
        between = NOW + (end - SECOND - NOW) * part
        assert files_at(bench, between.replace(microsecond=0)) == now
        assert files_at(bench, end - SECOND) == now
        assert (coming.at is None) == (files_at(bench, end) == now)
        assert bool(coming.causes) == (coming.at is not None)


@pytest.mark.parametrize(
    ("matter", "kind", "hours"),
    [
        ({"published": show(NOW + timedelta(hours=5))}, "published", 5),
        ({"expires": show(NOW + timedelta(hours=6))}, "expires", 6),
        ({"badge": "live", "badge_until": show(NOW + timedelta(hours=7))}, "badge-ends", 7),
        ({"published": show(NOW - timedelta(hours=40))}, "news-ends", 8),
        ({"updated": show(NOW + timedelta(hours=9))}, "updated", 9),
        ({"revisions": [{"at": show(NOW + timedelta(hours=10)), "note": "No."}]}, "revised", 10),
    ],
)
def test_the_cause_is_named(bench: SiteBench, matter: dict[str, Any], kind: str, hours: int) -> None:
    bench.write("content/articles/soon.md", article("Soon", 1, **matter))
    coming = foresee(bench)
    assert coming.at == NOW + timedelta(hours=hours)
    assert [(cause.kind, cause.id, cause.file) for cause in coming.causes] == [
        (kind, "soon", "content/articles/soon.md")
    ]


FACT = {"text": "It rained.", "sources": ["wire"]}


@pytest.mark.parametrize(
    ("matter", "kind"),
    [
        ({"published": show(NOW + SECOND)}, "published"),
        ({"updated": show(NOW + SECOND)}, "updated"),
        ({"facts": [{**FACT, "at": show(NOW + SECOND)}]}, "fact"),
        ({"facts": [{**FACT, "disputed_by": ["post"], "disputed_at": show(NOW + SECOND)}]}, "dispute"),
        ({"status": "settled", "status_at": show(NOW + SECOND)}, "status"),
        ({"revisions": [{"at": show(NOW + SECOND), "note": "No."}]}, "revised"),
    ],
)
def test_what_happens_to_a_story_is_foreseen(bench: SiteBench, matter: dict[str, Any], kind: str) -> None:
    story = {"title": "Rain", "published": "2026-05-01T00:00:00Z", "topic": "chips", **matter}
    bench.write("content/stories/rain.md", f"---\n{msgspec.yaml.encode(story).decode()}---\n")
    bench.write("content/articles/one.md", article("One", 1, story="rain"))
    bench.write("content/articles/two.md", article("Two", 2, story="rain", source="post"))
    coming = foresee(bench)
    assert (coming.at, [(cause.kind, cause.id) for cause in coming.causes]) == (NOW + SECOND, [(kind, "rain")])
    assert files_at(bench, NOW) != files_at(bench, NOW + SECOND)


def test_the_moment_when_a_story_is_quiet_is_foreseen_and_built(bench: SiteBench) -> None:
    ago = (show(NOW - timedelta(days=days) + timedelta(hours=1)) for days in (28, 14))
    story = {"title": "Rain", "published": next(ago), "topic": "chips"}
    bench.write("content/stories/rain.md", f"---\n{msgspec.yaml.encode(story).decode()}---\n")
    bench.write("content/articles/one.md", article("One", 1, story="rain", published=next(ago)))
    coming, soon = foresee(bench), NOW + timedelta(hours=1)
    assert (coming.at, [(cause.kind, cause.id) for cause in coming.causes]) == (soon, [("quiet", "rain")])
    before = files_at(bench, soon - SECOND)
    after = files_at(bench, soon)
    pages = {path for path, content in after.items() if before[path] != content and path.endswith(".html")}
    assert pages == {"stories/index.html", "stories/rain/index.html", "topics/chips/index.html"}
    for page in pages:
        assert "Developing" in before[page].decode()
        assert "No new report since" in after[page].decode()
        assert "Developing" not in after[page].decode()
    bench.expect_rendered(*pages).expect_same_as_clean_build(now=soon)


def test_a_campaign_that_gets_no_slot_changes_nothing_but_the_ledger(bench: SiteBench) -> None:
    bench.edit("site.toml", "[images]", "[outputs]\nsponsors = false\n[images]")
    soon = show(NOW + timedelta(hours=3))
    bench.write("content/sponsors/anvil.md", CAMPAIGN.format(f"starts: {soon}\ntopics: [space]"))
    assert foresee(bench).at is None
    bench.edit("content/sponsors/anvil.md", "topics: [space]", "")
    assert foresee(bench).at == NOW + timedelta(hours=3)


def test_drafts_change_nothing_unless_they_count(bench: SiteBench) -> None:
    bench.write("content/articles/soon.md", article("Soon", 1, draft=True, published=show(NOW + SECOND)))
    assert foresee(bench) == Forecast(None)
    assert foresee(bench, drafts=True).at == NOW + SECOND


def test_of_several_at_once_all_are_named(bench: SiteBench) -> None:
    for name in ("b", "a"):
        bench.write(f"content/articles/{name}.md", article(name, 1, published=show(NOW + SECOND)))
    assert [cause.id for cause in foresee(bench).causes] == ["a", "b"]


def test_a_forecast_leaves_the_output_folder_alone(bench: SiteBench) -> None:
    foresee(bench, datetime(2026, 1, 1, tzinfo=UTC))
    assert not bench.output.exists()
