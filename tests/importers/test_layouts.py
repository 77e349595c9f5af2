"""Small sites of each system, as their own documentation lays them out, come over whole.

Each text's title, day, tags, words, links and pictures are looked for in the built pages.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner, Result

from generator.cli import newsprint
from generator.importers import READERS
from generator.site.quotes import fold
from links import broken_links
from sitebench import NOW, Page, SiteBench

LAYOUTS = Path(__file__).parent / "layouts"


class Expected(NamedTuple):
    """What a built page has to show."""

    title: str
    words: tuple[str, ...]
    day: str = ""
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


EXPECTED: dict[str, dict[str, Expected]] = {
    "hugo": {
        "home": Expected("Welcome", ("The front of the old desk.",)),
        "about": Expected("About us", ("We have written since 2012.",), links=("/news/chips/wafers/",)),
        "news/chips/wafers": Expected(
            "Wafers: a first look",
            (
                "A wafer begins as sand.",
                "Cut and polished",
                'fmt.Println("{{ not a tag }}")',
                "{{< youtube abc123 >}}",
                '{{< ref "x.md" >}}',
                "A note at the foot.",
                "Ada Writer",
                "How a wafer is made.",
            ),
            "2019-05-04",
            ("wafers", "Clean rooms"),
            ("/news/chips/inside-a-fab/", "/news/chips/inside-a-fab/#s-the-machines", "https://wire.example/wafers"),
            ("A wafer",),
            ("2019/05/wafers-a-first-look", "wafers", "2019/05/old/first.html"),
        ),
        "news/chips/inside-a-fab": Expected(
            "Inside a fab",
            ("It is quiet.", "The machines"),
            "2020-01-01",  # 2 January in Berlin
            ("wafers",),
            (
                "/news/chips/wafers/#s-how-it-is-cut",
                "/news/chips/wafers/",
                "/topics/chips/",
                "/topics/factories/",
                "https://old.example/nowhere/",
                "https://cdn.example/far.png",
                "https://old.example/2020/01/inside-a-fab/lost.png",
            ),
            ("A clean room",),
            ("2020/01/inside-a-fab",),
        ),
        "news/loose/next-year": Expected(
            "Next year in chips", ("What comes next, in JSON.",), "2020-03-02", ("outlook",)
        ),
        "news/boards/first-board-de": Expected(
            "Das erste Brett", ("Ein Brett.",), "2021-06-06", links=("https://video.example/board",)
        ),
    },
    "jekyll": {
        "news/ferries/first-crossing": Expected(
            "The first crossing: a report",
            (
                "We left at nine.",
                'print("{{ page.title }}")',
                "The tag {{ page.title }} is text.",
                "Bo Pilot",
                '{% include video.html id="1" %}',
                "We crossed.",
            ),
            "2021-03-04",
            ("boats", "Fares"),
            (
                "/news/loose/timetable/",
                "/about/",
                "/news/tech/harbour-lights/#s-colours",
                "mailto:bo@ferry.example",
                "/topics/harbours/",
            ),
            ("The ferry",),
            ("ferries/harbours/2021/03/04/first-crossing", "crossing"),
        ),
        "news/loose/timetable": Expected(
            "Timetable",
            ("Boats leave at", "Later in winter.", "Hour"),
            "2021-02-01",
            ("fares", "boats"),
            ("/news/ferries/first-crossing/",),
            aliases=("2021/02/01/timetable",),
        ),
        "news/tech/harbour-lights": Expected(
            "Harbour lights",
            ("Lights.", "Red and green"),
            "2021-04-01",
            links=("/news/loose/timetable/",),
            aliases=("lights.html",),
        ),
        "news/ferries/winter-plan": Expected("Winter plan", ("Not settled yet.",)),
        "about": Expected("About", ("Two people and a boat.",)),
        "archive-page": Expected("Archive", ("All that was.",)),
    },
    "pelican": {
        "news/chips/soil-sensors": Expected(
            "Soil sensors: what they know",
            (
                "A sensor knows little.",
                "code stays {filename}x.md",
                "Mo Grower and Li Rower",
                "Small machines in the ground.",
            ),
            "2018-06-30",  # the first of July in Tokyo
            ("sensors", "soil"),
            ("/news/water-works/the-pump/#s-price", "/topics/chips/", "https://garden.example/tag/soil.html"),
            ("a leaf",),
            ("2018/soil-sensors.html",),
        ),
        "news/water-works/the-pump": Expected(
            "The pump",
            ("Cheap. Back to",),
            "2018-07-02",
            links=("/news/chips/soil-sensors/", "/about-the-garden/"),
        ),
        "about-the-garden": Expected("About the garden", ("We dig.",)),
    },
    "eleventy": {
        "news/loose/late-bus": Expected(
            "The late bus",
            ("The bus is late.", '{% image "x.png" %} {{ collections.posts.length }}', "Kim Late", "It comes, late."),
            "2022-08-09",
            ("buses", "night"),
            ("/news/loose/trams/", "/about/"),
            ("A bus",),
            ("posts/late-bus",),
        ),
        "news/loose/trams": Expected("Trams & more", ("Trams run at",), "2022-09-10", links=("/news/loose/late-bus/",)),
        "about": Expected("About the night shift", ("We sleep by day.",)),
    },
}


def run(*words: object) -> Result:
    result = CliRunner().invoke(newsprint, [*map(str, words)])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[SiteBench, dict[str, Any]]]:
    """A new site with the texts of a system, built with drafts; and the report."""
    made: dict[str, tuple[SiteBench, dict[str, Any]]] = {}

    def make(system: str) -> tuple[SiteBench, dict[str, Any]]:
        if system not in made:
            root = tmp_path_factory.mktemp(system) / "site"
            run("init", root)
            words = ("import", system, LAYOUTS / system, "--site", root, "--topic", "loose", "--json")
            report = json.loads(run(*words).stdout)
            made[system] = SiteBench(root).build(drafts=True, now=NOW).expect_built(), report
        return made[system]

    return make


def test_every_system_has_a_layout() -> None:
    assert set(EXPECTED) == set(READERS) == {folder.name for folder in LAYOUTS.iterdir()}


PAGES = [(system, path) for system, pages in EXPECTED.items() for path in pages]


@pytest.mark.parametrize(("system", "path"), PAGES)
def test_a_page_has_all_that_its_text_had(imported: Callable[[str], Any], system: str, path: str) -> None:
    site, expected = imported(system)[0], EXPECTED[system][path]
    page: Page = site.page(f"{path}/index.html")
    text = fold(page.tree.text_content())
    assert page.texts("//h1") == [expected.title]
    assert [words for words in expected.words if words not in text] == []
    if expected.day:
        assert expected.day in {one.get("datetime", "")[:10] for one in page.tree.xpath("//main//time")}
    shown = {
        one.casefold() for one in page.texts("//main//a[contains(@href, '/tags/')]")
    }  # tags of one address are one
    assert {tag.casefold() for tag in expected.tags} <= shown
    found = {urljoin(f"/{path}/", one.get("href")) for one in page.tree.xpath("//main//a")}
    assert set(expected.links) - found == set()
    assert set(expected.pictures) <= {one.get("alt") for one in page.tree.xpath("//main//img")}
    for alias in expected.aliases:
        file = alias if alias.endswith(".html") else f"{alias}/index.html"
        assert f"/{path}/" in site.page(file).text


@pytest.mark.parametrize("system", EXPECTED)
def test_of_the_site_only_tags_of_templates_are_told_and_no_link_in_it_is_dead(
    imported: Callable[[str], Any], system: str
) -> None:
    site, _ = imported(system)
    assert set(re.findall(r" \[([a-z-]+)\]$", site.problems, re.MULTILINE)) <= {"unknown-syntax"}
    assert broken_links(site.output, "https://news.example") == set()


@pytest.mark.parametrize("system", EXPECTED)
def test_every_text_is_in_the_report(imported: Callable[[str], Any], system: str) -> None:
    _, report = imported(system)
    texts = {
        file.relative_to(LAYOUTS / system).as_posix() for file in (LAYOUTS / system).rglob("*.m*d*") if file.is_file()
    }
    told = {one["origin"] for one in report["records"]} | {one["file"] for one in report["problems"]}
    assert texts - {"README.md"} == told - {""}  # which is no page of Jekyll's


LEFT = {
    "hugo": {"title": 1, "toc": 1},
    "jekyll": {"author": 1},
    "pelican": {"difficulty": 1},
    "eleventy": {"eleventyExcludeFromCollections": 1},
}

LACKS = {
    "hugo": {"lost.png", "https://cdn.example/far.png", "{{< youtube abc123 >}}", "<iframe>"},
    "jekyll": {"no date", '{% include video.html id="1" %}', "{: .wide}", "/archive"},
    "pelican": {"status: hidden"},
    "eleventy": {'{% image "x.png" %}', "{{ collections.posts.length }}", "../../posts/late-bus/#when"},
}


@pytest.mark.parametrize("system", EXPECTED)
def test_what_has_no_place_is_told(imported: Callable[[str], Any], system: str) -> None:
    _, report = imported(system)
    assert report["left_keys"] == LEFT[system]
    told = {lack["found"] for one in report["records"] for lack in one["lacks"]}
    assert LACKS[system] <= told
    assert {one for one in told - LACKS[system] if not one.startswith("date: ")} == set()
    assert report["unread"] == {"pelican": ["content/old.rst"], "jekyll": ["README.md"]}.get(system, [])


@pytest.mark.parametrize("system", EXPECTED)
def test_importing_twice_changes_nothing(imported: Callable[[str], Any], system: str) -> None:
    site, report = imported(system)
    before = {file: file.read_bytes() for file in (site.root / "content").rglob("*") if file.is_file()}
    again = run("import", system, LAYOUTS / system, "--site", site.root, "--topic", "loose", "--json")
    assert {file: file.read_bytes() for file in (site.root / "content").rglob("*") if file.is_file()} == before
    fates = {one["fate"] for one in json.loads(again.stdout)["records"]}
    assert fates <= {"there already", "empty"}
    assert again.exit_code == int(bool(report["problems"]))


def test_a_text_at_fault_is_reported_and_the_rest_comes_over(imported: Callable[[str], Any]) -> None:
    _, report = imported("hugo")
    assert [(one["file"], one["code"], one["line"]) for one in report["problems"]] == [
        ("content/posts/broken.md", "bad-yaml", 2)
    ]


def test_a_draft_stays_one(imported: Callable[[str], Any]) -> None:
    for system, path in (
        ("hugo", "next-year"),
        ("jekyll", "winter-plan"),
        ("pelican", "the-pump"),
        ("eleventy", "trams"),
    ):
        (file,) = imported(system)[0].root.glob(f"content/articles/*/{path}.md")
        assert "\ndraft: true\n" in file.read_text()
