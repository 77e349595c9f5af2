"""An id in braces is the anchor of its heading, whatever else the heading holds."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import newsprint
from generator.config import ENGINE_LIBRARIES, EngineName
from generator.load.markdown import Compiler, Role
from generator.records import Heading
from sitebench import NOW, SITE_TOML, SiteBench

CASE = Path(__file__).parent / "03-heading-ids-beside-code-stay"
COMPILERS: dict[EngineName, Compiler] = {"python-markdown": Compiler(), "commonmark": Compiler("commonmark")}


@pytest.mark.parametrize("engine", ENGINE_LIBRARIES)
def test_an_imported_text_keeps_the_ids_of_its_headings(empty_bench: SiteBench, tmp_path: Path, engine: str) -> None:
    old = shutil.copytree(CASE / "old", tmp_path / "old")
    empty_bench.write("site.toml", SITE_TOML + f'\n[markdown]\nengine = "{engine}"\n')
    done = CliRunner().invoke(
        newsprint, ["import", "hugo", str(old), "--site", str(empty_bench.root), "--topic", "x", "--source", "old"]
    )
    assert done.exit_code == 0, done.output
    empty_bench.build(now=NOW, strict=True).expect_built()
    page = empty_bench.page("news/x/flags/index.html")
    assert page.texts("//article//h2[starts-with(@id, 's-')]") == ["The --quick switch", "The rest"]
    anchors = page.tree.xpath("//article//h2/@id[starts-with(., 's-')]")
    assert page.tree.xpath("//article//p/a/@href[starts-with(., '#')]") == [f"#{anchor}" for anchor in anchors]
    assert "{#" not in page.text


@pytest.mark.parametrize("engine", ENGINE_LIBRARIES)
@pytest.mark.parametrize(
    ("text", "anchor", "words"),
    [
        ("## The `--quick` switch {#switch}", "s-switch", "The --quick switch"),
        ("## `--quick` {#switch}", "s-switch", "--quick"),
        ("## The *quick* switch {#switch}", "s-switch", "The quick switch"),
        ("## The [quick](https://w.example/) {#switch}", "s-switch", "The quick"),
        ("## The **`--quick`** switch {#switch} ##", "s-switch", "The --quick switch"),
        ("## The `--quick` switch ## {#switch}", "s-switch", "The --quick switch"),
        ("The `--quick` switch {#switch}\n---", "s-switch", "The --quick switch"),
        ("The switch {#switch}\n====", "s-switch", "The switch"),
        ("## The switch {: #switch }", "s-switch", "The switch"),
        ("## The switch{#switch}", "s-the-switch-sharp-switch", "The switch{#switch}"),
        ("## Größe {#Größe_1.2:x-y}", "s-Größe_1.2:x-y", "Größe"),
        ("## The `{#switch}`", "s-the-sharp-switch", "The {#switch}"),
        ("## The {#a b} switch", "s-the-sharp-a-b-switch", "The {#a b} switch"),
        ("## The <b>switch</b> {#switch}", "s-switch", "The switch"),
        ("> ## The switch {#switch}", "s-switch", "The switch"),
    ],
)
def test_braces_at_the_end_of_a_heading_are_its_id(engine: EngineName, text: str, anchor: str, words: str) -> None:
    compiled = COMPILERS[engine].compile(f"{text}\n\nText.", file="a.md")
    assert compiled.body.headings == (Heading(2, anchor, words),)
    assert f' id="{anchor}">' in compiled.html
    assert compiled.problems == ()


@pytest.mark.parametrize("engine", ENGINE_LIBRARIES)
def test_an_id_of_its_own_stays_with_its_heading(engine: EngineName) -> None:
    text = "## Part\n\n## Other {#part}\n\n## Third {#part}\n\n[to](#part)"
    compiled = COMPILERS[engine].compile(text, file="a.md")
    assert [heading.anchor for heading in compiled.body.headings] == ["s-part-2", "s-part", "s-part-3"]
    assert 'href="#s-part"' in compiled.html
    assert [problem.code for problem in compiled.problems] == ["duplicate-anchor"]


@pytest.mark.parametrize("engine", ENGINE_LIBRARIES)
@pytest.mark.parametrize("role", ["text", "sponsored"])
def test_in_texts_without_headings_no_braces_stay(engine: EngineName, role: Role) -> None:
    html = COMPILERS[engine].compile("## The `--quick` switch {#switch}", file="a.md", role=role).html
    assert html == "The <code>--quick</code> switch"


@pytest.mark.parametrize("engine", ENGINE_LIBRARIES)
def test_what_stands_beside_the_id_is_told(engine: EngineName) -> None:
    compiled = COMPILERS[engine].compile("## The switch {#switch .wide}", file="a.md")
    assert [problem.code for problem in compiled.problems] == ["unknown-syntax"]
    assert compiled.body.headings == (Heading(2, "s-switch", "The switch"),)
