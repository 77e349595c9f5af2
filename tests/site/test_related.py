"""Which records stand near each other in time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site import nearest
from generator.site.related import MORE_ITEMS

PLACES = st.integers(1, 40).flatmap(lambda size: st.tuples(st.just(size), st.integers(0, size - 1)))
COUNTS = st.integers(0, 9)


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (5, [3, 4, 6, 7]),
        (2, [0, 1, 3, 4]),
        (1, [0, 2, 3, 4]),
        (0, [1, 2, 3, 4]),
        (8, [6, 7, 9, 5]),
        (9, [5, 6, 7, 8]),
    ],
)
def test_two_stand_before_and_two_after_filled_up_from_either_side(place: int, expected: list[int]) -> None:
    assert nearest(range(10), place) == sorted(expected)


@pytest.mark.parametrize(("size", "expected"), [(1, []), (2, [1]), (4, [1, 2, 3]), (5, [1, 2, 3, 4])])
def test_a_short_listing_gives_all_that_it_has(size: int, expected: list[int]) -> None:
    assert nearest(range(size), 0) == expected


@given(PLACES, COUNTS)
def test_as_many_as_wanted_or_all_others_each_once_in_order_and_never_itself(
    sized: tuple[int, int], count: int
) -> None:
    size, place = sized
    found = nearest(range(size), place, count=count)
    assert len(found) == min(count, size - 1)
    assert found == sorted(set(found))
    assert place not in found


@given(PLACES, COUNTS)
def test_with_its_item_the_found_are_one_stretch_of_the_listing(sized: tuple[int, int], count: int) -> None:
    size, place = sized
    stretch = sorted([*nearest(range(size), place, count=count), place])
    assert stretch == list(range(stretch[0], stretch[0] + len(stretch)))


@given(PLACES, st.integers(0, 4).map(lambda half: 2 * half))
def test_neither_side_gives_more_than_half_unless_the_other_lacks(sized: tuple[int, int], count: int) -> None:
    size, place = sized
    found = nearest(range(size), place, count=count)
    before = sum(item < place for item in found)
    after = len(found) - before
    assert before <= count // 2 or after == size - 1 - place
    assert after <= count // 2 or before == place


@given(PLACES)
def test_a_new_item_at_the_head_changes_the_newest_few_places_only(sized: tuple[int, int]) -> None:
    size, place = sized
    before = nearest(range(size), place)
    after = [item - 1 for item in nearest(range(size + 1), place + 1)]
    if place >= MORE_ITEMS:
        assert after == before
    if place >= MORE_ITEMS // 2 and size - 1 - place >= MORE_ITEMS // 2:
        assert after == before


def nearest_of_all(listing: list[int], place: int, count: int) -> list[int]:
    """Said simply: half from before and half from after; what one side lacks comes from the other."""
    before, after = listing[:place][::-1], listing[place + 1 :]
    half = count // 2
    chosen = before[:half] + after[: count - half]
    more = (before[half:] + after[count - half :])[: count - len(chosen)]
    return sorted(chosen + more)


@given(PLACES, COUNTS)
def test_the_found_are_those_of_a_simple_reckoning(sized: tuple[int, int], count: int) -> None:
    size, place = sized
    assert nearest(range(size), place, count=count) == nearest_of_all(list(range(size)), place, count)


@given(PLACES, COUNTS, st.integers(2, 4))
def test_what_does_not_fit_is_as_if_it_were_not_there(sized: tuple[int, int], count: int, step: int) -> None:
    size, place = sized
    kept = [one for one in range(size) if one == place or one % step]
    found = nearest(range(size), place, count=count, fits=lambda one: one % step > 0)
    assert found == [kept[one] for one in nearest(range(len(kept)), kept.index(place), count=count)]
