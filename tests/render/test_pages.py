"""View + theme → an HTML page."""

import pickle
from typing import Any

import pytest

from generator.digest import digest_bytes
from generator.errors import Problem, RenderError
from generator.limits import Limits
from generator.load.markdown import Compiler
from generator.names import Digest, OutputPath, output_path
from generator.outputs import Output
from generator.outputs.pages import TextPage
from generator.outputs.parts import Chrome, Link, Meta, Picture, Text
from generator.render.pages import PageRenderer, write_text
from materials import make_layer, make_theme

CHROME = Chrome(title="Bench <News>", tagline="", language="en", home="/", base_path="")
META = Meta(title="About", description="", canonical=None)
PATH = output_path("about", "index.html")


def renderer(options: dict[str, Any] | None = None, **templates: str) -> PageRenderer:
    files = {f"{name}.html": text for name, text in templates.items()}
    layer = make_layer("mine", files, {"style.css": b"x"})
    fields = {"options": options or {}, "base_path": "/news", "time_zone": "Europe/Berlin"}
    return PageRenderer(make_theme(layer, **fields), CHROME, Limits())


def page(text: Text | None = None, path: OutputPath = PATH, **fields: Any) -> Output:
    return Output(
        path, TextPage(**{"meta": META, "heading": "About <us>", "text": text, **fields}), "content/pages/about.md"
    )


def render(output: Output, bodies: dict[Digest, str] | None = None, **templates: str) -> str:
    return renderer(**templates).render(output, (bodies or {}).__getitem__).decode()  # type: ignore[arg-type]


def body(html: str, **fields: Any) -> tuple[Text, dict[Digest, str]]:
    digest = digest_bytes(html.encode())
    return Text(digest=digest, **fields), {digest: html}


def test_a_template_is_given_the_view_the_chrome_and_the_themes_options() -> None:
    made = renderer({"wide": True}, page="{{ page.heading }}|{{ chrome.title }}|{{ theme.wide }}|{{ chrome.home }}\n")
    assert made.render(page(), {}.__getitem__) == b"About &lt;us&gt;|Bench &lt;News&gt;|True|/\n"


def test_a_template_is_given_nothing_else() -> None:
    for name in ("site", "config", "snapshot", "now", "output", "self_url"):
        with pytest.raises(RenderError, match=f"there is no '{name}' in templates"):
            render(page(), page=f"{{{{ {name} }}}}")


def test_the_chrome_is_known_in_parts_and_macros_too() -> None:
    part = "{% macro m() %}{{ chrome.language }}{{ asset('style.css')[:13] }}{% endmacro %}"
    assert render(page(), page='{% from "part.html" import m %}{{ m() }}', part=part) == "en/news/assets/"


def test_the_kind_of_a_view_decides_its_template() -> None:
    assert render(page(), page="the page", article="another") == "the page"


# Bodies


def test_a_body_is_written_as_it_was_compiled() -> None:
    text, bodies = body("<p>a &amp; <em>b</em></p>")
    assert render(page(text), bodies, page="{{ page.text | body }}") == "<p>a &amp; <em>b</em></p>"


def test_no_body_is_nothing() -> None:
    assert render(page(None), page="[{{ page.text | body }}]") == "[]"


def test_links_and_pictures_of_a_body_are_resolved() -> None:
    html = Compiler().compile("[a](article:a2) [t](topic:gone) ![p](p.png)", file="a.md").html
    picture = Picture(href="/news/media/p.1.png", url="https://x/", width=8, height=4, alt="")
    text, bodies = body(html, hrefs={"article:a2": '/a2/?x="&y'}, pictures={"p.png": picture})
    assert write_text(text, bodies.__getitem__) == (
        '<p><a href="/a2/?x=&quot;&amp;y">a</a> t '
        '<img alt="p" src="/news/media/p.1.png" width="8" height="4" loading="lazy"></p>'
    )


def test_pictures_of_a_body_come_in_sizes_and_formats_to_choose_from() -> None:
    html = Compiler().compile('![a "p"](p.png "t") ![q](q.webp)', file="a.md").html
    both = Picture(href="/p.png", url="", width=8, height=4, alt="", srcset="/p.png 8w", webp="/p.webp 8w")
    one = Picture(href="/q.webp", url="", width=8, height=4, alt="", srcset="/q.webp 8w", colour="#a3541c")
    text, bodies = body(html, pictures={"p.png": both, "q.webp": one})
    made = render(page(text), bodies, page="{{ page.text | body('50vw') }}")
    assert made == (
        '<p><picture><source type="image/webp" srcset="/p.webp 8w" sizes="auto, 50vw">'
        '<img alt="a &quot;p&quot;" src="/p.png" width="8" height="4" loading="lazy" srcset="/p.png 8w"'
        ' sizes="auto, 50vw" title="t"></picture> '
        '<img alt="q" src="/q.webp" width="8" height="4" loading="lazy" class="tint r3 g2 b1"'
        ' srcset="/q.webp 8w" sizes="auto, 50vw"></p>'
    )


def test_what_a_body_shows_of_templates_is_text() -> None:
    text, bodies = body("<p>{{ chrome.title }} {% raw %}</p>")
    assert render(page(text), bodies, page="{{ page.text | body }}") == "<p>{{ chrome.title }} {% raw %}</p>"


def test_one_renderer_renders_page_after_page() -> None:
    made = renderer(page="{{ page.heading }} {{ page.text | body }}")
    first, bodies = body("<p>1</p>")
    second, more = body("<p>2</p>")
    assert made.render(page(first, heading="A"), bodies.__getitem__) == b"A <p>1</p>"
    assert made.render(page(second, heading="B"), more.__getitem__) == b"B <p>2</p>"
    assert made.render(page(first, heading="A"), bodies.__getitem__) == b"A <p>1</p>"


# Faults of templates


def fault(**templates: str) -> Problem:
    with pytest.raises(RenderError) as caught:
        render(page(crumbs=(Link(text="Home"),)), **templates)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ page.heading + 1 }}", "str"),
        ("{{ 1 / 0 }}", "division by zero"),
        ("{{ page.heading | date }}", "a text has no attribute 'astimezone'"),
        ("{{ page.crumbs[0].text() }}", "a text is not callable"),
        ("{{ 'x' | json_ld }}", "JSON is malformed"),
        ("{{ page.meta() }}", "not callable"),
        ("{% for one in page.text %}{% endfor %}", "nothing is not iterable"),
    ],
)
def test_a_template_that_fails_is_named_with_its_line_and_its_page(text: str, said: str) -> None:
    problem = fault(page=f"first\n\n{text}")
    assert (problem.code, problem.file, problem.line) == ("template-failed", "themes/mine/templates/page.html", 3)
    assert problem.message.startswith("the template failed on about/index.html: ")
    assert said in problem.message
    assert problem.hint == "that page is made from content/pages/about.md"


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("{{ nope }}", "there is no 'nope' in templates", "templates have page (what the page shows), chrome"),
        ("{{ pgae.x }}", "there is no 'pgae' in templates", "did you mean 'page'? templates have page"),
        ("{{ page.haeding }}", "'page', a TextPage, has no 'haeding'", "did you mean 'heading'? it has meta, crumbs"),
        ("{{ page['haeding'] }}", "'page', a TextPage, has no 'haeding'", "did you mean 'heading'? it has"),
        (
            "{% set x = page.crumbs[0] %}{{ x.txt }}",
            "'x', a Link, has no 'txt'",
            "did you mean 'text'? it has text, href",
        ),
        (
            "{{ page.crumbs[0].href.x }}",
            "'page.crumbs[0].href' is none here",
            "it may be none: check {% if page.crumbs[0].href %} first",
        ),
        (
            "{{ page.text.digest }}",
            "'page.text' is none here, so it has no 'digest'",
            "it may be none: check {% if page",
        ),
        ("{{ page.heading.x }}", "'page.heading', a text, has no 'x'", "that page"),
        ("{{ chrome.titel }}", "'chrome', a Chrome, has no 'titel'", "did you mean 'title'?"),
        ("{{ theme.lgo }}", "'theme', a mapping, has no 'lgo'", None),
        ("{{ [][0] }}", "a list has no item 0", "check its length first"),
        ("{{ {'a': 1}.b }}", "a mapping has no 'b'", "it has a; that page"),
    ],
)
def test_what_is_not_there_is_told_with_what_there_is(text: str, said: str, hint: str | None) -> None:
    problem = fault(page=f"first\n\n{text}")
    assert (problem.code, problem.file, problem.line) == ("template-failed", "themes/mine/templates/page.html", 3)
    assert problem.message.removeprefix("the template failed on about/index.html: ").startswith(said)
    assert hint is None or problem.hint.startswith(hint)
    assert problem.hint.endswith("that page is made from content/pages/about.md")
    assert "generator" not in problem.message + problem.hint


def test_a_fault_in_a_part_is_named_there() -> None:
    problem = fault(page='{% include "part.html" %}', part="\n{{ nope }}")
    assert (problem.file, problem.line) == ("themes/mine/templates/part.html", 2)


def test_a_fault_in_a_macro_is_named_there() -> None:
    part = "{% macro m(x) %}\n\n\n{{ x.nope }}{% endmacro %}"
    problem = fault(page='{% from "part.html" import m %}{{ m(page) }}', part=part)
    assert (problem.file, problem.line) == ("themes/mine/templates/part.html", 4)


def test_parts_that_include_each_other_for_ever_are_at_fault() -> None:
    problem = fault(page='{% include "part.html" %}', part='{% include "page.html" %}')
    assert "recursion" in problem.message


def test_a_theme_without_the_template_of_a_page_is_at_fault() -> None:
    problem = fault(article="x")
    assert problem.code == "template-failed"
    assert "page.html" in problem.message


def test_a_fault_comes_whole_out_of_another_process() -> None:
    with pytest.raises(RenderError) as caught:
        render(page(), page="{{ nope }}")
    assert pickle.loads(pickle.dumps(caught.value)).problems == caught.value.problems
