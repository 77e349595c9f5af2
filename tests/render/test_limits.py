"""Templates that would never end: each is stopped, and named with its line and the limit."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from generator.errors import Problem, RenderError
from generator.limits import Limits
from generator.names import output_path
from generator.outputs import Output
from generator.outputs.pages import TextPage
from generator.outputs.parts import Chrome, Meta
from generator.render.pages import PageRenderer
from materials import make_layer, make_theme

CHROME = Chrome(title="Bench", tagline="", language="en", home="/", base_path="")
META = Meta(title="About", description="", canonical=None)
LITTLE = Limits(output_seconds=60, output_bytes=1_000_000, output_memory=200_000_000)
SHORT = Limits(output_seconds=0.02)  # type: ignore[arg-type]


def renderer(text: str, limits: Limits = LITTLE, **others: str) -> PageRenderer:
    files = {"page.html": f"first\n\n{text}", **{f"{name}.html": other for name, other in others.items()}}
    return PageRenderer(make_theme(make_layer("mine", files)), CHROME, limits)


def render(made: PageRenderer, heading: str = "") -> bytes:
    view = TextPage(meta=META, heading=heading, text=None)
    return made.render(Output(output_path("about", "index.html"), view, "content/pages/about.md"), {}.__getitem__)


def fault(made: PageRenderer) -> Problem:
    with pytest.raises(RenderError) as caught:
        render(made)
    (problem,) = caught.value.problems
    return problem


WIDE = "{% for a in range(100000) %}{% for b in range(100000) %}"
ENDS = "{% endfor %}{% endfor %}"

BEYOND = {
    "a loop": (f"{WIDE}{ENDS}", "output_seconds"),
    "macros": (
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(100) }}",
        "output_seconds",
    ),
    "an expression": ("{{ range(100000)|map('string')|batch(1)|map('join')|list * 99 }}", "output_seconds"),
    "a text": ('{{ "x" * 10**12 }}', "output_memory"),
    "a text that would fit": ('{{ "x" * 10**9 }}', "output_memory"),
    "a format": ('{{ "%10000000000d" % 1 }}', "output_memory"),
    "a width": ('{{ "x".zfill(10**10) }}', "output_memory"),
    "doubling": (
        '{% set n = namespace(x="x") %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}',
        "output_memory",
    ),
    "a list": ("{{ ([1] * 10**6 * 10**6)|length }}", "output_memory"),
    "a power": ("{{ 10 ** (10**10) }}", "output_memory"),
    "a product": (
        "{% set n = namespace(x=3) %}{% for i in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}",
        "output_memory",
    ),
    "many pieces": (f"{WIDE}xxxxxxxxxxxxxxxxxxxxxxxxxxxx{ENDS}", "output_bytes"),
    "one piece": ('{{ "x" * 10**7 }}', "output_bytes"),
    "letters of many bytes": ('{{ "漢" * 600000 }}{{ "漢" * 600000 }}', "output_bytes"),
}


@pytest.mark.parametrize("name", BEYOND)
def test_a_template_beyond_a_limit_is_named_with_its_line_and_the_limit(name: str) -> None:
    text, limit = BEYOND[name]
    problem = fault(renderer(text, SHORT if limit == "output_seconds" else LITTLE))
    assert (problem.code, problem.file, problem.line) == ("over-limit", "themes/mine/templates/page.html", 3)
    assert problem.message.endswith(" on about/index.html")
    assert problem.hint.endswith(
        f"which is made from content/pages/about.md, or raise '{limit}' in [limits] of site.toml"
    )


def test_the_line_is_that_of_the_part_that_does_it() -> None:
    problem = fault(renderer('{% include "part.html" %}', SHORT, part=f"one\n{WIDE}{ENDS}"))
    assert (problem.file, problem.line) == ("themes/mine/templates/part.html", 2)


def test_a_template_that_ends_at_its_limit_is_rendered() -> None:
    assert len(render(renderer('{{ "x" * 999993 }}'))) == 1_000_000
    assert fault(renderer('{{ "x" * 999994 }}')).code == "over-limit"


def test_templates_are_limited_in_threads_too() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(fault, renderer(f"{WIDE}{ENDS}", SHORT)).result().code == "over-limit"


def test_other_pages_of_the_template_are_rendered() -> None:
    made = renderer(f"{{% if not page.heading %}}{WIDE}{ENDS}{{% endif %}}", SHORT)
    assert fault(made).code == "over-limit"
    assert render(made, "A heading") == b"first\n\n"


def test_a_range_has_an_end() -> None:
    assert render(renderer("{{ range(100000)|length }} {{ range(9, 3, -3)|list }}")) == b"first\n\n100000 [9, 6]"
    for text in ("range(10**12)", "range(100001)", "range(10**30)|sum", "range(0, 0 - 10**12, -1)"):
        problem = fault(renderer(f"{{{{ {text} }}}}"))
        assert (problem.code, problem.line) == ("template-failed", 3)
        assert problem.message.endswith("range() has more than 100,000 numbers")


def test_sums_of_usual_size_are_as_they_were() -> None:
    text = "{{ 2 * 3 }} {{ 'ab' * 2 }} {{ 2 * [1] }} {{ 2 ** 10 }} {{ 1.5 * 2 }} {{ 4 ** 0.5 }} {{ 2 ** -1 }}"
    assert render(renderer(text)) == b"first\n\n6 abab [1, 1] 1024 3.0 2.0 0.5"
