"""`[theme] sandbox`: what templates cannot do there, and that honest ones need none of it."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.errors import Problem, RenderError, ThemeError
from generator.limits import Limits
from generator.names import output_path
from generator.outputs import Output
from generator.outputs.pages import TextPage
from generator.outputs.parts import Chrome, Meta
from generator.render.pages import PageRenderer
from generator.theme import open_theme
from materials import make_config
from sitebench import GOLDEN_OPTIONS, SiteBench

CHROME = Chrome(title="Bench", tagline="", language="en", home="/", base_path="")
PAGE = TextPage(meta=Meta(title="About", description="", canonical=None), heading="", text=None)


def render(bench: SiteBench, text: str, *, sandbox: bool = True) -> str:
    bench.write("themes/mine/theme.toml", 'title = "Mine"').write("themes/mine/templates/page.html", text)
    theme = open_theme(bench.root, make_config(theme={"name": "mine", "sandbox": sandbox}))
    output = Output(output_path("about", "index.html"), PAGE, "content/pages/about.md")
    return PageRenderer(theme, CHROME, Limits()).render(output, {}.__getitem__).decode()


@pytest.mark.parametrize(
    "text",
    [
        "{{ page.__class__ }}",
        "{{ ''['__class__'] }}",
        "{{ ''|attr('__class__') }}",
        "{{ t.__globals__ }}",
        "{{ cycler.__init__.__globals__.os.getpid() }}",
        "{{ self._TemplateReference__context }}",
        "{{ '{0.__class__}'.format(page) }}",
        "{{ '{x.__class__}'.format_map({'x': page}) }}",
        "{{ ('{0.__class__}'|safe).format(page) }}",
        "{{ [1].append(2) }}",
        "{{ {}.update({'a': 1}) }}",
    ],
)
def test_what_a_sandbox_does_not_allow_is_a_problem_with_its_line(empty_bench: SiteBench, text: str) -> None:
    with pytest.raises(RenderError) as caught:
        render(empty_bench, f"\n{text}")
    (problem,) = caught.value.problems
    assert (problem.code, problem.file, problem.line) == ("unsafe-theme", "themes/mine/templates/page.html", 2)
    assert "[theme] of site.toml" in problem.hint
    render(empty_bench, text, sandbox=False)


def test_no_name_of_python_is_reached_by_a_filter(empty_bench: SiteBench) -> None:
    assert "class" not in render(empty_bench, "{{ [1]|map(attribute='__class__')|map('default', '-')|join }}")


@pytest.mark.slow
def test_the_golden_site_is_the_same_in_a_sandbox(golden_site: Path, tmp_path: Path) -> None:
    shutil.copytree(golden_site, tmp_path / "site")
    bench, before = SiteBench(tmp_path / "site"), SiteBench(golden_site).files()
    bench.edit("site.toml", 'name = "base"', 'name = "base"\nsandbox = true').build(**GOLDEN_OPTIONS).expect_built()
    assert bench.report is not None
    assert bench.report.rendered >= sum(path.endswith(".html") for path in before) > 100
    assert bench.files() == before


def test_compiled_templates_are_kept_for_the_sandbox_or_for_none(empty_bench: SiteBench) -> None:
    empty_bench.write("themes/mine/theme.toml", 'title = "Mine"').write("themes/mine/templates/page.html", "x")
    kept: dict[Any, bytes] = {}

    class Kept:
        get = staticmethod(lambda name, key: kept.get((name, key)))
        put = staticmethod(lambda name, key, found: kept.update({(name, key): found}))

    themes = [
        open_theme(empty_bench.root, make_config(theme={"name": "mine", "sandbox": one}), Kept)
        for one in (False, True, False, True)
    ]
    assert [theme.traced.is_sandboxed for theme in themes] == [False, True, False, True]
    assert len({theme.closure_digest("page.html") for theme in themes}) == 2
    assert len({theme.digest for theme in themes}) == 2


def links_out(bench: SiteBench, *, sandbox: bool) -> list[Problem]:
    try:
        open_theme(bench.root, make_config(theme={"name": "mine", "sandbox": sandbox}))
    except ThemeError as fault:
        return list(fault.problems)
    return []


def test_no_link_leads_out_of_a_theme_in_a_sandbox(empty_bench: SiteBench) -> None:
    secrets = empty_bench.root / "secrets"
    secrets.mkdir()
    (secrets / "de.toml").write_text("")
    theme = empty_bench.write("themes/mine/theme.toml", 'title = "Mine"').root / "themes/mine"
    empty_bench.write("themes/mine/templates/page.html", "x").write("themes/mine/assets/own.css", "a{}")
    (theme / "assets/inside.css").symlink_to("own.css")
    (theme / "assets/key.txt").symlink_to(secrets / "de.toml")
    (theme / "strings").symlink_to(secrets)
    assert {(one.code, one.file) for one in links_out(empty_bench, sandbox=True)} >= {
        ("unsafe-theme", "themes/mine/assets/key.txt"),
        ("unsafe-theme", "themes/mine/strings"),
    }
    (theme / "strings").unlink()
    assert links_out(empty_bench, sandbox=False) == []
    (theme / "assets/key.txt").unlink()
    assert links_out(empty_bench, sandbox=True) == []
