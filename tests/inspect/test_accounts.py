"""What `account_sponsors` counts is what the built pages show."""

import json
from collections import Counter
from typing import Any

from generator.build import Request, survey
from generator.inspect import Account, Accounts, account_sponsors
from sitebench import NOW, SiteBench, article


def campaign(bench: SiteBench, name: str, **matter: Any) -> None:
    lines = "\n".join(f"{key}: {value}" for key, value in matter.items())
    text = f"---\nsponsor: {name.title()}\nhomepage: https://{name}.example/\nheadline: Buy\n{lines}\n---\nNow.\n"
    bench.write(f"content/sponsors/{name}.md", text)


def account(bench: SiteBench) -> Accounts:
    with survey(Request(root=bench.root, output=bench.output, now=NOW, workers=1)) as known:
        return account_sponsors(known)


def one_of(accounts: Accounts, name: str) -> Account:
    return next(one for one in accounts.accounts if one.id == name)


def many(bench: SiteBench) -> SiteBench:
    for number in range(60):
        bench.write(f"content/articles/n{number}.md", article(f"News {number}", 1 + number % 28))
    return bench


def test_the_counts_are_those_of_the_pages_before_and_after_a_build(bench: SiteBench) -> None:
    many(bench)
    campaign(bench, "heavy", weight=60)
    campaign(bench, "light", weight=20, places="[article]")
    cold = account(bench)
    bench.build().expect_built()
    assert account(bench) == cold
    shown: Counter[tuple[str, str]] = Counter()
    for path in bench.files():
        if path.endswith(".html"):
            for sponsor in bench.page(path).texts("//aside[contains(@class, 'slot')]//*[@class='slot-sponsor']/p[1]"):
                kind = {"news": "article", "topics": "topic"}.get(path.split("/")[0], "front")
                shown[sponsor, kind] += 1
    for name in ("heavy", "light"):
        pages = {place: count for place, count in one_of(cold, name).slots.items() if place != "feed"}
        assert pages == {kind: count for (sponsor, kind), count in shown.items() if sponsor == name.title()}


def test_share_is_held_against_weight(bench: SiteBench) -> None:
    many(bench)
    campaign(bench, "heavy", weight=75, places="[article]")
    campaign(bench, "light", weight=25, places="[article]")
    heavy, light = (one_of(account(bench), name) for name in ("heavy", "light"))
    assert (heavy.due, light.due) == (0.75, 0.25)
    assert abs(heavy.share + light.share - 1) < 0.001
    assert heavy.slots["article"] + light.slots["article"] == 65
    assert 0.6 < heavy.share < 0.9


def test_what_keeps_a_campaign_away_is_told(bench: SiteBench) -> None:
    bench.edit("content/articles/a2.md", "topic: chips", "topic: chips\nentities: [{entity: acme}]")
    campaign(bench, "acme", places="[article]")
    campaign(bench, "nowhere", places="[topic]", topics="[none]")
    bench.write("content/topics/none.md", "---\ntitle: None\n---\n")
    acme = one_of(account(bench), "acme")
    assert (acme.slots, acme.kept_away) == ({"article": 4}, 1)
    assert acme.conflicts == ("kept from 1 of 5 slots by the entities on their pages",)
    bench.edit("site.toml", "[images]", "[outputs]\ntopics = false\n[images]")
    assert one_of(account(bench), "nowhere").conflicts == (
        "no page of this site has an eligible slot",
        "the campaign gets nothing from 2026-06-10T12:00Z until 2026-07-10T12:00Z",
    )


def test_states_and_a_slot_of_feeds_counts_once_for_all_formats(bench: SiteBench) -> None:
    many(bench)
    campaign(bench, "feeds", places="[feed]", starts="2026-01-01")
    campaign(bench, "dateless", places="[feed]")
    campaign(bench, "later", starts="2027-01-01")
    campaign(bench, "over", ends="2026-01-01")
    campaign(bench, "draft", draft="true")
    accounts = account(bench)
    states = {one.id: one.state for one in accounts.accounts}
    assert states == {"dateless": "runs", "draft": "draft", "feeds": "runs", "later": "waits", "over": "over"}
    # The feeds of the site, of the topic and of the source have more than ten articles, and each message comes once.
    assert one_of(accounts, "feeds").slots == {"feed": 3}
    assert (
        "appears in no feed: every feed item needs a date, and it has no 'starts'"
        in one_of(accounts, "dateless").conflicts
    )
    assert accounts.empty["feed"] == accounts.slots["feed"] - 3


def test_the_public_ledger_tells_no_secrets_and_the_same_counts(bench: SiteBench) -> None:
    campaign(bench, "runs", places="[front, article]", starts="2026-01-01")
    campaign(bench, "later", starts="2027-01-01")
    campaign(bench, "over", ends="2026-01-01")
    campaign(bench, "draft", draft="true")
    bench.build().expect_built()
    page = bench.page("sponsors/index.html")
    assert page.texts("//main//p[@class='entry-title']") == ["Runs", "Over"]
    assert page.texts("//main//li//li") == ["on the front page", "on 5 articles"]
    assert page.tree.xpath("//footer//a[@href='/sponsors/']")
    assert any(address.endswith("/sponsors/") for address in bench.listed())
    bench.edit("site.toml", "[images]", "[outputs]\nsponsors = false\n[images]").build().expect_built()
    assert not (bench.output / "sponsors").exists()


def test_slots_are_counted_while_no_campaign_runs(bench: SiteBench) -> None:
    campaign(bench, "over", places="[article]", starts="2026-01-01", ends="2026-06-11")
    bench.build().expect_built()
    document = json.loads((bench.output / "sponsors/index.json").read_bytes())
    assert document["running"][0]["places"] == {"article": 5}
    bench.build(now=NOW.replace(day=12)).expect_built()
    after = json.loads((bench.output / "sponsors/index.json").read_bytes())
    assert (after["slots"], after["running"]) == (document["slots"], [])
    accounts = account(bench)
    bench.edit("content/sponsors/over.md", "2026-06-11", "2026-06-01")
    assert account(bench).empty == accounts.slots == document["slots"]


def test_without_campaigns_there_is_no_public_ledger(bench: SiteBench) -> None:
    bench.build().expect_built()
    assert not (bench.output / "sponsors").exists()
    assert account(bench) == Accounts((), {}, {})


def test_the_public_ledger_follows_what_pages_show(bench: SiteBench) -> None:
    campaign(bench, "runs", places="[article]")
    bench.build().expect_built().write("content/articles/new.md", article("New", 9)).build().expect_built()
    assert "sponsors/index.html" in bench.rendered
    assert bench.page("sponsors/index.html").texts("//main//li//li") == ["on 6 articles"]
    bench.edit("content/articles/new.md", "few words", "some words").build().expect_built()
    assert "sponsors/index.html" not in bench.rendered
