"""The locks have all that is declared, with hashes; licences are listed; an audit that cannot ask does not pass."""

import json
import re
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest

import supply
from conftest import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKS = (supply.RUN_LOCK, supply.DEV_LOCK, supply.BUILD_LOCK, supply.SUPPLY_LOCK)
FREE = re.compile(r"\b(MIT|BSD|FreeBSD|Apache|PSF|MPL|LGPL)")
"""The licences of libraries that a program under the MIT licence may need, whoever uses it."""


def declared(requirements: list[str]) -> set[str]:
    return {supply.fold(re.split(r"[^\w.-]", one)[0]) for one in requirements} - {"newsprint"}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_pin_has_hashes(lock: Path) -> None:
    entries = re.split(r"\n(?=\w)", re.sub(r"^#.*\n", "", lock.read_text(), flags=re.MULTILINE).strip())
    assert len(entries) == len(supply.read_pins(lock)) > 5
    for entry in entries:
        assert re.fullmatch(r"[\w.-]+==\S+( ; [^\\]+)?( \\\n    --hash=sha256:[0-9a-f]{64})+", entry), entry


def test_all_that_is_declared_is_locked_in_one_version() -> None:
    run, dev, build, tools = map(supply.read_pins, LOCKS)
    groups = PROJECT["dependency-groups"]
    extras = [one for extra in PROJECT["project"]["optional-dependencies"].values() for one in extra]
    always = declared(PROJECT["project"]["dependencies"])
    assert always <= run.keys()
    assert always | declared(extras) <= dev.keys()
    assert declared(groups["build"] + PROJECT["build-system"]["requires"]) <= build.keys()
    assert declared(groups["supply"]) <= tools.keys()
    assert run.items() | build.items() <= dev.items()


def test_what_runs_here_is_what_is_locked() -> None:
    pins = supply.read_pins(supply.DEV_LOCK)
    for name in supply.find_libraries("dev") | supply.find_libraries():
        assert version(name) == pins[name], f"{name}: run make .venv/dev"


def test_every_licence_is_listed_and_free() -> None:
    rows = re.findall(r"^\| `(\S+)` \| (.+) \| (.+) \|$", supply.LICENCES.read_text(), re.MULTILINE)
    listed = {name: (licence, needed) for name, licence, needed in rows}
    assert listed.keys() <= supply.read_pins(supply.DEV_LOCK).keys()
    for name, (licence, extra) in supply.list_licences().items():
        assert listed[name] == (licence, f"the extra `{extra}`" if extra else "all sites"), "run make lock"
    for name, (licence, _) in listed.items():
        assert FREE.search(licence), f"{name}: {licence}"
        assert not re.search(r"\bA?GPL", licence), f"{name}: {licence}"
    if sys.version_info[:2] == (3, 11):  # later versions need fewer libraries
        assert supply.format_licences() in supply.LICENCES.read_text()


def test_the_packages_of_npm_are_locked_with_their_digests() -> None:
    wanted = json.loads((ROOT / "tests/package.json").read_text())["dependencies"]
    packages = json.loads((ROOT / "tests/package-lock.json").read_text())["packages"]
    assert packages.pop("")["dependencies"] == wanted
    for name, exact in wanted.items():
        assert packages[f"node_modules/{name}"]["version"] == exact
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())


SKIPPED = {"name": "jinja2", "skip_reason": "Dependency not found on PyPI and could not be audited: jinja2 (3.1.6)"}
SOUND = {"name": "lxml", "version": "6.1.3", "vulns": []}
FLAWED = {"name": "pillow", "version": "13.0.0", "vulns": [{"id": "PYSEC-2027-1", "fix_versions": []}]}


@pytest.mark.parametrize(
    ("dependencies", "status", "said"),
    [
        (None, 3, "No index of advisories could be reached: nothing was audited.\n"),
        ([SKIPPED], 3, "No index of advisories could be reached: nothing was audited.\n"),
        (
            [SKIPPED, SOUND],
            3,
            "The index of advisories does not know jinja2.\nAudited 1 of 2 libraries: nothing known.\n",
        ),
        ([SOUND], 0, "Audited 1 of 1 libraries: nothing known.\n"),
        ([SOUND, FLAWED], 1, "pillow 13.0.0: PYSEC-2027-1\nAudited 2 of 2 libraries: 1 known vulnerabilities.\n"),
    ],
)
def test_an_audit_that_could_not_ask_does_not_pass(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], dependencies: list[object] | None, status: int, said: str
) -> None:
    report = tmp_path / "audit.json"
    if dependencies is not None:
        report.write_text(json.dumps({"dependencies": dependencies, "fixes": []}))
    assert supply.judge_audit(report) == status
    assert capsys.readouterr().out == said
