"""Outputs beyond a limit: they refuse the build at once, by name."""

import msgspec
import pytest

from generator.build.excess import guard_outputs
from generator.build.render import _render_each
from generator.errors import Problem, RenderError
from generator.guard import Loss
from generator.limits import Limits
from generator.names import output_path
from generator.outputs import Output
from generator.outputs.files import Robots
from generator.outputs.pages import TextPage
from generator.outputs.parts import Meta
from generator.outputs.view import View
from generator.publish import RenderTask
from materials import make_layer, make_theme

PAGE = TextPage(meta=Meta(title="About", description="", canonical=None), heading="About", text=None)


def task(name: str, view: View = PAGE) -> RenderTask:
    return RenderTask(output_path(name), msgspec.msgpack.encode(view), f"content/pages/{name}.md", {})


def lose(loss: Loss, one: RenderTask) -> Problem:
    guard = guard_outputs(make_theme(make_layer("mine", {"page.html": ""})), Limits())
    with pytest.raises(RenderError) as caught:
        guard.lost(one, loss)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("loss", "said"),
    [
        (Loss.TIME, "rendering about takes too long"),
        (Loss.MEMORY, "rendering about takes too much memory"),
        (Loss.CRASH, "rendering about ended the process"),
    ],
)
def test_an_output_that_ends_its_process_is_named_with_its_template(loss: Loss, said: str) -> None:
    problem = lose(loss, task("about"))
    assert (problem.code, problem.file, problem.message) == ("over-limit", "themes/mine/templates/page.html", said)
    assert problem.hint.startswith("it is made from content/pages/about.md")


def test_one_without_a_template_is_named_with_its_record() -> None:
    assert lose(Loss.TIME, task("robots.txt", Robots(sitemap_url=None))).file == "content/pages/robots.txt.md"


class Failing:
    """Renders what is asked, and notes it; one output fails."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.asked: list[str] = []

    def render(self, output: Output, _: object) -> bytes:
        self.asked.append(output.path)
        if output.path == "b":
            raise RenderError([Problem(file="page.html", code=self.code, message="no")])
        return b"x"


@pytest.mark.parametrize(("code", "asked"), [("over-limit", ["a", "b"]), ("template-failed", ["a", "b", "c", "d"])])
def test_nothing_is_rendered_after_an_output_beyond_a_limit(code: str, asked: list[str]) -> None:
    renderer = Failing(code)
    made = list(_render_each([task(one) for one in "abcd"], renderer, lambda _: {}.__getitem__))  # type: ignore[arg-type]
    assert (renderer.asked, len(made)) == (asked, 4)
