"""docs/architecture.md shows the house as it is."""

import re

import grimp

from conftest import ROOT

PAGE = (ROOT / "docs/architecture.md").read_text()


def section(heading: str) -> str:
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    assert found, heading
    return found[1]


def rooms() -> set[str]:
    """Every module and every folder right below `generator/`, as the page writes it."""
    inside = [one for one in (ROOT / "generator").iterdir() if not one.name.startswith(("__init__", "__pycache__"))]
    return {f"{one.name}/" if one.is_dir() else one.name for one in inside}


def test_every_room_is_named_in_the_table_and_no_other() -> None:
    named = set()
    for row in re.findall(r"^\| .*$", section("The rooms"), re.MULTILINE)[1:]:
        first, _ = row.strip("| ").split(" | ")
        named |= set(re.findall(r"`([^`]+)`", first))
    assert named == rooms()


def test_every_import_leads_down_in_the_drawing() -> None:
    drawing = re.search(r"```text\n(.*?)```", section("The import law"), re.DOTALL)
    assert drawing
    depth = {room: place for place, line in enumerate(drawing[1].splitlines()) for room in line.split()}
    assert set(depth) == {room.removesuffix("/").removesuffix(".py") for room in rooms()} - {"golden"}
    graph = grimp.build_graph("generator")
    for importer in graph.modules - {"generator"}:
        for imported in graph.find_modules_directly_imported_by(importer) - {"generator"}:
            above, below = importer.split(".")[1], imported.split(".")[1]
            assert above == below or depth[above] < depth[below], (importer, imported)
