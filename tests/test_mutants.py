"""The table of guards fits the program and its tests; `make mutants` sees the tests fail without them."""

import pytest
from mutants import Guard, read_guards

from conftest import ROOT

GUARDS = read_guards()


def test_there_are_many() -> None:
    assert len(GUARDS) >= 30
    assert len({guard.promise for guard in GUARDS}) == len(GUARDS)


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.promise)
def test_a_guard_is_there_once_and_its_test_too(guard: Guard) -> None:
    assert (ROOT / guard.file).read_text().count(guard.code) == 1
    file, _, name = guard.test.partition("::")
    text = (ROOT / file).read_text()
    assert not name or f"def {name}(" in text
