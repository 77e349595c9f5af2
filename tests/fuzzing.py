"""Tests that damage what newsprint reads, in ways that a seed decides: few in every run, many in `make fuzz`."""

import os

import pytest

ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "1"))

fuzz = pytest.mark.fuzz


def seeds(count: int) -> range:
    """The seeds of a test: a few that are always the same, and in a long run those and others."""
    return range(count * ROUNDS)
