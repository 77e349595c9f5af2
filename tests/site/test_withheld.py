"""What is kept from readers, and that it is what a snapshot leaves out."""

from datetime import timedelta

import pytest

from generator.build import Request, survey
from generator.site import all_withheld, count_withheld, find_withheld, open_snapshot
from sitebench import NOW, SiteBench, article

DAY = timedelta(days=1)
TIMES = {"none": None, "past": (NOW - DAY).isoformat(), "now": NOW.isoformat(), "future": (NOW + DAY).isoformat()}


@pytest.mark.parametrize("drafts", [False, True])
@pytest.mark.parametrize("future", [False, True])
def test_what_is_withheld_is_what_an_edition_leaves_out(bench: SiteBench, drafts: bool, future: bool) -> None:
    for draft in (False, True):
        for first, published in TIMES.items():
            for last, expires in TIMES.items():
                if published and expires and published >= expires:
                    continue
                times = {"published": published, "expires": expires, "starts": published, "ends": expires}
                matter = {key: value for key, value in times.items() if value}
                name = f"{first}-{last}-{draft}".lower()
                given = {key: matter[key] for key in ("published", "expires") if key in matter}
                bench.write(f"content/articles/{name}.md", article(name, 1, draft=draft, **given))
                lines = "".join(f"{key}: {matter[key]}\n" for key in ("starts", "ends") if key in matter)
                bench.write(
                    f"content/sponsors/{name}.md",
                    "---\nsponsor: A\nhomepage: https://a.example/\nheadline: H\n"
                    f"draft: {str(draft).lower()}\n{lines}---\nX.\n",
                )
    with survey(Request(root=bench.root, output=bench.output, now=NOW, workers=1)) as known:
        site, zone = known.prepared.site, known.config.zone
    snapshot = open_snapshot(site, now=NOW, zone=zone, drafts=drafts, future=future)
    seen = {one.id for one in (*snapshot.articles, *snapshot.stories)}
    withheld = {one.record.file for one in all_withheld(site, NOW, drafts=drafts, future=future)}
    assert {one.id for one in site.articles.values() if one.file not in withheld} == seen
    running = {one.file for one in snapshot.campaigns}
    assert {one.file for one in site.sponsors.values()} - withheld == running
    counts = count_withheld(site, NOW, drafts=drafts, future=future)
    assert sum(counts.values()) == len(withheld)
    assert (counts["drafts"] == 0) is drafts


def test_a_draft_is_a_draft_first_and_what_is_over_is_over_before_it_is_to_come(bench: SiteBench) -> None:
    bench.write("content/articles/d.md", article("D", 1, draft=True, expires="2026-06-01T00:00:00Z"))
    with survey(Request(root=bench.root, output=bench.output, now=NOW, workers=1)) as known:
        record = known.prepared.site.articles["d"]  # type: ignore[index]  # an id
    found = find_withheld(record, NOW)
    assert found is not None
    assert (found.state, found.ends) == ("drafts", record.expires)
    over = find_withheld(record, NOW, drafts=True)
    assert over is not None
    assert over.state == "expired"
