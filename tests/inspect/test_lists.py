"""Which records are in which list."""

import os

from conftest import ROOT
from generator.build import Request, survey
from generator.inspect import ListName, list_records
from sitebench import NOW, SiteBench, article

VERIFIED = {"by": "A", "how": "asked", "at": "2026-05-02T00:00:00Z"}


def listed(bench: SiteBench, name: ListName) -> list[tuple[str, str]]:
    with survey(Request(root=bench.root, output=bench.output, now=NOW, workers=1)) as known:
        return [(one.kind, one.id or one.file) for one in list_records(known, name)]


def test_each_list_holds_what_it_says_in_order_of_time(bench: SiteBench) -> None:
    bench.write("content/articles/d.md", article("D", 1, draft=True, published="2027-01-01T00:00:00Z"))
    bench.write("content/articles/s.md", article("S", 1, published="2026-07-02T00:00:00Z"))
    bench.write("content/articles/r.md", article("R", 1, published="2026-07-01T00:00:00Z"))
    bench.write("content/articles/e.md", article("E", 1, expires="2026-06-01T00:00:00Z"))
    bench.write("content/articles/v.md", article("V", 2, verified=VERIFIED))
    campaign = "---\nsponsor: A\nhomepage: https://a.example/\nheadline: H\n{}\n---\n"
    bench.write("content/sponsors/waits.md", campaign.format("starts: 2026-07-01T12:00:00Z"))
    bench.write("content/sponsors/over.md", campaign.format("ends: 2026-05-01T12:00:00Z"))
    assert listed(bench, "drafts") == [("article", "d")]
    assert listed(bench, "scheduled") == [("article", "r"), ("sponsor", "waits"), ("article", "s")]
    assert listed(bench, "expired") == [("sponsor", "over"), ("article", "e")]
    assert listed(bench, "unverified") == [("article", f"a{day}") for day in range(1, 6)]


def test_orphans_are_what_nothing_public_leads_to(bench: SiteBench) -> None:
    assert listed(bench, "orphans") == [("entity", "acme"), ("source", "post"), ("topic", "space")]
    bench.write("content/articles/d.md", article("D", 1, draft=True, topic="space", source="post"))
    assert len(listed(bench, "orphans")) == 3
    bench.edit("content/articles/d.md", "draft: true", "entities: [{entity: acme}]")
    assert listed(bench, "orphans") == []
    bench.write("content/pages/lost.md", "---\ntitle: Lost\n---\nSee [this](page:lost).\n")
    bench.write("content/stories/none.md", "---\ntitle: T\npublished: 2026-05-01\ntopic: chips\n---\n")
    bench.write("content/media/old.png", b"")
    found = [("story", "none"), ("picture", "content/media/old.png"), ("page", "lost")]
    assert listed(bench, "orphans") == found
    bench.write(os.fsdecode(b"content/media/\xff\x1b.png"), b"")
    assert ("picture", "content/media/\ufffd\ufffd.png") in listed(bench, "orphans")
    bench.write("content/media/old.png", (ROOT / "content/media/wafer.webp").read_bytes())
    bench.rename("content/media/old.png", "content/media/old.webp").edit("site.toml", '"base"', '"broadsheet"')
    bench.edit("site.toml", "[listings]", '[theme.options]\nlogo = "old.webp"\n\n[listings]')
    assert ("picture", "content/media/old.webp") not in listed(bench, "orphans")
    bench.edit("content/pages/about.md", "Who we are.", "See [lost](page:lost).")
    assert ("page", "lost") not in listed(bench, "orphans")
