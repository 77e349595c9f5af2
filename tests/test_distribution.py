"""What is declared is what is used: the libraries that `generator/` imports, and no other."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions

from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
NOT_IMPORTED = {"tzdata": "zoneinfo reads it where the system has no time zones"}


def declared(requirements: list[str]) -> set[str]:
    """The names of distributions, as an index compares them."""
    return {re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", one)[0]).lower() for one in requirements}


def imported_modules() -> Iterator[str]:
    """Each module that a file of `generator/` imports, at the top or inside a function."""
    for file in (ROOT / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                yield node.module


def imported() -> set[str]:
    """The distributions that they come from."""
    modules = {name.partition(".")[0] for name in imported_modules()} - sys.stdlib_module_names - {"generator"}
    distributions = packages_distributions()
    return declared([distributions[module][0] for module in modules])


def test_every_library_that_is_imported_is_declared_and_every_declared_one_is_used() -> None:
    always, cluster = declared(PROJECT["dependencies"]), declared(PROJECT["optional-dependencies"]["cluster"])
    assert always & cluster == set()
    assert imported() | NOT_IMPORTED.keys() == always | cluster
    assert imported() & NOT_IMPORTED.keys() == set()


def test_an_index_shows_what_the_project_is() -> None:
    assert PROJECT["description"]
    assert PROJECT["keywords"]
    assert PROJECT["classifiers"] == sorted(PROJECT["classifiers"])
