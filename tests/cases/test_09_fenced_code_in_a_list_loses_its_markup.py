"""A fence is a fence wherever it stands, and its code is shown as it is written."""

import shutil
from pathlib import Path

import pytest
from lxml import html as lxml_html

from generator.config import ENGINE_LIBRARIES, EngineName
from generator.load.markdown import CompiledText, Compiler
from sitebench import NOW, SiteBench

CASE = Path(__file__).parent / "09-fenced-code-in-a-list-loses-its-markup"
COMPILERS: dict[EngineName, Compiler] = {"python-markdown": Compiler(), "commonmark": Compiler("commonmark")}
CODE = '<div class="x">hi</div>\n\n<script>run()</script>\n'
ENGINES = pytest.mark.parametrize("engine", ENGINE_LIBRARIES)


def compile_text(engine: EngineName, text: str) -> CompiledText:
    return COMPILERS[engine].compile(text, file="a.md")


def tree_of(compiled: CompiledText) -> lxml_html.HtmlElement:
    return lxml_html.fragment_fromstring(compiled.html, create_parent="main")


@ENGINES
def test_the_code_stands_in_its_item_on_the_page(tmp_path: Path, engine: str) -> None:
    bench = SiteBench(shutil.copytree(CASE, tmp_path / "site"))
    toml = (bench.root / "site.toml").read_text()
    bench.write("site.toml", f'{toml}\n[markdown]\nengine = "{engine}"\n').build(now=NOW, strict=True).expect_built()
    tree = bench.page("news/chips/a/index.html").tree
    (code,) = tree.xpath("//article//ol/li[1]/pre/code")
    assert code.text_content() == CODE
    assert "".join(tree.xpath("//article//ol/li[2]")[0].itertext()).strip() == "Done."
    assert not tree.xpath("//article//script")


def indented(spaces: str, *lines: str) -> str:
    return "".join(f"{spaces}{line}\n" if line else "\n" for line in lines)


FENCED = ("```html", *CODE.splitlines(), "```")


@ENGINES
@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("1. A:\n\n" + indented("   ", *FENCED) + "\n2. B", "//ol/li[1]/pre"),
        ("1. A:\n\n" + indented("    ", *FENCED) + "\n2. B", "//ol/li[1]/pre"),
        ("1. A:\n\n" + indented("\t", *FENCED) + "\n2. B", "//ol/li[1]/pre"),
        ("1. A:\n" + indented("   ", *FENCED) + "2. B", "//ol/li[1]/pre"),
        ("- A:\n\n" + indented("  ", *FENCED) + "\n- B", "//ul/li[1]/pre"),
        ("* A:\n\n" + indented("   ", *FENCED) + "\n* B", "//ul/li[1]/pre"),
        ("+ A:\n\n" + indented("    ", *FENCED) + "\n+ B", "//ul/li[1]/pre"),
        ("10. A:\n\n" + indented("    ", *FENCED) + "\n11. B", "//ol/li[1]/pre"),
        ("- A\n    - C:\n\n" + indented("      ", *FENCED) + "\n- B", "//ul/li[1]/ul/li[1]/pre"),
        ("- A\n    - C:\n\n" + indented("        ", *FENCED) + "\n- B", "//ul/li[1]/ul/li[1]/pre"),
        ("1. A\n    - C:\n\n" + indented("        ", *FENCED) + "\n2. B", "//ol/li[1]/ul/li[1]/pre"),
        ("1. A\n\n    More:\n\n" + indented("    ", *FENCED) + "\n2. B", "//ol/li[1]/pre"),
        ("1. A:\n\n" + indented("   ", "~~~~html", *CODE.splitlines(), "~~~~") + "\n2. B", "//ol/li[1]/pre"),
        ("1. A:\n\n" + indented("   ", "``` html", *CODE.splitlines(), "`````") + "\n2. B", "//ol/li[1]/pre"),
        ("1. A:\n\n" + indented("   ", '```html title="a b"', *FENCED[1:]) + "\n2. B", "//ol/li[1]/pre"),
        ("- " + indented("  ", *FENCED).lstrip() + "- B", "//ul/li[1]/pre"),
        (indented("> ", *FENCED).replace("\n\n", "\n>\n"), "//blockquote/pre"),
        (indented("  ", *FENCED), "/main/pre"),
        (indented("", '```html title="a b"', *FENCED[1:]), "/main/pre"),
        (indented("", "```html,ignore", *FENCED[1:]), "/main/pre"),
        ("1. A:\n\n" + indented("  ", *FENCED) + "\n2. B", "//pre"),
        ("1. A\n\n   More:\n\n" + indented("   ", *FENCED) + "\n2. B", "//pre"),
    ],
)
def test_code_keeps_its_signs(engine: EngineName, text: str, path: str) -> None:
    compiled = compile_text(engine, f"{text}\n\nThe *end*.")
    tree = tree_of(compiled)
    assert [node.text_content() for node in tree.getroottree().xpath(path)] == [CODE]
    assert tree.xpath("//em/text()") == ["end"]
    assert ("B" in tree.text_content()) == ("B" in text)
    assert compiled.problems == ()


@ENGINES
def test_several_fences_in_one_item_and_words_between_them(engine: EngineName) -> None:
    text = "1. A:\n\n    ```\n    x\n    ```\n\n    then *b*:\n\n    ~~~\n    y\n      z\n    ~~~\n\n2. C"
    tree = tree_of(compile_text(engine, text))
    assert [node.text_content() for node in tree.xpath("//ol/li[1]/pre")] == ["x\n", "y\n  z\n"]
    assert len(tree.xpath("//ol/li")) == 2


@ENGINES
@pytest.mark.parametrize(
    "code", ["- x", "1. y", "# z", "> q", "```", "    w", "| a | b |", "[a]: b", "[^1]: c", "<!--"]
)
def test_nothing_in_the_code_is_markdown(engine: EngineName, code: str) -> None:
    compiled = compile_text(engine, f"1. A:\n\n   ````\n   {code}\n\n   {code}\n   ````\n\n2. B")
    tree = tree_of(compiled)
    assert tree.xpath("//ol/li[1]/pre")[0].text_content() == f"{code}\n\n{code}\n"
    assert len(tree.xpath("//li")) == 2


@ENGINES
@pytest.mark.parametrize("text", ["A\n\n    ```\n    x\n    ```", "- A\n\n        ```\n        x\n        ```"])
def test_a_fence_in_indented_code_is_code(engine: EngineName, text: str) -> None:
    assert [node.text_content().split() for node in tree_of(compile_text(engine, text)).iter("pre")] == [
        ["```", "x", "```"]
    ]
