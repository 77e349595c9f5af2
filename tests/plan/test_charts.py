"""The looks of sources and topics in charts: one each, wherever they stand."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from generator.names import RecordId
from generator.outputs.parts import Link
from generator.plan.charts import COLOURS, looks_of
from generator.plan.profiles import mix_row
from generator.records import Source
from materials import make_context, make_record

IDS = st.lists(st.text(min_size=1).map(RecordId), unique=True, max_size=3 * COLOURS)


@given(IDS, st.randoms())
def test_looks_depend_on_the_ids_only_and_none_is_twice_before_all_are_once(
    ids: list[RecordId], chance: Random
) -> None:
    looks = looks_of(ids)
    assert all(1 <= look <= 2 * COLOURS for look in looks.values())
    some = [looks[one] for one in sorted(ids)]
    assert len({*some[: 2 * COLOURS]}) == min(len(ids), 2 * COLOURS)
    assert all(look <= COLOURS for look in some[:COLOURS])
    shuffled = list(ids)
    chance.shuffle(shuffled)
    assert looks_of(shuffled) == looks


def test_a_source_looks_the_same_in_every_mix_whatever_its_place() -> None:
    context = make_context(*(make_record(Source, name) for name in ("post", "echo", "herald")))
    seen: dict[str, set[int]] = {}
    for sources in (("wire", "wire", "post"), ("post", "post", "echo", "wire"), ("herald", "echo")):
        row = mix_row(context, Link(text="Chips"), map(RecordId, sources), "sources")
        for part in row.parts if row else ():
            seen.setdefault(part.name.text, set()).add(part.series)
    assert sorted(len(looks) for looks in seen.values()) == [1, 1, 1, 1]
    assert len(set.union(*seen.values())) == 4
