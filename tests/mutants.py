"""Takes each guard of `guards.toml` out of a copy of the program, and sees its test fail: `make mutants`."""

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import local

import msgspec

ROOT = Path(__file__).parent.parent
COPIED = ("generator", "tests", "themes", "content", "docs", "site.toml", "pyproject.toml", "README.md")
TESTS_FAILED = 1
"""How pytest ends then; other numbers say that it could not run them, negative ones that the program crashed."""
SECONDS = 100
"""A test that takes longer runs without end."""


class Guard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A piece of `code` in a `file`, what the program has `without` it, and the `test` that holds it there."""

    promise: str
    file: str
    code: str
    without: str
    test: str


def read_guards() -> list[Guard]:
    """All guards."""
    found = tomllib.loads((ROOT / "tests/guards.toml").read_text())
    return msgspec.convert(found["guard"], list[Guard])


def run_test(copy: Path, guard: Guard) -> tuple[int, str]:
    """How pytest ends in a copy of the program without a guard, and what it says."""
    file = copy / guard.file
    whole = file.read_text()
    file.write_text(whole.replace(guard.code, guard.without))
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", "-p", "no:cacheprovider", guard.test]
    environment = {**os.environ, "PYTHONPATH": str(copy), "HYPOTHESIS_PROFILE": "same"}
    try:
        done = subprocess.run(
            command, cwd=copy, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return TESTS_FAILED, ""
    finally:
        file.write_text(whole)
    return done.returncode, done.stdout + done.stderr


def try_guards(guards: list[Guard], folder: Path) -> Iterator[tuple[Guard, int, str]]:
    """Each guard with the outcome of its test; every thread has a copy of the program."""
    own = local()

    def try_one(guard: Guard) -> tuple[Guard, int, str]:
        if not hasattr(own, "copy"):
            own.copy = folder / str(id(own)) / str(os.urandom(4).hex())
            own.copy.mkdir(parents=True)
            for name in COPIED:
                copy = shutil.copy if (ROOT / name).is_file() else partial(shutil.copytree, symlinks=True)
                copy(ROOT / name, own.copy / name)
        return guard, *run_test(own.copy, guard)

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        yield from threads.map(try_one, guards)


def main() -> int:
    """Report each guard; the number of those that no test missed."""
    chosen = [guard for guard in read_guards() if not sys.argv[1:] or sys.argv[1] in f"{guard.file} {guard.promise}"]
    survived = 0
    with TemporaryDirectory() as folder:
        for guard, status, said in try_guards(chosen, Path(folder)):
            is_missed = status == TESTS_FAILED or status < 0
            survived += not is_missed
            print("missed  " if is_missed else "SURVIVED", f"{guard.file}: {guard.promise}", flush=True)
            if not is_missed:
                print(f"    {guard.test} ended with {status}: {said.strip().splitlines()[-1:]}")
    print(f"{len(chosen) - survived} of {len(chosen)} guards are held by a test.")
    return min(survived, 1)


if __name__ == "__main__":
    sys.exit(main())
