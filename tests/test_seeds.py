"""Golden tests: a site from the facts of each seed page, and all that the seed shows found by role and name.

A folder of `sites/seeds/` is laid over its `common/`. Its texts are ours; quotations and original headlines are not.
"""

import functools
import re
import shutil
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest
from lxml import html
from lxml.html import HtmlElement

import roles
from conftest import ROOT
from links import broken_links
from sitebench import SITE_TOML, SMALL, SiteBench, article

pytestmark = pytest.mark.slow

SEEDS = ROOT / "tests" / "sites" / "seeds"
NAMES = ("000", "001", "002", "003", "004")
THEMES = ("base", "broadsheet", "terminal", "river")
URL = "https://seeds.example"
NEWS = "news/artificial-intelligence"
PAGES = {
    "000": "stories/tracking/index.html",
    "001": f"{NEWS}/meta-staff-may-stop-the-recording/index.html",
    "002": f"{NEWS}/brief/index.html",
    "003": f"{NEWS}/feature/index.html",
    "004": f"{NEWS}/explainer/index.html",
}
"""The page that stands for the seed."""

FACTS = "The facts known to us, and which sources reported them"
COMPLETENESS = "Sources by the number of facts that they reported"
REPORTS = "The reports by date, with their original headlines"

PLUG = re.compile(r"newsletter|mailing list|sign up|subscribe", re.IGNORECASE)
GLUED = re.compile(r"\w*[a-z.,;:!?)][A-Z]\w*")  # no name in these sites but one has a capital inside
FILLED = "self::pre | ancestor::pre | .//img | .//svg | @aria-hidden"
OUTSIDE = "self::td[ancestor::table[@class='calendar']]"  # a day of another month
FEWEST_WORDS = 6  # shorter texts may stand twice: a date, 'Does not mention this.'


def lay_out(folder: Path, seed: str, theme: str) -> SiteBench:
    shutil.copytree(SEEDS / "common", folder)
    shutil.copytree(SEEDS / seed, folder, dirs_exist_ok=True)
    return SiteBench(folder).edit("site.toml", 'name = "base"', f'name = "{theme}"')


@pytest.fixture(scope="module", params=THEMES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], SiteBench]:
    """Gives the built site of a seed."""

    def build(seed: str) -> SiteBench:
        bench = lay_out(tmp_path_factory.mktemp(seed) / "site", seed, request.param)
        bench.build(strict=True).expect_built().expect_report("")
        return bench

    return functools.cache(build)


@pytest.fixture
def page(built: Callable[[str], SiteBench]) -> Callable[[str], HtmlElement]:
    """Gives the page that stands for a seed."""
    return lambda seed: built(seed).page(PAGES[seed]).tree


def header(tree: HtmlElement) -> HtmlElement:
    """The head of the page's article: headline, standfirst and dateline."""
    return roles.article(tree).find("header")


def items(part: HtmlElement) -> list[str]:
    return [roles.spoken(item) for item in roles.items(part)]


def expect_sound(tree: HtmlElement, path: str) -> None:
    """Expect what holds for every page, and what the seeds do not hold."""
    expect_outline(tree, path)
    expect_nothing_empty(tree, path)
    if path.startswith(("news/", "stories/")):
        expect_nothing_twice(tree, path)
    body = roles.spoken(tree.body)
    assert path.startswith("feeds/") or not PLUG.search(body), path  # feeds are there to subscribe to
    assert GLUED.findall(body.replace("JavaScript", "")) == [], path


def expect_outline(tree: HtmlElement, path: str) -> None:
    levels = [int(node.tag[1]) for node in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels.count(1) == 1, path
    assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
    named = Counter((roles.role_of(node), roles.name(node)) for node in roles.landmarks(tree))
    assert [one for one, count in named.items() if count > 1] == [], path
    assert all(roles.name(node) for node in tree.iter("section", "nav", "aside")), path
    for node in tree.iter("table"):
        if node.find("caption") is not None:
            assert roles.rows(tree, roles.spoken(node.find("caption")))
    for node in tree.iter("dl"):
        roles.terms(node)


def expect_nothing_empty(tree: HtmlElement, path: str) -> None:
    unseen = "ancestor-or-self::svg or ancestor-or-self::template"
    for node in tree.xpath(f"//body//*[not(self::img or self::br or self::hr or {unseen})]"):
        assert roles.spoken(node) or node.xpath(f"{FILLED} | {OUTSIDE}"), (
            path,
            node.tag,
            node.attrib,
        )
    for node in roles.landmarks(tree):
        assert roles.role_of(node) != "region" or roles.spoken(node) != roles.name(node), (path, roles.name(node))


def expect_nothing_twice(tree: HtmlElement, path: str) -> None:
    leaves = tree.xpath("//main//*[self::p or self::dd or self::li][not(.//p or .//li)]")
    told = Counter(text for text in map(roles.spoken, leaves) if len(text.split()) >= FEWEST_WORDS)
    assert [text for text, count in told.items() if count > 1] == [], path


# Seed 000: a comparison of two sources.


def test_comparison_opens_with_headline_summary_and_verdict(page: Callable[[str], HtmlElement]) -> None:
    tree = page("000")
    assert roles.headings(tree, 1) == ["How two papers told of Meta’s retreat over tracking its staff"]
    (standfirst,) = [text for text in roles.paragraphs(header(tree)) if text.startswith("After protests from within")]
    assert standfirst.endswith("the other names the boss.")
    assert "Developing" in roles.spoken(header(tree))
    assert roles.times(header(tree)) == {
        "2026-06-03T12:00:00Z": "3 June 2026, 12:00 UTC",
        "2026-06-03T10:00:00Z": "3 June 2026, 10:00 UTC",  # the last report
    }
    assert roles.links(header(tree)) == {"Artificial intelligence": "/topics/artificial-intelligence/"}
    verdict = roles.section_of(tree, "How the coverage differs, in brief")
    (text,) = roles.paragraphs(verdict)
    assert text.startswith("The core is the same in both. BBC News goes deeper")
    assert roles.links(verdict) == {"BBC News": "/sources/bbc-news/", "New York Post": "/sources/new-york-post/"}


def test_comparison_lists_what_all_agree_on(page: Callable[[str], HtmlElement]) -> None:
    tree = page("000")
    agreed = items(roles.section_of(tree, "What all sources agree on"))
    assert len(agreed) == 7
    assert agreed[2] == "The recording can be paused for half an hour at most, and exemptions can be asked for."
    assert agreed == list(roles.table(tree, FACTS))[:7]


def test_comparison_tells_who_told_what(page: Callable[[str], HtmlElement]) -> None:
    tree = page("000")
    rows = roles.table(roles.section_of(tree, "Who reported what"), FACTS)
    both = {"BBC News": "reported", "New York Post": "reported"}
    assert list(rows.values()) == [
        *([both] * 7),
        *([{"BBC News": "reported", "New York Post": "not reported"}] * 3),
        {"BBC News": "not reported", "New York Post": "reported"},
    ]
    cells = roles.cells(tree, FACTS)["More than 1,500 people have signed a petition."]
    assert {source: roles.shown(cell) for source, cell in cells.items()} == {"BBC News": "✓", "New York Post": "–"}


def test_comparison_sets_both_sources_side_by_side_always_in_one_order(page: Callable[[str], HtmlElement]) -> None:
    differ = roles.section_of(page("000"), "Where they differ")
    aspects = roles.headings(differ, 3)
    assert aspects == [
        "The shape of the resistance",
        "The job cuts around it",
        "Who acts",
        "The company’s reasons",
    ]
    views = [roles.terms(roles.section_of(differ, aspect)) for aspect in aspects]
    assert [list(view) for view in views] == [["BBC News", "New York Post"]] * 4
    assert views[1] == {
        "BBC News": "Both figures, set beside the distrust.",
        "New York Post": "A restructuring whose size stays open.",
    }
    assert views[2]["New York Post"] == "Its owner in person, from the first word on."


def test_comparison_tells_framing_tone_and_techniques_of_each_source(page: Callable[[str], HtmlElement]) -> None:
    told = roles.section_of(page("000"), "How each source covered it")
    assert roles.headings(told, 3) == ["BBC News", "New York Post"]
    bbc, post = (roles.section_of(told, source) for source in roles.headings(told, 3))
    assert roles.terms(bbc) == {
        "Framing": "A company reaches too far, and its employees organise.",
        "Tone": "Analytical, with a little more ear for the employees.",
    }
    assert roles.terms(post) == {
        "Framing": "An order from above meets anger from below.",
        "Tone": "Sharp and critical.",
    }
    assert {name: technique(bbc, name) for name in roles.headings(bbc, 4)} == {
        "Appeal to emotion": (
            "The strongest words are those of two people who are quoted.",
            ["very dystopian", "just the latest way they're shoving AI down everyone's throat"],
        ),
        "Comprehensive sourcing": (
            "A number stands for the size of the protest.",
            ["petition against the move which now has more than 1,500 signatures"],
        ),
        "Framing by emphasis": (
            "Job cuts next to the tool suggest a link between them.",
            ["Meta has laid off around 2,000 employees this year... planned to cut 10% of its workforce"],
        ),
        "Balanced reporting": (
            "The company’s reasons have their place, too.",
            ["If we're building agents to help people complete everyday tasks...", "not used for any other purpose"],
        ),
    }
    assert {name: technique(post, name) for name in roles.headings(post, 4)} == {
        "Narrative framing": (
            "The chief executive stands in the first words, which makes the matter his.",
            ["Mark Zuckerberg's Meta"],
        ),
        "Loaded language": ("The adjective judges before the reader can.", ["angry pushback"]),
        "Omission": ("Neither the petition nor the job cuts have a size.", []),
        "Cherry-picking": ("The aim is told, the limits that Meta sets itself are not.", []),
    }


def test_every_technique_leads_to_what_it_is_and_how_often_it_was_found(built: Callable[[str], SiteBench]) -> None:
    told = roles.section_of(built("000").page(PAGES["000"]).tree, "How each source covered it")
    links = {link.text: link.get("href") for link in told.xpath(".//h4/a")}
    assert list(links) == roles.headings(told, 4)
    assert links["Loaded language"] == "/insights/#technique-loaded-language"
    found = roles.rows(built("000").page("insights/index.html").tree, "Techniques, the most frequent first")
    counted = {name: roles.spoken(cells["Used"]) for name, cells in found}
    assert counted.keys() == links.keys()
    assert counted["Loaded language"] == "1 time, in 1 story Words judge while they describe."


def technique(part: HtmlElement, name: str) -> tuple[str, list[str]]:
    """The explanation and the quotations of a technique."""
    found = roles.section_of(part, name)
    explanation, *_ = roles.paragraphs(found)
    return explanation, roles.quotes(found)


def test_comparison_computes_completeness_and_says_how(page: Callable[[str], HtmlElement]) -> None:
    complete = roles.section_of(page("000"), "How complete each source is")
    assert roles.table(complete, COMPLETENESS) == {
        "BBC News": {"Facts reported": "10 of 11 facts (91%) Tells nearly everything, figures and voices included."},
        "New York Post": {
            "Facts reported": "8 of 11 facts (73%) "
            "The core is complete; the people and the figures around it are missing."
        },
    }
    method = roles.paragraphs(complete)[0]
    assert method.startswith("Completeness is computed: the number of facts")
    assert "divided by those that it could know" in method


def test_comparison_links_the_original_headlines_by_date(page: Callable[[str], HtmlElement]) -> None:
    reports = roles.section_of(page("000"), "Reports and origins")
    rows = roles.cells(reports, REPORTS)
    assert list(rows) == ["BBC News", "New York Post"]
    bbc, post = rows.values()
    assert roles.links(bbc["Original headline"]) == {
        "Meta scales back plan to track workers' clicks and keystrokes to train AI": "https://www.bbc.com/news/technology"
    }
    assert list(roles.links(post["Original headline"]).values()) == ["https://nypost.com/business/"]
    assert roles.times(bbc["Date"]) == {"2026-06-03T08:00:00Z": "3 June 2026"}
    assert roles.times(post["Date"]) == {"2026-06-03T10:00:00Z": "3 June 2026"}
    assert roles.links(post["Our article"]) == {"The Post blames the man at the top": f"/{NEWS}/post/"}
    assert (roles.spoken(bbc["Citing"]), roles.spoken(post["Citing"])) == ("Reuters", "nobody")
    assert roles.paragraphs(reports)[0] == "2 reports, 2 origins: Reuters, New York Post."


def test_comparison_has_timeline_entities_and_contents(page: Callable[[str], HtmlElement]) -> None:
    tree = page("000")
    timeline = roles.section_of(tree, "Timeline of the event")
    assert items(timeline) == [
        "15 April 2026 In April the employees are told of the tool.",
        "2 June 2026 The memo goes round.",
    ]
    assert items(roles.section_of(tree, "Key entities")) == [
        "Meta Platforms, Inc. Company META Runs the programme",
        "Stephane Kasriel Person Wrote the memo",
    ]
    assert items(roles.section_of(tree, "Tags")) == ["workplace monitoring"]
    contents = roles.landmark(tree, "navigation", "On this page")
    named = {roles.name(region) for region in roles.landmarks(tree)}
    assert len(roles.links(contents)) == 10
    assert set(roles.links(contents)) <= named


def test_comparison_is_linked_from_its_articles_and_the_front_page(built: Callable[[str], SiteBench]) -> None:
    site = built("000")
    told = roles.section_of(site.page(f"{NEWS}/bbc/index.html").tree, "How others covered it")
    assert roles.links(told) == {
        "How two papers told of Meta’s retreat over tracking its staff": "/stories/tracking/",
        "The Post blames the man at the top": f"/{NEWS}/post/",
        "Compare the coverage": "/stories/tracking/",
    }
    assert roles.times(told) == {"2026-06-03T10:00:00Z": "3 June 2026, 10:00 UTC"}
    front = site.page("index.html").tree
    assert "/stories/tracking/" in roles.links(front).values()
    assert "Most covered" not in roles.headings(front)


# Seed 001: an aggregator's article.


def test_article_has_headline_summary_source_topic_and_reading_time(page: Callable[[str], HtmlElement]) -> None:
    tree = page("001")
    assert roles.headings(tree, 1) == ["Meta staff may stop the recording for thirty minutes"]
    standfirst, dateline = roles.paragraphs(header(tree))
    assert standfirst.startswith("A tool that learns from keystrokes and clicks")
    assert dateline == "BBC News 3 June 2026, 08:00 UTC Corrected 4 June 2026, 09:00 UTC 2 min read Citing Reuters"
    assert roles.links(header(tree)) == {
        "BBC News": "/sources/bbc-news/",
        "Corrected 4 June 2026, 09:00 UTC": "#changes",
        "Reuters": "/sources/reuters/",
    }
    assert list(roles.times(header(tree))) == ["2026-06-03T08:00:00Z", "2026-06-04T09:00:00Z"]
    assert roles.links(roles.landmark(tree, "navigation", "Breadcrumb")) == {
        "Home": "/",
        "Artificial intelligence": "/topics/artificial-intelligence/",
    }
    assert roles.links(roles.section_of(tree, "Tags")) == {
        "workplace monitoring": "/tags/workplace-monitoring/",
        "training data": "/tags/training-data/",
    }


def test_article_tells_its_id_who_verified_it_and_how(page: Callable[[str], HtmlElement]) -> None:
    tree = page("001")
    assert roles.paragraphs(roles.section_of(tree, "Record")) == ["art-20417"]
    verified = roles.section_of(tree, "Verified")
    assert roles.paragraphs(verified) == [
        "Figures and quotations compared with the BBC’s text.",
        "Our desk 3 June 2026, 09:00 UTC",
    ]
    assert list(roles.times(verified)) == ["2026-06-03T09:00:00Z"]


def test_article_tells_its_sentiment_by_an_arrow_and_in_words(page: Callable[[str], HtmlElement]) -> None:
    sentiment = roles.section_of(page("001"), "Sentiment")
    assert roles.paragraphs(sentiment) == ["Negative, moderate, score −0.5 (from −1 to +1)", "Judged by Our desk"]
    assert roles.shown(sentiment).startswith("Sentiment ↓ Negative")


def test_article_links_its_source_and_shows_corrections_and_entities(page: Callable[[str], HtmlElement]) -> None:
    tree = page("001")
    source = roles.section_of(tree, "Source")
    assert roles.links(source) == {
        "BBC News": "/sources/bbc-news/",
        (
            "Read the original at BBC News: Meta scales back plan to track workers' clicks and keystrokes to train AI"
        ): "https://www.bbc.com/news/technology",
    }
    corrected = roles.section_of(tree, "Corrections and revisions")
    (told,) = items(corrected)
    assert told == (
        f"Correction 4 June 2026, 09:00 UTC Meta staff may opt out {roles.headings(tree, 1)[0]} "
        "The headline said that workers can opt out. They can ask to."
    )
    assert [node.text for node in corrected.iter("del")] == ["Meta staff may opt out"]
    assert [node.text for node in corrected.iter("ins")] == roles.headings(tree, 1)
    assert corrected.getprevious().get("class") == "prose", "the note is not right after the text"
    assert items(roles.section_of(tree, "Key entities")) == [
        "Meta Platforms, Inc. Company META Runs the programme",
        "Stephane Kasriel Person Said to have written the memo",
    ]


def test_article_has_its_body_in_sections(page: Callable[[str], HtmlElement]) -> None:
    tree = page("001")
    assert roles.headings(roles.article(tree), 2)[:3] == [
        "What the tool does",
        "What the staff made of it",
        "What the memo says",
    ]
    assert "1,500 names" in roles.paragraphs(roles.section_of(tree, "What the staff made of it"))[0]


def test_article_leads_to_more_in_its_topic_newest_first(page: Callable[[str], HtmlElement]) -> None:
    more = roles.section_of(page("001"), "More in Artificial intelligence")
    assert roles.links(more) == {
        "Artificial intelligence": "/topics/artificial-intelligence/",
        "Weather models move to smaller machines": f"/{NEWS}/other-4/",
        "A court asks who wrote the poem": f"/{NEWS}/other-3/",
        "Robots learn to fold towels, slowly": f"/{NEWS}/other-2/",
        "A chip maker counts its winter orders": f"/{NEWS}/other-1/",
    }
    times = list(roles.times(more))
    assert times == sorted(times, reverse=True)


def test_article_has_a_sponsored_slot_apart_from_it_that_is_labelled_first(page: Callable[[str], HtmlElement]) -> None:
    tree = page("001")
    slot = roles.landmark(tree, "complementary", "Advertisement")
    assert roles.paragraphs(slot) == [
        "Advertisement · paid for by Quay Hosting (invented)",
        "brought to you by Quay Hosting",
        "1,204 projects moored since spring",
        "Moor your side project at the quay",
        "You have read of agents; now give yours a berth. Certificates come with the tide.",
        "from 0 invented crowns a month, no papers asked for",
        "Quay Hosting (invented)",
    ]
    assert roles.spoken(slot).startswith("Advertisement · paid for by Quay Hosting (invented) ")
    (terminal,) = slot.iter("pre")
    assert terminal.text_content() == "$ git push quay main\nmoored at https://boat.quay.example"
    assert list(roles.links(slot)) == ["Moor for nothing", "What it costs", "Quay Hosting (invented)"]
    assert {link.get("rel") for link in slot.iter("a")} == {"sponsored noopener"}
    assert not any(node.tag == "article" for node in slot.iterancestors())


# Seed 002: a brief for those who follow a market.


def test_brief_opens_with_its_form_summary_and_takeaways(page: Callable[[str], HtmlElement]) -> None:
    tree = page("002")
    assert roles.headings(tree, 1) == ["In brief: Meta loosens its watch on employees"]
    kicker, standfirst, _ = roles.paragraphs(header(tree))
    assert kicker == "Brief"
    assert standfirst.startswith("Breaks, exemptions and lighter software")
    assert items(roles.section_of(tree, "Takeaways")) == [
        "Pressure from within makes Meta repair and relax the programme.",
        "Employees receive a pause and a way to be exempted.",
        "The mood around the share may suffer for a while; the business hardly will.",
    ]


def test_brief_has_a_section_per_question_of_the_market(page: Callable[[str], HtmlElement]) -> None:
    tree = page("002")
    first = {
        heading: roles.paragraphs(roles.section_of(tree, heading))
        for heading in ("Background", "Why it matters", "Market relevance", "Outlook", "Disclaimer")
    }
    assert all(len(texts) == 1 for texts in first.values())
    assert first["Background"][0].startswith("Since early 2026 Meta has been gathering")
    assert first["Why it matters"][0].startswith("It shows how far a workforce")
    assert first["Market relevance"][0].startswith("A matter of governance")
    assert first["Outlook"][0].startswith("The next thing to learn")
    assert first["Disclaimer"] == ["No advice to buy or to sell."]


def test_brief_tells_effects_by_scope_and_perspectives_by_stance(page: Callable[[str], HtmlElement]) -> None:
    tree = page("002")
    assert roles.terms(roles.section_of(tree, "Market effects")) == {
        "Sector": "Other large makers of AI will look at their own rules for watching employees.",
        "Region": "Felt, if at all, by technology shares listed in the United States; no authority has acted.",
        "Global": "Consent at work is debated in many countries, and this adds to it.",
    }
    assert roles.terms(roles.section_of(tree, "Perspectives")) == {
        "For": "Breaks cost little, and the data stay good enough.",
        "Against": "Nobody knows how many will opt for a break, so any reaction may be too strong.",
    }


def test_brief_names_key_entities_with_type_and_role_apart_from_the_text(page: Callable[[str], HtmlElement]) -> None:
    entities = roles.section_of(page("002"), "Key entities")
    assert [roles.paragraphs(item) for item in roles.items(entities)] == [
        ["Meta Platforms, Inc. Company META", "Retreats a step from recording its staff"],
        ["Stephane Kasriel Person", "Signed the memo that explains the retreat"],
    ]
    assert roles.links(entities) == {
        "Meta Platforms, Inc.": "/entities/meta/",
        "Stephane Kasriel": "/entities/kasriel/",
    }


# Seed 003: a long read in sections, translated.


def test_feature_names_its_origins_and_that_it_is_translated(page: Callable[[str], HtmlElement]) -> None:
    tree = page("003")
    assert roles.headings(tree, 1) == ["The refinery: how Meta’s employees won half an hour"]
    kicker, standfirst, dateline = roles.paragraphs(header(tree))
    assert (kicker, standfirst) == (
        "Feature",
        "Software was to learn from every hand movement of the staff. The staff had other plans.",
    )
    assert dateline.endswith("Citing The Information and Reuters Translated from Chinese into English")
    assert roles.links(header(tree)) == {
        "A market paper": "/sources/market-paper/",
        "The Information": "/sources/the-information/",
        "Reuters": "/sources/reuters/",
    }


def test_feature_has_a_table_of_contents_that_leads_to_its_sections(page: Callable[[str], HtmlElement]) -> None:
    tree = page("003")
    contents = roles.links(roles.landmark(tree, "navigation", "Contents"))
    assert list(contents) == [
        "What is being recorded?",
        "How the staff fought back",
        "What was granted, and what was not",
        "A larger plan",
        "Is that allowed?",
    ]
    for heading, href in contents.items():
        (target,) = tree.xpath("//*[@id=$id]", id=href.removeprefix("#"))
        assert (target.tag, roles.spoken(target)) == ("h2", heading)
        assert roles.spoken(roles.section_of(tree, heading))
    assert roles.headings(roles.article(tree), 2)[:5] == list(contents)


def test_feature_keeps_labels_apart_in_lists_and_tables(page: Callable[[str], HtmlElement]) -> None:
    tree = page("003")
    alone, together = items(roles.section_of(tree, "How the staff fought back"))
    assert alone.startswith("Alone: some let")
    assert together.startswith("Together: in May")
    (granted,) = roles.section_of(tree, "What was granted, and what was not").iter("table")
    assert [roles.spoken(cell) for cell in granted.iter("th")] == ["Subject", "Granted", "Kept"]
    assert [roles.spoken(cell) for cell in granted.iterfind("tbody/tr[1]/td")] == [
        "Break",
        "up to 30 minutes",
        "it ends by itself",
    ]


def test_feature_sets_its_disclaimer_apart(page: Callable[[str], HtmlElement]) -> None:
    tree = page("003")
    disclaimer = roles.landmark(tree, "region", "Disclaimer")
    assert roles.paragraphs(disclaimer) == [
        "Markets can fall. Nothing here is advice for your own money, and what you do with it is up to you."
    ]
    assert "Markets can fall" not in roles.spoken(roles.section_of(tree, "Is that allowed?"))
    assert roles.links(roles.section_of(tree, "Topics")) == {
        "Artificial intelligence": "/topics/artificial-intelligence/",
        "Work": "/topics/work/",
    }
    assert items(roles.section_of(tree, "Key entities")) == [
        "Meta Platforms, Inc. Company META",
        "Mark Zuckerberg Person Explained the idea to the staff",
    ]


# Seed 004: an explainer led by questions.

QUICK_READ, FULL_TEXT = "Quick read (1 min, 33 words)", "Full text (2 min, 415 words)"


def test_explainer_says_it_in_short_and_how_long_each_reading_takes(page: Callable[[str], HtmlElement]) -> None:
    tree = page("004")
    assert roles.headings(tree, 1) == ["Leaflets at the vending machine: the quarrel inside Meta"]
    assert roles.paragraphs(header(tree))[0] == "Explainer"
    assert roles.paragraphs(roles.section_of(tree, "In short")) == [
        "Employees of Meta protest against software that studies them at work while thousands of jobs are about to go.",
        "Quick read: 1 min, 33 words Full text: 2 min, 415 words",
    ]


def test_explainer_offers_a_quick_read_and_the_full_text(page: Callable[[str], HtmlElement]) -> None:
    tree = page("004")
    quick, full = (roles.details(tree, summary) for summary in (QUICK_READ, FULL_TEXT))
    assert items(quick) == [
        "Who protests: employees in several American offices",
        "Against what: software that follows mouse and keyboard",
        "How: with leaflets and a petition",
        "What else: nearly 8,000 jobs are to go from 20 May on",
    ]
    questions = roles.headings(full, 2)
    assert len(questions) == 6
    assert all(question.endswith("?") for question in questions)
    assert all(roles.paragraphs(roles.section_of(full, question)) for question in questions)
    assert "8,000" in roles.spoken(roles.section_of(full, "How many jobs are at stake?"))


def test_explainer_has_no_paragraph_twice(page: Callable[[str], HtmlElement]) -> None:
    tree = page("004")
    quick, full = (roles.details(tree, summary) for summary in (QUICK_READ, FULL_TEXT))
    assert set(items(quick)).isdisjoint(roles.paragraphs(full))
    told = roles.paragraphs(roles.article(tree))
    assert len(told) == len(set(told))


# All seeds: what each shows, and that our page shows as much of it.


def count_in(*headings: str, of: str = "li") -> Callable[[HtmlElement], int]:
    """Counts the elements of a name in the sections of the headings."""
    return lambda tree: sum(
        len(roles.section_of(tree, heading).xpath(f".//{of}[not(ancestor::nav)]")) for heading in headings
    )


def count(path: str) -> Callable[[HtmlElement], int]:
    return lambda tree: len(tree.xpath(path))


def in_text(pattern: str) -> Callable[[HtmlElement], int]:
    return lambda tree: len(re.findall(pattern, roles.spoken(roles.article(tree))))


FULL = "//details[summary[starts-with(., 'Full text')]]"

SHOWN: dict[str, dict[str, tuple[int, Callable[[HtmlElement], int]]]] = {
    "000": {
        "summary and verdict": (2, lambda tree: len(roles.paragraphs(header(tree))[:1]) + in_text("in brief")(tree)),
        "facts that all report": (7, count_in("What all sources agree on")),
        "aspects in which they differ": (4, count_in("Where they differ", of="h3")),
        "what each says of each": (8, count_in("Where they differ", of="dd")),
        "sources with framing and tone": (4, count_in("How each source covered it", of="dt")),
        "techniques, with a reason each": (8, count_in("How each source covered it", of="h4")),
        "quotations that show them": (8, count_in("How each source covered it", of="q")),
        "assessments of completeness": (2, count_in("How complete each source is", of="tbody/tr")),
        "original headlines, linked": (2, count_in("Reports and origins", of="a[starts-with(@href, 'https:')]")),
    },
    "001": {
        "place on the site": (2, count("//nav[@aria-label='Breadcrumb']//a")),
        "id of the record": (1, in_text("art-20417")),
        "source": (1, count("//header//a[@href='/sources/bbc-news/']")),
        "day and minutes": (2, lambda tree: len(roles.times(header(tree))) + in_text("min read")(tree) - 1),
        "whether it is verified": (1, count_in("Verified", of="p[1]")),
        "direction, as arrow and word": (1, in_text("Negative")),
        "more of the topic": (4, count_in("More in Artificial intelligence", of="li")),
        "how it is sorted": (1, count_in("More in Artificial intelligence", of="p[.='4 articles · newest first']")),
        "parts of the slot": (7, count("//aside[@aria-label='Advertisement']//p")),
        "lines of its terminal": (2, lambda tree: tree.xpath("string(//aside//pre)").count("\n") + 1),
        "its actions": (2, count("//aside[@aria-label='Advertisement']//ul//a")),
    },
    "002": {
        "takeaways": (3, count_in("Takeaways")),
        "background, reason, relevance": (3, count_in("Background", "Why it matters", "Market relevance", of="p")),
        "effects, with their scope": (3, count_in("Market effects", of="dd")),
        "perspectives": (2, count_in("Perspectives", of="dd")),
        "entities, with type and role": (2, count_in("Key entities")),
    },
    "003": {
        "standfirst": (1, count("//article/header//p[contains(@class, 'standfirst')]")),
        "sections": (5, count("//nav[@aria-label='Contents']//a")),
        "concessions, each with a label": (3, count("//article//table/tbody/tr")),
        "risk disclaimer": (1, count("//section[.//h2[.='Disclaimer']]//p")),
        "sources that it rests on": (2, in_text("The Information|Reuters")),
    },
    "004": {
        "readings, a short and a full one": (2, count("//details[contains(., 'min')]/summary")),
        "sections of the full one": (3, count(f"{FULL}//h2")),
        "points of the short one": (4, count("//details[summary[starts-with(., 'Quick read')]]//li")),
    },
}


@pytest.mark.parametrize("seed", NAMES)
def test_our_page_shows_no_less_than_the_seed(page: Callable[[str], HtmlElement], seed: str) -> None:
    tree = page(seed)
    counts = {what: (ours(tree), theirs) for what, (theirs, ours) in SHOWN[seed].items()}
    assert {what: found for what, found in counts.items() if found[0] < found[1]} == {}


# Better than the seeds.


@pytest.mark.parametrize("seed", NAMES)
def test_every_page_is_sound(built: Callable[[str], SiteBench], seed: str) -> None:
    site = built(seed)
    for path in site.files():
        if path.endswith(".html") and path != "index.html":
            expect_sound(site.page(path).tree, path)
    front = site.page("index.html").tree  # there the latest repeat what stands above
    expect_outline(front, "index.html")
    expect_nothing_empty(front, "index.html")
    assert broken_links(site.output, URL) == set()


class Flaw(NamedTuple):
    """A fault of a seed put into its site: what stands in place of what, and what the report says of it."""

    seed: str
    file: str
    old: str
    new: str
    said: tuple[str, ...]


STORY, POST = "content/stories/tracking.md", "content/articles/post.md"
ARTICLE, BRIEF = "content/articles/art-20417.md", "content/articles/brief.md"
FEATURE, EXPLAINER = "content/articles/feature.md", "content/articles/explainer.md"
SLOGAN = "The slogan is rude and it is exact, and it stays on the wall."

FLAWS = {
    "words that were no quotation": Flaw(
        "000",
        STORY,
        '"not used for any other purpose"',
        '"data was not used for any other purpose"',
        ("[unfounded-quote]", "the nearest wording is: 'not used for any other purpose'"),
    ),
    "a quotation that was altered": Flaw(
        "000",
        STORY,
        "just the latest way they're shoving AI down everyone's throat",
        "shoved down everyone's throat",
        ("[unfounded-quote]", "the nearest wording is: 'AI down everyone's throat'"),
    ),
    "a ranking without a method": Flaw("000", STORY, "status:", "ranking: [bbc-news]\nstatus:", ("[unknown-key]",)),
    "an empty field": Flaw("001", ARTICLE, "topic:", "author: ''\ntopic:", ("'author' is empty [empty-field]",)),
    "verified, by nobody": Flaw(
        "001",
        ARTICLE,
        "verified:\n",
        "verified: true\nunused:\n",
        ("'verified' is true [wrong-value]", "its keys are by, how, at"),
    ),
    "a plug for a newsletter": Flaw(
        "001",
        ARTICLE,
        "On the record Meta",
        "Sign up here for our newsletter.\n\nOn the record Meta",
        ("[newsletter-plug]",),
    ),
    "a label glued to a text": Flaw(
        "002", BRIEF, '"Since early', '"BackgroundSince early', ("'Background' runs into", "[glued-label]")
    ),
    "a label glued to a name": Flaw("002", BRIEF, "The memo of", "companyMeta. The memo of", ("'company' runs into",)),
    "a label glued to a disclaimer": Flaw(
        "003", FEATURE, '"Markets', '"Risk disclaimerMarkets', ("'Risk disclaimer' runs into", "[glued-label]")
    ),
    "a paragraph that stands twice": Flaw(
        "004", EXPLAINER, "## What does Meta say?", f"{SLOGAN}\n\n{SLOGAN}\n\n## What?", ("[repeated-paragraph]",)
    ),
}


@pytest.mark.parametrize("name", FLAWS)
def test_what_is_wrong_in_the_seeds_is_reported(tmp_path: Path, name: str) -> None:
    flaw = FLAWS[name]
    bench = lay_out(tmp_path / "site", flaw.seed, "base").edit(flaw.file, flaw.old, flaw.new)
    bench.build(strict=True).expect_refused()
    assert bench.problems.startswith(flaw.file + ":")
    for words in flaw.said:
        assert words in bench.problems


@pytest.mark.parametrize(
    "quote",
    [
        "Just the latest way they\N{RIGHT SINGLE QUOTATION MARK}re shoving AI down everyone's throat",
        "“very dystopian”",
        "the latest way … down everyone's throat",
    ],
)
def test_typography_first_letters_and_ellipses_of_quotations_are_free(tmp_path: Path, quote: str) -> None:
    bench = lay_out(tmp_path / "site", "000", "base").edit(STORY, "very dystopian", quote)
    bench.build(strict=True).expect_built().expect_report("")


# Little to show.

STORY_PAGE = "stories/affair/index.html"
TITLE = "The chip affair"


@pytest.fixture(params=THEMES)
def small(request: pytest.FixtureRequest, tmp_path: Path) -> SiteBench:
    """A site with two topics, of which one is empty, two sources, of which one is silent, and one article."""
    site = SiteBench(tmp_path / "site").write_all(SMALL)
    site.write("site.toml", SITE_TOML.replace('name = "base"', f'name = "{request.param}"'))
    return site.write("content/articles/a1.md", article("Chips are short", 1))


def write_story(site: SiteBench, *, articles: int = 0, **matter: Any) -> HtmlElement:
    """Write a story and some articles of it, and build; the story's page."""
    for place in range(articles):
        source = ("wire", "post")[place % 2]
        told = article(f"Report {place + 1}", place + 2, story="affair", source=source, body="What we know of it.")
        site.write(f"content/articles/told-{place + 1}.md", told)
    fields = {"title": TITLE, "published": "2026-05-01T09:00:00Z", "topic": "chips", **matter}
    site.write("content/stories/affair.md", f"---\n{msgspec.yaml.encode(fields).decode()}---\n")
    return sound_pages(site)[STORY_PAGE]


def sound_pages(site: SiteBench) -> dict[str, HtmlElement]:
    """Build; every page, all of them sound."""
    site.build(strict=True).expect_built().expect_report("")
    found = {path: site.page(path).tree for path in site.files() if path.endswith(".html")}
    for path, tree in found.items():
        expect_outline(tree, path)
        expect_nothing_empty(tree, path)
        if path.startswith(("news/", "stories/")):
            expect_nothing_twice(tree, path)
    assert broken_links(site.output, "https://bench.example") == set()
    return found


FACTS_TOLD = [
    {"text": "Chips are short.", "sources": ["wire", "post"]},
    {"text": "Prices rise.", "sources": ["wire"], "disputed_by": ["post"]},
    {"text": "A factory burned.", "sources": ["wire"]},
]
COVERAGE = {"wire": {"framing": "A shortage of sand."}}


def test_a_story_with_nothing_but_a_title_shows_nothing_else(small: SiteBench) -> None:
    tree = write_story(small)
    assert roles.headings(tree) == [TITLE]
    assert roles.paragraphs(header(tree)) == ["Chips", "No new report since 1 May 2026 1 May 2026, 09:00 UTC"]
    assert not list(tree.find(".//main").iter("table", "figure", "dl"))
    (card,) = roles.items(small.page("stories/index.html").tree.find(".//main/ul"))
    assert roles.paragraphs(card) == ["Chips", "No new report since 1 May 2026"]
    assert "Most covered" not in roles.headings(small.page("index.html").tree)


def test_a_story_without_articles_compares_what_its_record_tells(small: SiteBench) -> None:
    tree = write_story(small, facts=FACTS_TOLD, coverage=COVERAGE)
    assert roles.headings(tree, 2) == [
        "What all sources agree on",
        "Who reported what",
        "How complete each source is",
        "How each source covered it",
    ]
    assert list(roles.table(tree, FACTS)["Prices rise."].items()) == [
        ("The Post", "disputed"),
        ("The Wire", "reported"),
    ]
    assert list(roles.table(tree, COMPLETENESS)) == ["The Wire", "The Post"]


def test_a_story_without_coverage_has_no_section_on_it(small: SiteBench) -> None:
    tree = write_story(small, articles=2, facts=FACTS_TOLD)
    assert roles.headings(tree, 2) == [
        "What all sources agree on",
        "Who reported what",
        "How complete each source is",
        "Reports and origins",
        "What changed",
    ]
    assert roles.table(tree, FACTS)["A factory burned."] == {"The Wire": "reported", "The Post": "not reported"}
    assert roles.table(tree, COMPLETENESS) == {
        "The Wire": {"Facts reported": "3 of 3 facts (100%)"},
        "The Post": {"Facts reported": "1 of 3 facts (33%)"},
    }


def test_a_story_without_facts_has_no_matrix_and_no_ranking(small: SiteBench) -> None:
    tree = write_story(small, articles=2, coverage={**COVERAGE, "post": {"tone": "Calm."}})
    assert roles.headings(tree, 2) == ["How each source covered it", "Reports and origins", "What changed"]
    told = roles.section_of(tree, "How each source covered it")
    assert roles.terms(roles.section_of(told, "The Wire")) == {"Framing": "A shortage of sand."}
    assert roles.terms(roles.section_of(told, "The Post")) == {"Tone": "Calm."}
    assert "How completely stories are covered" not in roles.headings(small.page("insights/index.html").tree)


def test_a_story_of_one_report_has_no_chart_and_counts_one(small: SiteBench) -> None:
    tree = write_story(small, articles=1)
    reports = roles.section_of(tree, "Reports and origins")
    assert roles.paragraphs(reports)[0] == "1 report, 1 origin: The Wire."
    assert not list(reports.iter("figure"))
    assert roles.table(reports, REPORTS) == {
        "The Wire": {
            "Date": "2 May 2026",
            "Original headline": "Original report",
            "Our article": "Report 1",
            "Citing": "nobody",
        }
    }
    box = roles.section_of(small.page("news/chips/told-1/index.html").tree, "The story")
    assert roles.links(box) == {TITLE: "/stories/affair/", "Compare the coverage": "/stories/affair/"}


def test_a_fact_that_no_report_tells_counts_against_all(small: SiteBench) -> None:
    tree = write_story(small, articles=2, facts=[{"text": "Nobody knows why."}])
    assert "What all sources agree on" not in roles.headings(tree)
    assert roles.table(tree, FACTS) == {"Nobody knows why.": {"The Wire": "not reported", "The Post": "not reported"}}
    assert roles.table(tree, COMPLETENESS) == {
        "The Wire": {"Facts reported": "0 of 1 fact (0%)"},
        "The Post": {"Facts reported": "0 of 1 fact (0%)"},
    }


def test_a_source_with_several_reports_has_a_row_for_each(small: SiteBench) -> None:
    tree = write_story(small, articles=3)
    assert [(source, roles.spoken(cells["Date"])) for source, cells in roles.rows(tree, REPORTS)] == [
        ("The Wire", "2 May 2026"),
        ("The Post", "3 May 2026"),
        ("The Wire", "4 May 2026"),
    ]


def test_a_source_that_does_not_touch_an_aspect_keeps_its_place(small: SiteBench) -> None:
    aspects = [
        {"aspect": "Prices", "views": {"post": "They fall."}},
        {"aspect": "Fire", "views": {"wire": "It burned."}},
    ]
    tree = write_story(small, articles=2, differences=aspects)
    assert [list(roles.terms(roles.section_of(tree, one["aspect"])).items()) for one in aspects] == [
        [("The Wire", "Does not mention this."), ("The Post", "They fall.")],
        [("The Wire", "It burned."), ("The Post", "Does not mention this.")],
    ]


def test_an_entity_without_articles_says_so(small: SiteBench) -> None:
    tree = sound_pages(small)["entities/acme/index.html"]
    assert roles.headings(tree) == ["Acme"]
    assert roles.terms(tree) == {"Type": "Company"}
    assert roles.links(tree.find(".//main/header")) == {"Website": "https://acme.example/"}
    assert roles.paragraphs(tree.find(".//main")) == ["There are no articles here yet."]


def test_a_topic_without_records_says_so(small: SiteBench) -> None:
    found = sound_pages(small)
    tree = found["topics/space/index.html"]
    assert roles.headings(tree) == ["Space"]
    assert roles.paragraphs(tree.find(".//main")) == ["There are no articles here yet."]
    assert "0 articles" not in roles.spoken(found["topics/index.html"])
    assert "Space" not in roles.headings(found["index.html"]) + roles.headings(found["insights/index.html"])


def test_a_source_without_articles_says_so(small: SiteBench) -> None:
    tree = sound_pages(small)["sources/post/index.html"]
    assert roles.headings(tree) == ["The Post"]
    assert roles.paragraphs(tree.find(".//main")) == ["There are no articles here yet."]


def test_an_article_with_the_least_shows_no_empty_part(small: SiteBench) -> None:
    tree = sound_pages(small)["news/chips/a1/index.html"]
    assert roles.headings(tree) == ["Chips are short", "Source", "Record"]


@pytest.mark.parametrize("form", ["brief", "explainer", "feature"])
def test_a_form_without_its_parts_is_a_plain_page(small: SiteBench, form: str) -> None:
    small.edit("content/articles/a1.md", "summary: Chips are short, in short.\n", f"form: {form}\n")
    tree = sound_pages(small)["news/chips/a1/index.html"]
    assert roles.headings(tree) == ["Chips are short", "Source", "Record"]
    assert [node.get("class") for node in tree.iter("details")] == ["desk"]
    assert [roles.name(node) for node in tree.find(".//main").iter("nav")] == ["Breadcrumb"]


# The ears of these tests.


def test_what_is_glued_is_heard_as_glued() -> None:
    tree = html.document_fromstring("<ul><li><b>company</b>Meta<p>Subject</p><i aria-hidden='true'>x</i></ul>")
    assert roles.spoken(tree) == "companyMeta Subject"
    assert GLUED.findall(roles.spoken(tree)) == ["companyMeta"]


def test_a_section_ends_before_the_next_heading_that_is_not_below_it() -> None:
    tree = html.document_fromstring("<h2>A</h2><p>1<h3>B</h3><p>2<h2>C</h2><p>3")
    assert roles.paragraphs(roles.section_of(tree, "A")) == ["1", "2"]
    assert roles.paragraphs(roles.section_of(tree, "B")) == ["2"]
