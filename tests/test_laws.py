"""Laws that hold for any site and any sequence of edits."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import at_most
from generator.build import Memory
from links import broken_links
from sitebench import NOW, SITE_TOML, SMALL, SiteBench, article, copy_golden

pytestmark = pytest.mark.slow

Edit = Callable[[SiteBench], object]

NAMES = st.sampled_from(["n1", "n2", "n3", "n4"])
TOPICS = st.sampled_from(["chips", "space"])


@st.composite
def article_edits(draw: st.DrawFn) -> Edit:
    """Write an article: new, or over one that is there."""
    name, day = draw(NAMES), draw(st.integers(1, 28))
    body = draw(
        st.sampled_from(
            [
                "Plain words.",
                "See [n1](article:n1).",
                "On [chips](topic:chips) by [wire](source:wire).",
                "## Part\n\nMore.",
                "Lists:\n- one\n  - two",
            ]
        )
    )
    matter: dict[str, object] = {
        "topic": draw(TOPICS),
        "source": draw(st.sampled_from(["wire", "post"])),
        "tags": draw(st.lists(st.sampled_from(["AI", "ai", "C++", "x"]), max_size=2)),
        "pinned": draw(st.booleans()),
    }
    if draw(st.booleans()):
        matter["slug"] = draw(st.sampled_from(["one", "two", "a1"]))
    if draw(st.booleans()):
        matter["revisions"] = [{"at": "2026-06-01", "note": "No.", "significant": draw(st.booleans())}]
    if draw(st.booleans()):
        matter["entities"] = [{"entity": "acme"}]
    if draw(st.booleans()):
        matter["published"] = draw(
            st.sampled_from(["2026-06-09T10:00:00Z", "2026-07-01T10:00:00Z", "2026-05-03T08:00:00Z"])
        )
    if draw(st.booleans()):
        matter["draft"] = True
    if draw(st.booleans()):
        matter["aliases"] = [draw(st.sampled_from(["/old/", "/news/chips/n1/", "/latest/"]))]
    text = article(draw(st.sampled_from(["Title one", "Title two"])), day, body=body, **matter)
    return lambda bench: bench.write(f"content/articles/{name}.md", text)


def record_edit(kind: str, name: str, texts: list[str]) -> st.SearchStrategy[Edit]:
    """Write or delete a record of another kind."""
    path = f"content/{kind}/{name}.md"

    def change(text: str | None) -> Edit:
        if text is None:
            return lambda bench: (bench.root / path).unlink(missing_ok=True)
        return lambda bench: bench.write(path, text)

    return st.sampled_from([*texts, None]).map(change)


def remove_or_rename(bench: SiteBench, name: str, new: str | None) -> None:
    file = bench.root / f"content/articles/{name}.md"
    if file.exists() and new:
        file.rename(file.with_name(f"{new}.md"))
    elif file.exists():
        file.unlink()


def write_or_remove(bench: SiteBench, path: str, text: str) -> None:
    if text:
        bench.write(path, text)
    else:
        (bench.root / path).unlink(missing_ok=True)


EDITS: st.SearchStrategy[Edit] = st.one_of(
    article_edits(),
    article_edits(),
    st.tuples(NAMES, st.none() | NAMES).map(lambda names: lambda bench: remove_or_rename(bench, *names)),
    record_edit(
        "topics", "space", [SMALL["content/topics/space.md"], "---\ntitle: Outer space\nparent: chips\n---\nFar.\n"]
    ),
    record_edit("sources", "post", [SMALL["content/sources/post.md"], "---\ntitle: The New Post\n---\nA paper.\n"]),
    record_edit("entities", "acme", [SMALL["content/entities/acme.md"], "---\ntitle: Acme Ltd\ntype: company\n---\n"]),
    record_edit("pages", "about", [SMALL["content/pages/about.md"], "---\ntitle: Us\nslug: us\n---\nWe.\n"]),
    record_edit(
        "stories",
        "s1",
        [
            "---\ntitle: A story\npublished: 2026-05-01\ntopic: chips\n---\n",
            "---\ntitle: Told\npublished: 2026-05-02\ntopic: space\n---\n",
            "---\ntitle: Told\npublished: 2026-06-09\ntopic: space\n---\n",
            "---\ntitle: Told\npublished: 2026-05-02\ntopic: space\nfacts: [{text: F., at: 2026-05-03}]\n---\n",
            "---\ntitle: Told\npublished: 2026-05-02\ntopic: space\nrevisions: [{at: 2026-05-05, note: N.}]\n---\n",
        ],
    ),
    record_edit(
        "sponsors",
        "ad",
        [
            "---\nsponsor: Brand\nhomepage: https://brand.example/\nheadline: Buy\n---\nCopy.\n",
            "---\nsponsor: Brand\nhomepage: https://brand.example/\nheadline: Sell\n---\nCopy.\n",
            "---\nsponsor: Acme\nhomepage: https://acme.example/\nheadline: Buy\ntopics: [chips]\nweight: 90\n---\n",
        ],
    ),
    st.sampled_from(
        [
            SITE_TOML,
            SITE_TOML.replace("Bench News", "Other News"),
            SITE_TOML.replace("page_items = 3", "page_items = 2"),
            SITE_TOML.replace("bench.example", "bench.example/deep/down"),
            SITE_TOML.replace('"base"', '"mine"'),
            SITE_TOML + "[outputs]\ntopics = false\nrss = false\n",
            SITE_TOML + "[outputs]\nchanges = false\ncorrections = false\n",
            SITE_TOML + "[outputs]\nsources = false\ntags = false\nsitemap = false\n",
            SITE_TOML + "[outputs]\napi = true\n",
            SITE_TOML + '[markdown]\nengine = "commonmark"\n',
            SITE_TOML + '[feeds]\ncontent = "summary"\nmax_items = 2\n',
        ]
    ).map(lambda text: lambda bench: bench.write("site.toml", text)),
    st.sampled_from(["", '{% extends "parent:page.html" %}', "<!doctype html><title>{{ page.heading }}</title>"]).map(
        lambda text: lambda bench: bench.write("themes/mine/templates/page.html", text or '{% extends "layout.html" %}')
    ),
    st.tuples(
        st.sampled_from(["ads.txt", ".well-known/a b.txt", "Latest", "latest/index.html", "assets/style.css"]),
        st.sampled_from(["", "one", "another"]),
    ).map(lambda static: lambda bench: write_or_remove(bench, f"static/{static[0]}", static[1])),
    st.sampled_from(["body { color: black; }", "body { color: navy; }"]).map(
        lambda text: lambda bench: bench.write("themes/mine/assets/style.css", text)
    ),
)


@settings(at_most(20), suppress_health_check=[HealthCheck.too_slow])
@given(
    edits=st.lists(EDITS, min_size=1, max_size=8),
    stops=st.sets(st.integers(0, 7)),
    days=st.sampled_from([0, 15]),
    is_warm=st.booleans(),
)
def test_after_any_edits_the_output_equals_a_clean_builds(
    edits: list[Edit], stops: set[int], days: int, *, is_warm: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        bench = SiteBench(Path(folder) / "site").write_all(SMALL)
        bench.memory = Memory() if is_warm else None
        bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
        bench.write("content/articles/a1.md", article("First", 1)).build().expect_built()
        last_good = bench.files()
        for place, edit in enumerate(edits):
            edit(bench)
            if place in stops or place == len(edits) - 1:
                now = NOW + timedelta(days=days * (place == len(edits) - 1))
                bench.build(now=now)
                if bench.report is None:
                    assert bench.files() == last_good
                last_good = bench.files()
        bench.expect_same_as_clean_build(now=now)
        if bench.report is not None:
            url = "https://bench.example"
            if "bench.example/deep/down" in (bench.root / "site.toml").read_text():
                url += "/deep/down"
            assert broken_links(bench.output, url) == set()
            bench.build(now=now).expect_rendered()


def build_in_process(site: Path, *options: str, **environment: str) -> dict[str, bytes]:
    """Build the golden site from nothing by the command, in another environment."""
    copy_golden(site)
    words = ("--drafts", "--future", *options)
    subprocess.run(
        [sys.executable, "-m", "generator", "build", str(site), "--now", "2031-06-10T12:00:00Z", *words],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
    )
    return SiteBench(site).files()


def test_workers_time_zone_locale_and_hash_seed_change_no_byte(tmp_path: Path) -> None:
    one = build_in_process(tmp_path / "1", "--workers", "1", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1")
    two = build_in_process(tmp_path / "2", "--workers", "3", TZ="America/St_Johns", LANG="tr_TR.UTF-8")
    assert one == two
    assert len(one) > 150


def test_the_order_in_which_files_came_to_be_changes_no_byte(tmp_path: Path) -> None:
    files = dict(SMALL)
    for day in range(1, 9):
        files[f"content/articles/a{day}.md"] = article(f"News {day % 3}", 3)
    forth = SiteBench(tmp_path / "forth").write_all(files).build().expect_built()
    back = SiteBench(tmp_path / "back").write_all(dict(reversed(files.items()))).build().expect_built()
    assert forth.files() == back.files()


def test_no_template_carries_anything_from_page_to_page(tmp_path: Path) -> None:
    count = """{% set box = namespace(n=0) %}{% set seen = [] %}{% macro mark() %}
{% set box.n = box.n + 1 %}{% set _ = seen.append(1) %}<p class="mark">{{ box.n }}-{{ seen | length }}</p>
{% endmacro %}"""
    bench = SiteBench(tmp_path / "site").write_all(SMALL).edit("site.toml", '"base"', '"mine"')
    bench.write("themes/mine/theme.toml", 'title = "Mine"\nextends = "base"\n')
    bench.write("themes/mine/templates/count.html", count)
    bench.write(
        "themes/mine/templates/article.html",
        '{% from "count.html" import mark %}<!doctype html><title>x</title>{{ mark() }} {{ page.text | body }}',
    )
    for day in range(1, 5):
        bench.write(f"content/articles/a{day}.md", article(f"News {day}", day))
    bench.build().expect_built()
    marks = [bench.page(f"news/chips/a{day}/index.html").texts("//p[@class='mark']") for day in range(1, 5)]
    assert marks == [["1-1"]] * 4
    bench.edit("content/articles/a3.md", "few words", "new words").build().expect_same_as_clean_build()
