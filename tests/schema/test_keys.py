"""Every key that a user can write has a meaning, and none is told of that there is not."""

import pytest

from generator.schema.keys import SHAPES, list_keys, read_meanings, walk_keys


@pytest.mark.parametrize("name", SHAPES)
def test_every_key_has_a_meaning_in_the_order_of_the_types(name: str) -> None:
    assert list(read_meanings(name)) == [path for path, _, _ in walk_keys(SHAPES[name])]


@pytest.mark.parametrize("name", SHAPES)
def test_a_meaning_says_something_and_fits_a_row(name: str) -> None:
    for key in list_keys(name):
        assert len(key.meaning.meaning) > 2, key.path
        assert not set("\n|") & set(key.meaning.meaning + key.meaning.type), key.path
        assert key.meaning.pages in ("shown", "effect", "later"), key.path
        if "." in key.path or name != "config":
            assert key.meaning.meaning.endswith("."), key.path


def test_paths_lead_into_lists_and_maps() -> None:
    paths = [key.path for key in list_keys("story")]
    assert {"facts[].sources", "coverage.SOURCE.techniques[].name", "differences[].views", "image.alt"} <= {*paths}


def test_what_the_loader_adds_is_no_key() -> None:
    assert not {"file", "digest", "body", "texts"} & {key.path for key in list_keys("article")}
