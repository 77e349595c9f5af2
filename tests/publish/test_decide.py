"""Which outputs are stale, and why: each reason in both directions."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.digest import digest_bytes, digest_of
from generator.names import OutputPath
from generator.outputs import ANY_VIEW, Draft, OutputMetadata, Plan
from generator.outputs.files import Robots, SitemapIndex
from generator.outputs.pages import TextPage
from generator.outputs.parts import Chrome, Link, Meta
from generator.outputs.view import View
from generator.publish.decide import Reason, RenderTask, Work, decide, share, sum_up
from generator.publish.manifest import Manifest, ManifestEntry
from generator.theme import Theme
from materials import make_layer, make_theme

PAGE, ROBOTS = OutputPath("about/index.html"), OutputPath("robots.txt")
CHROME = Chrome(title="Bench News", tagline="", language="en", home="/", base_path="")
META = Meta(title="About", description="", canonical=None)
ON_DISK = {PAGE: (10, 100), ROBOTS: (20, 200)}


def themed(page: str = "{{ page.heading }}", options: dict[str, Any] | None = None) -> Theme:
    return make_theme(make_layer("mine", {"page.html": page, "other.html": "x"}), options=options or {})


def draft_of(path: OutputPath, view: View, owner: str = "x", key: str | None = None) -> Draft:
    return Draft(path, type(view), owner, lambda: view, digest_of(key) if key else None)


def plan_with(
    drafts: Iterable[Draft],
    complete: Callable[[Mapping[OutputPath, OutputMetadata]], Iterable[Draft]] = lambda _: (),
    chrome: Chrome = CHROME,
) -> Plan:
    return Plan(tuple(drafts), frozenset({"page.html"}), complete, chrome, runs=lambda _: {})


def make_plan(
    heading: str = "About", chrome: Chrome = CHROME, owner: str = "content/pages/about.md", key: str | None = None
) -> Plan:
    page = draft_of(PAGE, TextPage(meta=META, heading=heading, text=None), owner, key)
    robots = draft_of(ROBOTS, Robots(sitemap_url=None), "robots.txt")
    return plan_with((page, robots), chrome=chrome)


PLAN, THEME = make_plan(), themed()


def work_of(
    plan: Plan,
    theme: Theme = THEME,
    manifest: Manifest = Manifest(),  # noqa: B008 - an empty one, and frozen
    on_disk: Mapping[OutputPath, tuple[int, int]] = ON_DISK,
    *,
    force: bool = False,
) -> Work:
    decisions = [one for one, _ in decide(plan, share(plan, theme), manifest, on_disk, force=force)]
    return sum_up(decisions, [one.path for one in decisions if one.reason is not Reason.SAME], manifest)


def built(plan: Plan = PLAN, theme: Theme = THEME, on_disk: Mapping[OutputPath, tuple[int, int]] = ON_DISK) -> Manifest:
    """The manifest of a build of everything in a plan."""
    shared = share(plan, theme)
    entries = {
        decision.path: ManifestEntry(
            decision.key, decision.view, decision.metadata, digest_of(decision.path), *on_disk[decision.path]
        )
        for decision, _ in decide(plan, shared, Manifest(), {})
    }
    return Manifest(shared.program, shared.chrome, shared.looks, entries)


LEDGER = built()


def judge(
    plan: Plan = PLAN,
    theme: Theme = THEME,
    manifest: Manifest = LEDGER,
    on_disk: Mapping[OutputPath, tuple[int, int]] = ON_DISK,
    *,
    force: bool = False,
) -> dict[str, Reason]:
    return {decision.path: decision.reason for decision in work_of(plan, theme, manifest, on_disk, force=force).render}


def stale_of(plan: Plan, manifest: Manifest, on_disk: Mapping[OutputPath, tuple[int, int]]) -> list[RenderTask]:
    return [stale for _, stale in decide(plan, share(plan, THEME), manifest, on_disk) if stale]


def fates(work: Work) -> tuple[list[str], ...]:
    """The paths that are rendered, kept and removed."""
    return [one.path for one in work.render], [one.path for one in work.keep], list(work.remove)


def test_what_was_built_from_the_same_and_lies_there_is_kept() -> None:
    assert fates(work_of(PLAN, manifest=LEDGER)) == ([], [PAGE, ROBOTS], [])


def test_new_where_no_earlier_build_made_it() -> None:
    assert judge(manifest=Manifest()) == {PAGE: Reason.NEW, ROBOTS: Reason.NEW}
    assert judge(manifest=Manifest(), on_disk={}) == {PAGE: Reason.NEW, ROBOTS: Reason.NEW}
    assert judge(manifest=msgspec.structs.replace(LEDGER, entries={ROBOTS: LEDGER.entries[ROBOTS]})) == {
        PAGE: Reason.NEW
    }


def test_view_where_what_it_shows_changed() -> None:
    assert judge(make_plan(heading="Us")) == {PAGE: Reason.VIEW}


def test_an_output_made_for_another_record_is_the_same_output() -> None:
    assert judge(make_plan(owner="content/pages/us.md")) == {}


def test_look_where_its_template_or_the_options_changed() -> None:
    assert judge(theme=themed("{{ page.heading }}!")) == {PAGE: Reason.LOOK}
    assert judge(theme=themed(options={"wide": True})) == {PAGE: Reason.LOOK}


def test_no_template_shapes_what_no_theme_renders() -> None:
    assert ROBOTS not in judge(theme=themed("x"))
    assert ROBOTS not in judge(make_plan(chrome=msgspec.structs.replace(CHROME, title="Other")))


@pytest.mark.parametrize("change", [{"title": "Other"}, {"footer": (Link(text="Imprint"),)}, {"language": "de"}])
def test_chrome_where_what_surrounds_every_page_changed(change: dict[str, Any]) -> None:
    assert judge(make_plan(chrome=msgspec.structs.replace(CHROME, **change))) == {PAGE: Reason.CHROME}


def test_program_where_another_newsprint_made_it() -> None:
    manifest = msgspec.structs.replace(LEDGER, program=digest_of("old"))
    assert judge(manifest=manifest) == {PAGE: Reason.PROGRAM, ROBOTS: Reason.PROGRAM}


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
    work = work_of(PLAN, manifest=msgspec.structs.replace(LEDGER, entries=LEDGER.entries | old))
    assert fates(work) == ([], [PAGE, ROBOTS], ["b.html", "z.html"])


def test_what_others_put_into_the_folder_is_neither_kept_nor_removed() -> None:
    work = work_of(PLAN, manifest=LEDGER, on_disk={**ON_DISK, OutputPath("CNAME"): (1, 1)})
    assert fates(work) == ([], [PAGE, ROBOTS], [])


@pytest.mark.parametrize(
    ("lies", "is_known"), [((10, 100), True), ((11, 100), False), ((10, 101), False), (None, False)]
)
def test_the_digest_of_what_lies_there_is_known_only_where_nobody_touched_it(
    lies: tuple[int, int] | None, is_known: bool
) -> None:
    on_disk = {ROBOTS: ON_DISK[ROBOTS]} | ({PAGE: lies} if lies else {})
    (stale,) = stale_of(make_plan(heading="Us"), LEDGER, on_disk)
    assert stale.written == ({PAGE: LEDGER.entries[PAGE].digest} if is_known else {})


def test_nothing_is_known_of_a_file_that_no_build_made() -> None:
    assert not any(stale.written for stale in stale_of(PLAN, Manifest(), ON_DISK))


PATHS = [OutputPath(f"{name}.txt") for name in "abcdef"]
STATES = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(["one", "two"]))


@given(planned=STATES, before=STATES, lying=STATES, force=st.booleans())
def test_every_output_has_one_fate(
    planned: dict[OutputPath, str], before: dict[OutputPath, str], lying: dict[OutputPath, str], force: bool
) -> None:
    plan, earlier = plan_of(planned), plan_of(before)
    sizes = {"one": (1, 1), "two": (2, 2)}
    manifest = built(earlier, on_disk={path: sizes[state] for path, state in before.items()})
    work = work_of(plan, THEME, manifest, {path: sizes[state] for path, state in lying.items()}, force=force)

    rendered, kept, removed = fates(work)
    assert sorted([*rendered, *kept]) == sorted(planned)
    assert set(removed) == set(before) - set(planned)
    assert [rendered, kept, removed] == [sorted(one) for one in (rendered, kept, removed)]
    good = {path for path, state in planned.items() if before.get(path) == lying.get(path) == state}
    assert set(kept) == (set() if force else good)


def plan_of(states: dict[OutputPath, str]) -> Plan:
    drafts = (draft_of(path, Robots(sitemap_url=state)) for path, state in sorted(states.items()))
    return plan_with(drafts)


# Views are made only where they are needed


def counting(plan: Plan) -> tuple[Plan, list[str]]:
    """A plan that notes whose views are made."""
    made: list[str] = []

    def noted(draft: Draft) -> Draft:
        def make() -> View:
            made.append(draft.path)
            return draft.make()

        return msgspec.structs.replace(draft, make=make)

    return msgspec.structs.replace(plan, drafts=tuple(map(noted, plan.drafts))), made


def test_no_view_is_made_of_an_output_with_the_key_that_it_was_built_with() -> None:
    plan, made = counting(make_plan(key="one"))
    assert judge(plan, manifest=built(make_plan(key="one"))) == {}
    assert made == [ROBOTS]


def test_what_has_no_key_is_told_by_its_view() -> None:
    plan, made = counting(PLAN)
    assert judge(plan) == {}
    assert made == [PAGE, ROBOTS]


def test_another_key_with_the_same_view_renders_nothing_and_is_remembered() -> None:
    work = work_of(make_plan(key="two"), manifest=built(make_plan(key="one")))
    assert fates(work) == ([], [PAGE, ROBOTS], [])
    assert work.keep[0].key == digest_of("two")


@pytest.mark.parametrize(
    ("theme", "chrome", "on_disk", "force", "reason"),
    [
        (themed("new"), CHROME, ON_DISK, False, Reason.LOOK),
        (THEME, msgspec.structs.replace(CHROME, title="Other"), ON_DISK, False, Reason.CHROME),
        (THEME, CHROME, {ROBOTS: ON_DISK[ROBOTS]}, False, Reason.MISSING),
        (THEME, CHROME, ON_DISK | {PAGE: (11, 100)}, False, Reason.ALTERED),
        (THEME, CHROME, ON_DISK, True, Reason.FORCED),
    ],
)
def test_a_key_says_nothing_of_what_else_makes_an_output_stale(
    theme: Theme, chrome: Chrome, on_disk: dict[OutputPath, tuple[int, int]], force: bool, reason: Reason
) -> None:
    plan, made = counting(make_plan(chrome=chrome, key="one"))
    found = judge(plan, theme, built(make_plan(key="one")), on_disk, force=force)
    assert found[PAGE] is reason
    assert PAGE in made


def test_a_key_of_another_program_says_nothing() -> None:
    manifest = msgspec.structs.replace(built(make_plan(key="one")), program=digest_of("old"))
    plan, made = counting(make_plan(key="one"))
    assert judge(plan, manifest=manifest)[PAGE] is Reason.PROGRAM
    assert PAGE in made


def test_a_renderer_is_told_the_view_that_the_verdict_has_the_digest_of() -> None:
    for draft, (decision, stale) in zip(PLAN.drafts, decide(PLAN, share(PLAN, THEME), Manifest(), {}), strict=True):
        assert stale is not None
        assert digest_bytes(stale.view) == decision.view
        assert msgspec.msgpack.decode(stale.view, type=ANY_VIEW) == draft.make()
        assert (stale.path, stale.owner) == (draft.path, draft.owner)


def test_what_is_made_from_metadata_is_given_that_of_all_outputs_kept_or_made() -> None:
    metadata = {draft.path: draft.read_metadata(draft.make()) for draft in PLAN.drafts}
    seen: list[dict[OutputPath, OutputMetadata]] = []

    def complete(found: Mapping[OutputPath, OutputMetadata]) -> list[Draft]:
        seen.append(dict(found))
        return [draft_of(OutputPath("sitemap.xml"), SitemapIndex(urls=()))]

    def plan(key: str) -> Plan:
        return plan_with(make_plan(key=key).drafts, complete)

    manifest = built(plan("one"), on_disk={**ON_DISK, OutputPath("sitemap.xml"): (1, 1)})
    for key in ("one", "two"):
        work = work_of(plan(key), manifest=manifest)
        assert fates(work) == (["sitemap.xml"], [PAGE, ROBOTS], [])
    assert seen == [metadata] * 3
