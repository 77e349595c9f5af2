"""`[security.allow]` of `site.toml`: what pages may use of other sites."""

import re

import pytest

from generator.policy import read_policy
from generator.theme_check import check_themes
from sitebench import SITE_TOML, SiteBench

THEME = {
    "themes/mine/theme.toml": 'title = "Mine"\nextends = "base"\n',
    "themes/mine/templates/footer.html": (
        '{% include "parent:footer.html" %}\n'
        '<form class="wrap" action="https://letters.example/subscribe" method="post">'
        '<label>Our letter <input type="email" name="email" autocomplete="email"></label>'
        "<button>Subscribe</button></form>\n"
        '<script defer src="https://count.example/count.js"></script>\n'
    ),
}
ALLOW = """
[security.allow]
form = ["https://letters.example"]
script = ["https://count.example"]
connect = ["https://count.example:8443"]
"""


def with_theme(bench: SiteBench, allow: str) -> SiteBench:
    return bench.write_all(THEME).write("site.toml", SITE_TOML.replace('"base"', '"mine"') + allow)


def policies(bench: SiteBench) -> list[dict[str, list[str]]]:
    """That of a page, and that of `_headers`."""
    meta = bench.page("index.html").tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    header = re.findall(r"Content-Security-Policy: (.*)", bench.files()["_headers"].decode())[0]
    return [read_policy(meta), read_policy(header)]


def test_the_policy_of_pages_and_headers_names_what_is_allowed(bench: SiteBench) -> None:
    with_theme(bench, ALLOW).build().expect_report("")
    for policy in policies(bench):
        assert policy["form-action"] == ["https://letters.example"]
        assert policy["script-src"] == ["'self'", "https://count.example"]
        assert policy["connect-src"] == ["'self'", "https://count.example:8443"]
        assert policy["img-src"] == ["'self'"]
        assert "frame-src" not in policy


def test_without_the_table_nothing_is_allowed(bench: SiteBench) -> None:
    with_theme(bench, "").build().expect_report("")
    for policy in policies(bench):
        assert policy["form-action"] == ["'none'"]
        assert {source for name in policy if name != "frame-ancestors" for source in policy[name]} == {
            "'none'",
            "'self'",
        }


def test_an_edit_of_the_table_renders_pages_and_headers_and_equals_a_clean_build(bench: SiteBench) -> None:
    with_theme(bench, "").build()
    with_theme(bench, ALLOW).build()
    assert {"index.html", "_headers"} <= bench.rendered
    assert not any(path.endswith(".xml") for path in bench.rendered)
    bench.expect_same_as_clean_build()


def test_a_theme_is_judged_by_what_its_site_allows(bench: SiteBench) -> None:
    (report,) = check_themes(with_theme(bench, ALLOW).root)
    assert [one.message for one in report.problems if one.is_error] == []
    (report,) = check_themes(with_theme(bench, ALLOW.replace("script =", "image =")).root)
    messages = {one.message for one in report.problems}
    assert any(message.startswith("the page loads something from another host") for message in messages)
    assert not any("allows more than" in message for message in messages)


@pytest.mark.parametrize(
    "origin",
    [
        "http://letters.example",
        "https://letters.example/path",
        "https://letters.example; script-src *",
        "https://*",
        "*",
        "'unsafe-inline'",
        "data:",
        "https://a\n.example",
    ],
)
def test_what_is_no_origin_is_a_problem(bench: SiteBench, origin: str) -> None:
    with_theme(bench, f'[security.allow]\nform = ["""{origin}"""]\n').build().expect_refused()
    assert "[wrong-value]" in bench.problems or "[wrong-type]" in bench.problems, bench.problems
    assert "the origin of a site" in bench.problems
