"""What links mean, and whether there is what they promise."""

from pathlib import Path

import pytest

from checking import found
from generator.check.addresses import Addresses, Target
from generator.names import OutputPath, SiteUrl
from sitebench import SiteBench, article

PAGE = OutputPath("news/a/index.html")


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("/sub/topics/", Target("topics/", "")),
        ("/sub", Target("", "")),
        ("/sub/", Target("", "")),
        ("../b/#s-x", Target("news/b/", "s-x")),
        ("#s-%C3%A4", Target("news/a/", "s-ä")),
        ("", Target("news/a/", "")),
        ("?q=1", Target("news/a/", "")),
        ("/sub/x/#:~:text=a", Target("x/", "")),
        ("/sub/x/#s-a:~:text=a", Target("x/", "s-a")),
        ("HTTPS://A.example:443/sub/%C3%A4/", Target("ä/", "")),
        ("http://a.example/sub/x/", Target("x/", "")),
        ("//a.example/sub/x/", Target("x/", "")),
        ("/other-app/", "https://a.example/other-app/"),
        ("/subway/", "https://a.example/subway/"),
        ("/sub/../../etc", "https://a.example/etc"),
        ("https://b.example/x#y", "https://b.example/x"),
        ("https://a.example:8000/sub/", "https://a.example:8000/sub/"),
        ("mailto:a@a.example", None),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AAAA", None),
        ("ftp://b.example/", None),
    ],
)
def test_a_link_means_a_place_of_the_site_or_one_elsewhere(href: str, target: Target | str | None) -> None:
    addresses = Addresses(SiteUrl("https://a.example/sub"))
    assert addresses.resolve(href, PAGE) == target
    assert addresses.resolve(href, PAGE) == target


@pytest.mark.parametrize("href", ["http://[", "https://a.example:port/", "http:///x"])
def test_what_is_no_address_is_refused(href: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        Addresses(SiteUrl("https://a.example")).resolve(href, PAGE)


def test_the_base_of_a_page_counts() -> None:
    addresses = Addresses(SiteUrl("https://a.example"))
    assert addresses.resolve("x/", PAGE, "/b/") == Target("b/x/", "")
    assert addresses.resolve("/x/", PAGE, "https://b.example/") == "https://b.example/x/"
    assert addresses.resolve("/x/", PAGE) == Target("x/", "")


def write_links(bench: SiteBench, *targets: str) -> None:
    links = "\n".join(f"See [this](https://bench.example{target}), or not." for target in targets)
    bench.write("content/articles/a1.md", article("Chip news 1", 1, body=links))


def test_a_link_that_leads_somewhere_is_no_problem(bench: SiteBench) -> None:
    pages = ("/", "/topics/chips/", "/topics/chips/#top", "/about/#content", "/about/?a=b", "/about/#:~:text=we")
    write_links(bench, *pages, "/feed.xml", "/feed.xml#x")
    said = found(bench)
    assert "-link]" not in said
    assert "fragment]" not in said


def test_a_link_that_leads_nowhere_is_told_at_its_line(bench: SiteBench) -> None:
    write_links(bench, "/nowhere/", "/about/x.html", "/about", "/about/#team")
    said = [one for one in found(bench).splitlines() if "-link]" in one or "fragment]" in one]
    where = ", in news/chips/a1/index.html (and in 9 more outputs)"  # feeds hold the whole text
    wanted = [
        ("9: error", "the link to '/nowhere/' is broken", "broken-link"),
        ("10: error", "the link to '/about/x.html' is broken", "broken-link"),
        ("11: warning", "the link to '/about' works only through a redirect", "slashless-link"),
        ("12: error", "the link to '/about/' names a fragment '#team' that does not exist", "broken-fragment"),
    ]
    assert said == [f"content/articles/a1.md:{line}: {told}{where} [{code}]" for line, told, code in wanted]


def test_the_check_leaves_the_output_alone(bench: SiteBench) -> None:
    found(bench)
    assert not bench.output.exists()
    assert Path(bench.root / ".newsprint/check/index.html").exists()
