"""Sites with one fault each: what the program says of it, word for word, and that it publishes nothing.

A folder of `sites/broken/` holds the files in which its site differs from `sites/minimal/`, and two more:
`report.txt` is the report that is expected, SITE in it the site's folder.
`case.toml` is there where a case needs it: `strict` takes warnings for errors, `remove` lists what the site lacks,
`without` the libraries that this environment shall seem to lack.
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from generator.commands.terminal.lines import format_problem
from generator.errors import CODES
from sitebench import NOW, SiteBench

pytestmark = pytest.mark.slow

SITES = ROOT / "tests" / "sites"
CASES = sorted(folder.name for folder in (SITES / "broken").iterdir() if folder.is_dir())
OWN_FILES = ("report.txt", "case.toml")


def settings_of(case: str) -> dict[str, Any]:
    file = SITES / "broken" / case / "case.toml"
    return tomllib.loads(file.read_text()) if file.exists() else {}


def report_of(case: str, root: Path) -> str:
    return (SITES / "broken" / case / "report.txt").read_text().replace("SITE", str(root))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The minimal site, built as `site` and then moved aside, so that copies of it may stand there."""
    folder = tmp_path_factory.mktemp("broken")
    shutil.copytree(SITES / "minimal", folder / "site")
    SiteBench(folder / "site").build(strict=True).expect_built()
    shutil.copytree(folder / "site/public", folder / "public")
    return (folder / "site").rename(folder / "built")


@pytest.fixture
def site(built: Path) -> Iterator[SiteBench]:
    """The minimal site as its first build left it. Its output is copied anew only after a test that changed it."""
    root, output = built.parent / "site", built.parent / "public"
    shutil.copytree(built, root, ignore=shutil.ignore_patterns("public"))
    site = SiteBench(root)
    output.rename(site.output)
    before = published(site)
    yield site
    if published(site) == before:
        site.output.rename(output)
    else:
        shutil.copytree(built / "public", output)
    shutil.rmtree(root)


def test_the_minimal_site_is_faultless(site: SiteBench) -> None:
    site.build(strict=True).expect_built().expect_report("").expect_rendered()


def break_site(site: SiteBench, case: str) -> None:
    """Lay a case over the site."""
    for path in settings_of(case).get("remove", ()):
        if (site.root / path).is_dir():
            shutil.rmtree(site.root / path)
        else:
            site.remove(path)
    folder = SITES / "broken" / case
    for file in folder.rglob("*"):
        path = file.relative_to(folder).as_posix()
        if file.is_symlink():
            (site.root / path).symlink_to(file.readlink())
        elif file.is_file() and path not in OWN_FILES:
            site.write(path, file.read_bytes())


def published(site: SiteBench) -> dict[str, tuple[int, int, int]]:
    """Every file of the output folder, hidden ones too, by what no write leaves as it was."""
    files = [Path(folder, name) for folder, _, names in os.walk(site.output) for name in names]
    stats = {file.relative_to(site.output).as_posix(): file.stat() for file in files}
    return {path: (stat.st_ino, stat.st_size, stat.st_ctime_ns) for path, stat in stats.items()}


@pytest.mark.parametrize("case", CASES)
def test_a_broken_site_is_reported_and_not_published(
    site: SiteBench, case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = published(site)
    for library in settings_of(case).get("without", ()):
        monkeypatch.setitem(sys.modules, library, None)
    break_site(site, case)
    strict = settings_of(case).get("strict", False)
    report = report_of(case, site.root)

    site.build(strict=strict).expect_refused().expect_report(report)
    assert published(site) == before
    # What the cache of the first build gives says the same.
    site.build(strict=strict).expect_refused().expect_report(report)
    assert published(site) == before


@pytest.mark.parametrize("case", [case for case in CASES if settings_of(case).get("strict")])
def test_warnings_alone_stop_only_a_strict_build(site: SiteBench, case: str) -> None:
    break_site(site, case)
    report = site.build().expect_built().report
    told = report.problems if report else ()
    assert "".join(format_problem(one) + "\n" for one in told) == report_of(case, site.root)


def test_every_code_is_met() -> None:
    reports = "".join((SITES / "broken" / case / "report.txt").read_text() for case in CASES)
    assert set(re.findall(r"^\S.* \[([a-z0-9-]+)\]$", reports, re.MULTILINE)) == set(CODES)


@pytest.mark.parametrize(
    ("case", "count", "unchecked"),
    [
        ("unknown-topic", "1 error", "the addresses of records that have errors or refer to one that has"),
        ("several-faults", "5 errors", "the addresses of records that have errors or refer to one that has"),
        ("template-undefined", "1 error", "the addresses of pages"),
    ],
)
def test_the_command_prints_the_report_and_no_traceback(site: SiteBench, case: str, count: str, unchecked: str) -> None:
    break_site(site, case)
    done = subprocess.run(
        [sys.executable, "-m", "generator", "build", str(site.root), "--now", NOW.isoformat(), "--workers", "1"],
        capture_output=True,
        text=True,
        check=False,
        cwd=site.root,
    )
    end = f"Not checked because of this: {unchecked}; quotations and extracts.\n"
    end += f"{count}. Nothing was published; the site in public/ is untouched.\n"
    assert (done.returncode, done.stdout, done.stderr) == (1, "", report_of(case, site.root) + end)
