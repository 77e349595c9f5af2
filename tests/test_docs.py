"""The docs name what is there, all of it and nothing else; what they show works."""

import json
import re
import shlex
import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints
from urllib.parse import unquote

import click
import msgspec
import pytest
from click.testing import CliRunner

from bench.__main__ import main as bench
from conftest import ROOT, loaded
from generator.cli import newsprint
from generator.config import Config, ThemeSection
from generator.contract import RULES
from generator.errors import CHECK_CODES, CODES, IMPORT_CODES, LocatedProblem
from generator.importers import Migration
from generator.load.markdown import Compiler
from generator.outputs import DOCUMENTS
from generator.outputs import PAGES as PAGE_KINDS
from generator.outputs.documents import Document
from generator.outputs.pages import PageView
from generator.outputs.parts import Chrome, Text
from generator.publish import Reason
from generator.reach import Reach
from generator.records import FOLDERS
from generator.schema.words import name_default
from generator.shape import is_struct, unwrap
from generator.theme.catalogue import OptionLine, ThemeLine, TokenLine
from generator.theme.chain import Pair, ThemeFile, read_chain
from generator.theme.options import Declaration, OptionType, describe_values, settle_options
from generator.theme.tokens import TokenType
from sitebench import SMALL, SiteBench, article

pytestmark = pytest.mark.slow

DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]

FENCE = re.compile(r"^(```+)([^\n]*)\n(.*?)^\1$", re.MULTILINE | re.DOTALL)
HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)

Row = list[str]


def prose(text: str) -> str:
    """A page without its code blocks."""
    return FENCE.sub("", text)


def headings(text: str) -> list[str]:
    return [match[2] for match in HEADING.finditer(prose(text))]


def anchors(text: str) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    found: set[str] = set()
    for heading in headings(text):
        plain = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        stem = anchor = re.sub(r"[^\w\- ]", "", plain).replace(" ", "-")
        count = 0
        while anchor in found:
            count += 1
            anchor = f"{stem}-{count}"
        found.add(anchor)
    return found


def links(text: str) -> list[str]:
    """The targets of a page's links, those in code left out."""
    plain = re.sub(r"(`+).*?\1", "", prose(text))
    return re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", plain) + re.findall(r"^\[[^\]]+\]: (\S+)$", plain, re.MULTILINE)


def sections(text: str) -> dict[str, str]:
    """What stands between each heading and the next one of any level."""
    parts = HEADING.split(prose(text))
    return dict(zip(parts[2::3], parts[3::3], strict=True))


def rows(section: str) -> dict[str, Row]:
    """The rows of a section's tables whose first cell is one name in backticks, by that name."""
    found = {}
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and (name := re.fullmatch(r"`([^`]+)`(?:, .*)?", cells[0])):
            found[name[1]] = cells
    return found


def doc(name: str) -> str:
    return (DOCS / name).read_text()


def test_every_problem_code_has_a_heading_and_no_heading_is_stale() -> None:
    described = [match[2] for match in HEADING.finditer(prose(doc("problems.md"))) if match[1] == "###"]
    assert described == [*sorted(CODES), *sorted(CHECK_CODES), *sorted(IMPORT_CODES)]
    assert len(set(described)) == len(described)


TABLES = [field.name for field in msgspec.structs.fields(Config)]


def test_every_table_of_site_toml_has_a_heading_and_no_heading_is_stale() -> None:
    named = [heading.strip("[]") for heading in headings(doc("configuration.md")) if heading.startswith("[")]
    assert [name for name in named if "." not in name] == TABLES


def test_every_table_inside_a_table_has_its_heading() -> None:
    for table in ("options", "tokens"):
        assert unwrap(get_type_hints(ThemeSection)[table]) == dict[str, Any]
        assert f"[theme.{table}]" in sections(doc("configuration.md"))


def test_every_option_of_the_built_in_themes_is_documented() -> None:
    section = sections(doc("configuration.md"))["[theme.options]"]
    lines = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| `")]
    documented = {(line[0].strip("`"), line[1].strip("`")): line[2:] for line in lines}
    wanted = {}
    for layer in (
        read_chain(Reach(ROOT), file.parent.name)[0] for file in sorted((ROOT / "themes").glob("*/theme.toml"))
    ):
        for name, option in settle_options([layer], {})[0].items():
            takes = describe_values(option.declaration)
            wanted[layer.name, name] = [takes, f"`{json.dumps(option.default)}`", option.declaration.description]
    assert documented == wanted


def test_every_key_of_an_option_and_a_token_and_a_pair_is_documented() -> None:
    described = sections(doc("themes.md"))
    assert list(rows(described["Options"]))[: len(Declaration.__struct_fields__)] == list(Declaration.__struct_fields__)
    assert list(rows(described["Options"]))[len(Declaration.__struct_fields__) :] == list(get_args(OptionType))
    assert set(get_args(TokenType)) <= set(rows(described["Tokens"]))
    assert list(rows(described["Contrast"])) == list(Pair.__struct_fields__)


def test_the_whole_site_toml_shows_the_defaults() -> None:
    shown = [text for _, _, text in files_in(doc("configuration.md"), heading="The whole file")]
    assert len(shown) == 1
    required = '[site]\ntitle = "Chip News"\nurl = "https://chips.example"\n'
    assert msgspec.toml.decode(shown[0], type=Config) == msgspec.toml.decode(required, type=Config)
    for table in TABLES:
        assert f"[{table}]" in shown[0]


@pytest.mark.parametrize("page", ["reliability.md", "security.md"])
def test_every_promise_names_a_test_that_there_is(page: str) -> None:
    """The second cell of each row of a table of promises is a file and a function in it."""
    tables = re.findall(r"^\| promise \| test \|\n\|---\|---\|\n((?:\|.*\n)+)", doc(page), re.MULTILINE)
    promises = [row for table in tables for row in table.splitlines()]
    named = [found.groups() for row in promises if (found := re.search(r"\| `([\w/.]+)::(\w+)` \|$", row))]
    assert len(named) == len(promises) > 20
    for file, test in named:
        assert f"\ndef {test}(" in (ROOT / file).read_text(encoding="utf-8"), test


def test_every_key_of_theme_toml_is_documented() -> None:
    documented = rows(sections(doc("themes.md"))["theme.toml"])
    fields = msgspec.structs.fields(ThemeFile)
    assert list(documented) == [field.name for field in fields]
    for field in fields:
        assert documented[field.name][2] == name_default(field, has_quotes=True), field.name


def parts_of(shape: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """The Structs that a view's fields are made of, at any depth; not those that templates only hand to a filter."""
    waiting: list[Any] = [*get_type_hints(shape).values()]
    while waiting:
        kind = waiting.pop()
        if is_struct(kind) and kind is not Text:
            yield kind
            waiting += get_type_hints(kind).values()
        elif get_origin(kind) in (tuple, dict, Union, types.UnionType):
            waiting += get_args(kind)


def fields_of(shape: type[msgspec.Struct], *, less: type[msgspec.Struct] | None = None) -> list[str]:
    inherited = less.__struct_fields__ if less else ()
    return [name for name in shape.__struct_fields__ if name not in inherited]


def test_every_field_of_a_view_is_documented() -> None:
    described = sections(doc("themes.md"))
    wanted = {"chrome": fields_of(Chrome), "Every page": fields_of(PageView)}
    wanted |= {page.template: fields_of(page, less=PageView) for page in PAGE_KINDS}
    for page in (*PAGE_KINDS, Chrome):
        wanted |= {part.__name__: fields_of(part) for part in parts_of(page)}
    assert {name: list(rows(described[name])) for name in wanted} == wanted


def test_every_key_of_a_document_of_the_api_is_documented() -> None:
    described = sections(doc("api.md"))
    common = [field.encode_name for field in msgspec.structs.fields(Document)]
    assert list(rows(described["Every document"])) == ["type", *common]
    for kind in DOCUMENTS:
        own = [field.encode_name for field in msgspec.structs.fields(kind) if field.encode_name not in common]
        section = described[str(kind.__struct_config__.tag).capitalize()]
        assert list(rows(section)) == own
        for field in msgspec.structs.fields(kind):
            assert_parts_are_named(field.type, doc("api.md"))


def assert_parts_are_named(kind: Any, text: str) -> None:
    """Every key inside of a key is named somewhere."""
    for part in (kind, *get_args(kind)):
        if is_struct(part) and part is not Text:
            for field in msgspec.structs.fields(part):
                assert f"`{field.encode_name}`" in text, (part, field.name)
                assert_parts_are_named(field.type, text)
        elif part is not kind:
            assert_parts_are_named(part, text)


def test_every_template_of_base_is_documented() -> None:
    templates = {file.name for file in (ROOT / "themes/base/templates").iterdir()}
    assert set(rows(sections(doc("themes.md"))["Templates"])) - {"kind", "nameplate", "current", "part"} == templates


def options_of(words: tuple[str, ...], command: click.Command) -> set[str]:
    above = newsprint.make_context("newsprint", [], resilient_parsing=True)
    with command.make_context(words[-1], [], parent=above, resilient_parsing=True) as context:
        return {
            option
            for one in command.get_params(context)
            for option in (*one.opts, *one.secondary_opts)
            if option.startswith("-")
        }


def commands(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    for word, command in loaded(group).items():
        if isinstance(command, click.Group):
            yield from commands(command, (*words, word))
        else:
            yield (*words, word), command


def test_every_class_in_a_text_is_documented() -> None:
    markup = (ROOT / "generator/golden/content/pages/markup.md").read_text()
    html = Compiler().compile(markup.split("---\n", 2)[2], file="markup.md").html
    classes = set(re.findall(r'<(?!span)[a-z0-9]+ class="([^"]*)"', html))
    assert {"task", "footnotes", "table-scroll", "highlight"} <= classes
    section = (DOCS / "themes.md").read_text().partition("\n### Texts\n")[2].partition("\n### ")[0]
    assert [name for name in classes if name not in section and not name.startswith("language-")] == []


def test_every_option_of_the_command_is_documented_and_no_other_is_named() -> None:
    everywhere = {words: options_of(words, command) for words, command in commands(newsprint)}
    described = sections(doc("command-line.md"))
    wanted: dict[str, set[str]] = {}
    for words, options in everywhere.items():
        wanted.setdefault(words[0], set()).update(options)
    for word, options in wanted.items():
        cells = [row[0] for row in rows(described[f"Options of newsprint {word}"]).values()]
        assert {name for cell in cells for name in re.findall(r"`(--?[a-zA-Z-]+)", cell)} == options, word
    for page in PAGES:
        if page.name == "performance.md":
            continue  # the bench has options of its own
        named = set(re.findall(r"`(?:newsprint )?(--[a-z][a-z-]*)", prose(page.read_text())))
        assert named <= set().union(*wanted.values()) | {"--version"}, page


CALL = re.compile(r"""(?:^ *|\$ |[(/`]|&& |run: )newsprint((?: (?:"[^"]*"|[^|&;>#`)"\s]+))+)""", re.MULTILINE)


def calls(text: str) -> Iterator[list[str]]:
    """The words of every call of the command that a page shows, in code blocks and in the text."""
    code = "\n".join(match[3] for match in FENCE.finditer(text))
    in_text = re.findall(r"`[^`]*`", prose(text))
    for call in CALL.findall("\n".join([code, *in_text])):
        words = shlex.split(call)
        if words[0] in newsprint.commands or words[0].startswith("-"):
            yield words


def check_call(words: list[str]) -> None:
    """Raise where the command would refuse these words as wrong usage; nothing is run."""
    above, command = newsprint.make_context("newsprint", [], resilient_parsing=True), loaded(newsprint)[words[0]]
    while isinstance(command, click.Group) and words[1:]:
        above, words = click.Context(command, parent=above), words[1:]
        command = command.commands[words[0]]
    command.make_context(words[0], words[1:], parent=above, resilient_parsing=isinstance(command, click.Group))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_call_that_a_page_shows_is_taken(page: Path) -> None:
    for words in calls(page.read_text()):
        is_synopsis = any(word.startswith("[") for word in words)
        if words[0] not in newsprint.commands:
            assert words[0] in ("--version", "--help"), words
        elif not is_synopsis and not {"--help", "-h"} & set(words):
            check_call(words)


def test_the_docs_show_calls_of_every_command() -> None:
    shown = {" ".join(words[:2]) for page in PAGES for words in calls(page.read_text())}
    for words, _ in commands(newsprint):
        assert any(call.startswith(" ".join(words)) for call in shown), words


def everything(group: click.Group, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command and every group of them."""
    for word, command in loaded(group).items():
        yield (*words, word), command
        if isinstance(command, click.Group):
            yield from everything(command, (*words, word))


@pytest.mark.parametrize("known", list(everything(newsprint)), ids=lambda known: " ".join(known[0]))
def test_the_help_of_a_command_has_an_example_that_is_taken_and_says_what_each_option_is(
    known: tuple[tuple[str, ...], click.Command],
) -> None:
    words, command = known
    assert command.help
    assert command.epilog
    assert command.epilog.startswith("Example: "), words
    shown = list(calls(f"`{command.epilog.removeprefix('Example: ')}`"))
    assert list(words) in [call[: len(words)] for call in shown]
    for call in shown:
        check_call(call)
    for option in command.params:
        assert not isinstance(option, click.Option) or option.help, (words, option.name)


def test_every_field_of_the_themes_json_is_described() -> None:
    described = set(rows(sections(doc("command-line.md"))["JSON of newsprint theme"]))
    assert described == {name for one in (ThemeLine, OptionLine, TokenLine) for name in one.__struct_fields__}


def test_every_option_of_the_bench_is_documented_and_no_other_is_named() -> None:
    wanted = [one.opts[0] for one in bench.params]
    page = doc("performance.md")
    assert re.findall(r"^\| `(--[a-z]+)", page, re.MULTILINE) == wanted
    assert set(re.findall(r"--[a-z]+", page)) == set(wanted)


def test_every_word_of_the_command_has_a_heading() -> None:
    assert {name for name in headings(doc("command-line.md")) if name.startswith("newsprint ")} == {
        " ".join(("newsprint", *words)) for words, _ in commands(newsprint)
    }


def test_every_rule_of_the_contract_is_documented_in_its_words() -> None:
    described = {code: row[1] for code, row in rows(sections(doc("themes.md"))["The contract"]).items()}
    assert described == {rule.code: rule.says for rule in RULES}


def test_every_reason_is_explained() -> None:
    said = re.findall(
        r"^\| \w+ \| `([^`]+)` \|", sections(doc("command-line.md"))["What --explain shows"], re.MULTILINE
    )
    assert sorted(said) == sorted(Reason)


def test_every_field_of_the_json_document_is_described(bench: SiteBench) -> None:
    described = rows(sections(doc("command-line.md"))["The JSON document"])
    run = CliRunner().invoke(newsprint, ["build", str(bench.root), "--json", "--explain", "--workers", "1"])
    failed = CliRunner().invoke(newsprint, ["build", str(bench.root), "--json", "--output", str(bench.root)])
    printed = {**json.loads(run.stdout), **json.loads(failed.stdout)}
    assert set(described) == {*printed, *LocatedProblem.__struct_fields__}


def test_the_page_on_editors_leads_each_kind_of_record_to_its_schema() -> None:
    led = dict(
        re.findall(r'"\./\.vscode/schemas/(\w+)\.schema\.json": \["\./content/(\w+)/\*\*/\*\.md"\]', doc("editors.md"))
    )
    assert led == {kind: folder for folder, kind in FOLDERS.items()}
    assert "\n#:schema ./.vscode/schemas/config.schema.json\n" in doc("editors.md")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_inside_the_docs_leads_somewhere(page: Path) -> None:
    for link in links(page.read_text()):
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = unquote(link).partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(target.read_text()), link


def test_every_page_of_the_docs_is_linked_from_the_readme() -> None:
    linked = {(ROOT / link).resolve() for link in links((ROOT / "README.md").read_text())}
    assert {page for page in DOCS.glob("*.md") if page not in linked} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_no_page_names_a_path_of_the_machine_it_was_written_on(page: Path) -> None:
    assert not re.findall(rf"{re.escape(str(ROOT))}|/work/|/tmp/|/home/|/root/", page.read_text())


def files_in(text: str, *, heading: str | None = None) -> list[tuple[str, str, str]]:
    """The files that a page shows: code blocks with a path beside their language. Heading, path, text of each."""
    shown, under, fence, path, lines = [], "", "", "", []
    for line in text.splitlines(keepends=True):
        if fence:
            if line.rstrip() == fence:
                if path and heading in (None, under):
                    shown.append((under, path, "".join(lines)))
                fence, path, lines = "", "", []
            else:
                lines.append(line)
        elif opening := re.match(r"(```+)\w* ?(\S*)", line):
            fence, path = opening[1], opening[2]
        elif title := HEADING.match(line):
            under = title[2]
    return shown


EXAMPLES = {
    (page.name, under): [(path, text) for there, path, text in files_in(page.read_text()) if there == under]
    for page in sorted(DOCS.glob("*.md"))
    for under, _, _ in files_in(page.read_text())
}


@pytest.mark.parametrize("example", EXAMPLES, ids=" ".join)
def test_the_files_that_the_docs_show_build_without_a_problem(example: tuple[str, str], empty_bench: SiteBench) -> None:
    """The files under one heading make one site, together with the records of the bench."""
    empty_bench.write_all(SMALL).write("content/articles/old.md", article("An old article", 1))
    empty_bench.write("content/media/wafer.webp", (ROOT / "content/media/wafer.webp").read_bytes())
    files = dict(EXAMPLES[example])
    assert len(files) == len(EXAMPLES[example]), "one file is shown twice under this heading"
    if "[site]" not in files.get("site.toml", "[site]"):
        files["site.toml"] = '[site]\ntitle = "A"\nurl = "https://a.example"\n' + files["site.toml"]
    empty_bench.write_all(files).build().expect_built().expect_report("")


def test_the_docs_show_a_theme_a_site_and_every_kind_of_record() -> None:
    shown = {path for files in EXAMPLES.values() for path, _ in files}
    assert {"site.toml", "themes/evening/theme.toml"} <= shown
    assert {path.split("/")[1] for path in shown if path.startswith("content/")} == set(FOLDERS)


def test_the_theme_that_the_docs_show_does_what_they_say(empty_bench: SiteBench) -> None:
    empty_bench.write_all(SMALL).write_all(dict(EXAMPLES["themes.md", "A theme in one file"])).build().expect_built()
    assert empty_bench.page("about/index.html").texts("//p[contains(@class, 'imprint')]") == [
        "Printed on electrons, Chip News"
    ]
    assert empty_bench.page("about/index.html").texts("//nav[@aria-label='Footer']")
    empty_bench.edit("themes/evening/templates/footer.html", "imprint }},", "imprint }} for").build().expect_built()
    assert empty_bench.report is not None
    pages = {path: why for path, why in empty_bench.report.reasons.items() if path.endswith(".html")}
    assert set(pages.values()) == {("rendered", Reason.LOOK)}


def test_every_field_of_the_json_of_an_import_is_described() -> None:
    described = list(rows(sections(doc("importing.md"))["What has no place"]))
    assert described == [*Migration.__struct_fields__, "dry_run"]
