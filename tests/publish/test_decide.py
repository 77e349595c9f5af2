"""Which outputs are stale, and why: each reason in both directions."""

from collections.abc import Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.digest import digest_of
from generator.names import OutputPath
from generator.outputs import Output, Plan
from generator.outputs.views import Chrome, Link, Meta, Robots, TextPage
from generator.publish.decide import Reason, Work, decide
from generator.publish.ledger import Entry, Ledger
from generator.theme import Theme
from generator.theme.chain import Layer, ThemeFile

PAGE, ROBOTS = OutputPath("about/index.html"), OutputPath("robots.txt")
CHROME = Chrome(title="Bench News", tagline="", language="en", home="/", base_path="")
META = Meta(title="About", description="", canonical=None)
ON_DISK = {PAGE: (10, 100), ROBOTS: (20, 200)}


def make_theme(page: str = "{{ page.heading }}", options: dict[str, Any] | None = None) -> Theme:
    layer = Layer("mine", "themes/mine", ThemeFile(title="Mine"), {"page.html": page, "other.html": "x"}, {})
    return Theme((layer,), options or {}, "", "UTC")


def make_plan(heading: str = "About", chrome: Chrome = CHROME, owner: str = "content/pages/about.md") -> Plan:
    page = Output(PAGE, TextPage(meta=META, heading=heading, text=None), owner)
    return Plan((page, Output(ROBOTS, Robots(sitemap_url=None), "robots.txt")), chrome)


PLAN, THEME = make_plan(), make_theme()


def built(plan: Plan = PLAN, theme: Theme = THEME, on_disk: Mapping[str, tuple[int, int]] = ON_DISK) -> Ledger:
    """The ledger of a build of everything in a plan."""
    return Ledger(
        {
            stale.output.path: Entry(stale.stamp, digest_of(stale.output.path), *on_disk[stale.output.path])
            for stale in decide(plan, theme, Ledger(), {}).render
        }
    )


LEDGER = built()


def reasons(work: Work) -> dict[str, Reason]:
    return {stale.output.path: stale.reason for stale in work.render}


def judge(
    plan: Plan = PLAN,
    theme: Theme = THEME,
    ledger: Ledger = LEDGER,
    on_disk: Mapping[str, tuple[int, int]] = ON_DISK,
    **options: bool,
) -> dict[str, Reason]:
    return reasons(decide(plan, theme, ledger, on_disk, **options))


def test_what_was_built_from_the_same_and_lies_there_is_kept() -> None:
    assert decide(PLAN, THEME, LEDGER, ON_DISK) == Work((), (PAGE, ROBOTS), ())


def test_new_where_no_earlier_build_made_it() -> None:
    assert judge(ledger=Ledger()) == {PAGE: Reason.NEW, ROBOTS: Reason.NEW}
    assert judge(ledger=Ledger(), on_disk={}) == {PAGE: Reason.NEW, ROBOTS: Reason.NEW}
    assert judge(ledger=Ledger({ROBOTS: LEDGER.entries[ROBOTS]})) == {PAGE: Reason.NEW}


def test_view_where_what_it_shows_changed() -> None:
    assert judge(make_plan(heading="Us")) == {PAGE: Reason.VIEW}


def test_an_output_made_for_another_record_is_the_same_output() -> None:
    assert judge(make_plan(owner="content/pages/us.md")) == {}


def test_look_where_its_template_or_the_options_changed() -> None:
    assert judge(theme=make_theme("{{ page.heading }}!")) == {PAGE: Reason.LOOK}
    assert judge(theme=make_theme(options={"wide": True})) == {PAGE: Reason.LOOK}


def test_no_template_shapes_what_no_theme_renders() -> None:
    assert ROBOTS not in judge(theme=make_theme("x"))
    assert ROBOTS not in judge(make_plan(chrome=msgspec.structs.replace(CHROME, title="Other")))


@pytest.mark.parametrize("change", [{"title": "Other"}, {"footer": (Link(text="Imprint"),)}, {"language": "de"}])
def test_chrome_where_what_surrounds_every_page_changed(change: dict[str, Any]) -> None:
    assert judge(make_plan(chrome=msgspec.structs.replace(CHROME, **change))) == {PAGE: Reason.CHROME}


def test_program_where_another_newsprint_made_it() -> None:
    entries = {
        path: msgspec.structs.replace(entry, stamp=msgspec.structs.replace(entry.stamp, program=digest_of("old")))
        for path, entry in LEDGER.entries.items()
    }
    assert judge(ledger=Ledger(entries)) == {PAGE: Reason.PROGRAM, ROBOTS: Reason.PROGRAM}


def test_missing_where_its_file_is_gone() -> None:
    assert judge(on_disk={ROBOTS: ON_DISK[ROBOTS]}) == {PAGE: Reason.MISSING}


@pytest.mark.parametrize("lies", [(11, 100), (10, 101), (0, 0)])
def test_altered_where_its_size_or_time_is_another(lies: tuple[int, int]) -> None:
    assert judge(on_disk=ON_DISK | {PAGE: lies}) == {PAGE: Reason.ALTERED}


def test_forced_where_everything_is_asked_for() -> None:
    assert judge(force=True) == {PAGE: Reason.FORCED, ROBOTS: Reason.FORCED}
    assert judge(make_plan(heading="Us"), force=True) == {PAGE: Reason.VIEW, ROBOTS: Reason.FORCED}


def test_unplanned_where_nothing_plans_it_any_more() -> None:
    old = {OutputPath(name): LEDGER.entries[ROBOTS] for name in ("z.html", "b.html")}
    work = decide(PLAN, THEME, Ledger(LEDGER.entries | old), ON_DISK)
    assert work == Work((), (PAGE, ROBOTS), (OutputPath("b.html"), OutputPath("z.html")))


def test_what_others_put_into_the_folder_is_neither_kept_nor_removed() -> None:
    work = decide(PLAN, THEME, LEDGER, {**ON_DISK, "CNAME": (1, 1)})
    assert (work.remove, work.keep) == ((), (PAGE, ROBOTS))


@pytest.mark.parametrize(
    ("lies", "is_known"), [((10, 100), True), ((11, 100), False), ((10, 101), False), (None, False)]
)
def test_the_digest_of_what_lies_there_is_known_only_where_nobody_touched_it(
    lies: tuple[int, int] | None, is_known: bool
) -> None:
    on_disk = {ROBOTS: ON_DISK[ROBOTS]} | ({PAGE: lies} if lies else {})
    (stale,) = decide(make_plan(heading="Us"), THEME, LEDGER, on_disk).render
    assert stale.written == (LEDGER.entries[PAGE].digest if is_known else None)


def test_nothing_is_known_of_a_file_that_no_build_made() -> None:
    assert {stale.written for stale in decide(PLAN, THEME, Ledger(), ON_DISK).render} == {None}


PATHS = [OutputPath(f"{name}.txt") for name in "abcdef"]
STATES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(["one", "two"]))


@given(planned=STATES, before=STATES, lying=STATES, force=st.booleans())
def test_every_output_has_one_fate(
    planned: dict[OutputPath, str], before: dict[OutputPath, str], lying: dict[OutputPath, str], force: bool
) -> None:
    plan, earlier = plan_of(planned), plan_of(before)
    sizes = {"one": (1, 1), "two": (2, 2)}
    ledger = built(earlier, on_disk={path: sizes[state] for path, state in before.items()})
    work = decide(plan, THEME, ledger, {path: sizes[state] for path, state in lying.items()}, force=force)

    rendered = [stale.output.path for stale in work.render]
    assert sorted([*rendered, *work.keep]) == sorted(planned)
    assert set(work.remove) == set(before) - set(planned)
    assert [rendered, list(work.keep), list(work.remove)] == [sorted(one) for one in (rendered, work.keep, work.remove)]
    good = {path for path, state in planned.items() if before.get(path) == lying.get(path) == state}
    assert set(work.keep) == (set() if force else good)


def plan_of(states: dict[OutputPath, str]) -> Plan:
    outputs = (Output(path, Robots(sitemap_url=state), "x") for path, state in sorted(states.items()))
    return Plan(tuple(outputs), CHROME)
