"""Markdown inside of elements that pages do not hold: where it begins, and what is told where it does not."""

import pytest

from generator.config import EngineName
from generator.load.markdown import CompiledText, Compiler
from generator.load.wrappers import open_wrappers


def compile_text(text: str, engine: EngineName = "python-markdown") -> CompiledText:
    return Compiler(engine).compile(text, file="content/pages/a.md")


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
@pytest.mark.parametrize(
    "text",
    [
        "<details>\n<summary>More</summary>\n\nA **b**.\n\n- c\n- d\n\n</details>",
        "<details><summary>More</summary>\n\nA **b**.\n\n- c\n- d\n</details>\n\nAfter.",
        '<div class="x">\n<section>\n\nA **b**.\n\n- c\n- d\n\n</section>\n</div>',
        "<DIV>\n\nA **b**.\n\n<center>\n\n- c\n- d\n\n</center>\n\n</DIV>",
    ],
)
def test_behind_an_empty_line_markdown_begins(engine: EngineName, text: str) -> None:
    compiled = compile_text(text, engine)
    assert "<p>A <strong>b</strong>.</p>\n<ul>\n<li>c</li>\n<li>d</li>\n</ul>" in compiled.html.replace("\n \n", "\n")
    assert compiled.problems == ()
    assert ("More" in compiled.html) is ("More" in text)


def test_a_summary_is_a_paragraph() -> None:
    html = compile_text("<details>\n<summary>More *of* it</summary>\n\nText.\n\n</details>").html
    assert html == "<p>More <em>of</em> it</p>\n<p>Text.</p>"


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n**a**\n</div>",
        "<div>\n\n    <p>a</p>\n\n</div>",
        "<div>\n\na</div>\n",
        "<div>\n\na\n\n</div></div>",
        "</div>\n\n<div>\n\na",
        "<div>\n<p>a</p>\n<div>\n\nb\n\n</div></div>",
        "```\n<div>\n\na\n\n</div>\n```",
        "    <div>\n\n    a\n\n    </div>",
        "<blockquote>\n\na\n\n</blockquote>",
        "Text of a <div>\n\na\n\n</div>",
    ],
)
def test_other_html_stays_as_it_is(text: str) -> None:
    assert open_wrappers(text) == text


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
@pytest.mark.parametrize("inner", ["A **b c** d", "A [b](https://a.example/) d"])
def test_markdown_that_stays_as_it_is_written_is_told(engine: EngineName, inner: str) -> None:
    (problem,) = compile_text(f"Words.\n\n<div>\n{inner}\n</div>", engine).problems
    assert (problem.code, problem.needle) == ("unknown-syntax", inner[2:-2])
    assert "it is markdown in HTML, which needs an empty line before it" in problem.message


@pytest.mark.parametrize("engine", ["python-markdown", "commonmark"])
@pytest.mark.parametrize("text", ["<p>\n<code>**a**</code> 2 ** 3 ** 4\n</p>", "<hr>\n\n**a** [b](https://a.example/)"])
def test_code_and_markdown_that_works_are_not(engine: EngineName, text: str) -> None:
    assert compile_text(text, engine).problems == ()


def test_many_tags_take_a_time_that_grows_with_them() -> None:
    many = 20_000
    for text in ("<div>\n\n" * many + "</div>\n" * many, "<div>\n" * many + "</div>", "<div " * many + "</div>"):
        assert len(open_wrappers(text)) <= len(text)
