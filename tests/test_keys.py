"""One key, one view: what a build takes from the ledger is what it would have made."""

import functools
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from PIL import Image

from conftest import ROOT
from generator.config import read_config
from generator.load import CACHE_NAME, BuildCache, cache_key, load_records, scan_content
from generator.names import STATE_FOLDER, Digest, OutputPath
from generator.outputs import ANY_VIEW, KINDS, Draft, OutputMetadata, Plan
from generator.outputs.files import Copy, Rendition, Sitemap
from generator.outputs.view import View
from generator.plan import PlanSupplies, plan_outputs
from generator.publish import read_manifest, state_folder
from generator.site import link_site
from generator.theme import Theme, open_theme
from generator.workers import Workers
from materials import make_config
from sitebench import DEMO_NOW, NOW, SITE_TOML, SMALL, SiteBench, article, copy_demo

pytestmark = pytest.mark.slow

SECOND = timedelta(seconds=1)


def june(day: int) -> datetime:
    return datetime(2026, 6, day, tzinfo=UTC)


def picture(colour: str, **options: Any) -> bytes:
    data = BytesIO()
    Image.new("RGB", (8, 4), colour).save(data, "PNG", save_all=True, **options)
    return data.getvalue()


STORY = """\
---
title: An event
summary: What happened.
published: 2026-05-02
updated: 2026-06-16
topic: chips
entities: [{entity: acme, role: maker}]
image: {src: event.png, alt: The event}
verdict: "As [one](article:a1) says."
facts:
  - {text: It happened., sources: [wire, post]}
  - {text: It rained., sources: [post], disputed_by: [wire], disputed_at: 2026-06-21}
  - {text: It snowed., sources: [wire], at: 2026-06-20}
differences:
  - {aspect: Who won, views: {wire: The maker., post: "See [us](page:about)."}}
coverage:
  post: {framing: A race., tone: glad}
status: settled
status_at: 2026-06-22
revisions:
  - {at: 2026-06-05, note: It was May., significant: true}
  - {at: 2026-06-06, note: A comma.}
  - {at: 2026-06-23, note: It was April., significant: true}
---
More of it.
"""
CAMPAIGN = """\
---
sponsor: Lantern
homepage: https://lantern.example/
headline: Slow light
image: {src: ad.png, alt: A lantern}
ends: 2026-06-18
---
See [chips](topic:chips) and [one](article:a1).
"""
RICH = {
    **SMALL,
    "site.toml": SITE_TOML,
    "content/topics/chips.md": "---\ntitle: Chips\norder: 1\nfeatured: true\n---\nSuch as [one](article:a1).\n",
    "content/topics/law.md": "---\ntitle: Law\norder: 3\nparent: space\n---\n",
    "content/entities/ada.md": "---\ntitle: Ada\ntype: person\n---\nOf [Acme](entity:acme).\n",
    "content/articles/a1.md": article(
        "One",
        1,
        body="[Two](article:a2#part), [us](page:about), [event](story:s1), ![x](chip.png).",
        image={"src": "chip.png", "alt": "A chip"},
        story="s1",
        entities=[{"entity": "acme"}, {"entity": "ada"}],
        tags=["AI", "C++"],
        badge="live",
        badge_until="2026-06-11T00:00:00Z",
        updated="2026-06-12T00:00:00Z",
        aliases=["/old/one/"],
        revisions=[{"at": "2026-06-13T00:00:00Z", "note": "Told later.", "significant": True}],
        sentiment={"label": "mixed", "score": 0.5},
    ),
    "content/articles/a2.md": article(
        "Two", 2, body="## Part\n\nText.\n\n## Next\n\nText.", tags=["ai"], form="feature"
    ),
    "content/articles/a3.md": article(
        "Three", 3, source="post", story="s1", expires="2026-06-14T00:00:00Z", also=["space"], disclaimer="usual"
    ),
    "content/articles/a4.md": article("Four", 4, topic="space", via=["post"], sentiment={"label": "mixed", "score": 0}),
    **{f"content/articles/b{day}.md": article(f"Chip news {day}", day, tags=["ai"]) for day in range(5, 13)},
    "content/articles/waits.md": article("It waits", 1, published="2026-06-15T00:00:00Z", story="s1"),
    "content/articles/draft.md": article("A draft", 2, draft=True),
    "content/stories/s1.md": STORY,
    "content/stories/s2.md": "---\ntitle: To come\npublished: 2026-06-17\ntopic: space\n---\n",
    "content/sponsors/c1.md": CAMPAIGN,
    "content/sponsors/c2.md": "---\nsponsor: B\nhomepage: https://b.example/\nheadline: B\nstarts: 2026-06-19\n---\n",
}
TURNS = [*(june(day) for day in range(11, 24)), june(17) + timedelta(days=14)]
"""When time alone changes the rich site; at last, the second story has no report for long."""


def make_rich(root: Path) -> SiteBench:
    bench = SiteBench(root).write_all(RICH)
    bench.edit("site.toml", "[listings]", "[outputs]\napi = true\n\n[listings]")
    bench.edit("site.toml", "[listings]", '[disclaimers]\nusual = "We may err."\n\n[listings]')
    bench.edit("site.toml", "cards = false", "cards = true")
    for name, colour in (("chip", "red"), ("event", "green")):
        bench.write(f"content/media/{name}.png", picture(colour))
    return bench.write("content/media/ad.png", picture("blue", append_images=[Image.new("RGB", (8, 4), "black")]))


class Planned(NamedTuple):
    """A draft with its view made and encoded; `asked` are the digests of what its maker asked for, by name."""

    key: Digest | None
    view: bytes
    metadata: OutputMetadata
    asked: Mapping[str, Digest]


def plan_site(bench: SiteBench, now: datetime, **shown: bool) -> Plan:
    """Plan what lies on disk, as a build does."""
    config = read_config(bench.root)
    memory_file = bench.root / STATE_FOLDER / CACHE_NAME
    with closing(BuildCache(memory_file, cache_key(config))) as cache, Workers(1) as workers:
        loaded = load_records(scan_content(bench.root), config, cache, workers)
    assert not [problem for problem in loaded.problems if problem.is_error]
    site = link_site(loaded.records, config)
    theme = theme_of(config.theme.name, config.site.language, msgspec.json.encode(config.strings))
    assets = theme.assets.values()
    return plan_outputs(
        site, PlanSupplies(theme.strings, loaded.assets, assets, has_script=True), config, now=now, **shown
    )


@functools.cache
def theme_of(name: str, language: str, own: bytes) -> Theme:
    tables = {"theme": {"name": name}, "site": {"language": language}, "strings": msgspec.json.decode(own)}
    return open_theme(ROOT, make_config(**tables))


def encode(view: View) -> bytes:
    return msgspec.msgpack.Encoder(order="deterministic").encode(view)


def make_all(plan: Plan) -> dict[str, Planned]:
    """Everything that a plan comes to, by path; under "" the chrome, with all that makers can ask for."""

    def make(draft: Draft) -> Planned:
        view, asked = draft.make_noting()
        digests = {name: plan.standing.get(name, Digest("")) for name in asked.split()}
        return Planned(draft.key, encode(view), draft.read_metadata(view), digests)

    made = {draft.path: make(draft) for draft in plan.drafts}
    made |= {draft.path: make(draft) for draft in plan.complete({path: one.metadata for path, one in made.items()})}
    return made | {"": Planned(None, msgspec.msgpack.encode(plan.chrome), OutputMetadata(), plan.standing)}


def is_known(old: Planned, new: Planned, standing: Mapping[str, Digest]) -> bool:
    """Whether a build takes the old view for the new one."""
    if old.key is None or old.key != new.key:
        return False
    return all(standing.get(name, "") == digest for name, digest in old.asked.items())


def check_keys(before: dict[str, Planned], after: dict[str, Planned]) -> None:
    """Wherever views or metadata differ, the keys differ; and something does, and something does not."""
    assert before != after, "the edit changes nothing, so this shows nothing"
    for path in before.keys() & after.keys():
        old, new = before[path], after[path]
        if path and is_known(old, new, after[""].asked):
            assert (old.view, old.metadata) == (new.view, new.metadata), path


# Two sites that differ by one edit

EDITS: dict[str, tuple[str, str, str]] = {
    "title": ("articles/a1.md", "title: One", "title: Won"),
    "title of one in the middle": ("articles/b7.md", "Chip news 7", "Other news"),
    "body": ("articles/a1.md", "[Two]", "[Zwei]"),
    "summary": ("articles/b9.md", "in short", "at length"),
    "slug of a linked article": ("articles/a2.md", "title: Two", "title: Two\nslug: zwei"),
    "heading that a link leads to": ("articles/a2.md", "## Part", "## Piece"),
    "draft published": ("articles/draft.md", "draft: true", "draft: false"),
    "article withdrawn": ("articles/b7.md", "title:", "draft: true\ntitle:"),
    "order in time": ("articles/b6.md", "2026-05-06", "2026-05-20"),
    "topic of an article": ("articles/b6.md", "topic: chips", "topic: law"),
    "old address": ("articles/a1.md", "/old/one/", "/older/one/"),
    "further topic": ("articles/b6.md", "topic: chips", "topic: chips\nalso: [space]"),
    "source of an article": ("articles/b6.md", "source: wire", "source: post"),
    "story of an article": ("articles/b6.md", "title:", "story: s1\ntitle:"),
    "entity of an article": ("articles/b6.md", "title:", "entities: [{entity: ada}]\ntitle:"),
    "tag spelling of the oldest": ("articles/a1.md", "AI", "A.I."),
    "tag": ("articles/b6.md", "- ai", "- law"),
    "form": ("articles/a2.md", "form: feature", "form: report"),
    "pinned": ("articles/b6.md", "title:", "pinned: true\ntitle:"),
    "noindex": ("articles/b6.md", "title:", "noindex: true\ntitle:"),
    "picture left out": ("articles/a1.md", ", ![x](chip.png)", ""),
    "disclaimer": ("articles/a3.md", "disclaimer: usual", "disclaimer: Unusual."),
    "topic title": ("topics/chips.md", "title: Chips", "title: Silicon"),
    "topic order": ("topics/law.md", "order: 3", "order: 0"),
    "topic above": ("topics/law.md", "parent: space", "parent: chips"),
    "topic body": ("topics/chips.md", "Such as", "As in"),
    "topic colour": ("topics/chips.md", "order: 1", "order: 1\ncolour: '#123456'"),
    "source title": ("sources/post.md", "title: The Post", "title: The Times"),
    "source homepage": ("sources/wire.md", "https://wire.example/", "https://wires.example/"),
    "entity title": ("entities/acme.md", "title: Acme", "title: Acme Ltd"),
    "entity type": ("entities/acme.md", "type: company", "type: product"),
    "entity of a campaign's sponsor": ("entities/acme.md", "title: Acme", "title: Lantern"),
    "story title": ("stories/s1.md", "title: An event", "title: The event"),
    "story fact": ("stories/s1.md", "It happened.", "It did happen."),
    "who told a fact": ("stories/s1.md", "sources: [wire, post]", "sources: [post]"),
    "story verdict": ("stories/s1.md", "As [one]", "So [one]"),
    "view in a story": ("stories/s1.md", "The maker.", "Nobody."),
    "tone of a source": ("stories/s1.md", "tone: glad", "tone: sad"),
    "entity of a story": ("stories/s1.md", "entity: acme", "entity: ada"),
    "status of a story": ("stories/s1.md", "status_at: 2026-06-22", "status_at: 2026-06-07"),
    "time of a fact": ("stories/s1.md", "{text: It happened.,", "{text: It happened., at: 2026-05-20,"),
    "time of a dispute": ("stories/s1.md", "disputed_at: 2026-06-21", "disputed_at: 2026-06-01"),
    "correction of a story": ("stories/s1.md", "It was May.", "It was March."),
    "correction that is none": ("stories/s1.md", "note: It was May., significant: true", "note: It was May."),
    "correction of an article": (
        "articles/b6.md",
        "title:",
        "revisions: [{at: 2026-06-02, note: No., significant: true}]\ntitle:",
    ),
    "title of what was corrected": ("stories/s1.md", "title: An event", "title: That event"),
    "story withdrawn": ("stories/s2.md", "2026-06-17", "2026-05-17"),
    "campaign headline": ("sponsors/c1.md", "Slow light", "Slower light"),
    "campaign text": ("sponsors/c1.md", "See [chips]", "On [chips]"),
    "campaign place": ("sponsors/c1.md", "headline:", "places: [topic]\nheadline:"),
    "campaign in one topic": ("sponsors/c1.md", "headline:", "topics: [space]\nheadline:"),
    "campaign not beside": ("sponsors/c1.md", "headline:", "not_beside: [acme]\nheadline:"),
    "page title": ("pages/about.md", "title: About", "title: Us"),
    "page slug": ("pages/about.md", "title: About", "title: About\nslug: us"),
    "page navigation": ("pages/about.md", "header", "footer"),
    "config: title": ("../site.toml", "Bench News", "Other News"),
    "config: address": ("../site.toml", "https://bench.example", "https://bench.example/deep"),
    "config: own source": ("../site.toml", "[theme]", 'source = "post"\n[theme]'),
    "config: time zone": ("../site.toml", "[theme]", 'time_zone = "Pacific/Kiritimati"\n[theme]'),
    "config: disclaimer": ("../site.toml", "We may err.", "We err."),
    "config: size of pages": ("../site.toml", "page_items = 3", "page_items = 2"),
    "config: tags off": ("../site.toml", "[outputs]", "[outputs]\ntags = false"),
    "config: sources off": ("../site.toml", "[outputs]", "[outputs]\nsources = false"),
    "config: changes off": ("../site.toml", "[outputs]", "[outputs]\nchanges = false"),
    "config: corrections off": ("../site.toml", "[outputs]", "[outputs]\ncorrections = false"),
    "config: feeds off": ("../site.toml", "[outputs]", "[outputs]\nrss = false"),
    "config: no API": ("../site.toml", "api = true", "api = false"),
    "config: no cards": ("../site.toml", "cards = true", "cards = false"),
    "config: quality of pictures": ("../site.toml", "[images]", "[images]\nquality = 50"),
    "config: no WebP": ("../site.toml", "[images]", "[images]\nwebp = false"),
    "config: a word": ("../site.toml", "[front]", '[strings]\nhome = "Start"\n\n[front]'),
    "config: the words for a topic's feed": ("../site.toml", "[front]", '[strings]\nfeed_title = "{name}"\n\n[front]'),
    "config: language": ("../site.toml", "[theme]", 'language = "nl"\n[theme]'),
    "config: markdown alternates": ("../site.toml", "[outputs]", "[outputs]\nmarkdown = true"),
    "config: a form that is not to be listed": (
        "../site.toml",
        "[front]",
        '[metadata]\nnoindex_forms = ["feature"]\n\n[front]',
    ),
    "source that is not to be listed": ("sources/post.md", "title: The Post", "title: The Post\nnoindex: true"),
    "page about an author": (
        "articles/b6.md",
        "title:",
        "author: Ada\nauthor_url: https://ada.example/\ntitle:",
    ),
    "config: summaries in feeds": ("../site.toml", "[front]", '[feeds]\ncontent = "summary"\n\n[front]'),
}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Planned]:
    return make_all(plan_site(make_rich(tmp_path_factory.mktemp("rich") / "site"), NOW))


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_that_changes_a_view_changes_its_key(rich: dict[str, Planned], tmp_path: Path, name: str) -> None:
    path, old, new = EDITS[name]
    bench = make_rich(tmp_path / "site").edit(f"content/{path}", old, new)
    is_later = name == "story withdrawn"
    check_keys(rich, make_all(plan_site(bench, june(10) if is_later else NOW)))


@pytest.mark.parametrize("name", ["chip", "event", "ad"])
def test_other_bytes_of_a_picture_change_the_keys_of_what_shows_it(
    rich: dict[str, Planned], tmp_path: Path, name: str
) -> None:
    bench = make_rich(tmp_path / "site").write(f"content/media/{name}.png", picture("white"))
    check_keys(rich, make_all(plan_site(bench, NOW)))


@pytest.mark.parametrize("path", ["articles/b7.md", "articles/a4.md", "articles/waits.md", "sponsors/c1.md"])
def test_a_record_that_is_gone_changes_the_keys_of_what_showed_it(tmp_path: Path, path: str) -> None:
    bench = make_rich(tmp_path / "site")
    before = make_all(plan_site(bench, june(16)))
    check_keys(before, make_all(plan_site(bench.remove(f"content/{path}"), june(16))))


def test_a_record_that_moved_to_another_file_changes_the_keys_of_what_shows_it(
    rich: dict[str, Planned], tmp_path: Path
) -> None:
    bench = make_rich(tmp_path / "site").rename("content/articles/b7.md", "content/articles/seven.md")
    check_keys(rich, make_all(plan_site(bench, NOW)))


@pytest.mark.parametrize("shown", [{"drafts": True}, {"future": True}])
def test_drafts_and_what_waits_change_the_keys_of_what_shows_them(
    rich: dict[str, Planned], tmp_path: Path, shown: dict[str, bool]
) -> None:
    check_keys(rich, make_all(plan_site(make_rich(tmp_path / "site"), NOW, **shown)))


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: f"{turn:%d}")
def test_what_is_shown_before_its_time_changes_its_key_when_that_comes(tmp_path: Path, turn: datetime) -> None:
    bench = make_rich(tmp_path / "site")
    before, after = (plan_site(bench, now, future=True) for now in (turn - timedelta(seconds=1), turn))
    check_keys(make_all(before), make_all(after))


@pytest.mark.parametrize("turn", TURNS, ids=lambda turn: f"{turn:%d}")
def test_what_changes_by_time_alone_changes_its_key(tmp_path: Path, turn: datetime) -> None:
    """A badge, an update, a revision, an expiry, a publication, a campaign: each has its day."""
    bench = make_rich(tmp_path / "site")
    check_keys(make_all(plan_site(bench, turn - SECOND)), make_all(plan_site(bench, turn)))


def test_most_keys_outlive_an_edit_of_one_record(rich: dict[str, Planned], tmp_path: Path) -> None:
    bench = make_rich(tmp_path / "site").edit("content/articles/a4.md", "few words", "new words")
    after = make_all(plan_site(bench, NOW))
    other = {path for path, one in after.items() if one.key and not is_known(rich[path], one, after[""].asked)}
    assert "news/space/a4/index.html" in other
    assert len(other) * 3 < len(after)


BESIDE: dict[str, tuple[str, str, str]] = {
    "title of a source": ("sources/post.md", "title: The Post", "title: The Times"),
    "title of an entity": ("entities/acme.md", "title: Acme", "title: Acme Ltd"),
    "title of a topic": ("topics/law.md", "title: Law", "title: Laws"),
    "what a campaign says": ("sponsors/c1.md", "Slow light", "Slower light"),
    "a new source": ("sources/fresh.md", "", "---\ntitle: Fresh\nhomepage: https://fresh.example/\n---\n"),
    "a new entity": ("entities/fresh.md", "", "---\ntitle: Fresh\ntype: person\n---\n"),
}


@pytest.mark.parametrize("name", BESIDE)
def test_an_edit_beside_the_news_is_known_from_what_does_not_ask_for_it(
    rich: dict[str, Planned], tmp_path: Path, name: str
) -> None:
    path, old, new = BESIDE[name]
    bench = make_rich(tmp_path / "site")
    after = make_all(
        plan_site(bench.edit(f"content/{path}", old, new) if old else bench.write(f"content/{path}", new), NOW)
    )
    keyed = [path for path, one in after.items() if one.key and path in rich]
    other = [path for path in keyed if not is_known(rich[path], after[path], after[""].asked)]
    if old:
        check_keys(rich, after)
        assert 0 < len(other) < len(keyed) / 2, other
    else:
        assert other == []


# The demonstration site

META = "articles/2026/art-20417.md"
DEMO_EDITS: dict[str, tuple[str, str, str]] = {
    "title": (META, "Meta lets staff pause", "Meta lets nobody pause"),
    "summary": (META, "A memo softens", "A letter softens"),
    "topic": (META, "topic: artificial-intelligence", "topic: devices"),
    "tag spelling": (META, "training data", "Training Data"),
    "role of an entity": (META, "The programme being softened", "The programme"),
    "text of a brief": ("articles/2026/art-20430.md", "can ask to be exempted", "may ask to be exempted"),
    "topic title": ("topics/chips.md", "title: Chips", "title: Silicon"),
    "source title": ("sources/bbc-news.md", "title: ", "title: The "),
    "entity description": ("entities/redis.md", "title: ", "title: The "),
    "story fact": ("stories/redis-licence-2024.md", "Valkey continues", "Valkey goes on"),
    "quote": ("stories/redis-licence-2024.md", "A community under a neutral roof.", "A community."),
    "campaign": ("sponsors/slow-lantern.md", "weight: 30", "weight: 90"),
    "page": ("pages/how-we-work.md", "order: 2", "order: 9"),
    "config": ("../site.toml", "page_items = 12", "page_items = 5"),
    "switch": ("../site.toml", "[outputs]", "[outputs]\nentities = false"),
}


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> SiteBench:
    return copy_demo(tmp_path_factory.mktemp("demo") / "site")


@pytest.fixture(scope="module")
def demo_planned(demo: SiteBench) -> dict[str, Planned]:
    return make_all(plan_site(demo, DEMO_NOW))


@pytest.fixture
def restored(demo: SiteBench) -> Iterator[SiteBench]:
    """The demonstration site, whose files are as they were after the test."""
    kept = {file: file.read_bytes() for file in demo.root.rglob("*") if file.is_file() and "content" in file.parts}
    kept[demo.root / "site.toml"] = (demo.root / "site.toml").read_bytes()
    yield demo
    for file, data in kept.items():
        if not file.exists() or file.read_bytes() != data:
            file.write_bytes(data)


@pytest.mark.parametrize("name", DEMO_EDITS)
def test_an_edit_of_the_demonstration_site_changes_the_keys_of_the_views_it_changes(
    restored: SiteBench, demo_planned: dict[str, Planned], name: str
) -> None:
    path, old, new = DEMO_EDITS[name]
    check_keys(demo_planned, make_all(plan_site(restored.edit(f"content/{path}", old, new), DEMO_NOW)))


def test_another_picture_of_the_demonstration_site_changes_the_keys_of_what_shows_it(
    restored: SiteBench, demo_planned: dict[str, Planned]
) -> None:
    restored.write("content/media/fork.webp", picture("white"))
    check_keys(demo_planned, make_all(plan_site(restored, DEMO_NOW)))


@pytest.mark.parametrize("now", ["2026-06-05T13:44:59Z", "2026-06-04T09:59:59Z", "2025-05-01T15:59:59Z"])
def test_a_second_of_the_demonstration_site_changes_the_keys_of_what_it_changes(demo: SiteBench, now: str) -> None:
    before = datetime.fromisoformat(now)
    check_keys(make_all(plan_site(demo, before)), make_all(plan_site(demo, before + SECOND)))


# Views go to other processes


def drafts_of(plan: Plan) -> list[tuple[Draft, View]]:
    made = [(draft, draft.make()) for draft in plan.drafts]
    more = plan.complete({draft.path: draft.read_metadata(view) for draft, view in made})
    return [*made, *((draft, draft.make()) for draft in more)]


def test_what_is_read_of_an_encoded_view_is_the_view(demo: SiteBench, tmp_path: Path) -> None:
    kinds = set()
    for plan in (plan_site(demo, DEMO_NOW), plan_site(make_rich(tmp_path / "site"), june(16), drafts=True)):
        for draft, view in drafts_of(plan):
            kinds.add(type(view))
            data = encode(view)
            assert type(view) is draft.kind
            assert msgspec.msgpack.decode(data, type=ANY_VIEW) == view, draft.path
            assert encode(msgspec.msgpack.decode(data, type=ANY_VIEW)) == data
    assert kinds == set(KINDS)


# Time


def test_a_plan_holds_until_the_moment_that_it_names(tmp_path: Path) -> None:
    bench = make_rich(tmp_path / "site")
    plan = plan_site(bench, june(10))
    turns = []
    while plan.until is not None:
        turns.append(plan.until)
        before, last, then = make_all(plan), plan_site(bench, plan.until - SECOND), plan_site(bench, plan.until)
        assert (make_all(last), last.until) == (before, plan.until)
        assert make_all(then) != before
        plan = then
    assert turns == TURNS
    assert make_all(plan_site(bench, june(10) + timedelta(days=9999))) == make_all(plan)


# What the ledger remembers


def metadata_of(bench: SiteBench) -> dict[OutputPath, tuple[Digest | None, OutputMetadata]]:
    entries = read_manifest(state_folder(bench.root, bench.output)).entries
    return {path: (entry.key, entry.metadata) for path, entry in entries.items()}


EDIT: dict[str, Callable[[SiteBench], object]] = {
    "nothing": lambda _: None,
    "a title": lambda bench: bench.edit("content/articles/b7.md", "Chip news 7", "Other news"),
    "a picture": lambda bench: bench.write("content/media/chip.png", picture("white")),
    "no picture any more": lambda bench: bench.edit("content/stories/s1.md", "image: {src: event.png, alt: E}\n", ""),
    "a new article": lambda bench: bench.write("content/articles/new.md", article("New", 20)),
}


@pytest.mark.parametrize("name", EDIT)
def test_remembered_metadata_gives_the_sitemap_and_copies_that_fresh_ones_give(tmp_path: Path, name: str) -> None:
    bench = make_rich(tmp_path / "site").edit("content/stories/s1.md", "alt: The event", "alt: E").build()
    EDIT[name](bench.expect_built())
    bench.build().expect_built()
    plan = plan_site(bench, NOW)
    made = {draft.path: draft.read_metadata(draft.make()) for draft in plan.drafts}
    remembered = metadata_of(bench)
    assert {draft.path: (draft.key, made[draft.path]) for draft in plan.drafts} == {
        path: remembered[path] for path in made
    }
    kept = {path: remembered[path][1] for path in made}
    views = [[(draft.path, draft.make()) for draft in plan.complete(metadata)] for metadata in (made, kept)]
    assert views[0] == views[1]
    assert {type(view) for _, view in views[0]} >= {Copy, Rendition, Sitemap}
    assert {path for path, _ in views[0]} | set(made) == set(remembered)
    bench.expect_same_as_clean_build()


def test_the_second_build_of_the_demonstration_site_makes_no_keyed_view(tmp_path: Path) -> None:
    bench = copy_demo(tmp_path / "site")
    bench.build(now=DEMO_NOW).expect_built()
    remembered = metadata_of(bench)
    for draft in plan_site(bench, DEMO_NOW).drafts:
        assert remembered[draft.path][0] == draft.key
