"""The contract of themes: the bundled ones keep it, and each rule is broken by a theme that differs in one place."""

import base64
import hashlib
from pathlib import Path

import pytest

from conftest import ROOT, THEMES
from generator.contract import RULES, PageFacts
from generator.errors import CONTRACT_WARNINGS, LocatedProblem
from generator.outputs import TEMPLATES
from generator.theme_check import ThemeReport, check_themes

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("golden_is_built")]

BASE = ROOT / "themes" / "base"

POLICY = "default-src 'none'; script-src 'none'"
SLOT_POLICY = '{% if slot.policy %} <a href="{{ slot.policy.href }}">{{ slot.policy.text }}</a>{% endif %}'
LABEL = "<bdi>{{ slot.label }}</bdi>"
ORIGINAL = '<a class="original" href="{{ page.source_url }}" rel="noopener">'
TIME = '<time datetime="{{ at | iso }}">{{ at | date_time }}</time>'
STYLE = '<link rel="stylesheet" href="{{ asset("style.css") }}">'
EAGER = "'loading=\"lazy\"' | safe }}"
SIZE = 'width="{{ picture.width }}" height="{{ picture.height }}"'
BADGE = '<span class="visually-hidden"{{ ours }}>{{ t("badge_" ~ name) }}{{ t("list_comma") }}</span>'
HEAVY = "".join(f".a{hashlib.sha256(bytes([n])).hexdigest()} {{ top: 0; }}\n" for n in range(256))
"""Rules that gzip makes little of."""

Breach = tuple[str, str, str, str]

BREACHES: list[Breach] = [
    # rule, file of the theme, what stands in base, what stands in its place
    ("sponsor-slot", "templates/slot.html", "{% if page.slot %}", "{% if false %}"),
    ("sponsor-slot", "templates/article.html", "text.addresses) }}\n</article>", "text.addresses) }}"),
    ("sponsor-label", "templates/slot.html", LABEL, ""),
    ("sponsor-label", "templates/slot.html", LABEL, LABEL.replace("<bdi", "<bdi hidden")),
    ("sponsor-label", "templates/slot.html", LABEL, LABEL.replace("<bdi", '<bdi class="visually-hidden"')),
    ("sponsor-label", "templates/slot.html", LABEL, f"<span>Good to know</span>{LABEL}"),
    (
        "sponsor-label",
        "assets/style.css",
        ".slot {",
        "@media (max-width: 40rem) { .slot-label > :first-child { display: none; } }\n.slot {",
    ),
    ("sponsor-label", "templates/slot.html", "{{ slot.sponsor }}</a>", "Them</a>"),
    ("sponsor-policy", "templates/slot.html", SLOT_POLICY, ""),
    ("sponsor-policy", "templates/slot.html", '<a href="{{ slot.policy', '<a hidden href="{{ slot.policy'),
    ("sponsor-link", "templates/slot.html", '{% set rel = "sponsored noopener" %}', '{% set rel = "noopener" %}'),
    ("original-link", "templates/origin.html", ORIGINAL, "<a>"),
    ("original-link", "templates/origin.html", ORIGINAL, ORIGINAL.replace("<a", "<a hidden")),
    ("time-element", "templates/time.html", TIME, "{{ at | date_time }}"),
    ("time-element", "templates/time.html", TIME, TIME.replace("at | iso", "at | date")),
    ("picture-alt", "templates/picture.html", ' alt="{{ alt }}"', ""),
    ("picture-alt", "templates/picture.html", "alt=image.alt, ", ""),
    ("picture-size", "templates/picture.html", SIZE, 'width="{{ picture.width }}"'),
    ("draft-mark", "templates/mark.html", '{{ t("draft") }}', "*"),
    ("draft-mark", "templates/mark.html", '{{ t("scheduled") }}', "*"),
    ("badge-word", "templates/mark.html", BADGE, ""),
    ("language-mark", "templates/lang.html", 'lang="{{ language }}" dir=', "dir="),
    ("language-mark", "templates/lang.html", "{{ language | direction }}", "ltr"),
    ("language-mark", "templates/layout.html", "{{ chrome.direction }}", "rtl"),
    ("headline-language", "templates/card.html", 'class="headline"{{ foreign(card) }}', 'class="headline"'),
    ("headline-language", "templates/link.html", "{% else %}{{ foreign(to) }}{% endif %}", "{% endif %}"),
    ("address-direction", "templates/link.html", ' dir="ltr"', ""),
    ("heading-order", "templates/page-header.html", "{{ heading }}</h1>", "</h1><h3>{{ heading }}</h3>"),
    ("heading-order", "templates/latest.html", "headlines(page.latest, 3)", "headlines(page.latest, 4)"),
    ("landmarks", "templates/layout.html", '<footer class="site-footer">', '<div class="site-footer">'),
    ("landmarks", "templates/crumbs.html", ' aria-label="{{ t("breadcrumb") }}"', ""),
    ("skip-link", "templates/layout.html", '<a class="skip" href="#content">{{ t("skip") }}</a>', ""),
    ("repeated-id", "templates/latest.html", 'class="latest"', 'class="latest" id="content"'),
    ("dangling-id", "templates/latest.html", 'aria-labelledby="latest"', 'aria-labelledby="newest"'),
    ("nameless", "templates/layout.html", '<p class="tagline">', '<button></button><p class="tagline">'),
    ("zoom", "templates/head.html", "initial-scale=1", "initial-scale=1, user-scalable=no"),
    ("noindex", "templates/head.html", '"noindex"', '"nosnippet"'),
    (
        "unescaped-text",
        "templates/story-header.html",
        "{{ page.headline | unbroken }}</h1>",
        "{{ page.headline | safe }}</h1>",
    ),
    ("content-policy", "templates/policy.html", "style-src 'self'", "style-src 'self' 'unsafe-inline'"),
    ("content-policy", "templates/policy.html", "img-src 'self'", "img-src 'self' https://pictures.example"),
    ("inline-script", "templates/head.html", STYLE, f"{STYLE}<script>document.title</script>"),
    ("inline-script", "templates/layout.html", '<main id="content"', '<main id="content" onclick="go()"'),
    ("inline-style", "templates/head.html", STYLE, f"{STYLE}<style>p {{ margin: 0 }}</style>"),
    ("inline-style", "templates/layout.html", '<main id="content"', '<main id="content" style="margin: 0"'),
    ("foreign-host", "templates/head.html", STYLE, f'{STYLE}<link rel="preconnect" href="https://fonts.example">'),
    ("foreign-host", "templates/picture.html", "<img", '<img srcset="https://pictures.example/a.png 2x"'),
    ("foreign-host", "assets/style.css", ".slot {", "body { background: url(//pictures.example/paper.png); }\n.slot {"),
    (
        "article-weight",
        "assets/style.css",
        ".slot {",
        "".join(f".a{n} {{ margin: {n}px; }}\n" for n in range(1500)) + ".slot {",
    ),
    ("front-weight", "assets/style.css", ".slot {", HEAVY + ".slot {"),
    ("lazy-picture", "templates/picture.html", EAGER, EAGER.replace("lazy", "eager")),
    ("feed-link", "templates/head.html", "{% for feed in meta.feeds %}", "{% for feed in () %}"),
]

ALSO = {
    # The tag that a title becomes swallows what stands in it, a script among them.
    "unescaped-text": {"inline-script", "heading-order", "nameless"},
    "article-weight": {"front-weight"},
    "front-weight": {"article-weight"},
    "sponsor-slot": {"headline-language", "landmarks"},
    "language-mark": {"headline-language"},
}
"""Rules that fall with another."""


def gather_themes() -> list[dict[str, Breach]]:
    """The breaches of one theme each, by rule: the first of every rule, the second of every rule, and so on.

    A breach with which other rules fall has a theme to itself: it would hide what another one breaks.
    """
    alone = [{breach[0]: breach} for breach in BREACHES if breach[0] in ALSO]
    themes: list[dict[str, Breach]] = []
    for breach in BREACHES:
        if breach[0] not in ALSO:
            if all(breach[0] in theme for theme in themes):
                themes.append({})
            next(theme for theme in themes if breach[0] not in theme)[breach[0]] = breach
    return themes + alone


def check_one(root: Path, name: str) -> ThemeReport:
    (report,) = check_themes(root, [name])
    return report


def break_base(root: Path, file: str, old: str, new: str) -> None:
    """A theme that stands on base and differs in one place."""
    place = root / "themes/broken" / file
    text = (place if place.exists() else BASE / file).read_text()
    assert old in text, f"{old!r} is not in {file}"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text.replace(old, new, 1))
    (root / "themes/broken/theme.toml").write_text('title = "Broken"\nextends = "base"\n')


def found(report: ThemeReport, code: str) -> LocatedProblem:
    return next(problem for problem in report.problems if problem.code == code)


@pytest.mark.parametrize("theme", THEMES)
def test_every_bundled_theme_keeps_the_contract(theme: str) -> None:
    report = check_one(ROOT, theme)
    assert report.problems == ()
    assert report.has_passed
    assert report.pages > 80


@pytest.mark.parametrize("breaches", gather_themes(), ids=lambda breaches: f"{len(breaches)}-{min(breaches)}")
def test_a_report_names_each_rule_that_a_theme_breaks_and_no_other(tmp_path: Path, breaches: dict[str, Breach]) -> None:
    for _, file, old, new in breaches.values():
        break_base(tmp_path, file, old, new)
    report = check_one(tmp_path, "broken")
    codes = {problem.code for problem in report.problems}
    assert breaches.keys() <= codes
    assert codes <= breaches.keys() | {also for code in breaches for also in ALSO.get(code, ())}
    for code in breaches:
        assert found(report, code).severity == ("warning" if code in CONTRACT_WARNINGS else "error"), code
    assert report.has_passed == (breaches.keys() <= CONTRACT_WARNINGS)


def test_every_rule_is_broken_by_one_of_these_themes() -> None:
    assert {code for code, *_ in BREACHES} == {rule.code for rule in RULES}


def test_a_problem_names_page_line_and_what_stands_there(tmp_path: Path) -> None:
    break_base(tmp_path, "templates/slot.html", LABEL, "")
    problem = found(check_one(tmp_path, "broken"), "sponsor-label")
    assert problem.file.startswith("broken/")
    assert problem.line
    assert problem.message.startswith("the label of the sponsored message is not shown, or hidden (and on ")
    assert problem.expected.endswith("' first")
    assert problem.hint == "print slot.label first in the <aside>, as text that nothing hides"


@pytest.mark.parametrize(
    "css",
    [
        ".slot-label { visibility: hidden }",
        ".slot .slot-label { opacity: 0 }",
        "@supports (display: grid) { .slot > p:first-child { font-size: 0 } }",
        ".slot-label, h1 { clip-path: inset(50%) }",
    ],
)
def test_a_label_that_the_style_sheet_hides_is_not_shown(tmp_path: Path, css: str) -> None:
    break_base(tmp_path, "assets/style.css", ".slot {", f"{css}\n.slot {{")
    # What hides the label hides the link to the policy that stands beside it.
    codes = {problem.code for problem in check_one(tmp_path, "broken").problems}
    assert codes == {"sponsor-label", "sponsor-policy"}


def test_a_label_that_is_hidden_elsewhere_is_shown(tmp_path: Path) -> None:
    css = """
        @media print { .slot-label { display: none } }
        .slot-label::before { display: none }
        .slot-label { opacity: 0.9; font-size: 0.8rem }
        .slots { display: none }
        .slot-label:hover { visibility: hidden }
    """
    break_base(tmp_path, "assets/style.css", ".slot {", f"{css}\n.slot {{")
    assert check_one(tmp_path, "broken").problems == ()


def test_a_script_whose_hash_the_policy_names_is_allowed(tmp_path: Path) -> None:
    script = "document.documentElement.dataset.ready = 1"
    digest = "sha256-" + base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    break_base(tmp_path, "templates/head.html", STYLE, f"{STYLE}<script>{script}</script>")
    policy = (BASE / "templates/policy.html").read_text().replace("script-src ", f"script-src '{digest}' ")
    (tmp_path / "themes/broken/templates/policy.html").write_text(policy)
    assert check_one(tmp_path, "broken").problems == ()


def test_the_report_of_a_theme_that_cannot_be_built_names_the_reason(tmp_path: Path) -> None:
    break_base(tmp_path, "templates/page.html", "{% block main %}", "{% block main %}{{ page.no_such_field }}")
    report = check_one(tmp_path, "broken")
    assert (report.pages, report.has_passed) == (0, False)
    assert [(one.code, one.file) for one in report.problems] == [("unknown-name", "themes/broken/templates/page.html")]


def test_the_golden_pages_reach_every_branch_of_the_facts(golden_facts: dict[str, PageFacts]) -> None:
    facts = list(golden_facts.values())
    for name in ("original", "picture", "badge", "label"):
        told = {bool(getattr(one, name)) for one in facts}
        assert told == {True, False}, name
    for name in ("is_draft", "is_scheduled", "is_indexed"):
        assert {getattr(one, name) for one in facts} == {True, False}, name
    assert {one.badge for one in facts} == {"", "live", "breaking", "exclusive", "opinion"}
    assert len({one.label for one in facts}) == 4
    assert {one.language for one in facts} == {"en", "de", "ar"}
    assert {one.direction for one in facts} == {"ltr", "rtl"}
    assert {one.template for one in facts} == {*TEMPLATES} - {"policy.html"}
