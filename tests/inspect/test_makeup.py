"""What `explain_output` says of one output."""

from typing import Any

import pytest

from generator.build import Request, survey
from generator.inspect import Makeup, UnknownOutputError, explain_output
from generator.publish import Reason
from sitebench import NOW, SiteBench, article

ARTICLE = "news/chips/a2/index.html"


def explain(bench: SiteBench, named: str, **options: Any) -> Makeup:
    with survey(Request(root=bench.root, output=bench.output, workers=1, **{"now": NOW, **options})) as known:
        return explain_output(known, named)


def campaign(bench: SiteBench, name: str, **matter: Any) -> None:
    lines = "\n".join(f"{key}: {value}" for key, value in matter.items())
    text = f"---\nsponsor: {name}\nhomepage: https://{name}.example/\nheadline: Buy\n{lines}\n---\nNow.\n"
    bench.write(f"content/sponsors/{name}.md", text)


@pytest.mark.parametrize(
    "named",
    [
        ARTICLE,
        "/news/chips/a2/",
        "news/chips/a2",
        "https://bench.example/news/chips/a2/?x=1#top",
        "public/news/chips/a2/index.html",
        "content/articles/a2.md",
    ],
)
def test_an_output_is_found_by_its_path_its_address_its_file_and_its_record(bench: SiteBench, named: str) -> None:
    assert explain(bench, named).path == ARTICLE


def test_what_is_not_there_is_refused_with_what_is(bench: SiteBench) -> None:
    with pytest.raises(UnknownOutputError) as caught:
        explain(bench, "/news/chips/gone/")
    assert ARTICLE in caught.value.paths


def test_the_records_that_a_page_shows_are_named_and_no_others(bench: SiteBench) -> None:
    bench.write("content/articles/far.md", article("Far", 1, topic="space", source="post", tags=["x"]))
    makeup = explain(bench, ARTICLE)
    assert (makeup.owner, makeup.view) == ("content/articles/a2.md", "ArticlePage")
    assert {"content/topics/chips.md", "content/sources/wire.md", "content/articles/a1.md"} <= set(makeup.records)
    assert not {"content/articles/far.md", "content/sources/post.md", "content/articles/a2.md"} & set(makeup.records)


def test_records_without_a_page_are_named_where_they_are_shown(bench: SiteBench) -> None:
    bench.edit("content/articles/a2.md", "topic: chips", "topic: chips\nentities: [{entity: acme}]")
    off = "".join(f"{family} = false\n" for family in ("topics", "sources", "entities"))
    bench.edit("site.toml", "[images]", f"[outputs]\n{off}[images]")
    grounds = {"content/topics/chips.md", "content/sources/wire.md", "content/entities/acme.md"}
    assert grounds <= set(explain(bench, ARTICLE).records)
    assert not grounds & set(explain(bench, "/about/").records)


def test_the_templates_and_assets_of_a_page_are_named(bench: SiteBench) -> None:
    makeup = explain(bench, "/")
    assert {"themes/base/templates/front.html", "themes/base/templates/layout.html"} <= set(makeup.templates)
    assert not any(file.endswith("templates/article.html") for file in makeup.templates)
    assert "style.css" in makeup.assets
    assert explain(bench, "/feed.xml").templates == ()


def test_each_campaign_is_told_with_what_became_of_it(bench: SiteBench) -> None:
    bench.edit("content/articles/a2.md", "topic: chips", "topic: chips\nentities: [{entity: acme}]")
    campaign(bench, "heavy", weight=100)
    campaign(bench, "light", weight=1)
    campaign(bench, "acme")
    campaign(bench, "elsewhere", topics="[space]")
    campaign(bench, "front", places="[front]")
    campaign(bench, "later", starts="2027-01-01")
    campaign(bench, "over", ends="2026-01-01")
    campaign(bench, "draft", draft="true")
    (slot,) = explain(bench, ARTICLE).slots
    said = {one.id: one.verdict for one in slot.candidates}
    assert (slot.place, slot.spot, slot.candidates[0].id) == ("article", ARTICLE, slot.chosen)
    assert {said[slot.chosen or ""], said["light" if slot.chosen == "heavy" else "heavy"]} == {
        "it is its turn",
        "it is another campaign's turn",
    }
    assert said["acme"] == "it must not appear beside Acme"
    assert said["elsewhere"] == "its topics are space"
    assert said["front"] == "its places are front"
    assert said["later"] == "it starts at 2027-01-01T00:00:00Z"
    assert said["over"] == "it is over"
    assert said["draft"] == "it is a draft"
    page = bench.build().expect_built().page(ARTICLE)
    assert page.texts("//aside[contains(@class, 'slot')]//*[@class='slot-sponsor']/p")[0] == slot.chosen


def test_slots_are_told_while_no_campaign_runs(bench: SiteBench) -> None:
    assert explain(bench, ARTICLE).slots == ()
    campaign(bench, "later", starts="2027-01-01")
    (slot,) = explain(bench, ARTICLE).slots
    assert (slot.chosen, [one.verdict for one in slot.candidates]) == (None, ["it starts at 2027-01-01T00:00:00Z"])


def test_why_it_was_rendered_last_and_what_a_build_would_do_now(bench: SiteBench) -> None:
    assert explain(bench, ARTICLE).rendered is None
    assert explain(bench, ARTICLE).now is Reason.NEW
    bench.build().expect_built()
    assert explain(bench, ARTICLE).rendered == (NOW, Reason.NEW)
    bench.edit("content/articles/a2.md", "few words", "some words")
    assert explain(bench, ARTICLE).now is Reason.VIEW
    later = NOW.replace(hour=15)
    bench.build(now=later).expect_built()
    bench.build(now=NOW.replace(hour=16)).expect_built()
    makeup = explain(bench, ARTICLE)
    assert (makeup.rendered, makeup.now) == ((later, Reason.VIEW), Reason.SAME)
    assert explain(bench, "/about/").rendered == (NOW, Reason.NEW)
