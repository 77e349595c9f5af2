"""The wheel: installed elsewhere it builds a site that has only site.toml and content/, in each built-in theme."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from conftest import ROOT, THEMES
from generator import __version__
from generator.digest import program_digest
from links import broken_links
from sitebench import SMALL, SiteBench, article


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty environment with the wheel in it; its dependencies are those of this environment."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = folder.glob("newsprint-*.whl")
    venv.create(folder / "env", with_pip=False)
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(folder / "env"), "install", "--quiet", "--no-deps", str(wheel)],
        check=True,
        capture_output=True,
    )
    return folder / "env/bin"


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_the_wheel_builds_a_site_elsewhere(installed: Path, tmp_path: Path, theme: str) -> None:
    site = SiteBench(tmp_path / "elsewhere").write_all(SMALL).edit("site.toml", '"base"', f'"{theme}"')
    site.write("content/articles/a1.md", article("News", 1))
    ran = run_installed(installed, tmp_path, "build", "--now", "2026-06-10", cwd=site.root)
    assert ran.returncode == 0, ran.stderr
    assert "The site is in public/." in ran.stdout
    assert broken_links(site.output, "https://bench.example") == set()
    assert any(path.startswith("assets/style.") for path in site.files())


@pytest.mark.slow
def test_the_wheel_installs_one_package(installed: Path) -> None:
    (site_packages,) = (installed.parent / "lib").glob("python3*/site-packages")
    names = {entry.name for entry in site_packages.iterdir() if not entry.name.endswith(".dist-info")}
    assert names == {"generator"}


@pytest.mark.slow
def test_the_wheel_holds_the_golden_records(installed: Path, tmp_path: Path) -> None:
    ran = run_installed(installed, tmp_path, "theme", "check", "base", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.startswith("base: ")


@pytest.mark.slow
def test_the_wheel_holds_the_meanings_of_keys(installed: Path, tmp_path: Path) -> None:
    ran = run_installed(installed, tmp_path, "schema", "page", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "Where it is linked from." in ran.stdout


@pytest.mark.slow
def test_the_wheel_holds_a_new_site(installed: Path, tmp_path: Path) -> None:
    ran = run_installed(installed, tmp_path, "init", "new", cwd=tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")
    SiteBench(tmp_path / "new").build().expect_built().expect_report("")


@pytest.mark.slow
def test_an_installed_programs_digest_is_that_of_its_sources_and_changes_with_them(
    installed: Path, tmp_path: Path
) -> None:
    """RECORD stands in for reading each file; a file that was edited, added or removed since is seen."""
    (package,) = (installed.parent / "lib").glob("python3*/site-packages/generator")
    digest = [str(installed / "python"), "-c", "from generator.digest import program_digest; print(program_digest())"]
    environment = installed_environment(tmp_path)

    def ask() -> str:
        return subprocess.run(digest, env=environment, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    assert ask() == f"{program_digest()}\n"
    opened = (
        "import sys; sys.addaudithook(lambda event, given: event == 'open' and print(given[0], file=sys.stderr));"
        "from generator.digest import program_digest; print(program_digest())"
    )
    reads = subprocess.run(
        [str(installed / "python"), "-c", opened],
        env=environment,
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    assert f"newsprint-{__version__}.dist-info/RECORD" in reads.stderr
    assert "generator/ping.py" not in reads.stderr

    source, kept = package / "ping.py", (package / "ping.py").read_text(encoding="utf-8")
    source.write_text(f"{kept}\n", encoding="utf-8")
    edited = ask()
    source.write_text(kept, encoding="utf-8")
    assert (edited == f"{program_digest()}\n", ask()) == (False, f"{program_digest()}\n")

    (package / "another.py").write_text("", encoding="utf-8")
    added = ask()
    (package / "another.py").unlink()
    assert added not in {edited, f"{program_digest()}\n"}


def run_installed(installed: Path, folder: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(installed / "newsprint"), *words],
        cwd=cwd,
        env=installed_environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )


def installed_environment(folder: Path) -> dict[str, str]:
    site_packages = next(Path(path) for path in sys.path if path.endswith("site-packages"))
    libraries = libraries_only(site_packages, folder / "libraries")
    return {"PATH": os.environ["PATH"], "PYTHONPATH": str(libraries)}


def libraries_only(site_packages: Path, folder: Path) -> Path:
    """This environment's libraries without this repository: links to all but what points back here."""
    folder.mkdir()
    for entry in site_packages.iterdir():
        if "newsprint" not in entry.name and not entry.name.startswith("__editable__"):
            (folder / entry.name).symlink_to(entry)
    return folder
