"""What newsprint is made of: the licences of its libraries for docs/licences.md, and what an audit found."""

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
LICENCES = ROOT / "docs/licences.md"
RUN_LOCK = ROOT / "requirements.txt"
DEV_LOCK = ROOT / "tests/requirements.txt"
BUILD_LOCK = ROOT / "tests/requirements-build.txt"
SUPPLY_LOCK = ROOT / "tests/requirements-supply.txt"
EXTRAS = ("cluster", "fast")
"""The extras for people who run sites."""

NOT_AUDITED = 3
"""The exit status of an audit that could not ask, so that it is not taken for one that found nothing."""

_UNNAMED = {"pyromark": "MIT"}  # by the file LICENSE in it
_PIN = re.compile(r"^([\w.-]+)==(\S+)", re.MULTILINE)
_TABLE = re.compile(r"(?<=<!-- table: licences -->\n).*?(?=<!-- end of table -->)", re.DOTALL)


def fold(name: str) -> str:
    """The name of a distribution as an index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_pins(lock: Path) -> dict[str, str]:
    """The versions in a lock, by the names of distributions."""
    return {fold(name): version for name, version in _PIN.findall(lock.read_text())}


def find_libraries(extra: str = "") -> set[str]:
    """The distributions that newsprint, or an extra of it, needs on this machine, with those that they need."""
    found: set[str] = set()
    waiting = list(requirements_of("newsprint", extra))
    while waiting:
        one = waiting.pop()
        if (name := fold(one.name)) not in found:
            found.add(name)
            for extra_of_one in ("", *one.extras):
                waiting += requirements_of(name, extra_of_one)
    return found


def requirements_of(name: str, extra: str) -> Iterator[Requirement]:
    try:
        lines = distribution(name).requires or []
    except PackageNotFoundError as fault:
        raise SystemExit(f"{name} is not installed: make .venv/dev") from fault
    for one in map(Requirement, lines):
        if one.marker is None or one.marker.evaluate({"extra": extra}):
            yield one


def find_licence(name: str) -> str:
    """The licence of a distribution by its metadata."""
    found = distribution(name)
    said = found.metadata.get("License-Expression") or found.metadata.get("License") or ""
    classes = [one.split(" :: ")[-1] for one in found.metadata.get_all("Classifier") or [] if one.startswith("License")]
    if not said or said == "Dual License" or "\n" in said:
        said = " or ".join(classes)
    return said or _UNNAMED.get(name, "unknown")


def list_licences() -> dict[str, tuple[str, str]]:
    """The licence of each library that people who run sites need, and the extra that needs it; sorted by name."""
    always = find_libraries()
    needed = {name: extra for extra in EXTRAS for name in find_libraries(extra) - always} | dict.fromkeys(always, "")
    return {name: (find_licence(name), extra) for name, extra in sorted(needed.items())}


def format_licences() -> str:
    """The table of licences."""
    lines = ["| library | licence | needed for |", "|---|---|---|"]
    for name, (licence, extra) in list_licences().items():
        lines.append(f"| `{name}` | {licence} | {f'the extra `{extra}`' if extra else 'all sites'} |")
    return "\n".join(lines) + "\n"


def write_licences() -> None:
    """Write the table into its page."""
    LICENCES.write_text(_TABLE.sub(format_licences(), LICENCES.read_text()))


def judge_audit(report: Path) -> int:
    """Say whether an audit could ask about all libraries; returns the exit status."""
    try:
        dependencies = json.loads(report.read_text())["dependencies"]
    except (OSError, ValueError):
        dependencies = []
    unknown = [one["name"] for one in dependencies if "skip_reason" in one]
    asked = len(dependencies) - len(unknown)
    if not asked:
        print("No index of advisories could be reached: nothing was audited.")
        return NOT_AUDITED
    flaws = [(one, flaw["id"]) for one in dependencies for flaw in one.get("vulns", ())]
    if unknown:
        print(f"The index of advisories does not know {', '.join(unknown)}.")
    for one, flaw in flaws:
        print(f"{one['name']} {one['version']}: {flaw}")
    known = f"{len(flaws)} known vulnerabilities" if flaws else "nothing known"
    print(f"Audited {asked} of {len(dependencies)} libraries: {known}.")
    return 1 if flaws else NOT_AUDITED if unknown else 0


def main() -> int:
    """`licences` writes the table; `audit REPORT` judges a report of pip-audit."""
    match sys.argv[1:]:
        case ["licences"]:
            write_licences()
            return 0
        case ["audit", report]:
            return judge_audit(Path(report))
    return 2


if __name__ == "__main__":
    sys.exit(main())
