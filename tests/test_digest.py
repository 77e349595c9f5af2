"""The stable digest of plain data."""

import os
import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.digest import digest_bytes, digest_of
from generator.outputs.files import Robots
from generator.outputs.parts import Card, Link

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


def reordered(value: Any) -> Any:
    """The same data with each mapping's keys in the opposite order."""
    if isinstance(value, dict):
        return {key: reordered(item) for key, item in reversed(value.items())}
    return [reordered(item) for item in value] if isinstance(value, list) else value


def test_a_digest_is_32_hexadecimal_digits() -> None:
    assert len(digest_of([1, "a"])) == 32
    int(digest_of(None), 16)


@given(PLAIN)
def test_maps_in_any_order_give_one_digest(value: Any) -> None:
    assert digest_of(value) == digest_of(reordered(value))


@given(PLAIN, PLAIN)
def test_different_data_give_different_digests(one: Any, other: Any) -> None:
    same = msgspec.json.encode(one, order="deterministic") == msgspec.json.encode(other, order="deterministic")
    if not same:
        assert digest_of(one) != digest_of(other)


def test_the_order_of_a_list_counts() -> None:
    assert digest_of([1, 2]) != digest_of([2, 1])


def test_parts_do_not_run_into_each_other() -> None:
    assert digest_of(["ab", "c"]) != digest_of(["a", "bc"])
    assert digest_of([["a"], "b"]) != digest_of(["a", ["b"]])


def test_a_views_kind_counts_where_its_fields_are_alike() -> None:
    class Other(msgspec.Struct, frozen=True, tag=True):
        sitemap_url: str | None

    assert digest_of(Robots(sitemap_url=None)) != digest_of(Other(sitemap_url=None))


def test_each_field_of_a_view_counts() -> None:
    card = Card(
        headline="A",
        href="/a/",
        standfirst="",
        source=Link(text="Wire"),
        topic=Link(text="Chips"),
        published=datetime(2026, 5, 1, tzinfo=UTC),
    )
    changes: dict[str, Any] = {
        "headline": "B",
        "href": "/b/",
        "standfirst": "x",
        "source": Link(text="Post"),
        "topic": Link(text="Chips", href="/c/"),
        "published": datetime(2026, 5, 1, 0, 0, 1, tzinfo=UTC),
        "badge": "live",
        "is_draft": True,
    }
    digests = {digest_of(card), *(digest_of(msgspec.structs.replace(card, **{k: v})) for k, v in changes.items())}
    assert len(digests) == 1 + len(changes)


def test_bytes_and_the_same_bytes_as_data_differ() -> None:
    assert digest_bytes(b"") != digest_of(b"")


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_hash_seed_changes_no_digest(seed: str) -> None:
    program = "from generator.digest import digest_of; print(digest_of({'b': [1, None], 'a': {'d': 'ü', 'c': 0.5}}))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == digest_of({"a": {"c": 0.5, "d": "ü"}, "b": [1, None]})
