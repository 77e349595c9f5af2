"""What the looks `terminal` and `river` promise beside what every theme does."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.site.quotes import fold
from sitebench import DEMO_NOW, SMALL, Page, SiteBench, article

pytestmark = pytest.mark.slow

EVENT = "---\ntitle: The event\npublished: 2026-05-01\ntopic: chips\n---\n"
HOSTILE = '<img src=x onerror="alert(1)">"\' &amp;'


def lay_out(folder: Path, theme: str, options: str = "") -> SiteBench:
    """A site with an event that three articles of two sources tell, and one article beside it."""
    bench = SiteBench(folder).write_all(SMALL)
    bench.edit("site.toml", 'name = "base"', f'name = "{theme}"\n[theme.options]\n{options}')
    bench.edit("site.toml", "grid_items = 2", "grid_items = 6")
    bench.write("content/stories/event.md", EVENT)
    bench.write("content/articles/first.md", article("First", 1, story="event"))
    bench.write("content/articles/second.md", article("Second", 2, story="event", source="post"))
    bench.write("content/articles/third.md", article("Third", 3, story="event"))
    return bench.write("content/articles/other.md", article("Other", 3, topic="space"))


def built(folder: Path, theme: str, options: str = "") -> SiteBench:
    return lay_out(folder, theme, options).build().expect_built()


# Terminal


def hidden(page: Page, name: str) -> str:
    """The text of what is there to look at only."""
    (text,) = page.texts(f"//main/div[@class='{name}'][@aria-hidden='true'][@dir='ltr'][not(.//a)]")
    return text


def test_the_record_of_an_article_stands_in_a_line(tmp_path: Path) -> None:
    bench = lay_out(tmp_path, "terminal")
    checked = {"by": "Desk", "how": "Read.", "at": "2026-05-04"}
    told = article("Told", 4, verified=checked, sentiment={"label": "negative", "score": -0.5})
    bench.write("content/articles/told.md", told).build().expect_built()
    line = '[ARTICLE · told] src="The Wire" topic="Chips" verified="Desk" sentiment=↓negative'
    assert hidden(bench.page("news/chips/told/index.html"), "record-line") == line
    line = '[ARTICLE · other] src="The Wire" topic="Space" verified=false'
    assert hidden(bench.page("news/space/other/index.html"), "record-line") == line


def test_other_pages_have_their_line(tmp_path: Path) -> None:
    bench = built(tmp_path, "terminal")
    lines = {
        "stories/event/index.html": "[STORY · event] status=quiet sources=2 reports=3 facts=0",
        "topics/chips/index.html": "[TOPIC · chips] articles=3 newest=2026-05-03",
        "latest/index.html": "[LATEST] articles=4 newest=2026-05-03",
        "topics/index.html": "[INDEX · topics] entries=2",
        "entities/acme/index.html": "[ENTITY · acme] articles=0",
    }
    for path, line in lines.items():
        assert hidden(bench.page(path), "record-line") == line
    for path in ("index.html", "about/index.html", "404.html"):
        assert not bench.page(path).texts("//*[@class='record-line']")


def test_the_way_to_a_page_is_a_command_to_look_at_and_links_in_words(tmp_path: Path) -> None:
    bench = built(tmp_path, "terminal")
    page = bench.page("news/chips/first/index.html")
    assert hidden(page, "prompt") == "$ cd /news/chips/first/"
    assert page.texts("//nav[@aria-label='Breadcrumb']//li") == ["Home", "Chips", "First"]
    assert hidden(bench.page("index.html"), "prompt") == "$ cd /"
    assert hidden(bench.page("404.html"), "prompt") == "$ cd: Page not found"


def test_the_prompt_is_the_sites(tmp_path: Path) -> None:
    bench = built(tmp_path, "terminal", "prompt = 'you@here <b>%'")
    assert hidden(bench.page("index.html"), "prompt") == "you@here <b>% cd /"


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("index.html", ["Bench News", "4 articles on this page", "RSS feed", "Updated 3 May 2026, 08:00 UTC"]),
        ("topics/chips/index.html", ["Bench News", "3 articles on this page", "RSS feed", "Updated 3 May 2026"]),
        (
            "news/chips/first/index.html",
            ["Bench News", "Live [news/first]", "indexed", "1 min read", "Updated 1 May 2026"],
        ),
        ("stories/event/index.html", ["Bench News", "3 reports", "RSS feed", "Updated 3 May 2026"]),
        ("topics/index.html", ["Bench News", "RSS feed", "Updated 3 May 2026"]),
        ("404.html", ["Bench News", "4 articles on this page", "RSS feed", "Updated 3 May 2026"]),
        ("about/index.html", ["Bench News", "RSS feed"]),
        ("entities/acme/index.html", ["Bench News", "0 articles on this page", "RSS feed"]),
    ],
)
def test_the_status_bar_says_where_one_is_and_how_new_it_is(tmp_path: Path, path: str, parts: list[str]) -> None:
    said = built(tmp_path, "terminal").page(path).texts("//body/footer/ul[@class='status-bar']/li")
    assert len(said) == len(parts)
    assert all(one.startswith(part) for one, part in zip(said, parts, strict=True)), said


def test_an_empty_site_has_its_status_bar(empty_bench: SiteBench) -> None:
    empty_bench.write("site.toml", '[site]\ntitle = "New"\nurl = "https://new.example"\n[theme]\nname = "terminal"\n')
    page = empty_bench.write("content/pages/about.md", "---\ntitle: About\n---\n").build().expect_built()
    assert page.page("index.html").texts("//ul[@class='status-bar']/li") == ["New", "0 articles on this page"]


def test_pictures_look_as_the_site_chooses(tmp_path: Path) -> None:
    for look, name in (("grey", "grey-pictures"), ("none", "no-pictures"), ("colour", "front")):
        bench = built(tmp_path / look, "terminal", f'pictures = "{look}"')
        assert bench.page("index.html").tree.body.get("class").split()[-1] == name


# River


def clusters(page: Page) -> dict[str, list[str]]:
    """The headlines of others under each headline."""
    return {
        " ".join(one.xpath("string(.//h3/a)").split()): [
            " ".join(link.text_content().split()) for link in one.xpath(".//ul[@class='others']//a")
        ]
        for one in page.tree.xpath("//main//article[contains(@class, 'cluster')]")
    }


def test_the_other_sources_stand_under_a_headline_and_nowhere_else(tmp_path: Path) -> None:
    page = built(tmp_path, "river").page("index.html")
    assert clusters(page) == {"Third": ["First", "Second", "2 sources, compared"], "Other": []}
    assert page.texts("//ul[@class='others']//span[@class='source']") == ["The Wire", "The Post"]
    assert [time.get("datetime") for time in page.tree.xpath("//ul[@class='others']//time")] == [
        "2026-05-01T08:00:00Z",
        "2026-05-02T08:00:00Z",
    ]


def test_what_does_not_fit_under_a_headline_stands_by_itself(tmp_path: Path) -> None:
    page = built(tmp_path, "river", "others = 1").page("index.html")
    assert clusters(page) == {"Third": ["First", "All 3 reports compared"], "Other": [], "Second": []}


def test_headlines_stand_under_their_day_the_newest_first(tmp_path: Path) -> None:
    bench = lay_out(tmp_path, "river")
    for day in (5, 6):
        bench.write(f"content/articles/d{day}.md", article(f"Day {day}", day))
    page = bench.write("content/articles/e5.md", article("Day 5 too", 5)).build().expect_built().page("index.html")
    assert page.texts("//section[@class='lead']//h3/a") == ["Day 6"]
    assert page.texts("//section[@class='day']/h2") == ["5 May 2026", "3 May 2026"]
    assert page.texts("//section[@class='day'][1]//h3/a") == ["Day 5 too", "Day 5"]
    assert [int(one.tag[1]) for one in page.tree.xpath("//main//h2 | //main//h3")][:4] == [2, 3, 2, 3]


def test_an_empty_river_runs_dry_without_a_fault(empty_bench: SiteBench) -> None:
    empty_bench.write("site.toml", '[site]\ntitle = "New"\nurl = "https://new.example"\n[theme]\nname = "river"\n')
    empty_bench.write("content/pages/about.md", "---\ntitle: About\n---\n").build().expect_built()
    assert clusters(empty_bench.page("index.html")) == {}


# Both


@pytest.mark.parametrize("theme", ["terminal", "river"])
def test_hostile_text_stays_text(tmp_path: Path, theme: str) -> None:
    bench = lay_out(tmp_path, theme)
    in_yaml = "'" + HOSTILE.replace("'", "''") + "'"
    for name in ("first", "second", "third"):
        title = f"title: {name.capitalize()}"
        bench.edit(f"content/articles/{name}.md", title, f"slug: {name}\ntitle: {in_yaml}")
    for path, title in (("sources/post", "The Post"), ("sources/wire", "The Wire"), ("topics/chips", "Chips")):
        bench.edit(f"content/{path}.md", title, in_yaml)
    pages = [Page(data) for path, data in bench.build().expect_built().files().items() if path.endswith(".html")]
    assert len(pages) > 10
    for page in pages:
        assert not page.tree.xpath("//*[@onerror] | //img")
    assert fold(HOSTILE) in map(fold, bench.page("news/chips/first/index.html").texts("//h1"))


@pytest.fixture(scope="module", params=["terminal", "river"])
def demo(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, built_demo: Callable[[Path], SiteBench]
) -> SiteBench:
    bench = built_demo(tmp_path_factory.mktemp("demo") / "site")
    bench.edit("site.toml", 'name = "broadsheet"', f'name = "{request.param}"')
    return bench.build(now=DEMO_NOW).expect_built()


def weights(bench: SiteBench, path: str, *, level: int | None) -> list[int]:
    """How many bytes a page and its style sheets have; compressed, those of the first paint only."""
    links = bench.page(path).tree.xpath(
        "//link[@rel='stylesheet'][not(@media)]" if level else "//link[@rel='stylesheet']"
    )
    files = [bench.output / path, *(bench.output / link.get("href").lstrip("/") for link in links)]
    texts = [file.read_bytes() for file in files]
    return [len(gzip.compress(text, level, mtime=0)) if level else len(text) for text in texts]


def test_pages_are_light(demo: SiteBench) -> None:
    assert sum(weights(demo, "index.html", level=9)) <= 14 * 1024
    article = "news/artificial-intelligence/meta-workers-can-pause-tracking/index.html"
    assert sum(weights(demo, article, level=None)) <= 40 * 1024
