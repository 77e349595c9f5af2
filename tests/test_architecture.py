"""The house is as docs/architecture.md shows it: which rooms there are, and what each may import."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import TopologicalSorter
from typing import NamedTuple

import grimp
import pytest

from conftest import ROOT

LAW = {
    "__main__": "cli",
    "cli": "commands errors",
    "commands": (
        "build check clean cluster config errors importers inspect load move names ping reach rollback scaffold schema "
        "serve theme theme_check watch"
    ),
    "check": (
        "build config contract digest errors load media names publish reach reading records site theme theme_check web "
        "workers"
    ),
    "inspect": "build digest errors load media names outputs publish records render site",
    "move": "build config errors load names publish reach records scaffold site theme",
    "ping": "build config errors names publish web",
    "clean": "build errors names publish",
    "rollback": "build errors publish",
    "theme_check": "build config contract errors load outputs policy reach theme",
    "serve": "build config media names policy publish watch",
    "watch": "build config errors names publish reading",
    "build": (
        "cluster config digest errors guard limits load names outputs plan publish records render rendition_cache site "
        "theme workers"
    ),
    "importers": "addresses aliases config digest errors limits load media names reach reading records scaffold shape",
    "publish": "config digest errors media names outputs reading theme",
    "render": (
        "animations decoding digest errors glyphs guard limits media names outputs policy reading records "
        "rendition_cache stopwatch strings theme"
    ),
    "plan": "addresses aliases config digest errors glyphs media names outputs records site strings",
    "scaffold": "addresses config errors load names records shape",
    "schema": "config names records shape",
    "theme": "addresses config digest errors media names reach reading records shape spellings strings",
    "site": "addresses config digest errors limits names records words",
    "load": (
        "addresses aliases animations config decoding digest errors glyphs guard limits media names reach "
        "reading records shape spellings words workers"
    ),
    "contract": "errors policy",
    "outputs": "errors media names records",
    "config": "addresses aliases errors limits names reach reading shape",
    "strings": "digest names",
    "cluster": "digest errors names",
    "rendition_cache": "digest names reading",
    "records": "names",
    "web": "addresses",
    "aliases": "addresses names",
    "digest": "names",
    "shape": "errors",
    "spellings": "names",
    "glyphs": "names",
    "addresses": "",
    "errors": "",
    "media": "",
    "names": "",
    "policy": "",
    "words": "",
    "workers": "guard",
    "limits": "errors",
    "guard": "",
    "reach": "errors",
    "stopwatch": "",
    "reading": "",
    "animations": "",
    "decoding": "",
}
"""What each room may import, imports inside functions and for types among them. A room is not here twice."""

DOORS: dict[str, tuple[str, str]] = {
    "build.render": ("inspect", "what a change would show is rendered, and not published"),
    "build.vanished": ("inspect move", "addresses that a change would take away"),
    "commands.*": ("cli", "a command is loaded when it is asked for"),
    "inspect.forecast": ("commands", "the function of this name, which the door has"),
    "load.braces": ("scaffold", "the place of a key in YAML that a person wrote"),
    "load.commonmark": ("importers", "which markdown a text that comes over is read as"),
    "load.files": ("build importers inspect move scaffold theme_check", "where records are, known before any is read"),
    "load.frontmatter": ("importers", "what others wrote has front matter, too"),
    "load.ids": ("commands importers", "the ids of a site, without reading its records"),
    "load.loader": ("importers inspect", "records are read one by one, by the settings of their site"),
    "load.locate": (
        "build check commands importers inspect theme_check",
        "loaded only if there is a problem to locate",
    ),
    "load.markdown": ("importers", "a text that comes over is compiled, and what it lost is found"),
    "load.parse": ("importers inspect", "what a build makes of one text, and how long that takes"),
    "load.pictures": ("importers", "a picture that comes over has to be one that builds can read"),
    "load.tags": ("importers", "which HTML a record may hold"),
    "outputs.*": (
        "build inspect plan render",
        "views are named with their file: parts, pages, feeds, documents, files",
    ),
    "publish.decide": ("inspect", "the function of this name, which the door has"),
    "publish.released": ("build", "loaded only if a site has releases"),
    "publish.releases": ("build rollback", "the same"),
    "publish.store": ("build", "a store and its library are loaded only if the site goes into one"),
    "records.article": ("load", "the type of one key"),
    "records.asset": ("outputs plan theme", "a file that records and themes name; no kind of record"),
    "records.beginnings": ("load scaffold", "the placeholders of new records: one writes them, the other refuses them"),
    "records.body": ("build load render site", "the marks in a compiled text"),
    "records.fields": ("load scaffold schema site", "the types of keys, apart from the kinds that have them"),
    "records.sponsor": ("inspect plan", "a place of messages; `Sponsor` alone is the kind"),
    "records.story": ("plan site", "the types of keys"),
    "render.pictures": ("build", "the size of a picture in a feed is that of the rendered one"),
    "scaffold.edits": ("move", "edits of files that people wrote"),
    "theme.filters": ("render", "renderers of feeds and cards write times and colours as templates do"),
    "theme.missing": ("render", "what a template lacks, as the exception that Jinja2 passes through"),
}
"""The modules behind a room's door that others may import all the same: by whom, and why. `*` is any module there."""

PRINTING = ("generator/commands/terminal", "generator/cli.py")
"""What prints; of the command line, only that it met a fault of its own."""


class Import(NamedTuple):
    """A module and one that it imports, without `generator.` before them."""

    importer: str
    imported: str

    @property
    def rooms(self) -> tuple[str, str]:
        return self.importer.partition(".")[0], self.imported.partition(".")[0]

    @property
    def door(self) -> str:
        """The line of `DOORS` that it needs; empty if it goes through the door."""
        room, _, inner = self.imported.partition(".")
        return "" if not inner else f"{room}.*" if f"{room}.*" in DOORS else self.imported


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("generator", exclude_type_checking_imports=False, cache_dir=None)


@pytest.fixture(scope="module")
def imports(graph: grimp.ImportGraph) -> list[Import]:
    """All imports from room to room."""
    found = [
        Import(importer.partition(".")[2], imported.partition(".")[2])
        for importer in sorted(graph.modules - {"generator"})
        for imported in sorted(graph.find_modules_directly_imported_by(importer) - {"generator"})
    ]
    return [one for one in found if len(set(one.rooms)) == 2]


def rooms() -> set[str]:
    """Every module and every package right below `generator/`."""
    inside = [one for one in (ROOT / "generator").iterdir() if one.suffix == ".py" or (one / "__init__.py").exists()]
    return {one.stem for one in inside} - {"__init__"}


def test_the_law_knows_every_room_and_no_other() -> None:
    assert sorted(LAW) == sorted(rooms())


def test_a_room_imports_only_what_the_law_allows(imports: list[Import]) -> None:
    allowed = {(room, other) for room in LAW for other in LAW[room].split()}
    broken = [f"{one.importer} imports {one.imported}" for one in imports if one.rooms not in allowed]
    assert not broken, "\n".join(broken)


def test_the_law_allows_nothing_that_nobody_imports(imports: list[Import]) -> None:
    allowed = {(room, other) for room in LAW for other in LAW[room].split()}
    idle = [f"{room} does not import {other}" for room, other in sorted(allowed - {one.rooms for one in imports})]
    assert not idle, "\n".join(idle)


def test_no_imports_form_a_circle(graph: grimp.ImportGraph) -> None:
    """Not even inside a room; the imports of a package by its own modules aside."""
    above = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    TopologicalSorter(
        {module: {one for one in found if not module.startswith(f"{one}.")} for module, found in above.items()}
    ).prepare()


def test_an_import_past_a_door_has_a_line_that_says_why(imports: list[Import]) -> None:
    unsaid = [
        f"{one.importer} imports {one.imported}"
        for one in imports
        if one.door and one.rooms[0] not in DOORS.get(one.door, ("", ""))[0].split()
    ]
    assert not unsaid, "\n".join(unsaid)


def test_no_line_about_a_door_is_idle(imports: list[Import]) -> None:
    used = {(one.rooms[0], one.door) for one in imports}
    idle = [
        f"{room} does not import {inner}"
        for inner, (users, _) in DOORS.items()
        for room in users.split()
        if (room, inner) not in used
    ]
    assert not idle, "\n".join(idle)
    assert all(why for _, why in DOORS.values())


def test_renderers_reach_nothing_past_their_view() -> None:
    """That keeps the digest of a view complete: not even by way of another room."""
    reached, waiting = set(), ["render"]
    while waiting:
        reached |= set(more := LAW[waiting.pop()].split())
        waiting += more
    assert reached.isdisjoint({"load", "site", "plan", "publish"})


def test_outputs_know_no_kind_of_record(imports: list[Import]) -> None:
    assert {one.imported for one in imports if one.rooms == ("outputs", "records")} <= {"records.asset"}


def test_two_classes_share_no_name() -> None:
    places: defaultdict[str, list[str]] = defaultdict(list)
    for file in sorted((ROOT / "generator").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(file.relative_to(ROOT).as_posix())
    shared = {name: files for name, files in places.items() if len(files) > 1}
    assert shared == {}, "give one of the classes another name"


def printing(file_name: str, tree: ast.AST) -> Iterator[str]:
    """The places of a file that write to the terminal."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="print")) | ast.Attribute(attr="stdout" | "stderr" | "echo" | "secho"):
                yield f"{file_name}:{node.lineno}"


def test_only_one_room_prints() -> None:
    places = [
        place
        for file in sorted((ROOT / "generator").rglob("*.py"))
        if not any(file.is_relative_to(ROOT / room) for room in PRINTING)
        for place in printing(file.relative_to(ROOT).as_posix(), ast.parse(file.read_text()))
    ]
    assert places == []


PAGE = (ROOT / "docs/architecture.md").read_text()


def section(heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def test_the_page_names_every_room_and_no_other() -> None:
    named: set[str] = set()
    for row in re.findall(r"^\| .*$", section("The rooms"), re.MULTILINE)[1:]:
        named |= {one.removesuffix("/").removesuffix(".py") for one in re.findall(r"`([^`]+)`", row.split(" | ")[0])}
    assert named - {"golden"} == rooms()


def test_every_import_leads_down_in_the_drawing(imports: list[Import]) -> None:
    drawing = re.search(r"```text\n(.*?)```", section("The import law"), re.DOTALL)
    assert drawing
    depth = {room: place for place, line in enumerate(drawing[1].splitlines()) for room in line.split()}
    assert depth.keys() == rooms()
    assert [one for one in imports if depth[one.rooms[0]] >= depth[one.rooms[1]]] == []
