"""`[menu]` in `site.toml` says what all pages lead to."""

from typing import get_args

import pytest

from generator.config import MenuFamily
from generator.plan.families import INDEXES
from sitebench import SITE_TOML, SiteBench

HEADER = "//nav[@class='site-links']//a"
FOOTER = "//nav[@class='footer-groups']/div"


def with_menu(bench: SiteBench, menu: str) -> SiteBench:
    return bench.write("site.toml", f"{SITE_TOML}\n{menu}")


def hrefs(bench: SiteBench, xpath: str) -> list[tuple[str, str]]:
    return [(node.text_content(), node.get("href")) for node in bench.page("index.html").tree.xpath(xpath)]


def footer(bench: SiteBench) -> dict[str, list[str]]:
    groups = bench.page("index.html").tree.xpath(FOOTER)
    return {group.findtext("p"): [link.get("href") for link in group.iter("a")] for group in groups}


def test_a_menu_can_lead_to_every_family_with_an_index() -> None:
    assert set(get_args(MenuFamily)) == {family.name for family in INDEXES} | {"for_you"}


def test_the_header_has_the_entries_in_their_order_and_then_the_sites_pages(bench: SiteBench) -> None:
    entries = (
        '{to = "topic:space"}, {to = "https://jobs.example/", title = "Jobs & co"}, {to = "latest", title = "New"}'
    )
    with_menu(bench, f"[menu]\nheader = [{entries}]\n").build().expect_report("")
    assert hrefs(bench, HEADER) == [
        ("Space", "/topics/space/"),
        ("Jobs & co", "https://jobs.example/"),
        ("New", "/latest/"),
        ("About", "/about/"),
    ]


def test_a_page_with_an_entry_stands_where_the_entry_is(bench: SiteBench) -> None:
    with_menu(bench, '[menu]\nheader = [{to = "page:about", title = "Who"}, {to = "article:a1"}]\n').build()
    assert hrefs(bench, HEADER) == [("Who", "/about/"), ("Chip news 1", "/news/chips/a1/")]


def test_an_empty_header_leaves_the_sites_pages(bench: SiteBench) -> None:
    with_menu(bench, "[menu]\nheader = []\n").build().expect_report("")
    assert hrefs(bench, HEADER) == [("About", "/about/")]


def test_the_footer_is_in_groups_by_their_first_entry(bench: SiteBench) -> None:
    menu = """
[[menu.footer]]
to = "feeds"
group = "Follow"
[[menu.footer]]
to = "/ads.txt"
title = "Advertisers"
[[menu.footer]]
to = "mailto:desk@bench.example"
title = "Write to us"
group = "Follow"
[[menu.footer]]
to = "entity:acme"
group = "People"
"""
    with_menu(bench, menu).write("content/pages/imprint.md", "---\ntitle: Imprint\nnavigation: footer\n---\nWe.\n")
    bench.edit("site.toml", "https://bench.example", "https://bench.example/deep").build().expect_report("")
    assert footer(bench) == {
        "Follow": ["/deep/feeds/", "mailto:desk@bench.example"],
        "About": ["/deep/ads.txt", "/deep/imprint/"],
        "People": ["/deep/entities/acme/"],
    }


def test_what_is_hidden_or_switched_off_is_left_out(bench: SiteBench) -> None:
    menu = '[menu]\nheader = [{to = "tags"}, {to = "page:secret"}, {to = "stories"}, {to = "article:later"}]\n'
    with_menu(bench, f"{menu}[outputs]\ntags = false\n")
    bench.write("content/pages/secret.md", "---\ntitle: Secret\ndraft: true\n---\nWe.\n")
    text = (bench.root / "content/articles/a1.md").read_text().replace("2026-05-01", "2030-05-01")
    bench.write("content/articles/later.md", text).build().expect_report("")
    assert hrefs(bench, HEADER) == [("About", "/about/")]


def test_an_edit_of_a_menu_renders_pages_and_no_feed_and_equals_a_clean_build(bench: SiteBench) -> None:
    bench.build().expect_built()
    with_menu(bench, '[menu]\nheader = [{to = "topic:space"}]\n').build()
    assert "news/chips/a1/index.html" in bench.rendered
    assert not any(path.endswith((".xml", ".json")) for path in bench.rendered)
    bench.expect_same_as_clean_build()
    bench.edit("content/topics/space.md", "Space", "Outer space").build().expect_same_as_clean_build()
    assert hrefs(bench, HEADER)[0] == ("Outer space", "/topics/space/")


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        ('to = "topics:chips"', "wrong-value"),
        ('to = "latset"', "wrong-value"),
        ('to = "javascript:alert(1)", title = "x"', "wrong-value"),
        ('to = "//host.example/", title = "x"', "wrong-value"),
        ('to = "http://[", title = "x"', "wrong-value"),
        ('to = "sponsor:ad", title = "x"', "wrong-value"),
        ('to = "https://jobs.example/"', "missing-key"),
        ('to = "/ads.txt"', "missing-key"),
        ('to = "topic:chisp"', "unknown-reference"),
        ('title = "x"', "missing-key"),
        ('to = "latest", group = "x"', "unknown-key"),
    ],
)
def test_an_entry_that_leads_nowhere_is_a_problem_with_its_line(bench: SiteBench, entry: str, code: str) -> None:
    lines = entry.replace(", ", "\n")
    with_menu(bench, f'[[menu.header]]\nto = "latest"\n[[menu.header]]\n{lines}\n').build().expect_refused()
    first = (bench.root / "site.toml").read_text().splitlines().index("[[menu.header]]") + 3
    assert f"[{code}]" in bench.problems
    assert any(bench.problems.startswith(f"site.toml:{line}:") for line in range(first, first + 3))


def test_an_entry_of_an_array_in_one_value_has_its_own_line(bench: SiteBench) -> None:
    with_menu(bench, '[menu]\nheader = [\n  {to = "latest"},\n  {to = "latset"},\n]\n').build().expect_refused()
    line = (bench.root / "site.toml").read_text().splitlines().index('  {to = "latset"},') + 1
    assert bench.problems.startswith(f"site.toml:{line}: error")


def test_hostile_titles_stay_text(bench: SiteBench) -> None:
    menu = "[menu]\nfooter = [{to = 'latest', title = '<script>x</script>', group = '<b onclick=x>'}]\n"
    with_menu(bench, menu).build().expect_report("")
    assert footer(bench) == {"<b onclick=x>": ["/latest/"]}
    assert "<script>x" not in bench.page("index.html").text
