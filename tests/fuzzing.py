"""Tests that damage what newsprint reads, in ways that a seed decides: few in every run, many in `make fuzz`."""

import os
from random import Random

import pytest

ROUNDS = int(os.environ.get("FUZZ_ROUNDS", "1"))

fuzz = pytest.mark.fuzz


def seeds(count: int) -> range:
    """The seeds of a test: a few that are always the same, and in a long run those and others."""
    return range(count * ROUNDS)


def is_long() -> bool:
    """Whether somebody asked for a long run."""
    return ROUNDS > 1


def damage(data: bytes, random: Random) -> bytes:
    """Bytes that were altered, lost or added in up to four places."""
    bad = bytearray(data)
    for _ in range(random.randint(1, 4)):
        place = random.randrange(len(bad) or 1)
        match random.randrange(4):
            case 0:
                bad[place : place + 1] = random.randbytes(1)
            case 1:
                del bad[place : place + random.randint(1, 8)]
            case 2:
                bad[place:place] = random.randbytes(random.randint(1, 8))
            case _:
                bad = bad[: max(1, place)]
    return bytes(bad)
