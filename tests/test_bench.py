"""The bench: its corpus, its sites, its sums. What needs Hugo and others installed is not run here."""

import re
import subprocess
import sys
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import frontmatter
import pytest
from lxml import etree

from bench.chart import render_chart
from bench.corpus import NOW, Corpus
from bench.measure import BuildError, Counts, Figures, Globs, Rounds, count_output, memory_kind, memory_of, run
from bench.peers import PEERS, Conversion, Peer
from bench.results import (
    COMMONMARK,
    GOALS,
    OURS,
    Results,
    Session,
    ToolResults,
    judge,
    read_results,
    render_page,
    write_results,
)
from bench.site import FEED_ITEMS, PAGE_ITEMS, Newsprint
from generator.build import Report, Request, build

pytestmark = pytest.mark.slow

SIZE = 130
CORPUS = Corpus(SIZE)
ARTICLES = [record for record in CORPUS.records() if record.kind == "article"]
COUNTS = Counts(articles=1, listings=1, feeds=1, sitemaps=1, article_bytes=1)


def build_strictly(folder: Path) -> Report:
    return build(Request(root=folder, output=folder / "public", now=NOW, strict=True, explain=True, workers=1))


# The corpus


def test_a_seed_gives_the_same_bytes_each_time_and_another_seed_others() -> None:
    texts = [record.text() for record in CORPUS.records()]
    assert texts == [record.text() for record in Corpus(SIZE).records()]
    assert texts != [record.text() for record in Corpus(SIZE, seed=2).records()]


def test_the_corpus_does_not_depend_on_the_hash_seed() -> None:
    code = "import bench.corpus; print([record.text() for record in bench.corpus.Corpus(40).records()])"
    root = Path(__file__).parent.parent
    texts = {
        subprocess.check_output([sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, cwd=root)
        for seed in ("1", "2")
    }
    assert len(texts) == 1


def test_the_corpus_is_as_large_and_as_varied_as_a_real_site() -> None:
    articles = [record for record in Corpus(400).records() if record.kind == "article"]
    lengths = [len(record.body.split()) for record in articles]
    assert len(articles) == 400
    assert 500 < sum(lengths) / len(lengths) < 700
    assert max(lengths) - min(lengths) > 400
    for mark in ("## ", "](https://", "](article:", "](topic:", "**", "- ", "> ", "```", "|---|"):
        assert any(mark in record.body for record in articles), mark
    assert 5 <= sum("```" in record.body for record in articles) <= 40
    vocabulary = {word for record in articles for word in re.findall(r"[a-z]+", record.body.lower())}
    assert len(vocabulary) > 1500


def test_stories_have_two_to_six_articles_of_different_sources_and_one_topic() -> None:
    stories = [record for record in CORPUS.records() if record.kind == "story"]
    assert len(stories) == pytest.approx(SIZE / 20, abs=1)
    for story in stories:
        told = [record.matter for record in ARTICLES if record.matter.get("story") == story.id]
        assert 2 <= len(told) <= 6
        assert len({matter["source"] for matter in told}) == len(told)
        assert {matter["topic"] for matter in told} == {story.matter["topic"]}


def test_articles_come_oldest_first_and_newcomers_are_newer_than_all_and_never_the_same() -> None:
    newcomers = [CORPUS.newcomer(number) for number in range(301)]
    times = [record.matter["published"] for record in ARTICLES + newcomers]
    assert all(older < newer for older, newer in pairwise(times))
    assert times[-1] < NOW
    assert len({record.path for record in ARTICLES + newcomers}) == SIZE + 301


def test_front_matter_says_what_the_record_holds() -> None:
    for record in CORPUS.records():
        read = frontmatter.loads(record.text())
        expected = {key: value for key, value in record.matter.items() if key not in {"published", "timeline"}}
        found = {key: value for key, value in read.metadata.items() if key not in {"published", "timeline"}}
        if "verified" not in expected and "revisions" not in expected:
            assert found == expected


# Our sites


def test_the_site_beside_peers_builds_strictly_and_holds_what_theirs_do(tmp_path: Path) -> None:
    Newsprint().write(tmp_path / "site", CORPUS)
    build_strictly(tmp_path / "site")
    counts = count_output(tmp_path / "site/public", Globs())
    assert counts.articles == SIZE
    assert counts.feeds == 1 + len(CORPUS.topics)
    assert counts.sitemaps == 1
    # The front page, all topics, the topics, and the latest with old pages: a listing holds up to two pages' worth.
    assert counts.listings == 2 + len(CORPUS.topics) + SIZE // PAGE_ITEMS
    assert 7_000 < counts.article_bytes < 12_000
    assert (tmp_path / "site/public/feed.xml").read_text().count("<item>") == FEED_ITEMS


def test_the_full_site_builds_strictly(tmp_path: Path) -> None:
    Newsprint("full").write(tmp_path / "site", CORPUS)
    build_strictly(tmp_path / "site")
    for family in ("stories", "entities", "sources", "tags", "archive", "insights"):
        assert (tmp_path / "site/public" / family / "index.html").exists()


EDITED = {"unchanged": 0, "article": 1, "title": 1, "body": 1, "source": 1, "topic": 0, "theme": SIZE, "config": SIZE}
EDITED_IN_FULL = {"newcomer": 1, "entity": 1, "campaign": 1}


@pytest.mark.parametrize("profile", ["peers", "full"])
def test_each_edit_changes_what_it_says(tmp_path: Path, profile: str) -> None:
    tool = Newsprint(profile)
    corpus = Corpus(40)
    tool.write(tmp_path / "site", corpus)
    build_strictly(tmp_path / "site")
    for number in (1, 2) if profile == "peers" else (1,):
        for scenario, least in (EDITED | (EDITED_IN_FULL if profile == "full" else {})).items():
            assert scenario in tool.scenarios
            if scenario != "unchanged":
                # No two edits have the same number, for two new articles would be the same one.
                tool.edit(tmp_path / "site", corpus, scenario, number + 2 * (scenario == "newcomer"))
            reasons = build_strictly(tmp_path / "site").reasons
            rendered = [path for path, (fate, _) in reasons.items() if fate == "rendered"]
            pages = [path for path in rendered if path.startswith("news/")]
            assert len(pages) >= min(least, 40), scenario
            assert bool(rendered) == (scenario != "unchanged"), scenario


def test_the_engine_is_written_into_site_toml(tmp_path: Path) -> None:
    tool = Newsprint(engine="commonmark")
    tool.write(tmp_path / "site", Corpus(1))
    assert tool.name == COMMONMARK
    assert '[markdown]\nengine = "commonmark"\n' in (tmp_path / "site/site.toml").read_text()


# Peers


def test_posts_for_peers_have_no_references_left_and_link_to_pages_that_are_there() -> None:
    posts = list(Conversion(CORPUS, *Peer.addresses).posts(CORPUS))
    pages = {post.address for post in posts} | {f"/topics/{key}/" for key, _ in CORPUS.topics}
    linked = {link for post in posts for link in re.findall(r"\]\((/[^)]*)\)", post.body)}
    assert len(posts) == SIZE
    assert len(linked) > 5
    assert linked <= pages
    for post in posts:
        assert not re.search(r"\]\((?!https?://|/)", post.body)
        assert post.description.endswith((".", "?", '"'))


@pytest.mark.parametrize("name", PEERS)
def test_the_site_of_a_peer_has_a_file_for_each_article_and_takes_the_edits(tmp_path: Path, name: str) -> None:
    def articles_with(text: str) -> int:
        return sum(text in file.read_text() for file in (tmp_path / "site/content").rglob("art-*.md"))

    peer = PEERS[name](tmp_path)
    peer.write(tmp_path / "site", CORPUS)
    assert articles_with("") == SIZE
    for number in (1, 2):
        peer.edit(tmp_path / "site", CORPUS, "article", number)
    assert articles_with("") == SIZE + 2
    assert articles_with("](article:") == 0
    peer.edit(tmp_path / "site", CORPUS, "source", 3)
    source = CORPUS.chosen(3).source
    assert articles_with("The Daily Number 3") == sum(head.source == source for head in CORPUS.heads)
    peer.edit(tmp_path / "site", CORPUS, "topic", 4)
    files = [file for file in (tmp_path / "site").rglob("*") if file.is_file()]
    assert any(b"News of day 4." in file.read_bytes() for file in files)


# Measuring

HOLD = "import sys, time; held = bytearray(int(sys.argv[1])); held[::4096] = b'x' * len(held[::4096]); time.sleep(0.4)"
MEGABYTE = 1_000_000


@pytest.mark.skipif(not memory_kind(), reason="there is no /proc here")
def test_memory_is_that_of_a_process_and_its_children_together(tmp_path: Path) -> None:
    alone = run([sys.executable, "-c", HOLD, str(40 * MEGABYTE)], tmp_path, watch_memory=True)
    spawn = (
        "import subprocess, sys; hold = [sys.executable, '-c', sys.argv[1], sys.argv[2]]; "
        "[child.wait() for child in [subprocess.Popen(hold) for _ in range(3)]]"
    )
    three = run([sys.executable, "-c", spawn, HOLD, str(40 * MEGABYTE)], tmp_path, watch_memory=True)
    assert alone.peak_bytes is not None
    assert three.peak_bytes is not None
    assert 40 * MEGABYTE < alone.peak_bytes < 80 * MEGABYTE
    assert 120 * MEGABYTE < three.peak_bytes < 200 * MEGABYTE


@pytest.mark.skipif(not memory_kind(), reason="there is no /proc here")
def test_memory_of_other_sessions_is_not_counted() -> None:
    code = "import time; print('up', flush=True); time.sleep(30)"
    other = subprocess.Popen([sys.executable, "-c", code], start_new_session=True, stdout=subprocess.PIPE)
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"up\n"
        assert memory_of(other.pid) > MEGABYTE
    finally:
        other.kill()
        other.communicate()
    assert memory_of(other.pid) == 0


def test_cpu_time_includes_that_of_children(tmp_path: Path) -> None:
    burn = "import time; [None for _ in iter(lambda: time.process_time() < 0.3, False)]"
    spawn = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]], check=True)"
    sample = run([sys.executable, "-c", spawn, burn], tmp_path)
    assert sample.cpu_seconds >= 0.3
    assert sample.peak_bytes is None


def test_a_tool_that_fails_is_an_error_with_what_it_said(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match="ended with 3:\nno such luck"):
        run([sys.executable, "-c", "import sys; print('no such luck'); sys.exit(3)"], tmp_path)


@dataclass(frozen=True)
class Stub(Newsprint):
    """A tool that writes into a file when it has its turn, instead of building."""

    title: str = ""
    log_file: Path = Path()

    @property
    def name(self) -> str:
        return self.title

    def command(self, folder: Path, *, is_cold: bool) -> list[str]:  # noqa: ARG002
        code = (
            "import pathlib, sys; public = pathlib.Path('public'); was = public.exists(); public.mkdir(exist_ok=True); "
            "open(sys.argv[1], 'a').write(f'{sys.argv[2]} {was}\\n')"
        )
        return [sys.executable, "-c", code, str(self.log_file), self.name]


def test_tools_take_turns_and_a_cold_build_finds_no_output(tmp_path: Path) -> None:
    log_file = tmp_path / "log"
    tools = [Stub(title=title, log_file=log_file) for title in "ab"]
    rounds = Rounds(tools, Corpus(2), tmp_path / "work", tell=lambda _: None, settle=lambda: None)
    cold = rounds.measure("cold", runs=2)
    assert log_file.read_text().split("\n") == ["a False", "b False", "b False", "a False", "a False", "b False", ""]
    log_file.unlink()
    rounds.measure("unchanged", runs=1)
    assert set(log_file.read_text().split("\n")) == {"a True", "b True", ""}
    assert [len(figures.wall_seconds) for figures in cold.values()] == [2, 2]


# Results


def figures(wall: float, *, peak: int | None = None, session: str = "one") -> Figures:
    return Figures([wall * 0.9, wall, wall * 5], [wall] * 3, peak, session)


def results_of(sizes: dict[int, dict[str, dict[str, Figures]]]) -> Results:
    results = Results({"one": Session("2026-06-10", "Linux x86_64", "A processor", 2, 2**34, "3.12.1", "PSS")})
    for size, tools in sizes.items():
        for tool, scenarios in tools.items():
            results.add(size, tool, ToolResults("1.0", COUNTS, scenarios))
    return results


GOOD = {
    10_000: {
        OURS: {
            "cold": figures(9.0, peak=300_000_000),
            "unchanged": figures(0.2),
            "article": figures(0.3),
            "theme": figures(4.0),
        },
        COMMONMARK: {"cold": figures(5.0)},
        "hugo": {"cold": figures(9.5, peak=1_000_000_000), "article": figures(9.0)},
        "pelican": {"cold": figures(40.0), "article": figures(20.0)},
    },
    100_000: {
        OURS: {
            "cold": figures(90.0, peak=900_000_000),
            "unchanged": figures(0.7),
            "article": figures(1.4, peak=200_000_000),
        },
        "hugo": {"cold": figures(100.0, peak=9_000_000_000)},
    },
}


def test_all_goals_are_reached_by_figures_that_reach_them() -> None:
    results = results_of(GOOD)
    assert [judge(goal, results) for goal in GOALS] == ["reached"] * 11
    assert [round(goal.reach(results) or 0, 4) for goal in GOALS] == [
        0.9474,  # 9.0 / 9.5
        0.225,  # 9.0 / 40
        0.5263,  # 5.0 / 9.5
        0.4444,  # 4.0 / 9.0, Hugo's faster build
        0.0333,  # 0.3 / 9.0
        0.0222,  # 0.2 / 9.0
        0.014,  # 1.4 / 100
        0.007,  # 0.7 / 100
        0.3,
        0.9,
        0.2,
    ]


@pytest.mark.parametrize(
    ("size", "tool", "scenario", "missed"),
    [
        (10_000, OURS, "cold", {0, 1, 8}),
        (10_000, COMMONMARK, "cold", {2}),
        (10_000, OURS, "theme", {3}),
        (10_000, OURS, "article", {4}),
        (10_000, OURS, "unchanged", {5}),
        (100_000, OURS, "article", {6, 10}),
        (100_000, OURS, "unchanged", {7}),
        (100_000, OURS, "cold", {9}),
    ],
)
def test_a_goal_is_missed_by_a_figure_that_is_too_high(size: int, tool: str, scenario: str, missed: set[int]) -> None:
    results = results_of(GOOD)
    good = results.sizes[size][tool].scenarios[scenario]
    slow = replace(
        good,
        wall_seconds=[2 * wall for wall in good.wall_seconds],
        peak_bytes=None if good.peak_bytes is None else 2 * good.peak_bytes,
    )
    results.sizes[size][tool].scenarios[scenario] = slow
    assert {place for place, goal in enumerate(GOALS) if judge(goal, results) == "not reached"} == missed


def test_a_goal_without_figures_is_not_measured() -> None:
    assert {judge(goal, Results()) for goal in GOALS} == {"not measured"}
    assert [judge(goal, results_of({10_000: {OURS: GOOD[10_000][OURS]}})) for goal in GOALS[:2]] == ["not measured"] * 2


def test_later_results_replace_their_own_scenario_only() -> None:
    results = results_of({10_000: {OURS: {"cold": figures(9.0), "article": figures(0.4)}}, 1000: {OURS: {}}})
    results.sessions["two"] = results.sessions["one"]
    results.add(10_000, OURS, ToolResults("1.1", COUNTS, {"cold": figures(8.0, session="two")}))
    scenarios = results.sizes[10_000][OURS].scenarios
    assert {name: (found.wall, found.session) for name, found in scenarios.items()} == {
        "cold": (8.0, "two"),
        "article": (0.4, "one"),
    }
    assert set(results.sizes) == {1000, 10_000}
    assert set(results.sessions) == {"one", "two"}


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    assert read_results(file) == Results()
    write_results(file, results_of(GOOD))
    assert read_results(file) == results_of(GOOD)


def test_the_page_shows_medians_ratios_and_what_is_apart() -> None:
    results = results_of(GOOD)
    lines = render_page(results).splitlines()
    assert "| cold: no output, no memory | hugo | 9.5 | 8.55–47.5 | 9.5 | 1,000 MB | 1.06 | 1.06 |" in lines
    assert "| one new article, of Hugo's build | 10,000 | 0.04× | 0.0333× | reached |" in lines
    results.sizes[10_000]["hugo"].scenarios["article"].session = "two"
    lines = render_page(results).splitlines()
    assert "| one new article, of Hugo's build | 10,000 | 0.04× | 0.0333×† | reached |" in lines


def test_the_page_shows_what_grows_how_fast_and_which_edits_have_no_equal() -> None:
    results = results_of(GOOD)
    lines = render_page(results).splitlines()
    assert "| one new article | newsprint | 0.3 s | 1.4 s, 200 MB | 0.67 | 0.0122 |" in lines
    assert "| cold: no output, no memory | hugo | 9.5 s, 1,000 MB | 100 s, 9,000 MB | 1.02 | 1.01 |" in lines
    assert not any("| pelican | " in line and line.count("|") == 7 for line in lines)
    assert "no equal" not in "".join(lines)
    results.sizes[10_000][OURS].scenarios["entity"] = figures(1.0)
    assert "| one entity renamed | all others | no equal | | | | | |" in render_page(results).splitlines()
    assert "Cost by size" not in render_page(results_of({1000: GOOD[10_000]}))


def test_the_page_says_so_when_tools_did_not_do_the_same_work() -> None:
    results = results_of(GOOD)
    assert "BEWARE" not in render_page(results)
    results.sizes[10_000]["hugo"].counts = replace(COUNTS, articles=2)
    assert "BEWARE" in render_page(results)


def test_the_chart_is_svg_with_a_title_and_all_figures_in_words() -> None:
    results = results_of(GOOD)
    svg = etree.fromstring(render_chart(results))
    space = "{http://www.w3.org/2000/svg}"
    bars = svg.findall(f"{space}rect")
    assert svg.get("role") == "img"
    assert svg.get("aria-labelledby") == "title desc"
    assert (svg.findtext(f"{space}title") or "").startswith("How long builds take")
    assert "hugo, cold build 9.5 s" in (svg.findtext(f"{space}desc") or "")
    assert len(bars) == 7 + 4 + 1 + 1
    assert len(svg.findall(f"{space}polyline")) == 3
    assert "one new article by size: newsprint, exponent 0.67" in (svg.findtext(f"{space}desc") or "")
    assert all(float(bar.get("width") or 0) > 0 for bar in bars)
    assert etree.fromstring(render_chart(Results())) is not None
