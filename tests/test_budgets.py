"""`[budgets]` of `site.toml`: how much pages may weigh."""

import pytest

from generator.theme_check import ThemeReport, check_themes
from sitebench import SITE_TOML, SiteBench


def check_with(bench: SiteBench, budgets: str) -> ThemeReport:
    (report,) = check_themes(bench.write("site.toml", f"{SITE_TOML}\n[budgets]\n{budgets}\n").root)
    return report


def test_a_theme_within_its_budgets_has_no_problem(bench: SiteBench) -> None:
    report = check_with(bench, "article_bytes = 99_000")
    assert report.problems == ()
    assert (report.weights["article-weight"].most, report.weights["front-weight"].most) == (99_000, 14_336)


@pytest.mark.parametrize(("key", "code"), [("article_bytes", "article-weight"), ("front_bytes", "front-weight")])
def test_what_is_heavier_is_a_warning(bench: SiteBench, key: str, code: str) -> None:
    report = check_with(bench, f"{key} = 2000")
    assert [(one.code, one.severity) for one in report.problems] == [(code, "warning")]
    assert "at most 2,000 bytes" in report.problems[0].expected
    assert report.has_passed
